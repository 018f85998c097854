"""GELU by its tanh approximation, as GPT-2 and BERT use it."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T

CUBIC = 0.044715


class GELUTanh(Activation):
    """The tanh approximation of GELU, x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2.

    Examples
    --------
    >>> import slopes
    >>> slopes.gelu_tanh(1.0)
    0.8411919906082768
    """

    formula = "x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))) / 2"
    aliases = ("gelu_new", "gelu_approximate", "gelu_approx")
    papers = (
        Paper(
            "Hendrycks and Gimpel",
            2016,
            "Gaussian error linear units (GELUs)",
            "https://arxiv.org/abs/1606.08415",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.gelu(approximate='tanh')",
        "jax": "jax.nn.gelu",
        "keras": "keras.activations.gelu(approximate=True)",
        "tensorflow": "tensorflow.nn.gelu(approximate=True)",
        "onnx": "Gelu(approximate='tanh')",
        "mlx": "mlx.nn.gelu_approx",
    }
    facts = Facts(range=(-0.17004075057125406, inf), limits=(0, inf), lipschitz=1.1289930686587718)

    def value(self, m: Math, x: T) -> T:
        return m.sigmoid_times(x, self._gate(m, x))  # (1 + tanh(u / 2)) / 2 = sigmoid(u)

    def derivative(self, m: Math, x: T) -> T:
        u = self._gate(m, x)
        steep = 2 * m.root_two_over_pi() * x * (1 + 3 * CUBIC * x * x)  # x u'
        return m.sigmoid_times(1 + m.sigmoid_times(steep, -u), u)

    def second_derivative(self, m: Math, x: T) -> T:
        u, cubic = self._gate(m, x), 1 + 3 * CUBIC * x * x
        slope = 2 * m.root_two_over_pi() * cubic  # u'
        bend = slope * (4 - 2 / cubic - x * slope * m.tanh(0.5 * u))  # no inf - inf at infinity
        return m.sigmoid_times(m.sigmoid_times(bend, u), -u)

    def _gate(self, m: Math, x: T) -> T:
        return 2 * m.root_two_over_pi() * x * (1 + CUBIC * x * x)
