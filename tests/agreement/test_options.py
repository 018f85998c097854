"""Weights, masks, reductions, axes, class weights and ignored classes mean on every framework what they mean
on NumPy; they do not depend on the function, so a few stand for all.
"""

import numpy as np
import pytest

import slopes
from tests.agreement.frameworks import FRAMEWORKS

RNG = np.random.default_rng(5)
X, T = RNG.standard_normal((2, 4, 6))
Y = RNG.integers(0, 6, 4)
ROWS, CLASSES, KEPT = np.linspace(0.5, 2, 4), np.arange(1.0, 7), np.array([True, False, True, True])
KEEP = RNG.uniform(size=(4, 6)) < 0.7
Q = RNG.dirichlet(np.ones(6), 4)
BOX = np.array([[0.0, 0, 2, 2], [1, 1, 3, 4]])


def every():
    """A call of a method with arrays and options, again and again."""
    for name in ("huber", "hinge", "binary_cross_entropy_with_logits"):
        f = slopes.get(name)
        t = np.sign(T) if name == "hinge" else 1 / (1 + np.exp(-T))
        for options in ({}, {"weight": np.abs(T)}, {"where": KEEP}, {"weight": ROWS[:, None], "where": KEEP}):
            for reduction in ("mean", "sum", "none"):
                yield f.value_and_gradient, (X, t), {**options, "reduction": reduction}
            yield f.gradient_and_hessian, (X, t), options
            yield f.hvp, (X, t, T), options
    for name in ("cross_entropy", "categorical_focal", "categorical_hinge"):
        f = slopes.get(name)
        both = {"class_weight": CLASSES, "weight": ROWS, "where": KEPT}
        for options in ({}, both, {"ignore_index": int(Y[0]), "class_weight": CLASSES}):
            for reduction in ("mean", "sum", "none"):
                yield f.value_and_gradient, (X, Y), {**options, "reduction": reduction}
            yield f.gradient_and_hessian, (X, Y), options
        yield f.full_hessian, (X, Y), {}
        yield f.gradient, (X.T, Y), {"axis": 0}
    for options in ({}, {"class_weight": CLASSES}, {"weight": ROWS, "label_smoothing": 0.1}):
        yield slopes.cross_entropy.value_and_gradient, (X, Q), options
    yield slopes.multilabel_soft_margin.value_and_gradient, (X, np.round(Q)), {"where": KEPT}
    yield slopes.coral.value_and_gradient, (X, Y), {"class_weight": np.arange(1.0, 8)}
    for name in ("softmax", "log_softmax", "sparsemax", "glu", "crelu", "maxout", "softmin"):
        f = slopes.get(name)
        for options in ({}, {"axis": 0}, {"where": np.roll(KEEP, 1) | (np.arange(6) < 2)}):
            yield f, (X,), options
            yield f.vjp, (X, np.full(f(T, **options).shape, 0.5)), options
            yield f.jvp, (X, T), options
    yield slopes.dice.value_and_gradient, (Q, np.round(Q)), {"axis": 1, "weight": ROWS, "where": KEEP}
    yield slopes.iou.value_and_gradient, (BOX, BOX + 0.5), {"where": np.array([True, False])}
    yield slopes.supervised_contrastive.value_and_gradient, (X, Y % 2), {"reduction": "sum"}
    yield slopes.generalized_dice, (Q, Q[::-1].copy()), {"axis": 0}
    yield slopes.class_balanced_weights, (np.array([900, 100]),), {"beta": 0.99}
    yield slopes.linear_cross_entropy, (X, T, Y % 4), {"class_weight": ROWS, "ignore_index": 1}
    yield slopes.linear_cross_entropy.value_and_gradient, (X, T, Y % 4, ROWS), {}
    yield slopes.prelu.vjp, (X, T), {"slope": CLASSES / 9}
    yield slopes.silu.parameter_derivative, (X, "beta"), {}


def flat(result):
    return [r for each in result for r in flat(each)] if isinstance(result, tuple) else [result]


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_every_option_means_what_it_means_on_numpy(name):
    framework = FRAMEWORKS[name]

    def there(value):
        return framework.array(value, "float64") if isinstance(value, np.ndarray) else value

    with framework.precision("float64"):
        for call, arrays, options in every():
            wanted = flat(call(*arrays, **options))
            moved = {key: there(value) for key, value in options.items()}
            found = flat(call(*map(there, arrays), **moved))
            for got, want in zip(found, wanted, strict=True):
                told = f"{name}: {call.__self__ if hasattr(call, '__self__') else call}, {list(options)}"
                assert tuple(got.shape) == np.shape(want), told
                rtol = 2e-6 if call is slopes.class_balanced_weights else 1e-12  # integers become float32
                np.testing.assert_allclose(framework.numpy(got), want, rtol=rtol, atol=1e-13, err_msg=told)
