"""The README's code runs, and CONTRIBUTING's worked example does what the page says."""

import ast
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from bench.differences import page
from typer.testing import CliRunner

import slopes
from slopes.cli.main import app
from tests.mutants import outcome_of
from tests.pages import blocks

ROOT = Path(__file__).parents[1]


def test_the_code_of_the_readme_runs():
    names = {}
    for block in blocks("README.md", "python"):
        exec(block, names)
    want = slopes.huber.gradient(names["y"].numpy(), names["t"], delta=2.0)
    np.testing.assert_allclose(names["gradient"].numpy(), want, rtol=1e-6)
    assert slopes.sigmoid.derivative(np.float32(20)) == np.float32(2.0611537e-9)


def test_the_code_of_the_page_on_pytorch_runs_and_prints_what_it_says(capsys):
    code = blocks("docs/torch.md", "python")
    names = {}
    for block in code:
        exec(block, names)
    printed = capsys.readouterr().out.splitlines()
    promised = re.findall(r"print\(.*\)  # (.*)", "\n".join(code))
    words = [line.split() for line in printed]
    assert [text for text in promised if text.split() not in words] == []
    assert len(promised) == 2


def test_the_readme_names_every_function():
    text = (ROOT / "README.md").read_text()
    assert [name for name in (*slopes.activations, *slopes.losses) if name not in text] == []


def test_adding_a_function_is_one_file_and_one_line(tmp_path):
    file, line = blocks("CONTRIBUTING.md", "python")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    package = tmp_path / "src/slopes/activations"
    (package / "relu_cubed.py").write_text(file)
    with (package / "__init__.py").open("a") as init:
        init.write(line)
    status, laws = outcome_of(str(tmp_path), ["--functions=relu_cubed", "tests/laws"])
    assert status == 0, laws[-3000:]
    assert int(re.search(r"(\d+) passed", laws)[1]) >= 80
    status, doctest = outcome_of(str(tmp_path), [str(package / "relu_cubed.py")])
    assert status == 0, doctest[-3000:]
    assert "1 passed" in doctest


def test_the_page_of_differences_is_made_from_the_measured_table():
    assert (ROOT / "docs/differences.md").read_text() == page()


@pytest.mark.parametrize("page", ["index", "numpy", "numerics", "tutorial"])
def test_the_code_of_the_pages_runs(page):
    names, threads = {}, slopes.kernels().threads
    try:
        for block in blocks(f"docs/{page}.md", "python"):
            exec(block, names)
    finally:
        slopes.set_num_threads(threads or 1)


def test_the_code_of_the_page_on_frameworks_runs():
    import jax
    import tensorflow as tf

    import keras

    anywhere, with_jax, with_tensorflow, with_keras = blocks("docs/frameworks.md", "python")
    names = {"jax": jax, "tf": tf, "keras": keras}
    exec(anywhere, names)
    logits, labels = np.array([[2.0, -1.0], [0.1, 0.2]], np.float32), np.array([0, 1])
    given = {
        "logits": logits,
        "labels": labels,
        "prediction": np.array([0.5, 3.0]),
        "target": np.array([0.0, 1.0]),
        "x": np.array([-0.3, 0.7]),
    }
    names |= {name: jax.numpy.asarray(array) for name, array in given.items()}
    hessian, *pairs = sorted(with_jax.splitlines(), key=lambda line: "  # " in line)
    for call, same in (line.split("  # ") for line in pairs):
        np.testing.assert_allclose(eval(call, names), eval(same, names), rtol=1e-5, err_msg=call)
    np.testing.assert_array_equal(eval(hessian, names), np.diag([0.5, 0.0]))
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)])
    names |= {"model": model, "x": tf.constant(logits), "labels": tf.constant(labels)}
    exec(with_tensorflow, names)
    assert [tuple(g.shape) for g in names["gradients"]] == [(2, 2), (2,)]
    exec(with_keras, names)
    assert np.isfinite(names["model"].fit(logits, labels, verbose=0).history["loss"]).all()


def test_a_check_of_ones_own_is_what_the_page_on_the_doctor_says():
    names = {}
    exec(blocks("docs/doctor.md", "python")[-1], names)
    check = names["Halves"]()
    call = SimpleNamespace(prediction=np.array([0.5, 0.5]))
    assert check.examine(call).numbers == {"half": 0.5}
    assert check.examine(SimpleNamespace(prediction=np.array([0.5, 0.6]))) is None


def test_problems_of_ones_own_are_what_the_page_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    generator = np.random.default_rng(0)
    x, y = generator.normal(size=(60, 20)), generator.integers(0, 3, 60)
    np.savez("mine.npz", x=x, y=y)
    in_torch, in_keras = blocks("docs/trial-own.md", "python")
    (tmp_path / "mine.py").write_text(in_torch)
    (tmp_path / "keras_mine.py").write_text(
        in_keras + "\n\ndef problem():\n    import numpy as np\n"
        "    data = np.load('mine.npz')\n"
        "    return KerasProblem('mine', model, training=(data['x'], data['y']))\n"
    )
    arguments = ["--seeds", "2", "--steps", "3", "--activations", "relu", "--jobs", "1"]
    for file in ("mine.py", "keras_mine.py"):
        result = CliRunner().invoke(app, ["trial", "own", file, *arguments, "--out", f"out-{file}"])
        assert result.exit_code == 0, result.output
        assert (tmp_path / f"out-{file}" / "report.html").stat().st_size > 1000


@pytest.mark.parametrize("page", ["index", "tutorial"])
def test_the_chinese_pages_have_the_same_code(page):
    english, chinese = (blocks(f"docs/{folder}{page}.md", "python") for folder in ("", "zh/"))
    assert [ast.dump(ast.parse(block)) for block in english] == [
        ast.dump(ast.parse(block)) for block in chinese
    ]


def test_the_chinese_tutorial_has_the_same_sections():
    english, chinese = (
        re.findall(r"^(#+) ", (ROOT / f"docs/{folder}tutorial.md").read_text(), re.MULTILINE)
        for folder in ("", "zh/")
    )
    assert english == chinese
