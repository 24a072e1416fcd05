"""Loading the parameters of calculations: the shipped sets, and what a community sets otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.errors import InvalidDocument, Problem, UnknownParameterSet
from hmis_standards.ids import close_matches
from hmis_standards.model import Parameter, ParameterSet
from hmis_standards.store.load import read_tree
from hmis_standards.store.locate import data_root
from hmis_standards.store.own_files import sound_file
from hmis_standards.store.parts import Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import without_format
from hmis_standards.store.structuring import structure

__all__ = [
    "FOLDER",
    "ParameterParts",
    "collect_own",
    "collect_parameters",
    "load_parameters",
    "shipped_parameter_sets",
    "shipped_parameters",
]

FOLDER = "parameters/"
_SUFFIXES = {".yaml", ".yml", ".json"}
# What a file of one's own leaves out is as in the shipped parameter of that name.
_KEPT = ("title", "unit", "minimum", "maximum")


@frozen
class ParameterParts:
    """The records of some files of parameters, each with its place."""

    sets: tuple[Placed[ParameterSet], ...] = ()
    parameters: tuple[Placed[Parameter], ...] = ()
    problems: tuple[Problem, ...] = field(default=(), eq=False)

    def made(self) -> dict[str, ParameterSet]:
        """The sets with their parameters, by id."""
        return {one.name: evolve(one.value, parameters=self.of(one)) for one in self.sets}

    def of(self, head: Placed[ParameterSet]) -> tuple[Parameter, ...]:
        """The parameters in the file of a set."""
        return tuple(one.value for one in self.parameters if one.raw is head.raw)


def load_parameters(name_or_path: str | Path) -> ParameterSet:
    """The shipped parameters of a calculation (``"staffing"``), or those with a file of one's own laid over them.

    A file of one's own names the set and gives only what differs: id, value, why.

    Raises:
        UnknownParameterSet: no such set is shipped. OSError: the file cannot be opened.
        InvalidDocument: the file has another shape or names what does not exist; all problems are listed.
        DocumentSyntaxError: the file is not readable as YAML.
    """
    path = Path(name_or_path)
    return _own(path) if path.suffix in _SUFFIXES else _shipped_set(str(name_or_path))


def shipped_parameter_sets() -> tuple[str, ...]:
    """The ids of the shipped sets, sorted."""
    return tuple(sorted(_shipped()))


def _shipped_set(name: str) -> ParameterSet:
    if name not in _shipped():
        raise UnknownParameterSet(name, close_matches(name, _shipped()))
    return _shipped()[name]


@lru_cache(maxsize=1)
def _shipped() -> dict[str, ParameterSet]:
    return shipped_parameters().made()


@lru_cache(maxsize=1)
def shipped_parameters() -> ParameterParts:
    """The shipped parameters with their places. Raises InvalidDocument if a file was altered and no longer fits."""
    parts = collect_parameters(read_tree(data_root(), "parameters"))
    if parts.problems:
        raise InvalidDocument("standards_data", parts.problems)
    return parts


def _own(path: Path) -> ParameterSet:
    parts = collect_own(sound_file(path, "parameters"))
    return _shipped_set(parts.sets[0].name).under(one.value for one in parts.parameters)


# --- reading -----------------------------------------------------------------------------------------------


def collect_parameters(tree: Mapping[str, Raw]) -> ParameterParts:
    """The records of the files of parameters of a tree, by relative path; what does not fit is reported."""
    found = [_file(tree[path], None) for path in sorted(tree) if path.startswith(FOLDER)]
    return ParameterParts(
        tuple(one for parts in found for one in parts.sets),
        tuple(one for parts in found for one in parts.parameters),
        tuple(one for parts in found for one in parts.problems),
    )


def collect_own(raw: Raw) -> ParameterParts:
    """The records of a file of one's own; what it leaves out is taken from the shipped set it names."""
    name = raw.data.get("set") if isinstance(raw.data, dict) else None
    shipped = _shipped().get(name) if isinstance(name, str) else None
    known: dict[str, Parameter] = {}
    for one in shipped or ():
        known[one.name] = one
        known.setdefault(one.id, one)
    return _file(raw, known)


def _file(raw: Raw, known: Mapping[str, Parameter] | None) -> ParameterParts:
    """The records of a file; of somebody's own where ``known`` holds the shipped parameters it is about."""
    problems: list[Problem] = []
    heads = _head(raw, problems)
    listed = raw.data.get("parameters") if isinstance(raw.data, dict) else None
    if not isinstance(listed, list):
        problems.append(Placed("", None, raw).problem("should be a list", "parameters"))
        return ParameterParts(heads, (), tuple(problems))
    read = [one for place, data in enumerate(listed) for one in _parameter(raw, place, data, known, problems)]
    return ParameterParts(heads, tuple(read), tuple(problems))


def _head(raw: Raw, problems: list[Problem]) -> tuple[Placed[ParameterSet], ...]:
    data = without_format(raw.data, "parameters")
    if not isinstance(data, dict) or "set" not in data:
        problems.append(Placed("", None, raw).problem("missing 'set'"))
        return ()
    name = data["set"]
    given = {"id": name, "title": "", "text": "", **{key: value for key, value in data.items() if key != "set"}}
    try:
        return (Placed(str(name), structure(raw, ParameterSet, given), raw),)
    except InvalidDocument as error:
        problems += error.problems
        return ()


def _parameter(
    raw: Raw, place: int, data: Any, known: Mapping[str, Parameter] | None, problems: list[Problem]
) -> tuple[Placed[Parameter], ...]:
    at = ("parameters", place)
    if data is None:
        problems.append(Placed("", None, raw, at).problem("should be a mapping"))
        return ()
    try:
        value = structure(raw, Parameter, data if known is None else _completed(data, known), at)
    except InvalidDocument as error:
        problems += error.problems
        return ()
    return (Placed(f"{value.name} {value.since or ''}".strip(), value, raw, at),)


def _completed(data: Any, known: Mapping[str, Parameter]) -> Any:
    """A record of a file of one's own, with what it leaves out taken from the shipped one.

    One that nobody ships is told by the rules, so here it must only have all fields.
    """
    if not isinstance(data, dict):
        return data
    name = f"{data.get('id')}/{data['of']}" if data.get("of") else data.get("id")
    shipped = known.get(str(name)) or known.get(str(data.get("id")))
    kept = {key: getattr(shipped, key) for key in _KEPT} if shipped else {"title": "?", "unit": "?"}
    told = {key: str(value) for key, value in kept.items() if value is not None}
    return {"origin": "given", **told, **data}
