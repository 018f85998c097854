"""Printed from the definitions by `python -m slopes.emit.stub`."""

from typing import Any, TypeVar

from slopes.api.activation import ActivationFunction
from slopes.api.array_loss import ArrayLossFunction
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

class ArcFace(ArrayLossFunction):
    def __init__(self, *, margin: float = 0.5, scale: float = 64.0) -> None: ...
    def __call__(self, embedding: Any, prototype: Any, target: Any, *, weight: Any = None, reduction: str = 'mean', margin: float = 0.5, scale: float = 64.0) -> Any: ...  # type: ignore[override]

arcface: ArcFace

class BinaryCrossEntropy(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

binary_cross_entropy: BinaryCrossEntropy

class BinaryCrossEntropyWithLogits(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

binary_cross_entropy_with_logits: BinaryCrossEntropyWithLogits

class CIoU(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

ciou: CIoU

class Contrastive(ArrayLossFunction):
    def __init__(self, *, margin: float = 1.0) -> None: ...
    def __call__(self, x1: Any, x2: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean', margin: float = 1.0) -> Any: ...  # type: ignore[override]

contrastive: Contrastive

class CosFace(ArrayLossFunction):
    def __init__(self, *, margin: float = 0.35, scale: float = 64.0) -> None: ...
    def __call__(self, embedding: Any, prototype: Any, target: Any, *, weight: Any = None, reduction: str = 'mean', margin: float = 0.35, scale: float = 64.0) -> Any: ...  # type: ignore[override]

cosface: CosFace

class CosineEmbedding(ArrayLossFunction):
    def __init__(self, *, margin: float = 0.0) -> None: ...
    def __call__(self, x1: Any, x2: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean', margin: float = 0.0) -> Any: ...  # type: ignore[override]

cosine_embedding: CosineEmbedding

class CosineSimilarity(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, x1: Any, x2: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

cosine_similarity: CosineSimilarity

class CrossEntropy(RowLossFunction):
    def __init__(self, *, label_smoothing: float = 0.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', label_smoothing: float = 0.0) -> Any: ...  # type: ignore[override]

cross_entropy: CrossEntropy

class Dice(ArrayLossFunction):
    def __init__(self, *, smooth: float = 0.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', smooth: float = 0.0) -> Any: ...  # type: ignore[override]

dice: Dice

class DIoU(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

diou: DIoU

class FocalTversky(ArrayLossFunction):
    def __init__(self, *, alpha: float = 0.3, beta: float = 0.7, gamma: float = 0.75) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', alpha: float = 0.3, beta: float = 0.7, gamma: float = 0.75) -> Any: ...  # type: ignore[override]

focal_tversky: FocalTversky

class GaussianNLL(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, variance: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

gaussian_nll: GaussianNLL

class GELU(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

gelu: GELU

class GELUTanh(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

gelu_tanh: GELUTanh

class GeneralizedDice(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

generalized_dice: GeneralizedDice

class GIoU(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

giou: GIoU

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

class InfoNCE(ArrayLossFunction):
    def __init__(self, *, temperature: float = 0.1) -> None: ...
    def __call__(self, query: Any, key: Any, *, weight: Any = None, reduction: str = 'mean', temperature: float = 0.1) -> Any: ...  # type: ignore[override]

info_nce: InfoNCE

class IoU(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

iou: IoU

class Jaccard(ArrayLossFunction):
    def __init__(self, *, smooth: float = 0.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', smooth: float = 0.0) -> Any: ...  # type: ignore[override]

jaccard: Jaccard

class LaplaceNLL(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, scale: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

laplace_nll: LaplaceNLL

class LeakyReLU(ActivationFunction):
    def __init__(self, *, negative_slope: float = 0.01) -> None: ...
    def __call__(self, x: A, *, out: Any = None, negative_slope: float = 0.01) -> A: ...  # type: ignore[override]

leaky_relu: LeakyReLU

class ListNet(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, score: Any, relevance: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

listnet: ListNet

class LogSigmoid(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

log_sigmoid: LogSigmoid

class LogSoftmax(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

log_softmax: LogSoftmax

class LovaszHinge(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

lovasz_hinge: LovaszHinge

class LovaszSoftmax(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

lovasz_softmax: LovaszSoftmax

class MAE(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

mae: MAE

class MarginRanking(ArrayLossFunction):
    def __init__(self, *, margin: float = 0.0) -> None: ...
    def __call__(self, x1: Any, x2: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', margin: float = 0.0) -> Any: ...  # type: ignore[override]

margin_ranking: MarginRanking

class Maxout(RowFunction):
    def __init__(self, *, pieces: int = 2) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None, pieces: int = 2) -> A: ...  # type: ignore[override]

maxout: Maxout

class MSE(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

mse: MSE

class NPairs(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, anchor: Any, positive: Any, *, weight: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

n_pairs: NPairs

class NLL(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

nll: NLL

class NTXent(ArrayLossFunction):
    def __init__(self, *, temperature: float = 0.5) -> None: ...
    def __call__(self, x1: Any, x2: Any, *, weight: Any = None, reduction: str = 'mean', temperature: float = 0.5) -> Any: ...  # type: ignore[override]

nt_xent: NTXent

class PairwiseLogistic(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, score: Any, relevance: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

pairwise_logistic: PairwiseLogistic

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

class SISDR(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

si_sdr: SISDR

class Sigmoid(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

sigmoid: Sigmoid

class SiLU(ActivationFunction):
    def __init__(self, *, beta: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, beta: Any = 1.0) -> A: ...  # type: ignore[override]

silu: SiLU

class SNR(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

snr: SNR

class Softmax(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

softmax: Softmax

class Softplus(ActivationFunction):
    def __init__(self, *, beta: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, beta: float = 1.0) -> A: ...  # type: ignore[override]

softplus: Softplus

class SupervisedContrastive(ArrayLossFunction):
    def __init__(self, *, temperature: float = 0.1) -> None: ...
    def __call__(self, embedding: Any, label: Any, *, weight: Any = None, reduction: str = 'mean', temperature: float = 0.1) -> Any: ...  # type: ignore[override]

supervised_contrastive: SupervisedContrastive

class Tanh(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

tanh: Tanh

class TripletMargin(ArrayLossFunction):
    def __init__(self, *, margin: float = 1.0) -> None: ...
    def __call__(self, anchor: Any, positive: Any, negative: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean', margin: float = 1.0) -> Any: ...  # type: ignore[override]

triplet_margin: TripletMargin

class Tversky(ArrayLossFunction):
    def __init__(self, *, alpha: float = 0.5, beta: float = 0.5) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', alpha: float = 0.5, beta: float = 0.5) -> Any: ...  # type: ignore[override]

tversky: Tversky
