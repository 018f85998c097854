"""Many cases in one test, where a test of its own for each would cost more than what it looks at."""

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def over(name: str, values: Iterable[Any] | Callable[..., Mapping[str, Any]]) -> Any:
    """Run a test for each value of one argument, in a loop; a failure names the value it met.

    Written like `pytest.mark.parametrize`, and several may be stacked. The values are listed, or named in a
    mapping, or such a mapping is made by a function of other arguments of the test. What a fixture made is
    shared by all turns of the loop.
    """
    asked = list(inspect.signature(values).parameters) if callable(values) else []

    def decorate(test: Any) -> Any:
        signature = inspect.signature(test)
        others = [p for p in signature.parameters.values() if p.name != name]
        if len(others) == len(signature.parameters):
            raise TypeError(f"{test.__name__} has no argument {name}")

        @functools.wraps(test)
        def looped(**given: Any) -> None:
            __tracebackhide__ = True
            cases = _named(values(*(given[a] for a in asked)) if callable(values) else values)
            if not cases:
                raise ValueError(f"no {name} to test with")
            for label, value in cases:
                try:
                    test(**given, **{name: value})
                except BaseException as error:
                    error.add_note(f"where {name} is {label}")
                    raise

        looped.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return looped

    return decorate


def _named(values: Iterable[Any] | Mapping[str, Any]) -> list[tuple[str, Any]]:
    if isinstance(values, Mapping):
        return list(values.items())
    return [(getattr(value, "__name__", None) or str(value), value) for value in values]
