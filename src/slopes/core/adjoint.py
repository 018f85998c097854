"""Reverse mode over the vocabulary: the gradient of any body follows from one rule for each word.

`record` runs a body on a backend's own arrays and keeps its operations. Pulling a cotangent back through
them uses the vocabulary too, so the gradient of a gradient is the same step once more.
"""

import operator
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from slopes.core.op import Body

Rule = Callable[..., Any]  #: rule(math, cotangent, result, *operands) -> the cotangent of one operand

SIGNS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "negative": operator.neg,
}
FLAT = frozenset(
    ("sign", "step", "fill", "less", "equal", "row_argmax", "one_hot", "below", "eye", "root_two_over_pi")
)  #: words whose result is constant wherever it has a derivative


def _sigmoid_slope(m: Any, y: Any, x: Any) -> Any:
    """The product y sigmoid'(x), whose tails are kept."""
    return m.sigmoid_times(m.sigmoid_times(y, x), -x)


def _kept(m: Any, c: Any, r: Any) -> Any:
    """The product c r; 0 where c is, so that nothing comes from entries that a condition leaves out."""
    return m.where(m.equal(c, 0.0), c, c * r)


def _along_unit(m: Any, c: Any, unit: Any, x: Any) -> Any:
    norm = m.row_norm(x)
    zero = m.equal(norm, 0.0)
    turned = c - unit * m.row_sum(c * unit)
    return m.where(zero, m.fill(turned, 0.0), turned / m.where(zero, 1.0, norm))


def _root_slope(m: Any, c: Any, root: Any) -> Any:
    zero = m.equal(root, 0.0)
    return m.where(zero, m.fill(c, 0.0), c / (2 * m.where(zero, 1.0, root)))


def _leg(m: Any, c: Any, hypotenuse: Any, x: Any) -> Any:
    zero = m.equal(hypotenuse, 0.0)
    return m.where(zero, m.fill(c, 0.0), c * x / m.where(zero, 1.0, hypotenuse))


def _erf_slope(m: Any, c: Any, x: Any) -> Any:
    root = m.sqrt(m.fill(x, 2.0))
    return m.normal_times(2 * root * c, root * x)  # 2 / sqrt(pi) e^(-x^2)


def _share(m: Any, c: Any, t: Any, x: Any, p: Any) -> Any:
    above = m.step(x - t)
    share = above * m.power(m.where(m.equal(above, 0.0), 1.0, x - t), p - 1)
    return c * share / m.row_sum(share)


def _half(m: Any, c: Any, x: Any, which: int) -> Any:
    other = m.fill(m.row_half(x, 1 - which), 0.0)
    return m.row_join(other, c) if which else m.row_join(c, other)


