"""How often `slopes doctor` finds fault with models in which nothing is wrong.

    KERAS_BACKEND=torch python -m bench.doctor_healthy [keras | examples]

Every model of keras.applications of up to 100 million weights, drawn as Keras draws them, on noise, once with
softmax and cross-entropy of probabilities and once with scores and cross-entropy of logits; and the programs
of `examples`. Prints what is found, apart from information. Nothing is downloaded.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np

from slopes import doctor

EXAMPLES = Path(__file__).parents[1] / "examples"
LARGE = (
    "ConvNeXtBase",
    "ConvNeXtLarge",
    "ConvNeXtXLarge",
    "EfficientNetV2L",
    "NASNetLarge",
    "VGG16",
    "VGG19",
)
SIZE = 96  #: of the images


def of_keras():
    """What is found in each model with each of its two heads."""
    import keras

    x = np.random.default_rng(0).standard_normal((4, SIZE, SIZE, 3)).astype("float32")
    for name in sorted(dir(keras.applications)):
        build = getattr(keras.applications, name)
        if not name[0].isupper() or name in LARGE:
            continue
        body = build(weights=None, include_top=False, input_shape=(SIZE, SIZE, 3), pooling="avg")
        for activation in ("softmax", None):
            model = keras.Sequential([body, keras.layers.Dense(10, activation=activation)])
            loss = keras.losses.SparseCategoricalCrossentropy(from_logits=activation is None)
            yield f"{name} {activation}", doctor.examine(model, loss, (x, np.array([3, 7, 0, 3])))
        keras.backend.clear_session()


def of_examples():
    """What is said of the examples, which are run."""
    for file in sorted(EXAMPLES.glob("*.py")):
        command = [sys.executable, "-c", "from slopes.cli import main; main()", "doctor"]
        done = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
        print(file.name, done.returncode, done.stderr.strip().splitlines()[-1:])
        yield file.name, [] if done.returncode == 0 or "before a loss" in done.stderr else [done.stderr]


def report(models):
    """Print the models with findings, and how many there are."""
    count = flagged = 0
    for name, found in models:
        worse = [f for f in found if getattr(f, "severity", "") != "information"]
        count += 1
        flagged += bool(worse)
        print(count, name, *worse, flush=True)
    print(f"{flagged} of {count} flagged", flush=True)


if __name__ == "__main__":
    for kind in sys.argv[1:] or ("keras", "examples"):
        print(kind, flush=True)
        report({"keras": of_keras, "examples": of_examples}[kind]())
