"""Latest safe dates before a contract ends: when to decide, choose, sign and give notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import field, frozen

from hmis_standards.model import Contract, ParameterSet
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.toolkit.days import moved
from hmis_standards.toolkit.figures import Figure, computed, given, taken
from hmis_standards.toolkit.flags import Flag, Flags
from hmis_standards.vocabulary import FigureOrigin

__all__ = ["Deadline", "Deadlines", "safe_dates"]

# What has to be done, and how many days before the contract's last day at the latest.
_STEPS = {
    "alarm": ("Bring it to the board", "procurement_days + approval_days + migration_days + alarm_days"),
    "decide": ("Decide to renew, renegotiate or buy anew", "procurement_days + approval_days + migration_days"),
    "choose": ("Choose a vendor", "approval_days + migration_days"),
    "sign": ("Sign the new contract, begin to migrate", "migration_days"),
    "notice": ("Give notice", "notice_days"),
}


@frozen(kw_only=True)
class Deadline(Plain):
    """The last safe day of one step; ``days`` says how many days before the contract's last day, and why."""

    step: str
    title: str
    day: date
    days: Figure = field(repr=False)
    passed: bool = False

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        passed = "passed" if self.passed else ""
        return {"by": self.day.isoformat(), "step": self.title, "days_before_end": self.days.number, "passed": passed}


@frozen(kw_only=True)
class Deadlines(Plain, Tabular):
    """The steps in the order of their days, seen from the day ``on``."""

    ends: date
    on: date
    deadlines: tuple[Deadline, ...]
    flags: Flags = field(repr=False)

    def day(self, step: str) -> date:
        """The day of ``alarm``, ``decide``, ``choose``, ``sign`` or ``notice``. Raises KeyError for another word."""
        return {one.step: one.day for one in self.deadlines}[step]

    def rows(self) -> list[dict[str, Any]]:
        """One row a step."""
        return [one.row() for one in self.deadlines]

    def explain(self) -> str:
        """The days of every step with the numbers they come from."""
        return "\n\n".join(one.days.explain() for one in self.deadlines)


def safe_dates(contract: Contract, parameters: ParameterSet, on: date) -> Deadlines:
    """The latest safe days before a contract's last day, and on ``on`` which of them have passed.

    last day to decide = end - procurement - approval - migration; the alarm goes off some days before that. Notice is
    the contract's, else that of the parameters. A day has passed when ``on`` is after it.
    """
    names = ("procurement_days", "approval_days", "migration_days", "alarm_days")
    inputs = [*(taken(parameters.find(name)) for name in names), _notice(contract, parameters)]
    steps = sorted((_deadline(step, contract.ends, on, inputs) for step in _STEPS), key=lambda one: one.day)
    return Deadlines(ends=contract.ends, on=on, deadlines=tuple(steps), flags=Flags(_flags(steps, on)))


def _notice(contract: Contract, parameters: ParameterSet) -> Figure:
    if contract.notice_days is None:
        return taken(parameters.find("notice_days"))
    return given("notice_days", "Days of notice", contract.notice_days, "days", "The contract.")


def _deadline(step: str, ends: date, on: date, inputs: list[Figure]) -> Deadline:
    title, formula = _STEPS[step]
    days = computed(f"{step}_days_before", title, f"ceil({formula})", "days", inputs)
    day = moved(ends, -int(days.value or 0))
    return Deadline(step=step, title=title, day=day, days=days, passed=on > day)


def _flags(steps: list[Deadline], on: date) -> Iterator[Flag]:
    by = {one.step: one for one in steps}
    if by["decide"].passed:
        late = (on - by["decide"].day).days
        text = f"The last safe day to decide was {late} days ago: a shorter procurement or a bridge contract is needed."
        yield _flag("too-late", text, by["decide"])
    elif by["alarm"].passed:
        left = (by["decide"].day - on).days
        yield _flag("alarm", f"{left} days are left to decide whether to renew or to buy anew.", by["alarm"])
    if by["notice"].passed:
        text = "The day of notice has passed: look up whether the contract renews itself."
        yield _flag("notice-passed", text, by["notice"])


def _flag(id: str, text: str, step: Deadline) -> Flag:
    return Flag(id=id, text=text, about=step.day.isoformat(), origin=FigureOrigin.CONVENTION, figures=(step.days,))
