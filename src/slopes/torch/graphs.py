"""A module's forward as torch.fx graphs, and a forward made of graphs.

A graph holds one way through a forward: what Python decides while it is traced is fixed. So a module is
traced once for each way that matters, in training and in evaluation, with and without every optional
argument, and the new forward chooses between them. Each module is traced by itself; the modules within it
stay calls, with their hooks and their own state.
"""

from collections.abc import Iterator, Mapping
from inspect import Parameter, signature
from itertools import product
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from torch import fx, nn

Way = tuple[bool, frozenset[str]]  #: whether the module trains, and which optional arguments are None
MOST_OPTIONAL = 3  #: arguments, with 8 ways through them


class Untraceable(Exception):  # noqa: N818 - it reads as what the module is
    """Why the forward of a module cannot become graphs."""


class _Tracer(fx.Tracer):
    """Leaves every module within the traced one a call."""

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:  # noqa: ARG002
        return True


def trace(module: nn.Module) -> dict[Way, fx.Graph]:
    """Return the graphs of a module's forward, one for each way through it.

    Raises
    ------
    Untraceable
        With the reason in words.
    """
    optional = []
    for parameter in signature(module.forward).parameters.values():
        if parameter.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD):
            raise Untraceable(f"its forward takes {parameter}")
        if parameter.default is None:
            optional.append(parameter.name)
    modes = {part: part.training for part in module.modules()}
    try:
        return {way: graph for mode in (True, False) for way, graph in _in_mode(module, mode, optional)}
    finally:
        for part, mode in modes.items():
            part.training = mode


def _in_mode(module: nn.Module, training: bool, optional: list[str]) -> Iterator[tuple[Way, fx.Graph]]:
    for part in module.modules():
        part.training = training
    given = _graph(module, ())
    if not optional or _operations(given) == _operations(_graph(module, optional)):
        subsets = [frozenset(missing) for missing in _subsets(optional)]
        yield from (((training, missing), given) for missing in subsets)
        return
    if len(optional) > MOST_OPTIONAL:
        raise Untraceable(f"its forward decides by which of {', '.join(optional)} are None")
    for missing in _subsets(optional):
        yield (training, frozenset(missing)), _graph(module, missing)


def _subsets(names: list[str]) -> Iterator[list[str]]:
    for kept in product((False, True), repeat=len(names)):
        yield [name for name, keep in zip(names, kept, strict=True) if keep]


def _operations(graph: fx.Graph) -> list[tuple[str, Any]]:
    """What a graph does, arguments aside and the checks that fx puts in."""
    return [
        (node.op, node.target)
        for node in graph.nodes
        if node.op != "placeholder" and getattr(node.target, "__name__", "") != "_assert_is_none"
    ]


def _state(module: nn.Module) -> dict[str, Any]:
    parts = ("_parameters", "_buffers", "_modules")
    return {**vars(module), **{part: dict(vars(module)[part]) for part in parts}}


def _graph(module: nn.Module, missing: Any) -> fx.Graph:
    before = _state(module)
    try:
        graph = _Tracer().trace(module, dict.fromkeys(missing))
    except Exception as error:  # whatever a forward raises when it is given proxies
        raise Untraceable(f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}") from error
    finally:
        after = _state(module)
        changed = [k for k in after if k not in before or _differs(before[k], after[k])]
        for name in changed:
            _restore(module, name, before)
    if changed:
        constant = all(name.startswith("_tensor_constant") for name in changed)
        raise Untraceable(
            "its forward makes tensors that do not depend on its input"
            if constant
            else f"its forward changes {', '.join(changed)}"
        )
    return graph


def _differs(a: Any, b: Any) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() != b.keys() or any(a[k] is not b[k] for k in a)
    return a is not b


def _restore(module: nn.Module, name: str, before: Mapping[str, Any]) -> None:
    own = vars(module)
    if name not in before:
        del own[name]
    elif name in ("_parameters", "_buffers", "_modules"):
        own[name].clear()
        own[name].update(before[name])
    else:
        own[name] = before[name]


