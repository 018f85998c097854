"""The names by which users of other libraries ask for a function, and the ones that it does not answer to."""

import ast
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import jax
import optax
import torch
from sklearn.linear_model import SGDClassifier

from tests.parity.suites.onnx_nodes import SHIMS

#: what the boosting libraries call their objectives; they are words of a configuration, in no module
OBJECTIVES = {
    "xgboost": "reg:squarederror reg:squaredlogerror reg:logistic reg:pseudohubererror reg:absoluteerror "
    "reg:quantileerror reg:gamma reg:tweedie binary:logistic binary:logitraw binary:hinge count:poisson "
    "multi:softmax multi:softprob",
    "lightgbm": "regression regression_l1 huber fair poisson quantile mape gamma tweedie binary multiclass "
    "multiclassova cross_entropy",
    "catboost": "RMSE MAE Quantile LogCosh MAPE Poisson Expectile Tweedie Huber Logloss CrossEntropy Focal "
    "MultiClass",
}
#: the losses of scikit-learn's gradient boosting, which it checks against words
BOOSTING = "squared_error absolute_error gamma poisson quantile log_loss exponential huber"

#: our name -> what it must be found by, once it is in the register
FINDS = {
    "relu": "ReLU relu",
    "leaky_relu": "LeakyReLU leaky_relu LeakyRelu",
    "prelu": "PReLU prelu PRelu",
    "gelu": "GELU gelu Gelu",
    "gelu_tanh": "gelu_approx",
    "identity": "identity linear Identity",
    "log_sigmoid": "LogSigmoid logsigmoid log_sigmoid log_expit",
    "log_softmax": "LogSoftmax log_softmax",
    "sigmoid": "Sigmoid sigmoid expit",
    "silu": "SiLU silu swish Swish",
    "softmax": "Softmax softmax",
    "softplus": "Softplus softplus",
    "tanh": "Tanh tanh",
    "maxout": "Maxout",
    "mae": "L1Loss l1_loss MeanAbsoluteError mean_absolute_error absolute_error reg:absoluteerror MAE "
    "regression_l1",
    "mse": "MSELoss mse_loss MeanSquaredError mean_squared_error squared_error",
    "huber": "HuberLoss huber_loss Huber huber",
    "quantile": "quantile mean_pinball_loss reg:quantileerror Quantile",
    "hinge": "Hinge hinge hinge_loss binary:hinge",
    "nll": "NLLLoss nll_loss NegativeLogLikelihoodLoss",
    "binary_cross_entropy": "BCELoss binary_cross_entropy BinaryCrossentropy binary_crossentropy",
    "binary_cross_entropy_with_logits": "BCEWithLogitsLoss binary_cross_entropy_with_logits Logloss log_loss "
    "sigmoid_binary_cross_entropy sigmoid_cross_entropy_with_logits binary:logistic binary:logitraw "
    "reg:logistic",
    "cross_entropy": "CrossEntropyLoss cross_entropy softmax_cross_entropy safe_softmax_cross_entropy "
    "softmax_cross_entropy_with_integer_labels softmax_cross_entropy_with_logits SoftmaxCrossEntropyLoss "
    "sparse_softmax_cross_entropy_with_logits multi:softmax multi:softprob CategoricalCrossentropy "
    "categorical_crossentropy SparseCategoricalCrossentropy sparse_categorical_crossentropy",
    "rrelu": "RReLU rrelu",
    "hard_tanh": "Hardtanh hardtanh hard_tanh",
    "relu6": "ReLU6 relu6",
    "hard_sigmoid": "Hardsigmoid hardsigmoid hard_sigmoid",
    "mish": "Mish mish",
    "hard_swish": "Hardswish hardswish hard_swish hard_silu",
    "elu": "ELU elu",
    "celu": "CELU celu",
    "selu": "SELU selu",
    "glu": "GLU glu",
    "hardshrink": "Hardshrink hardshrink hard_shrink",
    "softshrink": "Softshrink softshrink soft_shrink",
    "softsign": "Softsign softsign soft_sign",
    "tanhshrink": "Tanhshrink tanhshrink tanh_shrink",
    "softmin": "Softmin softmin",
    "threshold": "Threshold threshold",
    "erf": "Erf",
    "hardmax": "Hardmax",
    "exponential": "exponential",
    "sparse_plus": "sparse_plus",
    "sparsemax_loss": "multiclass_sparsemax_loss",
    "sparse_sigmoid": "sparse_sigmoid",
    "sparsemax": "sparsemax",
    "squareplus": "squareplus",
    "poisson_nll": "PoissonNLLLoss poisson_nll_loss count:poisson",
    "gaussian_nll": "GaussianNLLLoss gaussian_nll_loss",
    "kl_divergence": "KLDivLoss kl_div kl_divergence",
    "multilabel_margin": "MultiLabelMarginLoss multilabel_margin_loss",
    "smooth_l1": "SmoothL1Loss smooth_l1_loss",
    "soft_margin": "SoftMarginLoss soft_margin_loss",
    "multilabel_soft_margin": "MultiLabelSoftMarginLoss multilabel_soft_margin_loss",
    "cosine_embedding": "CosineEmbeddingLoss cosine_embedding_loss",
    "margin_ranking": "MarginRankingLoss margin_ranking_loss",
    "multi_margin": "MultiMarginLoss multi_margin_loss",
    "triplet_margin": "TripletMarginLoss triplet_margin_loss",
    "focal": "sigmoid_focal_loss Focal",
    "categorical_focal": "CategoricalFocalCrossentropy categorical_focal_crossentropy",
    "generalized_cross_entropy": "CategoricalGeneralizedCrossEntropy categorical_generalized_cross_entropy",
    "categorical_hinge": "multiclass_hinge_loss",
    "circle": "Circle circle",
    "cosine_similarity": "CosineSimilarity cosine_similarity",
    "dice": "Dice dice dice_loss",
    "tversky": "Tversky tversky",
    "log_cosh": "LogCosh log_cosh",
    "mape": "MeanAbsolutePercentageError mean_absolute_percentage_error mape",
    "msle": "MeanSquaredLogarithmicError mean_squared_logarithmic_error",
    "squared_hinge": "SquaredHinge squared_hinge",
    "perceptron": "perceptron perceptron_loss",
    "modified_huber": "modified_huber",
    "epsilon_insensitive": "epsilon_insensitive",
    "squared_epsilon_insensitive": "squared_epsilon_insensitive",
    "poly1": "poly_loss_cross_entropy",
    "expectile": "Expectile",
    "fair": "fair",
    "pseudo_huber": "reg:pseudohubererror",
}

