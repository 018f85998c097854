// Curves by Plotly, in the page's colours.

/* global Plotly */

import { erase, sketch } from "./sketch.js";

const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
// The library's palette, which readers with any colour vision can tell apart; a test compares it.
const COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"];

const BAND = { color: COLORS[5], opacity: 0.16 };

export function color(i) {
  const chosen = COLORS[i % COLORS.length];
  return chosen === "#000000" ? style("--ink") : chosen; // black is white on a dark page
}

export const dash = (i) => DASHES[i % DASHES.length];

export function style(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const INKS = ["ink", "grid", "axis", "quiet", "paper", "font"];
const CONFIG = { responsive: true, displaylogo: false, displayModeBar: false, scrollZoom: false };

export const MARGIN = { l: 56, r: 16, t: 36, b: 44 };

// element -> { inks, asked }: its colours, and the ends of its axes as they were asked for
const charts = new WeakMap();

// `curves` are { x, y, name, color } with Plotly's options of lines; `marks` are vertical lines { x } and
// horizontal ones { y }; `bands` are stretches { from, to } of the horizontal axis; `notes` are Plotly's
// annotations. While something is `moving` all this is sketched. When it rests Plotly draws it under the
// sketch, each chart in a task of its own: two at once would hold up the page.
export function draw(element, curves, { moving = false, x, y = {}, ...options }) {
  if (!element.isConnected) return;
  if (!charts.has(element)) {
    charts.set(element, { inks: Object.fromEntries(INKS.map((name) => [name, style(`--${name}`)])) });
  }
  const chart = charts.get(element);
  clearTimeout(chart.later);
  const whole = () => {
    if (!element.isConnected) return; // another view has taken its place
    chart.asked = { x: asks(x), y: asks(y) };
    Plotly.react(element, curves.map(trace), layout(chart.inks, { x, y, ...options }), CONFIG);
    erase(element);
  };
  if (moving && chart.asked) {
    const shown = curves.filter((_, i) => element.data[i]?.visible !== "legendonly");
    const ends = (key, axis) => endsOf(element.layout[`${key}axis`], chart.asked[key], axis);
    const axes = { x: { ...x, range: ends("x", x) }, y: { ...y, range: ends("y", y) } };
    sketch(element, shown, { ...options, ...axes }, chart.inks, BAND);
    chart.sketched = true;
  } else if (chart.sketched) {
    chart.later = setTimeout(whole);
    chart.sketched = false;
  } else {
    whole();
  }
}

// What an axis goes over: as long as the same is asked for, where somebody has zoomed to.
function endsOf({ range, autorange }, before, wanted) {
  if (!wanted.range) return autorange ? undefined : range;
  return before === asks(wanted) ? range : wanted.range;
}

const asks = ({ type, range }) => range && [type, ...range].join();

function trace(curve) {
  return {
    type: "scatter",
    mode: curve.mode ?? "lines",
    x: curve.x,
    y: curve.y,
    name: curve.name,
    line: { color: curve.color, dash: curve.dash ?? "solid", width: curve.width ?? 2, simplify: false },
    marker: { color: curve.color, size: 9, ...curve.marker },
    fill: curve.fill ?? "none",
    fillcolor: curve.fillcolor,
    hoverinfo: curve.silent ? "skip" : undefined,
    hovertemplate: curve.silent ? undefined : "%{y:.5g}",
    showlegend: curve.legend ?? true,
    connectgaps: false,
  };
}

function layout(inks, { x, y = {}, marks = [], bands = [], notes = [], drag = "zoom" }) {
  const axis = {
    gridcolor: inks.grid,
    zerolinecolor: inks.axis,
    linecolor: inks.axis,
    automargin: false,
    ticklabeloverflow: "allow", // otherwise each label is measured, which makes the browser lay out the page
  };
  const lines = marks.map(({ x: at, y: level }) => ({
    type: "line",
    xref: at === undefined ? "paper" : "x",
    yref: level === undefined ? "paper" : "y",
    x0: at ?? 0,
    x1: at ?? 1,
    y0: level ?? 0,
    y1: level ?? 1,
    line: { color: inks.quiet, width: 1, dash: "dot" },
  }));
  const stretches = bands.map(({ from, to }) => ({
    type: "rect",
    xref: "x",
    yref: "paper",
    x0: from,
    x1: to,
    y0: 0,
    y1: 1,
    fillcolor: BAND.color,
    opacity: BAND.opacity,
    line: { width: 0 },
    layer: "below",
  }));
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: inks.ink, family: inks.font, size: 13 },
    margin: MARGIN,
    showlegend: true,
    legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", bgcolor: "rgba(0,0,0,0)" },
    hovermode: "x unified",
    hoverlabel: { bgcolor: inks.paper, bordercolor: inks.axis, font: { color: inks.ink } },
    dragmode: drag,
    xaxis: { ...axis, ...x, title: { text: x.title }, uirevision: x.type ?? "linear" },
    yaxis: { ...axis, ...y, title: { text: y.title } },
    shapes: [...stretches, ...lines],
    annotations: notes.map((note) => ({ showarrow: false, font: { size: 12, color: inks.quiet }, ...note })),
    uirevision: "kept", // a zoom stays while a slider moves
  };
}

// Calls `move` with the x under a pointer that is dragged over a chart whose axis goes from low to high.
export function draggable(element, low, high, move) {
  const follow = (event) => {
    const box = element.getBoundingClientRect();
    const share = (event.clientX - box.left - MARGIN.l) / (box.width - MARGIN.l - MARGIN.r);
    move(low + Math.min(1, Math.max(0, share)) * (high - low));
  };
  let held = false;
  element.style.touchAction = "pan-y";
  element.addEventListener("pointerdown", (event) => {
    held = true;
    element.setPointerCapture(event.pointerId);
    follow(event);
  });
  element.addEventListener("pointermove", (event) => held && follow(event));
  element.addEventListener("pointerup", () => (held = false));
  element.addEventListener("pointercancel", () => (held = false));
}

const REST = 150; // milliseconds

// Runs a drawing at most once a frame with `true`, for something moves, and with `false` once nothing has
// been asked for REST milliseconds.
export function eachFrame(action) {
  let asked = false;
  let rest;
  return () => {
    clearTimeout(rest);
    rest = setTimeout(() => action(false), REST);
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      action(true);
    });
  };
}
