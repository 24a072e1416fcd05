"""What is measured on an export: the definition of a measure, not its result."""

from __future__ import annotations

from attrs import field, frozen

from hmis_standards.model.sources import Citation
from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import Dimension

__all__ = ["Measure"]


@frozen(kw_only=True)
class Measure(Plain):
    """A ratio of two counts on an HMIS CSV export.

    ``computed`` is false for measures that benchmarks already name but this version does not calculate: they
    are reported as not measured, never as met.
    """

    id: str
    title: str
    text: str = field(repr=False)
    dimension: Dimension
    numerator: str = field(repr=False)
    denominator: str = field(repr=False)
    computed: bool
    citations: tuple[Citation, ...] = field(repr=False)
