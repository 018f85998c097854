"""Find a wrong activation or loss in a model that runs, and prove it with numbers.

`examine(model, loss, batch)` looks at one batch; `watch()` at a piece of a program; the command
`slopes doctor train.py` at a program as it is.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from slopes.doctor.case import Case
from slopes.doctor.checks import Check, checks
from slopes.doctor.places import caller
from slopes.doctor.scene import Evidence, Finding, LossCall, Place, Step

if TYPE_CHECKING:
    from slopes.boosting import Objective

__all__ = [
    "Case",
    "Check",
    "Evidence",
    "Finding",
    "LossCall",
    "Place",
    "Step",
    "checks",
    "examine",
    "examine_objective",
    "keras_callback",
    "lightning_callback",
    "watch",
]


@contextmanager
def watch(*, steps: int = 20) -> Iterator[Case]:
    """Watch what PyTorch, Keras and boosting libraries do inside a `with` block.

    Parameters
    ----------
    steps : int, default 20
        How many calls of each loss are examined.

    Yields
    ------
    Case
        Its `findings()` may be asked at any time.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> with doctor.watch() as case:
    ...     p = torch.softmax(torch.zeros(4, 10), dim=1)
    ...     loss = torch.nn.functional.cross_entropy(p, torch.arange(4))
    >>> case.findings()[0].code, case.findings()[0].evidence
    ('R2', '10 classes through softmax and softmax: the loss cannot fall below 1.4612')
    """
    from slopes.doctor.watching import watching

    case = Case()
    with watching(case, steps):
        yield case


def examine(model: Callable[..., Any], loss: Any, batch: tuple[Any, Any]) -> list[Finding]:
    """Return what is wrong with a model and its loss, seen on one batch, forward and backward.

    Gradients that the parameters of a module already have are left as they are.

    Parameters
    ----------
    model : callable
        A PyTorch module, or a function of tensors; it is called as it is, in its present mode. Or a Keras
        model, which is called with training=False.
    loss : callable
        loss(model(inputs), targets), a scalar. For a Keras model, what its `compile` takes as a loss, or
        None for the loss that it is compiled with.
    batch : tuple
        Inputs and targets. A tuple of inputs becomes several arguments.

    Returns
    -------
    list of Finding
        The worst first; empty if nothing was found.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Softmax(dim=1))
    >>> batch = torch.zeros(2, 3), torch.ones(2, 1)
    >>> [finding.code for finding in doctor.examine(model, torch.nn.BCELoss(), batch)]
    ['R1']
    """
    keras = sys.modules.get("keras")
    if keras is not None and isinstance(model, keras.Model):
        from slopes.doctor import watching_keras

        case = Case()
        watching_keras.examine(case, model, loss, batch, caller((__file__,)))
        return case.findings()
    inputs, targets = batch
    with watch(steps=1) as case:
        result = model(*inputs) if isinstance(inputs, tuple | list) else model(inputs)
        try:
            _backward(loss(result, targets), model)
        except (RuntimeError, ValueError, IndexError):
            if not case.findings():
                raise
    return case.findings()


def examine_objective(
    objective: Any, raw_score: Any, data: Any, like: "Objective | None" = None
) -> list[Finding]:
    """Return what is wrong with an objective for boosting: its sign, its link or its Hessian.

    Parameters
    ----------
    objective : callable
        `objective(raw_score, data)`, as XGBoost and LightGBM call it, where `data` has targets as its label;
        `objective(targets, raw_score)`, as scikit-learn's wrappers do, where `data` are targets. Each returns
        gradient and Hessian. Or an object with `calc_ders_range`, as CatBoost takes it.
    raw_score : array, shape (N,) or (N, K)
        Where to look: raw scores that differ, such as random ones.
    data : DMatrix, Dataset, Pool or array of shape (N,)
        The targets.
    like : objective of `slopes.boosting`, optional
        What it is meant to compute; then the gradients are compared.

    Returns
    -------
    list of Finding
        The worst first; empty if nothing was found.

    Raises
    ------
    TypeError
        If the objective is none.
    ValueError
        If there are no rows, or their numbers differ.

    Examples
    --------
    >>> import numpy as np
    >>> from slopes import doctor
    >>> y, raw = np.array([0.0, 1.0, 1.0, 0.0]), np.array([-0.5, 2.0, 0.3, 1.5])
    >>> def forgot_the_sigmoid(y, raw):
    ...     return raw - y, np.ones(len(y))
    >>> [finding.name for finding in doctor.examine_objective(forgot_the_sigmoid, raw, y)]
    ['missing-link']
    """
    from slopes.doctor import watching_boosting

    case = Case()
    watching_boosting.examine(case, objective, raw_score, data, caller((__file__,)), like)
    return case.findings()


def _backward(loss: Any, model: Callable[..., Any]) -> None:
    """Go backward once, for the checks of gradients, and put the present gradients back."""
    weights = [*model.parameters()] if hasattr(model, "parameters") else []
    before = [w.grad for w in weights]
    for w in weights:
        w.grad = None
    try:
        if getattr(loss, "requires_grad", False) and loss.numel() == 1:
            loss.backward()
    finally:
        for w, grad in zip(weights, before, strict=True):
            w.grad = grad


def keras_callback(batch: tuple[Any, Any]) -> Any:
    """Return a callback for `fit` of Keras that examines the model and its compiled loss.

    Parameters
    ----------
    batch : tuple
        Inputs and targets to look at when the training starts.

    Returns
    -------
    keras.callbacks.Callback
        Its `findings()` may be asked at any time; at the end it writes them to standard error.

    Raises
    ------
    ModuleNotFoundError
        If Keras is not installed.

    Examples
    --------
    >>> import keras
    >>> import numpy as np
    >>> from slopes import doctor
    >>> model = keras.Sequential([keras.layers.Dense(3, activation="softmax")])
    >>> model.compile("sgd", "sparse_categorical_crossentropy")
    >>> callback = doctor.keras_callback((np.ones((3, 2)), np.array([1, 2, 3])))
    >>> callback.set_model(model)  # as model.fit(..., callbacks=[callback]) does
    >>> callback.on_train_begin()
    >>> [finding.code for finding in callback.findings()]
    ['R9']
    """
    try:
        from slopes.doctor.watching_keras import Callback
    except ModuleNotFoundError as error:
        if error.name != "keras":
            raise
        raise ModuleNotFoundError(
            'Keras is not installed; pip install "slopes[keras]" installs it', name="keras"
        ) from None
    return Callback(batch)


def lightning_callback(*, steps: int = 20) -> Any:
    """Return a callback for a Lightning `Trainer` that watches the first batches it trains on.

    Parameters
    ----------
    steps : int, default 20
        How many batches are watched; nothing is done at later ones.

    Returns
    -------
    lightning.pytorch.Callback
        Of `pytorch_lightning` where the program imported that. Its `findings()` may be asked at any time; at
        the end of the training it writes them to standard error.

    Raises
    ------
    ModuleNotFoundError
        If Lightning is not installed.
    """
    from slopes.doctor.watching_lightning import callback

    return callback(steps)
