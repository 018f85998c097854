import subprocess
import sys

import pytest
from typer.testing import CliRunner, Result

import slopes
from slopes.catalog import card
from slopes.catalog.words import number
from slopes.cli.main import app

FUNCTIONS = {**slopes.activations, **slopes.losses}


def show(*arguments: str, columns: int = 80) -> Result:
    return CliRunner().invoke(app, ["show", *arguments], env={"COLUMNS": str(columns)})


def flat(text: str) -> str:
    """Text without line breaks and without the indentation of wrapped lines."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_card_holds_all_that_is_known(name: str) -> None:
    result = show(name)
    assert (result.exit_code, result.stderr) == (0, "")
    page, known = flat(result.output), card(FUNCTIONS[name])
    assert page.startswith(f"{name} {known.kind} {flat(known.summary)}")
    for text in (known.formula, known.kinks, *known.symbols.values(), *known.facts.values()):
        assert flat(text) in page
    for method, formula in known.expressions.items():
        assert method in page
        assert flat(formula.result) in page
        for let in formula.lets:
            assert flat(" = ".join(let)) in page
    for paper in known.papers:
        assert flat(f"{paper.authors} ({paper.year}). {paper.title}.") in page
    for word, meaning in known.functions.items():
        assert f"{word} {meaning}" in page
    for parameter in known.parameters:
        assert f"{parameter.name} {number(parameter.value)} (the default): {parameter.meaning}" in page
        assert parameter.allowed in page
    for text in (*known.aliases, *known.elsewhere.values()):
        assert text in page


@pytest.mark.parametrize("name", FUNCTIONS)
def test_card_fits_into_80_columns(name: str) -> None:
    lines = show(name).output.splitlines()
    assert max(map(len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)
    known = card(FUNCTIONS[name])
    for unbroken in (*(paper.link for paper in known.papers), *known.example.splitlines()):
        assert f"  {unbroken}".rstrip() in lines or len(unbroken) > 78


def test_narrow_columns_lose_nothing() -> None:
    wide, narrow = ("".join(show("cross_entropy", columns=columns).output.split()) for columns in (100, 50))
    assert sorted(wide) == sorted(narrow)


def test_alias_shows_the_function() -> None:
    assert show("swish").output == show("silu").output


def test_several_cards_stand_below_one_another_each_once() -> None:
    result = show("relu", "tanh", "rectifier")
    assert result.output == show("relu").output + "\n" + show("tanh").output


def test_set_changes_parameters_facts_and_code() -> None:
    page = flat(show("huber", "--set", "delta=2").output)
    assert "delta 2 (default 1): where the line begins" in page
    assert "the second derivative jumps at -2 and 2" in page
    assert "slopes.huber(prediction, target, delta=2)" in page


def test_set_keeps_digits() -> None:
    assert "delta 1.23456789 (default 1)" in flat(show("huber", "--set", "delta=1.23456789").output)


def test_set_reaches_those_functions_that_have_the_parameter() -> None:
    page = flat(show("silu", "tanh", "softplus", "--set", "beta=0.5").output)
    assert page.count("beta 0.5 (default 1)") == 2


def test_whole_numbers_serve_integer_parameters() -> None:
    assert "pieces 3 (default 2)" in flat(show("maxout", "--set", "pieces=3.0").output)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("silus",), "no function is called 'silus'; did you mean silu"),
        (("relu", "hubr"), "no function is called 'hubr'; did you mean huber"),
        (("qqq",), "`slopes list` shows all names"),
        (("huber", "--set", "delta"), "--set 'delta' must be NAME=NUMBER, such as --set delta=2"),
        (("huber", "--set", "=2"), "--set '=2' must be NAME=NUMBER"),
        (("huber", "--set", "delta=two"), "'two' is not a number"),
        (("huber", "--set", "delta=1", "--set", "delta=2"), "--set gives delta twice"),
        (("huber", "--set", "detla=2"), "no such parameter; huber has delta; did you mean delta?"),
        (("relu", "--set", "beta=2"), "no such parameter; relu has none"),
        (("huber", "--set", "reduction=2"), "no such parameter; huber has delta"),
        (("huber", "--set", "delta=-1"), "huber: delta must be a finite number above 0, got -1"),
        (("huber", "--set", "delta=nan"), "huber: delta must be a finite number above 0, got nan"),
        (("huber", "--set", "delta=1e999"), "got inf"),
        (("maxout", "--set", "pieces=2.5"), "maxout: pieces must be an integer"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(arguments: tuple[str, ...], message: str) -> None:
    result = show(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.startswith("slopes: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["show huber gelu", "list"])
def test_a_pipe_gets_plain_text(command: str) -> None:
    code = f"import sys; sys.argv = ['slopes', *{command.split()!r}]; from slopes.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii", "TERM": "xterm-256color"},
    )
    text = done.stdout.decode("ascii")
    assert "\x1b" not in text
    assert "huber" in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_terminal_gets_colours() -> None:
    result = CliRunner().invoke(app, ["show", "relu"], env={"FORCE_COLOR": "1", "TERM": "xterm"}, color=True)
    assert "\x1b[" in result.output
