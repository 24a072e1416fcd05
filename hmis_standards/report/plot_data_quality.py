"""Measured data quality as a picture: the data of its plots. A number withheld for the public stays withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.measure import EntryLags, EntryLagsTable, FindingSet, HudReport, HudTable, Judgement, Judgements
from hmis_standards.report.plot_data import PlotData, decimal_of
from hmis_standards.report.words import TYPE_NAMES, day_text, joined, joint_name
from hmis_standards.tabular import Plain, percent_text
from hmis_standards.vocabulary import Dimension, Judged, Severity

__all__ = ["BEFORE", "LagBar", "QualityCell", "QualityMap", "Timeliness", "quality_map", "timeliness"]

_ALL = "All"
_LEVELS = ("system", "project_type")
_JUDGED = frozenset({Judged.MET, Judged.NEAR, Judged.BELOW})


@frozen(kw_only=True)
class QualityCell(Plain):
    """What is in order of what was looked at: targets met of targets judged, or clean checks of checks made.

    ``withheld`` is how many are withheld for the public, ``unknown`` how many could not be judged or made.
    """

    row: str
    column: str
    good: int
    of: int
    withheld: int = 0
    unknown: int = 0

    @property
    def missed(self) -> Fraction | None:
        """The share that is not in order; None where nothing was looked at."""
        return Fraction(self.of - self.good, self.of) if self.of else None


@frozen(kw_only=True)
class QualityMap(PlotData):
    """Dimensions of data quality, down, by project type or severity, across."""

    lines: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[QualityCell, ...] = field(repr=lambda cells: f"<{len(cells)} cells>")

    def cell(self, row: str, column: str) -> QualityCell | None:
        """The cell of a line and a column; None where there is nothing."""
        return next((one for one in self.cells if (one.row, one.column) == (row, column)), None)

    def rows(self) -> list[dict[str, Any]]:
        """One row a cell."""
        return [{**one.to_dict(), "missed": decimal_of(one.missed)} for one in self.cells]


def quality_map(found: Judgements | FindingSet, *, source: str | None = None) -> QualityMap:
    """Where data quality is short: judged targets by dimension and project type, or checks by dimension and severity.

    Results of single projects are passed over. A check is clean where it was made and flagged nothing.
    """
    if isinstance(found, FindingSet):
        return _of_checks(found, source)
    return _of_targets(found, source)


def _of_targets(found: Judgements, source: str | None) -> QualityMap:
    cells: defaultdict[tuple[str, str], list[Judged]] = defaultdict(list)
    order: dict[str, tuple[int, int]] = {}
    for one in found:
        place = _place(one)
        if place is not None:
            order[place[1]] = _column_order(one)
            cells[place].append(one.judged)
    columns = sorted((name for name in order if _looked_at(cells, name)), key=lambda name: order[name])
    made = tuple(_target_cell(place, words) for place, words in cells.items() if place[1] in columns)
    told = f"Source: benchmark set {found.benchmarks.title}, targets as of {day_text(found.on)}."
    return QualityMap(
        title=_map_title("Targets met", made, "no target could be judged"),
        note="Met of judged. The darker, the more are missed; hatched: none to judge." + _signs(made),
        source=told if source is None else source,
        lines=_in_order(one.row for one in made),
        columns=tuple(columns),
        cells=made,
    )


def _place(one: Judgement) -> tuple[str, str] | None:
    """Dimension and column of a judgement; None where it is about nothing measured, or about one project."""
    result = one.result
    if result is None or result.slice not in _LEVELS:
        return None
    codes = result.project_types
    name = joint_name(codes) or (TYPE_NAMES.get(codes[0], str(codes[0])) if codes else _ALL)
    return one.benchmark.dimension.value, name


def _column_order(one: Judgement) -> tuple[int, int]:
    codes = one.result.project_types if one.result else ()
    known = list(TYPE_NAMES)
    return (known.index(codes[-1]) if codes[-1] in known else len(known), len(codes)) if codes else (-1, 0)


def _looked_at(cells: dict[tuple[str, str], list[Judged]], column: str) -> bool:
    shown = _JUDGED | {Judged.WITHHELD, Judged.ERROR}
    return any(word in shown for (_, name), words in cells.items() if name == column for word in words)


def _target_cell(place: tuple[str, str], words: Sequence[Judged]) -> QualityCell:
    return QualityCell(
        row=place[0],
        column=place[1],
        good=words.count(Judged.MET),
        of=sum(word in _JUDGED for word in words),
        withheld=words.count(Judged.WITHHELD),
        unknown=words.count(Judged.ERROR),
    )


def _in_order(rows: Iterable[str]) -> tuple[str, ...]:
    found = set(rows)
    return tuple(one.value for one in Dimension if one.value in found)


def _map_title(what: str, cells: Sequence[QualityCell], nothing: str) -> str:
    good, of = sum(one.good for one in cells), sum(one.of for one in cells)
    if not of:
        return f"{what}: {nothing}"
    lines = {row: [one for one in cells if one.row == row] for row in _in_order(one.row for one in cells)}
    shares = {row: Fraction(sum(c.good for c in own), t) for row, own in lines.items() if (t := sum(c.of for c in own))}
    worst = min(shares, key=lambda row: shares[row])
    least = f"; fewest in {worst} ({percent_text(shares[worst])})" if len(shares) > 1 else ""
    return f"{what}: {good:,} of {of:,}{least}"


def _signs(cells: Sequence[QualityCell]) -> str:
    """What the signs of the cells say, of those that are there."""
    told = [" ▫ withheld."] if any(one.withheld for one in cells) else []
    return "".join([*told, *([" ? unknown."] if any(one.unknown for one in cells) else [])])


def _of_checks(found: FindingSet, source: str | None) -> QualityMap:
    made: dict[tuple[str, str], list[int]] = {}
    for one in found:
        numbers = made.setdefault((one.check.dimension.value, one.check.severity.label), [0, 0, 0, 0])
        numbers[0] += one.status == "ok" and not one.count
        numbers[1] += one.status == "ok"
        numbers[2] += one.status == "withheld"
        numbers[3] += one.status == "error"
    cells = tuple(
        QualityCell(row=row, column=column, good=good, of=of, withheld=hidden, unknown=unknown)
        for (row, column), (good, of, hidden, unknown) in made.items()
    )
    seen = {one.column for one in cells}
    told = f"Source: checks of an HMIS CSV export, edition {found.edition}."
    return QualityMap(
        title=_map_title("Checks that found nothing", cells, "none could be made"),
        note="Clean of made, by severity. The darker, the more found something; hatched: none." + _signs(cells),
        source=told if source is None else source,
        lines=_in_order(one.row for one in cells),
        columns=tuple(one.label for one in Severity if one.label in seen),
        cells=cells,
    )


# --- timeliness --------------------------------------------------------------------------------------------

BEFORE = "before the event"
# Label, first and last day of each group: those of HUD's table Q6e.
_GROUPS = (
    (BEFORE, None, -1),
    ("same day", 0, 0),
    ("1–3 days", 1, 3),
    ("4–6 days", 4, 6),
    ("7–10 days", 7, 10),
    ("11 days or more", 11, None),
)
_HUD_GROUPS = ("< 0 days", "0 days", "1-3 days", "4-6 days", "7-10 days", "11+ days")
_SOON = ("same day", "1–3 days")
_EVENTS = {
    "start": "Project starts",
    "exit": "Project exits",
    "night": "Bed nights",
    "service": "Services",
    "contact": "Contacts",
}


@frozen(kw_only=True)
class LagBar(Plain):
    """Records of an event made so long after it. ``number`` is None where it is withheld.

    ``share`` is of the records that are shown: where one number is withheld, the total would give it away.
    """

    event: str
    group: str
    number: int | None
    share: Fraction | None


@frozen(kw_only=True)
class Timeliness(PlotData):
    """How soon events are recorded, by kind of event and days."""

    bars: tuple[LagBar, ...] = field(repr=lambda bars: f"<{len(bars)} bars>")

    def rows(self) -> list[dict[str, Any]]:
        """One row a bar; the share from 0 to 1."""
        return [{**one.to_dict(), "share": decimal_of(one.share)} for one in self.bars]


def timeliness(found: HudReport | EntryLagsTable, *, source: str | None = None) -> Timeliness:
    """How many records were made how many days after what they tell of, in the groups of HUD's table Q6e.

    HUD's report has project starts and exits of each person's latest stay; ``entry_lags`` has every record, of five
    kinds of events, here for the whole system. Only HUD's report has a form for the public.
    """
    if isinstance(found, HudReport):
        numbers, told = _of_hud(found.table("Q6e")), _hud_source(found)
    else:
        numbers, told = _of_lags(found), "Source: every record of an HMIS CSV export."
    bars = tuple(bar for event, groups in numbers.items() for bar in _bars(event, groups))
    hidden = any(one.number is None for one in bars)
    held = " Withheld numbers are in no share." if hidden else ""
    return Timeliness(
        title=_timely_title(bars),
        note=f"Days from the event to its record, as a share of the records shown.{held}",
        source=told if source is None else source,
        bars=bars,
    )


def _of_hud(table: HudTable) -> dict[str, dict[str, int | None]]:
    """By event the numbers of each group; a cell that is no number is withheld."""
    names = dict(zip(_HUD_GROUPS, (group for group, _, _ in _GROUPS), strict=True))
    return {
        event: {
            names[line.label]: cell if isinstance(cell := line.cells[column], int) else None for line in table.lines
        }
        for column, event in enumerate((_EVENTS["start"], _EVENTS["exit"]))
    }


def _hud_source(found: HudReport) -> str:
    return f"Source: table Q6e of HUD's data quality report, {day_text(found.start)} to {day_text(found.end)}."


def _of_lags(found: EntryLagsTable) -> dict[str, dict[str, int | None]]:
    return {_EVENTS[one.event]: _grouped(one) for one in found if one.slice == "system" and one.lags.number}


def _grouped(one: EntryLags) -> dict[str, int | None]:
    return {
        group: sum(
            number
            for days, number in one.lags.records
            if (first is None or days >= first) and (last is None or days <= last)
        )
        for group, first, last in _GROUPS
    }


def _bars(event: str, groups: dict[str, int | None]) -> Iterable[LagBar]:
    total = sum(number or 0 for number in groups.values())
    for group, number in groups.items():
        share = Fraction(number, total) if total and number is not None else None
        yield LagBar(event=event, group=group, number=number, share=share)


def _timely_title(bars: Sequence[LagBar]) -> str:
    """The share made within three days, of the records not made before the event."""
    told = []
    for event in dict.fromkeys(one.event for one in bars):
        own = {one.group: one.number for one in bars if one.event == event and one.group != BEFORE}
        numbers = [number for number in own.values() if number is not None]
        if sum(numbers) and len(numbers) == len(own):
            share = Fraction(sum(own[group] or 0 for group in _SOON), sum(numbers))
            told.append(f"{percent_text(share)} of {event.lower()}")
    return f"Recorded within three days: {joined(told)}" if told else "How soon events are recorded"
