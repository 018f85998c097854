// One function: its curve and derivatives, its facts on the curve, and all that is known about it.

import { color, draw, eachFrame } from "../chart.js";
import { code } from "../code.js";
import { checkbox, choice, copyable, formula, h, number, range, section, slider, table } from "../dom.js";
import * as library from "../library.js";
import { chosenParameters, parameterSliders } from "../parameters.js";
import * as state from "../state.js";
import { about, t } from "../words.js";

const ORDERS = ["value", "first", "second"];
const LEAST = 1e-8; // where a logarithmic axis begins
const FORMATS = ["float16", "bfloat16", "float32", "float64"];

export function one(root) {
  const name = library.exists(state.get("f")) ? state.get("f") : "silu";
  const known = library.known(name);
  const parameters = chosenParameters(name);
  const reach = { value: state.getNumber("reach", 6) };
  const shown = new Set(state.get("show", "value,first,second").split(","));
  let target = state.getNumber(
    "target",
    library.isLoss(name) && !library.isRow(name) ? library.usualTarget(name) : 0,
  );

  const chart = h("div", { class: "chart", role: "img", "aria-label": t("one.chart", { name }) });
  const facts = h("div");
  const snippets = h("div", { class: "snippets" });
  const paint = (moving) => {
    const [log, wide] = ["log", "logx"].map((key) => state.get(key) === "1");
    picture(chart, name, parameters, { reach: reach.value, target, shown, log, wide, moving });
    if (moving) return;
    facts.replaceChildren(factTable(name, parameters));
    snippets.replaceChildren(
      ...code(name, parameters).map(([title, text]) => h("div", {}, h("h3", {}, title), copyable(text))),
    );
  };
  const redraw = eachFrame(paint);
  const setting = (key, value) => {
    state.set(key, value);
    redraw();
  };

  const choose = choice(t("function"), library.groups(), name, (value) => {
    state.forget("lang", "mode", "reach", "show");
    state.set("f", value);
    state.show();
  });
  const sliders = parameterSliders(name, parameters, redraw);
  if (library.isLoss(name) && !library.isRow(name) && !library.isCurve(name)) {
    sliders.push(
      slider(t("target"), library.targets(name), target, (value) => setting("target", (target = value))),
    );
  }
  sliders.push(
    slider(t("reach"), [
      ...range(0.5, 10, 19),
      ...range(12, 40, 14),
      50,
      60,
      80,
      100,
      200,
      400,
      800,
    ], reach.value, (value) =>
      setting("reach", (reach.value = value)),
    ),
  );
  const toggles = ORDERS.map((order) =>
    checkbox(t(`order.${order}`), shown.has(order), (on) => {
      shown[on ? "add" : "delete"](order);
      state.set("show", ORDERS.filter((o) => shown.has(o)).join(",") || "none");
      paint(false);
    }),
  );
  const logs = ["log", "logx"].map((key) =>
    checkbox(t(key), state.get(key) === "1", (on) => {
      state.set(key, on ? "1" : "");
      paint(false);
    }),
  );

  root.append(
    h(
      "div",
      { class: "split" },
      h(
        "form",
        { class: "card controls", onsubmit: (e) => e.preventDefault() },
        choose,
        sliders,
        h("div", { class: "checks" }, toggles, logs),
      ),
      h(
        "div",
        { class: "card" },
        chart,
        h("p", { class: "summary" }, about(known.summary).replaceAll("`", "")),
      ),
    ),
    h(
      "div",
      { class: "columns" },
      h(
        "div",
        { class: "stack" },
        section(t("formula"), formula(known.formula), symbols(known), computed(known)),
        section(t("papers"), h("ul", {}, known.papers.map(paper))),
      ),
      h("div", { class: "stack" }, section(t("facts"), facts), section(t("elsewhere"), elsewhere(known))),
    ),
    section(t("code"), snippets),
  );
  paint(false);
}

function picture(chart, name, parameters, { reach, target, shown, log, wide, moving }) {
  const [low, high] = library.domain(name);
  const to = Math.min(reach, high);
  const logx = wide && to > LEAST; // what is only defined below 0 has no logarithmic axis
  const from = Math.max(logx ? LEAST : -reach, low);
  const facts = library.facts(name, parameters);
  const stated = library.isCurve(name) && facts ? facts.breaks : [];
  const breaks = logx ? stated.filter((b) => b > from) : stated;
  const x = (logx ? library.logPlaces : library.places)(from, to, breaks);
  const methods = library.orders(name, parameters, target);
  const curves = ORDERS.flatMap((order, i) => {
    if (!shown.has(order)) return [];
    const gap = facts?.breaks && i > library.finite(facts.smooth) ? new Set(breaks) : new Set();
    const y = x.map((at) => (gap.has(at) ? NaN : methods[i](at)));
    const curve = {
      x,
      y: log ? y.map(Math.abs) : y,
      name: t(`order.${order}`),
      color: color(i),
      dash: ["solid", "dash", "dot"][i],
    };
    return [curve, ...dots(curve, [...gap].filter((b) => from < b && b < to), methods[i], log)];
  });
  const limits = (library.isCurve(name) && facts?.limits) || [];
  const bounds = library.isCurve(name) && facts ? facts.range : [];
  const finite = (levels) => [...new Set(levels)].filter((y) => Number.isFinite(y) && (!log || y > 0));
  const levels = shown.has("value") ? finite([...limits, ...bounds]) : [];
  const marks = [...breaks.map((b) => ({ x: b })), ...levels.map((y) => ({ y }))];
  const inside = breaks.filter((b) => from < b && b < to);
  const notes = [
    ...inside.slice(0, 6).map(
      (b) => ({
        x: logx ? Math.log10(b) : b,
        y: 0,
        yref: "paper",
        yanchor: "bottom",
        xanchor: "left",
        text: t("kink.at", { x: number(b) }),
      }),
    ),
    ...levels.map((y) => ({
      x: limits[1] === y ? 1 : 0,
      xref: "paper",
      xanchor: limits[1] === y ? "right" : "left",
      y: log ? Math.log10(y) : y,
      yanchor: "bottom",
      text: t(limits.includes(y) ? "limit.at" : "bound.at", { y: number(y) }),
    })),
  ];
  draw(chart, curves, {
    x: {
      title: library.axis(name),
      type: logx ? "log" : "linear",
      range: logx ? [from, to].map(Math.log10) : [from, to],
      exponentformat: "power",
    },
    y: { type: log ? "log" : "linear", exponentformat: "power" },
    marks,
    notes,
    moving,
  });
}

