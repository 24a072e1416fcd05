"""Formulas as text that is both printed and calculated, so that what a person reads is what was done.

A formula has names, exact numbers, ``+ - * /``, brackets, and ``min``, ``max``, ``ceil``, ``floor``, ``root``. Nothing
else. All of it is exact but ``root``, the square root to six decimals.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

__all__ = ["calculate", "names_in"]

_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "min": min,
    "max": max,
    "ceil": lambda value: Fraction(math.ceil(value)),
    "floor": lambda value: Fraction(math.floor(value)),
    "root": lambda value: _root(value),
}


def calculate(formula: str, values: Mapping[str, Fraction | None]) -> Fraction | None:
    """What the formula gives, exactly; None where a value it needs is None, or where it divides by 0.

    Raises ValueError for a formula that is none, KeyError for a name without a value.
    """
    if any(values[name] is None for name in names_in(formula)):
        return None
    try:
        return _value(_tree(formula), values)
    except ZeroDivisionError:
        return None


@cache
def names_in(formula: str) -> tuple[str, ...]:
    """The names a formula uses, each once, in their order. Raises ValueError for a formula that is none."""
    found = (node for node in ast.walk(_tree(formula)) if isinstance(node, ast.Name) and node.id not in _FUNCTIONS)
    return tuple(dict.fromkeys(node.id for node in sorted(found, key=lambda node: node.col_offset)))


@cache
def _tree(formula: str) -> ast.expr:
    try:
        tree = ast.parse(formula.strip(), mode="eval").body
    except SyntaxError:
        raise ValueError(f"not a formula: {formula!r}") from None
    _refuse_more(tree, formula)
    return tree


def _refuse_more(tree: ast.expr, formula: str) -> None:
    """Raise ValueError for anything but the few things a formula has."""
    waiting = [tree]
    while waiting:
        waiting += _parts(waiting.pop(), formula)


def _parts(node: ast.expr, formula: str) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return [node.left, node.right]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return [node.operand]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
        return node.args if not node.keywords else [*node.args, *(one.value for one in node.keywords)]
    if isinstance(node, ast.Name) and node.id not in _FUNCTIONS:
        return []
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return []
    raise ValueError(f"a formula cannot have {ast.unparse(node)!r}: {formula!r}")


def _value(node: Any, values: Mapping[str, Fraction | None]) -> Fraction:
    if isinstance(node, ast.BinOp):
        return _chain(node, values)
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand, values)
    if isinstance(node, ast.Call):
        return _FUNCTIONS[node.func.id](*(_value(one, values) for one in node.args))  # type: ignore[attr-defined]
    if isinstance(node, ast.Name):
        return _known(values[node.id])
    return Fraction(str(node.value))


def _chain(node: ast.expr, values: Mapping[str, Fraction | None]) -> Fraction:
    """Operators one after the other, from the left: a long sum is nested as deep as it has parts."""
    steps = []
    while isinstance(node, ast.BinOp):
        steps.append(node)
        node = node.left
    found = _value(node, values)
    for step in reversed(steps):
        found = _OPERATORS[type(step.op)](found, _value(step.right, values))
    return found


def _root(value: Fraction) -> Fraction:
    """The square root to six decimals, halves up, in whole numbers. Raises ValueError for a negative number."""
    scale = 10**6
    return Fraction((math.isqrt(math.floor(4 * value * scale**2)) + 1) // 2, scale)


def _known(value: Fraction | None) -> Fraction:
    assert value is not None  # calculate() has looked
    return value
