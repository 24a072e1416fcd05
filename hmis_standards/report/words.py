"""How the report says things: words with shapes for statuses, dates, counts, ranges, project types."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from attrs import frozen

from hmis_standards.assess import Response, Score
from hmis_standards.model import Effort, Target
from hmis_standards.tabular import decimal_text, percent_text
from hmis_standards.vocabulary import Judged, Status, Verdict

__all__ = [
    "JUDGED",
    "STATUS",
    "TYPE_LABELS",
    "TYPE_NAMES",
    "VERDICT",
    "Mark",
    "anchor",
    "cap",
    "count",
    "coverage_text",
    "day_text",
    "effort_text",
    "joined",
    "joint_name",
    "range_text",
    "score_text",
    "share_text",
    "short_day",
    "status_mark",
    "tenth",
    "type_name",
    "whole",
]


@frozen
class Mark:
    """A status as a word and a shape, so that color never has to say it. ``tone`` names the style."""

    word: str
    shape: str
    tone: str

    def __str__(self) -> str:
        return f"{self.shape} {self.word}"


STATUS = {
    Status.MET: Mark("Met", "●", "good"),
    Status.PARTIAL: Mark("Partly met", "◐", "near"),
    Status.NOT_MET: Mark("Not met", "○", "bad"),
    Status.NOT_APPLICABLE: Mark("Not applicable", "–", "none"),
    Status.NOT_ASSESSED: Mark("No answer", "?", "open"),
    Status.ERROR: Mark("No usable answer", "!", "open"),
}
_PROPOSED = Mark("Proposed, not confirmed", "?", "open")

JUDGED = {
    Judged.MET: Mark("met", "●", "good"),
    Judged.NEAR: Mark("near", "◐", "near"),
    Judged.BELOW: Mark("missed", "○", "bad"),
    Judged.NOT_APPLICABLE: Mark("none to judge", "–", "none"),
    Judged.NOT_MEASURED: Mark("not measured", "?", "open"),
    Judged.ERROR: Mark("not usable", "!", "open"),
    Judged.WITHHELD: Mark("withheld", "▫", "none"),
}

VERDICT = {
    Verdict.PASS: Mark("Pass", "●", "good"),
    Verdict.FAIL: Mark("Fail", "○", "bad"),
    Verdict.CANNOT_SAY: Mark("Cannot say yet", "?", "open"),
    Verdict.NO_GATE: Mark("No gate applies", "–", "none"),
}

# The field's short names of HUD's project types, in the order in which a system is usually read.
TYPE_NAMES = {
    0: "ES-EE",
    1: "ES-NbN",
    8: "SH",
    2: "TH",
    13: "RRH",
    3: "PSH",
    9: "OPH",
    10: "OPH-S",
    4: "SO",
    6: "SSO",
    11: "Day",
    12: "HP",
    14: "CE",
    7: "Other",
}
TYPE_LABELS = {
    0: "Emergency Shelter – Entry Exit",
    1: "Emergency Shelter – Night-by-Night",
    2: "Transitional Housing",
    3: "PH – Permanent Supportive Housing",
    4: "Street Outreach",
    6: "Services Only",
    7: "Other",
    8: "Safe Haven",
    9: "PH – Housing Only",
    10: "PH – Housing with Services",
    11: "Day Shelter",
    12: "Homelessness Prevention",
    13: "PH – Rapid Re-Housing",
    14: "Coordinated Entry",
}
_GROUPS = {(0, 1): "Emergency shelter", (9, 10): "Other permanent housing"}
_JOINT: dict[tuple[int, ...], str] = {(0, 1): "ES, both types", (9, 10): "OPH, both types"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def type_name(codes: Iterable[int]) -> str:
    """A project type, or a group of them, by its full name."""
    group = tuple(codes)
    if group in _GROUPS:
        return _GROUPS[group]
    return " and ".join(TYPE_LABELS.get(code, f"Project type {code}") for code in group) or "All projects"


def joint_name(codes: Iterable[int]) -> str:
    """A short label for one result of several project types; none for a single type."""
    group = tuple(codes)
    if len(group) < 2:
        return ""
    return _JOINT.get(group) or joined(TYPE_NAMES.get(code, str(code)) for code in group)


def status_mark(status: Status, response: Response | None) -> Mark:
    """The mark of an item; a proposal that nobody confirmed is named as such."""
    waiting = status is Status.NOT_ASSESSED and response is not None and response.proposed
    return _PROPOSED if waiting else STATUS[status]


def day_text(day: date) -> str:
    """A date as Americans write it, whatever the machine's locale."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_day(day: date) -> str:
    """A date for a narrow column."""
    return f"{_MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 item``, ``2 items``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def joined(parts: Iterable[str], last: str = "and") -> str:
    """``a, b and c``."""
    listed = list(parts)
    return f" {last} ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)


