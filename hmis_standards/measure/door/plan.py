"""What is to be done with the columns of a file: how each is read, and which columns of the kept table it makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from attrs import field, frozen

from hmis_standards.measure.columns import ALIASES, NEEDED, TALLIED, WITH_TIME
from hmis_standards.measure.door.cells import Judge
from hmis_standards.model.hmis_csv import ColumnBecomes, CsvColumn, CsvFile, Spec

__all__ = ["Column", "Output", "Plan", "Recoding", "place_of", "plan_of", "sources_of"]

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
class Recoding:
    """Codes of an older edition and their present numbers; ``others`` says whether any other code is kept."""

    codes: Mapping[int, int]
    others: bool

    def __call__(self, code: Any) -> Any:
        return self.codes.get(code, code if self.others else None)


@frozen(kw_only=True)
class Output:
    """A column of the kept table, with the recoding its values go through, if any."""

    name: str
    type: Any
    codes: Recoding | None = None


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
    return Plan(table=table, columns=known, schema=_kept_schema(spec, newest, table), deleted=deleted)


def _kept_schema(spec: Spec, newest: Spec, table: str) -> Any:
    """Names and types of what is kept of a table, whether or not the file has it. Columns of the past are codes."""
    fields = []
    for name in NEEDED.get(table, ()):
        fields.append(pa.field(name, _ARROW[_kind_of(newest, table, name)]))
        if (table, name) in WITH_TIME:
            fields.append(pa.field(name + TIME_SUFFIX, _MOMENT))
    fields += [pa.field(name, _ARROW[_kind_of(spec, table, name)]) for name in _kept_of(spec, table)]
    return pa.schema(fields)


def _kept_of(spec: Spec, table: str) -> tuple[str, ...]:
    return spec.becomes.kept_of(table) if spec.becomes else ()


def _kind_of(spec: Spec, table: str, name: str) -> str:
    file = spec.file(table)
    entry = file.column(name) if file else None
    return _kind(spec, entry) if entry else "code"


def sources_of(spec: Spec, table: str, name: str) -> tuple[str, ...]:
    """The columns of an edition that a kept column is made of; none where the edition has nothing of the kind."""
    file = spec.file(table)
    named = tuple(one for one in _becoming(spec, table) if one.to == name)
    if named:
        return tuple(one.column for one in named)
    return (name,) if file and file.column(name) else ()


def _becoming(spec: Spec, table: str) -> tuple[ColumnBecomes, ...]:
    return tuple(one for one in spec.becomes.columns if one.table == table) if spec.becomes else ()


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
        outputs=_outputs(spec, file.name, entry, kind),
    )


def place_of(table: str, name: str, header: tuple[str, ...]) -> str | None:
    """Under which name a column of the specification stands in the header, if at all."""
    return next((one for one in (name, *ALIASES.get((table, name), ())) if one in header), None)


def _outputs(spec: Spec, table: str, entry: CsvColumn, kind: str) -> tuple[Output, ...]:
    """The kept columns made of a column: those its edition names, or else the one of its own name."""
    made = [
        Output(name=one.to, type=_ARROW[kind], codes=_recoding(spec, one))
        for one in _becoming(spec, table)
        if one.column == entry.name
    ]
    own = entry.name in (*NEEDED.get(table, ()), *_kept_of(spec, table))
    if own and entry.name in sources_of(spec, table, entry.name) and entry.name not in {one.name for one in made}:
        made.append(Output(name=entry.name, type=_ARROW[kind]))
    timed = [Output(name=one.name + TIME_SUFFIX, type=_MOMENT) for one in made if (table, one.name) in WITH_TIME]
    return (*made, *timed)


def _recoding(spec: Spec, one: ColumnBecomes) -> Recoding | None:
    codes = spec.becomes.recoding(one) if spec.becomes else None
    return None if codes is None else Recoding(codes=codes, others=one.others == "keep")


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
