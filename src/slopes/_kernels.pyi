"""The compiled kernels (cpp/bindings.cc); absent where no compiler was to be had."""

from typing import Any

def choose(name: str | None) -> bool: ...
def instructions() -> str: ...
def curves() -> dict[str, tuple[int, int]]: ...
def losses() -> dict[str, tuple[int, int]]: ...
def run_curve(
    function: int, method: int, parameters: tuple[float, ...], x: Any, cotangent: Any, y: Any, dy: Any
) -> bool: ...
def run_loss(
    function: int,
    asked: int,
    summed: bool,
    parameters: tuple[float, ...],
    safe: tuple[float, float],
    divisor: float,
    prediction: Any,
    target: Any,
    weight: Any,
    keep: Any,
    first: Any,
    second: Any,
) -> float | None: ...
def run_rows(method: int, x: Any, other: Any, out: Any) -> None: ...
def run_cross_entropy(
    x: Any,
    index: Any,
    probability: Any,
    class_weight: Any,
    label_smoothing: float,
    weight: Any,
    keep: Any,
    value: Any,
    gradient: Any,
    hessian: Any,
    divisor: float,
) -> None: ...
def thread_count() -> int: ...
def set_thread_count(count: int) -> None: ...
def fresh_like(array: Any) -> Any: ...
def set_memory_kept(most: int) -> None: ...
def read_two_write_one(first: Any, second: Any, result: Any) -> bool: ...
