"""Making data quality checks on an export: all conditions on one prepared view are one query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import frozen

from hmis_standards.errors import PredicateError
from hmis_standards.ids import close_matches
from hmis_standards.measure.conditions import FINDING_COLUMNS, is_shipped, plain_condition
from hmis_standards.measure.export import Export
from hmis_standards.measure.facts import fact_counts, fact_rows
from hmis_standards.measure.findings import Finding, FindingSet
from hmis_standards.measure.prepare import SHARED, Progress, number_of, run_view
from hmis_standards.measure.session import view_columns, views_under
from hmis_standards.model import Check, CheckSet
from hmis_standards.store import load_checks

__all__ = ["Counting", "check", "counting_of", "settings_of"]


@frozen
class Counting:
    """A check in SQL: its view, who is looked at, and who of them is flagged."""

    check: Check
    view: str
    among: str
    flagged: str


def check(
    export: Export,
    checks: CheckSet | Iterable[Check] | None = None,
    settings: Mapping[str, int] | None = None,
    progress: Progress | None = None,
) -> FindingSet:
    """Make data quality checks on an export: counts only, the rows behind them on request.

    Args:
        export: an open export.
        checks: those to make; the shipped ones if left out. One's own: ``load_checks("ours.yaml")``.
        settings: other numbers for settings, such as ``{"long_stay_days": 60}``.
        progress: called with step, number done and number of steps; may raise to cancel.

    Raises:
        PredicateError: the SQL of a check does not pass the gate; nothing was run.
        ValueError: a setting that does not exist, or is no whole number.
    """
    chosen = load_checks() if checks is None else checks
    numbers = settings_of(chosen, settings)
    listed = tuple(chosen)
    own = [one for one in listed if not is_shipped(one)]
    if own:
        _pass_the_gate(own, numbers)
    undated = _undated(export)
    found = {one.id: _standing(export, one, numbers, undated) for one in listed}
    waiting = [
        counting_of(one, numbers, _condition) for one in listed if one.fact is None and found[one.id].status == "ok"
    ]
    counted = _counted(export, waiting, found, progress)
    by_check = {one.check.id: one for one in waiting}
    return FindingSet(
        edition=export.edition,
        settings=tuple(sorted(numbers.items())),
        findings=tuple(counted.get(one.id, found[one.id]) for one in listed),
        records=lambda one: _records(export, by_check[one.id]) if one.id in by_check else fact_rows(export, one),
    )


def settings_of(checks: CheckSet | Iterable[Check], changed: Mapping[str, int] | None) -> dict[str, int]:
    """All settings by name: those of the checks, those shipped, and the numbers given for some of them.

    Raises ValueError for a name that there is not, or a number that is not whole.
    """
    own = checks.settings if isinstance(checks, CheckSet) else ()
    numbers = {one.id: one.value for one in (*load_checks().settings, *own)}
    for name, value in (changed or {}).items():
        if name not in numbers:
            near = close_matches(name, numbers, most=1)
            raise ValueError(f"there is no setting {name!r}{f'; did you mean {near[0]}?' if near else ''}")
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"setting {name} is {value!r}; it takes a whole number")  # noqa: TRY004 - the value of one key
        numbers[name] = value
    return numbers


def counting_of(
    one: Check, settings: Mapping[str, int], written: Callable[[Check, str, Mapping[str, int]], str | None]
) -> Counting:
    """A check as SQL conditions, each as ``written``. Raises PredicateError where it does not pass the gate."""
    where, among = (written(one, key, settings) for key in ("where", "among"))
    if one.view is None or where is None:
        raise PredicateError(one.id, "where", "a check needs a view and a condition")
    parts = [f"({among})"] if among else []
    if one.project_types and "ProjectType" in view_columns(one.view):
        parts.insert(0, f'"ProjectType" IN ({", ".join(map(str, one.project_types))})')
    looked_at = " AND ".join(parts) or "TRUE"
    return Counting(check=one, view=one.view, among=looked_at, flagged=f"{looked_at} AND ({where})")


# --- the gate ----------------------------------------------------------------------------------------------


def _pass_the_gate(own: Iterable[Check], settings: Mapping[str, int]) -> None:
    """Raises PredicateError for the first fault of a check."""
    from hmis_standards.measure.predicates import faults_of

    for fault in (fault for one in own for fault in faults_of(one, settings)):
        raise fault


def _condition(one: Check, key: str, settings: Mapping[str, int]) -> str | None:
    """The condition in a field of a check. A shipped one needs the gate only if its file was altered."""
    text = getattr(one, key)
    if text is None or one.view is None:
        return None
    plain = plain_condition(text, frozenset(view_columns(one.view)), settings) if is_shipped(one) else None
    if plain is not None:
        return plain
    from hmis_standards.measure.predicates import condition_of

    return condition_of(one, key, settings)


# --- whether a check can be made ---------------------------------------------------------------------------


def _standing(export: Export, one: Check, settings: Mapping[str, int], undated: frozenset[str]) -> Finding:
    """The finding of a check that is not made, with the reason; otherwise one that is ``ok``, still to be counted."""
    if one.editions and export.edition not in one.editions:
        return Finding(check=one, status="not_applicable", reason=f"not for edition {export.edition}")
    if one.option is not None and settings[one.option] != 1:
        return Finding(check=one, status="not_applicable", reason=f"the option {one.option} is off")
    reads = {each.table: each.columns for each in one.reads.tables}
    lacks = [f"{name} is missing from the export" for name in export.missing(reads)]
    lacks += [f"Export.{name} cannot be read" for name in reads.get("Export", ()) if name in undated]
    if lacks:
        return Finding(check=one, status="error", reason="; ".join(lacks))
    unread = _unread(export, one)
    return (
        _finding(one, *fact_counts(export, one), unread) if one.fact is not None else Finding(check=one, reason=unread)
    )


def _undated(export: Export) -> frozenset[str]:
    """The days of Export.csv that cannot be read: what is measured from them would silently find nothing."""
    run_view(export, "this_export")
    (row,) = export.engine.rows('SELECT * FROM "this_export"')
    return frozenset(name for name, value in row.items() if value is None)


def _unread(export: Export, one: Check) -> str:
    """In words how many values of the columns that a check reads could not be understood; they count as blanks."""
    facts = (export.found.file(table).column(column) for table, column in one.reads)
    return "; ".join(
        f"{each.unreadable:,} of {each.cells:,} values of {each.table}.{each.column} cannot be read"
        for each in facts
        if each is not None and each.unreadable
    )


def _finding(one: Check, count: int, among: int, unread: str) -> Finding:
    if among:
        return Finding(check=one, count=count, denominator=among, reason=unread)
    reason = "; ".join(part for part in (f"no {one.unit.label} to look at", unread) if part)
    return Finding(check=one, status="not_applicable", reason=reason)


# --- counting ----------------------------------------------------------------------------------------------


def _counted(
    export: Export, waiting: list[Counting], standing: Mapping[str, Finding], progress: Progress | None
) -> dict[str, Finding]:
    """Every check that waits, view by view; what the views were made of goes after its last use."""
    views = list(dict.fromkeys(one.view for one in waiting))
    found: dict[str, Finding] = {}
    for number, view in enumerate(views):
        _tell(progress, view, number, len(views))
        found.update(_of_view(export, view, [one for one in waiting if one.view == view], standing))
        export.session.drop(export.engine, views_under(view) - views_under(*views[number + 1 :]) - SHARED)
    _tell(progress, "checks", len(views), len(views))
    return found


def _tell(progress: Progress | None, step: str, done: int, steps: int) -> None:
    if progress is not None:
        progress(step, done, steps)


def _of_view(
    export: Export, view: str, countings: list[Counting], standing: Mapping[str, Finding]
) -> dict[str, Finding]:
    """All checks of a view in one query; where that fails each by itself, so that one does not stop the others."""
    try:
        counts = _query(export, view, countings)
    except export.engine.errors:
        return {one.check.id: _alone(export, one, standing) for one in countings}
    return {one.check.id: _found(one, counts, standing) for one in countings}


def _found(one: Counting, counts: Mapping[str, int], standing: Mapping[str, Finding]) -> Finding:
    return _finding(one.check, counts[one.flagged], counts[one.among], standing[one.check.id].reason)


def _alone(export: Export, one: Counting, standing: Mapping[str, Finding]) -> Finding:
    try:
        run_view(export, one.view)
        return _found(one, _query(export, one.view, [one]), standing)
    except export.engine.errors as error:
        reason = f"{export.engine.name} cannot evaluate the condition ({type(error).__name__})"
        return Finding(check=one.check, status="error", reason=reason)


def _query(export: Export, view: str, countings: list[Counting]) -> dict[str, int]:
    """How many rows each condition is true of. Many checks look at the same rows: what is alike is asked once."""
    known = export.session.counts(view)
    conditions = dict.fromkeys(condition for one in countings for condition in (one.among, one.flagged))
    new = [condition for condition in conditions if condition not in known]
    if new:
        if view in SHARED:  # measures will read it too
            run_view(export, view)
        asked = ", ".join(f'{number_of(condition)} AS "{place}"' for place, condition in enumerate(new))
        (row,) = export.engine.rows(f"SELECT {asked} FROM {export.session.source(export.engine, view)}")
        known.update({condition: row[str(place)] for place, condition in enumerate(new)})
    return known


# --- the rows behind a count -------------------------------------------------------------------------------


def _records(export: Export, one: Counting) -> list[dict[str, Any]]:
    """The flagged rows of a view by their ids, in order; nothing of a client beside the ids."""
    run_view(export, one.view)
    columns = ", ".join(f'coalesce(CAST("{name}" AS VARCHAR), \'\') AS "{name}"' for name in FINDING_COLUMNS)
    found = export.engine.rows(f'SELECT {columns} FROM "{one.view}" WHERE {one.flagged}')
    table = one.check.reads.tables[0].table
    named = ", ".join(dict.fromkeys(column for _, column in one.check.reads))
    before = {"check": one.check.id, "severity": one.check.severity.value, "table": table}
    after = {"detail": f"{named}: {one.check.title}"}
    return [{**before, **row, **after} for row in sorted(found, key=lambda row: tuple(row.values()))]
