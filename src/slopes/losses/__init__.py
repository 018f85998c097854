"""Losses, one file each. A new one is its file and one line here."""

from slopes.losses.binary_cross_entropy import BinaryCrossEntropy
from slopes.losses.binary_cross_entropy_with_logits import BinaryCrossEntropyWithLogits
from slopes.losses.categorical_focal import CategoricalFocal
from slopes.losses.categorical_hinge import CategoricalHinge
from slopes.losses.coral import CORAL
from slopes.losses.corn import CORN
from slopes.losses.cross_entropy import CrossEntropy
from slopes.losses.cumulative_logit import CumulativeLogit
from slopes.losses.cumulative_probit import CumulativeProbit
from slopes.losses.entmax_loss import EntmaxLoss
from slopes.losses.generalized_cross_entropy import GeneralizedCrossEntropy
from slopes.losses.hinge import Hinge
from slopes.losses.huber import Huber
from slopes.losses.js_divergence import JSDivergence
from slopes.losses.kl_divergence import KLDivergence
from slopes.losses.mae import MAE
from slopes.losses.mse import MSE
from slopes.losses.multi_margin import MultiMargin
from slopes.losses.multilabel_soft_margin import MultilabelSoftMargin
from slopes.losses.nll import NLL
from slopes.losses.poly1 import Poly1
from slopes.losses.quantile import Quantile
from slopes.losses.sparsemax_loss import SparsemaxLoss
from slopes.losses.symmetric_cross_entropy import SymmetricCrossEntropy
from slopes.losses.taylor_cross_entropy import TaylorCrossEntropy
from slopes.losses.total_variation import TotalVariation
