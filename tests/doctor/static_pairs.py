"""Sources with a fault, each with the edit that cures it: (rule, source, faulty text, cured text)."""

KERAS = """
from keras.models import Sequential
from keras.layers import Dense, Activation, Dropout, Flatten, Conv2D
"""
TORCH = """
import torch
import torch.nn as nn
import torch.nn.functional as F
"""
PAIRS: tuple[tuple[str, str, str, str], ...] = (
    # softmax over one unit
    ("R1", KERAS + """
model = Sequential()
model.add(Dense(16, input_dim=4, activation="relu"))
model.add(Dense(1, activation="softmax"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
""", '"softmax"', '"sigmoid"'),
    ("R1", """
import tensorflow as tf
net = tf.keras.Sequential([tf.keras.layers.Dense(1), tf.keras.layers.Softmax()])
net.compile("adam", tf.keras.losses.MeanSquaredError())
""", "tf.keras.layers.Softmax()", 'tf.keras.layers.Activation("sigmoid")'),
    ("R1", TORCH + """
outputs = 1
net = nn.Sequential(nn.Linear(20, 8), nn.ReLU(), nn.Linear(8, outputs), nn.Softmax(dim=1))
criterion = nn.BCELoss()
for x, y in batches():
    criterion(net(x), y).backward()
""", "nn.Softmax(dim=1)", "nn.Sigmoid()"),
    ("R1", KERAS + """
model = Sequential([Dense(32, activation="relu"), Dense(1, activation="sigmoid")])
model.compile(optimizer="sgd", loss="categorical_crossentropy")
""", "categorical_crossentropy", "binary_crossentropy"),
    # softmax or sigmoid twice
    ("R2", TORCH + """
class Net(nn.Module):
    def __init__(self, hidden=32):
        super().__init__()
        self.first = nn.Linear(784, hidden)
        self.second = nn.Linear(hidden, 10)

    def forward(self, x):
        x = F.relu(self.first(x.view(-1, 784)))
        return F.softmax(self.second(x), dim=1)

net = Net().to("cuda")
criterion = nn.CrossEntropyLoss()
for epoch in range(3):
    for inputs, labels in loader:
        outputs = net(inputs)
        loss = criterion(outputs, labels)
        loss.backward()
""", "return F.softmax(self.second(x), dim=1)", "return self.second(x)"),
    ("R2", TORCH + """
from torch import optim
class Classifier(nn.Module):
    def __init__(self):
        super(Classifier, self).__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.Softmax(1))
    def forward(self, x):
        return self.net(x)

def train(model, data, loss_fn):
    optimizer = optim.Adam(model.parameters())
    model.train()
    for x, y in data:
        optimizer.zero_grad()
        loss_fn(model(x), y).backward()
        optimizer.step()

if __name__ == "__main__":
    train(Classifier(), load(), nn.CrossEntropyLoss())
""", ", nn.Softmax(1)", ""),
    ("R2", TORCH + """
class Lit(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(30, 5)
    def forward(self, x):
        return torch.sigmoid(self.layer(x))
    def training_step(self, batch, index):
        x, y = batch
        return F.cross_entropy(self(x), y)
""", "torch.sigmoid(self.layer(x))", "self.layer(x)"),
    ("R2", TORCH + """
net = nn.Linear(4, 1)
def step(x, y):
    p = net(x).sigmoid().squeeze(1)
    return F.binary_cross_entropy_with_logits(p, y)
""", ".sigmoid()", ""),
    ("R2", TORCH + """
from collections import OrderedDict
model = nn.Sequential(OrderedDict([
    ("hidden", nn.Linear(8, 8)), ("relu", nn.ReLU()), ("out", nn.Linear(8, 3)), ("p", nn.Softmax(dim=-1)),
]))
loss_function = torch.nn.CrossEntropyLoss()
def fit(x, y):
    return loss_function(input=model(x), target=y)
""", '("p", nn.Softmax(dim=-1)),', ""),
    ("R2", """
import tensorflow as tf
inputs = tf.keras.Input(shape=(28, 28))
x = tf.keras.layers.Flatten()(inputs)
x = tf.keras.layers.Dense(128, activation="relu")(x)
outputs = tf.keras.layers.Dense(10, activation="softmax")(x)
model = tf.keras.Model(inputs, outputs)
model.compile(loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), optimizer="adam")
""", "from_logits=True", "from_logits=False"),
    ("R2", """
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
W = tf.Variable(tf.zeros([784, 10]))
b = tf.Variable(tf.zeros([10]))
y = tf.nn.softmax(tf.matmul(x, W) + b)
cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=y, labels=t))
""", "tf.nn.softmax(tf.matmul(x, W) + b)", "tf.matmul(x, W) + b"),
    ("R2", """
from keras import layers, losses, Sequential
net = Sequential()
net.add(layers.Dense(1, activation="sigmoid"))
net.compile(loss=losses.BinaryCrossentropy(from_logits=True))
""", "from_logits=True", ""),
    ("R2", """
import tensorflow.compat.v1 as tf
def network(images):
    with tf.variable_scope("net"):
        hidden = tf.layers.conv2d(inputs=images, filters=8, kernel_size=3, activation=tf.nn.relu)
        hidden = tf.layers.dropout(tf.layers.flatten(hidden), rate=0.5)
        return tf.layers.dense(inputs=hidden, units=7, activation=tf.nn.softmax)
def main():
    loss = tf.losses.softmax_cross_entropy(labels, network(images))
    tf.train.AdamOptimizer().minimize(loss)
""", "activation=tf.nn.softmax", "activation=None"),
    ("R2", """
import tensorflow as tf
def perceptron(x, weights, biases):
    layer = tf.nn.relu(tf.add(tf.matmul(x, weights["h"]), biases["b"]))
    return tf.nn.softmax(tf.add(tf.matmul(layer, weights["out"]), biases["out"]))
scores = perceptron(X, weights, biases)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=scores, labels=Y))
""", 'tf.nn.softmax(tf.add(tf.matmul(layer, weights["out"]), biases["out"]))',
     'tf.add(tf.matmul(layer, weights["out"]), biases["out"])'),
    ("R2", """
import tensorflow as tf
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.out = tf.keras.layers.Dense(10)
    def call(self, x, is_training=False):
        x = self.out(x)
        if not is_training:
            x = tf.nn.softmax(x)
        return x
net = Net()
def cross_entropy(logits, y):
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
for x, y in data:
    with tf.GradientTape() as tape:
        loss = cross_entropy(net(x, is_training=False), y)
""", "net(x, is_training=False)", "net(x, is_training=True)"),
    # logits for probabilities
    ("R3", KERAS + """
model = Sequential()
model.add(Dense(64, activation="relu", input_shape=(8,)))
model.add(Dropout(0.5))
model.add(Dense(3))
model.compile(loss="categorical_crossentropy", optimizer="rmsprop")
""", "Dense(3)", 'Dense(3, activation="softmax")'),
    ("R3", """
from tensorflow.keras import layers, models
def build(width):
    m = models.Sequential()
    m.add(layers.Conv2D(width, 3, activation="relu"))
    m.add(layers.Flatten())
    m.add(layers.Dense(10))
    return m
model = build(32)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
""", "layers.Dense(10)", "layers.Dense(10, 'softmax')"),
    ("R3", KERAS + """
model = Sequential([Dense(8, activation="relu"), Dense(1, activation="tanh")])
model.compile(loss="binary_crossentropy", optimizer="sgd")
""", '"tanh"', '"sigmoid"'),
    ("R3", KERAS + """
model = Sequential()
model.add(Dense(1))
model.add(Activation("relu"))
model.compile(loss="binary_crossentropy", optimizer="sgd")
""", '"relu"', '"sigmoid"'),
    ("R3", TORCH + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(10, 1)
        self.act = nn.ReLU()
    def forward(self, x):
        return self.fc(self.act(x)).squeeze()
net = Net()
loss = nn.BCELoss()(net(torch.ones(3, 10)), torch.ones(3))
""", "nn.BCELoss", "nn.BCEWithLogitsLoss"),
    ("R3", TORCH + """
class Tagger(nn.Module):
    def __init__(self, tags):
        super().__init__()
        self.lstm = nn.LSTM(6, 6)
        self.tags = nn.Linear(6, tags)
    def forward(self, sentence):
        out, _ = self.lstm(sentence)
        return self.tags(out.view(len(sentence), -1))
model = Tagger(9)
criterion = nn.NLLLoss()
for sentence, tags in data:
    criterion(model(sentence), tags)
""", "return self.tags(out.view(len(sentence), -1))",
     "return F.log_softmax(self.tags(out.view(len(sentence), -1)), dim=1)"),
    ("R3", """
from keras.layers import Input, Dense
from keras.models import Model
a = Input(shape=(5,))
b = Dense(4, activation="relu")(a)
c = Dense(4)(b)
m = Model(input=a, output=c)
m.compile(optimizer="adam", loss="kullback_leibler_divergence")
""", "Dense(4)(b)", 'Dense(4, activation="softmax")(b)'),
    ("R3", """
import keras
class Two(keras.Model):
    def __init__(self):
        super().__init__()
        self.a = keras.layers.Dense(8, activation="relu")
        self.b = keras.layers.Dense(4)
    def call(self, x):
        return self.b(self.a(x))
two = Two()
two.compile(loss=keras.losses.CategoricalCrossentropy())
""", "CategoricalCrossentropy()", "CategoricalCrossentropy(from_logits=True)"),
    # softmax where its logarithm is meant
    ("R4", TORCH + """
net = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10), nn.Softmax(dim=1))
criterion = nn.NLLLoss()
def step(images, labels):
    output = net(images)
    return criterion(output, labels)
