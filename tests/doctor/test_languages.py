"""Every sentence of the doctor exists in Chinese, with the same numbers, and none lies idle."""

import ast
import copy
import json
import pickle
import re
from pathlib import Path
from string import Formatter

from typer.testing import CliRunner

import slopes
from slopes.boosting.check import DIFFERS, NOT_FINITE, OTHER_SHAPE
from slopes.cli.main import app
from slopes.doctor.checks import rules
from slopes.doctor.languages import Text, catalogue, say
from slopes.doctor.pages import sections
from slopes.doctor.report import as_json, as_markdown, as_sarif
from tests.doctor.chinese import CHINESE
from tests.doctor.static_pairs import PAIRS
from tests.doctor.test_log import around

SOURCE = Path(slopes.__file__).parent
WORDS = catalogue("zh")


def patterns():
    """The first argument of every `Text(...)` in the doctor and its command."""
    for file in (*(SOURCE / "doctor").rglob("*.py"), SOURCE / "cli" / "doctor.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield first.value


def english():
    said = {*patterns(), NOT_FINITE, OTHER_SHAPE, DIFFERS}
    for rule in rules():
        said |= {rule.text, *(text for name, text in sections(rule).items() if name != "Examples")}
    return said


def gaps(text):
    return {(name, form) for _, name, form, _ in Formatter().parse(text) if name}


def test_every_sentence_is_translated_and_every_translation_is_used():
    said = english()
    assert len(said) > 300
    assert said - set(WORDS) == set()
    assert set(WORDS) - said == set()
    # what consists of values alone has nothing to translate
    alone = {text for text in said if not re.sub(r"\{.*?\}", "", text).strip()}
    assert {text for text in said - alone if not CHINESE.search(WORDS[text])} == {
        "{code} {name} ({severity})"
    }


def test_translations_have_the_same_numbers_in_the_same_form():
    patterned = [text for text in WORDS if text in {*patterns(), NOT_FINITE, OTHER_SHAPE, DIFFERS}]
    assert {text for text in patterned if gaps(text) != gaps(WORDS[text])} == set()


def test_the_explorer_says_the_same_of_a_rule():
    for language in ("en", "zh"):
        words = json.loads((SOURCE / "explorer" / "words" / f"{language}.json").read_text())
        shared = [rule for rule in rules() if f"rule.{rule.name}" in words]
        assert len(shared) == 10
        for rule in shared:
            assert words[f"rule.{rule.name}"] == say(rule.text, language)


def test_a_text_is_its_english_sentence_and_survives_copies():
    text = Text("line {line} ends in {says}", line=3, says=Text("no activation"))
    for same in (text, copy.deepcopy(text), pickle.loads(pickle.dumps(text))):
        assert same == "line 3 ends in no activation"
        assert (same.pattern, same.values["says"]) == (text.pattern, "no activation")
    assert Text("{{{x}}}", x="{y}") == "{{y}}"
    assert say("what another package says", "zh") == "what another package says"


def test_the_page_of_a_rule_is_named_wherever_a_finding_is_written(tmp_path):
    file, out = tmp_path / "train.py", tmp_path / "out"
    file.write_text(PAIRS[4][1])

    def written(*options):
        done = CliRunner().invoke(app, ["doctor", "--static", *options, str(file)])
        assert done.exit_code == 1, done.output
        return done.output

    page = "https://slopes.readthedocs.io/en/latest/findings/second-softmax/"
    assert f"More: {page}" in written()
    assert f"- More: {page}" in written("--format", "markdown")
    written("--format", "json", "--out", str(out))
    (finding,) = json.loads(out.read_text())["findings"]
    assert (finding["url"], finding["language"]) == (page, "en")
    written("--format", "sarif", "--out", str(out))
    (run,) = json.loads(out.read_text())["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["helpUri"], run["results"][0]["ruleIndex"]) == ("R2", page, 0)


def test_findings_are_written_in_chinese(tmp_path):
    file, out = tmp_path / "train.py", tmp_path / "out"
    file.write_text(PAIRS[4][1])
    command = ["doctor", "--static", "--language", "zh"]
    done = CliRunner().invoke(app, [*command, str(file)])
    assert "R2 second-softmax（错误），位于 " in done.output
    assert "证据：" in done.output
    assert "对策：去掉 softmax；该损失接受 logit。" in done.output
    assert "详见：https://slopes.readthedocs.io/en/latest/zh/findings/second-softmax/" in done.output
    assert "Evidence" not in done.output
    for form in ("json", "sarif", "markdown"):
        CliRunner().invoke(app, [*command, "--format", form, "--out", str(out), str(file)])
        assert "对策" in str(out.read_text() if form == "markdown" else json.loads(out.read_text())) or (
            form == "json" and json.loads(out.read_text())["findings"][0]["cure"].startswith("去掉")
        )
    file.write_text("")
    assert "没有发现问题" in CliRunner().invoke(app, [*command, str(file)]).output
    empty = CliRunner().invoke(app, [*command, "--format", "markdown", str(file)])
    assert empty.output == "没有发现问题。\n\n"


def test_a_log_of_losses_is_read_in_chinese(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("\n".join(map(str, around(1.3863))))
    done = CliRunner().invoke(app, ["doctor", "--losses", str(log), "--classes", "4", "--language", "zh"])
    assert "1.3863 是ln 4，即对全部 4 个类别预测相同概率时的损失" in done.output
    done = CliRunner().invoke(app, ["doctor", "--language", "fr", str(log)])
    assert done.exit_code == 2
    assert "'en', 'zh'" in done.output


def test_reports_are_in_the_language_of_their_findings():
    from slopes import doctor

    call = doctor.examine_objective(lambda y, raw: (y - raw, 1 + 0 * y), [0.5, 2.0, 4.0], [3.0, 1.0, 2.0])
    (chinese,) = (finding.in_language("zh") for finding in call)
    assert "证据：" in as_markdown([chinese])
    assert json.loads(as_json([chinese]))["findings"][0]["language"] == "zh"
    assert "对策：" in json.loads(as_sarif([chinese], "1"))["runs"][0]["results"][0]["message"]["text"]
