"""What is found between a network's input and its loss, and what the watching leaves alone."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch.optim import optimizer as optimizers

import slopes.torch
from slopes import doctor
from slopes.doctor.checks import network_checks, rules
from slopes.doctor.network import Layer
from slopes.doctor.scene import Place
from slopes.doctor.watching_slopes import WATCHED
from tests.doctor import slopes_pairs
from tests.doctor.chinese import same_in_chinese
from tests.doctor.network_pairs import HEAD, HEALTHY, PAIRS
from tests.doctor.test_pairs import said_of


@pytest.fixture(autouse=True)
def one_thread():
    """These networks are too small for more, which on a busy machine wait for each other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def grave(found):
    return {f.name: f.evidence for f in found if f.severity != "information"}


HEADED = [
    *(pytest.param(HEAD, *pair) for pair in PAIRS),
    *(pytest.param(HEAD + slopes_pairs.NETWORK_HEAD, *pair) for pair in slopes_pairs.NETWORKS),
]


@pytest.mark.parametrize(("head", "name", "faulty", "cured"), HEADED)
def test_the_fault_is_found_and_the_cure_is_silent(head, name, faulty, cured):
    found = said_of(faulty, head)
    assert name in grave(found), found
    assert all(f.place.file == "program.py" and f.evidence and f.cure and f.text for f in found)
    same_in_chinese(found)
    assert not grave(said_of(cured, head))


@pytest.mark.parametrize("body", HEALTHY)
def test_nothing_is_said_of_the_healthy(body):
    assert not grave(said_of(body, HEAD))


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("p = F.softmax(200 * net(x), 1)\nq = p.log()\nF.nll_loss(q, y)", 2, "log of an underflowed softmax"),
        ("F.nll_loss(one(x).expand(-1, 3).log(), y)", 1, "its smallest input is -"),
        ("z = one(x) / (real - real)\n(2 * z).mean().backward()", 1, "256 divisors are 0"),
        ("z = 1 / (0 * one(x))\n(2 * z).mean().backward()", 1, "256 divisors are 0"),
        (
            "z = (one(x) + 100).exp()\n(z / z.sum()).mean().backward()",
            1,
            "exp of float32 overflows above 88.72",
        ),
        ("z = (one(x).half() + 300) * 300\nz.mean().backward()", 1, "float16 ends at 65504"),
        ("z = one(x) ** 0.5\nz.mean().backward()", 1, "its smallest input is -"),
        ("z = one(x)[:0].mean()\nz.backward()", 1, "there is nothing to compute it of"),
        (
            "z = (one(x) * (real > 0)) ** 2\nz = z.sqrt()\nz.mean().backward()",
            2,
            "inputs of sqrt are exactly 0",
        ),
        ("z = torch.cat([one(x), one(x).log().abs()])\n(2 * z).mean().backward()", 1, "results of log"),
        ("one.weight.data[0, 2] = torch.inf\none(x).mean().backward()", 2, "1 of 10 entries of the weights"),
        ("x[0, 0] = torch.nan\nF.mse_loss(\n    one(x), real)", 3, "1 of 2560 entries of the input"),
    ],
)
def test_the_first_nan_is_found_with_its_cause(body, line, words):
    (found,) = [f for f in said_of(body, HEAD) if f.code == "R15"]
    assert words in found.evidence
    assert (found.place.file, found.place.line) == ("program.py", line)


def test_every_check_of_a_network_has_two_pairs():
    names = [name for name, _, _ in PAIRS]
    assert {check.name for check in network_checks if names.count(check.name) < 2} == set()


