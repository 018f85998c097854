"""Binary step: whether the input is positive."""

from math import inf

from slopes.core import Activation, Facts, Math, Paper, T


class BinaryStep(Activation):
    """The threshold unit of the first artificial neuron: 1 for positive inputs, 0 elsewhere.

    Its derivative is 0, so nothing before it learns by gradients. Libraries differ at 0, where it is 0 here.

    Examples
    --------
    >>> import slopes
    >>> slopes.binary_step(-0.1), slopes.binary_step(0.1)
    (0.0, 1.0)
    """

    formula = "1 if x > 0 else 0"
    aliases = ("heaviside", "heaviside_step", "unit_step")
    papers = (
        Paper(
            "McCulloch and Pitts",
            1943,
            "A logical calculus of the ideas immanent in nervous activity",
            "https://doi.org/10.1007/BF02478259",
        ),
    )
    kinks = "the value at 0 is 0"
    facts = Facts(range=(0, 1), limits=(0, 1), smooth=-1, breaks=(0.0,), monotone=True, lipschitz=inf)

    def value(self, m: Math, x: T) -> T:
        return m.step(x)

    def derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)

    def second_derivative(self, m: Math, x: T) -> T:
        return m.fill(x, 0.0)
