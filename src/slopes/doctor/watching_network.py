"""Watching what PyTorch's networks do between their input and the loss."""

import weakref
from collections.abc import Callable
from math import isfinite, prod, sqrt
from typing import Any

import torch
from torch.nn import functional as F  # noqa: N812 - everybody's name for it

import slopes
from slopes.core import Activation, definitions
from slopes.doctor.network import FLAT, Layer, Made, Network, Pair, Rounded, Share, Trouble
from slopes.doctor.nonfinite_torch import SICK, WIDTHS, edge, sickness
from slopes.doctor.scene import STEPS, Place

T = torch.Tensor
MADE, LAYER, LOSS = "_slopes_made", "_slopes_layer", "_slopes_loss"
MOST_LAYERS = 512
LOSSES_A_STEP = 4  #: calls of losses that may belong to one step
NARROW = (torch.float16, torch.bfloat16)
CONVOLUTIONS = (F.conv1d, F.conv2d, F.conv3d)
#: what leaves a linear map linear; views do too
LINEAR: frozenset[Any] = frozenset({F.dropout, F.dropout1d, F.dropout2d, F.dropout3d, torch.dropout})
#: views that exchange axes, after which other weights no longer work on the same one
MOVING: frozenset[Any] = frozenset(
    getattr(owner, name)
    for owner in (T, torch)
    for name in ("permute", "transpose", "swapaxes", "t", "movedim", "moveaxis")
)
#: through what a layer still feeds the next one
THROUGH: frozenset[Any] = LINEAR | {
    *(F.max_pool1d, F.max_pool2d, F.max_pool3d, F.avg_pool1d, F.avg_pool2d, F.avg_pool3d),
    *(F.adaptive_avg_pool1d, F.adaptive_avg_pool2d, F.batch_norm, F.layer_norm, F.group_norm),
}
Function = Callable[..., Any]


