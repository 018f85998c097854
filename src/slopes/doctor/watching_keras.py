"""Watching Keras: what a model and its loss make of a batch, before it trains on it."""

import functools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from inspect import signature
from pathlib import Path
from types import GeneratorType
from typing import Any

import numpy as np

import keras
from slopes.doctor.case import Case
from slopes.doctor.keras_names import ACCURACIES, OF_LOGITS, loss_of, short
from slopes.doctor.places import OURS, caller
from slopes.doctor.report import as_markdown
from slopes.doctor.scene import Finding, LossCall, Place, Step
from slopes.doctor.static.library import SAME, VIEWS, activation_named

#: folders of Keras, of its backend, and ours
INSIDE = (
    *OURS,
    *(
        str(Path(str(sys.modules[name].__file__)).parent)
        for name in ("keras", "tensorflow", "torch", "jax")
        if name in sys.modules
    ),
)
ROWS = 256  #: that are looked at, where all data lie in memory
STEPS = "_slopes_keras_steps"  #: the attribute of a tensor that holds the steps it came through
LOSSES = 4  #: different losses that a loop may call in a step
LONGEST = 32  #: steps that are remembered of a path
BY_CLASS = ("categorical_cross_entropy", "cross_entropy", "divergence_of_probabilities")


def examine(case: Case, model: Any, loss: Any, batch: tuple[Any, Any], place: Place) -> None:
    """Show a case what a model and its loss (or None: the compiled one) make of a batch."""
    inputs, targets = batch
    with _recorded() as made:
        result = model(inputs, training=False)
    names = list(result) if isinstance(result, Mapping) else getattr(model, "output_names", ())
    predictions = _flat(result, names)
    losses = _flat(model.loss if loss is None else loss, names)
    losses = losses * len(predictions) if len(losses) == 1 else losses
    targets = _flat(targets, names) if len(predictions) > 1 or isinstance(targets, Mapping) else [targets]
    if not len(predictions) == len(losses) == len(targets):
        return
    for p, t, each in zip(predictions, targets, losses, strict=True):
        call = _call(each, p, _array(t), _path(p, made, place), place, case.calls_at(place), model)
        if call is not None:
            case.see(call)


def _flat(value: Any, names: Sequence[str]) -> list[Any]:
    """Return what there is for each output, in the order of their names."""
    if isinstance(value, Mapping):
        return [value[name] for name in names if name in value]
    return list(value) if isinstance(value, list | tuple) else [value]


def _array(tensor: Any) -> np.ndarray:
    array = np.asarray(keras.ops.convert_to_numpy(tensor))
    return array if array.dtype.kind in "iufb" else array.astype(np.float32)  # bfloat16


def _call(
    loss: Any, prediction: Any, t: np.ndarray, steps: tuple[Step, ...], place: Place, step: int, model: Any
) -> LossCall | None:
    """Return the call that Keras makes of a loss; None for one that is not known."""
    kind = loss if isinstance(loss, str) else getattr(loss, "__name__", type(loss).__name__)
    if is_ours(loss):
        return _of_ours(loss, _array(prediction), t, steps, place, step, model)
    name = loss_of(kind, bool(getattr(loss, "from_logits", False)))
    if name is None:
        return None
    # on TensorFlow such a loss takes the logits that an activation of Keras leaves at its result
    on_tensorflow = keras.backend.backend() == "tensorflow"
    if on_tensorflow and name in OF_LOGITS.values() and hasattr(prediction, "_keras_logits"):
        prediction, steps = prediction._keras_logits, steps[1:]
    p = _array(prediction)
    if short(kind).startswith("sparse"):
        t = t[..., 0] if t.ndim == p.ndim and t.shape[-1] == 1 else t
        t = t.astype(np.int64) if (t == np.rint(t)).all() else t
    else:
        t = t.astype(np.float64)
        p, t = _ranks(p, t)
    return LossCall(
        loss=name,
        prediction=p,
        target=t,
        path=steps,
        class_axis=p.ndim - 1 if name in BY_CLASS and p.ndim else None,
        place=place,
        step=step,
        options={"reduction": "mean", "metrics": _metrics(model)},
    )


def is_ours(thing: Any) -> bool:
    """Whether a loss or an operation is one of `slopes.keras`, which need not have been imported."""
    return type(thing).__module__.startswith("slopes.keras.")


