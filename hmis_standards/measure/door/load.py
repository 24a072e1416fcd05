"""Reading every file of an export once: kept columns into the engine, facts about all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from hmis_standards.errors import ExportError, MissingTable, UnsupportedSpec
from hmis_standards.measure.columns import ALIASES, ESSENTIAL, NEEDED, OLDER_TABLES
from hmis_standards.measure.door.batches import ROW, numbered, typed_batch
from hmis_standards.measure.door.becoming import become
from hmis_standards.measure.door.between import keys, links, user_links
from hmis_standards.measure.door.csv_stream import Unsound, text_batches
from hmis_standards.measure.door.facts import Facts, FileFacts, column_facts
from hmis_standards.measure.door.frames import as_text_batches
from hmis_standards.measure.door.plan import Plan, plan_of, sources_of
from hmis_standards.measure.door.source import UNREADABLE, Member, Source, damaged
from hmis_standards.measure.door.tally import ColumnTally, Reading, Tally
from hmis_standards.measure.door.text import Head, read_head
from hmis_standards.measure.engine import Engine
from hmis_standards.measure.problems import HASHED
from hmis_standards.model.hmis_csv import CsvFile, Spec
from hmis_standards.store import load_hmis_csv

__all__ = ["NEWEST", "SUPPORTED", "Progress", "column_names", "read_in", "table_names"]

SUPPORTED = ("FY2022", "FY2024", "FY2026")
NEWEST = "FY2026"
Progress = Callable[[str, int, int], None]
_HASHED_COLUMNS = {"FirstName", "MiddleName", "LastName", "SSN"}


@frozen(kw_only=True)
class _Opened:
    """A table of the source with the first line of its file, or why there is none."""

    member: Member
    head: Head | None = None
    fault: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        return self.head.names if self.head else self.member.header


def table_names() -> frozenset[str]:
    """Every table that an edition knows."""
    newest = load_hmis_csv(NEWEST)
    return frozenset({file.name for file in newest.files} | set(OLDER_TABLES))


def column_names(table: str) -> tuple[str, ...]:
    """Every name of a column of a table: spellings met in exports first, those of the newest edition last."""
    others = (name for (place, _), names in ALIASES.items() if place == table for name in names)
    files = (load_hmis_csv(edition).file(table) for edition in SUPPORTED)
    return (*others, *(column.name for file in files if file for column in file.columns))


def read_in(engine: Engine, source: Source, progress: Progress | None = None) -> tuple[Facts, dict[str, Any]]:
    """Fill the engine with every table that is kept; the facts, and the row of Export.csv.

    Raises:
        ExportError: a table without which nothing can be measured is missing or cannot be read.
        UnsupportedSpec: an edition that is not known here.
    """
    newest = load_hmis_csv(NEWEST)
    opened = {table: _open(member, newest) for table, member in source.members.items()}
    for table in ESSENTIAL:
        _must_have(opened.get(table), table, source.name)
    row = _export_row(opened["Export"], newest)
    edition = _edition(row.get("CSVVersion") or "", {table: one.header for table, one in opened.items()})
    spec = newest if edition == NEWEST else load_hmis_csv(edition)
    files, users = _read_files(engine, source, opened, spec, newest, row, progress)
    files = become(engine, spec, files)
    lost = (*links(engine, files), *user_links(engine, users))
    engine.seal()
    facts = Facts(
        form=source.form,
        nested=source.nested,
        other_files=source.others,
        edition=edition,
        csv_version=row.get("CSVVersion") or "",
        export_rows=next(one.rows for one in files if one.table == "Export"),
        hash_status=row.get("HashStatus"),
        files=files,
        links=tuple(link for link in lost if link.count),
    )
    return facts, row


# --- heads, edition ----------------------------------------------------------------------------------------


def _open(member: Member, newest: Spec) -> _Opened:
    """The table with its header. A file without any name of HUD's format in its first line has cells there."""
    file = newest.file(member.table)
    known = {*NEEDED.get(member.table, ()), *(column.name for column in file.columns if file)} if file else set()
    head = member.head
    if head is None and member.opener is not None:
        try:
            head = read_head(member.opener)
        except UNREADABLE as error:
            return _Opened(member=member, fault=damaged(error))
    return _Opened(member=member, head=head, fault=_header_fault(known, head.names if head else member.header))


