"""Following a program's statements without running them: names hold what is known of their values."""

import ast
from collections.abc import Iterable, Sequence
from contextlib import suppress
from linecache import getline
from pathlib import Path

from slopes.doctor.scene import Place
from slopes.doctor.static.expressions import Expressions
from slopes.doctor.static.values import UNKNOWN, Class, Const, Function, Instance, Many, Name, Value, constant

COMMON = {
    "nn": "torch.nn", "F": "torch.nn.functional", "torch": "torch", "tf": "tensorflow", "keras": "keras",
}  # fmt: skip
#: names that programs without their imports use for layers of Keras
BARE = (
    "Sequential",
    "Dense",
    "Activation",
    "Dropout",
    "Flatten",
    "Conv2D",
    "Convolution2D",
    "Model",
    "Input",
)


class Reader(Expressions):
    """Reads one module: `read()`, then `pairings`."""

    def __init__(self, file: str, source: str, beside: "dict[Path, Reader] | None" = None) -> None:
        super().__init__()
        self.tree = ast.parse(source, file)
        self.beside = {} if beside is None else beside  #: modules that were imported from the same folder
        self.globals: dict[str, Value] = {"__file__": Const(file)}
        self.globals |= {name: Name(dotted) for name, dotted in COMMON.items()}
        self.globals |= {name: Name(f"keras.layers.{name}") for name in BARE}
        self.scopes: list[dict[str, Value]] = [self.globals]
        self.returned: list[list[Value]] = []

    def read(self) -> None:
        """Follow the module, then each function and class that nothing in it has called."""
        try:
            self.block(self.tree.body)
            for value in list(self.globals.values()):
                self._visit(value)
        except (RecursionError, OverflowError):  # what was found so far is proved all the same
            return

    def _visit(self, value: Value) -> None:
        if isinstance(value, Function) and value.node not in self.entered:
            self.enter(value, [], {})
        elif isinstance(value, Class):
            made = self.instance(value, [], {})
            for method in value.methods.values():
                if method.node not in self.entered:
                    self.enter(Function(method.node, method.scope, method.owner, made), [], {})

    def place(self, node: ast.AST) -> Place:
        """Return where a node stands."""
        # what a function of another module does stands in that module
        file, line = str(constant(self.name("__file__"))), getattr(node, "lineno", 1)
        return Place(file, line, getline(file, line).strip())

    def block(self, statements: Iterable[ast.stmt]) -> bool:
        """Follow statements; return whether the block was left for good."""
        return any(self.statement(statement) for statement in statements)

    def statement(self, node: ast.stmt) -> bool:
        """Follow one statement; return whether what stands behind it is not reached."""
        match node:
            case ast.Return():
                if self.returned:
                    self.returned[-1].append(self.value(node.value) if node.value else UNKNOWN)
                return True
            case ast.Raise() | ast.Continue() | ast.Break():
                return True
            case ast.Expr():
                self.value(node.value)
            case ast.Assign():
                value = self.value(node.value)
                for target in node.targets:
                    self.bind(target, value)
            case ast.AnnAssign() if node.value is not None:
                self.bind(node.target, self.value(node.value))
            case ast.AugAssign():
                self.bind(node.target, self.augmented(node))
            case ast.If():
                return self._choice(node)
            case ast.For() | ast.AsyncFor():
                self.value(node.iter)
                self.bind(node.target, UNKNOWN)
                self.block(node.body)
                self.block(node.orelse)
            case ast.While():
                self.block(node.body)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    entered = self.value(item.context_expr)
                    if item.optional_vars is not None:
                        self.bind(item.optional_vars, entered)
                return self.block(node.body)
            case ast.Try():
                left = self.block(node.body)
                for handler in node.handlers:
                    self._handler(handler)
                return self.block(node.finalbody) or left
            case ast.Delete():
                for target in node.targets:
                    if isinstance(target, ast.Subscript):
                        self.forget(self.value(target.value))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.scopes[-1][node.name] = Function(node, self.scopes[-1])
            case ast.ClassDef():
                self._class(node)
            case ast.Import():
                for alias in node.names:
                    dotted = alias.name if alias.asname else alias.name.partition(".")[0]
                    self.scopes[-1][alias.asname or dotted] = Name(_plain(dotted))
            case ast.ImportFrom() if node.module:
                self._import(node)
        return False

    def _import(self, node: ast.ImportFrom) -> None:
        names = self._module(node)
        if names is not None:
            for alias in node.names:
                if alias.name in names:
                    self.scopes[-1][alias.asname or alias.name] = names[alias.name]
                elif alias.name == "*":
                    self.scopes[-1].update({k: v for k, v in names.items() if not k.startswith("_")})
            return
        for alias in node.names:
            dotted = _plain(f"{node.module}.{alias.name}")
            if alias.name != "*":
                self.scopes[-1][alias.asname or alias.name] = Name(dotted)
            elif dotted.startswith(("keras.", "tensorflow.keras.", "torch.")):
                self.stars.append(dotted.removesuffix("*"))
                if dotted.startswith("torch."):
                    for bare in BARE:
                        self.globals.pop(bare, None)

    def _module(self, node: ast.ImportFrom) -> dict[str, Value] | None:
        """Return the names of a module that lies in the same folder, None if there is none."""
        folder = Path(str(constant(self.name("__file__")))).parents[max(node.level - 1, 0)]
        file = folder.joinpath(*(node.module or "").split(".")).with_suffix(".py")
        if file not in self.beside:
            try:
                source = file.read_text(encoding="utf-8-sig")
                self.beside[file] = made = Reader(str(file), source, self.beside)
            except (OSError, ValueError, SyntaxError):
                return None
            with suppress(RecursionError, OverflowError):
                made.block(made.tree.body)
        return self.beside[file].globals

    def _class(self, node: ast.ClassDef) -> None:
        made = Class(node, self.scopes[-1], [self.value(base) for base in node.bases])
        made.methods |= {
            each.name: Function(each, self.scopes[-1], made)
            for each in node.body
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        self.scopes[-1][node.name] = made

    def _choice(self, node: ast.If) -> bool:
        if _is_main(node.test):
            return self.block(node.body)
        known = constant(self.value(node.test))
        if isinstance(known, bool):
            return self.block(node.body if known else node.orelse)
        scope = self.scopes[-1]
        before = dict(scope)
        left = self._branch(node.body)
        first = dict(scope)
        _fill(scope, before)
        left_too = self._branch(node.orelse)
        if left_too and not left:
            _fill(scope, first)
        elif left == left_too:
            _fill(scope, {name: _same(first.get(name), scope.get(name)) for name in {*first, *scope}})
        return left and left_too

    def _handler(self, node: ast.ExceptHandler) -> None:
        scope = self.scopes[-1]
        before = dict(scope)
        if self._branch(node.body):
            _fill(scope, before)
        else:
            _fill(scope, {name: _same(before.get(name, value), value) for name, value in scope.items()})

    def _branch(self, body: Sequence[ast.stmt]) -> bool:
        self.depth += 1
        left = self.block(body)
        self.depth -= 1
        return left

    def bind(self, target: ast.expr, value: Value) -> None:
        """Give a name, an attribute or several of them a value."""
        match target:
            case ast.Name():
                self.scopes[-1][target.id] = value
            case ast.Attribute():
                owner = self.value(target.value)
                if isinstance(owner, Instance):
                    known = owner.attributes.get(target.attr, value)
                    owner.attributes[target.attr] = value if not self.depth or known == value else UNKNOWN
                elif target.attr == "activation":  # model.layers[-1].activation = ...
                    for child in ast.walk(target.value):
                        if isinstance(child, ast.Name):
                            self.forget(self.value(child))
            case ast.Subscript():
                self.forget(self.value(target.value))
            case ast.Tuple() | ast.List():
                items = value.items if isinstance(value, Many) else []
                fits = len(items) == len(target.elts)
                for i, each in enumerate(target.elts):
                    self.bind(each, items[i] if fits and not isinstance(each, ast.Starred) else UNKNOWN)
            case ast.Starred():
                self.bind(target.value, UNKNOWN)


def _fill(scope: dict[str, Value], names: dict[str, Value]) -> None:
    """Change a scope in place: functions hold on to it."""
    scope.clear()
    scope.update(names)


def _same(one: Value, other: Value) -> Value:
    """What holds after a choice: what both ways agree in."""
    if isinstance(one, Name) and isinstance(other, Name) and one.last == other.last:
        return one  # keras, or tensorflow.keras
    return one if one is other or (one is not None and one == other) else UNKNOWN


def _is_main(test: ast.expr) -> bool:
    """Whether a test is `__name__ == "__main__"`."""
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def _plain(dotted: str) -> str:
    """Return the name under which the tables know something."""
    for old, new in (
        ("tensorflow.compat.v1", "tensorflow"),
        ("tensorflow.compat.v2", "tensorflow"),
        ("tensorflow.python.keras", "tensorflow.keras"),
        ("tensorflow.contrib.keras", "tensorflow.keras"),
        ("tf_keras", "keras"),
    ):
        if dotted == old or dotted.startswith(old + "."):
            return new + dotted[len(old) :]
    return dotted
