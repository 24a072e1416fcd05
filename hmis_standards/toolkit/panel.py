"""What a panel gave a proposal on one criterion: the mean of the raters, how far they lie apart, and the points."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.model import Criterion, ParameterSet, Procurement, Proposal
from hmis_standards.tabular import Plain
from hmis_standards.toolkit.figures import Figure, computed, given, taken
from hmis_standards.toolkit.flags import Flag
from hmis_standards.vocabulary import FigureOrigin

__all__ = ["CriterionPoints", "judged_by_price", "judged_by_raters", "panel_flags", "weight_of"]


@frozen(kw_only=True)
class CriterionPoints(Plain):
    """A proposal on one criterion.

    ``share`` is how much of the best possible it reached, ``points`` the weight times that. ``spread`` is the standard
    deviation of the raters; it cannot be said of fewer than two, nor of a price.
    """

    criterion: Criterion
    share: Figure = field(repr=False)
    points: Figure
    spread: Figure | None = field(default=None, repr=False)
    raters: int = 0

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        spread = self.spread.number if self.spread else ""
        return {"criterion": self.criterion.id, "points": self.points.number, "spread": spread, "raters": self.raters}


def weight_of(criterion: Criterion, procurement: Procurement, parameters: ParameterSet) -> Figure:
    """A criterion's weight: published with the request, or the parameters'."""
    if procurement.criteria:
        why = f"Published with the request on {procurement.published}."
        return given("weight", f"Weight of {criterion.title}", criterion.weight, "points of 100", why)
    return taken(parameters.find("weight", criterion.id), "weight")


def judged_by_raters(
    criterion: Criterion, weight: Figure, proposal: Proposal, parameters: ParameterSet
) -> CriterionPoints:
    """Points from the mean of the raters who scored it: weight * mean / highest score. Without a score, none."""
    scores = _scores(criterion, proposal)
    title = f"{criterion.title}: mean of the raters"
    mean = computed("mean", title, _mean([one.name for one in scores]), "score", scores)
    highest = taken(parameters.find("highest_score"))
    share = computed("share", f"{criterion.title}: share reached", "mean / highest_score", "", [mean, highest])
    spread = _spread(criterion, scores, mean) if len(scores) > 1 else None
    return _judged(criterion, weight, share, spread, len(scores))


def judged_by_price(criterion: Criterion, weight: Figure, cost: Figure, lowest: Figure) -> CriterionPoints:
    """Points from the total cost: weight * lowest / this one. What costs nothing has all of them."""
    formula = "lowest / total_cost" if cost.value else "1"
    share = computed("share", f"{criterion.title}: the lowest by this one", formula, "", [lowest, cost])
    return _judged(criterion, weight, share, None, 0)


def _judged(criterion: Criterion, weight: Figure, share: Figure, spread: Figure | None, raters: int) -> CriterionPoints:
    points = computed(f"points_{criterion.id}", criterion.title, "weight * share", "points", [weight, share])
    return CriterionPoints(criterion=criterion, share=share, points=points, spread=spread, raters=raters)


def _scores(criterion: Criterion, proposal: Proposal) -> list[Figure]:
    said = [one for scored in proposal.scores if scored.criterion == criterion.id for one in scored.by]
    why = "The rater's sheet."
    return [given(f"score_{one.rater}", f"Score by {one.rater}", one.score, "score", why) for one in said]


def _mean(names: list[str]) -> str:
    """Of no scores, what cannot be said."""
    return f"({' + '.join(names) or '0'}) / {len(names)}"


def _spread(criterion: Criterion, scores: list[Figure], mean: Figure) -> Figure:
    squares = " + ".join(f"({one.name} - mean) * ({one.name} - mean)" for one in scores)
    title = f"{criterion.title}: standard deviation of the raters"
    return computed("spread", title, f"root(({squares}) / {len(scores)})", "score", [*scores, mean])


def panel_flags(vendor: str, judged: CriterionPoints, panel: int, parameters: ParameterSet) -> list[Flag]:
    """Raters who lie too far apart, and raters who are missing."""
    found = []
    limit = taken(parameters.find("spread_limit"))
    about = f"{vendor}, {judged.criterion.title}"
    if judged.spread is not None and _over(judged.spread, limit):
        text = f"{about}: the raters lie {judged.spread.number} apart (standard deviation), more than {limit.number}"
        found.append(_differ(f"{text}; let them talk and score again.", about, judged.spread, limit))
    if 0 < judged.raters < panel:
        text = f"{about}: {judged.raters} of {panel} raters scored it; the mean is of those."
        found.append(Flag(id="rater-missing", text=text, about=about, origin=FigureOrigin.CONVENTION))
    return found


def _differ(text: str, about: str, spread: Figure, limit: Figure) -> Flag:
    return Flag(id="raters-differ", text=text, about=about, origin=limit.origin, figures=(spread, limit))


def _over(figure: Figure, limit: Figure) -> bool:
    return (figure.value or Fraction(0)) > (limit.value or Fraction(0))
