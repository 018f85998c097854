"""A loss as Keras' `compile` takes it."""

from typing import Any

import keras
from keras import ops
from slopes.api.catalogue import losses
from slopes.keras.configuration import configuration

OPTIONS = ("axis", "ignore_index")


@keras.saving.register_keras_serializable(package="slopes")
class Loss(keras.losses.Loss):  # type: ignore[misc]
    """A loss for `model.compile(loss=...)`, with sample weights and masks, or to be called by hand.

    Elementwise losses are averaged over the last axis, as Keras' own are: there is one number for each
    sample (or each step of a sequence), which sample weights and masks refer to. Losses of a row of scores
    take class indices, of shape (...) or (..., 1), or rows of probabilities.

    Parameters
    ----------
    function : str
        Its name, or an alias. Losses of more than a prediction and a target do not fit Keras.
    reduction : str, default "sum_over_batch_size"
        As in `keras.losses.Loss`.
    name, dtype
        As in `keras.losses.Loss`; the loss is computed in float32 unless dtype says otherwise.
    **parameters : float
        Those of the function, and `axis` or `ignore_index` for functions that take one.

    Raises
    ------
    UnknownName
        For a name that no function has.
    TypeError, ValueError
        For a parameter that the function does not have, or not at this value, and for an activation.

    Examples
    --------
    >>> import keras
    >>> import slopes.keras
    >>> model = keras.Sequential([keras.layers.Dense(1)])
    >>> model.compile("adam", loss=slopes.keras.Loss("huber", delta=2.0))
    >>> model.loss
    slopes.keras.Loss(Huber(delta=2.0))
    """

    def __init__(
        self,
        function: str,
        *,
        reduction: str = "sum_over_batch_size",
        name: str | None = None,
        dtype: Any = None,
        **parameters: Any,
    ) -> None:
        self.function, self.options, self.chosen = configuration(function, parameters, OPTIONS)
        if self.function.name not in losses:
            raise ValueError(f"{self.function.name} is an activation; slopes.keras.activation takes it")
        arrays = getattr(self.function.definition, "arrays", ("prediction", "target"))
        if len(arrays) != 2:
            raise ValueError(
                f"{self.function.name} takes {', '.join(arrays)}; Keras gives a target and a prediction"
            )
        super().__init__(name=name or self.function.name, reduction=reduction, dtype=dtype)

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Return the losses before Keras weighs and reduces them."""
        kind = self.function.kind
        if kind == "row_loss":
            return self._of_rows(y_true, y_pred)
        if kind == "array_loss":
            return self._of_arrays(y_true, y_pred)
        each = self.function(y_pred, y_true, reduction="none")
        return ops.mean(each, axis=-1) if len(each.shape) else each

    def _of_rows(self, y_true: Any, y_pred: Any) -> Any:
        axis, rank = self.options.get("axis", -1), len(y_pred.shape)
        if len(y_true.shape) == rank and y_true.shape[axis] == 1 != y_pred.shape[axis]:
            y_true = ops.squeeze(y_true, axis=axis)
        if len(y_true.shape) < rank:
            y_true = ops.cast(y_true, "int32")  # Keras hands over floats
        return self.function(y_pred, y_true, reduction="none", **self.options)

    def _of_arrays(self, y_true: Any, y_pred: Any) -> Any:
        options = dict(self.options)
        if self.function.definition.axes == "set" and "axis" not in options:
            options["axis"] = tuple(range(1, len(y_pred.shape)))  # each sample is a set
        domains = [array.domain for array in self.function.definition.arrays.values()]
        if domains[1] in ("label", "class"):
            y_true = ops.cast(y_true, "int32")
        return self.function(y_pred, y_true, reduction="none", **options)

    def get_config(self) -> dict[str, Any]:
        """Return what makes the same loss again."""
        return {**super().get_config(), "function": self.function.name, **self.chosen}

    def __repr__(self) -> str:
        return f"slopes.keras.Loss({self.function!r})"
