"""Losses of several arrays as users call them: digits, NaN, reductions, masks, layouts and tensors."""

import mpmath as mp
import numpy as np
import pytest
import torch
from ml_dtypes import bfloat16

from slopes.core.adjoint import record
from tests.conftest import public
from tests.laws.batches import SIZES, arguments, exact, shape_of
from tests.laws.reference import M
from tests.loops import over

LOOP = (4,)
DIGITS = {np.float16: 5e-4, bfloat16: 4e-3, np.float32: 6e-8, np.float64: 3e-15}  #: half a unit; float64 sums


def users(definition, seed=0, loop=LOOP, dtype=np.float64):
    """Arrays as users have them, in a dtype."""
    loop = () if definition.axes == "classes" else loop
    given = arguments(definition, seed, loop, written=True)
    return {name: x if x.dtype.kind == "i" else x.astype(dtype) for name, x in given.items()}


def options(definition):
    return {"axis": -1} if definition.axes == "set" else {}


def left(definition, loop=LOOP):
    """The shape of the losses."""
    loop = () if definition.axes == "classes" else loop
    return shape_of(definition.result, loop, written=True)


def as_tuple(gradient):
    return gradient if isinstance(gradient, tuple) else (gradient,)


def call(definition, given, **more):
    """Value and gradients, without a reduction."""
    value, gradient = public(definition).value_and_gradient(
        **given, **{"reduction": "none"} | options(definition) | more
    )
    return value, as_tuple(gradient)


@over("dtype", [*DIGITS])
def test_numbers_are_those_of_the_reference(array_loss, dtype):
    given = users(array_loss, dtype=dtype)
    value, gradients = call(array_loss, given)
    loop = () if array_loss.axes == "classes" else LOOP
    bodies = [
        exact(x).reshape(shape_of(a.shape, loop))
        for x, a in zip(given.values(), array_loss.arrays.values(), strict=True)
    ]
    op = array_loss.op()
    want, pull = record(M, op.body, bodies, op.learned)
    wanted = (want, *pull(M.fill(want, 1.0)))
    for got, exactly in zip((value, *gradients), wanted, strict=True):
        assert got.dtype == dtype
        exactly = exactly.astype(np.float64)
        smallest = 3e-8 if dtype == np.float16 else 32 * DIGITS[np.float64] * max(1, abs(exactly).max())
        np.testing.assert_allclose(got, exactly.reshape(got.shape), rtol=DIGITS[dtype], atol=smallest)


def test_the_value_alone_is_the_value_with_its_gradient(array_loss):
    given = users(array_loss)
    for reduction in ("mean", "sum", "none"):
        both = public(array_loss).value_and_gradient(**given, reduction=reduction, **options(array_loss))
        alone = public(array_loss)(**given, reduction=reduction, **options(array_loss))
        np.testing.assert_array_equal(both[0], alone)
        gradients = public(array_loss).gradient(**given, reduction=reduction, **options(array_loss))
        for one, other in zip(as_tuple(both[1]), as_tuple(gradients), strict=True):
            np.testing.assert_array_equal(one, other)
    mean = public(array_loss)(*given.values(), **options(array_loss))
    assert mean == pytest.approx(both[0].mean(), rel=1e-14)


def test_a_nan_reaches_the_value_and_its_own_gradient(array_loss):
    learned = array_loss.learned()
    for at, name in enumerate(learned):
        given = users(array_loss)
        first = (0,) * given[name].ndim
        given[name][first] = np.nan
        value, gradients = call(array_loss, given)
        assert np.isnan(value).any()
        assert np.isnan(gradients[at][first])
        if array_loss.axes in ("row", "set"):  # other rows are not touched
            assert not np.isnan(value[1:]).any()
            assert not np.isnan(gradients[at][1:]).any()


