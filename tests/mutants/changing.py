"""Small mistakes put into a module, one at a time."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

NEIGHBOUR: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
"""Comparison to the one that is mistaken for it."""
OTHER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
}  # fmt: skip


class Mutant(NamedTuple):
    """A module with one mistake in it."""

    line: int
    what: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Give a module with each mistake that can be made in it."""
    tree = ast.parse(source)
    for node in list(_within(tree)):
        for what, changed in _mistakes(node):
            copy = deepcopy(tree)
            at = next(each for each, was in zip(ast.walk(copy), ast.walk(tree), strict=True) if was is node)
            _put(copy, at, changed)
            yield Mutant(getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(copy)))


def _within(tree: ast.Module) -> Iterator[ast.AST]:
    """Walk what a function or method does; what stands at the top of a module is names and types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for statement in node.body:
                yield from (each for each in ast.walk(statement) if not isinstance(each, ast.FunctionDef))


def _mistakes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Compare):
        for at, sign in enumerate(node.ops):
            if type(sign) in NEIGHBOUR:
                signs = [*node.ops[:at], NEIGHBOUR[type(sign)](), *node.ops[at + 1 :]]
                yield _said(node, ast.Compare(node.left, signs, node.comparators))
    elif isinstance(node, ast.BoolOp):
        yield _said(node, ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield _said(node, node.operand)
    elif isinstance(node, ast.BinOp) and type(node.op) in OTHER:
        yield _said(node, ast.BinOp(node.left, OTHER[type(node.op)](), node.right))
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield _said(node, ast.Constant(not node.value if isinstance(node.value, bool) else node.value + 1))
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield _said(node, ast.Return(ast.Constant(None)))
    elif isinstance(node, ast.Expr | ast.Assign | ast.AugAssign | ast.Raise | ast.Continue | ast.Break) and not (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.Yield | ast.YieldFrom)
    ):
        yield _said(node, ast.Pass())
    elif isinstance(node, ast.IfExp):
        yield _said(node, ast.IfExp(node.test, node.orelse, node.body))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _said(before: ast.AST, after: ast.AST) -> tuple[str, ast.AST]:
    return f"{_short(before)} → {_short(after)}", after


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(deepcopy(node))).split())
    return text if len(text) <= 70 else f"{text[:67]}…"


def _put(tree: ast.Module, node: ast.AST, changed: ast.AST) -> None:
    """Put a changed node in the place of another."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, changed)
            elif isinstance(value, list) and any(each is node for each in value):
                setattr(parent, name, [changed if each is node else each for each in value])
