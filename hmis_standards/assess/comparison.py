"""What ``compare`` gives: by how much a score changed, why, and what became of each item and gate."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from html import escape
from typing import Any

from attrs import field, frozen

from hmis_standards.assess.answers import Subject
from hmis_standards.assess.causes import RATIOS
from hmis_standards.assess.scoring import Score
from hmis_standards.model import Gate
from hmis_standards.tabular import Plain, Tabular, decimal_text, html_table, percent_text, plain
from hmis_standards.vocabulary import Cause, Movement, Status, Verdict

__all__ = ["CauseChange", "Comparison", "Effect", "GateChange", "ItemChange", "SectionChange"]

_RATIOS = tuple(RATIOS)
_TITLES = {"value": "score", "low": "at least", "high": "at most", "coverage": "assessed"}


@frozen(kw_only=True)
class Effect(Plain):
    """By how much one cause, through one item, moved the numbers of the score; None where a number has no change.

    A number has no change where it is missing on one side, such as the value before anything was assessed.
    """

    cause: Cause
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction | None


@frozen(kw_only=True)
class ItemChange(Plain):
    """An item that moved, or moved the score. A status is None where the item is not asked.

    ``movement`` is None where it stands open before and after, in another way. ``why`` is one line for a reader.
    """

    id: str
    title: str
    section: str
    movement: Movement | None
    before: Status | None
    after: Status | None
    why: str
    effects: tuple[Effect, ...] = field(repr=False)


@frozen(kw_only=True)
class CauseChange(Plain):
    """What one cause did to the score in all. ``items`` are the ids of those through which it did."""

    cause: Cause
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction | None
    items: tuple[str, ...]


@frozen(kw_only=True)
class SectionChange(Plain):
    """A section: its own score before and after, and what it did to the whole score (``effect``)."""

    section: str
    before: Fraction | None
    after: Fraction | None
    effect: Fraction | None
    items: tuple[str, ...]


@frozen(kw_only=True)
class GateChange(Plain):
    """A gate whose verdict is another one, or that other items decide.

    ``joined`` decide it now and did not before, ``left`` did. ``why`` has a line for each of these that moved.
    """

    gate: Gate
    before: Verdict
    after: Verdict
    joined: tuple[str, ...]
    left: tuple[str, ...]
    why: tuple[str, ...] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The gate by id and title, the rest as plain values."""
        names = ("before", "after", "joined", "left", "why")
        return {"gate": self.gate.id, "title": self.gate.title, **{name: plain(getattr(self, name)) for name in names}}


