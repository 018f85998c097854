"""On tensors: the same numbers, and autograd takes the stated derivatives."""

import numpy as np
import pytest
import torch

import slopes
from tests.conftest import public
from tests.laws.test_losses import by_class, data, rows
from tests.loops import over

UNITS = {torch.float32: 2e-6, torch.float64: 4e-15}


def of_numpy(array, dtype, grad=False):
    return torch.tensor(np.asarray(array), dtype=dtype, requires_grad=grad)


def line(activation, count):
    """Numbers all over what a curve bends on."""
    low, high = activation.facts.domain
    if activation.facts.everywhere:
        return np.linspace(-9, 9, count) + 0.01
    return np.linspace(low, min(high, low + 18), count)[1:-1]


@over("dtype", [*UNITS])
def test_curves_agree_with_numpy(activation, dtype):
    function, tolerance = public(activation), UNITS[dtype]
    x = of_numpy(line(activation, 301), dtype)
    for order in (0, 1, 2):
        f = function if order == 0 else lambda v, o=order: function.derivative(v, order=o)
        torch.testing.assert_close(f(x), of_numpy(f(x.numpy()), dtype), rtol=8 * tolerance, atol=tolerance)


def test_autograd_takes_the_stated_derivatives(activation):
    function = public(activation)
    x = of_numpy(line(activation, 31), torch.float64, grad=True)
    (first,) = torch.autograd.grad(function(x).sum(), x, create_graph=True)
    torch.testing.assert_close(first, function.derivative(x), rtol=0, atol=0)
    if first.requires_grad:
        (second,) = torch.autograd.grad(first.sum(), x, allow_unused=True)
        torch.testing.assert_close(second, function.derivative(x, order=2), rtol=0, atol=0)


def test_edges_and_kinks_agree_with_numpy(activation):
    function = public(activation)
    x = torch.tensor([torch.nan, -torch.inf, torch.inf, 0.0, -0.0], dtype=torch.float64)
    for order in (0, 1, 2):
        f = function if order == 0 else lambda v, o=order: function.derivative(v, order=o)
        torch.testing.assert_close(f(x), torch.tensor(f(x.numpy())), rtol=1e-15, atol=0, equal_nan=True)


def test_tails_below_the_normal_numbers_are_kept():
    x = torch.tensor([-95.0])
    for function in (slopes.sigmoid, slopes.silu, slopes.softplus, slopes.softplus.derivative):
        assert function(x).item() == pytest.approx(float(function(x.numpy())[0]), rel=1e-3)
        assert function(x).item() != 0


def test_losses_agree_with_numpy(pointwise_loss):
    function = public(pointwise_loss)
    p, t = data(pointwise_loss, count=200)
    w, keep = np.linspace(0.1, 2, 200), np.arange(200) % 3 > 0
    for options in ({}, {"weight": w}, {"where": keep}, {"weight": w, "where": keep}):
        tensors = {name: torch.tensor(value) for name, value in options.items()}
        for reduction in ("mean", "sum", "none"):
            want = function.value_and_gradient(p, t, reduction=reduction, **options)
            x = of_numpy(p, torch.float64, grad=True)
            loss = function(x, torch.tensor(t), reduction=reduction, **tensors)
            loss.sum().backward()
            for got, expected in zip((loss.detach(), x.grad), want, strict=True):
                torch.testing.assert_close(got, torch.tensor(expected), rtol=1e-13, atol=1e-14)
            stated = function.gradient(x, torch.tensor(t), reduction=reduction, **tensors)
            torch.testing.assert_close(stated, x.grad, rtol=1e-14, atol=0)
        want = function.gradient_and_hessian(p, t, **options)
        got = function.gradient_and_hessian(torch.tensor(p), torch.tensor(t), **tensors)
        for a, b in zip(got, want, strict=True):
            torch.testing.assert_close(a, torch.tensor(b), rtol=1e-13, atol=1e-14)


