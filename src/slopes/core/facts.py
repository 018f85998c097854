"""Claims about a function. A law measures each of them; none is believed."""

from dataclasses import dataclass
from math import inf
from typing import NamedTuple


class Paper(NamedTuple):
    """Where a function comes from."""

    authors: str
    year: int
    title: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The shape of one curve; of a loss, as a function of its prediction, over all targets."""

    range: tuple[float, float]  #: infimum and supremum of the value
    domain: tuple[float, float] = (-inf, inf)  #: of an activation, ends included; outside it is NaN
    limits: tuple[float, float] | None = None  #: value at the ends of the domain; None where there is none
    smooth: float = inf  #: number of continuous derivatives; -1 where the value itself jumps
    breaks: tuple[float, ...] = ()  #: every point where derivative `smooth + 1` jumps
    monotone: bool = False  #: never decreasing
    convex: bool = False
    parity: str = ""  #: "even", "odd" or ""
    lipschitz: float = inf  #: supremum of |derivative|

    @property
    def everywhere(self) -> bool:
        """Whether the domain is the whole line."""
        return self.domain == (-inf, inf)


@dataclass(frozen=True, kw_only=True)
class RowFacts:
    """The shape of a function of a row."""

    range: tuple[float, float]  #: infimum and supremum of every entry of the result
    total: float | None = None  #: what the entries of a result always add up to
    shift: str = ""  #: adding c to a row changes nothing ("invariant") or adds c ("equivariant")
    convex: bool = False  #: every entry of the result is convex in the row


@dataclass(frozen=True, kw_only=True)
class ArrayFacts:
    """The shape of a loss of several arrays."""

    range: tuple[float, float]  #: infimum and supremum of the value
    symmetric: tuple[str, ...] = ()  #: arrays that may be exchanged
    scale: tuple[str, ...] = ()  #: real arrays that may each be multiplied by a positive number
    shift: bool = False  #: whether one number may be added to all real arrays and boxes
