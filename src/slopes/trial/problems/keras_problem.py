"""The task that lies in arrays, with a Keras model on whichever framework Keras runs."""

import math
import resource
import time
from typing import Any

import numpy as np
import torch

try:
    import keras
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        'a trial of a Keras model needs Keras 3: pip install "slopes[keras]"'
    ) from error
import slopes.keras
from keras import ops
from slopes.trial import library
from slopes.trial.problem import Record, explained
from slopes.trial.problems import pairing
from slopes.trial.problems.arrays import ArrayTask, check_outputs
from slopes.trial.problems.targets import R2, Classes, Targets, Values
from slopes.trial.records import ACCURACY, Candidate, CurvePoint, Plan
from slopes.trial.torch_problem import CURVE_POINTS, rate, reproducible, shuffled


class KerasProblem(ArrayTask):
    """A Keras model on arrays of your own.

    Everything but the model is as for `ArrayProblem`: the same seeds give the same batches and, to Dense
    and convolutional layers, the same spread of weights; AdamW with the same schedule. What a layer of
    Keras draws by itself comes from ``keras.utils.set_random_seed``.

    Parameters
    ----------
    name : str
        What the ledger and the report call it.
    model : callable
        Takes `activation`, which a layer takes as in ``Dense(64, activation=activation)``, and gives a
        keras.Model that is not compiled. The model gives scores before softmax of shape
        ``(batch, classes)``, classes sorted, or values of shape ``(batch, columns of y)``. Parameters of
        an activation stay as they are: Keras learns none.
    training, test, task, metric, test_size, batch_size, steps, activations, losses, learning_rates
        As for `ArrayProblem`.

    Examples
    --------
    >>> import keras
    >>> from sklearn.datasets import load_iris
    >>> from slopes.trial import hold
    >>> from slopes.trial.problems.keras_problem import KerasProblem
    >>> def model(activation):
    ...     layers = [keras.layers.Dense(16, activation=activation), keras.layers.Dense(3)]
    ...     return keras.Sequential([keras.Input((4,)), *layers])
    >>> iris = KerasProblem("iris", model, load_iris(return_X_y=True))
    >>> options = {"activations": ["relu"], "losses": ["cross_entropy"], "learning_rates": [0.03]}
    >>> trial = hold(iris, **options, seeds=1, steps=60, jobs=1)
    >>> trial.runs[0].value(iris.metric) > 0.8
    True
    """

    weight_decay: float = 0.01

    def initialise(self, model: keras.Model, gain: float, weights: torch.Generator) -> None:
        """Give every Dense and convolutional layer weights whose spread suits the activation."""
        for layer in model._flatten_layers():
            if isinstance(layer, keras.layers.Dense | keras.layers.Conv1D | keras.layers.Conv2D):
                shape = tuple(layer.kernel.shape)
                spread = gain / math.sqrt(math.prod(shape[:-1]))
                layer.kernel.assign(torch.normal(0.0, spread, shape, generator=weights).numpy())
                if layer.bias is not None:
                    layer.bias.assign(np.zeros(layer.bias.shape, np.float32))

    def rehearse(self, candidate: Candidate) -> None:
        """Build the model and train it on one batch; see `Problem.rehearse`."""
        plan = Plan(candidate, 1e-6, seed=0, steps=1, phase="trial")
        with reproducible(plan.seed) as (weights, random), explained(self.name, candidate):
            model = self._model(plan, weights)
            x, y = self.data.training
            chosen = next(shuffled(len(x), self.batch_size, plan, random)).numpy()
            model.train_on_batch(x[chosen], y[chosen])

    def train(self, plan: Plan, record: Record) -> dict[str, float]:
        """Train one model and measure it; see `Problem.train`."""
        with reproducible(plan.seed) as (weights, random):
            return self._train(plan, record, weights, random)

    def _train(
        self, plan: Plan, record: Record, weights: torch.Generator, random: torch.Generator
    ) -> dict[str, float]:
        model = self._model(plan, weights)
        x, y = self.data.training
        interval = max(1, math.ceil(plan.steps / CURVE_POINTS))
        norm = math.nan
        start = time.perf_counter()
        for step, indices in enumerate(shuffled(len(x), self.batch_size, plan, random), start=1):
            chosen = indices.numpy()
            means = model.train_on_batch(x[chosen], y[chosen], return_dict=True)
            loss = float(means["loss"])
            if not math.isfinite(loss):
                raise FloatingPointError(f"the training loss became {loss} at step {step}")
            if step % interval == 0 or step == plan.steps:
                norm = float(model.optimizer.gradient_norm.value)
                score = float(means["score"]) if "score" in means else None
                record(CurvePoint(step, loss, score, norm))
                model.reset_metrics()  # until then Keras gives means over all steps
        seconds = time.perf_counter() - start
        test_x, test_y = self.data.test
        outputs = model.predict(test_x, batch_size=1024, verbose=0)
        if not np.isfinite(outputs).all():
            raise FloatingPointError("the trained model gives outputs that are not finite")
        return {
            **self.data.targets.measures(outputs, test_y),
            "gradient_norm": norm,
            "seconds_per_step": seconds / plan.steps,
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }

    def _model(self, plan: Plan, weights: torch.Generator) -> keras.Model:
        """Give a model with its first weights, ready to train."""
        function = library.activation(plan.candidate.activation)
        keras.utils.set_random_seed(plan.seed)
        model = self._make(slopes.keras.activation(function.name))
        if not isinstance(model, keras.Model):
            raise ValueError(f"the function for the model gives {type(model).__name__}, not a keras.Model")
        # A first call builds the layers that do not know their inputs yet.
        outputs = model(self.data.x[:2], training=False)
        check_outputs(getattr(outputs, "shape", None), min(2, len(self.data.x)), self.data.targets)
        self.initialise(model, library.gain(function), weights)
        optimizer = _AdamW(_Schedule(plan), weight_decay=self.weight_decay, epsilon=1e-8, name="adamw")
        small = [variable for variable in model.trainable_variables if len(variable.shape) <= 1]
        if small:  # for a bias, zero is no natural centre
            optimizer.exclude_from_weight_decay(var_list=small)
        score = _score(self.data.targets)
        model.compile(
            optimizer,
            _Loss(library.loss(plan.candidate.loss), self.data.targets),
            metrics=None if score is None else [keras.metrics.MeanMetricWrapper(score, name="score")],
            # Compiling takes longer than a run of a small model; JAX is slow without.
            jit_compile=keras.backend.backend() == "jax",
        )
        return model


