"""The other libraries: their functions by the names that definitions give, and their arrays."""

import ast
from collections.abc import Callable
from functools import partial
from importlib import import_module
from inspect import isclass, signature
from types import SimpleNamespace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import torch

import slopes
from tests.parity.names import DOCUMENTED

jax.config.update("jax_enable_x64", True)  # float64 in, float64 out; float32 stays float32

#: libraries that these tests compare with
TESTED = ("torch", "jax", "scipy", "sklearn", "numpy")
#: library -> why it is not compared here, but measured for docs/names.md or named by its documentation
LATER = {
    **dict.fromkeys(DOCUMENTED, "not installed for the tests"),
    "keras": "takes its backend from the environment, so that its suites run in processes of their own",
    "optax": "its suites run in a process of their own, which leaves JAX at single precision",
    "onnx": "a model of one operator is no function; its suites run them",
    "diffusers": "is a collection of models that no test here needs; its functions are one line each",
    "entmax": "is the authors' own package, which tests against the same definition by bisection",
    "timm": "is a collection of models that no test here needs; its functions are one line each",
    "transformers": "is a collection of models that no test here needs; its functions are one line each",
    "statsmodels": "its norms are functions of a residual, and the tests do not need it otherwise",
    "torchvision": "the tests do not need it otherwise; its alpha and gamma are those of the paper",
    "tensorflow_addons": "has reached its end of life and does not install beside Python 3.11",
}

#: (our name, library, the peer's expression), for every entry that must be tested here
ENTRIES = tuple(
    (name, library, expression)
    for name, function in (*slopes.activations.items(), *slopes.losses.items())
    for library, expression in function.elsewhere.items()
    if library in TESTED
)


def resolve(expression: str) -> Callable[..., Any]:
    """Return what "package.module.name" or "package.module.name(keyword=constant)" denotes."""
    node = ast.parse(expression, mode="eval").body
    keywords: dict[str, Any] = {}
    if isinstance(node, ast.Call):
        keywords = {str(k.arg): ast.literal_eval(k.value) for k in node.keywords}
        node = node.func
    parts = ast.unparse(node).split(".")
    found: Any = import_module(parts[0])
    for i, part in enumerate(parts[1:], 2):
        if not hasattr(found, part):
            import_module(".".join(parts[:i]))
        found = getattr(found, part)
    if isclass(found):
        return found(**keywords)
    if keywords:
        _accepts(found, keywords)
    return partial(found, **keywords) if keywords else found


def _accepts(function: Callable[..., Any], keywords: dict[str, Any]) -> None:
    """Raise TypeError where a signature that can be read has no such keyword."""
    try:
        known = signature(function)
    except ValueError:  # a builtin: calling it, as the parity tests do, is the only check
        return
    known.bind_partial(**keywords)


class TorchSide:
    """Derivatives by torch's autograd."""

    name = "torch"

    @staticmethod
    def array(x: Any, dtype: str = "") -> torch.Tensor:
        tensor = torch.from_numpy(np.ascontiguousarray(x))
        return tensor.to(getattr(torch, dtype)) if dtype else tensor

    @staticmethod
    def numpy(x: Any) -> np.ndarray:
        return x.detach().numpy(force=True)

    @classmethod
    def derivative(cls, f: Callable[..., Any], x: Any, order: int = 1) -> np.ndarray:
        """The derivative of sum(f(x)), or the second derivative along ones."""
        leaf = result = cls.array(x).clone().requires_grad_()
        result = f(leaf)
        for _ in range(order):
            (result,) = torch.autograd.grad(result.sum(), leaf, create_graph=True)
        return cls.numpy(result)


class JaxSide:
    """Derivatives by jax.grad."""

    name = "jax"

    @staticmethod
    def array(x: Any, dtype: str = "") -> jax.Array:
        return jnp.asarray(x, dtype or None)

    @staticmethod
    def numpy(x: Any) -> np.ndarray:
        return np.asarray(x)

    @classmethod
    def derivative(cls, f: Callable[..., Any], x: Any, order: int = 1) -> np.ndarray:
        """The derivative of sum(f(x)), or the second derivative along ones."""

        def differentiated(f: Callable[..., Any]) -> Callable[..., Any]:
            return jax.grad(lambda x: f(x).sum())

        for _ in range(order):
            f = differentiated(f)
        return np.asarray(f(jnp.asarray(x)))


class NumpySide:
    """SciPy, scikit-learn and NumPy take NumPy arrays and give no derivatives."""

    name = "numpy"

    @staticmethod
    def array(x: Any, dtype: str = "") -> np.ndarray:
        return np.asarray(x, dtype or None)

    @staticmethod
    def numpy(x: Any) -> np.ndarray:
        return np.asarray(x)


SIDES: dict[str, Any] = {"torch": TorchSide, "jax": JaxSide}


def side(library: str) -> Any:
    """Return how to speak to a library."""
    return SIDES.get(library, NumpySide)


#: relative and absolute tolerance: the peers' errors of a few units in the last place of 1
CLOSE = {"float64": SimpleNamespace(rtol=2e-14, atol=5e-15), "float32": SimpleNamespace(rtol=4e-6, atol=1e-6)}


def assert_close(ours: Any, theirs: Any, dtype: str, scale: float = 1.0) -> None:
    """Compare within the tolerance of a dtype, loosened by `scale` where a peer cancels more."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape
    assert np.isfinite(theirs).all(), "the input leaves the range where the peer is right"
    tolerance = CLOSE[dtype]
    np.testing.assert_allclose(ours, theirs, rtol=scale * tolerance.rtol, atol=scale * tolerance.atol)
