// Printed from the definitions by `python -m slopes.emit.javascript`.

import * as M from "./math.js";
import * as V from "./rows.js";

// p2 * x + (p1 - p2) * x / (1 + exp(-beta * (p1 - p2) * x))
export const acon_c = {
  parameters: { p1: 1.0, p2: 0.25, beta: 1.0 },
  value(x, { p1, p2, beta }) {
    const a = M.times(beta * (M.fill(x, 1.0) * (p1 - p2)), x);
    return M.sigmoid_times(M.times(p1, x), a) + M.sigmoid_times(M.times(p2, x), -a);
  },
  derivative(x, { p1, p2, beta }) {
    const a = M.times(beta * (M.fill(x, 1.0) * (p1 - p2)), x);
    return M.sigmoid_times(M.times(p1, 1.0 + M.sigmoid_times(a, -a)), a) + M.sigmoid_times(M.times(p2, 1.0 - M.sigmoid_times(a, a)), -a);
  },
  second_derivative(x, { p1, p2, beta }) {
    const a = M.fill(x, 1.0) * (p1 - p2);
    const b = beta * a;
    const c = M.times(b, x);
    return M.sigmoid_times(M.sigmoid_times(b * a * (2.0 - c * M.tanh(0.5 * c)), c), -c);
  },
};

// (1 - cos(min(abs(r / scale), pi))) * scale * scale
export const andrews_wave = {
  parameters: { scale: 1.339 },
  value(r, { scale }) {
    const a = M.abs(r);
    const b = scale * 3.141592653589793;
    const c = scale * M.where(M.less(a, b), M.sin(M.minimum(a, b) / (2.0 * scale)), M.step(a));
    return 2.0 * c * c;
  },
  derivative(r, { scale }) {
    const a = scale * 3.141592653589793;
    const b = M.minimum(M.abs(r), a);
    return scale * M.sign(r) * M.where(M.less(b, a), M.sin(b / scale), M.fill(r, 0.0));
  },
  second_derivative(r, { scale }) {
    const a = scale * 3.141592653589793;
    const b = M.minimum(M.abs(r), a);
    return M.where(M.less(b, a), M.cos(b / scale), M.fill(r, 0.0));
  },
};

// arctan(x)
export const arctan = {
  parameters: {},
  value(x) {
    return M.arctan(x);
  },
  derivative(x) {
    const a = M.abs(x);
    const b = M.maximum(a, 1.0);
    const c = 1.0 / b / b;
    const d = M.minimum(a, 1.0);
    return c / (c + d * d);
  },
  second_derivative(x) {
    const a = M.abs(x);
    const b = M.minimum(a, 1.0);
    const c = M.maximum(a, 1.0);
    const d = 1.0 / c / c;
    const f = d + b * b;
    return -2.0 * (M.sign(x) * b / c / f) * (d / f);
  },
};

// t * (1 + exp(z))**-gamma_positive * log(1 + exp(-z)) - (1 - t) * max(1 / (1 + exp(-z)) - clip, 0)**gamma_negative * log(1 - max(1 / (1 + exp(-z)) - clip, 0))
export const asymmetric = {
  parameters: { gamma_negative: 4.0, gamma_positive: 1.0, clip: 0.05 },
  value(z, t, { gamma_negative, gamma_positive, clip }) {
    const a = M.sigmoid(-z);
    const b = M.times(M.power(a, gamma_positive), M.maximum(-z, 0.0) + M.log1p(M.exp(-M.abs(-z))));
    const c = M.maximum(M.where(M.less(0.0, z), 1.0 - a, M.sigmoid(z)) - clip, 0.0);
    const d = M.power(c, gamma_negative) * M.where(M.less(c, 0.5), -M.log1p(-c), -M.log(a + clip));
    return M.times(t, b) + M.times(1.0 - t, d);
  },
  gradient(z, t, { gamma_negative, gamma_positive, clip }) {
    const a = M.sigmoid(-z);
    const b = M.sigmoid(z);
    const c = M.maximum(M.where(M.less(0.0, z), 1.0 - a, b) - clip, 0.0);
    const d = a + clip;
    const f = gamma_negative * M.where(M.less(c, 0.5), -M.log1p(-c), -M.log(d)) + c / d;
    const g = M.sigmoid_times(M.sigmoid_times(M.power(c, gamma_negative - 1.0) * f, z), -z);
    const h = gamma_positive * M.times(b, M.maximum(-z, 0.0) + M.log1p(M.exp(-M.abs(-z))));
    return (1.0 - t) * g - t * (M.power(a, gamma_positive) * (h + a));
  },
  hessian(z, t, { gamma_negative, gamma_positive, clip }) {
    const a = M.sigmoid(-z);
    const b = M.sigmoid(z);
    const c = M.maximum(-z, 0.0) + M.log1p(M.exp(-M.abs(-z)));
    const d = gamma_positive * gamma_positive * M.times(b, c) + a * (1.0 + 2.0 * gamma_positive - gamma_positive * c);
    const f = M.maximum(M.where(M.less(0.0, z), 1.0 - a, b) - clip, 0.0);
    const g = gamma_negative - 1.0;
    const h = M.power(f, g);
    const i = a + clip;
    const j = M.where(M.less(f, 0.5), -M.log1p(-f), -M.log(i));
    const k = f / i;
    const l = gamma_negative * g * (j / M.where(M.less(0.0, f), f, M.fill(f, 1.0))) + (2.0 * gamma_negative + k) / i;
    const m = M.sigmoid_times(M.sigmoid_times(h * l, z), -z) - h * (gamma_negative * j + k) * M.tanh(0.5 * z);
    return t * M.sigmoid_times(M.power(a, gamma_positive) * d, z) + (1.0 - t) * (M.step(f) * M.sigmoid_times(M.sigmoid_times(m, z), -z));
  },
};

// (2 - alpha) * (((r / scale)**2 / (2 - alpha) + 1)**(alpha / 2) - 1) / alpha if alpha != 0 else log((r / scale)**2 / 2 + 1)
export const barron = {
  parameters: { alpha: 1.0, scale: 1.0 },
  value(r, { alpha, scale }) {
    const a = 2.0 - alpha;
    const b = M.fill(r, alpha);
    const c = M.equal(b, 0.0);
    const d = M.abs(r);
    const f = scale * M.sqrt(M.fill(r, a));
    const g = M.minimum(d, f) / M.maximum(d, f);
    const h = g * g;
    const i = M.less(d, f);
    const j = M.log1p(h) - 2.0 * M.log(M.where(i, M.fill(r, 1.0), g));
    const k = 0.5 * alpha;
    const l = k * j;
    const m = M.where(M.less(1.0, l), M.power(1.0 + h, k) * M.where(i, 1.0, M.power(g, -alpha)) - 1.0, M.expm1(M.minimum(l, 1.0)));
    return a * M.where(c, 0.5 * j, m / M.where(c, 1.0, b));
  },
  derivative(r, { alpha, scale }) {
    const a = M.sqrt(M.fill(r, 2.0 - alpha));
    const b = M.abs(r);
    const c = scale * a;
    const d = M.minimum(b, c) / M.maximum(b, c);
    const f = M.sign(r) * (a * M.where(M.less(b, c), d, M.power(d, 1.0 - alpha))) * M.power(1.0 + d * d, 0.5 * alpha - 1.0);
    return f / scale;
  },
  second_derivative(r, { alpha, scale }) {
    const a = M.abs(r);
    const b = scale * M.sqrt(M.fill(r, 2.0 - alpha));
    const c = alpha - 1.0;
    const d = M.minimum(a, b) / M.maximum(a, b);
    const f = d * d;
    const g = 0.5 * alpha - 1.0;
    const h = M.where(M.less(a, b), 1.0 + c * f, M.power(d, -2.0 * g) * (f + c)) * M.power(1.0 + f, g - 1.0);
    return h / scale / scale;
  },
};

// half(x, 0) * half(x, 1)
export const bilinear = {
  parameters: {},
  value(x) {
    return V.times(V.row_half(x, 1.0), V.row_half(x, 0.0));
  },
  vjp(x, cotangent) {
    const a = V.row_half(x, 1.0);
    return V.row_join(V.multiply(cotangent, a), V.multiply(V.multiply(cotangent, V.row_half(x, 0.0)), V.fill(a, 1.0)));
  },
  jvp(x, tangent) {
    const a = V.row_half(x, 1.0);
    const b = V.multiply(V.multiply(V.row_half(x, 0.0), V.fill(a, 1.0)), V.row_half(tangent, 1.0));
    return V.add(V.multiply(a, V.row_half(tangent, 0.0)), b);
  },
  hvp(x, cotangent, tangent) {
    const a = V.row_half(x, 1.0);
    const b = V.fill(a, 1.0);
    const c = V.row_half(tangent, 1.0);
    const d = V.add(V.multiply(b, V.row_half(tangent, 0.0)), V.multiply(V.multiply(V.row_half(x, 0.0), V.fill(a, 0.0)), c));
    return V.row_join(V.multiply(V.multiply(cotangent, b), c), V.multiply(cotangent, d));
  },
};

// -(t * log(p) + (1 - t) * log(1 - p))
export const binary_cross_entropy = {
  parameters: {},
  value(p, t) {
    return M.times(t, -M.log(p)) + M.times(1.0 - t, -M.log1p(-p));
  },
  gradient(p, t) {
    const a = 1.0 - p;
    return M.where(M.equal(t, 0.0), 1.0 / a, M.where(M.equal(t, 1.0), -1.0 / p, (p - t) / (p * a)));
  },
  hessian(p, t) {
    const a = 1.0 - p;
    return M.times(t, 1.0 / (p * p)) + M.times(1.0 - t, 1.0 / (a * a));
  },
};

// pos_weight * (t * (1 - label_smoothing) + label_smoothing / 2) * log(1 + exp(-z)) + ((1 - t) * (1 - label_smoothing) + label_smoothing / 2) * log(1 + exp(z))
export const binary_cross_entropy_with_logits = {
  parameters: { pos_weight: 1.0, label_smoothing: 0.0 },
  value(z, t, { pos_weight, label_smoothing }) {
    const a = 1.0 - label_smoothing;
    const b = 0.5 * label_smoothing;
    const c = pos_weight * (a * t + b);
    const d = a * (1.0 - t) + b;
    const f = M.abs(z);
    return M.times(M.where(M.less(z, 0.0), c, d), f) + (c + d) * M.log1p(M.exp(-f));
  },
  gradient(z, t, { pos_weight, label_smoothing }) {
    const a = 1.0 - label_smoothing;
    const b = 0.5 * label_smoothing;
    const c = pos_weight * (a * t + b);
    const d = a * (1.0 - t) + b;
    const f = (c + d) * M.sigmoid(-M.abs(z));
    return M.where(M.less(z, 0.0), f - c, d - f);
  },
  hessian(z, t, { pos_weight, label_smoothing }) {
    const a = 1.0 - label_smoothing;
    const b = 0.5 * label_smoothing;
    return (pos_weight * (a * t + b) + (a * (1.0 - t) + b)) * M.sigmoid(z) * M.sigmoid(-z);
  },
};

// t * (log(1 + exp(-z)) + epsilon / (1 + exp(z))) + (1 - t) * (log(1 + exp(z)) + epsilon / (1 + exp(-z)))
export const binary_poly1 = {
  parameters: { epsilon: 1.0 },
  value(z, t, { epsilon }) {
    const a = 1.0 - t;
    const b = M.where(M.less(z, 0.0), M.times(t, -z), M.times(a, z)) + M.log1p(M.exp(-M.abs(z)));
    return b + epsilon * (t * M.sigmoid(-z) + a * M.sigmoid(z));
  },
  gradient(z, t, { epsilon }) {
    const a = M.abs(z);
    const b = M.sigmoid(-a);
    const c = 1.0 - t;
    return M.where(M.less(z, 0.0), b - t, c - b) + epsilon * (c - t) * (M.sigmoid(a) * b);
  },
  hessian(z, t, { epsilon }) {
    const a = M.sigmoid(-z);
    const b = M.sigmoid(z);
    return a * b * (1.0 - epsilon + 2.0 * epsilon * (t * b + (1.0 - t) * a));
  },
};

// 1 if x > 0 else 0
export const binary_step = {
  parameters: {},
  value(x) {
    return M.step(x);
  },
  derivative(x) {
    return M.fill(x, 0.0);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// -sum(q * (1 - exp(x) / sum(exp(x)))**gamma * log(exp(x) / sum(exp(x))))
export const categorical_focal = {
  parameters: { gamma: 2.0 },
  value(x, q, { gamma }) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.row_max(x);
    const d = V.where(a, V.fill(x, 1.0), V.exp_difference(x, c));
    const f = V.row_sum(V.where(a, b, d));
    const g = V.add(1.0, f);
    const h = V.power(V.where(a, V.divide(f, g), V.subtract(1.0, V.divide(d, g))), gamma);
    const i = V.times(q, V.multiply(h, V.add(V.where(a, b, V.subtract(c, x)), V.log1p(f))));
    return V.row_sum(i);
  },
  gradient(x, q, { gamma }) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.row_max(x);
    const d = V.where(a, V.fill(x, 1.0), V.exp_difference(x, c));
    const f = V.row_sum(V.where(a, b, d));
    const g = V.add(1.0, f);
    const h = V.divide(f, g);
    const i = V.divide(d, g);
    const j = V.where(a, h, V.subtract(1.0, i));
    const k = V.equal(j, 0.0);
    const l = V.divide(V.add(V.where(a, b, V.subtract(c, x)), V.log1p(f)), V.where(k, 1.0, j));
    const m = V.multiply(V.power(j, gamma), V.add(1.0, V.multiply(gamma, V.times(i, V.where(k, V.fill(j, 1.0), l)))));
    const n = V.multiply(q, V.negative(m));
    const o = V.subtract(V.multiply(n, h), V.multiply(i, V.row_sum(V.where(a, 0.0, n))));
    return V.where(a, o, V.subtract(n, V.multiply(i, V.row_sum(n))));
  },
  hessian(x, q, { gamma }) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.row_max(x);
    const d = V.where(a, V.fill(x, 1.0), V.exp_difference(x, c));
    const f = V.row_sum(V.where(a, b, d));
    const g = V.add(1.0, f);
    const h = V.divide(d, g);
    const i = V.where(a, V.divide(f, g), V.subtract(1.0, h));
    const j = V.equal(i, 0.0);
    const k = V.divide(V.add(V.where(a, b, V.subtract(c, x)), V.log1p(f)), V.where(j, 1.0, i));
    const l = V.times(h, V.where(j, V.fill(i, 1.0), k));
    const m = V.add(V.multiply(2.0, h), V.multiply(V.subtract(V.multiply(gamma, h), 1.0), l));
    const n = V.multiply(q, V.times(gamma, V.multiply(V.power(i, V.subtract(gamma, 1.0)), m)));
    const o = V.multiply(h, V.where(a, V.row_sum(V.where(a, 0.0, n)), V.subtract(V.row_sum(n), n)));
    const p = V.negative(V.multiply(V.power(i, gamma), V.add(1.0, V.multiply(gamma, l))));
    return V.add(V.multiply(V.multiply(i, i), n), V.multiply(h, V.subtract(o, V.multiply(i, V.row_sum(V.multiply(q, p))))));
  },
  hvp(x, q, tangent, { gamma }) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.row_max(x);
    const d = V.where(a, V.fill(x, 1.0), V.exp_difference(x, c));
    const f = V.row_sum(V.where(a, b, d));
    const g = V.add(1.0, f);
    const h = V.divide(f, g);
    const i = V.divide(d, g);
    const j = V.where(a, h, V.subtract(1.0, i));
    const k = V.equal(j, 0.0);
    const l = V.divide(V.add(V.where(a, b, V.subtract(c, x)), V.log1p(f)), V.where(k, 1.0, j));
    const m = V.times(i, V.where(k, V.fill(j, 1.0), l));
    const n = V.add(V.multiply(2.0, i), V.multiply(V.subtract(V.multiply(gamma, i), 1.0), m));
    const o = V.multiply(q, V.times(gamma, V.multiply(V.power(j, V.subtract(gamma, 1.0)), n)));
    const p = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    const r = V.subtract(p, V.row_sum(V.multiply(i, p)));
    const s = V.multiply(o, r);
    const t = V.subtract(V.multiply(s, h), V.multiply(i, V.row_sum(V.where(a, 0.0, s))));
    const u = V.negative(V.multiply(V.power(j, gamma), V.add(1.0, V.multiply(gamma, m))));
    return V.subtract(V.where(a, t, V.subtract(s, V.multiply(i, V.row_sum(s)))), V.multiply(V.multiply(V.row_sum(V.multiply(q, u)), i), r));
  },
};

