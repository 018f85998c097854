"""What other libraries are called with for the same work; one that is not installed is left out."""

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np

from slopes.accuracy.peers import resolve
from slopes.api.activation import ActivationFunction
from slopes.backends.kernels import read_two_write_one
from slopes.speed import compiled

Array = Any
Calls = dict[str, Callable[[], object]]
LARGE = 100_000_000  #: elements, from which on copies of SciPy and JAX take more memory than they are worth


def installed(library: str) -> bool:
    """Whether a library can be imported."""
    return find_spec(library) is not None


def activation_values(function: ActivationFunction, x: Array, out: Array | None) -> Calls:
    """The value, into a fresh array or into `out`."""
    calls: Calls = {}
    if "torch" in function.elsewhere and installed("torch"):
        import torch

        theirs, tensor = resolve(function.elsewhere["torch"]), torch.from_numpy(x)
        if out is None:
            calls["torch"] = lambda: theirs(tensor)
        else:
            into = _torch_into(function.name, tensor, torch.from_numpy(out))
            calls |= {"torch out=": into} if into else {}
    if "jax" in function.elsewhere and installed("jax") and out is None:
        import jax

        theirs_there = jax.jit(resolve(function.elsewhere["jax"]))
        calls["jax.jit"] = _by_jax(theirs_there, x)
    for library in ("scipy", "numpy"):
        if library in function.elsewhere and installed(library):
            ufunc = resolve(function.elsewhere[library])
            options = {} if out is None else {"out": out}
            calls[library] = partial(ufunc, x, **options)
    return calls | compiled.activation_values(function.name, x, out)


def _by_jax(compiled_function: Any, x: Array) -> Callable[[], object]:
    """A compiled function of JAX on x, in x's precision."""
    import jax

    with jax.enable_x64(x.dtype == np.float64):
        array = jax.numpy.asarray(x)

    def call() -> object:
        with jax.enable_x64(x.dtype == np.float64):
            return jax.block_until_ready(compiled_function(array))  # type: ignore[no-untyped-call]

    return call


def _torch_into(name: str, x: Any, out: Any) -> Callable[[], object] | None:
    """The operators of torch that write into a given tensor."""
    import torch

    operators: dict[str, Any] = {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "silu": torch.ops.aten.silu.out,
        "gelu": torch.ops.aten.gelu.out,
        "softplus": torch.ops.aten.softplus.out,
        "mish": torch.ops.aten.mish.out,
    }
    operator = operators.get(name)
    return None if operator is None else lambda: operator(x, out=out)


def activation_gradients(function: ActivationFunction, x: Array) -> Calls:
    """Value and derivative: torch's forward and backward, JAX's value and vjp in one compiled function."""
    calls: Calls = {}
    if "torch" in function.elsewhere and installed("torch"):
        import torch

        theirs = resolve(function.elsewhere["torch"])
        leaf, ones = torch.tensor(x, requires_grad=True), torch.ones(x.shape)
        calls["torch forward + backward"] = lambda: torch.autograd.grad(theirs(leaf), leaf, ones)
    if "jax" in function.elsewhere and installed("jax"):
        import jax

        function_there = resolve(function.elsewhere["jax"])

        def both(a: Any) -> Any:
            value, pull = jax.vjp(function_there, a)
            return value, pull(jax.numpy.ones_like(a))[0]

        calls["jax.jit"] = _by_jax(jax.jit(both), x)
    return calls


def loss_gradients(name: str, prediction: Array, target: Array) -> Calls:
    """Mean loss and gradient by torch's autograd, scikit-learn's loss classes and numba."""
    calls: Calls = {}
    if installed("torch"):
        import torch
        from torch.nn import functional

        theirs = {
            "mse": functional.mse_loss,
            "mae": functional.l1_loss,
            "huber": functional.huber_loss,
            "binary_cross_entropy_with_logits": functional.binary_cross_entropy_with_logits,
            "cross_entropy": functional.cross_entropy,
        }.get(name)
        if theirs is not None:
            leaf, label = torch.tensor(prediction, requires_grad=True), torch.from_numpy(target)
            call: Any = theirs
            calls["torch forward + backward"] = lambda: torch.autograd.grad(call(leaf, label), leaf)
    if name == "cross_entropy" and installed("jax") and prediction.size < LARGE:
        import jax

        def mean(x: Any, labels: Any) -> Any:
            picked = jax.numpy.take_along_axis(jax.nn.log_softmax(x), labels[:, None], axis=-1)
            return -picked.mean()

        both = jax.jit(jax.value_and_grad(mean))
        scores, labels = jax.numpy.asarray(prediction), jax.numpy.asarray(target)
        calls["jax.jit"] = lambda: [part.block_until_ready() for part in both(scores, labels)]
    if installed("sklearn"):
        from sklearn import _loss

        kinds: dict[str, Any] = {
            "mse": _loss.HalfSquaredError,
            "mae": _loss.AbsoluteError,
            "huber": partial(_loss.HuberLoss, delta=1.0),
            "quantile": partial(_loss.PinballLoss, quantile=0.5),
            "binary_cross_entropy_with_logits": _loss.HalfBinomialLoss,
            "cross_entropy": lambda: _loss.HalfMultinomialLoss(n_classes=prediction.shape[1]),
        }
        if name in kinds:
            loss, truth = kinds[name](), target.astype(prediction.dtype)
            calls["scikit-learn"] = lambda: loss.loss_gradient(truth, prediction, n_threads=2)
    return calls | compiled.loss_gradients(name, prediction, target)


def layer_gradients(hidden: Array, weight: Array, target: Array) -> Calls:
    """Cross-entropy of a linear layer in torch, forward and backward: as two functions and as one."""
    if not installed("torch"):
        return {}
    import torch
    from torch.nn import functional

    h, w = torch.tensor(hidden, requires_grad=True), torch.tensor(weight, requires_grad=True)
    label = torch.from_numpy(target)

    def run() -> object:
        return torch.autograd.grad(functional.cross_entropy(functional.linear(h, w), label), (h, w))

    calls: Calls = {"torch forward + backward": run}
    fused: Any = getattr(functional, "linear_cross_entropy", None)
    if fused is not None:
        calls["torch linear_cross_entropy"] = lambda: torch.autograd.grad(fused(h, w, label), (h, w))
    return calls


def softmax(x: Array, out: Array | None) -> Calls:
    """Softmax along the last axis."""
    calls: Calls = {}
    if installed("torch"):
        import torch

        tensor = torch.from_numpy(x)
        if out is None:
            calls["torch"] = lambda: torch.softmax(tensor, -1)
        else:
            into = torch.from_numpy(out)
            calls["torch out="] = lambda: torch.softmax(tensor, -1, out=into)
    if installed("jax") and x.size < LARGE:
        import jax

        compiled, array = jax.jit(jax.nn.softmax), jax.numpy.asarray(x)
        calls["jax.jit"] = lambda: compiled(array).block_until_ready()
    if installed("scipy") and out is None and x.size < LARGE:
        from scipy import special

        calls["scipy"] = lambda: special.softmax(x, axis=-1)
    return calls


def copying(x: Array, out: Array) -> Calls:
    """The machine's own limit: NumPy's copy of the same bytes."""
    return {"copy": lambda: np.copyto(out, x)}


def limit(first: Array, second: Array, out: Array) -> Calls:
    """The machine's own limit for a gradient: reading two arrays and writing one, on our threads."""
    if not read_two_write_one(first, second, out):
        return {}

    def call() -> None:
        read_two_write_one(first, second, out)

    return {"limit": call}
