"""Generalised Dice: one overlap of all classes, small ones weighing as much as large ones."""

from slopes.core import Array, ArrayFacts, ArrayLoss, ArrayMath, Paper, T
from slopes.losses.dice import share


class GeneralizedDice(ArrayLoss):
    """One minus the overlap of all classes, each weighted by one over its true size squared.

    A class that the target lacks has no weight.

    Examples
    --------
    >>> import numpy as np
    >>> import slopes
    >>> target = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    >>> slopes.generalized_dice(np.full((3, 2), 0.5), target).round(6)
    np.float64(0.555556)
    """

    formula = "1 - 2 * sum(sum(p * t, 0) / sum(t, 0)**2) / sum(sum(p + t, 0) / sum(t, 0)**2)"
    arrays = {
        "prediction": Array("n c", "how far each element is in each class", "probability", neutral=0.0),
        "target": Array("n c", "whether it truly is", "probability", learned=False, neutral=0.0),
    }
    axes = "classes"
    result = "1 1"
    takes = "probabilities"
    aliases = ("generalized_dice_loss", "generalised_dice")
    papers = (
        Paper(
            "Sudre, Li, Vercauteren, Ourselin and Cardoso",
            2017,
            "Generalised Dice overlap as a deep learning loss function for highly unbalanced segmentations",
            "https://arxiv.org/abs/1707.03237",
        ),
    )
    kinks = "a target without any class has loss 0 and gradient 0"
    facts = ArrayFacts(range=(0, 1))

    def value(self, m: ArrayMath, p: T, t: T) -> T:
        size = m.row_sum(m.transpose(t))
        present = m.where(m.equal(size, 0.0), 0.0, size)
        weight = share(m, m.step(present), size * size)
        apart = m.row_sum(m.transpose(p * (1 - t) + t * (1 - p)))
        whole = m.row_sum(m.transpose(p + t))
        return share(m, _total(m, weight * apart), _total(m, weight * whole))


def _total(m: ArrayMath, column: T) -> T:
    return m.row_sum(m.transpose(column))
