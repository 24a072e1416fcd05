"""The budget of an HMIS over some years: costs, funding, gap, rules on the money, unit costs, fees."""

from __future__ import annotations

from html import escape
from typing import Any

from attrs import field, frozen

from hmis_standards.model import Eligibility, ParameterSet
from hmis_standards.tabular import Tabular, html_table
from hmis_standards.toolkit.budget_faults import budget_faults
from hmis_standards.toolkit.budget_findings import budget_flags
from hmis_standards.toolkit.budget_plan import BudgetPlan
from hmis_standards.toolkit.fees import AgencyFee, agency_fees
from hmis_standards.toolkit.figures import MONEY, Figure, Figures, brief, number_text, total
from hmis_standards.toolkit.flags import Flags
from hmis_standards.toolkit.grant_rules import (
    Administration,
    LineEligibility,
    Match,
    MatchVerdict,
    administration,
    line_eligibility,
    match_verdicts,
    matches,
)
from hmis_standards.toolkit.projection import YearBudget, flat, projected

__all__ = ["NOTE", "Budget", "budget"]

NOTE = (
    "A proposal to be looked through, not an approval: what a grant may pay is HUD's to say. Growth and limits are "
    "conventions of this project; the bases of the cap on administration and of the indirect rate are from memory."
)


@frozen(kw_only=True)
class Budget(Tabular):
    """The years, and what the rules say. ``total`` and ``gap`` are over all years.

    ``lines`` has a row for each line, category and payer; ``administration`` and ``match`` one for each CoC grant and
    year; ``fees`` one for each agency, in the first year. ``flags`` is what to look at.
    """

    subject: str
    years: tuple[YearBudget, ...] = field(repr=False)
    total: Figure = field(repr=brief)
    gap: Figure = field(repr=brief)
    lines: tuple[LineEligibility, ...] = field(repr=False)
    administration: tuple[Administration, ...] = field(repr=False)
    match: tuple[Match, ...] = field(repr=False)
    match_verdicts: tuple[MatchVerdict, ...] = field(repr=False)
    fees: tuple[AgencyFee, ...] = field(repr=False)
    flags: Flags = field(repr=False)

    def rows(self) -> list[dict[str, Any]]:
        """One row a year."""
        return [one.row() for one in self.years]

    def line_rows(self) -> list[dict[str, Any]]:
        """One row a year and line: what it costs."""
        return [
            {"year": one.year, "line": line.title.rpartition(",")[0], "amount": number_text(line)}
            for one in self.years
            for line in one.lines
        ]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values; ``gap`` holds the whole calculation, the years each figure with its formula."""
        lists = ("years", "lines", "administration", "match", "match_verdicts", "fees")
        return {
            "subject": self.subject,
            "total": flat(self.total),
            "gap": self.gap.to_dict(),
            **{name: [one.to_dict() for one in getattr(self, name)] for name in lists},
            **self.flags.to_dict(),
            "note": NOTE,
        }

    def explain(self) -> str:
        """Every number with its formula, down to what was given and whose number each parameter is."""
        first = self.years[0]
        each = (first.per_user, first.per_project, first.per_organization, first.fee_per_license)
        rules = [figure for one in self.match for figure in (one.missing, one.unclear)]
        caps = [one.most for one in self.administration]
        return Figures((self.gap, *each, *caps, *rules)).explain()

    def text(self) -> str:
        """A summary for people."""
        lines = [
            f"{one.year}: costs {one.total.text}, funding {one.funding.text}, gap {one.gap.text}" for one in self.years
        ]
        return "\n".join([*lines, *(f"- {flag.text}" for flag in self.flags), NOTE])

    def _repr_html_(self) -> str:
        found = "".join(f"<li>{escape(flag.text)}</li>" for flag in self.flags)
        return f"{html_table(self.rows())}<ul>{found}</ul><p>{NOTE}</p>"


def budget(plan: BudgetPlan, parameters: ParameterSet, eligibility: Eligibility) -> Budget:
    """The projection of a plan, with ``load_parameters("budget")`` and ``load_eligibility()``.

    Money is exact, rounded to the cent, halves up, at each amount that is calculated: so what is printed adds up.

    Raises ValueError for a plan whose parts do not go together; ``read_budget`` tells all of it with lines.
    """
    for at, message, hint in budget_faults(plan, eligibility):
        raise ValueError(f"{'/'.join(map(str, at))}: {message}{f' ({hint})' if hint else ''}")
    years = projected(plan, parameters, eligibility)
    lines = tuple(line_eligibility(plan, eligibility))
    caps = tuple(administration(plan, parameters, len(years)))
    verdicts = match_verdicts(plan, eligibility)
    needs = tuple(matches(plan, parameters, verdicts, len(years)))
    return Budget(
        subject=plan.subject,
        years=years,
        total=total("total", "Costs of all years", MONEY, (one.total for one in years)),
        gap=total("gap", "Costs less funding, all years", MONEY, (one.gap for one in years)),
        lines=lines,
        administration=caps,
        match=needs,
        match_verdicts=verdicts,
        fees=agency_fees(plan, years[0], parameters),
        flags=budget_flags(plan, parameters, years, lines, caps, verdicts, needs),
    )
