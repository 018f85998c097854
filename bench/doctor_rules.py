"""Write the table of docs/doctor.md: every check, and what it says of its first faulty program.

python -m bench.doctor_rules
"""

from pathlib import Path

from tests.doctor import network_pairs, pairs, test_boosting
from tests.doctor.test_pairs import said_of

from slopes import doctor
from slopes.doctor.checks import checks, network_checks, objective_checks

PAGE = Path(__file__).parents[1] / "docs" / "doctor.md"
BEGIN, END = "<!-- rules -->\n", "<!-- /rules -->\n"


def table() -> str:
    """Return the rows, by code."""
    evidence: dict[str, str] = {}
    for head, programs in ((pairs.HEAD, pairs.PAIRS), (network_pairs.HEAD, network_pairs.PAIRS)):
        for _, faulty, _ in programs:
            for finding in said_of(faulty, head):
                evidence.setdefault(finding.name, finding.evidence)
    for name, faulty, _, y in test_boosting.PAIRS:
        found = doctor.examine_objective(faulty, test_boosting.RAW, y)
        evidence.setdefault(name, next(f.evidence for f in found if f.name == name))
    rows = ["| code | name | severity | what it says | for example |", "|---|---|---|---|---|"]
    everything = (*checks, *network_checks, *objective_checks)
    for check in sorted(everything, key=lambda c: (int(c.code[1:]), c.name)):
        example = evidence.get(check.name, "-")  # some are found in Keras programs only
        rows.append(f"| {check.code} | {check.name} | {check.severity} | {check.text} | {example} |")
    return "\n".join([*rows, ""])


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    PAGE.write_text(before + BEGIN + table() + END + after, encoding="utf-8")
