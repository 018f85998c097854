"""Errors planted in the trial on translation: file, old, new, functions, tests."""

FOLDER = "src/slopes/trial/problems/translation"
TESTS = "tests/trial/problems/translation"
RECURRENT = "src/slopes/trial/problems/recurrent.py"
NETWORK, PROBLEM, READERS = (f"{TESTS}/test_{name}.py" for name in ("network", "problem", "readers"))

TRANSLATION = (
    (
        RECURRENT,
        "torch.lerp(new, state, keep)",
        "torch.lerp(state, new, keep)",
        "",
        f"{TESTS}/../test_recurrent.py",
    ),
    (f"{FOLDER}/network.py", "lengths - 1 - places, places", "steps - 1 - places, places", "", PROBLEM),
    (f"{FOLDER}/network.py", "forward[lengths - 1, rows]", "forward[-1]", "", PROBLEM),
    (f"{FOLDER}/network.py", "(places < lengths).T)", "(places <= lengths).T)", "", PROBLEM),
    (f"{FOLDER}/problem.py", "batch.after != PADDING", "batch.after != UNKNOWN", "", PROBLEM),
    (f"{FOLDER}/problem.py", "longest = 1 + max", "longest = max", "", PROBLEM),
    (f"{FOLDER}/decoding.py", "worth[:, 0] = 0.0", "worth[:] = 0.0", "", NETWORK),
    (f"{FOLDER}/decoding.py", "longest**length_penalty <=", "length**length_penalty <=", "", NETWORK),
    (f"{FOLDER}/decoding.py", "states[0][origin]", "states[0]", "", NETWORK),
    (f"{FOLDER}/pairs.py", "pair[0].casefold()", "pair[0]", "", READERS),
    (f"{FOLDER}/scores.py", "else None for known", 'else "" for known', "", PROBLEM),
)
