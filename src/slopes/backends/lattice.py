"""Sums over all alignments of frames with labels: the forward and the backward pass of CTC.

A path moves through the states blank, label, blank, label, ..., blank: it stays, steps to the next state, or
skips the blank between two different labels. Logarithms of sums of probabilities are kept throughout.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

Array = Any


class States(NamedTuple):
    """The states of N sequences, of which padding fills up the last."""

    classes: Array  #: (N, S): what is emitted in each state
    skips: Array  #: (N, S): whether a path may come from two states before
    ends: Array  #: (N, S): whether a path may end here
    frames: Array  #: (N,): how many frames count


class Lattice:
    """How a library walks through the states; `xp` is its module of functions that NumPy has too."""

    xp: Any
    widen: Callable[[Array], Array]  #: to the dtype in which paths are summed
    put: Callable[..., Array]  #: put(x, index, values): x with values added to entries along the last axis

    def arange(self, count: int, like: Array) -> Array:
        """0, 1, 2, ... where an array is."""
        del like
        return self.xp.arange(count)

    def take(self, x: Array, index: Array) -> Array:
        """Entries along the last axis."""
        return self.xp.take_along_axis(x, index, -1)

    def scan(self, step: Callable[..., Array], state: Array, *rows: Array) -> Array:
        """All states that step(state, *row) passes through."""
        states = [state]
        for row in zip(*rows, strict=True):
            states.append(step(states[-1], *row))
        return self.xp.stack(states)

    def log_sums(self, log_p: Array, states: States) -> tuple[Array, Array]:
        """The logarithm of the probability of all paths up to each state, (T, N, S), and of all, (N,)."""
        xp = self.xp
        emitted = self._emitted(log_p, states)
        count, first = self.arange(log_p.shape[1], log_p), self.arange(emitted.shape[-1], log_p) < 2
        start = xp.where(first, emitted[0], -xp.inf)

        def step(before: Array, e: Array, t: Array) -> Array:
            skipped = xp.where(states.skips, self._shifted(before, 2), -xp.inf)
            after = e + xp.logaddexp(xp.logaddexp(before, self._shifted(before, 1)), skipped)
            return xp.where((t < states.frames)[:, None], after, before)

        forward = self.scan(step, start, emitted[1:], count[1:])
        last = xp.where(states.ends, forward[-1], -xp.inf)
        total = last[:, 0]
        for s in range(1, last.shape[-1]):
            total = xp.logaddexp(total, last[:, s])
        return forward, total

    def occupations(self, log_p: Array, states: States, forward: Array, total: Array) -> Array:
        """The probability, given the labels, that a frame emits a class: (N, T, C), 0 beyond the end."""
        xp = self.xp
        emitted = self._emitted(log_p, states)
        count = self.arange(log_p.shape[1], log_p)
        end = xp.where(states.ends, xp.zeros_like(emitted[0]), -xp.inf)

        def step(after: Array, e: Array, t: Array) -> Array:
            arrived = e + after
            skipped = self._shifted(xp.where(states.skips, arrived, -xp.inf), -2)
            before = xp.logaddexp(xp.logaddexp(arrived, self._shifted(arrived, -1)), skipped)
            return xp.where((t < states.frames)[:, None], before, end)

        # of frame t is known what comes after it, from frame t + 1 if that counts
        backward = xp.flip(self.scan(step, end, xp.flip(emitted[1:], (0,)), xp.flip(count[1:], (0,))), (0,))
        there = (count[:, None] < states.frames)[..., None]
        each = xp.where(there, xp.exp(forward + backward - total[:, None]), 0.0)
        return self.put(xp.zeros_like(log_p), self._classes(log_p, states), xp.moveaxis(each, 0, 1))

    def _emitted(self, log_p: Array, states: States) -> Array:
        """What each state adds in each frame: (T, N, S)."""
        return self.xp.moveaxis(self.take(log_p, self._classes(log_p, states)), 1, 0)

    def _classes(self, log_p: Array, states: States) -> Array:
        n, s = states.classes.shape
        return self.xp.broadcast_to(states.classes[:, None, :], (n, log_p.shape[1], s))

    def _shifted(self, x: Array, by: int) -> Array:
        """Each state's `by`-th neighbour before it, or after it for by < 0; minus infinity where none is."""
        none = self.xp.full_like(x[:, : abs(by)], -self.xp.inf)
        parts = (none, x[:, : x.shape[1] - by]) if by > 0 else (x[:, -by:], none)
        return self.xp.concatenate(parts, 1)[:, : x.shape[1]]
