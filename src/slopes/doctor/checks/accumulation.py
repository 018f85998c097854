"""Gradients of several passes added up."""

from collections.abc import Iterator
from itertools import groupby

from slopes.doctor.checks.base import NetworkCheck
from slopes.doctor.network import Network, Share
from slopes.doctor.scene import Evidence, Place

SMALL = 1.1  #: how much more one target may count than another


class UnevenAccumulation(NetworkCheck):
    """Means over different numbers of targets are added up, so that a target counts more in a small batch."""

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
                says=f"one step adds up the means over {shown} targets: a target among {min(counts)} counts "
                f"{ratio:.3g} times as much as one among {max(counts)}",
                numbers={"ratio": ratio, "fewest": min(counts), "most": max(counts), "passes": len(counts)},
                cure='sum with reduction="sum" and divide each pass by the targets of the whole step',
                place=place,
                times=times[place],
                calls=len(network.steps),
            )
