"""PyTorch tensors in and out: equal to NumPy, dtypes, tails, graphs, masks, torch.func."""

import numpy as np
import pytest
import torch

import slopes
from tests.api.examples import (
    LOSSES,
    POINTWISE,
    arguments,
    class_weights,
    each,
    each_call,
    probabilities,
    rounded,
    takes_rows,
    tensors,
)
from tests.loops import over

#: torch and NumPy differ by a few units in the last place of their elementary functions
TOLERANCE = {
    torch.float64: {"rtol": 1e-13, "atol": 1e-15},
    torch.float32: {"rtol": 3e-6, "atol": 3e-7},
    torch.float16: {"rtol": 2e-3, "atol": 1e-3},
}


@over("dtype", [*TOLERANCE])
@each_call(defaults_only=False)
def test_torch_equals_numpy(f, call, dtype):
    args = rounded(arguments(f), str(dtype).removeprefix("torch."))
    result = call(*tensors(args, dtype))
    assert isinstance(result, torch.Tensor)
    assert result.dtype is dtype
    expected = np.asarray(call(*args))
    assert result.shape == expected.shape
    np.testing.assert_allclose(result.numpy(), expected, **TOLERANCE[dtype])


@over("dtype", [torch.float16, torch.bfloat16])
@each_call()
def test_half_precision_is_rounded_once_from_float32(f, call, dtype):
    args = tensors(arguments(f), dtype)
    wide = call(*(a.float() if a.is_floating_point() else a for a in args))
    result = call(*args)
    assert result.dtype is dtype
    torch.testing.assert_close(result, wide.to(dtype), rtol=2 * torch.finfo(dtype).eps, atol=1e-6)


@over("dtype", [torch.float16, torch.bfloat16, torch.float32])
@each()
def test_backward_keeps_the_dtype(f, dtype):
    x, *rest = tensors(arguments(f), dtype)
    x.requires_grad_()
    result = f(x, *rest)
    assert result.dtype is dtype
    result.sum().backward()
    assert x.grad.dtype is dtype
    assert torch.isfinite(x.grad).all()


@each(*LOSSES)
def test_backward_equals_gradient(f):
    x, target = tensors(arguments(f))
    x.requires_grad_()
    for reduction in ("mean", "sum"):
        (by_autograd,) = torch.autograd.grad(f(x, target, reduction=reduction), x)
        gradient = f.gradient(x.detach(), target, reduction=reduction)
        torch.testing.assert_close(by_autograd, gradient, rtol=1e-14, atol=1e-16)


def test_sigmoid_derivative_at_20_is_not_0():
    x = torch.tensor(20.0, requires_grad=True)
    (first,) = torch.autograd.grad(slopes.sigmoid(x), x, create_graph=True)
    assert first.item() == pytest.approx(2.0611537e-09, rel=2e-7, abs=0)
    (second,) = torch.autograd.grad(first, x)
    assert second.item() == pytest.approx(-2.0611537e-09, rel=2e-7, abs=0)


@pytest.mark.parametrize("kind", ["indices", "probabilities"])
@pytest.mark.parametrize("margin", [17.0, 20.0, 50.0])
def test_cross_entropy_gradient_at_large_margins_is_not_0(margin, kind):
    x = torch.tensor([[margin, 0.0, 0.0]], requires_grad=True)
    target = torch.tensor([0]) if kind == "indices" else torch.tensor([[1.0, 0.0, 0.0]])
    slopes.cross_entropy(x, target).backward()
    p = float(np.exp(-margin) / (1 + 2 * np.exp(-margin)))
    expected = torch.tensor([[-2 * p, p, p]])
    torch.testing.assert_close(x.grad, expected, rtol=1e-6, atol=0)


@each(defaults_only=True)
def test_a_graph_is_recorded_only_where_it_is_asked_for(f):
    x, *rest = tensors(arguments(f), torch.float32)
    assert not f(x, *rest).requires_grad
    x.requires_grad_()
    assert f(x, *rest).requires_grad
    assert not f(x.detach(), *rest).requires_grad
    with torch.no_grad():
        assert not f(x, *rest).requires_grad
    with torch.inference_mode():
        assert f(x, *rest).is_inference()


@each_call()
def test_inputs_stay_and_the_result_has_memory_of_its_own(f, call):
    args = tensors(arguments(f))
    before = [a.clone() for a in args]
    result = call(*args)
    for a, b in zip(args, before, strict=True):
        assert torch.equal(a, b)
        assert result.data_ptr() != a.data_ptr()
    result.fill_(7)
    assert all(torch.equal(a, b) for a, b in zip(args, before, strict=True))


@over("dtype", [torch.int8, torch.uint8, torch.int64, torch.bool])
@each("activation", "row_activation", "residual_loss", defaults_only=True)
def test_integers_become_the_default_float(f, dtype):
    args = [(a.abs() > 1).to(dtype) for a in tensors(arguments(f))]
    assert f(*args).dtype is torch.float32
    torch.testing.assert_close(f(*args), f(*(a.float() for a in args)), rtol=0, atol=0)