def _header_fault(known: set[str], names: tuple[str, ...]) -> str:
    if not names:
        return "is empty: it does not even have a header"
    if known and not known & set(names):
        return "has no column of HUD's format in its first line; is the header missing?"
    return ""


def _must_have(opened: _Opened | None, table: str, where: str) -> None:
    if opened is None:
        raise MissingTable(table, where)
    if opened.fault:
        raise ExportError(f"{table}.csv {opened.fault}")


def _export_row(opened: _Opened, newest: Spec) -> dict[str, Any]:
    """The last row of Export.csv as values; empty if it has none. How many it has is a fact."""
    plan = plan_of(newest, newest, "Export", opened.header)
    try:
        batches = _typed_batches(opened, plan, Reading(encoding=""), careful=True)
        rows = [row for typed, _ in batches for row in typed.to_pylist()]
    except UNREADABLE as error:
        raise ExportError(f"Export.csv {damaged(error)}") from None
    return rows[-1] if rows else {}


def _edition(stated: str, headers: Mapping[str, tuple[str, ...]]) -> str:
    """From ``CSVVersion``; where that says nothing, or the columns are plainly older, from the columns."""
    older = "HMISParticipation" not in headers and "HMISParticipatingProject" in headers["Project"]
    edition = _edition_by_columns(headers) if older else _stated_edition(stated) or _edition_by_columns(headers)
    if edition not in SUPPORTED:
        raise UnsupportedSpec(edition, SUPPORTED)
    return edition


def _stated_edition(stated: str) -> str:
    year = re.search(r"20[0-9]{2}", stated)
    return f"FY{year.group()}" if year else ""


def _edition_by_columns(headers: Mapping[str, tuple[str, ...]]) -> str:
    if "HMISParticipatingProject" in headers["Project"]:
        return "FY2020 or older" if "Gender" in headers["Client"] else "FY2022"
    if "Sex" in headers["Client"]:
        return "FY2026"
    if "Woman" in headers["Client"]:
        return "FY2024"
    return "of an unknown edition (CSVVersion is blank and the columns fit none)"


# --- files -------------------------------------------------------------------------------------------------


def _read_files(
    engine: Engine,
    source: Source,
    opened: Mapping[str, _Opened],
    spec: Spec,
    newest: Spec,
    row: Mapping[str, Any],
    progress: Progress | None,
) -> tuple[tuple[FileFacts, ...], dict[str, Mapping[str, int]]]:
    """Facts of every file of the edition, and how often each UserID stands in it."""
    tables = list(dict.fromkeys([*(file.name for file in spec.files), *NEEDED]))
    plans = {table: plan_of(spec, newest, table, opened[table].header if table in opened else ()) for table in tables}
    done: Mapping[str, tuple[Tally, Reading]] = {}
    if source.read:
        _tell(progress, "tables", 0, len(tables))
        done = source.read({name: plans[name] for name, one in opened.items() if name in plans and not one.fault})
    facts = []
    users: dict[str, Mapping[str, int]] = {}
    for number, (table, plan) in enumerate(plans.items()):
        _tell(progress, table, number, len(tables))
        tally, found = _read_file(engine, opened.get(table), plan, spec, done.get(table))
        facts.append(_with_columns(found, plan, tally, spec, row))
        users[table] = tally.columns["UserID"].values if "UserID" in tally.columns else {}
    keyed = keys(engine, [plans[one.table] for one in facts if one.rows])
    _tell(progress, "tables", len(tables), len(tables))
    return tuple(evolve(one, **keyed.get(one.table, {})) for one in facts), users


def _tell(progress: Progress | None, step: str, done: int, steps: int) -> None:
    if progress is not None:
        progress(f"reading {step}", done, steps)


def _read_file(
    engine: Engine, opened: _Opened | None, plan: Plan, spec: Spec, done: tuple[Tally, Reading] | None
) -> tuple[Tally, FileFacts]:
    """Load one table, empty if there is no such file or it cannot be read; ``done`` if the engine has loaded it."""
    file = spec.file(plan.table)
    facts = FileFacts(table=plan.table, present=opened is not None, expected=file is not None)
    fault = ""
    if opened:
        facts = _header_facts(facts, file, opened)
        fault = opened.fault
    if opened and not fault:
        tally, reading = done or _load(engine, opened, plan, facts.encoding)
        fault = reading.fault
        if not fault:
            return tally, _reading_facts(facts, tally, reading)
    if fault and plan.table in ESSENTIAL:
        raise ExportError(f"{plan.table}.csv {fault}")
    _fill(engine, plan, iter(()))
    return Tally(), evolve(facts, fault=fault, lacking=tuple(plan.schema.names) if file else ())


