"""Frozen domain objects: what the YAML becomes once it has been read and checked."""

from hmis_standards.model.benchmarks import Benchmark, BenchmarkSet, MeasureRef, Target
from hmis_standards.model.catalog import Catalog
from hmis_standards.model.documents import Document, Section
from hmis_standards.model.hmis_csv import CodeList, CsvColumn, CsvFile, Spec
from hmis_standards.model.items import (
    Citation,
    Effort,
    EvidenceNeed,
    Frequency,
    Item,
    MeasuredBy,
    NotApplicableRule,
    Remedy,
)
from hmis_standards.model.measures import Measure
from hmis_standards.model.ratings import Band, Gate, Ratings, Scale, ScaleAnswer, Weight
from hmis_standards.model.sources import Source

__all__ = [
    "Band",
    "Benchmark",
    "BenchmarkSet",
    "Catalog",
    "Citation",
    "CodeList",
    "CsvColumn",
    "CsvFile",
    "Document",
    "Effort",
    "EvidenceNeed",
    "Frequency",
    "Gate",
    "Item",
    "Measure",
    "MeasureRef",
    "MeasuredBy",
    "NotApplicableRule",
    "Ratings",
    "Remedy",
    "Scale",
    "ScaleAnswer",
    "Section",
    "Source",
    "Spec",
    "Target",
    "Weight",
]


def __dir__() -> list[str]:
    return sorted(__all__)
