"""Scoring models: how the items of a score become one value. The mean is built in beside two that do not average.

A model is one function, ``model(score, unknown)``. It gives the value of a score as an exact share from 0 to 1, or None
where there is nothing to value. ``unknown`` says what to take for the credit of items that apply and have no verdict: 0
for the low end, 1 for the high end, and None to leave them out, which gives the value itself.

Another package offers a model by an entry point of the group ``hmis_standards.scoring_models``, under the name by which
``score`` asks for it. Entry points are looked at only when a name that is not built in is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from hmis_standards.assess.lines import ASSESSED, Line
from hmis_standards.errors import ScoringModelFault, UnknownScoringModel
from hmis_standards.ids import close_matches
from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import Status

if TYPE_CHECKING:
    from hmis_standards.assess.scoring import Score

__all__ = ["ENTRY_POINTS", "MODELS", "WEIGHTED_MEAN", "ScoringModel", "credits", "scoring_model"]

ENTRY_POINTS = "hmis_standards.scoring_models"
Valued = Callable[["Score", Fraction | None], Fraction | None]


@frozen(kw_only=True)
class ScoringModel(Plain):
    """A scoring model: its id, what it is called, and the function."""

    id: str
    title: str
    compute: Valued = field(eq=False, repr=False)

    def to_dict(self) -> dict[str, str]:
        """Id and title."""
        return {"id": self.id, "title": self.title}

    def value(self, score: Score, unknown: Fraction | None = None) -> Fraction | None:
        """What the function gives. Raises ScoringModelFault unless that is None or an exact share from 0 to 1."""
        found = self.compute(score, unknown)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | Fraction) or not 0 <= found <= 1:
            raise ScoringModelFault(self.id, f"gave {found!r}, which is not an exact share from 0 to 1")
        return Fraction(found)


def credits(score: Score, unknown: Fraction | None) -> Iterator[tuple[Line, Fraction]]:
    """The lines that apply and weigh something, each with its credit; those without a verdict with ``unknown``."""
    for line in score.lines:
        if not line.weight or line.status is Status.NOT_APPLICABLE:
            continue
        credit = line.verdict.credit if line.status in ASSESSED else unknown
        if credit is not None:
            yield line, credit


def weighted_mean(score: Score, unknown: Fraction | None) -> Fraction | None:
    """Points earned over the weight: of what was assessed, or of all that applies."""
    if unknown is None:
        return score.earned / score.assessed if score.assessed else None
    rest = score.applicable - score.assessed
    return (score.earned + unknown * rest) / score.applicable if score.applicable else None


def weakest_item(score: Score, unknown: Fraction | None) -> Fraction | None:
    """The credit of the item with the least of it: a chain is as strong as its weakest link."""
    return min((credit for _, credit in credits(score, unknown)), default=None)


def maturity(score: Score, unknown: Fraction | None) -> Fraction | None:
    """The level that every standard has reached, as a share of the highest there is.

    A level is reached when all standards are at it or above it. Only items that are answered with levels count.
    """
    reached: list[tuple[int, int]] = []
    for line, _ in credits(score, unknown):
        top = len(line.item.levels) - 1
        if top > 0:
            level = line.verdict.level
            reached.append((int(top * (unknown or 0)) if level is None else level, top))
    return Fraction(min(level for level, _ in reached), max(top for _, top in reached)) if reached else None


WEIGHTED_MEAN = ScoringModel(id="weighted-mean", title="Weighted mean", compute=weighted_mean)
MODELS = (
    WEIGHTED_MEAN,
    ScoringModel(id="weakest-item", title="Weakest item", compute=weakest_item),
    ScoringModel(id="maturity", title="Maturity by level", compute=maturity),
)
"""The models that are built in."""


def scoring_model(name: str) -> ScoringModel:
    """The model of that name: built in, or offered by another package.

    Raises:
        UnknownScoringModel: nobody offers one of that name.
        ScoringModelFault: what the other package offers cannot be loaded, or is not a function.
    """
    built_in = next((one for one in MODELS if one.id == name), None)
    return built_in or _offered(name)


def _offered(name: str) -> ScoringModel:
    from importlib.metadata import entry_points

    offered = {one.name: one for one in entry_points(group=ENTRY_POINTS)}
    if name not in offered:
        known = (*(one.id for one in MODELS), *offered)
        raise UnknownScoringModel(name, close_matches(name, known), known)
    try:
        found = offered[name].load()
    except Exception as error:
        raise ScoringModelFault(name, f"cannot be loaded from {offered[name].value}: {error}") from error
    if not callable(found):
        raise ScoringModelFault(name, f"{offered[name].value} is not a function of a score and a credit")
    return ScoringModel(id=name, title=name.replace("-", " ").capitalize(), compute=found)
