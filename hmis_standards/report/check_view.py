"""What the data quality checks found: tallies by dimension and severity, then the findings, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from hmis_standards.measure.results import WITHHELD
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.words import anchor, cap, count, tenth
from hmis_standards.vocabulary import CountedUnit, Dimension, Severity

if TYPE_CHECKING:
    from hmis_standards.measure import Finding

__all__ = ["FIRST_FINDINGS", "CheckTally", "ChecksView", "FindingRow", "SeverityRows", "checks_view", "made_and_found"]

FIRST_FINDINGS = 5
"""Findings of a severity shown at once; the others follow in a fold."""


@frozen(kw_only=True)
class CheckTally:
    """The checks of one dimension: for each severity how many of those made found something; how many were not made."""

    name: str
    cells: tuple[str, ...]
    nothing: int
    unmade: int
    withheld: int


@frozen(kw_only=True)
class FindingRow:
    """One check that found something."""

    title: str
    id: str
    found: str
    share: str
    rule: str
    agency: str


@frozen(kw_only=True)
class SeverityRows:
    """The findings of one severity, the most records first."""

    title: str
    link: str
    rows: tuple[FindingRow, ...]


@frozen(kw_only=True)
class ChecksView:
    """All that the checks found, ready for display."""

    intro: str
    severities: tuple[str, ...]
    tallies: tuple[CheckTally, ...]
    groups: tuple[SeverityRows, ...]
    unmade: tuple[tuple[str, str], ...]


def checks_view(parts: ReportParts) -> ChecksView | None:
    """The view of the findings; None where no checks were made."""
    if parts.findings is None:
        return None
    found = tuple(parts.findings)
    return ChecksView(
        intro=made_and_found(found),
        severities=tuple(cap(one.label) for one in Severity),
        tallies=tuple(_tallies(found)),
        groups=tuple(_groups(found)),
        unmade=tuple((one.check.title, one.reason) for one in found if one.status == "error"),
    )


def made_and_found(found: Iterable[Finding]) -> str:
    """One sentence: how many checks were made, how many found something, how many of these weigh most."""
    listed = tuple(found)
    made = [one for one in listed if one.status == "ok"]
    flagged = [one for one in made if one.count]
    grave = sum(one.check.severity is Severity.HIGH_PRIORITY for one in flagged)
    unmade, hidden = (sum(one.status == word for one in listed) for word in ("error", WITHHELD))
    told = f"Of {count(len(made), 'data quality check')} made on the records, {len(flagged)} found something"
    weight = f", {grave} of them of high priority" if grave else ""
    rest = f"; {unmade:,} more could not be made" if unmade else ""
    small = f"; {hidden:,} more found little, or found nearly all, and are withheld" if hidden else ""
    return f"{told}{weight}{rest}{small}."


def _tallies(found: tuple[Finding, ...]) -> Iterable[CheckTally]:
    for dimension in Dimension:
        own = [one for one in found if one.check.dimension is dimension]
        if own:
            yield CheckTally(
                name=cap(dimension.label),
                cells=tuple(_tally([one for one in own if one.check.severity is severity]) for severity in Severity),
                nothing=sum(one.status == "not_applicable" for one in own),
                unmade=sum(one.status == "error" for one in own),
                withheld=sum(one.status == WITHHELD for one in own),
            )


def _tally(own: list[Finding]) -> str:
    made = [one for one in own if one.status == "ok"]
    return f"{sum(one.count > 0 for one in made)} of {len(made)}" if made else "–"


def _groups(found: tuple[Finding, ...]) -> Iterable[SeverityRows]:
    for severity in Severity:
        own = [one for one in found if one.check.severity is severity and one.count]
        own.sort(key=lambda one: (-one.count, one.check.id))
        if own:
            title = _GROUPS[severity]
            yield SeverityRows(title=title, link=anchor("found", severity.value), rows=tuple(map(_row, own)))


_GROUPS = {Severity.HIGH_PRIORITY: "High priority", Severity.ERROR: "Errors", Severity.WARNING: "Warnings"}


def _row(one: Finding) -> FindingRow:
    unit, units = _UNITS[one.check.unit]
    return FindingRow(
        title=one.check.title,
        id=one.check.id,
        found=f"{one.count:,} of {count(one.denominator, unit, units)}",
        share=tenth(Fraction(one.count, one.denominator)),
        rule=one.check.rule,
        agency=one.check.guidance.agency,
    )


_UNITS = {
    CountedUnit.ENROLLMENT: ("enrollment", "enrollments"),
    CountedUnit.HOUSEHOLD: ("household", "households"),
    CountedUnit.CLIENT: ("client", "clients"),
    CountedUnit.PROJECT: ("project", "projects"),
    CountedUnit.RECORD: ("record", "records"),
    CountedUnit.PAIR: ("pair of enrollments", "pairs of enrollments"),
    CountedUnit.COLUMN: ("column", "columns"),
    CountedUnit.FILE: ("file", "files"),
}
