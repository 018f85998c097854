"""`out=`: results written into an array that the caller has."""

from copy import deepcopy

import numpy as np
import pytest
import torch
from ml_dtypes import bfloat16

import slopes
from tests.api.examples import POINTWISE, arguments, assert_same_but_for_rounding, each, each_call, rounded
from tests.loops import over

HAVE_OUT = ("activation", "row_activation")


@over("dtype", ["float16", bfloat16, "float32", "float64"])
@each_call(*HAVE_OUT)
def test_result_is_the_array_that_was_given(f, call, dtype):
    args = rounded(arguments(f), dtype)
    expected = call(*args)
    out = np.full_like(expected, 7)
    assert call(*args, out=out) is out
    np.testing.assert_array_equal(out, expected)


@each_call("activation")
def test_writing_over_the_input_works(f, call):
    (x,) = arguments(f)
    expected = call(x)
    assert call(x, out=x) is x
    np.testing.assert_array_equal(x, expected)


@each("activation")
def test_partly_overlapping_memory_works(f):
    memory = np.linspace(-3, 3, 20_001)
    expected = f(memory[:-1])
    f(memory[:-1], out=memory[1:])
    np.testing.assert_array_equal(memory[1:], expected)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_writing_a_row_function_over_its_input_works(name):
    f = slopes.get(name)
    (x,) = arguments(f)
    expected = f(x, axis=0)
    assert f(x, axis=0, out=x) is x
    np.testing.assert_array_equal(x, expected)


@each("activation")
def test_value_and_derivative_fill_both(f):
    (x,) = arguments(f)
    outs = np.empty_like(x), np.empty_like(x)
    results = f.value_and_derivative(x, out=outs)
    assert all(result is out for result, out in zip(results, outs, strict=True))
    assert_same_but_for_rounding(outs[0], f(x))
    assert_same_but_for_rounding(outs[1], f.derivative(x))
    only_derivative = np.empty_like(x)
    value, derivative = f.value_and_derivative(x, out=(None, only_derivative))
    assert derivative is only_derivative
    assert_same_but_for_rounding(value, f(x))


@each(*POINTWISE)
def test_losses_write_results_of_the_predictions_shape(f):
    p, t = arguments(f)
    out = np.empty_like(p)
    for call in (
        f.gradient,
        f.hessian,
        lambda *a, **o: f(*a, reduction="none", **o),
        lambda *a, **o: f.value_and_gradient(*a, **o)[1],
    ):
        assert call(p, t, out=out) is out
        np.testing.assert_array_equal(out, call(p, t))


@each("row_loss")
def test_row_losses_write_their_gradient(f):
    x, y = arguments(f)
    out = np.empty_like(x)
    assert f.gradient(x, y, out=out) is out
    np.testing.assert_array_equal(out, f.gradient(x, y))
    assert f.value_and_gradient(x, y, out=out)[1] is out


@each("activation")
def test_out_of_any_layout_is_filled(f):
    (x,) = arguments(f)
    for out in (np.empty_like(x, order="F"), np.empty((*x.shape, 2))[..., 0], np.empty_like(x)[::-1]):
        np.testing.assert_array_equal(f(x, out=out), f(x))


X = np.zeros((2, 3))
READ_ONLY = np.zeros((2, 3))
READ_ONLY.flags.writeable = False
WRONG = [
    pytest.param(np.zeros((3, 2)), ValueError, r"\(2, 3\).*\(3, 2\)", id="shape"),
    pytest.param(np.zeros(3), ValueError, r"\(2, 3\).*\(3,\)", id="fewer axes"),
    pytest.param(np.zeros((2, 3), np.float32), ValueError, "float64.*float32", id="dtype"),
    pytest.param(np.zeros((2, 3), int), ValueError, "float64.*int64", id="integers"),
    pytest.param(READ_ONLY, ValueError, "read-only", id="read-only"),
    pytest.param([[0.0] * 3] * 2, TypeError, "NumPy array, got list", id="list"),
    pytest.param(torch.zeros(2, 3), TypeError, "NumPy array, got Tensor", id="tensor"),
]
CALLS = [
    pytest.param(lambda out: slopes.silu(X, out=out), id="value"),
    pytest.param(lambda out: slopes.silu.derivative(X, out=out), id="derivative"),
    pytest.param(lambda out: slopes.silu.vjp(X, X, out=out), id="vjp"),
    pytest.param(lambda out: slopes.silu.value_and_derivative(X, out=(out, None)), id="both"),
    pytest.param(lambda out: slopes.silu.parameter_derivative(X, "beta", out=out), id="parameter"),
    pytest.param(lambda out: slopes.softmax(X, out=out), id="row"),
    pytest.param(lambda out: slopes.softmax.vjp(X, X, out=out), id="row vjp"),
    pytest.param(lambda out: slopes.mse(X, X, reduction="none", out=out), id="loss"),
    pytest.param(lambda out: slopes.mse.gradient(X, X, out=out), id="gradient"),
    pytest.param(lambda out: slopes.mse.hessian(X, X, out=out), id="hessian"),
    pytest.param(lambda out: slopes.cross_entropy.gradient(X, X, out=out), id="row loss"),
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(("out", "error", "message"), WRONG)
def test_a_wrong_out_is_one_error_and_stays_as_it_was(call, out, error, message):
    before = deepcopy(out)
    with pytest.raises(error, match=message):
        call(out)
    np.testing.assert_array_equal(np.asarray(out), np.asarray(before))


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda x, out: slopes.silu(x, out=out), id="value"),
        pytest.param(lambda x, out: slopes.softmax(x, out=out), id="row"),
        pytest.param(lambda x, out: slopes.mse(x, x, reduction="none", out=out), id="loss"),
        pytest.param(lambda x, out: slopes.mse.gradient(x, x, out=out), id="gradient"),
        pytest.param(lambda x, out: slopes.cross_entropy.gradient(x, x, out=out), id="row loss"),
    ],
)
def test_out_for_a_tensor_is_refused(call):
    x = torch.zeros(2, 3)
    for out in (torch.empty(2, 3), np.empty((2, 3), np.float32)):
        with pytest.raises(TypeError, match="out= is for NumPy arrays"):
            call(x, out)


def test_out_for_a_reduced_loss_is_refused():
    with pytest.raises(ValueError, match="reduction='none'"):
        slopes.mse(X, X, out=np.empty((2, 3)))


@pytest.mark.parametrize("out", [np.empty((2, 2, 3)), (np.empty((2, 3)),), 5])
def test_two_results_need_a_pair(out):
    with pytest.raises((TypeError, ValueError), match="out must be a tuple of 2"):
        slopes.silu.value_and_derivative(X, out=out)


def test_no_out_may_be_said_explicitly():
    value, derivative = slopes.silu.value_and_derivative(X, out=None)
    assert (value == 0).all()
    assert (derivative == 0.5).all()
