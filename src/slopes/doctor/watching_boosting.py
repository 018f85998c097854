"""Watching XGBoost, LightGBM and CatBoost: the objectives that a program gives them."""

import functools
import linecache
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

from slopes.boosting import Objective
from slopes.boosting.check import NOT_FINITE, Fault, faults, of_hessian, percent
from slopes.doctor.case import Case
from slopes.doctor.places import caller
from slopes.doctor.scene import ObjectiveCall, Place

LIBRARIES = ("xgboost", "lightgbm", "catboost")
SPREAD = 2.0  #: of the raw scores that an objective is tried at, which cross labels of 0 and 1
OURS = str(Path(__file__).parents[1])
Array = np.ndarray
Pair = tuple[Any, Any]


def examine(case: Case, objective: Any, raw: Any, data: Any, place: Place, like: Objective | None) -> None:
    """Show a case what an objective makes of raw scores, as its library would call it."""
    if hasattr(objective, "calc_ders_range"):
        target, function = data.get_label() if hasattr(data, "get_label") else data, of_catboost(objective)
    elif not callable(objective):
        raise TypeError(
            f"an objective is a function, or has calc_ders_range as CatBoost's; got {objective!r}"
        )
    elif hasattr(data, "get_label"):
        target, function = data.get_label(), _of_data(objective, data)
    else:
        target, function = data, objective
    found = faults(function, target, raw, like)
    case.see_objective(ObjectiveCall(found, len(target), place))


def of_catboost(objective: Any) -> Callable[[Array, Array], Pair]:
    """Return an objective of CatBoost, which has the derivatives of minus the loss, as a function."""

    def function(y: Array, raw: Array) -> Pair:
        both = -np.asarray(objective.calc_ders_range(raw, y, None), np.float64)
        return both[:, 0], both[:, 1]

    return function


def _of_data(objective: Callable[..., Pair], data: Any) -> Callable[[Array, Array], Pair]:
    """Return an objective of scores and a data set as one of targets and scores."""

    def function(_: Array, raw: Array) -> Pair:
        gradient, hessian = (np.asarray(a) for a in objective(raw, data))
        if raw.ndim == 1 and gradient.size == hessian.size == raw.size:  # (N, 1) is taken too
            return gradient.reshape(raw.shape), hessian.reshape(raw.shape)
        return gradient, hessian

    return function


@contextmanager
def watching(library: str, case: Case, steps: int) -> Iterator[None]:
    """Examine the objectives given to a library that was imported, inside the block."""
    module = sys.modules[library]
    owner, name = (module.CatBoost, "_fit") if library == "catboost" else (module.Booster, "update")
    original = getattr(owner, name)
    wrap = _fit if library == "catboost" else _update
    setattr(owner, name, wrap(original, case, steps, str(Path(str(module.__file__)).parent)))
    try:
        yield
    finally:
        setattr(owner, name, original)


def _update(original: Callable[..., Any], case: Case, steps: int, inside: str) -> Callable[..., Any]:
    """Wrap `update` of a booster, which both libraries call once a round, with the objective or without."""

    @functools.wraps(original)
    def update(*args: Any, **kwargs: Any) -> Any:
        place = caller((inside, OURS))

        def watched(function: Any) -> Any:
            # XGBoost asks its own kinds of objectives for more than a call
            if not callable(function) or type(function).__module__.startswith("xgboost"):
                return function
            return _watched(function, case, steps, _place(function, inside) or place)

        args = tuple(watched(a) if i and callable(a) else a for i, a in enumerate(args))
        if kwargs.get("fobj") is not None:
            kwargs["fobj"] = watched(kwargs["fobj"])
        return original(*args, **kwargs)

    return update


def _watched(function: Callable[..., Pair], case: Case, steps: int, place: Place) -> Callable[..., Pair]:
    """Return an objective that shows its first calls to the case.

    Its sign and its link are looked at once, where it is called up to three times more, at scores beside
    those of the program; Hessians are looked at as they come.
    """

    @functools.wraps(function, updated=())
    def watched(raw: Any, data: Any) -> Pair:
        result = function(raw, data)
        if (step := case.calls_at(place)) < steps and isinstance(raw, np.ndarray):
            try:
                found = [] if step else _probed(_of_data(function, data), data.get_label(), raw)
                gradient, hessian = (np.asarray(a) for a in result)
                found += [
                    Fault("finite", NOT_FINITE, {"what": what, "rows": percent(bad)}, bad)
                    for what, array in (("gradient", gradient), ("Hessian", hessian))
                    if (bad := float(np.mean(~np.isfinite(array))))
                ]
                found += of_hessian(gradient, hessian)
            except Exception:  # of what was tried beside the program, which goes on without it
                found = []
            case.see_objective(ObjectiveCall(found, len(raw), place))
        return result

    return watched


def _probed(function: Callable[[Array, Array], Pair], y: Any, raw: Array) -> list[Fault]:
    """Return what is wrong with the sign and the link of an objective, at scores that differ."""
    scores = raw + SPREAD * np.random.default_rng(0).standard_normal(raw.shape)
    return [f for f in faults(function, y, scores) if f.kind in ("sign", "link")]


def _fit(original: Callable[..., Any], case: Case, steps: int, inside: str) -> Callable[..., Any]:
    """Wrap `_fit` of CatBoost, to which every `fit` comes: it hands blocks of rows to the objective."""

    @functools.wraps(original)
    def fit(model: Any, X: Any, y: Any = None, *args: Any, **kwargs: Any) -> Any:  # noqa: N803
        objective = model.get_params().get("loss_function")
        place = caller((inside, OURS))
        if hasattr(objective, "calc_ders_range") and case.calls_at(place) < steps:
            try:
                target = np.asarray(X.get_label() if y is None else y, np.float64).reshape(-1)
                function, raw = of_catboost(objective), np.zeros(len(target))
                found = [*_probed(function, target, raw), *of_hessian(*function(target, raw))]
            except Exception:  # CatBoost will say so itself
                found, target = [], np.zeros(0)
            case.see_objective(ObjectiveCall(found, len(target), place))
        return original(model, X, y, *args, **kwargs)

    return fit


def _place(function: Any, inside: str) -> Place | None:
    """Return where an objective is defined: inside the wrapper that an estimator puts around it."""
    for _ in range(4):
        inner = getattr(function, "__wrapped__", getattr(function, "func", None))
        if inner is None and isinstance(function, FunctionType):
            cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
            inner = cells["func"].cell_contents if "func" in cells else None
        if inner is None:
            break
        function = inner
    code = getattr(function, "__code__", None)
    if code is None or code.co_filename.startswith((inside, OURS)):
        return None
    line = code.co_firstlineno
    return Place(code.co_filename, line, linecache.getline(code.co_filename, line).strip())
