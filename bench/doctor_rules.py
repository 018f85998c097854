"""Write the table of docs/doctor.md: every rule, and what it says in its example.

python -m bench.doctor_rules
"""

from pathlib import Path

from slopes.doctor.checks import rules
from slopes.doctor.pages import found

PAGE = Path(__file__).parents[1] / "docs" / "doctor.md"
BEGIN, END = "<!-- rules -->\n", "<!-- /rules -->\n"


def table() -> str:
    """Return the rows, by code."""
    rows = ["| code | name | severity | what it says | for example |", "|---|---|---|---|---|"]
    for rule in rules():
        link = f"[{rule.name}](findings/{rule.name}.md)"
        rows.append(f"| {rule.code} | {link} | {rule.severity} | {rule.text} | {found(rule).evidence} |")
    return "\n".join([*rows, ""])


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    PAGE.write_text(before + BEGIN + table() + END + after, encoding="utf-8")
