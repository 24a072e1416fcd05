"""Of the elements of HUD's report the one that is missing most often, and the one that is declined most often."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

__all__ = ["HIGHEST", "elements_of", "highest"]

HIGHEST = {"element-missing-highest": "missing", "element-refused-highest": "declined"}
"""The measures, and the column of HUD's tables each looks at."""

_PEOPLE, _HEADS, _GROWN = ("all",), ("adult_heads", "other_heads"), ("adults", "other_heads")

# The elements by the prefix of their counts, and the counts that add up to those for whom they are due. Income at
# annual assessment is not among them: who is due and who is below the line are two things there.
_ELEMENTS = {
    "name": _PEOPLE,
    "ssn": _PEOPLE,
    "dob": _PEOPLE,
    "race": _PEOPLE,
    "relationship": _PEOPLE,
    "disabling": _PEOPLE,
    "coc": _HEADS,
    "veteran": ("adults",),
    "destination": ("leavers",),
    "start_income": _GROWN,
    "exit_income": ("adult_head_leavers",),
}
_OLDER = {"ethnicity": "FY2022", "gender": "FY2024"}
"""Elements of their own up to an edition."""


def elements_of(edition: str) -> dict[str, tuple[str, ...]]:
    """The elements of an edition, each with the counts of those for whom it is due."""
    return _ELEMENTS | {name: _PEOPLE for name, last in _OLDER.items() if edition <= last}


def highest(counts: Mapping[str, int], column: str, edition: str) -> tuple[int, int]:
    """Numerator and denominator of the highest share, of equal ones that of more people; 0 of 0 without anybody."""
    shares = [
        (counts[f"{name}_{column}"], sum(counts[due] for due in dues))
        for name, dues in elements_of(edition).items()
        if any(counts[due] for due in dues)
    ]
    return max(shares, key=lambda share: (Fraction(*share), share[1]), default=(0, 0))
