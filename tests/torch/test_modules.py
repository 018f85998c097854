"""`slopes.torch.Activation` and `Loss`: every function as a module, and what torch does with modules."""

import copy
import io
import pickle
import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import nn

import slopes
from slopes.torch import Activation, Loss
from tests.api.examples import arguments, class_weights, tensors


def restored(module):
    """A module after deepcopy, pickle and torch.save."""
    yield copy.deepcopy(module)
    yield pickle.loads(pickle.dumps(module))
    file = io.BytesIO()
    torch.save(module, file)
    file.seek(0)
    yield torch.load(file, weights_only=False)


def near(found, expected, what):
    """Equal but for the rounding of float64: numbers and tensors as parameters may go other ways."""
    torch.testing.assert_close(found, expected, rtol=1e-13, atol=1e-14, msg=lambda text: f"{what}: {text}")


def test_every_activation_is_a_module_with_the_functions_values_and_gradients():
    for name, f in slopes.activations.items():
        (x,) = tensors(arguments(f))
        a, b = x.clone().requires_grad_(), x.clone().requires_grad_()
        module = Activation(name, dtype=x.dtype)
        value = module(a)
        near(value, f(b), name)
        value.sum().backward()
        f(b).sum().backward()
        near(a.grad, b.grad, name)
        assert all(torch.equal(again(a), value) for again in restored(module)), name
        assert eval(repr(module)).function == f, name


def test_every_loss_is_a_module_with_the_functions_values_and_gradients():
    for name, f in slopes.losses.items():
        first, *others = tensors(arguments(f))
        a, b = first.clone().requires_grad_(), first.clone().requires_grad_()
        for reduction in ("mean", "none"):
            module = Loss(name, reduction=reduction)
            value = module(a, *others)
            assert torch.equal(value, f(b, *others, reduction=reduction)), (name, reduction)
            assert torch.equal(eval(repr(module))(a, *others), value), (name, reduction)
        value.sum().backward()
        f(b, *others, reduction="sum").backward()
        torch.testing.assert_close(a.grad, b.grad, msg=name)
        assert all(torch.equal(again(a, *others), value) for again in restored(module)), name