// max(0, 1 + max(x[q == 0]) - sum(q * x))
export const categorical_hinge = {
  parameters: {},
  value(x, q) {
    const a = V.where(V.less(0.0, q), V.fill(x, 0.0), V.add(1.0, V.subtract(x, V.row_sum(V.times(q, x)))));
    return V.row_max(a);
  },
  gradient(x, q) {
    const a = V.fill(x, 0.0);
    const b = V.where(V.less(0.0, q), a, V.add(1.0, V.subtract(x, V.row_sum(V.times(q, x)))));
    return V.multiply(V.step(V.row_max(b)), V.subtract(V.where(V.row_argmax(b), V.fill(x, 1.0), a), q));
  },
  hessian(x, q) {
    return V.fill(x, 0.0);
  },
  hvp(x, q, tangent) {
    return V.fill(x, 0.0);
  },
};

// scale**2 / 2 * log(1 + (r / scale)**2)
export const cauchy = {
  parameters: { scale: 1.0 },
  value(r, { scale }) {
    const a = M.abs(r);
    const b = M.minimum(a, scale) / M.maximum(a, scale);
    const c = M.log1p(b * b) - 2.0 * M.log(M.where(M.less(a, scale), M.fill(r, 1.0), b));
    return 0.5 * scale * scale * c;
  },
  derivative(r, { scale }) {
    const a = M.abs(r);
    const b = M.minimum(a, scale) / M.maximum(a, scale);
    return scale * M.sign(r) * (b / (1.0 + b * b));
  },
  second_derivative(r, { scale }) {
    const a = M.abs(r);
    const b = M.minimum(a, scale) / M.maximum(a, scale);
    const c = b * b;
    const d = 1.0 + c;
    const f = (1.0 - b) * (1.0 + b) / (d * d);
    return M.where(M.less(a, scale), f, -c * f);
  },
};

// max(x, 0) + min(0, alpha * (exp(x / alpha) - 1))
export const celu = {
  parameters: { alpha: 1.0 },
  value(x, { alpha }) {
    return M.where(M.less(0.0, x), x, alpha * M.expm1(M.minimum(x, 0.0) / alpha));
  },
  derivative(x, { alpha }) {
    return M.exp(M.minimum(x, 0.0) / alpha);
  },
  second_derivative(x, { alpha }) {
    return M.where(M.less(0.0, x), 0.0, M.exp(M.minimum(x, 0.0) / alpha) / alpha);
  },
};

// 1 - exp(-exp(x))
export const cloglog = {
  parameters: {},
  value(x) {
    return -M.expm1(-M.exp(x));
  },
  derivative(x) {
    const a = M.exp(x);
    return M.sigmoid_times(a * (1.0 + M.exp(-a)), -a);
  },
  second_derivative(x) {
    const a = M.exp(x);
    return M.sigmoid_times(-M.expm1(x) * a * (1.0 + M.exp(-a)), -a);
  },
};

// sum(log(1 + exp(x)) - q * x)
export const coral = {
  parameters: {},
  value(x, q) {
    const a = V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0));
    const b = V.add(V.multiply(1.0, V.subtract(1.0, q)), 0.0);
    const c = V.abs(x);
    const d = V.add(V.times(V.where(V.less(x, 0.0), a, b), c), V.multiply(V.add(a, b), V.log1p(V.exp(V.negative(c)))));
    return V.row_sum(d);
  },
  gradient(x, q) {
    const a = V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0));
    const b = V.add(V.multiply(1.0, V.subtract(1.0, q)), 0.0);
    const c = V.multiply(V.add(a, b), V.sigmoid(V.negative(V.abs(x))));
    return V.where(V.less(x, 0.0), V.subtract(c, a), V.subtract(b, c));
  },
  hessian(x, q) {
    const a = V.add(V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0)), V.add(V.multiply(1.0, V.subtract(1.0, q)), 0.0));
    return V.multiply(V.multiply(a, V.sigmoid(x)), V.sigmoid(V.negative(x)));
  },
  hvp(x, q, tangent) {
    const a = V.add(V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0)), V.add(V.multiply(1.0, V.subtract(1.0, q)), 0.0));
    return V.multiply(V.multiply(V.multiply(a, V.sigmoid(x)), V.sigmoid(V.negative(x))), tangent);
  },
};

// sum(log(1 + exp(-x[q == 1]))) + sum(log(1 + exp(x[q == 0][:1])))
export const corn = {
  parameters: {},
  value(x, q) {
    const a = V.subtract(1.0, q);
    const b = V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0));
    const c = V.add(V.multiply(1.0, a), 0.0);
    const d = V.abs(x);
    const f = V.add(V.times(V.where(V.less(x, 0.0), b, c), d), V.multiply(V.add(b, c), V.log1p(V.exp(V.negative(d)))));
    return V.row_sum(V.times(V.add(q, V.where(V.row_argmax(a), a, V.fill(q, 0.0))), f));
  },
  gradient(x, q) {
    const a = V.subtract(1.0, q);
    const b = V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0));
    const c = V.add(V.multiply(1.0, a), 0.0);
    const d = V.multiply(V.add(b, c), V.sigmoid(V.negative(V.abs(x))));
    return V.multiply(V.add(q, V.where(V.row_argmax(a), a, V.fill(q, 0.0))), V.where(V.less(x, 0.0), V.subtract(d, b), V.subtract(c, d)));
  },
  hessian(x, q) {
    const a = V.subtract(1.0, q);
    const b = V.add(V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0)), V.add(V.multiply(1.0, a), 0.0));
    return V.multiply(V.add(q, V.where(V.row_argmax(a), a, V.fill(q, 0.0))), V.multiply(V.multiply(b, V.sigmoid(x)), V.sigmoid(V.negative(x))));
  },
  hvp(x, q, tangent) {
    const a = V.subtract(1.0, q);
    const b = V.add(V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0)), V.add(V.multiply(1.0, a), 0.0));
    const c = V.multiply(V.add(q, V.where(V.row_argmax(a), a, V.fill(q, 0.0))), V.multiply(V.multiply(b, V.sigmoid(x)), V.sigmoid(V.negative(x))));
    return V.multiply(c, tangent);
  },
};

// join(relu(x), relu(-x))
export const crelu = {
  parameters: {},
  value(x) {
    return V.row_join(V.maximum(x, 0.0), V.maximum(V.negative(x), 0.0));
  },
  vjp(x, cotangent) {
    return V.subtract(V.multiply(V.step(x), V.row_half(cotangent, 0.0)), V.multiply(V.step(V.negative(x)), V.row_half(cotangent, 1.0)));
  },
  jvp(x, tangent) {
    return V.row_join(V.multiply(V.step(x), tangent), V.multiply(V.negative(V.step(V.negative(x))), tangent));
  },
  hvp(x, cotangent, tangent) {
    return V.fill(x, 0.0);
  },
};

// -sum(q * log(exp(x) / sum(exp(x))))
export const cross_entropy = {
  parameters: {},
  value(x, q) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.row_max(x);
    const d = V.row_sum(V.where(a, b, V.where(a, V.fill(x, 1.0), V.exp_difference(x, c))));
    return V.row_sum(V.times(q, V.add(V.where(a, b, V.subtract(c, x)), V.log1p(d))));
  },
  gradient(x, q) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.row_sum(q);
    return V.where(a, V.subtract(V.row_sum(V.where(a, 0.0, q)), V.multiply(V.divide(c, d), f)), V.subtract(V.multiply(V.divide(b, d), f), q));
  },
  hessian(x, q) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    return V.multiply(V.multiply(V.row_sum(q), f), V.where(a, V.divide(c, d), V.subtract(1.0, f)));
  },
  hvp(x, q, tangent) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.divide(b, V.add(1.0, V.row_sum(V.where(a, V.fill(x, 0.0), b))));
    const d = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    return V.multiply(V.multiply(V.row_sum(q), c), V.subtract(d, V.row_sum(V.multiply(c, d))));
  },
};

// log(1 + sum(exp(-x[q == 1][-1:]))) + log(1 + sum(exp(x[q == 0][:1]))) - log(1 - sum(exp(-x[q == 1][-1:])) * sum(exp(x[q == 0][:1])))
export const cumulative_logit = {
  parameters: {},
  value(x, q) {
    const a = V.abs(V.negative(V.row_max(V.where(V.less(0.0, q), V.negative(x), -3e+38))));
    const b = V.minimum(V.negative(V.row_max(V.where(V.less(0.0, q), V.negative(x), -3e+38))), 0.0);
    const c = V.row_max(V.where(V.less(q, 1.0), x, -3e+38));
    const d = V.add(V.subtract(V.log1p(V.exp(V.negative(a))), b), V.log1p(V.exp(V.negative(V.abs(c)))));
    const f = V.subtract(V.negative(V.row_max(V.where(V.less(0.0, q), V.negative(x), -3e+38))), c);
    return V.subtract(V.add(d, V.maximum(c, 0.0)), V.log(V.maximum(V.negative(V.expm1(V.negative(f))), 0.0)));
  },
  gradient(x, q) {
    const a = V.where(V.less(q, 1.0), x, -3e+38);
    const b = V.fill(q, 0.0);
    const c = V.row_max(a);
    const d = V.where(V.less(0.0, q), V.negative(x), -3e+38);
    const f = V.row_max(d);
    const g = V.divide(V.exp(V.negative(V.subtract(V.negative(f), c))), V.negative(V.expm1(V.negative(V.subtract(V.negative(f), c)))));
    const h = V.multiply(V.where(V.row_argmax(a), V.subtract(1.0, q), b), V.add(V.sigmoid(c), g));
    return V.subtract(h, V.multiply(V.where(V.row_argmax(d), q, b), V.add(V.sigmoid(f), g)));
  },
  hessian(x, q) {
    const a = V.where(V.less(0.0, q), V.negative(x), -3e+38);
    const b = V.fill(q, 0.0);
    const c = V.where(V.row_argmax(a), q, b);
    const d = V.row_max(a);
    const f = V.where(V.less(q, 1.0), x, -3e+38);
    const g = V.where(V.row_argmax(f), V.subtract(1.0, q), b);
    const h = V.row_max(f);
    const i = V.add(V.multiply(V.multiply(c, V.sigmoid(V.negative(d))), V.sigmoid(d)), V.multiply(V.multiply(g, V.sigmoid(h)), V.sigmoid(V.negative(h))));
    const j = V.divide(V.exp(V.negative(V.subtract(V.negative(d), h))), V.negative(V.expm1(V.negative(V.subtract(V.negative(d), h)))));
    return V.add(i, V.multiply(V.multiply(V.add(c, g), j), V.add(1.0, j)));
  },
  hvp(x, q, tangent) {
    const a = V.where(V.less(0.0, q), V.negative(x), -3e+38);
    const b = V.fill(q, 0.0);
    const c = V.where(V.row_argmax(a), q, b);
    const d = V.row_max(a);
    const f = V.where(V.less(q, 1.0), x, -3e+38);
    const g = V.where(V.row_argmax(f), V.subtract(1.0, q), b);
    const h = V.row_max(f);
    const i = V.add(V.multiply(V.multiply(c, V.sigmoid(V.negative(d))), V.sigmoid(d)), V.multiply(V.multiply(g, V.sigmoid(h)), V.sigmoid(V.negative(h))));
    const j = V.subtract(c, g);
    const k = V.divide(V.exp(V.negative(V.subtract(V.negative(d), h))), V.negative(V.expm1(V.negative(V.subtract(V.negative(d), h)))));
    const l = V.multiply(V.multiply(V.multiply(j, V.row_sum(V.multiply(j, tangent))), k), V.add(1.0, k));
    return V.add(V.multiply(i, tangent), l);
  },
};

// -log(1 - sum(1 + erf(-x[q == 1][-1:] / sqrt(2))) / 2 - sum(1 + erf(x[q == 0][:1] / sqrt(2))) / 2)
export const cumulative_probit = {
  parameters: {},
  value(x, q) {
    const a = V.row_max(V.where(V.less(0.0, q), V.negative(x), -3e+38));
    const b = V.row_max(V.where(V.less(q, 1.0), x, -3e+38));
    const c = V.less(0.0, V.add(V.negative(a), b));
    const d = V.log_ndtr(V.where(c, V.negative(b), V.negative(a)));
    const f = V.maximum(V.negative(V.expm1(V.subtract(V.log_ndtr(V.where(c, a, b)), d))), 0.0);
    return V.negative(V.add(d, V.log(f)));
  },
  gradient(x, q) {
    const a = V.where(V.less(q, 1.0), x, -3e+38);
    const b = V.fill(q, 0.0);
    const c = V.where(V.less(0.0, q), V.negative(x), -3e+38);
    const d = V.row_max(c);
    const f = V.row_max(a);
    const g = V.less(0.0, V.add(V.negative(d), f));
    const h = V.where(g, V.negative(f), V.negative(d));
    const i = V.where(g, d, f);
    const j = V.subtract(V.log_ndtr(i), V.log_ndtr(h));
    const k = V.divide(V.exp(j), V.negative(V.expm1(j)));
    const l = V.multiply(V.inverse_mills(h), V.add(1.0, k));
    const m = V.divide(1.0, V.multiply(V.ndtr_times(V.fill(h, 1.0), h), V.negative(V.expm1(j))));
    const n = V.where(V.less(-30.0, h), V.normal_times(m, i), V.times(k, V.inverse_mills(i)));
    const o = V.multiply(V.where(V.row_argmax(a), V.subtract(1.0, q), b), V.where(g, l, n));
    return V.subtract(o, V.multiply(V.where(V.row_argmax(c), q, b), V.where(g, n, l)));
  },
  hessian(x, q) {
    const a = V.where(V.less(0.0, q), V.negative(x), -3e+38);
    const b = V.fill(q, 0.0);
    const c = V.row_max(a);
    const d = V.where(V.less(q, 1.0), x, -3e+38);
    const f = V.row_max(d);
    const g = V.less(0.0, V.add(V.negative(c), f));
    const h = V.where(g, V.negative(f), V.negative(c));
    const i = V.where(g, c, f);
    const j = V.subtract(V.log_ndtr(i), V.log_ndtr(h));
    const k = V.divide(1.0, V.multiply(V.ndtr_times(V.fill(h, 1.0), h), V.negative(V.expm1(j))));
    const l = V.divide(V.exp(j), V.negative(V.expm1(j)));
    const m = V.where(V.less(-30.0, h), V.normal_times(k, i), V.times(l, V.inverse_mills(i)));
    const n = V.inverse_mills(h);
    const o = V.multiply(n, V.add(1.0, l));
    const p = V.subtract(m, i);
    const r = V.add(V.mills_excess(h), V.multiply(n, l));
    const s = V.multiply(V.multiply(V.where(V.row_argmax(a), q, b), V.where(g, m, o)), V.where(g, p, r));
    const t = V.multiply(V.where(V.row_argmax(d), V.subtract(1.0, q), b), V.where(g, o, m));
    return V.add(s, V.multiply(t, V.where(g, r, p)));
  },
  hvp(x, q, tangent) {
    const a = V.where(V.less(0.0, q), V.negative(x), -3e+38);
    const b = V.fill(q, 0.0);
    const c = V.where(V.row_argmax(a), q, b);
    const d = V.row_max(a);
    const f = V.where(V.less(q, 1.0), x, -3e+38);
    const g = V.row_max(f);
    const h = V.less(0.0, V.add(V.negative(d), g));
    const i = V.where(h, V.negative(g), V.negative(d));
    const j = V.where(h, d, g);
    const k = V.subtract(V.log_ndtr(j), V.log_ndtr(i));
    const l = V.divide(1.0, V.multiply(V.ndtr_times(V.fill(i, 1.0), i), V.negative(V.expm1(k))));
    const m = V.divide(V.exp(k), V.negative(V.expm1(k)));
    const n = V.where(V.less(-30.0, i), V.normal_times(l, j), V.times(m, V.inverse_mills(j)));
    const o = V.inverse_mills(i);
    const p = V.multiply(o, V.add(1.0, m));
    const r = V.where(h, n, p);
    const s = V.subtract(n, j);
    const t = V.add(V.mills_excess(i), V.multiply(o, m));
    const u = V.where(V.row_argmax(f), V.subtract(1.0, q), b);
    const v = V.where(h, p, n);
    const w = V.add(V.multiply(V.multiply(c, r), V.where(h, s, t)), V.multiply(V.multiply(u, v), V.where(h, t, s)));
    const y = V.add(V.multiply(c, V.row_sum(V.multiply(u, tangent))), V.multiply(u, V.row_sum(V.multiply(c, tangent))));
    return V.subtract(V.multiply(w, tangent), V.multiply(V.multiply(r, v), y));
  },
};

