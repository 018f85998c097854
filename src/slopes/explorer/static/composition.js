// A loss of an output activation, as a function of the first logit; the other logits are 0.

import { functions, isRow, known } from "./library.js";

const zeros = (n) => Array(n).fill(0);
const unit = (n) => [1, ...zeros(n - 1)];
const times = (x, y) => x.map((xi, i) => xi * y[i]);

// The value of an output with its first two derivatives, applied to a row and multiplied with rows.
function outputOf(name, parameters) {
  const f = functions[name];
  if (isRow(name)) {
    return {
      value: (x) => f.value(x, parameters),
      push: (x, v) => f.jvp(x, v, parameters),
      pull: (x, c) => f.vjp(x, c, parameters),
      bend: (x, c, v) => f.hvp(x, c, v, parameters),
    };
  }
  const each = (method) => (x) => x.map((xi) => f[method](xi, parameters));
  const [value, first, second] = ["value", "derivative", "second_derivative"].map(each);
  return {
    value,
    push: (x, v) => times(first(x), v),
    pull: (x, c) => times(first(x), c),
    bend: (x, c, v) => times(times(second(x), c), v),
  };
}

// A loss of a row and its target, with its gradient and its Hessian times a row.
function lossOf(name, parameters) {
  const f = functions[name];
  const { kind } = known(name);
  if (kind === "row_loss") {
    return {
      value: (p, q) => f.value(p, q, parameters)[0],
      gradient: (p, q) => f.gradient(p, q, parameters),
      times: (p, q, v) => f.hvp(p, q, v, parameters),
    };
  }
  const scalar = {
    residual_loss: (method) => (p, t) => f[method](p - t, parameters),
    margin_loss: (method, order) => (p, t) => t ** order * f[method](t * p, parameters),
  }[kind] ?? ((_, order) => (p, t) => f[["value", "gradient", "hessian"][order]](p, t, parameters));
  const [value, first, second] = ["value", "derivative", "second_derivative"].map(scalar);
  return {
    value: (p, q) => p.reduce((sum, pi, i) => sum + value(pi, q[i]), 0),
    gradient: (p, q) => p.map((pi, i) => first(pi, q[i])),
    times: (p, q, v) => p.map((pi, i) => second(pi, q[i]) * v[i]),
  };
}

// A factor of 0 sends nothing, also to an infinite slope, as a dead unit does in a network.
const finite = (row) => row.map(
  (entry) => (Number.isFinite(entry) ? entry : Math.sign(entry) * Number.MAX_VALUE),
);

// The pair at logit z among n: what comes out, the loss, and its derivatives in z.
export function compose(output, loss, { outputParameters, lossParameters, target, n }) {
  const a = outputOf(output, outputParameters);
  const l = lossOf(loss, lossParameters);
  const first = unit(n);
  const row = (z) => [z, ...zeros(n - 1)];
  return (z) => {
    const x = row(z);
    const p = a.value(x);
    const gradient = l.gradient(p, target);
    const back = a.pull(x, finite(gradient))[0];
    const straight = a.pull(x, finite(l.times(p, target, a.push(x, first))))[0];
    return {
      prediction: p[0],
      loss: l.value(p, target),
      gradient: back,
      curvature: straight + a.bend(x, finite(gradient), first)[0],
    };
  };
}
