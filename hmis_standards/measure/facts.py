"""Facts that reading an export establishes, for checks of the files as such: how many, among how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hmis_standards.measure.export import Export

__all__ = ["FACTS"]


def _no_enrollments(export: Export) -> tuple[int, int]:
    return int(export.rows["Enrollment"] == 0), 1


FACTS: Mapping[str, Callable[[Export], tuple[int, int]]] = {
    "no_enrollments": _no_enrollments,
}
"""By the name that a check gives in ``fact``: count and denominator."""