HALF = "half of `mse`"
ARITHMETIC = "an operator of arithmetic; as an activation it has a longer name"
NO_LOSS = "no activation or loss of numbers"
LOGARITHM = "of the logarithm of the prediction; the deviances here are of the prediction"
BARE = "says nothing without its library"
#: name -> why no function is found by it, or another than a user of that library means
NOT_FOUND = {
    "reg:squarederror": HALF,
    "regression": HALF,
    "l2_loss": "half of `mse` in optax, half of a sum of squares in TensorFlow",
    "RMSE": "half of `mse` as an objective, the root of its mean as a metric",
    "reg:squaredlogerror": "half of `msle`",
    "binary": BARE,
    "multiclass": BARE,
    "multiclassova": BARE,
    "gamma": BARE,
    "reg:gamma": LOGARITHM,
    "reg:tweedie": LOGARITHM,
    "tweedie": BARE,
    "poisson": "of the prediction in Keras, of its logarithm in the boosting libraries",
    "CrossEntropy": "in CatBoost of one logit and a probability; here, as in PyTorch, of a row of logits",
    "exponential": "in Keras the function e^x, in scikit-learn a loss",
    "CategoricalHinge": "Keras counts a score of 0 among the wrong ones",
    "BinaryFocalCrossentropy": "of probabilities; `focal` takes logits",
    "binary_dice_loss": "takes logits; `dice` takes probabilities",
    "multiclass_generalized_dice_loss": "takes logits of classes",
    "MultiheadAttention": NO_LOSS,
    "Softmax2d": "softmax along axis -3: softmax(x, axis=-3)",
    "NLLLoss2d": "`nll` takes any number of axes",
    "HingeEmbeddingLoss": "of a distance and a label: `contrastive` is the loss of pairs here",
    "LinearCrossEntropyLoss": "holds a layer: slopes.linear_cross_entropy",
    "TripletMarginWithDistanceLoss": "takes a function",
    "linear_cross_entropy": "a function beside the register: slopes.linear_cross_entropy",
    **dict.fromkeys(("CTCLoss", "ctc_loss", "CTC", "ctc"), "a function beside the register: slopes.ctc"),
    "dot_product_attention": NO_LOSS,
    "cosine_distance": "1 - the cosine; Keras's `cosine_similarity` is minus the cosine",
    "convex_kl_divergence": "an old name of generalized_kl_divergence",
    "generalized_kl_divergence": "adds the difference of the masses; `kl_divergence` is of distributions",
    "kl_divergence_with_log_targets": "takes the logarithm of the targets",
    "ctc_loss_with_forward_probs": "gives more than a loss",
    "make_fenchel_young_loss": "takes a function",
    "multiclass_perceptron_loss": "`perceptron` is of one margin",
    "sparsemax_loss": "in optax of one logit",
    "ranking_softmax_loss": "of labels that need not be probabilities",
    "Atan": ARITHMETIC,
    "Exp": ARITHMETIC,
    "Sin": ARITHMETIC,
    "ThresholdedRelu": "`threshold` with replacement=0, whose threshold is ONNX's alpha",
    "ntxent": "of one array and labels; `nt_xent` is of two views",
    "smooth_labels": "label_smoothing of `cross_entropy`",
}


