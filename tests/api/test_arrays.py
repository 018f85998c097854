"""Which arrays go in and come out: dtypes, layouts, shapes, memory, scalars."""

import numpy as np
import pytest
import torch
from ml_dtypes import bfloat16

import slopes
from tests.api.examples import LOSSES, POINTWISE, arguments, each, each_call, rounded
from tests.loops import over

ELEMENTWISE = ("activation", *POINTWISE)


def equal(a, b):
    np.testing.assert_array_equal(np.asarray(a), np.asarray(b), strict=True)


@over("dtype", ["float16", bfloat16, "float32", "float64"])
@each_call()
def test_result_keeps_the_dtype(f, call, dtype):
    result = call(*rounded(arguments(f), dtype))
    assert result.dtype == dtype
    assert isinstance(result, np.ndarray | np.generic)


@over("dtype", ["int8", "uint8", "int32", "int64", "bool"])
@each("activation", "row_activation", "residual_loss")
def test_integers_become_float64(f, dtype):
    args = tuple((np.abs(a) > 1).astype(dtype) for a in arguments(f))
    equal(f(*args), f(*(a.astype(np.float64) for a in args)))


@each_call()
def test_inputs_never_change_and_share_no_memory_with_the_result(f, call):
    args = arguments(f)
    before = [a.copy() for a in args]
    for a in args:
        a.flags.writeable = False
    result = call(*args)
    for a, b in zip(args, before, strict=True):
        equal(a, b)
        assert not np.may_share_memory(a, result)


@over(
    "layout",
    {
        "Fortran order": np.asfortranarray,
        "every second entry": lambda a: np.repeat(a, 2, -1)[..., ::2],
        "negative stride": lambda a: a[..., ::-1].copy()[..., ::-1],
        "big-endian": lambda a: a.astype(a.dtype.newbyteorder(">")),
    },
)
@each_call()
def test_layout_changes_nothing_but_memory(f, call, layout):
    args = arguments(f)
    given = [layout(a) for a in args]
    assert any(not g.flags.c_contiguous or not g.dtype.isnative for g in given)
    result, plain = call(*given), call(*args)
    assert result.shape == plain.shape
    np.testing.assert_array_equal(np.asarray(result), plain)


@over("dtype", ["float32", "float64"])
@each("activation", *POINTWISE)
def test_an_array_broadcast_without_memory_works(f, dtype):
    args = [np.broadcast_to(a[:1], a.shape) for a in rounded(arguments(f), dtype)]
    equal(f(*args), f(*(a.copy() for a in args)))


@each_call(*ELEMENTWISE)
def test_zero_size_arrays_give_zero_size_results(f, call):
    args = arguments(f, shape=(0, 6))
    if f.kind in LOSSES:
        assert f.gradient(*args, reduction="none").shape == (0, 6)
        assert f(*args, reduction="none").shape == (0, 6)
        assert f(*args, reduction="sum") == 0
    else:
        assert call(*args).shape == (0, 6)


@each("row_activation")
def test_no_rows_give_no_rows(f):
    assert f(np.zeros((0, 6))).shape == (0, *f(np.zeros((1, 6))).shape[1:])
    assert f.vjp(np.zeros((0, 6)), f(np.zeros((0, 6)))).shape == (0, 6)


@each("row_loss")
def test_no_rows_of_scores_add_up_to_0(f):
    x, y = np.zeros((0, 6)), np.zeros(0, int)
    assert f(x, y, reduction="sum") == 0
    assert f(x, y, reduction="none").shape == (0,)
    assert f.gradient(x, y, reduction="sum").shape == (0, 6)


@each_call(*ELEMENTWISE)
def test_zero_dimensional_arrays_work(f, call):
    args = arguments(f)
    result = call(*(np.array(a[0, 0]) for a in args))
    assert result.shape == ()
    plain = call(*(a[:1, 0] for a in args))
    assert result == pytest.approx(plain.item(), rel=1e-15)


@over("dtype", [np.float16, bfloat16, np.float32, np.float64])
@each_call(*ELEMENTWISE)
def test_numpy_scalars_give_numpy_scalars(f, call, dtype):
    args = [dtype(a[0, 0]) for a in arguments(f)]
    result = call(*args)
    assert type(result) is dtype
    assert result == call(*(np.array([a]) for a in args)).item()


@each_call(*ELEMENTWISE)
def test_a_python_float_gives_a_python_float(f, call):
    args = [a[0, 0].item() for a in arguments(f)]
    result = call(*args)
    assert type(result) is float
    assert result == call(*(np.array([a]) for a in args)).item()


@over("given", [1, True, 0, 10**20])
@each("activation")
def test_a_python_integer_gives_a_python_float(f, given):
    assert type(f(given)) is float
    np.testing.assert_equal(f(given), f(float(given)))


@each("activation", "row_activation", *POINTWISE)
def test_a_list_of_numbers_is_not_an_array(f):
    with pytest.raises(TypeError, match=r"got builtins\.list.*numpy\.asarray"):
        f(*(a.tolist() for a in arguments(f)))


class PandasLike:
    """What looks like an array without being one that is supported."""

    dtype, shape = np.dtype("float64"), (3,)

    def __array__(self, dtype=None, copy=None):
        raise AssertionError("nothing may convert it silently")


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (np.zeros(3, complex), "complex128.*float16, bfloat16, float32, float64 and integers"),
        (np.zeros(3, np.longdouble), "longdouble|float128"),
        (np.array([1.0, None]), "object"),
        (np.array(["a"]), "str"),
        (np.zeros(2, "datetime64[s]"), "datetime64"),
        (np.ma.masked_array([1.0, 2.0], [True, False]), "where=~x.mask"),
        (None, "NoneType"),
        ("1.0", r"builtins\.str"),
        (1j, r"builtins\.complex"),
        ({1.0}, r"builtins\.set"),
        ((1.0, 2.0), r"tuple.*numpy\.asarray"),
        (PandasLike(), r"PandasLike.*an array of NumPy, PyTorch, JAX, TensorFlow, Dask"),
        (torch.zeros(3, dtype=torch.complex64), "complex64.*bfloat16"),
        (torch.zeros(3).to(torch.float8_e4m3fn), "float8"),
    ],
)
@pytest.mark.parametrize("call", [slopes.silu, slopes.silu.derivative, slopes.softmax])
def test_what_is_not_supported_is_one_type_error(call, x, message):
    with pytest.raises(TypeError, match=message):
        call(x)


def test_large_arrays_equal_small_ones():
    """More than one block of the NumPy backend, with a rest."""
    x = np.linspace(-20, 20, 100_003)
    for f in (slopes.silu, slopes.silu.derivative):
        np.testing.assert_array_equal(f(x)[::997], f(x[::997].copy()))
    rows = np.broadcast_to(x[:30_001, None], (30_001, 3)) * [1, -1, 0.5]
    np.testing.assert_array_equal(slopes.softmax(rows)[29_000:], slopes.softmax(rows[29_000:]))
