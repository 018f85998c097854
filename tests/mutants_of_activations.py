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
    ("activations/aptx.py", "m.times(self.alpha - 1, y), -u", "(self.alpha - 1) * y, -u", "aptx"),
    ("activations/aptx.py", "beta=self.beta / self.gamma", "beta=self.beta", "aptx"),
    ("activations/bent_identity.py", "FAR = 1e17", "FAR = 1e300", "bent_identity"),
    ("activations/logish.py", "-80.0", "-20.0", "logish"),
    ("activations/phish.py", "m.less(x, -20.0)", "m.less(x, -2e300)", "phish"),
    (
        "activations/phish.py",
        "m.times(m.tanh(g) * steep * steep, x)",
        "m.tanh(g) * steep * steep * x",
        "phish",
    ),
    ("activations/soft_exponential.py", "m.less(u, -0.7)", "m.less(u, -70.0)", "soft_exponential"),
    ("activations/soft_exponential.py", "(1 - n) * (1 + n) - m.times(n, x)", "1 + w", "soft_exponential"),
    (
        "activations/soft_exponential.py",
        "m.where(m.less(rest, 0.0), m.sqrt(rest), rest)  #",
        "rest  #",
        "soft_exponential",
    ),
    ("activations/soft_exponential.py", "1 / a - a if", "1 / a + a if", "soft_exponential"),
    ("api/gain.py", "np.sqrt(2 * np.pi)", "2 * np.pi", "relu"),
)
