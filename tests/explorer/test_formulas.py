"""Precision, chain and your own: formulas are read and differentiated rightly, rounded as formats round."""

import json
import subprocess
import sys

import numpy as np
import pytest
import torch

from tests.explorer.test_page import curves, visit

ROUND = """async ([format, numbers]) => {
  const { FORMATS } = await import("./rounding.js");
  return numbers.map((x) => `${FORMATS[format](x)}`.replace("Infinity", "inf"));
}"""
AGREE = """async () => {
  const library = await import("./library.js");
  await library.load();
  const { prepare } = await import("./views/precision.js");
  const apart = {};
  const inside = ([low, high]) => (x) => low < x && x < high;
  for (const name of library.names().filter((name) => !library.isRow(name))) {
    const { naive, exact, ends } = prepare(name, library.known(name).text);
    const x = Array.from({ length: 59 }, (_, i) => -2.93 + i / 10.3).filter(inside(ends));
    const far = (i) => (at) => Math.abs(naive.float64[i](at) - exact[i](at)) / (1 + Math.abs(exact[i](at)));
    apart[name] = [x.length, ...[0, 1].map((i) => Math.max(...x.map(far(i))))];
  }
  return apart;
}"""
READ = """async (texts) => {
  const { compile, differentiate, parse } = await import("./formula.js");
  return texts.map((text) => {
    try {
      const tree = parse(text);
      return [tree, differentiate(tree, "x")].map((one) => compile(one)({ x: 0.5, a: 3 }));
    } catch (error) {
      return error.key ?? `${error}`;
    }
  });
}"""
WRITE = """async (texts) => {
  const { parse, variables } = await import("./formula.js");
  const { definition } = await import("./definition.js");
  return texts.map((text) => {
    const names = [...variables(parse(text))].filter((name) => name !== "x");
    return definition(text, parse(text), Object.fromEntries(names.map((name) => [name, 1.5])));
  });
}"""
CHAIN = """async ([name, gain]) => {
  const library = await import("./library.js");
  await library.load();
  const { run } = await import("./network.js");
  const [value, derivative] = library.orders(name, library.defaults(name));
  const found = run({ value, derivative }, { layers: 6, gain, width: 16, examples: 8, seed: 3 });
  const numbers = (rows) => rows.map((row) => [...row]);
  return { signals: numbers(found.signals), gradients: numbers(found.gradients), dead: found.dead };
}"""
EXECUTE = """
import json, sys
import numpy as np
from slopes.backends.numpy_math import MATH
x = np.array(json.load(sys.stdin)["x"])
found = []
for i, text in enumerate(json.loads(sys.argv[1])):
    names = {"__name__": f"slopes.activations.your_function_{i}"}
    exec(text, names)
    f = type("Named", (), {})
    f = names["YourFunction"](**{n: 1.5 for n in names["YourFunction"].bounds()})
    with np.errstate(all="ignore"):
        methods = (f.value, f.derivative, f.second_derivative)
        found.append([np.broadcast_to(method(MATH, x), x.shape).tolist() for method in methods])
print(json.dumps(found))
"""


def test_formats_round_as_numpy_and_torch_round(page, site):
    visit(page, site, "")
    g = np.random.default_rng(0)
    x = (g.uniform(-3, 3, 4000) * 10.0 ** g.integers(-44, 39, 4000)).astype(np.float32).astype(np.float64)
    halves = np.arange(1, 2048, 2) / 2.0**25  # ties of float16's subnormal numbers
    x = np.concatenate([x, halves, [65519.0, 65520.0, float(np.float32(3.3961775e38)), 0.0]])
    with np.errstate(over="ignore"):
        wanted = {
            "float32": x.astype(np.float32).astype(float),
            "float16": x.astype(np.float16).astype(float),
            "bfloat16": torch.tensor(x, dtype=torch.float32).bfloat16().double().numpy(),
        }
    for name, want in wanted.items():
        got = np.array([float(text) for text in page.evaluate(ROUND, [name, x.tolist()])])
        np.testing.assert_array_equal(got, want)


def test_the_textbooks_formulas_and_their_derivatives_are_the_library_s(page, site):
    visit(page, site, "")
    apart = page.evaluate(AGREE)
    assert len(apart) > 80
    far = {name: d for name, d in apart.items() if d[0] < 9 or not max(d[1:]) < 1e-9}
    assert far == {}


def test_formulas_are_read_as_python_reads_them(page, site):
    visit(page, site, "")
    texts = [
        "-x**2",
        "2**-x",
        "x - 1 - a",
        "8 / a / x",
        "a if x < 1 else 2 if x < 3 else 4",
        "x ^ a ^ 2",
        "-x * a",
    ]
    texts += [
        "1.5e-1 * x",
        ".5 * x",
        "max(x, a) + min(x, a)",
        "(x + a) * 2",
        "ln(x) + atan(x)",
        "+x",
        "a ** x",
    ]
    names = {"x": 0.5, "a": 3, "ln": np.log, "atan": np.arctan, "max": max, "min": min}
    step = 1e-6
    for text, (value, slope) in zip(texts, page.evaluate(READ, texts), strict=True):
        python = text.replace("^", "**")
        up, down = (eval(python, {**names, "x": 0.5 + h}) for h in (step, -step))
        assert value == pytest.approx(eval(python, names), rel=1e-14), text
        assert slope == pytest.approx((up - down) / (2 * step), rel=1e-6, abs=1e-9), text


