"""Faulty Keras models beside their cured twins; run as a program, it prints what is said of each.

Keras takes one backend for a process, so the tests run this in a process of its own.
"""

import json
import warnings

#: (rule, units, activation, loss, targets, cured units, activation, loss, targets); metrics behind a "+"
PAIRS = (
    ("R1", 1, "softmax", "binary_crossentropy", "bits", 1, "sigmoid", "binary_crossentropy", "bits"),
    ("R1", 1, "softmax", "mse", "bits", 1, "sigmoid", "mse", "bits"),
    ("R1", 1, "sigmoid", "categorical_crossentropy", "bits[:, None]", 1, "sigmoid", "bce", "bits"),
    ("R2", 3, "softmax", "SparseCategoricalCrossentropy(from_logits=True)", "index",
     3, None, "SparseCategoricalCrossentropy(from_logits=True)", "index"),
    ("R2", 3, "softmax", "CategoricalCrossentropy(from_logits=True)", "hot",
     3, "softmax", "CategoricalCrossentropy()", "hot"),
    ("R2", 1, "sigmoid", "BinaryCrossentropy(from_logits=True)", "bits",
     1, None, "BinaryCrossentropy(from_logits=True)", "bits"),
    ("R3", 3, None, "categorical_crossentropy", "hot", 3, "softmax", "categorical_crossentropy", "hot"),
    ("R3", 3, None, "sparse_categorical_crossentropy", "index",
     3, "softmax", "sparse_categorical_crossentropy", "index[:, None]"),
    ("R3", 1, "tanh", "BinaryCrossentropy()", "bits", 1, "sigmoid", "BinaryCrossentropy()", "bits"),
    ("R3", 3, None, "kl_divergence", "hot", 3, "softmax", "kl_divergence", "hot"),
    ("R5", 3, "sigmoid", "categorical_crossentropy", "hot", 3, "sigmoid", "bce", "labels"),
    ("R5", 3, "sigmoid", "sparse_categorical_crossentropy", "index",
     3, "softmax", "sparse_categorical_crossentropy", "index"),
    ("R6", 3, "softmax", "binary_crossentropy", "labels", 3, "sigmoid", "binary_crossentropy", "labels"),
    ("R6", 3, "softmax", "BinaryCrossentropy()", "hot", 3, "softmax", "CategoricalCrossentropy()", "hot"),
    ("R7", 1, "sigmoid", "mse", "real", 1, None, "mse", "real"),
    ("R7", 1, "relu", "Huber()", "real", 1, "relu", "Huber()", "abs(real)"),
    ("R7", 1, "tanh", "mae", "100 * real", 1, "tanh", "mae", "real / 20"),
    ("R9", 3, "softmax", "sparse_categorical_crossentropy", "index + 1",
     3, "softmax", "sparse_categorical_crossentropy", "index"),
    ("R9", 3, "softmax", "categorical_crossentropy", "labels", 3, "sigmoid", "bce", "labels"),
    ("R9", 1, "sigmoid", "binary_crossentropy", "2 * bits - 1", 1, None, "hinge", "2 * bits - 1"),
    ("R9", 3, "softmax", "sparse_categorical_crossentropy", "hot.astype(int)",
     3, "softmax", "categorical_crossentropy", "hot"),
    ("R9", 3, "softmax", "categorical_crossentropy", "index",
     3, "softmax", "sparse_categorical_crossentropy", "index"),
    ("R10", 3, None, "mse", "real[:, None]", 1, None, "mse", "real"),
    ("R2", 3, "softmax", "slopes.keras.Loss('cross_entropy')", "index",
     3, None, "slopes.keras.Loss('cross_entropy')", "index"),
    ("R2", 3, "slopes.keras.activation('softmax')", "CategoricalCrossentropy(from_logits=True)", "hot",
     3, "slopes.keras.activation('softmax')", "SparseCategoricalCrossentropy()", "index"),
    ("R2", 1, "slopes.keras.Activation('sigmoid')", "slopes.keras.Loss('focal')", "bits[:, None]",
     1, None, "slopes.keras.Loss('focal')", "bits[:, None]"),
    ("R3", 3, None, "slopes.keras.Loss('nll')", "index",
     3, "slopes.keras.Activation('log_softmax')", "slopes.keras.Loss('nll')", "index[:, None]"),
    ("R5", 3, "slopes.keras.activation('sigmoid')", "categorical_crossentropy", "hot",
     3, "slopes.keras.activation('sigmoid')", "bce", "labels"),
    ("R7", 1, "slopes.keras.Activation('softsign')", "slopes.keras.Loss('cauchy')", "real[:, None]",
     1, "slopes.keras.Activation('softsign')", "slopes.keras.Loss('cauchy')",
     "np.tanh(real[:, None]) / 2"),
    ("R9", 3, None, "slopes.keras.Loss('cross_entropy')", "index + 1",
     3, None, "slopes.keras.Loss('cross_entropy')", "hot"),
    ("R16", 3, "relu", "slopes.keras.Loss('cross_entropy')", "index",
     3, None, "slopes.keras.Loss('cross_entropy')", "index"),
    ("R19", 1, None, "mse+accuracy", "real", 1, None, "mse+mae", "real"),
    ("R19", 1, None, "mean_absolute_error+acc", "real", 1, "sigmoid", "mse+accuracy", "bits"),
)  # fmt: skip
#: models that look odd and are right
HEALTHY = (
    (2, "softmax", "binary_crossentropy", "np.eye(2)[bits.astype(int)]"),
    (3, "softmax", "mse", "hot"),
    (1, "tanh", "mse", "np.tanh(real)"),
    (1, None, "mse", "real[:, None]"),
    (1, None, "mse", "real[:1].repeat(16)"),
    (1, "exponential", "poisson", "abs(real)"),
)


