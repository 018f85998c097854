// Up to six functions in one frame, with their facts side by side.

import { color, dash, draw, eachFrame } from "../chart.js";
import { choice, h, number, range, section, slider, table } from "../dom.js";
import * as library from "../library.js";
import { chosenParameters, parameterSliders } from "../parameters.js";
import * as state from "../state.js";
import { t } from "../words.js";
import { factRows, measuredRows } from "./one.js";

const MOST = 6;
const USUAL = "relu,gelu,silu,tanh";
const ORDERS = ["value", "first", "second"];

export function compare(root) {
  const chosen = [...new Set(state.get("f", USUAL).split(","))].filter(library.exists).slice(0, MOST);
  const parameters = new Map();
  let order = ORDERS.includes(state.get("order")) ? state.get("order") : "value";
  let reach = state.getNumber("reach", 5);
  const charts = h("div", { class: "chart", role: "img", "aria-label": t("compare.chart") });
  const facts = h("div");
  const chips = h("ul", { class: "chips" });
  const sliders = h("div");

  const paint = (moving) => {
    const curves = chosen.map((name, i) => {
      const given = parameters.get(name);
      const [low, high] = library.domain(name);
      const stated = library.isCurve(name) ? library.facts(name, given) : null;
      const which = ORDERS.indexOf(order);
      const gap = new Set(stated && which > library.finite(stated.smooth) ? stated.breaks : []);
      const x = library.places(Math.max(-reach, low), Math.min(reach, high), stated?.breaks ?? []);
      const method = library.orders(name, given, usualTarget(name))[which];
      return { x, y: x.map((at) => (gap.has(at) ? NaN : method(at))), name, color: color(i), dash: dash(i) };
    });
    draw(charts, curves, { x: { title: t("compare.axis"), range: [-reach, reach] }, moving });
    if (!moving) facts.replaceChildren(...factsOf(chosen, parameters));
  };
  const redraw = eachFrame(paint);
  const members = () => {
    const chip = (name, i) =>
      h(
        "li",
        { style: `--chip: ${color(i)}` },
        h("a", { href: state.address("one", withFunction(name)) }, name),
        h(
          "button",
          { type: "button", "aria-label": t("compare.remove", { name }), onclick: () => remove(name) },
          "×",
        ),
      );
    for (const name of chosen) {
      if (!parameters.has(name)) parameters.set(name, chosenParameters(name, `${name}.`));
    }
    chips.replaceChildren(...chosen.map(chip));
    sliders.replaceChildren(
      ...chosen.flatMap((name) => parameterSliders(name, parameters.get(name), redraw, `${name}.`)),
    );
    paint(false);
  };
  const remove = (name) => {
    for (const key of Object.keys(parameters.get(name))) state.set(`${name}.${key}`, "");
    parameters.delete(name);
    chosen.splice(chosen.indexOf(name), 1);
    state.set("f", chosen.join(","));
    members();
  };
  const add = choice(t("compare.add"), [["", [["", "…"]]], ...library.groups()], "", (name) => {
    add.querySelector("select").value = "";
    if (!name || chosen.includes(name) || chosen.length >= MOST) return;
    chosen.push(name);
    state.set("f", chosen.join(","));
    members();
  });
  const orders = choice(t("compare.order"), [
    ["", ORDERS.map((o) => [o, t(`order.${o}`)])],
  ], order, (value) => {
    state.set("order", (order = value));
    paint(false);
  });
  const width = slider(t("reach"), [...range(0.5, 10, 19), ...range(12, 40, 14)], reach, (value) => {
    state.set("reach", (reach = value));
    redraw();
  });
  root.append(
    h(
      "div",
      { class: "split" },
      h(
        "form",
        { class: "card controls", onsubmit: (e) => e.preventDefault() },
        add,
        chips,
        orders,
        width,
        sliders,
      ),
      h("div", { class: "card" }, charts),
    ),
    section(t("facts"), facts),
  );
  members();
}

function withFunction(name) {
  const query = state.keep("lang", "mode");
  query.set("f", name);
  return query;
}

function usualTarget(name) {
  return library.isLoss(name) && !library.isRow(name) ? library.usualTarget(name) : 0;
}

// One column for each function. Facts that only some of them have are left empty for the others; what was not
// measured is said not to be.
function factsOf(chosen, parameters) {
  const columns = chosen.map((name) => new Map(factRows(name, parameters.get(name))));
  const titles = new Set(columns.flatMap((column) => [...column.keys()]));
  const measured = chosen.map((name) => new Map(measuredRows(name, parameters.get(name))));
  const rows = [
    ...[...titles].map((title) => [title, columns.map((column) => column.get(title) ?? "")]),
    ...[...measured[0]?.keys() ?? []].map((title) => [title, measured.map((column) => column.get(title))]),
  ];
  return [
    table(["", ...chosen], rows.map(([title, cells]) => [title, ...cells])),
    h("p", { class: "hint" }, t("measured.how", { large: number(64e6, 2) })),
  ];
}
