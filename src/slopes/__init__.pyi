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
from slopes.api.class_weights import class_balanced_weights as class_balanced_weights
from slopes.api.linear_cross_entropy import linear_cross_entropy as linear_cross_entropy
from slopes.core import UnknownName as UnknownName

A = TypeVar("A")

__version__: str
activations: Register
losses: Register

def get(name: str, **parameters: Any) -> Function: ...

class BinaryCrossEntropy(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

binary_cross_entropy: BinaryCrossEntropy

class BinaryCrossEntropyWithLogits(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

binary_cross_entropy_with_logits: BinaryCrossEntropyWithLogits

class CategoricalFocal(RowLossFunction):
    def __init__(self, *, gamma: float = 2.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', gamma: float = 2.0) -> Any: ...  # type: ignore[override]

categorical_focal: CategoricalFocal

class CategoricalHinge(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

categorical_hinge: CategoricalHinge

class CORAL(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

coral: CORAL

class CORN(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

corn: CORN

class CrossEntropy(RowLossFunction):
    def __init__(self, *, label_smoothing: float = 0.0, z_loss: float = 0.0, logit_softcap: float = 0.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', label_smoothing: float = 0.0, z_loss: float = 0.0, logit_softcap: float = 0.0) -> Any: ...  # type: ignore[override]

cross_entropy: CrossEntropy

class CumulativeLogit(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

cumulative_logit: CumulativeLogit

class CumulativeProbit(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

cumulative_probit: CumulativeProbit

class EntmaxLoss(RowLossFunction):
    def __init__(self, *, alpha: float = 1.5) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', alpha: float = 1.5) -> Any: ...  # type: ignore[override]

entmax_loss: EntmaxLoss

class GELU(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

gelu: GELU

class GELUTanh(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

gelu_tanh: GELUTanh

class GeneralizedCrossEntropy(RowLossFunction):
    def __init__(self, *, exponent: float = 0.7) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', exponent: float = 0.7) -> Any: ...  # type: ignore[override]

generalized_cross_entropy: GeneralizedCrossEntropy

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

class JSDivergence(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

js_divergence: JSDivergence

class KLDivergence(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

kl_divergence: KLDivergence

class LeakyReLU(ActivationFunction):
    def __init__(self, *, negative_slope: float = 0.01) -> None: ...
    def __call__(self, x: A, *, out: Any = None, negative_slope: float = 0.01) -> A: ...  # type: ignore[override]

leaky_relu: LeakyReLU

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

class MSE(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

mse: MSE

class MultiMargin(RowLossFunction):
    def __init__(self, *, p: int = 1, margin: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', p: int = 1, margin: float = 1.0) -> Any: ...  # type: ignore[override]

multi_margin: MultiMargin

class MultilabelSoftMargin(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

multilabel_soft_margin: MultilabelSoftMargin

class NLL(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

nll: NLL

class Poly1(RowLossFunction):
    def __init__(self, *, epsilon: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', epsilon: float = 1.0) -> Any: ...  # type: ignore[override]

poly1: Poly1

class PReLU(ActivationFunction):
    def __init__(self, *, slope: float = 0.25) -> None: ...
    def __call__(self, x: A, *, out: Any = None, slope: Any = 0.25) -> A: ...  # type: ignore[override]

prelu: PReLU

class Quantile(PointwiseLossFunction):
    def __init__(self, *, level: float = 0.5) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, level: float = 0.5) -> Any: ...  # type: ignore[override]

quantile: Quantile

class ReLU(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

relu: ReLU

class Sigmoid(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

sigmoid: Sigmoid

class SiLU(ActivationFunction):
    def __init__(self, *, beta: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, beta: Any = 1.0) -> A: ...  # type: ignore[override]

silu: SiLU

class Softmax(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

softmax: Softmax

class Softplus(ActivationFunction):
    def __init__(self, *, beta: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, beta: float = 1.0) -> A: ...  # type: ignore[override]

softplus: Softplus

class SparsemaxLoss(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

sparsemax_loss: SparsemaxLoss

class SymmetricCrossEntropy(RowLossFunction):
    def __init__(self, *, alpha: float = 0.1, beta: float = 1.0, log_zero: float = -4.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', alpha: float = 0.1, beta: float = 1.0, log_zero: float = -4.0) -> Any: ...  # type: ignore[override]

symmetric_cross_entropy: SymmetricCrossEntropy

class Tanh(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

tanh: Tanh

class TaylorCrossEntropy(RowLossFunction):
    def __init__(self, *, order: int = 2) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', order: int = 2) -> Any: ...  # type: ignore[override]

taylor_cross_entropy: TaylorCrossEntropy

class TotalVariation(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

total_variation: TotalVariation
