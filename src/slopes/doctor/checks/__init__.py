"""The checks, one file for each family; importing one registers it."""

from slopes.doctor.checks import (
    accumulation,
    classes,
    divergence,
    initialisation,
    layers,
    nonfinite,
    objectives,
    outputs,
    plateaus,
    precision,
    shapes,
    targets,
    units,
)
from slopes.doctor.checks.base import (
    Check,
    NetworkCheck,
    ObjectiveCheck,
    Rule,
    checks,
    network_checks,
    objective_checks,
)

__all__ = ["Check", "NetworkCheck", "ObjectiveCheck", "Rule", "checks", "network_checks", "objective_checks"]
