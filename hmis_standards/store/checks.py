"""Loading data quality checks: the shipped groups, or a file of one's own."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import evolve

from hmis_standards.errors import DocumentSyntaxError, InvalidDocument, NotFound, Problem
from hmis_standards.model import Check, CheckGroup, CheckSet, EvaCheck, EvaChecks, Setting
from hmis_standards.store.collector import no_collecting
from hmis_standards.store.load import read_tree
from hmis_standards.store.locate import data_root
from hmis_standards.store.own_files import sound_file
from hmis_standards.store.parts import Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import without_format
from hmis_standards.store.structuring import structure

__all__ = ["CheckParts", "collect_checks", "load_checks", "load_eva_checks", "read_checks", "shipped_checks"]

FOLDER = "checks/"
EVA = "eva.yaml"


@dataclass(frozen=True)
class CheckParts:
    """All records of some files of checks, each with its place; ``known`` are the ids of settings, also of others."""

    groups: tuple[Placed[CheckGroup], ...] = ()
    checks: tuple[Placed[Check], ...] = ()
    settings: tuple[Placed[Setting], ...] = ()
    eva: tuple[Placed[EvaCheck], ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    def check_set(self) -> CheckSet:
        """The groups with their checks and settings, in the order of the files."""
        return CheckSet(
            tuple(
                evolve(
                    group.value,
                    checks=tuple(one.value for one in self.checks if one.raw is group.raw),
                    settings=tuple(one.value for one in self.settings if one.raw is group.raw),
                )
                for group in self.groups
            )
        )


def collect_checks(tree: Mapping[str, Raw]) -> CheckParts:
    """The records of the files of checks of a tree, by relative path; what does not fit is left out and reported."""
    reader = _Reader()
    for path in sorted(tree):
        if path.startswith(FOLDER):
            reader.group(tree[path])
    if EVA in tree:
        reader.listed(tree[EVA], "checks", EvaCheck, reader.eva)
    return reader.parts()


class _Reader:
    """Goes through files of checks and remembers what did not fit."""

    def __init__(self) -> None:
        self.groups: list[Placed[CheckGroup]] = []
        self.checks: list[Placed[Check]] = []
        self.settings: list[Placed[Setting]] = []
        self.eva: list[Placed[EvaCheck]] = []
        self.problems: list[Problem] = []

    def parts(self) -> CheckParts:
        found = (self.groups, self.checks, self.settings, self.eva, self.problems)
        return CheckParts(*(tuple(one) for one in found))  # type: ignore[arg-type]

    def group(self, raw: Raw) -> None:
        """A file: its head is a group; settings may be left out."""
        head = without_format(raw.data, "settings", "checks")
        if isinstance(head, dict) and "group" in head:
            head = {"id": head["group"], **{key: value for key, value in head.items() if key != "group"}}
            self.record(raw, (), head, CheckGroup, self.groups)
        else:
            self.problems.append(Placed("", None, raw).problem("missing 'group'"))
        if isinstance(raw.data, dict) and "settings" in raw.data:
            self.listed(raw, "settings", Setting, self.settings)
        self.listed(raw, "checks", Check, self.checks)

    def listed(self, raw: Raw, key: str, cls: type[Any], into: list[Placed[Any]]) -> None:
        found = raw.data.get(key) if isinstance(raw.data, dict) else None
        if not isinstance(found, list):
            self.problems.append(Placed("", None, raw).problem("should be a list", key))
            return
        for place, one in enumerate(found):
            self.record(raw, (key, place), one, cls, into)

    def record(self, raw: Raw, at: tuple[str | int, ...], data: Any, cls: type[Any], into: list[Placed[Any]]) -> None:
        name = str(data.get("id", "")) if isinstance(data, dict) else ""
        if data is None:
            self.problems.append(Placed(name, data, raw, at).problem("should be a mapping"))
            return
        try:
            into.append(Placed(name, structure(raw, cls, _listed_reads(data), at), raw, at))
        except InvalidDocument as error:
            self.problems += error.problems


def _listed_reads(data: Any) -> Any:
    """A check's mapping of file to columns as a list, in which the class has it."""
    reads = data.get("reads") if isinstance(data, dict) else None
    if not isinstance(reads, dict):
        return data
    return {**data, "reads": {"tables": [{"table": table, "columns": columns} for table, columns in reads.items()]}}


def load_checks(path: str | Path | None = None) -> CheckSet:
    """The shipped data quality checks, or those of a YAML or JSON file of one's own.

    Two sets can be added: ``load_checks() + load_checks("ours.yaml")``. A setting that the shipped checks define can be
    used in one's own. The SQL of the checks is looked at when they are made, and by ``validate``.

    Raises:
        NotFound: there is no such file.
        InvalidDocument: the file has another shape, or names what does not exist; all problems are listed.
        DocumentSyntaxError: the file is not readable as YAML.
    """
    return _shipped() if path is None else _own(Path(path))


@lru_cache(maxsize=1)
def _shipped() -> CheckSet:
    return shipped_checks().check_set()


def load_eva_checks() -> EvaChecks:
    """The checks of HUD's Eva by number, so that ours can be laid beside them."""
    return EvaChecks(one.value for one in shipped_checks().eva)


@lru_cache(maxsize=1)
def shipped_checks() -> CheckParts:
    """The shipped checks with their places. Raises InvalidDocument if a file was altered and no longer fits."""
    with no_collecting():
        parts = collect_checks(read_tree(data_root(), "checks"))
    if parts.problems:
        raise InvalidDocument("standards_data", parts.problems)
    return parts


def read_checks(path: Path) -> CheckParts:
    """The checks in a file or in a ``standards_data`` folder, with their places; none in a file of another kind.

    What cannot be read or does not fit is left out: ``validate`` tells it.
    """
    from hmis_standards.store.schema import kind_of

    files = sorted((path / FOLDER).glob("*.yaml")) if path.is_dir() else [path]
    found = {}
    for file in files:
        with contextlib.suppress(DocumentSyntaxError):
            raw = Raw.read(file)
            if kind_of(raw) == "checks":
                found[f"{FOLDER}{file.name}"] = raw
    return collect_checks(found)


def _own(path: Path) -> CheckSet:
    if not path.is_file():
        raise NotFound(str(path), ())
    return collect_checks({FOLDER: sound_file(path, "checks")}).check_set()
