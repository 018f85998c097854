"""Objectives for boosting: sign, link and Hessian."""

from typing import TYPE_CHECKING

from slopes.doctor.checks.base import ObjectiveCheck
from slopes.doctor.scene import Evidence, ObjectiveCall

if TYPE_CHECKING:
    from slopes.boosting.check import Fault

FEW = 0.01  #: of rows: the Hessians of the others carry the sum of a leaf


class FlippedSign(ObjectiveCheck):
    """The gradient of an objective points downhill; boosting subtracts it, and so climbs."""

    code, name = "R18", "flipped-sign"
    kinds = ("sign",)

    def evidence(self, fault: "Fault", call: ObjectiveCall) -> Evidence:
        return Evidence(
            says=f"{fault.share:.0%} of the gradients that tell have the wrong sign, of {call.rows} rows",
            numbers={"share": fault.share, "rows": call.rows},
            cure="return d(loss)/d(score): for the squared error prediction - target",
        )


class MissingLink(ObjectiveCheck):
    """An objective takes raw scores for predictions: the inverse link is missing."""

    code, name = "R18", "missing-link"
    kinds = ("link",)

    def evidence(self, fault: "Fault", call: ObjectiveCall) -> Evidence:
        return Evidence(
            says=f"on {fault.share:.0%} of the rows whose raw score lies beyond the label the gradient pulls "
            f"it back, of {call.rows} rows; that of a raw score need not",
            numbers={"share": fault.share, "rows": call.rows},
            cure="apply the inverse link first: for the logistic loss sigmoid(score) - label",
        )


class FlatHessian(ObjectiveCheck):
    """The Hessian of an objective is not positive, and the sum that a leaf divides by may vanish."""

    code, name, severity = "R18", "flat-hessian", "warning"
    kinds = ("hessian",)

    def evidence(self, fault: "Fault", call: ObjectiveCall) -> Evidence:
        return Evidence(
            says=f"on {100 * fault.share:.2g}% of {call.rows} rows it is at most 0 where the gradient is not",
            numbers={"share": fault.share, "rows": call.rows},
            cure="return an upper bound, or at least 1e-6; slopes.boosting has hessian='floored' and others",
            severity="information" if fault.share < FEW else None,
        )


class UnusableObjective(ObjectiveCheck):
    """An objective returns what no booster can use."""

    code, name = "R18", "unusable-objective"
    kinds = ("finite", "shape", "other")

    def evidence(self, fault: "Fault", call: ObjectiveCall) -> Evidence:
        return Evidence(
            says=fault.says,
            numbers={"share": fault.share, "rows": call.rows},
            cure="return the gradient and the Hessian of each raw score, both finite and of its shape",
        )
