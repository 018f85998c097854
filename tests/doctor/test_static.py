"""Programs that nobody runs: the source alone proves the fault, and nothing is said of the cure."""

import json

import pytest
from typer.testing import CliRunner

from slopes.cli.main import app
from slopes.doctor.static import read
from tests.doctor.chinese import same_in_chinese
from tests.doctor.static_healthy import HEALTHY
from tests.doctor.static_pairs import PAIRS, REPORTED
from tests.doctor.static_slopes_pairs import PAIRS as OURS


def all_said_of(folder, source):
    file = folder / "program.py"
    file.write_text(source)
    return read(file)[0]


def said_of(folder, source):
    return [f for f in all_said_of(folder, source) if f.severity != "information"]


@pytest.mark.parametrize(("rule", "source", "faulty", "cured"), [*PAIRS, *OURS])
def test_the_fault_is_found_and_the_cure_is_silent(tmp_path, rule, source, faulty, cured):
    assert source.count(faulty) == 1
    found = said_of(tmp_path, source)
    assert rule in {f.code for f in found}
    lines = source.splitlines()
    assert all(lines[f.place.line - 1].strip() == f.place.code for f in found)
    assert all(f.cure and f.text and "line" in f.evidence for f in found)
    same_in_chinese(found)
    assert not said_of(tmp_path, source.replace(faulty, cured))


@pytest.mark.parametrize(("rule", "source", "faulty", "cured"), REPORTED)
def test_what_only_the_targets_prove_is_an_information(tmp_path, rule, source, faulty, cured):
    (found,) = all_said_of(tmp_path, source)
    assert (found.code, found.severity) == (rule, "information")
    same_in_chinese([found])
    assert not all_said_of(tmp_path, source.replace(faulty, cured))


@pytest.mark.parametrize("source", HEALTHY)
def test_nothing_is_said_of_what_is_right_or_not_known(tmp_path, source):
    assert not said_of(tmp_path, source)


def test_both_places_are_named(tmp_path):
    (finding,) = said_of(tmp_path, PAIRS[4][1])
    assert finding.evidence == (
        "line 14 ends in softmax over 10 classes, so that the loss cannot fall below 1.4612; "
        "line 17 has the loss cross_entropy, called in line 21"
    )
    assert (finding.place.line, finding.numbers["loss_line"]) == (14, 17)


def command(*arguments):
    return CliRunner().invoke(app, ["doctor", "--static", *map(str, arguments)])


def test_a_folder_is_read_and_nothing_in_it_is_run(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "bad.py").write_text(PAIRS[0][1] + "open('made', 'w'); 1 / 0\n")
    (tmp_path / "good.py").write_text(HEALTHY[0])
    done = command("--format", "json", tmp_path)
    assert done.exit_code == 1
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["place"]["line"]) == ("R1", 7)
    assert not (tmp_path / "made").exists()
    assert command(tmp_path / "good.py").exit_code == 0


def test_a_model_of_another_file_is_followed(tmp_path):
    (tmp_path / "parts").mkdir()
    lines = (
        "import train\nfrom torch import nn\nfrom .heads import last\n"
        "def build(n):\n    return nn.Sequential(nn.Linear(4, n), last())\n"
    )
    (tmp_path / "parts" / "model.py").write_text(lines)
    (tmp_path / "parts" / "heads.py").write_text(
        "from torch import nn\ndef last():\n    return nn.Softmax(1)\n"
    )
    source = "from torch import nn\nfrom parts.model import build\nnn.CrossEntropyLoss()(build(3)(x), y)\n"
    (finding,) = said_of(tmp_path, source)
    assert (finding.code, finding.place.file) == ("R2", str(tmp_path / "parts" / "heads.py"))
    assert (finding.place.line, finding.place.code) == (3, "return nn.Softmax(1)")
    (tmp_path / "parts" / "heads.py").write_text("def\n")
    assert not said_of(tmp_path, source)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"import keras\nprint 'loss', 3\n", "line 2, is Python 2"),
        (b"try:\n    x()\nexcept IOError, e:\n    pass\n", "line 3, is Python 2"),
        (b"def\n", "line 1, is no Python: "),
        (b"x = '\xff'\n", "is not UTF-8"),
        (b"x = 1\0\n", "is no Python"),
    ],
)
def test_what_cannot_be_read(tmp_path, source, words):
    (tmp_path / "a.py").write_bytes(source)
    done = command(tmp_path / "a.py")
    assert done.exit_code == 2
    assert words in done.output
    assert "Traceback" not in done.output


def test_a_file_that_is_not_there(tmp_path):
    assert command(tmp_path / "absent.py").exit_code == 2


def test_functions_that_call_each_other_end(tmp_path):
    source = "def f(x):\n    return g(x) + g(x)\ndef g(x):\n    return f(x) * f(x)\nf(1)\n"
    assert not said_of(tmp_path, source + PAIRS[0][1].replace("softmax", "sigmoid"))
    assert said_of(tmp_path, PAIRS[0][1] + source)