""", "nn.Softmax", "nn.LogSoftmax"),
    ("R4", TORCH + """
class Net(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        self.c = nn.Conv2d(1, 10, 5)
        self.f = nn.Linear(320, 10)
    def forward(self, x):
        x = F.relu(F.max_pool2d(self.c(x), 2))
        x = x.view(-1, 320)
        x = self.f(x)
        return F.softmax(x)
model = Net()
def train(epoch):
    for data, target in train_loader:
        output = model(data)
        loss = F.nll_loss(output, target)
        loss.backward()
for epoch in range(1, 9):
    train(epoch)
""", "F.softmax(x)", "F.log_softmax(x, dim=1)"),
    # sigmoid for exclusive classes
    ("R5", KERAS + """
model = Sequential()
model.add(Flatten(input_shape=(28, 28)))
model.add(Dense(10))
model.add(Activation("sigmoid"))
model.compile("adam", "sparse_categorical_crossentropy")
""", '"sigmoid"', '"softmax"'),
    ("R5", KERAS + """
model = Sequential()
model.add(Dense(output_dim=12, input_dim=4, init="uniform", activation="relu"))
model.add(Dense(output_dim=3, init="uniform", activation="sigmoid"))
model.compile(loss="categorical_crossentropy", optimizer="adam")
""", '"sigmoid"', '"softmax"'),
    # softmax with binary cross-entropy
    ("R6", KERAS + """
model = Sequential([Dense(5, activation="softmax")])
model.compile(loss="binary_crossentropy", optimizer="adam")
""", "binary_crossentropy", "categorical_crossentropy"),
    ("R6", TORCH + """
head = nn.Linear(16, 6)
def loss(x, y):
    return F.binary_cross_entropy(torch.softmax(head(x), dim=1), y)
""", "torch.softmax(head(x), dim=1)", "torch.sigmoid(head(x))"),
    # layers behind each other
    ("R16", KERAS + """
model = Sequential()
model.add(Dense(64, input_dim=20))
model.add(Dropout(0.2))
model.add(Dense(10))
model.add(Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam")
""", "Dense(64, input_dim=20)", 'Dense(64, input_dim=20, activation="relu")'),
    ("R16", TORCH + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(100, 50)
        self.fc2 = nn.Linear(50, 10)
        self.loss = nn.CrossEntropyLoss()
    def forward(self, x, y):
        return self.loss(self.fc2(self.fc1(x)), y)
""", "self.fc1(x)", "torch.relu(self.fc1(x))"),
    ("R16", KERAS + """
model = Sequential()
model.add(Dense(32, activation="softmax"))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam")
""", '"softmax"', '"relu"'),
    ("R16", TORCH + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(9, 9), nn.Linear(9, 4)
    def forward(self, x):
        x = F.relu(self.a(x))
        x = F.relu(self.b(x))
        return x
net, criterion = Net(), nn.CrossEntropyLoss()
criterion(net(torch.rand(2, 9)), torch.ones(2).long())
""", "F.relu(self.b(x))", "self.b(x)"),
    ("R16", KERAS + """
model = Sequential()
model.add(Dense(10, activation="relu"))
model.add(Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam")
""", 'Dense(10, activation="relu")', "Dense(10)"),
    # accuracy of numbers
    ("R9", """
import keras
(x, y), _ = keras.datasets.mnist.load_data()
x = x / 255
y = y/255
y = y.reshape(60000, 1)
model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])
model.compile("adam", loss="sparse_categorical_crossentropy")
model.fit(x, y, epochs=2)
""", "y = y/255", "y = y"),
    ("R9", """
from tensorflow import keras
def train(x, y):
    y /= 4.0
    inputs = keras.Input((8,))
    model = keras.Model(inputs, keras.layers.Dense(3)(inputs))
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x=x, y=y)
""", "y /= 4.0", "x /= 4.0"),
)  # fmt: skip
#: only an information: of targets 0 and 1, which the source does not show, the accuracy says something
REPORTED = (
    ("R19", KERAS + """
model = Sequential()
model.add(Dense(13, activation="relu"))
model.add(Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam", metrics=["accuracy"])
""", '["accuracy"]', '["mae"]'),
    ("R19", """
from tensorflow import keras
model = keras.Sequential(layers=[keras.layers.Dense(8, "relu"), keras.layers.Dense(1, activation="linear")])
model.compile(loss=keras.losses.Huber(), optimizer="adam", metrics=[keras.metrics.MeanSquaredError(), "acc"])
""", ', "acc"]', "]"),
)  # fmt: skip
