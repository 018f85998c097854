"""The checks, one file for each family; importing one registers it."""

from slopes.doctor.checks import (
    accumulation,
    classes,
    divergence,
    initialisation,
    layers,
    nonfinite,
    outputs,
    plateaus,
    precision,
    shapes,
    targets,
    units,
)
from slopes.doctor.checks.base import Check, NetworkCheck, checks, network_checks

__all__ = ["Check", "NetworkCheck", "checks", "network_checks"]
