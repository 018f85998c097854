"""Arrays as a task: what targets are, how they are split, taught and scored, and what is refused."""

from typing import Any

import numpy as np
import pytest
import torch
from sklearn import metrics
from sklearn.datasets import load_diabetes, load_iris
from torch import nn

import slopes
from slopes.trial import ArrayProblem, Candidate, CurvePoint, Plan, hold, library
from slopes.trial.problems import targets
from slopes.trial.problems.arrays import Arrays
from slopes.trial.torch_problem import Layer

X, Y = load_iris(return_X_y=True)


def iris_model(activation: Layer) -> nn.Module:
    return nn.Sequential(nn.Linear(4, 16), activation(), nn.Linear(16, 3))


def iris(**options: Any) -> ArrayProblem:
    return ArrayProblem("iris", iris_model, (X, Y), **options)


def plan(activation: str = "relu", loss: str = "cross_entropy", **options: Any) -> Plan:
    return Plan(
        Candidate(activation, loss),
        **{"learning_rate": 0.01, "seed": 3, "steps": 60, "phase": "trial", **options},
    )


def arrays(x: Any, y: Any, test: Any = None, **options: Any) -> Arrays:
    return Arrays.of((x, y), test, options.get("task"), options.get("metric"), options.get("test_size", 0.25))


def test_it_learns_classes_and_equal_plans_agree_bit_for_bit() -> None:
    problem = iris()
    points: list[list[CurvePoint]] = [[], []]
    first, second = (problem.train(plan(), record.append) for record in points)
    assert first["accuracy"] > 0.85 > problem.yardsticks()["the most frequent class"]
    assert points[0] == points[1]
    assert {key: first[key] for key in problem.data.targets.measures(np.eye(3), np.arange(3))} == {
        key: second[key] for key in ("accuracy", "balanced_accuracy")
    }


def test_it_learns_values_in_their_own_unit() -> None:
    x, y = load_diabetes(return_X_y=True)
    x = x / x.std(axis=0)

    def model(activation: Layer) -> nn.Module:
        return nn.Sequential(nn.Linear(10, 16), activation(), nn.Linear(16, 1))

    problem = ArrayProblem("diabetes", model, (x, y))
    measures = problem.train(plan(loss="huber", steps=200, learning_rate=0.003), lambda _: None)
    assert problem.metric.name == "r2"
    assert measures["r2"] > 0.25
    assert 30 < measures["mae"] < 60  # y runs from 25 to 346
    assert abs(problem.yardsticks()["the mean"]) < 0.05


def test_measures_are_those_of_scikit_learn() -> None:
    random = np.random.default_rng(0)
    y = random.normal(5, 3, (200, 2))
    found = targets.make(y, "values", None)
    outputs = random.normal(size=(200, 2))
    encoded = found.encode(y, "training")
    back = outputs * y.std(axis=0) + y.mean(axis=0)
    measured = found.measures(outputs, encoded)
    assert measured["r2"] == pytest.approx(metrics.r2_score(y, back), rel=1e-5)
    assert measured["mae"] == pytest.approx(metrics.mean_absolute_error(y, back), rel=1e-5)
    labels = np.array(["a", "b", "b", "c"])[random.integers(0, 4, 200)]
    classes = targets.make(labels, "classes", "balanced_accuracy")
    scores = random.normal(size=(200, 3))
    measured = classes.measures(scores, classes.encode(labels, "training"))
    named = np.array(["a", "b", "c"])[scores.argmax(axis=1)]
    assert measured["accuracy"] == metrics.accuracy_score(labels, named)
    assert measured["balanced_accuracy"] == pytest.approx(metrics.balanced_accuracy_score(labels, named))


@pytest.mark.parametrize("metric", ["r2", "mae"])
def test_the_score_of_the_whole_training_part_as_one_batch_is_its_metric(metric: str) -> None:
    y = np.random.default_rng(0).normal(5, 3, 100)
    found = targets.make(y, "values", metric)
    outputs, encoded = np.linspace(-1, 1, 100)[:, None], found.encode(y, "training")
    _, score = found.loss(library.loss("mse"), torch.tensor(outputs), torch.tensor(encoded).double())
    assert score == pytest.approx(found.measures(outputs, encoded)[metric], rel=1e-5)


def test_what_targets_are() -> None:
    for y, task in (
        (np.array([1, 2]), "classes"),
        (np.array([True, False]), "classes"),
        (np.array(["a", "b"]), "classes"),
        (np.array([1.0, 2.0]), "values"),
    ):
        assert targets.find_task(y, None) == task
    assert targets.find_task(np.array([1, 2]), "values") == "values"