def _of_ours(
    loss: Any, p: np.ndarray, t: np.ndarray, steps: tuple[Step, ...], place: Place, step: int, model: Any
) -> LossCall | None:
    """Return the call of a loss of `slopes.keras`: indices are known by their shape, as it knows them."""
    function = loss.function
    options = {**function.parameters, **loss.options, "reduction": "mean", "metrics": _metrics(model)}
    if function.kind == "array_loss":
        return None
    if function.kind != "row_loss":
        p, t = _ranks(p, t.astype(np.float64))
        if p.shape != t.shape:  # which it refuses itself
            return None
        return LossCall(
            loss=function.name, prediction=p, target=t, path=steps, class_axis=None, place=place, step=step,
            options=options,
        )  # fmt: skip
    axis = loss.options.get("axis", -1) % p.ndim
    if t.ndim == p.ndim and t.shape[axis] == 1 != p.shape[axis]:
        t = t.squeeze(axis)
    return LossCall(
        loss=function.name, prediction=p, target=t.astype(np.int64) if t.ndim < p.ndim else t, path=steps,
        class_axis=axis, place=place, step=step, options=options,
    )  # fmt: skip


def _ranks(p: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bring both to one rank as Keras does, so that (N, 1) against (N,) is no mistake there."""
    if p.ndim == t.ndim + 1:
        if p.shape[-1] == 1 and t.ndim > 1:
            return p[..., 0], t
        return (p, t[:, None]) if p.shape[-1] == 1 and t.ndim == 1 else (p, t)
    if t.ndim == p.ndim + 1 and t.shape[-1] == 1:
        return (p[:, None], t) if p.ndim == 1 else (p, t[..., 0])
    return p, t


def _metrics(model: Any) -> tuple[str, ...]:
    given = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None)
    names = [m if isinstance(m, str) else type(m).__name__ for m in keras.tree.flatten(given)]
    return tuple(short(name) for name in names if short(name) in ACCURACIES)


Made = dict[int, tuple[Any, Any, Any]]  #: a tensor's id -> what made it, from what, and the tensor itself


@contextmanager
def _recorded() -> Iterator[Made]:
    """Note which layer or operation makes which tensor; the tensors are kept, so that no id comes twice."""
    made: Made = {}
    original = keras.Operation.__call__

    @functools.wraps(original)
    def call(operation: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(operation, *args, **kwargs)
        before = args[0] if args else None
        if result is not before:  # a model gives what its last layer made, which is noted already
            made.setdefault(id(result), (operation, before, result))
        return result

    keras.Operation.__call__ = call
    try:
        yield made
    finally:
        keras.Operation.__call__ = original


def _path(tensor: Any, made: Made, place: Place) -> tuple[Step, ...]:
    """Return what a tensor came through, the last operation first."""
    steps: list[Step] = []
    while id(tensor) in made and len(steps) < LONGEST:
        operation, before, _ = made[id(tensor)]
        steps += steps_of(operation, len(tensor.shape), tensor.shape, place)
        if steps and steps[-1].op == "unknown":
            break
        tensor = before
    return tuple(steps)


def steps_of(layer: Any, ndim: int, shape: Sequence[int | None], place: Place) -> list[Step]:
    """Return what a layer adds to a path, the last operation first; views and copies add nothing."""
    kind = type(layer).__name__
    key = short(kind)
    if key in SAME or key in VIEWS:
        return []
    if is_ours(layer):
        row = layer.function.kind == "row_activation" and ndim
        along = layer.options.get("axis", -1) % ndim if row else None
        return [Step(layer.function.name, place, along, None if along is None else shape[along])]
    base = {"dense": "linear", "einsumdense": "linear"}.get(key, "convolution" if "conv" in key else "")
    if base or key == "activation":
        name = getattr(layer.activation, "__name__", type(layer.activation).__name__)
    else:
        name = kind
    op = activation_named(name) or "unknown"
    given = getattr(layer, "axis", -1)
    axis = given % ndim if isinstance(given, int) and ndim else None
    bent = [] if op == "identity" else [Step(op, place, axis, shape[axis] if axis is not None else None)]
    return [*bent, *([Step(base, place)] if base else [])]


class Watch:
    """Looks at the first batch of every `fit`, and the first `steps` of `train_on_batch` and of a loss."""

    def __init__(self, case: Case, steps: int) -> None:
        self.case, self.steps = case, steps
        self._depth = 0  #: inside fit and its like, which are looked at from outside
        self._losses = 0  #: called in loops of the program's own
        self._originals: list[tuple[Any, str, Any]] = []

    def __enter__(self) -> "Watch":
        for owner, name, wrap in (
            (keras.Model, "fit", self._watched),
            (keras.Model, "train_on_batch", self._watched),
            (keras.Model, "evaluate", self._inside),
            (keras.Model, "predict", self._inside),
            (keras.Operation, "__call__", self._followed),
            (keras.losses.Loss, "__call__", self._called),
        ):
            self._originals.append((owner, name, vars(owner).get(name)))
            setattr(owner, name, wrap(getattr(owner, name)))
        return self

    def __exit__(self, *_: object) -> None:
        for owner, name, original in self._originals:
            if original is None:
                delattr(owner, name)  # that of its bases comes to light again
            else:
                setattr(owner, name, original)

    def _watched(self, original: Callable[..., Any]) -> Callable[..., Any]:
        takes, inside = signature(original), self._inside(original)

        @functools.wraps(original)
        def watched(model: Any, *args: Any, **kwargs: Any) -> Any:
            place = caller(INSIDE)
            given = takes.bind_partial(model, *args, **kwargs)
            if self.case.calls_at(place) < self.steps:
                self._look(model, given.arguments, place)
            result = inside(*given.args, **given.kwargs)
            for value in getattr(result, "history", {}).get("loss", ()):
                self.case.see_value(place, float(value))
            return result

        return watched

    def _inside(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def inside(*args: Any, **kwargs: Any) -> Any:
            self._depth += 1
            try:
                return original(*args, **kwargs)
            finally:
                self._depth -= 1

        return inside

    def _followed(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap the call of layers, so that their results know what they came through."""

        @functools.wraps(original)
        def call(operation: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(operation, *args, **kwargs)
            before = args[0] if args else None
            if self._depth or self._losses >= LOSSES * self.steps or result is before:
                return result
            if keras.ops.is_tensor(result) and not hasattr(result, STEPS):
                place = caller(INSIDE)
                made = steps_of(operation, len(result.shape), result.shape, place)
                past = () if made and made[-1].op == "unknown" else getattr(before, STEPS, ())
                with suppress(AttributeError):  # arrays of JAX take none
                    setattr(result, STEPS, (*made, *past)[:LONGEST])
            return result

        return call

    def _called(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap the call of a loss: in a loop of the program's own it is looked at."""

        @functools.wraps(original)
        def call(loss: Any, y_true: Any, y_pred: Any, *args: Any, **kwargs: Any) -> Any:
            if self._depth or self._losses >= LOSSES * self.steps:
                return original(loss, y_true, y_pred, *args, **kwargs)
            self._losses += 1
            place = caller(INSIDE)
            if self.case.calls_at(place) >= self.steps:
                return original(loss, y_true, y_pred, *args, **kwargs)
            with suppress(Exception):  # inside a trace there are no numbers; errors come of the call itself
                step, steps = self.case.calls_at(place), getattr(y_pred, STEPS, ())
                seen = _call(loss, y_pred, _array(y_true), steps, place, step, None)
                if seen is not None:
                    self.case.see(seen)
            result = original(loss, y_true, y_pred, *args, **kwargs)
            with suppress(Exception):
                self.case.see_value(place, float(_array(result)))
            return result

        return call

    def _look(self, model: Any, given: dict[str, Any], place: Place) -> None:
        stateful = any(
            getattr(layer, "stateful", False) and hasattr(layer, "reset_state") for layer in model.layers
        )
        if stateful or not model.compiled:
            return
        try:
            batch = first_batch(given)
            if batch is not None:
                examine(self.case, model, None, batch, place)
        except Exception:  # the program's own call comes next, and says so itself
            return


def first_batch(given: dict[str, Any]) -> tuple[Any, Any] | None:
    """Return the first inputs and targets of the arguments of `fit`, if they can be looked at."""
    x, y = given.get("x"), given.get("y")
    if y is not None:
        inputs, targets = keras.tree.map_structure(lambda a: np.asarray(a)[:ROWS], (x, y))
        return inputs, targets
    tensorflow = sys.modules.get("tensorflow")
    if isinstance(x, keras.utils.PyDataset):
        found = x[0]
    elif tensorflow is not None and isinstance(x, tensorflow.data.Dataset):
        found = next(iter(x.take(1)))
    elif isinstance(x, GeneratorType):
        found = next(x)
        given["x"] = _again(found, x)
    else:
        return None
    return (found[0], found[1]) if isinstance(found, tuple) and len(found) > 1 else None


def _again(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    """Yield what was taken from a generator, then what is left in it."""
    yield first
    yield from rest


class Callback(keras.callbacks.Callback):  # type: ignore[misc]
    """Examines a model on a batch when its training starts, and its losses when it ends."""

    def __init__(self, batch: tuple[Any, Any]) -> None:
        super().__init__()
        self.case, self.batch, self.place = Case(), batch, caller(INSIDE)

    def findings(self) -> list[Finding]:
        """Return what was found, the worst first."""
        return self.case.findings()

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        """Examine the batch."""
        examine(self.case, self.model, None, self.batch, self.place)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Remember the loss of the epoch."""
        if logs and "loss" in logs:
            self.case.see_value(self.place, float(logs["loss"]))

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        """Say what was found."""
        if self.findings():
            print(as_markdown(self.findings()), file=sys.stderr)
