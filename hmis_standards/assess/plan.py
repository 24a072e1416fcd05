"""The improvement plan: which gaps to close, in which order, by whom and by when."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from html import escape
from importlib.util import find_spec
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.assess.cheapest import cheapest
from hmis_standards.assess.choosing import Choice, Question, greedy, in_order, pricing
from hmis_standards.assess.days import as_day
from hmis_standards.assess.gaps import Gap, low_end
from hmis_standards.assess.goals import Goal, goal_of
from hmis_standards.assess.schedule import Action, Actions, Capacity, Quarters, capacity_of, schedule
from hmis_standards.assess.scoring import Score
from hmis_standards.errors import MissingExtra
from hmis_standards.model import Effort, Planning
from hmis_standards.tabular import Plain, Tabular, decimal_text, html_table, percent_text, plain

__all__ = ["METHODS", "Plan", "plan"]

METHODS = ("auto", "exact", "greedy")
_QUARTERS = {"start": False, "calendar": True}
_LAST_YEAR = 9000  # of a plan's start: its dates must not run past the year 9999


@frozen(kw_only=True, repr=False)
class Plan(Tabular, Plain):
    """Actions in the order in which they start.

    ``begins`` and ``reaches`` are the low end of the score before the first and after the last action: items without an
    answer count as not met. None where there is no score: no gap was given, or nothing weighs anything.

    ``goal`` is what the actions were chosen for: ``all gaps``, ``gates``, ``target``, or ``target and gates``.
    ``method`` is how, ``exact`` or ``greedy``; ``cost`` their effort in all; ``proved`` whether no cheaper set of the
    gaps reaches the goal.
    """

    actions: Actions
    start: datetime.date
    begins: Fraction | None
    reaches: Fraction | None
    target: Fraction | None
    reached: bool
    note: str
    goal: str
    method: str
    cost: Fraction
    proved: bool
    capacity: Capacity
    quarters: Quarters = field(repr=False)
    planning: Planning | None = field(default=None, repr=False)

    @property
    def end(self) -> datetime.date:
        """The day the last action is due; the start if there is none."""
        return max((action.due for action in self.actions), default=self.start)

    @property
    def how(self) -> str:
        """How the actions were chosen and what they cost, as a sentence."""
        points = f"{_short(self.cost)} points of effort"
        if not self.actions:
            return ""
        if self.goal == "all gaps" or not self.reached:
            return f"Every gap found is closed, for {points}."
        if self.proved:
            return f"No cheaper choice of these gaps reaches the goal ({self.method}, proved): {points}."
        return f"Chosen by the {self.method} method, for {points}; a cheaper choice may exist."

    @property
    def conventions(self) -> str:
        """How long actions are taken to last, as a sentence; empty where there is none."""
        if self.planning is None:
            return ""
        times, days = zip(*((str(one.time), str(one.days)) for one in self.planning.durations), strict=True)
        told = f"where the effort in time is {', '.join(times)}: {', '.join(days)}"
        return f"Days an action takes {told} (origin: {self.planning.origin})."

    def by(self, dimension: str) -> dict[str, Actions]:
        """The actions by ``"quarter"`` in the order of time, or by ``"role"`` as roles first occur."""
        if dimension not in {"quarter", "role"}:
            raise ValueError(f"{dimension!r} is not one of quarter, role")
        parts: dict[str, list[Action]] = {}
        for action in self.actions:
            parts.setdefault(str(getattr(action, dimension)), []).append(action)
        return {name: Actions(part) for name, part in parts.items()}

    def rows(self) -> list[dict[str, Any]]:
        """One row an action: what, who, from, to, effort, gain, prerequisites."""
        return self.actions.rows()

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain values; shares and the cost are exact text."""
        facts = {name: plain(getattr(self, name)) for name in _FACTS}
        kind = "calendar" if self.quarters.calendar else "start"
        return {**facts, "quarters": kind, "actions": [action.to_dict() for action in self.actions]}

    def __repr__(self) -> str:
        return f"<Plan {self._words()}>"

    def _words(self) -> str:
        span = f"{percent_text(self.begins, 1)} to {percent_text(self.reaches, 1)}"
        proved = ", proved cheapest" if self.proved and self.goal != "all gaps" else ""
        return (
            f"of {len(self.actions)} actions for {self.goal}, {self.start} to {self.end}: {span}, {self.method}{proved}"
        )

    def _repr_html_(self) -> str:
        return f"<p>{escape(f'{self.note} {self.how}'.strip())}</p>{html_table(self.rows())}"


