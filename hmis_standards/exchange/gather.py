"""What all formats share: facts and rows with their places become an assessment, or a list of all problems."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from attrs import evolve, frozen

from hmis_standards.assess import Archived, Assessment, Assessor, Evidence, Response, Subject
from hmis_standards.assess.answers import FORMAT, NOT_APPLICABLE, allowed_answers, allowed_words, taken_answer
from hmis_standards.errors import (
    AnswerError,
    EditionMismatch,
    InvalidDocument,
    NotFound,
    Problem,
    ProfileError,
    UnknownEdition,
    UnknownProfile,
)
from hmis_standards.ids import close_matches, is_item_id
from hmis_standards.model import Alignment, Catalog, Item
from hmis_standards.vocabulary import EvidenceKind

__all__ = [
    "FACTS",
    "Facts",
    "Locate",
    "Row",
    "aligned_title",
    "answer_word",
    "archived_title",
    "build",
    "evidence_lines",
    "evidence_text",
    "fact_texts",
    "facts_of",
    "join_parts",
    "read_row",
    "split_parts",
    "stray_columns",
]

Locate = Callable[[str, str, str], Problem]
"""Makes a problem out of the field it is about, a message and a hint: the format knows the place."""

FACTS = ("format", "edition", "documents", "profile", "subject", "subject_kind", "assessor", "assessor_kind", "date")
"""The facts of an assessment by the names they have in CSV and Excel."""
_NEEDED = ("format", "edition", "documents", "subject", "date")
_LONGEST_QUOTED = 60
_US_DATE = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")


@frozen(kw_only=True)
class Facts:
    """All of an assessment but its responses."""

    edition: str
    documents: tuple[str, ...]
    profile: str | None
    subject: Subject
    assessor: Assessor
    date: datetime.date


class Row(NamedTuple):
    """A response that was read, and how to say where. ``edition``: of an archived one, the edition it was given in."""

    response: Response
    at: Locate
    edition: str = ""


def build(
    path: Path,
    facts: Facts | None,
    at: Locate,
    rows: Sequence[Row],
    problems: Iterable[Problem],
    catalog: Catalog | None,
) -> Assessment:
    """The assessment, unless there were problems or the catalog shows more of them. Raises InvalidDocument."""
    found = list(problems)
    if facts is None:
        raise InvalidDocument(str(path), tuple(found))
    archive = tuple(Archived(edition=row.edition, response=row.response) for row in rows if row.edition)
    rows = [row for row in rows if not row.edition] if archive else rows
    try:
        fitting = _catalog_for(path, facts, catalog, at)
    except UnknownEdition as error:
        raise InvalidDocument(str(path), (*found, at("edition", error.message(), ""))) from None
    found += _document_problems(fitting, facts, at)
    made = None if found else _assessment(fitting, facts, [row.response for row in rows])
    if made is None:
        raise InvalidDocument(str(path), (*found, *_row_problems(fitting, facts, rows)))
    return evolve(made, archive=archive) if archive else made


def _assessment(catalog: Catalog, facts: Facts, responses: Sequence[Response]) -> Assessment | None:
    """The assessment; None if it does not take one of the responses, or an item is answered twice."""
    blank = [one for one in responses if one.empty]
    given = [one for one in responses if not one.empty] if blank else responses
    twice = len({one.item for one in given}) < len(given)
    empty = Assessment.start(
        catalog,
        subject=facts.subject,
        on=facts.date,
        documents=facts.documents,
        assessor=facts.assessor,
        profile=facts.profile,
    )
    try:
        # The blank ones come first and leave nothing behind, but their items have to exist too.
        return None if twice else empty.with_responses([*blank, *given])
    except (AnswerError, NotFound):
        return None


def _catalog_for(path: Path, facts: Facts, catalog: Catalog | None, at: Locate) -> Catalog:
    """The catalog given, if it is the one the answers were made with; else the shipped one, tailored as they say."""
    names = _words(facts.profile or "")
    if catalog is None:
        return _shipped(path, facts, names, at)
    if catalog.edition != facts.edition:
        raise EditionMismatch(facts.edition, catalog.edition)
    if catalog.layers and list(catalog.layers) != names:
        said, given = "; ".join(names) or "no profile", "; ".join(catalog.layers)
        hint = "give the catalog the answers were made with"
        problem = at("profile", f"the answers were made with {said}, the catalog with {given}", hint)
        raise InvalidDocument(str(path), (problem,))
    return catalog


def _shipped(path: Path, facts: Facts, names: list[str], at: Locate) -> Catalog:
    """The shipped catalog; a profile of one's own is looked for beside the file."""
    from hmis_standards.store import tailored_catalog

    try:
        return tailored_catalog(facts.edition, names, path.parent)
    except UnknownProfile as error:
        hint = f"put {error.id}.yaml beside this file, or give the tailored catalog"
        raise InvalidDocument(str(path), (at("profile", str(error), hint),)) from None
    except ProfileError as error:
        raise InvalidDocument(str(path), (at("profile", str(error), ""),)) from None


