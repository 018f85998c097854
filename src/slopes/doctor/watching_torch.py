"""Watching PyTorch: every call of a loss, and the operations that its prediction came through."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from inspect import signature
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional as F  # noqa: N812 - everybody's name for it
from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook
from torch.overrides import TorchFunctionMode, _get_current_function_mode

from slopes.core import definitions
from slopes.doctor.case import Case
from slopes.doctor.places import OURS, caller
from slopes.doctor.scene import BEFORE, OVER_ENTRIES, STEPS, LossCall, Place, Step
from slopes.doctor.watching_network import NARROW, Observer, readable
from slopes.doctor.watching_slopes import Given, axis_of, following, given_to
from slopes.torch.uses import FUNCTIONS, METHODS, NAMES

T = torch.Tensor
KERAS = "keras"  #: whose losses are watched where Keras is
LONGEST = 32  #: steps that are remembered of a path
LATE = (
    4  #: times as many updates as steps, after which a loss that was seen now and then is waited for no more
)
SMALL = 2**16  #: entries of an activation's input that are kept with its result, to try a cure on

#: a loss -> its name in the register, and where its classes lie
LOSSES: dict[Callable[..., Any], tuple[str, int | None]] = {
    F.cross_entropy: ("cross_entropy", 1),
    F.nll_loss: ("nll", 1),
    F.binary_cross_entropy: ("binary_cross_entropy", None),
    F.binary_cross_entropy_with_logits: ("binary_cross_entropy_with_logits", None),
    F.mse_loss: ("mse", None),
    F.l1_loss: ("mae", None),
    F.huber_loss: ("huber", None),
    F.smooth_l1_loss: ("smooth_l1", None),
    F.kl_div: ("kl_divergence", -1),
}
_OTHERS: dict[str, tuple[Callable[..., Any], ...]] = {
    "linear": (F.linear, torch.matmul, T.matmul, torch.addmm, F.bilinear, torch.mm, T.mm),
    "convolution": (F.conv1d, F.conv2d, F.conv3d, F.conv_transpose2d),
    "exp": (torch.exp, T.exp),
    "log": (torch.log, T.log),
    "sigmoid": (torch.special.expit,),
}
#: a function or method of PyTorch -> the activation that it is, or another operation
STEPS_OF: dict[Callable[..., Any], str] = {
    **{function: NAMES[name][0] for function, (name, _) in FUNCTIONS.items()},
    **{getattr(T, method): NAMES[name][0] for method, name in METHODS.items()},
    **{function: name for name, functions in _OTHERS.items() for function in functions},
}
_UNCHANGED = (
    "view", "view_as", "reshape", "reshape_as", "flatten", "unflatten", "squeeze", "squeeze_", "unsqueeze",
    "permute", "transpose", "swapaxes", "t", "movedim", "moveaxis", "flip", "expand", "expand_as",
    "contiguous", "clone", "detach", "float", "double", "half", "bfloat16", "to", "type", "cpu", "cuda",
    "narrow", "select", "__getitem__", "index_select", "masked_select",
)  # fmt: skip
#: what changes no entry: the result came through what its input came through
VIEWS: frozenset[Any] = frozenset(
    getattr(owner, name) for owner in (T, torch, F) for name in _UNCHANGED if hasattr(owner, name)
)
#: what tells something of a tensor without using it
FACTS: frozenset[Any] = frozenset(
    getattr(T, name).__get__
    for name in (
        "shape",
        "dtype",
        "device",
        "layout",
        "ndim",
        "is_leaf",
        "requires_grad",
        "grad_fn",
        "is_cuda",
    )
) | {T.size, T.dim, T.numel, T.stride, T.is_floating_point, T.is_complex}
OF_KL_DIV = {"mean": OVER_ENTRIES, "batchmean": "mean"}
SIGNATURES: dict[Callable[..., Any], Any] = {function: signature(function) for function in LOSSES}
INSIDE = (str(Path(torch.__file__).parent), *OURS)


def place_of_caller() -> Place:
    """Return the innermost line that is neither PyTorch's nor ours."""
    return caller(INSIDE)


