"""CTC beside all alignments written out, differences at high precision, and torch's."""

from itertools import groupby, product

import jax
import jax.numpy as jnp
import mpmath as mp
import numpy as np
import pytest
import torch

import slopes

RNG = np.random.default_rng(7)
#: target, and how many of its labels and of five frames count
SHORT = [([1, 2], 2, 5), ([1, 1], 2, 5), ([1, 1], 2, 3), ([2, 1], 0, 4), ([2, 9], 1, 1), ([1, 2], 2, 2)]


def collapsed(path, blank):
    return [label for label, _ in groupby(path) if label != blank]


def enumerated(logits, target, blank=0):
    """The loss by its definition, with 50 digits: every path of classes, one after the other."""
    rows = [[mp.mpf(v) for v in row] for row in logits]
    p = [[mp.exp(v) / mp.fsum(map(mp.exp, row)) for v in row] for row in rows]
    paths = product(range(len(rows[0])), repeat=len(rows))
    total = mp.fsum(
        mp.fprod(p[t][c] for t, c in enumerate(path))
        for path in paths
        if collapsed(path, blank) == list(target)
    )
    return -mp.log(total) if total else mp.inf


def batch(seed=0, n=6, frames=12, classes=5, labels=4):
    """Sequences and labels of every length, repeated labels among them."""
    rng = np.random.default_rng(seed)
    target = rng.integers(1, classes, (n, labels))
    target[0] = [1, 1, 2, 2]
    counts = rng.integers(0, labels + 1, n)
    counts[:3] = labels, 0, 1
    return rng.standard_normal((n, frames, classes)) * 3, target, rng.integers(9, frames + 1, n), counts


def peer(x, target, frames, counts, **options):
    """torch's losses and their gradient, of one sequence each."""
    leaf = torch.tensor(x, requires_grad=True)
    log_p = leaf.log_softmax(-1).transpose(0, 1)
    given = map(torch.tensor, (target, frames, counts))
    losses = torch.nn.functional.ctc_loss(log_p, *given, reduction="none", **options)
    losses.sum().backward()
    return losses.detach().numpy(), leaf.grad.numpy()


@pytest.mark.parametrize(("target", "labels", "frames"), SHORT)
def test_value_and_gradient_are_those_of_all_alignments(target, labels, frames):
    x = RNG.standard_normal((5, 3)) * 2
    options = {"input_length": frames, "target_length": labels}
    value, gradient = slopes.ctc.value_and_gradient(x, np.array(target), **options)
    with mp.workdps(50):
        assert float(value) == pytest.approx(float(enumerated(x[:frames], target[:labels])), rel=1e-13)
        h = mp.mpf("1e-15")
        for t, c in np.ndindex(x.shape):
            ends = []
            for side in (1, -1):
                moved = [[mp.mpf(v) for v in row] for row in x[:frames]]
                if t < frames:
                    moved[t][c] += side * h
                ends.append(enumerated(moved, target[:labels]))
            want = float((ends[0] - ends[1]) / (2 * h))
            assert gradient[t, c] == pytest.approx(want, rel=1e-11, abs=1e-14)
    assert slopes.ctc(x, np.array(target), **options) == value
    np.testing.assert_array_equal(slopes.ctc.gradient(x, np.array(target), **options), gradient)


