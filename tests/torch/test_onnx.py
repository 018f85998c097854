"""`export_onnx`: standard operators where ONNX has them, and the numbers in onnxruntime."""

import numpy as np
import onnxruntime
import pytest
import torch
from torch import nn

import slopes
from slopes.torch import Activation, Loss, export_onnx
from slopes.torch.onnx import OPERATORS

X = torch.linspace(-20, 20, 4 * 600).reshape(4, -1)


class Side(nn.Module):
    """Modules beside each other, each applied to the input."""

    def __init__(self, modules):
        super().__init__()
        self.parts = nn.ModuleList(modules)

    def forward(self, *arrays):
        return tuple(part(*arrays) for part in self.parts)


def run(program, *arrays):
    """The results of an exported model in onnxruntime."""
    session = onnxruntime.InferenceSession(program.model_proto.SerializeToString())
    names = (given.name for given in session.get_inputs())
    return session.run(None, {name: x.numpy() for name, x in zip(names, arrays, strict=True)})


def operators(program):
    return [node.op_type for node in program.model.graph]


def assert_near(found, expected, bound, what):
    """Within a bound on max(1, |x|, |value|), which is what onnxruntime's elementary functions keep.

    Of functions that halve a row, x is the largest of all.
    """
    wide = abs(X.numpy()) if found.shape == tuple(X.shape) else float(X.abs().max())
    assert np.all(abs(found - expected) <= bound * np.maximum(1, np.maximum(wide, abs(expected)))), what


def test_activations_are_standard_operators_with_the_runtimes_accuracy():
    modules = {name: Activation(name) for name in OPERATORS}
    modules |= {
        f"{name} configured": Activation(name, **parameters)
        for name, parameters in {
            "celu": {"alpha": 0.5},
            "elu": {"alpha": 2.0},
            "hard_tanh": {"min_value": -2.0, "max_value": 0.5},
            "hardshrink": {"lambd": 1.5},
            "leaky_relu": {"negative_slope": 0.3},
            "softshrink": {"lambd": 1.5},
            "silu": {"beta": 2.0, "learnable": True},
            "softmax": {"axis": 0},
            "softplus": {"beta": 2.0},
            "prelu": {"channels": 4, "axis": 0},
        }.items()
    }
    program = export_onnx(Side(modules.values()).eval(), (X,), verbose=False)
    kinds = set(operators(program))
    assert kinds <= {
        *("Atan", "Celu", "Clip", "Div", "Elu", "Erf", "Exp", "Gelu", "HardSigmoid", "HardSwish", "Hardmax"),
        *("Identity", "LeakyRelu", "LogSoftmax", "Mish", "Mul", "Neg", "PRelu", "Relu", "Selu", "Shrink"),
        *(
            "Sigmoid",
            "Sin",
            "Softmax",
            "Softplus",
            "Softsign",
            "Split",
            "Sub",
            "Tanh",
            "Reshape",
            "Concat",
            "Constant",
        ),
    }
    assert len(operators(program)) < 2 * len(modules)
    for (name, module), found in zip(modules.items(), run(program, X), strict=True):
        exact = module.double()(X.double()).detach().numpy()
        module.float()
        assert_near(found, exact, 4e-7, name)


def test_functions_without_an_operator_are_exported_as_what_they_are_made_of():
    names = ("geglu", "isru", "smish", "snake")  # with copysign, hypot, clamps that meet, a parameter
    assert not set(names) & set(OPERATORS)
    modules = [Activation(name) for name in names]
    found = run(export_onnx(Side(modules).eval(), (X,), verbose=False), X)
    for name, values in zip(names, found, strict=True):
        assert_near(values, slopes.get(name)(X.double()).numpy(), 1e-6, name)


def test_losses_are_exported_too():
    names = ("huber", "log_cosh", "binary_cross_entropy_with_logits")
    arrays = (X[:, :300].contiguous(), torch.sigmoid(X[:, 300:]).contiguous())
    program = export_onnx(
        Side([Loss(name, reduction="none") for name in names]).eval(), arrays, verbose=False
    )
    for name, values in zip(names, run(program, *arrays), strict=True):
        exact = slopes.get(name)(*(a.double() for a in arrays), reduction="none").numpy()
        np.testing.assert_allclose(values, exact, rtol=2e-6, atol=2e-7, err_msg=name)
    target = torch.tensor([1, 0, 3, 2])
    program = export_onnx(Loss("cross_entropy").eval(), (X[:, ::100], target), verbose=False)
    (value,) = run(program, X[:, ::100], target)
    np.testing.assert_allclose(value, slopes.cross_entropy(X[:, ::100].double(), target).numpy(), rtol=1e-6)


def test_a_model_is_exported_with_a_free_batch_and_stays_as_it_was(tmp_path):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(5, 4), Activation("gelu"), nn.Linear(4, 3), Activation("softmax")).eval()
    path = tmp_path / "model.onnx"
    shapes = {"dynamic_shapes": ({0: torch.export.Dim("batch")},)}
    program = export_onnx(model, (torch.zeros(2, 5),), path, verbose=False, **shapes)
    assert operators(program) == ["Gemm", "Gelu", "Gemm", "Softmax"]
    assert all("forward" not in vars(module) for module in model)
    x = torch.randn(7, 5)
    session = onnxruntime.InferenceSession(path)
    (found,) = session.run(None, {session.get_inputs()[0].name: x.numpy()})
    np.testing.assert_allclose(found, model(x).detach().numpy(), rtol=1e-5, atol=1e-6)


def test_what_is_needed_is_said(monkeypatch):
    with pytest.raises(ValueError, match="opset_version must be at least 20, got 18"):
        export_onnx(nn.ReLU(), (X,), opset_version=18)
    monkeypatch.setitem(__import__("sys").modules, "onnxscript", None)
    with pytest.raises(ImportError, match=r'export_onnx needs onnxscript: pip install "slopes\[onnx\]"'):
        export_onnx(nn.ReLU(), (X,))
