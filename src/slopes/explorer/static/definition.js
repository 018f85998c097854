// A typed formula as a definition file of the library, in its vocabulary.

import { differentiate, variables } from "./formula.js";

const BINDS = { "+": 1, "-": 1, "*": 2, "/": 2, negative: 2 };
const WORDS = {
  cosh: ([x]) => `(m.exp(${x}) + m.exp(-(${x}))) / 2`,
  max: ([x, y]) => `m.maximum(${x}, ${y})`,
  min: ([x, y]) => `m.minimum(${x}, ${y})`,
  ndtr: ([x]) => `m.ndtr_times(1.0, ${x})`,
  npdf: ([x]) => `m.normal_times(1.0, ${x})`,
  relu: ([x]) => `m.maximum(${x}, 0.0)`,
  sinh: ([x]) => `(m.exp(${x}) - m.exp(-(${x}))) / 2`,
  softplus: ([x]) => `m.maximum(${x}, 0.0) + m.log1p(m.exp(-m.abs(${x})))`,
}; // those that the vocabulary has under no name of their own
const LOOSE = ["cosh", "sinh", "softplus"];
const MOST = 4; // the largest whole power that is written as a product

// Python text of a tree in the vocabulary, and how tightly it binds.
function show(tree, tight = 0) {
  const [text, own] = expression(tree);
  return own < tight ? `(${text})` : text;
}

function expression(tree) {
  const { op, args } = tree;
  if (op === "number") return [literal(tree.value), tree.value < 0 ? 2 : 9];
  if (op === "name") return [tree.name === "x" ? "x" : `self.${tree.name}`, 9];
  if (op === "negative") return [`-${show(args[0], 3)}`, BINDS.negative];
  if (op === "**") return power(args);
  if (op === "if") return [`m.where(${condition(args[0])}, ${filled(args[1])}, ${filled(args[2])})`, 9];
  if (op in BINDS) {
    const own = BINDS[op];
    return [`${show(args[0], own)} ${op} ${show(args[1], own + 1)}`, own];
  }
  const inner = args.map((arg) => show(arg));
  const word = WORDS[tree.name];
  if (word) return [word(inner), LOOSE.includes(tree.name) ? 1 : 9];
  const whole = inner.map((text, i) => (args[i].op === "number" ? `m.fill(x, ${text})` : text));
  return [`m.${tree.name}(${whole.join(", ")})`, 9];
}

const literal = (value) => (Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : `${value}`);
const filled = (tree) => (variables(tree).has("x") ? show(tree) : `m.fill(x, ${show(tree)})`);

function power([base, exponent]) {
  const whole = exponent.op === "number" && Number.isInteger(exponent.value) ? exponent.value : undefined;
  if (whole !== undefined && Math.abs(whole) <= MOST && whole !== 0) {
    const product = Array(Math.abs(whole)).fill(show(base, 3)).join(" * ");
    return whole > 0 ? [product, 2] : [`1 / (${product})`, 2];
  }
  return [`m.power(${filled(base)}, ${show(exponent)})`, 9];
}

// The vocabulary has < and =; the others are these with sides exchanged or the outcome turned.
function condition({ op, args: [x, y] }) {
  const less = (a, b) => `m.less(${show(a)}, ${show(b)})`;
  if (op === "<") return less(x, y);
  if (op === ">") return less(y, x);
  if (op === "==") return `m.equal(${show(x)}, ${show(y)})`;
  throw new Error(`no word for ${op}`);
}

// Turns conditions that the vocabulary lacks into those it has: `a <= b` chooses as `b < a` does, exchanged.
function simplified(tree) {
  if (!tree.args) return tree;
  const args = tree.args.map(simplified);
  if (tree.op !== "if") return { ...tree, args };
  const [test, yes, no] = args;
  const turned = { "<=": [">", no, yes], ">=": ["<", no, yes], "!=": ["==", no, yes] }[test.op];
  return turned ? { ...tree, args: [{ ...test, op: turned[0] }, turned[1], turned[2]] } : { ...tree, args };
}

export function definition(text, tree, parameters) {
  const first = differentiate(tree, "x");
  const second = differentiate(first, "x");
  const method = (name, body) => [
    `    def ${name}(self, m: Math, x: T) -> T:`,
    `        return ${filled(simplified(body))}`,
  ];
  const fields = Object.entries(parameters).map(
    ([name, value]) => `    ${name}: float = parameter(${literal(value)}, "what ${name} does")`,
  );
  return [
    '"""Your function: what it does, in one sentence."""',
    "",
    "from math import inf",
    "",
    `from slopes.core import Activation, Facts, Math, T${fields.length ? ", parameter" : ""}`,
    "",
    "",
    "class YourFunction(Activation):",
    '    """What it does, in one sentence."""',
    "",
    ...fields,
    ...(fields.length ? [""] : []),
    `    formula = ${JSON.stringify(text.trim().replaceAll("^", "**"))}`,
    "    papers = ()",
    '    facts = Facts(range=(-inf, inf))',
    "",
    ...method("value", tree),
    "",
    ...method("derivative", first),
    "",
    ...method("second_derivative", second),
    "",
  ].join("\n");
}
