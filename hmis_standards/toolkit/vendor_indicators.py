"""Measured indicators of a vendor's work: a value against its goal, and where it says something about an item."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.errors import ParameterOutOfRange, UnknownParameter
from hmis_standards.ids import close_matches
from hmis_standards.model import Parameter, ParameterSet
from hmis_standards.tabular import Plain, Table
from hmis_standards.toolkit.figures import Figure, computed, given, taken
from hmis_standards.vocabulary import Status

__all__ = ["Indicator", "Indicators", "indicators"]

# Which items an indicator speaks to; of which more is better, all others are good when small.
_SPEAKS_TO = {
    "standards-lateness": "vendor-monitoring/HUD-01",
    "sandbox-lead": "vendor-monitoring/HUD-05",
    "report-accuracy": "vendor-monitoring/REP-02",
    "reopened": "vendor-monitoring/SUP-04",
    "ageing": "vendor-monitoring/SUP-04",
    "repeat-findings": "vendor-monitoring/GEN-05",
    "export-validity": "vendor-monitoring/DAT-01",
}
_MORE_IS_BETTER = frozenset({"sandbox-lead", "report-accuracy", "export-validity"})


@frozen(kw_only=True)
class Indicator(Plain):
    """One measured value. ``status`` is met at the goal, partly met close to it, else not met."""

    id: str
    title: str
    item: str
    value: Figure = field(repr=False)
    goal: Figure = field(repr=False)
    edge: Figure = field(repr=False)
    status: Status

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "indicator": self.id,
            "title": self.title,
            "value": self.value.text,
            "goal": self.goal.text,
            "status": self.status.value,
            "item": self.item,
            "whose_goal": self.goal.origin.value,
        }


class Indicators(Table[Indicator]):
    """Indicators, as a tuple that is a table too."""

    kind = "indicators"


def indicators(values: Mapping[str, Fraction | int | str], parameters: ParameterSet) -> Indicators:
    """What was measured of a vendor's work, judged by the goals in the set ``vendor-monitoring``.

    Args:
        values: by the id of a goal, such as ``{"reopened": "0.04", "standards-lateness": 12}``. Shares are from 0 to 1.
        parameters: the set with the goals.

    Raises:
        UnknownParameter: there is no goal of that id. ParameterOutOfRange: a value is no number, or a share
            not from 0 to 1.
    """
    goals = parameters.table("goal")
    for name in values:
        if name not in goals:
            raise UnknownParameter(f"goal/{name}", close_matches(name, goals))
    return Indicators(_indicator(name, value, parameters) for name, value in values.items())


def _indicator(name: str, said: Fraction | int | str, parameters: ParameterSet) -> Indicator:
    of = parameters.find("goal", name)
    value = _measured(name, of, said)
    goal, within = taken(of, "goal"), taken(parameters.find("partly_within"))
    sign = "-" if name in _MORE_IS_BETTER else "+"
    edge = computed(
        "edge", "Last value that is partly met", f"goal * (1 {sign} partly_within)", of.unit, [goal, within]
    )
    return Indicator(
        id=name,
        title=of.title,
        item=_SPEAKS_TO.get(name, ""),
        value=value,
        goal=goal,
        edge=edge,
        status=_status(_known(value), _known(goal), _known(edge), more=name in _MORE_IS_BETTER),
    )


def _measured(name: str, of: Parameter, said: Fraction | int | str) -> Figure:
    try:
        value = given("measured", of.title, said, of.unit, "Measured by you.")
    except ValueError:
        raise ParameterOutOfRange(name, str(said), "a number") from None
    if of.unit == "share" and not 0 <= _known(value) <= 1:
        raise ParameterOutOfRange(name, str(said), "a share from 0 to 1, such as 0.04")
    return value


def _status(value: Fraction, goal: Fraction, edge: Fraction, *, more: bool) -> Status:
    at_goal, close = (value >= goal, value >= edge) if more else (value <= goal, value <= edge)
    return Status.MET if at_goal else Status.PARTIAL if close else Status.NOT_MET


def _known(figure: Figure) -> Fraction:
    assert figure.value is not None  # given and taken figures have one, and the edge is a product of such
    return figure.value
