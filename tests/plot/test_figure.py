import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.image import imread

import slopes
from slopes.core import Definition
from slopes.plot import draw, figure
from slopes.plot.drawing import DASHES
from slopes.plot.palette import COLORS
from tests.conftest import public


def texts(picture: Figure) -> list[str]:
    (legend,) = picture.legends
    return [text.get_text() for text in legend.get_texts()]


def lines(picture: Figure, panel: int) -> list[np.ndarray]:
    """The curves of a panel; dots and the zero line have fewer points."""
    found = (line.get_xydata() for line in picture.axes[panel].lines)
    return [np.asarray(points) for points in found if len(np.asarray(points)) > 2]


@pytest.mark.parametrize(
    ("derivatives", "second", "panels"),
    [
        (False, False, ["value"]),
        (True, False, ["value", "first derivative"]),
        (False, True, ["value", "second derivative"]),
        (True, True, ["value", "first derivative", "second derivative"]),
    ],
)
def test_panels(derivatives: bool, second: bool, panels: list[str]) -> None:
    picture = figure(slopes.silu, derivatives, second)
    assert [axes.get_ylabel() for axes in picture.axes] == panels
    assert picture.axes[-1].get_xlabel() == "x"
    assert picture.axes[0].get_xlim() == picture.axes[-1].get_xlim() == (-6, 6)


def test_lines_are_the_public_functions() -> None:
    picture = figure([slopes.silu, slopes.Softplus(beta=2.0)], True, True, -3, 5)
    for i, f in enumerate((slopes.silu, slopes.Softplus(beta=2.0))):
        x, y = lines(picture, 0)[i].T
        assert (x[0], x[-1]) == (-3, 5)
        np.testing.assert_array_equal(y, f(x))
        np.testing.assert_array_equal(lines(picture, 1)[i][:, 1], f.derivative(x))
        np.testing.assert_array_equal(lines(picture, 2)[i][:, 1], f.derivative(x, order=2))


def test_losses_are_drawn_over_the_residual() -> None:
    picture = figure(slopes.mse, derivatives=True, second=True)
    x, y = lines(picture, 0)[0].T
    np.testing.assert_allclose(y, x**2)
    np.testing.assert_allclose(lines(picture, 1)[0][:, 1], 2 * x)
    np.testing.assert_allclose(lines(picture, 2)[0][:, 1], 2)
    assert picture.axes[-1].get_xlabel() == "residual (prediction - target)"


def test_a_jump_is_a_gap_with_a_filled_and_an_open_dot() -> None:
    panel = figure(slopes.relu, derivatives=True).axes[1]
    (line,) = lines(figure(slopes.relu, derivatives=True), 1)
    assert np.isnan(line[line[:, 0] == 0, 1]).all()
    dots = {
        tuple(np.ravel(line.get_xydata())): to_hex(line.get_markerfacecolor())  # type: ignore[arg-type]
        for line in panel.lines
        if line.get_marker() == "o"
    }
    color = to_hex(panel.lines[1].get_color())
    assert dots == {(0.0, 0.0): color, (0.0, 1.0): "#ffffff"}
    assert texts(figure(slopes.relu, derivatives=True))[1:] == [
        "value at a kink or jump",
        "limit from one side",
    ]


def test_smooth_functions_have_no_dots() -> None:
    picture = figure([slopes.sigmoid, slopes.tanh], True, True)
    assert texts(picture) == ["sigmoid", "tanh"]
    assert not [line for axes in picture.axes for line in axes.lines if line.get_marker() == "o"]


def test_legend_says_the_axis_where_there_are_several() -> None:
    assert texts(figure([slopes.huber, slopes.hinge]))[:2] == [
        "huber, over residual (prediction - target)",
        "hinge, over margin (target * prediction)",
    ]


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["silu"], "silu:  x / (1 + exp(-beta * x))"),
        (["relu", "silu"], "relu, silu"),
        (["relu", "silu", "gelu", "tanh", "sigmoid"], "5 functions"),
    ],
)
def test_title(names: list[str], title: str) -> None:
    picture = figure([slopes.get(name) for name in names])
    assert picture.legends[0].get_title().get_text() == title


def test_curves_fill_their_panel() -> None:
    for axes in figure(slopes.mse, True, True).axes:
        low, high = axes.get_ylim()
        heights = np.concatenate([np.asarray(line.get_ydata(), float) for line in axes.lines[1:]])
        assert low < heights.min() <= heights.max() < high
        assert high - low < 1.2 * np.ptp(heights) + 1.01


def test_lines_differ_in_colour_and_dashes() -> None:
    names = [n for n, f in slopes.activations.items() if f.kind == "activation"][: len(COLORS) * len(DASHES)]
    picture = figure([slopes.get(name) for name in names])
    (legend,) = picture.legends
    styles = {(line.get_color(), str(line._dash_pattern)) for line in legend.get_lines()[: len(names)]}  # type: ignore[attr-defined]
    assert len(styles) == len(names) > 7


def test_nothing_finite_is_an_empty_panel() -> None:
    picture = figure(slopes.mse, derivatives=True, start=1e200, stop=2e200)
    assert np.isinf(lines(picture, 0)[0][:, 1]).all()
    assert np.isfinite(lines(picture, 1)[0][:, 1]).all()


@pytest.mark.parametrize(("start", "stop"), [(6, -6), (1, 1), (float("nan"), 1), (0, float("inf"))])
def test_a_range_that_is_none_is_an_error(start: float, stop: float) -> None:
    with pytest.raises(ValueError, match=f"start is {start:g} and stop is {stop:g}"):
        figure(slopes.relu, start=start, stop=stop)


def test_no_function_is_an_error() -> None:
    with pytest.raises(ValueError, match="no function to draw"):
        figure([])


def test_draw_fills_the_given_figure() -> None:
    mine = Figure()
    assert draw(mine, slopes.relu) is mine
    assert len(mine.axes) == 1


def test_writing_needs_no_pyplot() -> None:
    code = "import slopes, slopes.plot, sys; slopes.plot.figure(slopes.relu); "
    code += "print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_every_function_is_drawn_at_every_parameter(ordinary: Definition) -> None:
    picture = figure(public(ordinary), derivatives=True, second=True)
    buffer = BytesIO()
    picture.savefig(buffer, format="png", dpi=40)
    pixels = imread(BytesIO(buffer.getvalue()))
    width, height = (picture.get_size_inches() * 40).astype(int)
    assert pixels.shape == (height, width, 4)
    ink = (pixels[..., :3].max(-1) - pixels[..., :3].min(-1)) > 0.3  # only curves and dots have colour
    for panel in np.array_split(ink[height // 6 :], 3):
        assert panel.sum() > 15  # at least dots: a flat line may lie where the panels are cut
