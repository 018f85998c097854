"""Keras models on arrays, on whichever framework Keras runs."""

import math
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.datasets import load_iris

keras = pytest.importorskip("keras", reason="Keras is an extra")

from slopes.trial import Candidate, CurvePoint, KerasProblem, Plan, hold, library  # noqa: E402
from slopes.trial.problems.keras_problem import _Loss, _score  # noqa: E402
from slopes.trial.torch_problem import rate  # noqa: E402

# Keras 3.15 on PyTorch 2.13 reads tensors in a way that NumPy 2 deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

X, Y = load_iris(return_X_y=True)


def model(activation: Any) -> Any:
    hidden = keras.layers.Dense(16, activation=activation)
    return keras.Sequential([keras.Input((4,)), hidden, keras.layers.Dropout(0.1), keras.layers.Dense(3)])


def plan(activation: str = "relu", loss: str = "cross_entropy", rate: float = 0.03, steps: int = 60) -> Plan:
    return Plan(Candidate(activation, loss), rate, seed=3, steps=steps, phase="trial")


def test_it_learns_and_equal_plans_agree_bit_for_bit() -> None:
    problem = KerasProblem("iris", model, (X, Y))
    points: list[list[CurvePoint]] = [[], []]
    first, second = (problem.train(plan(), record.append) for record in points)
    assert first["accuracy"] > 0.85
    assert first["accuracy"] == second["accuracy"]
    assert points[0] == points[1]
    assert [point.step for point in points[0]] == list(range(3, 61, 3))
    assert points[0][-1].training_loss < 0.5 * points[0][0].training_loss
    assert all(point.gradient_norm > 0 for point in points[0])


def test_candidates_of_one_seed_start_from_the_same_weights_with_the_gain_of_each() -> None:
    problem = KerasProblem("iris", model, (X, Y))
    built = [
        problem._model(plan(name, loss), torch.Generator().manual_seed(1))
        for name, loss in (("relu", "mse"), ("tanh", "hinge"))
    ]
    first, second = (keras.ops.convert_to_numpy(each.layers[0].kernel.value) for each in built)
    gains = [library.gain(library.activation(name)) for name in ("relu", "tanh")]
    np.testing.assert_allclose(first / gains[0], second / gains[1], rtol=1e-5)
    assert first.std() == pytest.approx(gains[0] / 2, rel=0.3)


def test_the_schedule_is_the_one_of_every_trial() -> None:
    built = KerasProblem("iris", model, (X, Y))._model(plan(steps=10), torch.Generator())
    found = []
    for _ in range(10):
        found.append(float(keras.ops.convert_to_numpy(built.optimizer.learning_rate)))
        built.train_on_batch(X[:8].astype(np.float32), Y[:8])
    np.testing.assert_allclose(found, [0.03 * rate(step, 10) for step in range(10)], rtol=1e-5)


@pytest.mark.parametrize("name", ["cross_entropy", "mse", "hinge", "nll", "focal", "kl_divergence"])
def test_losses_and_scores_are_those_of_pytorch(name: str) -> None:
    random = np.random.default_rng(0)
    scores, labels = random.normal(size=(20, 3)).astype(np.float32), random.integers(0, 3, 20)
    wanted = KerasProblem("iris", model, (X, Y)).data.targets
    found = _Loss(library.loss(name), wanted)(labels, keras.ops.convert_to_tensor(scores))
    value, score = wanted.loss(library.loss(name), torch.tensor(scores), torch.tensor(labels))
    assert float(found) == pytest.approx(float(value), rel=1e-5)
    shares = _score(wanted)(labels, keras.ops.convert_to_tensor(scores))
    assert float(keras.ops.mean(shares)) == pytest.approx(score)


@pytest.mark.parametrize("metric", ["r2", "mae"])
def test_values_and_their_scores(metric: str) -> None:
    problem = KerasProblem("line", model, (X, X[:, :2] * [1, 5]), metric=metric)
    random = np.random.default_rng(0)
    outputs, goal = random.normal(size=(2, 20, 2)).astype(np.float32)
    wanted = problem.data.targets
    _, score = wanted.loss(library.loss("mse"), torch.tensor(outputs), torch.tensor(goal))
    found = keras.ops.mean(_score(wanted)(goal, keras.ops.convert_to_tensor(outputs)))
    assert float(found) == pytest.approx(score, rel=1e-5)


def test_divergence_is_a_failed_run() -> None:
    problem = KerasProblem("iris", model, (X, Y))
    with pytest.raises(FloatingPointError, match=r"the training loss became (nan|inf) at step"):
        problem.train(plan(loss="mse", activation="exponential", rate=1e30, steps=20), lambda _: None)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (
            lambda _: keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)]),
            r"\(2, 2\) for 2 examples; \(2, 3\)",
        ),
        (lambda _: 3, "gives int, not a keras.Model"),
    ],
)
def test_a_wrong_model_is_found_before_anything_is_trained(wrong: Any, words: str) -> None:
    with pytest.raises(ValueError, match=f"iris: the model fails at its first batch.*{words}"):
        hold(KerasProblem("iris", wrong, (X, Y)), seeds=1, jobs=1, watch=lambda _: pytest.fail("ran"))


def test_gradient_norm_is_that_of_the_last_batch() -> None:
    def linear(_: Any) -> Any:
        return keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])

    problem = KerasProblem("line", linear, (X, X[:, 0] + 0.0), task="values", batch_size=112)
    points: list[CurvePoint] = []
    problem.train(plan(loss="mse", rate=1e-9, steps=1), points.append)
    x, y = problem.data.training
    weights = torch.Generator()
    built = problem._model(
        plan(loss="mse"), weights.manual_seed(int(np.random.SeedSequence(3).generate_state(2, np.uint32)[0]))
    )
    w, b = (keras.ops.convert_to_numpy(variable.value) for variable in built.layers[0].weights)
    error = 2 * (x @ w + b - y) / len(x)
    expected = math.sqrt(((x.T @ error) ** 2).sum() + error.sum() ** 2)
    assert points[0].gradient_norm == pytest.approx(expected, rel=1e-4)
