"""The report as a workbook: the words of the page, and its numbers as values that can be sorted and filtered.

The first sheets are for a board, the others are tables for whoever works with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from hmis_standards.assess import Gap, Score
from hmis_standards.exchange.plan_workbook import add_plan
from hmis_standards.exchange.tables import Book, Column, Line, Noted, Share, Value
from hmis_standards.report.data_sheets import add_data
from hmis_standards.report.gap_view import GapRow
from hmis_standards.report.gate_view import GateView
from hmis_standards.report.item_view import ItemView, ProposalRow
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.reading import OPEN, covered
from hmis_standards.report.source_view import SourceGroup
from hmis_standards.report.standing import Standing, all_gaps, total_score
from hmis_standards.report.trend_sheet import trend_lines
from hmis_standards.report.view import ReportView, build_view, catalog_of
from hmis_standards.report.words import coverage_text, score_text, share_text
from hmis_standards.vocabulary import Status

__all__ = ["write_workbook"]

_WORDS = "In plain words"
_FIRST_GAPS = 3
_GAPS_PRINTED, _ITEMS_PRINTED = 11, 7  # columns that paper has room for; the others are for the screen


def write_workbook(parts: ReportParts, path: Path) -> None:
    """Write the report as ``.xlsx``; see ``write_report``."""
    view, total = build_view(parts), total_score(parts)
    book = Book(view.title)
    book.page(_WORDS, _words(view, total, parts))
    if view.standing and total:
        _verdict(book, view.standing)
        _scores(book, total, parts)
        _gaps(book, view.gaps, all_gaps(parts, total))
    if parts.plan:
        add_plan(book, parts.plan)
    if view.data:
        add_data(book, view.data, parts, catalog_of(parts))
    if view.trends:
        book.page("Change over time", trend_lines(view.trends))
    if view.proposals:
        _proposals(book, view.proposals)
    if view.documents:
        _items(book, view)
    if view.sources:
        _sources(book, view.sources)
    book.page("Method and limits", _method(view))
    book.save(path)


# --- the first page ----------------------------------------------------------------------------------------


def _words(view: ReportView, total: Score | None, parts: ReportParts) -> Iterator[Line]:
    yield Line(label=view.title, kind="title")
    yield Line(value=view.kind)
    yield Line(label="In plain words", kind="heading")
    yield from (Line(value=sentence) for sentence in view.words or ("Nothing was given to report on.",))
    if view.standing and total:
        yield from _headline(view.standing, total)
    if view.gaps:
        yield Line(label="What to do first", kind="heading")
        yield from (Line(label=one.title, value=one.remedy) for one in view.gaps[:_FIRST_GAPS])
    if view.data and (view.data.notice or view.data.withheld):
        yield Line(label="Whose numbers", kind="heading")
        yield from (Line(value=text) for text in (view.data.notice, view.data.withheld) if text)
    yield Line(label="What this is about", kind="heading")
    yield from (Line(label=fact.label, value=fact.value) for fact in view.facts)
    yield Line(label="Sheets", kind="heading")
    yield from (Line(label=name, value=told, link=name) for name, told in _contents(view, parts))


def _headline(standing: Standing, total: Score) -> Iterator[Line]:
    yield Line(label="At a glance", kind="heading")
    yield Line(label="Verdict", value=f"{standing.verdict}. {standing.verdict_text}")
    yield Line(label="Score", value=shown(total.value, score_text(total)))
    yield Line(label="Range, low end", value=shown(total.low))
    yield Line(label="Range, high end", value=shown(total.high))
    yield Line(label="Assessed", value=shown(total.coverage, coverage_text(total)))
    yield Line(value=standing.coverage_text)
    yield Line(label="Rating", value=f"{standing.rating}. {standing.rating_text}")
    if standing.provisional:
        yield Line(value=standing.provisional)


def _contents(view: ReportView, parts: ReportParts) -> Iterator[tuple[str, str]]:
    there = {
        "Verdict and gates": (view.standing, "Each gate, how it stands, and what decides."),
        "Score": (view.standing, "Score, range and coverage of the whole, of each checklist and of each section."),
        "Gaps": (view.standing, "What is not fully true today, the most urgent first, with what to do."),
        "Plan": (parts.plan, "Actions by quarter, with room for a name, a status and notes."),
        "By quarter": (parts.plan, "How many actions begin in each quarter."),
        "Data quality": (view.data, "What was measured, and how it stands by dimension."),
        "Results": (view.data and view.data.groups, "Every result with its counts, its benchmark and how it stands."),
        "Checks": (view.data and view.data.checks, "Every check of the records: what it found, among how many."),
        "HUD tables": (view.data and view.data.hud, "HUD's data quality report, tables Q5a and Q6a to Q6f."),
        "Change over time": (view.trends, "The score on each day, and what moved it from one to the next."),
        "Measured beside items": (view.proposals, "What the data say of items, and answers that wait for a person."),
        "All items": (view.documents, "Every item with its answer, note, evidence and sources."),
        "Sources": (view.sources, "The authorities cited, and how well we know each."),
        "Method and limits": (True, "Whose words and numbers these are, and how they were worked out."),
    }
    yield from ((name, told) for name, (part, told) in there.items() if part)


def shown(value: Fraction | None, text: str = "") -> Value:
    """A share as a number, with as many decimals as it takes not to be rounded across a limit, at least one."""
    if value is None:
        return "–"
    decimals = (text or share_text(value)).rstrip(" %").partition(".")[2]
    return Share(value, max(1, len(decimals) if decimals.isdigit() else 0))


# --- verdict, scores, gaps ---------------------------------------------------------------------------------


def _verdict(book: Book, standing: Standing) -> None:
    columns = (
        Column("Gate", 24),
        Column("Status", 24, marked=True),
        Column("Decided by", 30),
        Column("What it says", 62),
        Column("Remark", 44),
        Column("Rests on", 40),
    )
    rows, heads = list[tuple[Value, ...]](), list[int]()
    for gate in standing.gates:
        heads.append(len(rows))
        rows += _gate(gate)
    book.table("Verdict and gates", columns, rows, strong=heads)


def _gate(gate: GateView) -> Iterator[tuple[Value, ...]]:
    yield (gate.title, str(gate.mark), None, gate.text, gate.sentence, None)
    for one in gate.deciding:
        yield (gate.title, str(one.mark), one.item, one.title, one.reason, str(one.authority))


_SCORE_COLUMNS = (
    Column("Checklist", 34),
    Column("Section", 40),
    Column("Score", 10, "What was earned out of what was assessed."),
    Column("Low", 10, "Every item without a confirmed answer counted as not met."),
    Column("High", 10, "Every item without a confirmed answer counted as met."),
    Column("Assessed", 10, "The part of the weight with a confirmed answer."),
    Column("Items that apply", 9),
    Column("Met", 8),
    Column("Partly met", 8),
    Column("Not met", 8),
    Column("No confirmed answer", 11),
    Column("Does not apply", 9),
)


def _scores(book: Book, total: Score, parts: ReportParts) -> None:
    rows, heads = [_score("All checklists", "", total)], [0]
    by_document = total.by("document")
    for _, document in covered(parts):
        own = by_document[document.id]
        sections = own.by("section")
        heads.append(len(rows))
        rows.append(_score(document.title, "All sections", own))
        names = ((f"{document.id}/{section.id}", section.title) for section in document.sections)
        rows += [_score(document.title, title, sections[key]) for key, title in names if key in sections]
    book.table("Score", _SCORE_COLUMNS, rows, strong=heads)


def _score(document: str, section: str, part: Score) -> tuple[Value, ...]:
    counts = part.counts()
    met, partial, missed = (counts[one] for one in (Status.MET, Status.PARTIAL, Status.NOT_MET))
    apart = counts[Status.NOT_APPLICABLE]
    unknown = sum(counts[one] for one in OPEN)
    numbers = (shown(part.value, score_text(part)), shown(part.low), shown(part.high))
    covered_part = shown(part.coverage, coverage_text(part))
    return (document, section, *numbers, covered_part, len(part) - apart, met, partial, missed, unknown, apart)


_GAP_COLUMNS = (
    Column("No.", 6),
    Column("Gap", 36, "What should be true and is not fully true today."),
    Column("Status", 14, marked=True),
    Column("Gate", 7, "Whether a gate waits for it."),
    Column("Adds", 8, "What closing the gap adds to the low end of the score."),
    Column("What to do first", 50),
    Column("Who", 20),
    Column("Time", 8, "Effort in time, from 1 (little) to 5 (much)."),
    Column("Money", 9, "Effort in money, from 1 (little) to 5 (much)."),
    Column("Skill", 8, "Effort in skill, from 1 (little) to 5 (much)."),
    Column("Rests on", 30),
    Column("Why it matters", 50),
    Column("Remark", 30),
    Column("Blocked by", 18, "Gaps to close before this one."),
    Column("Item", 28),
)


def _gaps(book: Book, rows: tuple[GapRow, ...], found: Iterable[Gap]) -> None:
    told = (_gap(row, gap) for row, gap in zip(rows, found, strict=True))
    sheet = book.table("Gaps", _GAP_COLUMNS, told, printed=_GAPS_PRINTED)
    sheet.freeze_panes(1, 2)


def _gap(row: GapRow, gap: Gap) -> tuple[Value, ...]:
    blocked = "\n".join(item for _, item in row.blocked_by)
    gate = "yes" if row.gated else None
    efforts = tuple(points for _, points in row.effort)
    first = (row.place, row.title, str(row.mark), gate, Share(gap.gain), row.remedy, row.who, *efforts)
    return (*first, str(row.authority), row.why, row.reason, blocked, row.item)


# --- items and what they rest on ---------------------------------------------------------------------------


def _proposals(book: Book, rows: Iterable[ProposalRow]) -> None:
    columns = (
        Column("What it says", 52),
        Column("Proposed answer", 18, "It does not count until a person confirms or replaces it.", marked=True),
        Column("Remark", 34),
        Column("What was measured", 60),
        Column("Item", 30),
    )
    told = ((row.title, str(row.mark or "None"), row.remark, "\n".join(row.evidence) or None, row.item) for row in rows)
    book.table("Measured beside items", columns, told)


_ITEM_COLUMNS = (
    Column("Item", 28, "The note of each cell has what the item cites."),
    Column("What it says", 40),
    Column("Status", 16, marked=True),
    Column("Answer", 16),
    Column("Remark", 30),
    Column("Note", 40),
    Column("Evidence", 36),
    Column("Binds", 30),
    Column("Tailored", 26),
    Column("Section", 26),
    Column("Checklist", 26),
)


def _items(book: Book, view: ReportView) -> None:
    rows = (
        (*_item(item), section.title, document.title)
        for document in view.documents
        for section in document.sections
        for item in section.items
    )
    book.table("All items", _ITEM_COLUMNS, rows, printed=_ITEMS_PRINTED)


def _item(item: ItemView) -> tuple[Value, ...]:
    name = "\n".join(one for one in (item.id, item.number) if one)
    evidence, tailored = ("\n".join(one) or None for one in (item.evidence, item.tailored))
    answer = (str(item.mark), item.answer, item.reason, item.note, evidence)
    return (Noted(name, item.sources), Noted(item.title, item.text), *answer, item.binding, tailored)


def _sources(book: Book, groups: Iterable[SourceGroup]) -> None:
    columns = (
        Column("Citation", 44),
        Column("Title", 56),
        Column("Publisher", 26),
        Column("Force", 14, "Only what is in effect binds; the others explain."),
        Column("Standing", 22),
        Column("How we know it", 28),
        Column("Where", 44),
    )
    rows = (
        (row.citation, row.title, row.publisher, group.title, row.standing, row.read, row.url)
        for group in groups
        for row in group.rows
    )
    book.table("Sources", columns, rows)


def _method(view: ReportView) -> Iterator[Line]:
    yield Line(label="Method and limits", kind="title")
    yield from (Line(label=note.title, value=note.text) for note in view.method)
