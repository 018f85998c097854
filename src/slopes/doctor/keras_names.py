"""What Keras and TensorFlow call losses; which of them take probabilities and which logits."""

#: a loss by its short name, in any case and without underscores -> its name in the register where it means
#: the same; losses of probabilities that the register has only for logits keep a name of their own
LOSSES = {
    "categoricalcrossentropy": "categorical_cross_entropy",
    "sparsecategoricalcrossentropy": "categorical_cross_entropy",
    "binarycrossentropy": "binary_cross_entropy",
    "meansquarederror": "mse",
    "mse": "mse",
    "meanabsoluteerror": "mae",
    "mae": "mae",
    "meanabsolutepercentageerror": "mape",
    "mape": "mape",
    "meansquaredlogarithmicerror": "msle",
    "msle": "msle",
    "huber": "huber",
    "huberloss": "huber",
    "logcosh": "log_cosh",
    "kldivergence": "divergence_of_probabilities",
    "kullbackleiblerdivergence": "divergence_of_probabilities",
    "kld": "divergence_of_probabilities",
    "poisson": "poisson_deviance",
    "hinge": "hinge",
    "squaredhinge": "squared_hinge",
    "categoricalhinge": "categorical_hinge",
    "cosinesimilarity": "cosine_similarity",
}
OF_LOGITS = {
    "categorical_cross_entropy": "cross_entropy",
    "binary_cross_entropy": "binary_cross_entropy_with_logits",
}
REGRESSION = ("mse", "mae", "mape", "msle", "huber", "smooth_l1", "log_cosh")
ACCURACIES = ("accuracy", "acc", "binaryaccuracy", "categoricalaccuracy", "sparsecategoricalaccuracy")


def short(name: str) -> str:
    """Return a name without underscores and in small letters, as the tables have it."""
    return name.replace("_", "").lower()


def loss_of(name: str, from_logits: bool = False) -> str | None:
    """Return the register's name of a loss of Keras, None for one that is not known."""
    found = LOSSES.get(short(name))
    return OF_LOGITS.get(found, found) if found and from_logits else found
