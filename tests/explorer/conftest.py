"""One browser and one site for all tests of the explorer, closed after them: it holds an event loop."""

import os
import shutil
import threading

import pytest

from slopes.explorer import Server, build

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ("--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    """The address of the explorer, served as `slopes explore` does."""
    folder = tmp_path_factory.mktemp("site")
    build(folder)
    with Server(folder) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.address
        server.shutdown()
        thread.join()


@pytest.fixture(scope="package")
def browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("needs Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=[*OPTIONS], chromium_sandbox=False, headless=True
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def window(browser):
    """One window, which all tests share; it must not say a word on its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def page(window):
    window.said.clear()
    yield window
    assert window.said == []
