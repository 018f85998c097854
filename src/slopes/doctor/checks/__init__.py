"""The checks, one file for each family; importing one registers it."""

from slopes.doctor.checks import (
    accumulation,
    classes,
    divergence,
    initialisation,
    layers,
    logits,
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
from slopes.doctor.checks.plateaus import stuck_loss

__all__ = [
    "Check",
    "NetworkCheck",
    "ObjectiveCheck",
    "Rule",
    "checks",
    "network_checks",
    "objective_checks",
    "rules",
    "stuck_loss",
]


def rules() -> list[Rule]:
    """Return every rule, by code and name."""
    everything = (*checks, *network_checks, *objective_checks, stuck_loss)
    return sorted(everything, key=lambda rule: (int(rule.code[1:]), rule.name))
