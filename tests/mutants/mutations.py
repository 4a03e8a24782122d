"""Python source -> its mutants: the same source with one place changed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
METHODS = {"filter": "exclude", "exclude": "filter", "first": "last", "last": "first"}
LOOKUPS = {"__lt": "__lte", "__lte": "__lt", "__gt": "__gte", "__gte": "__gt"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed place of ``module`` (source): its line (from 1), the line's text without indentation, what was changed.

    ``function`` is the qualified name of the outermost function it is in, ``""`` for what runs at import.
    """

    line: int
    text: str
    change: str
    function: str
    place: int
    module: str

    @property
    def tree(self) -> ast.Module:
        """Return the changed module with the line numbers of the unchanged one."""
        tree = ast.parse(self.module)
        for number, (node, _) in enumerate(_changes(tree)):
            if number == self.place:
                _change(node)
                break
        return ast.fix_missing_locations(tree)

    @property
    def source(self) -> str:
        """Return the changed module as text."""
        return ast.unparse(self.tree)


def mutants_of(source: str) -> list[Mutant]:
    """Return every mutant of ``source`` in reading order; annotations, docstrings and imports are left alone."""
    tree = ast.parse(source)
    lines = source.splitlines()
    functions = dict(_functions(tree))
    return [
        Mutant(
            node.lineno,
            lines[node.lineno - 1].strip(),
            change,
            functions.get(node, ""),
            place,
            source,
        )
        for place, (node, change) in enumerate(_changes(tree))
    ]


def _functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[ast.AST, str]]:
    """Yield each node of a function's body with the function's qualified name; its defaults run at import."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for statement in node.body:
                yield from ((inner, prefix + node.name) for inner in ast.walk(statement))
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.stmt):
            yield from _functions(node, prefix)


def _changes(tree: ast.AST) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    """Yield each place with the name of its change, always in the same order."""
    skipped = _skipped(tree)
    for node in ast.walk(tree):
        if node in skipped or not isinstance(node, ast.stmt | ast.expr | ast.keyword):
            continue
        yield from ((node, change) for change in _changes_at(node))  # type: ignore[misc]  # a keyword has a line too


def _skipped(tree: ast.AST) -> set[ast.AST]:
    """Return the nodes that only describe: annotations, docstrings, decorators, imports for types."""
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        described = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            described.append(node)
        described += getattr(node, "decorator_list", [])
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            described.append(node)
        for root in filter(None, described):
            skipped.update(ast.walk(root))
    return skipped


def _changes_at(node: ast.AST) -> Iterator[str]:
    yield from _expression_changes(node)
    match node:
        case ast.keyword(arg=str() as name) if any(name.endswith(end) for end in LOOKUPS):
            yield "lookup with or without its bound"
        case ast.If() | ast.IfExp() | ast.While():
            yield "if x -> if not x"
        case ast.Expr(value=ast.Call()):
            yield "call left out"
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield "return nothing"


def _expression_changes(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARISONS:
            yield f"{type(op).__name__} -> {COMPARISONS[type(op)].__name__}"
        case ast.BoolOp():
            yield "and <-> or"
        case ast.UnaryOp(op=ast.Not()):
            yield "not x -> x"
        case ast.BinOp(op=op) if type(op) in OPERATORS and not _is_text(node):
            yield f"{type(op).__name__} -> {OPERATORS[type(op)].__name__}"
        case ast.Constant(value=bool()):
            yield "True <-> False"
        case ast.Constant(value=int() as number):
            yield f"{number} -> {number + 1}"
        case ast.Call(func=ast.Name(id=name)) if name in NAMES:
            yield f"{name} -> {NAMES[name]}"
        case ast.Call(func=ast.Attribute(attr=name)) if name in METHODS:
            yield f".{name} -> .{METHODS[name]}"


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _is_text(node: ast.BinOp) -> bool:
    """Tell whether a sum only joins texts, which have no difference."""
    texts = (ast.JoinedStr, ast.List, ast.Tuple)
    sides = (node.left, node.right)
    return any(
        isinstance(side, texts)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str | bytes))
        for side in sides
    )


def _change(node: ast.AST) -> None:
    match node:
        case ast.keyword(arg=str() as name):
            end = next(end for end in LOOKUPS if name.endswith(end))
            node.arg = name.removesuffix(end) + LOOKUPS[end]
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            node.test = ast.UnaryOp(ast.Not(), test)
        case ast.Expr() | ast.Return():
            node.value = ast.Constant(None)
        case _:
            _change_expression(node)


def _change_expression(node: ast.AST) -> None:
    match node:
        case ast.Compare(ops=[op]):
            node.ops = [COMPARISONS[type(op)]()]
        case ast.BoolOp(op=op):
            node.op = ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.UnaryOp(operand=operand):
            node.operand = ast.UnaryOp(ast.Not(), operand)
        case ast.BinOp(op=op):
            node.op = OPERATORS[type(op)]()
        case ast.Constant(value=bool() as value):
            node.value = not value
        case ast.Constant(value=int() as value):
            node.value = value + 1
        case ast.Call(func=ast.Name(id=name) as function):
            function.id = NAMES[name]
        case ast.Call(func=ast.Attribute(attr=name) as method):
            method.attr = METHODS[name]
