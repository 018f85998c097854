"""Losses, one file each. A new one is its file and one line here."""

from slopes.losses.binary_cross_entropy import BinaryCrossEntropy
from slopes.losses.binary_cross_entropy_with_logits import BinaryCrossEntropyWithLogits
from slopes.losses.cross_entropy import CrossEntropy
from slopes.losses.dice import Dice
from slopes.losses.hinge import Hinge
from slopes.losses.huber import Huber
from slopes.losses.mae import MAE
from slopes.losses.mse import MSE
from slopes.losses.nll import NLL
from slopes.losses.quantile import Quantile
from slopes.losses.triplet_margin import TripletMargin
