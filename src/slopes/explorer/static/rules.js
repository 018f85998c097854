// Wrong pairs, by the codes and names of the library's doctor; a test compares them with it.

import { facts, finite, known } from "./library.js";

const SOFTMAXES = ["softmax", "log_softmax"];
const SQUASHES = ["sigmoid", "softmax"];
const CLASSES = [
  "cross_entropy",
  "poly1",
  "categorical_focal",
  "generalized_cross_entropy",
  "symmetric_cross_entropy",
  "taylor_cross_entropy",
];
const DIVERGENCES = ["kl_divergence", "js_divergence", "total_variation"];

// What the values of an output lie between.
export function valuesOf(output, parameters) {
  if (output === "log_softmax") return [-Infinity, 0];
  const stated = parameters && facts(output, parameters);
  return (stated ?? known(output).facts).range.map(finite);
}

const free = (output, parameters) => valuesOf(output, parameters).every((end) => !Number.isFinite(end));

export const RULES = [
  { code: "R1", name: "softmax-of-one", applies: ({ output, n }) => SOFTMAXES.includes(output) && n === 1 },
  { code: "R1", name: "one-class", applies: (
    { output, loss, n },
  ) => CLASSES.includes(loss) && n === 1 && !SOFTMAXES.includes(output) },
  {
    code: "R2",
    name: "second-softmax",
    applies: ({ output, loss, n }) => CLASSES.includes(loss) && SQUASHES.includes(output) && n > 1,
    numbers: ({ n }) => ({ floor: Math.log1p((n - 1) * Math.exp(-1)) }),
  },
  {
    code: "R2",
    name: "second-sigmoid",
    applies: (
      { output, loss, n },
    ) => known(loss).kind === "logit_loss" && SQUASHES.includes(output) && !(output === "softmax" && n === 1),
    numbers: () => ({ floor: Math.log1p(Math.exp(-1)) }),
  },
  {
    code: "R3",
    name: "logits-as-probabilities",
    applies: ({ output, outputParameters, loss }) => {
      const [low, high] = valuesOf(output, outputParameters);
      if (known(loss).kind === "probability_loss") return low < 0 || high > 1;
      const free = output !== "log_softmax" && !SQUASHES.includes(output) && high > 0;
      return free && known(loss).takes === "log_probabilities";
    },
  },
  { code: "R4", name: "softmax-without-log", applies: (
    { output, loss, n },
  ) => loss === "nll" && output === "softmax" && n > 1 },
  {
    code: "R6",
    name: "softmax-with-binary-cross-entropy",
    applies: ({ output, loss, n }) => loss === "binary_cross_entropy" && output === "softmax" && n > 1,
  },
  {
    code: "R7",
    name: "unreachable-targets",
    applies: ({ output, outputParameters, loss, target, n }) => {
      if (n > 1 || known(loss).kind !== "residual_loss") return false;
      const [low, high] = valuesOf(output, outputParameters);
      return target < low || target > high;
    },
  },
  {
    code: "R16",
    name: "activated-logits",
    applies: ({ output, outputParameters, loss }) =>
      known(loss).takes === "logits" &&
      !isRowOutput(output) &&
      !SQUASHES.includes(output) &&
      !free(output, outputParameters),
  },
  { code: "R17", name: "kl-arguments", applies: (
    { output, loss, n },
  ) => DIVERGENCES.includes(loss) && output === "softmax" && n > 1 },
];

const isRowOutput = (output) => known(output).kind === "row_activation";

export function findings(pair) {
  return RULES.filter((rule) => rule.applies(pair)).map(
    (rule) => ({ ...rule, values: rule.numbers?.(pair) ?? {} }),
  );
}
