"""Arguments for losses of several arrays, and the words of their textbook formulas, written anew."""

from itertools import pairwise, permutations
from typing import Any

import mpmath as mp
import numpy as np

from slopes.core import ArrayLoss
from tests.laws.reference import M

SIZES = {"n": 6, "d": 3, "c": 7, "s": 1030}


def shape_of(spec: str, loop: tuple[int, ...] = (), written: bool = False) -> tuple[int, ...]:
    """The shape of an array as the body sees it, or as users write it."""
    axes = [a for a in spec.split() if not (written and a == "1")]
    return *loop, *(SIZES.get(a) or int(a) for a in axes)


def draw(domain: str, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Entries of a domain; sets, signs and labels hold each of their values at least once or twice."""
    count = int(np.prod(shape))
    if domain in ("binary", "sign", "label", "class"):
        values = 2 if domain in ("binary", "sign") else 3
        x = rng.permutation(np.arange(count) % values).reshape(shape)
        x = 2 * x - 1 if domain == "sign" else x
        return x.astype(np.int64) if domain in ("label", "class") else x.astype(np.float64)
    if domain == "box":
        corner, size = rng.uniform(0, 1, (*shape[:-1], 2)), rng.uniform(0.5, 1.5, (*shape[:-1], 2))
        return np.concatenate([corner, corner + size], -1)
    if domain == "probability":
        return rng.uniform(0.05, 0.95, shape)
    if domain == "log1p":
        return rng.uniform(-0.8, 3, shape)
    return rng.uniform(0.2, 3, shape) if domain == "positive" else 1.5 * rng.standard_normal(shape)


def arguments(
    definition: ArrayLoss | type[ArrayLoss], seed: int = 0, loop: tuple[int, ...] = (), written: bool = False
) -> dict[str, np.ndarray]:
    """Float64 arrays (and int64 labels) that a loss takes, in the body's shapes or in those of users."""
    rng = np.random.default_rng(seed)
    return {
        name: draw(array.domain, shape_of(array.shape, loop, written), rng)
        for name, array in definition.arrays.items()
    }


def exact(x: np.ndarray) -> Any:
    """Floats as numbers of 50 digits; labels as they are."""
    return (
        x if x.dtype.kind == "i" else np.array([mp.mpf(float(v)) for v in x.ravel()], object).reshape(x.shape)
    )


def direction(like: Any, seed: int) -> Any:
    """A random array of the same shape."""
    return exact(np.random.default_rng(seed).standard_normal(np.shape(like)))


def _norm(x: Any) -> Any:
    return M.sqrt(np.sum(x * x, axis=-1))


def _cosine(x: Any, y: Any) -> Any:
    return np.sum(x * y, axis=-1) / (_norm(x) * _norm(y))


def _others(x: Any, i: int) -> Any:
    return np.delete(x, i, axis=0)


def _mates(x: Any, t: Any, i: int) -> Any:
    return np.array([v for j, v in enumerate(x) if j != i and t[j] == t[i]])


def _strangers(x: Any, t: Any, i: int) -> Any:
    return np.array([v for v, s in zip(x, t, strict=True) if s != t[i]])


def _rivals(x: Any, y: Any, i: int) -> Any:
    return np.concatenate([y, _others(x, i)])


def _turned(x: Any, w: Any, margin: float) -> Any:
    angle = mp.acos(_cosine(x, w))
    return mp.cos(angle + margin) if angle + margin < mp.pi else mp.cos(angle) - margin * mp.sin(margin)


def _differences(s: Any, t: Any) -> Any:
    return np.array([s[i] - s[j] for i, j in permutations(range(len(s)), 2) if t[i] > t[j]], object)


def _jaccard_of(wrong: set[int], members: set[int]) -> Any:
    """The Jaccard loss of a set when the elements `wrong` are misjudged."""
    return mp.mpf(len(wrong)) / len(members | wrong) if wrong else mp.mpf(0)


def lovasz(errors: Any, t: Any) -> Any:
    """The Lovász extension by its definition: an integral of set losses over all levels."""
    members = {i for i, member in enumerate(t) if member}
    levels = sorted({mp.mpf(0), *errors})
    total = mp.mpf(0)
    for low, high in pairwise(levels):
        above = {i for i, e in enumerate(errors) if e > low}
        total += (high - low) * _jaccard_of(above, members)
    return total


def _area(box: Any) -> Any:
    return max(box[2] - box[0], 0) * max(box[3] - box[1], 0)


def _overlap(p: Any, t: Any) -> Any:
    return [max(p[0], t[0]), max(p[1], t[1]), min(p[2], t[2]), min(p[3], t[3])]


def _hull(p: Any, t: Any) -> Any:
    return [min(p[0], t[0]), min(p[1], t[1]), max(p[2], t[2]), max(p[3], t[3])]


def _centre(box: Any) -> tuple[Any, Any]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _aspect(p: Any, t: Any) -> Any:
    a, b = (mp.atan2(box[2] - box[0], box[3] - box[1]) for box in (p, t))
    return 4 / mp.pi**2 * (a - b) ** 2


def _magnitudes(x: Any, size: int, hop: int, window: int) -> Any:
    """The magnitudes of a short-time Fourier transform by its definition, one after the other."""
    padded = np.concatenate([x[size // 2 : 0 : -1], x, x[-2 : -2 - size // 2 : -1]])
    found = []
    for start in range(0, len(padded) - size + 1, hop):
        frame = padded[start + (size - window) // 2 :][:window]
        frame = [v * (1 - mp.cospi(mp.mpf(2 * j) / window)) / 2 for j, v in enumerate(frame)]
        for k in range(size // 2 + 1):
            total = sum(v * mp.expjpi(-mp.mpf(2 * j * k) / size) for j, v in enumerate(frame))
            found.append(max(abs(total), mp.sqrt(mp.mpf(1e-7))))
    return np.array(found, object)


def _spectra(p: Any, t: Any, *resolutions: tuple[int, ...]) -> list[tuple[Any, Any]]:
    return [(_magnitudes(p, *r), _magnitudes(t, *r)) for r in zip(*resolutions, strict=True)]


WORDS = {
    "spectra": _spectra,
    "exp": M.exp,
    "log": M.log,
    "log10": lambda x: M.log(x) / mp.log(10),
    "abs": M.abs,
    "max": M.maximum,
    "min": min,
    "sort": np.sort,
    "sqrt": M.sqrt,
    "zip": zip,
    "len": len,
    "sum": np.sum,
    "mean": np.mean,
    "set": set,
    "dot": lambda x, y: np.sum(x * y, axis=-1),
    "norm": _norm,
    "cosine": _cosine,
    "rivals": _rivals,
    "turned": _turned,
    "others": _others,
    "mates": _mates,
    "strangers": _strangers,
    "differences": _differences,
    "lovasz": lovasz,
    "area": _area,
    "overlap": _overlap,
    "union": lambda p, t: _area(p) + _area(t) - _area(_overlap(p, t)),
    "hull": _hull,
    "diagonal": lambda b: mp.hypot(b[2] - b[0], b[3] - b[1]),
    "distance": lambda p, t: mp.hypot(*(a - b for a, b in zip(_centre(p), _centre(t), strict=True))),
    "aspect": _aspect,
}
