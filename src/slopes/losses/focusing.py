"""What focal losses share: cross-entropy times a power of the probability of a mistake."""

from collections.abc import Callable
from math import exp, log1p

from slopes.core import Math, T


def cost(m: Math, z: T, gamma: float) -> T:
    """Return sigmoid(-z)^gamma log(1 + e^-z), the focal loss of the true class."""
    return m.times(m.power(m.sigmoid(-z), gamma), log1p_exp(m, -z))


def fall(m: Math, z: T, gamma: float) -> T:
    """Return minus its derivative."""
    s = m.sigmoid(-z)
    return m.power(s, gamma) * (gamma * m.times(m.sigmoid(z), log1p_exp(m, -z)) + s)


def bend(m: Math, z: T, gamma: float) -> T:
    """Return its second derivative."""
    s, loss = m.sigmoid(-z), log1p_exp(m, -z)
    inner = gamma * gamma * m.times(m.sigmoid(z), loss) + s * (1 + 2 * gamma - gamma * loss)
    return m.sigmoid_times(m.power(s, gamma) * inner, z)  # sigmoid(z) last: it may be subnormal


def log1p_exp(m: Math, z: T) -> T:
    """Return log(1 + e^z)."""
    return m.maximum(z, 0.0) + m.log1p(m.exp(-m.abs(z)))


def steepest(gamma: float) -> float:
    """The largest slope of sigmoid(-z)^gamma log(1 + e^-z), where its second derivative is 0."""
    low, high = -60.0 - gamma, 60.0
    for _ in range(200):
        z = (low + high) / 2
        s, cost = 1 / (1 + exp(z)), max(-z, 0.0) + log1p(exp(-abs(z)))
        bend = gamma * gamma * (1 - s) * cost + s * (1 + 2 * gamma - gamma * cost)
        low, high = (z, high) if bend < 0 else (low, z)
    return float(s**gamma) * (gamma * (1 - s) * cost + s)


def largest(function: Callable[[float], float], low: float, high: float) -> float:
    """Return the maximum of a function that rises and then falls, by golden sections."""
    golden = (5**0.5 - 1) / 2
    for _ in range(80):
        left, right = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right) if function(left) > function(right) else (left, high)
    return function(0.5 * (low + high))
