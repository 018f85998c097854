"""Watching a Lightning trainer: the steps of its first batches."""

import sys
from importlib import import_module
from typing import Any

from slopes.doctor.case import Case
from slopes.doctor.report import as_markdown
from slopes.doctor.scene import Finding
from slopes.doctor.watching_torch import Watch

NAMES = ("lightning.pytorch", "pytorch_lightning")  #: whose callbacks are not each other's


class Watching:
    """What the callback does; Lightning's own class, of either name, comes behind it."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.case, self.steps = Case(), steps
        self._watch: Watch | None = None
        self._seen = 0

    def findings(self) -> list[Finding]:
        """Return what was found, the worst first."""
        return self.case.findings()

    def on_train_batch_start(self, *_: Any) -> None:
        """Begin to watch a step."""
        if self._seen < self.steps:
            self._watch = Watch(self.case, self.steps).__enter__()

    def on_train_batch_end(self, *_: Any) -> None:
        """End to watch it."""
        self._seen += 1
        self._end()

    def on_exception(self, *_: Any) -> None:
        """Leave nothing behind."""
        self._end()

    def on_train_end(self, *_: Any) -> None:
        """Say what was found."""
        self._end()
        if self.findings():
            print(as_markdown(self.findings()), file=sys.stderr)

    def _end(self) -> None:
        if self._watch is not None:
            self._watch.__exit__(None, None, None)
            self._watch = None


def callback(steps: int) -> Any:
    """Return the callback, of the Lightning that the program uses."""
    for name in sorted(NAMES, key=lambda name: name not in sys.modules):
        try:
            base = import_module(name).Callback
        except ModuleNotFoundError as error:
            if error.name not in (name, name.partition(".")[0]):
                raise
        else:
            return type("DoctorCallback", (Watching, base), {})(steps)
    raise ModuleNotFoundError(
        "Lightning is not installed; pip install lightning installs it", name="lightning"
    )
