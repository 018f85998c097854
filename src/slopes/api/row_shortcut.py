"""The short way of a loss of rows: without options, on plain arrays, one call of the kernels does it all."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from slopes.api.loss import Loss
from slopes.backends.kernels import row_loss_shortcut
from slopes.core import RowLoss


class Options(NamedTuple):
    """What a call of a row loss may be given beside its arrays."""

    axis: int
    class_weight: Any
    ignore_index: int | None
    weight: Any
    where: Any

    @property
    def default(self) -> bool:
        """Whether none is given."""
        axis, *others = self
        return type(axis) is int and axis == -1 and all(other is None for other in others)


class QuickRowLoss(Loss):
    """A row loss that knows the short way."""

    definition: RowLoss

    def _quick(
        self,
        x: Any,
        target: Any,
        options: Options,
        reduction: str,
        parameters: dict[str, Any],
        differentiate: bool = False,
        out: Any = None,
    ) -> Any:
        """The value, with the gradient if asked; None where the short way does not lead there."""
        if parameters or not options.default or reduction not in ("mean", "sum"):
            return None
        return self._shortcut(x, target, out, reduction == "mean", differentiate)

    @cached_property
    def _shortcut(self) -> Callable[[Any, Any, Any, bool, bool], Any]:
        return row_loss_shortcut(self.definition.op_of_targets(True))