@over("reduction", ["mean", "sum"])
def test_the_gradient_is_that_of_the_reduced_loss(array_loss, reduction):
    function, rng = public(array_loss), np.random.default_rng(3)
    given = users(array_loss)
    more = {"weight": rng.uniform(0.5, 2, left(array_loss)), "reduction": reduction} | options(array_loss)
    gradients = as_tuple(function.gradient(**given, **more))
    for name, gradient in zip(array_loss.learned(), gradients, strict=True):
        along = rng.standard_normal(given[name].shape)
        up, down = (function(**given | {name: given[name] + s * 1e-6 * along}, **more) for s in (1, -1))
        slope = np.sum(gradient * along)
        assert (up - down) / 2e-6 == pytest.approx(slope, rel=1e-6, abs=1e-6 * max(1, abs(up)))


def test_weights(array_loss):
    given, more = users(array_loss), options(array_loss)
    w = np.random.default_rng(1).uniform(0, 3, left(array_loss))
    function = public(array_loss)
    each, gradients = call(array_loss, given)
    np.testing.assert_allclose(function(**given, **more, weight=w), np.sum(w * each) / np.sum(w), rtol=1e-14)
    np.testing.assert_allclose(call(array_loss, given, weight=w)[0], w * each, rtol=1e-15)
    if array_loss.axes == "row":
        scaled = call(array_loss, given, weight=w)[1]
        for one, other in zip(scaled, gradients, strict=True):
            np.testing.assert_allclose(one, w[:, None] * other, rtol=1e-13, atol=1e-15)


def test_masked_losses_are_as_if_they_were_not_there(array_loss):
    if array_loss.masks() != "results":
        return
    function, more = public(array_loss), options(array_loss)
    given, keep = users(array_loss), np.array([True, False, True, True])
    dirty = {n: x.copy() for n, x in given.items()}
    for name, x in dirty.items():
        x[1] = 7 if array_loss.arrays[name].domain != "real" else np.nan
    kept = {n: x[keep] for n, x in given.items()}
    for reduction in ("mean", "sum"):
        got = function.value_and_gradient(**dirty, where=keep, reduction=reduction, **more)
        want = function.value_and_gradient(**kept, reduction=reduction, **more)
        np.testing.assert_allclose(got[0], want[0], rtol=1e-15)
        for one, other in zip(as_tuple(got[1]), as_tuple(want[1]), strict=True):
            np.testing.assert_allclose(one[keep], other, rtol=1e-15)
            assert (one[~keep] == 0).all()
    tensors = {n: torch.tensor(x, requires_grad=n in array_loss.learned()) for n, x in dirty.items()}
    function(**tensors, where=torch.tensor(keep), **more).backward()
    for name in array_loss.learned():
        assert (tensors[name].grad[1] == 0).all()


def test_masked_entries_are_as_if_they_were_not_there(array_loss):
    if array_loss.masks() != "elements":
        return
    given = users(array_loss)
    keep = np.array([True, True, False, True, True, False])
    if array_loss.axes == "classes":
        keep = np.broadcast_to(keep[:, None], (6, SIZES["c"]))
        kept = {n: x[keep].reshape(-1, SIZES["c"]) for n, x in given.items()}
    else:
        kept = {n: x[:, keep] for n, x in given.items()}
        keep = np.broadcast_to(keep, (4, 6))
    dirty = {n: np.where(keep, x, np.nan) for n, x in given.items()}
    got, gradients = call(array_loss, dirty, where=keep)
    want, wanted = call(array_loss, kept)
    np.testing.assert_allclose(got, want, rtol=1e-14)
    np.testing.assert_allclose(gradients[0][keep], wanted[0].ravel(), rtol=1e-13, atol=1e-16)
    assert (gradients[0][~keep] == 0).all()


LAYOUTS = {
    "strided": lambda x: np.repeat(x, 2, 0)[::2] if x.ndim else x,
    "fortran": np.asfortranarray,
    "read-only": lambda x: np.lib.stride_tricks.as_strided(x, writeable=False),
    "big-endian": lambda x: x.astype(x.dtype.newbyteorder(">")),
}


@over("layout", LAYOUTS)
def test_layout_changes_no_bit(array_loss, layout):
    given = users(array_loss)
    before = {n: x.copy() for n, x in given.items()}
    plain = call(array_loss, given)
    other = call(array_loss, {n: layout(x) for n, x in given.items()})
    np.testing.assert_array_equal(plain[0], other[0])
    for one, two in zip(plain[1], other[1], strict=True):
        np.testing.assert_array_equal(one, two)
    for name, x in given.items():
        np.testing.assert_array_equal(x, before[name])


