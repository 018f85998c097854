"""Train an MLP in Keras on handwritten digits; save it, load it, and predict with it.

KERAS_BACKEND=jax python examples/keras_mlp.py
"""

import tempfile
from pathlib import Path

from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import keras
import slopes.keras

keras.utils.set_random_seed(0)
images, labels = load_digits(return_X_y=True)
x, x_test, y, y_test = train_test_split(images / 16, labels, random_state=0)

silu = slopes.keras.activation("silu")
model = keras.Sequential(
    [keras.layers.Dense(64, activation=silu), keras.layers.Dense(64, activation=silu), keras.layers.Dense(10)]
)
loss = slopes.keras.Loss("cross_entropy", label_smoothing=0.1)
model.compile(keras.optimizers.Adam(3e-3), loss=loss, metrics=["accuracy"])
model.fit(x, y, epochs=15, batch_size=64, verbose=0)

with tempfile.TemporaryDirectory() as folder:
    model.save(Path(folder) / "digits.keras")
    model = keras.models.load_model(Path(folder) / "digits.keras")
print(f"accuracy {model.evaluate(x_test, y_test, verbose=0)[1]:.3f}")
