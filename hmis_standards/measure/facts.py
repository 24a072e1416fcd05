"""Facts that reading an export established, for checks of the files as such: what was counted, where, among what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from hmis_standards.measure.columns import ALIASES, LINKS, NEEDED
from hmis_standards.store import load_checks, load_hmis_csv
from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import CheckKind

if TYPE_CHECKING:
    from hmis_standards.measure.door.facts import ColumnFacts, FileFacts
    from hmis_standards.measure.export import Export
    from hmis_standards.model import Check, CsvColumn

__all__ = ["FACTS", "Place", "fact_counts", "fact_rows", "urgent_columns"]

SHA_256 = 4
"""The code of Export.HashStatus for names and numbers turned into SHA-256 digests."""
_SELDOM = ("Affiliation", "AssessmentQuestions", "AssessmentResults")
_DAYS = ("date", "datetime")
_NUMBERS = ("code", "int", "money")


@frozen(kw_only=True)
class Place(Plain):
    """A file, or a column of it, that a check looked at: ``count`` of ``among`` are flagged.

    ``table`` is empty for the export as a whole. ``note`` says what was seen there, in numbers, names of the format
    and line numbers: never a value, nor a name that only this export has.
    """

    table: str = ""
    column: str = ""
    count: int
    among: int = 1
    note: str = ""


Fact = Callable[["Export", "Check"], Iterable[Place]]


def fact_counts(export: Export, one: Check) -> tuple[int, int]:
    """How many a check of the files flags, and among how many."""
    places = tuple(FACTS[str(one.fact)](export, one))
    return sum(place.count for place in places), sum(place.among for place in places)


def fact_rows(export: Export, one: Check) -> list[dict[str, Any]]:
    """Where a check of the files flags something, as rows of findings.csv: file, column and rule, no ids."""
    return [_row(one, place) for place in FACTS[str(one.fact)](export, one) if place.count]


def _row(one: Check, place: Place) -> dict[str, Any]:
    said = f"{place.column}: {one.title}" if place.column else one.title
    ids = dict.fromkeys(("project_id", "personal_id", "enrollment_id", "household_id", "record_id"), "")
    return {
        "check": one.id,
        "severity": one.severity.value,
        "table": place.table,
        **ids,
        "detail": f"{said} ({place.note})" if place.note else said,
    }


# --- which columns are urgent ------------------------------------------------------------------------------


def urgent_columns(edition: str) -> frozenset[tuple[str, str]]:
    """Tables and columns in which a fault is of high priority, under the names of an edition and of FY2026.

    The keys, all that is kept of participation and inventory, and whatever a shipped check of clients or projects
    reads: the dates that place a stay and the project type among it. Eva keeps a list of its own.
    """
    read = {place for one in load_checks() if one.kind is not CheckKind.FILE for place in one.reads}
    keys = {(file.name, one.name) for file in load_hmis_csv(edition).files for one in file.columns if one.key}
    kept = {(table, one) for table in ("HMISParticipation", "CEParticipation", "Inventory") for one in NEEDED[table]}
    urgent = read | keys | kept
    return frozenset(urgent | {(table, other) for table, one in urgent for other in ALIASES.get((table, one), ())})


# --- files -------------------------------------------------------------------------------------------------


def _read_files(export: Export) -> Iterator[FileFacts]:
    """The files of the edition that are there and could be read."""
    return (one for one in export.found.files if one.present and one.expected and not one.fault)


def _not_zipped(export: Export, one: Check) -> Iterator[Place]:
    yield Place(count=export.found.form != "zip")


def _folder_in_zip(export: Export, one: Check) -> Iterator[Place]:
    if export.found.form == "zip":
        yield Place(count=export.found.nested)


def _other_files(export: Export, one: Check) -> Iterator[Place]:
    others = export.found.other_files
    yield Place(count=others, among=others + sum(file.present for file in export.found.files))


def _missing_files(seldom: bool) -> Fact:
    def fact(export: Export, one: Check) -> Iterator[Place]:
        for file in export.found.files:
            if file.expected and (file.table in _SELDOM) is seldom:
                yield Place(table=file.table, count=not file.present)

    return fact


def _unreadable_files(export: Export, one: Check) -> Iterator[Place]:
    for file in export.found.files:
        if file.expected and file.present:
            yield Place(table=file.table, count=bool(file.fault), note=file.fault)


def _files(count: Callable[[FileFacts], int], note: Callable[[FileFacts], str] = lambda file: "") -> Fact:
    """A fact that counts files: those in which the number is not 0."""

    def fact(export: Export, one: Check) -> Iterator[Place]:
        for file in _read_files(export):
            found = bool(count(file))
            yield Place(table=file.table, count=found, note=note(file) if found else "")

    return fact


def _ragged_rows(export: Export, one: Check) -> Iterator[Place]:
    for file in _read_files(export):
        lines = ", ".join(map(str, file.lines_left_out))
        note = f"{file.left_out:,} rows, lines {lines} first" if file.left_out else ""
        among = file.rows + file.deleted + file.left_out
        yield Place(table=file.table, count=file.left_out, among=among, note=note)


# --- Export.csv --------------------------------------------------------------------------------------------


def _no_export_row(export: Export, one: Check) -> Iterator[Place]:
    yield Place(table="Export", count=export.found.export_rows == 0)


def _several_export_rows(export: Export, one: Check) -> Iterator[Place]:
    rows = export.found.export_rows
    yield Place(table="Export", count=rows > 1, note=f"{rows:,} rows" if rows > 1 else "")


def _other_version(export: Export, one: Check) -> Iterator[Place]:
    """Opening tells the edition by the columns where the version says none, or plainly not theirs."""
    stated = re.findall("20[0-9]{2}", export.csv_version)
    right = export.edition.removeprefix("FY") in stated
    yield Place(table="Export", column="CSVVersion", count=not right, note="" if right else f"read as {export.edition}")


def _not_hashed(export: Export, one: Check) -> Iterator[Place]:
    """Digests of one kind have one length."""
    names = _column(export, "Client", "FirstName")
    uneven = names is not None and names.shortest != names.longest
    stated = export.found.hash_status == SHA_256
    seen = "first names differ in length" if uneven else ""
    said = "" if stated else "the export does not say that it is hashed"
    note = "; ".join(part for part in (said, seen) if part)
    yield Place(table="Export", column="HashStatus", count=uneven or not stated, note=note)


def _other_export(export: Export, one: Check) -> Iterator[Place]:
    for file in _read_files(export):
        if file.table != "Export" and file.column("ExportID"):
            yield _of_rows(file.table, "ExportID", file.other_export, file.rows)


def _of_rows(table: str, column: str, count: int, among: int) -> Place:
    return Place(table=table, column=column, count=count, among=among, note=f"{count:,} of {among:,} rows")


# --- headers -----------------------------------------------------------------------------------------------


def _format_columns(export: Export, file: FileFacts) -> tuple[CsvColumn, ...]:
    known = load_hmis_csv(export.edition).file(file.table)
    return known.columns if known else ()


def _missing_columns(urgent: bool) -> Fact:
    def fact(export: Export, one: Check) -> Iterator[Place]:
        high = urgent_columns(export.edition)
        for file in _read_files(export):
            for column in _format_columns(export, file):
                if ((file.table, column.name) in high) is urgent:
                    yield Place(table=file.table, column=column.name, count=column.name in file.missing)

    return fact


def _missing_or_extra_columns(export: Export, one: Check) -> Iterator[Place]:
    """Names that are not of the format are counted, not repeated: a file without a header has cells there."""
    yield from _missing_columns(urgent=False)(export, one)
    for file in _read_files(export):
        count = len(file.extra)
        if count:
            yield Place(table=file.table, count=count, among=count, note=f"{count:,} that the format does not have")


def _misspelled_columns(export: Export, one: Check) -> Iterator[Place]:
    for file in _read_files(export):
        found = {right: wrong for wrong, right in file.misspelled}
        for column in _format_columns(export, file):
            if ALIASES.get((file.table, column.name)) and column.name not in file.missing:
                wrong = found.get(column.name)
                note = f"as {wrong}" if wrong else ""
                yield Place(table=file.table, column=column.name, count=bool(wrong), note=note)


# --- values ------------------------------------------------------------------------------------------------


def _column(export: Export, table: str, column: str) -> ColumnFacts | None:
    """The facts of a column under whichever name the edition has it."""
    file = export.found.file(table)
    names = (column, *ALIASES.get((table, column), ()))
    return next((found for name in names if (found := file.column(name))), None)


def _columns(
    count: Callable[[ColumnFacts], int], looked_at: Callable[[ColumnFacts], bool], urgent: bool | None = None
) -> Fact:
    """A fact that counts columns: those of the ones looked at, urgent ones or the others, that have such a value."""

    def fact(export: Export, one: Check) -> Iterator[Place]:
        high = urgent_columns(export.edition)
        for column in export.found.columns():
            if looked_at(column) and urgent in {None, (column.table, column.column) in high}:
                found = count(column)
                note = f"{found:,} of {column.cells:,} values" if found else ""
                yield Place(table=column.table, column=column.column, count=bool(found), note=note)

    return fact


def _dates(urgent: bool) -> Fact:
    return _columns(lambda column: column.unreadable, lambda column: column.kind in _DAYS, urgent)


def _numbers(urgent: bool) -> Fact:
    return _columns(lambda column: column.unreadable, lambda column: column.kind in _NUMBERS, urgent)


def _blanks(urgent: bool) -> Fact:
    return _columns(lambda column: column.blank_not_allowed, lambda column: not column.nullable, urgent)


def _unlisted(export: Export, one: Check) -> Iterator[Place]:
    found = (_column(export, table, column) for table, column in one.reads)
    return (_codes(column) for column in found if column is not None)


def _unlisted_elsewhere(export: Export, one: Check) -> Iterator[Place]:
    named = _named("unlisted_codes")
    for column in export.found.columns():
        names = {column.column, *ALIASES.get((column.table, column.column), ())}
        if column.kind == "code" and not {(column.table, name) for name in names} & named:
            yield _codes(column)


def _codes(column: ColumnFacts) -> Place:
    among = column.cells - column.blank
    note = f"{column.unlisted:,} of {among:,} values, {column.unlisted_codes:,} different" if column.unlisted else ""
    return Place(table=column.table, column=column.column, count=column.unlisted, among=among, note=note)


def _named(fact: str) -> frozenset[tuple[str, str]]:
    """The columns that shipped checks of this fact look at one by one."""
    return frozenset(place for one in load_checks() if one.fact == fact for place in one.reads)


# --- keys --------------------------------------------------------------------------------------------------


def _no_enrollments(export: Export, one: Check) -> Iterator[Place]:
    yield Place(table="Enrollment", count=export.rows["Enrollment"] == 0)


def _keys(tables: Callable[[Check], Iterable[str] | None]) -> Fact:
    """A fact that counts rows beyond the first of each key; in these tables, or in all that no check names."""

    def fact(export: Export, one: Check) -> Iterator[Place]:
        wanted = tables(one)
        named = {table for table, _ in _named("duplicate_keys")}
        for file in _read_files(export):
            if file.key and (file.table in wanted if wanted is not None else file.table not in named):
                yield _of_rows(file.table, file.key, file.duplicates, file.rows)

    return fact


def _links(named: bool) -> Fact:
    """A fact that counts rows that lead nowhere: those of the columns that a check names, or of all others."""

    def fact(export: Export, one: Check) -> Iterator[Place]:
        wanted = set(one.reads) if named else LINKS.keys() - _named("dead_links")
        dead = {(link.table, link.column): link.count for link in export.found.links}
        there = {file.table for file in _read_files(export)}
        for (table, column), other in LINKS.items():
            facts = export.found.file(table).column(column)
            if (table, column) in wanted and other in there and facts is not None:
                yield _of_rows(table, column, dead.get((table, column), 0), facts.cells - facts.blank)

    return fact


def _unknown_users(export: Export, one: Check) -> Iterator[Place]:
    """One fault of User.csv, however many records its missing users made."""
    lost = sum(link.count for link in export.found.links if link.other == "User")
    made = sum(one.cells for one in export.found.columns() if one.column == "UserID" and one.table != "User")
    if export.rows["User"]:
        note = f"{lost:,} of {made:,} rows of other files name a user who is not listed" if lost else ""
        yield Place(table="User", column="UserID", count=bool(lost), note=note)


def _shared_households(export: Export, one: Check) -> Iterator[Place]:
    (row,) = export.engine.rows(
        "SELECT count(*) AS households, count(*) FILTER (WHERE h.first_project <> h.last_project) AS shared FROM ("
        'SELECT e."HouseholdID", min(e."ProjectID") AS first_project, max(e."ProjectID") AS last_project '
        'FROM "Enrollment" AS e WHERE e."HouseholdID" IS NOT NULL GROUP BY e."HouseholdID") AS h'
    )
    note = f"{row['shared']:,} of {row['households']:,} households"
    yield Place(table="Enrollment", column="HouseholdID", count=row["shared"], among=row["households"], note=note)


FACTS: Mapping[str, Fact] = {
    "not_zipped": _not_zipped,
    "folder_in_zip": _folder_in_zip,
    "other_files": _other_files,
    "missing_files": _missing_files(seldom=False),
    "missing_seldom_files": _missing_files(seldom=True),
    "unreadable_files": _unreadable_files,
    "other_encoding": _files(lambda file: file.encoding not in {"", "utf-8"}, lambda file: f"read as {file.encoding}"),
    "byte_order_marks": _files(lambda file: file.bom),
    "nul_bytes": _files(lambda file: file.nul_bytes, lambda file: f"{file.nul_bytes:,} bytes left out"),
    "columns_in_another_order": _files(lambda file: not file.ordered),
    "repeated_columns": _files(lambda file: len(file.repeated), lambda file: f"{len(file.repeated):,} names repeated"),
    "ragged_rows": _ragged_rows,
    "no_export_row": _no_export_row,
    "several_export_rows": _several_export_rows,
    "other_version": _other_version,
    "not_hashed": _not_hashed,
    "other_export": _other_export,
    "missing_urgent_columns": _missing_columns(urgent=True),
    "missing_or_extra_columns": _missing_or_extra_columns,
    "misspelled_columns": _misspelled_columns,
    "unreadable_urgent_dates": _dates(urgent=True),
    "unreadable_dates": _dates(urgent=False),
    "unreadable_urgent_numbers": _numbers(urgent=True),
    "unreadable_numbers": _numbers(urgent=False),
    "urgent_blanks": _blanks(urgent=True),
    "blanks": _blanks(urgent=False),
    "dates_in_another_form": _columns(lambda column: column.other_form, lambda column: column.kind in _DAYS),
    "forbidden_characters": _columns(lambda column: column.forbidden, lambda column: column.kind == "string"),
    "too_long": _columns(lambda column: column.too_long, lambda column: column.kind == "string"),
    "unlisted_codes": _unlisted,
    "unlisted_codes_elsewhere": _unlisted_elsewhere,
    "no_enrollments": _no_enrollments,
    "duplicate_keys": _keys(lambda one: [table for table, _ in one.reads]),
    "duplicate_keys_elsewhere": _keys(lambda one: None),
    "dead_links": _links(named=True),
    "dead_links_elsewhere": _links(named=False),
    "unknown_users": _unknown_users,
    "shared_households": _shared_households,
}
"""By the name that a check gives in ``fact``: the places where it looked."""
