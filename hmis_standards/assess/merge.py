"""One assessment out of the parts that several people filled in, and where they contradict each other.

This is for people who share the work on one assessment. Where several people rate the same items, to see how far they
agree, ``agreement`` and ``reconcile`` are what is meant.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.assess.answers import NOT_APPLICABLE, Archived, Assessment, Assessor, Response
from hmis_standards.assess.days import as_day
from hmis_standards.assess.raters import covered_by, labels, side_by_side
from hmis_standards.model import Catalog, Item
from hmis_standards.model.standing import standing
from hmis_standards.tabular import Plain, Table, Tabular, html_table, plain

__all__ = ["TAKES", "MergeConflicts", "Merged", "MergedItem", "Said", "merge_answers"]

TAKES = ("none", "first", "latest", "cautious")
"""What is taken where answers differ; see ``merge_answers``."""


@frozen(kw_only=True)
class Said(Plain):
    """What one respondent says of an item; ``date`` is that of the respondent's assessment."""

    by: str
    date: datetime.date
    response: Response


@frozen(kw_only=True)
class MergedItem(Plain):
    """An item that anybody said something of: what each said, and the response that came of it.

    ``answers`` are the different answers that count, by the names of those who gave them: those of people, or, where no
    person answered, those that measurements proposed. ``taken_from`` are the names of those whose answer was taken.
    """

    item: Item
    said: tuple[Said, ...]
    response: Response
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    taken_from: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there are different answers."""
        return len(self.answers) > 1

    @property
    def state(self) -> str:
        """``open`` or ``taken`` where answers differ; else ``answered`` or ``unanswered``."""
        if self.differs:
            return "taken" if self.taken_from else "open"
        return "answered" if self.answers else "unanswered"

    def row(self) -> dict[str, Any]:
        """The item as one row: state, answer, who said what, and who gave evidence."""
        return {
            "item": self.item.id,
            "title": self.item.title,
            "state": self.state,
            "answer": self.response.answer,
            "said": "; ".join(f"{', '.join(names)}: {answer}" for answer, names in self.answers) or None,
            "taken_from": ", ".join(self.taken_from) or None,
            "evidence_of": ", ".join(one.by for one in self.said if one.response.evidence) or None,
            "note": self.response.note,
        }

    def to_dict(self) -> dict[str, Any]:
        """Item id and title, state, answer taken and from whom, and what each respondent said."""
        return {
            "item": self.item.id,
            "title": self.item.title,
            "state": self.state,
            "answer": self.response.answer,
            "taken_from": list(self.taken_from),
            "said": plain(self.said),
        }


class MergeConflicts(Table[MergedItem]):
    """The items on which people answered differently, in document order."""

    __slots__ = ()
    kind = "conflicts"


@frozen(kw_only=True, repr=False)
class Merged(Tabular):
    """One assessment out of several, and what became of every item that anybody said something of.

    ``take`` is the rule that was asked for; ``respondents`` are the names, in the order given.
    """

    assessment: Assessment
    respondents: tuple[str, ...]
    take: str
    items: tuple[MergedItem, ...] = field(repr=False)

    @property
    def conflicts(self) -> MergeConflicts:
        """The items with different answers, those where one was taken among them."""
        return MergeConflicts(one for one in self.items if one.differs)

    @property
    def open(self) -> MergeConflicts:
        """The items with different answers of which none was taken."""
        return MergeConflicts(one for one in self.items if one.state == "open")

    def rows(self) -> list[dict[str, Any]]:
        """One row an item that anybody said something of."""
        return [one.row() for one in self.items]

    def to_dict(self) -> dict[str, Any]:
        """The assessment as it stands in a file, respondents, rule and all items as plain values."""
        names = ("assessment", "respondents", "take", "items")
        return {name: plain(getattr(self, name)) for name in names}

    def __repr__(self) -> str:
        return f"<Merged {self._words()}>"

    def _words(self) -> str:
        answered = sum(one.response.answer is not None for one in self.items)
        return (
            f"{self.assessment.subject.name} from {len(self.respondents)} respondents: {answered} of "
            f"{len(self.assessment.items())} items answered, {len(self.conflicts)} in conflict, {len(self.open)} open"
        )

    def _repr_html_(self) -> str:
        return f"<p>{escape(self._words())}</p>{html_table(one.row() for one in self.conflicts)}"


def merge_answers(
    assessments: Iterable[Assessment],
    *,
    take: str = "none",
    names: Sequence[str] | None = None,
    on: str | datetime.date | None = None,
    assessor: str | Assessor | None = None,
) -> Merged:
    """One assessment out of several of one subject, of which each has answers to a part; parts may overlap.

    Where all who answered an item say the same, that is the answer. Where they do not, it is a conflict, and ``take``
    says what then stands in the assessment:

    - ``none``: no answer;
    - ``first``: the answer of whoever comes first in the order given;
    - ``latest``: that of the assessment with the latest date; none, if several of that date differ;
    - ``cautious``: the answer of the least credit, before evidence is looked at; ``not_applicable`` goes after all
      others, because it takes the item out of the score.

    A conflict is always listed, and its note has what each said. Answers are the same if they are written the same in
    the form in which they are kept: ``2 of 3`` and ``parts 1, 2`` differ. What a measurement proposed, and nobody
    confirmed, counts only where no person answered; then it stays a proposal. Notes and reasons are joined with who
    wrote them, but for a text that all have, such as one that stood there when the files were given out. Evidence is
    joined, each piece once.

    ``names`` are those of the respondents, by default the names of the assessors, or their kinds. The documents are
    all that any of them covers, the date is the latest if ``on`` is left out. ``assessor`` is that of the result, by
    default all the names; its kind is theirs, and ``reconciled`` where they differ.

    Raises:
        RatersDiffer, EditionMismatch: they differ in subject, profile or edition.
        ValueError: fewer than two assessments; ``take`` is none of these; ``names`` are not one each.
    """
    if take not in TAKES:
        raise ValueError(f"take is {take!r}; use one of {', '.join(TAKES)}")
    given = side_by_side(assessments)
    respondents = _names(given, names)
    first = given[0]
    who = assessor if isinstance(assessor, Assessor) else Assessor(name=assessor or _all(given), kind=_kind(given))
    start = Assessment.start(
        first.catalog,
        subject=first.subject,
        on=max(one.date for one in given) if on is None else as_day(on, "on"),
        documents=covered_by(given, 1),
        assessor=who,
        profile=first.profile,
    )
    said = _said(given, respondents)
    items = tuple(
        _merged(first.catalog, item, said[item.id], _asked(given, item), take)
        for item in start.items()
        if item.id in said
    )
    whole = evolve(start.with_responses(one.response for one in items), archive=_archive(given))
    return Merged(assessment=whole, respondents=respondents, take=take, items=items)


def _names(given: Sequence[Assessment], names: Sequence[str] | None) -> tuple[str, ...]:
    """A name for each: those given, or of the assessors if all have one of their own, or what tells raters apart."""
    found = tuple(names or (one.assessor.name or "" for one in given))
    if len(found) == len(given) == len(set(found)) and all(found):
        return found
    if names is not None:
        raise ValueError(f"{len(given)} assessments need as many names, all different; given: {', '.join(names)}")
    return labels(given)


def _all(given: Sequence[Assessment]) -> str | None:
    return ", ".join(dict.fromkeys(one.assessor.name for one in given if one.assessor.name)) or None


def _kind(given: Sequence[Assessment]) -> str:
    kinds = {one.assessor.kind for one in given}
    return kinds.pop() if len(kinds) == 1 else "reconciled"


def _said(given: Sequence[Assessment], respondents: Sequence[str]) -> dict[str, tuple[Said, ...]]:
    """What was said, by item and in the order of the respondents."""
    found: dict[str, tuple[Said, ...]] = {}
    for name, one in zip(respondents, given, strict=True):
        for response in one.responses:
            said = Said(by=name, date=one.date, response=response)
            found[response.item] = (*found.get(response.item, ()), said)
    return found


def _asked(given: Sequence[Assessment], item: Item) -> int:
    """How many were asked about an item."""
    return sum(item.document in one.documents for one in given)


def _archive(given: Sequence[Assessment]) -> tuple[Archived, ...]:
    return tuple(dict.fromkeys(kept for one in given for kept in one.archive))


# --- one item ----------------------------------------------------------------------------------------------


def _merged(catalog: Catalog, item: Item, said: tuple[Said, ...], asked: int, take: str) -> MergedItem:
    counted = _counted(said)
    answers: dict[str, tuple[str, ...]] = {}
    for one in counted:
        answer = str(one.response.answer)
        answers[answer] = (*answers.get(answer, ()), one.by)
    differ = len(answers) > 1
    chosen = _TAKE[take](catalog, item, counted) if differ else next(iter(answers), None)
    givers = [one for one in counted or said if one.response.answer == chosen]
    note = _notes_in_conflict(said, chosen, take) if differ else _notes(said, chosen, asked)
    response = Response(
        item=item.id,
        answer=chosen,
        note=note,
        reason=_joined([(one.by, one.response.reason) for one in (givers if differ else said)], asked),
        evidence=tuple(dict.fromkeys(piece for one in said for piece in one.response.evidence)),
        proposed=bool(givers) and all(one.response.proposed for one in givers),
        decided_by="; ".join(dict.fromkeys(one.response.decided_by for one in givers if one.response.decided_by)),
    )
    taken = tuple(one.by for one in givers) if differ else ()
    return MergedItem(item=item, said=said, response=response, answers=tuple(answers.items()), taken_from=taken)


def _counted(said: Sequence[Said]) -> list[Said]:
    """The answers of people; where there are none, the proposals."""
    answered = [one for one in said if one.response.answer is not None]
    return [one for one in answered if not one.response.proposed] or answered


Take = Callable[[Catalog, Item, Sequence[Said]], str | None]


def _none(catalog: Catalog, item: Item, counted: Sequence[Said]) -> str | None:
    return None


def _first(catalog: Catalog, item: Item, counted: Sequence[Said]) -> str | None:
    return counted[0].response.answer


def _latest(catalog: Catalog, item: Item, counted: Sequence[Said]) -> str | None:
    day = max(one.date for one in counted)
    answers = {one.response.answer for one in counted if one.date == day}
    return answers.pop() if len(answers) == 1 else None


def _cautious(catalog: Catalog, item: Item, counted: Sequence[Said]) -> str | None:
    def worth(one: Said) -> tuple[bool, Fraction]:
        answer = str(one.response.answer)
        found = standing(catalog.scale(item), item, answer)
        return answer == NOT_APPLICABLE, found.credit if found else Fraction(0)

    return min(counted, key=worth).response.answer


_TAKE: dict[str, Take] = dict(zip(TAKES, (_none, _first, _latest, _cautious), strict=True))


# --- notes -------------------------------------------------------------------------------------------------


def _joined(texts: Iterable[tuple[str, str | None]], asked: int) -> str:
    """Texts, each once, after the names of those who wrote it; without, where all of several wrote the same."""
    by_text: dict[str, list[str]] = {}
    for name, text in texts:
        if text:
            by_text.setdefault(text, []).append(name)
    if asked > 1 and [len(names) for names in by_text.values()] == [asked]:
        return next(iter(by_text))
    return "\n".join(f"{', '.join(names)}: {text}" for text, names in by_text.items())


def _notes(said: Sequence[Said], chosen: str | None, asked: int) -> str:
    """The notes; a proposal that an answer of a person goes before; and whose evidence is what, if it differs."""
    passed_over = [one for one in said if one.response.answer not in {None, chosen}]
    lines = [
        _joined([(one.by, one.response.note) for one in said], asked),
        *(f"{one.by}: proposed {one.response.answer}" for one in passed_over),
        *_whose_evidence(said),
    ]
    return "\n".join(line for line in lines if line)


def _whose_evidence(said: Sequence[Said]) -> list[str]:
    given = [one for one in said if one.response.evidence]
    if len({one.response.evidence for one in given}) < 2:
        return []
    return [f"Evidence of {one.by}: {'; '.join(piece.title for piece in one.response.evidence)}" for one in given]


def _notes_in_conflict(said: Sequence[Said], chosen: str | None, take: str) -> str:
    """What each said, on a line each, after what was taken."""
    head = [f"Taken ({take}): {chosen}"] if chosen is not None else []
    return "\n".join((*head, *(_line(one) for one in said), *_whose_evidence(said)))


def _line(one: Said) -> str:
    said = one.response
    more = "; ".join(text for text in ("proposed" if said.proposed else None, said.reason, said.note) if text)
    return f"{one.by}: {said.answer or 'no answer'}" + (f" ({more})" if more else "")
