"""The textbook formula and the printed text are the function that the library computes."""

import mpmath as mp
import numpy as np
import pytest

from slopes.core import definitions
from slopes.emit.formula import formula, methods_of
from slopes.emit.tape import trace
from tests.laws.reference import (
    M,
    close,
    masses,
    points,
    predictions,
    row,
    rows_of,
    sections,
    target_rows,
    targets,
    width_of,
)


def threshold(x, p):
    """By bisection: the definitions' own way is Newton's."""
    low, high = max(x) - 1, max(x)
    for _ in range(170):
        middle = (low + high) / 2
        total = sum((v - middle) ** p for v in x if v > middle)
        low, high = (middle, high) if total > 1 else (low, middle)
    return low


ROWS = {
    "first_largest": lambda x: row([int(i == np.argmax(x)) for i in range(len(x))]),
    "half": lambda x, which: x[: len(x) // 2] if which == 0 else x[len(x) // 2 :],
    "join": lambda x, y: np.concatenate([x, y]),
    "relu": lambda x: M.maximum(x, 0),
    "threshold": threshold,
    "ndtr": np.frompyfunc(lambda x: mp.erfc(-x / mp.sqrt(2)) / 2, 1, 1),
}  #: what the formulas of rows use beside numbers
TEXTBOOK = {
    "exp": M.exp,
    "log": M.log,
    "abs": M.abs,
    "erf": np.frompyfunc(mp.erf, 1, 1),
    "tanh": mp.tanh,
    "sqrt": mp.sqrt,
    "sin": mp.sin,
    "cos": mp.cos,
    "arctan": mp.atan,
    "ndtr": np.frompyfunc(lambda x: mp.erfc(-x / mp.sqrt(2)) / 2, 1, 1),
    "pi": mp.pi,
    "max": lambda *xs: max(xs[0]) if len(xs) == 1 else M.maximum(*xs),  # 50 digits of a plain number too
    "min": M.minimum,
    "maximum": M.maximum,
    "sum": np.sum,
    "mean": np.mean,
    "len": len,
    "range": range,
}
PRINTED = TEXTBOOK | {
    "log1p": M.log1p,
    "tanh": M.tanh,
    "expm1": M.expm1,
    "hypot": M.hypot,
    "tanh_remainder": M.tanh_remainder,
    "log_ndtr": M.log_ndtr,
    "sigmoid": M.sigmoid,
    "npdf": mp.npdf,
    "step": M.step,
    "sign": M.sign,
    "min": M.minimum,
    "max": M.maximum,
}


def evaluate(text, words, **names):
    return eval(text, {"__builtins__": {}} | words | names)


def test_textbook_formula_of_a_curve_is_its_value(curve):
    for x in points(curve):
        if curve.name == "tanh" and abs(x) > 40:
            continue  # the textbook's quotient itself loses 35 digits there
        names = {"x": x, "r": x, "z": x} | curve.parameters
        assert close(evaluate(curve.formula, TEXTBOOK, **names), curve.value(M, x), "1e-40")


def test_textbook_formula_of_a_loss_is_its_value(two_argument_loss):
    for target in targets(two_argument_loss):
        for x in predictions(two_argument_loss)[::3]:
            names = {"p": x, "z": x, "t": target} | two_argument_loss.parameters
            want = evaluate(two_argument_loss.formula, TEXTBOOK, **names)
            assert close(want, two_argument_loss.value(M, x, target), "1e-40")


def test_textbook_formula_of_a_row_is_its_value(row_or_loss):
    width = width_of(row_or_loss)
    loss = row_or_loss.kind == "row_loss"
    others = target_rows(row_or_loss, 12, width) if loss else masses(12, width)
    for x, q in zip(rows_of(row_or_loss, 12, width), others, strict=True):
        arguments = (x, q) if loss else (x,)
        names = {"x": x, "q": q} | row_or_loss.parameters
        with mp.workdps(450):  # a difference of distribution functions loses many digits in the tails
            want = evaluate(row_or_loss.formula, TEXTBOOK | ROWS, **names)
        got = row_or_loss.value(M, *arguments)
        if np.size(want) == 1:
            want = row(np.ravel(np.asarray(want, object)))
        assert close(want, got, "1e-40")


def test_printed_text_is_the_computed_function(pointwise):
    for method in methods_of(type(pointwise)):
        text = formula(pointwise, method)
        inputs = trace(type(pointwise), (method,)).inputs
        for methods, grid in sections(pointwise):
            del methods
            for x in grid[5::37]:
                values = dict(zip(inputs, (x, mp.mpf("0.3")), strict=False)) | pointwise.parameters
                names = dict(values)
                for name, let in text.lets:
                    names[name] = evaluate(let, PRINTED, **names)
                got = mp.mpf(evaluate(text.result, PRINTED, **names))
                assert close(got, getattr(pointwise, method)(M, *[values[i] for i in inputs]), "1e-40")


def test_every_method_of_every_definition_can_be_traced(anything):
    for method in methods_of(type(anything)):
        program = trace(type(anything), (method,))
        assert method in program.results
        assert set(program.uses()) <= set(program.tape.symbols)


def test_value_and_derivative_share_what_they_have_in_common():
    methods = ("value", "derivative", "second_derivative")
    program = trace(definitions["silu"], methods)
    inputs = {program.tape.input("beta"), program.tape.input("x")}
    gates = [s for s in program.tape.symbols if s.word in ("*", "times") and set(s.operands) == inputs]
    assert len(gates) == 1
    apart = sum(len(trace(definitions["silu"], (method,)).tape.symbols) for method in methods)
    assert len(program.tape.symbols) < apart


def test_a_definition_that_branches_on_its_input_is_refused():
    x = trace(definitions["relu"], ("value",)).tape.input("x")
    for wrong in (lambda: 1 if x else 0, lambda: x < 0, lambda: max(x, 0)):
        with pytest.raises(TypeError, match="a definition may not"):
            wrong()


def test_a_word_outside_the_vocabulary_is_refused():
    class Wrong(definitions["relu"]):
        def value(self, m, x):
            return m.gamma(x)

    with pytest.raises(AttributeError, match="no word 'gamma'"):
        trace(Wrong, ("value",))
