// Formulas that people type: parsed, differentiated and evaluated here, and never run as code.
//
// A formula is a tree of { op, args } over numbers and names. The grammar is that of Python's expressions, as
// the library's own formulas are written; `^` is a power too.

import * as M from "./math.js";

const PI = { op: "number", value: Math.PI };
const E = { op: "number", value: Math.E };
const number = (value) => ({ op: "number", value });
const node = (op, ...args) => ({ op, args });
const call = (name, ...args) => ({ op: "call", name, args });
const isNumber = (tree, value) => tree.op === "number" && (value === undefined || tree.value === value);

// Each function: how many arguments, its value, and its derivatives in them.
const FUNCTIONS = {
  abs: [1, M.abs, (x) => [call("sign", x)]],
  arctan: [1, M.arctan, (x) => [divide(number(1), add(number(1), power(x, number(2))))]],
  cos: [1, M.cos, (x) => [negative(call("sin", x))]],
  cosh: [1, Math.cosh, (x) => [call("sinh", x)]],
  erf: [
    1,
    M.erf,
    (x) => [multiply(divide(number(2), call("sqrt", PI)), call("exp", negative(power(x, number(2)))))],
  ],
  exp: [1, M.exp, (x) => [call("exp", x)]],
  expm1: [1, M.expm1, (x) => [call("exp", x)]],
  log: [1, M.log, (x) => [divide(number(1), x)]],
  log1p: [1, M.log1p, (x) => [divide(number(1), add(number(1), x))]],
  max: [2, M.maximum, (x, y) => [choose("<", y, x), choose("<", x, y)]],
  min: [2, M.minimum, (x, y) => [choose("<", x, y), choose("<", y, x)]],
  ndtr: [1, (x) => M.ndtr_times(1, x), (x) => [call("npdf", x)]],
  npdf: [1, (x) => M.normal_times(1, x), (x) => [negative(multiply(x, call("npdf", x)))]],
  relu: [1, (x) => M.maximum(x, 0), (x) => [call("step", x)]],
  sigmoid: [1, M.sigmoid, (x) => [multiply(call("sigmoid", x), call("sigmoid", negative(x)))]],
  sign: [1, M.sign, () => [number(0)]],
  sin: [1, M.sin, (x) => [call("cos", x)]],
  sinh: [1, Math.sinh, (x) => [call("cosh", x)]],
  softplus: [1, (x) => M.maximum(x, 0) + M.log1p(M.exp(-M.abs(x))), (x) => [call("sigmoid", x)]],
  sqrt: [1, M.sqrt, (x) => [divide(number(1), multiply(number(2), call("sqrt", x)))]],
  step: [1, M.step, () => [number(0)]],
  tanh: [1, M.tanh, (x) => [subtract(number(1), power(call("tanh", x), number(2)))]],
};
const ALIASES = { ln: "log", atan: "arctan", maximum: "max", minimum: "min" };
const SPECIAL = { pi: PI, e: E };
const COMPARE = {
  "<": (x, y) => x < y,
  "<=": (x, y) => x <= y,
  ">": (x, y) => x > y,
  ">=": (x, y) => x >= y,
  "==": (x, y) => x === y,
  "!=": (x, y) => x !== y,
};
const ARITHMETIC = { "+": (x, y) => x + y, "-": (x, y) => x - y, "*": (x, y) => x * y, "/": (x, y) => x / y };
const MOST = 2000; // characters of a formula
const DEEPEST = 200; // parentheses within parentheses

const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

export const functionNames = Object.keys(FUNCTIONS);

// What is wrong with a formula, for `t`: a key and its values.
export class FormulaError extends Error {
  constructor(key, values) {
    super(key);
    Object.assign(this, { key, values });
  }
}

export function parse(text) {
  if (text.length > MOST) throw new FormulaError("formula.long", { most: MOST });
  const tokens = tokenise(text);
  let at = 0;
  let depth = 0;
  const next = () => tokens[at]?.text;
  const take = (...wanted) => (wanted.includes(next()) ? tokens[at++].text : undefined);
  const wrong = () =>
    tokens[at]
      ? new FormulaError("formula.unexpected", { text: tokens[at].text, at: tokens[at].at + 1 })
      : new FormulaError("formula.end", {});
  const need = (wanted) => {
    if (take(wanted) === undefined) throw wrong();
  };
  const chain = (signs, inner) => () => {
    let left = inner();
    for (let sign = take(...signs); sign; sign = take(...signs)) left = node(sign, left, inner());
    return left;
  };

  function expression() {
    if ((depth += 1) > DEEPEST) throw new FormulaError("formula.deep", {});
    const value = sum();
    let result = value;
    if (take("if")) {
      const condition = comparison();
      need("else");
      result = node("if", condition, value, expression());
    }
    depth -= 1;
    return result;
  }
  function comparison() {
    const left = sum();
    const sign = take(...Object.keys(COMPARE));
    if (!sign) throw wrong();
    return node(sign, left, sum());
  }
  function unary() {
    if (take("-")) return node("negative", unary());
    if (take("+")) return unary();
    const base = primary();
    return take("**", "^") ? node("**", base, unary()) : base;
  }
  const product = chain(["*", "/"], unary);
  const sum = chain(["+", "-"], product);
  function primary() {
    const token = tokens[at];
    if (!token) throw wrong();
    if (take("(")) {
      const inside = expression();
      need(")");
      return inside;
    }
    at += 1;
    if (token.kind === "number") return number(Number(token.text));
    if (token.kind !== "name" || ["if", "else"].includes(token.text)) {
      at -= 1;
      throw wrong();
    }
    if (next() !== "(") return own(SPECIAL, token.text) ?? { op: "name", name: token.text };
    return application(token);
  }
  function application(token) {
    const name = own(ALIASES, token.text) ?? token.text;
    if (!Object.hasOwn(FUNCTIONS, name)) throw new FormulaError("formula.function", { name: token.text });
    need("(");
    const args = [expression()];
    while (take(",")) args.push(expression());
    need(")");
    if (args.length !== FUNCTIONS[name][0]) {
      throw new FormulaError("formula.arguments", { name, wanted: FUNCTIONS[name][0], given: args.length });
    }
    return call(name, ...args);
  }

  const tree = expression();
  if (at < tokens.length) throw wrong();
  return tree;
}

