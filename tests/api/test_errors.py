"""Every bad input is one clear error that names what was given and what is allowed."""

import re

import numpy as np
import pytest
import torch

import slopes
from tests.api.examples import FUNCTIONS, LOSSES, arguments, each

X = np.linspace(0.1, 0.9, 6).reshape(2, 3)
T = torch.from_numpy(X)
Y = np.array([0, 2])
NAN = float("nan")

BAD_CALLS = [
    # shapes
    (lambda: slopes.mse(np.zeros(3), np.zeros((3, 1))), ValueError, r"mse: .*\(3,\).*\(3, 1\).*equal"),
    (lambda: slopes.mse(1.0, np.zeros(3)), ValueError, r"\(\).*\(3,\)"),
    (lambda: slopes.mse(T, T[:1]), ValueError, r"\(2, 3\).*\(1, 3\)"),
    (lambda: slopes.silu.vjp(X, X[0]), ValueError, r"cotangent has shape \(3,\)"),
    (lambda: slopes.softmax.vjp(X, X[0]), ValueError, r"cotangent has shape \(3,\).*\(2, 3\)"),
    (lambda: slopes.softmax.jvp(X, X[:, :1]), ValueError, r"tangent has shape \(2, 1\).*\(2, 3\)"),
    (lambda: slopes.maxout.vjp(X, X, pieces=3), ValueError, r"\(2, 3\).*\(2, 1\)"),
    (lambda: slopes.mse(X, X, weight=np.ones(3)), ValueError, r"weight.*\(3,\).*scalar.*\(2, 3\).*may be 1"),
    (lambda: slopes.mse(X, X, where=np.ones(3, bool)), ValueError, r"where.*\(3,\).*\(2, 3\)"),
    (lambda: slopes.softmax(X, where=np.ones(3, bool)), ValueError, r"where.*\(3,\).*\(2, 3\)"),
    (lambda: slopes.cross_entropy(X, Y, weight=np.ones((2, 3))), ValueError, r"\(2, 3\).*\(2,\)"),
    (lambda: slopes.cross_entropy(X, Y[:1]), ValueError, r"\(2, 3\).*\(1,\).*indices.*\(2,\).*probabilities"),
    (lambda: slopes.cross_entropy(X, Y[:, None]), ValueError, r"\(2, 1\)"),
    (lambda: slopes.cross_entropy(X, Y, class_weight=np.ones(2)), ValueError, r"\(2,\).*3 classes"),
    (lambda: slopes.cross_entropy(1.0, 0), ValueError, "no axis"),
    (lambda: slopes.cross_entropy(np.zeros((2, 0)), Y), ValueError, "at least one class"),
    (lambda: slopes.softmax(1.0), ValueError, "no axis"),
    (lambda: slopes.softmax(np.zeros((2, 0))), ValueError, "0 entries.*at least 1"),
    (lambda: slopes.maxout(X), ValueError, "3 entries.*multiple of 2"),
    (lambda: slopes.prelu(X, slope=np.ones(2)), ValueError, r"slope.*\(2,\).*broadcast.*\(2, 3\)"),
    (lambda: slopes.prelu(X[0], slope=X), ValueError, r"slope.*\(2, 3\).*\(3,\)"),
    # axes
    (lambda: slopes.softmax(X, axis=2), ValueError, "axis 2 .*2 axes"),
    (lambda: slopes.softmax(X, axis=-3), ValueError, "axis -3 .*2 axes"),
    (lambda: slopes.softmax(X, axis=1.0), TypeError, "axis must be an integer, got 1.0"),
    (lambda: slopes.softmax(X, axis=True), TypeError, "axis must be an integer, got True"),
    (lambda: slopes.softmax(X, axis=None), TypeError, "axis must be an integer, got None"),
    (lambda: slopes.cross_entropy(X, Y, axis=5), ValueError, "axis 5 .*2 axes"),
    # values
    (lambda: slopes.cross_entropy(X, np.array([0, 3])), ValueError, "between 0 and 2, got 3"),
    (lambda: slopes.cross_entropy(X, np.array([-1, 0])), ValueError, "between 0 and 2, got -1"),
    (lambda: slopes.cross_entropy(T, torch.tensor([0, 3])), ValueError, "between 0 and 2, got 3"),
    (lambda: slopes.cross_entropy(X, X * 2), ValueError, "target probabilities.*0 and 1, got"),
    (lambda: slopes.cross_entropy(X, Y.astype(float)), TypeError, "must be integers, got float64"),
    (lambda: slopes.cross_entropy(X, Y > 0), TypeError, "class indices must be integers, got bool"),
    (lambda: slopes.binary_cross_entropy(X * 2, X), ValueError, "prediction.*between 0 and 1, got"),
    (lambda: slopes.binary_cross_entropy(X, -X), ValueError, "target.*between 0 and 1, got -0.1"),
    (lambda: slopes.binary_cross_entropy_with_logits(X, X + 1), ValueError, "target.*0 and 1, got 1.1"),
    (lambda: slopes.binary_cross_entropy_with_logits(T, T + 1), ValueError, "target.*0 and 1, got 1.1"),
    (lambda: slopes.hinge(X, np.zeros((2, 3))), ValueError, "target must be -1 or 1, got 0.0"),
    (lambda: slopes.hinge(X, 2 + X), ValueError, "target.*between -1 and 1, got 2.1"),
    (lambda: slopes.mse(X, X, weight=-1.0), ValueError, "weight must be finite and at least 0"),
    (lambda: slopes.mse(X, X, weight=np.inf), ValueError, "weight must be finite"),
    (lambda: slopes.mse(X, X, weight=NAN), ValueError, "weight must be finite"),
    (lambda: slopes.mse(T, T, weight=-T), ValueError, "weight must be finite and at least 0"),
    (lambda: slopes.cross_entropy(X, Y, class_weight=np.array([1, -1, 1])), ValueError, "class_weight.*0"),
    # options
    (lambda: slopes.mse(X, X, reduction="avg"), ValueError, "'mean', 'sum', 'none', got 'avg'"),
    (lambda: slopes.mse(X, X, reduction=None), ValueError, "'mean', 'sum', 'none', got None"),
    (lambda: slopes.mse.gradient(X, X, reduction="batch"), ValueError, "got 'batch'"),
    (lambda: slopes.cross_entropy(X, Y, reduction="avg"), ValueError, "got 'avg'"),
    (lambda: slopes.silu.derivative(X, order=3), ValueError, "order must be 1 or 2, got 3"),
    (lambda: slopes.silu.derivative(X, order=0), ValueError, "order must be 1 or 2, got 0"),
    (lambda: slopes.mse(X, X, where=np.ones((2, 3))), TypeError, "where has dtype float64.*boolean"),
    (lambda: slopes.softmax(X, where=np.ones((2, 3), int)), TypeError, "where has dtype int64.*boolean"),
    (lambda: slopes.cross_entropy(X, X, ignore_index=0), ValueError, "ignore_index needs class indices"),
    (lambda: slopes.cross_entropy(X, Y, ignore_index="a"), TypeError, "ignore_index.*integer.*'a'"),
    (lambda: slopes.cross_entropy(X, Y, ignore_index=1.5), TypeError, "ignore_index.*integer.*1.5"),
    # frameworks
    (lambda: slopes.mse(X, T), TypeError, "prediction is an array of numpy, target is torch.Tensor"),
    (lambda: slopes.mse(T, X), TypeError, "prediction is an array of torch, target is numpy.ndarray"),
    (lambda: slopes.mse(X, X.tolist()), TypeError, r"got builtins\.list"),
    (lambda: slopes.mse(X, X, weight=T), TypeError, "weight is torch.Tensor.*one framework"),
    (lambda: slopes.mse(T, T, weight=X), TypeError, "weight is numpy.ndarray.*one framework"),
    (lambda: slopes.mse(X, X, weight=[1.0]), TypeError, r"got builtins\.list"),
    (lambda: slopes.mse(X, X, weight="1"), TypeError, r"got builtins\.str"),
    (lambda: slopes.mse(T, T, where=X > 0), TypeError, "where is numpy.ndarray.*one framework"),
    (lambda: slopes.silu.vjp(T, X), TypeError, "cotangent is numpy.ndarray.*one framework"),
    (lambda: slopes.cross_entropy(T, Y), TypeError, "target is numpy.ndarray.*one framework"),
    (lambda: slopes.cross_entropy(X, Y, class_weight=[1, 1, 1]), TypeError, r"got builtins\.list"),
    (lambda: slopes.prelu(T, slope=X), TypeError, "slope is numpy.ndarray.*one framework"),
    # parameters
    (lambda: slopes.huber(X, X, delta=0), ValueError, "huber: delta must be a finite number above 0, got 0"),
    (lambda: slopes.huber(X, X, delta=NAN), ValueError, "delta must be .*above 0, got nan"),
    (lambda: slopes.huber(X, X, delta=np.inf), ValueError, "delta must be a finite number.*got inf"),
    (lambda: slopes.huber(X, X, delta="1"), (TypeError, ValueError), "delta must be .*got '1'"),
    (lambda: slopes.huber(X, X, delta=True), (TypeError, ValueError), "delta must be .*got True"),
    (lambda: slopes.huber(X, X, delta=X), (TypeError, ValueError), "delta must be a finite number"),
    (lambda: slopes.Huber(delta=-1.0), ValueError, "delta must be .*above 0, got -1.0"),
    (lambda: slopes.quantile(X, X, level=1), ValueError, "level must be .*above 0 and below 1, got 1"),
    (lambda: slopes.leaky_relu(X, negative_slope=1), ValueError, "at least 0 and below 1, got 1"),
    (lambda: slopes.cross_entropy(X, Y, label_smoothing=1.1), ValueError, "at most 1, got 1.1"),
    (lambda: slopes.maxout(X, pieces=1.5), ValueError, "pieces must be an integer at least 1, got 1.5"),
    (lambda: slopes.maxout(X, pieces=0), ValueError, "pieces must be an integer at least 1, got 0"),
    (lambda: slopes.PReLU(slope="x"), (TypeError, ValueError), "slope.*'x'"),
    (lambda: slopes.PReLU(slope=None), (TypeError, ValueError), "slope.*None"),
    (lambda: slopes.prelu(X, slope=[0.1, 0.2]), (TypeError, ValueError), r"slope.*number, got \[0.1"),
    (lambda: slopes.prelu.parameter_derivative(X, "beta"), ValueError, "'beta' is not learnable.*: slope"),
    (lambda: slopes.tanh.parameter_derivative(X, "beta"), ValueError, "learnable: none"),
    # names
    (lambda: slopes.huber(X, X, dleta=2.0), TypeError, "no parameter 'dleta'.*did you mean delta"),
    (lambda: slopes.huber.gradient(X, X, dleta=2.0), TypeError, "no parameter 'dleta'.*did you mean delta"),
    (lambda: slopes.Huber(dleta=2.0), TypeError, "no parameter 'dleta'.*did you mean delta"),
    (lambda: slopes.get("huber", dleta=2.0), TypeError, "no parameter 'dleta'.*did you mean delta"),
    (lambda: slopes.mse(X, X, wieght=X), TypeError, "no parameter 'wieght'.*did you mean weight"),
    (lambda: slopes.softmax(X, dim=1), TypeError, "no parameter 'dim'; it takes .*axis"),
    (lambda: slopes.get("sofmax"), slopes.UnknownName, "'sofmax'; did you mean softmax"),
    (lambda: slopes.get("zzz"), slopes.UnknownName, "'zzz'"),
    (lambda: slopes.get(""), slopes.UnknownName, "''"),
    (lambda: slopes.get(None), (TypeError, ValueError), "None"),
    (lambda: slopes.get([]), (TypeError, ValueError), r"called \[\]|got \[\]|must be .*list"),
    (lambda: slopes.sofmax, AttributeError, "sofmax.*did you mean softmax"),
    (lambda: slopes.activations["sofmax"], KeyError, "sofmax.*did you mean softmax"),
    (lambda: slopes.losses["huver"], KeyError, "huver.*did you mean huber"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "error", "message"), [pytest.param(*row, id=row[2][:60]) for row in BAD_CALLS]
)
def test_a_bad_call_is_one_clear_error(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert re.search(message, str(caught.value), re.DOTALL), str(caught.value)
    assert len(str(caught.value)) < 400


@each(*LOSSES, defaults_only=True)
def test_a_prediction_alone_or_by_position_too_much_is_a_type_error(f):
    args = arguments(f)
    with pytest.raises(TypeError, match="target"):
        f(args[0])
    with pytest.raises(TypeError, match="positional"):
        f(*args, args[0])


@each("activation", "row_activation", defaults_only=True)
def test_parameters_are_keyword_only(f):
    with pytest.raises(TypeError, match="positional"):
        f(X, 1.0)


@pytest.mark.parametrize("f", [f for f in FUNCTIONS if f.parameters], ids=lambda f: f.name)
def test_every_parameter_is_checked_against_its_bounds(f):
    for name, bounds in f.definition_class.bounds().items():
        outside = [
            bounds.above,
            bounds.below,
            bounds.at_least - 1e-9,
            bounds.at_most + 1e-9,
            float("nan"),
            float("inf"),
        ]
        for value in outside:
            with pytest.raises(ValueError, match=f"{f.name}: {name} must be "):
                slopes.get(f.name, **{name: value})
            with pytest.raises(ValueError, match=f"{f.name}: {name} must be "):
                f(*arguments(f), **{name: value})


def test_nothing_is_computed_before_the_error():
    """A bad out, reduction or shape is found before memory for a result is touched."""
    out = np.full((2, 3), 7.0)
    for call in (
        lambda: slopes.mse.gradient(X, X[:1], out=out),
        lambda: slopes.mse.gradient(X, X, reduction="avg", out=out),
        lambda: slopes.mse.gradient(X, X, weight=-1.0, out=out),
        lambda: slopes.softplus(X, beta=0, out=out),
        lambda: slopes.softmax(X, axis=3, out=out),
        lambda: slopes.cross_entropy.gradient(X, Y + 5, out=out),
        lambda: slopes.mse.gradient(X, X, where=np.zeros((2, 3), bool), out=out),
    ):
        with pytest.raises(ValueError, match=":"):
            call()
        np.testing.assert_array_equal(out, 7)
