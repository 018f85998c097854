"""How fast the explorer is in a browser, and the picture of it in the documentation.

python -m bench.explorer                       # load times, and long tasks while a slider moves
python -m bench.explorer docs/explorer.png     # the picture of the pair
"""

import shutil
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from slopes.explorer import Server, build

VIEWS = ("one", "pair", "compare", "precision", "chain", "own")
PICTURED = "#pair?out=sigmoid&loss=mse&z=-3.2&lang=en&mode=light"
SHOWN = "() => document.documentElement.dataset.shown"
ROUNDS = 5
WATCH = """() => {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((e) => e.duration)))
    .observe({ type: "longtask" });
}"""
SLIDE = """async () => {
  const input = document.querySelector("input[type=range]");
  const times = [];
  for (let i = 0; i < 60; i += 1) {
    input.value = Number(input.min) + ((i * 7) % (Number(input.max) - Number(input.min) + 1));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    times.push(await new Promise((done) => requestAnimationFrame(done)));
  }
  await new Promise((done) => setTimeout(done, 200));
  const frames = times.slice(1).map((t, i) => t - times[i]).sort((a, b) => a - b);
  return [frames[frames.length >> 1], frames[Math.floor(frames.length * 0.95)], window.tasks];
}"""


def load(browser: Browser, address: str) -> float:
    """Milliseconds from asking for a page, with nothing in the cache, to its first curves."""
    page = browser.new_context().new_page()
    page.goto(address)
    page.wait_for_function(SHOWN)
    shown = page.evaluate("performance.getEntriesByName('shown')[0].startTime")
    page.context.close()
    return float(shown)


def slide(page: Page, address: str) -> Any:
    """Median and 95th percentile of the time between frames, and the long tasks, while a slider moves."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function(SHOWN)
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    return page.evaluate(SLIDE)


def measure(browser: Browser, address: str) -> None:
    """Print a table of all views."""
    print("| view | shown (ms) | frame (ms, median / 95 %) | tasks over 50 ms in 60 moves of a slider |")
    print("|---|---|---|---|")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    for view in VIEWS:
        times = sorted(load(browser, f"{address}#{view}") for _ in range(ROUNDS))
        median, late, tasks = slide(page, f"{address}#{view}")
        print(f"| {view} | {times[ROUNDS // 2]:.0f} | {median:.1f} / {late:.1f} | {len(tasks)} |")


def picture(browser: Browser, address: str, file: Path) -> None:
    """Write the picture of the pair."""
    page = browser.new_page(viewport={"width": 1180, "height": 815}, device_scale_factor=1.5)
    page.goto(address + PICTURED)
    page.wait_for_function(SHOWN)
    page.wait_for_timeout(500)
    page.screenshot(path=file)


if __name__ == "__main__":
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        build(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--disable-gpu"])
        with Server(Path(folder)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            if len(sys.argv) > 1:
                picture(browser, server.address, Path(sys.argv[1]))
            else:
                measure(browser, server.address)
            server.shutdown()
        browser.close()
