"""Leaky ReLU: the positive part, and a small fixed share of the negative one."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class LeakyReLU(Activation):
    """The input where it is positive, and `negative_slope` times it elsewhere.

    Examples
    --------
    >>> import slopes
    >>> slopes.leaky_relu(-2.0, negative_slope=0.25)
    -0.5
    """

    negative_slope: float = parameter(0.01, "slope for negative inputs", at_least=0, below=1, also=(0.0, 0.2))

    formula = "x if x > 0 else negative_slope * x"
    aliases = ("lrelu",)
    papers = (
        Paper(
            "Maas, Hannun and Ng",
            2013,
            "Rectifier nonlinearities improve neural network acoustic models",
            "https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.leaky_relu",
        "jax": "jax.nn.leaky_relu",
        "keras": "keras.activations.leaky_relu",
        "tensorflow": "tensorflow.nn.leaky_relu",
        "onnx": "LeakyRelu",
        "mlx": "mlx.nn.leaky_relu",
    }
    kinks = "the derivative at 0 is negative_slope"

    @property
    def facts(self) -> Facts:
        low = -inf if self.negative_slope else 0
        return Facts(
            range=(low, inf),
            limits=(low, inf),
            smooth=0,
            breaks=(0.0,),
            monotone=True,
            convex=True,
            lipschitz=1,
        )

    def value(self, m: Math, x: T) -> T:
        return m.where(m.less(0.0, x), x, m.times(self.negative_slope, x))

    def derivative(self, m: Math, x: T) -> T:
        return m.step(x) + self.negative_slope * (1.0 - m.step(x))

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
