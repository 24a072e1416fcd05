"""Rules on an edition of the HMIS CSV: names once, code lists and columns that exist."""

from __future__ import annotations

from collections.abc import Iterator

from hmis_standards.errors import Problem
from hmis_standards.model import Spec
from hmis_standards.store.parts import Placed
from hmis_standards.store.references import near, repeated

__all__ = ["check_spec"]


def check_spec(spec: Placed[Spec]) -> tuple[Problem, ...]:
    """All that is wrong inside one edition."""
    return (*_names_occur_once(spec), *_lists_exist(spec), *_what_becomes_of_columns(spec))


def _names_occur_once(spec: Placed[Spec]) -> Iterator[Problem]:
    yield from repeated(spec, "file", [file.name for file in spec.value.files], "files", key="name")
    yield from repeated(spec, "code list", [one.id for one in spec.value.lists], "lists")
    for place, file in enumerate(spec.value.files):
        names = [column.name for column in file.columns]
        yield from repeated(spec, f"column of {file.name}", names, "files", place, "columns", key="name")
    for place, one in enumerate(spec.value.lists):
        codes = [code for code, _ in one.codes]
        yield from repeated(spec, f"in list {one.id}, code", codes, "lists", place, "codes", key="0")


def _lists_exist(spec: Placed[Spec]) -> Iterator[Problem]:
    known = {one.id for one in spec.value.lists}
    for place, file in enumerate(spec.value.files):
        for inside, column in enumerate(file.columns):
            if column.list is not None and column.list not in known:
                yield spec.problem(
                    f"there is no code list {column.list!r}",
                    *("files", place, "columns", inside, "list"),
                    hint=near(column.list, known),
                )


def _what_becomes_of_columns(spec: Placed[Spec]) -> Iterator[Problem]:
    """Each column that becomes another is there, and so are the codes it goes through."""
    becomes = spec.value.becomes
    if becomes is None:
        return
    known = {one.id for one in becomes.codes}
    yield from repeated(spec, "set of codes", [one.id for one in becomes.codes], "becomes", "codes")
    for place, one in enumerate(becomes.columns):
        yield from _columns_exist(spec, one.table, (one.column,), "becomes", "columns", place)
        if one.codes is not None and one.codes not in known:
            message = f"there is no set of codes {one.codes!r}"
            yield spec.problem(message, "becomes", "columns", place, "codes", hint=near(one.codes, known))
    for place, kept in enumerate(becomes.kept):
        yield from _columns_exist(spec, kept.table, kept.columns, "becomes", "kept", place)


def _columns_exist(spec: Placed[Spec], table: str, columns: tuple[str, ...], *at: str | int) -> Iterator[Problem]:
    file = spec.value.file(table)
    if file is None:
        yield spec.problem(
            f"there is no file {table!r}", *at, "table", hint=near(table, [one.name for one in spec.value.files])
        )
        return
    for column in columns:
        if file.column(column) is None:
            names = [one.name for one in file.columns]
            yield spec.problem(f"{table} has no column {column!r}", *at, hint=near(column, names))
