// The pair: a loss behind an output activation, and what of it reaches the logit.

import { color, draggable, draw, eachFrame } from "../chart.js";
import { compose } from "../composition.js";
import { choice, h, number, range, section, slider, table } from "../dom.js";
import * as library from "../library.js";
import { findings } from "../rules.js";
import { chosenParameters, parameterSliders } from "../parameters.js";
import * as state from "../state.js";
import { t } from "../words.js";

const OUTPUTS = ["identity", "sigmoid", "tanh", "relu", "softplus", "exponential", "softmax", "log_softmax"];
const ROWS = ["softmax", "log_softmax"]; // outputs whose result is as long as their row
const EXAMPLES = [
  ["identity", "binary_cross_entropy_with_logits", 1],
  ["sigmoid", "binary_cross_entropy", 1],
  ["sigmoid", "mse", 1],
  ["sigmoid", "binary_cross_entropy_with_logits", 1],
  ["identity", "cross_entropy", 3],
  ["softmax", "cross_entropy", 3],
  ["softmax", "mse", 3],
  ["softmax", "nll", 3],
  ["softmax", "binary_cross_entropy", 1],
  ["relu", "mse", 1],
  ["identity", "huber", 1],
  ["tanh", "hinge", 1],
]; // output, loss, number of logits
const REACH = 12;
const FLAT = 0.02; // of the largest gradient in view
const STUCK = 0.05; // of the heights in view, above the least loss: what is flat there is no minimum
const PLACES = range(-REACH, REACH, 400);
const READINGS = [
  ["prediction", "pair.prediction"],
  ["loss", "pair.loss.value"],
  ["gradient", "pair.gradient"],
  ["curvature", "pair.curvature"],
];

const isOutput = (name) => !library.isLoss(name) && (!library.isRow(name) || ROWS.includes(name));
const ofRanks = ({ ordered, targets }) => ordered || targets === "ranks";
const isLoss = (name) => library.isLoss(name) && !ofRanks(library.known(name));

