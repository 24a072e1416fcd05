"""What a case file can hold, read strictly: an unknown key, a missing one and an inexact number are refused."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import frozen

from hmis_standards.assess import Response
from hmis_standards.model import Profile
from hmis_standards.model.standing import written
from hmis_standards.store import read_raw, structure
from hmis_standards.vocabulary import Obligation, Role, Status, Verdict

FOLDER = Path(__file__).parent
FORMAT = "hmis-standards/case/1"


@frozen(kw_only=True)
class ForAll:
    """One answer to every item of an obligation."""

    obligation: Obligation
    answer: str


@frozen(kw_only=True)
class Before:
    """An earlier assessment of the same items. Its answers stand in the later one unless they are given anew there."""

    on: datetime.date
    edition: str
    answers: tuple[Response, ...]


@frozen(kw_only=True)
class ItemStands:
    """Where an item stands. ``reason`` and ``weight`` are compared where they are given."""

    item: str
    status: Status
    credit: Fraction | None = None
    reason: str | None = None
    weight: Fraction | None = None


@frozen(kw_only=True)
class Counted:
    """How many items have a status: of a whole document, in place of a list of its items."""

    status: Status
    items: int


@frozen(kw_only=True)
class PointsOf:
    """The sums of a document or section in the explanation; those of items and of the total are compared always."""

    label: str
    earned: Fraction
    assessed: Fraction
    applicable: Fraction


@frozen(kw_only=True)
class GateStands:
    """A gate, and the ids that decide it."""

    gate: str
    verdict: Verdict
    deciding: tuple[str, ...] = ()


@frozen(kw_only=True)
class GapFound:
    """A gap; ``per_effort`` is the gain for a point of effort, by which gaps are put in order."""

    item: str
    gain: Fraction
    effort: int
    per_effort: Fraction
    gated: bool = False
    blocked_by: tuple[str, ...] = ()


@frozen(kw_only=True)
class RoleLimit:
    """How many actions of a role, or of all (``total``), begin in a quarter."""

    role: str
    actions: int


@frozen(kw_only=True)
class ActionPlanned:
    """An action of a plan."""

    item: str
    role: Role
    quarter: str
    start: datetime.date
    due: datetime.date
    after: tuple[str, ...] = ()


@frozen(kw_only=True)
class PlanMade:
    """What is asked of a plan, and what it is. ``methods``: all that must give this same plan."""

    methods: tuple[str, ...]
    start: datetime.date
    target: str | None
    gates: bool = True
    quarters: str = "start"
    capacity: tuple[RoleLimit, ...] = ()
    begins: Fraction | None
    reaches: Fraction | None
    reached: bool
    cost: Fraction
    actions: tuple[ActionPlanned, ...]

    def __attrs_post_init__(self) -> None:
        if not self.methods:
            raise ValueError("a plan names the methods that give it: exact, greedy or both")


@frozen(kw_only=True)
class ModelGives:
    """The value by another scoring model."""

    model: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None


@frozen(kw_only=True)
class Look:
    """What comes out on a day. Nothing of it can be left out but what the answers do not call for."""

    as_of: datetime.date
    earned: Fraction
    assessed: Fraction
    applicable: Fraction
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction | None
    rating: str | None
    verdict: Verdict
    items: tuple[ItemStands, ...] = ()
    counts: tuple[Counted, ...] = ()
    gates: tuple[GateStands, ...]
    gaps: tuple[GapFound, ...]
    parts: tuple[PointsOf, ...] = ()
    models: tuple[ModelGives, ...] = ()
    plans: tuple[PlanMade, ...] = ()

    def __attrs_post_init__(self) -> None:
        if bool(self.items) == bool(self.counts):
            raise ValueError("a look lists either the items, all of them, or how many have which status")


@frozen(kw_only=True)
class Became:
    """What became of an answer in another edition; ``item`` None of an item that is new."""

    item: str | None
    outcome: str
    new: tuple[str, ...]


@frozen(kw_only=True)
class CauseGives:
    """What one cause did to the score, and through which items, in the order of their ids."""

    cause: str
    value: Fraction
    items: tuple[str, ...]


@frozen(kw_only=True)
class Change:
    """The change from the earlier assessment; causes that are not named did nothing."""

    value: Fraction
    low: Fraction
    high: Fraction
    coverage: Fraction
    causes: tuple[CauseGives, ...]


@frozen(kw_only=True)
class Case:
    """A scenario. ``tailoring`` has the keys of a profile; ``profiles`` are shipped ones, applied before it."""

    title: str
    text: str
    edition: str = "2026.1"
    documents: tuple[str, ...]
    profiles: tuple[str, ...] = ()
    tailoring: Profile | None = None
    on: datetime.date
    before: Before | None = None
    answers: tuple[Response, ...] = ()
    answer_all: tuple[ForAll, ...] = ()
    migration: tuple[Became, ...] = ()
    change: Change | None = None
    looks: tuple[Look, ...]

    def __attrs_post_init__(self) -> None:
        if not self.looks:
            raise ValueError("a case says what comes out: looks is empty")
        if bool(self.before) != bool(self.change):
            raise ValueError("before and change go together")


def paths() -> list[Path]:
    """All case files, by name."""
    return sorted(FOLDER.glob("*.yaml"))


def read_case(path: Path) -> Case:
    """The case in a file. Raises InvalidDocument, with lines, for whatever does not fit."""
    raw = read_raw(path)
    data = dict(raw.data)
    if data.pop("format", None) != FORMAT:
        raise ValueError(f"{path.name}: format should be {FORMAT!r}")
    for name, prepare in _PREPARED.items():
        if name in data:
            data[name] = prepare(data[name], data)
    return structure(raw, Case, data)


def _answers(given: Any, _: Mapping[str, Any]) -> Any:
    """A level, a count or a list as the one text it is to the library."""
    return [{**one, "answer": written(one["answer"])} if one.get("answer") is not None else one for one in given]


def _before(given: Any, whole: Mapping[str, Any]) -> Any:
    return {"edition": whole.get("edition", "2026.1"), **given, "answers": _answers(given["answers"], whole)}


def _tailoring(given: Any, whole: Mapping[str, Any]) -> Any:
    return {"id": "case", "title": whole["title"], "text": whole["text"], **given}


_PREPARED: dict[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "answers": _answers,
    "before": _before,
    "tailoring": _tailoring,
}
