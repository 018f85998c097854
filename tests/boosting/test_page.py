"""The code of the page on boosting runs, and prints what it says."""

import re

import pytest

from tests.pages import blocks


def test_the_code_of_the_page_runs_and_prints_what_it_says(capsys):
    names = {}
    for block in blocks("docs/boosting.md", "python"):
        exec(block, names)
        printed = " ".join(capsys.readouterr().out.split())
        said = " ".join(" ".join(re.findall(r"^# (.*)", block, re.MULTILINE)).split())
        assert printed == said
    assert names["start"] == pytest.approx(-0.20, abs=0.005)