export function pair(root) {
  const known = (name, wanted, usual) => (library.exists(name) && wanted(name) ? name : usual);
  const output = known(state.get("out"), isOutput, "sigmoid");
  const loss = known(state.get("loss"), isLoss, "mse");
  const fixed = library.isRow(loss) || ROWS.includes(output);
  const n = Math.min(10, Math.max(1, Math.round(state.getNumber("n", fixed ? 3 : 1))));
  const classes = n > 1 || library.isRow(loss);
  let target = state.getNumber(
    "target",
    classes ? 1 : library.known(loss).kind === "residual_loss" ? 1 : library.usualTarget(loss),
  );
  let z = Math.min(REACH, Math.max(-REACH, state.getNumber("z", -4)));

  const charts = ["loss", "slopes"].map(
    (which) => h("div", { class: "chart", role: "img", "aria-label": t(`pair.chart.${which}`) }),
  );
  const readings = READINGS.map(() => h("strong"));
  const board = h(
    "div",
    { class: "readings", "aria-live": "polite" },
    READINGS.map(([, key], i) => h("div", { class: "reading" }, h("span", {}, t(key)), readings[i])),
  );
  const verdict = h("div", { class: "findings" });
  const outputParameters = chosenParameters(output, "out.");
  const lossParameters = chosenParameters(loss, "loss.");
  let scene;
  let fresh = false;
  const prepare = () => {
    const q = classes ? row(loss, n, target) : [target];
    const at = compose(output, loss, { outputParameters, lossParameters, target: q, n });
    scene = { at, x: PLACES, found: PLACES.map(at) };
    scene.stuck = stuck(scene);
    fresh = true;
  };
  const paint = (moving) => {
    if (!fresh) prepare();
    picture(charts, scene, z, moving);
    const here = scene.at(z);
    READINGS.forEach(([key], i) => (readings[i].textContent = number(here[key], 5)));
    if (!moving) verdict.replaceChildren(...judgement({ output, outputParameters, loss, target, n }, scene));
  };
  const redraw = eachFrame(paint);
  const changed = () => {
    fresh = false;
    redraw();
  };
  const move = (to, silent) => {
    z = Number(to.toFixed(2));
    state.set("z", z);
    if (!silent) logit.move(z);
    redraw();
  };
  const remount = (changes) => {
    const stays = (key) => !(key in changes) && !changes.example;
    const kept = [["out", outputParameters], ["loss", lossParameters]].flatMap(([key, parameters]) =>
      stays(key) ? [key, ...Object.keys(parameters).map((name) => `${key}.${name}`)] : [],
    );
    state.forget("lang", "mode", "z", ...kept, ...(stays("n") ? ["n"] : []));
    for (const [key, value] of Object.entries(changes)) if (key !== "example") state.set(key, value);
    state.show();
  };

  const logit = slider(t("pair.logit"), range(-REACH, REACH, 240), z, (value) => move(value, true));
  const aim = (value) => {
    state.set("target", (target = Number(value)));
    changed();
  };
  const aims = [
    ["1", t("pair.this")],
    ["0", t("pair.other")],
  ];
  const goal = classes
    ? choice(t("target"), [["", aims]], target > 0.5 ? "1" : "0", aim)
    : slider(t("target"), library.targets(loss), target, aim);
  const count = slider(t("pair.logits"), range(1, 10, 9), n, (value) => state.set("n", value));
  count.addEventListener("change", () => remount({ n: state.get("n") }));
  const controls = h(
    "form",
    { class: "card controls", onsubmit: (e) => e.preventDefault() },
    choice(
      t("pair.output"),
      outputs(),
      output,
      (value) => remount({ out: value, ...(ROWS.includes(value) && n === 1 ? { n: 3 } : {}) }),
    ),
    choice(
      t("pair.loss"),
      library.groups(isLoss),
      loss,
      (value) => remount(
        { loss: value, n: library.isRow(value) ? Math.max(n, 3) : ROWS.includes(output) ? n : 1 },
      ),
    ),
    count,
    goal,
    logit,
    parameterSliders(output, outputParameters, changed, "out."),
    parameterSliders(loss, lossParameters, changed, "loss."),
    h("p", { class: "hint" }, t("pair.drag")),
  );

  const examples = EXAMPLES.map(([out, l, count]) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", onclick: () => remount({ example: true, out, loss: l, n: count }) },
        `${out} + ${l}${count > 1 || ROWS.includes(out) ? ` (${count})` : ""}`,
      ),
    ),
  );
  root.append(
    h("div", { class: "split" }, controls, h("div", { class: "card" }, board, charts)),
    h(
      "div",
      { class: "columns" },
      section(t("pair.verdict"), verdict),
      section(t("pair.examples"), h("ul", { class: "chips" }, examples)),
    ),
  );
  paint(false);
  charts.forEach((chart) => draggable(chart, -REACH, REACH, (to) => move(to)));
}

function outputs() {
  const usual = OUTPUTS.map((name) => [name, name === "identity" ? t("pair.none") : name]);
  const others = library.names().filter((name) => isOutput(name) && !OUTPUTS.includes(name));
  return [[t("pair.usual"), usual], [t("pair.others"), others.map((name) => [name, name])]];
}

// The target of n logits: the first class or the second.
function row(loss, n, target) {
  const q = Array(n).fill(library.known(loss).kind === "margin_loss" ? -1 : 0);
  if (target > 0.5) q[0] = 1;
  else if (n > 1) q[1] = 1;
  return q;
}