#: word -> a rule for each operand. At a kink the second operand of a maximum or minimum takes all, as it is
#: mostly a bound; a norm and a root have derivative 0 at 0.
RULES: dict[str, tuple[Rule | None, ...]] = {
    "+": (lambda m, c, r, x, y: c, lambda m, c, r, x, y: c),
    "-": (lambda m, c, r, x, y: c, lambda m, c, r, x, y: -c),
    "*": (lambda m, c, r, x, y: c * y, lambda m, c, r, x, y: c * x),
    "/": (lambda m, c, r, x, y: c / y, lambda m, c, r, x, y: -c * r / y),
    "negative": (lambda m, c, r, x: -c,),
    "exp": (lambda m, c, r, x: c * r,),
    "log": (lambda m, c, r, x: c / x,),
    "log1p": (lambda m, c, r, x: c / (1 + x),),
    "expm1": (lambda m, c, r, x: c * m.exp(x),),
    "expm1_excess": (lambda m, c, r, x: c * m.expm1(x),),
    "sqrt": (lambda m, c, r, x: _root_slope(m, c, r),),
    "hypot": (lambda m, c, r, x, y: _leg(m, c, r, x), lambda m, c, r, x, y: _leg(m, c, r, y)),
    "log1p_excess": (lambda m, c, r, x: c * x / (1 + x),),
    "tanh_remainder": (lambda m, c, r, x: c * m.tanh(x) * m.tanh(x),),
    "power": (
        lambda m, c, r, x, p: c * p * m.power(x, p - 1),
        lambda m, c, r, x, p: m.times(c * r, m.log(x)),
    ),
    "sin": (lambda m, c, r, x: c * m.cos(x),),
    "cos": (lambda m, c, r, x: -c * m.sin(x),),
    "arctan": (lambda m, c, r, x: c / (1 + x * x),),
    "tanh": (lambda m, c, r, x: 4 * _sigmoid_slope(m, c, 2 * x),),
    "abs": (lambda m, c, r, x: c * m.sign(x),),
    "minimum": (lambda m, c, r, x, y: c * m.step(y - x), lambda m, c, r, x, y: c * (1 - m.step(y - x))),
    "maximum": (lambda m, c, r, x, y: c * m.step(x - y), lambda m, c, r, x, y: c * (1 - m.step(x - y))),
    "where": (None, lambda m, c, r, k, x, y: m.where(k, c, 0.0), lambda m, c, r, k, x, y: m.where(k, 0.0, c)),
    "times": (lambda m, c, r, x, y: m.times(c, y), lambda m, c, r, x, y: m.times(x, c)),
    "sigmoid": (lambda m, c, r, x: _sigmoid_slope(m, c, x),),
    "sigmoid_times": (
        lambda m, c, r, y, x: m.sigmoid_times(c, x),
        lambda m, c, r, y, x: _sigmoid_slope(m, c * y, x),
    ),
    "ndtr_times": (lambda m, c, r, y, x: m.ndtr_times(c, x), lambda m, c, r, y, x: m.normal_times(c * y, x)),
    "normal_times": (
        lambda m, c, r, y, x: m.normal_times(c, x),
        lambda m, c, r, y, x: m.normal_times(-c * y * x, x),
    ),
    "erf": (lambda m, c, r, x: _erf_slope(m, c, x),),
    "log_ndtr": (lambda m, c, r, x: c * m.inverse_mills(x),),
    "inverse_mills": (lambda m, c, r, x: -c * r * m.mills_excess(x),),
    "mills_excess": (lambda m, c, r, x: c * (1 - r * m.inverse_mills(x)),),
    "exp_difference": (lambda m, c, r, x, y: _kept(m, c, r), lambda m, c, r, x, y: -_kept(m, c, r)),
    "row_sum": (lambda m, c, r, x: m.spread_to(c, x),),
    "row_max": (lambda m, c, r, x: m.where(m.row_argmax(x), c, 0.0),),
    "row_threshold": (_share, None),
    "row_half": (lambda m, c, r, x, which: _half(m, c, x, which), None),
    "row_join": (
        lambda m, c, r, x, y: m.row_half(c, 0),  # what is joined are halves of equal length
        lambda m, c, r, x, y: m.row_half(c, 1),
    ),
    "row_norm": (lambda m, c, r, x: c * m.row_unit(x),),
    "row_unit": (_along_unit,),
    "row_cumsum": (lambda m, c, r, x: m.row_cumsum_back(c),),
    "row_cumsum_back": (lambda m, c, r, x: m.row_cumsum(c),),
    "row_sorted": (None, lambda m, c, r, key, x: m.row_unsorted(key, c)),
    "row_unsorted": (None, lambda m, c, r, key, x: m.row_sorted(key, c)),
    "column": (lambda m, c, r, x, i: m.where(m.equal(m.one_hot(i, x), 1.0), c, 0.0), None),
    "transpose": (lambda m, c, r, x: m.transpose(c),),
    "matmul": (
        lambda m, c, r, x, y: m.matmul(c, m.transpose(y)),
        lambda m, c, r, x, y: m.matmul(m.transpose(x), c),
    ),
    "stft": (lambda m, c, r, x, *how: m.stft_back(c, x, *how), None, None, None),
    "stft_back": (lambda m, c, r, y, x, *how: m.stft(c, *how), None, None, None, None),
    "sum_to": (lambda m, c, r, x, like: m.spread_to(c, x), None),
    "spread_to": (lambda m, c, r, x, like: m.sum_to(c, x), None),
}


class Node:
    """An array on its way through a body; `place` is its operation on the record, if it depends on any."""

    __array_ufunc__ = None  # NumPy arrays leave arithmetic with a Node to the Node
    __slots__ = ("data", "place", "record")

    def __init__(self, record: "Record", data: Any, place: int | None) -> None:
        self.record, self.data, self.place = record, data, place

    def __add__(self, other: Any) -> "Node":
        return self.record.apply("+", self, other)

    def __radd__(self, other: Any) -> "Node":
        return self.record.apply("+", other, self)

    def __sub__(self, other: Any) -> "Node":
        return self.record.apply("-", self, other)

    def __rsub__(self, other: Any) -> "Node":
        return self.record.apply("-", other, self)

    def __mul__(self, other: Any) -> "Node":
        return self.record.apply("*", self, other)

    def __rmul__(self, other: Any) -> "Node":
        return self.record.apply("*", other, self)

    def __truediv__(self, other: Any) -> "Node":
        return self.record.apply("/", self, other)

    def __rtruediv__(self, other: Any) -> "Node":
        return self.record.apply("/", other, self)

    def __neg__(self) -> "Node":
        return self.record.apply("negative", self)


