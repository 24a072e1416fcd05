"""Rules on benchmarks: measure, sources, and targets that make sense together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations

from hmis_standards.errors import Problem
from hmis_standards.model import Benchmark, Target
from hmis_standards.store.parts import Parts, Placed
from hmis_standards.store.references import absent, absent_sources
from hmis_standards.vocabulary import Direction

__all__ = ["BENCHMARK_RULES"]

Limit = Fraction | tuple[Fraction, Fraction]


def benchmark_references_exist(parts: Parts) -> Iterator[Problem]:
    """The measure that is judged and the sources that are cited are there."""
    for benchmark in parts.benchmarks:
        yield from absent(parts, benchmark, "measures", "measure", benchmark.value.measure.id, "measure", "id")
    yield from absent_sources(parts, parts.benchmarks)


def limits_have_the_form_of_their_direction(parts: Parts) -> Iterator[Problem]:
    """``within`` takes two numbers, lowest first; the other directions take one."""
    for benchmark, place, target in _targets(parts):
        for key, limit in (("met", target.met), ("near", target.near)):
            fault = _form_fault(benchmark.value.direction, limit)
            if fault:
                yield benchmark.problem(f"{key}: {fault}", "targets", place, key)


def _form_fault(direction: Direction, limit: Limit | None) -> str:
    if limit is None:
        return ""
    if direction is not Direction.WITHIN:
        return f"{direction} takes one number, not two" if isinstance(limit, tuple) else ""
    if not isinstance(limit, tuple):
        return "within takes two numbers, the lowest and the highest"
    return "" if limit[0] <= limit[1] else "the lowest number comes first"


def near_is_further_than_met(parts: Parts) -> Iterator[Problem]:
    """``near`` lies on the far side of ``met``: what is met is also near."""
    for benchmark, place, target in _targets(parts):
        wanted = _near_fault(benchmark.value.direction, target)
        if wanted:
            yield benchmark.problem(f"near should {wanted}", "targets", place, "near")


def _near_fault(direction: Direction, target: Target) -> str:
    met, near = target.met, target.near
    if isinstance(met, Fraction) and isinstance(near, Fraction):
        if direction is Direction.AT_MOST and near < met:
            return "not be below met for at_most"
        if direction is Direction.AT_LEAST and near > met:
            return "not be above met for at_least"
    if isinstance(met, tuple) and isinstance(near, tuple) and not near[0] <= met[0] <= met[1] <= near[1]:
        return "contain met for within"
    return ""


def targets_do_not_compete(parts: Parts) -> Iterator[Problem]:
    """On no day do two targets of the same sort fit the same project type."""
    for benchmark in parts.benchmarks:
        numbered = enumerate(benchmark.value.targets)
        for (first, one), (second, other) in combinations(numbered, 2):
            shared = _shared_types(one, other)
            if shared is not None and _share_a_day(one, other):
                yield benchmark.problem(
                    f"targets {first + 1} and {second + 1} both fit {shared} on the same day", "targets", second
                )


def _shared_types(one: Target, other: Target) -> str | None:
    """In words what both fit; None if nothing. A target for all yields to one that names the type, by design."""
    if not one.project_types and not other.project_types:
        return "every project type"
    both = sorted(set(one.project_types) & set(other.project_types))
    return f"project type {', '.join(map(str, both))}" if both else None


def _share_a_day(one: Target, other: Target) -> bool:
    start = max(one.since or date.min, other.since or date.min)
    return start <= min(one.until or date.max, other.until or date.max)


def targets_end_after_they_begin(parts: Parts) -> Iterator[Problem]:
    """``until`` is not before ``since``."""
    for benchmark, place, target in _targets(parts):
        if target.since and target.until and target.until < target.since:
            yield benchmark.problem("the target ends before it begins", "targets", place, "until")


def _targets(parts: Parts) -> Iterator[tuple[Placed[Benchmark], int, Target]]:
    for benchmark in parts.benchmarks:
        for place, target in enumerate(benchmark.value.targets):
            yield benchmark, place, target


BENCHMARK_RULES = (
    benchmark_references_exist,
    limits_have_the_form_of_their_direction,
    near_is_further_than_met,
    targets_do_not_compete,
    targets_end_after_they_begin,
)
