"""`import slopes` needs NumPy only, and no call imports a framework that the user has not imported."""

import subprocess
import sys
from importlib.util import find_spec
from textwrap import dedent

import pytest

import slopes

HEAVY = (
    "torch",
    "jax",
    "scipy",
    "sklearn",
    "matplotlib",
    "tensorflow",
    "keras",
    "ml_dtypes",
    "pandas",
    "mpmath",
    "typer",
    "rich",
    "jinja2",
    "joblib",
    "plotly",
)


def run(program: str) -> str:
    """Run a program in a fresh interpreter, where warnings are errors too."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", dedent(program)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_numpy_calls_import_no_framework_though_it_is_installed():
    assert find_spec("torch") is not None
    found = run(
        f"""
        import sys
        import numpy as np
        import slopes
        x, y = np.zeros((2, 3)), np.zeros(2, int)
        slopes.silu(x), slopes.silu(0.5), slopes.softmax(x), slopes.mse(x, x)
        slopes.cross_entropy.value_and_gradient(x, y), slopes.prelu(x, slope=np.ones(3))
        slopes.get("swish"), repr(slopes.losses), dir(slopes), slopes.huber.__doc__
        try:
            slopes.silu([1.0])
        except TypeError:
            pass
        print([name for name in {HEAVY} if name in sys.modules])
        """
    )
    assert found == "[]"


def test_import_loads_nothing_but_numpy_the_standard_library_and_slopes():
    found = run(
        """
        import sys
        import numpy
        before = set(sys.modules)
        import slopes
        new = {name.partition(".")[0] for name in set(sys.modules) - before}
        print(sorted(new - set(sys.stdlib_module_names) - {"slopes", "numpy"}))
        """
    )
    assert found == "[]"


def test_slopes_may_be_imported_before_torch():
    found = run(
        """
        import slopes
        assert float(slopes.silu(0.0)) == 0.0
        import torch
        print(type(slopes.silu(torch.zeros(1))).__name__)
        """
    )
    assert found == "Tensor"


def test_numpy_works_where_torch_is_not_installed():
    found = run(
        """
        import sys
        sys.modules["torch"] = None  # importing it raises ImportError
        import numpy as np
        import slopes
        print(slopes.relu(np.array([-1.0, 2.0])).tolist())
        """
    )
    assert found == "[0.0, 2.0]"


def test_the_version_is_that_of_the_distribution():
    assert slopes.__version__.count(".") == 2


@pytest.mark.parametrize("name", ["UnknownName", "__version__", "activations", "get", "losses"])
def test_star_import_gives_the_registers(name):
    assert name in slopes.__all__
