"""What the library makes of a case, in the shape in which the paper says it, so that both can be laid side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from attrs import define

import hmis_standards as hs
from hmis_standards.assess import Assessment, Explanation, Gap, Gaps, Line, Migration, Plan, Response, Score, plan
from hmis_standards.model import Catalog
from hmis_standards.tabular import plain
from tests.cases.form import Case, ItemStands, Look, PlanMade

_NUMBERS = ("earned", "assessed", "applicable", "value", "low", "high", "coverage")
_SUMS = ("earned", "assessed", "applicable")
_ACTION = ("item", "role", "quarter", "start", "due", "after")

Side = tuple[str, Any, Any]
"""What is compared, what the paper says and what the library says."""


def differences(case: Case) -> list[str]:
    """Where paper and library differ, a line each; none where they agree."""
    return [line for name, paper, found in sides(case) for line in _differing(name, paper, found)]


def sides(case: Case) -> Iterator[Side]:
    """All that is compared in a case."""
    run = _Run(case)
    if run.migration is not None and case.migration:
        yield "migration", plain(case.migration), _became(run.migration)
    if run.before is not None:
        yield "change", plain(case.change), _changed(run.before, run.assessment)
    for look in case.looks:
        found = hs.score(run.assessment, look.as_of)
        at = f"on {look.as_of}: "
        yield f"{at}explanation", [], list(_faults(found.explain(), found))
        yield from ((f"{at}{name}", *both) for name, both in _look(look, run.assessment, found).items())
        yield from ((f"{at}{name}", *both) for name, *both in _plans(look, run.assessment, found))


@define(slots=False)
class _Run:
    """The assessments of a case."""

    case: Case

    def _blank(self, edition: str, on: datetime.date) -> Assessment:
        return Assessment.start(self._catalog(edition), subject="XX-500", on=on, documents=self.case.documents)

    def _catalog(self, edition: str) -> Catalog:
        own = [self.case.tailoring] if self.case.tailoring else []
        return hs.tailor(hs.load_catalog(edition), *map(hs.load_profile, self.case.profiles), *own)

    @cached_property
    def before(self) -> Assessment | None:
        one = self.case.before
        return self._blank(one.edition, one.on).with_responses(one.answers) if one else None

    @cached_property
    def migration(self) -> Migration | None:
        """The earlier assessment carried to the edition of the case."""
        return hs.migrate(self.before, catalog=self._catalog(self.case.edition)) if self.before else None

    @cached_property
    def assessment(self) -> Assessment:
        """What was said before stands unless it is said anew."""
        blank = self._blank(self.case.edition, self.case.on)
        earlier = self.migration.assessment.responses if self.migration else ()
        return blank.with_responses([*earlier, *self._for_all(blank), *self.case.answers])

    def _for_all(self, blank: Assessment) -> Iterator[Response]:
        for one in self.case.answer_all:
            for item in blank.items():
                if item.obligation is one.obligation:
                    yield Response(item=item.id, answer=one.answer)


# --- a look ------------------------------------------------------------------------------------------------


def _look(look: Look, assessment: Assessment, found: Score) -> dict[str, tuple[Any, Any]]:
    """Paper and library by the names of what the look says."""
    tree = found.explain()
    library = {
        **{name: getattr(found, name) for name in (*_NUMBERS, "verdict")},
        "rating": found.rating.id if found.rating else None,
        "items": _items(look, found),
        "counts": _counts(look, found),
        "gates": [{"gate": one.gate.id, "verdict": one.verdict, "deciding": one.deciding} for one in found.gates],
        "gaps": [_gap(gap) for gap in hs.gaps(assessment, look.as_of)],
        "parts": [_points(tree.find(part.label)) for part in look.parts],
        "models": [_by_model(assessment, look.as_of, one.model) for one in look.models],
    }
    return {name: (plain(getattr(look, name)), plain(value)) for name, value in library.items()}


def _items(look: Look, found: Score) -> list[dict[str, Any]]:
    said = {one.item: one for one in look.items}
    return [] if look.counts else [_stands(line, said.get(line.item.id)) for line in found.lines]


def _stands(line: Line, said: ItemStands | None) -> dict[str, Any]:
    """A line, as far as the paper speaks of it: of a reason it may say only how it begins."""
    reason = line.verdict.reason
    if said is not None and (said.reason is None or reason.startswith(said.reason)):
        reason = plain(said.reason)
    weight = None if said is not None and said.weight is None else line.weight
    shown = {"item": line.item.id, "status": line.status, "credit": line.verdict.credit}
    return {**shown, "reason": reason, "weight": weight}


def _counts(look: Look, found: Score) -> list[dict[str, Any]]:
    if not look.counts:
        return []
    return [{"status": status, "items": count} for status, count in found.counts().items() if count]


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "item": gap.item.id,
        "gain": gap.gain,
        "effort": gap.effort.total,
        "per_effort": gap.gain / gap.effort.total,
        "gated": gap.gated,
        "blocked_by": gap.blocked_by,
    }


def _points(node: Explanation) -> dict[str, Any]:
    return {"label": node.label, **{name: getattr(node, name) for name in _SUMS}}


def _by_model(assessment: Assessment, day: datetime.date, model: str) -> dict[str, Any]:
    found = hs.score(assessment, day, model=model)
    return {"model": model, "value": found.value, "low": found.low, "high": found.high}


def _faults(tree: Explanation, found: Score) -> Iterator[str]:
    """Where the explanation does not add up, from the items to the score."""
    for name in _SUMS:
        if getattr(tree, name) != getattr(found, name):
            yield f"total {name}: {getattr(tree, name)}, the score has {getattr(found, name)}"
    for node in tree.walk():
        for name in _SUMS if node.children else ():
            below = sum(getattr(child, name) for child in node.children)
            if getattr(node, name) != below:
                yield f"{node.label} {name}: {getattr(node, name)}, below it {below}"
        if node.credit is not None and node.earned != (node.weight or 0) * node.credit:
            yield f"{node.label}: earns {node.earned}, {node.weight} times {node.credit} is something else"
    leaves = [node.label for node in tree.walk() if not node.children]
    if leaves != [line.item.id for line in found.lines]:
        yield f"the items of the explanation are {', '.join(leaves)}"


# --- plans -------------------------------------------------------------------------------------------------


def _plans(look: Look, assessment: Assessment, found: Score) -> Iterator[Side]:
    wanted = hs.gaps(assessment, look.as_of)
    for number, asked in enumerate(look.plans, start=1):
        for method in asked.methods:
            made = _planned(wanted, found, asked, method)
            yield f"plan {number}, {method}", _outcome(asked), _outcome(made)


def _planned(wanted: Gaps, found: Score, asked: PlanMade, method: str) -> Plan:
    return plan(
        wanted,
        start=asked.start,
        target=asked.target,
        capacity={one.role: one.actions for one in asked.capacity} or None,
        score=found,
        method=method,
        gates=asked.gates,
        quarters=asked.quarters,
    )


def _outcome(one: PlanMade | Plan) -> Any:
    shown = {name: getattr(one, name) for name in ("begins", "reaches", "reached", "cost")}
    return plain({**shown, "actions": [{name: getattr(action, name) for name in _ACTION} for action in one.actions]})


# --- over time ---------------------------------------------------------------------------------------------


def _became(migration: Migration) -> Any:
    return plain([{"item": one.old, "outcome": one.outcome, "new": one.new} for one in migration.entries])


def _changed(before: Assessment, after: Assessment) -> Any:
    """The change, with the causes through which any item moved."""
    found = hs.compare(before, after)
    causes = [{"cause": one.cause, "value": one.value, "items": sorted(one.items)} for one in found.parts if one.items]
    numbers = {name: found.change(name) for name in ("value", "low", "high", "coverage")}
    return plain({**numbers, "causes": causes})


# --- side by side ------------------------------------------------------------------------------------------


def _differing(name: str, paper: Any, found: Any) -> Iterator[str]:
    """The smallest places in which the two differ."""
    if isinstance(paper, dict) and isinstance(found, dict):
        for key in {**paper, **found}:
            yield from _differing(f"{name}, {key}", paper.get(key), found.get(key))
    elif isinstance(paper, list) and isinstance(found, list) and len(paper) == len(found):
        for one, other in zip(paper, found, strict=True):
            label = one.get("item") or one.get("gate") or one.get("label") if isinstance(one, dict) else None
            yield from _differing(f"{name}, {label}" if label else name, one, other)
    elif paper != found:
        yield f"{name}: paper {paper}, library {found}"
