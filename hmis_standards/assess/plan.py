"""The improvement plan: which gaps to close, in which order, by whom and by when."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.assess.answers import as_day
from hmis_standards.assess.gaps import Gap, urgency
from hmis_standards.assess.scoring import Score
from hmis_standards.assess.verdict import add_months
from hmis_standards.model import Effort
from hmis_standards.tabular import Plain, Tabular, percent_text, plain
from hmis_standards.vocabulary import Role

__all__ = ["CAPACITY", "DAYS", "Action", "Plan", "plan"]

DAYS = {1: 14, 2: 30, 3: 60, 4: 91, 5: 182}
"""Days an action takes, by the time rating of its effort. A convention of ours."""
CAPACITY = 8
"""Actions started in a quarter unless told otherwise. A convention of ours."""
_LAST_YEAR = 9000  # of a plan's start: its dates must not run past the year 9999


@frozen(kw_only=True)
class Action(Plain):
    """One gap to close.

    ``after`` are the items of the plan that must be done first. ``quarter`` counts from the plan's start.
    """

    item: str
    title: str
    role: Role
    quarter: str
    start: datetime.date
    due: datetime.date
    effort: Effort = field(repr=False)
    gain: Fraction
    remedy: str = field(repr=False)
    after: tuple[str, ...]
    gated: bool = False


@frozen(kw_only=True)
class Plan(Tabular, Plain):
    """Actions in the order in which they start.

    ``begins`` and ``reaches`` are the low end of the score before the first and after the last action: items without an
    answer count as not met. None where there was no gap and no score to begin with.
    """

    actions: tuple[Action, ...]
    start: datetime.date
    begins: Fraction | None
    reaches: Fraction | None
    target: Fraction | None
    reached: bool
    note: str

    @property
    def end(self) -> datetime.date:
        """The day the last action is due; the start if there is none."""
        return max((action.due for action in self.actions), default=self.start)

    def rows(self) -> list[dict[str, Any]]:
        """One row an action: what, who, from, to, effort, gain, prerequisites."""
        return [
            {
                "item": action.item,
                "title": action.title,
                "role": action.role.value,
                "quarter": action.quarter,
                "start": action.start.isoformat(),
                "due": action.due.isoformat(),
                "effort": action.effort.total,
                "gain": float(action.gain),
                "gated": action.gated,
                "after": ", ".join(action.after),
                "remedy": action.remedy,
            }
            for action in self.actions
        ]

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain values; shares are exact text."""
        return plain({name: getattr(self, name) for name in _PLAN_FIELDS})  # type: ignore[no-any-return]


_PLAN_FIELDS = ("start", "target", "begins", "reaches", "reached", "note", "actions")


def plan(
    gaps: Iterable[Gap],
    *,
    start: str | datetime.date,
    target: Fraction | float | str | None = None,
    capacity: int | None = None,
    score: Score | None = None,
) -> Plan:
    """A plan that closes the gaps greedily.

    All gaps that a gate waits for come first, whatever the target, since points do not buy a gate. Then the gaps with
    the most gain for their effort, until the low end of the score reaches ``target`` (a share such as ``"0.80"``; None
    closes all). A gap pulls in the gaps it requires ahead of itself. At most ``capacity`` actions start in a quarter;
    an action starts the day after those it requires are due at the earliest, and lasts as ``DAYS`` says.

    A float as ``target`` is taken as it is written: 0.8 is exactly 4/5.

    ``score`` gives another starting point than the score in which the gaps were found.

    Raises:
        ValueError: the target is not a share between 0 and 1, the capacity is below 1, or the start is not a date of
            a year up to 9000.
    """
    wanted, most = _share(target), CAPACITY if capacity is None else capacity
    if most < 1:
        raise ValueError("capacity is at least 1 action a quarter")
    ordered = sorted(gaps, key=urgency)
    begins = score.low if score else (ordered[0].low if ordered else None)
    chosen = _choose(ordered, begins, wanted)
    first = _first_day(start)
    reaches = None if begins is None else begins + sum((gap.gain for gap in chosen), Fraction(0))
    reached = wanted is None or (reaches is not None and reaches >= wanted)
    return Plan(
        actions=_schedule(chosen, first, most),
        start=first,
        begins=begins,
        reaches=reaches,
        target=wanted,
        reached=reached,
        note=_note(chosen, reaches, wanted, reached),
    )


