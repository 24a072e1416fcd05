"""Small groups withheld: which counts of a table may be shown, if no small one may be seen or worked out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

__all__ = ["Key", "shown"]

Key = TypeVar("Key", bound=Hashable)


def shown(counts: Mapping[Key, int], least: int) -> dict[Key, int | None]:
    """The counts, with None for those withheld. Their total is taken to be known.

    Withheld is every count from 1 to ``least`` - 1. So that none can be worked out from the total, at least two are
    withheld together, and together they are at least ``least``: further counts follow, the smallest first. A total
    below ``least`` withholds everything.
    """
    hidden = {key for key, count in counts.items() if 0 < count < least}
    if sum(counts.values()) < least:
        hidden = set(counts)
    rest = sorted((key for key, count in counts.items() if count and key not in hidden), key=lambda key: counts[key])
    while hidden and rest and (len(hidden) < 2 or sum(counts[key] for key in hidden) < least):
        hidden.add(rest.pop(0))
    return {key: None if key in hidden else count for key, count in counts.items()}
