"""Every word of the page exists in both languages, and none lies idle."""

import json
import re

from slopes.explorer.contents import contents
from slopes.explorer.site import HERE
from slopes.plot.palette import COLORS

SCRIPTS = {path.name: path.read_text() for path in (HERE / "static").rglob("*.js")}
WORDS = {language: json.loads((HERE / "words" / f"{language}.json").read_text()) for language in ("en", "zh")}


def test_both_languages_have_the_same_words_with_the_same_gaps():
    def gaps(words):
        return {key: sorted(re.findall(r"\{(\w+)\}", text)) for key, text in words.items()}

    assert gaps(WORDS["en"]) == gaps(WORDS["zh"])


def test_every_word_is_used_and_every_used_word_exists():
    text = "".join(SCRIPTS.values())
    exact = set(re.findall(r'"([a-z]+(?:\.[a-z]+)*)"', text)) & set(WORDS["en"])
    families = set(re.findall(r"\bt\(`([a-z.]+\.)\$\{", text))
    unused = {key for key in WORDS["en"] if key not in exact and not key.startswith(tuple(families))}
    assert unused == set()
    asked = set(re.findall(r'\bt\("([^"]+)"', text))
    assert asked <= set(WORDS["en"])


def test_what_the_library_says_of_its_functions_is_translated():
    said = set()
    for entry in contents()["functions"].values():
        said |= {entry["summary"], entry["kinks"], *entry["symbols"].values()} - {""}
        said |= {parameter["meaning"] for parameter in entry["parameters"]}
    translated = json.loads((HERE / "words" / "library.zh.json").read_text())
    assert {text for text in said if not re.search("[\u4e00-\u9fff]", translated.get(text, ""))} == set()
    assert set(translated) - said == set()


def test_no_text_is_written_in_the_scripts():
    for text in SCRIPTS.values():
        assert re.findall(r'h\("\w+", \{[^}]*\}, "[A-Z][a-z]+', text) == []


def test_the_colours_are_the_librarys():
    found = re.search(r"const COLORS = \[(.*?)\]", SCRIPTS["chart.js"])
    assert tuple(re.findall(r'"(#\w+)"', found[1])) == COLORS
