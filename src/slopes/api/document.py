"""The docstring of a public function, put together from its definition and its kind."""

from inspect import cleandoc
from math import inf, isfinite
from typing import cast

from slopes.core import ArrayLoss, Definition
from slopes.core.arrays import DOMAINS

CALLS = {
    "activation": """Parameters
----------
x : float or array
    Any shape. Integers become the array library's default float.
out : numpy.ndarray, optional
    Where to write the result: same shape and dtype as x.
{parameters}
Returns
-------
float or array
    Same type, shape, dtype and device as x.

Raises
------
TypeError
    For an array or dtype that is not supported.
ValueError
    For a parameter out of its bounds.
""",
    "row_activation": """Parameters
----------
x : array
    At least one axis.
axis : int, default -1
    The axis along which a row runs.
where : array of bool, optional
    False leaves an entry out of its row; axes may be 1.
out : numpy.ndarray, optional
    Where to write the result.
{parameters}
Returns
-------
array
    Same type, dtype and device as x.

Raises
------
TypeError
    For an array or dtype that is not supported.
ValueError
    For an axis out of range or a parameter out of its bounds.
""",
    "pointwise": """Parameters
----------
prediction : float or array
    {takes}, any shape.
target : float or array
    {targets}, the same shape: nothing is broadcast.
weight : float or array, optional
    Finite and at least 0; axes may be 1.
where : array of bool, optional
    False entries count nowhere and send no gradient; axes may be 1.
reduction : {{"mean", "sum", "none"}}, default "mean"
    With weight, the mean is sum(weight * loss) / sum(weight).
out : numpy.ndarray, optional
    Where to write a result that has the prediction's shape.
{parameters}
Returns
-------
float or array
    A scalar, or with reduction="none" an array like prediction, in its dtype.

Raises
------
TypeError
    For arrays or dtypes that are not supported or do not belong together.
ValueError
    For unequal shapes, values or parameters out of bounds, or a mean over nothing.
""",
    "row_loss": """Parameters
----------
prediction : array
    {takes}, classes along `axis`.
target : int or array
    {targets}.
axis : int, default -1
    The axis of the classes.
class_weight : array, optional
    One weight for each class.
ignore_index : int, optional
    A class index whose rows count nowhere.
weight : float or array, optional
    One weight for each row, finite and at least 0.
where : array of bool, optional
    False rows count nowhere and send no gradient.
reduction : {{"mean", "sum", "none"}}, default "mean"
    The mean is weighted by weight and by the target's class weight.
{parameters}
Returns
-------
scalar or array
    A scalar, or with reduction="none" one loss for each row, in the prediction's dtype.

Raises
------
TypeError
    For arrays or dtypes that are not supported or do not belong together.
ValueError
    For shapes that do not fit, indices or probabilities out of range, or a mean over nothing.
""",
    "array_loss": """Parameters
----------
{arrays}{axis}weight : float or array, optional
    Finite and at least 0, one for each loss that is left; axes may be 1.
{where}reduction : {{"mean", "sum", "none"}}, default "mean"
    Over the losses that are left. With weight, the mean is sum(weight * loss) / sum(weight).
{parameters}
Returns
-------
scalar or array
    A scalar, or with reduction="none" the losses that are left, in the dtype of the first array.

Raises
------
TypeError
    For arrays or dtypes that are not supported or do not belong together.
ValueError
    For shapes that do not fit, values or parameters out of bounds, or a mean over nothing.
""",
}
AXIS = {
    "row": "axis : int, default -1\n    The axis along which each loss is taken.\n",
    "set": "axis : int, tuple of int or None, default None\n    The axes of one set; None is all of them.\n",
    "classes": "axis : int, default -1\n    The axis of the classes; all others are the set.\n",
    "last": "",
}
WHERE = {
    "elements": "where : array of bool, optional\n"
    "    False entries of the sets count nowhere and send no gradient; axes may be 1.\n",
    "results": "where : array of bool, optional\n"
    "    False losses count nowhere and send no gradient; axes may be 1.\n",
    "": "",
}
TAKES = {
    "real": "Real numbers",
    "logits": "Logits",
    "probabilities": "Probabilities in [0, 1]",
    "log_probabilities": "Log-probabilities",
    "means": "Means",
    "log_means": "Logarithms of means",
}
ROWS = {
    "masses": "Class indices (the prediction's shape without `axis`) or probabilities (its whole shape)",
    "classes": "Class indices: the prediction's shape without `axis`",
    "ranks": "Class indices in order, one more than scores: the prediction's shape without `axis`",
    "labels": "Labels, 0 or 1 or between, of the prediction's shape; or class indices, one label each",
    "distribution": "Probabilities of the prediction's shape; or class indices, its shape without `axis`",
}


