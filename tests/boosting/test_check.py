"""The check names what is wrong with an objective function."""

import numpy as np
import pytest

import slopes
from slopes import boosting
from slopes.boosting import check

G = np.random.default_rng(0)
N = 200
LABELS = (G.uniform(size=N) < 0.4).astype(float)
REAL = G.normal(size=N) * 3
COUNTS = G.poisson(3.0, N).astype(float)
CLASSES = G.integers(0, 3, N)
RAW = G.normal(size=N) * 2
ROWS = G.normal(size=(N, 3))


def logistic(y, raw):
    return slopes.sigmoid(raw) - y, slopes.sigmoid.derivative(raw)


def square(y, raw):
    return raw - y, np.ones(len(y))


def negative(function):
    return lambda y, raw: (-function(y, raw)[0], function(y, raw)[1])


def softmax(y, raw):
    p = slopes.softmax(raw)
    return p - np.eye(3)[y], p * (1 - p)


def rows_without_softmax(y, raw):
    return raw - np.eye(3)[y], np.ones(raw.shape)


LOGITS, CROSS = boosting.sklearn("binary_cross_entropy_with_logits"), boosting.sklearn("cross_entropy")
COUNT = boosting.sklearn("poisson_nll")


@pytest.mark.parametrize(
    ("function", "y", "raw", "like"),
    [
        (logistic, LABELS, RAW, None),
        (logistic, LABELS, RAW, LOGITS),
        (square, REAL, RAW, None),
        (square, REAL, RAW, boosting.sklearn("mse")),
        (softmax, CLASSES, ROWS, None),
        (softmax, CLASSES, ROWS, CROSS),
        (COUNT, COUNTS, RAW, None),
        (boosting.sklearn("huber"), REAL, RAW, None),
        (boosting.sklearn("cauchy"), REAL, RAW, None),
        (boosting.sklearn("focal"), LABELS, RAW, None),
    ],
)
def test_nothing_is_found_where_nothing_is_wrong(function, y, raw, like):
    assert check(function, y, raw, like) == []


@pytest.mark.parametrize(
    ("function", "y", "raw", "like", "finding"),
    [
        (negative(logistic), LABELS, RAW, None, "sign flipped"),
        (negative(logistic), LABELS, RAW, LOGITS, "sign flipped"),
        (negative(square), REAL, RAW, None, "sign flipped"),
        (negative(softmax), CLASSES, ROWS, None, "sign flipped"),
        (square, LABELS, RAW, None, "link missing"),
        (square, LABELS, RAW, LOGITS, "link missing"),
        (square, COUNTS, RAW, COUNT, "link missing"),
        (rows_without_softmax, CLASSES, ROWS, CROSS, "link missing"),
        (square, REAL, RAW, boosting.sklearn("huber"), "gradient differs from that of huber"),
        (lambda y, raw: (raw - y, np.ones((len(y), 1))), REAL, RAW, None, "shape: the Hessian"),
        (lambda y, raw: (raw / (y * 0), raw), REAL, RAW, None, "gradient not finite on 100 % of rows"),
    ],
)
def test_each_mistake_is_named(function, y, raw, like, finding):
    with np.errstate(all="ignore"):
        findings = check(function, y, raw, like)
    assert findings[0].startswith(finding)
    assert len(findings) == 1 or "not finite" in finding


def test_the_share_of_bad_hessians_is_counted():
    exact = boosting.sklearn("cauchy", hessian="exact")
    share = (np.abs(RAW - REAL) >= 1).mean()
    (finding,) = check(exact, REAL, RAW)
    assert finding.startswith(f"Hessian not positive on {100 * share:.0f} % of rows")
    quantile = boosting.sklearn("quantile", hessian="exact")
    assert check(quantile, REAL, RAW)[0].startswith("Hessian not positive on 100 % of rows")


def test_both_mistakes_at_once_are_named():
    findings = check(negative(square), LABELS, RAW, LOGITS)
    assert [f.split(":")[0] for f in findings] == ["sign flipped", "link missing"]


def test_no_rows_are_an_error():
    with pytest.raises(ValueError, match="y has 0 rows"):
        check(square, [], [])
    with pytest.raises(ValueError, match="must be equal"):
        check(square, [1.0], [1.0, 2.0])
