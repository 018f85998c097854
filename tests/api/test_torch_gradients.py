"""PyTorch's autograd: first and second derivatives of everything, against differences in float64."""

import numpy as np
import pytest
import torch
from torch.autograd import gradcheck, gradgradcheck

import slopes
from tests.api.examples import (
    LOSSES,
    POINTWISE,
    arguments,
    class_weights,
    each,
    probabilities,
    takes_rows,
    tensors,
)
from tests.loops import over


def leaves(*values):
    """Float64 tensors that require gradients, away from every kink."""
    return tuple(t.requires_grad_() for t in tensors(values))


def check(f, *inputs):
    """Both orders, along random directions: a wrong entry of a Jacobian shows in almost every one."""
    assert gradcheck(f, inputs, fast_mode=True)
    assert gradgradcheck(f, inputs, fast_mode=True, check_undefined_grad=False)


def small(f):
    return arguments(f, seed=3, shape=(2, 6))


@each("activation", "row_activation")
def test_activations(f):
    check(f, *leaves(*small(f)))


@each("activation")
def test_learnable_parameters_of_any_shape_that_broadcasts(f):
    (x,) = small(f)
    for name in f.learnable:
        for shape in ((), (1,), (6,), (2, 1), (2, 6)):
            # not at the default: at alpha = 0 soft_exponential has no second derivative in alpha
            steps = np.linspace(0.01, 0.3, 12)[: np.prod(shape, dtype=int)]
            value = f.parameters[name] + steps.reshape(shape)
            check(lambda x, v, n=name: f(x, **{n: v}), *leaves(x, value))


@each("activation")
def test_derivatives_themselves_can_be_differentiated(f):
    (x,) = leaves(*small(f))
    check(f.derivative, x)
    assert gradcheck(lambda x: f.derivative(x, order=2), (x,))
    check(lambda x, c: f.vjp(x, c), x, x.detach().clone().requires_grad_())
    check(lambda x: f.value_and_derivative(x)[1], x)


@pytest.mark.parametrize("name", ["silu", "prelu"])
def test_parameter_derivatives_can_be_differentiated(name):
    f = slopes.get(name)
    (x,) = leaves(*small(f))
    for parameter in f.learnable:
        check(lambda x, p=parameter: f.parameter_derivative(x, p), x)


@each("row_activation")
def test_row_functions_along_an_axis_and_behind_a_mask(f):
    (x,) = leaves(np.random.default_rng(5).standard_normal((6, 2)))
    check(lambda x: f(x, axis=0), x)
    keep = torch.tensor([[True, False]] + [[True, True]] * 5)
    check(lambda x: f(x, axis=0, where=keep).clamp(min=-50), x)


@each("row_activation")
def test_vjp_and_jvp_of_row_functions_can_be_differentiated(f):
    (x,) = leaves(*small(f))
    (c,) = leaves(f(x).detach().numpy() + 0.5)
    check(f.vjp, x, c)
    check(f.jvp, x, x.detach().square().requires_grad_())


@over("reduction", ["mean", "sum", "none"])
@each(*POINTWISE)
def test_pointwise_losses_in_prediction_target_and_weight(f, reduction):
    p, t = small(f)
    (weight,) = leaves(np.linspace(0.5, 2, p.size).reshape(p.shape))
    keep = torch.arange(p.size).reshape(p.shape) % 3 != 1
    (prediction,) = leaves(p)
    if f.kind == "margin_loss":  # its targets are signs: no derivative in them
        (sign,) = tensors((t,))
        check(lambda p: f(p, sign, reduction=reduction), prediction)
        check(lambda p, w: f(p, sign, weight=w, where=keep, reduction=reduction), prediction, weight)
        return
    (target,) = leaves(t)
    check(lambda p, t: f(p, t, reduction=reduction), prediction, target)
    check(lambda p, t, w: f(p, t, weight=w, where=keep, reduction=reduction), prediction, target, weight)


@each("row_loss")
def test_row_losses_of_class_indices(f):
    x, y = small(f)
    index, keep = torch.from_numpy(y), torch.tensor([True, False])
    scores, weight = leaves(x, np.array([0.5, 2.0]))
    option = {name: torch.from_numpy(weight) for name, weight in class_weights(f, x).items()}
    check(lambda x: f(x.T, index, axis=0), scores)
    ignored = int(y[0]) if y[0] != y[1] else -1
    check(lambda x: f(x, index, **option, ignore_index=ignored), scores)
    for reduction in ("mean", "none"):
        options = {**option, "where": keep, "reduction": reduction}
        check(lambda x, w, o=options: f(x, index, weight=w, **o), scores, weight)


