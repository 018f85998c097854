import pytest
from typer.testing import CliRunner, Result

import slopes
from slopes.cli.main import app

FUNCTIONS = {**slopes.activations, **slopes.losses}


def listed(*arguments: str, columns: int = 80) -> Result:
    return CliRunner().invoke(app, ["list", *arguments], env={"COLUMNS": str(columns)})


def test_table_holds_every_function_below_its_kind() -> None:
    lines = listed(columns=200).output.splitlines()
    kind = ""
    found: dict[str, str] = {}
    for above, line in zip(["", *lines], lines, strict=False):
        if not above and line:
            kind = line.partition("  ")[0]
        elif line and not line.startswith(" "):
            found[line.partition(" ")[0]] = kind
    assert found == {name: f.kind.replace("_", " ") for name, f in FUNCTIONS.items()}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_row_holds_formula_and_aliases(name: str) -> None:
    lines = listed(columns=600).output.splitlines()
    heads = (i for i, line in enumerate(lines) if line.split()[:1] == [name])
    (at,) = (i for i in heads if not lines[i].endswith("formula, aliases"))  # a kind: "logit loss"
    assert lines[at].split(maxsplit=1)[1] == FUNCTIONS[name].formula
    if FUNCTIONS[name].aliases:
        assert lines[at + 1].strip() == f"also {', '.join(FUNCTIONS[name].aliases)}"


def test_table_fits_into_80_columns_without_breaking_names() -> None:
    result = listed()
    lines = result.output.splitlines()
    assert max(map(len, lines)) <= 80
    words = set(result.output.replace(",", " ").split())
    assert words >= FUNCTIONS.keys() | {alias for f in FUNCTIONS.values() for alias in f.aliases}
    assert "\x1b" not in result.output


def test_names_are_bare() -> None:
    result = listed("--names")
    assert sorted(result.output.split("\n")) == ["", *sorted(FUNCTIONS)]


def test_kind_and_search_narrow_the_list() -> None:
    assert sorted(listed("--kind", "loss", "--names").output.split()) == sorted(slopes.losses)
    assert listed("--search", "sigmoid_linear", "--names").output == "silu\n"
    # the paper of aptx has Swish in its title
    assert listed("--search", "swish", "--names").output.split() == ["aptx", "hard_swish", "silu"]
    assert listed("--kind", "loss", "--search", "pinball", "--names").output == "quantile\n"
    assert "relu" not in listed("--kind", "loss").output.split()


def test_unknown_kind_is_one_line_and_exit_code_2() -> None:
    result = listed("--kind", "activatoin")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean activation?" in result.stderr
    assert result.stderr.count("\n") == 1


def test_nothing_found_is_exit_code_1() -> None:
    result = listed("--search", "no function says this")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "slopes: no function mentions 'no function says this'\n"
