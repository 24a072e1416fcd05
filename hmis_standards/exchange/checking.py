"""All problems of any file that people fill in, whatever its format."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from hmis_standards import store
from hmis_standards.errors import DocumentSyntaxError, InvalidDocument, Problem
from hmis_standards.exchange.declaration_workbook import is_declaration
from hmis_standards.exchange.declarations import read_declaration
from hmis_standards.exchange.files import SUFFIXES, read_assessment
from hmis_standards.store.checks import read_checks, shipped_checks
from hmis_standards.store.schema import kind_of
from hmis_standards.store.validation import Problems

__all__ = ["validate"]

_READ = frozenset({".csv", ".xlsx"})
# The module that knows the rules of what people fill in for a working tool, by kind of file.
_TOOLS = {"budget": "budget_file", "proposals": "proposals_file", "staffing": "staffing_file"}


def validate(path: str | Path) -> Problems:
    """All problems of a file, or of a ``standards_data`` folder; an empty list if there are none.

    A ``.csv`` or ``.xlsx`` file is read as an assessment, a workbook with the sheets of a vendor's declaration as that.
    A YAML or JSON file is judged by the kind that its ``format`` names: one that lies inside a ``standards_data``
    folder as part of that folder, any other against the shipped catalog; one that is filled in for a working tool also
    by the rules of that tool.

    Raises:
        OSError: there is no such file or folder, or it cannot be opened.
        MissingExtra: reading Excel needs ``hmis-standards[excel]``, judging the SQL of checks ``[data]``.
    """
    place = Path(path)
    suffix = place.suffix.lower()
    if place.is_dir() or (suffix in SUFFIXES and suffix not in _READ):
        problems = store.validate(place)
        more = [*_in_sql(place), *(_of_a_tool(place) if not problems else ())]
        return Problems(sorted([*problems, *more], key=lambda one: (one.path, one.line or 0)))
    if suffix not in _READ:
        place.stat()
        fault = f"cannot be validated: only folders and {', '.join(SUFFIXES)} can"
        return Problems([Problem(str(place), None, "", fault)])
    try:
        if suffix == ".xlsx" and is_declaration(place):
            read_declaration(place)
        else:
            read_assessment(place)
    except InvalidDocument as error:
        return Problems(error.problems)
    except DocumentSyntaxError as error:
        return Problems([Problem(error.path, error.line, "", error.reason)])
    return Problems()


def _in_sql(place: Path) -> list[Problem]:
    """What is wrong with the SQL of checks in a file or a folder, each with its line."""
    parts = read_checks(place)
    if not parts.checks:
        return []
    from hmis_standards.measure.predicates import faults_of

    settings = {one.name for one in (*parts.settings, *shipped_checks().settings)}
    return [one.problem(fault.reason, fault.key) for one in parts.checks for fault in faults_of(one.value, settings)]


def _of_a_tool(place: Path) -> list[Problem]:
    """What is wrong with a file for a working tool whose shape is right."""
    if place.is_dir():
        return []
    raw = store.read_raw(place)
    module = _TOOLS.get(kind_of(raw) or "")
    if module is None:
        return []
    found: list[Problem] = import_module(f"hmis_standards.exchange.{module}").problems(raw)
    return found