class Observer:
    """Makes the calls of a program and, for `steps` backward passes, keeps what they tell of its layers."""

    def __init__(self, network: Network, steps: int, place_of_caller: Callable[[], Place]) -> None:
        self.network, self.steps, self.place_of_caller = network, steps, place_of_caller
        self._weights: dict[int, tuple[weakref.ref[T], Place]] = {}
        self._shares: list[Share] = []
        self._risks: list[Trouble] = []
        self._losses = 0
        self.over = False  #: whether all has been seen

    def call(self, func: Function, args: Any, kwargs: Any, op: str | None, view: bool) -> Any:
        """Call a function of PyTorch and look at what it does."""
        x: Any = args[0] if args else None
        if isinstance(x, tuple | list) and x:  # as cat and stack take them
            x = x[0]
        if self.over or not readable(x):
            return func(*args, **kwargs)
        known = self._layer(op, x) if op else None
        flat = known and _flat(known.op, x, _axis(x))
        result = func(*args, **kwargs)
        if func is T.backward:
            self._backward(x)
        if not isinstance(result, T | tuple | list):
            return result
        if type(result) is T and readable(result):
            self._sick(func, args, kwargs, result, op)
            if view or func in THROUGH:
                self._pass_on(x, result, exact=func in LINEAR or (view and func not in MOVING))
                return result
        self._use(args, kwargs)
        if isinstance(result, T):
            self._share(args, result)
            if result is x:  # overwritten, so that nothing remembered of it is true any more
                for name in (MADE, LAYER):
                    if hasattr(x, name):
                        delattr(x, name)
            if known is not None and flat is not None:
                self._see(known, flat, result)
            else:
                self._make(func, op, x, args, kwargs, result)
        return result

    def _sick(self, func: Function, args: Any, kwargs: Any, result: T, op: str | None) -> None:
        """Remember where NaN and infinities come from, and what may make a gradient so."""
        with torch.no_grad(), torch._C.DisableTorchFunction():
            trouble = sickness(func, args, kwargs, result, op, self.place_of_caller)
            risk = None if trouble else edge(func, args, result, self.place_of_caller)
        if trouble is not None:
            setattr(result, SICK, trouble)
        elif hasattr(result, SICK):  # healed in place, as nan_to_num_ does
            delattr(result, SICK)
        if risk is not None:
            self._risks.append(risk)

    # -- what made a tensor --------------------------------------------------------------------------------

    def _pass_on(self, x: T, result: T, exact: bool) -> None:
        for name in (MADE, LAYER) if exact else (LAYER,):
            if hasattr(x, name):
                setattr(result, name, getattr(x, name))
        if not exact and hasattr(x, MADE):  # normalised or pooled weights are no longer only weights
            getattr(x, MADE).uses += 1

    def _use(self, args: Any, kwargs: Any) -> None:
        for given in (*args, *kwargs.values()):
            for x in given if isinstance(given, tuple | list) else (given,):
                made = getattr(x, MADE, None) if isinstance(x, T) else None
                if made is not None:
                    made.uses += 1

    def _make(self, func: Function, op: str | None, x: T, args: Any, kwargs: Any, result: T) -> None:
        if op == "softmax" and result.ndim:
            setattr(result, MADE, Made("softmax", self.place_of_caller(), 0))
        if op == "log" and result.dtype in NARROW:
            self._round(x)
        if func is not F.linear and func not in CONVOLUTIONS:
            return
        w = kwargs.get("weight", args[1] if len(args) > 1 else None)
        if not isinstance(w, T) or not (w.is_leaf and (w.requires_grad or isinstance(w, torch.nn.Parameter))):
            return
        place = self.place_of_caller()
        if id(w) not in self._weights:
            self._weights[id(w)] = (weakref.ref(w), place)
        fan = prod(w.shape[1:])
        made = Made(
            "linear" if func is F.linear else "convolution",
            place,
            id(w),
            inputs=w.shape[1],
            outputs=w.shape[0],
            kernel=tuple(w.shape[2:]),
            gain=_gain(w, fan),
            before=getattr(x, LAYER, None),
        )
        if made.before is not None:
            made.before.hidden = True
        first = getattr(x, MADE, None)
        if first is not None and len(self.network.pairs) < MOST_LAYERS:
            self.network.pairs.append(Pair(first, made, _row_sums(x) if first.op == "softmax" else {}))
        setattr(result, MADE, made)

    # -- activations ---------------------------------------------------------------------------------------

    def _layer(self, op: str, x: T) -> Layer | None:
        definition = definitions.get(op)
        if definition is None or not issubclass(definition, Activation) or x.ndim < 2 or not x.numel():
            return None
        limits = definition().facts.limits
        if limits is None or not isfinite(limits[0]) or x.dtype not in WIDTHS:
            return None
        place, made = self.place_of_caller(), getattr(x, MADE, None)
        units, layers = x.shape[_axis(x)], self.network.layers
        key = (place, op, made.key if made else None, units)
        if key not in layers:
            if len(layers) >= MOST_LAYERS:
                return None
            number = 1 + sum(k[:2] == key[:2] for k in layers)
            layers[key] = Layer(op, place, number, units)
            if made is not None:
                layers[key].weights = made.inputs * prod(made.kernel)
                layers[key].gain, layers[key].before = made.gain, made.before
        layer = layers[key]
        return layer if len(layer.seen) < self.steps else None

    def _see(self, layer: Layer, flat: Any, result: T) -> None:
        if layer.spread is None and len(result) > 1:
            layer.spread = _spread(result)
        layer.see(flat)
        setattr(result, LAYER, layer)

    # -- gradients and steps -------------------------------------------------------------------------------

    def _backward(self, loss: T) -> None:
        network = self.network
        trouble = getattr(loss, SICK, None)
        if trouble is not None:
            network.troubles.append(trouble)
        with torch.no_grad(), torch._C.DisableTorchFunction():
            call = getattr(loss, LOSS, None)
            if call is not None and loss.numel() == 1:
                place, counted, mean, value = call
                if value and isfinite(value) and counted:
                    self._shares.append(Share(place, counted, float(loss.detach()) / value, mean))
            norms = self._look_at_gradients()
        if trouble is None and self._risks and not all(isfinite(norm) for _, norm in norms):
            network.troubles.append(self._risks[0])
        self._risks = []
        network.gradients.append([(place, norm) for place, norm in norms if norm > 0])
        if len(network.gradients) >= self.steps:
            self.over = True

    def _look_at_gradients(self) -> list[tuple[Place, float]]:
        return [
            (place, float(torch.linalg.vector_norm(w.grad.float())))
            for weight, place in self._weights.values()
            if (w := weight()) is not None and w.grad is not None and not w.grad.is_sparse
        ]

    def stepped(self) -> None:
        """Note a step of an optimiser."""
        if self.over:
            return
        self.network.steps.append(self._shares)
        self._shares = []

    def loss(self, result: T, place: Place, counted: int, reduction: object) -> None:
        """Note a call of a loss, of which a backward pass may come."""
        trouble = getattr(result, SICK, None)
        if trouble is not None and counted:  # R11 says what a mean over nothing is
            self.network.troubles.append(trouble)
        self._losses += 1
        if self._losses >= LOSSES_A_STEP * self.steps:  # a program that never goes backward
            self.over = True
        if result.numel() == 1 and reduction in ("mean", "sum"):
            setattr(result, LOSS, (place, counted, reduction == "mean", float(result.detach())))

    def _share(self, args: Any, result: T) -> None:
        """Follow a loss through its scaling; the sum of two losses is neither."""
        if result.ndim == 0:
            calls = [getattr(x, LOSS) for x in args if isinstance(x, T) and hasattr(x, LOSS)]
            if len(calls) == 1:
                setattr(result, LOSS, calls[0])

    def _round(self, p: T) -> None:
        path = getattr(p, STEPS, ())
        if path and path[0].op in ("softmax", "sigmoid") and len(self.network.rounded) < MOST_LAYERS:
            with torch.no_grad(), torch._C.DisableTorchFunction():
                share = float(((p <= 0) | (p >= 1)).float().mean())
            name = str(p.dtype).removeprefix("torch.")
            self.network.rounded.append(Rounded(path[0].op, name, share, self.place_of_caller()))


