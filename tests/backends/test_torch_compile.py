"""torch.compile and torch.export: one function of each kind, whole graphs, values and gradients."""

import pytest
import torch
from torch import nn

import slopes

pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")

X = torch.linspace(-4, 4, 40).reshape(8, 5)
Y = torch.arange(8) % 5
T = torch.linspace(0, 1, 40).reshape(8, 5)
CASES = {
    "curve": (lambda x: slopes.silu(x), (X,)),
    "learned": (lambda x, s: slopes.prelu(x, slope=s), (X, torch.tensor(0.3))),
    "derivative": (lambda x: slopes.gelu.derivative(x), (X,)),
    "pair": (lambda x: sum(slopes.tanh.value_and_derivative(x)), (X,)),
    "rows": (lambda x: slopes.softmax(x, axis=0), (X,)),
    "threshold": (lambda x: slopes.sparsemax(x, where=T > 0.1), (X,)),
    "residual": (lambda x, t: slopes.huber(x, t, delta=2.0), (X, T)),
    "masked": (lambda x, t: slopes.mse(x, t, where=t > 0.5, weight=t), (X, T)),
    "each": (lambda x, t: slopes.binary_cross_entropy_with_logits(x, t, reduction="none"), (X, T)),
    "classes": (lambda x: slopes.cross_entropy(x, Y, ignore_index=2, label_smoothing=0.1), (X,)),
    "gradient": (lambda x: slopes.cross_entropy.gradient(x, Y, class_weight=T[0, :] + 1), (X,)),
    "soft": (lambda x, q: slopes.cross_entropy(x, q.softmax(-1)), (X, T)),
    "arrays": (lambda x, t: slopes.dice(x.sigmoid(), t), (X, T)),
    "found": (lambda x: slopes.get("swish")(x), (X,)),
    "layer": (lambda x, w: slopes.linear_cross_entropy(x, w, Y), (X, T)),
}


@pytest.fixture(autouse=True)
def fresh():
    torch._dynamo.reset()
    yield
    torch._dynamo.reset()


def value_and_gradients(f, args):
    leaves = [a.clone().requires_grad_() for a in args]
    result = f(*leaves)
    return result.detach(), torch.autograd.grad(result.sum(), leaves, allow_unused=True)


def assert_same(f, g, args):
    torch.testing.assert_close(
        value_and_gradients(f, args), value_and_gradients(g, args), rtol=1e-5, atol=1e-6
    )


@pytest.mark.parametrize("case", CASES)
def test_a_call_is_one_graph(case):
    f, args = CASES[case]
    assert_same(torch.compile(f, fullgraph=True, backend="aot_eager"), f, args)


@pytest.mark.parametrize("case", ["curve", "residual", "classes"])
def test_inductor_computes_the_same(case):
    f, args = CASES[case]
    assert_same(torch.compile(f, fullgraph=True), f, args)


def test_shapes_may_change_within_one_graph():
    loss, counter = slopes.Huber(delta=2.0), torch._dynamo.testing.CompileCounterWithBackend("aot_eager")
    f = lambda x, t: loss(slopes.gelu(slopes.softmax(x)), t)  # noqa: E731
    compiled = torch.compile(f, fullgraph=True, dynamic=True, backend=counter)
    made = []
    for rows in (3, 6, 8):
        assert_same(compiled, f, (X[:rows], T[:rows]))
        made.append(counter.frame_count)
    assert made[0] == made[-1]  # the first call may begin twice, to hold a parameter that seemed to vary


class Net(nn.Module):
    """A module that calls functions and owns a learnable parameter of one."""

    def __init__(self):
        super().__init__()
        self.layer, self.slope = nn.Linear(5, 5), nn.Parameter(torch.tensor(0.3))

    def forward(self, x):
        return slopes.log_softmax(slopes.prelu(self.layer(x), slope=self.slope))


def test_modules_train_compiled():
    net = Net()
    compiled = torch.compile(net, fullgraph=True, backend="aot_eager")
    expected = torch.autograd.grad(slopes.nll(net(X), Y), list(net.parameters()))
    found = torch.autograd.grad(slopes.nll(compiled(X), Y), list(net.parameters()))
    torch.testing.assert_close(found, expected)


def test_transforms_are_compiled():
    f = torch.func.vmap(torch.func.grad(lambda x: slopes.silu(x).sum()))
    torch.testing.assert_close(torch.compile(f, fullgraph=True, backend="aot_eager")(X), f(X))


def test_compiled_autocast_gives_float32_losses():
    def f(x, t):
        with torch.autocast("cpu", torch.bfloat16):
            return slopes.mse(x, t)

    low = X.bfloat16()
    compiled = torch.compile(f, fullgraph=True, backend="aot_eager")
    assert compiled(low, low + 1).dtype is torch.float32
    assert_same(compiled, f, (low, low + 1))


@pytest.mark.parametrize("strict", [True, False])
def test_exported_programs_hold_plain_operations(strict):
    net = Net()
    rows = torch.export.Dim("rows", min=2)
    program = torch.export.export(net, (X,), dynamic_shapes={"x": {0: rows}}, strict=strict)
    targets = {str(node.target) for node in program.graph.nodes if node.op == "call_function"}
    assert not [t for t in targets if "slopes" in t]
    torch.testing.assert_close(program.module()(X[:6]), net(X[:6]))


@pytest.mark.skipif(not slopes.kernels(), reason="the compiled kernels are not in use")
class TestOperator:
    """The kernels along rows inside graphs."""

    def operator(self):
        from slopes.backends import torch_operators  # noqa: F401

        return torch.ops.slopes.rows.default

    @pytest.mark.parametrize("method", ["value", "gradient"])
    def test_it_is_what_its_schema_and_its_fake_say(self, method):
        args = ([X, Y[:, None]], T[0] + 1, "cross_entropy", method, [0.1, 0.0, 0.0], False, False, True)
        torch.library.opcheck(self.operator(), args, test_utils=("test_schema", "test_faketensor"))

    def test_graphs_hold_it_and_name_classes_out_of_range(self):
        held = []

        def backend(graph, inputs):
            return torch._dynamo.backends.common.aot_autograd(fw_compiler=keep)(graph, inputs)

        def keep(graph, _):
            held.extend(str(node.target) for node in graph.graph.nodes)
            return graph.forward

        compiled = torch.compile(slopes.cross_entropy, fullgraph=True, backend=backend)
        torch.testing.assert_close(compiled(X, Y), slopes.cross_entropy(X, Y))
        assert "slopes.rows.default" in held
        with pytest.raises(ValueError, match="between 0 and 4, got 5"):
            compiled(X, Y + 3)
        empty = compiled(X[:0], Y[:0], reduction="none")
        assert empty.shape == (0,)
