"""What a loss beside the path of its prediction proves, from the source alone."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import e, log1p

from slopes.core import definitions
from slopes.doctor.checks import rules
from slopes.doctor.checks.logits import OF_LOGITS, OF_SCORES
from slopes.doctor.keras_names import ACCURACIES, REGRESSION
from slopes.doctor.languages import Text
from slopes.doctor.scene import Finding, Place, Severity, Step
from slopes.doctor.static.values import Pairing

SOFTMAXES = ("softmax", "log_softmax")
UNBOUNDED = ("linear", "convolution", "product")
RULES = {rule.name: rule for rule in rules()}


def judge(pairing: Pairing) -> Iterator[Finding]:
    """Yield what is wrong with a loss and its prediction."""
    yield from _targets(pairing)
    path = tuple(step for step in pairing.path if step.op != "view")
    if not path:
        return
    last, loss = path[0], pairing.loss.name
    yield from _structure(path)
    # along another axis it may be one over a sequence of scores
    if last.op in SOFTMAXES and last.size == 1 and last.axis in (None, 1, -1):
        yield _finding(
            "softmax-of-one", pairing, last, Text("a softmax over 1 unit"),
            Text("leave the unit as it is and use binary cross-entropy with logits"), {"units": 1},
        )  # fmt: skip
        return
    if loss in ("categorical_cross_entropy", "cross_entropy") and last.size == 1 and not pairing.loss.sparse:
        yield _finding(
            "one-class", pairing, last, Text("1 unit"),
            Text("use binary cross-entropy, or a unit for every class"), {"units": 1},
        )  # fmt: skip
        return
    for rule in (_logits, _probabilities, _logarithms, _accuracy):
        yield from rule(pairing, last)


def _targets(pairing: Pairing) -> Iterator[Finding]:
    """Indices of classes that were divided, as pixels are."""
    steps = [step for step in pairing.targets if step.op != "view"]
    if steps and steps[0].op == "divided" and pairing.loss.sparse:
        yield _finding(
            "wrong-targets", pairing, steps[0],
            Text("targets that were divided, so that they are fractions"),
            Text("leave the indices of the classes as they are"), {},
        )  # fmt: skip


def _logits(pairing: Pairing, last: Step) -> Iterator[Finding]:
    """Losses that apply softmax or sigmoid themselves."""
    rows = pairing.loss.name in OF_SCORES
    if not rows and pairing.loss.name not in OF_LOGITS:
        return
    cure = Text("leave out the {op}; the loss takes logits", op=last.op)
    c = last.size or 0
    if rows and last.op == "log_softmax":
        yield _finding(
            "second-softmax", pairing, last,
            Text("log-softmax, which the loss applies again without effect"), cure, severity="information",
        )  # fmt: skip
    elif last.op in ("softmax", "sigmoid"):
        floor = log1p((c - 1) / e)
        keras = Text(" (but on TensorFlow, where Keras takes its input)") if pairing.loss.of_keras else ""
        least = Text(" over {c} classes, so that the loss cannot fall below {floor:.4f}", c=c, floor=floor)
        known = pairing.loss.name == "cross_entropy" and c > 1
        yield _finding(
            "second-softmax" if rows else "second-sigmoid", pairing, last,
            Text("{op}{least}{keras}", op=last.op, least=least if known else "", keras=keras),
            cure, {"classes": c, "floor": floor} if known else {},
            "warning" if keras else "error",
        )  # fmt: skip
    elif last.op in ("tanh", "relu"):
        end = 0 if last.op == "relu" else -1
        says = Text("{op}, which lets no logit below {end}", op=last.op, end=end)
        yield _finding("activated-logits", pairing, last, says, cure, severity="warning")


def _probabilities(pairing: Pairing, last: Step) -> Iterator[Finding]:
    """Losses that take probabilities."""
    loss = pairing.loss.name
    if loss not in ("binary_cross_entropy", "categorical_cross_entropy", "divergence_of_probabilities"):
        return
    rows = loss != "binary_cross_entropy"
    low, high = _range(last)
    torch = pairing.loss.order == "prediction first"
    if low < 0 or high > 1:
        says = Text("{op}, from {low:.4g} to {high:.4g}", op=last.op, low=low, high=high)
        if last.op in UNBOUNDED:
            says = Text("no activation")
        cure = Text(
            "use {with_logits} and no activation, or end in {wanted}",
            with_logits="BCEWithLogitsLoss" if torch else Text("the loss of logits (from_logits=True)"),
            wanted="softmax" if rows else "sigmoid",
        )
        if loss == "divergence_of_probabilities":
            cure = Text("end in softmax")
        yield _finding("logits-as-probabilities", pairing, last, says, cure, {"low": low, "high": high})
    elif loss == "categorical_cross_entropy" and last.op == "sigmoid":
        yield _finding(
            "sigmoid-for-classes", pairing, last, Text("sigmoid, one for each class"),
            Text("end in softmax; or, if an example can have several labels, use binary cross-entropy"),
            severity="error" if pairing.loss.sparse else "warning",
        )  # fmt: skip
    elif loss == "binary_cross_entropy" and last.op == "softmax":
        c = last.size
        says = Text("softmax; harmless with 2 classes, wrong with more")
        if c:
            says = Text("softmax over {c} classes", c=c)
        several = c is not None and c > 2
        yield _finding(
            "softmax-with-binary-cross-entropy", pairing, last, says,
            Text("use categorical cross-entropy; or sigmoid, if an example can have several labels"),
            {"classes": c} if c else {}, "error" if several else "information",
        )  # fmt: skip


def _logarithms(pairing: Pairing, last: Step) -> Iterator[Finding]:
    """The loss that takes logarithms of probabilities."""
    if pairing.loss.name != "nll":
        return
    if last.op in ("softmax", "sigmoid"):
        yield _finding(
            "softmax-without-log", pairing, last, Text("{op}, without its logarithm", op=last.op),
            Text("use log_softmax, or CrossEntropyLoss on the logits"),
        )  # fmt: skip
    elif last.op in UNBOUNDED or last.op in ("relu", "tanh"):
        says = Text("no activation") if last.op in UNBOUNDED else last.op
        cure = Text("use CrossEntropyLoss, or end in log_softmax")
        yield _finding("logits-as-probabilities", pairing, last, says, cure)


def _accuracy(pairing: Pairing, last: Step) -> Iterator[Finding]:
    """Accuracy of numbers: how often they are equal, or on one side of a half.

    Of targets 0 and 1 that says something, and the source does not show them: it is an information.
    """
    low, high = _range(last)
    # binary accuracy, asked for by its name, tells on which side of a half a least-squares classifier is
    counted = [m for m in pairing.metrics if m in ACCURACIES and m != "binaryaccuracy"]
    if pairing.loss.name in REGRESSION and counted and last.size == 1 and (low, high) == (-INF, INF):
        yield _finding(
            "accuracy-of-regression", pairing, last, Text("a number without bounds"),
            Text("report the mean absolute error, unless the targets are 0 and 1"), {"units": 1},
            "information",
        )  # fmt: skip


def _structure(path: tuple[Step, ...]) -> Iterator[Finding]:
    """Layers that stand wrongly behind each other."""
    for after, before in pairwise(path):
        # a narrow layer between two wide ones limits the rank, which may be meant
        narrow = before.size is None or after.size is None or before.size < after.size
        if after.op == before.op == "linear" and not narrow:
            yield _about(
                "nothing-between", before, Text(
                    "the layer of line {after} follows that of line {before} with no activation between",
                    after=after.place.line, before=before.place.line,
                ), Text("put an activation between them"),
            )  # fmt: skip
        if before.op == "softmax" and after.op in ("linear", "convolution"):
            yield _about(
                "hidden-softmax", before, Text(
                    "the softmax of line {before} feeds the layer of line {after}",
                    after=after.place.line, before=before.place.line,
                ), Text("use relu, gelu or silu in hidden layers"),
            )  # fmt: skip
    if len(path) > 1 and path[0].op in (*SOFTMAXES, "sigmoid") and path[1].op in BENT:
        yield _about(
            "activated-logits", path[1], Text(
                "{first} of line {before}, then {then} of line {after}",
                first=path[1].op, before=path[1].place.line, then=path[0].op, after=path[0].place.line,
            ), Text("leave out the {op}", op=path[1].op),
        )  # fmt: skip


INF = float("inf")
#: activations that nobody means to have before another one
BENT = ("relu", "relu6", "sigmoid", "softmax", "tanh", "hard_sigmoid")


def _range(step: Step) -> tuple[float, float]:
    """Return the values that a step can give; those of a probability where it is not known."""
    if step.op in UNBOUNDED:
        return -INF, INF
    found = definitions.get(step.op)
    facts = getattr(found() if found else None, "facts", None)
    low, high = getattr(facts, "range", None) or (0.0, 1.0)
    return float(low), float(high)


def _finding(
    name: str, pairing: Pairing, last: Step, says: str, cure: Text,
    numbers: Mapping[str, float] | None = None, severity: Severity = "error",
) -> Finding:  # fmt: skip
    at, loss = last.place, pairing.loss
    met = Text(", called in line {line}", line=pairing.place.line)
    evidence = Text(
        "line {at} ends in {says}; line {loss_line} has the loss {loss}{met}",
        at=at.line,
        says=says,
        loss_line=loss.place.line,
        loss=loss.name,
        met="" if loss.place == pairing.place else met,
    )
    lines = {"line": at.line, "loss_line": loss.place.line}
    return _said(name, severity, evidence, {**(numbers or {}), **lines}, cure, at)


def _about(name: str, step: Step, says: Text, cure: Text) -> Finding:
    return _said(name, "warning", says, {"line": step.place.line}, cure, step.place)


def _said(
    name: str, severity: Severity, evidence: Text, numbers: Mapping[str, float], cure: Text, place: Place
) -> Finding:
    rule = RULES[name]
    return Finding(
        code=rule.code, name=name, severity=severity, text=rule.text, evidence=evidence, numbers=numbers,
        cure=cure, place=place, times=0, calls=0, url=rule.url,
    )  # fmt: skip
