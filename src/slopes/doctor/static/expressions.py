"""What an expression of a program is known to be."""

import ast
from abc import ABC, abstractmethod
from collections.abc import Sequence

from slopes.doctor.keras_names import short
from slopes.doctor.scene import Place, Step
from slopes.doctor.static import library
from slopes.doctor.static.values import (
    UNKNOWN,
    Class,
    Const,
    Function,
    Instance,
    Layer,
    Loss,
    Many,
    Model,
    Name,
    Pairing,
    Pairs,
    Sequential,
    Tensor,
    Value,
    as_layer,
    constant,
    path_of,
    whole,
)

DEEPEST = 12  #: calls of the program's own functions within each other
MOST = 200_000  #: expressions; a program in which functions call functions could take for ever
GROWS = ("add", "append", "add_module", "extend")
CHANGES = (*GROWS, "pop", "insert", "remove", "clear", "reverse")
#: methods that give back what they are called on
FLUENT = ("to", "cuda", "cpu", "train", "eval", "float", "double", "half", "apply", "requires_grad_")


class Expressions(ABC):
    """The half of the reader that looks at expressions; the other half follows statements."""

    scopes: list[dict[str, Value]]
    globals: dict[str, Value]
    returned: list[list[Value]]

    def __init__(self) -> None:
        self.pairings: list[Pairing] = []
        self.outputs: list[tuple[Step, ...]] = []  #: of models that are trained
        self.compiled: dict[int, tuple[Value, Loss]] = {}  #: by the id of a model, which is kept with it
        self.entered: set[ast.AST] = set()
        self.stars: list[str] = []
        self.depth = 0  #: conditions that hold here
        self._calls = self._seen = 0

    @abstractmethod
    def place(self, node: ast.AST) -> Place:
        """Return where a node stands."""

    @abstractmethod
    def block(self, statements: Sequence[ast.stmt]) -> bool:
        """Follow statements; return whether the block was left for good."""

    @abstractmethod
    def bind(self, target: ast.expr, value: Value) -> None:
        """Give a name, an attribute or several of them a value."""

    def value(self, node: ast.expr) -> Value:
        """Return what is known of an expression."""
        self._seen += 1
        if self._seen > MOST:
            raise OverflowError
        match node:
            case ast.Constant():
                return Const(node.value)
            case ast.Name():
                return self.name(node.id)
            case ast.Attribute():
                return self._attribute(self.value(node.value), node.attr)
            case ast.Call():
                return self._call(node)
            case ast.List() | ast.Tuple():
                return Many(self._items(node.elts), self.depth)
            case ast.Dict():
                return self._dictionary(node)
            case ast.Subscript():
                return self._item(self.value(node.value), self.value(node.slice))
            case ast.BinOp():
                return self._arithmetic(node, self.value(node.left), self.value(node.right))
            case ast.UnaryOp():
                inner = self.value(node.operand)
                number = constant(inner)
                if isinstance(node.op, ast.USub) and isinstance(number, int | float):
                    return Const(-number)
                if isinstance(node.op, ast.Not) and isinstance(number, bool):
                    return Const(not number)
                return Tensor((Step("unknown", self.place(node)),)) if isinstance(inner, Tensor) else UNKNOWN
            case ast.Lambda():
                return Function(node, self.scopes[-1])
            case ast.NamedExpr():
                value = self.value(node.value)
                self.bind(node.target, value)
                return value
            case ast.Slice():
                return UNKNOWN
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr) and not isinstance(node, ast.GeneratorExp | ast.ListComp):
                        self.value(child)
                return UNKNOWN

    def augmented(self, node: ast.AugAssign) -> Value:
        """Return what a name holds after `+=` and its like."""
        right = self.value(node.value)
        if isinstance(node.target, ast.Name):
            left = self.name(node.target.id)
            if isinstance(left, Many) and isinstance(right, Many):
                return Many([*left.items, *right.items])
            if isinstance(node.op, ast.Div):
                return self._arithmetic(node, left, right)
        return UNKNOWN

    def _items(self, nodes: Sequence[ast.expr]) -> list[Value]:
        items: list[Value] = []
        for node in nodes:
            value = self.value(node.value if isinstance(node, ast.Starred) else node)
            if isinstance(node, ast.Starred):
                items += value.items if isinstance(value, Many) else [UNKNOWN]
            else:
                items.append(value)
        return items

    def _dictionary(self, node: ast.Dict) -> Value:
        keys = [constant(self.value(key)) if key else None for key in node.keys]
        values = [self.value(each) for each in node.values]
        if not all(isinstance(key, str) for key in keys):
            return UNKNOWN
        return Pairs(dict(zip(map(str, keys), values, strict=True)))

    def name(self, name: str) -> Value:
        """Return what a name stands for."""
        scope = self.scopes[-1]
        found = scope.get(name, self.globals.get(name))
        if found is None and self.stars:
            return Name(self.stars[-1] + name)
        return UNKNOWN if found is None else found

    def _attribute(self, owner: Value, name: str) -> Value:
        if isinstance(owner, Name):
            return Name(f"{owner.dotted}.{name}")
        if isinstance(owner, Instance):
            if name in owner.attributes:
                return owner.attributes[name]
            method = owner.made_of.method(name)
            return Function(method.node, method.scope, method.owner, owner) if method else UNKNOWN
        if isinstance(owner, Model | Sequential) and name == "output":
            return owner.output if isinstance(owner, Model) else Tensor().through(owner.layer())
        return UNKNOWN

    def _item(self, owner: Value, key: Value) -> Value:
        at = whole(key)
        if isinstance(owner, Many) and at is not None and -len(owner.items) <= at < len(owner.items):
            return owner.items[at]
        if isinstance(owner, Pairs) and isinstance(constant(key), str):
            return owner.items.get(constant(key), UNKNOWN)
        if isinstance(owner, Tensor):  # some of its entries
            return owner.through(Layer((Step("view", Place("", 0)),))) if owner.path else owner
        return UNKNOWN

    def _arithmetic(self, node: ast.BinOp | ast.AugAssign, left: Value, right: Value) -> Value:
        paths = path_of(left), path_of(right)
        if isinstance(node.op, ast.MatMult):
            return Tensor((Step("product", self.place(node)), *paths[0]))
        if isinstance(left, Many) and isinstance(right, Many) and isinstance(node.op, ast.Add):
            return Many([*left.items, *right.items])
        if isinstance(node.op, ast.Add):  # a bias
            for mine, other in (paths, paths[::-1]):
                if mine and mine[0].op == "product" and not other:
                    return Tensor(mine)
        if any(paths):
            return Tensor((Step("unknown", self.place(node)),))
        if isinstance(node.op, ast.Div) and constant(left) is None and _above_1(constant(right)):
            return Tensor((Step("divided", self.place(node)),))
        numbers = constant(left), constant(right)
        if all(isinstance(n, int) for n in numbers):
            a, b = numbers
            match node.op:
                case ast.Add():
                    return Const(a + b)
                case ast.Sub():
                    return Const(a - b)
                case ast.Mult():
                    return Const(a * b)
        return UNKNOWN

    def _call(self, node: ast.Call) -> Value:
        args = self._items(node.args)
        kwargs = {k.arg or "**": self.value(k.value) for k in node.keywords}
        place = self.place(node)
        if isinstance(node.func, ast.Attribute):
            if _is_super(node.func.value):
                return self._inherited(node.func.attr, args, kwargs)
            return self._method(node, self.value(node.func.value), node.func.attr, args, kwargs)
        return self.apply(self.value(node.func), args, kwargs, place)

    def _inherited(self, name: str, args: list[Value], kwargs: dict[str, Value]) -> Value:
        """Return what `super().name(...)` gives."""
        me = self.scopes[-1].get("self")
        for base in me.made_of.bases if isinstance(me, Instance) else ():
            method = base.method(name) if isinstance(base, Class) else None
            if method is not None:
                return self.enter(Function(method.node, method.scope, method.owner, me), args, kwargs)
        return UNKNOWN

    def _method(
        self, node: ast.Call, owner: Value, name: str, args: list[Value], kwargs: dict[str, Value]
    ) -> Value:
        place = self.place(node)
        if isinstance(owner, Sequential | Many) and name in CHANGES:
            self._change(owner, name, args)
            return owner
        of_layers = node.func.value if isinstance(node.func, ast.Attribute) else None
        if name in CHANGES and isinstance(of_layers, ast.Attribute) and of_layers.attr == "layers":
            self.forget(self.value(of_layers.value))
        if isinstance(owner, Sequential | Model | Instance | Layer | Loss):
            defined = isinstance(owner, Instance) and owner.made_of.method(name)
            if name == "compile" and not defined:
                self._compile(owner, args, kwargs, place)
                return UNKNOWN
            if name in ("fit", "train_on_batch") and not defined:
                self._fit(owner, kwargs.get("y", args[1] if len(args) > 1 else UNKNOWN), place)
                return UNKNOWN
            if name in ("forward", "call", "__call__") and not defined:
                return self.apply(owner, args, kwargs, place)
            if name in FLUENT and not defined:
                return owner
        if isinstance(owner, Tensor):
            return library.method(owner, name, args, kwargs, place)
        return self.apply(self._attribute(owner, name), args, kwargs, place)

    def _change(self, owner: Sequential | Many, name: str, args: list[Value]) -> None:
        """Change a list of layers, as far as it is certain."""
        more = args[-1] if args else UNKNOWN
        if name not in GROWS or self.depth > owner.depth:
            self.forget(owner)
        elif name == "extend":
            owner.items.extend(more.items if isinstance(more, Many) else [UNKNOWN])
        else:
            owner.items.append(more)

    @staticmethod
    def forget(owner: Value) -> None:
        """Note that nothing is known of a list of layers any more."""
        if isinstance(owner, Sequential | Many):
            owner.items[:] = [UNKNOWN]

    def apply(self, called: Value, args: list[Value], kwargs: dict[str, Value], place: Place) -> Value:
        """Return what calling a value gives."""
        if isinstance(called, Name):
            value, met = library.call(called, args, kwargs, place, self.depth)
            self.pairings += met
            return value
        if isinstance(called, Function):
            return self.enter(called, args, kwargs)
        if isinstance(called, Class):
            return self.instance(called, args, kwargs)
        if isinstance(called, Loss):
            self.pairings += called.meet(args, kwargs, place)
            return UNKNOWN
        if isinstance(called, Instance):
            method = next(filter(None, map(called.made_of.method, ("forward", "call", "__call__"))), None)
            if method is None:
                return UNKNOWN
            return self.enter(Function(method.node, method.scope, method.owner, called), args, kwargs)
        if isinstance(called, Model) and isinstance(called.output, Many):
            return called.output
        if isinstance(called, Layer | Sequential | Model):
            given = args[0] if args and isinstance(args[0], Tensor) else Tensor()
            return given.through(as_layer(called))
        return UNKNOWN

    def instance(self, made_of: Class, args: list[Value], kwargs: dict[str, Value]) -> Value:
        """Make an object of a class of the program."""
        made = Instance(made_of)
        start = made_of.method("__init__")
        if start is not None:
            self.enter(Function(start.node, start.scope, start.owner, made), args, kwargs)
        return made

    def enter(self, function: Function, args: list[Value], kwargs: dict[str, Value]) -> Value:
        """Follow a function of the program, and return what it gives if that is one thing."""
        node = function.node
        self.entered.add(node)
        if self._calls >= DEEPEST:
            return UNKNOWN
        names = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
        values = [function.bound, *args] if function.bound is not None else args
        scope = {**function.scope} if function.scope is not self.globals else {}
        scope |= dict.fromkeys(names + [a.arg for a in node.args.kwonlyargs], UNKNOWN)
        for name, default in zip(names[::-1], node.args.defaults[::-1], strict=False):
            scope[name] = Const(default.value) if isinstance(default, ast.Constant) else UNKNOWN
        scope |= dict(zip(names, values, strict=False)) | {k: v for k, v in kwargs.items() if k in scope}
        self.scopes.append(scope)
        self.returned.append([])
        self._calls += 1
        if isinstance(node, ast.Lambda):
            self.returned[-1].append(self.value(node.body))
        else:
            self.block(node.body)
        self._calls -= 1
        self.scopes.pop()
        found = self.returned.pop()
        return found[0] if found and all(each == found[0] for each in found) else UNKNOWN

    def _compile(self, owner: Value, args: list[Value], kwargs: dict[str, Value], place: Place) -> None:
        """Pair the outputs of a Keras model with its losses."""
        given = kwargs.get("loss", args[1] if len(args) > 1 else UNKNOWN)
        wanted = kwargs.get("metrics", args[2] if len(args) > 2 else UNKNOWN)
        metrics = tuple(
            short(each.last if isinstance(each, Name) else str(constant(each)))
            for each in (wanted.items if isinstance(wanted, Many) else [])
        )
        output = owner.output if isinstance(owner, Model) else self.apply(owner, [Tensor()], {}, place)
        outputs = output.items if isinstance(output, Many) else [output]
        losses = given.items if isinstance(given, Many) else [given] * len(outputs)
        if len(outputs) != len(losses):
            return
        for each, loss in zip(outputs, losses, strict=True):
            known = library.keras_loss(loss, place)
            if known is not None and path_of(each):
                self.pairings.append(Pairing(known, path_of(each), place, metrics))
            if known is not None and len(outputs) == 1:
                self.compiled[id(owner)] = owner, known

    def _fit(self, owner: Value, targets: Value, place: Place) -> None:
        """Pair the targets of a Keras model with its loss."""
        if id(owner) in self.compiled and path_of(targets):
            loss = self.compiled[id(owner)][1]
            self.pairings.append(Pairing(loss, (), place, targets=path_of(targets)))


def _is_super(node: ast.expr) -> bool:
    """Whether an expression is `super()`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def _above_1(number: object) -> bool:
    """Whether a divisor makes fractions of whole numbers."""
    return isinstance(number, int | float) and number > 1
