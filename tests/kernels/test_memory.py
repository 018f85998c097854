"""Large results: their memory is reused, within limits, and what was written past the caches is right."""

import multiprocessing
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import slopes
from tests.kernels.test_threads import run

SIZE = 2_000_000  #: 8 MB of float32
X = np.linspace(-3, 3, SIZE, dtype=np.float32)
linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere NumPy allocates")


@pytest.fixture(autouse=True)
def _reuse():
    yield
    slopes.set_memory_reuse(512)


def address(a):
    return a.__array_interface__["data"][0]


def resident():
    """Megabytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def test_a_large_result_is_an_array_like_any_other():
    x = X.reshape(2, 1000, 1000)
    for result in (
        slopes.silu(x),
        *slopes.silu.value_and_derivative(x),
        slopes.silu.vjp(x, x),
        slopes.softmax(x),
    ):
        assert type(result) is np.ndarray
        assert (result.shape, result.dtype) == (x.shape, x.dtype)
        assert result.flags.c_contiguous
        assert result.flags.writeable
        assert result.flags.aligned
        assert address(result) % 64 == 0 or sys.platform != "linux"
    np.testing.assert_array_equal(slopes.silu(x).ravel()[:1000], slopes.silu(X[:1000]))
    view = slopes.silu(x)[1]
    np.testing.assert_array_equal(view, slopes.silu(x[1]))  # the view keeps the memory from being reused


@linux
def test_what_is_dropped_is_used_again_and_what_is_held_is_not():
    slopes.set_memory_reuse(0)
    slopes.set_memory_reuse(512)
    first = slopes.silu(X)
    want, where = first.copy(), address(first)
    second = slopes.tanh(X)
    assert abs(address(second) - where) >= X.nbytes
    np.testing.assert_array_equal(first, want)
    del first
    third = slopes.silu(X)
    assert address(third) == where
    np.testing.assert_array_equal(third, want)
    np.testing.assert_array_equal(second, slopes.tanh(X))


@linux
def test_no_more_is_kept_than_was_allowed():
    def kept(megabytes):
        slopes.set_memory_reuse(0)
        before = resident()
        slopes.set_memory_reuse(megabytes)
        results = [slopes.silu(X) for _ in range(8)]
        assert resident() - before > 60
        del results
        return resident() - before

    assert kept(0) < 4
    assert kept(20) < 20
    assert 20 < kept(512) < 40  # at most four
    slopes.set_memory_reuse(0)
    before = resident()
    slopes.set_memory_reuse(512)
    assert slopes.silu(X).size
    slopes.set_memory_reuse(0)
    assert resident() - before < 4


@linux
def test_the_environment_sets_the_limit():
    code = (
        "import numpy as np, slopes; x = np.ones(2_000_000, np.float32); y = slopes.silu(x); "
        "at = y.__array_interface__['data'][0]; z = np.empty(8_000_000, np.float32); del y; "
        "print(open(f'/proc/self/maps').read().count(f'{at:x}-'))"
    )
    assert run(code, SLOPES_REUSE_MB="") == "1"
    assert run(code, SLOPES_REUSE_MB="0") == "0"
    with pytest.raises(Exception, match="returned non-zero"):
        run("import slopes", SLOPES_REUSE_MB="-1")


def test_bad_limits():
    for wrong, error in ((-1, ValueError), (2**50, ValueError), (1.5, TypeError), (True, TypeError)):
        with pytest.raises(error, match="memory to keep"):
            slopes.set_memory_reuse(wrong)


def test_threads_that_make_and_drop_results():
    want = [f(X).copy() for f in (slopes.silu, slopes.tanh, slopes.sigmoid)]

    def work(i):
        f = (slopes.silu, slopes.tanh, slopes.sigmoid)[i % 3]
        for _ in range(5):
            np.testing.assert_array_equal(f(X), want[i % 3])
        return True

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(work, range(12)))


FORK = """
import multiprocessing, numpy as np, slopes
x = np.linspace(-3, 3, 2_000_000, dtype=np.float32)
want, held = slopes.silu(x).copy(), slopes.tanh(x)
def work(seed):
    result = slopes.silu(x)
    return bool(np.array_equal(result, want)) and bool(np.array_equal(held, slopes.tanh(x)))
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert all(pool.map(work, range(4)))
    print(np.array_equal(slopes.silu(x), want) and np.array_equal(held, slopes.tanh(x)))
"""


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system cannot fork")
def test_a_forked_child_has_memory_of_its_own():
    assert run(FORK) == "True"


@pytest.mark.parametrize("start", [0, 1, 5])
def test_results_past_the_caches_are_those_of_small_arrays(start):
    size = 8_500_000  # 34 MB of float32
    x = np.resize(X, size + 8)
    out, second = np.full(size + 8, 7, np.float32), np.full(size + 8, 7, np.float32)
    part = slice(start, start + size)
    slopes.tanh.value_and_derivative(x[part], out=(out[part], second[part]))
    for got, small in zip((out, second), slopes.tanh.value_and_derivative(X), strict=True):
        np.testing.assert_array_equal(got[part], np.resize(small, size + 8)[part])
        assert (got[:start] == 7).all()
        assert (got[start + size :] == 7).all()
    value, gradient = slopes.huber.value_and_gradient(x[part], x[::-1][part], out=out[part])
    pieces = [slice(at, at + 1_000_000) for at in range(start, start + size - 500_000, 1_000_000)]
    for piece in pieces:
        small = slopes.huber.gradient(x[piece], x[::-1][piece], reduction="sum")
        np.testing.assert_allclose(
            gradient[piece.start - start : piece.stop - start], small / size, rtol=3e-7
        )
    assert (out[:start] == 7).all()
    assert (out[start + size :] == 7).all()
    assert value == pytest.approx(
        np.mean(slopes.huber(x[part], x[::-1][part], reduction="none"), dtype=float), rel=1e-6
    )
