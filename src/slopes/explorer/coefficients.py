"""The library's polynomials as a script, for the words that JavaScript lacks."""

from collections.abc import Sequence

from slopes.backends import logarithm, mills, normal

#: name in the script -> what it is a polynomial of, and its coefficients, the constant first
POLYNOMIALS: dict[str, tuple[str, Sequence[float]]] = {
    "TAIL": (
        "(a + 5) (1 - Phi(a)) e^(a^2 / 2) in u = (a - 5) / (a + 5), for 0 <= a <= 40",
        mills.COEFFICIENTS,
    ),
    "EXCESS": ("(a + 5) (phi(a) / (1 - Phi(a)) - a) in the same u", normal.EXCESS),
    "ERF": ("erf(x) / x - 1 in x^2, for |x| <= 1", normal.ERF),
    "ARTANH": ("(artanh(s) / s - 1) / s^2 in s^2, for |s| <= 1/3", logarithm.ARTANH),
    "EXP": ("(e^x - 1 - x) / x^2, for -1 <= x <= 1.5", logarithm.EXP),
}


def text() -> str:
    """Return the text of `coefficients.js`."""
    return "\n".join(
        f"// {meaning}\nexport const {name} = {[*coefficients]!r};"
        for name, (meaning, coefficients) in POLYNOMIALS.items()
    )