def main() -> None:
    """Print the codes of what is found in each faulty, cured and healthy model."""
    import numpy as np

    import keras
    import slopes.keras
    from slopes import doctor

    keras.utils.set_random_seed(0)
    rng = np.random.default_rng(0)
    x = rng.standard_normal((16, 5)).astype("float32")
    index = np.arange(16) % 3
    names = {"np": np, "index": index, "hot": np.eye(3)[index], "bits": (index > 0) * 1.0}
    names |= {
        "labels": np.array([[1, 1, 0], [0, 0, 0], [0, 1, 0], [1, 1, 1]] * 4),
        "real": 3 * x[:, 0] - x[:, 1],
    }

    def said(units, activation, loss, targets):  # type: ignore[no-untyped-def]
        inputs = keras.Input((5,))
        hidden = keras.layers.Dense(4, activation="relu")(inputs)
        written = str(activation)
        if written.startswith("slopes."):
            activation = eval(activation, {"slopes": slopes})
        if written.startswith("slopes.keras.A"):  # called as an operation
            out = activation(keras.layers.Dense(units)(hidden))
        elif activation in ("softmax", "tanh"):  # in a layer of its own, behind one that changes nothing
            out = keras.layers.Activation(activation)(
                keras.layers.Dropout(0.5)(keras.layers.Dense(units)(hidden))
            )
        else:
            out = keras.layers.Dense(units, activation=activation)(hidden)
        model = keras.Model(inputs, out)
        loss, _, metric = loss.partition("+")
        written = loss if loss.startswith("slopes.") else f"keras.losses.{loss}"
        made = eval(written, {"keras": keras, "slopes": slopes}) if loss.endswith(")") else loss
        model.compile(loss=made, optimizer="sgd", metrics=[metric] if metric else None)
        found = doctor.examine(model, None, (x, eval(targets, dict(names))))
        return [f.code for f in found if f.severity != "information"]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pairs = [[said(*pair[1:5]), said(*pair[5:])] for pair in PAIRS]
        print(json.dumps({"pairs": pairs, "healthy": [said(*model) for model in HEALTHY]}))


if __name__ == "__main__":
    main()
