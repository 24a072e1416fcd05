"""An assessment carried from one edition to another, forward or backward, without losing an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from html import escape
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.assess.answers import NOT_APPLICABLE, Archived, Assessment, Response, taken_answer
from hmis_standards.assess.evidence import fitting
from hmis_standards.assess.ways import Way, asks_the_same
from hmis_standards.model import Catalog, Change, Item
from hmis_standards.tabular import Plain, Tabular, html_table
from hmis_standards.vocabulary import Outcome

__all__ = ["Migration", "MigrationEntry", "carried_to"]

Responses = dict[str, Response]


@frozen(kw_only=True)
class MigrationEntry(Plain):
    """What became of one response (``old``: the id it was given on), or one item that is new (``old`` None).

    ``new`` are the ids it stands on now; none if it is only in the archive. ``reason`` is for a reader.
    """

    outcome: Outcome
    old: str | None
    new: tuple[str, ...]
    reason: str


@frozen(kw_only=True, repr=False)
class Migration(Tabular):
    """An assessment in another edition, and what became of every response. ``notes`` say what else changed."""

    assessment: Assessment
    edition_before: str
    entries: tuple[MigrationEntry, ...] = field(repr=False)
    notes: tuple[str, ...] = ()

    def counts(self) -> dict[Outcome, int]:
        """How many responses, and new items, had which outcome; every outcome is there."""
        found = Counter(entry.outcome for entry in self.entries)
        return {outcome: found[outcome] for outcome in Outcome}

    def to_review(self) -> tuple[MigrationEntry, ...]:
        """The responses a person has to look at: they stand as proposals, which do not count."""
        return tuple(one for one in self.entries if one.outcome in _REVIEWED)

    def rows(self) -> list[dict[str, Any]]:
        """One row a response or new item: outcome, old id, new ids, reason."""
        return [
            {"outcome": one.outcome.value, "old": one.old, "new": ", ".join(one.new) or None, "reason": one.reason}
            for one in self.entries
        ]

    def to_dict(self) -> dict[str, Any]:
        """Both editions, counts, entries, notes, and the assessment as it stands in a file."""
        return {
            "from": self.edition_before,
            "to": self.assessment.edition,
            "counts": {outcome.value: count for outcome, count in self.counts().items()},
            "entries": [one.to_dict() for one in self.entries],
            "notes": list(self.notes),
            "assessment": self.assessment.to_dict(),
        }

    def __repr__(self) -> str:
        return f"<Migration {self._words()}>"

    def _words(self) -> str:
        counts = ", ".join(f"{count} {outcome.label}" for outcome, count in self.counts().items() if count)
        return f"{self.edition_before} to {self.assessment.edition}: {counts or 'nothing to carry'}"

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<p>{escape(self._words())}</p>{html_table(self.rows())}{notes}"


_REVIEWED = frozenset({Outcome.NEEDS_REVIEW, Outcome.SPLIT, Outcome.MERGED})


def carried_to(
    assessment: Assessment, catalog: Catalog, changes: Iterable[Change], notes: Iterable[str] = ()
) -> Migration:
    """The assessment with another edition's catalog. ``changes`` are the records of all editions.

    A response stays as it is where its item asks the same in both. Where it does not, or was split or merged, what was
    said is proposed, and the response as it was goes into the archive; so does one whose item is no more. An archived
    response of the edition that is gone to comes back, unless a person has answered anew in the meantime.
    """
    records = tuple(changes)
    there = Way(assessment.catalog, catalog, records)
    back = Way(catalog, assessment.catalog, records)
    carrier = _Carrier(assessment, there, back)
    groups = [carrier.carried(group) for group in _groups(assessment, there, back)]
    responses = {name: one for group in groups for name, one in group.responses.items()}
    gone = [one for group in groups for one in group.restored]
    moved = evolve(
        assessment,
        catalog=catalog,
        edition=catalog.edition,
        profile=_profile(assessment, catalog),
        documents=tuple(_documents(assessment, catalog, responses)),
        responses=(),
        archive=(
            *(one for one in assessment.archive if not any(one is other for other in gone)),
            *(Archived(edition=assessment.edition, response=one) for group in groups for one in group.archived),
        ),
    )
    entries = (*(entry for group in groups for entry in group.entries), *_new(moved, there, responses))
    return Migration(
        assessment=moved.with_responses(responses.values()),
        edition_before=assessment.edition,
        entries=entries,
        notes=tuple(notes),
    )


def _profile(assessment: Assessment, catalog: Catalog) -> str | None:
    """The profiles that tailor the catalog; what the assessment says where its own was not tailored either."""
    if catalog.layers or assessment.catalog.layers:
        return "; ".join(catalog.layers) or None
    return assessment.profile


def _documents(assessment: Assessment, catalog: Catalog, responses: Mapping[str, Response]) -> list[str]:
    """The documents covered, as far as they are there, and those to which answers moved."""
    there = [document.id for document in catalog.documents]
    kept = [name for name in assessment.documents if name in there]
    moved = [name for name in there if name not in kept and any(catalog[one].document == name for one in responses)]
    if not kept and not moved:
        named = ", ".join(assessment.documents)
        raise ValueError(f"edition {catalog.edition} has none of the documents covered: {named}")
    return [*kept, *moved]


def _new(moved: Assessment, there: Way, responses: Mapping[str, Response]) -> Iterator[MigrationEntry]:
    """Items that nothing in the old edition became, and that nobody has answered."""
    for item in moved.items():
        if item.id not in there.sources and item.id not in responses:
            reason = f"Not asked in edition {there.source.edition}; nobody has answered it."
            yield MigrationEntry(outcome=Outcome.NEW, old=None, new=(item.id,), reason=reason)


# --- groups of items that became one another ---------------------------------------------------------------


@frozen
class _Group:
    """Responses, and archived ones of the edition gone to, whose items became one another."""

    responses: tuple[Response, ...]
    originals: tuple[Archived, ...]


@frozen
class _Carried:
    """What became of a group."""

    responses: Responses
    entries: tuple[MigrationEntry, ...]
    archived: tuple[Response, ...] = ()
    restored: tuple[Archived, ...] = ()


def _groups(assessment: Assessment, there: Way, back: Way) -> list[_Group]:
    """In the order of the responses, then of the archive."""
    originals = _latest(assessment, there.target)
    said = {response.item: response for response in assessment.responses}
    links: dict[str, set[str]] = {f"<{name}": {f">{new}" for new in there.leads(name)} for name in said}
    for name in originals:
        links[f">{name}"] = {f"<{old}" for old in back.leads(name)}
    groups = []
    for names in _connected(links):
        responses = tuple(said[name[1:]] for name in names if name[0] == "<" and name[1:] in said)
        kept = tuple(originals[name[1:]] for name in names if name[0] == ">" and name[1:] in originals)
        groups.append(_Group(responses, kept))
    return groups


def _latest(assessment: Assessment, catalog: Catalog) -> dict[str, Archived]:
    """The archived responses that have their place in a catalog; of several on an item, the last."""
    fitting = (one for one in assessment.archive if one.edition == catalog.edition and one.response.item in catalog)
    return {one.response.item: one for one in fitting}


def _connected(links: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The names in groups such that no link leads out of one, each group in the order of ``links``."""
    beside: dict[str, set[str]] = {}
    for name, others in links.items():
        for other in others:
            beside.setdefault(name, set()).add(other)
            beside.setdefault(other, set()).add(name)
    seen: set[str] = set()
    for start in links:
        if start in seen:
            continue
        found, waiting = {start}, [start]
        while waiting:
            fresh = beside.get(waiting.pop(), set()) - found
            found |= fresh
            waiting += fresh
        seen |= found
        yield [name for name in links if name in found]


