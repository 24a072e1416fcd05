"""How far each weight can move before another proposal wins, exactly.

When the weight of one criterion moves, the others keep their proportions and fill up what is left of 100. Both totals
are then straight lines in that weight, so that there is one weight at which they meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain, Table
from hmis_standards.toolkit.figures import Figure, computed, given, taken
from hmis_standards.toolkit.panel import CriterionPoints

__all__ = ["BreakEven", "BreakEvens", "break_evens"]

_WHOLE = 100
Rival = tuple[str, Figure, tuple[CriterionPoints, ...]]


@frozen(kw_only=True)
class BreakEven(Plain):
    """The weights of one criterion between which the winner stays the same.

    At ``lowest`` the winner and ``below`` are equal, and below it that vendor wins; the same for ``highest`` and
    ``above``. Without a vendor the weight can go to 0, or to 100. ``firm``: neither is reached when the weight moves by
    the share that the parameters name.
    """

    criterion: str
    title: str
    weight: Figure
    lowest: Figure
    highest: Figure
    below: str = ""
    above: str = ""
    firm: bool
    swing: Figure = field(repr=False)

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "criterion": self.criterion,
            "weight": self.weight.number,
            "lowest": self.lowest.number,
            "below_it_wins": self.below,
            "highest": self.highest.number,
            "above_it_wins": self.above,
            "firm": "yes" if self.firm else "no",
        }


class BreakEvens(Table[BreakEven]):
    """One for each criterion, as a tuple that is a table too."""

    kind = "weights"


def break_evens(ranked: Sequence[Rival], parameters: ParameterSet) -> BreakEvens:
    """For ranked proposals, the winner first, how far each weight can move before another wins.

    Empty for fewer than two proposals. A criterion that weighs all of 100 has nothing to share with and is left out.
    """
    if len(ranked) < 2:
        return BreakEvens()
    swing = taken(parameters.find("weight_swing"))
    movable = [one for one in ranked[0][2] if _weight(one).value != _WHOLE]
    return BreakEvens(_of(one.criterion.id, ranked, swing) for one in movable)


def _of(criterion: str, ranked: Sequence[Rival], swing: Figure) -> BreakEven:
    winner, own = ranked[0], _on(criterion, ranked[0])
    weight = _weight(own)
    meets = [(rival[0], *_meeting(criterion, winner, rival)) for rival in ranked[1:]]
    below = [(point, name) for name, point, slope in meets if slope > 0 and _number(point) > 0]
    above = [(point, name) for name, point, slope in meets if slope < 0 and _number(point) < _WHOLE]
    lowest, loser = max(below, key=lambda one: _number(one[0]), default=(_end("lowest", 0), ""))
    highest, gainer = min(above, key=lambda one: _number(one[0]), default=(_end("highest", _WHOLE), ""))
    step = _number(weight) * _number(swing) / 100
    return BreakEven(
        criterion=criterion,
        title=own.criterion.title,
        weight=weight,
        lowest=lowest,
        highest=highest,
        below=loser,
        above=gainer,
        firm=not (loser and _number(lowest) >= _number(weight) - step)
        and not (gainer and _number(highest) <= min(_number(weight) + step, Fraction(_WHOLE))),
        swing=swing,
    )


def _meeting(criterion: str, winner: Rival, rival: Rival) -> tuple[Figure, Fraction]:
    """The weight at which the two are equal, and how fast the winner's lead grows with the weight."""
    mine, theirs = _on(criterion, winner), _on(criterion, rival)
    inputs = [
        _weight(mine),
        evolve(winner[1], name="winner_total"),
        evolve(rival[1], name="rival_total"),
        evolve(mine.points, name="winner_points"),
        evolve(theirs.points, name="rival_points"),
        evolve(mine.share, name="winner_share"),
        evolve(theirs.share, name="rival_share"),
    ]
    title = f"Lead over {rival[0]}"
    own = computed("lead_here", f"{title} on {mine.criterion.title}, for a point of weight", _HERE, "", inputs)
    rest = computed("lead_elsewhere", f"{title} on the other criteria, for a point of weight", _ELSEWHERE, "", inputs)
    told = f"Weight at which {rival[0]} draws level"
    point = computed("break_even", told, _LEVEL, "points of 100", [own, rest])
    return point, _number(own) - _number(rest)


_HERE = "winner_share - rival_share"
_ELSEWHERE = "((winner_total - winner_points) - (rival_total - rival_points)) / (100 - weight)"
_LEVEL = "100 * lead_elsewhere / (lead_elsewhere - lead_here)"


def _on(criterion: str, rival: Rival) -> CriterionPoints:
    return next(one for one in rival[2] if one.criterion.id == criterion)


def _weight(judged: CriterionPoints) -> Figure:
    return next(one for one in judged.points.inputs if one.name == "weight")


def _end(name: str, value: int) -> Figure:
    return given(name, "No vendor draws level", value, "points of 100", "A weight lies between 0 and 100.")


def _number(figure: Figure) -> Fraction:
    return figure.value or Fraction(0)