def test_every_learnable_parameter_trains_saves_and_loads():
    learnable = [(f, name) for f in slopes.activations.values() for name in f.learnable]
    assert len(learnable) >= 4
    x = torch.randn(5, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    for f, name in learnable:
        for channels in (None, 3):
            module = Activation(f, learnable=name, channels=channels, dtype=torch.float64)
            parameter = getattr(module, name)
            assert dict(module.named_parameters()).keys() == {name}
            assert torch.equal(parameter, torch.full_like(parameter, f.parameters[name]))
            module(x).sum().backward()
            slope = f.parameter_derivative(x, name)
            expected = slope.sum() if channels is None else slope.sum(0)
            torch.testing.assert_close(parameter.grad, expected, msg=f"{f.name} {name} {channels}")
            with torch.no_grad():
                parameter += 0.125
            other = Activation(f, learnable=name, channels=channels, dtype=torch.float64)
            other.load_state_dict(module.state_dict())
            for again in (other, *restored(module)):
                assert torch.equal(again(x), module(x))
            module.reset_parameters()
            near(module(x), f(x), f.name)


def test_what_is_trained_by_default_is_what_the_definition_trains():
    for f in slopes.activations.values():
        names = set(f.learnable) if getattr(f, "trains", False) else set()
        assert set(dict(Activation(f).named_parameters())) == names
        assert not list(Activation(f, learnable=False).parameters())
    both = Activation("starrelu", learnable=True)
    assert set(both.state_dict()) == {"scale", "bias"}
    assert both.learned == Activation("starrelu", learnable=("bias", "scale")).learned


def test_channels_are_where_torch_has_them():
    x = torch.randn(2, 3, 4, 4)
    ours, theirs = Activation("prelu", channels=3), nn.PReLU(3)
    with torch.no_grad():
        for values in (ours.slope, theirs.weight):
            values.copy_(torch.tensor([0.1, -0.2, 0.3]))
    assert torch.equal(ours(x), theirs(x))
    last = Activation("prelu", channels=4, axis=-1)
    assert torch.equal(last(x), slopes.prelu(x, slope=last.slope))
    ours(x).sum().backward()
    theirs(x).sum().backward()
    torch.testing.assert_close(ours.slope.grad, theirs.weight.grad)
    with pytest.raises(
        ValueError, match=r"prelu: the input has shape \(2, 4\); it must have 3 channels on axis 1"
    ):
        ours(torch.ones(2, 4))
    with pytest.raises(ValueError, match=r"the input has shape \(3,\)"):
        ours(torch.ones(3))


def test_a_row_function_keeps_its_axis_and_takes_a_mask():
    x = torch.randn(2, 3, 4)
    mask = torch.tensor([True, False, True])[None, :, None]
    module = Activation("softmax", axis=1)
    torch.testing.assert_close(module(x), torch.softmax(x, 1))
    assert torch.equal(module(x, where=mask), slopes.softmax(x, axis=1, where=mask))
    with pytest.raises(TypeError, match="silu acts on each element: where is for row functions"):
        Activation("silu")(x, where=mask)


def test_options_of_a_loss_move_and_are_saved_with_it():
    f = slopes.cross_entropy
    x, t = tensors(arguments(f))
    weights = class_weights(f, x)["class_weight"]
    module = Loss("cross_entropy", class_weight=weights.tolist(), ignore_index=0, label_smoothing=0.1)
    options = {"class_weight": torch.tensor(weights), "ignore_index": 0, "label_smoothing": 0.1}
    assert torch.equal(module(x, t), f(x, t, **options))
    row = torch.arange(4.0)
    assert torch.equal(module(x, t, weight=row), f(x, t, weight=row, **options))
    assert list(module.state_dict()) == ["class_weight"]
    assert module.double().class_weight.dtype is torch.float64
    again = eval(repr(module))
    assert torch.equal(again(x, t), module(x, t))
    swapped = Loss("cross_entropy", axis=1)
    images = torch.randn(2, 3, 5)
    target = torch.randint(0, 3, (2, 5), generator=torch.Generator().manual_seed(0))
    assert torch.equal(swapped(images, target), f(images, target, axis=1))
    named = Loss("triplet_margin")
    a, p, n = torch.randn(3, 4, 5)
    assert torch.equal(named(anchor=a, positive=p, negative=n), named(a, p, n))


def test_a_module_in_half_precision_trains_under_autocast():
    net = nn.Sequential(
        nn.Linear(3, 4), Activation("prelu", channels=4), nn.Linear(4, 1), Activation("swish")
    )
    with torch.autocast("cpu", dtype=torch.bfloat16):
        value = net(torch.ones(2, 3))
    value.float().sum().backward()
    assert value.dtype is torch.bfloat16
    assert net[1].slope.grad.dtype is torch.float32


@pytest.mark.parametrize(
    "make", [lambda: Activation("silu", learnable=True), lambda: Loss("huber", delta=2.0)]
)
@pytest.mark.filterwarnings(
    "ignore::UserWarning", "ignore::DeprecationWarning"
)  # dynamo's, where a graph breaks
def test_compiled_modules_give_the_same(make):
    torch._dynamo.reset()
    module = make()
    x = torch.randn(3, 4)
    arrays = (x,) if isinstance(module, Activation) else (x, torch.zeros(3, 4))
    torch.testing.assert_close(torch.compile(module, backend="aot_eager")(*arrays), module(*arrays))


BAD = [
    (lambda: Activation("silo"), slopes.UnknownName, "no function is called 'silo'; did you mean silu"),
    (
        lambda: Activation("huber"),
        ValueError,
        r"huber is a loss, not an activation: use slopes.torch.Loss\('huber'\)",
    ),
    (
        lambda: Loss("gelu"),
        ValueError,
        r"gelu is an activation, not a loss: use slopes.torch.Activation\('gelu'\)",
    ),
    (lambda: Activation("silu", betta=2.0), TypeError, "silu has no parameter 'betta'.*did you mean beta"),
    (
        lambda: Activation("relu", out=1),
        TypeError,
        "relu has no parameter 'out'; it has none, the module takes learn",
    ),
    (lambda: Activation("relu", learnable=True), ValueError, "relu has no parameter that can be learned"),
    (lambda: Activation("elu", learnable="alpha"), ValueError, "'alpha' cannot be learned; learnable: none"),
    (lambda: Activation("silu", channels=3), ValueError, "channels=3, but no parameter is trained"),
    (lambda: Activation("prelu", channels=0), ValueError, "channels must be at least 1, got 0"),
    (lambda: Activation("silu", axis=1), ValueError, "silu acts on each element: axis is for row functions"),
    (
        lambda: Activation("snake", alpha=-1.0),
        ValueError,
        "snake: alpha must be a finite number above 0, got -1",
    ),
    (lambda: Activation("prelu", slope=torch.ones(3)), TypeError, "takes slope as a number.*got Tensor"),
    (lambda: Activation(slopes.PReLU(slope=np.ones(3))), TypeError, "takes slope as a number.*got ndarray"),
    (lambda: Activation(nn.ReLU()), TypeError, "the name of a function must be a string, got ReLU"),
    (lambda: Loss("huber", delta=-1.0), ValueError, "huber: delta must be a finite number above 0, got -1"),
    (lambda: Loss("huber", delt=1.0), TypeError, "huber has no parameter 'delt'.*did you mean delta"),
    (lambda: Loss("huber", reduction="avg"), ValueError, "reduction must be one of 'mean', 'sum', 'none'"),
    (
        lambda: Loss("huber", ignore_index=0),
        TypeError,
        "huber takes no ignore_index; its options are weight, where",
    ),
    (
        lambda: Loss("mse")(torch.ones(3), torch.ones(3, 1)),
        ValueError,
        r"shape \(3,\) and target has shape \(3, 1\)",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_bad_input_gets_one_clear_error(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_the_modules_come_on_demand_and_say_what_they_need():
    program = """
import sys, slopes
assert "torch" not in sys.modules and "slopes.torch" not in sys.modules
print(slopes.torch.Activation("relu"))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "Activation('relu')"
    missing = "import sys; sys.modules['torch'] = None; import slopes; slopes.torch"
    done = subprocess.run([sys.executable, "-c", missing], capture_output=True, text=True, check=False)
    assert done.stderr.strip().endswith(
        'ImportError: slopes.torch needs PyTorch: pip install "slopes[torch]"'
    )
