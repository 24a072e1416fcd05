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

    ``computed`` is false for measures that benchmarks name but no export can give: they are reported as not measured,
    never as met. ``needs`` says what else it would take; it is empty for measures that are computed.
    """

    id: str
    title: str
    text: str = field(repr=False)
    dimension: Dimension
    numerator: str = field(repr=False)
    denominator: str = field(repr=False)
    computed: bool
    needs: str = field(default="", repr=False)
    citations: tuple[Citation, ...] = field(repr=False)
