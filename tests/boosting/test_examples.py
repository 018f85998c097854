"""The examples train, and learn; the code of the page runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("xgboost_quantile", 65, 95), ("lightgbm_huber", 35, 55), ("catboost_logistic", 94, 100)],
)
def test_an_example_trains_a_model_that_learns(name, least, most):
    file = ROOT / "examples" / f"{name}.py"
    assert len(file.read_text().splitlines()) < 40
    done = subprocess.run(
        [sys.executable, "-W", "error", str(file)], capture_output=True, text=True, check=True, timeout=120
    )
    first, *rest = map(float, re.findall(r"\d+(?:\.\d+)?", done.stdout))
    assert least <= first <= most
    assert name != "lightgbm_huber" or first < 0.7 * rest[0]


def test_the_code_of_the_page_runs_and_prints_what_it_says(capsys):
    names = {}
    for block in re.findall(r"```python\n(.*?)```", (ROOT / "docs/boosting.md").read_text(), re.DOTALL):
        exec(block, names)
        printed = " ".join(capsys.readouterr().out.split())
        said = " ".join(" ".join(re.findall(r"^# (.*)", block, re.MULTILINE)).split())
        assert printed == said
    assert names["start"] == pytest.approx(-0.20, abs=0.005)