class _Schedule(keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
    """The trial's schedule, as a table."""

    def __init__(self, plan: Plan) -> None:
        shares = [rate(step, plan.steps) for step in range(plan.steps)]
        self._rates = np.array(shares, np.float32) * np.float32(plan.learning_rate)

    def __call__(self, step: Any) -> Any:
        return ops.take(ops.convert_to_tensor(self._rates), ops.cast(step, "int32"))

    def get_config(self) -> dict[str, Any]:
        return {"rates": self._rates.tolist()}


class _AdamW(keras.optimizers.AdamW):  # type: ignore[misc]
    """AdamW that keeps the length of the last gradient."""

    def build(self, variables: Any) -> None:
        if not self.built:
            self.gradient_norm = self.add_variable((), name="gradient_norm")
        super().build(variables)

    def apply(self, grads: Any, trainable_variables: Any = None) -> Any:
        result = super().apply(grads, trainable_variables)
        squares = [ops.sum(ops.square(ops.convert_to_tensor(grad))) for grad in grads if grad is not None]
        self.gradient_norm.assign(ops.sqrt(sum(squares)))
        return result


class _Loss(keras.losses.Loss):  # type: ignore[misc]
    """A loss of the library, given what the trial's table says it takes."""

    def __init__(self, loss: library.LossFunction, wanted: Targets) -> None:
        super().__init__(name=loss.name)
        self._loss, self._classes = loss, isinstance(wanted, Classes)

    def call(self, y_true: Any, y_pred: Any) -> Any:
        if not self._classes:
            return self._loss(y_pred, y_true)
        return pairing.classification_loss(self._loss, y_pred, ops.cast(y_true, "int32"), _one_hot)


def _one_hot(labels: Any, scores: Any) -> Any:
    return ops.one_hot(labels, scores.shape[-1], dtype=scores.dtype)


def _score(wanted: Targets) -> Any:
    """Give the score of a batch as Keras computes it, where a batch has one."""
    if isinstance(wanted, Values):
        if wanted.metric == R2:  # against the training part's variance, which is 1 here
            return lambda y_true, y_pred: 1 - ops.mean(ops.square(ops.subtract(y_pred, y_true)), axis=-1)
        unit = wanted.deviation.astype(np.float32)
        return lambda y_true, y_pred: ops.mean(
            ops.multiply(ops.abs(ops.subtract(y_pred, y_true)), unit), axis=-1
        )
    if wanted.metric != ACCURACY:
        return None
    return lambda y_true, y_pred: ops.cast(
        ops.equal(ops.argmax(y_pred, axis=-1), ops.cast(y_true, "int64")), "float32"
    )
