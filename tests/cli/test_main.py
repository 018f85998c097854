import subprocess
import sys

import pytest
from typer.testing import CliRunner

import slopes
from slopes.cli.main import app

HEAVY = ("matplotlib", "torch", "sklearn", "scipy", "plotly", "pandas")


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True)


def without(package: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process where a package is not installed."""
    return run(
        f"import sys; sys.modules[{package!r}] = None; sys.argv = {['slopes', *arguments]!r}\n"
        "from slopes.cli import main; main()"
    )


def test_help_names_the_commands_and_gives_examples() -> None:
    result = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "80"})
    assert result.exit_code == 0
    for text in ("list", "show", "plot", "trial", "slopes show huber --set delta=2"):
        assert text in result.output
    assert max(map(len, result.output.splitlines())) <= 80


@pytest.mark.parametrize("command", ["list", "show", "plot"])
def test_help_of_a_command_gives_examples(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "80"})
    assert result.exit_code == 0
    assert f"  slopes {command} " in result.output


def test_version() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.output) == (0, f"slopes {slopes.__version__}\n")


def test_help_imports_nothing_heavy() -> None:
    done = run(
        "import sys; sys.argv = ['slopes', '--help']\n"
        "from slopes.cli import main\n"
        "try: main()\n"
        f"finally: print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert "Usage: slopes" in done.stdout


@pytest.mark.parametrize(
    ("package", "arguments", "extra"),
    [
        ("typer", ("--help",), "slopes[cli]"),
        ("rich", ("show", "relu"), "slopes[cli]"),
        ("rich", ("list",), "slopes[cli]"),
        ("matplotlib", ("plot", "relu", "--out", "/nowhere/relu.png"), "slopes[plot]"),
    ],
)
def test_missing_package_is_one_line_that_names_the_extra(
    package: str, arguments: tuple[str, ...], extra: str
) -> None:
    done = without(package, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f'slopes: {package} is not installed; pip install "{extra}"')
    assert done.stderr.count("\n") == 1


def test_a_bug_is_not_taken_for_a_missing_package() -> None:
    done = without("slopes.catalog", "list")
    assert done.returncode == 1
    assert "ModuleNotFoundError" in done.stderr
