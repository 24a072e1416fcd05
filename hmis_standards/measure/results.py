"""What a measurement gives: counts. Judging them is another step, done elsewhere and as often as one likes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, overload

from attrs import field, frozen

from hmis_standards.tabular import Plain, Tabular, decimal_text
from hmis_standards.vocabulary import Dimension

__all__ = ["SLICES", "STATUSES", "WITHHELD", "MeasureResult", "Measures"]

SLICES = ("system", "project_type", "project")
"""What a result can be about."""
WITHHELD = "withheld"
"""The status of a result whose counts are not for the public, and what stands in a table in place of them."""
STATUSES = ("ok", "not_applicable", "error", WITHHELD)
"""What a result can be; only one that is ``ok`` has a value."""


@frozen(kw_only=True)
class MeasureResult(Plain):
    """One measure on one slice. ``value`` is exact; with nobody to count there is none, and ``reason`` says so.

    ``slice`` is ``system``, ``project_type`` or ``project``; ``project_types`` holds the HUD codes the slice is made
    of (several for emergency shelter, whose two types share a coverage rate; empty for the system).
    """

    measure: str
    dimension: Dimension
    slice: str
    project_types: tuple[int, ...] = ()
    project_id: str | None = None
    project_name: str | None = None
    numerator: int
    denominator: int
    status: str = "ok"
    reason: str = ""

    @property
    def value(self) -> Fraction | None:
        """Numerator over denominator, exact; None where the denominator is 0."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def row(self) -> dict[str, Any]:
        """The result as a flat row: types joined by ``+``, the value exact to six decimals, no counts if withheld."""
        return {
            "measure": self.measure,
            "dimension": self.dimension.value,
            "slice": self.slice,
            "project_type": "+".join(str(code) for code in self.project_types),
            "project_id": self.project_id or "",
            "numerator": "" if self.status == WITHHELD else self.numerator,
            "denominator": "" if self.status == WITHHELD else self.denominator,
            "value": decimal_text(self.value, 6),
            "status": self.status,
            "reason": self.reason,
        }


@frozen(kw_only=True)
class Measures(Tabular, Sequence[MeasureResult]):
    """The results of one run, with its period; a sequence of MeasureResult.

    ``outside`` is a sentence where the period reaches beyond that of the export, whose data do not cover it then.
    """

    start: date
    end: date
    bed_night: date
    outside: str = ""
    results: tuple[MeasureResult, ...] = field(repr=lambda results: f"<{len(results)} results>")

    @overload
    def __getitem__(self, place: int) -> MeasureResult: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[MeasureResult, ...]: ...
    def __getitem__(self, place: int | slice) -> MeasureResult | tuple[MeasureResult, ...]:
        return self.results[place]

    def __len__(self) -> int:
        return len(self.results)

    def __iter__(self) -> Iterator[MeasureResult]:
        return iter(self.results)

    def of(self, measure: str, slice: str | None = None) -> tuple[MeasureResult, ...]:
        """The results of one measure, of one kind of slice if given."""
        return tuple(r for r in self.results if r.measure == measure and slice in {None, r.slice})

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a result."""
        return [result.row() for result in self.results]

    def to_dict(self) -> dict[str, Any]:
        """Period and rows as plain values."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "bed_night": self.bed_night.isoformat(),
            "outside": self.outside,
            "results": self.rows(),
        }