// (x if x > 0 else exp(x) - 1) / (1 + exp(-x))
export const elish = {
  parameters: {},
  value(x) {
    return M.sigmoid_times(M.where(M.less(0.0, x), x, M.expm1(M.minimum(x, 0.0))), x);
  },
  derivative(x) {
    const a = M.minimum(x, 0.0);
    const b = M.where(M.less(0.0, x), 1.0 + M.sigmoid_times(x, -x), M.exp(a) + M.expm1(a) * M.sigmoid(-a));
    return M.sigmoid_times(b, x);
  },
  second_derivative(x) {
    const a = M.minimum(x, 0.0);
    const b = M.exp(a);
    const c = M.sigmoid(-a);
    const d = M.where(M.less(0.0, x), M.sigmoid_times(2.0 - x * M.tanh(0.5 * x), -x), (b * (b * (b + 3.0) + 5.0) - 1.0) * c * c);
    return M.sigmoid_times(d, x);
  },
};

// x if x > 0 else alpha * (exp(x) - 1)
export const elu = {
  parameters: { alpha: 1.0 },
  value(x, { alpha }) {
    return M.where(M.less(0.0, x), x, alpha * M.expm1(M.minimum(x, 0.0)));
  },
  derivative(x, { alpha }) {
    return M.where(M.less(0.0, x), 1.0, alpha * M.exp(M.minimum(x, 0.0)));
  },
  second_derivative(x, { alpha }) {
    return M.where(M.less(0.0, x), 0.0, alpha * M.exp(M.minimum(x, 0.0)));
  },
};

// relu((alpha - 1) * x - threshold((alpha - 1) * x, 1 / (alpha - 1)))**(1 / (alpha - 1))
export const entmax = {
  parameters: { alpha: 1.5 },
  value(x, { alpha }) {
    const a = V.subtract(alpha, 1.0);
    const b = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(a, V.subtract(x, V.row_max(x))));
    const c = V.divide(1.0, a);
    return V.power(V.maximum(V.subtract(b, V.row_threshold(b, c)), 0.0), c);
  },
  vjp(x, cotangent, { alpha }) {
    const a = V.subtract(alpha, 1.0);
    const b = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(a, V.subtract(x, V.row_max(x))));
    const c = V.divide(1.0, a);
    const d = V.maximum(V.subtract(b, V.row_threshold(b, c)), 0.0);
    const f = V.less(0.0, d);
    const g = V.where(f, V.power(V.where(f, d, V.fill(d, 1.0)), V.subtract(c, 1.0)), V.fill(d, 0.0));
    const h = V.subtract(cotangent, V.divide(V.row_sum(V.multiply(g, cotangent)), V.row_sum(g)));
    return V.multiply(g, h);
  },
  jvp(x, tangent, { alpha }) {
    const a = V.subtract(alpha, 1.0);
    const b = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(a, V.subtract(x, V.row_max(x))));
    const c = V.divide(1.0, a);
    const d = V.maximum(V.subtract(b, V.row_threshold(b, c)), 0.0);
    const f = V.less(0.0, d);
    const g = V.where(f, V.power(V.where(f, d, V.fill(d, 1.0)), V.subtract(c, 1.0)), V.fill(d, 0.0));
    const h = V.subtract(tangent, V.divide(V.row_sum(V.multiply(g, tangent)), V.row_sum(g)));
    return V.multiply(g, h);
  },
  hvp(x, cotangent, tangent, { alpha }) {
    const a = V.subtract(alpha, 1.0);
    const b = V.divide(1.0, a);
    const c = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(a, V.subtract(x, V.row_max(x))));
    const d = V.maximum(V.subtract(c, V.row_threshold(c, b)), 0.0);
    const f = V.less(0.0, d);
    const g = V.where(f, d, V.fill(d, 1.0));
    const h = V.fill(d, 0.0);
    const i = V.multiply(V.subtract(1.0, V.divide(1.0, b)), V.where(f, V.power(g, V.subtract(b, 2.0)), h));
    const j = V.where(f, V.power(g, V.subtract(b, 1.0)), h);
    const k = V.row_sum(j);
    const l = V.multiply(i, V.subtract(cotangent, V.divide(V.row_sum(V.multiply(j, cotangent)), k)));
    const m = V.multiply(l, V.subtract(tangent, V.divide(V.row_sum(V.multiply(j, tangent)), k)));
    return V.subtract(m, V.multiply(j, V.divide(V.row_sum(m), k)));
  },
};

// relu(x / 2 - threshold(x / 2, 2))**2
export const entmax15 = {
  parameters: {},
  value(x) {
    const a = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(0.5, V.subtract(x, V.row_max(x))));
    const b = V.maximum(V.subtract(a, V.row_threshold(a, 2.0)), 0.0);
    return V.multiply(b, b);
  },
  vjp(x, cotangent) {
    const a = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(0.5, V.subtract(x, V.row_max(x))));
    const b = V.maximum(V.subtract(a, V.row_threshold(a, 2.0)), 0.0);
    const c = V.subtract(cotangent, V.divide(V.row_sum(V.multiply(b, cotangent)), V.row_sum(b)));
    return V.multiply(b, c);
  },
  jvp(x, tangent) {
    const a = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(0.5, V.subtract(x, V.row_max(x))));
    const b = V.maximum(V.subtract(a, V.row_threshold(a, 2.0)), 0.0);
    const c = V.subtract(tangent, V.divide(V.row_sum(V.multiply(b, tangent)), V.row_sum(b)));
    return V.multiply(b, c);
  },
  hvp(x, cotangent, tangent) {
    const a = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(0.5, V.subtract(x, V.row_max(x))));
    const b = V.maximum(V.subtract(a, V.row_threshold(a, 2.0)), 0.0);
    const c = V.row_sum(b);
    const d = V.multiply(V.multiply(0.5, V.step(b)), V.subtract(cotangent, V.divide(V.row_sum(V.multiply(b, cotangent)), c)));
    const f = V.multiply(d, V.subtract(tangent, V.divide(V.row_sum(V.multiply(b, tangent)), c)));
    return V.subtract(f, V.multiply(b, V.divide(V.row_sum(f), c)));
  },
};

// sum(maximum((alpha - 1) * x - threshold((alpha - 1) * x, 1 / (alpha - 1)), 0)**(alpha / (alpha - 1))) / alpha + threshold((alpha - 1) * x, 1 / (alpha - 1)) / (alpha - 1) + sum(q**alpha) / (alpha * (alpha - 1)) - sum(q * x)
export const entmax_loss = {
  parameters: { alpha: 1.5 },
  value(x, q, { alpha }) {
    const a = V.subtract(alpha, 1.0);
    const b = V.row_max(x);
    const c = V.where(V.row_argmax(x), V.fill(x, 0.0), V.subtract(x, b));
    const d = V.multiply(a, c);
    const f = V.divide(1.0, a);
    const g = V.power(V.maximum(V.subtract(d, V.row_threshold(d, f)), 0.0), f);
    const h = V.add(V.row_sum(V.times(V.subtract(g, q), c)), V.times(V.subtract(1.0, V.row_sum(q)), b));
    const i = V.divide(V.row_sum(V.subtract(V.power(q, alpha), V.power(g, alpha))), V.multiply(alpha, a));
    return V.add(h, i);
  },
  gradient(x, q, { alpha }) {
    const a = V.row_argmax(x);
    const b = V.subtract(alpha, 1.0);
    const c = V.multiply(b, V.where(a, V.fill(x, 0.0), V.subtract(x, V.row_max(x))));
    const d = V.divide(1.0, b);
    const f = V.power(V.maximum(V.subtract(c, V.row_threshold(c, d)), 0.0), d);
    return V.where(a, V.subtract(V.subtract(1.0, q), V.row_sum(V.where(a, 0.0, f))), V.subtract(f, q));
  },
  hessian(x, q, { alpha }) {
    const a = V.subtract(alpha, 1.0);
    const b = V.row_argmax(x);
    const c = V.fill(x, 0.0);
    const d = V.multiply(a, V.where(b, c, V.subtract(x, V.row_max(x))));
    const f = V.divide(1.0, a);
    const g = V.power(V.maximum(V.subtract(d, V.row_threshold(d, f)), 0.0), f);
    const h = V.where(V.less(0.0, g), V.power(g, V.subtract(2.0, alpha)), c);
    const i = V.row_sum(h);
    const j = V.multiply(h, V.where(b, V.row_sum(V.where(b, 0.0, h)), V.subtract(i, h)));
    return V.divide(j, i);
  },
  hvp(x, q, tangent, { alpha }) {
    const a = V.subtract(alpha, 1.0);
    const b = V.fill(x, 0.0);
    const c = V.multiply(a, V.where(V.row_argmax(x), b, V.subtract(x, V.row_max(x))));
    const d = V.divide(1.0, a);
    const f = V.power(V.maximum(V.subtract(c, V.row_threshold(c, d)), 0.0), d);
    const g = V.where(V.less(0.0, f), V.power(f, V.subtract(2.0, alpha)), b);
    const h = V.subtract(tangent, V.divide(V.row_sum(V.multiply(g, tangent)), V.row_sum(g)));
    return V.multiply(g, h);
  },
};

// max(abs(r) - epsilon, 0)
export const epsilon_insensitive = {
  parameters: { epsilon: 0.1 },
  value(r, { epsilon }) {
    return M.maximum(M.abs(r) - epsilon, 0.0);
  },
  derivative(r, { epsilon }) {
    return M.sign(r) * M.step(M.abs(r) - epsilon);
  },
  second_derivative(r) {
    return M.fill(r, 0.0);
  },
};

// erf(x)
export const erf = {
  parameters: {},
  value(x) {
    return M.erf(x);
  },
  derivative(x) {
    const a = M.normal_times(1.0, x);
    return M.sqrt(M.fill(x, 2.0)) * (4.0 / M.root_two_over_pi()) * a * a;
  },
  second_derivative(x) {
    const a = -2.0 * (M.sqrt(M.fill(x, 2.0)) * (4.0 / M.root_two_over_pi())) * M.normal_times(1.0, x);
    return a * M.normal_times(x, x);
  },
};

// (1 - level) * r**2 if r > 0 else level * r**2
export const expectile = {
  parameters: { level: 0.5 },
  value(r, { level }) {
    const a = M.maximum(r, 0.0);
    const b = M.minimum(r, 0.0);
    return (1.0 - level) * a * a + level * b * b;
  },
  derivative(r, { level }) {
    return 2.0 * ((1.0 - level) * M.maximum(r, 0.0) + level * M.minimum(r, 0.0));
  },
  second_derivative(r, { level }) {
    return 2.0 * ((1.0 - level) * M.step(r) + level * M.step(-r)) + (1.0 - M.abs(M.sign(r)));
  },
};

// exp(x)
export const exponential = {
  parameters: {},
  value(x) {
    return M.exp(x);
  },
  derivative(x) {
    return M.exp(x);
  },
  second_derivative(x) {
    return M.exp(x);
  },
};

// exp(-z)
export const exponential_loss = {
  parameters: {},
  value(z) {
    return M.exp(-z);
  },
  derivative(z) {
    return -M.exp(-z);
  },
  second_derivative(z) {
    return M.exp(-z);
  },
};

// scale**2 * (abs(r) / scale - log(1 + abs(r) / scale))
export const fair = {
  parameters: { scale: 1.0 },
  value(r, { scale }) {
    const a = M.abs(r);
    const b = M.minimum(a, scale) / M.maximum(a, scale);
    const c = M.where(M.less(b, 1e-09), 0.5 * a * a * (1.0 - b / 1.5), scale * scale * M.log1p_excess(b));
    return M.where(M.less(a, scale), c, scale * (a - scale * (M.log1p(b) - M.maximum(M.log(b), -1000.0))));
  },
  derivative(r, { scale }) {
    const a = M.abs(r);
    const b = M.minimum(a, scale) / M.maximum(a, scale);
    return scale * M.sign(r) * (M.where(M.less(a, scale), b, 1.0) / (1.0 + b));
  },
  second_derivative(r, { scale }) {
    const a = M.abs(r);
    const b = M.minimum(a, scale) / M.maximum(a, scale);
    const c = M.where(M.less(a, scale), 1.0, b) / (1.0 + b);
    return c * c;
  },
};

