"""The compiled kernels, where they are: which operations they compute, on which arrays.

Each function here returns None or False where the kernels cannot do what is asked; NumPy then does it.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np

from slopes.backends.dtypes import is_bfloat16
from slopes.core import Op
from slopes.core.op import Kernel

CURVED = ("value", "derivative", "second_derivative", "vjp", "value_and_derivative")
ASKED = {"value": 1, "gradient": 2, "hessian": 4}
ROWED = {
    ("softmax", "value"): 0,
    ("softmax", "vjp"): 1,
    ("softmax", "jvp"): 1,
    ("log_softmax", "value"): 2,
    ("log_softmax", "vjp"): 3,
    ("log_softmax", "jvp"): 4,
}
ROW_DTYPES = (np.dtype(np.float32), np.dtype(np.float64))  #: in native byte order
LARGE = 4 << 20  #: bytes of a result whose memory is worth keeping
OFF = ("0", "off", "false", "no")


@dataclass(frozen=True)
class Kernels:
    """What computes: compiled kernels for an instruction set, on some threads, or NumPy, and why."""

    in_use: bool
    instructions: str = ""  #: the instruction set: "v2", "v3" or "v4" of x86-64, or "baseline"
    threads: int = 1
    reason: str = ""  #: why they are not in use

    def __bool__(self) -> bool:
        return self.in_use

    def __str__(self) -> str:
        if not self.in_use:
            return f"NumPy, without compiled kernels: {self.reason}"
        processor = self.instructions.replace("v", "x86-64-v")
        return f"compiled kernels for {processor}, on {self.threads} thread{'s' * (self.threads > 1)}"


def _load() -> tuple[ModuleType | None, str]:
    """Return the module, or None and why."""
    wish = os.environ.get("SLOPES_KERNELS", "").strip().lower()
    if wish in OFF:
        return None, f"SLOPES_KERNELS={wish} switches them off"
    try:
        module = import_module("slopes._kernels")
    except ModuleNotFoundError:
        return None, "they were not built; installing needs a C++20 compiler"
    except ImportError as error:
        return None, str(error)
    if not module.choose(wish if wish.startswith(("v", "b")) else None):
        return None, f"this processor has not the instructions {wish or 'x86-64-v2'}"
    return module, ""


_module, _reason = _load()
_curves: dict[str, tuple[int, int]] = _module.curves() if _module else {}
_losses: dict[str, tuple[int, int]] = _module.losses() if _module else {}


def kernels() -> Kernels:
    """Return what computes: which compiled kernels, on how many threads, or why none.

    Examples
    --------
    >>> import slopes
    >>> slopes.kernels()
    Kernels(in_use=..., instructions=..., threads=..., reason=...)
    """
    if _module is None:
        return Kernels(False, reason=_reason)
    return Kernels(True, _module.instructions(), _module.thread_count())


def set_num_threads(count: int) -> None:
    """Compute large arrays on this many threads; small ones never need more than the caller's."""
    if isinstance(count, bool) or not hasattr(count, "__index__"):
        raise TypeError(f"the number of threads must be an integer, got {count!r}")
    if not 1 <= count <= 1024:
        raise ValueError(f"the number of threads must be between 1 and 1024, got {count}")
    if _module is not None:
        _module.set_thread_count(int(count))


def set_memory_reuse(megabytes: int) -> None:
    """Keep the memory of large results that nobody needs any more, up to this much, for the next ones.

    An operating system clears the memory that it hands out, which takes longer than most functions do; a
    result that follows one of its size can do without. At most four results of 4 MB or more are
    kept, 512 MB in all by default, and the system may take them back when it is short of memory. 0 gives back
    what is kept, and keeps nothing; the environment variable SLOPES_REUSE_MB says the same from the start.
    Only Linux; elsewhere, and for results that are not contiguous, NumPy allocates.

    Parameters
    ----------
    megabytes : int
        The most that is kept, in units of 2**20 bytes.

    Raises
    ------
    TypeError, ValueError
        If it is not an integer, or is negative.

    Examples
    --------
    >>> import slopes
    >>> slopes.set_memory_reuse(512)
    """
    if isinstance(megabytes, bool) or not hasattr(megabytes, "__index__"):
        raise TypeError(f"the memory to keep must be an integer, in megabytes, got {megabytes!r}")
    if not 0 <= megabytes < 2**40:
        raise ValueError(f"the memory to keep must be between 0 and 2**40 megabytes, got {megabytes}")
    if _module is not None:
        _module.set_memory_kept(int(megabytes) << 20)


def _read_reuse() -> None:
    given = os.environ.get("SLOPES_REUSE_MB", "").strip()
    if given and not given.isdecimal():
        raise ValueError(f"SLOPES_REUSE_MB must be a number of megabytes, 0 or more, got {given!r}")
    if given:
        set_memory_reuse(int(given))


_read_reuse()


def empty_like(a: Any) -> Any:
    """Return an array of the shape and dtype of `a`, with anything in it; a large one on reused memory."""
    fresh = None if _module is None or a.nbytes < LARGE else _module.fresh_like(a)
    return np.empty_like(a, subok=False) if fresh is None else fresh


