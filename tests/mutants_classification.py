"""Errors planted in the losses of a row and in what they rest on."""

#: (file of losses/, old, new), to be noticed by the laws
_IN_LOSSES = [
    ("focusing", "2 * gamma - gamma * loss", "gamma - gamma * loss"),
    ("focusing", "m.sigmoid_times(m.power(s, gamma) * inner, z)", "m.power(s, gamma) * inner * m.sigmoid(z)"),
    ("log_probability", "c.p * elsewhere - c.rest", "c.p * elsewhere + c.rest"),
    ("log_probability", "- m.row_sum(g) * c.p * along", ""),
    ("log_probability", "g * s.rest - s.p * others", "g - s.p * m.row_sum(g)"),
    ("log_probability", "m.where(s.top, s.rest, 1 - s.p)", "1 - s.p"),
    ("poly1", "-self.epsilon * c.p", "self.epsilon * c.p"),
    ("poly1", "self.epsilon <= 1", "self.epsilon <= 9"),
    ("categorical_focal", "2 * c.p + (self", "c.p + (self"),
    ("categorical_focal", "(1 + self.gamma * self._pull(m, c))", "(1 + self._pull(m, c))"),
    ("generalized_cross_entropy", "-m.expm1(-self.exponent * c.surprise)", "(1 - self._power(m, c))"),
    ("generalized_cross_entropy", "m.power(c.p, self.exponent)", "far"),
    ("symmetric_cross_entropy", "self.beta * self.log_zero * c.p - self.alpha", "-self.alpha"),
    ("taylor_cross_entropy", "powers = 1 + c.rest * powers", "powers = c.rest * powers"),
    ("kl_divergence", "m.times(q, m.log(q))", "(q * m.log(q))"),
    ("kl_divergence", "(1 - x)", "(-x)"),
    ("categorical_hinge", "m.step(m.row_max(excess)) * ", ""),
    ("categorical_hinge", "m.where(m.less(0.0, q), m.fill(x, 0.0), 1 +", "m.where(m.less(1.0, q), x, 1 +"),
    ("multi_margin", "2 * m.step(self._excess", "m.step(self._excess"),
    ("multi_margin", "self.margin + (x", "1 + (x"),
    ("multilabel_soft_margin", "BINARY.hessian(m, x, q) / self._classes(m, x)", "BINARY.hessian(m, x, q)"),
    ("coral", "BINARY.hessian(m, x, q) * tangent", "BINARY.hessian(m, x, q)"),
    ("fenchel_young", "m.where(top, m.row_sum(m.where(top, 0.0, s)), m.row_sum(s) - s)", "m.row_sum(s) - s"),
    ("fenchel_young", "(1 - q) - m.row_sum(m.where(top, 0.0, p))", "p - q + 0 * m.row_sum(p)"),
    ("fenchel_young", "m.power(p, 2 - self.power)", "m.power(p, self.power - 1)"),
    ("fenchel_young", " + short + entropies", " + entropies"),
    ("js_divergence", "+ 0.5 * (1 - d))", ")"),
    ("js_divergence", "m.less(d, -0.5)", "m.less(d, -2.0)"),
    ("js_divergence", "m.where(m.less(m.abs(d), 0.5), near, far)", "near"),
    ("total_variation", "range=(0, 1)", "range=(0, 2)"),
    ("cumulative_logit", "* w * (1 + w)", "* w * w"),
    ("cumulative_logit", "m.minimum(a, 0.0)", "a"),
    ("cumulative_logit", "(upper - lower) * m.row_sum", "(upper + lower) * m.row_sum"),
    ("cumulative_probit", "m.where(m.less(-30.0, high), near, far)", "far"),
    ("cumulative_probit", "own - at_upper * at_lower * across", "own + at_upper * at_lower * across"),
    ("corn", "return q + m.where(m.row_argmax(no), no, m.fill(q, 0.0))", "return q"),
    (
        "logit_options",
        "2 * self.weight * m.row_sum(q) * _normaliser",
        "self.weight * m.row_sum(q) * _normaliser",
    ),
    ("logit_options", "inner + outer\n\n    def hvp", "inner\n\n    def hvp"),
]
#: (file of slopes/, old, new), to be noticed by the tests of the calls
_IN_CALLS = [
    ("losses/cumulative_probit.py", "m.mills_excess(high) + mills * less", "high + at_high"),
    ("core/rows.py", "return self.factor(m, target) * result if outside", "return result if outside"),
    ("core/rows.py", "m.below(target, x) if self.loss.targets", "m.one_hot(target, x) if self.loss.targets"),
    ("core/rows.py", "+ w * loss.value(m, x, q)", ""),
    (
        "api/row_loss.py",
        "self.known = self.classes + (definition",
        "self.known = self.classes + 0 * (definition",
    ),
    (
        "api/row_loss.py",
        "self.backend.concatenate(list(columns)), 0, -2",
        "self.backend.concatenate(list(columns)), 0, 0",
    ),
    ("api/curvature.py", 'if reduction == "mean" else None', 'if reduction == "sum" else None'),
    (
        "losses/logit_options.py",
        "gauss_newton(m, self._capped(m, x), q, slope * tangent)",
        "gauss_newton(m, self._capped(m, x), q, tangent)",
    ),
]

#: losses whose laws notice an error in what they share
_SHARING = {
    "log_probability": "poly1,categorical_focal",
    "logit_options": "cross_entropy",
    "fenchel_young": "entmax_loss",
    "focusing": "focal",
}
_CALLED = "tests/api/test_targets.py tests/api/test_curvature.py tests/api/test_torch_gradients.py"
#: the fields of each `Mutant`
CLASSIFICATION = [
    *((f"src/slopes/losses/{name}.py", old, new, _SHARING.get(name, name)) for name, old, new in _IN_LOSSES),
    *((f"src/slopes/{file}", old, new, "", _CALLED) for file, old, new in _IN_CALLS),
]