def test_the_page_has_every_check():
    page = (Path(__file__).parents[2] / "docs" / "doctor.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in row.split(" | ")] for row in page.splitlines() if row.startswith("| R")]
    shown = {tuple(cell.removeprefix("| ") for cell in row[:4]) for row in rows}
    assert all(len(row) == 5 and row[4] != "|" for row in rows)
    assert shown == {(c.code, f"[{c.name}](findings/{c.name}.md)", c.severity, c.text) for c in rules()}


TRAINING = """
def result():
    torch.manual_seed(3)
    net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(inplace=True), nn.Dropout(0.3),
                        nn.Flatten(), nn.Linear(144, 16), nn.Sigmoid(), nn.Linear(16, 3))
    optimizer = torch.optim.Adam(net.parameters(), 0.01)
    for step in range(6):
        images = torch.randn(12, 1, 8, 8)
        with torch.autocast("cpu", torch.bfloat16, enabled=step % 2 == 0):
            loss = F.cross_entropy(net(images), y[:12])
        (loss / 2).backward()
        if step % 2:
            optimizer.step()
            optimizer.zero_grad()
    return [*net.state_dict().values(), torch.get_rng_state()]
"""


@pytest.mark.parametrize("steps", [2, 20])
def test_a_watched_program_computes_the_same_bits(steps):
    names = {}
    exec(HEAD + TRAINING, names)
    alone = names["result"]()
    with doctor.watch(steps=steps):
        watched = names["result"]()
    assert len(alone) == len(watched)
    assert all(torch.equal(a, b) for a, b in zip(alone, watched, strict=True))


def test_what_cannot_be_looked_at_is_left_alone():
    with doctor.watch() as case, torch.no_grad():
        torch.relu(torch.empty(2, 3, device="meta")).log()
        torch.eye(3).to_sparse().sqrt()
        torch.zeros(0, 3).sqrt().relu().max(1)
        torch.nn.functional.linear(torch.zeros(0, 3), torch.zeros(2, 3)).sigmoid()
        torch.cat([torch.zeros(0), torch.ones(2)])
        torch.ones(2, 2, dtype=torch.float8_e4m3fn).to(torch.float64).log()
        torch.func.vmap(torch.nn.functional.mse_loss)(torch.ones(3, 4), torch.ones(3, 4))
        torch.complex(torch.ones(2), torch.ones(2)).exp().log()
    assert case.findings() == []


def test_nothing_stays_behind():
    hooks, calls = dict(optimizers._global_optimizer_post_hooks), [owner.__call__ for owner in WATCHED]
    with pytest.raises(ZeroDivisionError), doctor.watch():
        raise ZeroDivisionError
    assert optimizers._global_optimizer_post_hooks == hooks
    assert [owner.__call__ for owner in WATCHED] == calls
    assert not torch.overrides._get_current_function_mode_stack()


def steps(count, optimizer, net):
    x, y = torch.randn(8, 4), torch.arange(8) % 3
    for _ in range(count):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(x).softmax(1), y).backward()
        optimizer.step()


def test_it_leaves_when_all_is_seen():
    net = torch.nn.Linear(4, 3)
    optimizer = torch.optim.Adam(net.parameters())
    with doctor.watch(steps=3) as case:
        steps(2, optimizer, net)
        assert len(torch.overrides._get_current_function_mode_stack()) == 1
        steps(1, optimizer, net)
        assert not torch.overrides._get_current_function_mode_stack()
        assert not optimizers._global_optimizer_pre_hooks
        steps(2, optimizer, net)
    assert [f.times for f in case.findings()] == [3]
    assert not torch.overrides._get_current_function_mode_stack()


def test_a_mode_of_the_program_stays_where_it_is():
    net = torch.nn.Linear(4, 3)
    optimizer = torch.optim.SGD(net.parameters(), 0.1)
    with doctor.watch(steps=2) as case:
        with torch.device("cpu"):
            steps(4, optimizer, net)
            assert len(torch.overrides._get_current_function_mode_stack()) == 2
        steps(1, optimizer, net)
    assert [f.times for f in case.findings()] == [2]


def test_a_loss_that_is_seen_now_and_then_is_waited_for_but_not_for_ever():
    net = torch.nn.Linear(4, 3)
    optimizer = torch.optim.SGD(net.parameters(), 0.1)
    with doctor.watch(steps=2) as case:
        torch.nn.functional.mse_loss(torch.ones(2), torch.zeros(2))
        steps(7, optimizer, net)
        assert len(torch.overrides._get_current_function_mode_stack()) == 1
        steps(1, optimizer, net)
        assert not torch.overrides._get_current_function_mode_stack()
    assert case.examined == 3


def test_a_loss_inside_the_step_of_an_optimiser_is_seen():
    net = torch.nn.Linear(4, 3)
    optimizer = torch.optim.LBFGS(net.parameters(), max_iter=3)

    def closure():
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(torch.ones(6, 4)).softmax(1), torch.arange(6) % 3)
        loss.backward()
        return loss

    with doctor.watch() as case:
        optimizer.step(closure)
    assert [f.code for f in case.findings()] == ["R2"]


