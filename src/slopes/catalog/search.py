"""Finding functions in the register."""

from difflib import get_close_matches

from slopes.api.catalogue import functions
from slopes.api.function import Function
from slopes.catalog.words import kind_in_words


def kinds() -> tuple[str, ...]:
    """Return the kinds that the register holds."""
    return tuple(dict.fromkeys(kind_in_words(f.kind) for f in _in_order()))


def find(kind: str = "", text: str = "") -> tuple[Function, ...]:
    """Return the functions of a kind that mention a text, activations first.

    Parameters
    ----------
    kind : str
        One of `kinds`, or a part of several: "loss" finds losses of every kind.
    text : str
        Looked for in names, aliases, summary, formula, papers and names in other libraries.

    Raises
    ------
    ValueError
        If no function is of this kind.

    Examples
    --------
    >>> [function.name for function in find(kind="residual loss", text="pinball")]
    ['quantile']
    """
    wanted = set(kind.lower().replace("_", " ").replace("-", " ").split())
    found = [f for f in _in_order() if wanted <= set(kind_in_words(f.kind).split())]
    if not found:
        near = get_close_matches(kind, kinds(), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise ValueError(f"no kind is called {kind!r}; the kinds are {', '.join(kinds())}{hint}")
    return tuple(f for f in found if text.lower() in _mentions(f))


def _in_order() -> list[Function]:
    """All functions by kind, and activations before losses."""
    return sorted(functions.values(), key=lambda f: (f.kind.endswith("loss"), f.kind, f.name))


def _mentions(function: Function) -> str:
    papers = (part for paper in function.papers for part in (paper.authors, paper.title))
    words = (
        function.name,
        *function.aliases,
        type(function.definition).__doc__ or "",
        function.formula,
        *papers,
        *function.elsewhere.values(),
    )
    return "\n".join(words).lower()
