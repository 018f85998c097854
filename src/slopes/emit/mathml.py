"""Formulas as MathML, which browsers set like a book.

What is printed is Python text: the formulas that definitions state, and those that `emit/formula.py` prints
from the tape.
"""

import ast
from html import escape

SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4  #: how tightly an expression binds
CONDITION = 0
GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu"),
    *("xi", "pi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega"),
)
SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Lt: "<", ast.LtE: "≤", ast.Gt: ">", ast.GtE: "≥", ast.Eq: "="}
SIGNS |= {ast.NotEq: "≠"}
NAMES = {"ndtr": "Φ", "npdf": "φ", "sigmoid": "σ", "log": "ln", "arctan": "arctan"}
FENCES = {"abs": ("|", "|"), "norm": ("‖", "‖")}


def mathml(text: str) -> str:
    """Return a formula as a MathML element.

    Parameters
    ----------
    text : str
        A Python expression of names, numbers, arithmetic, calls, comparisons and conditional expressions.

    Returns
    -------
    str
        A `math` element. What school mathematics has no sign for, such as a list of terms, stays as text.

    Raises
    ------
    SyntaxError
        If the text is no Python expression.

    Examples
    --------
    >>> mathml("x / 2")
    '<math display="block"><mfrac><mi>x</mi><mn>2</mn></mfrac></math>'
    """
    return f'<math display="block">{_show(ast.parse(text, mode="eval").body)[0]}</math>'


def _show(node: ast.expr, tight: int = CONDITION) -> tuple[str, int]:
    """The element of an expression, in parentheses if it binds less than `tight`; and how it binds."""
    text, own = _expression(node)
    return (_row("<mo>(</mo>", text, "<mo>)</mo>"), ATOM) if own < tight else (text, own)


def _expression(node: ast.expr) -> tuple[str, int]:
    match node:
        case ast.Constant(value=value):
            return f"<mn>{value:.6g}</mn>" if isinstance(value, float) else f"<mn>{value!r}</mn>", ATOM
        case ast.Name(id=name):
            return _name(name), ATOM
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _row("<mo>−</mo>", _show(operand, PRODUCT)[0]), SUM
        case ast.BinOp(
            op=ast.Mult() | ast.Div() as op, left=ast.UnaryOp(op=ast.USub(), operand=left), right=right
        ):
            return _expression(ast.UnaryOp(ast.USub(), ast.BinOp(left, op, right)))  # -a b, not (-a) b
        case ast.BinOp(op=ast.Div(), left=left, right=right):
            return f"<mfrac>{_show(left)[0]}{_show(right)[0]}</mfrac>", PRODUCT
        case ast.BinOp(op=ast.Pow(), left=left, right=right):
            return f"<msup>{_show(left, ATOM)[0]}{_show(right)[0]}</msup>", POWER
        case ast.BinOp(op=ast.Mult(), left=left, right=right):
            sign = "<mo>·</mo>" if _digit_first(right) else "<mo>&#x2062;</mo>"
            return _row(_show(left, PRODUCT)[0], sign, _show(right, PRODUCT)[0]), PRODUCT
        case ast.BinOp(op=ast.Add() | ast.Sub() as op, left=left, right=right):
            sign = f"<mo>{SIGNS[type(op)]}</mo>"
            return _row(
                _show(left, SUM)[0], sign, _show(right, PRODUCT if sign == "<mo>−</mo>" else SUM)[0]
            ), SUM
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in SIGNS:
            return _row(_show(left, SUM)[0], f"<mo>{SIGNS[type(op)]}</mo>", _show(right, SUM)[0]), CONDITION
        case ast.IfExp():
            return _cases(node), ATOM
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(name, arguments)
    return f"<mtext>{escape(ast.unparse(node))}</mtext>", CONDITION


def _call(name: str, arguments: list[ast.expr]) -> tuple[str, int]:
    shown = [_show(a)[0] for a in arguments]
    if name == "sqrt":
        return f"<msqrt>{shown[0]}</msqrt>", ATOM
    if name == "exp" and not isinstance(arguments[0], ast.IfExp):
        return f"<msup><mi>e</mi>{shown[0]}</msup>", POWER
    if name == "half" and isinstance(arguments[1], ast.Constant):
        return f"<msub>{shown[0]}<mn>{int(str(arguments[1].value)) + 1}</mn></msub>", ATOM
    if name in FENCES:
        left, right = FENCES[name]
        return _row(f"<mo>{left}</mo>", shown[0], f"<mo>{right}</mo>"), ATOM
    inner = "<mo>,</mo>".join(shown)
    word = NAMES.get(name, name.replace("_", " "))
    return _row(f"<mi>{word}</mi>", "<mo>&#x2061;</mo>", "<mo>(</mo>", inner, "<mo>)</mo>"), ATOM


def _cases(node: ast.IfExp) -> str:
    rows = []
    rest: ast.expr = node
    while isinstance(rest, ast.IfExp):
        condition = f"<mtext>if&#xa0;</mtext>{_show(rest.test)[0]}"
        rows.append((_show(rest.body)[0], condition))
        rest = rest.orelse
    rows.append((_show(rest)[0], "<mtext>else</mtext>"))
    table = "".join(f"<mtr><mtd>{value}</mtd><mtd>{_row(when)}</mtd></mtr>" for value, when in rows)
    return _row('<mo stretchy="true">{</mo>', f'<mtable columnalign="left left">{table}</mtable>')


def _name(name: str) -> str:
    """A letter, a Greek letter, a letter with an index, or a word."""
    if name == "inf":
        return "<mi>∞</mi>"
    first, _, rest = name.partition("_")
    first = {"lambd": "lambda"}.get(first, first)
    if first in GREEK:
        first = f"&{first};" if first != "epsilon" else "ε"
        return f"<msub><mi>{first}</mi><mtext>{escape(rest)}</mtext></msub>" if rest else f"<mi>{first}</mi>"
    if len(first) == 2 and first[1].isdigit() and not rest:
        return f"<msub><mi>{first[0]}</mi><mn>{first[1]}</mn></msub>"
    return f"<mi>{escape(name.replace('_', ' '))}</mi>"


def _digit_first(node: ast.expr) -> bool:
    """Whether an expression begins with a digit, which must not run into a factor before it."""
    while isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Div):
        node = node.left
    return isinstance(node, ast.Constant)


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"
