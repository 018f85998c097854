"""The page in a browser: every view in both languages, every function, and addresses that can be shared."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

import slopes
from slopes.core import definitions
from slopes.emit import javascript
from slopes.plot.sections import sections

VIEWS = ("one", "pair", "compare", "precision", "chain", "own")
DRAWN = "() => document.documentElement.dataset.shown"
DATA = """i => document.querySelectorAll(".chart")[i].data.map(({ name, x, y }) => [name, [...x], [...y].map(
  (v) => (Number.isFinite(v) ? v : null))])"""
MOVE = """([label, value]) => {
  const find = (l) => l.textContent === label;
  const input = document.getElementById([...document.querySelectorAll("label")].find(find).htmlFor);
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
RESTED = "() => document.querySelector('.chart canvas') === null"
ORDERS = """async ([names, x]) => {
  const library = await import("./library.js");
  await library.load();
  const drawn = (name) => library.orders(name, library.defaults(name), 0).map((method) => x.map(method));
  return Object.fromEntries(names.map((name) => [name, drawn(name)]));
}"""
EVERY = """async ([names, path]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const found = {};
  for (const name of names) {
    document.getElementById("view").replaceChildren();
    location.hash = path + name;
    for (let i = 0; i < 200 && !document.querySelector(".chart")?.data; i += 1) await frame();
    const curves = document.querySelector(".chart")?.data ?? [];
    const lines = curves.filter(({ mode }) => mode === "lines");
    found[name] = lines.map(({ y }) => y.filter(Number.isFinite).length);
  }
  return found;
}"""


def visit(page, site, address):
    page.goto("about:blank")
    page.goto(site + address)
    page.wait_for_function(DRAWN)


def move(page, label, value):
    """Move a slider to a position, and wait for the whole picture that follows the sketch."""
    page.evaluate(MOVE, [label, value])
    page.wait_for_function(RESTED)


def query(page):
    """What the address says is looked at."""
    return dict(parse_qsl(urlsplit(page.url).fragment.partition("?")[2]))


def curves(page, chart=0):
    """The curves of a chart by name: x and y."""
    found = page.evaluate(DATA, chart)
    return {
        name: (np.array(x), np.array([np.nan if v is None else v for v in y])) for name, x, y in found[::-1]
    }


@pytest.mark.parametrize(("language", "mode"), [("en", "light"), ("zh", "dark")])
def test_every_view_draws_in_both_languages_and_is_accessible(page, site, language, mode):
    axe = find_spec("axe_core_python")
    for view in VIEWS:
        visit(page, site, f"#{view}?lang={language}&mode={mode}")
        assert page.evaluate("document.documentElement.lang") == {"en": "en", "zh": "zh-Hans"}[language]
        assert all(page.evaluate("[...document.querySelectorAll('.chart')].map((c) => c.data.length > 0)"))
        if axe is not None:
            page.evaluate((Path(axe.origin).parent / "axe.min.js").read_text())
            rules = {
                "resultTypes": ["violations"],
                **({"runOnly": ["color-contrast"]} if mode == "dark" else {}),
            }
            found = page.evaluate("(rules) => axe.run(document, rules)", rules)["violations"]
            serious = [v for v in found if v["impact"] in ("serious", "critical")]
            assert [(v["id"], v["nodes"][0]["html"]) for v in serious] == []


def test_every_function_is_drawn(page, site):
    visit(page, site, "#one?lang=en")
    names = [name for name, definition in definitions.items() if javascript.methods_of(definition)]
    found = page.evaluate(EVERY, [names, "#one?lang=en&f="])
    assert {name: lines for name, lines in found.items() if len(lines) != 3 or min(lines) < 100} == {}
    assert len(found) > 100


def test_nothing_is_loaded_from_elsewhere(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, site, "#one")
    assert {urlsplit(url).netloc for url in asked if url.startswith("http")} == {urlsplit(site).netloc}
    assert len(asked) > 10


def test_a_slider_moves_the_curves_to_the_values_of_the_library(page, site):
    visit(page, site, "#one?f=silu&lang=en")
    at_rest = curves(page)["value"][1]
    move(page, "beta", 35)
    beta = float(query(page)["beta"])
    drawn = curves(page)
    for order, name in enumerate(("value", "first derivative", "second derivative")):
        x, y = drawn[name]
        want = slopes.silu.derivative(x, order=order, beta=beta) if order else slopes.silu(x, beta=beta)
        np.testing.assert_allclose(y, want, rtol=1e-12, atol=1e-300)
    assert not np.allclose(at_rest, drawn["value"][1])


def test_an_address_restores_what_was_shared(page, site):
    visit(page, site, "#one?f=huber&delta=3&reach=10&show=first&lang=en")
    x, y = curves(page)["first derivative"]
    assert (x[0], x[-1], list(curves(page))) == (-10, 10, ["first derivative"])
    np.testing.assert_allclose(y, slopes.huber.gradient(x, np.zeros_like(x), delta=3.0, reduction="sum"))
    visit(page, site, "#pair?out=tanh&loss=mse&z=1.5&lang=en")
    move(page, "logit", 200)
    shared = page.url
    readings = page.inner_text(".readings")
    page.goto("about:blank")
    page.goto(shared)
    page.wait_for_function(DRAWN)
    assert page.inner_text(".readings") == readings
    assert "z=8" in shared


def test_a_logarithmic_axis_shows_the_values_of_positive_inputs(page, site):
    visit(page, site, "#one?f=elu&lang=en")
    page.get_by_label("Logarithmic axis of the input").check()
    assert query(page)["logx"] == "1"
    for name, breaks in (("hard_swish", [3.0]), ("silu", [])):
        visit(page, site, f"#one?f={name}&logx=1&reach=10&lang=en")
        drawn, f = curves(page), slopes.get(name)
        x, y = drawn["value"]
        np.testing.assert_allclose((x[0], x[-1]), (1e-8, 10))
        assert np.diff(np.log10(x)).max() < 0.02
        assert np.isin(breaks, x).all()
        np.testing.assert_allclose(y, f(x), rtol=1e-12)
        slope = np.where(np.isin(x, breaks), np.nan, f.derivative(x))  # a gap where it jumps
        np.testing.assert_allclose(drawn["first derivative"][1], slope, rtol=1e-12)
    visit(page, site, "#one?f=nll&logx=1&lang=en")  # defined up to 0 only
    assert curves(page)["value"][0].max() <= 0


def test_a_logit_of_0_is_kept_in_the_address(page, site):
    visit(page, site, "#pair?lang=en")
    move(page, "logit", 120)
    assert query(page)["z"] == "0"


def test_functions_of_a_row_are_drawn_as_slopes_plot_draws_them(page, site):
    visit(page, site, "")
    names = [
        n for n, d in definitions.items() if d.kind.startswith("row_") and not getattr(d, "ordered", False)
    ]
    x = np.linspace(-5.95, 5.85, 60)
    found = page.evaluate(ORDERS, [names, x.tolist()])
    assert len(names) > 25
    for name in names:
        (section,) = sections(slopes.get(name), -6, 6)
        inside = (x > section.domain[0]) & (x < section.domain[1])
        for got, want in zip(found[name], section.orders(x[inside]), strict=True):
            got = np.array([np.nan if y is None else y for y in got])[inside]
            np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-15, err_msg=name)


def test_a_bad_address_shows_something_all_the_same(page, site):
    for address in (
        "#nowhere",
        "#one?f=__proto__",
        "#pair?out=mse&loss=softmax&n=x",
        "#compare?f=,,x",
        "#%E0",
    ):
        visit(page, site, address)
        assert page.locator(".chart").count() > 0


def test_keys_move_the_logit(page, site):
    visit(page, site, "#pair?z=0&lang=en")
    page.get_by_label("logit", exact=True).focus()
    page.keyboard.press("ArrowLeft")
    assert query(page)["z"] == "-0.1"


def test_the_logit_can_be_dragged(page, site):
    visit(page, site, "#pair?z=0&lang=en")
    box = page.locator(".chart").first.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, y)
    page.mouse.up()
    page.wait_for_function(RESTED)
    share = (box["width"] * 0.75 - 56) / (box["width"] - 56 - 16)
    assert float(query(page)["z"]) == pytest.approx(-12 + 24 * share, abs=0.2)


def test_a_phone_needs_no_sideways_scrolling(page, site):
    usual = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    for view in VIEWS:
        visit(page, site, f"#{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size(usual)
