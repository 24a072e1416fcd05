"""Two assessments of one subject on two days: what changed, and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from hmis_standards.assess.answers import Assessment
from hmis_standards.assess.causes import RATIOS, Points, Worlds, shares, worlds
from hmis_standards.assess.comparison import Comparison, Effect, GateChange, ItemChange
from hmis_standards.assess.days import as_day
from hmis_standards.assess.gates import GateResult, PartStanding
from hmis_standards.assess.movements import movement, why
from hmis_standards.assess.scoring import Score, score
from hmis_standards.errors import NotComparable
from hmis_standards.tabular import decimal_text, percent_text
from hmis_standards.vocabulary import Verdict

__all__ = ["compare"]


def compare(
    before: Assessment,
    after: Assessment,
    as_of_before: str | datetime.date | None = None,
    as_of_after: str | datetime.date | None = None,
    *,
    count_proposals: bool = False,
    same_subject: bool = True,
) -> Comparison:
    """The change in score from one assessment to another, and what it is made of.

    Each is scored with its own catalog, so editions and profiles may differ, on its own day or the one given.
    The value, the low and the high end (by the weighted mean) and the coverage: each change is split exactly into the
    parts of ``Cause``:

    - answers: another answer, or other evidence for it;
    - applicability: "not applicable" given or taken back;
    - evidence_age: the same answer and evidence, looked at on another day;
    - tailoring and edition: weights, levels aimed at, evidence demanded, and items that came in or went out, through
      other profiles or another edition; also an answer that is only proposed now because the edition asks the item in
      another way;
    - documents: a document that only one of the two covers.

    An item that only one of the two asks counts wholly with what brought it in or took it out. How the parts are
    calculated is in the module ``assess.causes``.

    Raises:
        NotComparable: the subjects differ (``same_subject=False`` compares them all the same), or no document is
            covered by both.
        ValueError: a day is not of the form ``2026-03-01``.
    """
    _check(before, after, same_subject)
    days = (_day(before, as_of_before, "as_of_before"), _day(after, as_of_after, "as_of_after"))
    found = worlds(before, after, days, count_proposals=count_proposals)
    first, second = (
        score(one, day, count_proposals=count_proposals) for one, day in zip((before, after), days, strict=True)
    )
    items = tuple(_items(found, first, second))
    return Comparison(
        subjects=(before.subject, after.subject),
        days=days,
        editions=(before.edition, after.edition),
        before=first,
        after=second,
        items=items,
        gates=tuple(_gates(first, second, items)),
        notes=(*_notes(before, after, days), *found.notes),
    )


def _day(one: Assessment, given: str | datetime.date | None, name: str) -> datetime.date:
    return one.date if given is None else as_day(given, name)


def _check(before: Assessment, after: Assessment, same_subject: bool) -> None:
    if same_subject and before.subject != after.subject:
        one, other = (f"{a.subject.name} ({a.subject.kind})" for a in (before, after))
        raise NotComparable(f"one assessment is of {one}, the other of {other}", "same_subject=False compares them")
    if not set(before.documents) & set(after.documents):
        one, other = (", ".join(a.documents) for a in (before, after))
        raise NotComparable(f"no document is covered by both: one covers {one}, the other {other}", "")


def _notes(before: Assessment, after: Assessment, days: tuple[datetime.date, datetime.date]) -> Iterator[str]:
    if days[1] < days[0]:
        yield f"The second assessment is of an earlier day ({days[1]}) than the first ({days[0]})."
    if before.edition != after.edition:
        yield f"Made with edition {before.edition} and with edition {after.edition}; each is scored with its own."
    if before.catalog.layers != after.catalog.layers:
        names = [", ".join(one.catalog.layers) or "no profile" for one in (before, after)]
        yield f"Tailored by {names[0]} before, by {names[1]} after."
    only = sorted(set(before.documents) ^ set(after.documents))
    if only:
        yield f"Covered by one of the two only: {', '.join(only)}."


def _items(found: Worlds, before: Score, after: Score) -> Iterator[ItemChange]:
    """The items that changed, with what each cause did through them."""
    then, now = (Points(one.earned, one.assessed, one.applicable) for one in (before, after))
    for name in found.items():
        causes = tuple(found.causes(name))
        one, other = found.line(name, 0), found.line(name, 1)
        moved = movement(one, other)
        line = other or one
        if line is None or not (causes or moved or (one and other and one.status is not other.status)):
            continue
        parts = [points for _, points in causes]
        numbers = {ratio: shares(ratio, then, now, parts) for ratio in RATIOS}
        yield ItemChange(
            id=name,
            title=line.item.title,
            section=f"{line.item.document}/{line.item.section}",
            movement=moved,
            before=one.status if one else None,
            after=other.status if other else None,
            why=why(found.before, found.after, one, other),
            effects=tuple(
                Effect(cause=cause, **{ratio: numbers[ratio][place] for ratio in RATIOS})
                for place, (cause, _) in enumerate(causes)
            ),
        )


def _gates(before: Score, after: Score, items: tuple[ItemChange, ...]) -> Iterator[GateChange]:
    """The gates that look at anything on either side and whose verdict or deciding items changed."""
    then, now = ({one.gate.id: one for one in found.gates} for found in (before, after))
    told = {item.id: item.why for item in items}
    for name in {**then, **now}:
        one, other = then.get(name), now.get(name)
        was, waits = (set(found.deciding) if found else set() for found in (one, other))
        verdicts = [found.verdict if found else Verdict.NO_GATE for found in (one, other)]
        known = other or one
        if known is None or (verdicts[0] is verdicts[1] and was == waits):
            continue
        joined, left = sorted(waits - was), sorted(was - waits)
        moved = {**told, **dict(_parts(one, other))}
        yield GateChange(
            gate=known.gate,
            before=verdicts[0],
            after=verdicts[1],
            joined=tuple(joined),
            left=tuple(left),
            why=tuple(_gate_lines(was, waits, moved)),
        )


def _parts(before: GateResult | None, after: GateResult | None) -> Iterator[tuple[str, str]]:
    """Of a gate on sections or documents: each that lies between other shares than before, with both."""
    then, now = ({one.part: one for one in found.parts} if found else {} for found in (before, after))
    for name in {**then, **now}:
        one, other = then.get(name), now.get(name)
        if one != other:
            yield name, f"{_span(one)} -> {_span(other)}"


def _span(part: PartStanding | None) -> str:
    return "not looked at" if part is None else f"{decimal_text(part.low * 100, 1)}–{percent_text(part.high, 1)}"


def _gate_lines(was: set[str], waits: set[str], told: dict[str, str]) -> Iterator[str]:
    """Why a gate is decided by other items: those that moved one by one, those that stand as before in one line."""
    for words, items in (
        ("now decided by", waits - was),
        ("still decided by", waits & was),
        ("no longer decided by", was - waits),
    ):
        yield from (f"{words} {item}: {told[item]}" for item in sorted(items & set(told)))
    standing = sorted(waits - was - set(told))
    if standing:
        more = f" and {len(standing) - 3} more" if len(standing) > 3 else ""
        yield f"now decided by {', '.join(standing[:3])}{more}: as they stood before"