// (alpha if alpha >= 0 else 1) * t * (1 + exp(z))**-gamma * log(1 + exp(-z)) + (1 - alpha if alpha >= 0 else 1) * (1 - t) * (1 + exp(-z))**-gamma * log(1 + exp(z))
export const focal = {
  parameters: { gamma: 2.0, alpha: -1.0 },
  value(z, t, { gamma, alpha }) {
    const a = M.fill(z, alpha);
    const b = M.less(a, 0.0);
    const c = M.times(M.power(M.sigmoid(-z), gamma), M.maximum(-z, 0.0) + M.log1p(M.exp(-M.abs(-z))));
    const d = M.times(M.power(M.sigmoid(z), gamma), M.maximum(z, 0.0) + M.log1p(M.exp(-M.abs(z))));
    return M.times(t, M.where(b, 1.0, a) * c) + M.times(1.0 - t, M.where(b, 1.0, 1.0 - a) * d);
  },
  gradient(z, t, { gamma, alpha }) {
    const a = M.fill(z, alpha);
    const b = M.less(a, 0.0);
    const c = M.sigmoid(z);
    const d = M.sigmoid(-z);
    const f = M.power(c, gamma) * (gamma * M.times(d, M.maximum(z, 0.0) + M.log1p(M.exp(-M.abs(z)))) + c);
    const g = M.power(d, gamma) * (gamma * M.times(c, M.maximum(-z, 0.0) + M.log1p(M.exp(-M.abs(-z)))) + d);
    return (1.0 - t) * (M.where(b, 1.0, 1.0 - a) * f) - t * (M.where(b, 1.0, a) * g);
  },
  hessian(z, t, { gamma, alpha }) {
    const a = M.fill(z, alpha);
    const b = M.less(a, 0.0);
    const c = M.sigmoid(-z);
    const d = gamma * gamma;
    const f = M.sigmoid(z);
    const g = M.maximum(-z, 0.0) + M.log1p(M.exp(-M.abs(-z)));
    const h = 1.0 + 2.0 * gamma;
    const i = M.sigmoid_times(M.power(c, gamma) * (d * M.times(f, g) + c * (h - gamma * g)), z);
    const j = M.maximum(z, 0.0) + M.log1p(M.exp(-M.abs(z)));
    const k = M.sigmoid_times(M.power(f, gamma) * (d * M.times(c, j) + f * (h - gamma * j)), -z);
    return t * (M.where(b, 1.0, a) * i) + (1.0 - t) * (M.where(b, 1.0, 1.0 - a) * k);
  },
};

// 2 * (log(p / t) + t / p - 1)
export const gamma_deviance = {
  parameters: {},
  value(p, t) {
    const a = (t - p) / p;
    const b = M.log(t) - M.log(p);
    const c = M.where(M.less(M.abs(a), 0.5), M.log1p(M.maximum(a, -0.5)), M.log(t / p));
    const d = M.where(M.less(t, 0.5 * p), a - M.where(M.less(M.abs(b), 40.0), c, b), M.log1p_excess(a));
    return 2.0 * d;
  },
  gradient(p, t) {
    return 2.0 * ((p - t) / p) / p;
  },
  hessian(p, t) {
    return 2.0 * ((t + (t - p)) / p) / p / p;
  },
};

// exp(-x**2)
export const gaussian = {
  parameters: {},
  value(x) {
    const a = M.minimum(M.abs(x), 1.0);
    const b = M.normal_times(1.0, x) * (2.0 / M.root_two_over_pi());
    return M.where(M.less(a, 1.0), M.exp(-a * a), b * b);
  },
  derivative(x) {
    const a = 2.0 / M.root_two_over_pi();
    return -2.0 * (M.normal_times(x, x) * a) * (M.normal_times(1.0, x) * a);
  },
  second_derivative(x) {
    const a = 2.0 / M.root_two_over_pi();
    return M.normal_times(4.0 * x * x - 2.0, x) * a * (M.normal_times(1.0, x) * a);
  },
};

// half(x, 0) * half(x, 1) * ndtr(half(x, 1))
export const geglu = {
  parameters: {},
  value(x) {
    const a = V.row_half(x, 1.0);
    return V.times(V.ndtr_times(a, a), V.row_half(x, 0.0));
  },
  vjp(x, cotangent) {
    const a = V.row_half(x, 1.0);
    const b = V.multiply(V.multiply(cotangent, V.row_half(x, 0.0)), V.add(V.ndtr_times(1.0, a), V.normal_times(a, a)));
    return V.row_join(V.multiply(cotangent, V.ndtr_times(a, a)), b);
  },
  jvp(x, tangent) {
    const a = V.row_half(x, 1.0);
    const b = V.multiply(V.row_half(x, 0.0), V.add(V.ndtr_times(1.0, a), V.normal_times(a, a)));
    return V.add(V.multiply(V.ndtr_times(a, a), V.row_half(tangent, 0.0)), V.multiply(b, V.row_half(tangent, 1.0)));
  },
  hvp(x, cotangent, tangent) {
    const a = V.row_half(x, 1.0);
    const b = V.add(V.ndtr_times(1.0, a), V.normal_times(a, a));
    const c = V.row_half(tangent, 1.0);
    const d = V.multiply(V.row_half(x, 0.0), V.normal_times(V.subtract(2.0, V.multiply(a, a)), a));
    const f = V.multiply(cotangent, V.add(V.multiply(b, V.row_half(tangent, 0.0)), V.multiply(d, c)));
    return V.row_join(V.multiply(V.multiply(cotangent, b), c), f);
  },
};

// x * (1 + erf(x / sqrt(2))) / 2
export const gelu = {
  parameters: {},
  value(x) {
    return M.ndtr_times(x, x);
  },
  derivative(x) {
    return M.ndtr_times(1.0, x) + M.normal_times(x, x);
  },
  second_derivative(x) {
    return M.normal_times(2.0 - x * x, x);
  },
};

// x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2
export const gelu_tanh = {
  parameters: {},
  value(x) {
    return M.sigmoid_times(x, 2.0 * M.root_two_over_pi() * x * (1.0 + 0.044715 * x * x));
  },
  derivative(x) {
    const a = 2.0 * M.root_two_over_pi() * x;
    const b = a * (1.0 + 0.044715 * x * x);
    return M.sigmoid_times(1.0 + M.sigmoid_times(a * (1.0 + 0.134145 * x * x), -b), b);
  },
  second_derivative(x) {
    const a = 2.0 * M.root_two_over_pi();
    const b = 1.0 + 0.134145 * x * x;
    const c = a * b;
    const d = a * x * (1.0 + 0.044715 * x * x);
    return M.sigmoid_times(M.sigmoid_times(c * (4.0 - 2.0 / b - x * c * M.tanh(0.5 * d)), d), -d);
  },
};

// r**2 / 2 / (1 + (r / scale)**2)
export const geman_mcclure = {
  parameters: { scale: 1.0 },
  value(r, { scale }) {
    const a = M.abs(r);
    const b = M.minimum(a, scale) / M.maximum(a, scale);
    const c = b * b;
    return 0.5 * scale * scale * (M.where(M.less(a, scale), c, 1.0) / (1.0 + c));
  },
  derivative(r, { scale }) {
    const a = M.abs(r);
    const b = M.minimum(a, scale) / M.maximum(a, scale);
    const c = b * b;
    const d = 1.0 + c;
    const f = b / (d * d);
    return scale * M.sign(r) * M.where(M.less(a, scale), f, c * f);
  },
  second_derivative(r, { scale }) {
    const a = M.abs(r);
    const b = M.minimum(a, scale) / M.maximum(a, scale);
    const c = b * b;
    const d = 1.0 + c;
    const f = d * d * d;
    return M.where(M.less(a, scale), (1.0 - 3.0 * c) / f, c * c * ((c - 3.0) / f));
  },
};

// sum(q * (1 - (exp(x) / sum(exp(x)))**exponent)) / exponent
export const generalized_cross_entropy = {
  parameters: { exponent: 0.7 },
  value(x, q, { exponent }) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.row_max(x);
    const d = V.row_sum(V.where(a, b, V.where(a, V.fill(x, 1.0), V.exp_difference(x, c))));
    const f = V.multiply(V.negative(exponent), V.add(V.where(a, b, V.subtract(c, x)), V.log1p(d)));
    return V.row_sum(V.times(q, V.divide(V.negative(V.expm1(f)), exponent)));
  },
  gradient(x, q, { exponent }) {
    const a = V.row_argmax(x);
    const b = V.row_max(x);
    const c = V.where(a, V.fill(x, 1.0), V.exp_difference(x, b));
    const d = V.fill(x, 0.0);
    const f = V.row_sum(V.where(a, d, c));
    const g = V.add(1.0, f);
    const h = V.divide(c, g);
    const i = V.multiply(V.negative(exponent), V.add(V.where(a, d, V.subtract(b, x)), V.log1p(f)));
    const j = V.exp(i);
    const k = V.where(V.equal(h, 0.0), j, V.where(V.less(h, 2.3e-308), j, V.power(h, exponent)));
    const l = V.multiply(q, V.negative(k));
    const m = V.subtract(V.multiply(l, V.divide(f, g)), V.multiply(h, V.row_sum(V.where(a, 0.0, l))));
    return V.where(a, m, V.subtract(l, V.multiply(h, V.row_sum(l))));
  },
  hessian(x, q, { exponent }) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.row_max(x);
    const d = V.where(a, V.fill(x, 1.0), V.exp_difference(x, c));
    const f = V.row_sum(V.where(a, b, d));
    const g = V.add(1.0, f);
    const h = V.divide(d, g);
    const i = V.where(a, V.divide(f, g), V.subtract(1.0, h));
    const j = V.multiply(V.negative(exponent), V.add(V.where(a, b, V.subtract(c, x)), V.log1p(f)));
    const k = V.exp(j);
    const l = V.where(V.equal(h, 0.0), k, V.where(V.less(h, 2.3e-308), k, V.power(h, exponent)));
    const m = V.multiply(q, V.multiply(V.negative(exponent), l));
    const n = V.multiply(h, V.where(a, V.row_sum(V.where(a, 0.0, m)), V.subtract(V.row_sum(m), m)));
    const o = V.multiply(h, V.subtract(n, V.multiply(i, V.row_sum(V.multiply(q, V.negative(l))))));
    return V.add(V.multiply(V.multiply(i, i), m), o);
  },
  hvp(x, q, tangent, { exponent }) {
    const a = V.row_argmax(x);
    const b = V.row_max(x);
    const c = V.where(a, V.fill(x, 1.0), V.exp_difference(x, b));
    const d = V.fill(x, 0.0);
    const f = V.row_sum(V.where(a, d, c));
    const g = V.add(1.0, f);
    const h = V.divide(c, g);
    const i = V.multiply(V.negative(exponent), V.add(V.where(a, d, V.subtract(b, x)), V.log1p(f)));
    const j = V.exp(i);
    const k = V.where(V.equal(h, 0.0), j, V.where(V.less(h, 2.3e-308), j, V.power(h, exponent)));
    const l = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    const m = V.subtract(l, V.row_sum(V.multiply(h, l)));
    const n = V.multiply(V.multiply(q, V.multiply(V.negative(exponent), k)), m);
    const o = V.subtract(V.multiply(n, V.divide(f, g)), V.multiply(h, V.row_sum(V.where(a, 0.0, n))));
    return V.subtract(V.where(a, o, V.subtract(n, V.multiply(h, V.row_sum(n)))), V.multiply(V.multiply(V.row_sum(V.multiply(q, V.negative(k))), h), m));
  },
};

// half(x, 0) / (1 + exp(-half(x, 1)))
export const glu = {
  parameters: {},
  value(x) {
    return V.times(V.sigmoid(V.row_half(x, 1.0)), V.row_half(x, 0.0));
  },
  vjp(x, cotangent) {
    const a = V.row_half(x, 1.0);
    const b = V.sigmoid(a);
    const c = V.multiply(V.multiply(cotangent, V.row_half(x, 0.0)), V.multiply(b, V.sigmoid(V.negative(a))));
    return V.row_join(V.multiply(cotangent, b), c);
  },
  jvp(x, tangent) {
    const a = V.row_half(x, 1.0);
    const b = V.sigmoid(a);
    const c = V.multiply(V.multiply(V.row_half(x, 0.0), V.multiply(b, V.sigmoid(V.negative(a)))), V.row_half(tangent, 1.0));
    return V.add(V.multiply(b, V.row_half(tangent, 0.0)), c);
  },
  hvp(x, cotangent, tangent) {
    const a = V.row_half(x, 1.0);
    const b = V.multiply(V.sigmoid(a), V.sigmoid(V.negative(a)));
    const c = V.row_half(tangent, 1.0);
    const d = V.multiply(V.row_half(x, 0.0), V.multiply(b, V.negative(V.tanh(V.multiply(0.5, a)))));
    const f = V.multiply(cotangent, V.add(V.multiply(b, V.row_half(tangent, 0.0)), V.multiply(d, c)));
    return V.row_join(V.multiply(V.multiply(cotangent, b), c), f);
  },
};

// r**2 / 2 if abs(r) <= a else a * (abs(r) - a / 2) if abs(r) <= b else a * (b + c - a) / 2 - (a * (c - abs(r))**2 / (2 * (c - b)) if abs(r) <= c else 0)
export const hampel = {
  parameters: { a: 2.0, b: 4.0, c: 8.0 },
  value(r, { a, b, c }) {
    const d = M.abs(r);
    const f = M.minimum(d, a);
    const g = M.maximum(M.minimum(d, c), b) - b;
    return f * (M.minimum(d, b) - 0.5 * f) + a * g * (1.0 - 0.5 * g / (c - b));
  },
  derivative(r, { a, b, c }) {
    const d = M.abs(r);
    return M.sign(r) * M.minimum(M.minimum(d, a), a * (c - M.minimum(d, c)) / (c - b));
  },
  second_derivative(r, { a, b, c }) {
    const d = M.abs(r);
    return M.step(a - d) - a / (c - b) * (M.step(d - b) * M.step(c - d));
  },
};

// x * min(1, max(0, x / 2 + 1))
export const hard_mish = {
  parameters: {},
  value(x) {
    return M.times(M.minimum(M.maximum(x + 2.0, 0.0), 2.0) / 2.0, x);
  },
  derivative(x) {
    return M.step(x + 2.0) * (1.0 + M.minimum(M.maximum(x, -2.0), 0.0));
  },
  second_derivative(x) {
    return M.step(x + 2.0) * M.step(-x);
  },
};

