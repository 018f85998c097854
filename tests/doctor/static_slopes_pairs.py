"""Sources that use this library, each with the edit that cures it, as in `tests.doctor.static_pairs`."""

from tests.doctor.static_pairs import TORCH

PAIRS: tuple[tuple[str, str, str, str], ...] = (
    ("R2", TORCH + """
import slopes.torch
net = nn.Sequential(nn.Linear(784, 10), slopes.torch.Activation("softmax"))
loss = slopes.torch.Loss("cross_entropy", label_smoothing=0.1)
for x, y in batches():
    loss(net(x), y).backward()
""", ', slopes.torch.Activation("softmax")', ""),
    ("R2", TORCH + """
from slopes.torch import Loss
head, criterion = nn.Linear(16, 1), Loss("focal", gamma=1.5)
def step(x, y):
    return criterion(torch.sigmoid(head(x)), y)
""", "torch.sigmoid(head(x))", "head(x)"),
    ("R2", TORCH + """
import slopes
head = nn.Linear(16, 4)
def step(x, y):
    return slopes.cross_entropy(prediction=slopes.softmax(head(x)), target=y)
""", "slopes.softmax(head(x))", "head(x)"),
    ("R4", TORCH + """
import slopes
head, nll = nn.Linear(16, 4), slopes.NLL()
def step(x, y):
    return nll(slopes.softmax(head(x)), y)
""", "slopes.softmax", "slopes.log_softmax"),
    ("R3", """
import keras
import slopes.keras
model = keras.Sequential([keras.layers.Dense(1, activation=slopes.keras.activation("tanh"))])
model.compile(loss="binary_crossentropy")
""", '"tanh"', '"sigmoid"'),
    ("R1", """
import keras
from slopes.keras import Loss, activation
model = keras.Sequential([keras.layers.Dense(1, activation=activation("softmax"))])
model.compile("adam", loss=Loss("binary_cross_entropy"))
""", '"softmax"', '"sigmoid"'),
    ("R16", TORCH + """
import slopes
from slopes.torch import Activation
net = nn.Sequential(nn.Linear(8, 32), Activation("softmax"), nn.Linear(32, 3))
def step(x, y):
    return slopes.cross_entropy(net(x), y)
""", '"softmax"', '"silu"'),
)  # fmt: skip
