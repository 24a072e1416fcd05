"""Overlapping stays a second time: every two stays of a person, night by night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from itertools import combinations

from tests.measure.second_calculation import Stay, Tables
from tests.measure.second_utilization import BEDS, Share, active, move_ins

Pair = tuple[Stay, Stay, int]
HOUSED = {"3", "9", "10"}


def span(stay: Stay, moved: dict[str, date]) -> tuple[date, date] | None:
    """The first night and the day after the last, of a stay that is not night by night."""
    begins = stay.entry if stay.kind in {"0", "2", "8"} else moved.get(stay.row["EnrollmentID"])
    ends = stay.exit or date.max
    return None if begins is None or begins >= ends else (begins, ends)


def shared(one: Stay, other: Stay, moved: dict[str, date]) -> int:
    """Nights in both; of two stays that are not night by night those up to the end of the report."""
    if one.kind == "1" and other.kind == "1":
        return len(one.nights & other.nights)
    if one.kind == "1" or other.kind == "1":
        nights, whole = (one.nights, span(other, moved)) if one.kind == "1" else (other.nights, span(one, moved))
        return 0 if whole is None else sum(whole[0] <= night < whole[1] for night in nights)
    first, second = span(one, moved), span(other, moved)
    if first is None or second is None:
        return 0
    last = min(first[1], second[1], one.end + timedelta(days=1))
    return max(0, (last - max(first[0], second[0])).days)


def pairs(tables: Tables, start: date, end: date) -> tuple[list[Stay], list[Pair]]:
    """Residential stays, and the pairs of them that cannot both be true."""
    moved = move_ins(tables)
    stays = [one for one in active(tables, start, end) if one.kind in BEDS]
    by_person: dict[str, list[Stay]] = defaultdict(list)
    for one in stays:
        if one.person:
            by_person[one.person].append(one)
    found = []
    for mine in by_person.values():
        for one, other in combinations(mine, 2):
            kinds = {one.kind, other.kind}
            if "13" in kinds and kinds & HOUSED:
                continue
            nights = shared(one, other, moved)
            if nights > (2 if kinds == {"0", "1"} else 0):
                found.append((one, other, nights))
    return stays, found


def overlaps(stays: list[Stay], found: list[Pair], projects: Collection[str]) -> dict[str, Share]:
    """The measures of some projects: pairs with at least one stay in them."""
    residential = sum(one.project in projects for one in stays)
    mine = [pair for pair in found if pair[0].project in projects or pair[1].project in projects]
    inside = {id(one) for pair in mine for one in pair[:2] if one.project in projects}
    if not residential:
        return dict.fromkeys(("overlap-rate", "overlap-pairs", "overlap-people", "overlap-nights"), (0, 0))
    return {
        "overlap-rate": (len(inside), residential),
        "overlap-pairs": (len(mine), 1),
        "overlap-people": (len({pair[0].person for pair in mine}), 1),
        "overlap-nights": (sum(nights for _, _, nights in mine), 1),
    }