// max(0, min(1, x / 6 + 1 / 2))
export const hard_sigmoid = {
  parameters: {},
  value(x) {
    return M.minimum(M.maximum(x + 3.0, 0.0), 6.0) / 6.0;
  },
  derivative(x) {
    return M.step(x + 3.0) * M.step(3.0 - x) / 6.0;
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// x * max(0, min(1, x / 6 + 1 / 2))
export const hard_swish = {
  parameters: {},
  value(x) {
    return M.times(M.minimum(M.maximum(x + 3.0, 0.0), 6.0) / 6.0, x);
  },
  derivative(x) {
    const a = M.step(3.0 - x);
    const b = M.step(x + 3.0) * a * (2.0 * M.minimum(M.maximum(x, -3.0), 3.0) + 3.0) / 6.0;
    return b + (1.0 - a);
  },
  second_derivative(x) {
    return M.step(x + 3.0) * M.step(3.0 - x) / 3.0;
  },
};

// min(max(x, min_value), max_value)
export const hard_tanh = {
  parameters: { min_value: -1.0, max_value: 1.0 },
  value(x, { min_value, max_value }) {
    return M.minimum(M.maximum(x, min_value), max_value);
  },
  derivative(x, { min_value, max_value }) {
    return M.step(x - min_value) * M.step(max_value - x);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// first_largest(x)
export const hardmax = {
  parameters: {},
  value(x) {
    const a = V.row_max(x);
    return V.where(V.row_argmax(x), V.fill(a, 1.0), V.fill(a, 0.0));
  },
  vjp(x, cotangent) {
    return V.fill(x, 0.0);
  },
  jvp(x, tangent) {
    return V.fill(x, 0.0);
  },
  hvp(x, cotangent, tangent) {
    return V.fill(x, 0.0);
  },
};

// x if abs(x) > lambd else 0
export const hardshrink = {
  parameters: { lambd: 0.5 },
  value(x, { lambd }) {
    return M.where(M.less(lambd, M.abs(x)), x, M.fill(x, 0.0));
  },
  derivative(x, { lambd }) {
    return M.step(M.abs(x) - lambd);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// max(1 - z, 0)
export const hinge = {
  parameters: {},
  value(z) {
    return M.maximum(1.0 - z, 0.0);
  },
  derivative(z) {
    return -M.step(1.0 - z);
  },
  second_derivative(z) {
    return M.fill(z, 0.0);
  },
};

// r**2 / 2 if abs(r) <= delta else delta * (abs(r) - delta / 2)
export const huber = {
  parameters: { delta: 1.0 },
  value(r, { delta }) {
    const a = M.maximum(M.minimum(r, delta), -delta);
    return a * (r - 0.5 * a);
  },
  derivative(r, { delta }) {
    return M.maximum(M.minimum(r, delta), -delta);
  },
  second_derivative(r, { delta }) {
    return M.step(delta - M.abs(r));
  },
};

// x
export const identity = {
  parameters: {},
  value(x) {
    return x;
  },
  derivative(x) {
    return M.fill(x, 1.0);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// x if x > 0 else x / sqrt(1 + alpha * x**2)
export const isrlu = {
  parameters: { alpha: 1.0 },
  value(x, { alpha }) {
    const a = M.abs(x);
    const b = M.sqrt(M.fill(x, alpha));
    const c = M.where(M.less(a, 1.0), x / M.hypot(b * x, 1.0), M.sign(x) / M.hypot(1.0 / M.maximum(a, 1.0), b));
    return M.where(M.less(0.0, x), x, c);
  },
  derivative(x, { alpha }) {
    const a = M.minimum(x, 0.0);
    const b = 1.0 / M.hypot(M.sqrt(M.fill(a, alpha)) * a, 1.0);
    return b * b * b;
  },
  second_derivative(x, { alpha }) {
    const a = M.minimum(x, 0.0);
    const b = M.abs(a);
    const c = M.sqrt(M.fill(a, alpha));
    const d = M.hypot(c * a, 1.0);
    const f = M.where(M.less(b, 1.0), a / d, M.sign(a) / M.hypot(1.0 / M.maximum(b, 1.0), c));
    const g = 1.0 / d;
    return -3.0 * alpha * M.where(M.less(0.0, a), a, f) * g * g * g * g;
  },
};

// x / sqrt(1 + alpha * x**2)
export const isru = {
  parameters: { alpha: 1.0 },
  value(x, { alpha }) {
    const a = M.abs(x);
    const b = M.sqrt(M.fill(x, alpha));
    return M.where(M.less(a, 1.0), x / M.hypot(b * x, 1.0), M.sign(x) / M.hypot(1.0 / M.maximum(a, 1.0), b));
  },
  derivative(x, { alpha }) {
    const a = 1.0 / M.hypot(M.sqrt(M.fill(x, alpha)) * x, 1.0);
    return a * a * a;
  },
  second_derivative(x, { alpha }) {
    const a = M.abs(x);
    const b = M.sqrt(M.fill(x, alpha));
    const c = M.hypot(b * x, 1.0);
    const d = M.where(M.less(a, 1.0), x / c, M.sign(x) / M.hypot(1.0 / M.maximum(a, 1.0), b));
    const f = 1.0 / c;
    return -3.0 * alpha * d * f * f * f * f;
  },
};

// sum(exp(x) * log(2 / (1 + q / exp(x))) + q * log(2 / (1 + exp(x) / q))) / 2
export const js_divergence = {
  parameters: {},
  value(x, q) {
    const a = V.exp(x);
    const b = V.add(a, q);
    const c = V.equal(b, 0.0);
    const d = V.divide(V.where(c, V.fill(x, 0.0), V.subtract(a, q)), V.where(c, 1.0, b));
    const f = V.minimum(d, 0.5);
    const g = V.maximum(f, -0.5);
    const h = V.add(V.log1p(V.multiply(V.negative(g), g)), V.multiply(g, V.subtract(V.log1p(g), V.log1p(V.negative(g)))));
    const i = V.log(V.divide(2.0, b));
    const j = V.times(a, V.where(V.less(d, -0.5), V.add(x, i), V.log1p(V.maximum(d, -0.5))));
    const k = V.times(q, V.where(V.less(0.5, d), V.add(V.log(q), i), V.log1p(V.negative(f))));
    const l = V.where(V.less(V.abs(d), 0.5), V.multiply(h, V.multiply(0.5, b)), V.add(j, k));
    return V.multiply(0.5, V.row_sum(l));
  },
  gradient(x, q) {
    const a = V.exp(x);
    const b = V.add(a, q);
    const c = V.equal(b, 0.0);
    const d = V.divide(V.where(c, V.fill(x, 0.0), V.subtract(a, q)), V.where(c, 1.0, b));
    const f = V.where(V.less(d, -0.5), V.add(x, V.log(V.divide(2.0, b))), V.log1p(V.maximum(d, -0.5)));
    return V.multiply(0.5, V.times(a, f));
  },
  hessian(x, q) {
    const a = V.exp(x);
    const b = V.add(a, q);
    const c = V.equal(b, 0.0);
    const d = V.divide(V.where(c, V.fill(x, 0.0), V.subtract(a, q)), V.where(c, 1.0, b));
    const f = V.where(V.less(d, -0.5), V.add(x, V.log(V.divide(2.0, b))), V.log1p(V.maximum(d, -0.5)));
    return V.multiply(0.5, V.times(a, V.add(f, V.multiply(0.5, V.subtract(1.0, d)))));
  },
  hvp(x, q, tangent) {
    const a = V.exp(x);
    const b = V.add(a, q);
    const c = V.equal(b, 0.0);
    const d = V.divide(V.where(c, V.fill(x, 0.0), V.subtract(a, q)), V.where(c, 1.0, b));
    const f = V.where(V.less(d, -0.5), V.add(x, V.log(V.divide(2.0, b))), V.log1p(V.maximum(d, -0.5)));
    const g = V.multiply(0.5, V.times(a, V.add(f, V.multiply(0.5, V.subtract(1.0, d)))));
    return V.multiply(g, tangent);
  },
};

// sum(q * (log(q) - x))
export const kl_divergence = {
  parameters: {},
  value(x, q) {
    return V.row_sum(V.add(V.times(q, V.log(q)), V.times(q, V.negative(x))));
  },
  gradient(x, q) {
    return V.negative(V.multiply(V.fill(x, 1.0), q));
  },
  hessian(x, q) {
    return V.fill(x, 0.0);
  },
  hvp(x, q, tangent) {
    return V.fill(x, 0.0);
  },
};

// x if x > 0 else negative_slope * x
export const leaky_relu = {
  parameters: { negative_slope: 0.01 },
  value(x, { negative_slope }) {
    return M.where(M.less(0.0, x), x, M.times(negative_slope, x));
  },
  derivative(x, { negative_slope }) {
    const a = M.step(x);
    return a + negative_slope * (1.0 - a);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// x * tanh(x)
export const lisht = {
  parameters: {},
  value(x) {
    return x * M.tanh(x);
  },
  derivative(x) {
    return M.tanh(x) + M.sigmoid_times(M.sigmoid_times(4.0 * x, 2.0 * x), -2.0 * x);
  },
  second_derivative(x) {
    return M.sigmoid_times(M.sigmoid_times(8.0 * (1.0 - x * M.tanh(x)), 2.0 * x), -2.0 * x);
  },
};

// log((exp(r) + exp(-r)) / 2)
export const log_cosh = {
  parameters: {},
  value(r) {
    const a = M.abs(r);
    const b = M.tanh(r);
    return M.where(M.less(a, 1.0), -0.5 * M.log1p(-b * b), a + (M.log1p(M.exp(-2.0 * a)) - M.log(M.fill(a, 2.0))));
  },
  derivative(r) {
    return M.tanh(r);
  },
  second_derivative(r) {
    return M.sigmoid_times(M.sigmoid_times(4.0, 2.0 * r), -2.0 * r);
  },
};

// log(ndtr(x))
export const log_ndtr = {
  parameters: {},
  value(x) {
    return M.log_ndtr(x);
  },
  derivative(x) {
    return M.inverse_mills(x);
  },
  second_derivative(x) {
    const a = M.mills_excess(x);
    const b = M.where(M.less(x, 0.0), M.where(M.less(-1000000000.0, x), M.inverse_mills(x) * a, 1.0), M.normal_times(a / M.ndtr_times(1.0, M.abs(x)), x));
    return -b;
  },
};

// -log(1 + exp(-x))
export const log_sigmoid = {
  parameters: {},
  value(x) {
    return M.minimum(x, 0.0) - M.log1p(M.exp(-M.abs(x)));
  },
  derivative(x) {
    return M.sigmoid(-x);
  },
  second_derivative(x) {
    return -(M.sigmoid(x) * M.sigmoid(-x));
  },
};

// x - log(sum(exp(x)))
export const log_softmax = {
  parameters: {},
  value(x) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.row_max(x);
    const d = V.row_sum(V.where(a, b, V.where(a, V.fill(x, 1.0), V.exp_difference(x, c))));
    return V.subtract(V.where(a, b, V.subtract(x, c)), V.log1p(d));
  },
  vjp(x, cotangent) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.subtract(V.multiply(cotangent, V.divide(c, d)), V.multiply(f, V.row_sum(V.where(a, 0.0, cotangent))));
    return V.where(a, g, V.subtract(cotangent, V.multiply(f, V.row_sum(cotangent))));
  },
  jvp(x, tangent) {
    const a = V.row_argmax(x);
    const b = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    const c = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const d = V.multiply(V.divide(c, V.add(1.0, V.row_sum(V.where(a, V.fill(x, 0.0), c)))), b);
    return V.subtract(b, V.row_sum(d));
  },
  hvp(x, cotangent, tangent) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.divide(b, V.add(1.0, V.row_sum(V.where(a, V.fill(x, 0.0), b))));
    const d = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    return V.multiply(V.negative(V.multiply(c, V.row_sum(cotangent))), V.subtract(d, V.row_sum(V.multiply(c, d))));
  },
};

// log(x / (1 - x))
export const logit = {
  parameters: {},
  value(x) {
    const a = 2.0 * x - 1.0;
    const b = 1.0 - x;
    const c = M.minimum(x, b);
    const d = M.where(M.less(c, 0.25), -M.log(c / M.maximum(x, b)), M.log1p(M.abs(a) / c));
    return M.sign(a) * d;
  },
  derivative(x) {
    const a = x * (1.0 - x);
    return M.where(M.less(a, 0.0), M.sqrt(a), 1.0 / M.abs(a));
  },
  second_derivative(x) {
    const a = x * (1.0 - x);
    const b = M.where(M.less(a, 0.0), M.sqrt(a), 1.0 / M.abs(a));
    return (2.0 * x - 1.0) * b * b;
  },
};

// abs(r)**power
export const lp = {
  parameters: { power: 1.5 },
  value(r, { power }) {
    return M.power(M.abs(r), power);
  },
  derivative(r, { power }) {
    return power * M.sign(r) * M.power(M.abs(r), power - 1.0);
  },
  second_derivative(r, { power }) {
    return M.times(M.fill(r, power * (power - 1.0)), M.power(M.abs(r), power - 2.0));
  },
};

// abs(r)
export const mae = {
  parameters: {},
  value(r) {
    return M.abs(r);
  },
  derivative(r) {
    return M.sign(r);
  },
  second_derivative(r) {
    return M.fill(r, 0.0);
  },
};

// abs(p - t) / abs(t)
export const mape = {
  parameters: {},
  value(p, t) {
    return M.where(M.equal(p, t), M.fill(p, 0.0), M.abs(p - t) / M.abs(t));
  },
  gradient(p, t) {
    return M.where(M.equal(p, t), M.fill(p, 0.0), M.sign(p - t) / M.abs(t));
  },
  hessian(p, t) {
    return M.fill(p - t, 0.0);
  },
};

// max(x)
export const maxout = {
  parameters: {},
  value(x) {
    return V.row_max(x);
  },
  vjp(x, cotangent) {
    const a = V.where(V.equal(x, V.row_max(x)), V.fill(x, 1.0), V.fill(x, 0.0));
    return V.multiply(V.divide(a, V.row_sum(a)), cotangent);
  },
  jvp(x, tangent) {
    const a = V.where(V.equal(x, V.row_max(x)), V.fill(x, 1.0), V.fill(x, 0.0));
    return V.row_sum(V.multiply(V.divide(a, V.row_sum(a)), tangent));
  },
  hvp(x, cotangent, tangent) {
    return V.fill(x, 0.0);
  },
};

// x * tanh(log(1 + exp(x)))
export const mish = {
  parameters: {},
  value(x) {
    const a = M.exp(-M.abs(x));
    const b = M.less(x, 0.0);
    const c = 2.0 * a;
    const d = 1.0 + c;
    const f = (1.0 + a) * M.where(b, 2.0 + a, d) / M.where(b, 2.0 + c + a * a, d + c * a);
    return M.sigmoid_times(x * f, x);
  },
  derivative(x) {
    const a = M.exp(-M.abs(x));
    const b = 1.0 + a;
    const c = M.less(x, 0.0);
    const d = 2.0 * a;
    const f = 1.0 + d;
    const g = a * a;
    const h = M.where(c, 2.0 + d + g, f + d * a);
    const i = b * (M.where(c, 2.0 + a, f) * h + 4.0 * b * M.times(M.where(c, 1.0, g), x));
    return M.sigmoid_times(i / (h * h), x);
  },
  second_derivative(x) {
    const a = M.less(x, 0.0);
    const b = M.exp(-M.abs(x));
    const c = 1.0 + b;
    const d = 2.0 * b;
    const f = 1.0 + d;
    const g = M.where(a, 2.0 + d + b * b, f + d * b);
    const h = M.sigmoid(x);
    const i = 4.0 * c * c * M.where(a, 1.0, c) / (g * g) * (2.0 + x * (M.sigmoid(-x) - 2.0 * h * h * c * M.where(a, 2.0 + b, f) / g));
    const j = M.sigmoid_times(i, -M.abs(x));
    return M.where(a, j, M.sigmoid_times(j, -x));
  },
};

// max(1 - z, 0)**2 if z >= -1 else -4 * z
export const modified_huber = {
  parameters: {},
  value(z) {
    const a = M.minimum(M.maximum(1.0 - z, 0.0), 2.0);
    return M.maximum(a * a, -4.0 * z);
  },
  derivative(z) {
    return -2.0 * M.minimum(M.maximum(1.0 - z, 0.0), 2.0);
  },
  second_derivative(z) {
    return 2.0 * M.step(1.0 - z) * M.step(1.0 + z);
  },
};

// r**2
export const mse = {
  parameters: {},
  value(r) {
    return r * r;
  },
  derivative(r) {
    return 2.0 * r;
  },
  second_derivative(r) {
    return M.fill(r, 2.0);
  },
};

// (log(1 + p) - log(1 + t))**2
export const msle = {
  parameters: {},
  value(p, t) {
    const a = 1.0 + p;
    const b = 1.0 + t;
    const c = M.log(a) - M.log(b);
    const d = (p - t) / b;
    const f = M.where(M.less(M.abs(d), 0.5), M.log1p(M.maximum(d, -0.5)), M.log(a / b));
    const g = M.where(M.less(M.abs(c), 40.0), f, c);
    return g * g;
  },
  gradient(p, t) {
    const a = 1.0 + p;
    const b = 1.0 + t;
    const c = M.log(a) - M.log(b);
    const d = (p - t) / b;
    const f = M.where(M.less(M.abs(d), 0.5), M.log1p(M.maximum(d, -0.5)), M.log(a / b));
    return 2.0 * M.where(M.less(M.abs(c), 40.0), f, c) / a;
  },
  hessian(p, t) {
    const a = 1.0 + p;
    const b = 1.0 + t;
    const c = M.log(a) - M.log(b);
    const d = (p - t) / b;
    const f = M.where(M.less(M.abs(d), 0.5), M.log1p(M.maximum(d, -0.5)), M.log(a / b));
    return 2.0 * (1.0 - M.where(M.less(M.abs(c), 40.0), f, c)) / a / a;
  },
};

// sum(maximum(margin + x[q == 0] - sum(q * x), 0)**p) / len(x)
export const multi_margin = {
  parameters: { margin: 1.0 },
  value(x, q, { margin }) {
    const a = V.where(V.less(0.0, q), V.fill(x, 0.0), V.maximum(V.add(margin, V.subtract(x, V.row_sum(V.times(q, x)))), 0.0));
    return V.divide(V.row_sum(a), V.row_sum(V.fill(x, 1.0)));
  },
  gradient(x, q, { margin }) {
    const a = V.where(V.less(0.0, q), V.fill(x, 0.0), V.maximum(V.add(margin, V.subtract(x, V.row_sum(V.times(q, x)))), 0.0));
    const b = V.divide(V.step(a), V.row_sum(V.fill(x, 1.0)));
    return V.subtract(b, V.multiply(q, V.row_sum(b)));
  },
  hessian(x, q) {
    const a = V.fill(x, 0.0);
    return V.add(a, V.multiply(q, V.row_sum(a)));
  },
  hvp(x, q, tangent) {
    const a = V.multiply(V.fill(x, 0.0), V.subtract(tangent, V.row_sum(V.multiply(q, tangent))));
    return V.subtract(a, V.multiply(q, V.row_sum(a)));
  },
};

// mean(q * log(1 + exp(-x)) + (1 - q) * log(1 + exp(x)))
export const multilabel_soft_margin = {
  parameters: {},
  value(x, q) {
    const a = V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0));
    const b = V.add(V.multiply(1.0, V.subtract(1.0, q)), 0.0);
    const c = V.abs(x);
    const d = V.add(V.times(V.where(V.less(x, 0.0), a, b), c), V.multiply(V.add(a, b), V.log1p(V.exp(V.negative(c)))));
    return V.divide(V.row_sum(d), V.row_sum(V.fill(x, 1.0)));
  },
  gradient(x, q) {
    const a = V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0));
    const b = V.add(V.multiply(1.0, V.subtract(1.0, q)), 0.0);
    const c = V.multiply(V.add(a, b), V.sigmoid(V.negative(V.abs(x))));
    return V.divide(V.where(V.less(x, 0.0), V.subtract(c, a), V.subtract(b, c)), V.row_sum(V.fill(x, 1.0)));
  },
  hessian(x, q) {
    const a = V.add(V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0)), V.add(V.multiply(1.0, V.subtract(1.0, q)), 0.0));
    return V.divide(V.multiply(V.multiply(a, V.sigmoid(x)), V.sigmoid(V.negative(x))), V.row_sum(V.fill(x, 1.0)));
  },
  hvp(x, q, tangent) {
    const a = V.add(V.multiply(1.0, V.add(V.multiply(1.0, q), 0.0)), V.add(V.multiply(1.0, V.subtract(1.0, q)), 0.0));
    const b = V.divide(V.multiply(V.multiply(a, V.sigmoid(x)), V.sigmoid(V.negative(x))), V.row_sum(V.fill(x, 1.0)));
    return V.multiply(b, tangent);
  },
};

// (1 + erf(x / sqrt(2))) / 2
export const ndtr = {
  parameters: {},
  value(x) {
    return M.ndtr_times(1.0, x);
  },
  derivative(x) {
    return M.normal_times(1.0, x);
  },
  second_derivative(x) {
    return M.normal_times(-x, x);
  },
};

// -sum(q * x)
export const nll = {
  parameters: {},
  value(x, q) {
    return V.row_sum(V.times(q, V.negative(x)));
  },
  gradient(x, q) {
    return V.negative(V.multiply(V.fill(x, 1.0), q));
  },
  hessian(x, q) {
    return V.fill(x, 0.0);
  },
  hvp(x, q, tangent) {
    return V.fill(x, 0.0);
  },
};

// max(-z, 0)
export const perceptron = {
  parameters: {},
  value(z) {
    return M.maximum(-z, 0.0);
  },
  derivative(z) {
    return -M.step(-z);
  },
  second_derivative(z) {
    return M.fill(z, 0.0);
  },
};

// 2 * (t * log(t / p) - t + p if t > 0 else p)
export const poisson_deviance = {
  parameters: {},
  value(p, t) {
    const a = M.equal(t, 0.0);
    const b = M.where(a, M.fill(t, 1.0), t);
    const c = p - b;
    const d = M.log(p) - M.log(b);
    const f = c / b;
    const g = M.where(M.less(M.abs(f), 0.5), M.log1p(M.maximum(f, -0.5)), M.log(p / b));
    const h = M.where(M.less(p, 0.5 * b), c - b * M.where(M.less(M.abs(d), 40.0), g, d), b * M.log1p_excess(f));
    return 2.0 * M.where(a, p, h);
  },
  gradient(p, t) {
    return 2.0 * M.where(M.less(p, 2.0 * t), (p - t) / p, 1.0 - M.times(t, 1.0 / p));
  },
  hessian(p, t) {
    const a = 1.0 / p;
    return 2.0 * M.times(M.times(t, a), a);
  },
};

// exp(z) - t * z
export const poisson_nll = {
  parameters: {},
  value(z, t) {
    return M.exp(z) - M.times(t, M.minimum(z, 800.0));
  },
  gradient(z, t) {
    return M.exp(z) - t;
  },
  hessian(z, t) {
    return M.fill(t, 1.0) * M.exp(z);
  },
};

// sum(q * (epsilon * (1 - exp(x) / sum(exp(x))) - log(exp(x) / sum(exp(x)))))
export const poly1 = {
  parameters: { epsilon: 1.0 },
  value(x, q, { epsilon }) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.row_max(x);
    const d = V.where(a, V.fill(x, 1.0), V.exp_difference(x, c));
    const f = V.row_sum(V.where(a, b, d));
    const g = V.add(1.0, f);
    const h = V.multiply(epsilon, V.where(a, V.divide(f, g), V.subtract(1.0, V.divide(d, g))));
    return V.row_sum(V.times(q, V.add(V.add(V.where(a, b, V.subtract(c, x)), V.log1p(f)), h)));
  },
  gradient(x, q, { epsilon }) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.multiply(q, V.negative(V.add(1.0, V.multiply(epsilon, f))));
    const h = V.subtract(V.multiply(g, V.divide(c, d)), V.multiply(f, V.row_sum(V.where(a, 0.0, g))));
    return V.where(a, h, V.subtract(g, V.multiply(f, V.row_sum(g))));
  },
  hessian(x, q, { epsilon }) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.where(a, V.divide(c, d), V.subtract(1.0, f));
    const h = V.multiply(q, V.multiply(V.negative(epsilon), f));
    const i = V.multiply(f, V.where(a, V.row_sum(V.where(a, 0.0, h)), V.subtract(V.row_sum(h), h)));
    const j = V.multiply(g, V.row_sum(V.multiply(q, V.negative(V.add(1.0, V.multiply(epsilon, f))))));
    return V.add(V.multiply(V.multiply(g, g), h), V.multiply(f, V.subtract(i, j)));
  },
  hvp(x, q, tangent, { epsilon }) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    const h = V.subtract(g, V.row_sum(V.multiply(f, g)));
    const i = V.multiply(V.multiply(q, V.multiply(V.negative(epsilon), f)), h);
    const j = V.subtract(V.multiply(i, V.divide(c, d)), V.multiply(f, V.row_sum(V.where(a, 0.0, i))));
    const k = V.multiply(V.row_sum(V.multiply(q, V.negative(V.add(1.0, V.multiply(epsilon, f))))), f);
    return V.subtract(V.where(a, j, V.subtract(i, V.multiply(f, V.row_sum(i)))), V.multiply(k, h));
  },
};

