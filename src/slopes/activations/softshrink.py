"""Soft shrink: the input, moved towards 0."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class Softshrink(Activation):
    """Soft thresholding: the input moved by `lambd` towards 0, and 0 within; the proximal map of lambd |x|.

    Examples
    --------
    >>> import slopes
    >>> slopes.softshrink(0.4), slopes.softshrink(-1.5)
    (0.0, -1.0)
    """

    lambd: float = parameter(0.5, "how far the input is moved", above=0, also=(2.0,))

    formula = "x - lambd if x > lambd else x + lambd if x < -lambd else 0"
    aliases = ("soft_shrink", "soft_threshold", "shrinkage")
    papers = (
        Paper(
            "Donoho and Johnstone",
            1994,
            "Ideal spatial adaptation by wavelet shrinkage",
            "https://doi.org/10.1093/biomet/81.3.425",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.softshrink", "keras": "keras.activations.soft_shrink"}
    kinks = "the derivative at -lambd and at lambd is 0"

    @property
    def facts(self) -> Facts:
        return Facts(
            range=(-inf, inf),
            limits=(-inf, inf),
            smooth=0,
            breaks=(-self.lambd, self.lambd),
            monotone=True,
            parity="odd",
            lipschitz=1,
        )

    def value(self, m: Math, x: T) -> T:
        return x - m.minimum(m.maximum(x, -self.lambd), self.lambd)

    def derivative(self, m: Math, x: T) -> T:
        return m.step(m.abs(x) - self.lambd)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
