"""How a plan turns effort into days, and how much begins in a quarter."""

from __future__ import annotations

from attrs import field, frozen

from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import Origin

__all__ = ["Duration", "Planning"]


@frozen(kw_only=True)
class Duration(Plain):
    """The days an action takes whose effort in time is rated ``time``, from 1 to 5."""

    time: int
    days: int


@frozen(kw_only=True)
class Planning(Plain):
    """What a plan takes for granted unless told otherwise.

    ``capacity`` is how many actions begin in a quarter at most. ``origin`` says whose numbers these are: ours, as
    shipped; ``text`` says why they are what they are.
    """

    durations: tuple[Duration, ...]
    capacity: int
    origin: Origin
    text: str = field(default="", repr=False)

    def days(self, time: int) -> int:
        """The days of an action whose effort in time is rated so. Raises KeyError if the rating has none."""
        for one in self.durations:
            if one.time == time:
                return one.days
        raise KeyError(time)