// x if x > 0 else slope * x
export const prelu = {
  parameters: { slope: 0.25 },
  value(x, { slope }) {
    return M.where(M.less(0.0, x), x, M.times(slope, x));
  },
  derivative(x, { slope }) {
    const a = M.step(x);
    return a + slope * (1.0 - a);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// delta**2 * (sqrt(1 + (r / delta)**2) - 1)
export const pseudo_huber = {
  parameters: { delta: 1.0 },
  value(r, { delta }) {
    const a = M.abs(r);
    const b = M.minimum(a / delta, 1e+17);
    return delta * a * (b / (M.sqrt(1.0 + b * b) + 1.0));
  },
  derivative(r, { delta }) {
    const a = M.maximum(M.minimum(r / delta, 1e+17), -1e+17);
    return delta * (a / M.sqrt(1.0 + a * a));
  },
  second_derivative(r, { delta }) {
    const a = r / delta;
    const b = M.sqrt(1.0 + a * a);
    return 1.0 / b / b / b;
  },
};

// (1 - level) * r if r > 0 else -level * r
export const quantile = {
  parameters: { level: 0.5 },
  value(r, { level }) {
    return M.where(M.less(0.0, r), 1.0 - level, M.where(M.less(r, 0.0), -level, r)) * r;
  },
  derivative(r, { level }) {
    return M.where(M.less(0.0, r), 1.0 - level, M.where(M.less(r, 0.0), -level, r));
  },
  second_derivative(r) {
    return M.fill(r, 0.0);
  },
};

// x / (1 + exp(-1.702 * x))
export const quick_gelu = {
  parameters: {},
  value(x) {
    return M.sigmoid_times(x, 1.702 * x);
  },
  derivative(x) {
    const a = 1.702 * x;
    return M.sigmoid_times(1.0 + M.sigmoid_times(a, -a), a);
  },
  second_derivative(x) {
    const a = 1.702 * x;
    return M.sigmoid_times(M.sigmoid_times(1.702 * (2.0 - a * M.tanh(0.5 * a)), a), -a);
  },
};

// half(x, 0) * relu(half(x, 1))
export const reglu = {
  parameters: {},
  value(x) {
    return V.times(V.maximum(V.row_half(x, 1.0), 0.0), V.row_half(x, 0.0));
  },
  vjp(x, cotangent) {
    const a = V.row_half(x, 1.0);
    return V.row_join(V.multiply(cotangent, V.maximum(a, 0.0)), V.multiply(V.multiply(cotangent, V.row_half(x, 0.0)), V.step(a)));
  },
  jvp(x, tangent) {
    const a = V.row_half(x, 1.0);
    const b = V.multiply(V.multiply(V.row_half(x, 0.0), V.step(a)), V.row_half(tangent, 1.0));
    return V.add(V.multiply(V.maximum(a, 0.0), V.row_half(tangent, 0.0)), b);
  },
  hvp(x, cotangent, tangent) {
    const a = V.row_half(x, 1.0);
    const b = V.step(a);
    const c = V.row_half(tangent, 1.0);
    const d = V.add(V.multiply(b, V.row_half(tangent, 0.0)), V.multiply(V.multiply(V.row_half(x, 0.0), V.fill(a, 0.0)), c));
    return V.row_join(V.multiply(V.multiply(cotangent, b), c), V.multiply(cotangent, d));
  },
};

// max(x, 0)
export const relu = {
  parameters: {},
  value(x) {
    return M.maximum(x, 0.0);
  },
  derivative(x) {
    return M.step(x);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// min(max(x, 0), 6)
export const relu6 = {
  parameters: {},
  value(x) {
    return M.minimum(M.maximum(x, 0.0), 6.0);
  },
  derivative(x) {
    return M.step(x) * M.step(6.0 - x);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// max(x, 0)**2
export const relu_squared = {
  parameters: {},
  value(x) {
    const a = M.maximum(x, 0.0);
    return a * a;
  },
  derivative(x) {
    return 2.0 * M.maximum(x, 0.0);
  },
  second_derivative(x) {
    return 2.0 * M.step(x);
  },
};

// x if x > 0 else x * (lower + upper) / 2
export const rrelu = {
  parameters: { lower: 0.125, upper: 0.3333333333333333 },
  value(x, { lower, upper }) {
    return M.where(M.less(0.0, x), x, M.times(0.5 * (lower + upper), x));
  },
  derivative(x, { lower, upper }) {
    const a = M.step(x);
    return a + 0.5 * (lower + upper) * (1.0 - a);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// 1.0507009873554805 * (x if x > 0 else 1.6732632423543772 * (exp(x) - 1))
export const selu = {
  parameters: {},
  value(x) {
    const a = M.where(M.less(0.0, x), x, 1.6732632423543772 * M.expm1(M.minimum(x, 0.0)));
    return 1.0507009873554805 * a;
  },
  derivative(x) {
    const a = M.where(M.less(0.0, x), 1.0, 1.6732632423543772 * M.exp(M.minimum(x, 0.0)));
    return 1.0507009873554805 * a;
  },
  second_derivative(x) {
    const a = M.where(M.less(0.0, x), 0.0, 1.6732632423543772 * M.exp(M.minimum(x, 0.0)));
    return 1.0507009873554805 * a;
  },
};

// x * erf(log(1 + exp(x)))
export const serf = {
  parameters: {},
  value(x) {
    const a = M.maximum(x, -80.0);
    const b = x * (M.erf(M.maximum(a, 0.0) + M.log1p(M.exp(-M.abs(a)))) / M.sigmoid(a));
    return M.sigmoid_times(b, x);
  },
  derivative(x) {
    const a = M.maximum(x, -80.0);
    const b = M.maximum(x, 0.0) + M.log1p(M.exp(-M.abs(x)));
    const c = M.sqrt(M.fill(x, 2.0)) * (4.0 / M.root_two_over_pi()) * M.normal_times(M.normal_times(x, b), b);
    return M.sigmoid_times(M.erf(M.maximum(a, 0.0) + M.log1p(M.exp(-M.abs(a)))) / M.sigmoid(a) + c, x);
  },
  second_derivative(x) {
    const a = M.maximum(x, 0.0) + M.log1p(M.exp(-M.abs(x)));
    const b = M.normal_times(M.normal_times(2.0 + x * (M.sigmoid(-x) - 2.0 * a * M.sigmoid(x)), a), a);
    return M.sigmoid_times(M.sqrt(M.fill(x, 2.0)) * (4.0 / M.root_two_over_pi()) * b, x);
  },
};

// 1 / (1 + exp(-x))
export const sigmoid = {
  parameters: {},
  value(x) {
    return M.sigmoid(x);
  },
  derivative(x) {
    return M.sigmoid(x) * M.sigmoid(-x);
  },
  second_derivative(x) {
    return M.sigmoid(x) * M.sigmoid(-x) * -M.tanh(0.5 * x);
  },
};

// x / (1 + exp(-beta * x))
export const silu = {
  parameters: { beta: 1.0 },
  value(x, { beta }) {
    return M.sigmoid_times(x, M.times(beta, x));
  },
  derivative(x, { beta }) {
    const a = M.times(beta, x);
    return M.sigmoid_times(1.0 + M.sigmoid_times(a, -a), a);
  },
  second_derivative(x, { beta }) {
    const a = M.times(beta, x);
    return M.sigmoid_times(M.sigmoid_times(beta * (2.0 - a * M.tanh(0.5 * a)), a), -a);
  },
};

// sin(x)
export const sine = {
  parameters: {},
  value(x) {
    return M.sin(x);
  },
  derivative(x) {
    return M.cos(x);
  },
  second_derivative(x) {
    return -M.sin(x);
  },
};

// 2 * abs(p - t) / (abs(p) + abs(t))
export const smape = {
  parameters: {},
  value(p, t) {
    const a = M.abs(p);
    const b = M.where(M.less(1.7976931348623157e+308, a), M.fill(t, 2.0), 2.0 * (M.abs(p - t) / (a + M.abs(t))));
    return M.where(M.equal(p, t), M.fill(p, 0.0), b);
  },
  gradient(p, t) {
    const a = M.abs(t);
    const b = M.abs(p) + a;
    return M.where(M.less(0.0, M.sign(p) * M.sign(t)), 4.0 * M.sign(p - t) * (a / b) / b, M.fill(p + t, 0.0));
  },
  hessian(p, t) {
    const a = M.sign(p);
    const b = M.abs(t);
    const c = M.abs(p) + b;
    return M.where(M.less(0.0, a * M.sign(t)), -8.0 * M.sign(p - t) * a * (b / c) / c / c, M.fill(p + t, 0.0));
  },
};

// x * tanh(log(1 + 1 / (1 + exp(-x))))
export const smish = {
  parameters: {},
  value(x) {
    const a = M.sigmoid(x);
    return M.sigmoid_times(x * ((2.0 + a) / (2.0 + 2.0 * a + a * a)), x);
  },
  derivative(x) {
    const a = M.sigmoid(x);
    const b = 2.0 + 2.0 * a + a * a;
    return M.sigmoid_times((2.0 + a) / b + M.sigmoid_times(4.0 * x * ((1.0 + a) / (b * b)), -x), x);
  },
  second_derivative(x) {
    const a = M.sigmoid(x);
    const b = 2.0 + 2.0 * a + a * a;
    const c = b * b;
    const d = 4.0 * (1.0 + a) / c;
    const f = -4.0 * (2.0 + 6.0 * a + 3.0 * a * a) / (c * b) * a * M.sigmoid(-x) - d * M.tanh(0.5 * x);
    return M.sigmoid_times(M.sigmoid_times(2.0 * d + x * f, x), -x);
  },
};

// r**2 / (2 * beta) if abs(r) < beta else abs(r) - beta / 2
export const smooth_l1 = {
  parameters: { beta: 1.0 },
  value(r, { beta }) {
    const a = M.abs(r);
    const b = M.minimum(a, beta);
    return b / beta * (a - 0.5 * b);
  },
  derivative(r, { beta }) {
    return M.maximum(M.minimum(r / beta, 1.0), -1.0);
  },
  second_derivative(r, { beta }) {
    return M.step(beta - M.abs(r)) / beta;
  },
};

// x + sin(alpha * x)**2 / alpha
export const snake = {
  parameters: { alpha: 1.0 },
  value(x, { alpha }) {
    const a = M.sin(alpha * x);
    return x + M.where(M.equal(x - x, 0.0), a * a / alpha, 0.0);
  },
  derivative(x, { alpha }) {
    const a = alpha * x;
    const b = M.sin(a) + M.cos(a);
    return b * b;
  },
  second_derivative(x, { alpha }) {
    const a = 2.0 * alpha;
    return a * M.cos(a * x);
  },
};

// log((1 + exp(alpha * x)) / (1 + exp(alpha * (x - 1)))) / alpha
export const soft_clipping = {
  parameters: { alpha: 50.0 },
  value(x, { alpha }) {
    const a = M.minimum(x, 1.0 - x);
    const b = -M.expm1(-M.fill(x, alpha)) * (M.exp(alpha * a) * M.sigmoid(alpha * (1.0 - a)));
    const c = M.log1p(b) / alpha;
    return M.where(M.less(x, 0.5), c, 1.0 - c);
  },
  derivative(x, { alpha }) {
    return M.sigmoid_times(M.sigmoid_times(M.fill(x, 1.0) * -M.expm1(-M.fill(x, alpha)), alpha * x), alpha * (1.0 - x));
  },
  second_derivative(x, { alpha }) {
    const a = alpha * (M.sigmoid(-alpha * x) - M.sigmoid(alpha * (x - 1.0))) * -M.expm1(-M.fill(x, alpha));
    return M.sigmoid_times(M.sigmoid_times(a, alpha * x), alpha * (1.0 - x));
  },
};

// log(1 + exp(-z))
export const soft_margin = {
  parameters: {},
  value(z) {
    return M.maximum(-z, 0.0) + M.log1p(M.exp(-M.abs(z)));
  },
  derivative(z) {
    return -M.sigmoid(-z);
  },
  second_derivative(z) {
    return M.sigmoid_times(M.sigmoid(z), -z);
  },
};

// exp(x) / sum(exp(x))
export const softmax = {
  parameters: {},
  value(x) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    return V.divide(b, V.add(1.0, V.row_sum(V.where(a, V.fill(x, 0.0), b))));
  },
  vjp(x, cotangent) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.divide(b, V.add(1.0, V.row_sum(V.where(a, V.fill(x, 0.0), b))));
    const d = V.subtract(cotangent, V.row_sum(V.where(a, cotangent, 0.0)));
    return V.multiply(c, V.subtract(d, V.row_sum(V.multiply(c, d))));
  },
  jvp(x, tangent) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.divide(b, V.add(1.0, V.row_sum(V.where(a, V.fill(x, 0.0), b))));
    const d = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    return V.multiply(c, V.subtract(d, V.row_sum(V.multiply(c, d))));
  },
  hvp(x, cotangent, tangent) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.divide(b, V.add(1.0, V.row_sum(V.where(a, V.fill(x, 0.0), b))));
    const d = V.subtract(cotangent, V.row_sum(V.where(a, cotangent, 0.0)));
    const f = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    const g = V.multiply(V.subtract(d, V.row_sum(V.multiply(c, d))), V.subtract(f, V.row_sum(V.multiply(c, f))));
    return V.multiply(c, V.subtract(g, V.row_sum(V.multiply(c, g))));
  },
};

// exp(-x) / sum(exp(-x))
export const softmin = {
  parameters: {},
  value(x) {
    const a = V.row_argmax(V.negative(x));
    const b = V.where(a, V.fill(V.negative(x), 1.0), V.exp_difference(V.negative(x), V.row_max(V.negative(x))));
    return V.divide(b, V.add(1.0, V.row_sum(V.where(a, V.fill(V.negative(x), 0.0), b))));
  },
  vjp(x, cotangent) {
    const a = V.row_argmax(V.negative(x));
    const b = V.where(a, V.fill(V.negative(x), 1.0), V.exp_difference(V.negative(x), V.row_max(V.negative(x))));
    const c = V.divide(b, V.add(1.0, V.row_sum(V.where(a, V.fill(V.negative(x), 0.0), b))));
    const d = V.subtract(cotangent, V.row_sum(V.where(a, cotangent, 0.0)));
    return V.multiply(V.negative(c), V.subtract(d, V.row_sum(V.multiply(c, d))));
  },
  jvp(x, tangent) {
    const a = V.row_argmax(V.negative(x));
    const b = V.where(a, V.fill(V.negative(x), 1.0), V.exp_difference(V.negative(x), V.row_max(V.negative(x))));
    const c = V.divide(b, V.add(1.0, V.row_sum(V.where(a, V.fill(V.negative(x), 0.0), b))));
    const d = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    return V.multiply(V.negative(c), V.subtract(d, V.row_sum(V.multiply(c, d))));
  },
  hvp(x, cotangent, tangent) {
    const a = V.row_argmax(V.negative(x));
    const b = V.where(a, V.fill(V.negative(x), 1.0), V.exp_difference(V.negative(x), V.row_max(V.negative(x))));
    const c = V.divide(b, V.add(1.0, V.row_sum(V.where(a, V.fill(V.negative(x), 0.0), b))));
    const d = V.subtract(cotangent, V.row_sum(V.where(a, cotangent, 0.0)));
    const f = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    const g = V.multiply(V.subtract(d, V.row_sum(V.multiply(c, d))), V.subtract(f, V.row_sum(V.multiply(c, f))));
    return V.multiply(c, V.subtract(g, V.row_sum(V.multiply(c, g))));
  },
};

// log(1 + exp(beta * x)) / beta
export const softplus = {
  parameters: { beta: 1.0 },
  value(x, { beta }) {
    return M.maximum(x, 0.0) + M.log1p(M.exp(-M.abs(beta * x))) / beta;
  },
  derivative(x, { beta }) {
    return M.sigmoid(beta * x);
  },
  second_derivative(x, { beta }) {
    const a = beta * x;
    return M.sigmoid_times(M.sigmoid_times(beta, a), -a);
  },
};

// x - lambd if x > lambd else x + lambd if x < -lambd else 0
export const softshrink = {
  parameters: { lambd: 0.5 },
  value(x, { lambd }) {
    return x - M.minimum(M.maximum(x, -lambd), lambd);
  },
  derivative(x, { lambd }) {
    return M.step(M.abs(x) - lambd);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// x / (1 + abs(x))
export const softsign = {
  parameters: {},
  value(x) {
    const a = M.abs(x);
    return M.where(M.less(a, 1.0), x / (1.0 + a), M.sign(x) / (1.0 + 1.0 / M.maximum(a, 1.0)));
  },
  derivative(x) {
    const a = 1.0 / (1.0 + M.abs(x));
    return a * a;
  },
  second_derivative(x) {
    const a = 1.0 / (1.0 + M.abs(x));
    return -2.0 * M.sign(x) * a * a * a;
  },
};

// 0 if x < -1 else x if x > 1 else (x + 1)**2 / 4
export const sparse_plus = {
  parameters: {},
  value(x) {
    const a = M.minimum(M.maximum(x, -1.0), 1.0) + 1.0;
    return M.where(M.less(1.0, x), x, 0.25 * a * a);
  },
  derivative(x) {
    return 0.5 * (M.minimum(M.maximum(x, -1.0), 1.0) + 1.0);
  },
  second_derivative(x) {
    return 0.5 * M.step(x + 1.0) * M.step(1.0 - x);
  },
};

// min(max((x + 1) / 2, 0), 1)
export const sparse_sigmoid = {
  parameters: {},
  value(x) {
    return 0.5 * (M.minimum(M.maximum(x, -1.0), 1.0) + 1.0);
  },
  derivative(x) {
    return 0.5 * M.step(x + 1.0) * M.step(1.0 - x);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// relu(x - threshold(x, 1))
export const sparsemax = {
  parameters: {},
  value(x) {
    const a = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(1.0, V.subtract(x, V.row_max(x))));
    return V.maximum(V.subtract(a, V.row_threshold(a, 1.0)), 0.0);
  },
  vjp(x, cotangent) {
    const a = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(1.0, V.subtract(x, V.row_max(x))));
    const b = V.step(V.maximum(V.subtract(a, V.row_threshold(a, 1.0)), 0.0));
    const c = V.subtract(cotangent, V.divide(V.row_sum(V.multiply(b, cotangent)), V.row_sum(b)));
    return V.multiply(b, c);
  },
  jvp(x, tangent) {
    const a = V.where(V.row_argmax(x), V.fill(x, 0.0), V.multiply(1.0, V.subtract(x, V.row_max(x))));
    const b = V.step(V.maximum(V.subtract(a, V.row_threshold(a, 1.0)), 0.0));
    const c = V.subtract(tangent, V.divide(V.row_sum(V.multiply(b, tangent)), V.row_sum(b)));
    return V.multiply(b, c);
  },
  hvp(x, cotangent, tangent) {
    return V.fill(x, 0.0);
  },
};

// (sum(maximum(x, threshold(x, 1))**2 - threshold(x, 1)**2) + sum(q**2)) / 2 - sum(q * x)
export const sparsemax_loss = {
  parameters: {},
  value(x, q) {
    const a = V.row_max(x);
    const b = V.where(V.row_argmax(x), V.fill(x, 0.0), V.subtract(x, a));
    const c = V.multiply(1.0, b);
    const d = V.power(V.maximum(V.subtract(c, V.row_threshold(c, 1.0)), 0.0), 1.0);
    const f = V.add(V.row_sum(V.times(V.subtract(d, q), b)), V.times(V.subtract(1.0, V.row_sum(q)), a));
    return V.add(f, V.divide(V.row_sum(V.subtract(V.power(q, 2.0), V.power(d, 2.0))), 2.0));
  },
  gradient(x, q) {
    const a = V.row_argmax(x);
    const b = V.multiply(1.0, V.where(a, V.fill(x, 0.0), V.subtract(x, V.row_max(x))));
    const c = V.power(V.maximum(V.subtract(b, V.row_threshold(b, 1.0)), 0.0), 1.0);
    return V.where(a, V.subtract(V.subtract(1.0, q), V.row_sum(V.where(a, 0.0, c))), V.subtract(c, q));
  },
  hessian(x, q) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.multiply(1.0, V.where(a, b, V.subtract(x, V.row_max(x))));
    const d = V.power(V.maximum(V.subtract(c, V.row_threshold(c, 1.0)), 0.0), 1.0);
    const f = V.where(V.less(0.0, d), V.power(d, 0.0), b);
    const g = V.row_sum(f);
    const h = V.multiply(f, V.where(a, V.row_sum(V.where(a, 0.0, f)), V.subtract(g, f)));
    return V.divide(h, g);
  },
  hvp(x, q, tangent) {
    const a = V.fill(x, 0.0);
    const b = V.multiply(1.0, V.where(V.row_argmax(x), a, V.subtract(x, V.row_max(x))));
    const c = V.power(V.maximum(V.subtract(b, V.row_threshold(b, 1.0)), 0.0), 1.0);
    const d = V.where(V.less(0.0, c), V.power(c, 0.0), a);
    const f = V.subtract(tangent, V.divide(V.row_sum(V.multiply(d, tangent)), V.row_sum(d)));
    return V.multiply(d, f);
  },
};

// max(abs(r) - epsilon, 0)**2
export const squared_epsilon_insensitive = {
  parameters: { epsilon: 0.1 },
  value(r, { epsilon }) {
    const a = M.maximum(M.abs(r) - epsilon, 0.0);
    return a * a;
  },
  derivative(r, { epsilon }) {
    return 2.0 * M.sign(r) * M.maximum(M.abs(r) - epsilon, 0.0);
  },
  second_derivative(r, { epsilon }) {
    return 2.0 * M.step(M.abs(r) - epsilon);
  },
};

// max(1 - z, 0)**2
export const squared_hinge = {
  parameters: {},
  value(z) {
    const a = M.maximum(1.0 - z, 0.0);
    return a * a;
  },
  derivative(z) {
    return -2.0 * M.maximum(1.0 - z, 0.0);
  },
  second_derivative(z) {
    return 2.0 * M.step(1.0 - z);
  },
};

// (x + sqrt(x**2 + b)) / 2
export const squareplus = {
  parameters: { b: 4.0 },
  value(x, { b }) {
    const a = 0.5 * (M.abs(x) + M.hypot(x, M.sqrt(M.fill(x, b))));
    return M.where(M.less(x, 0.0), 0.25 * b / a, a);
  },
  derivative(x, { b }) {
    const a = M.hypot(x, M.sqrt(M.fill(x, b)));
    const c = 0.25 * b / (0.5 * (M.abs(x) + a)) / a;
    return M.where(M.less(x, 0.0), c, 1.0 - c);
  },
  second_derivative(x, { b }) {
    const a = M.hypot(x, M.sqrt(M.fill(x, b)));
    return 0.5 * b / a / a / a;
  },
};

// scale * max(x, 0)**2 + bias
export const starrelu = {
  parameters: { scale: 0.8944, bias: -0.4472 },
  value(x, { scale, bias }) {
    const a = M.maximum(x, 0.0);
    return scale * a * a + bias;
  },
  derivative(x, { scale }) {
    return 2.0 * scale * M.maximum(x, 0.0);
  },
  second_derivative(x, { scale }) {
    return 2.0 * scale * M.step(x);
  },
};

// (df + 1) / 2 * log(1 + (r / scale)**2 / df)
export const student_t_nll = {
  parameters: { df: 4.0, scale: 1.0 },
  value(r, { df, scale }) {
    const a = M.abs(r);
    const b = 1000000000000000.0 * scale;
    const c = r / scale;
    const d = c * c / df;
    const f = 0.5 * (df + 1.0);
    const g = scale / M.maximum(a, b);
    const h = df * g;
    return M.where(M.less(a, b), M.where(M.less(d, 1e-20), f / df * c * c, f * M.log1p(d)), f * (M.log1p(h * g) - M.log(g) - M.log(h)));
  },
  derivative(r, { df, scale }) {
    const a = M.abs(r);
    const b = 1000000000000000.0 * scale;
    const c = df + 1.0;
    const d = r / scale;
    return M.where(M.less(a, b), c / scale * (d / (df + d * d)), M.sign(r) * (c / M.maximum(a, b)));
  },
  second_derivative(r, { df, scale }) {
    const a = M.abs(r);
    const b = 1000000000000000.0 * scale;
    const c = df + 1.0;
    const d = r / scale;
    const f = d * d;
    const g = df + f;
    const h = M.maximum(a, b);
    return M.where(M.less(a, b), c / (scale * scale) * ((df - f) / g) / g, -c / h / h);
  },
};

// half(x, 0) * half(x, 1) / (1 + exp(-half(x, 1)))
export const swiglu = {
  parameters: {},
  value(x) {
    const a = V.row_half(x, 1.0);
    return V.times(V.sigmoid_times(a, V.times(1.0, a)), V.row_half(x, 0.0));
  },
  vjp(x, cotangent) {
    const a = V.row_half(x, 1.0);
    const b = V.times(1.0, a);
    const c = V.multiply(V.multiply(cotangent, V.row_half(x, 0.0)), V.sigmoid_times(V.add(1.0, V.sigmoid_times(b, V.negative(b))), b));
    return V.row_join(V.multiply(cotangent, V.sigmoid_times(a, b)), c);
  },
  jvp(x, tangent) {
    const a = V.row_half(x, 1.0);
    const b = V.times(1.0, a);
    const c = V.multiply(V.row_half(x, 0.0), V.sigmoid_times(V.add(1.0, V.sigmoid_times(b, V.negative(b))), b));
    return V.add(V.multiply(V.sigmoid_times(a, b), V.row_half(tangent, 0.0)), V.multiply(c, V.row_half(tangent, 1.0)));
  },
  hvp(x, cotangent, tangent) {
    const a = V.times(1.0, V.row_half(x, 1.0));
    const b = V.sigmoid_times(V.add(1.0, V.sigmoid_times(a, V.negative(a))), a);
    const c = V.row_half(tangent, 1.0);
    const d = V.multiply(1.0, V.subtract(2.0, V.multiply(a, V.tanh(V.multiply(0.5, a)))));
    const f = V.multiply(V.row_half(x, 0.0), V.sigmoid_times(V.sigmoid_times(d, a), V.negative(a)));
    const g = V.multiply(cotangent, V.add(V.multiply(b, V.row_half(tangent, 0.0)), V.multiply(f, c)));
    return V.row_join(V.multiply(V.multiply(cotangent, b), c), g);
  },
};

// sum(q * (-alpha * log(exp(x) / sum(exp(x))) - beta * log_zero * (1 - exp(x) / sum(exp(x)))))
export const symmetric_cross_entropy = {
  parameters: { alpha: 0.1, beta: 1.0, log_zero: -4.0 },
  value(x, q, { alpha, beta, log_zero }) {
    const a = V.row_argmax(x);
    const b = V.fill(x, 0.0);
    const c = V.row_max(x);
    const d = V.where(a, V.fill(x, 1.0), V.exp_difference(x, c));
    const f = V.row_sum(V.where(a, b, d));
    const g = V.add(1.0, f);
    const h = V.multiply(V.multiply(beta, log_zero), V.where(a, V.divide(f, g), V.subtract(1.0, V.divide(d, g))));
    const i = V.subtract(V.times(alpha, V.add(V.where(a, b, V.subtract(c, x)), V.log1p(f))), h);
    return V.row_sum(V.times(q, i));
  },
  gradient(x, q, { alpha, beta, log_zero }) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.multiply(q, V.subtract(V.multiply(V.multiply(beta, log_zero), f), alpha));
    const h = V.subtract(V.multiply(g, V.divide(c, d)), V.multiply(f, V.row_sum(V.where(a, 0.0, g))));
    return V.where(a, h, V.subtract(g, V.multiply(f, V.row_sum(g))));
  },
  hessian(x, q, { alpha, beta, log_zero }) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.where(a, V.divide(c, d), V.subtract(1.0, f));
    const h = V.multiply(V.multiply(beta, log_zero), f);
    const i = V.multiply(q, h);
    const j = V.multiply(f, V.where(a, V.row_sum(V.where(a, 0.0, i)), V.subtract(V.row_sum(i), i)));
    const k = V.subtract(j, V.multiply(g, V.row_sum(V.multiply(q, V.subtract(h, alpha)))));
    return V.add(V.multiply(V.multiply(g, g), i), V.multiply(f, k));
  },
  hvp(x, q, tangent, { alpha, beta, log_zero }) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.multiply(V.multiply(beta, log_zero), f);
    const h = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    const i = V.subtract(h, V.row_sum(V.multiply(f, h)));
    const j = V.multiply(V.multiply(q, g), i);
    const k = V.subtract(V.multiply(j, V.divide(c, d)), V.multiply(f, V.row_sum(V.where(a, 0.0, j))));
    const l = V.multiply(V.multiply(V.row_sum(V.multiply(q, V.subtract(g, alpha))), f), i);
    return V.subtract(V.where(a, k, V.subtract(j, V.multiply(f, V.row_sum(j)))), l);
  },
};

// (exp(x) - exp(-x)) / (exp(x) + exp(-x))
export const tanh = {
  parameters: {},
  value(x) {
    return M.tanh(x);
  },
  derivative(x) {
    return M.sigmoid_times(M.sigmoid_times(4.0, 2.0 * x), -2.0 * x);
  },
  second_derivative(x) {
    return M.sigmoid_times(M.sigmoid_times(-8.0 * M.tanh(x), 2.0 * x), -2.0 * x);
  },
};

// x - tanh(x)
export const tanhshrink = {
  parameters: {},
  value(x) {
    return M.tanh_remainder(x);
  },
  derivative(x) {
    const a = M.tanh(x);
    return a * a;
  },
  second_derivative(x) {
    return 8.0 * M.tanh(x) * M.sigmoid(2.0 * x) * M.sigmoid(-2.0 * x);
  },
};

// sum([sum(q * (1 - exp(x) / sum(exp(x)))**k) / k for k in range(1, order + 1)])
export const taylor_cross_entropy = {
  parameters: {},
  value(x, q) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.where(a, V.divide(c, d), V.subtract(1.0, f));
    const h = V.times(q, V.multiply(g, V.add(V.divide(V.fill(f, 1.0), 1.0), V.divide(g, 2.0))));
    return V.row_sum(h);
  },
  gradient(x, q) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.divide(c, d);
    const h = V.add(1.0, V.multiply(V.where(a, g, V.subtract(1.0, f)), V.fill(f, 1.0)));
    const i = V.multiply(q, V.negative(V.multiply(f, h)));
    const j = V.subtract(V.multiply(i, g), V.multiply(f, V.row_sum(V.where(a, 0.0, i))));
    return V.where(a, j, V.subtract(i, V.multiply(f, V.row_sum(i))));
  },
  hessian(x, q) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.where(a, V.divide(c, d), V.subtract(1.0, f));
    const h = V.multiply(q, V.multiply(V.multiply(-2.0, f), g));
    const i = V.multiply(f, V.where(a, V.row_sum(V.where(a, 0.0, h)), V.subtract(V.row_sum(h), h)));
    const j = V.multiply(q, V.negative(V.multiply(f, V.add(1.0, V.multiply(g, V.fill(f, 1.0))))));
    return V.add(V.multiply(V.multiply(g, g), h), V.multiply(f, V.subtract(i, V.multiply(g, V.row_sum(j)))));
  },
  hvp(x, q, tangent) {
    const a = V.row_argmax(x);
    const b = V.where(a, V.fill(x, 1.0), V.exp_difference(x, V.row_max(x)));
    const c = V.row_sum(V.where(a, V.fill(x, 0.0), b));
    const d = V.add(1.0, c);
    const f = V.divide(b, d);
    const g = V.divide(c, d);
    const h = V.where(a, g, V.subtract(1.0, f));
    const i = V.subtract(tangent, V.row_sum(V.where(a, tangent, 0.0)));
    const j = V.subtract(i, V.row_sum(V.multiply(f, i)));
    const k = V.multiply(V.multiply(q, V.multiply(V.multiply(-2.0, f), h)), j);
    const l = V.subtract(V.multiply(k, g), V.multiply(f, V.row_sum(V.where(a, 0.0, k))));
    const m = V.multiply(q, V.negative(V.multiply(f, V.add(1.0, V.multiply(h, V.fill(f, 1.0))))));
    return V.subtract(V.where(a, l, V.subtract(k, V.multiply(f, V.row_sum(k)))), V.multiply(V.multiply(V.row_sum(m), f), j));
  },
};

