"""The page of a function: its card as Markdown, with what was measured of it elsewhere."""

from collections.abc import Iterable, Mapping

from slopes.api.function import Function
from slopes.catalog.cards import card


def page(function: Function, picture: str = "", measured: Mapping[str, str] | None = None) -> str:
    """Return a function's page in Markdown.

    Parameters
    ----------
    function : Function
        Such as ``slopes.huber``.
    picture : str
        The address of its picture, if there is one.
    measured : mapping, optional
        More sections, heading to Markdown: accuracy, speed.

    Examples
    --------
    >>> import slopes
    >>> page(slopes.relu).splitlines()[0]
    '# relu'
    """
    known = card(function)
    parts = [f"# {known.name}", known.summary, f"*{known.kind}*"]
    if picture:
        parts.append(f"![{known.name} and its derivatives]({picture})")
    parts += ["## Formula", _code(known.formula), _pairs(known.symbols)]
    parts += ["## How it is computed", _table(("", "expression"), _expressions(known.expressions))]
    parts.append(_pairs(known.functions))
    if known.parameters:
        parameters = [
            (f"`{p.name}`", f"{p.default!r}", p.meaning, p.allowed, "yes" if p.learnable else "")
            for p in known.parameters
        ]
        parts += ["## Parameters", _table(("name", "default", "meaning", "allowed", "learnable"), parameters)]
    facts = {**known.facts, **({"at kinks": known.kinks} if known.kinks else {})}
    parts += ["## Facts", _table(("fact", ""), facts.items())]
    parts += ["## Call", _code(known.example, "python")]
    for heading, text in (measured or {}).items():
        parts += [f"## {heading}", text]
    if known.papers:
        cited = [f"- {p.authors} ({p.year}). [{p.title}]({p.link})" for p in known.papers]
        parts += ["## Papers", "\n".join(cited)]
    if known.aliases:
        parts += ["## Aliases", ", ".join(f"`{name}`" for name in known.aliases)]
    if known.elsewhere:
        rows = [(library, f"`{name}`") for library, name in known.elsewhere.items()]
        parts += ["## In other libraries", _table(("library", "name"), rows)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _expressions(expressions: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(name, f"`{expression}`") for name, expression in expressions.items()]


def _pairs(meanings: Mapping[str, str]) -> str:
    return "\n".join(f"- `{name}`: {meaning}" for name, meaning in meanings.items())


def _code(text: str, language: str = "text") -> str:
    return f"```{language}\n{text}\n```"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
