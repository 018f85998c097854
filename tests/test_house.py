"""The house: what is printed is current, imports are light, files are small, names are where one looks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import slopes
from slopes.core import definitions, names
from slopes.core.register import register
from slopes.emit import cpp
from slopes.emit.stub import stub

LINES = re.DOTALL | re.MULTILINE
ROOT = Path(__file__).parents[1]
SOURCE = Path(slopes.__file__).parent


def python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_the_stub_is_printed_from_the_definitions():
    assert (SOURCE / "__init__.pyi").read_text() == stub()


def test_the_generated_cpp_is_printed_from_the_definitions():
    folder = ROOT / "cpp" / "generated"
    assert {file.name: file.read_text() for file in folder.iterdir()} == cpp.files()


def test_the_printer_knows_the_words_of_cpp():
    text = (ROOT / "cpp" / "math.h").read_text()
    words = set(re.findall(r"SLOPES_INLINE \w+ (\w+)\(", text)) - {"log1p_exp"}  # not of the vocabulary
    assert words == cpp.WORDS


def test_import_slopes_needs_numpy_only():
    loaded = python(
        "import sys, numpy; before = set(sys.modules); import slopes; slopes.silu(numpy.zeros(3));"
        "print(*sorted({m.partition('.')[0] for m in set(sys.modules) - before}"
        " - set(sys.stdlib_module_names)))"
    ).split()
    assert {name for name in loaded if not name.startswith("_")} - {"numpy"} == {"slopes"}


def test_no_file_is_longer_than_400_lines():
    files = [*ROOT.glob("src/**/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("bench/**/*.py")]
    assert len(files) > 100
    assert [f.name for f in files if len(f.read_text().splitlines()) > 400] == []


def test_a_definition_fits_one_screen_and_lies_in_the_file_of_its_name():
    for name, definition in definitions.items():
        package = "losses" if definition.kind.endswith("loss") else "activations"
        file = SOURCE / package / f"{name}.py"
        assert definition.__module__ == f"slopes.{package}.{name}"
        # names in other libraries are a list, which the eye skips
        read = re.sub(
            r"^    (aliases = \(|elsewhere = \{)\n.*?^    [)}]\n", "", file.read_text(), flags=LINES
        )
        assert len(read.splitlines()) <= 90


def test_a_name_that_another_function_has_in_another_spelling_is_refused():
    with pytest.raises(ValueError, match="'le_akyrelu' is taken by leaky_relu"):
        register(type("Second", (), {"name": "second", "aliases": ("le_akyrelu",)}))


def test_every_name_finds_its_function():
    for name, owner in names.items():
        assert slopes.get(name).name == owner
        assert slopes.get(name.upper().replace("_", "-")).name == owner
