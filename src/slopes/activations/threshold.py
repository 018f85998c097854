"""Threshold: the input where it exceeds a threshold, a constant elsewhere."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class Threshold(Activation):
    """The input where it is above `threshold`, and `replacement` elsewhere.

    PyTorch calls the replacement `value` and has no defaults; Keras calls the threshold `theta`.

    Examples
    --------
    >>> import slopes
    >>> slopes.threshold(0.5), slopes.threshold(2.0)
    (0.0, 2.0)
    """

    threshold: float = parameter(1.0, "what the input must exceed", also=(-0.5, 0.0))
    replacement: float = parameter(0.0, "the value elsewhere", also=(2.0, 1.0))

    formula = "x if x > threshold else replacement"
    aliases = ("thresholded_relu",)
    papers = (
        Paper(
            "Konda, Memisevic and Krueger",
            2015,
            "Zero-bias autoencoders and the benefits of co-adapting features",
            "https://arxiv.org/abs/1402.3337",
        ),
    )
    elsewhere = {"torch": "torch.nn.functional.threshold"}
    kinks = "at the threshold the value is replacement and the derivative 0"

    @property
    def facts(self) -> Facts:
        joined = self.replacement == self.threshold
        return Facts(
            range=(min(self.threshold, self.replacement), inf),
            limits=(self.replacement, inf),
            smooth=0 if joined else -1,
            breaks=(self.threshold,),
            monotone=self.replacement <= self.threshold,
            convex=joined,
            lipschitz=1 if joined else inf,
        )

    def value(self, m: Math, x: T) -> T:
        return m.where(m.less(self.threshold, x), x, m.fill(x, self.replacement))

    def derivative(self, m: Math, x: T) -> T:
        return m.step(x - self.threshold)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