# --- what becomes of a response ----------------------------------------------------------------------------


@frozen(eq=False)
class _Carrier:
    """Carries groups over."""

    assessment: Assessment
    there: Way
    back: Way

    def carried(self, group: _Group) -> _Carried:
        """The archived responses, where nobody has said anything since; else what the responses lead to."""
        said = {response.item: response for response in group.responses}
        if group.originals and (not said or said == derived(self.back, [one.response for one in group.originals])):
            return self._restored(group)
        made = derived(self.there, group.responses)
        entries = tuple(self._entry(response) for response in group.responses)
        kept = tuple(one for one in group.responses if not self._as_it_was(one, made))
        return _Carried(made, entries, kept)

    def _restored(self, group: _Group) -> _Carried:
        reason = f"As it was answered in edition {self.there.target.edition}."
        entries = tuple(
            MigrationEntry(outcome=Outcome.CARRIED, old=one.response.item, new=(one.response.item,), reason=reason)
            for one in group.originals
        )
        return _Carried({one.response.item: one.response for one in group.originals}, entries, (), group.originals)

    def _as_it_was(self, response: Response, made: Responses) -> bool:
        new = self.there.leads(response.item)
        return len(new) == 1 and made.get(new[0]) == evolve(response, item=new[0])

    def _entry(self, response: Response) -> MigrationEntry:
        there, old = self.there, response.item
        new = there.leads(old)
        outcome = _outcome(there, response, new)
        reasons = {Outcome.CARRIED: "Asks the same as before.", Outcome.RETIRED: there.absence(old)}
        return MigrationEntry(outcome=outcome, old=old, new=new, reason=reasons.get(outcome) or there.reason(old))


