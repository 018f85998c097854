"""Facts, kinds and symbols in words."""

import re
from collections.abc import Iterable
from inspect import signature
from math import inf, isinf

from slopes.core import Activation, ArrayFacts, ArrayLoss, Definition, Facts, RowFacts

# What the arguments of a definition's `value` stand for, by kind and in their order.
ARGUMENTS = {
    "activation": ("any real number",),
    "row_activation": ("a row of numbers",),
    "residual_loss": ("the residual, prediction - target",),
    "margin_loss": ("the margin, target * prediction, for targets -1 and 1",),
    "logit_loss": ("the prediction, a logit", "the target, between 0 and 1"),
    "probability_loss": ("the prediction, a probability", "the target, between 0 and 1"),
    "pointwise_loss": ("the prediction", "the target"),
    "row_loss": ("the prediction, a row of {takes}", "{target}"),
}
# What the second row of a row loss is, by what its target may be.
ROWS = {
    "masses": "a row of class masses: class weights times the target's probabilities",
    "classes": "1 at the true class, else 0",
    "ranks": "1 at every score below the true rank, else 0",
    "labels": "the row of labels",
    "distribution": "the row of target probabilities",
}
# What expressions may use without Python, NumPy and school mathematics defining it.
FUNCTIONS = {
    "first_largest": "1 at the first maximum of the row, else 0",
    "relu": "max(x, 0)",
    "expm1": "exp(x) - 1",
    "half": "the first (0) or second (1) half of the row",
    "hypot": "sqrt(x**2 + y**2)",
    "log_ndtr": "the logarithm of the standard normal distribution function",
    "threshold": "the t for which sum(max(x - t, 0)**p) is 1 along the row, for x and p",
    "tanh_remainder": "x - tanh(x)",
    "area": "the area of a box",
    "aspect": "the squared difference between the angles of two boxes' diagonals, over (pi / 2)^2",
    "column": "one entry of each row",
    "cosine": "the cosine of the angle between two vectors, or of one with each of several",
    "diagonal": "the length of a box's diagonal",
    "differences": "all s[i] - s[j] with t[i] > t[j]",
    "distance": "the distance between the centres of two boxes",
    "dot": "the sum of products",
    "eye": "1 on the diagonal of a matrix, else 0",
    "hull": "the smallest box around two",
    "join": "one row after the other",
    "lovasz": "the Lovász extension, at these errors, of the Jaccard loss of the set t",
    "mates": "the rows that share the label of row i, itself left out",
    "matmul": "the product of two matrices",
    "mean": "the arithmetic mean",
    "ndtr": "the standard normal distribution function",
    "norm": "the Euclidean norm",
    "npdf": "the standard normal density",
    "one_hot": "1 at the class, else 0",
    "others": "all rows but this one",
    "overlap": "the box that two boxes share",
    "row_argmax": "true at the first maximum of the row",
    "rivals": "the rows of both, row i of the first left out",
    "row_cumsum": "the running sum of a row",
    "row_norm": "the Euclidean norm of a row",
    "row_sorted": "the second row in the order of the first, from large to small",
    "row_unit": "a row divided by its norm",
    "sigmoid": "1 / (1 + exp(-x))",
    "sort": "the entries from small to large",
    "spectra": "the magnitudes of both signals' short-time Fourier transforms, at least sqrt(1e-7), at each "
    "resolution",
    "stft": "the short-time Fourier transform, rows of real and then imaginary parts",
    "step": "1 for x > 0, else 0",
    "strangers": "the rows that have another label than row i",
    "transpose": "a matrix with its rows as columns",
    "turned": "the cosine of the angle enlarged by a margin; beyond pi the cosine less margin * sin(margin)",
    "union": "the area that two boxes cover",
}
ORDERS = ("value", "first derivative", "second derivative", "third derivative")


def number(value: float | tuple[float, ...]) -> str:
    """Return a number in at most ten digits, or a tuple of such.

    Examples
    --------
    >>> number(-0.2784645427610738), number(2.0), number((120, 240))
    ('-0.2784645428', '2', '(120, 240)')
    """
    if isinstance(value, tuple):
        return f"({', '.join(map(number, value))})"
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
    if isinstance(definition, ArrayLoss):
        return _symbols_of_arrays(definition, letters)
    if isinstance(definition, Activation) and not definition.facts.everywhere:
        low, high = map(number, definition.facts.domain)
        return {letters[0]: f"a number from {low} to {high}"}
    takes = getattr(definition, "takes", "").replace("_", "-")
    target = ROWS.get(str(getattr(definition, "targets", "")), "")
    meanings = (meaning.format(takes=takes, target=target) for meaning in ARGUMENTS[definition.kind])
    return dict(zip(letters, meanings, strict=True))


def _symbols_of_arrays(definition: ArrayLoss, letters: list[str]) -> dict[str, str]:
    arrays = zip(letters, definition.arrays.items(), strict=True)
    words = {letter: f"{name}: {array.doc}" for letter, (name, array) in arrays}
    indices = {"i": "each row of the batch", "j": "each class that occurs"}
    used = set(re.findall(r"\b[a-z]\b", definition.formula))
    return words | {index: text for index, text in indices.items() if index in used and index not in words}


def functions_used(expressions: Iterable[object]) -> dict[str, str]:
    """Return the less known functions that expressions use, explained.

    Examples
    --------
    >>> functions_used(["x * ndtr(x)"])
    {'ndtr': 'the standard normal distribution function'}
    """
    used = set(re.findall(r"[a-z]\w*", " ".join(map(str, expressions))))
    return {name: FUNCTIONS[name] for name in sorted(used & FUNCTIONS.keys())}


def facts_in_words(facts: Facts | RowFacts | ArrayFacts) -> dict[str, str]:
    """Return the facts by the name of what each is about.

    Examples
    --------
    >>> import slopes
    >>> facts_in_words(slopes.huber.facts)["smoothness"]
    'once continuously differentiable; the second derivative jumps at -1 and 1'
    """
    low, high = facts.range
    words = {"range": f"{number(low)} to {number(high)}"}
    if isinstance(facts, ArrayFacts):
        return words | _of_arrays(facts)
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
        start, stop = map(number, facts.domain)
        words["limits"] = f"{number(left)} at {start}, {number(right)} at {stop}"
    words["smoothness"] = smoothness(facts)
    words["never decreasing"] = _yes(facts.monotone)
    words["convex"] = _yes(facts.convex)
    words["parity"] = facts.parity or "neither even nor odd"
    steepest = "none, the derivative is unbounded" if isinf(facts.lipschitz) else ""
    words["Lipschitz constant"] = steepest or number(facts.lipschitz)
    return words


def _of_arrays(facts: ArrayFacts) -> dict[str, str]:
    words = {}
    if facts.symmetric:
        words["symmetric"] = f"{' and '.join(facts.symmetric)} may be exchanged"
    if facts.scale:
        words["scale"] = f"a positive factor of {' or '.join(facts.scale)} changes nothing"
    if facts.shift:
        words["shift"] = "adding one number to all of them changes nothing"
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
