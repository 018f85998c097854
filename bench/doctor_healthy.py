"""How often `slopes doctor` finds fault with models in which nothing is wrong.

    KERAS_BACKEND=torch python -m bench.doctor_healthy [keras | timm | examples]

Every model of keras.applications of up to 100 million weights, drawn as Keras draws them, on noise, once with
softmax and cross-entropy of probabilities and once with scores and cross-entropy of logits; a small model of
each of timm's modules (pip install timm), drawn as timm draws it, with cross-entropy; and the programs of
`examples`. Prints what is found, apart from information. Nothing is downloaded.
"""

import subprocess
import sys
from contextlib import suppress
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
#: what timm calls small models, the smallest first
SMALL = ("atto", "femto", "pico", "nano", "tiny", "_xxs", "18", "_b0", "small")
MOST, LARGEST = 30_000_000, 256  #: weights and pixels, of timm's


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


def of_timm():
    """What is found in a small model of each of timm's modules."""
    import torch

    # torchvision of another build than torch has no compiled part; what timm takes of it needs none
    torchvision = torch.library.Library("torchvision", "FRAGMENT")
    for name in ("nms", "qnms"):
        with suppress(RuntimeError):
            torchvision.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import timm

    for module in timm.list_modules():
        names = timm.list_models(module=module)
        if not names:
            continue
        name = min(
            names, key=lambda n: (min(map(SMALL.index, filter(n.__contains__, SMALL)), default=9), len(n), n)
        )
        torch.manual_seed(0)
        model = timm.create_model(name, num_classes=10)
        weights = sum(w.numel() for w in model.parameters())
        channels, *size = model.default_cfg["input_size"]
        if weights > MOST or max(size) > LARGEST:
            print("left out, too large:", name, weights, size, flush=True)
            continue
        x, y = torch.randn(4, channels, *size), torch.tensor([3, 7, 0, 3])
        yield name, doctor.examine(model, torch.nn.CrossEntropyLoss(), (x, y))


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
        report({"keras": of_keras, "timm": of_timm, "examples": of_examples}[kind]())
