"""What is seen of a network over all watched steps, whatever the framework."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from slopes.doctor.scene import Place

FLAT = 0.01  #: a derivative below this part of the largest is next to nothing


@dataclass(eq=False)
class Layer:
    """One activation of a network. A unit is flat where the derivative is next to nothing."""

    op: str  #: its name in the register
    place: Place
    number: int  #: which one of its line, from 1: all layers of a container are called from one line
    units: int
    weights: int = 0  #: how many enter a unit, if that is known
    gain: float | None = None  #: their standard deviation times sqrt(weights), when first seen
    before: "Layer | None" = None  #: the activation that feeds those weights directly
    hidden: bool = False  #: whether its result enters weights, and not the loss alone
    spread: float | None = None  #: standard deviation over the examples, when first seen
    seen: list[int] = field(default_factory=list)  #: examples, by call
    entries: int = 0
    flat: int = 0  #: of the entries
    active: np.ndarray = field(init=False)  #: by unit: the examples in which it was not flat
    last: np.ndarray = field(init=False)  #: by unit: the last call in which it was not flat; -1 without one

    def __post_init__(self) -> None:
        self.active = np.zeros(self.units, np.int64)
        self.last = np.full(self.units, -1)

    def see(self, flat: np.ndarray) -> None:
        """Add a call: whether (example, position, unit) was flat."""
        active = (~flat).any(1).sum(0)
        self.last[active > 0] = len(self.seen)
        self.active += active
        self.seen.append(len(flat))
        self.entries += flat.size
        self.flat += int(flat.sum())

    def __str__(self) -> str:
        return f"{self.op} number {self.number} of this line"


@dataclass(eq=False)
class Made:
    """What made a tensor: weights, or a softmax."""

    op: str
    place: Place
    key: int
    inputs: int = 0
    outputs: int = 0
    kernel: tuple[int, ...] = ()
    gain: float | None = None
    uses: int = 0  #: operations that took it
    before: Layer | None = None


@dataclass(frozen=True)
class Pair:
    """A result that went into weights with nothing between."""

    first: Made
    second: Made
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Trouble:
    """The first NaN or infinity of a loss: what made it, and what cures it."""

    op: str
    cause: str
    says: str
    cure: str
    numbers: Mapping[str, float]
    place: Place


@dataclass(frozen=True)
class Share:
    """What one backward pass added to the gradient of a step."""

    place: Place  #: of the loss
    counted: int  #: targets that it was a mean of
    factor: float  #: what the loss was multiplied by before the pass
    mean: bool

    @property
    def each(self) -> float:
        """With how much a target counts."""
        return self.factor / self.counted if self.mean else self.factor


@dataclass(frozen=True)
class Rounded:
    """A logarithm of a probability that had been rounded to 16 bits."""

    op: str
    dtype: str
    share: float  #: of probabilities that became exactly 0 or 1
    place: Place


class Network:
    """Everything seen of one program's networks."""

    def __init__(self) -> None:
        self.layers: dict[tuple[object, ...], Layer] = {}
        self.pairs: list[Pair] = []
        self.troubles: list[Trouble] = []
        self.steps: list[list[Share]] = []  #: by step of an optimiser
        self.rounded: list[Rounded] = []
        self.gradients: list[list[tuple[Place, float]]] = []  #: by backward pass: norms in forward order