def _short(points: Fraction) -> str:
    """Points with as many decimals as they need, at most two."""
    text = decimal_text(points, 2)
    return text.rstrip("0").rstrip(".")


_FACTS = (
    "start",
    "end",
    "goal",
    "target",
    "begins",
    "reaches",
    "reached",
    "method",
    "cost",
    "proved",
    "capacity",
    "planning",
    "note",
)


def plan(
    gaps: Iterable[Gap],
    *,
    start: str | datetime.date,
    target: Fraction | float | str | None = None,
    capacity: int | Mapping[str, int] | None = None,
    score: Score | None = None,
    method: str = "auto",
    gates: bool = True,
    cost: Mapping[str, Fraction | float | str] | None = None,
    quarters: str = "start",
) -> Plan:
    """A plan that closes gaps for as little effort as it can, each behind what it waits for.

    What is closed: all gaps that a gate waits for, whatever the target, since points do not buy a gate (``gates=False``
    looks at the target alone); then as many more as bring the low end of the score to ``target``, a share such as
    ``"0.80"``. ``"gates"`` as the target adds none; None closes all. A gap comes with all the gaps it waits for.
    Gates on parts name no items, and are not looked at.

    How they are found: ``exact`` finds the cheapest set by integer programming and checks it in whole numbers; it needs
    SciPy. ``greedy`` takes the gaps with the most gain for the effort until the target is reached, and takes back those
    that prove unneeded. ``auto`` is exact where SciPy is installed. Among equally cheap sets the one with few and
    urgent gaps is taken; the order of the gaps given does not matter.

    Effort is time, money and skill added up, or weighed by ``cost``, such as ``{"money": 2, "skill": 1}``: a kind that
    is not named counts nothing.

    When: an action starts the day after those it waits for are due at the earliest. At most ``capacity`` start in a
    quarter, in all or by role, as ``{"hmis_lead": 4, "total": 10}``; a mapping leaves roles not named without a limit.
    ``quarters`` begin with the plan (``start``) or are those of the calendar. How long an action takes, and the
    capacity unless given, are conventions in ``ratings.yaml``.

    A float as ``target`` is taken as it is written: 0.8 is exactly 4/5. ``score`` gives another starting point than the
    score in which the gaps were found. A gap given twice counts once.

    Raises:
        ValueError: the target is not a share between 0 and 1, the capacity is below 1 or names no role, the start is
            not a date of a year up to 9000, a word or weight is not one there is, or the gaps are not of one score.
        MissingExtra: ``method="exact"`` and SciPy is not installed.
    """
    goal, how, given = goal_of(target, gates), _method(method), _each_once(gaps, score)
    days = Quarters(start=_first_day(start), calendar=_by_calendar(quarters))
    costs = pricing(cost).costs(gap.effort for gap in given)
    ordered = sorted(given, key=_preference(costs, gates))
    begins = low_end(score) if score else (ordered[0].low if ordered else None)
    question = _question(ordered, costs, goal, begins)
    choice = _choose(question, how)
    chosen = [ordered[place] for place in in_order(question.before, choice.chosen)]
    planning = score.ratings.planning if score else (ordered[0].planning if ordered else None)
    room = _room(capacity, planning)
    return Plan(
        actions=schedule(chosen, days, room),
        **_outcome(chosen, goal, None if begins is None else begins + question.part * question.gained(choice.chosen)),
        start=days.start,
        begins=begins,
        target=goal.target,
        goal=str(goal),
        method=choice.method,
        cost=question.price * question.priced(choice.chosen),
        proved=choice.proved,
        capacity=room,
        quarters=days,
        planning=planning,
    )


def _each_once(gaps: Iterable[Gap], score: Score | None) -> list[Gap]:
    """The gaps, each once. Raises ValueError for gaps of several scores, whose gains are shares of different wholes."""
    found = list({gap.item.id: gap for gap in gaps}.values())
    if score is None and len({gap.low for gap in found}) > 1:
        raise ValueError("the gaps are of more than one score; plan for one assessment at a time")
    return found


