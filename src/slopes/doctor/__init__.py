"""Find a wrong activation or loss in a model that runs, and prove it with numbers.

`examine(model, loss, batch)` looks at one batch; `watch()` at a piece of a program; the command
`slopes doctor train.py` at a program as it is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from slopes.doctor.case import Case
from slopes.doctor.checks import Check, checks
from slopes.doctor.scene import Evidence, Finding, LossCall, Place, Step

__all__ = ["Case", "Check", "Evidence", "Finding", "LossCall", "Place", "Step", "checks", "examine", "watch"]


@contextmanager
def watch(*, steps: int = 20) -> Iterator[Case]:
    """Watch what PyTorch does inside a `with` block.

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
    from slopes.doctor.watching_torch import Watch

    case = Case()
    with Watch(case, steps):
        yield case


def examine(model: Callable[..., Any], loss: Callable[..., Any], batch: tuple[Any, Any]) -> list[Finding]:
    """Return what is wrong with a model and its loss, seen on one batch.

    Parameters
    ----------
    model : callable
        A PyTorch module, or a function of tensors; it is called as it is, in its present mode.
    loss : callable
        loss(model(inputs), targets), a scalar.
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
    inputs, targets = batch
    with watch(steps=1) as case:
        result = model(*inputs) if isinstance(inputs, tuple | list) else model(inputs)
        try:
            loss(result, targets)
        except (RuntimeError, ValueError, IndexError):
            if not case.findings():
                raise
    return case.findings()
