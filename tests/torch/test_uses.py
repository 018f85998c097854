"""How torch writes activations: every module, function and method of it is found, with its parameters."""

import torch
from torch import nn

from slopes.torch import Activation, replace, uses

X = torch.linspace(-3, 3, 24).reshape(4, 6)
#: torch's name -> arguments that are not the defaults, by torch's names
GIVEN = {
    "celu": {"alpha": 0.5},
    "elu": {"alpha": 0.5},
    "gelu": {"approximate": "tanh"},
    "glu": {"dim": 0},
    "hardshrink": {"lambd": 0.25},
    "hardtanh": {"min_val": -0.5, "max_val": 2.0},
    "leaky_relu": {"negative_slope": 0.2},
    "log_softmax": {"dim": 0},
    "rrelu": {"lower": 0.25, "upper": 0.5},
    "softmax": {"dim": 0},
    "softmin": {"dim": 0},
    "softplus": {"beta": 2.0},
    "softshrink": {"lambd": 0.25},
    "threshold": {"threshold": 0.5, "value": -1.0},
}


class Calls(nn.Module):
    """A layer, and a call after it."""

    def __init__(self, call):
        super().__init__()
        self.linear = nn.Linear(6, 6)
        self.call = call

    def forward(self, x):
        return self.call(self.linear(x))


def assert_same(model, other, x=X, **options):
    torch.testing.assert_close(other(x), model(x), rtol=1e-5, atol=1e-6, **options)


def test_every_module_of_torch_is_known_with_its_parameters():
    assert len(uses.MODULES) >= 25
    for cls, name in uses.MODULES.items():
        model = nn.Sequential(nn.Linear(6, 6), cls(**GIVEN.get(name, {}))).eval()
        ours = uses.use_of_module(model[1]).function.name
        new, report = replace(model, {ours: ours})
        assert_same(model, new, msg=name)
        assert isinstance(new[1], Activation), name
        (change,) = report.changes
        assert (change.path, change.before, change.after) == ("1", new[1].function, new[1].function), name
        assert change.written == repr(model[1]), name
    soft = nn.Softmax2d()
    assert_same(soft, replace(soft, {"softmax": "softmax"})[0], torch.randn(2, 3, 4, 4))


def calls():
    """Every function and method of torch that is an activation, as a call."""
    for function, (name, written) in uses.FUNCTIONS.items():
        given = GIVEN.get(name, {})
        if name != "prelu" and not (name == "gelu" and written.startswith("torch")):
            yield written, name, lambda x, f=function, given=given: f(x, **given)
    for method, name in uses.METHODS.items():
        if name not in ("prelu", "hardshrink"):
            given = GIVEN.get(name, {})
            yield f"x.{method}()", name, lambda x, m=method, given=given: getattr(x, m)(**given)


def test_every_function_and_method_of_torch_is_known_with_its_parameters():
    found = list(calls())
    assert len(found) >= 60
    for written, name, call in found:
        model = Calls(call)
        ours = "gelu_tanh" if name == "gelu" else uses.NAMES[name][0]
        new, report = replace(model, {ours: ours})
        (change,) = report.changes  # F.tanh is traced as x.tanh()
        assert change.written.partition(".")[2].strip("()") == written.partition(".")[2].strip("()")
        assert [change.path for change in report.changes] == [ours]
        with torch.no_grad():  # some change their input in place
            assert_same(model, new, msg=written)
