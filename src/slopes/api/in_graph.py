"""Calls inside torch.compile: one operation of the first graph, traced into plain ones later.

Imported only while torch.compile looks at a call (see `slopes.api.function`).
"""

from collections.abc import Mapping
from typing import Any

from slopes.api.catalogue import get
from slopes.api.ctc import ctc
from slopes.api.linear_cross_entropy import linear_cross_entropy
from slopes.backends.torch import constant, in_graph

BESIDE: dict[str, Any] = {f.name: f for f in (ctc, linear_cross_entropy)}  #: functions beside the register


@in_graph
def call(
    name: str, given: Mapping[str, Any], method: str, arguments: tuple[Any, ...], options: Mapping[str, Any]
) -> Any:
    """Call a method of a function that is stated by its name and parameters: a graph holds no objects."""
    parameters = {n: constant(v) for n, v in given.items()}
    function = BESIDE[name] if name in BESIDE else get(name, **parameters)
    return getattr(function, method)(*arguments, **{n: constant(v) for n, v in options.items()})
