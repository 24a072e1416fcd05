"""What is to be done with the columns of a file: how each is read, and which columns of the kept table it makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from attrs import field, frozen

from hmis_standards.measure.columns import ALIASES, NEEDED, TALLIED, WITH_TIME
from hmis_standards.measure.door.cells import Judge
from hmis_standards.model.hmis_csv import CsvColumn, CsvFile, Spec

__all__ = ["Column", "Output", "Plan", "kept_schema", "plan_of"]

_ARROW: dict[str, Any] = {
    "code": pa.int16(),
    "int": pa.int32(),
    "money": pa.decimal128(9, 2),
    "date": pa.date32(),
    "datetime": pa.date32(),
    "string": pa.string(),
}
_MOMENT = pa.timestamp("us")
TIME_SUFFIX = "At"


@frozen(kw_only=True)
class Output:
    """A column of the kept table. ``codes`` gives codes of an older edition their present number."""

    name: str
    type: Any
    codes: Mapping[int, int] | None = None


@frozen(kw_only=True)
class Column:
    """A column of the specification as it stands in a file: ``place`` there, and what is made of it."""

    name: str
    place: str
    kind: str
    nullable: bool
    judge: Judge = field(repr=False)
    outputs: tuple[Output, ...] = ()

    @property
    def tallied(self) -> bool:
        """Whether its values are counted one by one."""
        return self.name in TALLIED

    @property
    def few(self) -> bool:
        """Whether it has so few spellings that each is judged by itself."""
        return self.tallied or self.kind in {"code", "int", "money", "date"} or bool(self.judge.codes)


@frozen(kw_only=True)
class Plan:
    """What is to be done with one file; ``schema`` is that of the kept table, empty if none of it is kept."""

    table: str
    columns: tuple[Column, ...] = field(repr=False)
    schema: Any = field(repr=False)
    deleted: str | None = None


def plan_of(spec: Spec, newest: Spec, table: str, header: tuple[str, ...]) -> Plan:
    """The plan for a file with this header, under its edition's specification and the newest, whose types count."""
    file = spec.file(table)
    known = tuple(one for one in (_column(spec, file, entry, header) for entry in file.columns) if one) if file else ()
    deleted = next((one.place for one in known if one.name == "DateDeleted"), None)
    return Plan(table=table, columns=known, schema=kept_schema(newest, table), deleted=deleted)


def kept_schema(newest: Spec, table: str) -> Any:
    """Names and types of what is kept of a table, whether or not the file has it. Columns of the past are codes."""
    file = newest.file(table)
    fields = []
    for name in NEEDED.get(table, ()):
        entry = _entry(file, name)
        kind = _kind(newest, entry) if entry else "code"
        fields.append(pa.field(name, _ARROW[kind]))
        if (table, name) in WITH_TIME:
            fields.append(pa.field(name + TIME_SUFFIX, _MOMENT))
    return pa.schema(fields)


def _entry(file: CsvFile | None, name: str) -> CsvColumn | None:
    """The specification's column of a kept one, under whichever name the edition has it."""
    names = (name, *ALIASES.get((file.name, name), ())) if file else ()
    return next((found for one in names if file and (found := file.column(one))), None)


def _column(spec: Spec, file: CsvFile, entry: CsvColumn, header: tuple[str, ...]) -> Column | None:
    place = place_of(file.name, entry.name, header)
    if place is None:
        return None
    kind = _kind(spec, entry)
    return Column(
        name=entry.name,
        place=place,
        kind=kind,
        nullable=entry.nullable,
        judge=Judge(kind, _codes(spec, entry), entry.max_length),
        outputs=_outputs(file, entry, kind),
    )


def place_of(table: str, name: str, header: tuple[str, ...]) -> str | None:
    """Under which name a column of the specification stands in the header, if at all."""
    return next((one for one in (name, *ALIASES.get((table, name), ())) if one in header), None)


def _outputs(file: CsvFile, entry: CsvColumn, kind: str) -> tuple[Output, ...]:
    names = [name for name in NEEDED.get(file.name, ()) if _entry(file, name) is entry]
    made = [Output(name=name, type=_ARROW[kind]) for name in names]
    made += [Output(name=name + TIME_SUFFIX, type=_MOMENT) for name in names if (file.name, name) in WITH_TIME]
    return tuple(made)


def _kind(spec: Spec, entry: CsvColumn) -> str:
    if entry.type != "int":
        return entry.type
    return "code" if _codes(spec, entry) else "int"


def _codes(spec: Spec, entry: CsvColumn) -> tuple[Any, ...]:
    listed = spec.code_list(entry.list) if entry.list else None
    if listed is None:
        return ()
    codes = [code for code, _ in listed.codes]
    return tuple(int(code) for code in codes if code.isdigit()) if entry.type == "int" else tuple(codes)