def test_row_losses_agree_with_numpy(row_loss):
    function = public(row_loss)
    x, t = rows(row_loss)
    option, keep = by_class(row_loss)[0], np.arange(40) % 3 > 0
    for target in (t,) if row_loss.targets in ("classes", "ranks") else (t, np.eye(5)[t]):
        for options in ({}, option, {"where": keep, "weight": np.linspace(0.1, 2, 40)}):
            tensors = {name: torch.tensor(value) for name, value in options.items()}
            want = function.value_and_gradient(x, target, **options)
            leaf = of_numpy(x, torch.float64, grad=True)
            loss = function(leaf, torch.tensor(target), **tensors)
            loss.backward()
            torch.testing.assert_close(loss.detach(), torch.tensor(want[0]), rtol=1e-13, atol=0)
            torch.testing.assert_close(leaf.grad, torch.tensor(want[1]), rtol=1e-12, atol=1e-15)
            stated = function.gradient_and_hessian(torch.tensor(x), torch.tensor(target), **tensors)
            expected = function.gradient_and_hessian(x, target, **options)
            for a, b in zip(stated, expected, strict=True):
                torch.testing.assert_close(a, torch.tensor(b), rtol=1e-12, atol=1e-15)


def test_masked_entries_reach_neither_gradient_nor_that_of_the_weight(pointwise_loss):
    function = public(pointwise_loss)
    p, t = data(pointwise_loss, count=6)
    keep = torch.tensor([True, False, True, True, False, True])
    dirty = torch.where(keep, torch.tensor(p), torch.nan).requires_grad_()
    weight = torch.ones(6, dtype=torch.float64, requires_grad=True)
    loss = function(dirty, torch.tensor(t), where=keep, weight=weight, reduction="sum")
    for gradient in torch.autograd.grad(loss, (dirty, weight)):
        assert torch.isfinite(gradient).all()
        assert (gradient[~keep] == 0).all()


def test_rows_agree_with_numpy(row_activation):
    function = public(row_activation)
    width = 2 * (row_activation.width() or 3)
    x, t = np.random.default_rng(0).normal(size=(2, 5, width)) * 4
    keep = np.random.default_rng(1).uniform(size=(5, width)) < 0.8
    c = function(t)
    for options in ({}, {"where": keep}):
        tensors = {name: torch.tensor(value) for name, value in options.items()}
        for method, other in (("__call__", ()), ("jvp", (t,)), ("vjp", (c,))):
            f = getattr(function, method)
            got = f(torch.tensor(x), *map(torch.tensor, other), **tensors)
            torch.testing.assert_close(got, torch.tensor(f(x, *other, **options)), rtol=1e-13, atol=1e-14)


def test_the_tails_of_float32_are_not_flushed():
    x = torch.tensor([20.0], requires_grad=True)
    slopes.sigmoid(x).sum().backward()
    assert x.grad.item() == pytest.approx(2.0611536e-9, rel=1e-6)
    for margin in (17.0, 20.0, 50.0):
        z = torch.tensor([[margin, 0.0]], requires_grad=True)
        slopes.cross_entropy(z, torch.tensor([0])).backward()
        assert z.grad[0, 0].item() == pytest.approx(-np.exp(-margin) / (1 + np.exp(-margin)), rel=1e-5)


@over("margin", [17.0, 20.0, 24.0])
def test_the_tails_of_row_losses_are_not_flushed(row_loss, margin):
    function = public(row_loss)
    rows, y = np.array([[margin, 0.0, -1.0], [0.0, margin, -1.0]]), np.array([0, 0])
    want = function.gradient(rows, y, reduction="none")
    got = function.gradient(torch.tensor(rows, dtype=torch.float32), torch.tensor(y), reduction="none")
    cap = 1 + row_loss.parameters.get("logit_softcap", 0.0)  # the exponential magnifies the cap's rounding
    normal = np.where(np.abs(want) > 1e-37, want, 0.0)
    np.testing.assert_allclose(np.where(normal == 0, 0.0, got.numpy()), normal, rtol=2e-6 * cap)


@over("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_rounded_once(activation, dtype):
    function = public(activation)
    x = torch.from_numpy(line(activation, 200)).to(dtype)
    got = function(x)
    assert got.dtype == dtype
    want = function(x.double())
    spacing = torch.finfo(dtype).eps * torch.maximum(want.abs(), torch.tensor(torch.finfo(dtype).tiny))
    assert ((got.double() - want).abs() <= 0.51 * spacing).all()
