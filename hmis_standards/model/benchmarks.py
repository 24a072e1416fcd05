"""Benchmarks: a measure, a direction and dated targets, most specific first."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import field, frozen

from hmis_standards.model.sources import Citation
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.vocabulary import Confidence, Dimension, Direction, Origin, SetStatus

__all__ = ["Benchmark", "BenchmarkSet", "MeasureRef", "Target"]


@frozen(kw_only=True)
class MeasureRef(Plain):
    """Which measure a benchmark judges."""

    id: str


@frozen(kw_only=True)
class Target(Plain):
    """A dated target. ``met`` and ``near`` are limits in the benchmark's unit and direction.

    For ``within`` the limits are pairs, lowest and highest. ``since`` and ``until`` are both inclusive and may be
    open. An empty ``project_types`` fits every project type and the whole system. ``exclusive``: a value exactly on
    a limit of ``met`` does not meet it.
    """

    since: date | None = None
    until: date | None = None
    project_types: tuple[int, ...] = ()
    met: Fraction | tuple[Fraction, Fraction]
    near: Fraction | tuple[Fraction, Fraction] | None = None
    exclusive: bool = False
    note: str | None = None

    def in_force(self, on: date) -> bool:
        """Whether the target counts on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def fits(self, project_types: tuple[int, ...]) -> bool:
        """Whether the target is for all of these project types (none: the whole system)."""
        return not self.project_types or (bool(project_types) and set(project_types) <= set(self.project_types))


@frozen(kw_only=True)
class Benchmark(Plain):
    """What counts as good for one measure, by project type and date, and whose number it is.

    ``near_origin`` is where the limits of ``near`` come from, if not from where those of ``met`` do.
    """

    id: str
    title: str
    text: str = field(repr=False)
    dimension: Dimension
    measure: MeasureRef
    unit: str
    direction: Direction
    levels: tuple[str, ...] = ("system", "project_type", "project")
    minimum_denominator: int = 1
    origin: Origin
    near_origin: Origin | None = None
    citations: tuple[Citation, ...] = field(repr=False)
    confidence: Confidence
    reason: str = field(repr=False)
    targets: tuple[Target, ...] = field(repr=False)

    def target(self, project_types: tuple[int, ...], on: date) -> Target | None:
        """The target for these project types on that day: one that names them before one for all."""
        fitting = [t for t in self.targets if t.in_force(on) and t.fits(project_types)]
        named = [t for t in fitting if t.project_types]
        return next(iter(named or fitting), None)

    def at_other_times(self, project_types: tuple[int, ...]) -> bool:
        """Whether there is a target for these project types on any day."""
        return any(target.fits(project_types) for target in self.targets)

    @property
    def tolerance_origin(self) -> Origin:
        """Where the limits of ``near`` come from."""
        return self.near_origin or self.origin


@frozen(kw_only=True)
class BenchmarkSet(Tabular, Plain):
    """A named set of benchmarks; ``notice`` says whose numbers they are and must be shown with them.

    ``since`` and ``until`` say when the plan behind the set was in use, as far as known; which targets count on a
    day is up to the targets. A set that is ``unverified`` has no benchmarks and judges nothing.
    """

    id: str
    title: str
    notice: str = field(repr=False)
    status: SetStatus = SetStatus.VERIFIED
    place: str | None = None
    since: date | None = None
    until: date | None = None
    benchmarks: tuple[Benchmark, ...] = field(default=(), repr=lambda all_of: f"<{len(all_of)} benchmarks>")

    def rows(self) -> list[dict[str, object]]:
        """One row a benchmark: id, title, dimension, measure, direction, origin."""
        return [
            {
                "id": f"{self.id}/{one.id}",
                "title": one.title,
                "dimension": one.dimension.value,
                "measure": one.measure.id,
                "direction": one.direction.value,
                "origin": one.origin.value,
            }
            for one in self.benchmarks
        ]
