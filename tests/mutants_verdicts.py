"""Errors planted in what a trial concludes: file, old, new, functions, tests."""

ROOM = "src/slopes/trial/"
VERDICTS = "tests/trial/test_verdicts.py"
STATISTICS = "tests/trial/test_statistics.py"
OUTCOME = "tests/trial/test_outcome.py"
REPORT = "tests/trial/test_report.py"

CONCLUDING = (
    (ROOM + "statistics.py", "(len(known) - place) * known[name]", "known[name]", "", STATISTICS),
    (ROOM + "statistics.py", "largest = max(largest, min(1.0", "largest = max(0.0, min(1.0", "", STATISTICS),
    (ROOM + "statistics.py", "FAMILY_ERROR * seeds / sum(looks)", "FAMILY_ERROR", "", STATISTICS),
    (ROOM + "statistics.py", "2 * special.stdtr", "special.stdtr", "", STATISTICS),
    (ROOM + "statistics.py", "abs(values.sum()) - _SAME", "abs(values.sum()) + _SAME", "", STATISTICS),
    (ROOM + "verdicts.py", "family=len(family),", "", "", VERDICTS),
    (ROOM + "verdicts.py", "corrected[candidate] <= level", "corrected[candidate] <= 0.05", "", VERDICTS),
    (ROOM + "verdicts.py", "return not _failures(own) if", "return True if", "", VERDICTS),
    (ROOM + "verdicts.py", "else not _failures(baseline)", "else True", "", VERDICTS),
    (ROOM + "verdicts.py", 'in ("same", "unknown")]', 'in ("same", "unknown", "failed")]', "", VERDICTS),
    (ROOM + "verdicts.py", "level / len(p_values)", "level", "", VERDICTS),
    (ROOM + "outcome.py", "sign = 1 if metric.higher_is_better else -1", "sign = 1", "", OUTCOME),
    (ROOM + "plotly_charts.py", '.replace("</", "<\\\\/")', "", "", REPORT),
    (ROOM + "curves.py", "if metric.higher_is_better else point", "if True else point", "", REPORT),
)  # fmt: skip
