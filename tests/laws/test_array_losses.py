"""Losses of several arrays at 50 digits: the textbook's formula, gradients, and what facts claim."""

from inspect import signature

import mpmath as mp
import numpy as np
import pytest

from slopes.core.adjoint import record
from tests.laws.batches import WORDS, arguments, direction, exact, shape_of
from tests.laws.reference import M, close

H = mp.mpf("1e-17")
SEEDS = range(4)


def inputs(definition, seed, **options):
    return {name: exact(x) for name, x in arguments(definition, seed, **options).items()}


def floats(definition):
    """The places of the arrays that have a derivative, learned or not."""
    discrete = ("label", "class", "binary", "sign")
    return [i for i, a in enumerate(definition.arrays.values()) if a.domain not in discrete]


def written(definition, given):
    """Arrays of bodies as users write them."""
    shapes = (shape_of(array.shape, written=True) for array in definition.arrays.values())
    return [x.reshape(shape) for x, shape in zip(given, shapes, strict=True)]


def textbook(definition, given, names):
    """The formula at every index of the result; single numbers stand for themselves."""
    values = [x[()] if x.ndim == 0 else x for x in written(definition, given)]
    known = WORDS | dict(zip(names, values, strict=True)) | definition.parameters
    count = int(np.prod(shape_of(definition.result)))
    return [eval(definition.formula, {"__builtins__": {}} | known | {"i": i}) for i in range(count)]


@pytest.mark.parametrize("seed", SEEDS)
def test_textbook_formula_is_the_value(array_loss, seed):
    names = tuple(signature(array_loss.value).parameters)[1:]
    given = list(inputs(array_loss, seed).values())
    value = array_loss.value(M, *given)
    assert np.shape(value) == shape_of(array_loss.result)
    assert close(textbook(array_loss, given, names), value, "1e-40")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradient_is_the_derivative_in_every_array(array_loss, seed):
    given = list(inputs(array_loss, seed, loop=(2,)).values())
    for i in floats(array_loss):
        value, pull = record(M, array_loss.value, given, (i,))
        c, t = direction(value, seed), direction(given[i], seed + 10)
        ends = [
            np.sum(c * array_loss.value(M, *given[:i], given[i] + s * H * t, *given[i + 1 :]))
            for s in (1, -1)
        ]
        assert close([(ends[0] - ends[1]) / (2 * H)], [np.sum(pull(c)[0] * t)], "1e-12")


def test_the_gradient_of_the_gradient_is_the_second_derivative(array_loss):
    given = list(inputs(array_loss, 1).values())
    for i in floats(array_loss):

        def gradient(m, x, i=i):
            value, pull = record(m, array_loss.value, (*given[:i], x, *given[i + 1 :]), (i,))
            return pull(m.fill(value, 1.0))[0]

        slope, pull = record(M, gradient, (given[i],), (0,))
        c, t = direction(slope, 5), direction(given[i], 6)
        ends = [np.sum(c * gradient(M, given[i] + s * H * t)) for s in (1, -1)]
        assert close([(ends[0] - ends[1]) / (2 * H)], [np.sum(pull(c)[0] * t)], "1e-11")


def test_gradients_are_given_in_what_models_learn(array_loss):
    op = array_loss.op()
    given = list(inputs(array_loss, 0).values())
    value = op.body(M, *given)
    c = direction(value, 1)
    same, *pulled = op.with_gradient(M, *given, c)
    assert close(same, value, "1e-45")
    for i, got in zip(op.learned, pulled, strict=True):
        assert close(got, record(M, array_loss.value, given, (i,))[1](c)[0], "1e-45")


def test_the_value_keeps_its_range(array_loss):
    low, high = (mp.mpf(end) for end in array_loss.facts.range)
    for seed in range(12):
        for scale in ("0.001", "1", "1000"):
            given = inputs(array_loss, seed)
            for name, array in array_loss.arrays.items():
                if array.domain in ("real", "positive") and name in array_loss.learned():
                    given[name] = given[name] * mp.mpf(scale)
            value = np.ravel(array_loss.value(M, *given.values()))
            assert all(low <= v <= high for v in value)


def value_changes(array_loss, change):
    """Whether a change of the named arrays changes the value."""
    given = inputs(array_loss, 2)
    before = array_loss.value(M, *given.values())
    change(given)
    return not close(before, array_loss.value(M, *given.values()), "1e-40")


def test_what_may_be_exchanged_may_be_exchanged(array_loss):
    names = list(array_loss.arrays)
    pairs = [(a, b) for a in names for b in names if names.index(a) < names.index(b)]
    for a, b in pairs:
        one, other = array_loss.arrays[a], array_loss.arrays[b]
        if (one.shape, one.domain) != (other.shape, other.domain):
            continue

        def exchange(given, a=a, b=b):
            given[a], given[b] = given[b], given[a]

        assert value_changes(array_loss, exchange) == ({a, b} != set(array_loss.facts.symmetric))


def test_the_scale_of_what_is_said_to_have_none_does_not_matter(array_loss):
    for name, array in array_loss.arrays.items():
        if array.domain != "real":
            continue

        def scaled(given, name=name):
            given[name] = given[name] * 3

        assert value_changes(array_loss, scaled) == (name not in array_loss.facts.scale)


def test_a_shift_of_everything_matters_unless_facts_say_otherwise(array_loss):
    moved = [name for name, array in array_loss.arrays.items() if array.domain in ("real", "box")]

    def shifted(given):
        for name in moved:
            given[name] = given[name] + 3

    assert not moved or value_changes(array_loss, shifted) != array_loss.facts.shift
