"""Where NaN and infinities begin."""

from collections.abc import Iterator

from slopes.doctor.checks.base import NetworkCheck
from slopes.doctor.network import Network
from slopes.doctor.scene import Evidence


class NonFinite(NetworkCheck):
    """The loss or its gradient is NaN or infinite; this operation is the first that made or received it.

    One NaN in a gradient makes every weight NaN at the next step, and the line where it shows is rarely the
    line where it began.

    Number
    ------
    How many of the operation's results are NaN or infinite, and the inputs that explain it: zeros under a
    logarithm or a division, the largest input of an exponential beside the limit of its type.

    Cure
    ----
    The smallest change to that operation: a fused function that does not round on the way (log_softmax for
    softmax and log), a clamp, a wider type, or a lower learning rate where the values ran away.

    Silent
    ------
    NaN and infinities that reach no loss and no gradient, such as masks of minus infinity before a softmax,
    and batches without targets, which are R11.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> scores = torch.tensor([[0.0, 200.0], [300.0, 0.0]])
    >>> with doctor.watch() as case:
    ...     loss = torch.nn.functional.nll_loss(scores.softmax(1).log(), torch.tensor([0, 0]))
    >>> print(case.findings()[0])
    R15 non-finite: 2 of 4 results of log are NaN or infinite: log of an underflowed softmax, 2 inputs are
    exactly 0. Cure: write log_softmax in place of softmax and log.
    """

    code, name = "R15", "non-finite"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for trouble in network.troubles[:1]:  # once there is one, the weights carry it everywhere
            yield Evidence(says=trouble.says, numbers=trouble.numbers, cure=trouble.cure, place=trouble.place)
