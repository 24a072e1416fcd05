"""A gate in words: what it asks, how it stands, and the items or parts that decide."""

from __future__ import annotations

from attrs import frozen

from hmis_standards.assess import GateResult, Line, PartStanding, Score
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.reading import OPEN, Authority, assessment_of, rests_on
from hmis_standards.report.words import VERDICT, Mark, anchor, cap, count, share_text, status_mark
from hmis_standards.vocabulary import GateKind, PartKind, Status, Verdict

__all__ = ["DecidingRow", "GateView", "gate_sentence", "gate_view", "part_words"]


@frozen(kw_only=True)
class DecidingRow:
    """An item, or a part of the score, on which a gate hangs."""

    link: str
    item: str
    title: str
    mark: Mark
    reason: str
    authority: Authority


@frozen(kw_only=True)
class GateView:
    """A gate: what it asks, how it stands, and what decides; ``noun`` names what that is."""

    title: str
    text: str
    mark: Mark
    sentence: str
    noun: str
    deciding: tuple[DecidingRow, ...]


def gate_view(parts: ReportParts, total: Score, result: GateResult) -> GateView:
    """The view of one gate of the score."""
    of_items = result.gate.kind is GateKind.ITEMS
    rows = (_item_row(parts, total.line(one)) if of_items else _part_row(parts, result, one) for one in result.deciding)
    return GateView(
        title=result.gate.title,
        text=result.gate.text,
        mark=VERDICT[result.verdict],
        sentence=gate_sentence(total, result),
        noun="item" if of_items else str(result.gate.by),
        deciding=tuple(rows),
    )


def gate_sentence(total: Score, result: GateResult) -> str:
    """How the gate stands and why, in counts."""
    return _items_sentence(total, result) if result.gate.kind is GateKind.ITEMS else _parts_sentence(result)


def _items_sentence(total: Score, result: GateResult) -> str:
    seen = [line for line in total.lines if line.under(result.gate) and line.status is not Status.NOT_APPLICABLE]
    unknown = sum(line.status in OPEN for line in seen)
    among, number = count(len(seen), f"{result.gate.obligation} item"), len(result.deciding)
    if result.verdict is Verdict.FAIL:
        rest = f"; {unknown} more {'has' if unknown == 1 else 'have'} no confirmed answer" if unknown else ""
        verb = "is" if number == 1 else "are"
        return f"{number} of {among} {verb} not met or only partly met{rest}."
    if result.verdict is Verdict.CANNOT_SAY:
        verb = "has" if number == 1 else "have"
        return f"{number} of {among} {verb} no confirmed answer; none is known to be unmet."
    if not seen:
        return "No item that applies here falls under it."
    return f"{among} that {'applies' if len(seen) == 1 else 'apply'}: all met."


def _parts_sentence(result: GateResult) -> str:
    if not result.parts:
        return "Nothing that applies here falls under it."
    least = share_text(result.gate.minimum)
    among = count(len(result.parts), str(result.gate.by))
    if result.verdict is Verdict.PASS:
        return f"{among}: each has at least {least} of its weight in place."
    number = sum(one.verdict is result.verdict for one in result.parts)
    weakest = "; the weakest of them decides" if result.gate.kind is GateKind.WEAKEST else ""
    if result.verdict is Verdict.FAIL:
        return f"{number} of {among} cannot reach {least} with all that is unanswered counted as met{weakest}."
    unknown = f"{number} of {among} may or may not reach {least}, since answers are missing"
    return f"{unknown}; none is known to fail{weakest}."


def part_words(result: GateResult, part: PartStanding) -> str:
    """Where a part lies beside the minimum, never rounded across it."""
    gate = result.gate
    limits = () if gate.minimum is None else (gate.minimum,)
    low, high = share_text(part.low, limits), share_text(part.high, limits)
    span = f"{low} in place" if part.low == part.high else f"{low} to {high} in place"
    return f"{span}, {share_text(part.coverage, (gate.minimum_coverage,))} assessed"


def _item_row(parts: ReportParts, line: Line) -> DecidingRow:
    assessment = assessment_of(parts, line.item)
    return DecidingRow(
        link=anchor("item", line.item.id),
        item=line.item.id,
        title=line.item.title,
        mark=status_mark(line.status, assessment.response(line.item.id)),
        reason=cap(line.verdict.reason),
        authority=rests_on(assessment.catalog, line.item),
    )


def _part_row(parts: ReportParts, result: GateResult, name: str) -> DecidingRow:
    one = result.part(name)
    kind = result.gate.by or PartKind.SECTION
    return DecidingRow(
        link=anchor(kind.value, name),
        item=name,
        title=_title(parts, name),
        mark=VERDICT[one.verdict],
        reason=part_words(result, one),
        authority=Authority(citation=cap(result.gate.origin.label), caution=""),
    )


def _title(parts: ReportParts, name: str) -> str:
    """The title of a document, or of a section of it."""
    document_id, _, section_id = name.partition("/")
    document = next(one.catalog.document(document_id) for one in parts.assessments if document_id in one.documents)
    return next((one.title for one in document.sections if one.id == section_id), document.title)
