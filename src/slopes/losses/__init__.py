"""Losses, one file each. A new one is its file and one line here."""

from slopes.losses.binary_cross_entropy import BinaryCrossEntropy
from slopes.losses.binary_cross_entropy_with_logits import BinaryCrossEntropyWithLogits
from slopes.losses.cauchy import Cauchy
from slopes.losses.cross_entropy import CrossEntropy
from slopes.losses.epsilon_insensitive import EpsilonInsensitive
from slopes.losses.expectile import Expectile
from slopes.losses.exponential_loss import ExponentialLoss
from slopes.losses.geman_mcclure import GemanMcClure
from slopes.losses.hampel import Hampel
from slopes.losses.hinge import Hinge
from slopes.losses.huber import Huber
from slopes.losses.log_cosh import LogCosh
from slopes.losses.mae import MAE
from slopes.losses.modified_huber import ModifiedHuber
from slopes.losses.mse import MSE
from slopes.losses.nll import NLL
from slopes.losses.perceptron import Perceptron
from slopes.losses.quantile import Quantile
from slopes.losses.smooth_l1 import SmoothL1
from slopes.losses.soft_margin import SoftMargin
from slopes.losses.squared_epsilon_insensitive import SquaredEpsilonInsensitive
from slopes.losses.squared_hinge import SquaredHinge
from slopes.losses.student_t_nll import StudentTNLL
from slopes.losses.tukey_biweight import TukeyBiweight
