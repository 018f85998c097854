// A chain of equal layers, run forwards with normal inputs and backwards with normal gradients.

import { normal } from "./random.js";

// Each layer multiplies by weights of standard deviation gain / sqrt(width), then applies the activation.
export function run({ value, derivative }, { layers, gain, width, examples, seed }) {
  const row = (draw) => Float64Array.from({ length: examples * width }, draw);
  const weights = weightsOf(seed, layers, width);
  const scale = gain / Math.sqrt(width);
  const draw = normal(-seed);
  let signal = row(draw);
  const signals = [];
  const slopes = [];
  for (const weight of weights) {
    const sums = multiply(signal, weight, width, examples, scale);
    signal = sums.map((x) => value(x));
    slopes.push(sums.map((x) => derivative(x)));
    signals.push(signal);
  }
  let gradient = row(draw);
  const gradients = [];
  for (let layer = layers - 1; layer >= 0; layer -= 1) {
    const inner = gradient.map((g, i) => g * slopes[layer][i]);
    gradients.unshift(inner);
    gradient = multiplyBack(inner, weights[layer], width, examples, scale);
  }
  return { signals, gradients, dead: slopes.map((slope) => deadUnits(slope, width, examples)) };
}

let drawn = { key: "", weights: [] }; // the last weights, which stay while a gain is moved

// The weights of each layer before they are scaled; more layers add to those of fewer.
function weightsOf(seed, layers, width) {
  const key = `${seed} ${width}`;
  if (drawn.key !== key) drawn = { key, draw: normal(seed), weights: [] };
  while (drawn.weights.length < layers) drawn.weights.push(
    Float64Array.from({ length: width * width }, drawn.draw),
  );
  return drawn.weights.slice(0, layers);
}

function multiply(signal, weight, width, examples, scale) {
  const result = new Float64Array(examples * width);
  for (let e = 0; e < examples; e += 1) {
    for (let o = 0; o < width; o += 1) {
      let sum = 0;
      for (let i = 0; i < width; i += 1) sum += signal[e * width + i] * weight[o * width + i];
      result[e * width + o] = sum * scale;
    }
  }
  return result;
}

function multiplyBack(gradient, weight, width, examples, scale) {
  const result = new Float64Array(examples * width);
  for (let e = 0; e < examples; e += 1) {
    for (let o = 0; o < width; o += 1) {
      const g = gradient[e * width + o] * scale;
      for (let i = 0; i < width; i += 1) result[e * width + i] += g * weight[o * width + i];
    }
  }
  return result;
}

// The share of units whose slope is 0 for every example.
function deadUnits(slope, width, examples) {
  let dead = 0;
  for (let unit = 0; unit < width; unit += 1) {
    let alive = false;
    for (let e = 0; e < examples; e += 1) alive ||= slope[e * width + unit] !== 0;
    if (!alive) dead += 1;
  }
  return dead / width;
}

// Root mean square, and the quantiles of the absolute values that are not 0.
export function summary(values) {
  const sizes = values.map(Math.abs).filter((size) => size > 0).sort();
  const at = (share) => sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))];
  const size = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
  return { size, quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(at) };
}
