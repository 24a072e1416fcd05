"""The gate for the SQL of checks: a condition is parsed and every piece of it must be on a short list.

Shipped checks passed it before they were shipped (``conditions``); one's own pass it whenever they are made.

What passes can only compare columns of its view with each other and with numbers, words and days: no subquery, no
function beyond the list, no name that is not a column. It is written out again from what was parsed, so the text itself
never reaches an engine.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache

from hmis_standards.errors import MissingExtra, PredicateError
from hmis_standards.ids import close_matches
from hmis_standards.measure.conditions import FINDING_COLUMNS
from hmis_standards.measure.facts import FACTS
from hmis_standards.measure.session import view_columns, view_names
from hmis_standards.model import Check

try:
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError
except ImportError:
    raise MissingExtra("data") from None

__all__ = ["condition_of", "faults_of"]

_DEEPEST = 60
_LONGEST = 4000
_CONDITIONS = (
    exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between,
    exp.Column, exp.Boolean,
)  # fmt: skip
_ALLOWED = (
    *_CONDITIONS, exp.Identifier, exp.Literal, exp.Null, exp.Neg, exp.Add, exp.Sub, exp.Mul, exp.Placeholder, exp.Var,
    exp.Coalesce, exp.DateDiff, exp.Cast, exp.DataType, exp.Case, exp.If, exp.Length, exp.Abs,
)  # fmt: skip
_WORDS = {exp.Coalesce: "coalesce", exp.DateDiff: "date_diff('day', ...)", exp.Length: "length", exp.Abs: "abs"}
_INSIDE: dict[type[exp.Expr], set[str]] = {exp.In: {"this", "expressions"}, exp.Placeholder: {"this"}}


def faults_of(check: Check, settings: Collection[str]) -> list[PredicateError]:
    """All that is wrong with the view, the SQL or the fact of a check; ``settings`` are the ids of all settings."""
    if check.fact is not None and check.fact not in FACTS:
        near = close_matches(check.fact, FACTS, most=1)
        return [PredicateError(check.id, "fact", f"there is no fact {check.fact!r}{_did_you_mean(near)}")]
    if check.view is None:
        return []
    if check.view not in view_names() or not set(FINDING_COLUMNS) <= set(view_columns(check.view)):
        near = close_matches(check.view, sorted(view_names()), most=1)
        return [PredicateError(check.id, "view", f"there is no view {check.view!r} for checks{_did_you_mean(near)}")]
    found = []
    for key in ("where", "among"):
        try:
            _tree(check, key, settings)
        except PredicateError as error:
            found.append(error)
    return found


def condition_of(check: Check, key: str, settings: Mapping[str, int]) -> str | None:
    """The condition in the field ``key`` of a check as SQL; None where the check has none.

    Every name is in quotation marks, every setting filled in.

    Raises:
        PredicateError: it is not SQL, holds what is not allowed, or names a column or setting that does not exist.
    """
    tree = _tree(check, key, settings)
    if tree is None:
        return None
    used = sorted({str(one.this) for one in tree.find_all(exp.Placeholder)})
    return _written(getattr(check, key), tuple((name, settings[name]) for name in used))


def _tree(check: Check, key: str, settings: Iterable[str]) -> exp.Expr | None:
    """The condition in a field of a check, parsed and judged; None where the check has none."""
    text = getattr(check, key)
    if text is None or check.view is None:
        return None
    try:
        return _judged(text, check.view, frozenset(settings))
    except _Refused as refused:
        raise PredicateError(check.id, key, str(refused)) from None


@lru_cache(maxsize=1024)
def _judged(text: str, view: str, settings: frozenset[str]) -> exp.Expr:
    tree = _parsed(text)
    _judge(tree, view_columns(view), settings)
    return tree


@lru_cache(maxsize=1024)
def _written(text: str, settings: tuple[tuple[str, int], ...]) -> str:
    """A condition that was judged, written out again with settings filled in."""
    filled = _parsed(text).transform(lambda node: _setting(node, dict(settings)))
    return filled.sql("duckdb", identify=True, comments=False, copy=False)


class _Refused(Exception):
    """Why a condition does not pass."""


@lru_cache(maxsize=1024)
def _parsed(text: str) -> exp.Expr:
    """The tree of a condition; who changes it changes a copy."""
    if len(text) > _LONGEST:
        raise _Refused(f"longer than {_LONGEST} characters")
    try:
        found = sqlglot.parse(text, read="duckdb")
    except (SqlglotError, RecursionError) as error:
        raise _Refused(f"is not a condition in SQL{_place(str(error))}") from None
    if len(found) != 1 or found[0] is None:
        raise _Refused("should be one condition")
    return found[0]


def _place(told: str) -> str:
    place = re.search(r"Line (\d+), Col: (\d+)", told)
    return f" (line {place[1]}, column {place[2]} of it)" if place else ""


def _judge(tree: exp.Expr, columns: Collection[str], settings: Collection[str]) -> None:
    if not isinstance(tree, _CONDITIONS):
        raise _Refused("should be true or false for a row")
    for node in tree.walk():
        if not isinstance(node, _ALLOWED):
            raise _Refused(f"{_name(node)} is not allowed in a condition{_allowed_functions(node)}")
        if node.depth > _DEEPEST:
            raise _Refused("is nested too deeply")
        _judge_node(node, columns, settings)


def _judge_node(node: exp.Expr, columns: Collection[str], settings: Collection[str]) -> None:
    extra = _INSIDE.get(type(node))
    if extra is not None and any(value for name, value in node.args.items() if name not in extra):
        raise _Refused(f"this form of {_name(node)} is not allowed in a condition")
    if isinstance(node, (exp.And, exp.Or, exp.Not)):
        _only_conditions(node)
    elif isinstance(node, exp.Is):
        _is_a_state(node)
    elif isinstance(node, exp.Column):
        _known_column(node, columns)
    elif isinstance(node, exp.Placeholder):
        _known_setting(node, settings)
    elif isinstance(node, exp.Cast):
        _a_day(node)
    elif isinstance(node, exp.DateDiff):
        _in_days(node)
    elif isinstance(node, exp.Literal):
        _plain_literal(node)


def _only_conditions(node: exp.Expr) -> None:
    parts = [node.args.get("this"), node.args.get("expression")]
    if not all(part is None or isinstance(part, _CONDITIONS) for part in parts):
        raise _Refused(f"what {type(node).__name__.upper()} joins should be true or false")


def _is_a_state(node: exp.Is) -> None:
    if not isinstance(node.expression, (exp.Null, exp.Boolean)):
        raise _Refused("after IS stands NULL, TRUE or FALSE")


def _known_column(node: exp.Column, columns: Collection[str]) -> None:
    if len(node.parts) != 1 or not isinstance(node.this, exp.Identifier):
        raise _Refused(f"{node.sql()!r}: columns are named without a table")
    if node.name not in columns:
        near = close_matches(node.name, columns, most=1)
        raise _Refused(f"the view has no column {node.name!r}{_did_you_mean(near)}")


def _known_setting(node: exp.Placeholder, settings: Collection[str]) -> None:
    name = node.this
    if not isinstance(name, str):
        raise _Refused("a setting has a name, such as :long_stay_days")
    if name not in settings:
        raise _Refused(f"there is no setting {name!r}{_did_you_mean(close_matches(name, settings, most=1))}")


def _a_day(node: exp.Cast) -> None:
    """The only cast is the one of DATE '2016-10-01'."""
    day = node.this
    if not isinstance(day, exp.Literal) or not day.is_string or not node.is_type("date"):
        raise _Refused("a cast is not allowed in a condition; a day is written DATE '2016-10-01'")
    try:
        date.fromisoformat(day.name) if len(day.name) == 10 else date.fromisoformat("")
    except ValueError:
        raise _Refused(f"{day.name!r} is not a day; write it as DATE '2016-10-01'") from None


def _in_days(node: exp.DateDiff) -> None:
    """Engines agree on days only."""
    unit = node.args.get("unit")
    if not isinstance(unit, exp.Var) or unit.name.lower() != "day":
        raise _Refused("date_diff counts days only, as date_diff('day', first, last)")


def _plain_literal(node: exp.Literal) -> None:
    if not node.is_string and not re.fullmatch("[0-9]{1,15}", node.name):
        raise _Refused(f"{node.name} is not a whole number")


def _setting(node: exp.Expr, settings: Mapping[str, int]) -> exp.Expr:
    return exp.Literal.number(settings[str(node.this)]) if isinstance(node, exp.Placeholder) else node


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return f"the function {node.name}"
    return f"the function {node.sql_name().lower()}" if isinstance(node, exp.Func) else type(node).__name__.upper()


def _allowed_functions(node: exp.Expr) -> str:
    return f"; functions are {', '.join(_WORDS.values())} and CASE" if isinstance(node, exp.Func) else ""


def _did_you_mean(near: Iterable[str]) -> str:
    listed = list(near)
    return f"; did you mean {listed[0]}?" if listed else ""
