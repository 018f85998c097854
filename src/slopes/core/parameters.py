"""Parameters of a function: dataclass fields that carry their bounds and the values that laws must try."""

from dataclasses import dataclass, field
from math import inf, isfinite
from numbers import Integral, Real
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What a parameter may be, what it means, and which other values the laws try."""

    doc: str
    above: float = -inf
    at_least: float = -inf
    below: float = inf
    at_most: float = inf
    also: tuple[float, ...] = ()
    learnable: bool = False
    integer: bool = False
    many: bool = False  #: whether the parameter is a tuple of such numbers

    @property
    def type_name(self) -> str:
        """The type of a value, as annotations write it."""
        one = "int" if self.integer else "float"
        return f"tuple[{one}, ...]" if self.many else one

    def allowed(self) -> str:
        """The allowed values in words."""
        words = [
            f"{word} {bound:g}"
            for word, bound in (
                ("above", self.above),
                ("at least", self.at_least),
                ("below", self.below),
                ("at most", self.at_most),
            )
            if isfinite(bound)
        ]
        number = "an integer" if self.integer else "a finite number"
        if self.many:
            number = f"a tuple of {'integers' if self.integer else 'finite numbers'}"
        return " ".join((number, " and ".join(words))).strip()

    def admits(self, value: object) -> bool:
        """Whether `value` is a number within the bounds, or a tuple of them."""
        if self.many:
            return isinstance(value, tuple) and value != () and all(map(self._admits_one, value))
        return self._admits_one(value)

    def _admits_one(self, value: object) -> bool:
        kind = Integral if self.integer else Real
        if isinstance(value, bool) or not isinstance(value, kind):
            return False
        number = float(value)
        return (
            isfinite(number) and self.above < number < self.below and self.at_least <= number <= self.at_most
        )


def parameter(default: float | tuple[float, ...], doc: str, **bounds: Any) -> Any:
    """Declare a parameter: its default, one sentence, and the fields of `Bounds`."""
    return field(default=default, metadata={"bounds": Bounds(doc=doc, **bounds)})
