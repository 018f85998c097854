"""One row of the table of differences."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One deliberate difference from another library."""

    key: str  #: the name of its test
    ours: tuple[str, ...]  #: our functions
    library: str
    theirs: str  #: their functions
    what: str  #: what they do, and what we do
    why: str  #: why we do not follow
