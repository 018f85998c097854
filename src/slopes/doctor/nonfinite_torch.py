"""Where a NaN or an infinity comes from, in PyTorch."""

from collections.abc import Callable
from math import isfinite, log
from typing import Any

import torch

from slopes.doctor.languages import Text
from slopes.doctor.network import Trouble
from slopes.doctor.scene import STEPS, Place

T = torch.Tensor
SICK = "_slopes_sick"  #: the attribute of a tensor with NaN or infinities: where they come from
#: the types that can be looked at
WIDTHS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
#: operations that write infinities because they were told to, as masks are
TOLD = frozenset(
    {"masked_fill", "masked_fill_", "full", "full_like", "fill_", "where", "__setitem__", "tensor"}
)
LOGARITHMS = frozenset({"log", "log2", "log10", "log_"})
POWERS = frozenset({"pow", "__pow__", "pow_"})
FUSED = {
    "softmax": "log_softmax",
    "sigmoid": "logsigmoid",
}  #: what takes the logarithm without rounding first
REVERSED = frozenset({"reciprocal", "__rtruediv__", "__rdiv__"})
DIVISIONS = frozenset({"div", "div_", "__truediv__", "true_divide", "divide"})
EXPONENTIALS = frozenset({"exp", "exp_", "expm1", "exp2"})
DIVERGED = 1e12  #: inputs of this size are no data
ROOTS = frozenset({"sqrt", "sqrt_", "rsqrt"})


def sickness(
    func: Callable[..., Any], args: Any, kwargs: Any, result: T, op: str | None, place: Callable[[], Place]
) -> Trouble | None:
    """Return where the NaN or the infinities of a result come from; None if it has none."""
    if _finite(result):
        return None
    tensors = [
        x
        for given in (*args, *kwargs.values())
        for x in (given if isinstance(given, tuple | list) else (given,))
        if isinstance(x, T)
    ]
    for x in tensors:
        if x is not result and hasattr(x, SICK):
            found: Trouble = getattr(x, SICK)
            return found
    name = getattr(func, "__name__", str(func))
    if name in TOLD:
        return Trouble(
            name,
            "told",
            Text("{name} writes infinities, and nothing finite is left beside them", name=name),
            Text("leave an entry of each row unmasked, or write a large finite number such as -1e4"),
            {},
            place(),
        )
    told = [x for x in tensors if x is not result and not _finite(x)]
    if told:
        return _received(name, told[0], place())
    return _made(name, op, tensors, result, place())


def edge(func: Callable[..., Any], args: Any, result: T, place: Callable[[], Place]) -> Trouble | None:
    """Return what would make a gradient NaN or infinite where the result, and so the loss, is finite."""
    name = getattr(func, "__name__", str(func))
    if name in ROOTS and (zeros := int((args[0] == 0).sum())):
        says = Text(
            "the loss is finite, its gradient is not: {zeros} of {entries} inputs of {name} are exactly 0, "
            "where its slope is infinite",
            zeros=zeros,
            entries=result.numel(),
            name=name,
        )
        cure = Text("add a small number first, {name}(x + 1e-12)", name=name)
        return Trouble(name, "root of 0", says, cure, {"zeros": zeros, "entries": result.numel()}, place())
    if name == "where":
        for x in args:
            if hasattr(x, SICK):
                made: Trouble = getattr(x, SICK)
                says = Text(
                    "the loss is finite, its gradient is not: where leaves out what {op} made ({made}), and "
                    "multiplies its slope by 0",
                    op=made.op,
                    made=made.says,
                )
                cure = Text(
                    "choose a harmless input with where before {op}, and not only after it", op=made.op
                )
                return Trouble(name, "where", says, cure, made.numbers, made.place)
    return None


def _finite(x: T) -> bool:
    return (
        not x.numel()
        or x.dtype not in WIDTHS
        or all(isfinite(float(end)) for end in torch.aminmax(x.detach()))
    )