def _header_facts(facts: FileFacts, file: CsvFile | None, opened: _Opened) -> FileFacts:
    """The header compared with the specification."""
    names = opened.header
    head = opened.head
    known = tuple(column.name for column in file.columns) if file else ()
    spelled = {other: name for name in known for other in ALIASES.get((facts.table, name), ()) if name not in names}
    misspelled = tuple((found, spelled[found]) for found in names if found in spelled and found not in known)
    meant = [spelled.get(name, name) for name in names]
    ordered = [name for name in meant if name in known]
    return evolve(
        facts,
        encoding=head.encoding if head else "",
        bom=bool(head and head.bom),
        missing=tuple(name for name in known if name not in meant),
        extra=tuple(dict.fromkeys(name for name in meant if name not in known)),
        misspelled=misspelled,
        repeated=tuple(dict.fromkeys(name for place, name in enumerate(names) if name and name in names[:place])),
        ordered=list(dict.fromkeys(ordered)) == [name for name in known if name in ordered],
    )


def _reading_facts(facts: FileFacts, tally: Tally, reading: Reading) -> FileFacts:
    return evolve(
        facts,
        rows=tally.rows,
        deleted=tally.deleted,
        encoding=reading.encoding,
        nul_bytes=reading.nuls,
        left_out=reading.left_out,
        lines_left_out=reading.lines_left_out,
    )


def _load(engine: Engine, opened: _Opened, plan: Plan, encoding: str) -> tuple[Tally, Reading]:
    """Read a file into the engine the quick way, or if that fails from its start again record by record."""
    try:
        return _read(engine, opened, plan, encoding, careful=False)
    except Unsound:
        pass
    except UNREADABLE as error:
        return Tally(), Reading(encoding=encoding, fault=damaged(error))
    try:
        return _read(engine, opened, plan, encoding, careful=True)
    except UNREADABLE as error:
        return Tally(), Reading(encoding=encoding, fault=damaged(error))


def _read(engine: Engine, opened: _Opened, plan: Plan, encoding: str, careful: bool) -> tuple[Tally, Reading]:
    tally, reading = Tally(), Reading(encoding=encoding)
    _fill(engine, plan, numbered(_typed_batches(opened, plan, reading, careful), tally))
    return tally, reading


def _typed_batches(opened: _Opened, plan: Plan, reading: Reading, careful: bool) -> Iterator[tuple[Any, Tally]]:
    member, head = opened.member, opened.head
    if member.opener is not None and head is not None:
        texts = text_batches(member.opener, head, plan, reading, careful)
    else:
        assert member.batches is not None
        texts = as_text_batches(plan.table, member.batches(), plan)
    return (typed_batch(batch, plan) for batch in texts)


def _fill(engine: Engine, plan: Plan, batches: Iterator[Any]) -> None:
    """Load what is kept of a table; a table of which nothing is kept is only looked through."""
    if len(plan.schema):
        engine.load(plan.table, plan.schema.append(ROW), batches)
    else:
        for _ in batches:
            pass


def _with_columns(facts: FileFacts, plan: Plan, tally: Tally, spec: Spec, row: Mapping[str, Any]) -> FileFacts:
    """The facts of the file with those of its columns."""
    if facts.fault or not facts.present:
        return facts
    filled = {output.name for column in plan.columns for output in column.outputs}
    digests = _HASHED_COLUMNS if row.get("HashStatus") in HASHED else set()
    columns = tuple(
        column_facts(plan.table, one, tally.rows, tally.columns.get(one.name, ColumnTally()), one.name in digests)
        for one in plan.columns
    )
    ids = tally.columns["ExportID"].values if "ExportID" in tally.columns else {}
    return evolve(
        facts,
        columns=columns,
        lacking=tuple(
            name for name in NEEDED.get(plan.table, ()) if name not in filled and sources_of(spec, plan.table, name)
        ),
        other_export=sum(count for value, count in ids.items() if value != row.get("ExportID")),
    )
