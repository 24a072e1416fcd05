"""The SQL of a check as one statement, to read or to run elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hmis_standards.errors import PredicateError
from hmis_standards.measure.checks import counting_of, settings_of
from hmis_standards.measure.engine.dialect import DIALECTS, translated
from hmis_standards.measure.predicates import condition_of, faults_of
from hmis_standards.measure.session import tables_under, view_file, view_names
from hmis_standards.model import Check
from hmis_standards.store import load_checks

__all__ = ["rendered", "statement", "with_views"]

_HEAD = """-- {title}
-- The tables are the files of an HMIS CSV export under FY2026 names and codes: dates as DATE, codes as INTEGER,
-- ids as text, rows with a DateDeleted left out."""


def statement(check: Check | str, *, settings: Mapping[str, int] | None = None, dialect: str = "duckdb") -> str:
    """The count and the denominator of a check as one SQL statement, with the prepared views it builds on.

    Args:
        check: the check, or the id of a shipped one.
        settings: other numbers for settings.
        dialect: ``"duckdb"`` or ``"spark"``.

    Raises:
        UnknownCheck: there is no shipped check of that id.
        PredicateError: it is counted while the files are read and has no SQL, or its SQL does not pass the gate.
        ValueError: another dialect, or a setting that does not exist.
    """
    one = load_checks()[check] if isinstance(check, str) else check
    if one.view is None:
        raise PredicateError(one.id, "fact", "it is counted while the files are read and has no SQL")
    numbers = settings_of((one,), settings)
    for fault in faults_of(one, numbers):
        raise fault
    counting = counting_of(one, numbers, condition_of)
    counts = (
        f"SELECT\n    count(*) FILTER (WHERE {counting.flagged}) AS flagged,\n"
        f'    count(*) FILTER (WHERE {counting.among}) AS among\nFROM "{counting.view}"'
    )
    return rendered(with_views(one.title, {}, (counting.view,), counts), dialect)


def with_views(title: str, parameters: Mapping[str, str], views: Iterable[str], select: str) -> str:
    """A query under its title, after the tables of parameters and the views it reads, each after those it needs."""
    named = [*parameters.items(), *((view, view_file(view)) for view in _views_under(views))]
    tables = ",\n".join(f'"{name}" AS (\n{_indented(text)}\n)' for name, text in named)
    return f"{_HEAD.format(title=title)}\nWITH {tables}\n{select}\n"


def rendered(text: str, dialect: str) -> str:
    """The statement in a dialect. Raises ValueError for another than those of ``DIALECTS``."""
    if dialect not in DIALECTS:
        raise ValueError(f"dialect is one of {', '.join(DIALECTS)}, not {dialect!r}")
    return text if dialect == "duckdb" else translated(text, dialect, pretty=True) + "\n"


def _views_under(views: Iterable[str]) -> list[str]:
    """The views and all they build on, each after those it needs."""
    return list(dict.fromkeys(one for view in views if view in view_names() for one in _in_order(view)))


def _in_order(view: str) -> Iterator[str]:
    for below in tables_under(view_file(view)):
        if below in view_names():
            yield from _in_order(below)
    yield view


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.rstrip().splitlines())