// At a jump: a filled dot for the chosen value.
function dots(curve, places, method, log) {
  if (!places.length) return [];
  const y = places.map((at) => (log ? Math.abs(method(at)) : method(at)));
  return [{ ...curve, x: places, y, mode: "markers", legend: false, marker: { size: 7 }, silent: true }];
}

export function factRows(name, parameters) {
  const facts = library.facts(name, parameters);
  if (!facts) return [[t("facts"), t("facts.unstated")]];
  const interval = ([a, b]) => `${number(library.finite(a))} … ${number(library.finite(b))}`;
  const yes = (claim) => t(claim ? "yes" : "no");
  const rows = [[t("fact.range"), interval(facts.range)]];
  if (!library.isRow(name)) {
    if (facts.limits) rows.push(
      [t("fact.limits"), facts.limits.map((y) => number(library.finite(y))).join(", ")],
    );
    rows.push(
      [t("fact.smooth"), smoothness(facts)],
      [t("fact.monotone"), yes(facts.monotone)],
      [t("fact.convex"), yes(facts.convex)],
      [t("fact.parity"), t(`parity.${facts.parity || "none"}`)],
      [t("fact.lipschitz"), number(library.finite(facts.lipschitz), 10)],
    );
  } else {
    if (typeof facts.total === "number") rows.push([t("fact.total"), number(facts.total)]);
    if (facts.shift) rows.push([t("fact.shift"), t(`shift.${facts.shift}`)]);
    rows.push([t("fact.convex"), yes(facts.convex)]);
  }
  const { gain } = library.known(name);
  const usual = library.known(name).parameters.every((p) => parameters[p.name] === p.default);
  if (gain && usual) rows.push([t("fact.gain"), number(gain, 6)]);
  return rows;
}

// Errors and times of the committed tables, which are of the default parameters.
export function measuredRows(name, parameters) {
  const { measured, parameters: described } = library.known(name);
  const usual = described.every((p) => parameters[p.name] === p.default);
  const { errors = {}, times = {} } = usual ? measured : {};
  const says = (numbers) => (numbers ? numbers.map((one) => number(one, 3)).join(" / ") : t("measured.none"));
  return [
    ...FORMATS.map((format) => [t("fact.errors", { format }), says(errors[format])]),
    ...["value", "slope"].map((work) => [t(`fact.time.${work}`), says(times[work] && [times[work]])]),
  ];
}

function smoothness(facts) {
  const order = library.finite(facts.smooth);
  if (order === Infinity) return t("smooth.all");
  const where = facts.breaks.length ? t(
    "smooth.at",
    { x: facts.breaks.map((b) => number(b)).join(", ") },
  ) : "";
  return `${order < 0 ? t("smooth.jump") : t("smooth.order", { order })}${where}`;
}

function factTable(name, parameters) {
  const { kinks } = library.known(name);
  const rows = factRows(name, parameters);
  if (kinks) rows.push([t("fact.kinks"), about(kinks)]);
  rows.push(...measuredRows(name, parameters).filter(([, text]) => text !== t("measured.none")));
  return table([], rows);
}

function symbols(known) {
  const entries = Object.entries(known.symbols);
  return h("dl", {}, entries.map(([letter, meaning]) => [h("dt", {}, letter), h("dd", {}, about(meaning))]));
}

function computed(known) {
  const blocks = Object.entries(known.computed).map(([method, { result, lets }]) => [
    h("h3", {}, t(`computed.${method}`)),
    formula(result),
    ...lets.map(
      ([letter, markup]) => h("div", { class: "let" }, h("span", {}, `${letter} =`), formula(markup)),
    ),
  ]);
  return h("details", {}, h("summary", {}, t("computed")), blocks.flat());
}

function paper({ authors, year, title, link }) {
  return h("li", {}, `${authors} (${year}). `, h("a", { href: link, rel: "noopener" }, title), ".");
}

function elsewhere(known) {
  const rows = Object.entries(known.elsewhere).map(([where, what]) => [where, h("code", {}, what)]);
  const aliases = known.aliases.length ? h(
    "p",
    {},
    `${t("aliases")} `,
    known.aliases.map((a) => h("code", {}, a)),
  ) : null;
  return h("div", {}, rows.length ? table([], rows) : h("p", {}, t("elsewhere.none")), aliases);
}
