"""linear_cross_entropy is cross_entropy of the layer's logits, in chunks."""

import importlib
import tracemalloc

import numpy as np
import pytest
import torch

import slopes

module = importlib.import_module("slopes.api.linear_cross_entropy")
FUNCTION = slopes.linear_cross_entropy


def data(dtype=np.float64, rows=23, width=5, classes=7):
    generator = np.random.default_rng(3)
    hidden, weight = generator.normal(size=(rows, width)), generator.normal(size=(classes, width))
    bias, target = generator.normal(size=classes), generator.integers(0, classes, rows)
    return hidden.astype(dtype), weight.astype(dtype), target, bias.astype(dtype)


OPTIONS = [
    {},
    {"reduction": "sum"},
    {"label_smoothing": 0.1},
    {"z_loss": 0.1},
    {"z_loss": 0.1, "logit_softcap": 2.0, "label_smoothing": 0.1},
    {"class_weight": np.linspace(0.1, 2, 7)},
    {"ignore_index": 3},
    {"ignore_index": 3, "class_weight": np.linspace(0.1, 2, 7), "label_smoothing": 0.2},
]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("with_bias", [False, True])
def test_value_and_gradients_are_those_of_the_logits(options, with_bias, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 30)  # four rows at a time
    hidden, weight, target, bias = data()
    bias = bias if with_bias else None
    logits = hidden @ weight.T + (0 if bias is None else bias)
    value, slope = slopes.cross_entropy.value_and_gradient(logits, target, **options)
    got, gradients = FUNCTION.value_and_gradient(hidden, weight, target, bias, **options)
    assert got == pytest.approx(value, rel=1e-13)
    assert FUNCTION(hidden, weight, target, bias, **options) == pytest.approx(value, rel=1e-13)
    wanted = [slope @ weight, slope.T @ hidden] + ([slope.sum(0)] if with_bias else [])
    assert len(gradients) == len(wanted)
    for a, b in zip(gradients, wanted, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("options", OPTIONS)
def test_tensors_differentiate(options, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 30)
    arrays = data()
    tensors = [torch.tensor(a) for a in arrays]
    options = {k: torch.tensor(v) if isinstance(v, np.ndarray) else v for k, v in options.items()}
    leaves = [tensors[i].clone().requires_grad_() for i in (0, 1, 3)]
    loss = FUNCTION(leaves[0], leaves[1], tensors[2], leaves[2], **options)
    loss.backward()
    again = [tensors[i].clone().requires_grad_() for i in (0, 1, 3)]
    slopes.cross_entropy(again[0] @ again[1].T + again[2], tensors[2], **options).backward()
    for a, b in zip(leaves, again, strict=True):
        torch.testing.assert_close(a.grad, b.grad, rtol=1e-11, atol=1e-14)
    _, stated = FUNCTION.value_and_gradient(leaves[0], leaves[1], tensors[2], leaves[2], **options)
    for a, b in zip(leaves, stated, strict=True):
        torch.testing.assert_close(a.grad, b, rtol=1e-13, atol=1e-15)


def test_the_losses_of_rows_have_the_shape_of_the_target(monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 30)
    hidden, weight, target, bias = data(rows=24)
    got = FUNCTION(hidden.reshape(4, 6, 5), weight, target.reshape(4, 6), bias, reduction="none")
    want = slopes.cross_entropy(hidden @ weight.T + bias, target, reduction="none")
    np.testing.assert_allclose(got, want.reshape(4, 6), rtol=1e-13)
    value, (of_hidden, *_) = FUNCTION.value_and_gradient(
        hidden.reshape(4, 6, 5), weight, target.reshape(4, 6), bias
    )
    assert of_hidden.shape == (4, 6, 5)
    assert value == pytest.approx(want.mean())


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays(dtype):
    value, gradients = FUNCTION.value_and_gradient(*data(dtype))
    assert value.dtype == dtype
    assert [g.dtype for g in gradients] == [dtype] * 3


def test_the_logits_are_never_held():
    hidden, weight, target, bias = data(np.float32, rows=2000, width=8, classes=20_000)
    tracemalloc.start()
    FUNCTION.value_and_gradient(hidden, weight, target, bias)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < hidden.shape[0] * weight.shape[0] * 4


def test_a_second_derivative_is_refused():
    hidden, weight, target, _ = (torch.tensor(a) for a in data())
    hidden.requires_grad_()
    (slope,) = torch.autograd.grad(FUNCTION(hidden, weight, target), hidden, create_graph=True)
    with pytest.raises(RuntimeError, match="does not require grad"):
        slope.sum().backward()


H, W, T, B = data()


@pytest.mark.parametrize(
    ("arguments", "options", "kind", "message"),
    [
        ((H, W[:, :3], T), {}, ValueError, r"hidden has shape \(23, 5\) and weight has shape \(7, 3\)"),
        ((H, W, T[:4]), {}, ValueError, r"target has shape \(4,\); it must have shape \(23,\)"),
        ((H, W, T, B[:2]), {}, ValueError, r"bias has shape \(2,\); it must be \(7,\)"),
        ((H, W, T + 5), {}, ValueError, "class indices must lie between 0 and 6, got"),
        ((H, W, T * 1.0), {}, TypeError, "class indices must be integers, got float64"),
        ((H, torch.tensor(W), T), {}, TypeError, "must be of one framework"),
        ((H, W, T), {"reduction": "max"}, ValueError, "reduction must be one of"),
        ((H, W, T), {"label_smoothing": 2.0}, ValueError, "label_smoothing must be"),
        ((H, W, np.full(23, 3)), {"ignore_index": 3}, ValueError, "mean over nothing"),
        ((H, W, T), {"ignore_index": 1.5}, TypeError, "ignore_index must be an integer"),
        ((H.astype("c16"), W, T), {}, TypeError, "complex128"),
    ],
)
def test_mistakes_are_one_clear_error(arguments, options, kind, message):
    with pytest.raises(kind, match=message):
        FUNCTION(*arguments, **options)


def test_gradients_need_a_reduction():
    with pytest.raises(ValueError, match="needs reduction='mean' or 'sum'"):
        FUNCTION.value_and_gradient(H, W, T, reduction="none")
