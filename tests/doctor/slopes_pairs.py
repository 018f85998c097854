"""Faulty programs of this library's own functions, each beside its cured twin, as in `tests.doctor.pairs`."""

from tests.doctor import pairs

HEAD = (
    pairs.HEAD
    + """
import slopes, slopes.torch
from slopes.torch import Activation, Loss
"""
)
PAIRS: tuple[tuple[str, str, str], ...] = (
    (
        "R1",
        "Loss('binary_cross_entropy')(nn.Sequential(one, Activation('softmax'))(x), labels[:, :1])",
        "Loss('binary_cross_entropy')(nn.Sequential(one, Activation('sigmoid'))(x), labels[:, :1])",
    ),
    ("R1", "slopes.cross_entropy(one(x), labels[:, :1])", "slopes.cross_entropy(net(x), y)"),
    ("R2", "Loss('cross_entropy')(torch.softmax(net(x), 1), y)", "Loss('cross_entropy')(net(x), y)"),
    ("R2", "F.cross_entropy(Activation('softmax')(net(x)), y)", "F.cross_entropy(net(x), y)"),
    ("R2", "slopes.cross_entropy(slopes.softmax(net(x)).view(8, 3), y)", "slopes.cross_entropy(net(x), y)"),
    ("R2", "slopes.Poly1(epsilon=2.0)(net(x).softmax(1), y)", "slopes.Poly1(epsilon=2.0)(net(x), y)"),
    (
        "R2",
        "slopes.binary_cross_entropy_with_logits(slopes.sigmoid(net(x)), labels)",
        "slopes.binary_cross_entropy(slopes.sigmoid(net(x)), labels)",
    ),
    (
        "R2",
        "Loss('focal', gamma=3.0)(torch.sigmoid(net(x)), labels)",
        "Loss('focal', gamma=3.0)(net(x), labels)",
    ),
    (
        "R3",
        "slopes.binary_cross_entropy(2 * net(x), labels)",
        "slopes.binary_cross_entropy_with_logits(2 * net(x), labels)",
    ),
    ("R3", "slopes.nll(net(x), y)", "slopes.nll(slopes.log_softmax(net(x)), y)"),
    ("R4", "Loss('nll')(slopes.softmax(net(x)), y)", "Loss('nll')(slopes.log_softmax(net(x)), y)"),
    (
        "R6",
        "slopes.binary_cross_entropy(Activation('softmax')(net(x)), labels)",
        "slopes.binary_cross_entropy(Activation('sigmoid')(net(x)), labels)",
    ),
    ("R7", "slopes.mse(slopes.sigmoid(one(x))[:, 0], real)", "slopes.mse(one(x)[:, 0], real)"),
    (
        "R7",
        "Loss('pseudo_huber')(Activation('softsign')(one(x)).flatten(), real)",
        "Loss('pseudo_huber')(Activation('softsign')(one(x)).flatten(), torch.tanh(real) / 2)",
    ),
    (
        "R8",
        "slopes.nll(slopes.log_softmax(net(x), axis=0), y)",
        "slopes.nll(slopes.log_softmax(net(x), axis=1), y)",
    ),
    ("R9", "Loss('cross_entropy')(net(x), y + 1)", "Loss('cross_entropy')(net(x), y)"),
    ("R16", "slopes.cross_entropy(slopes.relu(net(x)), y)", "slopes.cross_entropy(net(slopes.relu(x)), y)"),
    ("R16", "Loss('cross_entropy')(Activation('hard_tanh')(net(x)), y)", "Loss('cross_entropy')(net(x), y)"),
    (
        "R17",
        "slopes.kl_divergence(slopes.softmax(net(x)), F.softmax(x[:, :3], 1))",
        "slopes.kl_divergence(slopes.log_softmax(net(x)), F.softmax(x[:, :3], 1))",
    ),
)
#: nothing worse than information may be said of them
HEALTHY = (
    "slopes.cross_entropy(slopes.log_softmax(net(x)), y)",
    "Loss('mse')(Activation('sigmoid')(one(x))[:, 0], labels[:, 0])",
    "attention = slopes.softmax(x @ x.T); slopes.cross_entropy(net(attention @ x), y)",
    "slopes.cross_entropy(torch.randn(2, 3, 4), torch.zeros(2, 4).long(), axis=1)",
    "slopes.cross_entropy(net(x), torch.where(y == 0, -1, y), ignore_index=-1)",
    "slopes.mse(one(x)[:, 0], real, weight=labels[:, 0] + 1)",
)
#: what the library refuses itself, with its own error, of which the doctor has nothing to add
REFUSED = (
    "slopes.mse(one(x), real)",
    "slopes.mse(real[:0], real[:0])",
    "slopes.cross_entropy(net(x), torch.full((8,), -1), ignore_index=-1)",
)
#: networks with this library's activations, on the head of `tests.doctor.network_pairs`: a check's name, ...
NETWORK_HEAD = """
from slopes.torch import Activation, Loss
import slopes
def small(name):
    return nn.Sequential(nn.Linear(10, 64), Activation(name), nn.Linear(64, 3))
"""
NETWORKS: tuple[tuple[str, str, str], ...] = (
    (
        "dead-units",
        "net = small('relu')\nnn.init.constant_(net[0].bias, -20.0)\ntrain(net, loss=Loss('cross_entropy'))",
        "train(small('relu'), loss=Loss('cross_entropy'))",
    ),
    ("saturated-units", "train(small('tanh'), 100 * x)", "train(small('tanh'))"),
    ("hidden-softmax", "train(small('softmax'))", "train(small('swish'))"),
    (
        "unfit-weights",
        "train(mlp(lambda: Activation('selu')))",
        "train(draw(mlp(lambda: Activation('selu')), 1.0))",
    ),
    (
        "uneven-accumulation",
        "accumulate([100, 100, 56], slopes.cross_entropy)",
        "accumulate([100, 100, 56], slopes.cross_entropy, lambda rows: len(rows) / 256)",
    ),
    (
        "non-finite",
        "slopes.nll(torch.log(slopes.softmax(200 * net(x))), y)",
        "slopes.nll(slopes.log_softmax(200 * net(x)), y)",
    ),
)
