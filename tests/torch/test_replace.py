"""`slopes.torch.replace`: what it finds and keeps, and that the numbers are those of the new function."""

import copy
import pickle

import pytest
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - everybody's name for it

import slopes
from slopes.torch import Activation, replace
from tests.torch.test_uses import Calls, X, assert_same


class Attention(nn.Module):
    """What makes tracing hard: an optional argument, dropout, a cast, a shape, a module used in place."""

    scale: float = 0.5

    def __init__(self):
        super().__init__()
        self.q, self.k = nn.Linear(6, 6), nn.Linear(6, 6)
        self.act = nn.ReLU(inplace=True)
        self.unused = nn.Parameter(torch.ones(2))
        self.register_buffer("running", torch.zeros(3))

    def forward(self, x, mask=None, *, factor=1.0):
        q, k = self.act(self.q(x)), F.relu(self.k(x))
        scores = q @ k.transpose(-1, -2) * self.scale
        if mask is not None:
            scores = scores.masked_fill(mask, float("-inf"))
        p = F.softmax(scores, dim=-1, dtype=torch.float64).to(x.dtype)
        p = F.dropout(p, 0.5, self.training)
        return (p @ x).view(x.size(0), -1) * factor

    def described(self):
        return "a method of the class"


def test_a_traced_module_stays_what_it_was():
    model = nn.Sequential(Attention(), Attention())
    new, report = replace(model, {"relu": "relu", "softmax": "softmax"})
    assert len(report.changes) == 6
    assert report.skipped == ()
    mask = torch.eye(4, dtype=torch.bool)
    for again in (new, copy.deepcopy(new), pickle.loads(pickle.dumps(new))):
        for a, b in zip(model, again, strict=True):
            assert isinstance(b, Attention)
            assert type(b).__name__ == "Attention"
            assert b.described() == a.described()
            assert list(b.state_dict()) == list(a.state_dict())
            for training in (True, False):
                a.train(training), b.train(training)
                for given in ({}, {"mask": None}, {"mask": mask}, {"factor": 3.0}):
                    torch.manual_seed(0)
                    expected = a(X, **given)
                    torch.manual_seed(0)
                    torch.testing.assert_close(b(X, **given), expected)
            torch.testing.assert_close(b.eval()(X, mask), a.eval()(X, mask))
            with pytest.raises(TypeError, match="unexpected keyword argument 'masc'"):
                b(X, masc=mask)
    again, report = replace(new, {"relu": "tanh"})  # what was replaced can be replaced
    assert [c.path for c in report.changes] == ["0.act", "0.relu", "1.act", "1.relu"]
    assert isinstance(again[0], Attention)
    torch.testing.assert_close(again[0].eval()(X), _with_tanh(model[0].eval(), X))
    assert "Attention" in repr(new)


def test_a_graph_module_stays_one():
    model = torch.fx.symbolic_trace(nn.Sequential(nn.Linear(6, 6), nn.ReLU(), Calls(torch.sigmoid)))
    new, report = replace(model, {"relu": "silu", "sigmoid": "tanh"})
    assert [c.written for c in report.changes] == ["ReLU()", "torch.sigmoid"]
    assert isinstance(new, torch.fx.GraphModule)
    expected = torch.tanh(model.get_submodule("2.linear")(slopes.silu(model.get_submodule("0")(X))))
    for again in (new, copy.deepcopy(new), pickle.loads(pickle.dumps(new))):
        torch.testing.assert_close(again(X), expected)


def _with_tanh(module, x):
    q, k = torch.tanh(module.q(x)), torch.tanh(module.k(x))
    return torch.softmax(q @ k.transpose(-1, -2) * 0.5, -1) @ x


def test_the_model_is_copied_unless_it_is_to_be_changed_in_place():
    model = Calls(torch.relu)
    new, _ = replace(model, {"relu": "silu"})
    assert new is not model
    assert new.linear.weight is not model.linear.weight
    torch.testing.assert_close(model(X), torch.relu(model.linear(X)))
    same, _ = replace(model, {"relu": "silu"}, inplace=True)
    assert same is model
    torch.testing.assert_close(model(X), slopes.silu(model.linear(X)))
    torch.testing.assert_close(new(X), model(X))
    alone, report = replace(nn.ReLU(), {"relu": "silu"}, inplace=True)
    assert isinstance(alone, Activation)
    assert report.changes[0].path == ""


