"""Softsign: the input over one more than its size."""

from slopes.core import Activation, Facts, Math, Paper, T


class Softsign(Activation):
    """The sigmoid x / (1 + |x|), which saturates more slowly than tanh.

    Examples
    --------
    >>> import slopes
    >>> slopes.softsign(3.0)
    0.75
    """

    formula = "x / (1 + abs(x))"
    aliases = ("soft_sign",)
    papers = (
        Paper(
            "Glorot and Bengio",
            2010,
            "Understanding the difficulty of training deep feedforward neural networks",
            "https://proceedings.mlr.press/v9/glorot10a.html",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.softsign",
        "jax": "jax.nn.soft_sign",
        "keras": "keras.activations.softsign",
    }
    kinks = "the second derivative at 0 is 0"
    facts = Facts(
        range=(-1, 1), limits=(-1, 1), smooth=1, breaks=(0.0,), monotone=True, parity="odd", lipschitz=1
    )

    def value(self, m: Math, x: T) -> T:
        a = m.abs(x)
        far = m.sign(x) / (1 + 1 / m.maximum(a, 1.0))  # no inf / inf
        return m.where(m.less(a, 1.0), x / (1 + a), far)

    def derivative(self, m: Math, x: T) -> T:
        s = 1 / (1 + m.abs(x))
        return s * s  # (1 + |x|)^2 would overflow first

    def second_derivative(self, m: Math, x: T) -> T:
        s = 1 / (1 + m.abs(x))
        return -2 * m.sign(x) * s * s * s
