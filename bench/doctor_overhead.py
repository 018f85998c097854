"""What watching costs: the processor time of a small convolutional network, with the doctor and without.

    python -m bench.doctor_overhead

Prints the milliseconds of the first 20 steps and of 20 later ones, the least of some runs; and how much of it
the checks themselves took, which look at numbers.
"""

import time
from contextlib import nullcontext
from functools import wraps

import torch

from slopes import doctor
from slopes.doctor import case, network, watching_network

STEPS, ROUNDS = 20, 9
CHECKS = (
    (case.Case, "see"),
    (network.Layer, "see"),
    (watching_network, "sickness"),
    (watching_network, "edge"),
    (watching_network, "_flat"),
    (watching_network, "_row_sums"),
    (watching_network, "_gain"),
    (watching_network.Observer, "_look_at_gradients"),
    (watching_network, "_spread"),
)


def made():
    """A network for images of 28 x 28, on a batch of 64."""
    nn = torch.nn
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 49, 128), nn.ReLU(), nn.Linear(128, 10),
    )  # fmt: skip


def trained(watching):
    """The milliseconds of the first steps and of later ones."""
    torch.manual_seed(0)
    net, x, y = made(), torch.randn(64, 1, 28, 28), torch.arange(64) % 10
    optimizer, loss = torch.optim.Adam(net.parameters(), 1e-3), torch.nn.CrossEntropyLoss()

    def steps():
        start = time.process_time()
        for _ in range(STEPS):
            optimizer.zero_grad()
            loss(net(x), y).backward()
            optimizer.step()
        return 1e3 * (time.process_time() - start)

    for _ in range(3):  # what is made once, by PyTorch itself
        loss(net(x), y).backward()
    with doctor.watch() if watching else nullcontext():
        first = steps()
        steps()
        return first, steps()


def timed(spent):
    """Put a clock around each check; return how to take them away."""
    undo = []
    for owner, name in CHECKS:
        original = getattr(owner, name)

        @wraps(original)
        def clocked(*args, original=original, **kwargs):
            start = time.process_time()
            try:
                return original(*args, **kwargs)
            finally:
                spent.append(1e3 * (time.process_time() - start))

        setattr(owner, name, clocked)
        undo.append((owner, name, original))
    return undo


def main():
    torch.set_num_threads(1)
    runs = {"without": [], "with": []}
    for _ in range(ROUNDS):
        for name, found in runs.items():
            found.append(trained(name == "with"))
    checks = []
    for _ in range(5):
        spent = []
        undo = timed(spent)
        trained(True)
        for owner, name, original in undo:
            setattr(owner, name, original)
        checks.append(sum(spent))
    first, later = ({n: min(r[i] for r in found) for n, found in runs.items()} for i in (0, 1))
    cost = min(checks)
    beyond = first["with"] - first["without"] - cost
    print(
        f"first {STEPS} steps: {first['without']:.1f} ms without, {first['with']:.1f} with: "
        f"checks {cost:.1f}, watching {beyond:.1f} ({100 * beyond / first['without']:.1f} %)\n"
        f"later {STEPS} steps: {later['without']:.1f} ms without, {later['with']:.1f} with "
        f"({100 * (later['with'] / later['without'] - 1):.1f} %)"
    )


if __name__ == "__main__":
    main()
