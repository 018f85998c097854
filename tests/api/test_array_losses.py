"""Losses of several arrays: how they are called, and one clear error for each mistake."""

import numpy as np
import pytest
import torch

import slopes

RNG = np.random.default_rng(0)
A, P, N = RNG.standard_normal((3, 5, 4))
BOX = np.array([[0.0, 0.0, 1.0, 2.0], [1.0, 1.0, 2.0, 2.0]])
IN_SET = RNG.uniform(size=(2, 3, 4))
LABELS = np.array([0, 1, 2, 0, 1])


def test_arrays_are_given_by_place_or_by_name():
    want = slopes.triplet_margin(A, P, N)
    assert slopes.triplet_margin(A, P, negative=N) == want
    assert slopes.triplet_margin(negative=N, positive=P, anchor=A) == want


def test_a_gradient_is_one_array_or_one_for_each_that_is_learned():
    assert slopes.dice.gradient(IN_SET, IN_SET).shape == IN_SET.shape
    assert [g.shape for g in slopes.triplet_margin.gradient(A, P, N)] == [A.shape] * 3
    assert slopes.triplet_margin.learned == ("anchor", "positive", "negative")
    assert [g.shape for g in slopes.arcface.gradient(A, P[:3], LABELS)] == [A.shape, P[:3].shape]


def test_numbers_give_a_number():
    loss = slopes.gaussian_nll(0.0, 1.0, 1.0)
    assert type(loss) is float
    assert loss == 0.5
    assert slopes.margin_ranking(1, 2, 1) == 1.0


def test_a_set_runs_along_any_axes():
    each = slopes.dice(IN_SET, IN_SET**2, axis=(1, 2), reduction="none")
    assert each.shape == (2,)
    np.testing.assert_array_equal(each[1], slopes.dice(IN_SET[1], IN_SET[1] ** 2))
    by_column = slopes.dice(IN_SET, IN_SET**2, axis=(0, -1), reduction="none")
    assert by_column[2] == pytest.approx(slopes.dice(IN_SET[:, 2], IN_SET[:, 2] ** 2), rel=1e-15)


def test_classes_lie_along_any_axis():
    images = np.moveaxis(RNG.dirichlet(np.ones(3), (2, 4, 4)), -1, 1)
    classes = RNG.integers(0, 3, (2, 4, 4))
    rows = np.moveaxis(images, 1, -1).reshape(-1, 3)
    got = slopes.lovasz_softmax.value_and_gradient(images, classes, axis=1)
    want = slopes.lovasz_softmax.value_and_gradient(rows, classes.ravel())
    assert got[0] == want[0]
    np.testing.assert_array_equal(np.moveaxis(got[1], 1, -1).reshape(-1, 3), want[1])


def test_alone_in_its_class_a_sample_has_no_loss():
    for x in (A, torch.tensor(A, requires_grad=True)):
        labels = np.arange(5) if x is A else torch.arange(5)
        value, gradient = slopes.supervised_contrastive.value_and_gradient(x, labels, reduction="sum")
        assert bool(value == 0)
        assert not bool((gradient != 0).any())


@pytest.mark.parametrize("name", ["dice", "jaccard", "tversky", "focal_tversky"])
def test_two_empty_sets_agree(name):
    value, gradient = slopes.get(name).value_and_gradient(np.zeros(4), np.zeros(4))
    assert value == 0
    assert (gradient == 0).all()


def test_vectors_that_coincide_have_finite_gradients():
    for loss in (slopes.arcface, slopes.cosface):
        for gradient in loss.gradient(np.eye(2), np.eye(2), np.array([0, 1])):
            assert np.isfinite(gradient).all()
    for gradient in slopes.triplet_margin.gradient(A, A, A):
        assert (gradient == 0).all()
    assert not any(g.any() for g in slopes.cosine_embedding.gradient(0 * A, P, np.ones(5)))


def test_a_nan_that_top_k_would_not_see_is_seen():
    x = np.array([[1.0, np.nan, 0.0], [1.0, 2.0, 0.0]])
    for logits in (x, torch.from_numpy(x)):
        value, gradient = slopes.top_k_cross_entropy.value_and_gradient(
            logits, np.array([0, 0]) if logits is x else torch.tensor([0, 0]), k=3, reduction="none"
        )
        assert np.isnan(np.asarray(value)).tolist() == [True, False]
        assert np.isnan(np.asarray(gradient))[0, 1]


