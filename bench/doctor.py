"""How many faults of published programs `slopes doctor` diagnoses, and how many cured versions it flags.

Fetch any of these repositories beside each other, then

    python -m bench.doctor FOLDER [--run]

FOLDER holds the clones by their names: DeepLocalize (github.com/Wardat-ISU), neuralint (neuralint),
HowRealAreThey (dlfaults) and Bug_Reproducibility_DL_Bugs (mehilshah). Without `--run` sources are read only;
with it, programs whose fault their source does not show are run as well, each in its own folder, for at
most ten minutes: only where you trust them.

`doctor_labels.csv` says what is wrong with each program whose fault is an activation or a loss, read from the
program and its cured version by the author of the reader, not blindly: the rule, the lines where the fault is
or can be cured (for a program that is run, also the line of `fit`), and whether the source shows it or only
the targets do. All other programs are taken to have
faults of another kind. "diagnosed" is the right rule at one of these lines, as a warning or an error.
`doctor_left.csv` names the faults that cured versions still have.
"""

import csv
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from slopes.doctor.static import read

HERE = Path(__file__).parent
SETS = {
    "Wardat-ISU/DeepLocalize": ("Benchmark/StackOverflow/*/*orrect*",),
    "neuralint/neuralint": (),
    "dlfaults/HowRealAreThey": (
        "BenchDL4Real/DeepFD/*/repair.py",
        "BenchDL4Real/Defects4ML/*/fixed",
        "BenchDL4Real/SFData/*_ground_truth.py",
    ),
    "mehilshah/Bug_Reproducibility_DL_Bugs": (),
}  #: a set -> where its cured versions are
SECONDS = 600


def rows(name):
    """The rows of one of the tables beside this file, by set."""
    found = defaultdict(list)
    with (HERE / name).open(newline="", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            found[row["set"]].append(row)
    return found


def said(path):
    """What is said of a program or a folder of them, apart from information; None if none can be read."""
    findings, could = [], False
    for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
        try:
            findings += [
                (f.code, f.place.line, Path(f.place.file).name)
                for f in read(file)[0]
                if f.severity != "information"
            ]
            could = True
        except ValueError as error:
            print(error, file=sys.stderr)
    return findings if could else None


def ran(path):
    """What is said of a program that is run; None if it does not come to a loss."""
    command = [sys.executable, "-c", "from slopes.cli import main; main()", "doctor", "--format", "json"]
    out = path.with_suffix(".findings.json")
    try:
        subprocess.run(
            [*command, "--out", out.name, path.name],
            cwd=path.parent, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        findings = json.loads(out.read_text(encoding="utf-8"))["findings"]
    except (subprocess.TimeoutExpired, FileNotFoundError):
        return None
    finally:
        out.unlink(missing_ok=True)
    return [
        (f["code"], f["place"]["line"], Path(f["place"]["file"]).name)
        for f in findings
        if f["severity"] != "information"
    ]


def verdict(findings, row):
    """Whether a fault is diagnosed, named at another place, or not; what is said instead."""
    if findings is None:
        return "cannot be read"
    lines, file = {int(line) for line in row["lines"].split()}, Path(row["file"]).name
    if any(code == row["rule"] and line in lines and name == file for code, line, name in findings):
        return "diagnosed"
    codes = sorted({code for code, *_ in findings})
    if row["rule"] in codes:
        return "elsewhere"
    return " ".join(["missed", *codes])


def table(folder, run):
    """Print what is said of every labelled program, and the sums."""
    labels, left = rows("doctor_labels.csv"), rows("doctor_left.csv")
    print("| set | program | fault | shown by | source alone | run |\n|---|---|---|---|---|---|")
    sums = {}
    for name, cured in SETS.items():
        root = folder / name.partition("/")[2]
        if not root.is_dir():
            print(f"{name} is not in {folder}", file=sys.stderr)
            continue
        diagnosed = either = 0
        for row in labels[name]:
            file = root / row["file"]
            static = verdict(said(file), row)
            found = "-"
            if run and row["shown"] == "targets":
                findings = ran(file)
                found = "does not run" if findings is None else verdict(findings, row)
            diagnosed += static == "diagnosed"
            either += "diagnosed" in (static, found)
            short = name.partition("/")[2]
            print(f"| {short} | {row['program']} | {row['rule']} | {row['shown']} | {static} | {found} |")
        known = {(row["file"], row["rule"]) for row in left[name]}
        versions = [v for pattern in cured for v in sorted(root.glob(pattern))]
        flagged, wrongly = 0, []
        for version in versions:
            codes = {code for code, *_ in said(version) or ()}
            flagged += bool(codes)
            if any((version.relative_to(root).as_posix(), code) not in known for code in codes):
                wrongly.append(version.relative_to(root).as_posix())
        sums[name] = (len(labels[name]), diagnosed, either, len(versions), flagged, len(wrongly))
        for version in wrongly:
            print(f"flagged wrongly: {version}", file=sys.stderr)
    print("\n| set | faults | diagnosed by reading | or by running | cured | flagged | wrongly |")
    print("|---|---|---|---|---|---|---|")
    total = [sum(column) for column in zip(*sums.values(), strict=True)]
    for name, numbers in {**sums, "all": total}.items():
        print(f"| {name} | {' | '.join(map(str, numbers))} |")


if __name__ == "__main__":
    given = [a for a in sys.argv[1:] if a != "--run"]
    if len(given) != 1 or not Path(given[0]).is_dir():
        sys.exit("python -m bench.doctor FOLDER [--run], the folder that holds the clones")
    table(Path(given[0]), "--run" in sys.argv)
