"""A program runs under the doctor as it runs without it."""

import json
import subprocess
import sys

import pytest

FAULTY = """
import argparse, sys
import torch
parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=1)
epochs = parser.parse_args().epochs
def main():
    net = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Softmax(dim=1))
    loss = torch.nn.CrossEntropyLoss()
    for epoch in range(epochs):
        value = loss(net(torch.ones(6, 4)), torch.arange(6) % 3)
        value.backward()
    print("epochs", epochs, __name__, sys.argv[1:])
main()
"""


def doctor(tmp_path, source, *arguments, options=()):
    script = tmp_path / "train.py"
    script.write_text(source)
    command = [
        sys.executable,
        "-c",
        "from slopes.cli import main; main()",
        "doctor",
        *options,
        str(script),
        *arguments,
    ]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)


def test_a_faulty_program_is_run_and_reported(tmp_path):
    done = doctor(tmp_path, FAULTY, "--epochs", "3")
    assert done.stdout == "epochs 3 __main__ ['--epochs', '3']\n"
    assert done.returncode == 1
    assert "R2 second-softmax (error)" in done.stderr
    assert "cannot fall below 1.0986" not in done.stderr
    assert "3 classes through softmax and softmax: the loss cannot fall below 0.5514" in " ".join(
        done.stderr.split()
    )
    assert "in 3 of 3 calls" in " ".join(done.stderr.split())


def test_findings_for_programs(tmp_path):
    out = tmp_path / "findings.json"
    done = doctor(tmp_path, FAULTY, options=("--format", "json", "--out", str(out)))
    assert done.returncode == 1
    (finding,) = json.loads(out.read_text())["findings"]
    assert finding["code"] == "R2"
    assert finding["place"]["file"].endswith("train.py")
    assert FAULTY.splitlines()[finding["place"]["line"] - 1].strip() == finding["place"]["code"]
    assert finding["numbers"]["floor"] == pytest.approx(0.5514, abs=1e-4)
    sarif = json.loads(doctor(tmp_path, FAULTY, options=("--format", "sarif")).stdout.partition("\n")[2])
    assert sarif["runs"][0]["results"][0]["ruleId"] == "R2"


def test_a_healthy_program_ends_with_0(tmp_path):
    done = doctor(tmp_path, FAULTY.replace(", torch.nn.Softmax(dim=1)", ""))
    assert (done.returncode, "nothing found in 1 losses" in done.stderr) == (0, True)


def test_a_program_that_crashes_is_reported_with_its_traceback(tmp_path):
    done = doctor(tmp_path, FAULTY + "raise OSError('disk full')\n")
    assert done.returncode == 1
    assert "OSError: disk full" in done.stderr
    assert "runpy" not in done.stderr
    assert "R2 second-softmax" in done.stderr


@pytest.mark.parametrize("source", ["import sys\nsys.exit(3)\n", "1 / 0\n", "def\n"])
def test_a_program_that_ends_before_any_loss_could_not_be_examined(tmp_path, source):
    done = doctor(tmp_path, source)
    assert done.returncode == 2
    assert "before a loss was called" in done.stderr


def test_a_file_that_is_not_there(tmp_path):
    command = [sys.executable, "-c", "from slopes.cli import main; main()", "doctor", "absent.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "absent.py is not a file" in done.stderr
