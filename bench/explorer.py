"""What the explorer costs a browser, and the picture of it in the documentation.

    python -m bench.explorer                       # loading each view, and dragging a slider
    python -m bench.explorer docs/explorer.png     # the picture of the pair

Processor times are those of the page's main thread, so that other work on the machine does not count. Frames
are counted by the clock, and so are tasks of 50 ms and more, which browsers call long: there it counts.
"""

import shutil
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, CDPSession, sync_playwright

from slopes.explorer import Server, build

SLIDERS = {
    "one": "beta",
    "pair": "logit",
    "compare": "Reach of the axis",
    "precision": "Reach of the axis",
    "chain": "Initialisation gain",
    "own": "beta",
}  #: view -> the slider that is moved
PICTURED = "#pair?out=sigmoid&loss=mse&z=-3.2&lang=en&mode=light"
SHOWN = "() => document.documentElement.dataset.shown"
MOVES = 120
SLIDE = """async ([name, moves]) => {
  const frames = [];
  let long = 0;
  const watch = new PerformanceObserver((seen) => (long += seen.getEntries().length));
  watch.observe({ type: "longtask" });
  const label = [...document.querySelectorAll("label")].find((l) => l.textContent === name);
  const input = document.getElementById(label.htmlFor);
  for (let i = 0; i < moves; i += 1) {
    input.value = Number(input.min) + (i % (Number(input.max) - Number(input.min) + 1));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    frames.push(await new Promise(requestAnimationFrame));
  }
  const rest = () => !document.querySelector(".chart canvas");
  while (!rest()) await new Promise(requestAnimationFrame);
  await new Promise((done) => setTimeout(done, 100));
  watch.disconnect();
  return [frames.slice(1).map((at, i) => at - frames[i]).sort((a, b) => a - b), long];
}"""  #: one move a frame, as when a slider is dragged


def busy(session: CDPSession) -> float:
    """Milliseconds of processor time that the page's main thread has taken."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(float(m["value"]) for m in metrics if m["name"] == "TaskDuration")


def measure(browser: Browser, address: str) -> None:
    """Print a table of all views."""
    print("| view | load, nothing cached (ms) | a move (ms) | frames: median, 95 % (ms) | long tasks |")
    print("|---|---|---|---|---|")
    for view, slider in SLIDERS.items():
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(f"{address}#{view}?lang=en")
        page.wait_for_function(SHOWN)
        loaded = busy(session)
        page.wait_for_timeout(300)
        start = busy(session)
        frames, long = page.evaluate(SLIDE, [slider, MOVES])
        moved = (busy(session) - start) / MOVES
        median, most = (frames[int(share * len(frames))] for share in (0.5, 0.95))
        print(f"| {view} | {loaded:.0f} | {moved:.1f} | {median:.1f}, {most:.1f} | {long} |")
        page.context.close()


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
