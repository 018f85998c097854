"""Errors planted in the doctor (sources, calls, words): file, old, new, functions, tests."""

TESTS = "tests/doctor/test_static.py"
PAIRS, OURS = "tests/doctor/test_pairs.py", "src/slopes/doctor/watching_slopes.py"
ROOM = "src/slopes/doctor/static/"

STATIC = (
    (ROOM + "values.py", "if path and step.op not in RESHAPING:", "if path:", "", TESTS),
    (ROOM + "expressions.py", "or self.depth > owner.depth:", "or False:", "", TESTS),
    (ROOM + "expressions.py", "owner.items[:] = [UNKNOWN]", "pass", "", TESTS),
    (ROOM + "expressions.py", "and all(each == found[0] for each in found)", "", "", TESTS),
    (ROOM + "interpreter.py", "elif left == left_too:", "elif False:", "", TESTS),
    (ROOM + "interpreter.py", "_same(before.get(name, value), value)", "value", "", TESTS),
    (ROOM + "interpreter.py", 'self.name("__file__"))), get', 'self.globals["__file__"])), get', "", TESTS),
    (ROOM + "library.py", 'Const(False)\n    logits', 'UNKNOWN\n    logits', "", TESTS),
    (ROOM + "library.py", "second if not isinstance(second, Const)", "second if False", "", TESTS),
    (ROOM + "rules.py", "before.size < after.size", "False", "", TESTS),
    (ROOM + "rules.py", "and last.axis in (None, 1, -1)", "", "", TESTS),
    (ROOM + "rules.py", "several = c is not None and c > 2", "several = True", "", TESTS),
    (OURS, "if not target.numel() or (not rows and prediction.shape != target.shape):",
     "if not target.numel():", "", PAIRS),
    ("src/slopes/doctor/watching_torch.py", "if func is F.kl_div:", "if False:", "", PAIRS),
    ("src/slopes/doctor/languages.py", "say(v, language) if isinstance(v, Text) else v", "v", "",
     "tests/doctor/test_languages.py"),
)  # fmt: skip