@frozen(kw_only=True, repr=False)
class Comparison(Tabular):
    """A change in score and what it is made of. ``before`` and ``after`` are the scores, on ``days``.

    ``items`` are those that changed. ``notes`` say what a reader should know, such as that another edition was used.
    """

    subjects: tuple[Subject, Subject]
    days: tuple[datetime.date, datetime.date]
    editions: tuple[str, str]
    before: Score
    after: Score
    items: tuple[ItemChange, ...]
    gates: tuple[GateChange, ...]
    notes: tuple[str, ...] = ()

    def change(self, number: str = "value") -> Fraction | None:
        """By how much ``value``, ``low``, ``high`` or ``coverage`` changed; None where one of the two has none."""
        if number not in RATIOS:
            raise ValueError(f"{number!r} is not one of {', '.join(RATIOS)}")
        before, after = getattr(self.before, number), getattr(self.after, number)
        return None if before is None or after is None else after - before

    @cached_property
    def parts(self) -> tuple[CauseChange, ...]:
        """The change by cause. All causes are there, and they add up to the change exactly."""
        return tuple(self._part(cause) for cause in Cause)

    def part(self, cause: str) -> CauseChange:
        """What one cause did: answers, applicability, evidence_age, tailoring, edition or documents."""
        return next(one for one in self.parts if one.cause is Cause(cause))

    def _part(self, cause: Cause) -> CauseChange:
        found = [(item.id, effect) for item in self.items for effect in item.effects if effect.cause is cause]
        sums = {name: self._sum(name, (effect for _, effect in found)) for name in _RATIOS}
        return CauseChange(cause=cause, items=tuple(item for item, _ in found), **sums)

    def _sum(self, number: str, effects: Iterable[Effect]) -> Fraction | None:
        if self.change(number) is None:
            return None
        return sum((getattr(effect, number) for effect in effects), Fraction(0))

    def moved(self, movement: str) -> tuple[ItemChange, ...]:
        """The items that moved so, such as ``improved`` or ``no_longer_asked``. Raises ValueError for another word."""
        wanted = Movement(movement)
        return tuple(one for one in self.items if one.movement is wanted)

    @cached_property
    def sections(self) -> tuple[SectionChange, ...]:
        """The change by section. The effects add up to the change of the value exactly."""
        before, after = self.before.by("section"), self.after.by("section")
        return tuple(self._section(name, before.get(name), after.get(name)) for name in {**before, **after})

    def _section(self, name: str, before: Score | None, after: Score | None) -> SectionChange:
        changed = [item for item in self.items if item.section == name]
        return SectionChange(
            section=name,
            before=before.value if before else None,
            after=after.value if after else None,
            effect=self._sum("value", (effect for item in changed for effect in item.effects)),
            items=tuple(item.id for item in changed),
        )

    def rows(self) -> list[dict[str, Any]]:
        """One row an item that changed and a cause; numbers are changes of the score, from -1 to 1."""
        return [row for item in self.items for row in _item_rows(item)]

    def to_dict(self) -> dict[str, Any]:
        """Both scores in short, parts, gates, sections and items; numbers as exact text."""
        scores = {"before": self.before, "after": self.after}
        numbers = {
            name: {**{side: getattr(found, name) for side, found in scores.items()}, "change": self.change(name)}
            for name in _RATIOS
        }
        names = ("subjects", "days", "editions", "parts", "gates", "sections", "items", "notes")
        verdicts = {side: found.verdict for side, found in scores.items()}
        return {**plain({**numbers, "verdict": verdicts}), **{name: plain(getattr(self, name)) for name in names}}

    def __repr__(self) -> str:
        return f"<Comparison {self._words()}>"

    def _words(self) -> str:
        span = f"{percent_text(self.before.value, 1)} -> {percent_text(self.after.value, 1)}"
        moved = [(abs(one.value), one) for one in self.parts if one.value]
        parts = ", ".join(f"{one.cause.label} {_points(one.value)}" for _, one in sorted(moved, key=_largest))
        return f"{self.subjects[1].name} {self.days[0]} to {self.days[1]}: {span}{f' ({parts})' if parts else ''}"

    def text(self) -> str:
        """The comparison as lines for a person: numbers, parts in points of 100, gates, items."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self._words()
        yield ""
        yield from _table(self._number_rows())
        yield ""
        yield "What changed the score, in points of 100"
        yield from _table(self._part_rows())
        for gate in self.gates:
            yield from ("", f"{gate.gate.title}: {gate.before.label} before, {gate.after.label} after")
            yield from (f"  {line}" for line in gate.why)
        for kind in Movement:
            found = self.moved(kind)
            if found:
                yield from ("", f"{kind.label.capitalize()}: {len(found)}")
                yield from (f"  {one.id}  {one.title}: {one.why}" for one in found)
        if self.notes:
            yield from ("", *self.notes)

    def _number_rows(self) -> list[dict[str, str]]:
        rows = []
        for name in _RATIOS:
            before, after = getattr(self.before, name), getattr(self.after, name)
            shown = {"": _TITLES[name], "before": percent_text(before, 1), "after": percent_text(after, 1)}
            rows.append({**shown, "change": _points(self.change(name))})
        verdicts = {"": "verdict", "before": self.before.verdict.label, "after": self.after.verdict.label}
        return [*rows, {**verdicts, "change": ""}]

    def _part_rows(self) -> list[dict[str, str]]:
        rows = []
        for part in self.parts:
            numbers = {_TITLES[name]: _points(getattr(part, name)) for name in _RATIOS}
            rows.append({"": part.cause.label, **numbers, "items": str(len(part.items))})
        total = {_TITLES[name]: _points(self.change(name)) for name in _RATIOS}
        return [*rows, {"": "all together", **total, "items": str(len(self.items))}]

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        parts, items = html_table(self._part_rows()), html_table([_shown(item) for item in self.items])
        return f"<p>{escape(self._words())}</p>{html_table(self._number_rows())}{parts}{items}{notes}"


def _largest(pair: tuple[Fraction, CauseChange]) -> Fraction:
    return -pair[0]


def _points(value: Fraction | None) -> str:
    """A change in points of 100, with its sign."""
    if value is None:
        return "–"
    text = decimal_text(value * 100, 1)
    return f"+{text}" if value > 0 and text != "0.0" else text


def _table(rows: list[dict[str, str]]) -> Iterator[str]:
    """Rows as columns of text: the first aligned to the left, numbers to the right."""
    columns = [[name, *(row[name] for row in rows)] for name in rows[0]]
    widths = [max(map(len, column)) for column in columns]
    for cells in zip(*columns, strict=True):
        first, *rest = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        yield "  ".join((first.strip().ljust(widths[0]), *rest)).rstrip()


def _shown(item: ItemChange) -> dict[str, str]:
    word = item.movement.label if item.movement else ""
    return {"item": item.id, "title": item.title, "moved": word, "why": item.why}


def _item_rows(item: ItemChange) -> Iterator[dict[str, Any]]:
    names = ("title", "section", "movement", "before", "after", "why")
    facts = {"item": item.id, **{name: plain(getattr(item, name)) for name in names}}
    if not item.effects:
        yield {**facts, "cause": None, **dict.fromkeys(_RATIOS)}
    for effect in item.effects:
        numbers = {name: getattr(effect, name) for name in _RATIOS}
        floats = {name: None if number is None else float(number) for name, number in numbers.items()}
        yield {**facts, "cause": effect.cause.value, **floats}
