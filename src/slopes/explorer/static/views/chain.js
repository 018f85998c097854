// A chain: signals forwards and gradients backwards through equal layers, live, fading, exploding or dying.

import { color, draw, eachFrame } from "../chart.js";
import { choice, h, number, range, section, slider } from "../dom.js";
import * as library from "../library.js";
import { run, summary } from "../network.js";
import * as state from "../state.js";
import { t } from "../words.js";

const WIDTH = 40;
const EXAMPLES = 16;
const MOST = 40; // layers
const FADED = 1e-3; // of the size at the other end of the chain
const DYING = 0.5; // share of units of the last layer

export function chain(root) {
  const wanted = state.get("f");
  const name = library.exists(wanted) && library.isHidden(wanted) ? wanted : "tanh";
  const usual = library.known(name).gain;
  const settings = {
    layers: Math.min(MOST, Math.max(1, Math.round(state.getNumber("layers", 20)))),
    gain: Math.min(4, Math.max(0.05, state.getNumber("gain", usual))),
    seed: Math.max(0, Math.round(state.getNumber("seed", 1))),
  };
  const charts = ["signals", "gradients"].map(
    (which) => h("div", { class: "chart half", role: "img", "aria-label": t(`chain.chart.${which}`) }),
  );
  const verdict = h("div", { class: "findings", "aria-live": "polite" });
  const methods = library.orders(name, library.defaults(name));
  const paint = (moving) => {
    const found = run(
      { value: methods[0], derivative: methods[1] },
      { ...settings, width: WIDTH, examples: EXAMPLES },
    );
    const [signals, gradients] = [found.signals, found.gradients].map((layers) => layers.map(summary));
    picture(charts[0], signals, 0, moving);
    picture(charts[1], gradients, 1, moving);
    if (!moving) verdict.replaceChildren(...judgement(signals, gradients, found.dead));
  };
  const redraw = eachFrame(paint);
  const setting = (key) => (value) => {
    state.set(key, (settings[key] = value));
    redraw();
  };
  const gains = [...new Set([...range(0.1, 4, 78), usual])].sort((a, b) => a - b);
  const gain = slider(t("chain.gain"), gains, settings.gain, setting("gain"));
  const choose = choice(t("function"), library.groups(library.isHidden), name, (value) => {
    state.forget("lang", "mode", "layers", "seed");
    state.set("f", value);
    state.show();
  });
  const preset = h(
    "button",
    {
      type: "button",
      onclick: () => {
        gain.move(usual);
        setting("gain")(usual);
      },
    },
    t("chain.usual", { gain: number(usual) }),
  );
  root.append(
    h(
      "div",
      { class: "split" },
      h(
        "form",
        { class: "card controls", onsubmit: (e) => e.preventDefault() },
        choose,
        slider(t("chain.layers"), range(1, MOST, MOST - 1), settings.layers, setting("layers")),
        gain,
        preset,
        slider(t("chain.seed"), range(1, 20, 19), settings.seed, setting("seed")),
        h("p", { class: "hint" }, t("chain.network", { width: WIDTH, examples: EXAMPLES })),
      ),
      h(
        "div",
        { class: "card" },
        ["signals", "gradients"].map((which, i) => [h("h2", {}, t(`chain.${which}`)), charts[i]]),
      ),
    ),
    section(t("chain.verdict"), verdict),
  );
  paint(false);
}

// Sizes layer by layer: the middle half and nine tenths as bands, the root mean square as a line.
function picture(chart, layers, hue, moving) {
  const x = layers.map((_, i) => i + 1);
  const level = (value) => (Number.isFinite(value) && value > 0 ? value : NaN);
  const at = (i) => layers.map(({ quantiles }) => level(quantiles[i]));
  const edge = { color: color(hue), width: 0, legend: false, silent: true };
  const tint = (share) => `${color(hue)}${share}`;
  draw(
    chart,
    [
      { x, y: at(0), ...edge },
      { x, y: at(4), ...edge, fill: "tonexty", fillcolor: tint("22"), legend: true, name: t(
        "chain.band",
        { share: 90 },
      ) },
      { x, y: at(1), ...edge },
      { x, y: at(3), ...edge, fill: "tonexty", fillcolor: tint("44"), legend: true, name: t(
        "chain.band",
        { share: 50 },
      ) },
      { x, y: layers.map(({ size }) => level(size)), name: t("chain.size"), color: color(hue), width: 2.5 },
    ],
    { x: {
      title: t("chain.layer"),
      range: [0.5, layers.length + 0.5],
    }, y: { type: "log", exponentformat: "power" }, moving },
  );
}

function judgement(signals, gradients, dead) {
  const ends = (layers) => [layers[0].size, layers[layers.length - 1].size];
  const [first, last] = ends(signals);
  const [shallow, deep] = ends(gradients);
  const says = [];
  const add = (key, values) => says.push(h("p", { class: "finding" }, t(`chain.${key}`, values)));
  if (!(last <= first / FADED)) add("exploding", { from: number(first), to: number(last) });
  if (last < first * FADED || last === 0) add("fading", { from: number(first), to: number(last) });
  if (!(shallow <= deep / FADED)) add("exploding.gradient", { from: number(deep), to: number(shallow) });
  if (shallow < deep * FADED || shallow === 0) add(
    "vanishing.gradient",
    { from: number(deep), to: number(shallow) },
  );
  const share = dead[dead.length - 1];
  if (share >= DYING) add("dying", { share: number(100 * share, 3) });
  if (!says.length) {
    says.push(
      h(
        "p",
        { class: "fine" },
        t("chain.live", { from: number(deep), to: number(shallow), signal: number(last) }),
      ),
    );
  }
  return says;
}
