"""What agencies would pay: a fee for each license that covers what no other money pays, and an example scale."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain
from hmis_standards.toolkit.budget_plan import Agency, BudgetPlan
from hmis_standards.toolkit.figures import MONEY, Figure, brief, computed, given, number_text, taken
from hmis_standards.toolkit.projection import YearBudget, flat

__all__ = ["AgencyFee", "agency_fees"]


@frozen(kw_only=True)
class AgencyFee(Plain):
    """What one agency would pay in the first year: by its licenses, and by the tier of its budget."""

    agency: str
    by_license: Figure = field(repr=brief)
    by_tier: Figure = field(repr=brief)

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        amounts = {"by_license": number_text(self.by_license), "by_tier": number_text(self.by_tier)}
        return {"agency": self.agency, **amounts}

    def to_dict(self) -> dict[str, Any]:
        """The agency with its fees, each without what lies below it."""
        return {"agency": self.agency, "by_license": flat(self.by_license), "by_tier": flat(self.by_tier)}


def agency_fees(plan: BudgetPlan, first: YearBudget, parameters: ParameterSet) -> tuple[AgencyFee, ...]:
    """The fees of each agency of the plan."""
    return tuple(
        AgencyFee(agency=one.name, by_license=_by_license(one, first), by_tier=_by_tier(one, parameters))
        for one in plan.agencies
    )


def _by_license(agency: Agency, first: YearBudget) -> Figure:
    licenses = given("agency_licenses", f"Licenses of {agency.name}", agency.licenses, "licenses")
    formula = f"agency_licenses * {first.fee_per_license.name}"
    return computed("by_license", f"Fee of {agency.name} by license", formula, MONEY, (licenses, first.fee_per_license))


def _by_tier(agency: Agency, parameters: ParameterSet) -> Figure:
    """The fee of the lowest tier whose limit is above the agency's budget."""
    limits = parameters.table("fee_tier_below")
    above = [tier for tier, one in sorted(limits.items(), key=lambda pair: pair[1].value) if agency.budget < one.value]
    return taken(parameters.find("fee_tier", above[0] if above else "above"))
