"""What people answered: responses, and the assessment that holds them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from attrs import Attribute, evolve, field, frozen

from hmis_standards.assess.days import as_day
from hmis_standards.assess.evidence import Evidence, Given, not_blank, one_line, pieces, title_of
from hmis_standards.errors import AnswerNotAllowed, JustificationMissing, NoSuchNeed, UnknownItem
from hmis_standards.ids import split
from hmis_standards.model import Catalog, Item
from hmis_standards.model.standing import AnswerGiven, answer_forms, parts_listed, taken, written
from hmis_standards.tabular import Plain, Tabular, escape, html_table, plain

__all__ = [
    "ASSESSOR_KINDS",
    "FORMAT",
    "NOT_APPLICABLE",
    "SUBJECT_KINDS",
    "Archived",
    "Assessment",
    "Assessor",
    "ItemNotCovered",
    "Response",
    "Subject",
    "allowed_answers",
    "allowed_words",
    "taken_answer",
]

FORMAT = "hmis-standards/assessment/1"
NOT_APPLICABLE = "not_applicable"
SUBJECT_KINDS = ("coc", "agency", "vendor", "implementation", "other")
ASSESSOR_KINDS = ("self", "peer", "monitor", "reconciled")


class ItemNotCovered(UnknownItem):
    """The item exists, but in a document that the assessment does not cover; ``documents`` lists those it does."""

    fields: tuple[str, ...] = ("id", "close", "documents")
    documents: tuple[str, ...]

    def message(self) -> str:
        covered = ", ".join(self.documents)
        return f"item {self.id!r} is of document {split(self.id)[0]}, this assessment covers {covered}"


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
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is not text")  # noqa: TRY004 - as every other value that does not fit
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() or None


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
    decided_by: str | None = field(default=None, converter=one_line)

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

    name: str = field(converter=title_of, validator=not_blank)
    kind: str = field(default="coc", validator=_one_of(SUBJECT_KINDS))


@frozen(kw_only=True)
class Assessor(Plain):
    """Who assessed. ``kind`` is self, peer or monitor, or reconciled: put together from several assessments."""

    name: str | None = field(default=None, converter=one_line)
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
        named = (documents,) if isinstance(documents, str) else tuple(dict.fromkeys(documents or ()))
        if not named:
            raise ValueError("an assessment covers at least one document")
        for document in named:
            catalog.document(document)
        return cls(
            catalog=catalog,
            edition=catalog.edition,
            documents=named,
            profile=profile or "; ".join(catalog.layers) or None,
            subject=subject if isinstance(subject, Subject) else Subject(name=subject),
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
        evidence: Given | Iterable[Given] = (),
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
            NoSuchNeed: evidence names a need that the item does not have.
        """
        before = self.response(item_id)
        kept = pieces(evidence) or (before.evidence if before else ())
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
        for one in response.evidence:
            if one.need is not None and all(one.need != need.id for need in item.evidence):
                raise NoSuchNeed(item.id, one.need, tuple(need.id for need in item.evidence))
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

    def progress(self) -> list[dict[str, Any]]:
        """How far one has come: a row a section, with its items, those answered, proposed and left."""
        documents = [self.catalog.document(one) for one in self.documents]
        return [
            {"document": document.title, "section": one.title, **self._progress(document.section(one.id))}
            for document in documents
            for one in document.sections
        ]

    def _progress(self, items: Iterable[Item]) -> dict[str, int]:
        listed = [self._by_item.get(item.id) for item in items]
        given = [one for one in listed if one is not None and one.answer is not None]
        proposed = sum(one.proposed for one in given)
        answered = len(given) - proposed
        return {"items": len(listed), "answered": answered, "proposed": proposed, "left": len(listed) - len(given)}

    def _repr_html_(self) -> str:
        rows = self.progress()
        answered, items = (sum(row[name] for row in rows) for name in ("answered", "items"))
        about = f"{self.subject.name}, {self.date}, edition {self.edition}: {answered} of {items} items answered"
        return f"<p>Assessment of {escape(about)}</p>{html_table(rows)}"


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
