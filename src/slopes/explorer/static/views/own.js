// Your own: a typed formula with its derivatives, the nearest known functions, and its definition file.

import { color, draw, eachFrame } from "../chart.js";
import { definition } from "../definition.js";
import { copyable, field, h, number, range, section, slider, table } from "../dom.js";
import { compile, differentiate, FormulaError, functionNames, parse, variables } from "../formula.js";
import * as library from "../library.js";
import * as state from "../state.js";
import { t } from "../words.js";

const USUAL = "x * sigmoid(beta * x)";
const NEAR = range(-4, 4, 160); // where functions are compared
const NEAREST = 4;
const ORDERS = ["value", "first", "second"];

export function own(root) {
  let text = state.get("text", USUAL);
  let reach = state.getNumber("reach", 6);
  const chart = h("div", { class: "chart", role: "img", "aria-label": t("own.chart") });
  const error = h("p", { class: "error", role: "alert", hidden: true });
  const sliders = h("div");
  const nearest = h("div");
  const file = h("div");
  let scene;

  const paint = (moving) => scene && picture(chart, scene, reach, moving);
  const redraw = eachFrame(paint);
  const settle = () => {
    if (!scene) return;
    nearest.replaceChildren(nearestTo(scene));
    file.replaceChildren(copyable(definition(text, scene.tree, scene.parameters)));
  };
  const read = () => {
    try {
      const tree = parse(text);
      const names = [...variables(tree)].filter((name) => name !== "x").sort();
      const parameters = Object.fromEntries(names.map((name) => [name, state.getNumber(`p.${name}`, 1)]));
      const trees = [tree, differentiate(tree, "x")];
      trees.push(differentiate(trees[1], "x"));
      scene = { tree, parameters, run: trees.map((one) => compile(one)) };
      error.hidden = true;
    } catch (problem) {
      if (!(problem instanceof FormulaError)) throw problem;
      error.textContent = t(problem.key, problem.values);
      error.hidden = false;
      return;
    }
    sliders.replaceChildren(
      ...Object.entries(scene.parameters).map(([name, value]) => parameter(name, value)),
    );
    paint(false);
    settle();
  };
  const parameter = (name, value) => {
    const made = slider(name, range(-4, 4, 80), value, (moved) => {
      scene.parameters[name] = moved;
      state.set(`p.${name}`, moved);
      redraw();
    });
    made.querySelector("input").addEventListener("change", settle);
    return made;
  };
  const input = h("textarea", {
    rows: 3,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    oninput: () => {
      text = input.value;
      state.set("text", text);
      read();
    },
  });
  input.value = text;
  root.append(
    h(
      "div",
      { class: "split" },
      h(
        "form",
        { class: "card controls", onsubmit: (e) => e.preventDefault() },
        field(t("own.formula"), input),
        error,
        sliders,
        slider(t("reach"), [...range(0.5, 10, 19), ...range(12, 40, 14)], reach, (value) => {
          state.set("reach", (reach = value));
          redraw();
        }),
        h("p", { class: "hint" }, t("own.help"), " ", h("code", {}, functionNames.join(", "))),
      ),
      h("div", { class: "card" }, chart),
    ),
    h(
      "div",
      { class: "columns" },
      section(t("own.nearest"), nearest),
      section(t("own.file"), h("p", { class: "hint" }, t("own.file.note")), file),
    ),
  );
  read();
}

function picture(chart, { run, parameters }, reach, moving) {
  const x = range(-reach, reach, 480);
  const curves = ORDERS.map((order, i) => ({
    x,
    y: x.map((at) => run[i]({ ...parameters, x: at })).map((y) => (Number.isFinite(y) ? y : NaN)),
    name: t(`order.${order}`),
    color: color(i),
    dash: ["solid", "dash", "dot"][i],
  }));
  draw(chart, curves, { x: { title: "x", range: [-reach, reach] }, moving });
}

// The activations with the least root mean square of the difference between -4 and 4.
function nearestTo({ run, parameters }) {
  const mine = NEAR.map((x) => run[0]({ ...parameters, x }));
  const distance = (name) => {
    const [value] = library.orders(name, library.defaults(name));
    return Math.sqrt(NEAR.reduce((sum, x, i) => sum + (value(x) - mine[i]) ** 2, 0) / NEAR.length);
  };
  const found = library
    .names()
    .filter((name) => library.known(name).kind === "activation")
    .map((name) => [name, distance(name)])
    .filter(([, d]) => Number.isFinite(d))
    .sort(([, a], [, b]) => a - b)
    .slice(0, NEAREST);
  if (!found.length) return h("p", {}, t("own.undefined"));
  return table(
    [t("function"), t("own.distance")],
    found.map(([name, d]) => [h("a", { href: link(name) }, name), number(d)]),
  );
}

function link(name) {
  const query = state.keep("lang", "mode");
  query.set("f", name);
  return state.address("one", query);
}
