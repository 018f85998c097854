"""PReLU: a leaky ReLU whose slope is learned."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T, parameter


class PReLU(Activation):
    """The input where it is positive, and a learned `slope` times it elsewhere.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> slopes.prelu(np.array([-2.0, 3.0]), slope=np.array([0.5, 0.1]))
    array([-1.,  3.])
    >>> slopes.prelu.parameter_derivative(np.array([-2.0, 3.0]), "slope")
    array([-2.,  0.])
    """

    slope: float = parameter(0.25, "learned slope for negative inputs", also=(0.0, -0.5), learnable=True)

    formula = "x if x > 0 else slope * x"
    aliases = ("parametric_relu",)
    papers = (
        Paper(
            "He, Zhang, Ren and Sun",
            2015,
            "Delving deep into rectifiers: surpassing human-level performance on ImageNet",
            "https://arxiv.org/abs/1502.01852",
        ),
    )
    elsewhere = {
        "torch": "torch.nn.functional.prelu",
        "flax": "flax.linen.PReLU",
        "keras": "keras.layers.PReLU",
        "onnx": "PRelu",
        "mlx": "mlx.nn.PReLU",
    }
    kinks = "the derivative at 0 is slope"
    trains = True

    @property
    def facts(self) -> Facts:
        at_left = -inf if self.slope > 0 else inf if self.slope < 0 else 0
        return Facts(
            range=(min(at_left, 0), inf),
            limits=(at_left, inf),
            smooth=0,
            breaks=(0.0,),
            monotone=self.slope >= 0,
            convex=True,
            lipschitz=1,
        )

    def value(self, m: Math, x: T) -> T:
        return m.where(m.less(0.0, x), x, m.times(self.slope, x))

    def derivative(self, m: Math, x: T) -> T:
        return m.step(x) + self.slope * (1.0 - m.step(x))

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)

    def parameter_derivative(self, m: Math, x: T, name: str) -> T:
        return m.minimum(x, 0.0)
