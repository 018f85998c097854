"""Printed from the definitions by `python -m slopes.emit.stub`."""

from typing import Any, TypeVar

from slopes import boosting as boosting
from slopes import torch as torch
from slopes.api.activation import ActivationFunction
from slopes.api.array_loss import ArrayLossFunction
from slopes.api.catalogue import Register
from slopes.api.function import Function
from slopes.api.loss import PointwiseLossFunction
from slopes.api.row import RowFunction
from slopes.api.row_loss import RowLossFunction
from slopes.backends.kernels import kernels as kernels
from slopes.backends.kernels import set_memory_reuse as set_memory_reuse
from slopes.backends.kernels import set_num_threads as set_num_threads
from slopes.api.class_weights import class_balanced_weights as class_balanced_weights
from slopes.api.ctc import ctc as ctc
from slopes.api.gumbel import gumbel_softmax as gumbel_softmax
from slopes.api.linear_cross_entropy import linear_cross_entropy as linear_cross_entropy
from slopes.core import UnknownName as UnknownName

A = TypeVar("A")

__version__: str
activations: Register
losses: Register

def get(name: str, **parameters: Any) -> Function: ...

class AconC(ActivationFunction):
    def __init__(self, *, p1: float = 1.0, p2: float = 0.25, beta: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, p1: Any = 1.0, p2: Any = 0.25, beta: Any = 1.0) -> A: ...  # type: ignore[override]

acon_c: AconC

class AndrewsWave(PointwiseLossFunction):
    def __init__(self, *, scale: float = 1.339) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, scale: float = 1.339) -> Any: ...  # type: ignore[override]

andrews_wave: AndrewsWave

class APTx(ActivationFunction):
    def __init__(self, *, alpha: float = 1.0, beta: float = 1.0, gamma: float = 0.5) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: Any = 1.0, beta: Any = 1.0, gamma: Any = 0.5) -> A: ...  # type: ignore[override]

aptx: APTx

class ArcFace(ArrayLossFunction):
    def __init__(self, *, margin: float = 0.5, scale: float = 64.0) -> None: ...
    def __call__(self, embedding: Any, prototype: Any, target: Any, *, weight: Any = None, reduction: str = 'mean', margin: float = 0.5, scale: float = 64.0) -> Any: ...  # type: ignore[override]

arcface: ArcFace

class Arctan(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

arctan: Arctan

class Asymmetric(PointwiseLossFunction):
    def __init__(self, *, gamma_negative: float = 4.0, gamma_positive: float = 1.0, clip: float = 0.05) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, gamma_negative: float = 4.0, gamma_positive: float = 1.0, clip: float = 0.05) -> Any: ...  # type: ignore[override]

asymmetric: Asymmetric

class Barron(PointwiseLossFunction):
    def __init__(self, *, alpha: float = 1.0, scale: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, alpha: float = 1.0, scale: float = 1.0) -> Any: ...  # type: ignore[override]

barron: Barron