def _first_day(start: str | datetime.date) -> datetime.date:
    first = as_day(start, "start")
    if first.year > _LAST_YEAR:
        raise ValueError(f"start is {first}; a plan begins by the year {_LAST_YEAR}")
    return first


def _share(target: Fraction | float | str | None) -> Fraction | None:
    if target is None:
        return None
    try:
        share = Fraction(-1) if isinstance(target, bool) else Fraction(str(target))
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise ValueError(f"target {str(target)!r} is not a share between 0 and 1, such as '0.80'")
    return share


def _choose(ordered: list[Gap], begins: Fraction | None, target: Fraction | None) -> list[Gap]:
    """The gaps to close, prerequisites before what needs them."""
    known = {gap.item.id: gap for gap in ordered}
    chosen: dict[str, Gap] = {}
    value = begins or Fraction(0)
    for gap in ordered:
        if not gap.gated and target is not None and value >= target:
            break
        for one in _with_blockers(gap, known, chosen):
            chosen[one.item.id] = one
            value += one.gain
    return list(chosen.values())


def _with_blockers(gap: Gap, known: dict[str, Gap], chosen: dict[str, Gap]) -> list[Gap]:
    """The gap behind everything it waits for that is not chosen yet."""
    found: dict[str, Gap] = {}
    on_the_way: set[str] = set()

    def visit(one: Gap) -> None:
        if one.item.id in chosen or one.item.id in on_the_way:
            return
        on_the_way.add(one.item.id)
        for blocker in one.blocked_by:
            if blocker in known:
                visit(known[blocker])
        found[one.item.id] = one

    visit(gap)
    return list(found.values())


def _schedule(chosen: list[Gap], start: datetime.date, capacity: int) -> tuple[Action, ...]:
    done: dict[str, Action] = {}
    started: Counter[int] = Counter()
    for gap in chosen:
        after = tuple(one for one in gap.blocked_by if one in done)
        earliest = max([start, *(done[one].due + datetime.timedelta(days=1) for one in after)])
        quarter = _quarter(start, earliest)
        while started[quarter] >= capacity:
            quarter += 1
        started[quarter] += 1
        done[gap.item.id] = _action(gap, quarter, max(earliest, add_months(start, 3 * quarter)), after)
    return tuple(sorted(done.values(), key=lambda action: action.start))


def _quarter(start: datetime.date, day: datetime.date) -> int:
    """How many whole quarters after the start the day lies."""
    quarter = 0
    while add_months(start, 3 * (quarter + 1)) <= day:
        quarter += 1
    return quarter


def _action(gap: Gap, quarter: int, start: datetime.date, after: tuple[str, ...]) -> Action:
    return Action(
        item=gap.item.id,
        title=gap.item.title,
        role=gap.item.owner,
        quarter=f"Q{quarter + 1}",
        start=start,
        due=start + datetime.timedelta(days=DAYS[gap.effort.time]),
        effort=gap.effort,
        gain=gap.gain,
        remedy=gap.remedy,
        after=after,
        gated=gap.gated,
    )


def _note(chosen: list[Gap], reaches: Fraction | None, target: Fraction | None, reached: bool) -> str:
    """What a reader of the plan should know beside its actions."""
    planned = {gap.item.id for gap in chosen}
    outside = sorted({one for gap in chosen for one in gap.blocked_by} - planned)
    waits = [f"Some actions also wait for {', '.join(outside)}, which this plan does not close."] if outside else []
    return " ".join([_outcome(bool(chosen), reaches, target, reached), *waits])


def _outcome(acts: bool, reaches: Fraction | None, target: Fraction | None, reached: bool) -> str:
    if reaches is None:
        return "There is nothing to plan: no gap was given."
    if not reached:
        return (
            f"Closing every gap found makes the score at least {percent_text(reaches, 1)}, short of the target of "
            f"{percent_text(target, 1)}. Items without an answer count as not met here: answer them and plan again."
        )
    begin = "Once all actions are done," if acts else "No action is needed:"
    return f"{begin} the score is at least {percent_text(reaches, 1)}."
