"""PyTorch's ways of differentiating and of computing with less: one loop over the register for each."""

import numpy as np
import pytest
import torch
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.autograd import forward_ad
from torch.nn import functional

import slopes
from tests.api.examples import FUNCTIONS, arguments, tensors

needs_kernels = pytest.mark.skipif(not slopes.kernels(), reason="the compiled kernels are not in use")
LOSSES = tuple(slopes.losses.values())
SINGLE = {"rtol": 2e-6, "atol": 2e-6}

#: torch imports its rules for forward mode when they are first needed, and warns of itself
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")


def learned(f):
    """The places of the arguments that models learn."""
    if f.kind == "array_loss":
        return tuple(list(f.definition.arrays).index(name) for name in f.learned)
    return (0,)


def along(f, args, tangents):
    """The stated derivative along tangents of the learned arguments."""
    if f.kind == "activation":
        return f.derivative(*args) * tangents[0]
    if f.kind == "row_activation":
        return f.jvp(*args, tangents[0])
    gradients = f.gradient(*args)
    gradients = gradients if isinstance(gradients, tuple) else (gradients,)
    return sum((g * t).sum() for g, t in zip(gradients, tangents, strict=True))


def test_forward_mode_takes_the_stated_derivatives():
    for f in FUNCTIONS:
        args = tensors(arguments(f, shape=(3, 6)))
        places = learned(f)
        tangents = [torch.randn(args[i].shape, dtype=args[i].dtype) for i in places]
        expected = along(f, args, tangents)

        def run(*moved, f=f, args=args, places=places):
            given = dict(zip(places, moved, strict=True))
            return f(*(given.get(i, a) for i, a in enumerate(args)))

        moved = tuple(args[i] for i in places)
        _, pushed = torch.func.jvp(run, moved, tuple(tangents))
        torch.testing.assert_close(pushed, expected, rtol=1e-10, atol=1e-12, msg=lambda m, f=f: f"{f}: {m}")
        with forward_ad.dual_level():
            result = run(*map(forward_ad.make_dual, moved, tangents))
            pushed = forward_ad.unpack_dual(result).tangent
        torch.testing.assert_close(pushed, expected, rtol=1e-10, atol=1e-12, msg=lambda m, f=f: f"{f}: {m}")


def test_hessians_forward_over_reverse_equal_reverse_over_reverse():
    for f in FUNCTIONS:
        x, *rest = tensors(arguments(f, shape=(1, 4)))
        total = lambda x, f=f, rest=rest: f(x, *rest).square().sum()  # noqa: E731
        expected = torch.autograd.functional.hessian(total, x)
        found = torch.func.hessian(total)(x)
        assert torch.allclose(found, expected, rtol=1e-9, atol=1e-11), (
            f"{f}: {(found - expected).abs().max()}"
        )


def test_forward_mode_keeps_the_tails():
    _, slope = torch.func.jvp(slopes.sigmoid, (torch.tensor(20.0),), (torch.tensor(1.0),))
    assert slope.item() == pytest.approx(2.0611537e-09, rel=2e-7, abs=0)


def test_what_torch_differentiates_once_is_differentiated_twice():
    x = torch.linspace(-4, 4, 12, dtype=torch.float64).reshape(3, 4).requires_grad_()
    y = torch.tensor([0, 3, 1])
    for ours, theirs in (
        (slopes.hard_sigmoid, functional.hardsigmoid),
        (lambda x: slopes.multi_margin(x, y), lambda x: functional.multi_margin_loss(x, y)),
    ):
        (first,) = torch.autograd.grad(theirs(x).square().sum(), x, create_graph=True)
        with pytest.raises(RuntimeError, match="not implemented"):
            torch.autograd.grad(first.square().sum(), x)
        assert torch.autograd.gradgradcheck(ours, x, fast_mode=True, check_undefined_grad=False)


def saved(f, *args):
    """The bytes that the backward pass keeps; what is kept twice counts once."""
    kept = {}
    with torch.autograd.graph.saved_tensors_hooks(
        lambda t: kept.update({t.untyped_storage().data_ptr(): t.nbytes}) or t, lambda t: t
    ):
        result = f(*args)
    assert result.requires_grad
    return sum(kept.values())


