"""JSON Schema: the first judge of a file, and the published description of its shape."""

from __future__ import annotations

from hmis_standards.errors import Problem
from hmis_standards.store.plain_shape import plainly_fits
from hmis_standards.store.raw import Raw

__all__ = ["KINDS", "TOOL_INPUTS", "check_shape", "kind_of"]

KINDS = (
    "index",
    "document",
    "items",
    "sources",
    "scales",
    "ratings",
    "measures",
    "benchmarks",
    "checks",
    "eva",
    "parameters",
    "proposals",
    "eligibility",
    "crosswalk",
    "changes",
    "retired",
    "hmis_csv",
    "profile",
    "alignment",
    "staffing",
    "courses",
    "form",
    "budget",
    "assessment",
    "declaration",
)
# What people fill in for a working tool; its module in exchange knows more of it than the schema says.
TOOL_INPUTS = frozenset({"budget", "proposals", "staffing"})


def kind_of(raw: Raw) -> str | None:
    """The kind a file says it is (``format: hmis-standards/<kind>/1``), or None."""
    stated = raw.data.get("format") if isinstance(raw.data, dict) else None
    parts = stated.split("/") if isinstance(stated, str) else []
    return parts[1] if len(parts) == 3 and parts[0] == "hmis-standards" and parts[1] in KINDS else None


def check_shape(raw: Raw, kind: str) -> list[Problem]:
    """All places where the file departs from the schema of its kind, each with its line."""
    if plainly_fits(raw.data, kind):
        return []
    from hmis_standards.store.shape_faults import shape_faults

    return shape_faults(raw, kind)
