"""Keras models that are examined, watched and called back from, in processes of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.doctor.keras_pairs import HEALTHY, PAIRS

ENVIRONMENT = {**os.environ, "KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu", "TF_CPP_MIN_LOG_LEVEL": "3"}
TRAIN = """
import sys
import numpy as np
import keras
from slopes import doctor
x, y = np.ones((12, 4), "float32"), np.arange(12) % 3
keras.utils.set_random_seed(0)
model = keras.Sequential([keras.layers.Dense(3, activation="softmax")])
model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
history = model.fit(x, y, epochs=2, verbose=0)
model.train_on_batch(x, y)
print("loss", history.history["loss"][-1])
if "--callback" in sys.argv:
    callback = doctor.keras_callback((x, y))
    model.fit(x, y, epochs=1, verbose=0, callbacks=[callback])
    print([f.code for f in callback.findings()])
"""


def run(*arguments, cwd=None):
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, cwd=cwd)


@pytest.fixture(scope="module")
def said():
    done = run("-m", "tests.doctor.keras_pairs", cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_faults_are_found_and_the_cures_are_silent(said):
    assert len(said["pairs"]) == len(PAIRS)
    for pair, (faulty, cured) in zip(PAIRS, said["pairs"], strict=True):
        assert pair[0] in faulty, (pair, faulty)
        assert not cured, (pair, cured)


def test_nothing_is_said_of_the_healthy(said):
    assert dict(zip(HEALTHY, said["healthy"], strict=True)) == {model: [] for model in HEALTHY}


def test_a_program_is_watched_and_trains_as_without(tmp_path):
    script = tmp_path / "train.py"
    script.write_text(TRAIN)
    watched = run("-c", "from slopes.cli import main; main()", "doctor", script)
    assert watched.returncode == 1, watched.stderr
    said = " ".join(watched.stderr.split())
    assert "R2 second-softmax (error) at" in said
    assert "3 classes through softmax and softmax: the loss cannot fall below 0.5514" in said
    lines = TRAIN.splitlines()
    for start in ("history = model.fit", "model.train_on_batch"):
        assert f"train.py:{next(i for i, line in enumerate(lines, 1) if line.startswith(start))}" in said
    alone = run(script, "--callback")
    loss, codes = alone.stdout.splitlines()
    assert watched.stdout == loss + "\n"
    assert codes == "['R2']", alone.stderr
    assert "## R2 second-softmax (error)" in alone.stderr


MORE = """
import numpy as np
import keras
x, y = np.ones((8, 4), "float32"), np.arange(8) % 3
taken = []
def generator():
    for i in range(3):
        taken.append(i)
        yield x, y
class Head(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = keras.layers.Dense(1, activation="softmax")
    def call(self, x):
        return self.head(x)
class Data(keras.utils.PyDataset):
    def __len__(self):
        return 1
    def __getitem__(self, index):
        return x, y
inputs = keras.Input((4,))
heads = {"kind": keras.layers.Dense(3, "sigmoid")(inputs), "size": keras.layers.Dense(1, "sigmoid")(inputs)}
two = keras.Model(inputs, heads)
two.compile("sgd", {"size": "mse", "kind": "sparse_categorical_crossentropy"})
two.fit(x, {"size": 9.0 * y, "kind": y}, verbose=0)
one = Head()
one.compile("sgd", "binary_crossentropy")
one.fit(x, y > 1, verbose=0)
plain = keras.Sequential([keras.layers.Dense(3)])
plain.compile("sgd", "sparse_categorical_crossentropy")
plain.fit(generator(), steps_per_epoch=3, verbose=0)
plain.fit(Data(), verbose=0)
print(taken)
"""


def test_several_heads_classes_and_ways_to_give_data(tmp_path):
    script, out = tmp_path / "train.py", tmp_path / "out.json"
    script.write_text(MORE)
    done = run(
        "-c", "from slopes.cli import main; main()", "doctor", "--format", "json", "--out", out, script
    )
    assert done.stdout == "[0, 1, 2]\n", done.stderr
    lines = MORE.splitlines()
    said = [(f["code"], lines[f["place"]["line"] - 1]) for f in json.loads(out.read_text())["findings"]]
    assert {code for code, line in said if line.startswith("two")} == {"R5", "R7"}
    assert {code for code, line in said if line.startswith("one")} == {"R1"}
    assert [code for code, line in said if line.startswith("plain")] == ["R3", "R3"]


LOOP = """
import numpy as np
import keras
import slopes.keras
from slopes import doctor
from slopes.doctor.watching import watching
x, y = np.ones((8, 4), "float32"), np.arange(8) % 3
keras.utils.set_random_seed(0)
last = keras.layers.Activation("sigmoid")
model = keras.Sequential([keras.layers.Dense(5, "relu"), keras.layers.Dense(3), last])
loss = keras.losses.SparseCategoricalCrossentropy()
right = keras.losses.BinaryCrossentropy()
optimizer = keras.optimizers.SGD()
def step():
    if keras.backend.backend() == "tensorflow":
        with tf.GradientTape() as tape:
            value = loss(y, model(x, training=True))
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(value, weights), weights)
        return traced()
    value = loss(y, model(x, training=True))
    value.backward()
    return value
if keras.backend.backend() == "tensorflow":
    import tensorflow as tf
    traced = tf.function(lambda: loss(y, model(x)))
before = keras.Operation.__call__, keras.losses.Loss.__call__, keras.Model.evaluate
case = doctor.Case()
with watching(case, 3):
    for _ in range(5):
        step()
    right(np.eye(3)[y], model(x))
assert before == (keras.Operation.__call__, keras.losses.Loss.__call__, keras.Model.evaluate)
print([(f.code, f.name, f.times, f.place.line) for f in case.findings()])
"""


@pytest.mark.parametrize(
    ("backend", "last"), [("tensorflow", 'slopes.keras.activation("sigmoid")'), ("torch", '"sigmoid"')]
)
def test_loops_of_the_programs_own(tmp_path, backend, last):
    script = tmp_path / "loop.py"
    script.write_text(LOOP.replace('"sigmoid"', last))
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True, text=True, check=False, env=ENVIRONMENT | {"KERAS_BACKEND": backend},
    )  # fmt: skip
    words = "value = loss(y, model(x, training=True))"
    lines = [i for i, line in enumerate(LOOP.splitlines(), 1) if words in line]
    line = lines[0] if backend == "tensorflow" else lines[1]
    assert done.stdout == f"[('R5', 'sigmoid-for-classes', 3, {line})]\n", done.stderr
