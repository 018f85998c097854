"""Hard tanh: the input, cut off on both sides."""

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class HardTanh(Activation):
    """The input, cut off at `min_value` and `max_value`.

    Examples
    --------
    >>> import slopes
    >>> slopes.hard_tanh(-3.0), slopes.hard_tanh(0.5)
    (-1.0, 0.5)
    """

    min_value: float = parameter(-1.0, "the smallest value", at_most=0, also=(0.0, -0.5))
    max_value: float = parameter(1.0, "the largest value", above=0, also=(2.0,))

    formula = "min(max(x, min_value), max_value)"
    aliases = ("hardtanh",)
    papers = (
        Paper(
            "Collobert, Weston, Bottou, Karlen, Kavukcuoglu and Kuksa",
            2011,
            "Natural language processing (almost) from scratch",
            "https://arxiv.org/abs/1103.0398",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.hardtanh",
        "jax": "jax.nn.hard_tanh",
        "keras": "keras.activations.hard_tanh",
    }
    kinks = "the derivative at min_value and at max_value is 0"

    @property
    def facts(self) -> Facts:
        ends = (self.min_value, self.max_value)
        odd = self.max_value == -self.min_value
        return Facts(
            range=ends,
            limits=ends,
            smooth=0,
            breaks=ends,
            monotone=True,
            parity="odd" if odd else "",
            lipschitz=1,
        )

    def value(self, m: Math, x: T) -> T:
        return m.minimum(m.maximum(x, self.min_value), self.max_value)

    def derivative(self, m: Math, x: T) -> T:
        return m.step(x - self.min_value) * m.step(self.max_value - x)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
