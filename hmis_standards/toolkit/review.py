"""A whole purchase: the evaluation of its proposals, the method its value asks for, and the days before it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.model import ParameterSet, Procurement
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.toolkit.deadlines import Deadlines, safe_dates
from hmis_standards.toolkit.evaluation import Evaluation, evaluate
from hmis_standards.toolkit.figures import MONEY, Figure, given
from hmis_standards.toolkit.flags import Flag, Flags
from hmis_standards.toolkit.purchase import Purchase, purchase_method
from hmis_standards.vocabulary import ProcurementMethod

__all__ = ["ProcurementReview", "procurement_review"]


@frozen(kw_only=True)
class ProcurementReview(Plain, Tabular):
    """The evaluation, the method, and the deadlines where the contract that ends is known."""

    evaluation: Evaluation
    purchase: Purchase = field(repr=False)
    deadlines: Deadlines | None = field(default=None, repr=False)
    flags: Flags = field(repr=False)

    def rows(self) -> list[dict[str, Any]]:
        """One row a proposal."""
        return self.evaluation.rows()

    def explain(self) -> str:
        """Every number of the three parts with its formula, inputs and origin."""
        weights = [one for each in self.evaluation.sensitivity for one in (each.lowest, each.highest)]
        parts = [self.evaluation.explain(), *(one.explain() for one in weights if one.inputs), self.purchase.explain()]
        return "\n\n".join([*parts, *([self.deadlines.explain()] if self.deadlines else [])])


def procurement_review(procurement: Procurement, parameters: ParameterSet, on: date) -> ProcurementReview:
    """Evaluate the proposals, find the method, and count back from the contract's last day; ``on`` is today.

    The method goes by the buyer's estimate, else by the highest total cost offered, and by the limits of the day on
    which the request was published.

    Raises as ``evaluate`` does; ValueError where there is neither an estimate nor a proposal.
    """
    evaluation = evaluate(procurement, parameters)
    purchase = purchase_method(_value(procurement, evaluation), parameters, procurement.published)
    deadlines = safe_dates(procurement.contract, parameters, on) if procurement.contract else None
    outgrown = _outgrown(evaluation, purchase, parameters)
    told = (*evaluation.flags, *outgrown, *purchase.flags, *(deadlines.flags if deadlines else ()))
    return ProcurementReview(evaluation=evaluation, purchase=purchase, deadlines=deadlines, flags=Flags(told))


def _value(procurement: Procurement, evaluation: Evaluation) -> Figure:
    if procurement.estimate is not None:
        why = "The buyer's own estimate over the whole term."
        return given("value", "Value of the purchase", procurement.estimate, MONEY, why)
    if not evaluation.standings:
        raise ValueError("a purchase without proposals needs an estimate of its cost")
    highest = max((one.cost.total for one in evaluation.standings), key=lambda one: one.value or Fraction(0))
    return evolve(highest, name="value", title="Value of the purchase: the highest total cost offered")


def _outgrown(evaluation: Evaluation, purchase: Purchase, parameters: ParameterSet) -> list[Flag]:
    """A first place that costs more than the method of the estimate allows."""
    if evaluation.winner is None:
        return []
    cost = evaluation.winner.cost.total
    needed = purchase_method(cost, parameters, purchase.on).method
    if _ORDER.index(needed) <= _ORDER.index(purchase.method):
        return []
    asks = f"costs {cost.text}, which asks for {needed.label}; the estimate went by {purchase.method.label}"
    text = f"{evaluation.winner.vendor} {asks}."
    origin = purchase.limits[0].inputs[0].origin
    return [Flag(id="above-method", text=text, about=evaluation.winner.vendor, origin=origin, figures=(cost,))]


_ORDER = list(ProcurementMethod)
