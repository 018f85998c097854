"""Sine: the periodic activation of networks that represent signals."""

from slopes.core import Activation, Facts, Math, Paper, T


class Sine(Activation):
    """The sine of the input. SIREN multiplies by a frequency, 30 at first, before it.

    Examples
    --------
    >>> import slopes
    >>> slopes.sine(0.5)
    0.479425538604203
    """

    formula = "sin(x)"
    aliases = ("sin", "siren")
    papers = (
        Paper(
            "Sitzmann, Martel, Bergman, Lindell and Wetzstein",
            2020,
            "Implicit neural representations with periodic activation functions",
            "https://arxiv.org/abs/2006.09661",
        ),
    )
    elsewhere = {"torch": "torch.sin", "jax": "jax.numpy.sin", "numpy": "numpy.sin"}
    facts = Facts(range=(-1, 1), limits=None, parity="odd", lipschitz=1)

    def value(self, m: Math, x: T) -> T:
        return m.sin(x)

    def derivative(self, m: Math, x: T) -> T:
        return m.cos(x)

    def second_derivative(self, m: Math, x: T) -> T:
        return -m.sin(x)
