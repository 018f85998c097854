// Curves on a canvas over a chart, as long as a slider moves.
//
// A frame has 16 ms. Plotly takes 6 to 25 for a chart, most of them to make sure of all its settings and to
// set up axes; this takes 1. It stands where Plotly will draw and follows its rules for ticks and heights, so
// that nothing jumps when the slider rests. Legend and titles, which no slider changes, stay Plotly's.

import { number } from "./dom.js";

// Pixels around the frame of the curves that are covered too: labels of ticks, but neither title nor legend.
const ABOVE = 10;
const BELOW = 24;
const PAD = 0.05; // of the axis, left free above and below the curves
const DASHES = {
  dash: [9, 9],
  dot: [3, 3],
  dashdot: [9, 3, 3, 3],
  longdash: [15, 15],
  longdashdot: [15, 6, 3, 6],
}; // in widths of 1, as Plotly's

export function sketch(element, curves, { x, y, marks = [], bands = [], notes = [] }, inks, band) {
  const area = element.querySelector(".nsewdrag").getBoundingClientRect();
  const outer = element.getBoundingClientRect();
  const frame = {
    left: area.left - outer.left,
    top: area.top - outer.top,
    width: area.width,
    height: area.height,
  };
  const pen = penOn(element, outer, frame);
  const horizontal = axis(x, x.range, frame.left, frame.left + frame.width);
  const vertical = axis(y, y.range ?? heights(curves, y), frame.top + frame.height, frame.top);
  pen.fillStyle = inks.paper;
  pen.fillRect(0, frame.top - ABOVE, frame.left, frame.height + ABOVE + BELOW);
  pen.fillRect(frame.left, frame.top, outer.width, frame.height + BELOW);
  ticks(pen, frame, horizontal, vertical, inks);
  pen.save();
  pen.beginPath();
  pen.rect(frame.left, frame.top, frame.width, frame.height);
  pen.clip();
  for (const { from, to } of bands) {
    const [left, right] = [from, to].map(horizontal.place);
    pen.globalAlpha = band.opacity;
    pen.fillStyle = band.color;
    pen.fillRect(left, frame.top, right - left, frame.height);
    pen.globalAlpha = 1;
  }
  const drawn = curves.map((curve) => ({
    ...curve,
    points: Array.from(curve.x, (at, i) => [horizontal.place(at), vertical.place(curve.y[i])]),
  }));
  drawn.forEach((curve, i) => paint(pen, curve, drawn[i - 1]));
  for (const mark of marks) {
    const [from, to] = mark.x === undefined
      ? [[frame.left, vertical.place(mark.y)], [frame.left + frame.width, vertical.place(mark.y)]]
      : [[horizontal.place(mark.x), frame.top], [horizontal.place(mark.x), frame.top + frame.height]];
    stroke(pen, [from, to], { color: inks.quiet, width: 1, dash: "dot" });
  }
  pen.restore();
  pen.fillStyle = inks.quiet;
  pen.font = `12px ${inks.font}`;
  for (const note of notes) write(pen, note, frame, horizontal, vertical);
}

export function erase(element) {
  element.querySelector("canvas.sketch")?.remove();
}

function penOn(element, { width, height }) {
  let canvas = element.querySelector("canvas.sketch");
  const density = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * density), Math.round(height * density)];
  if (!canvas) {
    canvas = document.createElement("canvas");
    canvas.className = "sketch";
    canvas.setAttribute("aria-hidden", "true");
    element.append(canvas);
  }
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const pen = canvas.getContext("2d");
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}

// An axis from pixel `start` to pixel `end`; the ends of a logarithmic one are powers of ten.
function axis({ type }, [low, high], start, end) {
  const on = type === "log" ? (v) => (v > 0 ? Math.log10(v) : NaN) : (v) => v;
  const pixels = (end - start) / (high - low);
  return { low, high, log: type === "log", place: (v) => start + (on(v) - low) * pixels };
}

// The ends of a vertical axis that shows all points.
function heights(curves, { type }) {
  let [low, high] = [Infinity, -Infinity];
  for (const { y } of curves) {
    for (const value of y) {
      const at = type === "log" ? Math.log10(value) : value;
      if (!Number.isFinite(at)) continue;
      if (at < low) low = at;
      if (at > high) high = at;
    }
  }
  if (low > high) return type === "log" ? [0, 6] : [-1, 4];
  if (low === high) return [low - 1, high + 1];
  const pad = ((high - low) * PAD) / (1 - 2 * PAD);
  return [low - pad, high + pad];
}