def test_integers_follow_a_changed_default():
    torch.set_default_dtype(torch.float64)
    try:
        assert slopes.silu(torch.ones(2, dtype=torch.int64)).dtype is torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@each_call()
def test_strides_and_parameters_of_modules_change_nothing(f, call):
    args = tensors(arguments(f))
    strided = [a.repeat_interleave(2, -1)[..., ::2] for a in args]
    assert not strided[0].is_contiguous()
    torch.testing.assert_close(call(*strided), call(*args), rtol=1e-15, atol=0)
    transposed = [a.mT.contiguous().mT if a.ndim > 1 else a for a in args]
    torch.testing.assert_close(call(*transposed), call(*args), rtol=1e-15, atol=0)
    as_parameter = torch.nn.Parameter(args[0])
    torch.testing.assert_close(call(as_parameter, *args[1:]).detach(), call(*args))


@each_call("activation", *POINTWISE)
def test_zero_dimensions_and_zero_sizes_work(f, call):
    args = tensors(arguments(f))
    point = call(*(a[0, 0] for a in args))
    assert point.shape == ()
    assert point.item() == pytest.approx(call(*(a[:1, :1] for a in args)).item())
    empty = [a[:0].requires_grad_(a.is_floating_point()) for a in args]
    result = f(*empty, reduction="sum") if f.kind in LOSSES else f(*empty)
    result.sum().backward()
    assert empty[0].grad.shape == (0, 6)


@over("weight", [2, 2.0, torch.tensor(2.0), torch.ones(1, 1), torch.ones(4, 1).double()])
@each(*POINTWISE, defaults_only=True)
def test_weights_may_be_numbers_or_have_axes_of_1(f, weight):
    args = tensors(arguments(f))
    torch.testing.assert_close(f(*args, weight=weight), f(*args))


@pytest.mark.parametrize("where", [True, torch.tensor(True), torch.ones(1, 1, dtype=torch.bool)])
def test_masks_may_be_scalars_or_have_axes_of_1(where):
    p, t = tensors(arguments(slopes.mse))
    assert slopes.mse(p, t, where=where) == slopes.mse(p, t)
    assert torch.equal(slopes.softmax(p, where=where), slopes.softmax(p))


@over("dtype", [torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64])
@each("row_loss", defaults_only=True)
def test_class_indices_may_be_any_integers(f, dtype):
    x = -torch.rand(3, 3, dtype=torch.float64)
    option = {name: torch.from_numpy(weight) for name, weight in class_weights(f, x).items()}
    y = torch.tensor([0, 2, 1])
    expected = f(x, y, **option)
    assert f(x, y.to(dtype), **option, ignore_index=-100) == expected
    wide = -torch.rand(2, 300, dtype=torch.float64)
    assert f(wide, torch.tensor([100, 7], dtype=dtype)) == f(wide, torch.tensor([100, 7]))


@over("axis", [0, 1, -1])
@each("row_loss", "row_activation")
def test_axis_equals_numpys(f, axis):
    x = -np.abs(np.random.default_rng(8).standard_normal((6, 6, 6)))
    args = [x]
    if f.kind == "row_loss":
        index = np.random.default_rng(9).integers(0, 6, (6, 6))
        args.append(np.moveaxis(probabilities(x), -1, axis) if takes_rows(f) else index)
    expected = np.asarray(f(*args, axis=axis))
    np.testing.assert_allclose(f(*tensors(args), axis=axis).numpy(), expected, rtol=1e-13, atol=1e-16)


@each("activation", "row_activation")
def test_torch_func_grad_and_vmap_equal_the_plain_call(f):
    (x,) = tensors(arguments(f))
    torch.testing.assert_close(torch.func.vmap(f)(x), f(x))
    total = lambda x: f(x).square().sum()  # noqa: E731
    leaf = x.clone().requires_grad_()
    (expected,) = torch.autograd.grad(total(leaf), leaf)
    torch.testing.assert_close(torch.func.grad(total)(x), expected)
    torch.testing.assert_close(torch.func.vmap(torch.func.grad(total))(x), expected)
    hessian = torch.autograd.functional.hessian(total, x)
    torch.testing.assert_close(torch.func.jacrev(torch.func.grad(total))(x), hessian)


@each(*LOSSES)
def test_torch_func_maps_losses_over_examples(f):
    x, target = tensors(arguments(f))
    each_row = torch.stack([f(p, t) for p, t in zip(x, target, strict=True)])
    torch.testing.assert_close(torch.func.vmap(f)(x, target), each_row)
    gradients = torch.stack([f.gradient(p, t) for p, t in zip(x, target, strict=True)])
    torch.testing.assert_close(torch.func.vmap(torch.func.grad(f))(x, target), gradients)


def test_meta_tensors_give_shapes():
    x = torch.empty(3, 4, device="meta")
    assert slopes.silu(x).shape == (3, 4)
    assert slopes.softmax(x).is_meta
    assert slopes.mse(x, x).shape == ()
