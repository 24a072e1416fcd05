"""Benchmarks and results made up for tests of judging and proposing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hmis_standards.measure import MeasureResult
from hmis_standards.model import Benchmark, BenchmarkSet, MeasureRef, Target
from hmis_standards.vocabulary import Confidence, Dimension, Direction, Origin

DAY = date(2026, 3, 1)


def result(numerator: int, denominator: int, kind: int | None = None, **values: Any) -> MeasureResult:
    """A result of ``name-error`` on the system, or on a project type."""
    facts: dict[str, Any] = {
        "measure": "name-error",
        "dimension": Dimension.COMPLETENESS,
        "slice": "system" if kind is None else "project_type",
        "project_types": () if kind is None else (kind,),
        "numerator": numerator,
        "denominator": denominator,
        "status": "ok" if denominator else "not_applicable",
        "reason": "" if denominator else "no people to count",
    }
    return MeasureResult(**{**facts, **values})


def target(met: Any, near: Any = None, **values: Any) -> Target:
    """A target with limits as decimal text, or as pairs of them."""
    return Target(met=_limit(met), near=_limit(near), **values)


def _limit(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(Fraction(one) for one in value)
    return None if value is None else Fraction(value)


def benchmark(*targets: Target, direction: str = "at_most", name: str = "B-1", **values: Any) -> Benchmark:
    """A benchmark of ``name-error``; a convention of ours."""
    facts: dict[str, Any] = {
        "id": name,
        "title": f"Title of {name}",
        "text": "Made up.",
        "dimension": Dimension.COMPLETENESS,
        "measure": MeasureRef(id="name-error"),
        "unit": "ratio",
        "direction": Direction(direction),
        "origin": Origin.CONVENTION,
        "citations": (),
        "confidence": Confidence.C,
        "reason": "Made up.",
        "targets": targets,
    }
    return Benchmark(**{**facts, **values})


def made_set(*benchmarks: Benchmark) -> BenchmarkSet:
    """A set called ``made``."""
    return BenchmarkSet(id="made", title="Made up", notice="Made up.", benchmarks=benchmarks)