class Watch(TorchFunctionMode):
    """Sees the operations of PyTorch while it is entered, for the first `steps` calls of each loss."""

    def __init__(self, case: Case, steps: int = 20) -> None:
        super().__init__()
        self.case, self.steps = case, steps
        self.network = Observer(case.network, steps, self._place)
        self._placed: Place | None = None  #: of the call that is being made, once it was asked for
        self._pushed = False
        self._resting = False  #: inside the step of an optimiser, or after all
        self._places: set[Place] = set()  #: of losses
        self._hooks: list[Any] = []
        self._ours = ExitStack()
        self._updates = 0

    def __enter__(self) -> "Watch":
        self._hooks = [
            register_optimizer_step_pre_hook(self._before_step),
            register_optimizer_step_post_hook(self._after_step),
        ]
        self._ours.enter_context(following(self._own))
        self._push()
        return self

    def __exit__(self, *of_what: Any) -> None:
        for hook in self._hooks:
            hook.remove()
        self._hooks = []
        self._ours.close()
        self._pop()

    def _push(self) -> None:
        super().__enter__()  # type: ignore[no-untyped-call]
        self._pushed = True

    def _pop(self) -> None:
        if self._pushed:
            super().__exit__(None, None, None)  # type: ignore[no-untyped-call]
            self._pushed = False

    def _place(self) -> Place:
        if self._placed is None:
            self._placed = place_of_caller()
        return self._placed

    def _on_top(self) -> bool:
        """Whether no mode of the program stands before this one, so that it can be taken away."""
        mode = _get_current_function_mode()  # type: ignore[no-untyped-call]
        return mode is self

    def _before_step(self, _: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Rest while an optimiser works, unless it is given the function that computes the loss."""
        self._resting = not any(map(callable, (*args[1:], *kwargs.values())))
        if self._resting and self._on_top():
            self._pop()

    def _after_step(self, *_: Any) -> None:
        self._resting = False
        self.network.stepped()
        self._updates += 1
        seen = all(self.case.calls_at(place) >= self.steps for place in self._places)
        if self._updates >= self.steps and (
            (seen and self.network.over) or self._updates >= LATE * self.steps
        ):
            self._resting = True
            if not self._pushed or self._on_top():
                self.__exit__(None, None, None)
        elif not self._pushed:
            self._push()

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        kwargs = dict(kwargs or {})
        if self._resting or func in FACTS:
            return func(*args, **kwargs)
        self._placed = None
        if func in LOSSES:
            return self._loss(func, args, kwargs, partial(_given, func, args, kwargs))
        op, view = STEPS_OF.get(func), func in VIEWS
        result = self.network.call(func, args, kwargs, op, view)
        if isinstance(result, T):
            if op is not None:
                axis = _axis(result, args, kwargs) if op in ("softmax", "log_softmax") else None
                self._step(op, result, args[0] if args else None, axis)
            elif view and args and hasattr(args[0], STEPS):
                setattr(result, STEPS, getattr(args[0], STEPS))
            elif args and result is args[0] and hasattr(result, STEPS):  # overwritten
                delattr(result, STEPS)
        return result

    def _own(self, function: Any, original: Callable[..., Any], args: Any, kwargs: dict[str, Any]) -> Any:
        """Watch a call of one of this library's functions, as one operation."""
        if not self._pushed or self._resting or not args or not readable(args[0]):
            return original(function, *args, **kwargs)

        def run(*args: Any, **kwargs: Any) -> Any:
            self._resting = True
            try:
                return original(function, *args, **kwargs)
            finally:
                self._resting = False

        self._placed, run.__name__ = None, function.name
        if function.kind.endswith("loss"):
            return self._loss(run, args, kwargs, partial(given_to, function, args, kwargs))
        result = self.network.call(run, args, kwargs, function.name, False)
        self._step(function.name, result, args[0], axis_of(function, result.ndim, kwargs))
        return result

    def _step(self, op: str, result: T, x: Any, axis: int | None) -> None:
        size = None if axis is None else result.shape[axis] if result.ndim else 1
        if x is not result and op in definitions and readable(x) and x.numel() <= SMALL:
            if not x.is_inference():  # those have no version
                with torch._C.DisableTorchFunction():
                    setattr(result, BEFORE, (x.detach(), x._version))
        elif hasattr(result, BEFORE):  # overwritten
            delattr(result, BEFORE)
        before = getattr(x, STEPS, ())
        setattr(result, STEPS, (Step(op, self._place(), axis, size), *before[: LONGEST - 1]))

    def _loss(
        self,
        func: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        given: Callable[[], Given | None],
    ) -> Any:
        place = self._place()
        self._places.add(place)
        if self.case.calls_at(place) >= self.steps or KERAS in Path(place.file).parts:
            return func(*args, **kwargs)
        call = self._examine(given(), place)
        result = self.network.call(func, args, kwargs, None, False)
        if call is not None and isinstance(result, T) and result.ndim == 0:
            self.case.see_value(place, float(result.detach()))
            self.network.loss(result, place, call.counted, call.options.get("reduction"))
        return result

    def _examine(self, given: Given | None, place: Place) -> LossCall | None:
        """Show the call to the checks before it is made: it may fail."""
        if given is None:
            return None
        prediction, target, options = given.prediction, given.target, given.options
        with torch.no_grad(), torch._C.DisableTorchFunction():
            p, t = _array(prediction), _array(target)
            kept, version = getattr(prediction, BEFORE, (None, 0))
            before = _array(kept) if kept is not None and kept._version == version else None
        call = LossCall(
            loss=given.loss,
            prediction=p,
            target=t,
            path=getattr(prediction, STEPS, ()),
            class_axis=given.axis if p.ndim else None,
            place=place,
            step=self.case.calls_at(place),
            options={
                k: v if isinstance(v, str | int | float | None) else "tensor" for k, v in options.items()
            },
            before=before,
            narrow=str(prediction.dtype).removeprefix("torch.") if prediction.dtype in NARROW else "",
        )
        self.case.see(call)
        return call


def _given(func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Given | None:
    """Return what a loss of PyTorch is given; None if the call will fail, or cannot be looked at."""
    try:
        bound = SIGNATURES[func].bind(*args, **kwargs)
    except TypeError:
        return None
    bound.apply_defaults()
    options = dict(bound.arguments)
    prediction, target = options.pop("input"), options.pop("target")
    if not readable(prediction) or not readable(target):
        return None
    name, axis = LOSSES[func]
    if func is F.kl_div:  # of all its losses the one whose mean divides by classes too
        options["reduction"] = OF_KL_DIV.get(options["reduction"], options["reduction"])
    if axis is not None:
        axis = 0 if prediction.ndim == 1 else axis % max(prediction.ndim, 1)
    return Given(name, prediction, target, axis, options)


def _axis(result: T, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> int:
    """Return along which axis a softmax of PyTorch works, counted from the front."""
    given = kwargs.get("dim", args[1] if len(args) > 1 else None)
    if not isinstance(given, int):  # PyTorch's own choice where none is given
        given = 0 if result.ndim in (0, 1, 3) else 1
    return given % max(result.ndim, 1)


def _array(x: T) -> Any:
    x = x.detach().to("cpu").resolve_conj()
    return (x.float() if x.dtype is torch.bfloat16 else x).numpy()