// x * tanh(exp(x))
export const telu = {
  parameters: {},
  value(x) {
    const a = M.maximum(x, -80.0);
    return M.sigmoid_times(x * (M.tanh(M.exp(a)) / M.sigmoid(a)), x);
  },
  derivative(x) {
    const a = M.maximum(x, -80.0);
    const b = M.exp(x);
    const c = M.tanh(M.exp(a)) / M.sigmoid(a) + 4.0 * M.sigmoid_times(M.sigmoid_times(x * (1.0 + b), 2.0 * b), -2.0 * b);
    return M.sigmoid_times(c, x);
  },
  second_derivative(x) {
    const a = M.exp(x);
    const b = 2.0 * a;
    const c = M.sigmoid_times(M.sigmoid_times((1.0 + a) * (2.0 + x * (1.0 - b * M.tanh(a))), b), -2.0 * a);
    return M.sigmoid_times(4.0 * c, x);
  },
};

// x if x > threshold else replacement
export const threshold = {
  parameters: { threshold: 1.0, replacement: 0.0 },
  value(x, { threshold, replacement }) {
    return M.where(M.less(threshold, x), x, M.fill(x, replacement));
  },
  derivative(x, { threshold }) {
    return M.step(x - threshold);
  },
  second_derivative(x) {
    return M.fill(x, 0.0);
  },
};

