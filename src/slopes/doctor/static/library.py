"""What calls of PyTorch, Keras and TensorFlow give, as far as the doctor has to know."""

from collections.abc import Mapping, Sequence

from slopes.core import definitions
from slopes.core.register import UnknownName, canonical
from slopes.doctor.keras_names import OF_LOGITS, loss_of, short
from slopes.doctor.scene import Place, Step
from slopes.doctor.static import ours
from slopes.doctor.static.values import (
    UNKNOWN,
    Const,
    Layer,
    Loss,
    Many,
    Model,
    Name,
    Pairing,
    Pairs,
    Sequential,
    Tensor,
    Value,
    as_layer,
    constant,
    path_of,
    whole,
)

Arguments = Sequence[Value]
Keywords = Mapping[str, Value]

KERAS = ("keras.", "tensorflow.keras.", "tensorflow.losses.", "tensorflow.metrics.")
TORCH_LOSSES = {
    **dict.fromkeys(("CrossEntropyLoss", "cross_entropy"), "cross_entropy"),
    **dict.fromkeys(("NLLLoss", "NLLLoss2d", "nll_loss"), "nll"),
    **dict.fromkeys(("BCELoss", "binary_cross_entropy"), "binary_cross_entropy"),
    **dict.fromkeys(
        ("BCEWithLogitsLoss", "binary_cross_entropy_with_logits"), "binary_cross_entropy_with_logits"
    ),
    **dict.fromkeys(("MSELoss", "mse_loss"), "mse"),
    **dict.fromkeys(("L1Loss", "l1_loss"), "mae"),
    **dict.fromkeys(("SmoothL1Loss", "smooth_l1_loss"), "smooth_l1"),
    **dict.fromkeys(("HuberLoss", "huber_loss"), "huber"),
}
TF_LOSSES = {
    "softmax_cross_entropy_with_logits": "cross_entropy",
    "softmax_cross_entropy_with_logits_v2": "cross_entropy",
    "sparse_softmax_cross_entropy_with_logits": "cross_entropy",
    "sigmoid_cross_entropy_with_logits": "binary_cross_entropy_with_logits",
}
#: of TensorFlow 1; each takes the targets first
TF1_LOSSES = {
    "softmax_cross_entropy": "cross_entropy",
    "sparse_softmax_cross_entropy": "cross_entropy",
    "sigmoid_cross_entropy": "binary_cross_entropy_with_logits",
    "log_loss": "binary_cross_entropy",
}
#: layers and functions after which the values, and how many there are, stay
SAME = frozenset({
    "identity", "dropout", "dropout1d", "dropout2d", "dropout3d", "alphadropout", "spatialdropout1d",
    "spatialdropout2d", "gaussiannoise", "gaussiandropout", "activityregularization", "inputlayer", "masking",
    "contiguous", "clone", "float", "double", "half", "to", "cpu", "cuda", "type", "requiresgrad", "cast",
    "converttotensor",
})  # fmt: skip
#: those after which the values stay in another shape
VIEWS = frozenset({
    "flatten", "unflatten", "reshape", "permute", "view", "squeeze", "unsqueeze", "transpose", "viewas",
    "reshapeas", "expanddims", "repeatvector", "t", "movedim",
})  # fmt: skip
PLAIN = {"log": "log", "exp": "exp", "log10": "log", "sum": "unknown", "mean": "unknown"}


def activation_named(name: str) -> str | None:
    """Return the register's name of an activation, None if it is not known; softmax of images is not."""
    if name == "Softmax2d":
        return None
    try:
        found = canonical(name)
    except UnknownName:
        return None
    return found if definitions[found].kind.endswith("activation") else None


def activation(value: Value, place: Place) -> Layer:
    """Return what an argument `activation=` means."""
    if isinstance(value, Const) and value.value is None:
        return Layer()
    name = value.last if isinstance(value, Name) else constant(value)
    found = activation_named(name) if isinstance(name, str) else None
    if found == "identity":
        return Layer()
    if found is None and isinstance(value, Layer):
        return value
    return Layer((Step(found or "unknown", place),))


def is_keras(name: Name) -> bool:
    """Whether a name is one of Keras."""
    return name.dotted.startswith(KERAS)


