"""Annual assessments a second time: person by person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from tests.measure.second_calculation import Stay, anniversary, day, grouped
from tests.measure.second_utilization import Share


def annual(stays: list[Stay], projects: Collection[str], end: date) -> dict[str, Share]:
    """The measures of some projects, from all stays that are active in the report."""
    counts = dict.fromkeys(("due", "open", "on time", "late", "missing"), 0)
    offsets = []
    homes = grouped([one for one in stays if one.project in projects], lambda one: (one.project, one.household))
    for stay in (one for home in homes.values() for one in home):
        due = due_on(stay, homes[stay.project, stay.household], end)
        if due is None:
            continue
        days = [(on - due).days for on in assessed(stay) if on <= end]
        near = [one for one in days if abs(one) <= 182]
        if near:
            offsets.append(min(near, key=lambda one: (abs(one), one < 0)))
        counts["due"] += 1
        if due + timedelta(days=30) > end:
            counts["open"] += 1
        elif any(-30 <= one <= 30 for one in days):
            counts["on time"] += 1
        else:
            counts["late" if any(one > 30 for one in days) else "missing"] += 1
    closed = counts["due"] - counts["open"]
    furthest = max(offsets, key=lambda one: (abs(one), one > 0), default=None)
    return {
        "annual-on-time": (counts["on time"], closed),
        "annual-late": (counts["late"], closed),
        "annual-missing": (counts["missing"], closed),
        "annual-window-open": (counts["open"], counts["due"]),
        "annual-offset-days": (0, 0) if furthest is None else (furthest, 1),
    }


def assessed(stay: Stay) -> list[date]:
    dates = [day(row["InformationDate"]) for row in stay.incomes if row["DataCollectionStage"] == "5"]
    return [one for one in dates if one is not None]


def due_on(stay: Stay, household: list[Stay], end: date) -> date | None:
    """The anniversary on which an assessment of this person is due, if it is."""
    heads = [one.entry for one in household if one.head]
    if not heads or stay.leaver or not stay.adult_or_head:
        return None
    due = anniversary(max(heads), end)
    return None if due is None or stay.entry > due else due