def _received(name: str, x: T, place: Place) -> Trouble:
    """Say that something was given that was sick before it was watched."""
    bad = int((~torch.isfinite(x)).sum())
    if isinstance(x, torch.nn.Parameter):
        cause = Text("weights")
        cure = Text("lower the learning rate, or clip the gradient: a step made the weights so")
    else:
        cause = Text("input")
        cure = Text("clean the data: drop or impute such rows, and look at what divides them")
    says = Text(
        "{bad} of {entries} entries of the {cause} that {name} takes are NaN or infinite already",
        bad=bad,
        entries=x.numel(),
        cause=cause,
        name=name,
    )
    return Trouble(name, cause, says, cure, {"bad": bad, "entries": x.numel()}, place)


def _made(name: str, op: str | None, tensors: list[T], result: T, place: Place) -> Trouble:
    """Say how an operation on finite numbers came to something that is not."""
    bad, x = int((~torch.isfinite(result)).sum()), next((t for t in tensors if t is not result), None)
    cause, why, cure, numbers = (
        (op or name, Text("it overwrote its input"), Text("write it without the underscore to see more"), {})
        if x is None
        else _why(name, op, x, tensors, result)
    )
    says = Text(
        "{bad} of {entries} results of {name} are NaN or infinite: {why}",
        bad=bad,
        entries=result.numel(),
        name=name,
        why=why,
    )
    return Trouble(name, cause, says, cure, {"bad": bad, "entries": result.numel()} | numbers, place)


def _why(
    name: str, op: str | None, x: T, tensors: list[T], result: T
) -> tuple[str, Text, Text, dict[str, float]]:
    """Return the class of a cause, the sentence that shows it, the cure and the numbers."""
    if not x.numel():
        why, cure = Text("there is nothing to compute it of"), Text("leave out such batches")
        return "mean of nothing", why, cure, {}
    low, high = (float(v) for v in torch.aminmax(x.detach()))
    dtype, most = str(result.dtype).removeprefix("torch."), torch.finfo(result.dtype).max
    if name in LOGARITHMS and low >= 0:
        path, zeros = getattr(x, STEPS, ()), int((x == 0).sum())
        last = path[0].op if path and path[0].op in FUSED else ""
        cause = Text("log of an underflowed {op}", op=last) if last else Text("log of 0")
        cure = Text("clamp the input away from 0, log(x.clamp_min(1e-6)), or use log1p where 1 is added")
        if last:
            cure = Text("write {fused} in place of {op} and log", fused=FUSED[last], op=last)
        why = Text("{cause}, {zeros} inputs are exactly 0", cause=cause, zeros=zeros)
        return cause, why, cure, {"zeros": zeros}
    if name in LOGARITHMS | ROOTS or (name in POWERS and low < 0):
        cure = Text("clamp the input at a small positive number, x.clamp_min(1e-6)")
        kind = "log" if name in LOGARITHMS else "root"
        return f"{kind} of a negative", Text("its smallest input is {low:.4g}", low=low), cure, {"low": low}
    divisor = x if name in REVERSED else tensors[1] if name in DIVISIONS and len(tensors) > 1 else None
    if divisor is not None and (zeros := int((divisor == 0).sum())):
        cure = Text("add a small number to the divisor, or clamp it: b.clamp_min(1e-6)")
        return "division by 0", Text("{zeros} divisors are 0", zeros=zeros), cure, {"zeros": zeros}
    if name in EXPONENTIALS:
        why = Text(
            "the largest input is {high:.4g}, exp of {dtype} overflows above {limit:.4g}",
            high=high,
            dtype=dtype,
            limit=log(most),
        )
        cure = Text("subtract the largest of each row first, or use softmax, logsumexp or softplus, which do")
        return "exp overflow", why, cure, {"high": high, "limit": log(most)}
    if result.dtype is torch.float16:
        cure = Text("compute it in float32 or bfloat16, or scale its input down")
        return "float16 overflow", Text("float16 ends at {most:.0f}", most=most), cure, {"limit": most}
    size = max(abs(low), abs(high))
    if size > DIVERGED:
        cure = Text(
            "lower the learning rate, clip the gradient, or draw smaller weights: the values ran away"
        )
        return "divergence", Text("its inputs reach {size:.4g}", size=size), cure, {"size": size}
    why = Text("its inputs are finite, up to {size:.4g}", size=size)
    return op or name, why, Text("look at these inputs"), {"size": size}
