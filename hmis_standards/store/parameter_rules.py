"""Rules on parameters of calculations: each once, inside its limits, and no number without where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from hmis_standards.errors import Problem
from hmis_standards.store.parameters import ParameterParts
from hmis_standards.store.references import near, twice
from hmis_standards.vocabulary import FigureOrigin

__all__ = ["parameter_problems"]

_CITED = {FigureOrigin.REGULATION, FigureOrigin.HUD}


def parameter_problems(
    parts: ParameterParts, sources: Collection[str], shipped: ParameterParts | None = None
) -> tuple[Problem, ...]:
    """All that is wrong with the parameters in ``parts``.

    ``sources`` are the ids of the register. With ``shipped`` the file is somebody's own
    and sets shipped ones otherwise.
    """
    return tuple(
        chain(
            _names_occur_once(parts),
            _values_lie_between_their_limits(parts),
            _sources_exist(parts, sources),
            _rules_are_cited(parts),
            _shipped_ones_are_explained(parts) if shipped is None else _own_ones_exist(parts, shipped),
        )
    )


def _names_occur_once(parts: ParameterParts) -> Iterator[Problem]:
    yield from twice("parameter set", parts.sets)
    for head in parts.sets:
        yield from twice("parameter", [one for one in parts.parameters if one.raw is head.raw])


def _values_lie_between_their_limits(parts: ParameterParts) -> Iterator[Problem]:
    for one in parts.parameters:
        if not one.value.allows(one.value.value):
            yield one.problem(f"{one.value.value} should be {one.value.limits()}", "value")


def _sources_exist(parts: ParameterParts, sources: Collection[str]) -> Iterator[Problem]:
    for one in parts.parameters:
        for place, citation in enumerate(one.value.citations):
            if citation.source not in sources:
                message = f"there is no source {citation.source!r}"
                yield one.problem(message, "citations", place, "source", hint=near(citation.source, sources))


def _rules_are_cited(parts: ParameterParts) -> Iterator[Problem]:
    for one in parts.parameters:
        if one.value.origin in _CITED and not one.value.citations:
            yield one.problem(f"a number whose origin is {one.value.origin} cites its source", "origin")


def _shipped_ones_are_explained(parts: ParameterParts) -> Iterator[Problem]:
    """In a tree: a title, a unit, an origin of our own finding, and a file called after its set."""
    for one in parts.parameters:
        if one.value.origin is FigureOrigin.GIVEN:
            yield one.problem("a shipped number is not given by the user", "origin")
    for head in parts.sets:
        expected = head.raw.path.replace("\\", "/").rpartition("/")[2].removesuffix(".yaml").replace("_", "-")
        if head.name != expected:
            yield head.problem(f"the file says set {head.name!r}, its name says {expected!r}", "set")
        if not (head.value.title and head.value.text):
            yield head.problem("a shipped set has a title and a text")


def _own_ones_exist(parts: ParameterParts, shipped: ParameterParts) -> Iterator[Problem]:
    """A file of one's own sets what is there; only what tells several apart may be new."""
    sets = shipped.made()
    for head in parts.sets:
        if head.name not in sets:
            yield head.problem(f"there is no parameter set {head.name!r}", "set", hint=near(head.name, sets))
            return
        ids = {one.id for one in sets[head.name]}
        for one in parts.parameters:
            if one.value.id not in ids:
                message = f"there is no parameter {one.value.id!r}"
                yield one.problem(message, "id", hint=near(one.value.id, ids))
