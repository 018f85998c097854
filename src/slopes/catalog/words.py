"""Facts, kinds and symbols in words."""

import re
from collections.abc import Iterable
from inspect import signature
from math import inf, isinf

from slopes.core import Definition, Facts, RowFacts

# What the arguments of a definition's `value` stand for, by kind and in their order.
ARGUMENTS = {
    "activation": ("any real number",),
    "row_activation": ("a row of numbers",),
    "residual_loss": ("the residual, prediction - target",),
    "margin_loss": ("the margin, target * prediction, for targets -1 and 1",),
    "logit_loss": ("the prediction, a logit", "the target, between 0 and 1"),
    "probability_loss": ("the prediction, a probability", "the target, between 0 and 1"),
    "pointwise_loss": ("the prediction", "the target"),
    "row_loss": (
        "the prediction, a row of {takes}",
        "a row of class masses: class weights times the target's probabilities",
    ),
}
# What expressions may use without Python, NumPy and school mathematics defining it.
FUNCTIONS = {
    "first_largest": "1 at the first maximum of the row, else 0",
    "relu": "max(x, 0)",
    "expm1": "exp(x) - 1",
    "half": "the first (0) or second (1) half of the row",
    "hypot": "sqrt(x**2 + y**2)",
    "join": "one row after the other",
    "log_ndtr": "the logarithm of the standard normal distribution function",
    "threshold": "the t for which sum(max(x - t, 0)**p) is 1 along the row, for x and p",
    "tanh_remainder": "x - tanh(x)",
    "ndtr": "the standard normal distribution function",
    "npdf": "the standard normal density",
    "row_argmax": "true at the first maximum of the row",
    "sigmoid": "1 / (1 + exp(-x))",
    "step": "1 for x > 0, else 0",
}
ORDERS = ("value", "first derivative", "second derivative", "third derivative")


def number(value: float) -> str:
    """Return a number in at most ten digits.

    Examples
    --------
    >>> number(-0.2784645427610738), number(2.0)
    ('-0.2784645428', '2')
    """
    return f"{value:.10g}"


def kind_in_words(kind: str) -> str:
    """Return a kind's name as people write it."""
    return kind.replace("_", " ")


def symbols(definition: Definition) -> dict[str, str]:
    """Return what the letters of a definition's formula stand for, parameters aside.

    Examples
    --------
    >>> import slopes
    >>> symbols(slopes.huber.definition)
    {'r': 'the residual, prediction - target'}
    """
    _math, *letters = signature(definition.value).parameters  # type: ignore[attr-defined]
    takes = getattr(definition, "takes", "").replace("_", "-")
    meanings = (meaning.format(takes=takes) for meaning in ARGUMENTS[definition.kind])
    return dict(zip(letters, meanings, strict=True))


def functions_used(expressions: Iterable[object]) -> dict[str, str]:
    """Return the less known functions that expressions use, explained.

    Examples
    --------
    >>> functions_used(["x * ndtr(x)"])
    {'ndtr': 'the standard normal distribution function'}
    """
    used = set(re.findall(r"[a-z]\w*", " ".join(map(str, expressions))))
    return {name: FUNCTIONS[name] for name in sorted(used & FUNCTIONS.keys())}


def facts_in_words(facts: Facts | RowFacts) -> dict[str, str]:
    """Return the facts by the name of what each is about.

    Examples
    --------
    >>> import slopes
    >>> facts_in_words(slopes.huber.facts)["smoothness"]
    'once continuously differentiable; the second derivative jumps at -1 and 1'
    """
    low, high = facts.range
    words = {"range": f"{number(low)} to {number(high)}"}
    if isinstance(facts, RowFacts):
        if facts.total is not None:
            words["total"] = f"the entries of a result add up to {number(facts.total)}"
        words["shift"] = {
            "invariant": "invariant: adding a number to a whole row changes nothing",
            "equivariant": "equivariant: adding a number to a whole row adds it to the result",
            "": "adding a number to a whole row changes the result",
        }[facts.shift]
        words["convex"] = _yes(facts.convex)
        return words
    if facts.limits is not None:
        left, right = facts.limits
        words["limits"] = f"{number(left)} at -inf, {number(right)} at inf"
    words["smoothness"] = smoothness(facts)
    words["never decreasing"] = _yes(facts.monotone)
    words["convex"] = _yes(facts.convex)
    words["parity"] = facts.parity or "neither even nor odd"
    steepest = "none, the derivative is unbounded" if isinf(facts.lipschitz) else ""
    words["Lipschitz constant"] = steepest or number(facts.lipschitz)
    return words


def smoothness(facts: Facts) -> str:
    """Return how smooth a curve is, and where it is not."""
    if facts.smooth == inf:
        return "derivatives of every order"
    order = int(facts.smooth)
    known = {-1: "", 0: "continuous; ", 1: "once continuously differentiable; "}
    start = known.get(order, f"{order} times continuously differentiable; ")
    if not facts.breaks:
        return f"{start}where derivatives jump depends on the target"
    name = ORDERS[order + 1] if order + 1 < len(ORDERS) else f"derivative of order {order + 1}"
    return f"{start}the {name} jumps at {' and '.join(map(number, facts.breaks))}"


def _yes(claim: bool) -> str:
    return "yes" if claim else "no"
