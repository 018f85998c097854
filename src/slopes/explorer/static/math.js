// The vocabulary in double precision: what overflows, cancels or is flushed to zero is written as in the
// library's own backends, so that the curves here are the library's to about 13 digits.

import { ARTANH, ERF, EXCESS, EXP, TAIL } from "./coefficients.js";

const ROOT_TAU = 2.5066282746310002; // sqrt(2 pi)
const CENTRE = 5;
const FARTHEST = 40; // phi underflows from 38.6
const FAR = 700; // e^-a is subnormal from a = 708.4
const SHIFT = 211; // adding it to -a is exact, and e^(SHIFT - a) is normal
const GONE = 780; // y e^-a underflows for every y that a definition can give it
const DOWN = 2.3113425714217192e-92; // e^-SHIFT
const SPLITTER = 134217729; // 2^27 + 1 cuts a double into two halves whose products are exact (Veltkamp)

const polynomial = (coefficients, x) => coefficients.reduceRight((p, c) => p * x + c);

export const { exp, log, log1p, expm1, sqrt, sin, cos, tanh, abs, sign } = Math;
export const arctan = Math.atan;
export const minimum = Math.min; // both give NaN for NaN, as the vocabulary does
export const maximum = Math.max;
export const less = (x, y) => x < y;
export const equal = (x, y) => x === y;
export const where = (condition, x, y) => (condition ? x : y);
export const root_two_over_pi = () => 0.7978845608028654;
export const hypot = (x, y) => Math.hypot(x, y);
export const step = (x) => (x > 0 ? 1 : x <= 0 ? 0 : x); // NaN stays
export const fill = (x, constant) => (Number.isNaN(x) ? x : constant);
export const power = (x, p) => (x >= 0 ? Math.pow(x, p) : NaN);

export function times(x, y) {
  return x === 0 && Math.abs(y) === Infinity ? 0 : x * y;
}

// y e^-a for a >= 0, with one rounding where e^-a is subnormal; 0 where it underflows
function expTimes(y, a) {
  if (!(a > FAR)) return y * Math.exp(-a);
  if (a > GONE && !Number.isNaN(y)) return y < 0 || Object.is(y, -0) ? -0 : 0;
  return y * Math.exp(SHIFT - a) * DOWN;
}

export function sigmoid(x) {
  const z = Math.exp(-Math.abs(x));
  return (x < 0 ? z : 1) / (1 + z);
}

export function sigmoid_times(y, x) {
  const a = Math.abs(x);
  return (x < 0 ? expTimes(y, a) : y) / (1 + Math.exp(-a));
}

// y e^(-x^2 / 2), with the rounding error of the square fed back
function bellTimes(y, x) {
  const a = Math.min(Math.abs(x), FARTHEST);
  const square = a * a;
  const half = a * SPLITTER;
  const high = half - (half - a);
  const low = a - high;
  const error = high * high - square + 2 * high * low + low * low;
  return expTimes(y * (1 - 0.5 * error), 0.5 * square);
}

export const normal_times = (y, x) => bellTimes(y, x) / ROOT_TAU;

export function ndtr_times(y, x) {
  const a = Math.min(Math.abs(x), FARTHEST);
  const ratio = polynomial(TAIL, (a - CENTRE) / (a + CENTRE)) / (a + CENTRE);
  return x < 0 ? bellTimes(y * ratio, x) : y * (1 - bellTimes(ratio, x));
}

export function erf(x) {
  const a = Math.abs(x);
  if (a < 1) return x + x * polynomial(ERF, x * x);
  return Math.sign(x) * (1 - 2 * ndtr_times(1, -Math.SQRT2 * a));
}

// 1 - Phi(a) for a >= 0
const tail = (a) => (a < 1 ? 0.5 - 0.5 * erf(a / Math.SQRT2) : ndtr_times(1, -a));

// phi(a) / (1 - Phi(a)) - a for a >= 0, which decays like 1 / a
function excess(a) {
  if (!(a > FARTHEST)) return polynomial(EXCESS, (a - CENTRE) / (a + CENTRE)) / (a + CENTRE);
  let fraction = a;
  for (let k = 6; k > 1; k -= 1) fraction = a + k / fraction; // Laplace's continued fraction
  return 1 / fraction;
}

export function mills_excess(x) {
  const a = Math.abs(x);
  return x < 0 ? excess(a) : a + normal_times(1 / (1 - tail(a)), a);
}

export function inverse_mills(x) {
  const a = Math.abs(x);
  return x < 0 ? a + excess(a) : normal_times(1 / (1 - tail(a)), a);
}

export function log_ndtr(x) {
  const a = Math.abs(x);
  if (!(x < 0)) return Math.log1p(-tail(a));
  return a < 1 ? Math.log(tail(a)) : -Math.log(ROOT_TAU * (a + excess(a))) - 0.5 * a * a;
}

export function log1p_excess(x) {
  if (!(x >= -0.5 && x <= 1)) return x - Math.min(Math.log1p(x), Number.MAX_VALUE);
  const s = x / (2 + x); // log(1 + x) = 2 artanh(s), and x - 2 s = x s
  return s * (x - 2 * s * s * polynomial(ARTANH, s * s));
}

export function expm1_excess(x) {
  if (!(x >= -1 && x <= 1.5)) return Math.expm1(x) - Math.min(x, Number.MAX_VALUE);
  return x * x * polynomial(EXP, x);
}

export function tanh_remainder(x) {
  if (!(Math.abs(x) < 2)) return x - Math.tanh(x);
  const square = x * x;
  let fraction = square / 29;
  for (let k = 27; k > 1; k -= 2) fraction = square / (k + fraction); // Lambert's continued fraction
  return x * (fraction / (1 + fraction));
}

export function exp_difference(x, y) {
  const d = x - y;
  const back = d + y;
  const error = x - back - (y - (back - d)); // x - y = d + error exactly (Knuth)
  const e = Math.exp(d);
  return Number.isFinite(error) ? e + e * error : e;
}
