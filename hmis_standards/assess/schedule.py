"""When the actions of a plan begin and end: after what they wait for, and never more in a quarter than can be begun."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.assess.days import add_months
from hmis_standards.assess.gaps import Gap
from hmis_standards.ids import close_matches
from hmis_standards.model import Effort
from hmis_standards.tabular import Plain, Table
from hmis_standards.vocabulary import Role

__all__ = ["Action", "Actions", "Capacity", "Quarters", "capacity_of", "schedule"]

_TOTAL = "total"


@frozen(kw_only=True)
class Action(Plain):
    """One gap to close.

    ``after`` are the items of the plan that must be done first. ``quarter`` is the one in which the action begins (see
    ``Quarters``).
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

    def row(self) -> dict[str, Any]:
        """The action as one flat row of a table: what, who, from, to, effort, gain, prerequisites."""
        return {
            "item": self.item,
            "title": self.title,
            "role": self.role.value,
            "quarter": self.quarter,
            "start": self.start.isoformat(),
            "due": self.due.isoformat(),
            "effort": self.effort.total,
            "gain": float(self.gain),
            "gated": self.gated,
            "after": ", ".join(self.after),
            "remedy": self.remedy,
        }


class Actions(Table[Action]):
    """Actions in the order in which they begin: a tuple, and a table with one row an action."""

    __slots__ = ()
    kind = "actions"


@frozen(kw_only=True)
class Quarters(Plain):
    """The quarters of a plan: of three months each from its start, ``Q1`` and so on, or those of the calendar.

    Calendar quarters are named ``2026-Q2``; the first of them begins with the plan and may be short.
    """

    start: datetime.date
    calendar: bool = False

    @property
    def _anchor(self) -> datetime.date:
        month = self.start.month - (self.start.month - 1) % 3
        return self.start.replace(month=month, day=1) if self.calendar else self.start

    def begins(self, number: int) -> datetime.date:
        """The first day of the plan in a quarter; the first has the number 0."""
        return max(self.start, add_months(self._anchor, 3 * number))

    def number(self, day: datetime.date) -> int:
        """The number of the quarter in which a day of the plan lies."""
        anchor = self._anchor
        number = ((day.year - anchor.year) * 12 + day.month - anchor.month) // 3
        return number if self.begins(number) <= day else number - 1

    def first_day(self, day: datetime.date) -> datetime.date:
        """The first day of the quarter in which a day of the plan lies."""
        return self.begins(self.number(day))

    def name(self, number: int) -> str:
        """What a quarter is called."""
        if not self.calendar:
            return f"Q{number + 1}"
        first = add_months(self._anchor, 3 * number)
        return f"{first.year}-Q{(first.month + 2) // 3}"


@frozen(kw_only=True)
class Capacity(Plain):
    """How many actions begin in a quarter at most: in all, and of single roles. None and no role mean no limit."""

    total: int | None = None
    roles: tuple[tuple[Role, int], ...] = ()

    def limits(self) -> dict[Role | None, int]:
        """The limit of each role that has one, and under None that of all together."""
        whole: dict[Role | None, int] = {} if self.total is None else {None: self.total}
        return {**whole, **dict(self.roles)}

    def to_dict(self) -> dict[str, int]:
        """The limits by role, and the one of all together under ``total``."""
        return {role.value if role else _TOTAL: limit for role, limit in self.limits().items()}

    def __str__(self) -> str:
        words = [f"{limit} {f'of {role.label}' if role else 'in all'}" for role, limit in self.limits().items()]
        return f"at most {', '.join(words)}" if words else "no limit"


def capacity_of(given: int | Mapping[str, int]) -> Capacity:
    """A whole number is for all actions together; a mapping names roles, and ``total`` for all together.

    Raises ValueError for a role there is not, and for a limit that is not a whole number of at least 1.
    """
    limits = dict(given) if isinstance(given, Mapping) else {_TOTAL: given}
    if any(isinstance(limit, bool) or not isinstance(limit, int) or limit < 1 for limit in limits.values()):
        raise ValueError(f"capacity {given!r} is not at least 1 action a quarter, in whole numbers")
    total = limits.pop(_TOTAL, None)
    roles = sorted(((_role(name), limit) for name, limit in limits.items()), key=lambda pair: list(Role).index(pair[0]))
    return Capacity(total=total, roles=tuple(roles))


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        known = [_TOTAL, *(str(role) for role in Role)]
        near = close_matches(str(name).strip().replace(" ", "_"), known, most=1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
        raise ValueError(f"capacity names a role {str(name)!r} that there is not{hint}") from None


def schedule(ordered: Sequence[Gap], quarters: Quarters, capacity: Capacity) -> Actions:
    """The gaps as actions; they come with what each waits for ahead of it, and get the quarters in that order.

    An action begins on the day after the last that it waits for is due, or on the first day of the first quarter from
    then on in which there is room. It lasts as many days as the gap says.
    """
    room, done = _Room(capacity.limits()), dict[str, Action]()
    for gap in ordered:
        after = tuple(one for one in gap.blocked_by if one in done)
        earliest = max([quarters.start, *(done[one].due + datetime.timedelta(days=1) for one in after)])
        number = room.take(quarters.number(earliest), gap.item.owner)
        done[gap.item.id] = _action(gap, quarters.name(number), max(earliest, quarters.begins(number)), after)
    return Actions(sorted(done.values(), key=lambda action: action.start))


class _Room:
    """How many actions began in which quarter. Under None stand those of all roles together."""

    def __init__(self, limits: Mapping[Role | None, int]) -> None:
        self.limits = limits
        self.begun: Counter[tuple[int, Role | None]] = Counter()
        self.full = dict.fromkeys(limits, 0)  # all quarters before this one, so that none is looked at again and again

    def take(self, number: int, role: Role) -> int:
        """The first quarter from this one on in which the role can begin an action; it has begun it then."""
        counted = [who for who in (None, role) if who in self.limits]
        number = max([number, *(self.full[who] for who in counted)])
        while any(self.begun[number, who] >= self.limits[who] for who in counted):
            number += 1
        for who in counted:
            self.begun[number, who] += 1
            while self.begun[self.full[who], who] >= self.limits[who]:
                self.full[who] += 1
        return number


def _action(gap: Gap, quarter: str, start: datetime.date, after: tuple[str, ...]) -> Action:
    return Action(
        item=gap.item.id,
        title=gap.item.title,
        role=gap.item.owner,
        quarter=quarter,
        start=start,
        due=start + datetime.timedelta(days=gap.days),
        effort=gap.effort,
        gain=gap.gain,
        remedy=gap.remedy,
        after=after,
        gated=gap.gated,
    )
