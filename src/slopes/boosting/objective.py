"""What a booster asks of a loss, in one object: gradient, Hessian, start, link and metric."""

from typing import Any, ClassVar

import numpy as np

from slopes.api.catalogue import get
from slopes.api.function import Function
from slopes.boosting.curvature import Curvature
from slopes.boosting.family import Array, family
from slopes.boosting.start import best_constant, best_row

HALVED = (
    "mse",
    "poisson_deviance",
    "gamma_deviance",
    "tweedie_deviance",
)  #: of which boosting libraries take the half


class Objective:
    """A loss for boosting: gradient, Hessian, start, inverse link and metric, over targets and raw scores.

    `slopes.boosting.xgboost` and its siblings make it, in the form that each library calls. Losses of a
    residual, a margin, a logit, a count or an amount can be boosted, and losses of softmax probabilities. A
    loss of means (`gamma_deviance`) takes the raw score as the logarithm of one.

    Parameters
    ----------
    loss : str or slopes loss
        A loss's name, or a configured loss.
    hessian : {"exact", "floored", "gauss-newton", "upper-bound"}, optional
        What a gradient is divided by. "exact" is the second derivative, "floored" the same but at least
        `floor`. "gauss-newton" takes the loss as half a square: gradient^2 / (2 loss), never negative; of a
        convex loss without straight parts it is the exact one. "upper-bound" is the largest second
        derivative, the same for every row; 1 for a loss with kinks, as XGBoost and LightGBM take it.
        By default "exact", but "upper-bound" for a loss that is or becomes straight (such as huber), and
        "gauss-newton" for one that is not convex (of classes "floored").
    floor : float, default 0.01
        The least Hessian of "floored".
    factor : float, optional
        A factor of gradient and Hessian. By default 1/2 for `mse` and the deviances, of which
        boosting libraries take the half, else 1.
    hessian_factor : float, optional
        A further factor of the Hessian. By default 1, and for classes the library's own.
    **parameters
        The loss's own parameters.

    Attributes
    ----------
    loss : slopes loss
        The configured loss.
    hessian : str
        The choice of Hessian.

    Raises
    ------
    ValueError
        For a loss that cannot be boosted, or a Hessian that it does not have, with the reason.

    Examples
    --------
    >>> import numpy as np
    >>> from slopes.boosting import Objective
    >>> objective = Objective("cauchy")
    >>> objective.hessian
    'gauss-newton'
    >>> y, raw = np.array([0.0, 1.0, 30.0]), np.zeros(3)
    >>> gradient, hessian = objective.gradient_and_hessian(y, raw)
    >>> bool((hessian > 0).all())
    True
    """

    library: ClassVar[str] = ""

    def __init__(
        self,
        loss: str | Function,
        *,
        hessian: str | None = None,
        floor: float = 0.01,
        factor: float | None = None,
        hessian_factor: float | None = None,
        **parameters: Any,
    ) -> None:
        name = loss.name if isinstance(loss, Function) else loss
        given = loss.parameters if isinstance(loss, Function) else {}
        self._family = family(get(name, **{**given, **parameters}))
        self.loss = self._family.loss
        self._curvature = Curvature(self._family, hessian, floor)
        self.hessian, self.floor = self._curvature.choice, floor
        usual = 0.5 if self.loss.name in HALVED else 1.0
        self.factor = _positive("factor", usual if factor is None else factor)
        self.hessian_factor = hessian_factor and _positive("hessian_factor", hessian_factor)

    def gradient_and_hessian(self, y: Array, raw: Array, weight: Array | None = None) -> tuple[Array, Array]:
        """Return first and second derivative of the loss in every raw score, times `factor` and weight.

        Parameters
        ----------
        y : array, shape (N,)
            Targets; labels 0 and 1 (or -1 and 1) for margin losses, whole numbers for classes.
        raw : array, shape (N,) or (N, K)
            Raw scores, the start included.
        weight : array, shape (N,), optional
            Weights of rows, at least 0.

        Returns
        -------
        gradient, hessian : array
            Shape and dtype of `raw`.
        """
        raw = np.asarray(raw)
        targets = self._family.targets(np.asarray(y))
        curvature, of_hessian = self._curvature, self._factor(raw)
        if curvature.choice == "exact":
            gradient, hessian = self._family.derivatives(targets, raw, weight)
        else:
            gradient, exact = self._family.derivatives(targets, raw)
            hessian = curvature.of(targets, raw, exact, gradient)
            if weight is not None:
                w = np.asarray(weight, raw.dtype)
                w = w[:, None] if self._family.rows else w
                gradient, hessian = gradient * w, hessian * w
        if self.factor != 1:
            gradient *= raw.dtype.type(self.factor)
        if self.factor * of_hessian != 1:
            hessian *= raw.dtype.type(self.factor * of_hessian)
        return gradient, hessian

    def start(self, y: Array, weight: Array | None = None, *, classes: int | None = None) -> Any:
        """Return the constant raw score with the least weighted mean loss: where boosting starts.

        Parameters
        ----------
        y : array, shape (N,)
            Targets.
        weight : array, shape (N,), optional
            Weights of rows.
        classes : int, optional
            The number of classes, if not 1 + max(y).

        Returns
        -------
        float or array of shape (K,)
            A mean, quantile, log-odds or logarithm of a mean where the loss has one, else found by a search;
            the logarithms of the classes' shares.

        Raises
        ------
        ValueError
            Where the best score is infinite: if a class never occurs, or all counts are 0.
        """
        y = np.asarray(y)
        if not y.size:
            raise ValueError(f"{self.loss.name}: there are no targets to start from")
        if self._family.rows:
            return best_row(self._family, self._curvature.sound, y, weight, classes)
        return best_constant(self._family, bool(self.loss.facts.convex), y, weight)  # type: ignore[union-attr]

    def link(self, raw: Array) -> Array:
        """Return predictions for raw scores: the inverse link, identity, sigmoid, exp or softmax."""
        return self._family.predictions(np.asarray(raw))

    def mean_loss(self, y: Array, raw: Array, weight: Array | None = None) -> float:
        """Return the weighted mean loss at raw scores, without `factor`."""
        return self._family.mean(self._family.targets(np.asarray(y)), np.asarray(raw), weight)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.loss!r}, hessian={self.hessian!r}, link={self._family.link!r})"

    def _factor(self, raw: Array) -> float:
        if self.hessian_factor is not None:
            return self.hessian_factor
        return self._of_classes(raw.shape[-1]) if self._family.rows else 1.0

    @staticmethod
    def _of_classes(count: int) -> float:
        """The factor by which a library multiplies the diagonal of softmax's Hessian."""
        del count
        return 1.0


def _positive(name: str, number: Any) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 < number < np.inf:
        raise ValueError(f"{name} must be a finite number above 0, got {number!r}")
    return float(number)
