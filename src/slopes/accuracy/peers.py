"""Other libraries' functions with the derivatives that their users get, by the names in `elsewhere`."""

import ast
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

from slopes.api.activation import ActivationFunction

Array = Any
Order = Callable[[Array], Array]
Orders = tuple[Order, ...]  #: value and, where the library has them, derivatives


def resolve(expression: str) -> Callable[..., Any]:
    """Return the object behind a dotted name with keyword arguments, "jax.nn.gelu(approximate=False)"."""
    tree = ast.parse(expression, mode="eval").body
    options = {}
    if isinstance(tree, ast.Call):
        options = {k.arg: ast.literal_eval(k.value) for k in tree.keywords if k.arg}
        tree = tree.func
    module, _, name = ast.unparse(tree).rpartition(".")
    found = getattr(import_module(module), name)
    found = found() if isinstance(found, type) else found  # a layer without parameters
    return partial(found, **options) if options else found


def ours(function: ActivationFunction) -> Orders:
    """Return this library's value, first and second derivative."""
    return function, function.derivative, partial(function.derivative, order=2)


def torch_orders(expression: str) -> Orders:
    """Return a torch function with autograd's derivatives."""
    import torch

    function = resolve(expression)

    def order(count: int, x: Array) -> Array:
        tensor = torch.tensor(x, requires_grad=True)
        result = function(tensor)
        for _ in range(count):
            if not result.requires_grad:
                return np.zeros_like(x)
            (result,) = torch.autograd.grad(result.sum(), tensor, create_graph=True)
        return result.detach().numpy()

    return tuple(partial(order, count) for count in range(3))


def jax_orders(expression: str) -> Orders:
    """Return a JAX function, compiled, with grad's derivatives."""
    import jax

    function = resolve(expression)

    def order(count: int) -> Callable[[Array], Array]:
        derived = function
        for _ in range(count):
            derived = jax.grad(derived)
        compiled = jax.jit(jax.vmap(derived))

        def run(x: Array) -> Array:
            with jax.enable_x64(x.dtype == np.float64):
                return np.asarray(compiled(x))

        return run

    return tuple(order(count) for count in range(3))


def scipy_orders(expression: str) -> Orders:
    """Return a SciPy function; SciPy has no derivatives."""
    return (resolve(expression),)


LIBRARIES = {"torch": torch_orders, "jax": jax_orders, "scipy": scipy_orders}


def orders_of(function: ActivationFunction, library: str) -> Orders | None:
    """Return a library's function as value and derivatives, or None where it has none."""
    if library == "slopes":
        return ours(function)
    expression = function.elsewhere.get(library)
    if expression is None:
        return None
    known = []
    for order in LIBRARIES[library](expression):
        try:
            order(np.zeros(1, np.float32))
        except (TypeError, RuntimeError):  # torch's prelu wants its slopes; its hardsigmoid has no second one
            break
        known.append(order)
    return tuple(known) or None
