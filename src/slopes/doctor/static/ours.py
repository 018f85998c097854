"""What calls of this library give, where a program's source has them."""

from collections.abc import Mapping, Sequence

from slopes.core import definitions
from slopes.core.register import UnknownName, canonical
from slopes.doctor.scene import Place, Step
from slopes.doctor.static.values import UNKNOWN, Layer, Loss, Name, Pairing, Tensor, Value, constant, whole

Result = tuple[Value, list[Pairing]]
OBJECTS = ("Activation", "Loss", "activation")  #: of `slopes.torch` and `slopes.keras`


def call(name: Name, args: Sequence[Value], kwargs: Mapping[str, Value], place: Place) -> Result:
    """Return what a call gives: an object, or the result of a function and the losses that meet in it."""
    room, _, last = name.dotted.removeprefix("slopes.").rpartition(".")
    if room in ("torch", "keras") and last in OBJECTS:
        given = kwargs.get("function", args[0] if args else UNKNOWN)
        called = given.last if isinstance(given, Name) else constant(given)
        return _made(called, kwargs, place, of_keras=room == "keras"), []
    if room:
        return UNKNOWN, []
    made = _made(last, kwargs, place)
    if last[:1].isupper():  # a configured function
        return made, []
    if isinstance(made, Loss):
        return UNKNOWN, made.meet(args, kwargs, place)
    if isinstance(made, Layer):
        x = kwargs.get("x", args[0] if args else UNKNOWN)
        return (x if isinstance(x, Tensor) else Tensor()).through(made), []
    return UNKNOWN, []


def _made(name: object, kwargs: Mapping[str, Value], place: Place, of_keras: bool = False) -> Value:
    """Return the activation or the loss of a name; nothing is known of other names."""
    try:
        found = canonical(name) if isinstance(name, str) else None
    except UnknownName:
        return UNKNOWN
    if found is None:
        return UNKNOWN
    if definitions[found].kind.endswith("loss"):
        return Loss(name=found, place=place, order="target first" if of_keras else "prediction first")
    steps = () if found == "identity" else (Step(found, place, whole(kwargs.get("axis", UNKNOWN))),)
    return Layer(steps)
