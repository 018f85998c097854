"""How the peers of the catalogue's activations are called, and their parameters beside ours."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """How a peer's call is made, and its parameters beside ours."""

    call: Callable[..., Any] = lambda peer, x, **theirs: peer(x, **theirs)
    parameters: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = ()
    #: the largest |x| where the peer's second derivative, by autograd, has not cancelled away
    second_within: float = 15.0
    derivatives: bool = (
        True  #: whether the peer's are right, or the table of differences says how they are not
    )


def same(name: str, *values: float) -> tuple[tuple[dict[str, Any], dict[str, Any]], ...]:
    """A parameter that has our name there too."""
    return tuple(({name: value}, {name: value}) for value in values)


def _hard_tanh(peer: Any, x: Any, min_val: float = -1.0, max_val: float = 1.0) -> Any:
    return peer(x, min_val, max_val)


def _threshold(peer: Any, x: Any, threshold: float = 1.0, value: float = 0.0) -> Any:
    return peer(x, threshold, value)


SPECIAL = ("arctan", "erf", "exponential", "log_ndtr", "logit", "ndtr", "sine")
PLAIN = {
    "torch": (*SPECIAL, "hard_swish", "mish", "relu6", "rrelu", "selu", "softsign", "tanhshrink"),
    "jax": (
        *SPECIAL,
        *("hard_sigmoid", "hard_swish", "hard_tanh", "mish", "relu6", "selu", "softsign"),
        *("sparse_plus", "sparse_sigmoid"),
    ),
    "scipy": ("erf", "log_ndtr", "logit", "ndtr"),
    "numpy": ("arctan", "exponential", "sine"),
}  #: library -> functions without parameters, or with the same defaults
MORE: dict[tuple[str, str], Case] = {
    **{(name, library): Case() for library, names in PLAIN.items() for name in names},
    ("log_ndtr", "torch"): Case(second_within=6.0),
    ("log_ndtr", "jax"): Case(second_within=6.0),
    ("celu", "torch"): Case(parameters=same("alpha", 0.5, 3.0)),
    ("celu", "jax"): Case(parameters=same("alpha", 0.5, 3.0)),
    ("elu", "torch"): Case(parameters=same("alpha", 0.5, 2.0)),
    ("elu", "jax"): Case(parameters=same("alpha", 0.5, 2.0)),
    ("hard_sigmoid", "torch"): Case(derivatives=False),
    ("hard_tanh", "torch"): Case(
        _hard_tanh, (({"min_value": -0.5, "max_value": 2.0}, {"min_val": -0.5, "max_val": 2.0}),)
    ),
    ("hardshrink", "torch"): Case(parameters=same("lambd", 2.0)),
    ("softshrink", "torch"): Case(parameters=same("lambd", 2.0)),
    ("squareplus", "jax"): Case(parameters=same("b", 0.3), second_within=8.0),
    ("threshold", "torch"): Case(
        _threshold, (({"threshold": -0.5, "replacement": 2.0}, {"threshold": -0.5, "value": 2.0}),)
    ),
}
