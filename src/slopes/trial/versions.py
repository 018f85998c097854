"""What a trial's runs are made with."""

import platform
from importlib import metadata

_PACKAGES = ("slopes", "numpy", "torch", "scikit-learn", "scipy")


def versions() -> dict[str, str]:
    """Give the versions of Python and of what computes a run's numbers, and the platform."""
    return {
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in _PACKAGES},
        "platform": platform.platform(),
    }
