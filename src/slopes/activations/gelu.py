"""GELU: the input, gated by the normal distribution function."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class GELU(Activation):
    """The Gaussian error linear unit x Phi(x), exact (by erf), not the tanh approximation.

    Examples
    --------
    >>> import slopes
    >>> slopes.gelu(1.0)
    0.8413447460685429
    >>> slopes.gelu(-10.0)  # 1 + erf(x / sqrt(2)) would be 0 here
    -7.61985302416052...e-23
    """

    formula = "x * (1 + erf(x / sqrt(2))) / 2"
    aliases = ("gelu_erf", "gaussian_error_linear_unit")
    papers = (
        Paper(
            "Hendrycks and Gimpel",
            2016,
            "Gaussian error linear units (GELUs)",
            "https://arxiv.org/abs/1606.08415",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.gelu",
        "jax": "jax.nn.gelu(approximate=False)",
        "keras": "keras.activations.gelu",
        "tensorflow": "tensorflow.nn.gelu",
        "onnx": "Gelu",
        "mlx": "mlx.nn.gelu",
    }
    facts = Facts(range=(-0.16997120747990366, inf), limits=(0, inf), lipschitz=1.1289041451851548)

    def value(self, m: Math, x: T) -> T:
        return m.ndtr_times(x, x)

    def derivative(self, m: Math, x: T) -> T:
        return m.ndtr_times(1.0, x) + m.normal_times(x, x)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.normal_times(2 - x * x, x)
