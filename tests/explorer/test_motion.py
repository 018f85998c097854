"""A slider that moves: sketches, one a frame, of the same picture that stands there when it rests."""

import io
import re

import matplotlib.image
import numpy as np
import pytest

import slopes
from tests.explorer.test_page import MOVE, RESTED, VIEWS, curves, move, query, visit

SLIDERS = dict(
    zip(
        VIEWS, ["beta", "logit", "silu.beta", "Reach of the axis", "Initialisation gain", "beta"], strict=True
    )
)
FRAMES, INPUTS = 8, 3
COUNT = """async ([label, frames, inputs]) => {
  const find = (l) => l.textContent === label;
  const input = document.getElementById([...document.querySelectorAll("label")].find(find).htmlFor);
  const counts = { sketches: [], charts: 0, longest: 0 };
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  const react = Plotly.react;
  let sketches = 0;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    sketches += 1;
    return clear.apply(this, box);
  };
  Plotly.react = (...given) => {
    counts.charts += 1;
    return react(...given);
  };
  const frame = () => new Promise(requestAnimationFrame);
  for (let i = 0; i < frames; i += 1) {
    for (let k = 0; k < inputs; k += 1) {
      input.value = Number(input.min) + 2 + i + k;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await frame();
    await frame();
    counts.sketches.push(sketches);
    sketches = 0;
  }
  counts.whole = counts.charts;
  while (document.querySelector(".chart canvas")) await frame();
  CanvasRenderingContext2D.prototype.clearRect = clear;
  Plotly.react = react;
  return counts;
}"""
STORM = """async (moves) => {
  const find = (l) => l.textContent === "logit";
  const input = document.getElementById([...document.querySelectorAll("label")].find(find).htmlFor);
  const write = history.replaceState;
  let written = 0;
  history.replaceState = (...given) => {
    written += 1;
    write.apply(history, given);
  };
  for (let i = 0; i < moves; i += 1) {
    input.value = i;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    if (i % 20 === 0) await new Promise(requestAnimationFrame);
  }
  const before = [written, location.hash];
  held.pop()();
  return [...before, written, location.hash];
}"""
HOLD = """(time) => {
  const usual = window.setTimeout;
  window.held = [];
  window.setTimeout = (action, wait) => (wait === time ? held.push(action) : usual(action, wait));
}"""
REST, PAUSE = 150, 100  #: milliseconds: until a slider is at rest, between two writings of the address
LABELS = """() => {
  const write = CanvasRenderingContext2D.prototype.fillText;
  window.written = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    written.push(text);
    write.call(this, text, ...place);
  };
}"""
TICKS = """() => {
  const chart = document.querySelector(".chart");
  const texts = (kind) => [...chart.querySelectorAll(kind)].map((e) => e.textContent);
  return [...texts(".xtick"), ...texts(".ytick"), ...texts(".annotation-text")];
}"""
RELEASE = "() => held.pop()()"
AXES = """() => {
  const { xaxis, yaxis } = document.querySelector(".chart").layout;
  return [xaxis.range, yaxis.range];
}"""


@pytest.mark.parametrize("view", VIEWS)
def test_a_move_is_sketched_once_a_frame_and_drawn_in_full_when_it_rests(page, site, view):
    visit(page, site, f"#{view}?lang=en&f=silu,relu" if view == "compare" else f"#{view}?lang=en")
    charts = page.locator(".chart").count()
    counts = page.evaluate(COUNT, [SLIDERS[view], FRAMES, INPUTS])
    assert counts["sketches"] == [charts] * FRAMES
    assert counts["whole"] == 0, "no chart is drawn in full while the slider moves"
    assert counts["charts"] == charts, "each is drawn in full once, when it rests"


@pytest.mark.parametrize(
    ("address", "label", "value"),
    [
        ("#one?f=silu&lang=en", "beta", 30),
        ("#one?f=huber&lang=en&mode=dark", "delta", 26),
        ("#one?f=exponential&lang=en&log=1", "Reach of the axis", 30),
        ("#one?f=softplus&lang=en&logx=1", "Reach of the axis", 30),
        ("#pair?lang=en", "logit", 90),
        ("#compare?f=elu,celu&lang=en", "elu.alpha", 20),
        ("#chain?lang=en", "Initialisation gain", 12),
    ],
)
def test_the_sketch_stands_where_the_chart_will(page, site, address, label, value):
    visit(page, site, address)
    page.evaluate(HOLD, REST)
    page.evaluate(LABELS)
    page.evaluate(MOVE, [label, value])
    chart = page.locator(".chart").first
    sketch, labels = image(chart), set(page.evaluate("written"))
    page.evaluate(RELEASE)
    page.wait_for_function(RESTED)
    whole = image(chart)
    ticks = [text.replace("\u200b", "") for text in page.evaluate(TICKS)]
    parts = {part for text in ticks for part in re.split(r"(?<=^10)(?=−?\d)", text)}
    if page.locator(".chart").count() > 1:
        assert parts - labels == set()
    else:
        assert parts == labels - {""}
    for here, there in ((sketch, whole), (whole, sketch)):
        marks, near = ink(here), grown(ink(there))
        assert marks.sum() > 500
        assert (marks & ~near).sum() < 0.04 * marks.sum()


def image(element):
    """The picture of an element, the same with animations over."""
    return matplotlib.image.imread(io.BytesIO(element.screenshot(animations="disabled")))[..., :3]


