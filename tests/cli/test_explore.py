"""The command that serves the explorer or writes it."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

import slopes
from slopes.cli.main import app
from slopes.core import definitions
from slopes.explorer import Server

# A background job of a shell ignores Ctrl-C, and so would its children.
HEARING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
PROGRAM = f"{HEARING}; from slopes.cli import main; main()"


def explore(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "error", "-c", PROGRAM, "explore", *arguments]


def test_it_serves_the_page_until_it_is_interrupted() -> None:
    with subprocess.Popen(explore("--no-browser"), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = said.split()[4]
        assert address.startswith("http://127.0.0.1:")
        with urlopen(address) as response:
            assert b"<title>slopes</title>" in response.read()
        with urlopen(address + "functions.js") as response:
            assert response.headers["Content-Type"] == "text/javascript"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0


def test_it_writes_a_site_that_any_host_can_serve(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["explore", "--build", str(tmp_path / "site")])
    assert result.exit_code == 0, result.output
    assert result.output.strip() == f"wrote {tmp_path / 'site' / 'index.html'}"
    assert (tmp_path / "site" / "plotly.min.js").stat().st_size > 1_000_000
    catalog = json.loads((tmp_path / "site" / "catalog.json").read_text())
    known = catalog["functions"]
    assert set(known) == {name for name, d in definitions.items() if d.kind != "array_loss"}
    assert catalog["version"] == slopes.__version__
    at = known["huber"]["parameters"][0]
    assert at["facts"][at["positions"].index(3.0)] == {"breaks": [-3.0, 3.0], "lipschitz": 3.0}
    assert known["huber"]["facts"]["limits"] == ["inf", "inf"]
    assert known["silu"]["gain"] == slopes.silu.gain


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with Server(tmp_path) as other:
        result = CliRunner().invoke(app, ["explore", "--no-browser", "--port", str(other.server_port)])
    assert result.exit_code == 2
    assert result.output == f"slopes: port {other.server_port}: Address already in use\n"


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(app, ["explore", "--build", str(tmp_path / "file" / "site")])
    assert result.exit_code == 2
    assert result.output.startswith("slopes: ")
    assert "Not a directory" in result.output
    assert result.output.count("\n") == 1


def test_without_plotly_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("slopes.explorer.site.find_spec", {}.get)
    result = CliRunner().invoke(app, ["explore", "--build", str(tmp_path)])
    assert result.exit_code == 2
    assert result.output == 'slopes: plotly is not installed; pip install "slopes[explore]" installs it\n'
    assert not any(tmp_path.iterdir())