@over("rows", ["inside", "one-hot"])
@each("row_loss")
def test_row_losses_of_probabilities_that_require_gradients(f, rows):
    if not takes_rows(f):
        return
    x, y = small(f)
    q = probabilities(x) if rows == "inside" else np.eye(6)[y]
    scores, weight = leaves(x, np.array([0.5, 2.0]))
    # moved along a free leaf, so that differences do not leave [0, 1]
    (free,) = leaves(np.full(q.shape, 0.3))
    base = torch.from_numpy(q)
    target = lambda free: 0.8 * base + 0.1 * free  # noqa: E731
    check(lambda x, u: f(x, target(u)), scores, free)
    check(lambda x, u, w: f(x, target(u), weight=w, reduction="none"), scores, free, weight)
    option = {name: torch.from_numpy(weight) for name, weight in class_weights(f, x).items()}
    check(lambda x, u: f(x, target(u), **option, reduction="sum"), scores, free)


@pytest.mark.parametrize("f", [slopes.cross_entropy, slopes.CrossEntropy(label_smoothing=0.1), slopes.nll])
def test_gradient_in_a_target_probability_of_0_is_that_of_torch(f):
    x, y = small(f)
    (q,) = leaves(np.eye(6)[y])
    scores = torch.from_numpy(x)
    (gradient,) = torch.autograd.grad(f(scores, q, reduction="sum"), q)
    log_probability = torch.log_softmax(scores, -1) if f.takes == "logits" else scores
    expected = -log_probability
    if "label_smoothing" in f.parameters:
        expected = expected * (1 - f.parameters["label_smoothing"])
    torch.testing.assert_close(gradient, expected)


def test_class_weights_that_require_gradients_are_refused_and_detached_ones_taken():
    x, y = tensors((np.eye(3), np.array([0, 1, 1])))
    class_weight = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64, requires_grad=True)
    with pytest.raises(ValueError, match=r"class_weight takes no gradient.*detach"):
        slopes.cross_entropy(x, y, class_weight=class_weight)
    assert torch.isfinite(slopes.cross_entropy(x, y, class_weight=class_weight.detach()))


def test_tied_scores_have_the_right_second_derivatives():
    """All zeros is where training starts."""
    scores, weight, q = leaves(np.zeros((2, 3)), np.ones(2), np.full((2, 3), 1 / 3))
    y = torch.tensor([0, 2])
    check(lambda x, w: slopes.cross_entropy(x, y, weight=w), scores, weight)
    check(lambda x, q: slopes.cross_entropy(x, q, reduction="sum"), scores, q)
    tangent = torch.tensor([[1.0, 2, 3], [0, 1, 0]], dtype=torch.float64)
    check(lambda x: slopes.softmax.jvp(x, tangent), scores)
    check(lambda x: slopes.log_softmax.jvp(x, tangent), scores)
    check(slopes.softmax, scores)


@over("bad", [float("nan"), float("inf"), 1e200])
@each(*LOSSES)
def test_nothing_behind_a_mask_reaches_autograd(f, bad):
    x, target = tensors(small(f))
    hidden = torch.tensor([False, True])
    if f.kind != "row_loss":
        hidden = hidden[:, None].expand(2, 6)
    dirty, dirty_target = x.clone(), target.clone()
    dirty[hidden] = bad
    dirty_target[hidden] = 99 if f.kind == "row_loss" else bad
    dirty.requires_grad_()
    weight = torch.ones(hidden.shape, dtype=torch.float64, requires_grad=True)
    loss = f(dirty, dirty_target, where=~hidden, weight=weight)
    assert loss.item() == pytest.approx(f(x, target, where=~hidden).item(), rel=1e-12)
    first, in_weight = torch.autograd.grad(loss, (dirty, weight), create_graph=True)
    assert (first[hidden] == 0).all()
    assert torch.isfinite(first).all()
    assert torch.isfinite(in_weight).all()
    if first.requires_grad:
        (second,) = torch.autograd.grad((first * first).sum(), dirty)
        assert (second[hidden] == 0).all()
        assert torch.isfinite(second).all()


def nth(f, x, order):
    """The derivative of an order, by autograd all the way."""
    leaf = result = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    result = f(leaf)
    for _ in range(order):
        (result,) = torch.autograd.grad(result, leaf, create_graph=True)
    return result.item()


@pytest.mark.parametrize("x", [-1.5, 0.0, 0.7])
@pytest.mark.parametrize("name", ["sigmoid", "tanh", "silu", "softplus", "gelu", "gelu_tanh", "log_sigmoid"])
def test_third_and_fourth_derivatives_are_right(name, x):
    f, h = slopes.get(name), 1e-3
    second = [f.derivative(x + k * h, order=2) for k in (-2, -1, 0, 1, 2)]
    third = (second[0] - 8 * second[1] + 8 * second[3] - second[4]) / (12 * h)
    fourth = (-second[0] + 16 * second[1] - 30 * second[2] + 16 * second[3] - second[4]) / (12 * h * h)
    assert nth(f, x, 3) == pytest.approx(third, abs=1e-7)
    assert nth(f, x, 4) == pytest.approx(fourth, abs=1e-6)
