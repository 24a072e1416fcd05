"""What an answer gives on an item: a word, a level, how many or which parts were covered, or a number beside a goal.

An answer is kept as one text whatever it was given as, so that every file format carries it: ``met``, ``2``,
``2 of 3``, ``parts 1, 3``, ``0.97``. Numbers are exact; nothing is rounded here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from hmis_standards.model.items import Goal, Item
from hmis_standards.model.ratings import Scale, ScaleAnswer
from hmis_standards.vocabulary import Direction, ScaleKind, Status

__all__ = ["AnswerGiven", "answer_forms", "best_partial", "parts_listed", "standing", "taken", "written"]

AnswerGiven = str | int | float | Fraction | Sequence[int | str]
"""What can be given as an answer: a word or a text, a level, a number, or a list of the parts that were covered."""

_COUNT = re.compile(r"([0-9]{1,9}) +of +([0-9]{1,9})\Z")
_PARTS = re.compile(r"parts? +([0-9]{1,4}(?: *, *[0-9]{1,4})*)\Z")
_NONE = "no parts"
_NUMBER = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,12})?)( ?%)?\Z")


# --- reading -----------------------------------------------------------------------------------------------


def written(given: AnswerGiven) -> str:
    """An answer as text: a list of parts as ``parts 1, 3``, a number with the digits it was written with."""
    if isinstance(given, str):
        return " ".join(given.split())
    if isinstance(given, Sequence):
        return f"parts {', '.join(str(one).strip() for one in given)}" if given else _NONE
    if isinstance(given, float):
        return f"{given:.12f}".rstrip("0").rstrip(".") if given == given and abs(given) < 10**9 else str(given)
    return _exact(given) if isinstance(given, Fraction) else str(given)


def _exact(value: Fraction) -> str:
    """A share as a decimal where that is exact, else as ``28 of 30``."""
    text = f"{float(value):.12f}".rstrip("0").rstrip(".")
    return text if Fraction(text) == value else f"{value.numerator} of {value.denominator}"


def taken(scale: Scale, item: Item, given: AnswerGiven) -> str | None:
    """The answer in the one form in which it is kept; None if the item does not take it."""
    text = written(given)
    if scale.find(text) is not None:
        return text
    if scale.kind is ScaleKind.PARTS:
        return _parts_taken(text, len(item.parts))
    return _number_taken(text, item.goal) if scale.kind is ScaleKind.MEASURED and item.goal else None


def _parts_taken(text: str, parts: int) -> str | None:
    if text == _NONE:
        return f"0 of {parts}"
    listed = parts_listed(text)
    if listed is not None:
        fits = len(set(listed)) == len(listed) and all(1 <= one <= parts for one in listed)
        return f"parts {', '.join(map(str, sorted(listed)))}" if fits else None
    count = _COUNT.match(text)
    if count:
        return f"{int(count[1])} of {parts}" if int(count[2]) == parts and int(count[1]) <= parts else None
    return f"{int(text)} of {parts}" if re.match(r"[0-9]{1,4}\Z", text) and int(text) <= parts else None


def parts_listed(text: str) -> tuple[int, ...] | None:
    """The numbers of the parts in ``parts 1, 3``; None for any other answer."""
    found = _PARTS.match(text)
    return tuple(int(one) for one in found[1].split(",")) if found else None


def _number_taken(text: str, goal: Goal) -> str | None:
    """A share from 0 to 1, ``97 %`` or ``28 of 30``; where the goal counts, a whole number."""
    number = _NUMBER.match(text)
    if goal.counts:
        return str(int(text)) if number and text.isdecimal() else None
    count = _COUNT.match(text)
    if count:
        return f"{int(count[1])} of {int(count[2])}" if 0 < int(count[2]) >= int(count[1]) else None
    if not number:
        return None
    value = Fraction(number[1]) / (100 if number[2] else 1)
    return _exact(value) if value <= 1 else None


def answer_forms(scale: Scale, item: Item) -> tuple[str, ...]:
    """What the scale takes beside its words, described for a person: ``0 of 3 to 3 of 3``."""
    if scale.kind is ScaleKind.PARTS:
        parts = len(item.parts)
        return (f"a count from 0 of {parts} to {parts} of {parts}", "or the parts covered such as [1, 2]")
    if scale.kind is ScaleKind.MEASURED and item.goal:
        return ("a whole number",) if item.goal.counts else ("a share from 0 to 1 such as 0.97 or 97%",)
    return ()


# --- worth -------------------------------------------------------------------------------------------------


def standing(scale: Scale, item: Item, text: str) -> ScaleAnswer | None:
    """Status and credit of an answer on the item; None if it does not take it.

    A level is worth its share of the way to the one aimed at, parts their share of all parts; a number meets the
    item's goal, comes near it, or misses it, and is worth what the scale's word for that is.
    """
    found = scale.find(text)
    if found is not None:
        return found if item.target is None else _level(found, item.target)
    kept = taken(scale, item, text)
    if kept is None:
        return None
    if scale.kind is ScaleKind.PARTS:
        return _covered(kept, Fraction(_covered_count(kept), len(item.parts)))
    return _judged(scale, kept, _status(_value(kept), item.goal)) if item.goal else None


def _level(found: ScaleAnswer, target: int) -> ScaleAnswer:
    level = int(found.answer)
    reached = Status.MET if level >= target else Status.PARTIAL if level else Status.NOT_MET
    return evolve(found, status=reached, credit=min(Fraction(level, target), Fraction(1)))


def _covered(text: str, credit: Fraction) -> ScaleAnswer:
    status = Status.MET if credit == 1 else Status.PARTIAL if credit else Status.NOT_MET
    return ScaleAnswer(answer=text, label=f"{text} covered", status=status, credit=credit, text="")


def _covered_count(text: str) -> int:
    listed = parts_listed(text)
    return int(text.partition(" ")[0]) if listed is None else len(listed)


def _value(text: str) -> Fraction:
    top, _, bottom = text.partition(" of ")
    return Fraction(top) / Fraction(bottom or 1)


def _status(value: Fraction, goal: Goal) -> Status:
    """Compared exactly. A limit of 0 is a limit; without a ``near`` limit nothing is partly met."""
    if _reaches(value, goal.met, goal.direction):
        return Status.MET
    near = goal.near is not None and _reaches(value, goal.near, goal.direction)
    return Status.PARTIAL if near else Status.NOT_MET


def _reaches(value: Fraction, limit: Fraction, direction: Direction) -> bool:
    return value <= limit if direction is Direction.AT_MOST else value >= limit


def _judged(scale: Scale, text: str, status: Status) -> ScaleAnswer | None:
    word = next((one for one in scale.answers if one.status is status), None)
    return evolve(word, answer=text, label=f"{text} ({word.label.lower()})", text="") if word else None


def best_partial(scale: Scale, item: Item) -> Fraction:
    """The most that an answer short of "met" is worth on the item; nothing where there is no such answer."""
    standings = (standing(scale, item, word) for word in scale.words())
    most = max((one.credit for one in standings if one and one.status is Status.PARTIAL), default=Fraction(0))
    parts = len(item.parts) if scale.kind is ScaleKind.PARTS else 0
    return max(most, Fraction(parts - 1, parts)) if parts else most
