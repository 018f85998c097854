"""Tukey's biweight: a robust loss that ignores what lies far out."""

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter


class TukeyBiweight(ResidualLoss):
    """Near r^2 / 2 for small residuals, and constant from |r| = `scale` on, where the pull is 0.

    The default keeps 95 % of the efficiency of least squares on normal errors of unit variance.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.tukey_biweight.gradient(np.array([1.0, 5.0]), np.zeros(2), scale=2.0, reduction="none")
    array([0.5625, 0.    ])
    """

    scale: float = parameter(4.685, "where the pull ends", above=0, also=(0.25, 3.0))

    formula = "(1 - max(1 - (r / scale)**2, 0)**3) * scale * scale / 6"
    aliases = ("bisquare", "tukey")
    papers = (
        Paper(
            "Beaton and Tukey",
            1974,
            "The fitting of power series, meaning polynomials, illustrated on band-spectroscopic data",
            "https://doi.org/10.1080/00401706.1974.10489171",
        ),
    )
    elsewhere = {"statsmodels": "statsmodels.robust.norms.TukeyBiweight"}

    @property
    def facts(self) -> Facts:
        top = self.scale * self.scale / 6
        return Facts(
            range=(0, top),
            limits=(top, top),
            smooth=2,
            breaks=(-self.scale, self.scale),
            parity="even",
            lipschitz=16 / 25 / 5**0.5 * self.scale,
        )

    def value(self, m: Math, r: T) -> T:
        # 1 - q^3 cancels near 0, and y (3 - 3 y + y^2), the same number written out, near the end
        a = m.minimum(m.abs(r), self.scale)
        y, q = self._square(m, r), self._weight(m, r)
        near = a * a * ((3 - y * (3 - y)) / 6)
        return m.where(m.less(y, 0.5), near, (1 - q * q * q) * self.scale * self.scale / 6)

    def derivative(self, m: Math, r: T) -> T:
        q = self._weight(m, r)
        return m.times(q * q, r)

    def second_derivative(self, m: Math, r: T) -> T:
        return self._weight(m, r) * (1 - 5 * self._square(m, r))

    def _square(self, m: Math, r: T) -> T:
        u = m.minimum(m.abs(r), self.scale) / self.scale
        return u * u

    def _weight(self, m: Math, r: T) -> T:
        """1 - (r / scale)^2, at least 0; as a product, for beside the end only the difference is exact."""
        a = m.minimum(m.abs(r), self.scale)
        return (self.scale - a) * (self.scale + a) / self.scale / self.scale
