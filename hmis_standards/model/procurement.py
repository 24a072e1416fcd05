"""A purchase as its buyer wrote it down: what was asked, what was offered, and how the panel scored it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import field, frozen

from hmis_standards.model.parameters import ParameterSet
from hmis_standards.tabular import Plain

__all__ = [
    "Contract",
    "CostLine",
    "Costs",
    "Criterion",
    "CriterionScores",
    "Mandatory",
    "MandatoryAnswer",
    "Procurement",
    "Proposal",
    "RaterScore",
]

# The shipped criteria that are not like the others.
_PRICED, _DECISIVE = "cost", "reporting"


@frozen(kw_only=True)
class Criterion(Plain):
    """One thing proposals are judged by. Weights of all add up to 100.

    One criterion may be ``by_price``: its points come from the total cost, not from raters. More points on the one
    that ``breaks_ties`` put a proposal before another with the same total.
    """

    id: str
    title: str
    weight: Fraction
    by_price: bool = False
    breaks_ties: bool = False


@frozen(kw_only=True)
class Mandatory(Plain):
    """What a proposal must have to be ranked at all: an item of the catalog, or a demand of one's own with a text."""

    id: str
    text: str = ""


@frozen(kw_only=True)
class MandatoryAnswer(Plain):
    """Whether a proposal has it, and how that was seen."""

    item: str
    passed: bool
    note: str = field(default="", repr=False)


@frozen(kw_only=True)
class RaterScore(Plain):
    """What one rater gave."""

    rater: str
    score: Fraction
    note: str = field(default="", repr=False)


@frozen(kw_only=True)
class CriterionScores(Plain):
    """What the raters gave a proposal on one criterion."""

    criterion: str
    by: tuple[RaterScore, ...]


@frozen(kw_only=True)
class CostLine(Plain):
    """One line of a price form, in dollars."""

    what: str
    price: Fraction
    quantity: Fraction = Fraction(1)


@frozen(kw_only=True)
class Costs(Plain):
    """What a proposal costs. ``yearly`` are first-year prices; ``yearly_rise`` is the cap it offers, in percent."""

    one_time: tuple[CostLine, ...] = ()
    yearly: tuple[CostLine, ...]
    exit: tuple[CostLine, ...] = ()
    yearly_rise: Fraction | None = None


@frozen(kw_only=True)
class Proposal(Plain):
    """One vendor's offer with what the panel found."""

    id: str
    vendor: str
    mandatory: tuple[MandatoryAnswer, ...] = field(default=(), repr=False)
    scores: tuple[CriterionScores, ...] = field(default=(), repr=False)
    costs: Costs = field(repr=False)


@frozen(kw_only=True)
class Contract(Plain):
    """The contract that ends: its last day, and the days of notice it asks for."""

    ends: date
    notice_days: int | None = None


@frozen(kw_only=True)
class Procurement(Plain):
    """A purchase. ``published`` is the day the request went out with its criteria and weights.

    ``years`` is the term with the renewals one expects, ``estimate`` the buyer's own of its cost.
    """

    title: str
    published: date
    years: int | None = None
    estimate: Fraction | None = None
    contract: Contract | None = None
    criteria: tuple[Criterion, ...] = field(default=(), repr=False)
    mandatory: tuple[Mandatory, ...] = field(default=(), repr=False)
    raters: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = field(repr=lambda proposals: f"<{len(proposals)} proposals>")

    def judged_by(self, parameters: ParameterSet) -> tuple[Criterion, ...]:
        """Its own criteria, or those of the parameters where it has none."""
        return self.criteria or tuple(
            Criterion(id=id, title=one.title, weight=one.value, by_price=id == _PRICED, breaks_ties=id == _DECISIVE)
            for id, one in parameters.table("weight").items()
        )
