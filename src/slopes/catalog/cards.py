"""The card of a function: all that is known about it, as plain text in a plain dataclass."""

from dataclasses import dataclass
from inspect import Parameter, cleandoc
from typing import Any

from slopes.api.activation import ActivationFunction
from slopes.api.array_loss import ArrayLossFunction
from slopes.api.function import Function
from slopes.api.row import RowFunction
from slopes.catalog.words import facts_in_words, functions_used, kind_in_words, number, symbols
from slopes.core import Paper
from slopes.emit.formula import Formula, formula, methods_of


@dataclass(frozen=True, kw_only=True)
class ParameterEntry:
    """A parameter with its present value, its default, and what it may be."""

    name: str
    value: Any
    default: Any
    meaning: str
    allowed: str
    learnable: bool


@dataclass(frozen=True, kw_only=True)
class Card:
    """What is known about a function at its present parameters."""

    name: str
    class_name: str
    summary: str
    kind: str
    formula: str  #: as a textbook writes it
    symbols: dict[str, str]  #: letter of the formula -> what it stands for
    expressions: dict[str, Formula]  #: "value", "derivative" and so on -> how it is computed
    functions: dict[str, str]  #: less known function in the expressions -> what it is
    parameters: tuple[ParameterEntry, ...]
    facts: dict[str, str]
    kinks: str  #: the choices at kinks, "" where there is none
    papers: tuple[Paper, ...]
    aliases: tuple[str, ...]
    elsewhere: dict[str, str]  #: library -> its name for this function
    example: str  #: Python code that calls it


def card(function: Function) -> Card:
    """Return the card of a function.

    Parameters
    ----------
    function : Function
        Such as ``slopes.huber`` or, at other parameters, ``slopes.Huber(delta=2.0)``.

    Returns
    -------
    Card
        Plain text and numbers, for any renderer.

    Examples
    --------
    >>> import slopes
    >>> card(slopes.Huber(delta=2.0)).facts["Lipschitz constant"]
    '2'
    """
    definition = function.definition
    expressions = {
        method.replace("_", " "): formula(definition, method) for method in methods_of(type(definition))
    }
    return Card(
        name=function.name,
        class_name=type(function).__name__,
        summary=cleandoc(type(definition).__doc__ or "").partition("\n")[0],
        kind=kind_in_words(function.kind),
        formula=function.formula,
        symbols=symbols(definition),
        expressions=expressions,
        functions=functions_used((function.formula, *expressions.values())),
        parameters=_parameters(function),
        facts=_facts(function),
        kinks=definition.kinks,
        papers=function.papers,
        aliases=function.aliases,
        elsewhere=dict(function.elsewhere),
        example=example(function),
    )


def example(function: Function) -> str:
    """Return Python code that calls a function and its derivatives.

    Examples
    --------
    >>> import slopes
    >>> print(example(slopes.silu))
    import slopes
    <BLANKLINE>
    slopes.silu(x, beta=1.0)
    slopes.silu.derivative(x, beta=1.0)
    slopes.silu.derivative(x, order=2, beta=1.0)
    """
    required = [name for name, default in function.arguments if default is Parameter.empty]
    settings = [f"{name}={value!r}" for name, value in function.parameters.items()]
    calls: tuple[tuple[str, tuple[str, ...]], ...]
    if isinstance(function, ActivationFunction):
        calls = (("", ()), (".derivative", ()), (".derivative", ("order=2",)))
    elif isinstance(function, RowFunction):
        calls = (("", ()), (".vjp", ("cotangent",)), (".jvp", ("tangent",)))
    elif isinstance(function, ArrayLossFunction):
        calls = (("", ()), (".gradient", ()))
        defaults = type(function)().parameters  # three arrays leave no room for more
        settings = [f"{n}={v!r}" for n, v in function.parameters.items() if v != defaults[n]]
    else:
        calls = (("", ()), (".gradient", ()), (".hessian", ()))
    lines = (
        _call(f"slopes.{function.name}{method}", ", ".join((*required, *extra, *settings)))
        for method, extra in calls
    )
    return "\n".join(("import slopes", "", *lines))


def _facts(function: Function) -> dict[str, str]:
    facts = facts_in_words(function.facts)
    if isinstance(function, ActivationFunction) and function.definition.facts.everywhere:
        facts["initialisation gain"] = f"{number(function.gain)}, which keeps the variance of normal inputs"
    return facts


def _call(function: str, arguments: str) -> str:
    """Return a call, in lines of 78 columns."""
    line = f"{function}({arguments})"
    return line if len(line) <= 78 else f"{function}(\n    {arguments}\n)"


def _parameters(function: Function) -> tuple[ParameterEntry, ...]:
    defaults = type(function)().parameters
    return tuple(
        ParameterEntry(
            name=name,
            value=function.parameters[name],
            default=defaults[name],
            meaning=bounds.doc,
            allowed=bounds.allowed(),
            learnable=bounds.learnable,
        )
        for name, bounds in function.definition.bounds().items()
    )
