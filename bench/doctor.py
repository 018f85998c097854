"""How many faults of published programs the static reader of `slopes doctor` names.

Fetch https://github.com/Wardat-ISU/DeepLocalize (41 pairs of Keras programs), then

python -m bench.doctor FOLDER/Benchmark/StackOverflow

Nothing is run. `doctor_labels.csv` says what is wrong with each program, read from the difference between its
two versions by the author of the reader, not blindly: a rule and whether the source alone shows it ("source")
or only the targets do ("targets"), or "other" where neither an activation nor a loss was to blame, or only a
preference (square loss for classes).
"""

import csv
import sys
from pathlib import Path

from slopes.doctor.static import read

LABELS = Path(__file__).with_name("doctor_labels.csv")


def said(folder):
    """The rules that the programs of a folder break, apart from information, and what could not be read."""
    rules, unread = set(), []
    for file in sorted(folder.rglob("*.py")):
        try:
            rules |= {f.code for f in read(file)[0] if f.severity != "information"}
        except ValueError as error:
            unread.append(str(error))
    return rules, unread


def versions(folder):
    """The faulty and the cured version of a program; the set spells them in several ways."""
    names = {kind: [f for f in folder.iterdir() if kind in f.name.lower()] for kind in ("buggy", "correct")}
    return tuple(found[0] if found else None for found in names.values())


def table(folder):
    with LABELS.open(newline="", encoding="utf-8") as opened:
        labels = {row["program"]: row for row in csv.DictReader(opened)}
    print("| program | fault | shown by | faulty version | cured version |\n|---|---|---|---|---|")
    named = {"source": [0, 0], "targets": [0, 0]}
    flagged = pairs = 0
    for program in sorted(p for p in folder.iterdir() if p.is_dir()):
        label = labels.get(program.name, {"rule": "?", "shown": "?"})
        faulty, cured = (said(version) if version else (set(), []) for version in versions(program))
        cells = [" ".join(sorted(rules)) or "-" for rules, _ in (faulty, cured)]
        print(f"| {program.name} | {label['rule'] or '-'} | {label['shown']} | {' | '.join(cells)} |")
        if label["shown"] in named:
            named[label["shown"]][0] += label["rule"] in faulty[0]
            named[label["shown"]][1] += 1
        pairs += versions(program)[1] is not None
        flagged += bool(cured[0])
        for error in (*faulty[1], *cured[1]):
            print(error, file=sys.stderr)
    print(
        f"\n{named['source'][0]} of {named['source'][1]} faults that the source shows, "
        f"{named['targets'][0]} of {named['targets'][1]} that only the targets show; "
        f"{flagged} of {pairs} cured versions flagged"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("python -m bench.doctor FOLDER, the folder StackOverflow of DeepLocalize's Benchmark")
    table(Path(sys.argv[1]))
