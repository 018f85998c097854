"""The functions as modules: parameters that train, buffers that move, a repr that can be read."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from inspect import Parameter
from numbers import Real
from typing import Any

import torch
from torch import Tensor, nn

from slopes.api.activation import ActivationFunction
from slopes.api.arrays import one_reduction
from slopes.api.catalogue import get
from slopes.api.function import Function
from slopes.api.loss import Loss as LossFunction
from slopes.api.row import RowFunction


def configured(function: str | Function, parameters: Mapping[str, Any], options: Iterable[str]) -> Function:
    """Return the function that a module is made of; `options` are the module's own arguments."""
    f = function if isinstance(function, Function) else get(function)
    known = f.parameters
    for name in parameters:
        if name not in known:
            allowed = [*known, *options]
            near = get_close_matches(name, allowed, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise TypeError(
                f"{f.name} has no parameter {name!r}; "
                f"it has {', '.join(known) or 'none'}, the module takes {', '.join(options)}{hint}"
            )
    for name, value in {**known, **parameters}.items():
        if not isinstance(value, Real | tuple):
            raise TypeError(
                f"{f.name}: a module takes {name} as a number, from which learning starts; "
                f"got {type(value).__name__}"
            )
    return get(f.name, **{**known, **parameters}) if parameters else f


def _shown(name: str, values: Mapping[str, Any]) -> str:
    return ", ".join((repr(name), *(f"{key}={value!r}" for key, value in values.items())))


class Activation(nn.Module):
    """An activation as a module.

    Parameters
    ----------
    function : str or Function
        A name or alias, such as "swish", or a configured function, such as `slopes.SiLU(beta=2.0)`.
    learnable : bool, str or sequence of str, optional
        Which parameters are trained: all that can be (True), none (False) or those named. By default those of
        functions that are meant to be trained, as PReLU's slope is.
    channels : int, optional
        Train one value for each of that many channels; by default one for all.
    axis : int, optional
        Of a row function the axis along which rows run, by default -1; with `channels` that of the channels,
        by default 1.
    device, dtype : optional
        Of the trained parameters.
    **parameters : float
        The function's parameters; for those that are trained, where training starts.

    Raises
    ------
    UnknownName
        With near matches, if no function has the name.
    TypeError
        For an unknown parameter, or one that is not a number.
    ValueError
        For a loss, a parameter out of its bounds or one that cannot be learned.

    Examples
    --------
    >>> import torch
    >>> import slopes.torch
    >>> slopes.torch.Activation("swish", beta=2.0)
    Activation('silu', beta=2.0)
    >>> prelu = slopes.torch.Activation("prelu", channels=2)
    >>> list(prelu.state_dict())
    ['slope']
    >>> prelu(torch.tensor([[-4.0, 3.0]])).sum().backward()
    >>> prelu.slope.grad
    tensor([-4.,  0.])
    >>> slopes.torch.Activation("softmax", axis=1)(torch.zeros(1, 2))
    tensor([[0.5000, 0.5000]])
    """

    def __init__(
        self,
        function: str | Function,
        *,
        learnable: bool | str | Iterable[str] | None = None,
        channels: int | None = None,
        axis: int | None = None,
        device: Any = None,
        dtype: Any = None,
        **parameters: Any,
    ) -> None:
        super().__init__()
        options = ("learnable", "channels", "axis", "device", "dtype")
        self.function = configured(function, parameters, options)
        f = self.function
        if not isinstance(f, ActivationFunction | RowFunction):
            raise ValueError(f"{f.name} is a loss, not an activation: use slopes.torch.Loss({f.name!r})")
        self.learned = self._learned(learnable)
        if channels is not None and not self.learned:
            raise ValueError(f"{f.name}: channels={channels!r}, but no parameter is trained")
        if channels is not None and (isinstance(channels, bool) or not channels > 0):
            raise ValueError(f"{f.name}: channels must be at least 1, got {channels!r}")
        by_row = isinstance(f, RowFunction)
        if axis is not None and not (by_row or channels):
            raise ValueError(f"{f.name} acts on each element: axis is for row functions, or beside channels")
        self.channels = channels
        self.axis = axis if axis is not None else -1 if by_row else 1
        shape = () if channels is None else (channels,)
        for name in self.learned:
            setattr(self, name, nn.Parameter(torch.empty(shape, device=device, dtype=dtype)))
        self.reset_parameters()

    def _learned(self, learnable: bool | str | Iterable[str] | None) -> tuple[str, ...]:
        """The names of the parameters that are trained."""
        f = self.function
        if learnable is None:
            learnable = bool(getattr(f, "trains", False))
        elif learnable is True and not f.learnable:
            raise ValueError(f"{f.name} has no parameter that can be learned")
        if isinstance(learnable, bool):
            return f.learnable if learnable else ()
        names = (learnable,) if isinstance(learnable, str) else tuple(learnable)
        for name in names:
            if name not in f.learnable:
                known = ", ".join(f.learnable) or "none"
                raise ValueError(f"{f.name}: {name!r} cannot be learned; learnable: {known}")
        return tuple(name for name in f.learnable if name in names)

    def reset_parameters(self) -> None:
        """Set the trained parameters to where training starts."""
        for name in self.learned:
            nn.init.constant_(getattr(self, name), float(self.function.parameters[name]))

    def forward(self, x: Tensor, *, where: Tensor | None = None) -> Tensor:
        """Apply the function; `where`, of a row function, leaves entries out of their rows."""
        result: Tensor
        if isinstance(self.function, RowFunction):
            result = self.function(x, axis=self.axis, where=where)
        elif where is not None:
            raise TypeError(f"{self.function.name} acts on each element: where is for row functions")
        else:
            result = self.function(x, **{name: self.beside(x, name) for name in self.learned})
        return result

    def beside(self, x: Tensor, name: str) -> Tensor:
        """A trained parameter in a shape that broadcasts to the input's."""
        values: Tensor = getattr(self, name)
        if self.channels is None:
            return values
        if not -x.ndim <= self.axis < x.ndim or x.shape[self.axis] != self.channels:
            raise ValueError(
                f"{self.function.name}: the input has shape {tuple(x.shape)}; "
                f"it must have {self.channels} channels on axis {self.axis}"
            )
        behind = x.ndim - 1 - self.axis % x.ndim
        return values.reshape(-1, *(1,) * behind)

    def extra_repr(self) -> str:
        """The arguments that make such a module."""
        shown = dict(self.function.parameters)
        if self.learned != (self.function.learnable if getattr(self.function, "trains", False) else ()):
            shown["learnable"] = self.learned
        if self.channels is not None:
            shown["channels"] = self.channels
        if self.axis != (-1 if isinstance(self.function, RowFunction) else 1):
            shown["axis"] = self.axis
        return _shown(self.function.name, shown)


class Loss(nn.Module):
    """A loss as a module.

    Parameters
    ----------
    function : str or Function
        A name or alias, such as "huber", or a configured function, such as `slopes.Huber(delta=2.0)`.
    reduction : {"mean", "sum", "none"}, default "mean"
        As the function's own.
    axis : int, optional
        The axis of the classes or of the vectors, for losses that have one; by default the function's, which
        for classes is the last, where PyTorch has axis 1.
    class_weight : tensor or sequence of float, optional
        One weight for each class, of losses that take it; a buffer, which moves with the module.
    ignore_index : int, optional
        A class index that counts nowhere, of losses that take it.
    **parameters : float
        The function's parameters.

    Raises
    ------
    UnknownName
        With near matches, if no function has the name.
    TypeError
        For an unknown parameter, one that is not a number, or an option that the loss does not take.
    ValueError
        For an activation, a parameter out of its bounds or an unknown reduction.

    Examples
    --------
    >>> import torch
    >>> import slopes.torch
    >>> loss = slopes.torch.Loss("huber", delta=2.0)
    >>> loss
    Loss('huber', delta=2.0)
    >>> loss(torch.tensor([3.0, 1.0]), torch.tensor([0.0, 0.0]))
    tensor(2.2500)
    >>> loss(torch.tensor([3.0, 1.0]), torch.tensor([0.0, 0.0]), weight=torch.tensor([0.0, 1.0]))
    tensor(0.5000)
    """

    class_weight: Tensor | None

    def __init__(
        self,
        function: str | Function,
        *,
        reduction: str = "mean",
        axis: Any = None,
        class_weight: Any = None,
        ignore_index: int | None = None,
        **parameters: Any,
    ) -> None:
        super().__init__()
        options = ("reduction", "axis", "class_weight", "ignore_index")
        self.function = configured(function, parameters, options)
        f = self.function
        if not isinstance(f, LossFunction):
            raise ValueError(
                f"{f.name} is an activation, not a loss: use slopes.torch.Activation({f.name!r})"
            )
        one_reduction(f.name, reduction)
        given = {"axis": axis, "class_weight": class_weight, "ignore_index": ignore_index}
        taken = [name for name, default in f.arguments if default is not Parameter.empty]
        for name, value in given.items():
            if value is not None and name not in taken:
                raise TypeError(f"{f.name} takes no {name}; its options are {', '.join(taken)}")
        self.reduction, self.axis, self.ignore_index = reduction, axis, ignore_index
        if class_weight is not None:
            class_weight = torch.as_tensor(class_weight)
        self.register_buffer("class_weight", class_weight)

    def forward(self, *arrays: Tensor, **options: Any) -> Tensor:
        """Return the loss of a prediction and a target, or of what other arrays the function takes.

        `weight` and `where`, of this batch, are given by keyword, as the arrays may be.
        """
        fixed = {"axis": self.axis, "class_weight": self.class_weight, "ignore_index": self.ignore_index}
        fixed = {name: value for name, value in fixed.items() if value is not None}
        result: Tensor = self.function(*arrays, reduction=self.reduction, **fixed, **options)
        return result

    def extra_repr(self) -> str:
        """The arguments that make such a module."""
        shown = dict(self.function.parameters)
        if self.reduction != "mean":
            shown["reduction"] = self.reduction
        if self.axis is not None:
            shown["axis"] = self.axis
        if self.class_weight is not None:
            shown["class_weight"] = self.class_weight.tolist()
        if self.ignore_index is not None:
            shown["ignore_index"] = self.ignore_index
        return _shown(self.function.name, shown)
