"""The checks, one file for each family; importing one registers it."""

from slopes.doctor.checks import divergence, outputs, plateaus, shapes, targets
from slopes.doctor.checks.base import Check, checks

__all__ = ["Check", "checks"]
