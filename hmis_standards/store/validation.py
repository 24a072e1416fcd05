"""Everything wrong with a file or a whole data tree, in one list."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from hmis_standards.errors import DocumentSyntaxError, InvalidDocument, Problem
from hmis_standards.model import Spec
from hmis_standards.store.check_rules import check_problems
from hmis_standards.store.checks import CheckParts, collect_checks
from hmis_standards.store.collector import no_collecting
from hmis_standards.store.consistency import check, check_editions
from hmis_standards.store.eligibility import FILE as ELIGIBILITY
from hmis_standards.store.eligibility import check_eligibility
from hmis_standards.store.forms import check_form
from hmis_standards.store.parameter_rules import parameter_problems
from hmis_standards.store.parameters import collect_parameters
from hmis_standards.store.parts import Parts
from hmis_standards.store.profile_rules import check_profile
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import collect, without_format
from hmis_standards.store.references import near
from hmis_standards.store.schema import KINDS, TOOL_INPUTS, check_shape, kind_of
from hmis_standards.store.single import merged, single_problems, spec_problems
from hmis_standards.store.structuring import structure
from hmis_standards.store.yaml_text import read_raw
from hmis_standards.tabular import Tabular, html_table

__all__ = ["Problems", "validate"]

_ONES_OWN = {"assessment", "alignment", "courses", "declaration", *TOOL_INPUTS}  # never part of a tree
_SPECS = "hmis_csv/"
_AT_THE_ROOT = {"index", "sources", "scales", "ratings", "measures", "crosswalk", "retired", "eva", "eligibility"}
_PROFILES = "profiles/"
_CHECKS = ("checks/", "eva.yaml")
_PARAMETERS = "parameters/"
_FORMS = "forms/"
_SUFFIXES = {".yaml", ".yml", ".json"}


class Problems(list[Problem], Tabular):
    """What is wrong, as a list that is a table too; an empty one where nothing is."""

    def rows(self) -> list[dict[str, Any]]:
        """One row a problem: path, line, pointer, message, hint."""
        return [one.to_dict() for one in self]

    def to_dict(self) -> dict[str, Any]:
        """The problems as plain values."""
        return {"problems": self.rows()}

    def _repr_html_(self) -> str:
        return html_table(self.rows()) if self else "<p>no problems</p>"


def validate(path: str | Path) -> Problems:
    """All problems of a file, or of a ``standards_data`` folder; an empty list if there are none.

    A file is judged by the kind that its ``format`` names. One that lies inside a ``standards_data`` folder is
    judged as part of that folder, any other against the shipped catalog.

    Raises:
        OSError: there is no such file or folder, or it cannot be opened.
    """
    place = Path(path)
    with no_collecting():
        return Problems(_tree_problems(place) if place.is_dir() else _file_problems(place))


# --- one file ----------------------------------------------------------------------------------------------


def _file_problems(path: Path) -> tuple[Problem, ...]:
    if path.suffix.lower() not in _SUFFIXES:
        path.stat()
        return (Problem(str(path), None, "", "cannot be validated: only .yaml and .json files and folders can"),)
    raw, faults = _read(path)
    if raw is None:
        return faults
    kind = kind_of(raw)
    if kind is None:
        return (_unknown_format(raw),)
    root = _root_around(path) if kind not in _ONES_OWN else None
    if root is not None:
        return tuple(problem for problem in _tree_problems(root) if problem.path == str(path))
    return single_problems(raw, kind)


def _read(path: Path) -> tuple[Raw | None, tuple[Problem, ...]]:
    """The file, or the problem that it cannot be read."""
    try:
        return read_raw(path), ()
    except DocumentSyntaxError as error:
        return None, (Problem(str(path), error.line, "", error.reason),)


def _unknown_format(raw: Raw) -> Problem:
    formats = [f"hmis-standards/{kind}/1" for kind in KINDS]
    said = raw.data.get("format") if isinstance(raw.data, dict) else None
    if said is None:
        return Problem(raw.path, 1, "", "does not say what it is", f"add a line such as: format: {formats[-1]}")
    hint = near(str(said), formats) or f"known are {', '.join(formats)}"
    return Problem(raw.path, raw.line_of(("format",)), "format", f"unknown format {said!r}", hint)


def _root_around(path: Path) -> Path | None:
    """The data tree a file lies in, which is at most three folders up."""
    return next((folder for folder in list(path.parents)[:3] if (folder / "index.yaml").is_file()), None)


# --- a tree ------------------------------------------------------------------------------------------------


def _tree_problems(root: Path) -> tuple[Problem, ...]:
    if not (root / "index.yaml").is_file():
        return (Problem(str(root), None, "", "is not a standards_data folder: it has no index.yaml"),)
    paths = sorted(one.relative_to(root).as_posix() for one in root.rglob("*") if one.suffix in {".yaml", ".yml"})
    read = {path: _read(root / path) for path in paths}
    tree = {path: raw for path, (raw, _) in read.items() if raw is not None}
    catalog = {path: raw for path, raw in tree.items() if not path.startswith(_SPECS)}
    parts, unfit = collect(catalog, [path for path, (raw, _) in read.items() if raw is None])
    checks, parameters = collect_checks(catalog), collect_parameters(catalog)
    return merged(
        chain(*(faults for _, faults in read.values()), *(_shape(path, raw) for path, raw in catalog.items())),
        (_located(problem, root) for problem in (*unfit, *checks.problems, *parameters.problems)),
        chain(
            check(parts),
            check_editions(parts),
            _unreached(parts, catalog),
            *(_spec(path, raw) for path, raw in tree.items()),
            check_problems(checks, CheckParts(), parts.ids("sources"), _specs(tree), parts.ids("items")),
            parameter_problems(parameters, parts.ids("sources")),
            (problem for path, raw in catalog.items() for problem in _eligibility(path, raw, parts)),
            *(chain(*check_profile(raw, parts)) for path, raw in catalog.items() if path.startswith(_PROFILES)),
            *(chain(*check_form(raw, parts)) for path, raw in catalog.items() if path.startswith(_FORMS)),
        ),
    )


def _specs(tree: dict[str, Raw]) -> list[Spec]:
    """The editions of the HMIS CSV that can be read, the oldest first; what is wrong with others is told elsewhere."""
    found = []
    for path in sorted(tree):
        if path.startswith(_SPECS):
            with contextlib.suppress(InvalidDocument):
                found.append(structure(tree[path], Spec, without_format(tree[path].data)))
    return found


def _shape(path: str, raw: Raw) -> list[Problem]:
    """What the schema of the kind that belongs to this place says."""
    kind = _kind_at(path)
    return check_shape(raw, kind) if kind else []


def _kind_at(path: str) -> str | None:
    """The kind of file that belongs at a path of a tree; None for a place where none does."""
    folder, _, name = path.rpartition("/")
    if not folder:
        stem = name.removesuffix(".yaml")
        return stem if stem in _AT_THE_ROOT else None
    if folder == "changes":
        return "changes"
    if path.startswith(_PROFILES):
        return "profile"
    if path.startswith(_FORMS):
        return "form"
    if folder in {"checks", "parameters"}:
        return folder
    if folder.startswith("documents/"):
        return "document" if name == "document.yaml" else "items"
    return "benchmarks" if folder.startswith("benchmarks") else None


def _spec(path: str, raw: Raw) -> tuple[Problem, ...]:
    """The problems of a file of the HMIS CSV; nothing for any other file."""
    if not path.startswith(_SPECS):
        return ()
    version = raw.data.get("version") if isinstance(raw.data, dict) else None
    expected = path.removeprefix(_SPECS).removesuffix(".yaml").upper()
    if version == expected:
        return spec_problems(raw)
    message = f"the file says {version!r}, its name says {expected!r}"
    return (*spec_problems(raw), Problem(raw.path, raw.line_of(("version",)), "version", message))


def _eligibility(path: str, raw: Raw, parts: Parts) -> Iterator[Problem]:
    """The problems of the table of costs by payer; nothing for any other file."""
    if path == ELIGIBILITY:
        yield from chain(*check_eligibility(raw, parts.ids("sources")))


def _unreached(parts: Parts, catalog: dict[str, Raw]) -> Iterator[Problem]:
    """Files that no line of the index, and no section of a document, leads to."""
    if {"index", "documents", "sets"} & parts.partial:
        return
    for path, raw in catalog.items():
        if path not in parts.reached and not path.startswith((_PROFILES, _PARAMETERS, _FORMS, ELIGIBILITY, *_CHECKS)):
            hint = "name it in index.yaml, or name its section in document.yaml"
            yield Problem(raw.path, None, "", "nothing leads to this file", hint)


def _located(problem: Problem, root: Path) -> Problem:
    """A missing file's problem has only its place in the tree."""
    if problem.line is not None or problem.path.startswith(str(root)):
        return problem
    return Problem(str(root / problem.path), None, problem.pointer, problem.message, problem.hint)
