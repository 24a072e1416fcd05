"""What people answered: evidence, responses, and the assessment that holds them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from attrs import Attribute, evolve, field, frozen

from hmis_standards.errors import AnswerNotAllowed, JustificationMissing, UnknownItem
from hmis_standards.ids import close_matches, split
from hmis_standards.model import Catalog, Item
from hmis_standards.model.standing import AnswerGiven, answer_forms, parts_listed, taken, written
from hmis_standards.tabular import Plain, Tabular, plain
from hmis_standards.vocabulary import EvidenceKind

__all__ = [
    "ASSESSOR_KINDS",
    "FORMAT",
    "NOT_APPLICABLE",
    "SUBJECT_KINDS",
    "Archived",
    "Assessment",
    "Assessor",
    "Evidence",
    "ItemNotCovered",
    "Response",
    "Subject",
    "allowed_answers",
    "allowed_words",
    "as_day",
    "taken_answer",
]

FORMAT = "hmis-standards/assessment/1"
NOT_APPLICABLE = "not_applicable"
SUBJECT_KINDS = ("coc", "agency", "vendor", "implementation", "other")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
ASSESSOR_KINDS = ("self", "peer", "monitor", "reconciled")


class ItemNotCovered(UnknownItem):
    """The item exists, but in a document that the assessment does not cover; ``documents`` lists those it does."""

    fields: tuple[str, ...] = ("id", "close", "documents")
    documents: tuple[str, ...]

    def message(self) -> str:
        covered = ", ".join(self.documents)
        return f"item {self.id!r} is of document {split(self.id)[0]}, this assessment covers {covered}"


def as_day(value: str | datetime.date, name: str = "as_of") -> datetime.date:
    """A date, or the date of a text such as ``2026-03-01``. Raises ValueError, with ``name``, for anything else."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date(*map(int, value.split("-"))) if _DAY.match(value) else _no_day(value, name)
    except (TypeError, ValueError):
        return _no_day(value, name)


def _no_day(value: object, name: str) -> datetime.date:
    raise ValueError(f"{name} is {value!r}; write it as YYYY-MM-DD")


def allowed_answers(catalog: Catalog, item: Item) -> tuple[str, ...]:
    """What the item takes: the words of its scale, ``not_applicable`` where its rule allows that, and other forms."""
    return (*allowed_words(catalog, item), *answer_forms(catalog.scale(item), item))


def allowed_words(catalog: Catalog, item: Item) -> tuple[str, ...]:
    """The words the item takes: those of its scale, and ``not_applicable`` where its rule allows that."""
    words = catalog.scale(item).words()
    return (*words, NOT_APPLICABLE) if item.na.allowed else words


def taken_answer(catalog: Catalog, item: Item, given: AnswerGiven) -> str | None:
    """The answer in the form in which it is kept; None if the item does not take it."""
    if given == NOT_APPLICABLE:
        return NOT_APPLICABLE if item.na.allowed else None
    return taken(catalog.scale(item), item, given)


def _one_of(allowed: tuple[str, ...]) -> Callable[[Any, Attribute[str], str], None]:
    def check(_: Any, attribute: Attribute[str], value: str) -> None:
        if value not in allowed:
            raise ValueError(f"{attribute.name} {value!r} is not one of {', '.join(allowed)}")

    return check


def _tidy(text: str | None) -> str | None:
    """Free text in a form that every file format keeps: no blanks around it, one kind of line end; None if empty."""
    if text is None:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() or None


def _line(text: str | None) -> str | None:
    """A name, title or place on one line; None for nothing."""
    return None if text is None else " ".join(text.split()) or None


def _title(text: str) -> str:
    return _line(text) or ""


def _not_blank(_: Any, attribute: Attribute[str], value: str) -> None:
    if not value.strip():
        raise ValueError(f"{attribute.name} must not be empty")


def _kind(word: str) -> EvidenceKind:
    try:
        return EvidenceKind(word)
    except ValueError:
        known = [one.value for one in EvidenceKind]
        raise ValueError(f"kind {word!r} is not one of {', '.join(known)}") from None


@frozen(kw_only=True)
class Evidence(Plain):
    """Something a reviewer could look at.

    ``need`` is the id of the item's evidence need that it serves. Without it, the evidence serves needs of its kind;
    where the item demands only one piece of evidence, that one. ``valid_until`` is the last day on which it proves
    anything, such as the end of an agreement or a certificate; None where it has no such day.

    Raises ValueError where ``valid_until`` lies before ``date``.
    """

    kind: EvidenceKind = field(converter=_kind)
    title: str = field(converter=_title, validator=_not_blank)
    date: datetime.date | None = None
    location: str | None = field(default=None, converter=_line)
    need: str | None = field(default=None, converter=_line)
    valid_until: datetime.date | None = None

    def __attrs_post_init__(self) -> None:
        if self.date and self.valid_until and self.valid_until < self.date:
            raise ValueError(f"valid_until {self.valid_until} is before its date {self.date}")

    def to_dict(self) -> dict[str, Any]:
        """As it stands in an assessment file: ``need`` and ``valid_until`` only where they are set."""
        shown = {name: plain(getattr(self, name)) for name in _EVIDENCE_KEYS}
        return {name: value for name, value in shown.items() if value is not None or name in _EVIDENCE_KEYS[:4]}


