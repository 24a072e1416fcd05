"""One assessment out of several raters' ones: what they agree on, and what somebody decided."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from hmis_standards.assess.answers import Assessment, Assessor, Response
from hmis_standards.assess.days import as_day
from hmis_standards.assess.evidence import Evidence
from hmis_standards.assess.raters import covered_by, labels, side_by_side
from hmis_standards.errors import DecisionIncomplete
from hmis_standards.ids import split
from hmis_standards.tabular import Tabular, plain

__all__ = ["Reconciliation", "reconcile"]


@frozen(kw_only=True, repr=False)
class Reconciliation(Tabular):
    """One assessment out of several, and the ids of the items by how they came to their answer.

    ``undecided``: at least one rater answered, they do not agree (or only one answered), and nobody has decided. They
    are unanswered in ``assessment``, with a note of what each said.
    """

    assessment: Assessment
    agreed: tuple[str, ...]
    decided: tuple[str, ...]
    undecided: tuple[str, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row an item that anybody answered: how it came to its answer, answer, who decided, reason, note."""
        states = {"agreed": self.agreed, "decided": self.decided, "undecided": self.undecided}
        of_item = {item: state for state, items in states.items() for item in items}
        wanted = ("title", "answer", "decided_by", "reason", "note")
        return [
            {"item": row["item"], "state": of_item[row["item"]], **{name: row[name] for name in wanted}}
            for row in self.assessment.rows()
            if row["item"] in of_item
        ]

    def to_dict(self) -> dict[str, Any]:
        """The assessment as it stands in a file, and the three lists of ids."""
        names = ("assessment", "agreed", "decided", "undecided")
        return {name: plain(getattr(self, name)) for name in names}

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, name))} {name}" for name in ("agreed", "decided", "undecided"))
        return f"<Reconciliation of {self.assessment.subject.name}: {counts}>"


def reconcile(
    assessments: Iterable[Assessment],
    decisions: Mapping[str, tuple[str, str | None, str]] | None = None,
    *,
    decided_by: str | None = None,
    on: str | datetime.date | None = None,
) -> Reconciliation:
    """One assessment out of several of the same subject, on the documents that at least two of them cover.

    An answer that at least two raters gave, and nobody contradicts, is carried, with the evidence of all. ``decisions``
    has for an item the answer, who decided and why, and goes before agreement; where it names nobody, ``decided_by``
    did. The reason stands in ``Response.reason``. All other items stay unanswered. ``decided_by`` is also the assessor
    of the result, of the kind ``reconciled``; ``on`` is its date, the latest of theirs if left out.

    Raises:
        RatersDiffer, EditionMismatch: as ``agreement`` does.
        DecisionIncomplete: a decision names nobody, or gives no reason.
        ValueError: a decision is not answer, who decided and why.
        UnknownItem, AnswerNotAllowed: as ``Assessment.answer`` does.
    """
    given = side_by_side(assessments)
    first = given[0]
    start = Assessment.start(
        first.catalog,
        subject=first.subject,
        on=max(one.date for one in given) if on is None else as_day(on, "on"),
        documents=covered_by(given, 2),
        assessor=Assessor(name=decided_by, kind="reconciled"),
        profile=first.profile,
    )
    decided = _decided(decisions or {}, decided_by)
    said = _said(given)
    free = {item: answers for item, answers in said.items() if item not in decided}
    agreed = {item: answers for item, answers in free.items() if _agree(answers)}
    undecided = {item: answers for item, answers in free.items() if item not in agreed}
    whole = start.with_responses(
        [
            *(_carried(answers) for answers in agreed.values()),
            *(_with_what_was_said(one, said.get(item, {})) for item, one in decided.items()),
            *(_with_what_was_said(Response(item=item), answers) for item, answers in undecided.items()),
        ]
    )

    def in_order(ids: Mapping[str, object]) -> tuple[str, ...]:
        return tuple(item.id for item in whole.items() if item.id in ids)

    return Reconciliation(
        assessment=whole, agreed=in_order(agreed), decided=in_order(decided), undecided=in_order(undecided)
    )


def _decided(decisions: Mapping[str, tuple[str, str | None, str]], otherwise: str | None) -> dict[str, Response]:
    found = {}
    for item, decision in decisions.items():
        if isinstance(decision, str) or len(decision) != 3:
            raise ValueError(f"{item}: {decision!r} is no decision; write (answer, who decided, why)")
        answer, who, reason = decision
        response = Response(item=item, answer=answer, reason=reason, decided_by=who or otherwise)
        for name in ("reason", "decided_by"):
            if getattr(response, name) is None:
                raise DecisionIncomplete(item, name)
        found[item] = response
    return found


def _said(given: Sequence[Assessment]) -> dict[str, dict[str, Response]]:
    """The answers of people: by item, and by the label of who gave them."""
    documents = covered_by(given, 2)
    found: dict[str, dict[str, Response]] = {}
    for label, one in zip(labels(given), given, strict=True):
        for response in one.responses:
            if response.answer is not None and not response.proposed and split(response.item)[0] in documents:
                found.setdefault(response.item, {})[label] = response
    return found


def _agree(answers: Mapping[str, Response]) -> bool:
    return len(answers) > 1 and len({response.answer for response in answers.values()}) == 1


def _carried(answers: Mapping[str, Response]) -> Response:
    first = next(iter(answers.values()))
    reasons = dict.fromkeys(response.reason for response in answers.values() if response.reason)
    notes = "\n".join(f"{rater}: {response.note}" for rater, response in answers.items() if response.note)
    return evolve(first, note=notes, reason="\n".join(reasons), evidence=_evidence(answers))


def _evidence(answers: Mapping[str, Response]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(one for response in answers.values() for one in response.evidence))


def _with_what_was_said(response: Response, answers: Mapping[str, Response]) -> Response:
    """The response with the evidence of all and, as a note, what each rater said, on a line each."""
    note = "\n".join(_line(rater, one) for rater, one in answers.items())
    return evolve(response, note=note, evidence=_evidence(answers))


def _line(rater: str, said: Response) -> str:
    return f"{rater}: {said.answer}" + (f" ({said.note})" if said.note else "")