MISTAKES = {
    "triplet_margin takes anchor, positive, negative; negative is missing": lambda: slopes.triplet_margin(
        A, P
    ),
    "triplet_margin takes 3 arrays .*, got 4": lambda: slopes.triplet_margin(A, P, N, N),
    "triplet_margin: anchor is given twice": lambda: slopes.triplet_margin(A, P, N, anchor=A),
    "no parameter 'margn'.*did you mean margin": lambda: slopes.triplet_margin(A, P, N, margn=1.0),
    "no parameter 'axis'": lambda: slopes.info_nce(A, P, axis=0),
    "margin must be a finite number at least 0": lambda: slopes.triplet_margin(A, P, N, margin=-1.0),
    r"positive has shape \(4, 4\); positive must have shape \(5, 4\)": lambda: slopes.n_pairs(A, P[:4]),
    r"target has shape \(5, 1\); target must have shape \(5,\)": lambda: slopes.cosine_embedding(
        A, P, np.ones((5, 1))
    ),
    r"prototype has shape \(3, 3\); prototype must have shape \(3, 4\)": lambda: slopes.arcface(
        A, P[:3, :3], LABELS
    ),
    "query has shape .*; it needs at least 2 axes": lambda: slopes.info_nce(A[0], P[0]),
    "axis 1 must have 4 entries": lambda: slopes.giou(BOX[:, :3], BOX[:, :3]),
    "target must be -1 or 1, got 0.0": lambda: slopes.cosine_embedding(A, P, np.zeros(5)),
    "prediction must be in \\[0, 1\\], got 2.0": lambda: slopes.dice(2 * np.ones(3), np.ones(3)),
    "target must be 0 or 1, got 0.5": lambda: slopes.lovasz_hinge(np.ones(3), np.full(3, 0.5)),
    "variance must be above 0, got 0.0": lambda: slopes.gaussian_nll(np.ones(3), np.ones(3), np.zeros(3)),
    "class indices must be integers": lambda: slopes.arcface(A, P[:3], LABELS * 1.0),
    "class indices must lie between 0 and 1, got 2": lambda: slopes.arcface(A, P[:2], LABELS),
    "axis must name each axis once": lambda: slopes.dice(IN_SET, IN_SET, axis=(0, -3)),
    "axis 7 is out of range": lambda: slopes.triplet_margin(A, P, N, axis=7),
    r"weight has shape \(4,\)": lambda: slopes.triplet_margin(A, P, N, weight=np.ones(4)),
    "where has dtype float64": lambda: slopes.dice(IN_SET, IN_SET, where=IN_SET),
    "reduction must be one of": lambda: slopes.iou(BOX, BOX, reduction="all"),
    "they must be of one framework": lambda: slopes.iou(BOX, torch.tensor(BOX)),
    "a mean over nothing": lambda: slopes.iou(BOX, BOX, where=np.zeros(2, bool)),
}


@pytest.mark.parametrize("message", MISTAKES)
def test_each_mistake_has_one_clear_error(message):
    with pytest.raises((TypeError, ValueError), match=message):
        MISTAKES[message]()


def test_lovasz_softmax_counts_only_classes_that_occur():
    """By the extension's definition: errors in falling order, times the growth of the Jaccard loss."""
    generator = np.random.default_rng(3)
    p, t = generator.dirichlet(np.ones(4), 7), np.array([0, 2, 2, 0, 1, 0, 2])  # class 3 does not occur
    each = []
    for c in range(3):
        errors = np.abs((t == c) - p[:, c])
        order = np.argsort(-errors)
        present = (t == c)[order]
        jaccard = [
            1 - np.sum(present[k:]) / (np.sum(present) + np.sum(~present[:k])) for k in range(len(t) + 1)
        ]
        each.append(np.sum(errors[order] * np.diff(jaccard)))
    assert slopes.lovasz_softmax(p, t) == pytest.approx(np.mean(each), rel=1e-14)
