"""Gradients of several passes added up."""

from collections.abc import Iterator
from itertools import groupby

from slopes.doctor.checks.base import NetworkCheck
from slopes.doctor.languages import Text
from slopes.doctor.network import Network, Share
from slopes.doctor.scene import Evidence, Place

SMALL = 1.1  #: how much more one target may count than another


class UnevenAccumulation(NetworkCheck):
    """Means over different numbers of targets are added up, so that a target counts more in a small batch.

    The sum of such means is not the gradient of the mean over all of them: short sequences, batches with much
    padding and the last, smaller batch pull more than their share.

    Number
    ------
    Each pass weighs a target by its factor over the number of its targets; the ratio of the largest weight to
    the smallest is what is reported. It is 1 where all passes have as many.

    Cure
    ----
    Sum in each pass, and divide by the number of targets of the whole step.

    Silent
    ------
    Ratios up to 1.1, and passes that the program itself scales by their share of the targets.

    Examples
    --------
    >>> import torch
    >>> from slopes import doctor
    >>> net, x, y = torch.nn.Linear(2, 3), torch.ones(12, 2), torch.arange(12) % 3
    >>> optimizer = torch.optim.SGD(net.parameters(), 0.1)
    >>> with doctor.watch() as case:
    ...     for rows in (slice(0, 8), slice(8, 12)):
    ...         torch.nn.functional.cross_entropy(net(x[rows]), y[rows]).backward()
    ...     optimizer.step()
    >>> print(case.findings()[0])
    R12 uneven-accumulation: one step adds up the means over 8, 4 targets: a target among 4 counts 2 times as
    much as one among 8. Cure: sum with reduction="sum" and divide each pass by the targets of the whole step.
    """

    code, name, severity = "R12", "uneven-accumulation", "warning"

    def examine(self, network: Network) -> Iterator[Evidence]:
        worst: dict[Place, tuple[float, list[Share]]] = {}
        times: dict[Place, int] = {}
        for step in network.steps:
            by_place = groupby(sorted(step, key=lambda s: s.place), key=lambda s: s.place)
            for place, group in by_place:
                shares = list(group)
                each = [abs(share.each) for share in shares]
                ratio = max(each) / min(each)
                if len(shares) > 1 and ratio > SMALL and shares[0].mean:
                    times[place] = times.get(place, 0) + 1
                    if ratio > worst.get(place, (0.0, []))[0]:
                        worst[place] = ratio, shares
        for place, (ratio, shares) in worst.items():
            counts = [share.counted for share in shares]
            shown = ", ".join(map(str, counts[:8])) + (" ..." if len(counts) > 8 else "")
            yield Evidence(
                says=Text(
                    "one step adds up the means over {counts} targets: a target among {fewest} counts "
                    "{ratio:.3g} times as much as one among {most}",
                    counts=shown,
                    fewest=min(counts),
                    most=max(counts),
                    ratio=ratio,
                ),
                numbers={"ratio": ratio, "fewest": min(counts), "most": max(counts), "passes": len(counts)},
                cure=Text('sum with reduction="sum" and divide each pass by the targets of the whole step'),
                place=place,
                times=times[place],
                calls=len(network.steps),
            )