SHARED = {
    "arrays": {
        "celu": functional.celu,
        "elu": functional.elu,
        "gelu": functional.gelu,
        "hard_sigmoid": functional.hardsigmoid,
        "hard_swish": functional.hardswish,
        "hard_tanh": functional.hardtanh,
        "leaky_relu": functional.leaky_relu,
        "log_sigmoid": functional.logsigmoid,
        "mish": functional.mish,
        "relu": functional.relu,
        "relu6": functional.relu6,
        "selu": functional.selu,
        "sigmoid": torch.sigmoid,
        "silu": functional.silu,
        "softplus": functional.softplus,
        "softsign": functional.softsign,
        "tanh": torch.tanh,
        "glu": functional.glu,
        "log_softmax": lambda x: functional.log_softmax(x, -1),
        "softmax": lambda x: functional.softmax(x, -1),
    },
    "losses": {
        "huber": functional.huber_loss,
        "mse": functional.mse_loss,
        "smooth_l1": functional.smooth_l1_loss,
        "binary_cross_entropy_with_logits": functional.binary_cross_entropy_with_logits,
        "poisson_nll": functional.poisson_nll_loss,
    },
    "signs": {"soft_margin": functional.soft_margin_loss},
    "classes": {"cross_entropy": functional.cross_entropy, "multi_margin": functional.multi_margin_loss},
}


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
def test_no_more_is_saved_for_backward_than_torch_saves(dtype):
    x = torch.randn(64, 32).to(dtype).requires_grad_()
    t = torch.rand(64, 32).to(dtype)
    second = {
        "arrays": (),
        "losses": (t,),
        "signs": (torch.where(t < 0.5, -1, 1).to(dtype),),
        "classes": (torch.arange(64) % 32,),
    }
    for kind, functions in SHARED.items():
        for name, theirs in functions.items():
            if name == "multi_margin" and dtype is torch.bfloat16:
                continue  # torch has it in float32 and float64 only
            ours, most = saved(slopes.get(name), x, *second[kind]), saved(theirs, x, *second[kind])
            assert ours <= most, f"{name}: {ours} bytes, torch {most}"


def test_what_needs_no_gradient_keeps_nothing():
    def fail(_):
        raise AssertionError("something was saved")

    with torch.autograd.graph.saved_tensors_hooks(fail, fail):
        for f in FUNCTIONS:
            args = tensors(arguments(f))
            assert not f(*args).requires_grad


def test_fake_tensors_have_the_shapes_and_dtypes_of_real_ones():
    for f in FUNCTIONS:
        args = tensors(arguments(f), torch.float32)
        expected = f(*args)
        with FakeTensorMode(allow_non_fake_inputs=True) as mode:
            fakes = [mode.from_tensor(a).requires_grad_(a.is_floating_point()) for a in args]
            result = f(*fakes)
            assert type(result).__name__ == "FakeTensor", f.name
            assert (result.shape, result.dtype) == (expected.shape, expected.dtype), f.name
            (slope,) = torch.autograd.grad(result.sum(), fakes[:1])
            assert slope.shape == args[0].shape, f.name
        on_meta = f(*(a.to("meta") for a in args))
        assert (on_meta.shape, on_meta.dtype, on_meta.is_meta) == (expected.shape, expected.dtype, True)


@needs_kernels
def test_tensors_and_arrays_are_computed_by_the_same_kernels():
    """Bit for bit; where a function has no kernel, NumPy and torch differ in their own functions."""
    names = ("sigmoid", "tanh", "gelu", "mish", "softplus", "huber", "quantile", "softmax", "cross_entropy")
    for f in map(slopes.get, names):
        x, *rest = arguments(f, shape=(50, 7))
        x, rest = x.astype(np.float32), [r.astype(np.float32) if r.dtype.kind == "f" else r for r in rest]
        leaf = torch.from_numpy(x).requires_grad_()
        others = list(map(torch.from_numpy, rest))
        result = f(leaf, *others, **({"reduction": "sum"} if rest else {}))
        expected = f(x, *rest, **({"reduction": "sum"} if rest else {}))
        np.testing.assert_array_equal(result.detach().numpy(), expected, err_msg=f.name)
        if f.kind == "row_activation":
            continue
        (slope,) = torch.autograd.grad(result.sum(), leaf)
        stated = f.gradient(x, *rest, reduction="sum") if rest else f.derivative(x)
        units = 1 if f.kind == "row_loss" else 0  # a cotangent multiplies the gradient before it is rounded
        np.testing.assert_array_max_ulp(slope.numpy(), stated, units)