class _Step(NamedTuple):
    word: str  #: "" for an argument
    operands: tuple[Any, ...]
    result: Any


class Record:
    """A vocabulary that keeps what is done with it."""

    def __init__(self, math: Any) -> None:
        self._math = math
        self._steps: list[_Step] = []

    def __getattr__(self, word: str) -> Callable[..., "Node"]:
        return lambda *operands: self.apply(word, *operands)

    def argument(self, data: Any, learned: bool) -> Node:
        """Return an argument of the body as a node; a cotangent reaches it where it is learned."""
        if not learned:
            return Node(self, data, None)
        self._steps.append(_Step("", (), data))
        return Node(self, data, len(self._steps) - 1)

    def apply(self, word: str, *operands: Any) -> Node:
        """Run an operation; keep it where its result has a derivative in an argument."""
        plain = tuple(o.data if self._owns(o) else o for o in operands)
        run = SIGNS[word] if word in SIGNS else getattr(self._math, word)
        result = run(*plain)
        if word in FLAT or not any(self._owns(o) and o.place is not None for o in operands):
            return Node(self, result, None)
        self._steps.append(_Step(word, operands, result))
        return Node(self, result, len(self._steps) - 1)

    def pull(self, results: Sequence[Node], cotangents: Sequence[Any]) -> dict[int, Any]:
        """Return the cotangents of the arguments that the results depend on, by their places."""
        found: dict[int, Any] = {}
        waiting: dict[int, Any] = {}
        for result, cotangent in zip(results, cotangents, strict=True):
            if result.place is not None:
                self._add(waiting, result.place, self._math.spread_to(cotangent, result.data))
        for place in reversed(range(len(self._steps))):
            if place not in waiting:
                continue
            word, operands, value = self._steps[place]
            c = waiting.pop(place)
            if not word:
                found[place] = c
                continue
            plain = tuple(o.data if self._owns(o) else o for o in operands)
            for operand, data, rule in zip(operands, plain, RULES[word], strict=True):
                if rule is None or not self._owns(operand) or operand.place is None:
                    continue
                part = self._math.sum_to(rule(self._math, c, value, *plain), data)
                self._add(waiting, operand.place, part)
        return found

    @staticmethod
    def _add(waiting: dict[int, Any], place: int, part: Any) -> None:
        known = waiting.get(place)
        waiting[place] = part if known is None else known + part

    def _owns(self, operand: Any) -> bool:
        return isinstance(operand, Node) and operand.record is self


Pull = Callable[..., tuple[Any, ...]]  #: from the results' cotangents to those of the learned arguments


def record(m: Any, body: Body, arguments: Sequence[Any], learned: Sequence[int]) -> tuple[Any, Pull]:
    """Run a body; return its result, and how its cotangent is pulled back to the learned arguments.

    Where the body returns a tuple, so does this, and the pull takes a cotangent for each of its entries.
    """
    kept = Record(m)
    nodes = [kept.argument(data, i in learned) for i, data in enumerate(arguments)]
    result = body(kept, *nodes)
    results = result if isinstance(result, tuple) else (result,)

    def pull(*cotangents: Any) -> tuple[Any, ...]:
        found = kept.pull(results, cotangents)
        places = (nodes[i].place for i in learned)
        return tuple(
            found[place] if place in found else m.fill(arguments[i], 0.0)
            for i, place in zip(learned, places, strict=True)
        )

    return tuple(r.data for r in results) if isinstance(result, tuple) else result.data, pull


def gradient(body: Body, learned: Sequence[int], results: int = 1) -> Body:
    """Return the body over (*arguments, *cotangents of the results) of the learned arguments' cotangents."""

    def pulled(m: Any, *given: Any) -> tuple[Any, ...]:
        arguments, cotangents = given[:-results], given[-results:]
        return record(m, body, arguments, learned)[1](*cotangents)

    return pulled
