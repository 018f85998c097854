"""Exchange the activations of a model: modules, and through torch.fx functions and methods."""

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

import torch
from torch import Tensor, fx, nn

from slopes.api.activation import ActivationFunction
from slopes.api.catalogue import get
from slopes.api.function import Function
from slopes.api.row import RowFunction
from slopes.torch import graphs, uses
from slopes.torch.modules import Activation
from slopes.torch.report import Change, Report, Skipped

#: operations whose result is part of their input: changing it in place changes that too
_VIEWS = ("getitem", "view", "reshape", "transpose", "permute", "chunk", "split", "squeeze", "unsqueeze")


def replace(
    model: nn.Module, mapping: Mapping[str | Function, str | Function], *, inplace: bool = False
) -> tuple[nn.Module, Report]:
    """Exchange the activations of a model, and report what was exchanged.

    Modules (`nn.ReLU` and its relatives, `Activation`), functions (`F.relu`, `torch.relu`) and methods
    (`x.relu()`) are found, the latter two by tracing the forward of each module apart with torch.fx. Every
    one becomes an `Activation`, so that parameters which train, as PReLU's slope does, are its own. Weights,
    hooks, device, dtype, classes and training mode stay; weights are not initialised anew, and the report
    says which gain fits the new function.

    What a traced forward takes from Python (numbers among attributes, say) stays as it was when traced;
    training and evaluation mode and arguments that may be None are traced apart. Operations in place become
    ordinary ones, whose result stands for their input in what follows.

    Parameters
    ----------
    model : torch.nn.Module
        Any model. Wrap it (`DistributedDataParallel`, `torch.compile`) afterwards, and make the optimiser
        afterwards: the parameters of a copy are others.
    mapping : dict
        From names, aliases or configured functions to the like. A name as key stands for the function at any
        parameters, a configured function for these only. A name as value keeps the parameters where the
        function stays the same, as in `{"gelu": "gelu"}`, which puts ours in place of PyTorch's.
    inplace : bool, default False
        Change the model itself instead of a copy. A model that is one activation is exchanged all the same,
        so use what is returned.

    Returns
    -------
    model : torch.nn.Module
        The copy, or the model.
    report : Report
        `changes`, `skipped` with reasons, and `unused` keys.

    Raises
    ------
    UnknownName
        With near matches, if no function has a name of the mapping.
    ValueError
        For losses, for a pair of which one acts on rows or has results of another length, and where nothing
        at all was exchanged: then it says what was found instead, and what could not be looked into.

    Examples
    --------
    >>> from torch import nn
    >>> import slopes.torch
    >>> model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    >>> model, report = slopes.torch.replace(model, {"relu": "silu"})
    >>> print(report)
    path  before  after           gain
    1     ReLU()  SiLU(beta=1.0)  1.414 -> 1.677
    >>> model[1]
    Activation('silu', beta=1.0)
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"replace takes a torch.nn.Module, got {type(model).__name__}")
    rules = _Rules.of(mapping)
    walk = _Walk(rules, model if inplace else deepcopy(model))
    walk.model = walk.visited(walk.model, "", None)
    if not walk.changes:
        raise ValueError(walk.nothing())
    found = {id(rule) for rule in walk.used}
    unused = tuple(rule.key for rule in rules.all if id(rule) not in found)
    return walk.model, Report(tuple(walk.changes), tuple(walk.skipped), unused)


class _Rule(NamedTuple):
    key: str  #: as an error shows it
    before: Function
    any_parameters: bool
    after: Function
    keep: bool  #: whether parameters stay, if the function does


class _Rules(NamedTuple):
    all: tuple[_Rule, ...]  #: those with parameters first

    @classmethod
    def of(cls, mapping: Mapping[str | Function, str | Function]) -> "_Rules":
        if not isinstance(mapping, Mapping) or not mapping:
            raise ValueError(f'replace needs a mapping such as {{"relu": "silu"}}, got {mapping!r}')
        rules = [cls._rule(before, after) for before, after in mapping.items()]
        return cls(tuple(sorted(rules, key=lambda rule: rule.any_parameters)))

    @staticmethod
    def _rule(key: str | Function, value: str | Function) -> _Rule:
        before, after = (f if isinstance(f, Function) else get(f) for f in (key, value))
        for f in (before, after):
            if not isinstance(f, ActivationFunction | RowFunction):
                raise ValueError(f"replace exchanges activations; {f.name} is a loss")
        if _length(before) != _length(after):
            raise ValueError(f"{before.name} cannot become {after.name}: {_kind(before)}, and {_kind(after)}")
        by_name = isinstance(key, str)
        keep = isinstance(value, str) and after.name == before.name
        return _Rule(before.name if by_name else repr(before), before, by_name, after, keep)

    def matching(self, f: Function, other: Iterable[str] = ()) -> _Rule | None:
        """The rule for a function; `other` parameters are like no number."""
        for rule in self.all:
            if rule.before.name == f.name and (
                rule.any_parameters or (rule.before == f and not tuple(other))
            ):
                return rule
        return None


def _length(f: Function) -> tuple[bool, float]:
    """Whether a function acts on rows, and the length of a result of a long row."""
    if not isinstance(f, RowFunction):
        return False, 1
    width = f.definition.width() or 24
    return True, f.definition.result_width(width) / width


def _kind(f: Function) -> str:
    by_row, share = _length(f)
    return f"{f.name} acts on rows, of which it leaves {share:.3g}" if by_row else f"{f.name} on elements"


class _Walk:
    """One pass over a model."""

    def __init__(self, rules: _Rules, model: nn.Module) -> None:
        self.rules, self.model = rules, model
        self.changes: list[Change] = []
        self.skipped: list[Skipped] = []
        self.used: list[_Rule] = []
        self.others: Counter[str] = Counter()
        self.seen: dict[int, tuple[nn.Module, nn.Module, list[Change]]] = {}

    def nothing(self) -> str:
        """Why nothing was exchanged."""
        wanted = ", ".join(rule.key for rule in self.rules.all)
        found = ", ".join(f"{name} ({count})" for name, count in sorted(self.others.items())) or "none"
        left = "".join(f"; {s.path or 'the model itself'}: {s.reason}" for s in self.skipped)
        return f"nothing to replace: the model has no {wanted}; its activations are: {found}{left}"

    def visited(self, module: nn.Module, path: str, parent: nn.Module | None) -> nn.Module:
        """Return what stands in place of a module, which is the module itself or an activation."""
        if id(module) in self.seen:
            _, known, changes = self.seen[id(module)]
            self.changes += [Change(path, *_rest(change)) for change in changes]
            return known
        first = len(self.changes)
        use = uses.use_of_module(module)
        if use is None:
            self._inside(module, path)
            result = module
        else:
            result = self._exchanged(use, path, parent, module.training) or module
            if result is not module:
                hooks = {name: value for name, value in vars(module).items() if "hook" in name}
                vars(result).update(hooks)
        alone = self.changes[first:] if result is not module else []
        self.seen[id(module)] = (module, result, alone)
        return result

    def _exchanged(
        self, use: uses.Use, path: str, parent: nn.Module | None, training: bool, note: str = ""
    ) -> Activation | None:
        """Return a new module for a use, if there is a rule for it and nothing in its way."""
        f = use.function
        rule = self.rules.matching(f, use.other)
        if rule is None:
            self.others[f.name] += 1
            return None
        self.used.append(rule)
        if rule.keep and use.other:
            self._skip(path, f"{use.written}: its {', '.join(use.other)} is no number that {f.name} takes")
            return None
        if isinstance(f, RowFunction) and use.axis is None:
            self._skip(path, f"{use.written} does not say its dim")
            return None
        after = f if rule.keep else rule.after
        learned = use.learned if rule.keep else {}
        like = next(iter(use.learned.values()), None)
        like = like if like is not None else self._like(parent)
        channels = next((p.numel() for p in learned.values() if p.numel() > 1), None)
        new = Activation(
            after,
            axis=use.axis if isinstance(f, RowFunction) else None,
            channels=channels,
            learnable=tuple(learned) if learned else None,
            device=None if like is None else like.device,
            dtype=None if like is None else like.dtype,
        ).train(training)
        with torch.no_grad():
            for name, value in learned.items():
                getattr(new, name).copy_(value.reshape(getattr(new, name).shape))
        gain = after.gain if isinstance(after, ActivationFunction) else None
        note = note or ("was in place" if use.inplace else "")
        self.changes.append(Change(path, use.written, f, after, gain, note))
        return new

    def _like(self, parent: nn.Module | None) -> Tensor | None:
        """A parameter beside which new ones belong."""
        for module in filter(None, (parent, self.model)):
            for parameter in module.parameters():
                if parameter.is_floating_point():
                    return parameter
        return None

    def _skip(self, path: str, reason: str) -> None:
        self.skipped.append(Skipped(path, reason))

    def _inside(self, module: nn.Module, path: str) -> None:
        """Exchange what a module holds and what its forward computes."""
        if isinstance(module, torch.jit.ScriptModule):
            self._skip(path, "TorchScript keeps its own code")
            return
        for name, child in list(module._modules.items()):
            new = child and self.visited(child, _join(path, name), module)
            if new is not child:
                setattr(module, name, new)
        fused = [name for name in uses.fused_in_module(module) if self.rules.matching(get(name))]
        if fused:
            self._skip(path, f"nn.{type(module).__name__} computes {', '.join(fused)} within one operation")
        if isinstance(module, fx.GraphModule):
            if self._in_graphs(module, path, [module.graph]):
                module.recompile()
        elif graphs.original(module).forward.__module__.partition(".")[0] == "torch":
            self._attributes(module, path)
        else:
            self._forward(module, path)

    def _attributes(self, module: nn.Module, path: str) -> None:
        """Exchange functions that a module of torch, whose forward is known, keeps in an attribute."""
        for name, value in list(vars(module).items()):
            use = uses.use_of_function(value)
            if use is not None and isinstance(use.function, ActivationFunction):
                new = self._exchanged(use, _join(path, name), module, module.training)
                if new is not None:
                    setattr(module, name, new)
        # what makes torch's transformers leave out the module and compute ReLU or GELU within one operation
        known = "activation_relu_or_gelu" in vars(module)
        if known and isinstance(module.activation, Activation):
            vars(module)["activation_relu_or_gelu"] = 0
        if isinstance(module, nn.TransformerEncoder) and not all(
            getattr(layer, "activation_relu_or_gelu", True) for layer in module.layers
        ):
            module.use_nested_tensor = False

    def _forward(self, module: nn.Module, path: str) -> None:
        """Exchange what the forward of a module computes."""
        try:
            ways = graphs.trace(module)
        except graphs.Untraceable as reason:
            self._skip(path, f"cannot be traced: {reason}")
            return
        if self._in_graphs(module, path, {id(graph): graph for graph in ways.values()}.values()):
            graphs.give(module, graphs.Forward.of(module, ways))

    def _in_graphs(self, module: nn.Module, path: str, ways: Iterable[fx.Graph]) -> bool:
        """Exchange what graphs of one forward compute; say whether anything was."""
        made: dict[str, Activation | None] = {}  # by the name of the operation, which all ways share
        for graph in ways:
            for node in list(graph.nodes):
                self._node(module, path, graph, node, made)
        return any(new is not None for new in made.values())

    def _node(
        self, module: nn.Module, path: str, graph: fx.Graph, node: fx.Node, made: dict[str, Activation | None]
    ) -> None:
        """Exchange one operation of a graph."""
        for fused in uses.fused_in_node(node):
            if self.rules.matching(get(fused)) and node.name not in made:
                self._skip(path, f"{_name(node)} computes {fused} within one operation")
                made[node.name] = None
        use = uses.use_of_node(node)
        x = node.args[0] if node.args else node.kwargs.get("input")
        if use is None or not isinstance(x, fx.Node):
            return
        key = f"{node.name} {use.written}"
        if key not in made:
            name = _free(module, use, self.rules)
            if use.inplace and _name(x) in _VIEWS and self.rules.matching(use.function):
                self._skip(path, f"{use.written} changes a view in place")
                made[key] = None
                return
            made[key] = self._exchanged(use, _join(path, name), module, module.training)
            if made[key] is not None:
                module.register_module(name, made[key])
        new = made[key]
        if new is None:
            return
        _put(graph, node, x, next(n for n, m in module.named_children() if m is new), use)


def _put(graph: fx.Graph, node: fx.Node, x: fx.Node, name: str, use: uses.Use) -> None:
    """Put a call of a module in place of an operation."""
    with graph.inserting_before(node):
        cast = x if use.dtype is None else graph.call_method("to", (x, use.dtype))
        call = graph.call_module(name, (cast,))
    node.replace_all_uses_with(call)
    others = [n for n in node.all_input_nodes if n is not x]
    graph.erase_node(node)
    for other in others:
        if other.op == "get_attr" and not other.users:
            graph.erase_node(other)
    if use.inplace:
        order = {n: i for i, n in enumerate(graph.nodes)}
        x.replace_all_uses_with(call, delete_user_cb=lambda user: order[user] > order[call])


def _rest(change: Change) -> tuple[Any, ...]:
    return change.written, change.before, change.after, change.gain, change.note


def _name(node: fx.Node) -> str:
    return node.target if isinstance(node.target, str) else getattr(node.target, "__name__", "")


def _free(module: nn.Module, use: uses.Use, rules: _Rules) -> str:
    """A name for a new module, which nothing else in its parent has."""
    rule = rules.matching(use.function, use.other)
    stem = rule.after.name if rule else use.function.name
    name, i = stem, 0
    while hasattr(module, name):
        i += 1
        name = f"{stem}_{i}"
    return name


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
