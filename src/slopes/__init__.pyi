"""Printed from the definitions by `python -m slopes.emit.stub`."""

from typing import Any, TypeVar

from slopes.api.activation import ActivationFunction
from slopes.api.catalogue import Register
from slopes.api.function import Function
from slopes.api.loss import PointwiseLossFunction
from slopes.api.row import RowFunction
from slopes.api.row_loss import RowLossFunction
from slopes.backends.kernels import kernels as kernels
from slopes.backends.kernels import set_num_threads as set_num_threads
from slopes.api.linear_cross_entropy import linear_cross_entropy as linear_cross_entropy
from slopes.core import UnknownName as UnknownName

A = TypeVar("A")

__version__: str
activations: Register
losses: Register

def get(name: str, **parameters: Any) -> Function: ...

class Arctan(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

arctan: Arctan

class Bilinear(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

bilinear: Bilinear

class BinaryCrossEntropy(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

binary_cross_entropy: BinaryCrossEntropy

class BinaryCrossEntropyWithLogits(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

binary_cross_entropy_with_logits: BinaryCrossEntropyWithLogits

class BinaryStep(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

binary_step: BinaryStep

class CELU(ActivationFunction):
    def __init__(self, *, alpha: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: float = 1.0) -> A: ...  # type: ignore[override]

celu: CELU

class Cloglog(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

cloglog: Cloglog

class CReLU(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

crelu: CReLU

class CrossEntropy(RowLossFunction):
    def __init__(self, *, label_smoothing: float = 0.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', label_smoothing: float = 0.0) -> Any: ...  # type: ignore[override]

cross_entropy: CrossEntropy

class ELiSH(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

elish: ELiSH

class ELU(ActivationFunction):
    def __init__(self, *, alpha: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: float = 1.0) -> A: ...  # type: ignore[override]

elu: ELU

class Entmax(RowFunction):
    def __init__(self, *, alpha: float = 1.5) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None, alpha: float = 1.5) -> A: ...  # type: ignore[override]

entmax: Entmax

class Entmax15(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

entmax15: Entmax15

class Erf(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

erf: Erf

class Exponential(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

exponential: Exponential

class Gaussian(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

gaussian: Gaussian

class GEGLU(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

geglu: GEGLU

class GELU(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

gelu: GELU

class GELUTanh(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

gelu_tanh: GELUTanh

class GLU(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

glu: GLU

class HardMish(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

hard_mish: HardMish

class HardSigmoid(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

hard_sigmoid: HardSigmoid

class HardSwish(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

hard_swish: HardSwish

class HardTanh(ActivationFunction):
    def __init__(self, *, min_value: float = -1.0, max_value: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, min_value: float = -1.0, max_value: float = 1.0) -> A: ...  # type: ignore[override]

hard_tanh: HardTanh

class Hardmax(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

hardmax: Hardmax

class Hardshrink(ActivationFunction):
    def __init__(self, *, lambd: float = 0.5) -> None: ...
    def __call__(self, x: A, *, out: Any = None, lambd: float = 0.5) -> A: ...  # type: ignore[override]

hardshrink: Hardshrink

class Hinge(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

hinge: Hinge

class Huber(PointwiseLossFunction):
    def __init__(self, *, delta: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, delta: float = 1.0) -> Any: ...  # type: ignore[override]

huber: Huber

class Identity(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

identity: Identity

class ISRLU(ActivationFunction):
    def __init__(self, *, alpha: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: float = 1.0) -> A: ...  # type: ignore[override]

isrlu: ISRLU

class ISRU(ActivationFunction):
    def __init__(self, *, alpha: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: float = 1.0) -> A: ...  # type: ignore[override]

isru: ISRU

class LeakyReLU(ActivationFunction):
    def __init__(self, *, negative_slope: float = 0.01) -> None: ...
    def __call__(self, x: A, *, out: Any = None, negative_slope: float = 0.01) -> A: ...  # type: ignore[override]

leaky_relu: LeakyReLU

class LiSHT(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

lisht: LiSHT

class LogNdtr(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

log_ndtr: LogNdtr

class LogSigmoid(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

log_sigmoid: LogSigmoid

class LogSoftmax(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

log_softmax: LogSoftmax

class MAE(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

mae: MAE

class Maxout(RowFunction):
    def __init__(self, *, pieces: int = 2) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None, pieces: int = 2) -> A: ...  # type: ignore[override]

maxout: Maxout

class Mish(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

mish: Mish

class MSE(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

mse: MSE

class Ndtr(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

ndtr: Ndtr

class NLL(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

nll: NLL

class PReLU(ActivationFunction):
    def __init__(self, *, slope: float = 0.25) -> None: ...
    def __call__(self, x: A, *, out: Any = None, slope: Any = 0.25) -> A: ...  # type: ignore[override]

prelu: PReLU

class Quantile(PointwiseLossFunction):
    def __init__(self, *, level: float = 0.5) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, level: float = 0.5) -> Any: ...  # type: ignore[override]

quantile: Quantile

class QuickGELU(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

quick_gelu: QuickGELU

class ReGLU(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

reglu: ReGLU

class ReLU(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

relu: ReLU

class ReLU6(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

relu6: ReLU6

class ReLUSquared(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

relu_squared: ReLUSquared

class RReLU(ActivationFunction):
    def __init__(self, *, lower: float = 0.125, upper: float = 0.3333333333333333) -> None: ...
    def __call__(self, x: A, *, out: Any = None, lower: float = 0.125, upper: float = 0.3333333333333333) -> A: ...  # type: ignore[override]

rrelu: RReLU

class SELU(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

selu: SELU

class Serf(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

serf: Serf

class Sigmoid(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

sigmoid: Sigmoid

class SiLU(ActivationFunction):
    def __init__(self, *, beta: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, beta: Any = 1.0) -> A: ...  # type: ignore[override]

silu: SiLU

class Sine(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

sine: Sine

class Smish(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

smish: Smish

class Snake(ActivationFunction):
    def __init__(self, *, alpha: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: Any = 1.0) -> A: ...  # type: ignore[override]

snake: Snake

class SoftClipping(ActivationFunction):
    def __init__(self, *, alpha: float = 50.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: float = 50.0) -> A: ...  # type: ignore[override]

soft_clipping: SoftClipping

class Softmax(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

softmax: Softmax

class Softmin(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

softmin: Softmin

class Softplus(ActivationFunction):
    def __init__(self, *, beta: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, beta: float = 1.0) -> A: ...  # type: ignore[override]

softplus: Softplus

class Softshrink(ActivationFunction):
    def __init__(self, *, lambd: float = 0.5) -> None: ...
    def __call__(self, x: A, *, out: Any = None, lambd: float = 0.5) -> A: ...  # type: ignore[override]

softshrink: Softshrink

class Softsign(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

softsign: Softsign

class SparsePlus(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

sparse_plus: SparsePlus

class SparseSigmoid(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

sparse_sigmoid: SparseSigmoid

class Sparsemax(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

sparsemax: Sparsemax

class Squareplus(ActivationFunction):
    def __init__(self, *, b: float = 4.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, b: float = 4.0) -> A: ...  # type: ignore[override]

squareplus: Squareplus

class StarReLU(ActivationFunction):
    def __init__(self, *, scale: float = 0.8944, bias: float = -0.4472) -> None: ...
    def __call__(self, x: A, *, out: Any = None, scale: Any = 0.8944, bias: Any = -0.4472) -> A: ...  # type: ignore[override]

starrelu: StarReLU

class SwiGLU(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

swiglu: SwiGLU

class Tanh(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

tanh: Tanh

class Tanhshrink(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

tanhshrink: Tanhshrink

class TeLU(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

telu: TeLU

class Threshold(ActivationFunction):
    def __init__(self, *, threshold: float = 1.0, replacement: float = 0.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, threshold: float = 1.0, replacement: float = 0.0) -> A: ...  # type: ignore[override]

threshold: Threshold
