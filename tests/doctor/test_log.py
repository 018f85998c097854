"""What a log of losses says by itself."""

from math import e, log, log1p

import numpy as np
import pytest
from typer.testing import CliRunner

from slopes.cli.main import app
from slopes.doctor.checks.plateaus import stuck_at
from slopes.doctor.log import read_losses, read_shares

RNG = np.random.default_rng(0)


def around(value, n=40):
    return value + 0.002 * value * RNG.standard_normal(n)


@pytest.mark.parametrize(
    ("value", "classes", "shares", "means"),
    [
        (log(10), 10, (), "predicting all 10 classes alike"),
        (log1p(9 / e), 10, (), "softmax before cross-entropy"),
        (log1p(2 / e**2), 3, (), "tanh logits"),
        (0.3251, 2, (0.9, 0.1), "entropy of the class shares"),
        (0.1 * log1p(1 / e) + 0.9 * log(2), 2, (0.9, 0.1), "sigmoid before a loss of logits"),
        (0.3 * -log(1e-7), 2, (0.7, 0.3), "Keras clips at 1e-7"),
        (30.0, 2, (0.7, 0.3), "PyTorch clips logarithms"),
    ],
)
def test_a_stuck_run_is_known_by_its_value(value, classes, shares, means):
    assert means in stuck_at([5.0, 4.0, *around(value)], classes, shares).means


@pytest.mark.parametrize(
    "losses", [np.geomspace(2.3, 0.1, 40), around(1.9), around(log(10), 6), [log(10)] * 30 + [np.nan]]
)
def test_a_run_that_learns_or_stays_elsewhere_is_not(losses):
    assert stuck_at(list(losses), 10) is None


def test_the_command(tmp_path):
    log_file = tmp_path / "log.csv"
    log_file.write_text(
        "epoch,train_loss,val_loss\n" + "".join(f"{i},{v},1\n" for i, v in enumerate(around(log(4))))
    )
    result = CliRunner().invoke(app, ["doctor", "--losses", str(log_file), "--classes", "4"])
    assert result.exit_code == 1
    assert "R13 stuck-loss" in result.output
    assert CliRunner().invoke(app, ["doctor", "--losses", str(log_file), "--classes", "3"]).exit_code == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "one must be called 'loss'"),
        ("loss\n1\nx\n", "line 3: there is no loss in column 1"),
    ],
)
def test_mistakes_in_a_log(tmp_path, text, words):
    file = tmp_path / "log.csv"
    file.write_text(text)
    with pytest.raises(ValueError, match=words):
        read_losses(file)


@pytest.mark.parametrize("text", ["0.5", "0.5,x", "0.9,0.9", "-1,2"])
def test_mistakes_in_shares(text):
    with pytest.raises(ValueError, match="shares must be 2 numbers that add up to 1"):
        read_shares(text, 2)


def test_one_column_without_a_name(tmp_path):
    file = tmp_path / "log.csv"
    file.write_text("1.5\n2\n")
    assert read_losses(file) == [1.5, 2.0]
