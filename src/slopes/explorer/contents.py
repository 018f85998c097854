"""What the page knows about each function: the register as plain data for its script."""

import json
from contextlib import suppress
from math import inf, isfinite, log10
from pathlib import Path
from typing import Any

import slopes
from slopes.api.activation import ActivationFunction
from slopes.api.function import Function
from slopes.boosting.family import family
from slopes.catalog import card
from slopes.core import Bounds, Definition, RowActivation, RowLoss, definitions
from slopes.emit.javascript import methods_of, parameters_of
from slopes.emit.mathml import mathml

CLASSES = 3  #: the width of a row that is drawn
STEPS = 40  #: of a slider
DIGITS = 3  #: of a slider's positions
SHOWN = ("value", "derivative", "gradient")  #: whose computed forms are printed


def contents() -> dict[str, Any]:
    """Return what `catalog.json` holds: the version, and each function that can be drawn.

    Returns
    -------
    dict
        `functions` maps names to formulas (MathML), facts, papers, names in other libraries, and parameters
        with the positions of their sliders and the facts that differ there; and what was measured.
        Infinities are the texts "inf" and "-inf".
    """
    chosen = (name for name, definition in sorted(definitions.items()) if methods_of(definition))
    measured = json.loads((Path(__file__).parent / "measured.json").read_text())
    entries = {name: {**_entry(slopes.get(name)), "measured": measured.get(name, {})} for name in chosen}
    return {"version": slopes.__version__, "functions": entries}


def _entry(function: Function) -> dict[str, Any]:
    definition, known = function.definition, card(function)
    entry: dict[str, Any] = {
        "kind": function.kind,
        "class": known.class_name,
        "summary": known.summary,
        "text": known.formula,
        "formula": mathml(known.formula),
        "computed": {
            method: {
                "result": mathml(shown.result),
                "lets": [(name, mathml(text)) for name, text in shown.lets],
            }
            for method, shown in known.expressions.items()
            if method in SHOWN
        },
        "symbols": known.symbols,
        "parameters": [_parameter(definition, name) for name in parameters_of(type(definition))],
        "facts": _facts(definition),
        "kinks": known.kinks,
        "papers": [paper._asdict() for paper in known.papers],
        "aliases": known.aliases,
        "elsewhere": known.elsewhere,
    }
    if isinstance(function, ActivationFunction):
        with suppress(ValueError):  # a curve on a bounded domain has none
            entry["gain"] = function.gain
    else:
        for name in ("takes", "predictions", "targets", "safe", "ordered"):
            if hasattr(definition, name):
                entry[name] = _plain(getattr(definition, name))
        entry["boosted"] = _can_be_boosted(function)
    if isinstance(definition, RowActivation | RowLoss):
        entry["rest"] = _rest(definition)
    return entry


def _rest(definition: RowActivation | RowLoss) -> list[float]:
    """The row that is drawn, without its first entry: zeros, or falling scores where they must fall."""
    if isinstance(definition, RowActivation):
        width = definition.width() or CLASSES + CLASSES % definition.multiple
        return [0.0] * (width - 1)
    return [-float(i) if definition.ordered else 0.0 for i in range(1, CLASSES)]


def _parameter(definition: Definition, name: str) -> dict[str, Any]:
    bounds, default = type(definition).bounds()[name], float(getattr(definition, name))
    plain = _facts(definition)
    at: dict[float, Any] = {}
    for value in positions(bounds, default):
        with suppress(ValueError):  # of several parameters one may bound another
            at[value] = _facts(type(definition)(**{name: value}))
    return {
        "name": name,
        "default": default,
        "meaning": bounds.doc,
        "allowed": bounds.allowed(),
        "positions": list(at),
        "facts": [{k: v for k, v in facts.items() if v != plain[k]} for facts in at.values()],
    }


def positions(bounds: Bounds, default: float) -> list[float]:
    """Return where a slider may stand: within the bounds, the default and the laws' values among them.

    Examples
    --------
    >>> from slopes.core import Bounds
    >>> found = positions(Bounds(doc="", above=0), 1.0)
    >>> found[0], 1.0 in found, found[-1]
    (0.0625, True, 16.0)
    """
    low, high = max(bounds.above, bounds.at_least), min(bounds.below, bounds.at_most)
    if bounds.above == 0 and not isfinite(high):
        grid = [default * 2 ** (8 * i / STEPS - 4) for i in range(STEPS + 1)]
    else:
        reach = max(1.0, 2 * abs(default), *(abs(value) for value in bounds.also))
        start = low if isfinite(low) else (default - reach if default < reach else 0.0)
        end = high if isfinite(high) else max(default, 0.0) + reach
        grid = [start + (end - start) * i / STEPS for i in range(STEPS + 1)]
    rounded = (float(f"{value:.{DIGITS}g}") if value else 0.0 for value in grid)
    step = 10.0 ** -(3 - min(0, int(log10(max(abs(v) for v in grid)))))
    values = {*(0.0 if abs(v) < step else v for v in rounded), default, *map(float, bounds.also)}
    return sorted(value for value in values if bounds.admits(value))


def _can_be_boosted(loss: Function) -> bool:
    try:
        family(loss)
    except ValueError:
        return False
    return True


def _facts(definition: Definition) -> dict[str, Any]:
    return {name: _plain(value) for name, value in vars(definition.facts).items()}


def _plain(value: Any) -> Any:
    """Infinities as texts: JSON has no sign for them."""
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not isfinite(value):
        return "inf" if value == inf else "-inf"
    return value
