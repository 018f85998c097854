// Up to six functions in one frame, with their facts side by side.

import { color, dash, draw, eachFrame } from "../chart.js";
import { choice, h, range, section, slider, table } from "../dom.js";
import * as library from "../library.js";
import * as state from "../state.js";
import { t } from "../words.js";
import { factRows } from "./one.js";

const MOST = 6;
const USUAL = "relu,gelu,silu,tanh";
const ORDERS = ["value", "first", "second"];

export function compare(root) {
  const chosen = [...new Set(state.get("f", USUAL).split(","))].filter(library.exists).slice(0, MOST);
  let order = ORDERS.includes(state.get("order")) ? state.get("order") : "value";
  let reach = state.getNumber("reach", 5);
  const charts = h("div", { class: "chart", role: "img", "aria-label": t("compare.chart") });
  const facts = h("div");
  const chips = h("ul", { class: "chips" });

  const paint = () => {
    const curves = chosen.map((name, i) => {
      const [low, high] = library.domain(name);
      const stated = library.isCurve(name) ? library.facts(name, library.defaults(name)) : null;
      const which = ORDERS.indexOf(order);
      const gap = new Set(stated && which > library.finite(stated.smooth) ? stated.breaks : []);
      const x = library.places(Math.max(-reach, low), Math.min(reach, high), stated?.breaks ?? []);
      const method = library.orders(name, library.defaults(name), usualTarget(name))[which];
      return { x, y: x.map((at) => (gap.has(at) ? NaN : method(at))), name, color: color(i), dash: dash(i) };
    });
    draw(charts, curves, { x: { title: t("compare.axis"), range: [-reach, reach] } });
    facts.replaceChildren(factsOf(chosen));
  };
  const redraw = eachFrame(paint);
  const members = () => {
    state.set("f", chosen.join(","));
    const chip = (name, i) =>
      h(
        "li",
        { style: `--chip: ${color(i)}` },
        h("a", { href: state.address("one", withFunction(name)) }, name),
        h(
          "button",
          {
            type: "button",
            "aria-label": t("compare.remove", { name }),
            onclick: () => {
              chosen.splice(chosen.indexOf(name), 1);
              members();
              redraw();
            },
          },
          "×",
        ),
      );
    chips.replaceChildren(...chosen.map(chip));
  };
  const add = choice(t("compare.add"), [["", [["", "…"]]], ...library.groups()], "", (name) => {
    add.querySelector("select").value = "";
    if (!name || chosen.includes(name) || chosen.length >= MOST) return;
    chosen.push(name);
    members();
    redraw();
  });
  const orders = choice(t("compare.order"), [
    ["", ORDERS.map((o) => [o, t(`order.${o}`)])],
  ], order, (value) => {
    state.set("order", (order = value));
    redraw();
  });
  const width = slider(t("reach"), [...range(0.5, 10, 19), ...range(12, 40, 14)], reach, (value) => {
    state.set("reach", (reach = value));
    redraw();
  });
  root.append(
    h(
      "div",
      { class: "split" },
      h("form", { class: "card controls", onsubmit: (e) => e.preventDefault() }, add, chips, orders, width),
      h("div", { class: "card" }, charts),
    ),
    section(t("facts"), facts),
  );
  members();
  paint();
}

function withFunction(name) {
  const query = state.keep("lang", "mode");
  query.set("f", name);
  return query;
}

function usualTarget(name) {
  return library.isLoss(name) && !library.isRow(name) ? library.usualTarget(name) : 0;
}

// One column for each function; rows that only some of them have are left empty for the others.
function factsOf(chosen) {
  const columns = chosen.map((name) => new Map(factRows(name, library.defaults(name))));
  const titles = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const rows = titles.map((title) => [title, ...columns.map((column) => column.get(title) ?? "")]);
  return table(["", ...chosen], rows);
}
