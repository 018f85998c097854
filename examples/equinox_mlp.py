"""Train an MLP in Equinox on handwritten digits: activations and losses are plain callables."""

import equinox as eqx
import jax
import jax.numpy as jnp
import optax
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import slopes

images, labels = load_digits(return_X_y=True)
x, x_test, y, y_test = map(jnp.asarray, train_test_split(images / 16, labels, random_state=0))

model = eqx.nn.MLP(64, 10, width_size=64, depth=2, activation=slopes.silu, key=jax.random.key(0))
optimizer = optax.adam(3e-3)
state = optimizer.init(eqx.filter(model, eqx.is_array))


@eqx.filter_jit
def step(model, state, x, y):
    """Take one step of Adam."""
    gradient = eqx.filter_grad(lambda model: slopes.cross_entropy(jax.vmap(model)(x), y))(model)
    updates, state = optimizer.update(gradient, state)
    return eqx.apply_updates(model, updates), state


for _ in range(150):
    model, state = step(model, state, x, y)
print(f"accuracy {float(jnp.mean(jnp.argmax(jax.vmap(model)(x_test), -1) == y_test)):.3f}")
