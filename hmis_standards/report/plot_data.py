"""What the plots show, as tables: the same numbers for another library, a spreadsheet or a drawing of one's own.

A plot is a title that says what is seen, rows, and a source. Numbers are exact in the objects and in ``to_dict()``;
``rows()`` and ``to_frame()`` have them as decimals.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.assess import Assessment, Gap, Gaps, Score, gaps, score
from hmis_standards.model import Catalog
from hmis_standards.report.words import count, coverage_text, day_text, range_text, score_text
from hmis_standards.tabular import Plain, Tabular, decimal_text, plain

__all__ = [
    "GapMap",
    "GapPoint",
    "PlotData",
    "SectionBar",
    "SectionScores",
    "decimal_of",
    "gap_map",
    "points_text",
    "section_scores",
    "section_titles",
    "source_of",
]


@frozen(kw_only=True)
class PlotData(Tabular):
    """What every plot has: ``title`` says what is seen, ``note`` how to read it, ``source`` whose numbers they are."""

    title: str
    note: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values; fractions as exact text."""
        return {one.name: plain(getattr(self, one.name)) for one in type(self).__attrs_attrs__}


def decimal_of(value: Fraction | None) -> float | None:
    """The number for a table of decimals."""
    return None if value is None else float(value)


def points_text(change: Fraction | None) -> str:
    """A change of the score in points of 100, with its sign."""
    if change is None:
        return "–"
    text = decimal_text(change * 100, 1)
    return text if text.startswith("-") or not change else f"+{text}"


def source_of(assessment: Assessment) -> str:
    """Whose answers, of which day and by which edition."""
    return (
        f"Source: assessment of {assessment.subject.name}, {day_text(assessment.date)}; "
        f"catalog edition {assessment.edition}. Weights are conventions of hmis-standards, not HUD's."
    )


# --- scores by section -------------------------------------------------------------------------------------


@frozen(kw_only=True)
class SectionBar(Plain):
    """The score of one section: its value, what it can become from ``low`` to ``high``, and how much is assessed."""

    section: str
    title: str
    document: str
    items: int
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction | None
    text: str


@frozen(kw_only=True)
class SectionScores(PlotData):
    """Scores by section, in the order of the documents."""

    bars: tuple[SectionBar, ...] = field(repr=lambda bars: f"<{len(bars)} sections>")

    def rows(self) -> list[dict[str, Any]]:
        """One row a section; shares from 0 to 1."""
        return [
            {
                "section": one.section,
                "title": one.title,
                "document": one.document,
                "items": one.items,
                **{name: decimal_of(getattr(one, name)) for name in ("value", "low", "high", "coverage")},
            }
            for one in self.bars
        ]


def section_titles(catalog: Catalog | None) -> dict[str, tuple[str, str]]:
    """By ``document/SECTION`` the title of the section and that of its document; the shipped catalog's for None."""
    return {
        f"{document.id}/{one.id}": (one.title, document.title)
        for document in (catalog or _shipped()).documents
        for one in document.sections
    }


def _shipped() -> Catalog:
    from hmis_standards.store import load_catalog

    return load_catalog()


def section_scores(
    found: Assessment | Score, *, as_of: str | date | None = None, source: str | None = None
) -> SectionScores:
    """The score of each section with its range. ``source`` is the footnote, made of the assessment if left out.

    ``as_of`` is the day on which evidence must be fresh; it is for an assessment, since a score has its day already.
    """
    assessed = found if isinstance(found, Assessment) else None
    total = score(found, as_of) if isinstance(found, Assessment) else found
    titles = section_titles(assessed.catalog if assessed else None)
    bars = tuple(_section_bar(name, part, titles) for name, part in total.by("section").items())
    return SectionScores(
        title=_scores_title(assessed.subject.name if assessed else "", total, bars),
        note="Dot: score of what was assessed. Line: from every open item not met to every one met.",
        source=source if source is not None else source_of(assessed) if assessed else "",
        bars=bars,
    )


