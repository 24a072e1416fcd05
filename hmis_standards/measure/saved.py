"""Counts in a file: written when an export was measured, read and judged again later without the export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.ids import close_matches
from hmis_standards.measure.results import SLICES, STATUSES, WITHHELD, MeasureResult, Measures
from hmis_standards.tabular import plain

if TYPE_CHECKING:
    from hmis_standards.store.raw import Raw

__all__ = ["FORMAT", "NAME", "read_measures", "results_file", "write_measures"]

FORMAT = "hmis-standards/results/1"
NAME = "results.json"
"""The file with counts in a folder of results."""
_Pointer = tuple[str | int, ...]


def results_file(measures: Measures) -> dict[str, Any]:
    """The keys of a results file from which ``read_measures`` makes equal measures: ``format`` and ``measures``."""
    head = {name: plain(getattr(measures, name)) for name in ("start", "end", "bed_night", "outside")}
    return {"format": FORMAT, "measures": {**head, "results": [plain(one) for one in measures]}}


def write_measures(measures: Measures, path: str | Path) -> None:
    """Write counts as JSON; reading the file gives equal measures.

    Raises:
        ValueError: the suffix is not ``.json``.
        OSError: the file cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() != ".json":
        raise ValueError(f"{target}: counts are written as .json")
    text = json.dumps(results_file(measures), indent=2, ensure_ascii=False) + "\n"
    target.write_bytes(text.encode("utf-8"))


def read_measures(path: str | Path) -> Measures:
    """The counts in a results file, or in the ``results.json`` of a folder that ``measure -o`` wrote.

    Judging them gives what judging gave when they were measured. Nothing in the file is taken on trust: a result must
    be of a known measure, stand once, and have counts that fit its status.

    Raises:
        InvalidDocument: something in the file cannot be taken; all problems are listed, each with its line.
        DocumentSyntaxError: it is not JSON at all.
        OSError: the file cannot be opened.
    """
    from hmis_standards.store.structuring import structure
    from hmis_standards.store.yaml_text import read_raw

    place = Path(path)
    source = place / NAME if place.is_dir() else place
    source.stat()
    if source.suffix.lower() != ".json":
        hint = f"give {NAME}, which is written beside it"
        raise InvalidDocument(str(source), (Problem(str(source), None, "", "counts are read from .json only", hint),))
    raw = read_raw(source)
    _refuse(raw, list(_of_another_kind(raw)))
    measures = structure(raw, Measures, raw.data["measures"], ("measures",))
    _refuse(raw, [_problem(raw, at, told, hint) for at, told, hint in _faults(measures)])
    return measures


def _refuse(raw: Raw, problems: list[Problem]) -> None:
    if problems:
        raise InvalidDocument(raw.path, tuple(problems))


def _problem(raw: Raw, at: _Pointer, told: str, hint: str = "") -> Problem:
    return Problem(raw.path, raw.line_of(at), "/".join(map(str, at)), told, hint)


def _of_another_kind(raw: Raw) -> Iterator[Problem]:
    stated = raw.data.get("format") if isinstance(raw.data, dict) else None
    if stated != FORMAT:
        hint = "measure the export again with -o"
        yield _problem(raw, ("format",), f"should be {FORMAT!r}, is {stated!r}", hint)
    elif not isinstance(raw.data.get("measures"), dict):
        yield _problem(raw, ("measures",), "should be a mapping with start, end, bed_night and results")


def _faults(measures: Measures) -> Iterator[tuple[_Pointer, str, str]]:
    """Where, what, and a hint."""
    from hmis_standards.store import load_catalog

    known = [one.id for one in load_catalog().measures]
    if measures.end < measures.start:
        yield ("measures", "end"), "the period ends before it begins", ""
    seen: dict[tuple[object, ...], int] = {}
    for number, one in enumerate(measures):
        at: _Pointer = ("measures", "results", number)
        if one.measure not in known:
            near = close_matches(one.measure, known, most=1)
            hint = f"did you mean {near[0]}?" if near else ""
            yield (*at, "measure"), f"there is no measure {one.measure!r}", hint
        first = seen.setdefault((one.measure, one.slice, one.project_types, one.project_id), number)
        if first != number:
            yield at, f"the same result as number {first + 1} of the list", ""
        yield from (((*at, key), told, "") for key, told in _misfits(one))


def _misfits(one: MeasureResult) -> Iterator[tuple[str, str]]:
    """Key and fault of what does not go together in a result."""
    if one.slice not in SLICES:
        yield "slice", f"should be {', '.join(SLICES)}, is {one.slice!r}"
    elif (one.slice == "project") != (one.project_id is not None):
        yield "project_id", "is given for the slice project, and for no other"
    if one.slice == "system" and one.project_types:
        yield "project_types", "the whole system is of no project type"
    if one.status not in STATUSES:
        yield "status", f"should be {', '.join(STATUSES)}, is {one.status!r}"
    elif (one.status == "ok") != (one.denominator > 0):
        yield "denominator", f"is {one.denominator} with the status {one.status}"
    elif one.status in {"error", WITHHELD} and one.numerator:
        yield "numerator", f"is {one.numerator} with the status {one.status}"
