"""The extra peak memory of a call, measured in a process of its own."""

import subprocess
import sys
from pathlib import Path

from slopes.speed.cases import cases

STATUS = Path("/proc/self/status")
RESET = Path("/proc/self/clear_refs")
CHILD = "import sys; from slopes.speed.memory import measured; print(measured(*sys.argv[1:]))"


def extra_peak(function: str, size: str, contender: str) -> int | None:
    """Return the bytes that one call of a contender takes at its peak, above what its inputs take.

    Its results count. None where the system does not tell, which is anywhere but on Linux.
    """
    if not RESET.exists():
        return None
    command = [sys.executable, "-c", CHILD, function, size, contender]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return int(found.stdout)


def measured(function: str, size: str, contender: str) -> int:
    """Return the same, measured in this process, which has done nothing else."""
    for warm in ("small", size):  # the first call loads and allocates what stays
        case = next(cases([function], [warm]))
        call = {"slopes": case.ours, **case.others}[contender]
        if warm != size:
            call()
    RESET.write_text("5")  # the peak is from here on
    before = _resident("VmRSS:")
    kept = call()
    peak = _resident("VmHWM:") - before
    del kept
    return peak


def _resident(field: str) -> int:
    """A field of what the system knows about this process, in bytes."""
    lines = STATUS.read_text().splitlines()
    return 1024 * int(next(line for line in lines if line.startswith(field)).split()[1])
