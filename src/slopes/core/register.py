"""The register of all definitions, by name and alias."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slopes.core.definition import Definition

definitions: dict[str, "type[Definition]"] = {}  #: every definition by its name
names: dict[str, str] = {}  #: every name and alias, to the name
spellings: dict[str, str] = {}  #: the same without underscores, as class names are: "leakyrelu"


class UnknownName(ValueError, KeyError):  # noqa: N818 - it reads as what went wrong
    """A name that the register does not hold."""

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would quote it


def register(definition: "type[Definition]") -> None:
    """Add a definition under its name and its aliases, each of which must be free."""
    own = (definition.name, *definition.aliases)
    for name in own:
        owner = names.get(name) or spellings.get(_spelling(name))
        if owner is not None:
            raise ValueError(f"{definition.name}: the name {name!r} is taken by {owner}")
    definitions[definition.name] = definition
    names.update(dict.fromkeys(own, definition.name))
    spellings.update(dict.fromkeys(map(_spelling, own), definition.name))


def _spelling(name: str) -> str:
    return name.replace("_", "")


def canonical(name: str) -> str:
    """Return the register name behind a name or an alias; case, underscores and hyphens do not count."""
    if not isinstance(name, str):
        raise TypeError(f"the name of a function must be a string, got {name!r}")
    key = name.strip().lower().replace("-", "_").replace(" ", "_")
    if key in names:
        return names[key]
    if _spelling(key) in spellings:
        return spellings[_spelling(key)]
    near = get_close_matches(key, names, n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(near)}?" if near else "`slopes list` shows all names"
    raise UnknownName(f"no function is called {name!r}; {hint}")
