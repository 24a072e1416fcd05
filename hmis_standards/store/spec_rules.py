"""Rules on an edition of the HMIS CSV: names once, code lists that exist."""

from __future__ import annotations

from collections.abc import Iterator

from hmis_standards.errors import Problem
from hmis_standards.model import Spec
from hmis_standards.store.parts import Placed
from hmis_standards.store.references import near, repeated

__all__ = ["check_spec"]


def check_spec(spec: Placed[Spec]) -> tuple[Problem, ...]:
    """All that is wrong inside one edition."""
    return (*_names_occur_once(spec), *_lists_exist(spec))


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