def _words(text: str) -> list[str]:
    """The names in a cell: between commas, semicolons or blanks."""
    return [word for word in re.split(r"[;,\s]+", text) if word]


def _quoted(text: str) -> str:
    """What was typed, for a message: of a note in the wrong cell only the beginning."""
    return repr(text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…")


def _hint(wrong: str, known: Iterable[str]) -> str:
    close = close_matches(wrong, known)
    return f"did you mean {' or '.join(close)}?" if close else ""


def _absent(item_id: str, catalog: Catalog) -> str:
    """Why an item is not there: a profile left it out, or its id is misspelled."""
    left = next((one for one in catalog.excluded if one.id == item_id), None)
    return f"profile {left.layer} leaves it out: {left.reason}" if left else _hint(item_id, catalog)


def _document_problems(catalog: Catalog, facts: Facts, at: Locate) -> list[Problem]:
    known = [document.id for document in catalog.documents]
    wrong = [one for one in facts.documents if one not in known]
    found = [at("documents", f"there is no document {one!r}", _hint(one, known)) for one in wrong]
    return found if facts.documents else [at("documents", "an assessment covers at least one document", "")]


def _row_problems(catalog: Catalog, facts: Facts, rows: Sequence[Row]) -> list[Problem]:
    seen: set[str] = set()
    found: list[Problem] = []
    for row in rows:
        item_id = row.response.item
        if not item_id:
            found.append(row.at("item", "the id of the item is missing", ""))
        elif item_id in seen and not row.response.empty:
            found.append(row.at("item", f"item {item_id!r} is answered twice", "keep one of the two"))
        elif item_id not in catalog:
            found.append(row.at("item", f"there is no item {_quoted(item_id)}", _absent(item_id, catalog)))
        else:
            found += _response_problems(catalog, catalog[item_id], facts, row)
        if not row.response.empty:
            seen.add(item_id)
    return found


def _response_problems(catalog: Catalog, item: Item, facts: Facts, row: Row) -> list[Problem]:
    response, at = row.response, row.at
    found = []
    if item.document not in facts.documents:
        covered = ", ".join(facts.documents)
        found.append(at("item", f"item {item.id!r} is not of a document covered", f"covered: {covered}"))
    if response.answer is not None and taken_answer(catalog, item, response.answer) is None:
        allowed = allowed_answers(catalog, item)
        hint = _hint(response.answer, allowed_words(catalog, item)) or f"use one of {', '.join(allowed)}"
        found.append(at("answer", f"{_quoted(response.answer)} is not an answer {item.id} takes", hint))
    elif response.answer == NOT_APPLICABLE and response.reason is None:
        found.append(at("reason", f"{item.id}: not_applicable needs a reason", ""))
    named = [one.need for one in response.evidence if one.need is not None]
    needs = [need.id for need in item.evidence] if named else []
    wrong = [one for one in named if one not in needs]
    found += [at("evidence", f"{item.id} has no evidence need {_quoted(one)}", _hint(one, needs)) for one in wrong]
    return found


# --- tables: CSV and Excel ---------------------------------------------------------------------------------


def fact_texts(assessment: Assessment) -> dict[str, str]:
    """The facts as texts, under the names in ``FACTS``."""
    return {
        "format": FORMAT,
        "edition": assessment.edition,
        "documents": "; ".join(assessment.documents),
        "profile": assessment.profile or "",
        "subject": assessment.subject.name,
        "subject_kind": assessment.subject.kind,
        "assessor": assessment.assessor.name or "",
        "assessor_kind": assessment.assessor.kind,
        "date": assessment.date.isoformat(),
    }


def facts_of(texts: Mapping[str, str], at: Locate) -> tuple[Facts | None, list[Problem]]:
    """The facts out of their texts, and what is wrong with them; None where edition or documents are missing."""
    given = {name: text.strip() for name, text in texts.items() if text.strip()}
    found = [at(name, f"missing {name}", "") for name in _NEEDED if name not in given]
    if given.get("format", FORMAT) != FORMAT:
        found.append(at("format", f"should be {FORMAT!r}, is {given['format']!r}", ""))
    made: dict[str, object] = {}
    makers: dict[str, Callable[[], object]] = {
        "subject": lambda: Subject(name=given.get("subject", "-"), kind=given.get("subject_kind", "coc")),
        "assessor": lambda: Assessor(name=given.get("assessor"), kind=given.get("assessor_kind", "self")),
        "date": lambda: _day(given.get("date", "2000-01-01")),
    }
    for name, make in makers.items():
        try:
            made[name] = make()
        except ValueError as error:
            found.append(at(name if name == "date" else f"{name}_kind", str(error), ""))
    if "edition" not in given or "documents" not in given:
        return None, found
    documents = tuple(_words(given["documents"]))
    sound = {name: made.get(name) or fallback() for name, fallback in _FALLBACKS.items()}
    return Facts(edition=given["edition"], documents=documents, profile=given.get("profile"), **sound), found  # type: ignore[arg-type]


_FALLBACKS: dict[str, Callable[[], object]] = {
    "subject": lambda: Subject(name="-"),
    "assessor": Assessor,
    "date": lambda: datetime.date(2000, 1, 1),
}
"""What stands in for a fact that is wrong, so that the rows can be judged too. No assessment is made of it."""


def _day(text: str) -> datetime.date:
    """A date as we write it, or as a spreadsheet set to US English saves it."""
    us = _US_DATE.match(text)
    try:
        return datetime.date.fromisoformat(f"{us[3]}-{us[1]:0>2}-{us[2]:0>2}" if us else text)
    except ValueError:
        raise ValueError(f"{_quoted(text)} is not a date such as 2026-03-01") from None


def aligned_title(item: Item, alignment: Alignment | None) -> str:
    """The item's title, after HUD's number where the holder's own alignment has one: ``HUD 12: ...``."""
    label = alignment.label(item.id) if alignment else ""
    return f"{label}: {item.title}" if label else item.title


def archived_title(catalog: Catalog, item_id: str) -> str:
    """The title of an item that was answered in another edition; empty where this edition does not know it."""
    if item_id in catalog:
        return catalog[item_id].title
    return next((one.title for one in catalog.retired if one.id == item_id), "")


def stray_columns(header: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Columns that look like a misspelling of a known one that is absent. Other added columns are left alone."""
    present = list(header)
    absent = [name for name in known if name not in present]
    stray = {name: close_matches(name, absent, most=1) for name in present if name and name not in known}
    return {name: close[0] for name, close in stray.items() if close}


def read_row(cells: Mapping[str, str], at: Locate) -> tuple[Row | None, list[Problem]]:
    """A row of texts by field; None where it says nothing, or what it says cannot be read."""
    evidence, found = evidence_lines(cells.get("evidence", ""), at)
    proposed = cells.get("proposed", "").strip().lower()
    if proposed not in {"", "yes", "no"}:
        found.append(at("proposed", f"{_quoted(cells['proposed'])} is not yes, no or empty", ""))
    response = Response(
        item=cells["item"].strip(),
        answer=answer_word(cells.get("answer", "")),
        note=cells.get("note"),
        reason=cells.get("reason"),
        evidence=evidence,
        proposed=proposed == "yes",
        decided_by=cells.get("decided_by"),
    )
    edition = cells.get("archived_from", "").strip()
    if edition and not is_item_id(response.item):
        found.append(at("item", f"{_quoted(response.item)} is not the id of an item", ""))
    return (None if found else Row(response=response, at=at, edition=edition)), found


def answer_word(text: str) -> str | None:
    """What was typed as an answer, as the scale writes it: ``Not met`` is ``not_met``; None for an empty cell.

    What holds a digit is a level, a count, a list of parts or a number, and keeps its blanks: ``2 of 3``.
    """
    typed = text.strip().lower()
    if re.search(r"[0-9]", typed):
        return " ".join(typed.split())
    return re.sub(r"[\s_-]+", "_", typed) or None


def evidence_text(evidence: Iterable[Evidence]) -> str:
    """Evidence for one cell: a line a piece, ``kind | title | date | location | need | valid until``.

    Empty parts at the end are left off. A bar inside a text is written ``\\|``, and backslashes right before it are
    doubled. Other backslashes stay as they are, so that paths can be typed.
    """
    return "\n".join(_evidence_line(one) for one in evidence)


def _evidence_line(one: Evidence) -> str:
    dates = [day.isoformat() if day else "" for day in (one.date, one.valid_until)]
    parts = [one.kind.value, one.title, dates[0], one.location or "", one.need or "", dates[1]]
    while not parts[-1]:
        parts.pop()
    return join_parts(parts)


def join_parts(parts: Iterable[str]) -> str:
    """Texts on one line with bars between them; ``split_parts`` takes them apart again."""
    return " | ".join(re.sub(r"(\\*)\|", r"\1\1\\|", part) for part in parts)


def evidence_lines(text: str, at: Locate) -> tuple[tuple[Evidence, ...], list[Problem]]:
    """The evidence of one cell. A line without a bar is the title of a document."""
    found: list[Evidence] = []
    problems: list[Problem] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            continue
        try:
            found.append(_evidence_of(line))
        except ValueError as error:
            problems.append(at("evidence", str(error), "a line is: kind | title | date | location"))
    return tuple(found), problems


def _evidence_of(line: str) -> Evidence:
    parts = split_parts(line)
    if len(parts) == 1:
        return Evidence(kind=EvidenceKind.DOCUMENT, title=parts[0])
    if len(parts) > 6:
        raise ValueError("more than six parts")
    kind, title, day, location, need, until = parts + [""] * (6 - len(parts))
    kinds = [one.value for one in EvidenceKind]
    if kind.lower() not in kinds:
        near = close_matches(kind.lower(), kinds, most=1)
        raise ValueError(
            f"{_quoted(kind)} is not one of {', '.join(kinds)}{f'; did you mean {near[0]}?' if near else ''}"
        )
    return Evidence(
        kind=EvidenceKind(kind.lower()),
        title=title,
        date=_day(day) if day else None,
        location=location,
        need=need,
        valid_until=_day(until) if until else None,
    )


def split_parts(line: str) -> list[str]:
    """The parts between bare bars: one with an odd number of backslashes before it is part of the text."""
    text, *rest = re.split(r"(\\*\|)", line)
    parts = [text]
    for bar, after in zip(rest[::2], rest[1::2], strict=True):
        slashes, protected = divmod(len(bar) - 1, 2)
        parts[-1] += "\\" * slashes + ("|" + after if protected else "")
        if not protected:
            parts.append(after)
    return [part.strip() for part in parts]
