"""What a function is: vocabulary, formula, derivatives, facts, kinds and the register."""

from slopes.core.array_math import ArrayMath
from slopes.core.arrays import Array, ArrayLoss, Reverse
from slopes.core.curves import (
    Activation,
    Curve,
    LogitLoss,
    MarginLoss,
    PointwiseLoss,
    ProbabilityLoss,
    ResidualLoss,
)
from slopes.core.definition import Definition
from slopes.core.facts import ArrayFacts, Facts, Paper, RowFacts
from slopes.core.math import Math, Num, T
from slopes.core.op import Body, Op, Rowwise
from slopes.core.parameters import Bounds, parameter
from slopes.core.register import UnknownName, canonical, definitions, names
from slopes.core.rows import RowActivation, RowLoss

__all__ = [
    "Activation",
    "Array",
    "ArrayFacts",
    "ArrayLoss",
    "ArrayMath",
    "Body",
    "Bounds",
    "Curve",
    "Definition",
    "Facts",
    "LogitLoss",
    "MarginLoss",
    "Math",
    "Num",
    "Op",
    "Paper",
    "PointwiseLoss",
    "ProbabilityLoss",
    "ResidualLoss",
    "Reverse",
    "RowActivation",
    "RowFacts",
    "RowLoss",
    "Rowwise",
    "T",
    "UnknownName",
    "canonical",
    "definitions",
    "names",
    "parameter",
]
