"""Scores that raters left out, and what they could still change."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from attrs import evolve

from hmis_standards.model import Criterion, CriterionScores, Procurement, Proposal, RaterScore

__all__ = ["best_cases"]


def best_cases(
    procurement: Procurement, criteria: Collection[Criterion], leader: str, highest: Fraction
) -> Iterator[tuple[str, Procurement]]:
    """For each proposal but the leader, the purchase as it stands best for it.

    Every score it lacks is the highest, every one the leader lacks is 0. Nothing is given where neither lacks any.
    """
    rated = [one.id for one in criteria if not one.by_price]
    lowered = {one.id: _filled(one, rated, procurement.raters, Fraction(0)) for one in procurement.proposals}
    for rival in procurement.proposals:
        if rival.id == leader:
            continue
        chosen = {leader: lowered[leader], rival.id: _filled(rival, rated, procurement.raters, highest)}
        proposals = tuple(chosen.get(one.id, one) for one in procurement.proposals)
        if proposals != procurement.proposals:
            yield rival.id, evolve(procurement, proposals=proposals)


def _filled(proposal: Proposal, rated: Collection[str], raters: Collection[str], score: Fraction) -> Proposal:
    """The proposal with a score by every rater on every criterion."""
    said = {one.criterion: one for one in proposal.scores}
    scores = tuple(_completed(said.get(name, CriterionScores(criterion=name, by=())), raters, score) for name in rated)
    return proposal if set(scores) == set(proposal.scores) else evolve(proposal, scores=scores)


def _completed(scores: CriterionScores, raters: Collection[str], score: Fraction) -> CriterionScores:
    there = {one.rater for one in scores.by}
    more = tuple(RaterScore(rater=rater, score=score) for rater in raters if rater not in there)
    return evolve(scores, by=(*scores.by, *more))
