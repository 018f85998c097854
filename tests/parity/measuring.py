"""A peer's function beside ours: the factor between their values, and the arguments that it takes.

Keras takes its backend from the environment, so this is for a process of its own: `python -m bench.names`.
"""

import ast
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from inspect import Parameter, Signature, signature
from typing import Any

import numpy as np
import onnx
import torch
from onnx.reference import ReferenceEvaluator

import slopes
from slopes.api.activation import ActivationFunction
from slopes.api.loss import PointwiseLossFunction
from slopes.api.row import RowFunction
from slopes.api.row_loss import RowLossFunction
from tests.parity.names import Name, at
from tests.parity.peers import resolve, side

EMPTY = Parameter.empty
X = np.array([-2.7, -1.1, -0.4, 0.3, 0.9, 2.2])
#: kind -> pairs of a prediction and a target, away from kinks
PAIRS: dict[str, Any] = {
    "residual_loss": ((0.3, 0.5), (-1.7, 0.4), (2.5, 0.2)),
    "margin_loss": ((0.3, 1.0), (-1.7, 1.0), (2.5, -1.0)),
    "logit_loss": ((0.3, 1.0), (-1.7, 1.0), (2.5, 0.0)),
    "probability_loss": ((0.3, 1.0), (0.8, 1.0), (0.1, 0.0)),
}
POSITIVE = ((0.3, 0.5), (1.7, 0.4), (2.5, 0.2))  #: for any other kind
TARGETS = ("target", "targets", "labels", "y_true")  #: what the peers call a target
#: arguments that say what a call computes, even where their default is not a number
SHOWN = ("axis", "dim", "targets", "y_proba")
#: calls that are not (prediction, target) or (x), or need to be told the labels
CALLS: dict[str, Callable[..., Any]] = {
    "scipy.special.huber": lambda f, p, t: f(1.0, p - t),
    "scipy.special.pseudo_huber": lambda f, p, t: f(1.0, p - t),
    "scipy.special.rel_entr": lambda f, x, q: f(q, np.exp(x)).sum(-1),
    # of both classes, or of all
    "sklearn.metrics.hinge_loss": lambda f, t, p: (
        f([*t, *-t], [*p, *-p]) if p.ndim == 1 else f(t, p, labels=np.arange(X.size))
    ),
    "sklearn.metrics.log_loss": lambda f, t, p: f(t, p, labels=[0, 1]),
    "torch.nn.functional.threshold": lambda f, x: f(x, 1.0, 0.0),
    "torch.nn.functional.prelu": lambda f, x: f(x, torch.tensor([0.25], dtype=x.dtype)),
}


def factor(name: Name) -> Fraction | None:
    """Return theirs divided by ours; an error where that is not one number, None for more than two arrays."""
    function = slopes.get(name.ours)
    if not isinstance(function, ActivationFunction | RowFunction | RowLossFunction | PointwiseLossFunction):
        return None
    ours, theirs = map(np.asarray, zip(*_values(name), strict=True))
    nonzero = np.abs(ours) > 1e-9
    ratios = theirs[nonzero] / ours[nonzero]
    if np.abs(theirs[~nonzero]).max(initial=0) > 1e-9 or not np.allclose(ratios, ratios[0], rtol=1e-5):
        raise ValueError(f"{name.theirs} is not {name.ours} times a factor: {theirs}, ours {ours}")
    return Fraction(float(ratios[0])).limit_denominator(100)


def _values(name: Name) -> Iterator[tuple[float, float]]:
    function = slopes.get(name.ours, **at(name))
    peer = _call(name)
    if function.kind == "activation" or function.kind == "row_activation":
        yield from zip(function(X), peer(X).ravel(), strict=True)
    elif function.kind == "row_loss":
        logits = slopes.log_softmax(np.stack([X, X[::-1] ** 2, np.sin(X)]))
        for first in range(X.size):
            target = (first + np.array([0, 1, 3])) % X.size
            ours, theirs = function(logits, target, reduction="none"), _of_classes(peer, logits, target)
            yield from zip(ours if theirs.size > 1 else [ours.mean()], theirs, strict=True)
    else:
        for p, t in PAIRS.get(function.kind, POSITIVE):
            yield function(np.array([p]), np.array([t])), float(np.sum(peer(np.array([p]), np.array([t]))))