def ink(picture):
    """Where a picture has strong colour: curves, and no text or grid."""
    return picture.max(-1) - picture.min(-1) > 0.3


def grown(marks, by=2):
    """What lies within some pixels of marks."""
    steps = range(-by, by + 1)
    return np.any([np.roll(marks, (i, j), (0, 1)) for i in steps for j in steps], axis=0)


def test_a_zoom_stays_while_a_slider_moves(page, site):
    visit(page, site, "#one?f=silu&lang=en")
    box = page.locator(".chart .nsewdrag").bounding_box()
    for share, act in ((0.55, page.mouse.down), (0.75, page.mouse.up)):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + share * box["height"], steps=4)
        act()
    page.wait_for_function("() => document.querySelector('.chart').layout.xaxis.range[0] > 0")
    zoomed = page.evaluate(AXES)
    page.evaluate(HOLD, REST)
    page.evaluate(MOVE, ["beta", 25])
    sketch = image(page.locator(".chart"))
    page.evaluate(RELEASE)
    page.wait_for_function(RESTED)
    assert page.evaluate(AXES) == zoomed
    whole = image(page.locator(".chart"))
    assert (ink(sketch) & ~grown(ink(whole))).sum() < 0.04 * ink(sketch).sum()


def test_hundreds_of_moves_are_written_to_the_address_only_now_and_then(page, site):
    visit(page, site, "#pair?z=5&lang=en")
    page.evaluate(HOLD, PAUSE)
    often, first, then, last = page.evaluate(STORM, 221)
    assert (often, then) == (1, 2), "at once, and after the pause"
    assert "z=-12" in first
    assert "z=10" in last


@pytest.mark.parametrize(
    ("address", "label", "changed"),
    [
        ("#pair?out=elu&loss=huber&target=1&z=-2&lang=en", "out.alpha", "prediction"),
        ("#pair?out=elu&loss=huber&target=1&z=-4&lang=en", "loss.delta", "loss"),
    ],
)
def test_parameters_of_a_pair_move_what_reaches_the_logit(page, site, address, label, changed):
    visit(page, site, address)
    at_rest = page.inner_text(".readings")
    move(page, label, 30)
    value = float(query(page)[label])
    z, alpha, delta = (-2.0, value, 1.0) if changed == "prediction" else (-4.0, 1.0, value)
    prediction = slopes.elu(z, alpha=alpha)
    want = {
        "prediction": prediction,
        "loss": slopes.huber(prediction, 1.0, delta=delta),
        "gradient": slopes.huber.gradient(prediction, 1.0, delta=delta)
        * slopes.elu.derivative(z, alpha=alpha),
    }
    shown = [float(text.replace("−", "-")) for text in page.locator(".readings strong").all_inner_texts()]
    np.testing.assert_allclose(shown[:3], [float(v) for v in want.values()], rtol=1e-4)
    moved = page.inner_text(".readings")
    assert moved != at_rest
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    page.wait_for_selector(".readings strong")
    assert page.inner_text(".readings") == moved


def test_another_loss_keeps_the_parameters_of_the_output(page, site):
    visit(page, site, "#pair?out=elu&out.alpha=2&loss=huber&loss.delta=3&lang=en")
    page.get_by_label("Loss", exact=True).select_option("mse")
    assert query(page) == {"out": "elu", "out.alpha": "2", "loss": "mse", "n": "1", "lang": "en"}


def test_parameters_are_moved_function_by_function(page, site):
    visit(page, site, "#compare?f=silu,elu,relu&lang=en")
    move(page, "silu.beta", 30)
    move(page, "elu.alpha", 10)
    beta, alpha = float(query(page)["silu.beta"]), float(query(page)["elu.alpha"])
    drawn = curves(page)
    np.testing.assert_allclose(drawn["silu"][1], slopes.silu(drawn["silu"][0], beta=beta), rtol=1e-12)
    np.testing.assert_allclose(drawn["elu"][1], slopes.elu(drawn["elu"][0], alpha=alpha), rtol=1e-12)
    visit(page, site, "#" + page.url.partition("#")[2])
    assert np.array_equal(curves(page)["silu"][1], drawn["silu"][1])
    page.get_by_label("Remove silu").click()
    page.wait_for_timeout(150)
    assert query(page) == {"f": "elu,relu", "lang": "en", "elu.alpha": f"{alpha:g}"}
    assert page.get_by_label("silu.beta").count() == 0


def test_the_comparison_has_errors_and_times_or_says_that_there_are_none(page, site):
    visit(page, site, "#compare?f=silu,huber,isru&lang=en")
    table = {
        row[0]: row[1:]
        for row in page.evaluate(
            "() => [...document.querySelectorAll('tr')].map((r) => [...r.cells].map((c) => c.textContent))"
        )
    }
    errors = table["Largest error, float32 (ULP; value / first / second derivative)"]
    assert [text.count("/") for text in errors] == [2, 0, 2]
    assert errors[1] == "not measured"
    assert table["Time of the value (ns a number)"][1:] == ["not measured", "not measured"]
    slopes_cost = table["Time of the value with its derivative or gradient (ns a number)"]
    assert all(0.1 < float(cost) < 10 for cost in slopes_cost[:2])
    assert slopes_cost[2] == "not measured"
    move(page, "silu.beta", 30)
    assert page.inner_text("section table").count("not measured") > 10
