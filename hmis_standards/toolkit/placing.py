"""Where each proposal stands: past the gate or not, its cost, its points, its rank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.model import Criterion, ParameterSet, Procurement, Proposal
from hmis_standards.tabular import Plain
from hmis_standards.toolkit.costs import TotalCost, total_cost
from hmis_standards.toolkit.figures import Figure, total
from hmis_standards.toolkit.panel import CriterionPoints, judged_by_price, judged_by_raters, weight_of
from hmis_standards.vocabulary import Verdict

__all__ = ["ProposalResult", "place"]

Key = tuple[Fraction, Fraction, Fraction]


@frozen(kw_only=True)
class ProposalResult(Plain):
    """One proposal in the evaluation.

    ``gate`` is pass, fail, or cannot_say where a mandatory item has no answer. Only what passed and has points on every
    criterion has a ``rank`` and a ``total``; any other says in ``reasons`` why not. ``tie`` says how a proposal with
    the same total was placed.
    """

    proposal: str
    vendor: str
    gate: Verdict
    reasons: tuple[str, ...] = ()
    cost: TotalCost = field(repr=False)
    judged: tuple[CriterionPoints, ...] = field(default=(), repr=False)
    total: Figure | None = None
    rank: int | None = None
    tie: str = ""

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "rank": self.rank,
            "proposal": self.proposal,
            "vendor": self.vendor,
            "gate": self.gate.value,
            "points": self.total.number if self.total else "",
            "total_cost": self.cost.total.number,
            "reason": "; ".join(text for text in (*self.reasons, self.tie) if text),
        }


def place(
    procurement: Procurement, criteria: Sequence[Criterion], parameters: ParameterSet
) -> tuple[ProposalResult, ...]:
    """Every proposal: the ranked ones in their order, then the rest in that of the file."""
    entered = [_entered(one, procurement, parameters) for one in procurement.proposals]
    lowest = _lowest(one for one in entered if not one.reasons)
    weights = [(one, weight_of(one, procurement, parameters)) for one in criteria]
    judged = [
        _judged(one, proposal, weights, lowest, parameters) if lowest and not one.reasons else one
        for one, proposal in zip(entered, procurement.proposals, strict=True)
    ]
    ranked = _ranked([one for one in judged if one.total is not None])
    return (*ranked, *(one for one in judged if one.total is None))


# --- gates -------------------------------------------------------------------------------------------------


def _entered(proposal: Proposal, procurement: Procurement, parameters: ParameterSet) -> ProposalResult:
    """The proposal with the verdict on its mandatory items and its cost."""
    said = {one.item: one for one in proposal.mandatory}
    failed = [said[one.id] for one in procurement.mandatory if one.id in said and not said[one.id].passed]
    unsaid = [one.id for one in procurement.mandatory if one.id not in said]
    reasons = [f"fails {one.item}{f': {one.note}' if one.note else ''}" for one in failed]
    reasons += [f"no answer on {name}" for name in unsaid]
    return ProposalResult(
        proposal=proposal.id,
        vendor=proposal.vendor,
        gate=_verdict(bool(procurement.mandatory), bool(failed), bool(unsaid)),
        reasons=tuple(reasons),
        cost=total_cost(proposal.costs, parameters, procurement.years),
    )


def _verdict(gated: bool, failed: bool, unsaid: bool) -> Verdict:
    if not gated:
        return Verdict.NO_GATE
    return Verdict.FAIL if failed else Verdict.CANNOT_SAY if unsaid else Verdict.PASS


def _lowest(entered: Iterable[ProposalResult]) -> Figure | None:
    best = min((one.cost.total for one in entered), key=_value, default=None)
    return best and evolve(best, name="lowest", title="Lowest total cost of those that passed")


# --- points and ranks --------------------------------------------------------------------------------------


def _judged(
    standing: ProposalResult,
    proposal: Proposal,
    weights: Iterable[tuple[Criterion, Figure]],
    lowest: Figure,
    parameters: ParameterSet,
) -> ProposalResult:
    """The points of a proposal that passed the gate; without a total where nobody scored a criterion."""
    judged = tuple(
        judged_by_price(one, weight, standing.cost.total, lowest)
        if one.by_price
        else judged_by_raters(one, weight, proposal, parameters)
        for one, weight in weights
    )
    unscored = tuple(f"no scores on {one.criterion.title}" for one in judged if one.points.value is None)
    if unscored:
        return evolve(standing, reasons=unscored)
    points = total("total", f"Points of {standing.vendor}", "points", [one.points for one in judged])
    return evolve(standing, judged=judged, total=points)


def _ranked(scored: Sequence[ProposalResult]) -> tuple[ProposalResult, ...]:
    keys = {one.proposal: _key(one) for one in scored}
    found = []
    for one in sorted(scored, key=lambda one: keys[one.proposal]):
        key = keys[one.proposal]
        rank = 1 + sum(other < key for other in keys.values())
        found.append(evolve(one, rank=rank, tie=_tie(key, list(keys.values()))))
    return tuple(found)


def _key(standing: ProposalResult) -> Key:
    """What a standing is sorted by: total, points on the criterion that breaks ties, cost."""
    decisive = [_value(one.points) for one in standing.judged if one.criterion.breaks_ties]
    return -_value(standing.total), -sum(decisive, Fraction(0)), _value(standing.cost.total)


def _tie(key: Key, keys: Sequence[Key]) -> str:
    """How a total that several have was placed."""
    if sum(other[0] == key[0] for other in keys) == 1:
        return ""
    if keys.count(key) > 1:
        return "the same points, points on the tie-breaker and cost as another: still a tie"
    alone = sum(other[:2] == key[:2] for other in keys) == 1
    return f"the same points as another, placed by {'points on the tie-breaker' if alone else 'the lower cost'}"


def _value(figure: Figure | None) -> Fraction:
    return (figure.value if figure else None) or Fraction(0)
