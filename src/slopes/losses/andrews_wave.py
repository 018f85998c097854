"""Andrews' wave: a robust loss whose pull is one arc of a sine."""

from slopes.core import Facts, Math, Paper, ResidualLoss, T, parameter

PI = 3.141592653589793


class AndrewsWave(ResidualLoss):
    """The loss scale^2 (1 - cos(r / scale)) up to |r| = pi scale, and constant from there on.

    The default keeps 95 % of the efficiency of least squares on normal errors of unit variance.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.andrews_wave.gradient(np.array([1.0, 5.0]), np.zeros(2), reduction="none")
    array([0.90960003, 0.        ])
    """

    scale: float = parameter(1.339, "the pull ends at pi times it", above=0, also=(0.5, 2.0))

    formula = "(1 - cos(min(abs(r / scale), pi))) * scale * scale"
    aliases = ("andrews", "andrew_wave")
    papers = (
        Paper(
            "Andrews",
            1974,
            "A robust method for multiple linear regression",
            "https://doi.org/10.1080/00401706.1974.10489233",
        ),
    )
    elsewhere = {"statsmodels": "statsmodels.robust.norms.AndrewWave"}
    kinks = "the second derivative at |r| = pi scale is 0"

    @property
    def facts(self) -> Facts:
        top = 2 * self.scale * self.scale
        end = self.scale * PI
        return Facts(
            range=(0, top),
            limits=(top, top),
            smooth=1,
            breaks=(-end, end),
            parity="even",
            lipschitz=self.scale,
        )

    def value(self, m: Math, r: T) -> T:
        a = m.abs(r)
        # 1 - cos(u) = 2 sin(u / 2)^2: it cancels near 0
        half = m.sin(m.minimum(a, self.scale * PI) / (2 * self.scale))
        s = self.scale * m.where(m.less(a, self.scale * PI), half, m.step(a))
        return 2 * s * s

    def derivative(self, m: Math, r: T) -> T:
        a = m.minimum(m.abs(r), self.scale * PI)
        pull = m.where(m.less(a, self.scale * PI), m.sin(a / self.scale), m.fill(r, 0.0))
        return self.scale * m.sign(r) * pull

    def second_derivative(self, m: Math, r: T) -> T:
        a = m.minimum(m.abs(r), self.scale * PI)
        return m.where(m.less(a, self.scale * PI), m.cos(a / self.scale), m.fill(r, 0.0))