def test_what_is_no_formula_is_refused_and_nothing_is_run(page, site):
    visit(page, site, "")
    refused = {
        "": "formula.end",
        "x +": "formula.end",
        "x x": "formula.unexpected",
        "(x": "formula.end",
        "x; alert(1)": "formula.character",
        "alert(1)": "formula.function",
        "constructor(x)": "formula.function",
        "x.constructor": "formula.character",
        "exp(x, x)": "formula.arguments",
        "x if x else 1": "formula.unexpected",
        "a if": "formula.end",
        "(" * 300 + "x" + ")" * 300: "formula.deep",
        "x" + " + x" * 1000: "formula.long",
        "`x`": "formula.character",
    }
    assert page.evaluate(READ, list(refused)) == list(refused.values())
    value, _ = page.evaluate(READ, ["constructor * x"])[0]
    assert np.isnan(value)  # a name like any other, which has no value here


def test_a_typed_formula_becomes_a_definition_with_the_same_numbers(page, site):
    texts = [
        "x * sigmoid(beta * x)",
        "x / (1 + abs(x)^3)",
        "softplus(x) - ln(2) if x >= 0 else a * (exp(x) - 1)",
        "max(x, -1) + min(x, 1) - relu(x)**2 / 8",
        "tanh(x) * erf(x) + ndtr(x) - npdf(x) + cosh(x / 4)",
        "sin(x) if x <= 0.5 else x**2 if x != 1 else 2",
        "3",
    ]
    visit(page, site, "#own?lang=en")
    files = page.evaluate(WRITE, texts)
    page.evaluate("() => (document.querySelector('.chart').layout = null)")
    drawn = []
    for text in texts:
        visit(page, site, "#own?lang=en&p.beta=1.5&p.a=1.5")
        page.get_by_label("Formula of x").fill(text)
        page.wait_for_timeout(50)
        drawn.append([y for _, y in curves(page).values()][::-1])
        x = curves(page)["value"][0]
    run = [sys.executable, "-W", "error", "-c", EXECUTE, json.dumps(files)]
    done = subprocess.run(run, input=json.dumps({"x": x.tolist()}), capture_output=True, text=True)
    assert done.stderr == ""
    for text, ours, theirs in zip(texts, drawn, json.loads(done.stdout), strict=True):
        for mine, wanted in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(mine, wanted, rtol=1e-9, atol=1e-12, err_msg=text)


def test_the_nearest_function_of_a_known_formula_is_that_function(page, site):
    for text, name in (
        ("x / (1 + exp(-x))", "silu"),
        ("max(x, 0)", "relu"),
        ("x * (1 + erf(x / sqrt(2))) / 2", "gelu"),
    ):
        visit(page, site, "#own?lang=en")
        page.get_by_label("Formula of x").fill(text)
        assert page.locator("tbody th").first.inner_text() == name
    page.get_by_label("Formula of x").fill("x +")
    assert page.get_by_role("alert").inner_text() == "The formula ends too early."


def test_backwards_is_the_transpose_of_forwards(page, site):
    visit(page, site, "")
    found = page.evaluate(CHAIN, ["identity", 1.3])
    products = [np.dot(g, s) for g, s in zip(found["gradients"], found["signals"], strict=True)]
    np.testing.assert_allclose(products, products[0], rtol=1e-9)
    sizes = [np.sqrt(np.mean(np.square(s))) for s in found["signals"]]
    np.testing.assert_allclose(sizes[-1] / sizes[0], 1.3**5, rtol=0.5)
    assert page.evaluate(CHAIN, ["binary_step", 1.0])["dead"] == [1] * 6


def test_a_chain_says_what_becomes_of_signal_and_gradient(page, site):
    said = {
        "f=tanh&gain=0.3": ["signal fades", "gradient vanishes"],
        "f=identity&gain=3": ["signal explodes", "gradient explodes"],
        "f=relu": ["chain is alive"],
        "f=binary_step": ["gradient vanishes", "100 % of the units"],
    }
    for query, words in said.items():
        visit(page, site, f"#chain?lang=en&{query}")
        text = page.inner_text(".findings")
        assert [word for word in words if word not in text] == [], (query, text)


def test_the_naive_sigmoid_fails_where_its_exponential_overflows(page, site):
    visit(page, site, "#precision?f=sigmoid&format=float32&lang=en&log=0")
    x, y = curves(page)["textbook formula"]
    stable = curves(page)["library"][1]
    overflow = x < -np.log(float(np.finfo(np.float32).max))
    assert (y[overflow] == 0).all()
    assert (stable[overflow] > 0)[x[overflow] > -100].all()
    np.testing.assert_array_equal(stable, (1 / (1 + np.exp(-x))).astype(np.float32)[: len(x)])
    assert np.isnan(curves(page, 1)["textbook formula"][1][overflow]).all()
