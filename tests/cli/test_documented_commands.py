"""Every command that a page tells people to type is one that the command line takes."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from slopes.cli.main import app
from tests.pages import blocks

UsageError = typer.BadParameter.__base__  # of Click, whose place depends on Typer's version

ROOT = Path(__file__).parents[2]
PAGES = sorted({ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")})


def in_blocks(page):
    """The whole commands of the shell blocks."""
    lines = "".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith("slopes ")]


def in_sentences(page):
    """Commands within sentences, which may leave values out."""
    return re.findall(r"(?<!`)`(slopes [a-z][^`]*)`", page.read_text())


def parsed(command, whole):
    """Parse the words of a command; of one that is not whole, only its name and the names of its options."""
    words = shlex.split(command, comments=True)
    group = typer.main.get_command(app)
    context = group.make_context(words.pop(0), [], resilient_parsing=True)
    while words and hasattr(group, "commands"):
        context.resilient_parsing = False  # under which a wrong name is found to be None
        name, group, words = group.resolve_command(context, words)
        context = group.make_context(name, [], parent=context, resilient_parsing=True)
    if whole:
        return group.make_context(context.info_name, words, parent=context.parent).params
    known = {option for parameter in group.params for option in (*parameter.opts, *parameter.secondary_opts)}
    unknown = {word for word in words if word.startswith("--")} - known
    if unknown:
        raise typer.BadParameter(f"no such option: {', '.join(unknown)}")
    return known


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_commands_of_a_page_exist(page):
    for command in in_blocks(page):
        parsed(command, whole=True)
    for command in in_sentences(page):
        parsed(command, whole=False)


def test_commands_are_found_and_wrong_ones_refused():
    assert sum(len(in_blocks(page)) for page in PAGES) > 15
    assert sum(len(in_sentences(page)) for page in PAGES) > 15
    for wrong in ("slopes trial pictures", "slopes trial images --sedes 3", "slopes trial table"):
        with pytest.raises(UsageError, match=r"(?i)no such|missing"):
            parsed(wrong, whole=True)
