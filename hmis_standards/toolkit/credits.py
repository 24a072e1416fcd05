"""Credits for a month: a tier by availability, more for severities that missed their goal, and a cap."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import field, frozen

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain
from hmis_standards.toolkit.figures import MONEY, Figure, computed, given, taken, total

__all__ = ["Credit", "credit"]


@frozen(kw_only=True)
class Credit(Plain):
    """What is credited: ``share`` of the monthly fee in percent, ``amount`` in dollars where the fee is known."""

    tier: Figure = field(repr=False)
    missed: Figure = field(repr=False)
    share: Figure
    amount: Figure | None = None


def credit(
    availability: Figure | None, missed: Iterable[str], parameters: ParameterSet, fee: Fraction | int | None = None
) -> Credit:
    """The credit of a month: min(cap, tier of the availability + credits of the severities that missed) * fee.

    ``availability`` is in percent. At or above the target there is no tier; below it, that with the highest floor which
    is reached. Without an availability the tier is 0.
    """
    tier = _tier(availability, parameters)
    more = [taken(parameters.find("missed_severity_credit", one), f"missed_{one}".replace("-", "_")) for one in missed]
    extra = total("missed", "Credits for severities that missed their goal", _UNIT, more)
    cap = taken(parameters.find("credit_cap"))
    share = computed("credit", "Credit", "min(credit_cap, tier + missed)", _UNIT, [cap, tier, extra])
    amount = _amount(share, fee) if fee is not None else None
    return Credit(tier=tier, missed=extra, share=share, amount=amount)


_UNIT = "% of the monthly fee"


def _tier(availability: Figure | None, parameters: ParameterSet) -> Figure:
    value = None if availability is None else availability.value
    if value is None or value >= parameters.find("availability_target").value:
        why = "The target was reached." if value is not None else "Availability is not known."
        return given("tier", "Credit by availability", 0, _UNIT, why)
    floors = {name: one.value for name, one in parameters.table("tier_floor").items()}
    reached = [name for name, floor in floors.items() if floor <= value] or [min(floors, key=lambda name: floors[name])]
    best = max(reached, key=lambda name: floors[name])
    return taken(parameters.find("tier_credit", best), "tier")


def _amount(share: Figure, fee: Fraction | int) -> Figure:
    monthly = given("monthly_fee", "Monthly fee", fee, MONEY)
    return computed("credit_amount", "Credit in dollars", "monthly_fee * credit / 100", MONEY, [monthly, share])
