"""Watching Keras: what a model and its loss make of a batch, before it trains on it."""

import functools
import sys
from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np

import keras
from slopes.doctor.case import Case
from slopes.doctor.keras_names import ACCURACIES, loss_of, short
from slopes.doctor.places import caller
from slopes.doctor.report import as_markdown
from slopes.doctor.scene import Finding, LossCall, Place, Step
from slopes.doctor.static.library import SAME, VIEWS, activation_named

INSIDE = tuple(str(Path(file).parent) for file in (keras.__file__, __file__))
ROWS = 256  #: that are looked at, where all data lie in memory
LONGEST = 32  #: steps that are remembered of a path
BY_CLASS = ("categorical_cross_entropy", "cross_entropy", "divergence_of_probabilities")


def examine(case: Case, model: Any, loss: Any, batch: tuple[Any, Any], place: Place) -> None:
    """Show a case what a model and its loss (or None: the compiled one) make of a batch."""
    inputs, targets = batch
    predictions = _flat(model(inputs, training=False), model)
    losses = _flat(model.loss if loss is None else loss, model)
    losses = losses * len(predictions) if len(losses) == 1 else losses
    targets = (
        [targets] if len(predictions) == 1 and not isinstance(targets, Mapping) else _flat(targets, model)
    )
    if not len(predictions) == len(losses) == len(targets):
        return
    outputs = _flat(getattr(model, "outputs", None) or [None] * len(predictions), model)
    for p, t, each, output in zip(predictions, targets, losses, outputs, strict=True):
        call = _call(each, _array(p), _array(t), path(output, place), place, case.calls_at(place), model)
        if call is not None:
            case.see(call)


def _flat(value: Any, model: Any) -> list[Any]:
    """Return what a model has for each of its outputs, in their order."""
    if isinstance(value, Mapping):
        names = [name for name in getattr(model, "output_names", ()) if name in value]
        return [value[name] for name in names or value]
    return list(value) if isinstance(value, list | tuple) else [value]


def _array(tensor: Any) -> np.ndarray:
    array = np.asarray(keras.ops.convert_to_numpy(tensor))
    return array if array.dtype.kind in "iufb" else array.astype(np.float32)  # bfloat16


def _call(
    loss: Any, p: np.ndarray, t: np.ndarray, steps: tuple[Step, ...], place: Place, step: int, model: Any
) -> LossCall | None:
    """Return the call that Keras makes of a loss; None for one that is not known."""
    kind = loss if isinstance(loss, str) else getattr(loss, "__name__", type(loss).__name__)
    name = loss_of(kind, bool(getattr(loss, "from_logits", False)))
    if name is None:
        return None
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


def path(tensor: Any, place: Place) -> tuple[Step, ...]:
    """Return the layers that an output of a functional or sequential model came through, the last first."""
    steps: list[Step] = []
    while tensor is not None and len(steps) < LONGEST:
        history = getattr(tensor, "_keras_history", None)
        if history is None or history.operation is None:
            break
        layer = history.operation
        if isinstance(layer, keras.Model):
            steps += path((getattr(layer, "outputs", None) or [None])[0], place)
            break
        found = steps_of(layer, len(tensor.shape), tensor.shape, place)
        steps += found
        if any(step.op == "unknown" for step in found):
            break
        before = layer._inbound_nodes[history.node_index].input_tensors
        tensor = before[0] if len(before) == 1 else None
    return tuple(steps)


def steps_of(layer: Any, ndim: int, shape: Sequence[int | None], place: Place) -> list[Step]:
    """Return what a layer adds to a path, the last operation first; views and copies add nothing."""
    kind = type(layer).__name__
    key = short(kind)
    if key in SAME or key in VIEWS:
        return []
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
    """Looks at the first batch of every `fit` and the first `steps` of `train_on_batch`."""

    def __init__(self, case: Case, steps: int) -> None:
        self.case, self.steps = case, steps

    def __enter__(self) -> "Watch":
        keras.Model.fit = self._watched(keras.Model.fit)
        keras.Model.train_on_batch = self._watched(keras.Model.train_on_batch)
        return self

    def __exit__(self, *_: object) -> None:
        del keras.Model.fit, keras.Model.train_on_batch  # those of its bases come to light again

    def _watched(self, original: Callable[..., Any]) -> Callable[..., Any]:
        takes = signature(original)

        @functools.wraps(original)
        def watched(model: Any, *args: Any, **kwargs: Any) -> Any:
            place = caller(INSIDE)
            if self.case.calls_at(place) < self.steps:
                self._look(model, takes.bind_partial(model, *args, **kwargs).arguments, place)
            result = original(model, *args, **kwargs)
            for value in getattr(result, "history", {}).get("loss", ()):
                self.case.see_value(place, float(value))
            return result

        return watched

    def _look(self, model: Any, given: Mapping[str, Any], place: Place) -> None:
        stateful = any(
            getattr(layer, "stateful", False) and hasattr(layer, "reset_state") for layer in model.layers
        )
        if stateful or not model.compiled:
            return
        try:
            batch = first_batch(given.get("x"), given.get("y"))
            if batch is not None:
                examine(self.case, model, None, batch, place)
        except Exception:  # the program's own call comes next, and says so itself
            return


def first_batch(x: Any, y: Any) -> tuple[Any, Any] | None:
    """Return the first inputs and targets, if looking at them takes nothing from the program."""
    if y is not None:
        inputs, targets = keras.tree.map_structure(lambda a: np.asarray(a)[:ROWS], (x, y))
        return inputs, targets
    tensorflow = sys.modules.get("tensorflow")
    if isinstance(x, keras.utils.PyDataset):
        found = x[0]
    elif tensorflow is not None and isinstance(x, tensorflow.data.Dataset):
        found = next(iter(x.take(1)))
    else:
        return None
    return (found[0], found[1]) if isinstance(found, tuple) and len(found) > 1 else None


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
