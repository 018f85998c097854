"""Other ways to the doctor: checks of other packages, a callback for Lightning, a fixture for pytest."""

import subprocess
import sys
from types import ModuleType

import pytest
import torch

from slopes import doctor
from slopes.doctor import checks, plugins

CHECK = """
from slopes.doctor import Check, Evidence
class Halves(Check):
    "Every prediction is a half."
    code, name = "R900", "halves"
    losses = ("mse",)
    def examine(self, call):
        if call.step == 7:
            raise ZeroDivisionError("by their own mistake")
        if (call.prediction == 0.5).all():
            return Evidence(says="all are 0.5", numbers={"half": 0.5}, cure="learn")
"""


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """Two packages as they are installed: one with a check, one that cannot be imported."""
    for name, source in (("halves", CHECK), ("broken", "raise OSError('no licence')")):
        (tmp_path / f"{name}_checks.py").write_text(source)
        info = tmp_path / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[slopes.doctor]\n{name} = {name}_checks\n")
    monkeypatch.syspath_prepend(tmp_path)
    before = [*checks]
    plugins.load.cache_clear()
    yield
    checks[:] = before
    plugins.load.cache_clear()
    sys.modules.pop("halves_checks")


def halves():
    return torch.nn.functional.mse_loss(torch.full((3,), 0.5), torch.zeros(3))


@pytest.mark.usefixtures("packages")
def test_checks_of_other_packages():
    with pytest.warns(
        UserWarning, match=r"'broken' \(broken_checks\) were left out: OSError\('no licence'\)"
    ):
        case = doctor.Case()
    assert case.findings() == []
    with doctor.watch() as case:
        halves()
    (found,) = case.findings()
    assert (found.code, found.text, found.evidence) == ("R900", "Every prediction is a half.", "all are 0.5")
    with doctor.watch() as case:
        for _ in range(7):
            halves()
        with pytest.warns(UserWarning, match="'halves' failed, and is left out: ZeroDivisionError"):
            halves()
        halves()
    assert case.findings()[0].times == 7


class Callback:
    """As Lightning's own, with all that is called here."""


def train(callback, batches):
    """What a trainer calls, in its order."""
    model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Softmax(dim=1))
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    modes = []
    for index in range(batches):
        callback.on_train_batch_start(None, model, None, index)
        modes.append(len(torch.overrides._get_current_function_mode_stack()))
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(torch.ones(6, 4)), torch.arange(6) % 3).backward()
        optimizer.step()
        callback.on_train_batch_end(None, model, None, None, index)
    callback.on_train_end(None, model)
    return modes


@pytest.mark.parametrize("name", ["lightning.pytorch", "pytorch_lightning"])
def test_a_callback_for_lightning(name, monkeypatch, capsys):
    module = ModuleType(name)
    module.Callback = Callback
    monkeypatch.setitem(sys.modules, "lightning", ModuleType("lightning"))
    monkeypatch.setitem(sys.modules, name, module)
    callback = doctor.lightning_callback(steps=3)
    assert isinstance(callback, Callback)
    assert train(callback, 5) == [1, 1, 1, 0, 0]
    (found,) = callback.findings()
    assert (found.code, found.times, found.place.file) == ("R2", 3, __file__)
    assert "## R2 second-softmax (error)" in capsys.readouterr().err
    other = doctor.lightning_callback(steps=3)
    other.on_train_batch_start()
    other.on_exception(None, None, ZeroDivisionError())
    assert not torch.overrides._get_current_function_mode_stack()


def test_lightning_is_missing(monkeypatch):
    for name in ("lightning", "lightning.pytorch", "pytorch_lightning"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ModuleNotFoundError, match="pip install lightning installs it"):
        doctor.lightning_callback()


def test_a_fixture_for_pytest(tmp_path):
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["slopes.doctor.pytest_fixture"]\n')
    (tmp_path / "test_steps.py").write_text(
        "import torch\nfrom torch.nn.functional import cross_entropy\n"
        "scores, y = torch.randn(6, 3), torch.arange(6) % 3\n"
        "def test_right(slopes_doctor):\n    cross_entropy(scores, y)\n"
        "def test_wrong(slopes_doctor):\n    cross_entropy(scores.softmax(1), y)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "2 passed, 1 error" in done.stdout
    assert "R2 second-softmax (error)" in done.stdout
    assert "ERROR at teardown of test_wrong" in done.stdout