class BentIdentity(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

bent_identity: BentIdentity

class Bilinear(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

bilinear: Bilinear

class BinaryCrossEntropy(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

binary_cross_entropy: BinaryCrossEntropy

class BinaryCrossEntropyWithLogits(PointwiseLossFunction):
    def __init__(self, *, pos_weight: float = 1.0, label_smoothing: float = 0.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, pos_weight: float = 1.0, label_smoothing: float = 0.0) -> Any: ...  # type: ignore[override]

binary_cross_entropy_with_logits: BinaryCrossEntropyWithLogits

class BinaryPoly1(PointwiseLossFunction):
    def __init__(self, *, epsilon: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, epsilon: float = 1.0) -> Any: ...  # type: ignore[override]

binary_poly1: BinaryPoly1

class BinaryStep(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

binary_step: BinaryStep

class CategoricalFocal(RowLossFunction):
    def __init__(self, *, gamma: float = 2.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', gamma: float = 2.0) -> Any: ...  # type: ignore[override]

categorical_focal: CategoricalFocal

class CategoricalHinge(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

categorical_hinge: CategoricalHinge

class Cauchy(PointwiseLossFunction):
    def __init__(self, *, scale: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, scale: float = 1.0) -> Any: ...  # type: ignore[override]

cauchy: Cauchy

class CELU(ActivationFunction):
    def __init__(self, *, alpha: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: float = 1.0) -> A: ...  # type: ignore[override]

celu: CELU

class CIoU(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

ciou: CIoU

class Circle(ArrayLossFunction):
    def __init__(self, *, margin: float = 0.4, gamma: float = 80.0) -> None: ...
    def __call__(self, embedding: Any, label: Any, *, weight: Any = None, reduction: str = 'mean', margin: float = 0.4, gamma: float = 80.0) -> Any: ...  # type: ignore[override]

circle: Circle

class Cloglog(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

cloglog: Cloglog

class Contrastive(ArrayLossFunction):
    def __init__(self, *, margin: float = 1.0) -> None: ...
    def __call__(self, x1: Any, x2: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean', margin: float = 1.0) -> Any: ...  # type: ignore[override]

contrastive: Contrastive

class CORAL(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

coral: CORAL

class CORN(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

corn: CORN

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

class CReLU(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

crelu: CReLU

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

class Dice(ArrayLossFunction):
    def __init__(self, *, smooth: float = 0.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', smooth: float = 0.0) -> Any: ...  # type: ignore[override]

dice: Dice

class DIoU(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

diou: DIoU

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

class EntmaxLoss(RowLossFunction):
    def __init__(self, *, alpha: float = 1.5) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', alpha: float = 1.5) -> Any: ...  # type: ignore[override]

entmax_loss: EntmaxLoss

class EpsilonInsensitive(PointwiseLossFunction):
    def __init__(self, *, epsilon: float = 0.1) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, epsilon: float = 0.1) -> Any: ...  # type: ignore[override]

epsilon_insensitive: EpsilonInsensitive

class Erf(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

erf: Erf

class Expectile(PointwiseLossFunction):
    def __init__(self, *, level: float = 0.5) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, level: float = 0.5) -> Any: ...  # type: ignore[override]

expectile: Expectile

class Exponential(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

exponential: Exponential

class ExponentialLoss(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

exponential_loss: ExponentialLoss

class Fair(PointwiseLossFunction):
    def __init__(self, *, scale: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, scale: float = 1.0) -> Any: ...  # type: ignore[override]

fair: Fair

class Focal(PointwiseLossFunction):
    def __init__(self, *, gamma: float = 2.0, alpha: float = -1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, gamma: float = 2.0, alpha: float = -1.0) -> Any: ...  # type: ignore[override]

focal: Focal

class FocalTversky(ArrayLossFunction):
    def __init__(self, *, alpha: float = 0.3, beta: float = 0.7, gamma: float = 0.75) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', alpha: float = 0.3, beta: float = 0.7, gamma: float = 0.75) -> Any: ...  # type: ignore[override]

focal_tversky: FocalTversky

class GammaDeviance(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

gamma_deviance: GammaDeviance

class Gaussian(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

gaussian: Gaussian

class GaussianNLL(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, variance: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

gaussian_nll: GaussianNLL

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

class GemanMcClure(PointwiseLossFunction):
    def __init__(self, *, scale: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, scale: float = 1.0) -> Any: ...  # type: ignore[override]

geman_mcclure: GemanMcClure

class GeneralizedCrossEntropy(RowLossFunction):
    def __init__(self, *, exponent: float = 0.7) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', exponent: float = 0.7) -> Any: ...  # type: ignore[override]

generalized_cross_entropy: GeneralizedCrossEntropy

class GeneralizedDice(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

generalized_dice: GeneralizedDice

class GIoU(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

giou: GIoU

class GLU(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

glu: GLU

class Hampel(PointwiseLossFunction):
    def __init__(self, *, a: float = 2.0, b: float = 4.0, c: float = 8.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, a: float = 2.0, b: float = 4.0, c: float = 8.0) -> Any: ...  # type: ignore[override]

hampel: Hampel

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

class InfoNCE(ArrayLossFunction):
    def __init__(self, *, temperature: float = 0.1) -> None: ...
    def __call__(self, query: Any, key: Any, *, weight: Any = None, reduction: str = 'mean', temperature: float = 0.1) -> Any: ...  # type: ignore[override]

info_nce: InfoNCE

class IoU(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

iou: IoU

class ISRLU(ActivationFunction):
    def __init__(self, *, alpha: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: float = 1.0) -> A: ...  # type: ignore[override]

isrlu: ISRLU

class ISRU(ActivationFunction):
    def __init__(self, *, alpha: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: float = 1.0) -> A: ...  # type: ignore[override]

isru: ISRU

class Jaccard(ArrayLossFunction):
    def __init__(self, *, smooth: float = 0.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', smooth: float = 0.0) -> Any: ...  # type: ignore[override]

jaccard: Jaccard

class JSDivergence(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

js_divergence: JSDivergence

class KLDivergence(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

kl_divergence: KLDivergence

class LaplaceNLL(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, scale: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

laplace_nll: LaplaceNLL

class LDAM(ArrayLossFunction):
    def __init__(self, *, max_margin: float = 0.5, scale: float = 30.0) -> None: ...
    def __call__(self, logits: Any, target: Any, frequency: Any, *, weight: Any = None, reduction: str = 'mean', max_margin: float = 0.5, scale: float = 30.0) -> Any: ...  # type: ignore[override]

ldam: LDAM

class LeakyReLU(ActivationFunction):
    def __init__(self, *, negative_slope: float = 0.01) -> None: ...
    def __call__(self, x: A, *, out: Any = None, negative_slope: float = 0.01) -> A: ...  # type: ignore[override]

leaky_relu: LeakyReLU

class LiSHT(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

lisht: LiSHT

class ListNet(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, score: Any, relevance: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

listnet: ListNet

class LogCosh(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

log_cosh: LogCosh

class LogCoshActivation(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

log_cosh_activation: LogCoshActivation

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

class LogSpectral(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

log_spectral: LogSpectral

class Logish(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

logish: Logish

class Logit(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

logit: Logit

class LogitAdjusted(ArrayLossFunction):
    def __init__(self, *, tau: float = 1.0) -> None: ...
    def __call__(self, logits: Any, target: Any, frequency: Any, *, weight: Any = None, reduction: str = 'mean', tau: float = 1.0) -> Any: ...  # type: ignore[override]

logit_adjusted: LogitAdjusted

class LovaszHinge(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

lovasz_hinge: LovaszHinge

class LovaszSoftmax(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

lovasz_softmax: LovaszSoftmax

class Lp(PointwiseLossFunction):
    def __init__(self, *, power: float = 1.5) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, power: float = 1.5) -> Any: ...  # type: ignore[override]

lp: Lp

class MAE(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

mae: MAE

class MAPE(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

mape: MAPE

class MarginRanking(ArrayLossFunction):
    def __init__(self, *, margin: float = 0.0) -> None: ...
    def __call__(self, x1: Any, x2: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', margin: float = 0.0) -> Any: ...  # type: ignore[override]

margin_ranking: MarginRanking

class Maxout(RowFunction):
    def __init__(self, *, pieces: int = 2) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None, pieces: int = 2) -> A: ...  # type: ignore[override]

maxout: Maxout

class Mish(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

mish: Mish

class ModifiedHuber(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

modified_huber: ModifiedHuber

class MSE(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

mse: MSE

class MSLE(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

msle: MSLE

class MultiMargin(RowLossFunction):
    def __init__(self, *, p: int = 1, margin: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', p: int = 1, margin: float = 1.0) -> Any: ...  # type: ignore[override]

multi_margin: MultiMargin

class MultiQuantile(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, levels: Any, *, weight: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

multi_quantile: MultiQuantile

class MultiResolutionSTFT(ArrayLossFunction):
    def __init__(self, *, fft_sizes: tuple[int, ...] = (1024, 2048, 512), hop_sizes: tuple[int, ...] = (120, 240, 50), win_lengths: tuple[int, ...] = (600, 1200, 240)) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean', fft_sizes: tuple[int, ...] = (1024, 2048, 512), hop_sizes: tuple[int, ...] = (120, 240, 50), win_lengths: tuple[int, ...] = (600, 1200, 240)) -> Any: ...  # type: ignore[override]

multi_resolution_stft: MultiResolutionSTFT

class MultilabelMargin(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

multilabel_margin: MultilabelMargin

class MultilabelSoftMargin(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

multilabel_soft_margin: MultilabelSoftMargin

class NPairs(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, anchor: Any, positive: Any, *, weight: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

n_pairs: NPairs

class Ndtr(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

ndtr: Ndtr

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

class Perceptron(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

perceptron: Perceptron

class Phish(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

phish: Phish

class PoissonDeviance(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

poisson_deviance: PoissonDeviance

class PoissonNLL(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

poisson_nll: PoissonNLL

class Poly1(RowLossFunction):
    def __init__(self, *, epsilon: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', epsilon: float = 1.0) -> Any: ...  # type: ignore[override]

poly1: Poly1

class PReLU(ActivationFunction):
    def __init__(self, *, slope: float = 0.25) -> None: ...
    def __call__(self, x: A, *, out: Any = None, slope: Any = 0.25) -> A: ...  # type: ignore[override]

prelu: PReLU

class PseudoHuber(PointwiseLossFunction):
    def __init__(self, *, delta: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, delta: float = 1.0) -> Any: ...  # type: ignore[override]

pseudo_huber: PseudoHuber

class Quantile(PointwiseLossFunction):
    def __init__(self, *, level: float = 0.5) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, level: float = 0.5) -> Any: ...  # type: ignore[override]

quantile: Quantile

class QuickGELU(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

quick_gelu: QuickGELU

class Rational(ActivationFunction):
    def __init__(self, *, a0: float = 0.0, a1: float = 0.5, a2: float = 0.249117, a3: float = 0.05072021484375, a4: float = 0.00490327, a5: float = 0.00018578767776489258, b1: float = 0.0, b2: float = 0.1014404296875, b3: float = 0.0, b4: float = 0.00037157535552978516) -> None: ...
    def __call__(self, x: A, *, out: Any = None, a0: Any = 0.0, a1: Any = 0.5, a2: Any = 0.249117, a3: Any = 0.05072021484375, a4: Any = 0.00490327, a5: Any = 0.00018578767776489258, b1: Any = 0.0, b2: Any = 0.1014404296875, b3: Any = 0.0, b4: Any = 0.00037157535552978516) -> A: ...  # type: ignore[override]

rational: Rational

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

class RMSLE(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

rmsle: RMSLE

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

class Sine(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

sine: Sine

class SMAPE(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

smape: SMAPE

class Smish(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

smish: Smish

class SmoothL1(PointwiseLossFunction):
    def __init__(self, *, beta: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, beta: float = 1.0) -> Any: ...  # type: ignore[override]

smooth_l1: SmoothL1

class Snake(ActivationFunction):
    def __init__(self, *, alpha: float = 1.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: Any = 1.0) -> A: ...  # type: ignore[override]

snake: Snake

class SNR(ArrayLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

snr: SNR

class SoftClipping(ActivationFunction):
    def __init__(self, *, alpha: float = 50.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: float = 50.0) -> A: ...  # type: ignore[override]

soft_clipping: SoftClipping

class SoftExponential(ActivationFunction):
    def __init__(self, *, alpha: float = 0.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, alpha: Any = 0.0) -> A: ...  # type: ignore[override]

soft_exponential: SoftExponential

class SoftMargin(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

soft_margin: SoftMargin

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

class SparsemaxLoss(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

sparsemax_loss: SparsemaxLoss

class SquaredEpsilonInsensitive(PointwiseLossFunction):
    def __init__(self, *, epsilon: float = 0.1) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, epsilon: float = 0.1) -> Any: ...  # type: ignore[override]

squared_epsilon_insensitive: SquaredEpsilonInsensitive

class SquaredHinge(PointwiseLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None) -> Any: ...  # type: ignore[override]

squared_hinge: SquaredHinge

class Squareplus(ActivationFunction):
    def __init__(self, *, b: float = 4.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, b: float = 4.0) -> A: ...  # type: ignore[override]

squareplus: Squareplus

class StarReLU(ActivationFunction):
    def __init__(self, *, scale: float = 0.8944, bias: float = -0.4472) -> None: ...
    def __call__(self, x: A, *, out: Any = None, scale: Any = 0.8944, bias: Any = -0.4472) -> A: ...  # type: ignore[override]

starrelu: StarReLU

class StudentTNLL(PointwiseLossFunction):
    def __init__(self, *, df: float = 4.0, scale: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, df: float = 4.0, scale: float = 1.0) -> Any: ...  # type: ignore[override]

student_t_nll: StudentTNLL

class SupervisedContrastive(ArrayLossFunction):
    def __init__(self, *, temperature: float = 0.1) -> None: ...
    def __call__(self, embedding: Any, label: Any, *, weight: Any = None, reduction: str = 'mean', temperature: float = 0.1) -> Any: ...  # type: ignore[override]

supervised_contrastive: SupervisedContrastive

class SwiGLU(RowFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, axis: int = -1, where: Any = None, out: Any = None) -> A: ...  # type: ignore[override]

swiglu: SwiGLU

class SymmetricCrossEntropy(RowLossFunction):
    def __init__(self, *, alpha: float = 0.1, beta: float = 1.0, log_zero: float = -4.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', alpha: float = 0.1, beta: float = 1.0, log_zero: float = -4.0) -> Any: ...  # type: ignore[override]

symmetric_cross_entropy: SymmetricCrossEntropy

class Tanh(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

tanh: Tanh

class Tanhshrink(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

tanhshrink: Tanhshrink

class TaylorCrossEntropy(RowLossFunction):
    def __init__(self, *, order: int = 2) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', order: int = 2) -> Any: ...  # type: ignore[override]

taylor_cross_entropy: TaylorCrossEntropy

class TeLU(ActivationFunction):
    def __init__(self) -> None: ...
    def __call__(self, x: A, *, out: Any = None) -> A: ...  # type: ignore[override]

telu: TeLU

class Threshold(ActivationFunction):
    def __init__(self, *, threshold: float = 1.0, replacement: float = 0.0) -> None: ...
    def __call__(self, x: A, *, out: Any = None, threshold: float = 1.0, replacement: float = 0.0) -> A: ...  # type: ignore[override]

threshold: Threshold

class TopKCrossEntropy(ArrayLossFunction):
    def __init__(self, *, k: int = 5) -> None: ...
    def __call__(self, logits: Any, target: Any, *, weight: Any = None, reduction: str = 'mean', k: int = 5) -> Any: ...  # type: ignore[override]

top_k_cross_entropy: TopKCrossEntropy

class TotalVariation(RowLossFunction):
    def __init__(self) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int = -1, class_weight: Any = None, ignore_index: int | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean') -> Any: ...  # type: ignore[override]

total_variation: TotalVariation

class TripletMargin(ArrayLossFunction):
    def __init__(self, *, margin: float = 1.0) -> None: ...
    def __call__(self, anchor: Any, positive: Any, negative: Any, *, axis: int = -1, weight: Any = None, where: Any = None, reduction: str = 'mean', margin: float = 1.0) -> Any: ...  # type: ignore[override]

triplet_margin: TripletMargin

class TukeyBiweight(PointwiseLossFunction):
    def __init__(self, *, scale: float = 4.685) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, scale: float = 4.685) -> Any: ...  # type: ignore[override]

tukey_biweight: TukeyBiweight

class Tversky(ArrayLossFunction):
    def __init__(self, *, alpha: float = 0.5, beta: float = 0.5) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, axis: int | tuple[int, ...] | None = None, weight: Any = None, where: Any = None, reduction: str = 'mean', alpha: float = 0.5, beta: float = 0.5) -> Any: ...  # type: ignore[override]

tversky: Tversky

class TweedieDeviance(PointwiseLossFunction):
    def __init__(self, *, power: float = 1.5) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, power: float = 1.5) -> Any: ...  # type: ignore[override]

tweedie_deviance: TweedieDeviance

class Welsch(PointwiseLossFunction):
    def __init__(self, *, scale: float = 1.0) -> None: ...
    def __call__(self, prediction: Any, target: Any, *, weight: Any = None, where: Any = None, reduction: str = 'mean', out: Any = None, scale: float = 1.0) -> Any: ...  # type: ignore[override]

welsch: Welsch
