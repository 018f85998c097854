"""ONNX's node tests and the PyTorch modules it once exported, each a model of one operator with its data."""

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnx.backend.test
from onnx import numpy_helper

from tests.parity.suites.cases import Outcome, described, ours, outcome


def _cross_entropy(x, target, weight=None, ignore_index=None, reduction="mean"):
    loss = ours.cross_entropy(
        x, target, axis=1, class_weight=weight, ignore_index=ignore_index, reduction=reduction
    )
    return loss, ours.log_softmax(x, axis=1)


def _nll(x, target, weight=None, ignore_index=None, reduction="mean"):
    return ours.nll(x, target, axis=1, class_weight=weight, ignore_index=ignore_index, reduction=reduction)


#: operator -> our call, with ONNX's names and defaults of the attributes
SHIMS = {
    "Atan": lambda x: ours.arctan(x),
    "Celu": lambda x, alpha=1.0: ours.celu(x, alpha=alpha),
    "Elu": lambda x, alpha=1.0: ours.elu(x, alpha=alpha),
    "Erf": lambda x: ours.erf(x),
    "Exp": lambda x: ours.exponential(x),
    "Gelu": lambda x, approximate="none": (ours.gelu_tanh if approximate == "tanh" else ours.gelu)(x),
    "HardSwish": lambda x: ours.hard_swish(x),
    "Hardmax": lambda x, axis=-1: ours.hardmax(x, axis=axis),
    "Identity": lambda x: ours.identity(x),
    "LeakyRelu": lambda x, alpha=0.01: ours.leaky_relu(x, negative_slope=alpha),
    "LogSoftmax": lambda x, axis=-1: ours.log_softmax(x, axis=axis),
    "Mish": lambda x: ours.mish(x),
    "NegativeLogLikelihoodLoss": _nll,
    "PRelu": lambda x, slope: ours.prelu(x, slope=slope),
    "Relu": lambda x: ours.relu(x),
    "Selu": lambda x, alpha=None, gamma=None: (
        ours.selu(x) if alpha is None else gamma * ours.elu(x, alpha=alpha)
    ),
    "Sigmoid": lambda x: ours.sigmoid(x),
    "Sin": lambda x: ours.sine(x),
    "Softmax": lambda x, axis=-1: ours.softmax(x, axis=axis),
    "SoftmaxCrossEntropyLoss": _cross_entropy,
    "Softplus": lambda x: ours.softplus(x),
    "Softsign": lambda x: ours.softsign(x),
    "Swish": lambda x, alpha=1.0: ours.silu(x, beta=alpha),
    "Tanh": lambda x: ours.tanh(x),
    "ThresholdedRelu": lambda x, alpha=1.0: ours.threshold(x, threshold=alpha, replacement=0.0),
}
FILES = {
    "SoftmaxCrossEntropyLoss": "softmax_cross_entropy_loss"
}  #: where it is not the operator in lower case
#: optional inputs are named by position
INPUTS = {"SoftmaxCrossEntropyLoss": ("x", "target", "weight"), "PRelu": ("x", "slope")}


def run() -> list[Outcome]:
    cases = sorted([*node_cases(), *module_cases()], key=lambda case: case[0])
    return [outcome(name, partial(_error, *rest)) for name, *rest in cases]


def node_cases() -> Iterator[tuple[str, Any, Any, Any, float, float]]:
    """Yield the cases that ONNX writes out in Python, but for those that spell an operator out in others."""
    for operator in SHIMS:
        import_module(f"onnx.backend.test.case.node.{FILES.get(operator, operator.lower())}")
    for case in import_module("onnx.backend.test.case.node")._NodeTestCases:
        node = case.model.graph.node
        if len(node) == 1 and node[0].op_type in SHIMS:
            for inputs, outputs in case.data_sets:
                yield case.name, node[0], inputs, outputs, case.rtol, case.atol


def module_cases() -> Iterator[tuple[str, Any, Any, Any, float, float]]:
    """Yield the exported PyTorch modules that are one of our operators, which are kept as files."""
    root = Path(onnx.backend.test.__file__).parent / "data"
    for path in root.glob("pytorch-*/*/model.onnx"):
        graph = onnx.load(path).graph
        if len(graph.node) != 1 or graph.node[0].op_type not in SHIMS:
            continue
        weights = [numpy_helper.to_array(weight) for weight in graph.initializer]
        data = path.parent / "test_data_set_0"
        inputs, outputs = (
            [numpy_helper.to_array(onnx.load_tensor(file)) for file in sorted(data.glob(f"{kind}_*.pb"))]
            for kind in ("input", "output")
        )
        yield path.parent.name, graph.node[0], [*inputs, *weights], outputs, 1e-3, 1e-7


def _error(node: Any, inputs: Any, outputs: Any, rtol: float, atol: float) -> str:
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    attributes = {k: v.decode() if isinstance(v, bytes) else v for k, v in attributes.items()}
    try:
        found = SHIMS[node.op_type](*inputs, **attributes)
        found = found if isinstance(found, tuple) else (found,)
        for result, expected in zip(found, outputs, strict=False):  # the second output is optional
            assert result.dtype == expected.dtype, f"dtype {result.dtype}, expected {expected.dtype}"
            np.testing.assert_allclose(result, expected, rtol, atol)
    except Exception as error:
        return described(error)
    return ""