@needs_kernels
def test_kernels_read_tensors_where_they_are():
    x = torch.randn(6, 8, 2)
    for view in (
        x[::2],
        x.mT,
        x[..., 0],
        x.expand(3, 6, 8, 2),
        x[:, :0],
        x[0, 0, 0],
        x.to_sparse().to_dense(),
    ):
        torch.testing.assert_close(slopes.mish(view), functional.mish(view), **SINGLE)
    negative = torch.complex(x, x).conj().imag
    assert negative.is_neg()
    torch.testing.assert_close(slopes.mish(negative), functional.mish(-x), **SINGLE)
    bfloat = x.bfloat16()
    torch.testing.assert_close(
        slopes.mish(bfloat), functional.mish(bfloat.float()).bfloat16(), rtol=0.01, atol=0
    )


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=str)
def test_autocast_computes_losses_in_float32_and_curves_as_they_come(dtype):
    for f in FUNCTIONS:
        args = [a.to(dtype) if a.is_floating_point() else a for a in tensors(arguments(f), torch.float32)]
        leaf = args[0].clone().requires_grad_()
        with torch.autocast("cpu", dtype):
            result = f(leaf, *args[1:])
        wide = [a.float() if a.is_floating_point() else a for a in args]
        if f not in LOSSES:
            assert result.dtype is dtype, f.name
            continue
        assert result.dtype is torch.float32, f.name
        torch.testing.assert_close(result.detach(), f(*wide), msg=lambda m, f=f: f"{f.name}: {m}")
        assert torch.autograd.grad(result.sum(), leaf)[0].dtype is dtype, f.name


def test_curves_keep_the_dtypes_that_torchs_have_under_autocast():
    x = torch.randn(4, 8, dtype=torch.bfloat16)
    with torch.autocast("cpu", torch.bfloat16):
        for name, theirs in SHARED["arrays"].items():
            assert slopes.get(name)(x).dtype is theirs(x).dtype, name


def test_autocast_leaves_products_of_losses_in_float32():
    for f in (slopes.info_nce, slopes.n_pairs, slopes.supervised_contrastive):
        args = tensors(arguments(f), torch.float32)
        plain = f.value_and_gradient(*args)
        with torch.autocast("cpu", torch.bfloat16):
            cast = f.value_and_gradient(*args)
        torch.testing.assert_close(cast, plain, rtol=0, atol=0)


def test_row_losses_of_all_options_are_differentiated_forwards():
    x, y = tensors(arguments(slopes.cross_entropy, shape=(5, 4)))
    t = torch.randn_like(x)
    for options in (
        {"label_smoothing": 0.1, "class_weight": torch.arange(1.0, 5, dtype=x.dtype)},
        {"ignore_index": 2, "reduction": "sum"},
        {"weight": torch.arange(1.0, 6, dtype=x.dtype), "where": y != 1},
        {"z_loss": 0.01, "logit_softcap": 30.0},
    ):
        f = lambda x, o=options: slopes.cross_entropy(x, y, **o)  # noqa: E731
        expected = (slopes.cross_entropy.gradient(x, y, **options) * t).sum()
        torch.testing.assert_close(torch.func.jvp(f, (x,), (t,))[1], expected)


def test_examples_are_mapped_over_with_parameters_and_targets():
    x, t = torch.randn(5, 3, dtype=torch.float64), torch.rand(5, 3, dtype=torch.float64)
    slope = torch.rand(5, dtype=torch.float64)
    mapped = torch.func.vmap(lambda x, s: slopes.prelu(x, slope=s))(x, slope)
    torch.testing.assert_close(mapped, slopes.prelu(x, slope=slope[:, None]))
    gradients = torch.func.vmap(torch.func.grad(lambda p, t: slopes.huber(p, t, delta=0.3)))(x, t)
    torch.testing.assert_close(gradients, 5 * slopes.huber.gradient(x, t, delta=0.3))
