"""Losses as objectives of XGBoost, LightGBM and CatBoost, with all that belongs to one.

`slopes.boosting.xgboost("huber", delta=2.0)` gives gradient, Hessian, start, inverse link and metric.
`pip install "slopes[boosting]"` installs the libraries.
"""

from importlib.util import find_spec
from typing import Any

from slopes.api.function import Function
from slopes.boosting.check import check
from slopes.boosting.libraries import CatBoostObjective, LightGBMObjective, SklearnObjective, XGBoostObjective
from slopes.boosting.objective import Objective

__all__ = ["Objective", "catboost", "check", "lightgbm", "sklearn", "xgboost"]


def xgboost(loss: str | Function, **options: Any) -> XGBoostObjective:
    """Return a loss as an objective for `xgboost.train`.

    Pass the result as `obj`, its `metric` as `custom_metric`, and its `start` as the parameter `base_score`.
    The booster predicts raw scores with `output_margin=True`; `link` makes predictions of them.

    Parameters
    ----------
    loss : str or slopes loss
        A loss's name, or a configured loss.
    **options
        The options of `Objective`, which names them, and the loss's own parameters. Of classes the Hessian is
        twice the diagonal of softmax's, as in XGBoost.

    Returns
    -------
    objective
        An `Objective` that XGBoost can call with raw scores, shape (N,) or (N, K), and a DMatrix.

    Raises
    ------
    ValueError
        For a loss that cannot be boosted, or a Hessian that it does not have, with the reason.
    ImportError
        If XGBoost is not installed.

    Examples
    --------
    >>> import numpy as np
    >>> import xgboost as xgb
    >>> import slopes.boosting
    >>> X, y = np.arange(8.0)[:, None], np.array([1.0, 1, 1, 1, 3, 3, 3, 3])
    >>> objective = slopes.boosting.xgboost("huber", delta=1.0)
    >>> data = xgb.DMatrix(X, y)
    >>> params = {"base_score": objective.start(y), "eta": 0.5}
    >>> booster = xgb.train(params, data, 20, obj=objective)
    >>> objective.link(booster.predict(data, output_margin=True)).round(1)
    array([1., 1., 1., 1., 3., 3., 3., 3.], dtype=float32)
    """
    _installed("xgboost")
    return XGBoostObjective(loss, **options)


def lightgbm(loss: str | Function, **options: Any) -> LightGBMObjective:
    """Return a loss as an objective for `lightgbm.train`.

    Pass the result as `params["objective"]`, its `metric` as `feval`, and its `start` for every row as the
    Dataset's `init_score`. The booster predicts raw scores without the start: add it before `link`.

    Parameters
    ----------
    loss : str or slopes loss
        A loss's name, or a configured loss.
    **options
        The options of `Objective`, which names them, and the loss's own parameters. Of K classes the Hessian
        is K / (K - 1) times the diagonal of softmax's, as in LightGBM.

    Returns
    -------
    objective
        An `Objective` that LightGBM can call with raw scores, shape (N,) or (N, K), and a Dataset.

    Raises
    ------
    ValueError
        For a loss that cannot be boosted, or a Hessian that it does not have, with the reason.
    ImportError
        If LightGBM is not installed.

    Examples
    --------
    >>> import lightgbm as lgb
    >>> import numpy as np
    >>> import slopes.boosting
    >>> X, y = np.arange(8.0)[:, None], np.array([0, 0, 0, 1, 1, 1, 1, 1])
    >>> objective = slopes.boosting.lightgbm("binary_cross_entropy_with_logits")
    >>> start = objective.start(y)  # log(5 / 3)
    >>> data = lgb.Dataset(X, y, init_score=np.full(8, start), params={"min_data_in_bin": 1})
    >>> params = {"objective": objective, "min_data_in_leaf": 1, "min_sum_hessian_in_leaf": 0}
    >>> booster = lgb.train(params | {"verbosity": -1}, data, 20)
    >>> objective.link(start + booster.predict(X)).round(1)
    array([0.1, 0.1, 0.1, 1. , 1. , 1. , 1. , 1. ])
    """
    _installed("lightgbm")
    return LightGBMObjective(loss, **options)


def catboost(loss: str | Function, **options: Any) -> CatBoostObjective:
    """Return a loss as an objective for CatBoost.

    Pass the result as `loss_function`, its `metric` as `eval_metric`, and its `start` for every row as the
    `baseline` of a Pool. The model predicts raw scores (`prediction_type="RawFormulaVal"`) without the start:
    add it before `link`. CatBoost asks for a block of rows, or of classes for one row, at a time, and takes
    Python numbers: the objective costs more time than in the other libraries.

    Parameters
    ----------
    loss : str or slopes loss
        A loss's name, or a configured loss.
    **options
        The options of `Objective`, which names them, and the loss's own parameters. Of classes the exact
        Hessian is the whole matrix of a row, as in CatBoost.

    Returns
    -------
    objective
        An `Objective` with the methods that CatBoost calls.

    Raises
    ------
    ValueError
        For a loss that cannot be boosted, or a Hessian that it does not have, with the reason.
    ImportError
        If CatBoost is not installed.

    Examples
    --------
    >>> import numpy as np
    >>> from catboost import CatBoostRegressor, Pool
    >>> import slopes.boosting
    >>> X, y = np.arange(8.0)[:, None], np.array([1, 1, 2, 2, 20, 20, 18, 18])
    >>> objective = slopes.boosting.catboost("poisson_nll")
    >>> start = objective.start(y)  # log(mean(y))
    >>> model = CatBoostRegressor(
    ...     iterations=300, depth=2, loss_function=objective, eval_metric=objective.metric,
    ...     boost_from_average=False, allow_writing_files=False, verbose=False,
    ... )
    >>> model = model.fit(Pool(X, y, baseline=np.full(8, start)))
    >>> objective.link(start + model.predict(X, prediction_type="RawFormulaVal")).round()
    array([ 1.,  1.,  2.,  2., 20., 20., 18., 18.])
    """
    _installed("catboost")
    return CatBoostObjective(loss, **options)


def sklearn(loss: str | Function, **options: Any) -> SklearnObjective:
    """Return a loss as an `objective` of the scikit-learn estimators of XGBoost and LightGBM.

    Its `metric` is an `eval_metric` of XGBoost's. Pass its `start` as `base_score` to XGBoost's, or for every
    row as `init_score` to the `fit` of LightGBM's. scikit-learn's own HistGradientBoosting takes no
    objective from outside: its losses are a fixed list of names.

    Parameters
    ----------
    loss : str or slopes loss
        A loss's name, or a configured loss.
    **options
        The options of `Objective`, which names them, and the loss's own parameters.

    Returns
    -------
    objective
        An `Objective` that can be called with targets, raw scores and, optionally, weights.

    Raises
    ------
    ValueError
        For a loss that cannot be boosted, or a Hessian that it does not have, with the reason.

    Examples
    --------
    >>> import numpy as np
    >>> from xgboost import XGBRegressor
    >>> import slopes.boosting
    >>> X, y = np.arange(8.0)[:, None], np.array([0.0, 0, 1, 1, 6, 6, 7, 7])
    >>> objective = slopes.boosting.sklearn("mse")
    >>> model = XGBRegressor(objective=objective, base_score=objective.start(y), n_estimators=50)
    >>> model.fit(X, y).predict(X).round()
    array([0., 0., 1., 1., 6., 6., 7., 7.], dtype=float32)
    """
    return SklearnObjective(loss, **options)


def _installed(library: str) -> None:
    if find_spec(library) is None:
        raise ImportError(f'{library} is not installed; install it with pip install "slopes[boosting]"')
