"""The number of threads changes no bit; forks and many Python threads at once do no harm."""

import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import joblib
import numpy as np
import pytest

import slopes
from tests.conftest import public
from tests.kernels.examples import inputs, pair
from tests.loops import over

LARGE = 300_001
X = inputs(LARGE, np.float32)


def run(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={**os.environ, **environment},
    ).stdout.strip()


def on(count, call):
    slopes.set_num_threads(count)
    return call()


@pytest.mark.usefixtures("threads")
@over("dtype", [np.float32, np.float64])
def test_threads_change_no_bit(pointwise, dtype):
    f = public(pointwise)
    if pointwise.kind == "activation":
        x = inputs(LARGE, dtype)

        def call():
            return f(x), *f.value_and_derivative(x), f.vjp(x, x)
    else:
        p, t = pair(pointwise, LARGE, dtype)
        p = np.nan_to_num(p, nan=1, posinf=2, neginf=-2)
        keep = np.arange(LARGE) % 7 > 0

        def call():
            return f(p, t), *f.value_and_gradient(p, t, weight=t * t, where=keep)

    one = on(1, call)
    for count in (2, 3, 7):
        for a, b in zip(one, on(count, call), strict=True):
            np.testing.assert_array_equal(a, b)


@pytest.mark.usefixtures("threads")
def test_many_python_threads_at_once():
    slopes.set_num_threads(3)
    want, total = slopes.silu(X), slopes.mse(np.nan_to_num(X), np.zeros_like(X))

    def work(_):
        assert slopes.mse(np.nan_to_num(X), np.zeros_like(X)) == total
        np.testing.assert_array_equal(slopes.silu(X), want)
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(40)))


def work(seed):
    return float(slopes.mse(np.nan_to_num(X) + seed, np.zeros_like(X)))


FORK = """
import multiprocessing, numpy as np, slopes
slopes.set_num_threads(2)
x = np.linspace(-3, 3, 300_000).astype(np.float32)
want = slopes.silu(x)
def work(seed):
    assert np.array_equal(slopes.silu(x), want)
    return float(slopes.mse(x, x + seed))
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(3) as pool:
        assert pool.map(work, range(6)) == [work(i) for i in range(6)]
    print(np.array_equal(slopes.silu(x), want))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_makes_its_own_threads():
    assert run(FORK) == "True"
    assert "fork" in multiprocessing.get_all_start_methods()


def test_joblib_workers():
    slopes.silu(X)
    got = joblib.Parallel(n_jobs=2)(joblib.delayed(work)(i) for i in range(4))
    assert got == [work(i) for i in range(4)]


@pytest.mark.usefixtures("threads")
def test_set_num_threads():
    slopes.set_num_threads(5)
    assert slopes.kernels().threads == 5
    for wrong, error in (
        (0, ValueError),
        (-1, ValueError),
        (2000, ValueError),
        (1.5, TypeError),
        (True, TypeError),
    ):
        with pytest.raises(error, match="number of threads"):
            slopes.set_num_threads(wrong)
    assert slopes.kernels().threads == 5


def test_the_number_of_threads_from_the_environment():
    code = "import slopes; print(slopes.kernels().threads)"
    assert run(code, SLOPES_NUM_THREADS="3") == "3"
    assert int(run(code, SLOPES_NUM_THREADS="")) == len(os.sched_getaffinity(0))