// Stretches where nearly no gradient reaches the logit although the loss is not at its least.
export function stuck({ x, found }) {
  const losses = found.map(({ loss }) => loss).filter(Number.isFinite);
  const steepest = Math.max(...found.map(({ gradient }) => Math.abs(gradient)).filter(Number.isFinite));
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const stretches = [];
  found.forEach(({ loss, gradient }, i) => {
    const flat = Math.abs(gradient) <= FLAT * steepest;
    const high = steepest === 0 || loss > least + STUCK * (most - least);
    if (!flat || !high) return;
    const last = stretches[stretches.length - 1];
    if (last && last.end === i - 1) last.end = i;
    else stretches.push({ start: i, end: i });
  });
  return stretches.map(({ start, end }) => {
    const edge = Math.abs(x[start]) > Math.abs(x[end]) ? start : end;
    return { from: x[start], to: x[end], loss: found[edge].loss };
  });
}

function judgement(pair, { found, x, stuck }) {
  const wrong = findings(pair).map(({ code, name, values }) => {
    const floor = values.floor === undefined ? "" : ` ${t("pair.floor", { floor: number(values.floor) })}`;
    return h("p", { class: "finding" }, h("strong", {}, `${code} ${name}`), ` ${t(`rule.${name}`)}${floor}`);
  });
  const losses = found.map(({ loss }) => loss);
  const best = losses.reduce((b, loss, i) => (loss < losses[b] ? i : b), 0);
  const plateaus = stuck.map(({ from, to, loss }) =>
    h(
      "p",
      { class: "plateau" },
      t("pair.stuck", { from: number(from, 3), to: number(to, 3), loss: number(loss) }),
    ),
  );
  const least = h("p", {}, t("pair.least", { loss: number(losses[best]), z: number(x[best], 3) }));
  const fine = wrong.length || plateaus.length ? [] : [h("p", { class: "fine" }, t("pair.fine"))];
  return [...wrong, ...plateaus, ...fine, least, known(pair, stuck)];
}

// Losses at which runs of classifiers are known to be stuck.
function known({ loss, n }) {
  if (!library.isRow(loss) || n < 2) return "";
  const rows = [
    [number(Math.log(n)), t("plateau.alike", { n })],
    [number(Math.log1p((n - 1) / Math.E)), t("plateau.softmax", { n: n - 1 })],
    [number(Math.log1p((n - 1) / Math.E ** 2)), t("plateau.tanh", { n: n - 1 })],
  ];
  return loss === "cross_entropy" ? table([t("pair.loss.value"), t("plateau.means")], rows) : "";
}

function picture([above, below], { at, x, found, stuck }, z, moving) {
  const here = at(z);
  const reach = 2.2;
  const tangent = {
    x: [z - reach, z + reach],
    y: [here.loss - reach * here.gradient, here.loss + reach * here.gradient],
  };
  const [losses, gradients, curvatures] = ["loss", "gradient", "curvature"].map(
    (key) => found.map((one) => one[key]),
  );
  const finite = losses.filter(Number.isFinite);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const pad = 0.08 * (most - least || 1);
  const point = { x: [z], mode: "markers", color: color(1), legend: false, silent: true };
  const axis = { range: [-REACH, REACH], title: t("pair.logit"), fixedrange: true };
  const shared = { marks: [{ x: z }], bands: stuck, drag: false, moving };
  draw(
    above,
    [
      { x, y: losses, name: t("pair.loss.value"), color: color(0), width: 2.5 },
      { ...tangent, name: t("pair.tangent"), color: color(1), dash: "dash", silent: true },
      { ...point, y: [here.loss], marker: { size: 13 } },
    ],
    { ...shared, x: { ...axis, title: "" }, y: { range: [least - pad, most + pad], fixedrange: true } },
  );
  draw(
    below,
    [
      { x, y: gradients, name: t("pair.gradient"), color: color(1), dash: "dash" },
      { x, y: curvatures, name: t("pair.curvature"), color: color(2), dash: "dot" },
      { ...point, y: [here.gradient] },
      { ...point, y: [here.curvature], color: color(2) },
    ],
    { ...shared, x: axis, y: { fixedrange: true } },
  );
}
