import ast
import json
import re
from dataclasses import asdict, replace
from inspect import Parameter
from math import inf

import numpy as np
import pytest

import slopes
from slopes.api.function import Function
from slopes.catalog import card
from slopes.catalog.words import facts_in_words, number, smoothness
from slopes.core import ArrayLoss, Definition, Facts
from slopes.emit.formula import formulas
from tests.conftest import public
from tests.laws import batches

SCHOOL = {
    *(
        "abs",
        "arctan",
        "cos",
        "erf",
        "exp",
        "log",
        "log10",
        "max",
        "mean",
        "min",
        "pi",
        "sin",
        "sqrt",
        "sum",
        "tanh",
    )
}
PYTHON = {
    *(
        "if",
        "else",
        "and",
        "or",
        "not",
        "len",
        "zip",
        "maximum",
        "threshold",
        "for",
        "k",
        "in",
        "range",
        "set",
        "inf",
    )
}
NUMPY = {"log1p", "sign"}
DIRECTIONS = {"cotangent", "tangent"}


def words(text: str) -> set[str]:
    return set(re.findall(r"\b[A-Za-z_]\w*", text))


def arguments(function: Function) -> dict[str, object]:
    """Arguments that a function of this kind accepts."""
    rows = np.array([[-0.5, 0.25, -1.5, 2.0, -0.75, 0.0]])
    if isinstance(function.definition, ArrayLoss):
        return dict(batches.arguments(function.definition, written=True))
    if function.kind == "row_loss":
        row = [-0.5, -1.0, -2.0] if function.definition.ordered else np.log(np.full(3, 1 / 3))  # type: ignore[attr-defined]
        return {"prediction": np.array([row, row]), "target": np.array([0, 2])}
    target = np.array([1.0, 1.0])
    made: dict[str, object] = {"x": rows, "prediction": np.array([0.25, 0.75]), "target": target}
    if function.kind == "activation" and not function.definition.facts.everywhere:
        made["x"] = made["prediction"]
    if function.kind == "row_activation":
        made |= {"cotangent": np.ones_like(function(rows)), "tangent": rows}  # type: ignore[call-arg]
    return made


def bound(formula: str) -> set[str]:
    """The names that a formula itself introduces, by its loops."""
    names = (node for node in ast.walk(ast.parse(formula, mode="eval")) if isinstance(node, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}


def test_every_letter_of_the_formula_is_explained(anything: Definition) -> None:
    shown = card(public(anything))
    known = shown.symbols.keys() | {p.name for p in shown.parameters} | shown.functions.keys()
    known |= SCHOOL | PYTHON | bound(shown.formula)
    assert words(shown.formula) <= known


def test_every_word_of_the_expressions_is_explained(anything: Definition) -> None:
    shown = card(public(anything))
    known = shown.symbols.keys() | {p.name for p in shown.parameters} | shown.functions.keys()
    for formula in shown.expressions.values():
        lets = {name for name, _ in formula.lets}
        assert words(formula.result) <= known | lets | SCHOOL | PYTHON | NUMPY | DIRECTIONS
    assert all(shown.functions.values())


def test_expressions_are_those_of_the_definition(anything: Definition) -> None:
    shown = {name: str(text) for name, text in card(public(anything)).expressions.items()}
    assert shown == {name.replace("_", " "): text for name, text in formulas(anything).items()}


def test_example_calls_the_function_at_its_parameters(anything: Definition) -> None:
    function = public(anything)
    namespace = {"slopes": slopes, **arguments(function)}
    head, _, calls = card(function).example.partition("\n\n")
    assert head == "import slopes"
    found = (ast.get_source_segment(calls, node) for node in ast.parse(calls).body)
    first, *others = (eval(str(call), namespace) for call in found)
    required = [name for name, default in function.arguments if default is Parameter.empty]
    np.testing.assert_array_equal(first, function(*(namespace[name] for name in required)))
    assert len(others) == (1 if function.kind == "array_loss" else 2)
    for other in others:
        assert all(np.isfinite(part).all() for part in (other if isinstance(other, tuple) else (other,)))


def test_card_says_what_the_definition_says(anything: Definition) -> None:
    shown = card(public(anything))
    assert (shown.name, shown.formula, shown.kinks) == (anything.name, anything.formula, anything.kinks)
    assert (shown.papers, shown.aliases) == (anything.papers, anything.aliases)
    assert shown.elsewhere == dict(anything.elsewhere)
    assert {p.name: p.value for p in shown.parameters} == anything.parameters
    assert {p.name: p.default for p in shown.parameters} == type(anything)().parameters
    assert shown.summary.endswith(".")
    assert "\n" not in shown.summary


def test_card_is_plain_data(anything: Definition) -> None:
    plain = asdict(card(public(anything)))
    assert json.loads(json.dumps(plain))["name"] == anything.name


def test_facts_of_a_curve() -> None:
    assert card(slopes.Huber(delta=2.0)).facts == {
        "range": "0 to inf",
        "limits": "inf at -inf, inf at inf",
        "smoothness": "once continuously differentiable; the second derivative jumps at -2 and 2",
        "never decreasing": "no",
        "convex": "yes",
        "parity": "even",
        "Lipschitz constant": "2",
    }


def test_facts_of_a_row() -> None:
    facts = card(slopes.softmax).facts
    assert facts["range"] == "0 to 1"
    assert facts["total"] == "the entries of a result add up to 1"
    assert facts["shift"].startswith("invariant")
    assert card(slopes.maxout).facts["shift"].startswith("equivariant")
    assert "total" not in card(slopes.maxout).facts


def test_unbounded_derivative_is_said() -> None:
    assert card(slopes.mse).facts["Lipschitz constant"] == "none, the derivative is unbounded"


def test_limits_that_a_bounded_domain_lacks_are_not_shown() -> None:
    assert "limits" not in card(slopes.binary_cross_entropy).facts


@pytest.mark.parametrize(
    ("smooth", "words"),
    [
        (inf, "derivatives of every order"),
        (-1, "the value jumps at 0"),
        (0, "continuous; the first derivative jumps at 0"),
        (1, "once continuously differentiable; the second derivative jumps at 0"),
        (2, "2 times continuously differentiable; the third derivative jumps at 0"),
        (5, "5 times continuously differentiable; the derivative of order 6 jumps at 0"),
    ],
)
def test_smoothness_in_words(smooth: float, words: str) -> None:
    facts = Facts(range=(0, 1), smooth=smooth, breaks=() if smooth == inf else (0.0,))
    assert smoothness(facts) == words


def test_parity_and_monotony_in_words() -> None:
    facts = Facts(range=(-1, 1), monotone=True, parity="odd")
    assert facts_in_words(facts)["parity"] == "odd"
    assert facts_in_words(facts)["never decreasing"] == "yes"
    assert facts_in_words(replace(facts, parity=""))["parity"] == "neither even nor odd"


def test_numbers_are_short() -> None:
    assert [number(n) for n in (0, 1.0, -inf, 1 / 3)] == ["0", "1", "-inf", "0.3333333333"]
