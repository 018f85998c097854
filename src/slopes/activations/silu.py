"""SiLU: the input, gated by its own sigmoid."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class SiLU(Activation):
    """The sigmoid linear unit x sigmoid(beta x), also called Swish.

    Examples
    --------
    >>> import slopes
    >>> slopes.silu(1.0)
    0.7310585786300049
    >>> slopes.silu.derivative(0.0)
    0.5
    """

    beta: float = parameter(1.0, "how sharp the gate is", also=(2.0, -0.5, 0.0), learnable=True)

    formula = "x / (1 + exp(-beta * x))"
    aliases = ("swish", "sigmoid_linear_unit")
    papers = (
        Paper(
            "Elfwing, Uchibe and Doya",
            2017,
            "Sigmoid-weighted linear units for neural network function approximation",
            "https://arxiv.org/abs/1702.03118",
        ),
        Paper(
            "Ramachandran, Zoph and Le",
            2017,
            "Searching for activation functions",
            "https://arxiv.org/abs/1710.05941",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.silu",
        "jax": "jax.nn.silu",
        "keras": "keras.activations.silu",
        "tensorflow": "tensorflow.nn.silu",
        "onnx": "Swish",
        "mlx": "mlx.nn.silu",
    }

    @property
    def facts(self) -> Facts:
        if self.beta == 0:
            return Facts(
                range=(-inf, inf), limits=(-inf, inf), monotone=True, convex=True, parity="odd", lipschitz=0.5
            )
        dip = -0.2784645427610738 / self.beta
        return Facts(
            range=(dip, inf) if self.beta > 0 else (-inf, dip),
            limits=(0, inf) if self.beta > 0 else (-inf, 0),
            lipschitz=1.0998393201288669,
        )

    def value(self, m: Math, x: T) -> T:
        return m.sigmoid_times(x, m.times(self.beta, x))

    def derivative(self, m: Math, x: T) -> T:
        u = m.times(self.beta, x)
        return m.sigmoid_times(1 + m.sigmoid_times(u, -u), u)

    def second_derivative(self, m: Math, x: T) -> T:
        u = m.times(self.beta, x)
        bend = 2 - u * m.tanh(0.5 * u)
        return m.sigmoid_times(m.sigmoid_times(self.beta * bend, u), -u)

    def parameter_derivative(self, m: Math, x: T, name: str) -> T:
        u = m.times(self.beta, x)
        return m.sigmoid_times(m.sigmoid_times(x * x, u), -u)
