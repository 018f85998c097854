"""Where a NaN or an infinity comes from, in PyTorch."""

from collections.abc import Callable
from math import log
from typing import Any

import torch

from slopes.doctor.network import Trouble
from slopes.doctor.scene import Place

T = torch.Tensor
SICK = "_slopes_sick"  #: the attribute of a tensor with NaN or infinities: where they come from
#: operations that write infinities because they were told to, as masks are
TOLD = frozenset(
    {"masked_fill", "masked_fill_", "full", "full_like", "fill_", "where", "__setitem__", "tensor"}
)
LOGARITHMS = frozenset({"log", "log2", "log10", "log_"})
DIVISIONS = frozenset({"div", "div_", "__truediv__", "true_divide", "divide"})
EXPONENTIALS = frozenset({"exp", "exp_", "expm1", "exp2"})
ROOTS = frozenset({"sqrt", "sqrt_", "rsqrt"})


def sickness(
    func: Callable[..., Any], args: Any, kwargs: Any, result: T, op: str | None, place: Callable[[], Place]
) -> Trouble | None:
    """Return where the NaN or the infinities of a result come from; None if it has none."""
    if not result.numel() or _finite(result):
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
        return Trouble(name, "told", f"{name} writes an infinity", "write a finite number", {}, place())
    told = [x for x in tensors if x is not result and x.is_floating_point() and not _finite(x)]
    if told:
        return _received(name, told[0], place())
    return _made(name, op, tensors, result, place())


def _finite(x: T) -> bool:
    return all(bool(torch.isfinite(end)) for end in torch.aminmax(x.detach()))


def _received(name: str, x: T, place: Place) -> Trouble:
    """Say that something was given that was sick before it was watched."""
    bad = int((~torch.isfinite(x)).sum())
    if isinstance(x, torch.nn.Parameter):
        cause, cure = "weights", "lower the learning rate, or clip the gradient: a step made the weights so"
    else:
        cause, cure = "input", "clean the data: drop or impute such rows, and look at what divides them"
    says = f"{bad} of {x.numel()} entries of the {cause} that {name} takes are NaN or infinite already"
    return Trouble(name, cause, says, cure, {"bad": bad, "entries": x.numel()}, place)


def _made(name: str, op: str | None, tensors: list[T], result: T, place: Place) -> Trouble:
    bad = int((~torch.isfinite(result)).sum())
    numbers: dict[str, float] = {"bad": bad, "entries": result.numel()}
    head = f"{bad} of {result.numel()} results of {name} are NaN or infinite"
    x = next((t for t in tensors if t is not result), None)
    low, high = (float(v) for v in torch.aminmax(x.detach())) if x is not None and x.numel() else (0.0, 0.0)
    path = getattr(x, "_slopes_steps", ()) if x is not None else ()
    last = path[0].op if path else ""
    if name in LOGARITHMS:
        if low < 0:
            return Trouble(
                name,
                "log of a negative",
                f"{head}: its smallest input is {low:.4g}",
                "take the logarithm of a number that cannot be negative",
                numbers | {"low": low},
                place,
            )
        zeros = int((x == 0).sum()) if x is not None else bad
        cure = {
            "softmax": "write log_softmax in place of softmax and log",
            "sigmoid": "write logsigmoid in place of sigmoid and log",
        }.get(last, "clamp the input away from 0, log(x.clamp_min(1e-6)), or use log1p where 1 is added")
        cause = f"log of an underflowed {last}" if last in ("softmax", "sigmoid") else "log of 0"
        return Trouble(
            name,
            cause,
            f"{head}: {cause}, {zeros} inputs are exactly 0",
            cure,
            numbers | {"zeros": zeros},
            place,
        )
    if name in DIVISIONS and (zeros := _zero_divisors(tensors)):
        return Trouble(
            name,
            "division by 0",
            f"{head}: {zeros} divisors are 0",
            "add a small number to the divisor, or clamp it: b.clamp_min(1e-6)",
            numbers | {"zeros": zeros},
            place,
        )
    if name in ("reciprocal", "__rtruediv__", "__rdiv__") and low <= 0 <= high:
        return Trouble(
            name,
            "division by 0",
            f"{head}: a divisor is 0",
            "add a small number to the divisor, or clamp it: b.clamp_min(1e-6)",
            numbers,
            place,
        )
    if name in EXPONENTIALS:
        most = log(torch.finfo(result.dtype).max)
        return Trouble(
            name,
            "exp overflow",
            f"{head}: the largest input is {high:.4g}, exp of "
            f"{str(result.dtype)[6:]} overflows above {most:.4g}",
            "subtract the largest of each row first, or use softmax, logsumexp or softplus, which do",
            numbers | {"high": high, "limit": most},
            place,
        )
    if name in ROOTS or (name in ("pow", "__pow__") and low < 0):
        return Trouble(
            name,
            "root of a negative",
            f"{head}: its smallest input is {low:.4g}",
            "clamp the input at a small positive number, sqrt(x.clamp_min(1e-6))",
            numbers | {"low": low},
            place,
        )
    most = torch.finfo(result.dtype).max
    if result.dtype is torch.float16:
        return Trouble(
            name,
            "float16 overflow",
            f"{head}: float16 ends at {most:.0f}",
            "compute it in float32 or bfloat16, or scale its input down",
            numbers | {"limit": most},
            place,
        )
    if name == "mean" and x is not None and not x.numel():
        return Trouble(
            name,
            "mean of nothing",
            f"{head}: it is a mean over nothing",
            "leave out such batches",
            numbers,
            place,
        )
    return Trouble(
        name,
        op or name,
        f"{head}, of finite inputs up to {max(abs(low), abs(high)):.4g}",
        "look at the inputs of this operation",
        numbers | {"low": low, "high": high},
        place,
    )


def _zero_divisors(tensors: list[T]) -> int:
    """Return how many entries of a divisor are 0."""
    return int((tensors[1] == 0).sum()) if len(tensors) > 1 else 0