def cap(text: str) -> str:
    """The text with a capital letter first, and the rest as it stands."""
    return text[:1].upper() + text[1:]


def share_text(value: Fraction | None, limits: Iterable[Fraction] = ()) -> str:
    """A share in whole percent, or with as many decimals as it takes not to be rounded across a limit, 0 or 1."""
    return "–" if value is None else f"{_digits(value, limits)} %"


def _digits(value: Fraction, limits: Iterable[Fraction] = ()) -> str:
    marks = (Fraction(0), Fraction(1), *limits)
    texts = [decimal_text(value * 100, places) for places in range(4)]
    return next((text for text in texts if _sides(Fraction(text) / 100, marks) == _sides(value, marks)), texts[-1])


def _sides(value: Fraction, marks: Iterable[Fraction]) -> list[tuple[bool, bool]]:
    """Whether a value reaches each mark, and whether it is exactly none or all."""
    return [(value >= mark, value == mark and mark in (0, 1)) for mark in marks]


def score_text(score: Score) -> str:
    """The value, never rounded into a band it does not reach."""
    return share_text(score.value, (band.minimum for band in score.ratings.bands))


def coverage_text(score: Score) -> str:
    """How much was assessed, never rounded up to where a rating stands, nor down to nothing."""
    if _nearly_none(score.coverage):
        return _UNDER_ONE
    return share_text(score.coverage, (score.ratings.minimum_coverage, score.ratings.provisional_below))


def whole(value: Fraction | None) -> str:
    """A share in whole percent; a little is not rounded to nothing."""
    return _UNDER_ONE if _nearly_none(value) else percent_text(value)


_UNDER_ONE = "under 1 %"


def _nearly_none(value: Fraction | None) -> bool:
    return value is not None and value > 0 and decimal_text(value * 100, 0) == "0"


def range_text(score: Score) -> str:
    """Low and high end, such as ``41–78 %``; one number where they are the same; a dash where there is none."""
    low, high = score.low, score.high
    if low is None or high is None or low == high:
        return score_text(score) if score.value == low else share_text(low)
    return f"{_digits(low)}–{_digits(high)} %"


def effort_text(effort: Effort) -> tuple[tuple[str, int], ...]:
    """The three kinds of effort by name, each from 1 to 5."""
    return (("Time", effort.time), ("Money", effort.money), ("Skill", effort.skill))


def anchor(kind: str, name: str) -> str:
    """An id for the page, made only of letters, digits and hyphens."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9]+', '-', name).strip('-').lower()}"


def tenth(value: Fraction | None) -> str:
    """A rate of the data, with one decimal."""
    return percent_text(value, 1)


def measured_text(value: Fraction, unit: str, target: Target | None = None) -> str:
    """A result with one decimal, or with as many more as it takes not to be rounded onto or across what is asked."""
    scale = 100 if unit == "ratio" else 1
    limits = [] if target is None else [limit * scale for met in (target.met, target.near) for limit in _ends(met)]
    scaled = value * scale
    texts = [decimal_text(scaled, places) for places in range(1, 5)]
    shown = next((text for text in texts if _signs(Fraction(text), limits) == _signs(scaled, limits)), texts[-1])
    return f"{shown} {'%' if unit == 'ratio' else unit}"


def _ends(limit: Fraction | tuple[Fraction, Fraction] | None) -> tuple[Fraction, ...]:
    return () if limit is None else limit if isinstance(limit, tuple) else (limit,)


def _signs(value: Fraction, limits: Iterable[Fraction]) -> list[int]:
    """Whether a value is under, on or over each limit."""
    return [(value > limit) - (value < limit) for limit in limits]
