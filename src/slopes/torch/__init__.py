"""PyTorch modules of the functions, and what is done with whole models: `import slopes.torch`.

`Activation` and `Loss` are modules; `replace` exchanges the activations of a model; `export_onnx` writes a
model with ONNX's standard operators; `sharded_cross_entropy` is the loss of a vocabulary that several
processes share.
"""

try:
    import torch as _torch
except ImportError as error:
    raise ImportError('slopes.torch needs PyTorch: pip install "slopes[torch]"') from error

from slopes.torch.modules import Activation, Loss
from slopes.torch.onnx import export_onnx
from slopes.torch.replacement import replace
from slopes.torch.report import Report
from slopes.torch.sharded import sharded_cross_entropy

__all__ = ["Activation", "Loss", "Report", "export_onnx", "replace", "sharded_cross_entropy"]