def _of_classes(peer: Callable[..., Any], logits: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Call with class indices, or where those are no targets for the peer, with rows of probabilities."""
    try:
        return np.ravel(peer(logits, target))
    except Exception:  # each library has its own error for targets of a wrong shape
        return np.ravel(peer(logits, np.eye(X.size)[target]))


def _call(name: Name) -> Callable[..., np.ndarray]:
    """Return the peer's function over NumPy arrays, the prediction first."""
    if name.library == "onnx":
        return partial(_onnx, name.theirs)
    peer, their = resolve(name.theirs), side({"optax": "jax"}.get(name.library, name.library))
    call = CALLS.get(name.theirs)
    parameters = _parameters(peer)
    keywords = {n: -1 for n in ("axis", "dim") if n in parameters and "losses" not in name.theirs}
    lift = name.library == "keras"  # its functions are of batches

    def called(*arrays: np.ndarray) -> np.ndarray:
        given = [
            their.array(a[None] if lift else a) for a in (arrays[::-1] if target_first(name) else arrays)
        ]
        return their.numpy(call(peer, *given) if call else peer(*given, **keywords))

    return called


def _onnx(expression: str, *arrays: np.ndarray) -> np.ndarray:
    """Evaluate one operator by ONNX's own reference."""
    operator, attributes = _operator(expression)
    arrays = (*arrays, np.array([0.25])) if operator == "PRelu" else arrays
    inputs = [f"i{i}" for i in range(len(arrays))]
    node = onnx.helper.make_node(operator, inputs, ["o"], **attributes)
    infos = [
        onnx.helper.make_tensor_value_info(n, onnx.helper.np_dtype_to_tensor_dtype(a.dtype), a.shape)
        for n, a in zip(inputs, arrays, strict=True)
    ]
    output = onnx.helper.make_tensor_value_info("o", onnx.TensorProto.DOUBLE, None)
    model = onnx.helper.make_model(onnx.helper.make_graph([node], "g", infos, [output]))
    return np.asarray(ReferenceEvaluator(model).run(None, dict(zip(inputs, arrays, strict=True)))[0])


def _operator(expression: str) -> tuple[str, dict[str, Any]]:
    node = ast.parse(expression.removeprefix("onnx."), mode="eval").body
    if isinstance(node, ast.Call):
        return ast.unparse(node.func), {str(k.arg): ast.literal_eval(k.value) for k in node.keywords}
    return ast.unparse(node), {}


def arguments(name: Name) -> str:
    """Return what a peer's call takes, as the peer writes it: data, and parameters that are numbers."""
    shown = _onnx_parameters(name.theirs) if name.library == "onnx" else _parameters(resolve(name.theirs))
    return f"({', '.join(key if default is EMPTY else f'{key}={default}' for key, default in shown.items())})"


def target_first(name: Name) -> bool:
    """Whether the target is the first argument."""
    return name.library != "onnx" and next(iter(_parameters(resolve(name.theirs))), "") in TARGETS


def _onnx_parameters(expression: str) -> dict[str, Any]:
    operator, given = _operator(expression)
    schema = onnx.defs.get_schema(operator)
    single = onnx.defs.OpSchema.FormalParameterOption.Single
    shown = {put.name: EMPTY for put in schema.inputs if put.option == single}
    for key, attribute in schema.attributes.items():
        if attribute.default_value.name and key not in given:
            default = onnx.helper.get_attribute_value(attribute.default_value)
            shown |= {key: float(f"{default:.7g}")} if isinstance(default, float) else {}
            shown |= {key: default} if isinstance(default, int) else {}
    return shown


def _parameters(peer: Callable[..., Any]) -> dict[str, Any]:
    """The arguments of a peer's function with their defaults, EMPTY where there is none."""
    given = peer.keywords if isinstance(peer, partial) else {}
    function = peer.func if isinstance(peer, partial) else peer
    function = getattr(function, "forward", None) or getattr(function, "call", None) or function
    return {
        key: parameter.default
        for key, parameter in _signature(function).parameters.items()
        if key not in given
        and not key.startswith("_")
        and parameter.kind
        in (Parameter.POSITIONAL_OR_KEYWORD, Parameter.POSITIONAL_ONLY, Parameter.KEYWORD_ONLY)
        and (parameter.default is EMPTY or type(parameter.default) in (int, float) or key in SHOWN)
    }


def _signature(function: Callable[..., Any]) -> Signature:
    """The signature, which PyTorch's builtins write in their documentation only."""
    try:
        return signature(function)
    except ValueError:
        documented = function if function.__doc__ else getattr(torch.nn.functional, function.__name__)
    first = (documented.__doc__ or "").strip().splitlines()
    if not (first and (found := re.match(r"\w+\((.*)\)", first[0]))):
        return signature(documented)
    scope: dict[str, Any] = {}
    exec(f"from __future__ import annotations\ndef documented({found[1]}): ...", scope)
    return signature(scope["documented"])