@pytest.mark.parametrize("blank", [0, 2])
def test_values_and_gradients_are_torchs(blank):
    x, target, frames, counts = batch()
    target = np.where(target == blank, 0, target)
    options = {"input_length": frames, "target_length": counts, "blank": blank}
    want, slope = peer(x, target, frames, counts, blank=blank)
    value, gradient = slopes.ctc.value_and_gradient(x, target, **options, reduction="none")
    np.testing.assert_allclose(value, want, rtol=1e-12)
    np.testing.assert_allclose(gradient, slope, rtol=1e-9, atol=1e-12)
    mean, shared = slopes.ctc.value_and_gradient(x, target, **options)
    assert mean == pytest.approx(want.mean(), rel=1e-12)
    np.testing.assert_allclose(shared, gradient / len(x), rtol=1e-14)
    assert slopes.ctc(x, target, **options, reduction="sum") == pytest.approx(want.sum(), rel=1e-12)
    leaf = torch.tensor(x, requires_grad=True)
    tensors = {k: torch.tensor(v) if isinstance(v, np.ndarray) else v for k, v in options.items()}
    losses = slopes.ctc(leaf, torch.tensor(target), **tensors, reduction="none")
    factors = torch.arange(1.0, 1 + len(x), dtype=torch.float64)
    (losses * factors).sum().backward()
    np.testing.assert_allclose(losses.detach().numpy(), value, rtol=1e-14)
    np.testing.assert_allclose(
        leaf.grad.numpy(), gradient * factors.numpy()[:, None, None], rtol=1e-12, atol=1e-15
    )
    with jax.enable_x64(True):
        arrays = {k: jnp.asarray(v) if isinstance(v, np.ndarray) else v for k, v in options.items()}

        @jax.jit
        def loss(x, target):
            return slopes.ctc(x, target, **arrays)

        got, slope = jax.value_and_grad(loss)(jnp.asarray(x), jnp.asarray(target))
        np.testing.assert_allclose(got, mean, rtol=1e-13)
        np.testing.assert_allclose(slope, shared, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_narrow_logits_are_summed_in_float64_and_rounded_once(dtype):
    x, target, frames, counts = batch(1)
    x = x.astype(dtype)
    options = {"input_length": frames, "target_length": counts, "reduction": "none"}
    wanted = slopes.ctc.value_and_gradient(x.astype(np.float64), target, **options)
    for got, want in zip(slopes.ctc.value_and_gradient(x, target, **options), wanted, strict=True):
        assert got.dtype == dtype
        np.testing.assert_array_equal(got, want.astype(dtype))


def test_too_few_frames_give_infinity_or_by_wish_nothing():
    x = RNG.standard_normal((2, 3, 4))
    target = np.array([[1, 1, 2], [1, 2, 3]])  # two equal labels need a blank between them
    value, gradient = slopes.ctc.value_and_gradient(x, target, reduction="none")
    assert value[0] == np.inf
    assert np.isnan(gradient[0]).all()
    assert np.isfinite(value[1])
    assert np.isfinite(gradient[1]).all()
    zero, none = slopes.ctc.value_and_gradient(x, target, reduction="none", zero_infinity=True)
    np.testing.assert_array_equal(zero, [0, value[1]])
    np.testing.assert_array_equal(none[0], 0)
    np.testing.assert_array_equal(none[1], gradient[1])


def test_a_confidently_right_frame_has_a_loss_and_a_gradient():
    """p - 1 would be 0 in float64 from a margin of 37."""
    x = np.array([[[0.0, 40.0, 0.0]]], np.float32)
    rest = 2 * np.exp(-40.0)
    value, gradient = slopes.ctc.value_and_gradient(x, np.array([[1]]))
    assert value == pytest.approx(rest, rel=1e-6)
    np.testing.assert_allclose(gradient[0, 0], [rest / 2, -rest, rest / 2], rtol=1e-6)


def test_what_does_not_count_may_be_anything():
    x, target, frames, counts = batch(2)
    options = {"input_length": frames, "target_length": counts, "reduction": "none"}
    wanted = slopes.ctc.value_and_gradient(x, target, **options)
    x = np.where((np.arange(12) < frames[:, None])[..., None], x, np.nan)
    target = np.where(np.arange(4) < counts[:, None], target, -100)
    for got, want in zip(slopes.ctc.value_and_gradient(x, target, **options), wanted, strict=True):
        np.testing.assert_array_equal(got, want)
    x[1, 0, 0] = np.nan
    value, gradient = slopes.ctc.value_and_gradient(x, target, **options)
    assert list(np.isnan(value)) == [False, True, False, False, False, False]
    assert np.isnan(gradient[1, 0]).any()
    assert not np.isnan(gradient[[0, 2, 3, 4, 5]]).any()


X, Y = np.zeros((2, 5, 4)), np.ones((2, 3), int)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((X[0, 0], Y[0]), {}, ValueError, r"logits have shape \(4,\); it must be \(N, T, C\) or \(T, C\)"),
        ((X[:, :0], Y), {}, ValueError, r"shape \(2, 0, 4\); it must be .* T and C above 0"),
        ((X, Y[0]), {}, ValueError, r"target has shape \(3,\); it must be \(N, L\)"),
        ((X[0], Y), {}, ValueError, r"target has shape \(2, 3\); it must be \(L,\)"),
        ((X, Y * 0.5), {}, TypeError, "class indices must be integers, got float64"),
        ((X, Y + 3), {}, ValueError, "class indices must lie between 0 and 3, got 4"),
        ((X, Y - 1), {}, ValueError, "target holds the blank, 0; it must hold labels only"),
        ((X, Y), {"blank": 4}, ValueError, "blank must be a class from 0 to 3, got 4"),
        ((X, Y), {"blank": True}, ValueError, "blank must be a class from 0 to 3, got True"),
        ((X, Y), {"input_length": 6}, ValueError, "input_length must lie between 1 and 5, got 6"),
        (
            (X, Y),
            {"target_length": np.array([0, 4])},
            ValueError,
            "target_length must lie between 0 and 3, got 4",
        ),
        (
            (X, Y),
            {"target_length": np.array([1])},
            ValueError,
            r"shape \(1,\); it must be an integer or have",
        ),
        ((X, Y), {"input_length": 2.5}, TypeError, "input_length: class indices must be integers"),
        ((X, Y), {"reduction": "average"}, ValueError, "reduction must be one of"),
        ((X, Y), {"zero_infinity": 1}, TypeError, "zero_infinity must be True or False, got 1"),
        ((X[:0], Y[:0]), {}, ValueError, "a mean over nothing"),
    ],
)
def test_mistakes(arguments, options, error, message):
    with pytest.raises(error, match=message):
        slopes.ctc(*arguments, **options)


def test_arrays_of_other_frameworks_are_refused():
    import tensorflow as tf

    with pytest.raises(TypeError, match="ctc needs arrays of NumPy, PyTorch or JAX, got one of tensorflow"):
        slopes.ctc(tf.constant(X), tf.constant(Y))


def test_torch_compiles_it_to_one_graph():
    x, target, frames, counts = batch(3)
    given = [torch.tensor(a) for a in (x, target, frames, counts)]

    @torch.compile(backend="aot_eager", fullgraph=True)
    def loss(x, target, frames, counts):
        return slopes.ctc(x, target, input_length=frames, target_length=counts)

    leaf = given[0].requires_grad_()
    loss(leaf, *given[1:]).backward()
    want = slopes.ctc.gradient(x, target, input_length=frames, target_length=counts)
    np.testing.assert_allclose(leaf.grad.numpy(), want, rtol=1e-12, atol=1e-15)
