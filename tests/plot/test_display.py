from collections.abc import Iterator

import matplotlib.pyplot as plt
import pytest

import slopes
from slopes.plot import NoDisplay, show
from tests.plot.window import FigureManager


@pytest.fixture
def backend() -> Iterator[None]:
    before = plt.get_backend()
    yield
    FigureManager.shown.clear()
    plt.switch_backend(before)


@pytest.mark.usefixtures("backend")
def test_picture_is_shown_in_a_window_and_closed() -> None:
    plt.switch_backend("module://tests.plot.window")
    show([slopes.relu], derivatives=True)
    (shown,) = FigureManager.shown
    assert [axes.get_ylabel() for axes in shown.axes] == ["value", "first derivative"]
    assert plt.get_fignums() == []


@pytest.mark.usefixtures("backend")
def test_backend_without_windows_is_no_display() -> None:
    plt.switch_backend("agg")
    with pytest.raises(NoDisplay, match="agg"):
        show(slopes.relu)
    assert plt.get_fignums() == []
