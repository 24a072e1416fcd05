"""Rules on benchmarks: measure, sources, and targets that make sense together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations

from hmis_standards.errors import Problem
from hmis_standards.ids import split
from hmis_standards.model import Benchmark, BenchmarkSet, Target
from hmis_standards.store.parts import Parts, Placed
from hmis_standards.store.references import absent, absent_sources
from hmis_standards.vocabulary import Direction, SetStatus

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


def an_origin_of_near_has_a_near(parts: Parts) -> Iterator[Problem]:
    """``near_origin`` stands only where a target has a limit of ``near``."""
    for benchmark in parts.benchmarks:
        if benchmark.value.near_origin and all(target.near is None for target in benchmark.value.targets):
            yield benchmark.problem("no target has a near limit whose origin this could be", "near_origin")


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


def sets_hold_what_their_status_says(parts: Parts) -> Iterator[Problem]:
    """A verified set has at least one benchmark, an unverified one has none: nobody has seen its numbers."""
    for one in parts.sets:
        listed = _listed_benchmarks(one)
        if one.value.status is SetStatus.UNVERIFIED and listed:
            yield one.problem(f"set {one.name!r} is unverified and has {listed} benchmarks", "benchmarks")
        if one.value.status is SetStatus.VERIFIED and not listed:
            yield one.problem(f"set {one.name!r} is verified and has no benchmarks", "benchmarks")


def _listed_benchmarks(one: Placed[BenchmarkSet]) -> int:
    """As many as stand in the file, with those that do not fit."""
    listed = one.raw.data.get("benchmarks")
    return len(listed) if isinstance(listed, list) else 0


def sets_end_after_they_begin(parts: Parts) -> Iterator[Problem]:
    """``until`` of a set is not before its ``since``, and no target of it begins before the set does."""
    for one in parts.sets:
        if one.value.since and one.value.until and one.value.until < one.value.since:
            yield one.problem("the set ends before it begins", "until")
    begins = {one.name: one.value.since for one in parts.sets}
    for benchmark, place, target in _targets(parts):
        first = begins.get(split(benchmark.name)[0])
        if first and target.since and target.since < first:
            yield benchmark.problem(f"the target begins before its set, on {first}", "targets", place, "since")


def _targets(parts: Parts) -> Iterator[tuple[Placed[Benchmark], int, Target]]:
    for benchmark in parts.benchmarks:
        for place, target in enumerate(benchmark.value.targets):
            yield benchmark, place, target


BENCHMARK_RULES = (
    benchmark_references_exist,
    limits_have_the_form_of_their_direction,
    near_is_further_than_met,
    an_origin_of_near_has_a_near,
    targets_do_not_compete,
    targets_end_after_they_begin,
    sets_hold_what_their_status_says,
    sets_end_after_they_begin,
)