def read_two_write_one(first: Any, second: Any, out: Any) -> bool:
    """Read two float32 arrays and write a third, as fast as memory allows; False if that cannot be."""
    return _module is not None and _module.read_two_write_one(first, second, out)


def pointwise(ops: Sequence[Op], arrays: Sequence[Any], outs: Sequence[Any], divisor: float | None) -> bool:
    """Compute operations of one function into `outs`; False if that is not for the kernels."""
    wanted = _known(ops)
    if not wanted:
        return False
    first = wanted[0]
    methods = [kernel.method for kernel in wanted]
    if first.name in _curves:
        return divisor is None and len(arrays) == 1 and _curve(first, methods, arrays[0], None, outs)
    done = _loss(first, methods, arrays, outs, divisor, summed=False)
    return done is not None


def bind_curve(kernel: Kernel | None, method: str) -> Callable[..., Any]:
    """Return a method of an activation as one compiled call of (x, cotangent, out)."""
    if _module is None or kernel is None or kernel.name not in _curves:
        return _refuse
    index, _ = _curves[kernel.name]
    return _module.bind_curve(index, CURVED.index(method), kernel.parameters)  # type: ignore[no-any-return]


def bind_loss(kernel: Kernel | None, methods: Sequence[str], *ranges: Any) -> Callable[..., Any]:
    """Return methods of a loss as one compiled call of (prediction, target, reduction, out).

    The ranges: of the prediction; of the target; whether finite bounds are excluded; whether a target must be
    one of its bounds. A NaN always passes.
    """
    if _module is None or kernel is None or kernel.name not in _losses:
        return _refuse
    index, _ = _losses[kernel.name]
    asked = sum(ASKED[method] for method in methods)
    return _module.bind_loss(index, asked, kernel.parameters, *ranges)  # type: ignore[no-any-return]


def _refuse(*_arguments: Any) -> None:
    return None


def vjp(op: Op, arrays: Sequence[Any], cotangent: Any, out: Any) -> bool:
    """Compute cotangent * derivative of an activation into `out`."""
    wanted = _known((op,))
    if not wanted or wanted[0].name not in _curves or len(arrays) != 1:
        return False
    return _curve(wanted[0], ["vjp"], arrays[0], cotangent, (out,))


def total(
    op: Op, arrays: Sequence[Any], also: Sequence[Op], outs: Sequence[Any], divisor: float | None
) -> float | None:
    """Sum a loss, and compute its gradient or Hessian in the same pass."""
    wanted = _known((op, *also))
    if not wanted or wanted[0].name not in _losses:
        return None
    methods = [kernel.method for kernel in wanted]
    return _loss(wanted[0], methods, arrays, outs, divisor, summed=True)


def rows(ops: Sequence[Op], arrays: Sequence[Any], results: Sequence[Any], divisor: float | None) -> bool:
    """Compute softmax and its family, or what is asked of a cross-entropy, along rows into `results`."""
    kernels = [op.kernel for op in ops if op.kernel is not None]
    x, *others = (_native(a) for a in arrays)
    if _module is None or len(kernels) != len(ops) or x.dtype not in ROW_DTYPES or not x.size:
        return False
    into = [
        r if r.dtype.isnative and r.flags.aligned else np.empty(r.shape, r.dtype.newbyteorder("="))
        for r in results
    ]
    run = _cross_entropy if kernels[0].name == "cross_entropy" else _softmax
    if not run(kernels, x, others, into, divisor):
        return False
    for result, native in zip(results, into, strict=True):
        if result is not native:
            result[...] = native
    return True


def row_shortcut(op: Op) -> Callable[[Any, Any], Any]:
    """Return the shortest way from (x, out) to a row activation's result along the last axis.

    It returns None for anything but plain arrays, as the calls of activations do.
    """
    method = -1 if op.kernel is None else ROWED.get((op.kernel.name, op.kernel.method), -1)

    def evaluate(x: Any, out: Any) -> Any:
        if _module is None or method < 0 or type(x) is not np.ndarray or x.dtype.char not in "fd":
            return None
        if out is None:
            out = empty_like(x)
        elif type(out) is not np.ndarray:
            return None
        return out if _module.plain_rows(method, x, out) else None

    return evaluate


def row_loss_shortcut(op: Op) -> Callable[[Any, Any, Any, bool, bool], Any]:
    """Return the shortest way to the sum or mean of a loss of rows along the last axis, and its gradient.

    It takes (x, class indices, out, mean, differentiate) and returns the value, with the gradient if asked
    for; None for anything but plain arrays, as the calls of activations do.
    """
    kernel = op.kernel
    known = kernel is not None and kernel.name == "cross_entropy" and not any(kernel.parameters[1:])
    smoothing = float(kernel.parameters[0]) if kernel is not None and known else 0.0

    def evaluate(x: Any, index: Any, out: Any, mean: bool, differentiate: bool) -> Any:
        if _module is None or not known or type(x) is not np.ndarray or type(index) is not np.ndarray:
            return None
        if x.dtype.char not in "fd" or index.dtype.char not in "lq":
            return None
        if out is None and differentiate:
            out = empty_like(x)
        elif out is not None and type(out) is not np.ndarray:
            return None
        total = _module.plain_cross_entropy(x, index, smoothing, mean, out)
        if total is None:
            return None
        with np.errstate(over="ignore"):
            value = x.dtype.type(total)
        return (value, out) if differentiate else value

    return evaluate


