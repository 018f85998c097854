"""The pair: what reaches the logit is the library's, and wrong pairs are named as the doctor names them."""

import json

import numpy as np
import pytest

import slopes
from slopes.doctor.checks import checks, network_checks
from slopes.doctor.checks.plateaus import known
from slopes.explorer.site import HERE
from tests.explorer.test_page import visit

COMPOSE = """async ([output, loss, target, z]) => {
  const library = await import("./library.js");
  await library.load();
  const { compose } = await import("./composition.js");
  const given = { outputParameters: library.defaults(output), lossParameters: library.defaults(loss) };
  const at = compose(output, loss, { ...given, target, n: target.length });
  return z.map((one) => Object.values(at(one)));
}"""
FINDINGS = """async (pairs) => {
  await (await import("./library.js")).load();
  const { findings } = await import("./rules.js");
  const plain = ({ code, name, values }) => [code, name, values.floor ?? null];
  return pairs.map((pair) => findings(pair).map(plain));
}"""
RULES = """async () => (await import("./rules.js")).RULES.map(({ code, name }) => [code, name])"""
STEP = 1e-4


def loss_of(output, loss, target, z):
    """The loss behind an output, by the public functions."""
    rows = np.zeros((len(z), len(target)))
    rows[:, 0] = z
    prediction = slopes.get(output)(rows)
    function = slopes.get(loss)
    if function.kind == "row_loss":
        return function(prediction, np.tile(target, (len(z), 1)), reduction="none")
    return function(prediction, np.tile(target, (len(z), 1)), reduction="none").sum(-1)


@pytest.mark.parametrize(
    ("output", "loss", "target"),
    [
        ("sigmoid", "mse", [1.0]),
        ("sigmoid", "binary_cross_entropy", [0.25]),
        ("identity", "binary_cross_entropy_with_logits", [1.0]),
        ("tanh", "hinge", [-1.0]),
        ("softplus", "poisson_deviance", [2.0]),
        ("softmax", "mse", [1.0, 0.0, 0.0]),
        ("softmax", "cross_entropy", [0.0, 1.0, 0.0]),
        ("log_softmax", "nll", [1.0, 0.0, 0.0, 0.0]),
        ("gelu", "cross_entropy", [1.0, 0.0]),
    ],
)
def test_what_reaches_the_logit_is_the_derivative_of_the_loss(page, site, output, loss, target):
    visit(page, site, "")
    z = np.linspace(-5.03, 5.07, 41)
    found = np.array(page.evaluate(COMPOSE, [output, loss, target, z.tolist()]))
    prediction, value, gradient, curvature = found.T
    at = {step: loss_of(output, loss, target, z + step * STEP) for step in (-2, -1, 0, 1, 2)}
    slope = (8 * (at[1] - at[-1]) - (at[2] - at[-2])) / (12 * STEP)
    bend = (16 * (at[1] + at[-1]) - (at[2] + at[-2]) - 30 * at[0]) / (12 * STEP**2)
    rows = np.zeros((len(z), len(target)))
    rows[:, 0] = z
    np.testing.assert_allclose(prediction, slopes.get(output)(rows)[:, 0], rtol=1e-12)
    np.testing.assert_allclose(value, at[0], rtol=1e-12)
    np.testing.assert_allclose(gradient, slope, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(curvature, bend, rtol=1e-4, atol=1e-6)


def test_wrong_pairs_are_named_as_the_doctor_names_them(page, site):
    visit(page, site, "")
    rules = page.evaluate(RULES)
    theirs = {(rule.code, rule.name): rule.text for rule in (*checks, *network_checks)}
    words = json.loads((HERE / "words" / "en.json").read_text())
    assert {(code, name): words[f"rule.{name}"] for code, name in rules}.items() <= theirs.items()
    assert len(rules) >= 10


def test_each_wrong_pair_is_found_and_right_ones_are_left_alone(page, site):
    visit(page, site, "")
    wrong = {
        ("softmax", "mse", 1): ["softmax-of-one"],
        ("identity", "cross_entropy", 1): ["one-class"],
        ("softmax", "cross_entropy", 4): ["second-softmax"],
        ("sigmoid", "binary_cross_entropy_with_logits", 1): ["second-sigmoid"],
        ("tanh", "binary_cross_entropy", 1): ["logits-as-probabilities"],
        ("softmax", "nll", 3): ["softmax-without-log"],
        ("softmax", "binary_cross_entropy", 3): ["softmax-with-binary-cross-entropy"],
        ("sigmoid", "mse", 1): ["unreachable-targets"],
        ("relu", "cross_entropy", 3): ["activated-logits"],
        ("softmax", "kl_divergence", 3): ["kl-arguments"],
        ("log_softmax", "nll", 3): [],
        ("identity", "huber", 1): [],
        ("identity", "cross_entropy", 3): [],
        ("sigmoid", "binary_cross_entropy", 1): [],
        ("softplus", "poisson_deviance", 1): [],
    }
    pairs = [
        {"output": o, "loss": loss, "target": 2 if (o, loss) == ("sigmoid", "mse") else 1, "n": n}
        for o, loss, n in wrong
    ]
    found = page.evaluate(FINDINGS, pairs)
    assert [[name for _, name, _ in one] for one in found] == list(wrong.values())
    floors = {name: floor for one in found for _, name, floor in one if floor}
    plateaus = [plateau.value for plateau in known(4)]
    assert floors["second-softmax"] == pytest.approx(plateaus[1], rel=1e-12)
    assert floors["second-sigmoid"] == pytest.approx(np.log1p(np.exp(-1)), rel=1e-12)


def test_parameters_move_what_an_output_can_reach(page, site):
    visit(page, site, "")
    pairs = [
        {"output": "elu", "outputParameters": {"alpha": alpha}, "loss": "mse", "target": -1.5, "n": 1}
        for alpha in (1.0, 2.0)
    ]
    assert [[name for _, name, _ in one] for one in page.evaluate(FINDINGS, pairs)] == [
        ["unreachable-targets"],
        [],
    ]


def test_a_plateau_is_where_no_gradient_arrives_though_the_loss_is_high(page, site):
    page.goto(site + "#pair?out=sigmoid&loss=mse&target=1&lang=en")
    page.wait_for_function("() => document.documentElement.dataset.shown")
    text = page.inner_text(".plateau")
    assert "from logit −12 to −5" in text
    assert "loss of about 1," in text
    page.goto(site + "#pair?out=identity&loss=binary_cross_entropy_with_logits&target=1&lang=en")
    page.wait_for_selector(".fine")
    assert page.locator(".plateau").count() == 0
