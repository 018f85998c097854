"""Reverse mode: each word's rule is the derivative of that word, at 50 digits and on tensors."""

import mpmath as mp
import numpy as np
import pytest
import torch

from slopes.backends.numpy_math import NumpyMath
from slopes.backends.torch_math import DIFFERENTIABLE
from slopes.core.adjoint import FLAT, RULES, SIGNS, record
from slopes.emit.tape import WORDS
from tests.laws.batches import direction, exact
from tests.laws.reference import M, close

H = mp.mpf("1e-17")
X = exact(np.array([[0.3, -1.2, 0.7, 2.1], [-0.4, 1.9, 0.2, -2.6]]))
Y = exact(np.array([[1.4, 0.6, -0.9, 0.8], [-1.7, -0.3, 2.2, 1.1]]))
ABOVE = {"log", "log1p", "log1p_excess", "sqrt", "power"}  #: words of positive numbers
OPERANDS = {
    "where": (M.less(X, Y), X, Y),
    "power": (X, 1.7),
    "row_threshold": (X, 1.5),
    "row_half": (X, 1),
    "column": (X, 2),
    "matmul": (X, Y.T),
    "stft": (X, 4, 2, 3),
    "stft_back": (exact(np.arange(36.0).reshape(2, 3, 6) / 7 - 2), X, 4, 2, 3),
    "sum_to": (X, Y[:1]),
    "spread_to": (X[:1], Y),
}


def operands(word):
    given = OPERANDS.get(word) or (X, Y)[: len(RULES[word])]
    if word in ABOVE:
        return (M.abs(given[0]), *given[1:])
    return given


def run(m, word, *inputs):
    return SIGNS[word](*inputs) if word in SIGNS else getattr(m, word)(*inputs)


def places(word):
    inputs = operands(word)
    return [i for i, rule in enumerate(RULES[word]) if rule and not isinstance(inputs[i], float | int)]


def test_every_word_has_a_rule_or_is_flat():
    assert RULES.keys() | FLAT == WORDS | SIGNS.keys()
    assert not RULES.keys() & FLAT


@pytest.mark.parametrize("word", RULES)
def test_each_rule_is_the_derivative_of_its_word(word):
    inputs = operands(word)
    for i in places(word):
        value, pull = record(M, lambda m, *a: run(m, word, *a), inputs, (i,))
        c, t = direction(value, 3), direction(inputs[i], 4)
        ends = [
            np.sum(c * run(M, word, *inputs[:i], inputs[i] + s * H * t, *inputs[i + 1 :])) for s in (1, -1)
        ]
        (pulled,) = pull(c)
        assert np.shape(pulled) == np.shape(inputs[i])
        assert close([(ends[0] - ends[1]) / (2 * H)], [np.sum(pulled * t)], "1e-14")


@pytest.mark.parametrize("word", RULES)
def test_pulling_back_can_be_differentiated_again(word):
    inputs = operands(word)
    for i in places(word):

        def gradient(m, x, i=i):
            value, pull = record(m, lambda m, *a: run(m, word, *a), (*inputs[:i], x, *inputs[i + 1 :]), (i,))
            return pull(m.sin(value))[0]

        slope, pull = record(M, gradient, (inputs[i],), (0,))
        c, t = direction(slope, 5), direction(inputs[i], 6)
        ends = [np.sum(c * gradient(M, inputs[i] + s * H * t)) for s in (1, -1)]
        assert close([(ends[0] - ends[1]) / (2 * H)], [np.sum(pull(c)[0] * t)], "1e-13")


@pytest.mark.parametrize("word", RULES)
def test_the_words_on_tensors_are_those_of_the_reference(word):
    inputs = [i if isinstance(i, int | float) else np.array(i, np.float64) for i in operands(word)]
    if word == "where":
        inputs[0] = inputs[0].astype(bool)
    tensors = [torch.tensor(i) if isinstance(i, np.ndarray) else i for i in inputs]
    want = np.array(run(M, word, *operands(word)), np.float64)
    np.testing.assert_allclose(run(DIFFERENTIABLE, word, *tensors).numpy(), want, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("word", ["row_norm", "row_unit", "sqrt"])
def test_norms_and_roots_have_derivative_zero_at_zero(word):
    for m, zero in ((M, exact(np.zeros((2, 3)))), (DIFFERENTIABLE, torch.zeros(2, 3))):
        value, pull = record(m, lambda m, x: getattr(m, word)(x), (zero,), (0,))
        (pulled,) = pull(1 + value)
        assert not bool((pulled != 0).any())


@pytest.mark.parametrize(("word", "share"), [("maximum", (0, 1)), ("minimum", (0, 1))])
def test_at_a_tie_the_bound_takes_all(word, share):
    _, pull = record(M, lambda m, x, y: getattr(m, word)(x, y), (X, X), (0, 1))
    for got, want in zip(pull(1 + 0 * X), share, strict=True):
        assert (got == want).all()


@pytest.mark.parametrize("scale", [1e-200, 1e-30, 1.0, 1e30, 1e200])
def test_norms_neither_overflow_nor_vanish(scale):
    from slopes.backends.numpy_math import MATH

    x = scale * np.array([[3.0, 4.0], [0.0, -5.0]])
    np.testing.assert_allclose(MATH.row_norm(x), [[5 * scale], [5 * scale]], rtol=1e-15)
    np.testing.assert_allclose(DIFFERENTIABLE.row_norm(torch.tensor(x)).numpy(), MATH.row_norm(x), rtol=1e-15)
    np.testing.assert_array_equal(MATH.row_norm(np.array([[np.inf, 1.0]])), [[np.inf]])


def test_an_argument_that_does_not_matter_has_gradient_zero():
    _, pull = record(M, lambda m, x, y: m.row_sum(x) + m.sign(y), (X, Y), (0, 1))
    first, second = pull(1 + 0 * X)
    assert (first == 4).all()
    assert (second == 0).all()


def test_an_overflow_that_a_condition_leaves_out_sends_no_gradient():
    x = np.array([[1000.0, 2.0]])

    def body(m, x):
        return m.row_sum(m.where(m.less(x, 10.0), m.exp_difference(x, m.fill(x, 0.0)), 0.0))

    with np.errstate(all="ignore"):
        _, pull = record(NumpyMath(), body, (x,), (0,))
        (pulled,) = pull(np.ones((1, 1)))
    np.testing.assert_allclose(pulled, [[0.0, np.exp(2.0)]])