class Source(NamedTuple):
    """A function as text, with the names that it needs; modules are named, so that it can be pickled."""

    text: str
    modules: dict[str, str]
    objects: dict[str, Any]

    def function(self, **more: Any) -> Any:
        """Compile the text."""
        names = {**self.objects, **more}
        for name, module in self.modules.items():
            names[name] = __import__(module, fromlist=["_"])
        exec(compile(self.text, "<slopes.torch.replace>", "exec"), names)
        return names["forward"]


class Forward(NamedTuple):
    """A forward that chooses between graphs; `choose` is called as the module is."""

    choose: Source
    ways: dict[Way, int]
    graphs: tuple[Source, ...]

    @classmethod
    def of(cls, module: nn.Module, graphs: Mapping[Way, fx.Graph]) -> "Forward":
        """Print graphs, which the module has all modules for."""
        sources: list[Source] = []
        ways: dict[Way, int] = {}
        for way, graph in graphs.items():
            source = _source(graph)
            if source.text not in [s.text for s in sources]:
                sources.append(source)
            ways[way] = [s.text for s in sources].index(source.text)
        return cls(_choice(module, ways), ways, tuple(sources))

    def function(self) -> FunctionType:
        """Compile all of it."""
        graphs = {f"_graph{i}": source.function() for i, source in enumerate(self.graphs)}
        chosen: FunctionType = self.choose.function(**graphs)
        return chosen


def _source(graph: fx.Graph) -> Source:
    code = graph.python_code("self")
    modules = {name: value.__name__ for name, value in code.globals.items() if isinstance(value, ModuleType)}
    objects = {name: value for name, value in code.globals.items() if name not in modules}
    return Source(code.src, modules, objects)


def _choice(module: nn.Module, ways: Mapping[Way, int]) -> Source:
    """Print a function with the signature of the module's forward, that calls the graph of its way."""
    header, names, objects, star = ["self"], ["self"], {}, False
    for name, parameter in signature(module.forward).parameters.items():
        if parameter.kind is Parameter.KEYWORD_ONLY and not star:
            header.append("*")
            star = True
        if parameter.default is Parameter.empty:
            header.append(name)
        else:
            objects[f"_default_{name}"] = parameter.default
            header.append(f"{name}=_default_{name}")
        names.append(name)
    lines = [f"def forward({', '.join(header)}):"]
    *others, last = dict.fromkeys(ways.values())
    for graph in others:
        tests = (_test(*way, ways) for way, chosen in ways.items() if chosen == graph)
        lines.append(f"    if {' or '.join(tests)}:\n        return _graph{graph}({', '.join(names)})")
    lines.append(f"    return _graph{last}({', '.join(names)})")
    return Source("\n".join(lines), {}, objects)


def _test(training: bool, missing: frozenset[str], ways: Mapping[Way, int]) -> str:
    """The condition of a way, in Python."""
    optional = sorted(frozenset().union(*(names for _, names in ways)))
    parts = ["self.training" if training else "not self.training"]
    parts += [f"{name} is {'' if name in missing else 'not '}None" for name in optional]
    return f"({' and '.join(parts)})"


def give(module: nn.Module, forward: Forward) -> None:
    """Give a module another forward; it stays an instance of its class, and can be copied and pickled."""
    base = original(module)
    module.__class__ = _class(base, forward)


def original(module: nn.Module) -> type[nn.Module]:
    """The class of a module before it was given a forward."""
    cls: type[nn.Module] = getattr(type(module), "_slopes_base", type(module))
    return cls


def _class(base: type[nn.Module], forward: Forward) -> type[nn.Module]:
    def reduce(self: nn.Module, protocol: Any) -> tuple[Any, ...]:
        made, *state = super(cls, self).__reduce_ex__(protocol)[1:]  # type: ignore[str-unpack]
        return _revived, (base, forward, *made[1:]), *state

    own = {
        "forward": forward.function(),
        "__reduce_ex__": reduce,
        "__module__": base.__module__,
        "__qualname__": base.__qualname__,
        "__doc__": base.__doc__,
        "_slopes_base": base,
    }
    cls: type[nn.Module] = type(base.__name__, (base,), own)
    return cls


def _revived(base: type[nn.Module], forward: Forward, *new: Any) -> nn.Module:
    cls = _class(base, forward)
    return cls.__new__(cls, *new)
