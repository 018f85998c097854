"""One page for each rule, in both languages, with the same code and numbers; and an address that stays."""

import re
from pathlib import Path

import pytest

from slopes.doctor.checks import Check, checks, rules
from slopes.doctor.pages import index, page, sections
from slopes.doctor.scene import SITE

ROOT = Path(__file__).parents[2]
#: the addresses that were published: a rule that is renamed must keep its page
PUBLISHED = """
accuracy-of-regression activated-logits broadcast-targets dead-units empty-batch flat-hessian flipped-sign
hidden-softmax kl-arguments kl-mean logits-as-probabilities missing-link narrow-logarithm
narrow-probabilities nearly-dead-units non-finite nothing-between one-class saturated-units second-sigmoid
second-softmax shared-targets sigmoid-for-classes softmax-of-one softmax-over-wrong-axis
softmax-with-binary-cross-entropy softmax-without-log stuck-loss uneven-accumulation uneven-gradients
unfit-weights unreachable-targets unusable-objective wrong-targets
"""


def blocks(text):
    return re.findall(r"```pycon\n(.*?)```", text, re.DOTALL)


def test_every_published_address_has_its_page():
    assert sorted(rule.name for rule in rules()) == PUBLISHED.split()
    assert all(rule.url == f"{SITE}findings/{rule.name}/" for rule in rules())


def test_the_site_lies_where_findings_say():
    settings = (ROOT / "mkdocs.yml").read_text()
    assert f"site_url: {SITE}\n" in settings
    for place in ("findings/index.md", "zh/findings/index.md"):
        assert place in settings


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Keras' backends do with NumPy
def test_both_languages_have_the_same_code_and_numbers_and_say_all():
    for rule in rules():
        english, chinese = page(rule), page(rule, "zh")
        assert english.startswith(f"# {rule.code} {rule.name} ({rule.severity})\n")
        assert chinese.startswith(f"# {rule.code} {rule.name}（")
        (code,), (same,) = blocks(english), blocks(chinese)
        said = f"{rule.code} {rule.name}: "
        assert said in code, rule.name
        same = same.replace('.in_language("zh"))', ")")
        lines = code.splitlines(), same.splitlines()
        differ = [line for line, other in zip(*lines, strict=False) if line != other]
        # what is said of it is the only thing that differs; its page is what the doctests of the rule expect
        assert len(differ) == 1, (rule.name, differ)
        expected = " ".join(sections(rule)["Examples"].split())
        assert " ".join(differ[0].split()) in expected
        assert re.sub(r"\s", "", chinese.partition("```")[0]) != re.sub(
            r"\s", "", english.partition("```")[0]
        )


def test_the_index_leads_to_every_page():
    for language in ("en", "zh"):
        assert re.findall(r"\]\(([\w-]+)\.md\)", index(language)) == [rule.name for rule in rules()]


def test_a_rule_that_does_not_say_all_is_refused():
    before = [*checks]

    class Half(Check):
        """Half of a page.

        It harms.

        Number
        ------
        One half.
        """

        code, name = "R901", "half"

        def examine(self, _):
            return None

    checks[:] = before
    with pytest.raises(ValueError, match="the docstring of half does not say Cure, Silent, Examples"):
        page(Half())
    assert Half().url == ""
