"""Errors in direct calls, in dtypes and in sweeps: (file, old, new, functions, tests)."""

DIRECT = "tests/kernels/test_calls.py tests/laws/test_losses.py"
SWEEP = "tests/accuracy"

CALLS = (
    ("src/slopes/backends/calls.py", 'definition.kind == "margin_loss"', "False", "hinge", DIRECT),
    (
        "src/slopes/backends/calls.py",
        "definition.predictions, definition",
        "(-1e9, 1e9), definition",
        "",
        DIRECT,
    ),
    (
        "src/slopes/api/loss.py",
        """and where is None and not parameters:
            result = self._direct.value""",
        """and not parameters:
            result = self._direct.value""",
        "mse",
        DIRECT,
    ),
    ("src/slopes/api/loss.py", "(w, mask): weighted(op, safe, w, mask)", "(w, mask): op", "mse", DIRECT),
    (
        "src/slopes/accuracy/formats.py",
        '(-126, 127)),\n        Format("float32"',
        '(-14, 15)),\n        Format("float32"',
        "",
        SWEEP,
    ),
    ("src/slopes/accuracy/inputs.py", "last + 1, every,", "last + 1, every + 1,", "", SWEEP),
    ("src/slopes/accuracy/inputs.py", "min((block + 1) * BLOCK", "min((block + 1) * BLOCK - 1", "", SWEEP),
    ("src/slopes/accuracy/sweep.py", "(~near, near)", "(near, ~near)", "", SWEEP),
    ("src/slopes/accuracy/sweep.py", "error > known.ulps - SLACK", "error > known.ulps + 9", "", SWEEP),
)
