"""Errors in the catalogue's activations and the words they need."""

#: file under src/slopes, old, new, functions
ERRORS = (
    ("activations/mish.py", "2 + 2 * z + z * z", "2 + 2 * z + 2 * z * z", "mish"),
    ("activations/squareplus.py", "0.25 * self.b / h, h)", "h + x, h)", "squareplus"),
    ("activations/hard_swish.py", "(1 - m.step(3 - x))", "m.step(x - 3)", "hard_swish"),
    ("activations/elu.py", "m.expm1(m.minimum(x, 0.0))", "(m.exp(m.minimum(x, 0.0)) - 1)", "elu"),
    ("activations/selu.py", "1.6732632423543772\n", "1.67326324235438\n", "selu"),
    ("activations/glu.py", "cotangent * slope * u,", "cotangent * slope * t,", "glu"),
    ("activations/entmax.py", "(1 - 1 / q)", "(1 / q)", "entmax"),
    ("activations/entmax15.py", "0.5 * m.step(r)", "m.step(r)", "entmax15"),
    ("activations/arctan.py", "1 / t / t", "1 / (t * t)", "arctan"),
    (
        "activations/quotient_of_polynomials.py",
        "lambda i, j: 1 - i + j",
        "lambda i, j: 1 - i - j",
        "rational",
    ),
    ("activations/quotient_of_polynomials.py", "m.maximum(m.abs(t), TINY)", "m.abs(t)", "rational"),
    (
        "activations/quotient_of_polynomials.py",
        "max(1, order(q, r)) + order(n, r)",
        "1 + order(n, r)",
        "rational",
    ),
    (
        "activations/quotient_of_polynomials.py",
        "sign * at(q, Fraction(r)) >= 0]",
        "at(q, Fraction(r)) >= 0]",
        "rational",
    ),
    ("activations/quotient_of_polynomials.py", "m.times(a[5], ", "(a[5] * ", "rational"),
    ("core/polynomials.py", "if low % 2 else others", "", "rational"),
    ("api/gain.py", "np.sqrt(2 * np.pi)", "2 * np.pi", "relu"),
)