def _section_bar(name: str, part: Score, titles: dict[str, tuple[str, str]]) -> SectionBar:
    title, document = titles.get(name, (name.rpartition("/")[2], name.partition("/")[0]))
    return SectionBar(
        section=name,
        title=title,
        document=document,
        items=len(part.lines),
        value=part.value,
        low=part.low,
        high=part.high,
        coverage=part.coverage,
        text=_score_words(part),
    )


def _score_words(part: Score) -> str:
    if part.low is None:
        return "nothing applies"
    if part.value is None:
        return "not assessed"
    span = "" if part.low == part.high else f" ({range_text(part)})"
    seen = "" if part.coverage == 1 else f", {coverage_text(part)} assessed"
    return f"{score_text(part)}{span}{seen}"


def _scores_title(name: str, total: Score, bars: tuple[SectionBar, ...]) -> str:
    about = f"{name}: " if name else ""
    known = [one for one in bars if one.value is not None]
    if total.value is None:
        return f"{about}nothing assessed yet in {count(len(bars), 'section')}"
    if len(known) < 2:
        return f"{about}score {score_text(total)}"
    lowest = min(known, key=lambda one: one.value or 0)
    return f"{about}score {score_text(total)}, lowest in {lowest.title}"


# --- gaps by gain and effort -------------------------------------------------------------------------------


@frozen(kw_only=True)
class GapPoint(Plain):
    """A gap on the map: its effort, and its gain as a share of the score. ``gated``: a gate waits for it."""

    item: str
    title: str
    status: str
    effort: int
    gain: Fraction
    gated: bool
    blocked: bool


@frozen(kw_only=True)
class GapMap(PlotData):
    """The gaps, the most urgent first."""

    points: tuple[GapPoint, ...] = field(repr=lambda points: f"<{len(points)} gaps>")

    def rows(self) -> list[dict[str, Any]]:
        """One row a gap; the gain from 0 to 1."""
        names = ("item", "title", "status", "effort", "gated", "blocked")
        return [{**{name: getattr(one, name) for name in names}, "gain": float(one.gain)} for one in self.points]


def gap_map(
    found: Assessment | Gaps,
    *,
    as_of: str | date | None = None,
    include_unassessed: bool = False,
    source: str | None = None,
) -> GapMap:
    """Every gap by what closing it takes and brings.

    ``as_of`` and ``include_unassessed`` go to ``gaps`` where an assessment is given; ``source`` as in
    ``section_scores``.
    """
    assessed = found if isinstance(found, Assessment) else None
    listed = gaps(found, as_of, include_unassessed=include_unassessed) if isinstance(found, Assessment) else found
    return GapMap(
        title=_gaps_title(assessed.subject.name if assessed else "", listed),
        note="Diamonds: a gate waits for an item here. Gaps close together share a mark. "
        "Effort is time, money and skill added up, each from 1 to 5.",
        source=source if source is not None else source_of(assessed) if assessed else "",
        points=tuple(_gap_point(one) for one in listed),
    )


def _gap_point(gap: Gap) -> GapPoint:
    return GapPoint(
        item=gap.item.id,
        title=gap.item.title,
        status=gap.status.value,
        effort=gap.effort.total,
        gain=gap.gain,
        gated=gap.gated,
        blocked=bool(gap.blocked_by),
    )


def _gaps_title(name: str, listed: Gaps) -> str:
    about = f"{name}: " if name else ""
    if not listed:
        return f"{about}no gaps among what was assessed"
    gain = decimal_text(sum((one.gain for one in listed), Fraction(0)) * 100, 1)
    gated = sum(one.gated for one in listed)
    waits = f"; a gate waits for {gated} of them" if gated else ""
    return f"{about}{count(len(listed), 'gap')} worth {gain} points of 100 in all{waits}"
