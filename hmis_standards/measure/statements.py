"""The SQL of a check as one statement, to read or to run elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hmis_standards.errors import PredicateError
from hmis_standards.measure.checks import counting_of, settings_of
from hmis_standards.measure.engine.dialect import DIALECTS, translated
from hmis_standards.measure.predicates import faults_of
from hmis_standards.measure.session import tables_under, view_file, view_names
from hmis_standards.model import Check
from hmis_standards.store import load_checks

__all__ = ["statement"]

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
    if dialect not in DIALECTS:
        raise ValueError(f"dialect is one of {', '.join(DIALECTS)}, not {dialect!r}")
    if one.view is None:
        raise PredicateError(one.id, "fact", "it is counted while the files are read and has no SQL")
    numbers = settings_of((one,), settings)
    for fault in faults_of(one, numbers):
        raise fault
    counting = counting_of(one, numbers)
    views = ",\n".join(f'"{view}" AS (\n{_indented(view_file(view))}\n)' for view in _views_under(counting.view))
    counts = (
        f"SELECT\n    count(*) FILTER (WHERE {counting.flagged}) AS flagged,\n"
        f'    count(*) FILTER (WHERE {counting.among}) AS among\nFROM "{counting.view}"'
    )
    text = f"{_HEAD.format(title=one.title)}\nWITH {views}\n{counts}\n"
    return text if dialect == "duckdb" else translated(text, dialect, pretty=True) + "\n"


def _views_under(view: str) -> list[str]:
    """The view and all it builds on, each after those it needs."""
    return list(dict.fromkeys(_in_order(view)))


def _in_order(view: str) -> Iterator[str]:
    for below in tables_under(view_file(view)):
        if below in view_names():
            yield from _in_order(below)
    yield view


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.rstrip().splitlines())
