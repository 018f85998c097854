"""Errors planted in `slopes.torch`: modules, replacement, export and the sharded loss."""

_MODULES = "tests/torch/test_modules.py::test_"
_REPLACE = "tests/torch/test_replace.py::test_"
_TRACED = f"{_REPLACE}a_traced_module_stays_what_it_was"
_LEFT = f"{_REPLACE}what_cannot_be_looked_into_is_left_and_said"
_SHARDED = "tests/torch/test_sharded.py::test_two_processes_get_the_unsharded_loss"
#: (file of slopes/torch/, old, new, the test that must notice)
_ERRORS = [
    ("modules", "x.ndim - 1 - self.axis % x.ndim", "0", f"{_MODULES}channels_are_where_torch_has_them"),
    ("graphs", "if not optional or", "if True or", _TRACED),
    ("graphs", "part.training = training", "part.training = True", _TRACED),
    ("graphs", "    if changed:", "    if False:", _LEFT),
    (
        "replacement",
        "vars(result).update(hooks)",
        "hooks",
        f"{_REPLACE}hooks_modes_dtypes_and_shared_modules_are_kept",
    ),
    ("replacement", "if rule.keep and use.other:", "if False:", _LEFT),
    (
        "replacement",
        '_or_gelu"] = 0',
        '_or_gelu"] = 1',
        f"{_REPLACE}transformers_of_torch_compute_the_new_function_in_evaluation_too",
    ),
    (
        "replacement",
        "order[user] > order[call]",
        "False",
        f"{_REPLACE}what_works_in_place_stands_for_its_input_in_what_follows",
    ),
    (
        "uses",
        '"replacement": "value"',
        '"replacement": "lower"',
        "tests/torch/test_uses.py::test_every_module_of_torch_is_known_with_its_parameters",
    ),
    (
        "onnx",
        "op.Neg(op.Softplus(op.Neg(x)))",
        "op.Softplus(op.Neg(x))",
        "tests/torch/test_onnx.py::test_activations_are_standard_operators_with_the_runtimes_accuracy",
    ),
    ("sharded", "owner == self.place.rank", "owner >= 0", _SHARDED),
    ("sharded", "share / self.place.classes", "share / self.x.shape[-1]", _SHARDED),
    ("sharded", "(mass - others / (1 + others) * total)", "(total / (1 + others) - top_mass)", _SHARDED),
    ("sharded", "int(counted.max())", "0", _SHARDED),
]
#: the fields of each `Mutant`
TORCH = [(f"src/slopes/torch/{file}.py", old, new, "", test) for file, old, new, test in _ERRORS]
