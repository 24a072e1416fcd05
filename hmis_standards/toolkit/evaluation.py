"""Weighted evaluation of proposals: gates first, then points, a ranking, and how much the weights decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.errors import ParameterOutOfRange
from hmis_standards.model import Criterion, ParameterSet, Procurement
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.toolkit.break_even import BreakEvens, Rival, break_evens
from hmis_standards.toolkit.figures import Figure
from hmis_standards.toolkit.flags import Flag, Flags
from hmis_standards.toolkit.panel import panel_flags, weight_of
from hmis_standards.toolkit.placing import ProposalResult, place
from hmis_standards.toolkit.unscored import best_cases
from hmis_standards.vocabulary import FigureOrigin

__all__ = ["Evaluation", "evaluate"]

_WHOLE = 100


@frozen(kw_only=True)
class Evaluation(Plain, Tabular):
    """The outcome: every proposal, ranked ones first, with what the weights decide and what to look at."""

    title: str
    weights: tuple[Figure, ...] = field(repr=False)
    standings: tuple[ProposalResult, ...]
    sensitivity: BreakEvens = field(repr=False)
    flags: Flags = field(repr=False)

    @property
    def ranked(self) -> tuple[ProposalResult, ...]:
        """The proposals that have a rank, in its order."""
        return tuple(one for one in self.standings if one.rank is not None)

    @property
    def not_ranked(self) -> tuple[ProposalResult, ...]:
        """The proposals that have none, with their reasons."""
        return tuple(one for one in self.standings if one.rank is None)

    @property
    def winner(self) -> ProposalResult | None:
        """The one in first place; None where there is none, or where several are."""
        first = [one for one in self.standings if one.rank == 1]
        return first[0] if len(first) == 1 else None

    def rows(self) -> list[dict[str, Any]]:
        """One row a proposal, with its points on each criterion; one that is not ranked has none."""
        return [{**one.row(), **self._points(one)} for one in self.standings]

    def _points(self, standing: ProposalResult) -> dict[str, str]:
        got = {one.points.name: one.points.number for one in standing.judged}
        names = [f"points_{one.name.removeprefix('weight_')}" for one in self.weights]
        return {name: got.get(name, "") for name in names}

    def explain(self) -> str:
        """Every total down to each rater's score and each price."""
        figures = [one.total or one.cost.total for one in self.standings]
        told = [f"{one.vendor}\n{figure.explain()}" for one, figure in zip(self.standings, figures, strict=True)]
        return "\n\n".join(told)


def evaluate(procurement: Procurement, parameters: ParameterSet) -> Evaluation:
    """Rank the proposals of a purchase.

    Every mandatory item has to be passed; a proposal that fails one, or has no answer on one, is not ranked whatever
    its points. The rest get ``weight * mean / highest score`` on each criterion, and on the price ``weight * lowest
    total cost / total cost``, where lowest is said of those that passed. Equal totals are decided by the points on the
    criterion that breaks ties, then by the lower total cost; what is still equal stays a tie.

    Raises ParameterOutOfRange if the weights do not add up to 100, or a score is higher than the highest.
    """
    criteria = procurement.judged_by(parameters)
    _check(criteria, procurement, parameters)
    placed = place(procurement, criteria, parameters)
    ranked = [one for one in placed if one.rank is not None]
    return Evaluation(
        title=procurement.title,
        weights=tuple(evolve(weight_of(one, procurement, parameters), name=f"weight_{one.id}") for one in criteria),
        standings=placed,
        sensitivity=break_evens(_rivals(ranked), parameters),
        flags=Flags(_flags(procurement, criteria, ranked, parameters)),
    )


def _check(criteria: Sequence[Criterion], procurement: Procurement, parameters: ParameterSet) -> None:
    weights = sum((one.weight for one in criteria), Fraction(0))
    if weights != _WHOLE:
        raise ParameterOutOfRange("the sum of the weights", str(weights), str(_WHOLE))
    highest = parameters.find("highest_score").value
    scores = (one.score for proposal in procurement.proposals for by in proposal.scores for one in by.by)
    beyond = [score for score in scores if not 0 <= score <= highest]
    if beyond:
        raise ParameterOutOfRange("a score", str(beyond[0]), f"from 0 to {highest}")


def _rivals(ranked: Sequence[ProposalResult]) -> list[Rival]:
    """For the question of the weights: the winner first; nothing where several are in first place."""
    if _tied(ranked):
        return []
    return [(one.vendor, one.total, one.judged) for one in ranked if one.total is not None]


def _tied(ranked: Sequence[ProposalResult]) -> bool:
    return [one.rank for one in ranked[:2]] == [1, 1]


# --- what to look at ---------------------------------------------------------------------------------------


def _flags(
    procurement: Procurement, criteria: Sequence[Criterion], ranked: Sequence[ProposalResult], parameters: ParameterSet
) -> Iterator[Flag]:
    for standing in ranked:
        for judged in standing.judged:
            yield from panel_flags(standing.vendor, judged, len(procurement.raters), parameters)
    yield from _undecided(procurement, criteria, ranked, parameters)
    ours, about = FigureOrigin.CONVENTION, procurement.title
    if not procurement.mandatory:
        text = "No item is mandatory: nothing keeps a proposal out that does not do what HUD's standards ask."
        yield Flag(id="no-gate", text=text, about=about, origin=ours)
    if _tied(ranked):
        text = "The first place is a tie that no rule of the evaluation decides: decide it as the request says."
        yield Flag(id="tie", text=text, about=about, origin=ours)


def _undecided(
    procurement: Procurement, criteria: Sequence[Criterion], ranked: Sequence[ProposalResult], parameters: ParameterSet
) -> Iterator[Flag]:
    """Proposals that the scores nobody gave could still put in first place."""
    if not ranked:
        return
    names = {one.id: one.vendor for one in procurement.proposals}
    highest = parameters.find("highest_score").value
    for rival, best in best_cases(procurement, criteria, ranked[0].proposal, highest):
        first = [one.proposal for one in place(best, criteria, parameters) if one.rank == 1]
        if rival in first:
            text = f"{names[rival]} could still come first with the scores that are missing: have them given."
            yield Flag(id="missing-decides", text=text, about=names[rival], origin=FigureOrigin.CONVENTION)
