"""ReLU: the positive part."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class ReLU(Activation):
    """The rectified linear unit max(x, 0).

    Examples
    --------
    >>> import slopes
    >>> slopes.relu(-2.0), slopes.relu(3.0)
    (0.0, 3.0)
    """

    formula = "max(x, 0)"
    aliases = ("rectifier", "ramp")
    papers = (
        Paper(
            "Nair and Hinton",
            2010,
            "Rectified linear units improve restricted Boltzmann machines",
            "https://icml.cc/Conferences/2010/papers/432.pdf",
        ),
    )
    elsewhere = {
        "torch": "torch.relu",
        "jax": "jax.nn.relu",
        "keras": "keras.activations.relu",
        "tensorflow": "tensorflow.nn.relu",
        "onnx": "Relu",
        "mlx": "mlx.nn.relu",
    }
    kinks = "the derivative at 0 is 0"
    facts = Facts(
        range=(0, inf), limits=(0, inf), smooth=0, breaks=(0.0,), monotone=True, convex=True, lipschitz=1
    )

    def value(self, m: Math, x: T) -> T:
        return m.maximum(x, 0.0)

    def derivative(self, m: Math, x: T) -> T:
        return m.step(x)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