def readable(x: Any) -> bool:
    """Whether the values of something can be looked at: a plain tensor, outside of any tracing."""
    return (
        type(x) in (T, torch.nn.Parameter)
        and x.layout is torch.strided
        and x.device.type != "meta"
        and not (x.is_quantized or x.is_complex())
        and not torch._C._functorch.is_functorch_wrapped_tensor(x)
        and not torch.compiler.is_compiling()
    )


def _axis(x: T) -> int:
    """Where the units lie: last after weights that are linear, second after convolutions."""
    made = getattr(x, MADE, None)
    if made is not None:
        return -1 if made.op == "linear" else 1
    return 1 if x.ndim > 3 else -1


def _flat(op: str, x: T, axis: int) -> Any:
    """Return whether (example, position, unit) has next to no derivative."""
    function: Any = getattr(slopes, op)
    with torch.no_grad(), torch._C.DisableTorchFunction():
        slope = function.derivative(x.detach()).abs()
        flat = (slope < FLAT * function.definition.facts.lipschitz).movedim(axis, -1)
        return flat.reshape(len(flat), -1, flat.shape[-1]).cpu().numpy()


def _gain(w: T, fan: int) -> float:
    """Return the standard deviation of weights, times the root of how many enter a unit."""
    with torch.no_grad(), torch._C.DisableTorchFunction():
        return float(w.detach().float().std(correction=0)) * sqrt(fan)


def _spread(result: T) -> float:
    """Return the standard deviation over the examples."""
    with torch.no_grad(), torch._C.DisableTorchFunction():
        return float(result.detach().float().std(0).square().mean().sqrt())


def _row_sums(p: T) -> dict[str, float]:
    """Return how far the rows of a tensor are from adding up to 1."""
    with torch.no_grad(), torch._C.DisableTorchFunction():
        return {
            "off": float((p.float().sum(-1) - 1).abs().max()) if p.numel() else 0.0,
            "units": p.shape[-1],
            "largest": float(p.max()) if p.numel() else 0.0,
        }