def public(package: str, module: str) -> set[str]:
    """Return what a package's module exports, read from its file: importing Keras fixes its backend."""
    spec = find_spec(package)
    tree = ast.parse((Path(str(spec and spec.origin)).parent / module / "__init__.py").read_text())
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name for node in froms for alias in node.names}


def functions(module: ModuleType, wanted: Any) -> set[str]:
    return {name for name in vars(module) if name[0] != "_" and name[-1] != "_" and wanted(name)}


def names() -> dict[str, set[str]]:
    """Return the public names of activations and losses in each library."""
    activations, losses = torch.nn.modules.activation.__all__, torch.nn.modules.loss.__all__
    plain = {name.lower() for name in activations}
    loss = ("_loss", "cross_entropy", "kl_div", "with_logits")
    helpers = {"deserialize", "get", "serialize", "Loss"}
    helpers |= {"log1mexp", "logmeanexp", "logsumexp", "one_hot", "standardize", "initializers"}
    return {
        "torch.nn": {*activations, *losses},
        "torch.nn.functional": functions(
            torch.nn.functional, lambda n: n.replace("_", "") in plain or n.endswith(loss)
        ),
        "keras.activations": public("keras", "activations") - helpers,
        "keras.losses": public("keras", "losses") - helpers,
        "jax.nn": functions(jax.nn, lambda n: callable(getattr(jax.nn, n)) and "scaled" not in n) - helpers,
        "optax.losses": functions(optax.losses, lambda n: callable(getattr(optax.losses, n))),
        "sklearn": {*SGDClassifier.loss_functions, *BOOSTING.split()},
        "onnx": set(SHIMS),
        **{library: set(words.split()) for library, words in OBJECTIVES.items()},
    }