def test_hooks_modes_dtypes_and_shared_modules_are_kept():
    act = nn.ReLU()
    model = nn.Sequential(nn.Linear(6, 6), act, nn.Linear(6, 6), act).to(torch.bfloat16)
    model.train()
    act.eval()
    seen = []
    handle = act.register_forward_hook(lambda module, *_: seen.append(type(module).__name__))
    new, report = replace(model, {"relu": "prelu"}, inplace=True)
    assert new[1] is new[3]
    assert [c.path for c in report.changes] == ["1", "3"]
    assert new.training
    assert not new[1].training
    assert new[1].slope.dtype is torch.bfloat16
    new(X.to(torch.bfloat16))
    assert seen == ["Activation", "Activation"]
    handle.remove()
    new(X.to(torch.bfloat16))
    assert len(seen) == 2


def test_trained_slopes_are_kept_where_the_function_stays():
    for count in (1, 6):
        model = nn.Sequential(nn.Linear(6, 6), nn.PReLU(count, init=0.1)).double()
        with torch.no_grad():
            model[1].weight += torch.arange(count) / 10
        new, _ = replace(model, {"prelu": "prelu"})
        assert new[1].slope.dtype is torch.float64
        assert_same(model, new, X.double())
        again, _ = replace(new, {"parametric_relu": "prelu"})
        assert_same(model, again, X.double())
    other, _ = replace(model, {"prelu": "relu"})
    torch.testing.assert_close(other(X.double()), torch.relu(model[0](X.double())))


def test_a_configured_function_as_key_stands_for_its_parameters_only():
    model = nn.Sequential(nn.LeakyReLU(0.2), nn.LeakyReLU())
    mapping = {
        slopes.LeakyReLU(negative_slope=0.2): slopes.SiLU(beta=2.0),
        "leaky_relu": "relu",
        "gelu": "silu",
    }
    new, report = replace(model, mapping)
    assert [m.function for m in new] == [slopes.SiLU(beta=2.0), slopes.relu]
    assert report.unused == ("gelu",)
    model = nn.Sequential(nn.Hardshrink(-1.0), nn.ReLU())  # which ours does not allow
    assert len(replace(model, {"relu": "silu", "hardshrink": "hardshrink"})[1].skipped) == 1
    assert len(replace(model, {"hardshrink": "silu"})[1].changes) == 1
    assert "not found: gelu" in str(report)


class Steps(nn.Module):
    """In place, without use of the result."""

    def forward(self, x):
        y = x + 1
        F.relu(y, inplace=True)
        y.tanh_()
        return y


class Ending(nn.Module):
    """Changes a view of another tensor."""

    def forward(self, x):
        y = x + 1
        y[:, 0].relu_()
        return y.sigmoid()


def test_what_works_in_place_stands_for_its_input_in_what_follows():
    new, report = replace(Steps(), {"relu": "relu", "tanh": "tanh"})
    assert_same(Steps(), new)
    assert [c.note for c in report.changes] == ["was in place", "was in place"]
    new, report = replace(Ending(), {"relu": "silu", "sigmoid": "sigmoid"})
    assert_same(Ending(), new)
    assert report.skipped[0].reason == "x.relu_() changes a view in place"


class Deciding(nn.Module):
    def __init__(self):
        super().__init__()
        self.act = F.gelu

    def forward(self, x):
        return self.act(x) if x.sum() > 0 else torch.relu(x)


class Remembering(nn.Module):
    def forward(self, x):
        self.last = x
        return torch.relu(x)


class Constant(nn.Module):
    def forward(self, x):
        return torch.relu(x + torch.ones(6))


class Many(nn.Module):
    def forward(self, *xs):
        return torch.relu(xs[0])


class Calculating(nn.Module):
    def __init__(self):
        super().__init__()
        self.slope = nn.Parameter(torch.tensor([0.5]))

    def forward(self, x):
        x = F.prelu(x, self.slope)
        return F.softmax(F.scaled_dot_product_attention(x, x, x), _stacklevel=3)


