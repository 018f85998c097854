"""Jensen-Shannon divergence: the Kullback-Leibler divergence to the mean of both, made symmetric."""

from math import log

from slopes.core import Math, Paper, RowFacts, RowLoss, T


class JSDivergence(RowLoss):
    """Half the sum of the divergences of exp(x) and of q from their mean; x holds log-probabilities.

    It is bounded by log(2). SciPy's `jensenshannon` is its square root, and takes probabilities.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.js_divergence(np.log(np.array([[0.5, 0.5]])), np.array([0]))
    np.float64(0.21576155433883568)
    """

    formula = "sum(exp(x) * log(2 / (1 + q / exp(x))) + q * log(2 / (1 + exp(x) / q))) / 2"
    aliases = ("js_div", "jsd", "jensen_shannon", "jensen_shannon_divergence")
    papers = (
        Paper(
            "Lin",
            1991,
            "Divergence measures based on the Shannon entropy",
            "https://doi.org/10.1109/18.61115",
        ),
    )
    facts = RowFacts(range=(0, log(2)))
    takes = "log_probabilities"
    targets = "distribution"

    def value(self, m: Math, x: T, q: T) -> T:
        p, d = m.exp(x), self._tilt(m, x, q)
        far = m.times(p, self._own(m, x, q, d)) + m.times(q, self._others(m, x, q, d))
        # where both are almost equal the two terms cancel; these are of second order in d both
        n = m.maximum(m.minimum(d, 0.5), -0.5)
        near = (m.log1p(-n * n) + n * (m.log1p(n) - m.log1p(-n))) * (0.5 * (p + q))
        return 0.5 * m.row_sum(m.where(m.less(m.abs(d), 0.5), near, far))

    def gradient(self, m: Math, x: T, q: T) -> T:
        return 0.5 * m.times(m.exp(x), self._own(m, x, q, self._tilt(m, x, q)))

    def hessian(self, m: Math, x: T, q: T) -> T:
        d = self._tilt(m, x, q)
        return 0.5 * m.times(m.exp(x), self._own(m, x, q, d) + 0.5 * (1 - d))

    def hvp(self, m: Math, x: T, q: T, tangent: T) -> T:
        return self.hessian(m, x, q) * tangent

    def mass_gradient(self, m: Math, x: T, q: T) -> T:
        return 0.5 * self._others(m, x, q, self._tilt(m, x, q))

    def _tilt(self, m: Math, x: T, q: T) -> T:
        """(p - q) / (p + q); 0 where both are 0."""
        p = m.exp(x)
        none = m.equal(p + q, 0.0)
        return m.where(none, m.fill(x, 0.0), p - q) / m.where(none, 1.0, p + q)

    def _own(self, m: Math, x: T, q: T, d: T) -> T:
        """log(2 p / (p + q)), also where p is far below q."""
        return m.where(m.less(d, -0.5), x + m.log(2 / (m.exp(x) + q)), m.log1p(m.maximum(d, -0.5)))

    def _others(self, m: Math, x: T, q: T, d: T) -> T:
        """log(2 q / (p + q)), also where q is far below p."""
        return m.where(m.less(0.5, d), m.log(q) + m.log(2 / (m.exp(x) + q)), m.log1p(-m.minimum(d, 0.5)))
