"""Our functions by the names of the peers: what is typed here is measured wherever the peer is installed."""

from dataclasses import dataclass
from typing import Any

import slopes

#: peers that are measured, each value against ours
MEASURED = ("torch", "jax", "scipy", "sklearn", "numpy", "keras", "optax", "onnx")
#: peers that the tests do not install: names and factors are those of their documentation
DOCUMENTED = (
    "flax",
    "tensorflow",
    "tensorflow_addons",
    "mlx",
    "timm",
    "transformers",
    "xgboost",
    "lightgbm",
    "catboost",
    "statsmodels",
    "torchvision",
    "diffusers",
    "entmax",
    "netket",
    "e3x",
    "aptx_activation",
)


@dataclass(frozen=True)
class Name:
    """What a peer calls a function: theirs, at its defaults, is `factor` times ours."""

    ours: str
    library: str
    theirs: str
    factor: str = "1"


#: names beside `elsewhere`: a second name of a peer, or the same function but for a factor
MORE = (
    Name("cross_entropy", "keras", "keras.losses.CategoricalCrossentropy(from_logits=True)"),
    Name("cross_entropy", "optax", "optax.losses.softmax_cross_entropy"),
    Name("cross_entropy", "optax", "optax.losses.safe_softmax_cross_entropy"),
    Name("cross_entropy", "tensorflow", "tensorflow.nn.softmax_cross_entropy_with_logits"),
    Name("cross_entropy", "xgboost", "multi:softmax"),
    Name("mse", "optax", "optax.losses.l2_loss", "1/2"),
    Name("mse", "xgboost", "reg:squarederror", "1/2"),
    Name("mse", "lightgbm", "regression", "1/2"),
    Name("mse", "catboost", "RMSE", "1/2"),
)

#: (ours, peer's name) -> our parameters at which both are equal, where theirs have other defaults
AT: dict[tuple[str, str], dict[str, Any]] = {
    ("leaky_relu", "keras.activations.leaky_relu"): {"negative_slope": 0.2},
    ("leaky_relu", "tensorflow.nn.leaky_relu"): {"negative_slope": 0.2},
    ("prelu", "keras.layers.PReLU"): {"slope": 0.0},
    ("prelu", "flax.linen.PReLU"): {"slope": 0.01},
    ("huber", "huber"): {"delta": 0.9},
    ("focal", "torchvision.ops.sigmoid_focal_loss"): {"alpha": 0.25},
    ("poly1", "optax.losses.poly_loss_cross_entropy"): {"epsilon": 2.0},
    ("quantile", "quantile"): {"level": 0.9},
}


#: what the calls of libraries that are not installed take, of the losses and of what has parameters
TAKES = {
    "tensorflow.nn.gelu": "(features)",
    "tensorflow.nn.leaky_relu": "(features, alpha=0.2)",
    "tensorflow.nn.silu": "(features, beta=1.0)",
    "tensorflow.keras.losses.binary_crossentropy": "(**y_true**, y_pred)",
    "tensorflow.keras.losses.huber": "(**y_true**, y_pred, delta=1.0)",
    "tensorflow.keras.losses.mean_absolute_error": "(**y_true**, y_pred)",
    "tensorflow.keras.losses.mean_squared_error": "(**y_true**, y_pred)",
    "tensorflow.nn.sigmoid_cross_entropy_with_logits": "(**labels**, logits)",
    "tensorflow.nn.softmax_cross_entropy_with_logits": "(**labels**, logits, axis=-1)",
    "tensorflow.nn.sparse_softmax_cross_entropy_with_logits": "(**labels**, logits)",
    "aptx_activation.APTx": "(alpha=1.0, beta=1.0, gamma=0.5)",
    "mlx.nn.leaky_relu": "(x, negative_slope=0.01)",
    "mlx.nn.losses.binary_cross_entropy": "(inputs, targets)",
    "mlx.nn.losses.binary_cross_entropy(with_logits=False)": "(inputs, targets)",
    "mlx.nn.losses.cross_entropy": "(logits, targets)",
    "mlx.nn.losses.hinge_loss": "(inputs, targets)",
    "mlx.nn.losses.huber_loss": "(inputs, targets, delta=1.0)",
    "mlx.nn.losses.l1_loss": "(predictions, targets)",
    "mlx.nn.losses.mse_loss": "(predictions, targets)",
    "mlx.nn.losses.nll_loss": "(inputs, targets)",
    "reg:quantileerror": "quantile_alpha",
    "huber": "alpha=0.9",
    "quantile": "alpha=0.9",
    "Huber": "delta",
    "Quantile": "alpha=0.5",
}


def entries() -> tuple[Name, ...]:
    """Every name, in the order of our functions."""
    own = [
        Name(name, library, theirs)
        for name, function in (*slopes.activations.items(), *slopes.losses.items())
        for library, theirs in function.elsewhere.items()
    ]
    libraries = (*MEASURED, *DOCUMENTED)
    return tuple(
        sorted([*own, *MORE], key=lambda n: (n.ours in slopes.losses, n.ours, libraries.index(n.library)))
    )


def at(name: Name) -> dict[str, Any]:
    """Return our parameters at which the peer's default is ours."""
    return AT.get((name.ours, name.theirs), {})