function tokenise(text) {
  const pattern = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|[<>=!]=|[-+*/^()<>,]))/y;
  const tokens = [];
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const start = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found) throw new FormulaError(
      "formula.character",
      { text: text.slice(start).trim()[0], at: start + 1 },
    );
    const [, numeric, name, sign] = found;
    const part = numeric ?? name ?? sign;
    tokens.push(
      { text: part, kind: numeric ? "number" : name ? "name" : "sign", at: pattern.lastIndex - part.length },
    );
  }
  return tokens;
}

// The names in a formula that are neither functions nor constants.
export function variables(tree) {
  if (tree.op === "name") return new Set([tree.name]);
  return new Set((tree.args ?? []).flatMap((arg) => [...variables(arg)]));
}

// A function of a dictionary of numbers; `round` is applied to every operand and result.
export function compile(tree, round = (x) => x) {
  if (tree.op === "number") {
    const value = round(tree.value);
    return () => value;
  }
  if (tree.op === "name") return (given) => round(own(given, tree.name));
  const args = tree.args.map((arg) => compile(arg, round));
  const [f, g, k] = args;
  if (tree.op === "negative") return (given) => -f(given);
  if (tree.op === "if") return (given) => (f(given) ? g(given) : k(given));
  if (tree.op === "**") return (given) => round(raise(f(given), g(given)));
  if (tree.op in COMPARE) return (given) => COMPARE[tree.op](f(given), g(given));
  const operation = tree.op === "call" ? FUNCTIONS[tree.name][1] : ARITHMETIC[tree.op];
  if (args.length === 1) return (given) => round(operation(f(given)));
  return (given) => round(operation(f(given), g(given)));
}

const raise = (x, p) => (x === 1 ? 1 : x ** p);

// The derivative, lightly simplified.
export function differentiate(tree, name) {
  const d = (inner) => differentiate(inner, name);
  const [a, b, c] = tree.args ?? [];
  switch (tree.op) {
    case "number":
      return number(0);
    case "name":
      return number(tree.name === name ? 1 : 0);
    case "negative":
      return negative(d(a));
    case "+":
      return add(d(a), d(b));
    case "-":
      return subtract(d(a), d(b));
    case "*":
      return add(multiply(d(a), b), multiply(a, d(b)));
    case "/":
      if (isNumber(d(b), 0)) return divide(d(a), b);
      return subtract(divide(d(a), b), divide(multiply(a, d(b)), power(b, number(2))));
    case "**":
      if (isNumber(d(b), 0)) return multiply(multiply(b, power(a, subtract(b, number(1)))), d(a));
      return multiply(tree, add(multiply(d(b), call("log", a)), divide(multiply(b, d(a)), a)));
    case "if":
      return isNumber(d(b)) && isNumber(d(c)) && d(b).value === d(c).value ? d(b) : node("if", a, d(b), d(c));
    default: {
      const outer = FUNCTIONS[tree.name][2](...tree.args);
      return tree.args.map((arg, i) => multiply(outer[i], d(arg))).reduce(add);
    }
  }
}

const choose = (sign, x, y) => node("if", node(sign, x, y), number(1), number(0));

function negative(a) {
  if (isNumber(a)) return number(a.value === 0 ? 0 : -a.value);
  return a.op === "negative" ? a.args[0] : node("negative", a);
}

function add(a, b) {
  if (isNumber(a, 0)) return b;
  if (isNumber(b, 0)) return a;
  if (isNumber(a) && isNumber(b)) return number(a.value + b.value);
  return b.op === "negative" ? node("-", a, b.args[0]) : node("+", a, b);
}

function subtract(a, b) {
  if (isNumber(b, 0)) return a;
  if (isNumber(a, 0)) return negative(b);
  if (isNumber(a) && isNumber(b)) return number(a.value - b.value);
  return b.op === "negative" ? node("+", a, b.args[0]) : node("-", a, b);
}

function multiply(a, b) {
  if (isNumber(a, 0) || isNumber(b, 0)) return number(0);
  if (isNumber(a, 1)) return b;
  if (isNumber(b, 1)) return a;
  if (isNumber(a) && isNumber(b)) return number(a.value * b.value);
  if (a.op === "negative") return negative(multiply(a.args[0], b));
  if (b.op === "negative") return negative(multiply(a, b.args[0]));
  return isNumber(b) ? node("*", b, a) : node("*", a, b);
}

function divide(a, b) {
  if (isNumber(a, 0)) return a;
  if (isNumber(b, 1)) return a;
  return a.op === "negative" ? negative(node("/", a.args[0], b)) : node("/", a, b);
}

function power(a, b) {
  if (isNumber(b, 0)) return number(1);
  return isNumber(b, 1) ? a : node("**", a, b);
}
