// The code that calls a function at the chosen parameters, for each library.

import { defaults, isLoss, isRow, known } from "./library.js";

const python = (value) => (Number.isInteger(value) ? `${value}.0` : `${value}`);

// Parameters away from their defaults, as keyword arguments after `before`.
function keywords(name, parameters, before = "") {
  const moved = Object.entries(parameters).filter(([key, value]) => value !== defaults(name)[key]);
  const settings = moved.map(([key, value]) => `${key}=${python(value)}`);
  return [before, ...settings].filter(Boolean).join(", ");
}

// [library, code] of each library that can use the function.
export function code(name, parameters) {
  return [
    ["NumPy", numpy(name, parameters)],
    ["PyTorch", torch(name, parameters)],
    ["JAX", jax(name, parameters)],
    ["Keras", keras(name, parameters)],
    ...(known(name).boosted ? [["XGBoost", xgboost(name, parameters)]] : []),
  ];
}

// What a loss is given in these examples: logits by class index, log-probabilities, or numbers.
function given(name) {
  return isRow(name) ? "scores, target" : "prediction, target";
}

function numpy(name, parameters) {
  const call = (method, before) => `slopes.${name}${method}(${keywords(name, parameters, before)})`;
  if (isLoss(name)) {
    const lines = ["", ".gradient", ".hessian"].map((method) => call(method, given(name)));
    return `import slopes\n\nloss = ${lines[0]}\ngradient = ${lines[1]}\nhessian = ${lines[2]}`;
  }
  if (isRow(name)) return `import slopes\n\ny = ${call("", "x")}\nback = ${call(".vjp", "x, cotangent")}`;
  return [
    "import slopes",
    "",
    `y = ${call("", "x")}`,
    `slope = ${call(".derivative", "x")}`,
    `bend = ${call(".derivative", "x, order=2")}`,
  ].join("\n");
}

function torch(name, parameters) {
  const quoted = keywords(name, parameters, `"${name}"`);
  const made = `slopes.torch.${isLoss(name) ? "Loss" : "Activation"}(${quoted})`;
  if (isLoss(name)) {
    return `import slopes.torch\n\ncriterion = ${made}\nloss = criterion(${given(name)})\nloss.backward()`;
  }
  const lines = [`layer = ${made}`, "model = nn.Sequential(nn.Linear(16, 16), layer)"];
  return `import slopes.torch\nfrom torch import nn\n\n${lines.join("\n")}`;
}

function jax(name, parameters) {
  const call = (before) => `slopes.${name}(${keywords(name, parameters, before)})`;
  if (isLoss(name)) {
    const [prediction] = given(name).split(", ");
    return [
      "import jax",
      "import slopes",
      "",
      `loss = lambda ${prediction}: ${call(given(name))}`,
      `value, gradient = jax.value_and_grad(loss)(${prediction})`,
    ].join("\n");
  }
  return `import jax\nimport slopes\n\ny = jax.jit(lambda x: ${call("x")})(x)`;
}

function keras(name, parameters) {
  const quoted = keywords(name, parameters, `"${name}"`);
  if (isLoss(name)) {
    return `import slopes.keras\n\nmodel.compile("adam", loss=slopes.keras.Loss(${quoted}))`;
  }
  const lines = [
    `activation = slopes.keras.Activation(${quoted})`,
    "layer = keras.layers.Dense(16, activation=activation)",
  ];
  return `import keras\nimport slopes.keras\n\n${lines.join("\n")}`;
}

function xgboost(name, parameters) {
  const quoted = keywords(name, parameters, `"${name}"`);
  return [
    "import slopes.boosting",
    "import xgboost",
    "",
    `objective = slopes.boosting.xgboost(${quoted})`,
    "booster = xgboost.train(",
    '    {"base_score": objective.start(y)}, xgboost.DMatrix(x, y), 20,',
    "    obj=objective, custom_metric=objective.metric,",
    ")",
  ].join("\n");
}