// Where ticks stand: steps of 1, 2 or 5 times a power of ten; on a logarithmic axis powers of ten, and 2 and
// 5 times these where there are few.
function tickValues({ low, high, log }, length, least) {
  const rough = (high - low) / (Math.min(9, Math.max(4, length / least)) + 1);
  const base = 10 ** Math.floor(Math.log10(rough));
  const step = log ? Math.max(1, Math.ceil(rough)) : base * [2, 5, 10].find((by) => by * base > rough);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k += 1) {
    if (!log) found.push(Number((k * step).toPrecision(12)));
    else found.push(10 ** (k * step));
  }
  if (!log || rough > 0.7) return found;
  const all = [];
  for (let k = Math.floor(low); k <= high; k += 1) all.push(...[1, 2, 5].map((by) => by * 10 ** k));
  return all.filter((v) => Math.log10(v) >= low && Math.log10(v) <= high);
}

function ticks(pen, { left, top, width, height }, horizontal, vertical, inks) {
  const [right, bottom] = [left + width, top + height];
  pen.font = `13px ${inks.font}`;
  const sharp = (place) => Math.floor(place) + 0.5; // within one row of pixels
  const line = (from, to, ink) => stroke(pen, [from.map(sharp), to.map(sharp)], { color: ink, width: 1 });
  for (const at of tickValues(horizontal, width, 80)) {
    const x = horizontal.place(at);
    line([x, top], [x, bottom], at === 0 ? inks.axis : inks.grid);
    label(pen, at, horizontal.log, x, bottom + 17, "center", inks.ink);
  }
  for (const at of tickValues(vertical, height, 40)) {
    const y = vertical.place(at);
    line([left, y], [right, y], at === 0 ? inks.axis : inks.grid);
    label(pen, at, vertical.log, left - 4, y + 4.5, "right", inks.ink);
  }
  line([left, top], [left, bottom], inks.axis);
  line([left, bottom], [right, bottom], inks.axis);
}

// A number, or a power of ten with its exponent, in the sizes of Plotly's.
function label(pen, value, log, x, y, align, ink) {
  const power = Number(Math.log10(value).toFixed(9));
  const usual = pen.font;
  pen.fillStyle = ink;
  pen.textAlign = align;
  pen.textBaseline = "alphabetic";
  if (!log) pen.fillText(number(value, 6), x, y);
  else {
    const exponent = Number.isInteger(power) && power !== 0 && power !== 1 ? number(power) : "";
    const base = exponent ? "10" : number(value);
    const [small, large] = ["11px", "16px"].map((size) => usual.replace("13px", size));
    const widths = [[small, exponent], [large, base]].map(([font, text]) => {
      pen.font = font;
      return pen.measureText(text).width;
    });
    const right = align === "center" ? x + (widths[0] + widths[1]) / 2 : x;
    pen.textAlign = "right";
    pen.fillText(base, right - widths[0], y + 1);
    pen.font = small;
    pen.fillText(exponent, right, y - 4);
  }
  pen.font = usual;
}

function paint(pen, curve, before) {
  const { points, color, width = 2, dash = "solid", mode = "lines", fill = "none" } = curve;
  if (fill !== "none") {
    pen.fillStyle = curve.fillcolor;
    pen.beginPath();
    trace(pen, fill === "tonexty" ? [...before.points, ...points.slice().reverse()] : points);
    pen.fill();
  }
  if (mode === "markers") {
    pen.fillStyle = color;
    for (const [x, y] of points) {
      pen.beginPath();
      pen.arc(x, y, (curve.marker?.size ?? 9) / 2, 0, 2 * Math.PI);
      pen.fill();
    }
  } else if (width > 0) stroke(pen, points, { color, width, dash });
}

function stroke(pen, points, { color, width, dash = "solid" }) {
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.setLineDash((DASHES[dash] ?? []).map((length) => length * Math.max(1, width / 3)));
  pen.lineJoin = "round";
  pen.beginPath();
  trace(pen, points);
  pen.stroke();
}

const FAR = 1e5; // pixels: canvases lose track of lines beyond

function trace(pen, points) {
  let on = false;
  for (const [x, y] of points) {
    const drawn = Number.isFinite(x) && Number.isFinite(y);
    if (drawn) pen[on ? "lineTo" : "moveTo"](x, Math.min(FAR, Math.max(-FAR, y)));
    on = drawn;
  }
}

function write(pen, note, frame, horizontal, vertical) {
  const on = (axis, at) => axis.place(axis.log ? 10 ** at : at); // Plotly's notes stand at exponents
  const x = note.xref === "paper" ? frame.left + note.x * frame.width : on(horizontal, note.x);
  const y = note.yref === "paper"
    ? frame.top + (1 - note.y) * frame.height
    : on(vertical, note.y);
  const aside = { left: 2, right: -2 }[note.xanchor] ?? 0; // the border of Plotly's notes
  pen.textAlign = note.xanchor ?? "center";
  pen.textBaseline = "bottom";
  if (y >= frame.top && y <= frame.top + frame.height) pen.fillText(note.text, x + aside, y - 3);
}