def _outcome(there: Way, response: Response, new: tuple[str, ...]) -> Outcome:
    if not new:
        return Outcome.RETIRED
    if len(new) > 1:
        return Outcome.SPLIT
    if len(there.sources[new[0]]) > 1:
        return Outcome.MERGED
    same = asks_the_same(there.source[response.item], there.target[new[0]])
    return Outcome.CARRIED if same or response.answer is None else Outcome.NEEDS_REVIEW


def derived(way: Way, responses: Iterable[Response]) -> Responses:
    """What responses on items of the source say on items of the target, by the id there."""
    said = {response.item: response for response in responses}
    reached = dict.fromkeys(new for name in said for new in way.leads(name))
    return {
        new: _derived(way, way.target[new], [said[old] for old in way.sources[new] if old in said]) for new in reached
    }


def _derived(way: Way, item: Item, said: list[Response]) -> Response:
    if len(way.sources[item.id]) > 1:
        return _merged(way, item, said)
    (one,) = said
    alone = len(way.leads(one.item)) == 1
    moved = evolve(one, item=item.id, evidence=fitting(one.evidence, item))
    if alone and (one.answer is None or asks_the_same(way.source[one.item], item)):
        return moved
    return _proposed(way, item, moved, one.answer, [one.note, *_refused(way, item, one)], way.reason(one.item))


def _merged(way: Way, item: Item, said: list[Response]) -> Response:
    """The least of what was said on the items that became this one, as a proposal; what was said on each is noted."""
    answered = [one for one in said if one.answer is not None]
    least = min(answered, key=lambda one: _credit(way, one), default=None)
    notes = [f"{one.item}, {one.answer or 'not answered'}{f': {one.note}' if one.note else ''}" for one in said]
    missing = [name for name in way.sources[item.id] if name not in {one.item for one in said}]
    notes += [f"{name}, not answered" for name in missing]
    whole = Response(
        item=item.id,
        reason="\n".join(dict.fromkeys(one.reason for one in said if one.reason)) or None,
        evidence=fitting(tuple(dict.fromkeys(piece for one in said for piece in one.evidence)), item),
    )
    lines = [*notes, *(_refused(way, item, least) if least else ())]
    return _proposed(way, item, whole, least.answer if least else None, lines, way.reason(said[0].item))


def _credit(way: Way, response: Response) -> tuple[bool, Fraction]:
    """From the least that can be said to the most; "not applicable" only where nothing else was said."""
    standing = way.source.standing(way.source[response.item], str(response.answer))
    return response.answer == NOT_APPLICABLE, standing.credit if standing else Fraction(0)


def _proposed(
    way: Way, item: Item, response: Response, answer: str | None, notes: Iterable[str | None], reason: str
) -> Response:
    """The response with an answer nobody has confirmed for this item, and a note that says why."""
    taken = _taken(way.target, item, answer, response.reason)
    asked = "Confirm or replace." if taken else "Answer it anew." if answer else ""
    note = "\n".join(line for line in (*notes, f"{reason} {asked}") if line)
    return evolve(response, answer=taken, note=note, proposed=taken is not None)


def _taken(catalog: Catalog, item: Item, answer: str | None, reason: str | None) -> str | None:
    """The answer as the item takes it; None if it does not."""
    if answer is None or (answer == NOT_APPLICABLE and reason is None):
        return None
    return taken_answer(catalog, item, answer)


def _refused(way: Way, item: Item, said: Response) -> Iterator[str]:
    """That the item does not take the answer any more, if so."""
    if said.answer is not None and _taken(way.target, item, said.answer, said.reason) is None:
        yield f"Answered {said.answer} before, which this item does not take."