def test_looking_at_a_shape_is_no_use_of_a_layer():
    first, second = torch.nn.Linear(4, 8), torch.nn.Linear(8, 8)
    with doctor.watch() as case:
        hidden = first(torch.ones(2, 4))
        assert (hidden.shape, hidden.size(0), hidden.requires_grad) == ((2, 8), 2, True)
        torch.nn.functional.mse_loss(second(hidden), torch.zeros(2, 8)).backward()
    assert [f.name for f in case.findings()] == ["nothing-between"]


def test_examine_goes_backward_and_leaves_the_gradients_as_they_were():
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Linear(10, 64), torch.nn.ReLU(), torch.nn.Linear(64, 3))
    torch.nn.init.constant_(net[0].bias, -20.0)
    net[0].weight.grad = torch.ones(64, 10)
    x, y = torch.randn(100, 10), torch.arange(100) % 3
    found = doctor.examine(net, torch.nn.CrossEntropyLoss(), (x, y))
    assert [(f.name, f.numbers["never"], f.numbers["weights"], f.severity) for f in found] == [
        ("dead-units", 64, 640, "error")
    ]
    assert torch.equal(net[0].weight.grad, torch.ones(64, 10))
    assert all(w.grad is None for w in (net[0].bias, *net[2].parameters()))
    torch.nn.functional.cross_entropy(net(x), y).backward()
    assert torch.equal(net[0].weight.grad, torch.ones(64, 10))  # 640 weights get no gradient, as it says
    assert not net[0].bias.grad.any()


def test_dead_units_are_told_apart():
    layer = Layer("relu", Place("program.py", 1), 1, 4, weights=7, hidden=True)
    for step in range(6):
        flat = np.ones((20, 2, 4), bool)
        flat[0, 1, 0] = step == 5  # active but for the last batch; the second unit died after two calls
        flat[3, 0, 1] = step >= 2
        layer.see(flat)
    case = doctor.Case()
    case.network.layers[()] = layer
    assert case.findings() == []  # 3 of 4 units: chance may do that
    for _ in range(6):
        layer.see(np.ones((20, 2, 4), bool))
    (found,) = case.findings()
    assert found.severity == "error"
    numbers = {name: found.numbers[name] for name in ("dead", "never", "died", "last_batch", "weights")}
    assert numbers == {"dead": 4, "never": 2, "died": 2, "last_batch": 4, "weights": 28}
    assert found.numbers["bound"] == 3 / 240
    assert "2 died, and were flat over the last 120 examples" in found.evidence


@pytest.mark.parametrize(
    ("sizes", "scale", "ratio"),
    [([100, 100, 56], "1 / 3", 100 / 56), ([200, 56], "len(rows)", 1.0), ([192, 64], "len(rows) ** 2", 3.0)],
)
def test_how_much_more_a_target_counts(sizes, scale, ratio):
    found = said_of(f"accumulate({sizes}, F.cross_entropy, lambda rows: {scale})", HEAD)
    assert [f.numbers["ratio"] for f in found] == pytest.approx([ratio] if ratio > 1 else [], rel=1e-5)


def test_this_librarys_functions_give_the_same_bits_and_compile_while_they_are_watched():
    def compute(activation, loss):
        x = torch.linspace(-3, 3, 12).reshape(4, 3).requires_grad_()
        value = loss(activation(x), torch.tensor([0, 2, 1, 0]))
        value.backward()
        return [float(value.detach()), *x.grad.flatten().tolist()]

    given = slopes.torch.Activation("gelu"), slopes.torch.Loss("cross_entropy")
    alone = compute(*given)
    compiled = torch.compile(given[0], backend="eager", fullgraph=True)
    with doctor.watch() as case:
        assert compute(*given) == alone
        assert compute(compiled, given[1]) == alone
    assert case.examined == 2


@pytest.mark.parametrize(
    ("program", "cured"),
    [
        ("Loss('poly1', epsilon=3.0)(net(x).softmax(1), y)", "Loss('poly1', epsilon=3.0)(net(x), y)"),
        (
            "slopes.cross_entropy(slopes.softmax(net(x)), y, reduction='sum')",
            "F.cross_entropy(net(x), y, reduction='sum')",
        ),
    ],
)
def test_cures_are_tried_at_the_parameters_of_the_call(program, cured):
    head = HEAD + slopes_pairs.NETWORK_HEAD
    (found,) = (f for f in said_of(program, head) if f.name == "second-softmax")
    names = {}
    exec(head, names)
    assert found.numbers["cured_loss"] == pytest.approx(eval(cured, names).item(), rel=1e-5)
    assert found.numbers["loss_now"] == pytest.approx(eval(program, names).item(), rel=1e-5)
