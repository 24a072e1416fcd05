"""What if: the score before and after some answers are changed in thought."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from html import escape
from typing import Any

from attrs import frozen

from hmis_standards.assess.answers import NOT_APPLICABLE, Assessment, Response
from hmis_standards.assess.days import as_day
from hmis_standards.assess.evidence import Evidence
from hmis_standards.assess.gates import GateResult
from hmis_standards.assess.models import WEIGHTED_MEAN, ScoringModel
from hmis_standards.assess.scoring import Score, score
from hmis_standards.model import Item
from hmis_standards.model.standing import AnswerGiven, written
from hmis_standards.tabular import Plain, Tabular, decimal_text, html_table, percent_text, plain
from hmis_standards.vocabulary import Status, Verdict

__all__ = ["StatusChange", "VerdictChange", "WhatIf", "what_if"]

_SHARES = ("value", "low", "high", "coverage")


@frozen(kw_only=True)
class VerdictChange(Plain):
    """A gate that stands otherwise afterwards."""

    gate: str
    title: str
    before: Verdict
    after: Verdict

    @property
    def opens(self) -> bool:
        """Whether the gate passes afterwards and did not before."""
        return self.after is Verdict.PASS

    @property
    def closes(self) -> bool:
        """Whether the gate passed before and does not afterwards."""
        return self.before is Verdict.PASS

    def __str__(self) -> str:
        return f"{self.title}: {self.before.label} → {self.after.label}"


@frozen(kw_only=True)
class StatusChange(Plain):
    """An item that stands otherwise afterwards."""

    item: str
    title: str
    before: Status
    after: Status


@frozen(kw_only=True, repr=False)
class WhatIf(Tabular, Plain):
    """The score before and after some answers were changed in thought.

    ``items`` are those whose status changes, ``gates`` those that stand otherwise, both in the order of the score.
    """

    before: Score
    after: Score
    items: tuple[StatusChange, ...] = ()
    gates: tuple[VerdictChange, ...] = ()

    @property
    def gain(self) -> Fraction | None:
        """By how much the low end of the score rises; None where nothing is applicable before or after."""
        return self.gains()["low"]

    def gains(self) -> dict[str, Fraction | None]:
        """By how much value, low, high and coverage rise, below 0 where they fall; None where there is no number."""
        return {name: _difference(getattr(self.before, name), getattr(self.after, name)) for name in _SHARES}

    def rows(self) -> list[dict[str, Any]]:
        """One row an item whose status changes."""
        return [
            {"item": one.item, "title": one.title, "before": one.before.value, "after": one.after.value}
            for one in self.items
        ]

    def to_dict(self) -> dict[str, Any]:
        """Numbers before and after as exact text, what they gain, and the items and gates that change."""
        return {
            "before": {name: plain(getattr(self.before, name)) for name in (*_SHARES, "verdict")},
            "after": {name: plain(getattr(self.after, name)) for name in (*_SHARES, "verdict")},
            "gains": plain(self.gains()),
            "items": plain(self.items),
            "gates": plain(self.gates),
        }

    def text(self) -> str:
        """The change in a few lines for a person."""
        names = {"value": "Score", "low": "At least", "high": "At most", "coverage": "Assessed"}
        shares = [f"{label}: {self._change(name)}" for name, label in names.items()]
        items = [f"{one.item}: {one.before.label} → {one.after.label}" for one in self.items]
        verdict = f"Verdict: {self.before.verdict.label} → {self.after.verdict.label}"
        return "\n".join([*shares, verdict, *map(str, self.gates), *items])

    def _change(self, name: str) -> str:
        gain = self.gains()[name]
        points = "" if gain is None else f" ({'+' if gain > 0 else ''}{decimal_text(gain * 100, 1)} points)"
        return f"{percent_text(getattr(self.before, name), 1)} → {percent_text(getattr(self.after, name), 1)}{points}"

    def __repr__(self) -> str:
        opened, closed = sum(one.opens for one in self.gates), sum(one.closes for one in self.gates)
        changes = f"{len(self.items)} items change, {opened} gates open, {closed} close"
        return f"<WhatIf value {self._change('value')}, low {self._change('low')}: {changes}>"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.text()).replace(chr(10), '<br>')}</p>{html_table(self.rows())}"


def what_if(
    assessment: Assessment,
    answers: Mapping[str, AnswerGiven | None],
    as_of: str | datetime.date | None = None,
    *,
    count_proposals: bool = False,
    model: str | ScoringModel = WEIGHTED_MEAN,
) -> WhatIf:
    """The score if these items were answered so, by any of the models that ``score`` takes.

    Each answer is taken to come with the evidence that "met" demands, and with a reason. None takes an answer back.
    Raises as ``Assessment.answer`` and ``score`` do.
    """
    day = assessment.date if as_of is None else as_day(as_of)
    changed = [_supposed(assessment.catalog[item], answer, day) for item, answer in answers.items()]
    before, after = (
        score(one, day, count_proposals=count_proposals, model=model)
        for one in (assessment, assessment.with_responses(changed))
    )
    gates = (_gate_change(was, now) for was, now in zip(before.gates, after.gates, strict=True))
    return WhatIf(
        before=before,
        after=after,
        items=_status_changes(before, after),
        gates=tuple(one for one in gates if one.before is not one.after),
    )


def _supposed(item: Item, answer: AnswerGiven | None, day: datetime.date) -> Response:
    if answer is None:
        return Response(item=item.id)
    evidence = tuple(
        Evidence(kind=need.kind, title="supposed", date=day, need=need.id) for need in item.evidence if need.demanded
    )
    reason = "supposed" if answer == NOT_APPLICABLE else None
    return Response(item=item.id, answer=written(answer), reason=reason, evidence=evidence)


def _status_changes(before: Score, after: Score) -> tuple[StatusChange, ...]:
    pairs = zip(before.lines, after.lines, strict=True)
    return tuple(
        StatusChange(item=was.item.id, title=was.item.title, before=was.status, after=now.status)
        for was, now in pairs
        if was.status is not now.status
    )


def _gate_change(was: GateResult, now: GateResult) -> VerdictChange:
    return VerdictChange(gate=was.gate.id, title=was.gate.title, before=was.verdict, after=now.verdict)


def _difference(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else after - before
