"""Hard shrink: the input, unless it is small."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class Hardshrink(Activation):
    """Hard thresholding: the input where its size exceeds `lambd`, 0 elsewhere.

    Examples
    --------
    >>> import slopes
    >>> slopes.hardshrink(0.4), slopes.hardshrink(-0.6)
    (0.0, -0.6)
    """

    lambd: float = parameter(0.5, "the size that an input must exceed", above=0, also=(2.0,))

    formula = "x if abs(x) > lambd else 0"
    aliases = ("hard_shrink", "hard_threshold")
    papers = (
        Paper(
            "Donoho and Johnstone",
            1994,
            "Ideal spatial adaptation by wavelet shrinkage",
            "https://doi.org/10.1093/biomet/81.3.425",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.hardshrink", "keras": "keras.activations.hard_shrink"}
    kinks = "the value and the derivative at -lambd and at lambd are 0"

    @property
    def facts(self) -> Facts:
        return Facts(
            range=(-inf, inf),
            limits=(-inf, inf),
            smooth=-1,
            breaks=(-self.lambd, self.lambd),
            monotone=True,
            parity="odd",
        )

    def value(self, m: Math, x: T) -> T:
        return m.where(m.less(self.lambd, m.abs(x)), x, m.fill(x, 0.0))

    def derivative(self, m: Math, x: T) -> T:
        return m.step(m.abs(x) - self.lambd)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