def document(definition: type[Definition]) -> str:
    """Return the numpydoc text of a function."""
    summary, _, examples = cleandoc(definition.__doc__ or "").partition("Examples\n--------\n")
    parameters = "".join(
        f"{name} : {b.type_name}, default {default}\n"
        f"    {b.doc[0].upper()}{b.doc[1:]}: {b.allowed()}"
        f"{', or an array that broadcasts to x' if b.learnable else ''}.\n"
        for (name, b), default in zip(
            definition.bounds().items(), definition().parameters.values(), strict=True
        )
    )
    kind = definition.kind
    call = CALLS[kind if kind in CALLS else "pointwise"].format(
        parameters=parameters,
        **(_of_arrays(cast(type[ArrayLoss], definition)) if ArrayLoss in definition.__mro__ else {}),
        takes=_predictions(definition),
        targets=ROWS[definition.targets] if kind == "row_loss" else _targets(definition),  # type: ignore[attr-defined]
    )
    kinks = f"At a kink: {definition.kinks}.\n" if definition.kinks else ""
    notes = f"Notes\n-----\nFormula: ``{definition.formula}``.\n{kinks}"
    references = "References\n----------\n" + "".join(
        f".. [{i}] {p.authors} ({p.year}). {p.title}. {p.link}\n" for i, p in enumerate(definition.papers, 1)
    )
    parts = [summary.strip(), call, notes, references]
    if examples:
        parts.append("Examples\n--------\n" + examples)
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _predictions(definition: type[Definition]) -> str:
    """What the predictions of a loss are."""
    words = TAKES.get(getattr(definition, "takes", ""), "")
    low, high = getattr(definition, "predictions", (-inf, inf))
    above = f" {_from(definition)} {low:g}" if isfinite(low) and not isfinite(high) else ""
    return words + above


def _targets(definition: type[Definition]) -> str:
    """What the targets of a pointwise loss are."""
    if definition.kind == "margin_loss":
        return "-1 or 1"
    low, high = getattr(definition, "targets", (-inf, inf))
    if isfinite(low) and isfinite(high):
        return f"In [{low:g}, {high:g}]"
    return f"Real numbers {_from(definition)} {low:g}" if isfinite(low) else "Real numbers"


def _from(definition: type[Definition]) -> str:
    return "above" if getattr(definition, "strict", False) else "of at least"


def _of_arrays(definition: type[ArrayLoss]) -> dict[str, str]:
    """Return what the text says about the arrays of a loss, its axes and masks."""
    lines = []
    for name, array in definition.arrays.items():
        last = ", ".join(axis for axis in array.axes if axis != "1")
        shape = f" Its last axes are ({last})." if last and definition.axes == "last" else ""
        domain = f", {DOMAINS[array.domain]}" if DOMAINS[array.domain] and array.domain != "real" else ""
        kind = "array of int" if array.domain in ("label", "class") else "array"
        lines.append(f"{name} : {kind}\n    {array.doc[0].upper()}{array.doc[1:]}{domain}.{shape}\n")
    return {"arrays": "".join(lines), "axis": AXIS[definition.axes], "where": WHERE[definition.masks()]}
