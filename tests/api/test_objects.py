"""Functions as objects: registers, names, equality, pickles, signatures and docstrings."""

import copy
import inspect
import pickle

import numpy as np
import pytest

import slopes
from tests.api.examples import FUNCTIONS, LOSSES, arguments, each


@each()
def test_a_configured_function_survives_pickling_and_copying(f):
    for twin in (pickle.loads(pickle.dumps(f)), copy.deepcopy(f), copy.copy(f)):
        assert twin == f
        assert hash(twin) == hash(f)
        assert twin.parameters == f.parameters
        assert type(twin) is type(f)
        np.testing.assert_array_equal(twin(*arguments(f)), f(*arguments(f)))


@each()
def test_repr_rebuilds_the_function(f):
    assert eval(repr(f), vars(slopes) | {c.__name__: c for c in map(type, FUNCTIONS)}) == f
    assert all(f"{name}=" in repr(f) for name in f.parameters)


def test_equality_is_of_function_and_parameters():
    assert slopes.Huber(delta=2.0) == slopes.Huber(delta=2.0) != slopes.Huber(delta=3.0)
    assert slopes.Huber() == slopes.huber
    assert slopes.Huber() != slopes.MSE()
    assert slopes.huber != "huber"
    assert len({slopes.Huber(), slopes.huber, slopes.Huber(delta=2.0)}) == 2


def test_a_function_with_an_array_as_parameter_equals_itself_only_and_pickles():
    slope = np.array([0.1, 0.2])
    a, other = slopes.PReLU(slope=slope), slopes.PReLU(slope=slope + 1)
    assert a == slopes.PReLU(slope=slope)
    assert hash(a) == hash(slopes.PReLU(slope=slope))
    assert a != other
    assert a != slopes.prelu
    for twin in (pickle.loads(pickle.dumps(a)), copy.deepcopy(a)):
        np.testing.assert_array_equal(twin.parameters["slope"], slope)
        assert twin.parameters["slope"] is not slope


def test_a_configured_function_cannot_be_changed():
    with pytest.raises(AttributeError):
        slopes.huber.definition.delta = 2.0
    parameters = slopes.huber.parameters
    parameters["delta"] = 5.0
    assert slopes.huber.parameters == {"delta": 1.0}


@each()
def test_parameters_of_a_call_override_those_of_the_object(f):
    args = arguments(f)
    np.testing.assert_array_equal(slopes.get(f.name)(*args, **f.parameters), f(*args))
    default = slopes.get(f.name)
    np.testing.assert_array_equal(f(*args, **default.parameters), default(*args))


@each(defaults_only=True)
def test_names_and_aliases_find_the_function(f):
    register = slopes.losses if f.kind.endswith("loss") else slopes.activations
    for name in (f.name, *f.aliases):
        assert slopes.get(name) is f
        assert register[name] is f
        assert name in register
        assert slopes.get(f" {name.upper().replace('_', '-')} ") is f
    assert getattr(slopes, f.name) is f
    assert isinstance(f, getattr(slopes, type(f).__name__))
    assert slopes.get(f.name, **f.parameters) == f


def test_registers_list_names_without_aliases():
    names = [*slopes.activations, *slopes.losses]
    assert len(names) == len(set(names)) == len(FUNCTIONS)
    assert list(slopes.activations) == sorted(slopes.activations)
    assert "swish" in slopes.activations
    assert "swish" not in list(slopes.activations)
    assert "huber" not in slopes.activations
    assert "silu" not in slopes.losses
    assert f"{len(slopes.losses)} functions" in repr(slopes.losses)
    assert {*names, "get", "activations", "Huber", "SiLU"} <= set(dir(slopes))


def test_the_parameters_are_named_as_the_design_says():
    defaults = {
        "leaky_relu": {"negative_slope": 0.01},
        "prelu": {"slope": 0.25},
        "silu": {"beta": 1.0},
        "softplus": {"beta": 1.0},
        "maxout": {"pieces": 2},
        "huber": {"delta": 1.0},
        "quantile": {"level": 0.5},
        "cross_entropy": {"label_smoothing": 0.0, "z_loss": 0.0, "logit_softcap": 0.0},
    }
    assert {f.name: f.parameters for f in FUNCTIONS if f.parameters and f.name in defaults} == defaults


@each()
def test_signature_of_an_object_shows_its_parameters(f):
    signature = inspect.signature(f)
    free = [p.name for p in signature.parameters.values() if p.default is p.empty]
    if f.kind == "array_loss":
        assert free == list(f.definition.arrays)
    else:
        assert free == (["prediction", "target"] if f.kind in LOSSES else ["x"])
    assert all(p.kind is p.KEYWORD_ONLY for p in signature.parameters.values() if p.default is not p.empty)
    for name, value in f.parameters.items():
        assert signature.parameters[name].default == value
    # calling with every default that the signature shows changes nothing
    shown = {p.name: p.default for p in signature.parameters.values() if p.default is not p.empty}
    np.testing.assert_array_equal(f(*arguments(f), **shown), f(*arguments(f)))


@each(defaults_only=True)
def test_signature_of_the_class_shows_its_parameters(f):
    signature = inspect.signature(type(f))
    assert list(signature.parameters) == list(f.parameters)
    assert all(signature.parameters[k].default == v for k, v in f.parameters.items())
    assert all(p.kind is p.KEYWORD_ONLY for p in signature.parameters.values())


def sections(text):
    """The sections of a numpydoc text, in order."""
    lines = text.splitlines()
    return [lines[i] for i in range(len(lines) - 1) if lines[i] and lines[i + 1] == "-" * len(lines[i])]


ORDER = ["Parameters", "Returns", "Raises", "Notes", "References", "Examples"]


@each(defaults_only=True)
def test_docstring_has_the_shape_of_numpydoc(f):
    doc = inspect.getdoc(type(f))
    assert inspect.getdoc(f) == doc
    summary = doc.splitlines()[0]
    assert summary.endswith(".")
    assert len(summary) < 120
    assert doc.splitlines()[1] == ""
    assert sections(doc) == ORDER
    described = doc.partition("Returns\n-------")[0]
    for name in inspect.signature(f).parameters:
        assert f"\n{name} : " in described, f"{name} is not described"
    assert f.formula in doc
    assert all(paper.link in doc for paper in f.papers)
    assert ">>> import slopes" in doc
    assert "{" not in doc.replace('{"mean", "sum", "none"}', "")


@each(defaults_only=True)
def test_every_public_method_has_a_docstring(f):
    for name, member in inspect.getmembers(type(f)):
        if not name.startswith("_") and (callable(member) or isinstance(member, property)):
            assert inspect.getdoc(member), name


@each()
def test_metadata_is_complete(f):
    assert f.papers
    assert all(1900 < paper.year < 2100 and paper.link.startswith("https://") for paper in f.papers)
    assert f.formula
    assert f.facts.range[0] < f.facts.range[1]
    assert all(isinstance(v, str) for item in f.elsewhere.items() for v in item)