// sum(abs(exp(x) - q)) / 2
export const total_variation = {
  parameters: {},
  value(x, q) {
    return V.multiply(0.5, V.row_sum(V.abs(V.subtract(V.exp(x), q))));
  },
  gradient(x, q) {
    const a = V.exp(x);
    return V.multiply(V.multiply(0.5, a), V.sign(V.subtract(a, q)));
  },
  hessian(x, q) {
    const a = V.exp(x);
    return V.multiply(V.multiply(0.5, a), V.sign(V.subtract(a, q)));
  },
  hvp(x, q, tangent) {
    const a = V.exp(x);
    return V.multiply(V.multiply(V.multiply(0.5, a), V.sign(V.subtract(a, q))), tangent);
  },
};

// (1 - max(1 - (r / scale)**2, 0)**3) * scale * scale / 6
export const tukey_biweight = {
  parameters: { scale: 4.685 },
  value(r, { scale }) {
    const a = M.minimum(M.abs(r), scale);
    const b = a / scale;
    const c = b * b;
    const d = (scale - a) * (scale + a) / scale / scale;
    return M.where(M.less(c, 0.5), a * a * ((3.0 - c * (3.0 - c)) / 6.0), (1.0 - d * d * d) * scale * scale / 6.0);
  },
  derivative(r, { scale }) {
    const a = M.minimum(M.abs(r), scale);
    const b = (scale - a) * (scale + a) / scale / scale;
    return M.times(b * b, r);
  },
  second_derivative(r, { scale }) {
    const a = M.minimum(M.abs(r), scale);
    const b = a / scale;
    return (scale - a) * (scale + a) / scale / scale * (1.0 - 5.0 * (b * b));
  },
};

// 2 * (t**(2 - power) / (1 - power) / (2 - power) - t * p**(1 - power) / (1 - power) + p**(2 - power) / (2 - power))
export const tweedie_deviance = {
  parameters: { power: 1.5 },
  value(p, t, { power }) {
    const a = M.equal(t, 0.0);
    const b = 2.0 - power;
    const c = M.power(p, b) / b;
    const d = M.where(a, M.fill(t, 1.0), t);
    const f = M.log(p) - M.log(d);
    const g = (p - d) / d;
    const h = M.where(M.less(M.abs(g), 0.5), M.log1p(M.maximum(g, -0.5)), M.log(p / d));
    const i = M.where(M.less(M.abs(f), 40.0), h, f);
    const j = M.power(d, b);
    const k = M.maximum(M.minimum(i, 3.0), -3.0);
    const l = 1.0 - power;
    const m = M.where(M.less(M.abs(i), 3.0), j * (M.expm1_excess(b * k) / b - M.expm1_excess(l * k) / l), c - d * (M.power(p, l) / l) + j / l / b);
    return 2.0 * M.where(a, c, m);
  },
  gradient(p, t, { power }) {
    const a = M.equal(t, 0.0);
    const b = M.fill(p, 1.0);
    return 2.0 * M.where(a, b, (p - t) / M.where(a, b, p)) * M.power(p, 1.0 - power);
  },
  hessian(p, t, { power }) {
    return 2.0 * (1.0 - power + power * M.times(t, 1.0 / p)) * M.power(p, -power);
  },
};

// scale**2 / 2 * (1 - exp(-(r / scale)**2))
export const welsch = {
  parameters: { scale: 1.0 },
  value(r, { scale }) {
    const a = r / scale;
    return -0.5 * scale * scale * M.expm1(-a * a);
  },
  derivative(r, { scale }) {
    const a = M.root_two_over_pi();
    const b = r / scale;
    return M.normal_times(M.normal_times(4.0 / (a * a) * (scale * b), b), b);
  },
  second_derivative(r, { scale }) {
    const a = M.root_two_over_pi();
    const b = r / scale;
    return M.normal_times(M.normal_times(4.0 / (a * a) * (1.0 - 2.0 * b * b), b), b);
  },
};