def call(
    name: Name, args: Arguments, kwargs: Keywords, place: Place, depth: int
) -> tuple[Value, list[Pairing]]:
    """Return what a call of a library gives, and the losses that meet a prediction in it."""
    if name.last == "OrderedDict" and args:
        return args[0], []
    if name.dotted.startswith("slopes."):
        return ours.call(name, args, kwargs, place)
    if name.dotted.startswith(("torch.", "tensorflow.")) or is_keras(name):
        paired = _losses(name, args, kwargs, place)
        if paired is not None:
            return paired
        inside = _function(name.last, args, kwargs, place)
        if inside is not None:
            return inside, []
    if name.dotted.startswith("torch.nn."):
        return _torch_layer(name.last, args, kwargs, place, depth), []
    if name.dotted.startswith("tensorflow.layers."):  # functions: the layer is made and called
        given = kwargs.get("inputs", args[0] if args else UNKNOWN)
        rest = args if "inputs" in kwargs else args[1:]
        layer = _keras_layer(name.last, rest, kwargs, place, depth)
        return (given if isinstance(given, Tensor) else Tensor()).through(as_layer(layer)), []
    if is_keras(name):
        return _keras_layer(name.last, args, kwargs, place, depth), []
    return UNKNOWN, []


def method(tensor: Tensor, name: str, args: Arguments, kwargs: Keywords, place: Place) -> Value:
    """Return what a method of a tensor gives."""
    axis = whole(kwargs.get("dim", args[0] if args else UNKNOWN))
    return _operation(name, tensor, place, axis) or Tensor((Step("unknown", place),))


def keras_loss(value: Value, place: Place) -> Loss | None:
    """Return what `compile(loss=...)` means by its argument."""
    if isinstance(value, Loss):
        return value
    if isinstance(value, Name) and is_keras(value):
        name: object = value.last
    else:
        name = constant(value)
    found = loss_of(name) if isinstance(name, str) else None
    if found is None or not isinstance(name, str):
        return None
    sparse = short(name).startswith("sparse")
    return Loss(name=found, place=place, order="target first", sparse=sparse)


def _losses(
    name: Name, args: Arguments, kwargs: Keywords, place: Place
) -> tuple[Value, list[Pairing]] | None:
    """Losses: made as objects, or called as functions."""
    last = name.last
    if name.dotted.startswith("torch.nn.") and last in TORCH_LOSSES:
        loss = Loss(name=TORCH_LOSSES[last], place=place, order="prediction first")
        return (UNKNOWN, loss.meet(args, kwargs, place)) if last[0].islower() else (loss, [])
    if name.dotted.startswith("tensorflow.nn.") and last in TF_LOSSES:
        loss = Loss(name=TF_LOSSES[last], place=place, order="target first")
        return UNKNOWN, loss.meet((), kwargs, place)
    if name.dotted.startswith("tensorflow.losses.") and last in TF1_LOSSES:
        loss = Loss(name=TF1_LOSSES[last], place=place, order="target first")
        return UNKNOWN, loss.meet(args, kwargs, place)
    found = loss_of(last) if is_keras(name) else None
    if found is None or "metrics." in name.dotted:
        return None
    at = 0 if last[0].isupper() else 2
    default = UNKNOWN if "**" in kwargs else Const(False)
    logits = kwargs.get("from_logits", args[at] if len(args) > at else default)
    if not isinstance(constant(logits), bool) and found in OF_LOGITS:
        return UNKNOWN, []
    if constant(logits):
        found = OF_LOGITS.get(found, found)
    sparse = short(last).startswith("sparse")
    loss = Loss(name=found, place=place, order="target first", sparse=sparse, of_keras=True)
    return (loss, []) if last[0].isupper() else (UNKNOWN, loss.meet(args, kwargs, place))


def _operation(name: str, tensor: Tensor, place: Place, axis: int | None = None) -> Value:
    """What a function or method of one tensor gives, None if it is none that is known."""
    key = short(name)
    if key in SAME:
        return tensor
    if key in VIEWS:
        return tensor.through(Layer((Step("view", place),)))
    if key in PLAIN:
        return tensor.through(Layer((Step(PLAIN[key], place),)))
    found = activation_named(name) if name[:1].islower() else None
    if found == "identity" or found is None:
        return None
    return tensor.through(Layer((Step(found, place, axis),)))