def _native(a: Any) -> Any:
    """The array in this machine's byte order, at addresses that its numbers may have."""
    if a.dtype.isnative and a.flags.aligned:
        return a
    return a.astype(a.dtype.newbyteorder("="))


def _softmax(
    kernels: Sequence[Kernel], x: Any, others: Sequence[Any], results: Sequence[Any], divisor: float | None
) -> bool:
    assert _module is not None
    method = ROWED.get((kernels[0].name, kernels[0].method))
    if len(kernels) > 1 or method is None or divisor is not None:
        return False
    if any(other.dtype != x.dtype for other in others):
        return False
    other = np.ascontiguousarray(others[0]) if others else None
    _module.run_rows(method, np.ascontiguousarray(x), other, results[0])
    return True


def _cross_entropy(
    kernels: Sequence[Kernel], x: Any, others: Sequence[Any], results: Sequence[Any], divisor: float | None
) -> bool:
    assert _module is not None
    target, *rest = others
    first = kernels[0]
    if any(first.parameters[1:]):  # a z-loss or a soft cap
        return False
    made = dict(zip((kernel.method for kernel in kernels), results, strict=True))
    values = made.get("value")
    if values is not None and values.dtype != np.float64:
        return False
    if not first.by_class and target.dtype != x.dtype:
        return False
    keep = np.ascontiguousarray(rest.pop()) if first.mask else None
    weight = np.ascontiguousarray(rest.pop(), np.float64) if first.weight else None
    by_class = None if first.class_weight is None else np.ascontiguousarray(first.class_weight, np.float64)
    target = np.ascontiguousarray(target)
    index, probability = (target, None) if first.by_class else (None, target)
    smoothing = float(first.parameters[0])
    asked = (values, made.get("gradient"), made.get("hessian"), 1.0 if divisor is None else float(divisor))
    _module.run_cross_entropy(
        np.ascontiguousarray(x), index, probability, by_class, smoothing, weight, keep, *asked
    )
    return True


def _known(ops: Sequence[Op]) -> list[Kernel]:
    """Return what the operations are, if they are all of one function that has kernels."""
    if _module is None:
        return []
    kernels = [op.kernel for op in ops if op.kernel is not None]
    if len(kernels) != len(ops):
        return []
    first = kernels[0]
    _, parameters = _curves.get(first.name) or _losses.get(first.name) or (0, -1)
    return kernels if parameters == len(first.parameters) else []


def _curve(kernel: Kernel, methods: list[str], x: Any, cotangent: Any, outs: Sequence[Any]) -> bool:
    assert _module is not None
    index, _ = _curves[kernel.name]
    if methods == ["value", "derivative"]:
        methods = ["value_and_derivative"]
    elif len(methods) > 1:
        return False
    run = partial(_module.run_curve, index, CURVED.index(methods[0]), kernel.parameters)
    x, cotangent, *outs = (_lent(a) for a in (x, cotangent, *outs))
    y, dy = outs if len(outs) == 2 else (outs[0], None)
    return bool(run(x, cotangent, y, dy) or _on_copies(run, (x, cotangent), (y, dy)))


def _loss(
    kernel: Kernel,
    methods: list[str],
    arrays: Sequence[Any],
    outs: Sequence[Any],
    divisor: float | None,
    summed: bool,
) -> float | None:
    assert _module is not None
    index, _ = _losses[kernel.name]
    order = [ASKED[method] for method in methods]
    if order != sorted(set(order)) or len(outs) > 2:
        return None
    p, t, *rest = (_lent(a) for a in arrays)
    keep = rest.pop() if kernel.mask else None
    weight = rest.pop() if kernel.weight else None
    by = 1.0 if divisor is None else float(divisor)
    run = partial(_module.run_loss, index, sum(order), summed, kernel.parameters, kernel.safe, by)
    first, second = (*(_lent(out) for out in outs), None, None)[:2]
    done: float | None = run(p, t, weight, keep, first, second)
    return _on_copies(run, (p, t, weight, keep), (first, second)) if done is None else done


def _lent(a: Any) -> Any:
    """An array as the kernels know it: the bits of bfloat16, which NumPy lends to nobody, as integers."""
    return a if a is None or not is_bfloat16(a.dtype) else a.view(np.uint16)


def _on_copies(run: Callable[..., Any], inputs: Sequence[Any], outs: Sequence[Any]) -> Any:
    """Compute from and into fresh arrays, for results that overlap inputs and for very many axes."""
    copies = [None if a is None else np.array(a, order="C") for a in inputs]
    fresh = [None if a is None else np.empty(a.shape, a.dtype) for a in outs]
    done = run(*copies, *fresh)
    if done is None or done is False:
        return done
    for out, result in zip(outs, fresh, strict=True):
        if out is not None:
            out[...] = result
    return done
