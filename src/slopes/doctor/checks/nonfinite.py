"""Where NaN and infinities begin."""

from collections.abc import Iterator

from slopes.doctor.checks.base import NetworkCheck
from slopes.doctor.network import Network
from slopes.doctor.scene import Evidence


class NonFinite(NetworkCheck):
    """The loss or its gradient is NaN or infinite; this operation is the first that made or received it."""

    code, name = "R15", "non-finite"

    def examine(self, network: Network) -> Iterator[Evidence]:
        for trouble in network.troubles[:1]:  # once there is one, the weights carry it everywhere
            yield Evidence(says=trouble.says, numbers=trouble.numbers, cure=trouble.cure, place=trouble.place)
