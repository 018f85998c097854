"""The command ``slopes trial translation`` as a user gives it."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from slopes.cli.trial import app

NUMBERS = "".join(f"number {n}\tnombre {n}\n" for n in range(60))


def invoke(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["translation", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_a_trial_on_pairs_of_ones_own(tmp_path: Path) -> None:
    data, out = tmp_path / "numbers.txt", tmp_path / "out"
    data.write_text(NUMBERS)
    code, _, err = invoke(
        *("--data", str(data), "--units", "8", "--batch-size", "8", "--beam", "1", "--steps", "3"),
        *("--activations", "tanh,relu", "--seeds", "2", "--learning-rates", "0.01", "--jobs", "1"),
        *("--out", str(out)),
    )
    assert code == 0, err
    summary = json.loads((out / "summary.json").read_text())
    assert [candidate["activation"] for candidate in summary["candidates"]] == ["tanh", "relu"]
    report = (out / "report.html").read_text(encoding="utf-8")
    assert f"slopes trial translation --data {data} --longest 7 --units 8" in report


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["--data", "/nowhere/cmn.txt"],
            "/nowhere/cmn.txt is neither a file nor the name of a set; these are known: tatoeba-cmn",
        ),
        (["--target", "cmn.zh"], "the translations of --data, which is not given"),
        (["--language", "xx-XX"], "pip install jupyterlab-language-pack-xx-XX"),
        (["--longest", "0"], "at least 1 is needed"),
        (["--units", "130"], "130 units are given; they must be a multiple"),
        (["--losses", "coral"], "takes ordered ranks"),
        (["--losses", "mse", "--label-smoothing", "0.1"], "'mse' has no label smoothing"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(arguments: list[str], words: str, tmp_path: Path) -> None:
    code, out, err = invoke(*arguments, "--out", str(tmp_path / "out"))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("slopes trial translation: ")
    assert words in err
    assert not (tmp_path / "out").exists()


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in sys.modules if name.startswith("slopes.trial.problems.translation")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "polib", None)
    code, _, err = invoke("--out", str(tmp_path / "out"))
    assert code == 2
    assert 'polib is not installed; pip install "slopes[trial]"' in err
