"""`over` runs every case, says which one failed, and refuses to test nothing."""

import inspect

import pytest

from tests.loops import over


def test_every_case_runs_with_what_the_test_was_given():
    met = []

    @over("factor", [2, 3])
    @over("call", lambda x: {"same": x, "next": x + 1})
    def check(x, call, factor):
        met.append((x, call, factor))

    check(x=5)
    assert met == [(5, 5, 2), (5, 6, 2), (5, 5, 3), (5, 6, 3)]
    assert list(inspect.signature(check).parameters) == ["x"]


def test_a_failure_says_where_it_was():
    @over("dtype", [int, float])
    @over("layout", {"plain": 1, "strided": 0})
    def check(dtype, layout):
        assert dtype is int or layout

    with pytest.raises(AssertionError) as failure:
        check()
    assert failure.value.__notes__ == ["where layout is strided", "where dtype is float"]


def test_no_case_is_no_test():
    @over("x", lambda f: dict.fromkeys(f))
    def check(f, x):
        raise AssertionError((f, x))

    with pytest.raises(ValueError, match="no x to test with"):
        check(f="")
    with pytest.raises(TypeError, match="check has no argument y"):
        over("y", [1])(check)
