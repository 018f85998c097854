from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread
from typer.testing import CliRunner, Result

import slopes
from slopes.cli.main import app
from slopes.plot.drawing import COLORS
from tests.plot.window import FigureManager

EVERY = {**slopes.activations, **slopes.losses}
FUNCTIONS = [name for name, f in EVERY.items() if f.kind != "array_loss"]


def plot(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["plot", *map(str, arguments)])


def ink(path: Path, color: str) -> int:
    """How many pixels have a colour."""
    difference = np.abs(imread(path)[..., :3] - to_rgb(color)).max(-1)
    return int((difference < 0.02).sum())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_makes_a_picture(name: str, tmp_path: Path) -> None:
    out = tmp_path / f"{name}.png"
    result = plot(name, "--derivatives", "--second", "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.output == f"wrote {out}\n"
    height, width, _ = imread(out).shape
    assert width == 1200
    assert height > 1300
    assert ink(out, COLORS[0]) > 2000


@pytest.mark.parametrize("name", [name for name, f in EVERY.items() if f.kind == "array_loss"])
def test_a_loss_of_several_arrays_says_that_it_has_no_picture(name: str, tmp_path: Path) -> None:
    result = plot(name, "--out", tmp_path / "no.png")
    assert result.exit_code == 2
    assert (
        result.stderr
        == f"slopes: {name} is a loss of several arrays, and no curve: there is nothing to draw\n"
    )
    assert not (tmp_path / "no.png").exists()


def test_each_line_has_its_colour_and_each_panel_its_height(tmp_path: Path) -> None:
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    plot("sigmoid", "tanh", "relu", "--out", one)
    plot("sigmoid", "tanh", "relu", "--derivatives", "--out", two)
    assert imread(two).shape[0] - imread(one).shape[0] == pytest.approx(2.7 * 150, abs=1)
    for color in COLORS[:3]:
        assert ink(two, color) > ink(one, color) > 1000
    assert ink(two, COLORS[3]) == 0


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("PNG", b"\x89PNG")])
def test_the_file_name_says_the_format(suffix: str, start: bytes, tmp_path: Path) -> None:
    out = tmp_path / f"gelu.{suffix}"
    assert plot("gelu", "--out", out).exit_code == 0
    assert out.read_bytes().startswith(start)


def test_range_and_parameters_reach_the_picture(tmp_path: Path) -> None:
    pictures = {}
    for name, extra in {
        "as is": (),
        "range": ("--from", -1, "--to", 9.5),
        "set": ("--set", "beta=3"),
    }.items():
        out = tmp_path / f"{name}.svg"
        assert plot("silu", *map(str, extra), "--out", out).exit_code == 0
        pictures[name] = out.read_text()
    labels = {name: "<!-- silu (beta=3) -->" in text for name, text in pictures.items()}
    assert labels == {"as is": False, "range": False, "set": True}
    ticks = {name: "<!-- 8 -->" in text for name, text in pictures.items()}
    assert ticks == {"as is": False, "range": True, "set": False}


def test_a_window_opens_without_out(monkeypatch: pytest.MonkeyPatch) -> None:
    before = plt.get_backend()
    plt.switch_backend("module://tests.plot.window")
    monkeypatch.setattr(FigureManager, "shown", [])
    try:
        result = plot("relu", "tanh", "--second")
    finally:
        plt.switch_backend(before)
    assert (result.exit_code, result.output) == (0, "")
    (shown,) = FigureManager.shown
    assert [axes.get_ylabel() for axes in shown.axes] == ["value", "second derivative"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("sigmod",), "no function is called 'sigmod'; did you mean sigmoid"),
        (("relu", "--from", "3", "--to", "-3"), "--from is 3 and --to is -3; --from must be below --to"),
        (("relu", "--from", "1", "--to", "1"), "--from is 1 and --to is 1"),
        (("relu", "--from", "nan"), "--from is nan and --to is 6"),
        (("relu", "--to", "inf"), "must be finite"),
        (("bce", "--from", "2", "--to", "3"), "defined from 0 to 1"),
        (("relu", "--set", "beta=2"), "no such parameter; relu has none"),
        (("huber", "--set", "delta=0"), "huber: delta must be a finite number above 0, got 0"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(
    arguments: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    result = plot(*arguments, "--out", tmp_path / "x.png")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["picture", "picture.doc"])
def test_unknown_formats_are_named(name: str, tmp_path: Path) -> None:
    result = plot("relu", "--out", tmp_path / name)
    assert result.exit_code == 2
    assert "must end in .png, .svg, .pdf" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = plot("relu", "--out", tmp_path / "no" / "x.png")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"slopes: cannot write {tmp_path / 'no' / 'x.png'}: ")


def test_no_display_says_to_use_out() -> None:
    plt.switch_backend("agg")
    result = plot("relu")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no display" in result.stderr
    assert "--out" in result.stderr
    assert result.stderr.count("\n") == 1
