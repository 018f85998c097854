"""A function and its options from what a user or a saved model says."""

from collections.abc import Mapping
from numbers import Real
from typing import Any

from slopes.api.catalogue import get


def configuration(
    name: str, given: Mapping[str, Any], options: tuple[str, ...]
) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """Return a function at its parameters, the options of its calls, and both as given.

    Raises
    ------
    TypeError
        For a parameter that is not a number: a saved model could not hold it.
    """
    chosen = {key: given[key] for key in options if key in given}
    parameters = {key: value for key, value in given.items() if key not in chosen}
    for key, value in parameters.items():
        if not isinstance(value, Real | tuple | list):
            raise TypeError(f"{name}: {key} must be a number, got {type(value).__name__}")
    function = get(name, **parameters)
    known = [argument for argument, _ in function.arguments]
    for key in chosen:
        if key not in known:
            raise TypeError(f"{name} takes no {key}")
    return function, chosen, {**parameters, **chosen}