def _preference(costs: Mapping[Effort, Fraction], gates: bool) -> Callable[[Gap], tuple[bool, Fraction, str]]:
    """The sort key of the gaps: those a gate waits for, then the most gain for the cost, then by id."""
    worth: dict[tuple[Fraction, Effort], Fraction] = {}  # few kinds of gaps, and fractions are slow

    def key(gap: Gap) -> tuple[bool, Fraction, str]:
        kind = (gap.gain, gap.effort)
        if kind not in worth:
            worth[kind] = -gap.gain / costs[gap.effort]
        return (gates and not gap.gated, worth[kind], gap.item.id)

    return key


def _question(
    ordered: Sequence[Gap], costs: Mapping[Effort, Fraction], goal: Goal, begins: Fraction | None
) -> Question:
    """What has to be chosen among the gaps for the goal."""
    places = {gap.item.id: place for place, gap in enumerate(ordered)}
    return Question.about(
        costs=[costs[gap.effort] for gap in ordered],
        gains=[gap.gain for gap in ordered],
        before=[[places[one] for one in gap.blocked_by if one in places] for gap in ordered],
        forced=[place for place, gap in enumerate(ordered) if goal.everything or (goal.gates and gap.gated)],
        need=Fraction(0) if goal.target is None else goal.target - (begins or 0),
    )


def _choose(question: Question, method: str) -> Choice:
    """The greedy choice, or the exact one where that is asked for and something is left to choose."""
    if not question.reachable:
        return Choice(chosen=frozenset(range(len(question.cost))), method=method, proved=False)
    found = greedy(question)
    if found.proved:
        return evolve(found, method=method)
    exact = cheapest(question) if method == "exact" else None
    better = exact is not None and (exact.proved or question.priced(exact.chosen) < question.priced(found.chosen))
    return exact if exact is not None and better else found


def _method(asked: str) -> str:
    """``exact`` or ``greedy``, by what is asked for and what is installed."""
    if asked not in METHODS:
        raise ValueError(f"method {asked!r} is not one of {', '.join(METHODS)}")
    there = find_spec("scipy") is not None
    if asked == "exact" and not there:
        raise MissingExtra("optimize")
    return "exact" if there and asked != "greedy" else "greedy"


def _by_calendar(quarters: str) -> bool:
    if quarters not in _QUARTERS:
        raise ValueError(f"quarters {quarters!r} is not one of {', '.join(_QUARTERS)}")
    return _QUARTERS[quarters]


def _first_day(start: str | datetime.date) -> datetime.date:
    first = as_day(start, "start")
    if first.year > _LAST_YEAR:
        raise ValueError(f"start is {first}; a plan begins by the year {_LAST_YEAR}")
    return first


def _room(given: int | Mapping[str, int] | None, planning: Planning | None) -> Capacity:
    """The capacity given, or else the one taken for granted."""
    return Capacity(total=planning.capacity if planning else None) if given is None else capacity_of(given)


def _outcome(chosen: list[Gap], goal: Goal, reaches: Fraction | None) -> dict[str, Any]:
    """Where the plan leads: the low end it reaches, whether that is enough, and what a reader should know."""
    reached = goal.target is None or (reaches is not None and reaches >= goal.target)
    planned = {gap.item.id for gap in chosen}
    outside = sorted({one for gap in chosen for one in gap.blocked_by} - planned)
    waits = [f"Some actions also wait for {', '.join(outside)}, which this plan does not close."] if outside else []
    note = " ".join([_said(bool(chosen), reaches, goal.target, reached), *waits])
    return {"reaches": reaches, "reached": reached, "note": note}


def _said(acts: bool, reaches: Fraction | None, target: Fraction | None, reached: bool) -> str:
    if reaches is None:
        return _without_score(acts, target)
    if not reached:
        return (
            f"Closing every gap found makes the score at least {percent_text(reaches, 1)}, short of the target of "
            f"{percent_text(target, 1)}. Items without an answer count as not met here: answer them and plan again."
        )
    begin = "Once all actions are done," if acts else "No action is needed:"
    return f"{begin} the score is at least {percent_text(reaches, 1)}."


def _without_score(acts: bool, target: Fraction | None) -> str:
    if not acts:
        return "There is nothing to plan: no gap was given."
    missed = "" if target is None else f", and the target of {percent_text(target, 1)} cannot be reached"
    return f"There is no score: nothing that applies weighs anything{missed}."
