"""Assessments as YAML and JSON, which have the same keys."""

from __future__ import annotations

import datetime
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import field, frozen

from hmis_standards.assess import Assessment, Assessor, Response, Subject
from hmis_standards.assess.answers import FORMAT
from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.exchange.gather import Facts, Locate, Row, aligned_title, archived_title, build
from hmis_standards.model import Alignment, Catalog
from hmis_standards.model.standing import written
from hmis_standards.store.raw import Raw
from hmis_standards.store.structuring import structure
from hmis_standards.store.yaml_text import dump_yaml, read_raw

__all__ = ["read", "write"]


_LISTS = ("responses", "archive")
_WRITTEN = ("item", "answer", "note", "reason", "evidence")


@frozen(kw_only=True)
class _Head:
    """The file without its responses."""

    format: str
    edition: str
    documents: tuple[str, ...]
    profile: str | None = None
    subject: Subject
    assessor: Assessor = field(factory=Assessor)
    date: datetime.date


def read(path: Path, catalog: Catalog | None) -> Assessment:
    """The assessment in a YAML or JSON file; see ``read_assessment``."""
    raw = read_raw(path)
    if not isinstance(raw.data, dict):
        raise InvalidDocument(str(path), (Problem(str(path), 1, "", "should be a mapping with format, edition ..."),))
    facts, problems = _facts(raw)
    rows, more = _rows(raw, "responses")
    archived, still_more = _rows(raw, "archive")
    return build(path, facts, _locate(raw, ()), [*rows, *archived], [*problems, *more, *still_more], catalog)


def _locate(raw: Raw, above: tuple[str | int, ...]) -> Locate:
    def at(name: str, message: str, hint: str) -> Problem:
        pointer = (*above, name)
        return Problem(raw.path, raw.line_of(pointer), "/".join(map(str, pointer)), message, hint)

    return at


def _facts(raw: Raw) -> tuple[Facts | None, list[Problem]]:
    stated = raw.data.get("format")
    if stated != FORMAT:
        return None, [_locate(raw, ())("format", f"should be {FORMAT!r}, is {stated!r}", "")]
    try:
        head = structure(raw, _Head, {key: value for key, value in raw.data.items() if key not in _LISTS})
    except InvalidDocument as error:
        return None, list(error.problems)
    facts = Facts(
        edition=head.edition,
        documents=head.documents,
        profile=head.profile,
        subject=head.subject,
        assessor=head.assessor,
        date=head.date,
    )
    return facts, []


def _rows(raw: Raw, key: str) -> tuple[list[Row], list[Problem]]:
    """The responses under a key, and what is wrong with them; those of the archive with their edition."""
    listed = raw.data.get(key, [])
    if not isinstance(listed, list):
        return [], [_locate(raw, ())(key, "should be a list", "")]
    rows: list[Row] = []
    problems: list[Problem] = []
    for place, one in enumerate(listed):
        above = (key, place)
        try:
            rows.append(_archived(raw, one, above) if key == "archive" else _row(raw, one, above))
        except InvalidDocument as error:
            problems += error.problems
    return rows, problems


def _row(raw: Raw, one: Any, above: tuple[str | int, ...]) -> Row:
    return Row(response=_response(raw, one, above), at=_locate(raw, above))


def _archived(raw: Raw, one: Any, above: tuple[str | int, ...]) -> Row:
    edition = one.get("edition") if isinstance(one, dict) else None
    if not (isinstance(edition, str) and edition):
        told = "should be the edition the answer was given in, in quotes"
        raise InvalidDocument(raw.path, (_locate(raw, above)("edition", told, ""),))
    without = {key: value for key, value in one.items() if key != "edition"}
    return _row(raw, without, above)._replace(edition=edition)


def _response(raw: Raw, one: Any, above: tuple[str | int, ...]) -> Response:
    if not isinstance(one, dict):
        problem = Problem(raw.path, raw.line_of(above), "/".join(map(str, above)), "should be a mapping with item")
        raise InvalidDocument(raw.path, (problem,))
    if _only_answered(one):
        return _answered(one["item"], one["answer"])
    answer = one.get("answer")
    if isinstance(answer, int | float | list) and not isinstance(answer, bool):
        one = {**one, "answer": written(answer)}  # a level, a number or a list to a person is one text to us
    return structure(raw, Response, one, above)


def _only_answered(one: dict[str, Any]) -> bool:
    """Whether an entry, as ``write`` writes it, gives a word as the answer and nothing else."""
    return (
        tuple(one) == _WRITTEN
        and isinstance(one["item"], str)
        and isinstance(one["answer"], str)
        and (one["note"], one["reason"], one["evidence"]) == (None, None, [])
    )


@lru_cache(maxsize=4096)
def _answered(item: str, answer: str) -> Response:
    """An answer and nothing else, which most responses are: many files share them."""
    return Response(item=item, answer=answer)


def write(assessment: Assessment, path: Path, *, unanswered: bool, alignment: Alignment | None = None) -> None:
    """Write YAML or JSON, by suffix; see ``write_assessment``."""
    data = assessment.to_dict()
    if unanswered:
        data["responses"] = [
            (assessment.response(item.id) or Response(item=item.id)).to_dict() for item in assessment.items()
        ]
    text = (
        json.dumps(data, indent=2, ensure_ascii=False) + "\n"
        if path.suffix.lower() == ".json"
        else _yaml(data, assessment, alignment)
    )
    path.write_bytes(text.encode("utf-8"))


def _yaml(data: dict[str, Any], assessment: Assessment, alignment: Alignment | None) -> str:
    """The file with the title of each item as a comment above its answer."""
    responses, archive = data.pop("responses"), data.pop("archive", [])
    titles = [aligned_title(assessment.catalog[one["item"]], alignment) for one in responses]
    older = [archived_title(assessment.catalog, one["item"]) for one in archive]
    text = dump_yaml(data) + _listed("responses", titles, responses)
    return text + _listed("archive", older, archive) if archive else text


def _listed(key: str, titles: list[str], entries: list[dict[str, Any]]) -> str:
    """The entries of a list, each under its title as a comment."""
    if not entries:
        return dump_yaml({key: []})
    told = (f"# {' '.join(title.split())}\n" if title else "" for title in titles)
    return f"{key}:\n{''.join(title + dump_yaml([one]) for title, one in zip(told, entries, strict=True))}"
