"""The code that the page offers to copy runs, and computes what the page says it does."""

import ast

import jax.numpy as jnp
import numpy as np
import pytest
import torch

import slopes
from tests.explorer.test_page import visit

READ = """() => Object.fromEntries([...document.querySelectorAll(".snippets > div")].map(
  (block) => [block.querySelector("h3").textContent, block.querySelector("code").textContent]))"""
X = np.linspace(-3, 3, 64).reshape(4, 16)
TARGET = np.sin(X)
CLASSES = np.array([3, 0, 15, 7])


def run(code, **names):
    exec(code, names)
    return names


def test_the_code_of_an_activation_runs(page, site):
    visit(page, site, "#one?f=silu&beta=2.5&lang=en")
    code = page.evaluate(READ)
    assert list(code) == ["NumPy", "PyTorch", "JAX", "Keras"]
    found = run(code["NumPy"], x=X)
    for order, name in enumerate(("slope", "bend"), 1):
        np.testing.assert_array_equal(found[name], slopes.silu.derivative(X, order=order, beta=2.5))
    np.testing.assert_array_equal(found["y"], slopes.silu(X, beta=2.5))
    layer = run(code["PyTorch"])["layer"]
    np.testing.assert_allclose(layer(torch.tensor(X)).numpy(), found["y"], rtol=1e-12)
    np.testing.assert_allclose(run(code["JAX"], x=jnp.asarray(X))["y"], found["y"], rtol=1e-5)
    ast.parse(code["Keras"])


@pytest.mark.parametrize("name", ["huber", "cross_entropy"])
def test_the_code_of_a_loss_runs(page, site, name):
    visit(page, site, f"#one?f={name}&lang=en")
    code = page.evaluate(READ)
    assert list(code) == ["NumPy", "PyTorch", "JAX", "Keras", "XGBoost"]
    first = "scores" if name == "cross_entropy" else "prediction"
    target = CLASSES if name == "cross_entropy" else TARGET
    found = run(code["NumPy"], **{first: X}, target=target)
    function = slopes.get(name)
    np.testing.assert_array_equal(found["loss"], function(X, target))
    np.testing.assert_array_equal(found["gradient"], function.gradient(X, target))
    np.testing.assert_array_equal(found["hessian"], function.hessian(X, target))
    tensor = torch.tensor(X, requires_grad=True)
    run(code["PyTorch"], **{first: tensor}, target=torch.tensor(target))
    np.testing.assert_allclose(tensor.grad.numpy(), found["gradient"], rtol=1e-12, atol=1e-18)
    got = run(code["JAX"], **{first: jnp.asarray(X)}, target=jnp.asarray(target))
    np.testing.assert_allclose(got["gradient"], found["gradient"], rtol=1e-4, atol=1e-7)
    y = CLASSES if name == "cross_entropy" else TARGET[:, 0]
    if name == "huber":
        booster = run(code["XGBoost"], x=X, y=y)["booster"]
        assert booster.num_boosted_rounds() == 20
