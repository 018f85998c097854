"""Checks of users, which other packages announce by the entry point `slopes.doctor`."""

import functools
import warnings
from importlib.metadata import entry_points

GROUP = "slopes.doctor"


@functools.cache
def load() -> None:
    """Import what the entry points name, once; a check is registered where its class is made.

    An entry that cannot be imported is named in a warning, and left out.
    """
    for point in entry_points(group=GROUP):
        try:
            point.load()
        except Exception as error:
            warnings.warn(
                f"the doctor's checks {point.name!r} ({point.value}) were left out: {error!r}", stacklevel=2
            )