def test_the_axis_may_lie_anywhere(array_loss):
    if array_loss.axes == "last":
        return
    given = users(array_loss, loop=(4, 2))
    want, wanted = call(array_loss, given)
    letters = max(x.ndim for x in given.values())
    moved = {n: np.moveaxis(x, -1, 0) if x.ndim == letters else x for n, x in given.items()}
    got, gradients = call(array_loss, moved, axis=0)
    np.testing.assert_allclose(got, want, rtol=1e-14)
    for one, two in zip(gradients, wanted, strict=True):
        np.testing.assert_allclose(np.moveaxis(one, 0, -1), two, rtol=1e-13, atol=1e-15)


def test_no_losses_have_sum_zero_and_no_mean(array_loss):
    given = users(array_loss, loop=(0,))
    if left(array_loss, (0,)) == () or 0 not in left(array_loss, (0,)):
        return
    total, gradients = call(array_loss, given, reduction="sum")
    assert total == 0
    learned = [given[n].shape for n in array_loss.learned()]
    assert [g.shape for g in gradients] == learned
    with pytest.raises(ValueError, match="a mean over nothing"):
        call(array_loss, given, reduction="mean")


def tensors(definition, dtype=torch.float64, loop=LOOP):
    made = {}
    for name, x in users(definition, loop=loop).items():
        t = torch.tensor(x)
        made[name] = t.to(dtype).requires_grad_(name in definition.learned()) if t.is_floating_point() else t
    return made


@over("dtype", [torch.float32, torch.float64])
def test_tensors_agree_with_numpy(array_loss, dtype):
    given, more = tensors(array_loss, dtype), options(array_loss)
    plain = {n: t.detach().numpy() for n, t in given.items()}
    tolerance = 2e-5 if dtype == torch.float32 else 2e-13
    for reduction in ("mean", "sum", "none"):
        want, wanted = call(array_loss, plain, reduction=reduction)
        loss = public(array_loss)(**given, reduction=reduction, **more)
        assert loss.dtype == dtype
        leaves = [given[n] for n in array_loss.learned()]
        found = torch.autograd.grad(loss.sum(), leaves)
        stated = as_tuple(public(array_loss).gradient(**given, reduction=reduction, **more))
        np.testing.assert_allclose(loss.detach(), want, rtol=tolerance, atol=tolerance)
        for a, b, c in zip(found, stated, wanted, strict=True):
            scale = max(1, abs(c).max())
            np.testing.assert_allclose(a, c, rtol=tolerance, atol=tolerance * scale)
            np.testing.assert_allclose(b.detach(), a, rtol=tolerance, atol=tolerance * scale)


def test_autograd_takes_first_and_second_derivatives(array_loss):
    given = tensors(array_loss, loop=())
    names = array_loss.learned()

    def loss(*leaves):
        return public(array_loss)(**given | dict(zip(names, leaves, strict=True)), **options(array_loss))

    leaves = tuple(given[n] for n in names)
    assert torch.autograd.gradcheck(loss, leaves, fast_mode=True)
    assert torch.autograd.gradgradcheck(loss, leaves, rtol=1e-3, atol=1e-4, fast_mode=True)


def test_a_learned_target_gets_its_gradient(array_loss):
    given = tensors(array_loss)
    others = [
        n for n, a in array_loss.arrays.items() if not a.learned and a.domain in ("real", "probability")
    ]
    for name in others:
        leaf = given[name].requires_grad_()
        loss = public(array_loss)(**given, **options(array_loss), reduction="sum")
        (found,) = torch.autograd.grad(loss, leaf)
        assert torch.isfinite(found).all()
    assert mp.mp.dps == 50


@over("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_evaluated_wide(array_loss, dtype):
    given = tensors(array_loss, dtype)
    got = public(array_loss)(**given, reduction="none", **options(array_loss))
    wide = {n: t.float() if t.is_floating_point() else t for n, t in given.items()}
    want = public(array_loss)(**wide, reduction="none", **options(array_loss))
    assert got.dtype == dtype
    torch.testing.assert_close(got, want.to(dtype), rtol=0, atol=0)