def test_what_cannot_be_looked_into_is_left_and_said():
    parts = {
        "deciding": (
            Deciding(),
            "cannot be traced: TraceError: symbolically traced variables cannot be used",
        ),
        "remembering": (Remembering(), "cannot be traced: its forward changes last"),
        "constant": (
            Constant(),
            "cannot be traced: its forward makes tensors that do not depend on its input",
        ),
        "many": (Many(), r"cannot be traced: its forward takes *xs"),
        "rnn": (nn.RNN(6, 6), "nn.RNN computes tanh within one operation"),
        "lstm": (nn.LSTM(6, 6), "nn.LSTM computes tanh within one operation"),
        "attention": (
            nn.MultiheadAttention(6, 2),
            "nn.MultiheadAttention computes softmax within one operation",
        ),
        "calculating": (Calculating(), "scaled_dot_product_attention computes softmax within one operation"),
    }
    model = nn.ModuleDict({"relu": nn.ReLU(), **{name: part for name, (part, _) in parts.items()}})
    new, report = replace(model, {"relu": "silu", "tanh": "silu", "softmax": "sparsemax", "prelu": "prelu"})
    reasons = {s.path: s.reason for s in report.skipped if s.path != "calculating"}
    for name, (_, reason) in parts.items():
        if name != "calculating":
            assert reasons[name].startswith(reason), name
    more = {s.reason for s in report.skipped if s.path.startswith("calculating")}
    assert more == {
        "scaled_dot_product_attention computes softmax within one operation",
        "F.softmax does not say its dim",
        "torch.prelu: its slope is no number that prelu takes",
    }
    assert [c.path for c in report.changes] == ["relu"]
    for name in ("deciding", "constant"):
        assert_same(model[name], new[name])
    assert "last" not in vars(new["remembering"])
    assert f"left: many: {parts['many'][1]}" in str(report)


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is")
def test_torchscript_is_left():
    model = nn.Sequential(torch.jit.script(nn.ReLU()), nn.ReLU())
    _, report = replace(model, {"relu": "silu"})
    assert [(s.path, s.reason) for s in report.skipped] == [("0", "TorchScript keeps its own code")]


class Own(nn.TransformerEncoderLayer):
    """A class of its own, whose forward is torch's."""


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
def test_transformers_of_torch_compute_the_new_function_in_evaluation_too():
    for activation, cls in (("relu", Own), ("gelu", nn.TransformerEncoderLayer), (nn.ReLU(), Own)):
        torch.manual_seed(0)
        layer = cls(6, 2, 12, activation=activation, batch_first=True)
        model = nn.TransformerEncoder(layer, 2).eval()
        x, mask = torch.randn(3, 4, 6), torch.tensor([[False] * 4, [False] * 4, [False, False, True, True]])
        new, report = replace(model, {"relu": "silu", "gelu": "silu"})
        assert [c.path for c in report.changes] == ["layers.0.activation", "layers.1.activation"]
        expected = copy.deepcopy(model)
        for each in expected.layers:
            del each.activation
            each.activation, each.activation_relu_or_gelu = F.silu, 0
        expected.use_nested_tensor = False
        with torch.no_grad():
            for given in ({}, {"src_key_padding_mask": mask}):
                torch.testing.assert_close(new(x, **given), expected(x, **given))
        assert (new(x) - model(x)).abs().max() > 1e-3


def test_the_report_is_a_table_with_gains():
    model = nn.Sequential(nn.Linear(6, 6), nn.ReLU(inplace=True), Calls(torch.relu), nn.Softmax(1))
    _, report = replace(model, {"relu": "silu", "softmax": "sparsemax"})
    assert str(report).splitlines() == [
        "path    before              after           gain",
        "1       ReLU(inplace=True)  SiLU(beta=1.0)  1.414 -> 1.677  was in place",
        "2.silu  torch.relu          SiLU(beta=1.0)  1.414 -> 1.677",
        "3       Softmax(dim=1)      Sparsemax()",
    ]
    assert report.changes[0].gain == slopes.silu.gain
    assert report.changes[2].gain is None


BAD = [
    (nn.ReLU(), {"relo": "silu"}, slopes.UnknownName, "no function is called 'relo'; did you mean relu"),
    (nn.ReLU(), {"relu": "huber"}, ValueError, "replace exchanges activations; huber is a loss"),
    (
        nn.ReLU(),
        {"relu": "softmax"},
        ValueError,
        "relu cannot become softmax: relu on elements, and softmax acts",
    ),
    (
        nn.ReLU(),
        {"softmax": "maxout"},
        ValueError,
        "softmax acts on rows, of which it leaves 1, and maxout acts on ro",
    ),
    (nn.ReLU(), {}, ValueError, "replace needs a mapping"),
    (nn.ReLU, {"relu": "silu"}, TypeError, "replace takes a torch.nn.Module, got type"),
    (
        nn.Sequential(nn.GELU(), Deciding(), nn.GELU()),
        {"relu": "silu"},
        ValueError,
        r"the model has no relu; its activations are: gelu \(2\); 1: cannot be traced: TraceError",
    ),
]


@pytest.mark.parametrize(("model", "mapping", "error", "message"), BAD)
def test_bad_input_gets_one_clear_error(model, mapping, error, message):
    with pytest.raises(error, match=message):
        replace(model, mapping)
