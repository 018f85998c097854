"""Which output and which target each loss is given in a classification problem.

A loss is defined on logits, on log-probabilities, on probabilities or on real numbers; feeding it
the wrong one trains badly without an error (softmax twice is the best known case). This file is the
whole table; every loss of the library goes through it.

=====================  ==================  =============================  =====================
kind                   takes               prediction                     target
=====================  ==================  =============================  =====================
row_loss               logits              the scores                     class indices
row_loss               log_probabilities   log_softmax of the scores      class indices
row_loss               probabilities       softmax of the scores          class indices
margin_loss            (any)               the scores                     +1 the class, -1 others
every other loss       logits              the scores                     one-hot
every other loss       log_probabilities   log_softmax of the scores      one-hot
every other loss       probabilities,      softmax of the scores          one-hot
                       real
=====================  ==================  =============================  =====================
"""

from collections.abc import Callable

import torch
import torch.nn.functional

from slopes.trial import library

_OUTPUTS = {
    "logits": lambda scores: scores,
    "log_probabilities": library.log_softmax,
    "probabilities": library.softmax,
    # A residual loss has no output of its own: softmax puts it on the scale of its one-hot target.
    "real": library.softmax,
}


def check(loss: library.LossFunction) -> None:
    """Refuse a loss that this table cannot pair, before anything is trained."""
    definition = getattr(loss, "definition", None)
    if getattr(definition, "targets", "") == "ranks":
        raise ValueError(f"{loss.name!r} takes ordered ranks, which a classifier's scores are not")
    if loss.kind == "array_loss":
        raise ValueError(f"{loss.name!r} takes other arrays than scores and classes")
    if loss.kind != "margin_loss" and loss.takes not in _OUTPUTS:
        raise ValueError(
            f"{loss.name!r} takes {loss.takes!r}, which a classifier does not give; "
            f"the trial can pair {', '.join(_OUTPUTS)}"
        )
    one_hot = loss.kind not in ("margin_loss", "row_loss")
    if one_hot and not loss(torch.tensor([0.25, 0.75]), torch.tensor([0.0, 1.0])).isfinite():
        raise ValueError(f"{loss.name!r} is not finite at a target of 0, which a one-hot row mostly holds")


def _one_hot(labels: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.one_hot(labels, scores.shape[-1]).to(scores.dtype)


def classification_loss(
    loss: library.LossFunction,
    scores: torch.Tensor,
    labels: torch.Tensor,
    one_hot: Callable[[torch.Tensor, torch.Tensor], torch.Tensor] = _one_hot,
) -> torch.Tensor:
    """Give the mean loss of a batch.

    Parameters
    ----------
    loss : LossFunction
        A loss of the library.
    scores : torch.Tensor
        The network's last layer, of shape ``(batch, classes)``, without softmax.
    labels : torch.Tensor
        Class indices, of shape ``(batch,)``.
    one_hot : callable
        Gives the rows of labels, shaped and typed as the scores; that of another framework makes the
        table serve its tensors.

    Returns
    -------
    torch.Tensor
        The loss, without dimensions.
    """
    if loss.kind == "margin_loss":
        return loss(scores, 2 * one_hot(labels, scores) - 1)
    prediction = _OUTPUTS[loss.takes](scores)
    if loss.kind == "row_loss":
        return loss(prediction, labels)
    return loss(prediction, one_hot(labels, scores))
