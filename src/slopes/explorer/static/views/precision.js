// Precision: a textbook formula, rounded after each operation as arrays are, beside the library's stable one.

import { color, draw, eachFrame } from "../chart.js";
import { checkbox, choice, h, number, range, section, slider, table } from "../dom.js";
import { compile, differentiate, parse } from "../formula.js";
import * as library from "../library.js";
import { FORMATS } from "../rounding.js";
import * as state from "../state.js";
import { t } from "../words.js";

// Functions of a row have no formula of one number: these are theirs, at (x, 0, 0).
const ROWS = { log_softmax: "log(exp(x) / (exp(x) + 2))", softmax: "exp(x) / (exp(x) + 2)" };
const WRONG = 0.1; // relative error from which a digit less is left
const FINE = 4000; // places at which errors are looked for
const ORDERS = ["value", "first"];

function texts() {
  const pointwise = library.names().filter((name) => !library.isRow(name));
  return { ...ROWS, ...Object.fromEntries(pointwise.map((name) => [name, library.known(name).text])) };
}

export function precision(root) {
  const formulas = texts();
  const name = Object.hasOwn(formulas, state.get("f")) ? state.get("f") : "sigmoid";
  let format = Object.hasOwn(FORMATS, state.get("format")) ? state.get("format") : "float32";
  let reach = state.getNumber("reach", 120);
  let log = state.get("log", "1") === "1";
  const scene = prepare(name, formulas[name]);
  const charts = ORDERS.map(
    (order) => h("div", { class: "chart half", role: "img", "aria-label": t(`precision.chart.${order}`) }),
  );
  const verdict = h("div");

  const view = () => ({ format, reach, log });
  const paint = (moving) => ORDERS.forEach((_, i) => picture(charts[i], scene, i, { ...view(), moving }));
  const judge = () => verdict.replaceChildren(judgement(scene, reach));
  const redraw = eachFrame(paint);
  const choose = choice(t("function"), library.groups((one) => one in formulas), name, (value) => {
    state.set("f", value);
    state.show();
  });
  const formats = choice(t("precision.format"), [
    ["", Object.keys(FORMATS).map((one) => [one, one])],
  ], format, (value) => {
    state.set("format", (format = value));
    redraw();
  });
  const width = slider(t("reach"), [
    ...range(1, 10, 9),
    ...range(12, 20, 4),
    ...range(25, 50, 5),
    75,
    100,
    120,
    200,
    400,
    800,
  ], reach, (value) => {
    state.set("reach", (reach = value));
    redraw();
  });
  width.querySelector("input").addEventListener("change", judge);
  root.append(
    h(
      "div",
      { class: "split" },
      h(
        "form",
        { class: "card controls", onsubmit: (e) => e.preventDefault() },
        choose,
        formats,
        width,
        h("div", { class: "checks" }, checkbox(t("log"), log, (on) => {
          log = on;
          state.set("log", on ? "1" : "0");
          redraw();
        })),
        h("p", { class: "hint" }, t("precision.naive"), " ", h("code", {}, formulas[name])),
        h("p", { class: "hint" }, t("precision.rounded")),
      ),
      h("div", { class: "card" }, ORDERS.map((order, i) => [h("h2", {}, t(`order.${order}`)), charts[i]])),
    ),
    section(t("precision.verdict"), verdict),
  );
  paint(false);
  judge();
}

// The naive formula and its derivative in each format, and the library's, at a usual target.
export function prepare(name, text) {
  const variable = Object.keys(library.known(name).symbols)[0];
  const target = library.isLoss(name) ? library.usualTarget(name) : 0;
  const tree = parse(text);
  const trees = [tree, differentiate(tree, variable)];
  const given = { ...library.defaults(name), t: target };
  const naive = Object.entries(FORMATS).map(([format, round]) => [
    format,
    trees.map((one) => {
      const run = compile(one, round);
      return (x) => run({ ...given, [variable]: x });
    }),
  ]);
  return {
    naive: Object.fromEntries(naive),
    exact: library.orders(name, library.defaults(name), target).slice(0, 2),
    ends: library.domain(name),
    title: library.axis(name),
  };
}

const within = ([low, high], reach) => [Math.max(-reach, low), Math.min(reach, high)];

function picture(chart, { naive, exact, ends, title }, order, { format, reach, log, moving }) {
  const round = FORMATS[format];
  const [low, high] = within(ends, reach);
  const x = range(low, high, 480).map(round);
  const stable = x.map((at) => round(exact[order](at)));
  const rough = x.map((at) => naive[format][order](at));
  const drawn = (y) => (!Number.isFinite(y) || (log && y === 0) ? NaN : log ? Math.abs(y) : y);
  // faults stand on the library's curve: the textbook's has no height there
  const faults = (is) => ({
    x,
    y: stable.map((y, i) => (Number.isFinite(y) && is(rough[i], y) ? drawn(y) : NaN)),
    width: 7,
    silent: true,
  });
  draw(
    chart,
    [
      { x, y: stable.map(drawn), name: t("precision.stable"), color: color(0), width: 3 },
      { x, y: rough.map(drawn), name: t("precision.textbook"), color: color(1), dash: "dash" },
      { ...faults((y) => !Number.isFinite(y)), name: t("precision.infinite"), color: color(3) },
      { ...faults((y, want) => y === 0 && want !== 0), name: t("precision.zero"), color: color(5) },
    ],
    {
      x: { title, range: [low, high] },
      y: { type: log ? "log" : "linear", exponentformat: "power" },
      moving,
    },
  );
}

// For each format and order: where the naive formula first is not finite, 0 or wrong, and the result is not.
function judgement({ naive, exact, ends }, reach) {
  const places = range(...within(ends, reach), FINE);
  const rows = Object.entries(FORMATS).flatMap(([format, round]) =>
    ORDERS.map((order, i) => {
      const faults = { infinite: [], zero: [], wrong: [] };
      for (const at of places.map(round)) {
        const [want, got] = [round(exact[i](at)), naive[format][i](at)];
        if (!Number.isFinite(want)) continue;
        if (!Number.isFinite(got)) faults.infinite.push(at);
        else if (got === 0 && want !== 0) faults.zero.push(at);
        else if (Math.abs(got - want) > WRONG * Math.abs(want)) faults.wrong.push(at);
      }
      return [`${format}, ${t(`order.${order}`)}`, ...Object.values(faults).map(first)];
    }),
  );
  return table(
    ["", t("precision.infinite"), t("precision.zero"), t("precision.wrong", { percent: 100 * WRONG })],
    rows,
  );
}

// The faults nearest to 0 on both sides.
function first(places) {
  const below = places.filter((x) => x < 0).slice(-1);
  const above = places.filter((x) => x >= 0).slice(0, 1);
  return [...below, ...above].map((x) => number(x)).join(", ") || "–";
}
