// The library on this page: the printed functions, with what the catalog knows about them.

import * as functions from "./functions.js";
import { t } from "./words.js";

let catalog;

export async function load() {
  catalog = await (await fetch("catalog.json")).json();
  return catalog;
}

export const names = () => Object.keys(catalog.functions);
export const known = (name) => catalog.functions[name];
export const exists = (name) => Object.hasOwn(catalog.functions, name);
export const isRow = (name) => known(name).kind.startsWith("row_");
export const isLoss = (name) => known(name).kind.endsWith("_loss");
export const isHidden = (name) => known(name).gain !== undefined; // whether it can stand between layers
export const isCurve = (name) => ["activation", "residual_loss", "margin_loss"].includes(known(name).kind);

const KINDS = [
  "activation",
  "row_activation",
  "residual_loss",
  "margin_loss",
  "logit_loss",
  "probability_loss",
  "pointwise_loss",
  "row_loss",
];

// The functions that `wanted` admits, by kind, for a choice.
export function groups(wanted = () => true) {
  const of = (kind) => names().filter((name) => known(name).kind === kind && wanted(name));
  return KINDS.map(
    (kind) => [t(`kind.${kind}`), of(kind).map((name) => [name, name])],
  ).filter(([, found]) => found.length);
}

export const defaults = (name) => functions[name].parameters;
export const finite = (value) => (value === "inf" ? Infinity : value === "-inf" ? -Infinity : value);

// The facts at these parameters; null where two differ from their defaults, for which none are stated.
export function facts(name, parameters) {
  const { facts: usual, parameters: described } = known(name);
  const moved = described.filter((p) => parameters[p.name] !== p.default);
  if (!moved.length) return usual;
  if (moved.length > 1) return null;
  const at = moved[0].positions.indexOf(parameters[moved[0].name]);
  return at < 0 ? null : { ...usual, ...moved[0].facts[at] };
}

// What the targets of a loss of two numbers may be, for a slider.
export function targets(name) {
  const { kind, targets: bounds, takes } = known(name);
  if (kind === "margin_loss") return [-1, 1];
  const [low, high] = bounds.map(finite);
  if (Number.isFinite(high)) return Array.from({ length: 41 }, (_, i) => low + ((high - low) * i) / 40);
  if (Number.isFinite(low)) return Array.from(
    { length: 41 },
    (_, i) => low + i / 4 + (takes === "means" ? 0.25 : 0),
  );
  return Array.from({ length: 49 }, (_, i) => -3 + i / 8);
}

export function usualTarget(name) {
  const { kind, safe, targets: bounds } = known(name);
  if (kind === "residual_loss") return 0;
  return Number.isFinite(finite(bounds[1])) ? 1 : safe[1] || 1;
}

// A function of one number as its value and first two derivatives; of more numbers, the others are held.
export function orders(name, parameters, target) {
  const f = functions[name];
  const { kind, rest } = known(name);
  if (isCurve(name)) {
    return [f.value, f.derivative, f.second_derivative].map((method) => (x) => method(x, parameters));
  }
  if (!isRow(name)) return [f.value, f.gradient, f.hessian].map(
    (method) => (x) => method(x, target, parameters),
  );
  const row = (x) => [x, ...rest];
  const first = (row) => [1, ...Array(row.length - 1).fill(0)];
  if (kind === "row_loss") {
    const q = known(name).targets === "ranks" ? row(0).fill(0) : first(row(0));
    return [
      (x) => f.value(row(x), q, parameters)[0],
      (x) => f.gradient(row(x), q, parameters)[0],
      (x) => f.hessian(row(x), q, parameters)[0],
    ];
  }
  const along = first(row(0));
  const result = first(Array(f.value(row(0), parameters).length).fill(0));
  return [
    (x) => f.value(row(x), parameters)[0],
    (x) => f.jvp(row(x), along, parameters)[0],
    (x) => f.hvp(row(x), result, along, parameters)[0],
  ];
}

// Where the argument of a function may lie.
export function domain(name) {
  const { facts, kind, predictions, takes } = known(name);
  if (kind === "activation") return facts.domain.map(finite);
  if (takes === "log_probabilities") return [-Infinity, 0];
  return Array.isArray(predictions) ? predictions.map(finite) : [-Infinity, Infinity];
}

// What the horizontal axis is.
export function axis(name) {
  const { kind, takes } = known(name);
  if (kind === "activation") return "x";
  if (kind === "row_activation") return t("axis.row");
  if (kind === "residual_loss") return t("axis.residual");
  if (kind === "margin_loss") return t("axis.margin");
  return t(`axis.${takes}`);
}

// Places to draw a curve through: even, and on both sides of every break, with a gap where the value jumps.
export function places(low, high, breaks, count = 480) {
  const x = [];
  const aside = 1e-9 * (high - low);
  const ends = [low, ...breaks.filter((b) => low < b && b < high), high];
  for (let i = 0; i + 1 < ends.length; i += 1) {
    const [a, b] = [ends[i] + (i ? aside : 0), ends[i + 1] - (i + 2 < ends.length ? aside : 0)];
    const n = Math.max(2, Math.round((count * (b - a)) / (high - low)));
    for (let k = 0; k <= n; k += 1) x.push(a + ((b - a) * k) / n);
    if (i + 2 < ends.length) x.push(ends[i + 1]);
  }
  return x;
}

// The same between two positive numbers, even in the logarithm.
export function logPlaces(low, high, breaks) {
  const exact = new Map(breaks.filter((b) => b > 0).map((b) => [Math.log10(b), b]));
  return places(Math.log10(low), Math.log10(high), [...exact.keys()]).map((at) => exact.get(at) ?? 10 ** at);
}

export { functions };
