"""Activations, one file each. A new one is its file and one line here."""

from slopes.activations.gelu import GELU
from slopes.activations.gelu_tanh import GELUTanh
from slopes.activations.identity import Identity
from slopes.activations.leaky_relu import LeakyReLU
from slopes.activations.log_sigmoid import LogSigmoid
from slopes.activations.log_softmax import LogSoftmax
from slopes.activations.maxout import Maxout
from slopes.activations.prelu import PReLU
from slopes.activations.relu import ReLU
from slopes.activations.sigmoid import Sigmoid
from slopes.activations.silu import SiLU
from slopes.activations.softmax import Softmax
from slopes.activations.softplus import Softplus
from slopes.activations.tanh import Tanh
