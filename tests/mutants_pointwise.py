"""Errors in the losses of a residual, a margin or one prediction and one target: (file, (old, new), ...)."""

POINTWISE = (
    (
        "losses/pseudo_huber",
        ("(u / (m.sqrt(1 + u * u) + 1))", "(m.sqrt(1 + u * u) - 1) / u"),
        ("FAR = 1e17", "FAR = 1e300"),
    ),
    ("losses/cauchy", ("m.minimum(a, scale) / m.maximum(a, scale)", "a / scale")),
    (
        "losses/tukey_biweight",
        ("(self.scale - a) * (self.scale + a) / self.scale / self.scale", "1 - self._square(m, r)"),
    ),
    (
        "losses/hampel",
        ("breaks=(-self.c, -self.b, -self.a, self.a, self.b, self.c)", "breaks=(-self.c, self.c)"),
    ),
    ("activations/log_cosh_activation", ("m.where(m.less(a, 1.0), near, far)", "far")),
    (
        "losses/fair",
        ("breaks=(0.0,)", "breaks=(1.0,)"),
        ("m.log1p_excess(u.small)", "(u.small - m.log1p(u.small))"),
    ),
    ("losses/welsch", ("m.expm1(-u * u)", "(m.exp(-u * u) - 1)")),
    ("losses/lp", ("ceil(self.power) - 1", "ceil(self.power)")),
    ("losses/gamma_deviance", ("strict = True", "strict = False"), ("m.log1p_excess(v)", "(v - m.log1p(v))")),
    ("losses/msle", ("m.log1p(m.maximum(u, -0.5))", "m.log(p / t)")),
    ("losses/poisson_nll", ("m.exp(z) - t\n", "m.exp(z) + t\n")),
    ("losses/smape", ("m.less(0.0, m.sign(p) * m.sign(t)), slope", "m.less(0.0, m.fill(p, 1.0)), slope")),
    (
        "losses/barron",
        ("m.less(1.0, half * log), grown, beside", "m.less(half * log, 1.0), grown, beside"),
        ("(square + (self.alpha - 1))", "(square + self.alpha - 1)"),
    ),
    (
        "losses/asymmetric",
        ("- first * m.tanh(0.5 * z)", "+ first * m.tanh(0.5 * z)"),
        ("/ rest) / rest)", "/ rest))"),
    ),
    (
        "losses/tweedie_deviance",
        ("m.where(m.less(m.abs(u), FAR), near, far)", "far"),
        ("m.where(m.equal(t, 0.0), rising, both)", "both"),
    ),
    ("activations/acon_c", ("1 - m.sigmoid_times(u, u)), -u)\n\n", "1 + m.sigmoid_times(u, u)), -u)\n\n")),
    (
        "activations/logit",
        ("m.where(m.less(low, 0.25), outer, middle)", "outer"),
        ("m.less(low, 0.25)", "m.less(low, 0.0)"),
        (
            "m.where(m.less(product, 0.0), m.sqrt(product), 1 / m.abs(product))  # NaN outside",
            "1 / m.abs(product)",
        ),
    ),
    ("losses/binary_poly1", ("(t * q + (1 - t) * s)", "(t * s + (1 - t) * q)")),
    ("losses/soft_margin", ("m.maximum(-z, 0.0) + m.log1p(m.exp(-m.abs(z)))", "m.log1p(m.exp(-z))")),
)
