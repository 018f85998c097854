"""Objectives for boosting: sign, link and Hessian."""

from typing import TYPE_CHECKING

from slopes.doctor.checks.base import ObjectiveCheck
from slopes.doctor.languages import Text
from slopes.doctor.scene import Evidence, ObjectiveCall

if TYPE_CHECKING:
    from slopes.boosting.check import Fault

FEW = 0.01  #: of rows: the Hessians of the others carry the sum of a leaf


class FlippedSign(ObjectiveCheck):
    """The gradient of an objective points downhill; boosting subtracts it, and so climbs.

    Each tree then makes the predictions worse, faster and faster.

    Number
    ------
    The share of rows whose gradient has the wrong sign: of targets 0 and 1 it must fall towards the label; of
    others it must rise when the score rises, which is tried.

    Cure
    ----
    Return d(loss)/d(score). (CatBoost alone wants the derivatives of minus the loss.)

    Silent
    ------
    Objectives in which the sign fits on at least a tenth of the rows.

    Examples
    --------
    >>> import numpy as np
    >>> from slopes import doctor
    >>> y, raw = np.array([3.0, 1.0, 2.0, 5.0]), np.array([0.5, 2.0, 2.5, 4.0])
    >>> def objective(y, raw):
    ...     return y - raw, np.ones(len(y))
    >>> [finding] = doctor.examine_objective(objective, raw, y)
    >>> print(finding)
    R18 flipped-sign: 100% of the gradients that tell have the wrong sign, of 4 rows. Cure: return
    d(loss)/d(score): for the squared error prediction - target.
    """

    code, name = "R18", "flipped-sign"
    kinds = ("sign",)

    def evidence(self, fault: "Fault", call: ObjectiveCall) -> Evidence:
        return Evidence(
            says=Text(
                "{share:.0%} of the gradients that tell have the wrong sign, of {rows} rows",
                share=fault.share,
                rows=call.rows,
            ),
            numbers={"share": fault.share, "rows": call.rows},
            cure=Text("return d(loss)/d(score): for the squared error prediction - target"),
        )


class MissingLink(ObjectiveCheck):
    """An objective takes raw scores for predictions: the inverse link is missing.

    Boosting hands over raw scores, of which a probability is the sigmoid. Without it the model is pulled to a
    raw score of 0 or 1, a probability of 0.5 or 0.73, and never gets sure.

    Number
    ------
    The share of rows with a raw score beyond its label, above 1 or below 0, that are pulled back: the
    logistic loss pulls none of them back.

    Cure
    ----
    Apply the inverse link first: sigmoid(score) - label for the logistic loss.

    Silent
    ------
    Targets other than two classes, and rows whose raw scores lie between the labels.

    Examples
    --------
    >>> import numpy as np
    >>> from slopes import doctor
    >>> y, raw = np.array([0.0, 1.0, 1.0, 0.0]), np.array([-0.5, 2.0, 0.3, 1.5])
    >>> def objective(y, raw):
    ...     return raw - y, np.ones(len(y))
    >>> [finding] = doctor.examine_objective(objective, raw, y)
    >>> print(finding)
    R18 missing-link: on 100% of the rows whose raw score lies beyond the label the gradient pulls it back, of
    4 rows; that of a raw score need not. Cure: apply the inverse link first: for the logistic loss
    sigmoid(score) - label.
    """

    code, name = "R18", "missing-link"
    kinds = ("link",)

    def evidence(self, fault: "Fault", call: ObjectiveCall) -> Evidence:
        return Evidence(
            says=Text(
                "on {share:.0%} of the rows whose raw score lies beyond the label the gradient pulls it "
                "back, of {rows} rows; that of a raw score need not",
                share=fault.share,
                rows=call.rows,
            ),
            numbers={"share": fault.share, "rows": call.rows},
            cure=Text("apply the inverse link first: for the logistic loss sigmoid(score) - label"),
        )


class FlatHessian(ObjectiveCheck):
    """The Hessian of an objective is not positive, and the sum that a leaf divides by may vanish.

    A leaf's value is minus the sum of its gradients over the sum of its Hessians: where that is near 0 the
    value explodes, and where it is negative the leaf goes the wrong way.

    Number
    ------
    The share of rows whose Hessian is at most 0 while the gradient is not 0.

    Cure
    ----
    Return an upper bound of the curvature, or at least a small positive number; `slopes.boosting` does so
    with hessian="floored", "gauss-newton" or "upper-bound".

    Silent
    ------
    Rows where gradient and Hessian are both 0. On less than 1 % of the rows it is an information: the others
    carry the sum of a leaf.

    Examples
    --------
    >>> import numpy as np
    >>> from slopes import doctor
    >>> y, raw = np.array([3.0, 1.0, 2.0, 5.0]), np.array([0.5, 2.0, 2.5, 4.0])
    >>> def objective(y, raw):
    ...     return np.tanh(raw - y), 1 - 2 * np.tanh(raw - y) ** 2
    >>> [finding] = doctor.examine_objective(objective, raw, y)
    >>> print(finding)
    R18 flat-hessian: on 75% of 4 rows it is at most 0 where the gradient is not. Cure: return an upper bound,
    or at least 1e-6; slopes.boosting has hessian='floored' and others.
    """

    code, name, severity = "R18", "flat-hessian", "warning"
    kinds = ("hessian",)

    def evidence(self, fault: "Fault", call: ObjectiveCall) -> Evidence:
        return Evidence(
            says=Text(
                "on {percent:.2g}% of {rows} rows it is at most 0 where the gradient is not",
                percent=100 * fault.share,
                rows=call.rows,
            ),
            numbers={"share": fault.share, "rows": call.rows},
            cure=Text(
                "return an upper bound, or at least 1e-6; slopes.boosting has hessian='floored' and others"
            ),
            severity="information" if fault.share < FEW else None,
        )


class UnusableObjective(ObjectiveCheck):
    """An objective returns what no booster can use.

    NaN and infinities spread to every split, and a wrong shape is read as other rows' numbers.

    Number
    ------
    The share of rows with a gradient or Hessian that is not finite, or the two shapes that differ.

    Cure
    ----
    Return the gradient and the Hessian of each raw score, both finite and of its shape.

    Silent
    ------
    Everything that has the shape of the scores and is finite.

    Examples
    --------
    >>> import numpy as np
    >>> from slopes import doctor
    >>> y, raw = np.array([3.0, 0.0, 2.0, 5.0]), np.array([0.5, 2.0, 2.5, 4.0])
    >>> def objective(y, raw):
    ...     with np.errstate(divide="ignore"):
    ...         return (raw - y) / y, np.ones(len(y))
    >>> [finding] = doctor.examine_objective(objective, raw, y)
    >>> print(finding)
    R18 unusable-objective: gradient not finite on 25 % of rows. Cure: return the gradient and the Hessian of
    each raw score, both finite and of its shape.
    """

    code, name = "R18", "unusable-objective"
    kinds = ("finite", "shape", "other")

    def evidence(self, fault: "Fault", call: ObjectiveCall) -> Evidence:
        return Evidence(
            says=Text(fault.pattern, **fault.values),
            numbers={"share": fault.share, "rows": call.rows},
            cure=Text("return the gradient and the Hessian of each raw score, both finite and of its shape"),
        )
