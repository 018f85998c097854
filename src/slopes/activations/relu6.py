"""ReLU6: the positive part, cut off at 6."""

from slopes.core import Activation, Facts, Math, Paper, T


class ReLU6(Activation):
    """The rectifier that saturates, min(max(x, 0), 6), made for arithmetic of few bits.

    Examples
    --------
    >>> import slopes
    >>> slopes.relu6(-1.0), slopes.relu6(4.0), slopes.relu6(9.0)
    (0.0, 4.0, 6.0)
    """

    formula = "min(max(x, 0), 6)"
    papers = (
        Paper(
            "Howard, Zhu, Chen, Kalenichenko, Wang, Weyand, Andreetto and Adam",
            2017,
            "MobileNets: efficient convolutional neural networks for mobile vision applications",
            "https://arxiv.org/abs/1704.04861",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.relu6",
        "jax": "jax.nn.relu6",
        "keras": "keras.activations.relu6",
    }
    kinks = "the derivative at 0 and at 6 is 0"
    facts = Facts(range=(0, 6), limits=(0, 6), smooth=0, breaks=(0.0, 6.0), monotone=True, lipschitz=1)

    def value(self, m: Math, x: T) -> T:
        return m.minimum(m.maximum(x, 0.0), 6.0)

    def derivative(self, m: Math, x: T) -> T:
        return m.step(x) * m.step(6 - x)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
