"""Every call that kernels compute, on arrays of every kind of value."""

import numpy as np

from tests.conftest import public

EDGES = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e-40, -1e-40, 1e-310, 88.8, -88.8, 104.0, -104.0, 709.9, -745.2]


def inputs(size, dtype=np.float64, seed=4):
    """Numbers of every size, the edges among them."""
    generator = np.random.default_rng(seed)
    x = np.concatenate([EDGES, generator.normal(size=size) * generator.choice([0.01, 1, 30], size=size)])
    with np.errstate(all="ignore"):
        return x[-size:].astype(dtype) if size < len(EDGES) else x[:size].astype(dtype)


def curve_calls(definition):
    """Calls of an activation on x."""
    f = public(definition)
    return {
        "value": lambda x: (f(x),),
        "derivative": lambda x: (f.derivative(x),),
        "second derivative": lambda x: (f.derivative(x, order=2),),
        "both": lambda x: f.value_and_derivative(x),
        "vjp": lambda x: (f.vjp(x, x[::-1].copy()),),
    }


def pair(definition, size, dtype=np.float64, seed=4):
    """A prediction and a target that the loss allows."""
    generator = np.random.default_rng(seed)
    p = inputs(size, dtype, seed)
    low, high = definition.targets
    if definition.takes == "probabilities":
        p = generator.uniform(0, 1, size).astype(dtype)
    elif np.isfinite(definition.predictions[0]):
        p = definition.predictions[0] + dtype(0.1) + abs(p)
    if definition.kind == "margin_loss":
        return p, generator.choice([-1, 1], size).astype(dtype)
    if np.isfinite(low) and not np.isfinite(high):
        return p, generator.choice([low + 0.1, low + 1, low + 7], size).astype(dtype)
    if np.isfinite(low):
        return p, generator.choice([low, 0.25, high], size).astype(dtype)
    return p, generator.normal(size=size).astype(dtype)


def loss_calls(definition):
    """Calls of a loss on (prediction, target, **options)."""
    f = public(definition)
    return {
        "each": lambda p, t, **o: (f(p, t, reduction="none", **o),),
        "sum": lambda p, t, **o: (f(p, t, reduction="sum", **o),),
        "mean": lambda p, t, **o: (f(p, t, **o),),
        "gradient": lambda p, t, **o: (f.gradient(p, t, **o),),
        "value and gradient": lambda p, t, **o: f.value_and_gradient(p, t, **o),
        "each value and gradient": lambda p, t, **o: f.value_and_gradient(p, t, reduction="none", **o),
        "gradient and hessian": lambda p, t, **o: f.gradient_and_hessian(p, t, **o),
        "hessian": lambda p, t, **o: (f.hessian(p, t, **o),),
    }
