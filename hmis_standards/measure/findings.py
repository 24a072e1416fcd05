"""What checks find: counts by check, and the rows behind a count only on request. Never a value of a client."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from attrs import field, frozen

from hmis_standards.errors import UnknownCheck
from hmis_standards.ids import close_matches
from hmis_standards.measure.results import WITHHELD
from hmis_standards.model import Check
from hmis_standards.tabular import Plain, Tabular, frame, html_table
from hmis_standards.vocabulary import Severity

__all__ = ["FINDING_FIELDS", "SUMMARY_FIELDS", "Finding", "FindingSet"]

SUMMARY_FIELDS = ("check", "title", "dimension", "severity", "count", "denominator", "status", "reason", "eva")
"""The columns of summary.csv."""
FINDING_FIELDS = (
    "check", "severity", "table", "project_id", "personal_id", "enrollment_id", "household_id", "record_id", "detail",
)  # fmt: skip
"""The columns of findings.csv."""


@frozen(kw_only=True)
class Finding(Plain):
    """How many a check flags, and among how many.

    ``status`` is ``ok``, ``not_applicable`` (nobody to look at, another edition, an option that is off) or ``error``
    (it could not be made, such as for want of a column: nothing is known, and nothing passed); ``reason`` says why. In
    findings for the public it can be ``withheld``, without counts.
    """

    check: Check
    count: int = 0
    denominator: int = 0
    status: str = "ok"
    reason: str = ""

    def row(self) -> dict[str, Any]:
        """The finding as a row of summary.csv."""
        one = self.check
        return {
            "check": one.id,
            "title": one.title,
            "dimension": one.dimension.value,
            "severity": one.severity.value,
            "count": "" if self.status == WITHHELD else self.count,
            "denominator": "" if self.status == WITHHELD else self.denominator,
            "status": self.status,
            "reason": self.reason,
            "eva": ";".join(map(str, one.eva)),
        }

    def to_dict(self) -> dict[str, Any]:
        """The row of summary.csv as plain values."""
        return self.row()


@frozen(kw_only=True)
class FindingSet(Tabular, Sequence[Finding]):
    """The findings of one run, one for every check; a sequence of Finding.

    ``rows()`` are the counts. ``rows("exit-before-start")`` are the records behind one of them, which takes the export:
    ask while it is open.
    """

    edition: str
    settings: tuple[tuple[str, int], ...] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    _records: Callable[[Check], list[dict[str, Any]]] = field(repr=False, eq=False)

    def __repr__(self) -> str:
        flagged = {word: sum(one.count > 0 for one in self.of(word)) for word in Severity}
        told = ", ".join(f"{number} {word.label}" for word, number in flagged.items())
        unmade = sum(one.status == "error" for one in self.findings)
        more = f"; {unmade} could not be made" if unmade else ""
        return f"<FindingSet {self.edition}: {len(self.findings)} checks; with findings: {told}{more}>"

    @overload
    def __getitem__(self, place: int | str) -> Finding: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, place: int | str | slice) -> Finding | tuple[Finding, ...]:
        """By place, or by the id of the check. Raises UnknownCheck, IndexError."""
        return self._of_check(place) if isinstance(place, str) else self.findings[place]

    def _of_check(self, name: str) -> Finding:
        for one in self.findings:
            if one.check.id == name:
                return one
        raise UnknownCheck(name, close_matches(name, [one.check.id for one in self.findings]))

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def of(self, severity: Severity | str) -> tuple[Finding, ...]:
        """The findings of one severity. Raises ValueError for a word that is none."""
        return tuple(one for one in self.findings if one.check.severity is Severity(severity))

    def rows(self, check: str | None = None) -> list[dict[str, Any]]:
        """Without a check one row a check, as in summary.csv; with one the records it flags, as in findings.csv.

        The records are ordered by their ids. A check that is not ``ok`` has none.

        Raises:
            UnknownCheck: it was not made.
            ExportError: the export is closed.
        """
        if check is None:
            return [one.row() for one in self.findings]
        found = self[check]
        return self._records(found.check) if found.status == "ok" and found.count else []

    def to_frame(self, check: str | None = None) -> Any:
        """``rows`` as a pandas DataFrame if pandas is installed, else as a pyarrow Table."""
        return frame(self.rows(check))

    def to_dict(self) -> dict[str, Any]:
        """Edition, settings and counts as plain values."""
        return {"edition": self.edition, "settings": dict(self.settings), "findings": self.rows()}

    def _repr_html_(self) -> str:
        shown = [one for one in self.findings if one.count or one.status == "error"]
        order = list(Severity)
        shown.sort(key=lambda one: (order.index(one.check.severity), -one.count))
        return f"<p>{len(shown)} of {len(self)} checks found something or could not be made</p>" + html_table(
            [one.row() for one in shown]
        )
