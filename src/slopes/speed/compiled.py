"""What users would write themselves for numexpr and numba, both on all processors."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

Array = Any
Calls = dict[str, Callable[[], object]]
EXPRESSIONS = {
    "sigmoid": "1 / (1 + exp(-x))",
    "tanh": "tanh(x)",
    "silu": "x / (1 + exp(-x))",
    "softplus": "where(x > 0, x, 0) + log1p(exp(-abs(x)))",
    "mish": "x * tanh(where(x > 0, x, 0) + log1p(exp(-abs(x))))",
}  #: in numexpr's words; it has no error function


def activation_values(name: str, x: Array, out: Array | None) -> Calls:
    """The value by numexpr and numba, for the functions above."""
    calls: Calls = {}
    if name in EXPRESSIONS and find_spec("numexpr"):
        import numexpr

        expression = EXPRESSIONS[name]
        calls["numexpr"] = lambda: numexpr.evaluate(expression, {"x": x}, out=out)
    if name in EXPRESSIONS and find_spec("numba"):
        ufunc = _ufunc(name, x.dtype)
        calls["numba"] = lambda: ufunc(x) if out is None else ufunc(x, out)
    return calls


def _ufunc(name: str, dtype: Any) -> Any:
    import math

    import numba

    one, zero = dtype.type(1), dtype.type(0)
    exp, log1p, tanh = math.exp, math.log1p, math.tanh

    @numba.njit
    def softplus(x: Any) -> Any:
        return max(x, zero) + log1p(exp(-abs(x)))

    bodies: dict[str, Callable[[Any], Any]] = {
        "sigmoid": lambda x: one / (one + exp(-x)),
        "tanh": lambda x: tanh(x),
        "silu": lambda x: x / (one + exp(-x)),
        "softplus": lambda x: softplus(x),
        "mish": lambda x: x * tanh(softplus(x)),
    }
    vectorize: Any = numba.vectorize
    return vectorize([f"{dtype}({dtype})"], target="parallel")(bodies[name])


def loss_gradients(name: str, prediction: Array, target: Array) -> Calls:
    """Mean loss and gradient in one parallel loop by numba, at the default parameters."""
    if not find_spec("numba"):
        return {}
    import math

    import numba

    half, one, zero = (prediction.dtype.type(number) for number in (0.5, 1, 0))
    exp, log1p = math.exp, math.log1p

    def huber(p: Any, t: Any) -> Any:
        slope = max(min(p - t, one), -one)
        return slope * (p - t - half * slope), slope

    def quantile(p: Any, t: Any) -> Any:
        slope = half if p > t else (-half if p < t else zero)
        return slope * (p - t), slope

    def logits(z: Any, t: Any) -> Any:
        e = exp(-abs(z))
        return max(z, zero) - z * t + log1p(e), (one if z > 0 else e) / (one + e) - t

    bodies: dict[str, Callable[[Any, Any], Any]] = {
        "mse": lambda p, t: ((p - t) * (p - t), (p - t) + (p - t)),
        "huber": huber,
        "quantile": quantile,
        "binary_cross_entropy_with_logits": logits,
    }
    if name not in bodies:
        return {}
    body = numba.njit(bodies[name])

    @numba.njit(parallel=True)
    def loop(p: Array, t: Array, out: Array, scale: Any) -> Any:
        total = 0.0
        for i in numba.prange(p.size):
            value, slope = body(p[i], t[i])
            total += value
            out[i] = scale * slope
        return total / p.size, out

    out = np.empty_like(prediction)
    scale = prediction.dtype.type(1 / max(1, prediction.size))
    return {"numba": lambda: loop(prediction, target, out, scale)}
