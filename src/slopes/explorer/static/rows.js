// The vocabulary on rows. A row is an array; a number, or an array of length 1, stands for every entry.

import * as M from "./math.js";

const entry = (row, i) => (Array.isArray(row) ? row[row.length === 1 ? 0 : i] : row);
const asRow = (row) => (Array.isArray(row) ? row : [row]);

const lift =
  (word) =>
  (...rows) => {
    const arrays = rows.filter(Array.isArray);
    if (!arrays.length) return word(...rows);
    const length = arrays.reduce((n, row) => (row.length === 1 ? n : row.length), 1);
    return Array.from({ length }, (_, i) => word(...rows.map((row) => entry(row, i))));
  };

export const add = lift((x, y) => x + y);
export const subtract = lift((x, y) => x - y);
export const multiply = lift((x, y) => x * y);
export const divide = lift((x, y) => x / y);
export const negative = lift((x) => -x);

export const abs = lift(M.abs);
export const equal = lift(M.equal);
export const exp = lift(M.exp);
export const exp_difference = lift(M.exp_difference);
export const expm1 = lift(M.expm1);
export const fill = lift(M.fill);
export const inverse_mills = lift(M.inverse_mills);
export const less = lift(M.less);
export const log = lift(M.log);
export const log1p = lift(M.log1p);
export const log_ndtr = lift(M.log_ndtr);
export const maximum = lift(M.maximum);
export const mills_excess = lift(M.mills_excess);
export const minimum = lift(M.minimum);
export const ndtr_times = lift(M.ndtr_times);
export const normal_times = lift(M.normal_times);
export const power = lift(M.power);
export const sigmoid = lift(M.sigmoid);
export const sigmoid_times = lift(M.sigmoid_times);
export const sign = lift(M.sign);
export const step = lift(M.step);
export const tanh = lift(M.tanh);
export const times = lift(M.times);
export const where = lift(M.where);

export const row_sum = (x) => [asRow(x).reduce((sum, entry) => sum + entry, 0)];
export const row_max = (x) => [Math.max(...x)];

export function row_argmax(x) {
  const found = x.findIndex(Number.isNaN);
  const first = found < 0 ? x.indexOf(Math.max(...x)) : found;
  return x.map((_, i) => i === first);
}

export const row_half = (x, which) => (which === 0 ? x.slice(0, x.length / 2) : x.slice(x.length / 2));
export const row_join = (x, y) => [...x, ...y];

// The t for which the sum of max(x - t, 0)^p is 1, by Newton's method from below, whose steps never pass it.
export function row_threshold(x, p) {
  const q = entry(p, 0);
  let t = Math.max(...x) - 1;
  for (let i = 0; i < 30; i += 1) {
    const rest = x.filter((entry) => t < entry).map((entry) => entry - t);
    const total = rest.reduce((sum, r) => sum + Math.pow(r, q), 0);
    const slope = rest.reduce((sum, r) => sum + Math.pow(r, q - 1), 0);
    const following = Math.max(t, t + (total / slope) * (1 - Math.pow(total, -1 / q)));
    if (following === t || Number.isNaN(following)) return [following];
    t = following;
  }
  return [t];
}
