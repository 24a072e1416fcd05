"""That every number of a result can be followed to where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hmis_standards.toolkit import Figure
from hmis_standards.vocabulary import FigureOrigin

__all__ = ["assert_traceable", "figures_in"]


def figures_in(result: Any) -> Iterator[Figure]:
    """Every figure that a result holds, at any depth of its fields."""
    if isinstance(result, Figure):
        yield result
    elif isinstance(result, dict):
        for one in result.values():
            yield from figures_in(one)
    elif isinstance(result, (tuple, list)):
        for one in result:
            yield from figures_in(one)
    elif hasattr(type(result), "__attrs_attrs__"):
        for field in type(result).__attrs_attrs__:
            yield from figures_in(getattr(result, field.name))


def assert_traceable(result: Any) -> None:
    """Each figure is computed by a formula, or has a reason; what a rule sets cites the rule."""
    found = list(figures_in(result))
    assert found
    for figure in (below for one in found for below in (one, *one.sources())):
        if figure.origin is FigureOrigin.COMPUTED:
            assert figure.formula, figure.name
        else:
            assert figure.why, figure.name
        if figure.origin in {FigureOrigin.REGULATION, FigureOrigin.HUD}:
            assert figure.citations, figure.name