_EVIDENCE_KEYS = ("kind", "title", "date", "location", "need", "valid_until")


def _as_evidence(given: Evidence | Mapping[str, Any]) -> Evidence:
    """Evidence as it is, or out of a dict. Raises ValueError with the key that is wrong."""
    if isinstance(given, Evidence):
        return given
    if not isinstance(given, Mapping):
        raise ValueError(f"evidence is a list of Evidence or of dicts; {given!r} is neither")  # noqa: TRY004
    for key in given:
        if key not in _EVIDENCE_KEYS:
            near = close_matches(key, _EVIDENCE_KEYS, most=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ValueError(f"evidence has no key {key!r}, only {', '.join(_EVIDENCE_KEYS)}{hint}")
    missing = [key for key in ("kind", "title") if given.get(key) is None]
    if missing:
        raise ValueError(f"evidence needs {' and '.join(missing)}")
    days = {name: as_day(given[name], name) for name in ("date", "valid_until") if given.get(name) is not None}
    return Evidence(**{**given, **days})


@frozen(kw_only=True)
class Response(Plain):
    """What was said on one item. ``answer`` None: nothing yet, only a note or evidence.

    ``answer`` is text in any form the item takes: ``met``, a level ``2``, a count ``2 of 3``, a list of what was
    covered ``parts 1, 3``, a number ``0.97``. In YAML and JSON the list stands as a list.

    ``proposed``: put there by a measurement, and no person has confirmed it. ``reason`` is demanded for
    ``not_applicable``. ``decided_by`` names who decided where raters disagreed; ``reason`` then says why.
    """

    item: str
    answer: str | None = None
    note: str | None = field(default=None, converter=_tidy)
    reason: str | None = field(default=None, converter=_tidy)
    evidence: tuple[Evidence, ...] = ()
    proposed: bool = False
    decided_by: str | None = field(default=None, converter=_line)

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all, which is the same as no response."""
        return self.answer is None and not (self.note or self.reason or self.evidence)

    def to_dict(self) -> dict[str, Any]:
        """As it stands in an assessment file: ``proposed`` only where it is true, ``decided_by`` where it is set."""
        shown = {name: plain(getattr(self, name)) for name in ("item", "answer", "note", "reason", "evidence")}
        listed = parts_listed(self.answer or "")
        if listed is not None:
            shown["answer"] = list(listed)
        marks = {"proposed": self.proposed or None, "decided_by": self.decided_by}
        return shown | {name: mark for name, mark in marks.items() if mark is not None}


@frozen(kw_only=True)
class Archived(Plain):
    """A response as it was given in another edition, kept because that edition's item is not asked so any more.

    It counts for nothing. Going back to its ``edition`` puts it in its place again.
    """

    edition: str
    response: Response

    def to_dict(self) -> dict[str, Any]:
        """As it stands in an assessment file: a response with its edition."""
        return {"edition": self.edition, **self.response.to_dict()}


@frozen(kw_only=True)
class Subject(Plain):
    """Who is assessed. ``kind`` is coc, agency, vendor, implementation or other."""

    name: str = field(converter=_title, validator=_not_blank)
    kind: str = field(default="coc", validator=_one_of(SUBJECT_KINDS))


@frozen(kw_only=True)
class Assessor(Plain):
    """Who assessed. ``kind`` is self, peer or monitor, or reconciled: put together from several assessments."""

    name: str | None = field(default=None, converter=_line)
    kind: str = field(default="self", validator=_one_of(ASSESSOR_KINDS))


@frozen(kw_only=True)
class Assessment(Tabular):
    """Answers of one subject on one day to the items of some documents. Immutable: ``answer`` gives another one.

    ``responses`` stand in the order of the items, whatever the order of answering. ``archive`` keeps what was answered
    in other editions and has no place in this one.
    """

    catalog: Catalog = field(eq=False, repr=False)
    edition: str
    documents: tuple[str, ...]
    profile: str | None = None
    subject: Subject
    assessor: Assessor = field(factory=Assessor)
    date: datetime.date
    responses: tuple[Response, ...] = field(default=(), repr=lambda all_of: f"<{len(all_of)} responses>")
    archive: tuple[Archived, ...] = field(default=(), repr=lambda all_of: f"<{len(all_of)} archived>")

    @classmethod
    def start(
        cls,
        catalog: Catalog,
        *,
        subject: str | Subject,
        on: str | datetime.date,
        documents: Iterable[str],
        assessor: str | Assessor | None = None,
        profile: str | None = None,
    ) -> Assessment:
        """An assessment without answers. Raises UnknownDocument, and ValueError if no document is named.

        ``profile``: the ids of the profiles that tailored the catalog, which are taken from it if left out.
        """
        named = (documents,) if isinstance(documents, str) else tuple(dict.fromkeys(documents))
        if not named:
            raise ValueError("an assessment covers at least one document")
        for document in named:
            catalog.document(document)
        return cls(
            catalog=catalog,
            edition=catalog.edition,
            documents=named,
            profile=profile or "; ".join(catalog.layers) or None,
            subject=Subject(name=subject) if isinstance(subject, str) else subject,
            assessor=assessor if isinstance(assessor, Assessor) else Assessor(name=assessor),
            date=as_day(on, "on"),
        )

    @cached_property
    def _by_item(self) -> dict[str, Response]:
        return {response.item: response for response in self.responses}

    @cached_property
    def _scores(self) -> dict[tuple[Any, ...], Any]:
        """For ``score`` alone, which keeps here what it found: gaps, plans and pages all ask for the same score."""
        return {}

    @cached_property
    def _items(self) -> tuple[Item, ...]:
        return tuple(item for document in self.documents for item in self.catalog.document(document).items)

    def items(self) -> tuple[Item, ...]:
        """All items of the documents covered, in document order."""
        return self._items

    def response(self, item_id: str) -> Response | None:
        """What was said on an item, or None if nothing was. Raises UnknownItem."""
        return self._by_item.get(self._covered(item_id).id)

    def answer(
        self,
        item_id: str,
        answer: AnswerGiven | None,
        *,
        note: str | None = None,
        reason: str | None = None,
        evidence: Iterable[Evidence | Mapping[str, Any]] = (),
    ) -> Assessment:
        """The assessment with this answer, in place of an earlier one on the item.

        ``answer`` is a word of the item's scale, a level, a count such as ``"2 of 3"``, a list of the parts that were
        covered such as ``[1, 3]``, or a number such as ``"0.97"``: what ``allowed_answers`` lists for the item.

        Evidence already attached to the item stays unless other evidence is given; a piece may be a dict with the keys
        of Evidence, its date as text. None takes the answer back.

        Raises:
            ValueError: a piece of evidence has a key or a value that Evidence does not take.
            UnknownItem: there is no such item, or its document is not covered.
            AnswerNotAllowed: the item does not take this answer; ``allowed`` lists what it takes.
            JustificationMissing: ``not_applicable`` without a reason.
        """
        before = self.response(item_id)
        kept = tuple(_as_evidence(one) for one in evidence) or (before.evidence if before else ())
        text = None if answer is None else written(answer)
        return self.with_responses([Response(item=item_id, answer=text, note=note, reason=reason, evidence=kept)])

    def with_responses(self, responses: Iterable[Response]) -> Assessment:
        """The assessment with these responses in place of earlier ones on their items; an empty one takes away.

        Raises as ``answer`` does.
        """
        found = dict(self._by_item)
        for response in responses:
            found[response.item] = self._checked(response)
        ordered = (found[item.id] for item in self._items if item.id in found)
        return evolve(self, responses=tuple(response for response in ordered if not response.empty))

    def _covered(self, item_id: str) -> Item:
        item = self.catalog[item_id]
        if item.document not in self.documents:
            raise ItemNotCovered(item_id, (), self.documents)
        return item

    def _checked(self, response: Response) -> Response:
        """The response with its answer in the form in which it is kept."""
        item = self._covered(response.item)
        if response.answer is None:
            return response
        answer = taken_answer(self.catalog, item, response.answer)
        if answer is None:
            raise AnswerNotAllowed(item.id, response.answer, allowed_answers(self.catalog, item))
        if answer == NOT_APPLICABLE and response.reason is None:
            raise JustificationMissing(item.id)
        return response if answer == response.answer else evolve(response, answer=answer)

    def to_dict(self) -> dict[str, Any]:
        """The assessment as it stands in a YAML or JSON file."""
        names = ("edition", "documents", "profile", "subject", "assessor", "date", "responses")
        kept = {"archive": plain(self.archive)} if self.archive else {}
        return {"format": FORMAT, **{name: plain(getattr(self, name)) for name in names}, **kept}

    @property
    def decided(self) -> bool:
        """Whether any response, archived ones among them, names who decided."""
        return any(one.decided_by for one in (*self.responses, *(kept.response for kept in self.archive)))

    def rows(self) -> list[dict[str, Any]]:
        """One row an item of the documents covered, also where nothing was answered."""
        return [_row(item, self._by_item.get(item.id)) for item in self._items]


def _row(item: Item, response: Response | None) -> dict[str, Any]:
    said = response or Response(item=item.id)
    return {
        "item": item.id,
        "title": item.title,
        "answer": said.answer,
        "note": said.note,
        "reason": said.reason,
        "evidence": "; ".join(one.title for one in said.evidence) or None,
        "proposed": said.proposed,
        "decided_by": said.decided_by,
    }
