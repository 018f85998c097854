"""Sources of which the static reader may say nothing."""

from tests.doctor.static_pairs import KERAS, TORCH

#: sources of which nothing may be said, as they are right or say too little
HEALTHY: tuple[str, ...] = (
    TORCH + "F.nll_loss(F.log_softmax(nn.Linear(3, 3)(x), 1), y)",
    TORCH + "F.cross_entropy(F.log_softmax(nn.Linear(3, 3)(x), 1), y)",
    TORCH + "F.nll_loss(torch.log(F.softmax(nn.Linear(3, 3)(x), 1)), y)",
    TORCH + "F.mse_loss(torch.sigmoid(nn.Linear(3, 1)(x)), y)",
    TORCH + "F.cross_entropy(model(x) / F.softplus(t), y)",
    TORCH + "a = F.softmax(q @ k, -1); F.cross_entropy(nn.Linear(4, 3)(a @ v), y)",
    TORCH + "logits = nn.Linear(4, 3)(x); p = F.softmax(logits, 1); F.cross_entropy(logits, y)",
    TORCH + """
class Two(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(8, 3), nn.Linear(8, 1)
    def forward(self, x):
        return self.a(x), torch.sigmoid(self.b(x))
net = Two()
first, second = net(x)
loss = F.cross_entropy(first, y) + F.binary_cross_entropy(second, z)
""",
    TORCH + """
class Net(nn.Module):
    def forward(self, x):
        if not self.training:
            return F.softmax(self.fc(x), dim=1)
        return self.fc(x)
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)
F.cross_entropy(Net()(x), y)
""",
    TORCH + """
layers = [nn.Linear(4, 3)]
if probabilities:
    layers.append(nn.Softmax(1))
criterion = nn.NLLLoss() if probabilities else nn.CrossEntropyLoss()
criterion(nn.Sequential(*layers)(x), y)
""",
    TORCH + """
last = nn.Linear(4, 3)
out = last(x)
if logits:
    pass
else:
    out = F.softmax(out, 1)
F.cross_entropy(out, y)
""",
    TORCH + """
code, decode = nn.Linear(784, 16), nn.Linear(16, 784)
F.mse_loss(torch.sigmoid(decode(code(x))), x)
""",
    KERAS + """
def build(act, **more):
    model = Sequential([Dense(3, act), Dense(3, **more)])
    model.compile(loss="categorical_crossentropy", optimizer="adam")
    other = Sequential([Dense(3, act)])
    other.compile(loss="categorical_crossentropy", optimizer="adam")
""",
    KERAS + """
model = Sequential([Dense(10, activation="relu"), Dense(3)])
model.layers[-1].activation = keras.activations.softmax
model.compile(loss="categorical_crossentropy", optimizer="adam")
""",
    KERAS + """
model = Sequential([Dense(3, activation="softmax"), Dense(3)])
model.pop()
model.compile(loss="categorical_crossentropy", optimizer="adam")
""",
    KERAS + """
model = Sequential([Dense(3, activation="softmax"), Dense(3)])
model.layers.pop()
model.compile(loss="categorical_crossentropy", optimizer="adam")
""",
    TORCH + """
layers = [nn.Linear(4, 3)]
if probabilities:
    layers.append(nn.Softmax(1))
nn.NLLLoss()(nn.Sequential(*layers)(x), y)
""",
    TORCH + """
net = nn.Sequential(nn.Linear(4, 3), nn.Softmax(1))
net[-1] = nn.Identity()
nn.CrossEntropyLoss()(net(x), y)
""",
    TORCH + """
try:
    p = nn.Linear(4, 1)(x)
except RuntimeError:
    p = torch.sigmoid(nn.Linear(4, 1)(x))
F.binary_cross_entropy_with_logits(p, y)
""",
    TORCH + """
scores = F.log_softmax(nn.Linear(16, 1)(sequence), dim=0)
F.nll_loss(scores.transpose(0, 1), position)
""",
    KERAS + """
model = Sequential([Dense(10)])
model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
""",
    KERAS + """
model = Sequential([Dense(10)])
model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=LOGITS), optimizer="adam")
""",
    KERAS + """
model = Sequential([Dense(1, activation="tanh")])
model.compile(loss="mse", optimizer="adam")
""",
    KERAS + """
model = Sequential([Dense(10, activation="softmax")])
model.compile(loss="mse", optimizer="adam", metrics=["accuracy"])
""",
    KERAS + """
model = Sequential([Dense(2, activation="softmax")])
model.compile(loss="binary_crossentropy", optimizer="adam")
""",
    KERAS + """
model = Sequential()
model.add(Dense(3))
if classify:
    model.add(Activation("sigmoid"))
model.compile(loss="categorical_crossentropy", optimizer="adam")
""",
    """
import keras
x = keras.Input((4,))
model = keras.Model(x, [keras.layers.Dense(3, "softmax")(x), keras.layers.Dense(1)(x)])
model.compile(loss=["categorical_crossentropy", "mse"])
""",
    """
import keras
model = keras.models.load_model("m.keras")
model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
""",
    """
import keras
model = keras.Sequential([keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(x / 255, y / 255)
""",
    """
import keras
model = keras.Sequential([keras.layers.Dense(3, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy")
model.fit(x / 255, (y / 2).astype("int"))
model.fit(x, y // 2)
""",
)  # fmt: skip
