"""The cheapest set of gaps, found by integer programming (SciPy's HiGHS) and checked in whole numbers.

The solver calculates in floating point, so nothing it says is taken on trust. Its answer is rounded to yes and no and
checked exactly; and it counts as the cheapest only if the solver's lower bound, rounded up to a whole number, is the
exact cost of that answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, isfinite
from typing import Any

from hmis_standards.assess.choosing import Choice, Question
from hmis_standards.errors import MissingExtra

__all__ = ["cheapest"]

_SECONDS = 30.0
"""How long the solver may look; past that the best found counts, unproved."""
_SLACK = 1e-3
"""By how much a bound in floating point may lie above a whole number and still mean it."""


def cheapest(question: Question) -> Choice | None:
    """The cheapest set that answers the question; among equally cheap ones few gaps that come early in the order.

    None if the solver has no answer that holds. Raises MissingExtra without SciPy.
    """
    free = [place for place in range(len(question.cost)) if place not in question.forced]
    found = _solve(question, free, [question.cost[place] for place in free], None)
    chosen = _held(question, free, found)
    if chosen is None:
        return None
    cost = question.priced(chosen)
    proved = _is_bound(found, cost - question.priced(question.forced))
    ranked = _solve(question, free, [1 + place for place in free], cost - question.priced(question.forced))
    preferred = _held(question, free, ranked)
    if preferred is not None and question.priced(preferred) <= cost:
        chosen = preferred
    return Choice(chosen=chosen, method="exact", proved=proved)


def _held(question: Question, free: list[int], found: Any) -> frozenset[int] | None:
    """What the solver chose, with what is forced, if it is an answer in whole numbers too."""
    if found.x is None:
        return None
    chosen = question.forced | {place for place, value in zip(free, found.x, strict=True) if value > 0.5}
    return chosen if question.answered(chosen) else None


def _is_bound(found: Any, cost: int) -> bool:
    """Whether the solver shows that nothing costs less: costs are whole, so a bound is rounded up."""
    bound = found.mip_dual_bound
    return bound is not None and isfinite(bound) and ceil(bound - _SLACK) >= cost


def _solve(question: Question, free: list[int], objective: list[int], most: int | None) -> Any:
    """The solver's own result: as little as possible of the objective, at a cost of ``most`` at the most."""
    try:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array
    except ImportError:
        raise MissingExtra("optimize") from None
    rows = list(_rows(question, free, most))
    entries = [(value, row, column) for row, (cells, _) in enumerate(rows) for column, value in cells.items()]
    values, ys, xs = zip(*entries, strict=True)
    matrix = csr_array((values, (ys, xs)), shape=(len(rows), len(free)), dtype=float)
    limits = LinearConstraint(matrix, lb=[least for _, least in rows])
    options = {"mip_rel_gap": 0.0, "time_limit": _SECONDS}
    return milp(objective, integrality=1, bounds=Bounds(0, 1), constraints=limits, options=options)


def _rows(question: Question, free: list[int], most: int | None) -> Iterable[tuple[dict[int, int], int]]:
    """Each condition as coefficients by column and what their sum is at least."""
    column = {place: number for number, place in enumerate(free)}
    need = question.need - question.gained(question.forced)
    yield {column[place]: question.gain[place] for place in free if question.gain[place]}, need
    for place in free:
        for one in question.before[place]:
            if one in column:
                yield {column[one]: 1, column[place]: -1}, 0
    if most is not None:
        yield {column[place]: -question.cost[place] for place in free}, -most