def test_a_split_keeps_the_share_of_each_class_and_every_class_in_training() -> None:
    y = np.repeat(["often", "seldom", "twice", "once"], [80, 20, 2, 1])
    kept, held = targets.hold_out(y, "classes", 0.25, 1)
    assert sorted([*kept, *held]) == list(range(len(y)))
    assert [int((y[held] == name).sum()) for name in ("often", "seldom", "twice", "once")] == [20, 5, 1, 0]
    again = targets.hold_out(y, "classes", 0.25, 1)
    assert (kept == again[0]).all()
    assert not (kept == targets.hold_out(y, "classes", 0.25, 2)[0]).all()


def test_the_search_sees_the_training_part_alone_and_standardises_anew() -> None:
    x = np.arange(100.0)[:, None]
    problem = ArrayProblem("line", iris_model, (x, x[:, 0] ** 2))
    search = problem.for_search()
    seen = {*search.data.x.ravel(), *search.data.test_x.ravel()}
    assert seen == set(problem.data.x.ravel())
    assert not seen & set(problem.data.test_x.ravel())
    assert search.data.training[1].mean() == pytest.approx(0, abs=1e-6)
    assert search.checksum != problem.checksum


def test_a_share_of_sorted_data_holds_every_class() -> None:
    data = arrays(X, Y, (X, Y))
    assert set(np.unique(Y[:15])) == {0}
    assert set(np.unique(data.y[:15])) == {0, 1, 2}


def test_every_loss_of_a_residual_teaches_values_and_no_other_is_let_through() -> None:
    found = targets.make(np.array([1.0, 2.0, 4.0]), "values", None)
    outputs = torch.zeros(3, 1, requires_grad=True)
    goal = torch.tensor(found.encode(np.array([1.0, 2.0, 4.0]), "training"))
    for name, function in slopes.losses.items():
        if function.kind == "residual_loss":
            found.check(library.loss(name))
            assert torch.isfinite(found.loss(library.loss(name), outputs, goal)[0]), name
        else:
            with pytest.raises(ValueError, match=f"{name!r} is a {function.kind}; values are taught by"):
                found.check(library.loss(name))


@pytest.mark.parametrize(
    ("x", "y", "options", "words"),
    [
        (X, np.zeros(150, int), {}, "one class, 0; at least 2"),
        (X, np.zeros(150), {}, "hold one value, 0"),
        (X, np.where(Y == 1, np.nan, Y), {}, "50 of the 150 training targets hold NaN"),
        (np.where(X > 7, np.nan, X), Y, {}, "training examples hold NaN"),
        (X[:5], Y, {}, r"examples of shape \(5, 4\) and targets of shape \(150,\)"),
        (X, [None, *Y[1:]], {}, "targets hold NoneType, int"),
        (X, Y.astype("datetime64[D]"), {}, "type datetime64"),
        ([["a"]], [1], {}, "examples are not numbers"),
        (X, np.stack([Y, Y], axis=1), {}, r"classes of shape \(150, 2\)"),
        (X, Y, {"task": "ranks"}, "'ranks' is given; it can be classes or values"),
        (X, Y.astype(str), {"task": "values"}, "cannot be values"),
        (X, Y, {"metric": "r2"}, "'r2' is given; classes have accuracy, balanced_accuracy"),
        (X, Y, {"test_size": 1.0}, "test share of 1.0"),
        (X[:0], Y[:0], {}, "the training part is empty"),
        (X, Y, {"test": (X, Y + 1)}, "test targets hold the class 3, which the training targets lack"),
        (X, Y, {"test": (X[:, :2], Y)}, r"shape \(4,\), test examples \(2,\)"),
        (X[:2], np.array([1.0, 2.0]), {}, "1 test examples are too few"),
    ],
)
def test_refused_arrays(x: Any, y: Any, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        arrays(x, y, **options)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (
            lambda activation: nn.Sequential(nn.Linear(4, 2), activation()),
            r"shape \(64, 2\) for 64 examples; \(64, 3\)",
        ),
        (lambda activation: nn.Sequential(activation(), nn.Flatten(0)), r"returns shape \(256,\)"),
        (lambda _: nn.Linear(5, 3), "RuntimeError: mat1 and mat2 shapes cannot be multiplied"),
        (lambda _: None, "gives NoneType, not a torch.nn.Module"),
        (lambda _: 1 / 0, "ZeroDivisionError"),
    ],
)
def test_a_wrong_model_is_found_before_anything_is_trained(model: Any, words: str) -> None:
    problem = ArrayProblem("iris", model, (X, Y))
    with pytest.raises(ValueError, match=f"iris: the model fails at its first batch, with relu.*{words}"):
        hold(problem, seeds=1, jobs=1, watch=lambda run: pytest.fail(f"{run.plan} has run"))
