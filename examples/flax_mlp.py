"""Train an MLP in Flax on handwritten digits: activations and losses are plain callables."""

import jax.numpy as jnp
import optax
from flax import nnx
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import slopes

images, labels = load_digits(return_X_y=True)
x, x_test, y, y_test = map(jnp.asarray, train_test_split(images / 16, labels, random_state=0))

rngs = nnx.Rngs(0)
model = nnx.Sequential(
    *(nnx.Linear(64, 64, rngs=rngs), slopes.silu, nnx.Linear(64, 64, rngs=rngs), slopes.silu),
    nnx.Linear(64, 10, rngs=rngs),
)
optimizer = nnx.Optimizer(model, optax.adam(3e-3), wrt=nnx.Param)


@nnx.jit
def step(model, optimizer, x, y):
    """Take one step of Adam."""

    def loss(model):
        return slopes.cross_entropy(model(x), y, label_smoothing=0.1)

    optimizer.update(model, nnx.grad(loss)(model))


for _ in range(150):
    step(model, optimizer, x, y)
print(f"accuracy {float(jnp.mean(jnp.argmax(model(x_test), -1) == y_test)):.3f}")