def _function(last: str, args: Arguments, kwargs: Keywords, place: Place) -> Value:
    """A function of a tensor: `F.relu(x)`, `tf.nn.softmax(logits=x)`; None if it is none."""
    names = ("input", "inputs", "x", "logits", "features", "tensor")
    given = next((kwargs[k] for k in names if k in kwargs), None)
    if given is None and args:
        given = args[0]
    if last == "matmul" or last == "mm":
        return Tensor((Step("product", place), *path_of(given)))
    if given is None or not last[:1].islower():
        return None
    if last in ("add", "bias_add"):  # a bias, or a sum of which nothing is known
        path = path_of(given)
        return Tensor(path if path and path[0].op == "product" else (Step("unknown", place), *path))
    axis = kwargs.get("dim", kwargs.get("axis", args[1] if len(args) > 1 else UNKNOWN))
    return _operation(last, given if isinstance(given, Tensor) else Tensor(), place, whole(axis))


def _torch_layer(last: str, args: Arguments, kwargs: Keywords, place: Place, depth: int) -> Value:
    if last == "Sequential":
        return Sequential(_unpacked(args), depth)
    if last in ("Linear", "LazyLinear"):
        at = 1 if last == "Linear" else 0
        units = kwargs.get("out_features", args[at] if len(args) > at else UNKNOWN)
        return Layer((Step("linear", place, None, whole(units)),))
    return _layer(last, place, whole(kwargs.get("dim", args[0] if args else UNKNOWN)))


def _layer(last: str, place: Place, axis: int | None = None) -> Layer:
    """A layer of which only its kind counts."""
    key = short(last)
    if key in SAME:
        return Layer()
    if key in VIEWS:
        return Layer((Step("view", place),))
    if key.startswith(("conv", "separableconv", "depthwiseconv")):
        return Layer((Step("convolution", place),))
    if key.startswith(("batchnorm", "layernorm", "groupnorm", "instancenorm", "rmsnorm")):
        return Layer((Step("norm", place),))
    return Layer((Step(activation_named(last) or "unknown", place, axis),))


def _keras_layer(last: str, args: Arguments, kwargs: Keywords, place: Place, depth: int) -> Value:
    if last == "Sequential":
        return Sequential(_unpacked(list(args) or [kwargs.get("layers", Many([]))]), depth)
    if last in ("Model", "Functional"):
        given = next((kwargs[k] for k in ("outputs", "output") if k in kwargs), None)
        return Model(given if given is not None else args[1] if len(args) > 1 else UNKNOWN)
    if last == "Input":
        return Tensor()
    if last in ("Activation", "get") and (args or "activation" in kwargs):
        return activation(kwargs.get("activation", args[0] if args else UNKNOWN), place)
    if last == "TimeDistributed" and args:
        return as_layer(args[0])
    if last in ("Dense", "TimeDistributedDense", "dense") or short(last).startswith(
        ("conv", "separableconv")
    ):
        return _with_activation(last, args, kwargs, place)
    return _layer(last, place)


def _with_activation(last: str, args: Arguments, kwargs: Keywords, place: Place) -> Value:
    """Dense layers and convolutions, of Keras 1 to 3."""
    numbers = [whole(a) for a in args if whole(a) is not None]
    dense = "dense" in last.lower()
    named = next(
        (whole(kwargs[k]) for k in ("units", "output_dim", "filters", "nb_filter") if k in kwargs), None
    )
    units = named if named is not None else numbers[-1] if numbers and dense else None
    if dense and named is None and args and whole(args[0]) is None:
        units = None
    # a positional text is the activation in Keras 2 and 3, the initialisation in Keras 1
    texts = [a for a in args[1:] if isinstance(constant(a), str) and activation_named(str(constant(a)))]
    second = args[1] if len(args) > 1 and dense else Const(None)
    given = second if not isinstance(second, Const) else UNKNOWN if "**" in kwargs else Const(None)
    chosen = kwargs.get("activation", texts[-1] if texts else given)
    steps = (Step("linear" if dense else "convolution", place, None, units), *activation(chosen, place).steps)
    return Layer(steps)


def _unpacked(args: Arguments) -> list[Value]:
    """The layers in the arguments of a Sequential: layers, a list, or named layers."""
    found: list[Value] = []
    for value in args:
        if isinstance(value, Many):
            found += _unpacked([v.items[1] if _is_named(v) else v for v in value.items])
        elif isinstance(value, Pairs):
            found += value.items.values()
        else:
            found.append(value)
    return found


def _is_named(value: Value) -> bool:
    """Whether a value is a pair of a name and a layer."""
    return isinstance(value, Many) and len(value.items) == 2 and isinstance(constant(value.items[0]), str)
