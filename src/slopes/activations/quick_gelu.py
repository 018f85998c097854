"""Quick GELU: GELU by a sigmoid."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T

STEEP = 1.702


class QuickGELU(Activation):
    """The sigmoid approximation of GELU, x sigmoid(1.702 x), as CLIP uses it; SiLU at beta 1.702.

    Examples
    --------
    >>> import slopes
    >>> slopes.quick_gelu(1.0)
    0.8457957659328...
    """

    formula = "x / (1 + exp(-1.702 * x))"
    aliases = ("gelu_quick", "gelu_fast_approx", "gelu_sigmoid")
    papers = (
        Paper(
            "Hendrycks and Gimpel",
            2016,
            "Gaussian error linear units (GELUs)",
            "https://arxiv.org/abs/1606.08415",
        ),
    )
    elsewhere = {"transformers": "transformers.activations.QuickGELUActivation"}
    facts = Facts(range=(-0.2784645427610738 / STEEP, inf), limits=(0, inf), lipschitz=1.0998393201288669)

    def value(self, m: Math, x: T) -> T:
        return m.sigmoid_times(x, STEEP * x)

    def derivative(self, m: Math, x: T) -> T:
        u = STEEP * x
        return m.sigmoid_times(1 + m.sigmoid_times(u, -u), u)

    def second_derivative(self, m: Math, x: T) -> T:
        u = STEEP * x
        return m.sigmoid_times(m.sigmoid_times(STEEP * (2 - u * m.tanh(0.5 * u)), u), -u)
