"""Errors planted in losses of several arrays, in reverse mode and in what lays their arrays out."""

#: (file of losses/, old, new), to be noticed by the laws for that loss
_IN_LOSSES = [
    ("dice", "p * (1 - t) + t * (1 - p)", "p * (1 - t) + (1 - p)"),
    ("dice", "m.where(empty, 1.0, whole)", "whole"),
    ("generalized_dice", "size * size", "size"),
    ("jaccard", "p + t * (1 - p)", "p + t"),
    ("tversky", "alpha * (p * (1 - t))", "beta * (p * (1 - t))"),
    (
        "lovasz_hinge",
        "m.where(m.less(0.0, t), 1 / union, false)",
        "m.where(m.less(t, 1.0), 1 / union, false)",
    ),
    ("lovasz_hinge", "1.0, kept / (union", "1.0, (kept + t) / (1 + union"),
    ("lovasz_softmax", "occurs * each", "each"),
    ("iou", "areas[0] + areas[1] - overlap", "areas[0] + areas[1]"),
    ("giou", "hull - both.union, hull", "hull - both.union, both.union"),
    ("diou", "0.25 * (x * x", "0.5 * (x * x"),
    ("ciou", "1 - both.iou + v)", "1 + v)"),
    ("multi_resolution_stft", "/ length(m, b)", "/ length(m, a)"),
    ("cosine_embedding", "m.less(0.0, t)", "m.less(t, 0.0)"),
    ("contrastive", "(1 - t) * (lack * lack)", "(1 - t) * lack"),
    ("triplet_margin", "m.row_norm(a - n)", "m.row_norm(p - n)"),
    ("margin_ranking", "self.margin - t", "self.margin + t"),
    ("gaussian_nll", "r * (r / v)", "r / v"),
    ("laplace_nll", "m.log(2 * b)", "m.log(b)"),
    ("nt_xent", "m.transpose(across)", "across"),
    ("supervised_contrastive", "1 - own, 0.0", "1.0, 0.0"),
    ("arcface", "m.less(-m.cos(margin), c)", "m.less(m.cos(margin), c)"),
    ("arcface", "s * m.sin(margin)\n", "m.sin(margin)\n"),
    ("cosface", "self.margin * right", "self.margin"),
    ("multi_quantile", "(1 - levels) * excess", "levels * excess"),
    ("logit_adjusted", "x + self.tau", "x - self.tau"),
    ("ldam", "rarest / frequency", "frequency / rarest"),
    ("top_k_cross_entropy", "place - self.k)", "place - self.k - 1)"),
    ("multilabel_margin", "1 - m.transpose(t)", "m.transpose(t)"),
    ("circle", "1 + self.margin - s", "self.margin - s"),
    ("circle", "m.equal(tops[0] + tops[1], -inf)", "m.less(tops[0], -inf)"),
    ("rmsle", "1 + p, 1 + t", "p, t"),
    ("log_spectral", "10 * log_ratio", "20 * log_ratio"),
    ("pairwise_logistic", "m.minimum(ahead, 0.0)", "m.maximum(ahead, 0.0)"),
    ("snr", "20 * m.log", "10 * m.log"),
    ("si_sdr", "p - signal * u", "p - u"),
    ("si_sdr", 'scale=("prediction", "target")', 'scale=("target",)'),
]
#: (old, new) in core/adjoint.py, to be noticed by the rules' own laws
_IN_RULES = [
    ("-c * r / y", "-c * r"),
    ("c * m.step(y - x),", "c * m.step(x - y),"),
    ("c * (1 - m.step(x - y))", "c * m.step(y - x)"),
    ("turned = c - unit * m.row_sum(c * unit)", "turned = c"),
    ("return m.where(zero, m.fill(c, 0.0), c / (2 * m.where(zero, 1.0, root)))", "return c / (2 * root)"),
    ("m.matmul(c, m.transpose(y))", "m.matmul(c, y)"),
    ('"row_cumsum": (lambda m, c, r, x: m.row_cumsum_back(c),)', '"row_cumsum": (lambda m, c, r, x: c,)'),
    ("m.row_unsorted(key, c)", "m.row_sorted(key, c)"),
    ("part if known is None else known + part", "part"),
    ("self._math.sum_to(rule(", "(lambda c, _: c)(rule("),
]
#: (file of slopes/, old, new), to be noticed where losses are called
_IN_CALLS = [
    ("core/adjoint.py", "return m.where(m.equal(c, 0.0), c, c * r)", "return c * r"),
    ("api/array_loss.py", "if own != wanted:", "if len(own) != len(wanted):"),
    ("api/array_loss.py", "backend.widen(self.weight) * losses", "losses"),
    ("api/array_loss.py", "self.backend.where(mask, back, 0.0)", "back"),
    ("api/array_loss.py", 'if spec.domain == "class":', 'if spec.domain == "":'),
    ("api/layout.py", "if len(set(axes)) != len(axes) or not axes:", "if not axes:"),
    ("backends/numpy_arrays.py", "rows = x / scale", "rows = x"),
    (
        "backends/spectrum.py",
        "np.where((k == 0) | (2 * k == size), float(size), 0.5 * size)",
        "0.5 * size + 0 * k",
    ),
    ("backends/torch_arrays.py", "descending=True", "descending=False"),
]
#: (file of slopes/, old, new), to be noticed by the tests of CTC
_IN_CTC = [
    (
        "backends/lattice.py",
        "xp.where(states.skips, self._shifted(before, 2), -xp.inf)",
        "self._shifted(before, 2)",
    ),
    (
        "backends/lattice.py",
        "(t < states.frames)[:, None], after, before",
        "(t <= states.frames)[:, None], after, before",
    ),
    (
        "backends/lattice.py",
        "(t < states.frames)[:, None], before, end",
        "(t <= states.frames)[:, None], before, end",
    ),
    ("api/ctc.py", "xp.where(most, -xp.sum(others, -1)[..., None], others)", "p - occupied"),
    ("api/ctc.py", "(classes[:, 2:] != classes[:, :-2]) & (classes", "(classes"),
    ("api/ctc.py", "| (place == end - 1)", "| (place == 1)"),
]
_CALLED = "tests/laws/test_array_calls.py tests/laws/test_adjoint.py tests/api/test_array_losses.py"
_KNOWN = "tests/laws/test_array_losses.py tests/laws/test_array_calls.py tests/api/test_array_losses.py"
#: the fields of each `Mutant`
ARRAYS = [
    *((f"src/slopes/losses/{name}.py", old, new, name, _KNOWN) for name, old, new in _IN_LOSSES),
    *(("src/slopes/core/adjoint.py", old, new, "", "tests/laws/test_adjoint.py") for old, new in _IN_RULES),
    *((f"src/slopes/{file}", old, new, "", _CALLED) for file, old, new in _IN_CALLS),
    (
        "src/slopes/losses/spectra.py",
        "m.maximum(m.hypot(even, odd), ",
        "m.hypot(m.hypot(even, odd), ",
        "multi_resolution_stft",
        _KNOWN,
    ),
    *((f"src/slopes/{file}", old, new, "", "tests/api/test_ctc.py") for file, old, new in _IN_CTC),
]
