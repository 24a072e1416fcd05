"""The catalog as it stood in an older edition: one text with dated differences, read for another day.

The data hold the newest edition. An item may say since which edition it is there (``since``), up to which it was
(``until``), and how single fields read before (``earlier``); an edition of the index may say which older text stood
in the place of a source. Nothing here touches the newest edition, which is what the files say.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve

from hmis_standards.errors import EditionConflict, InvalidDocument, NoEditionThen, Problem, UnknownEdition
from hmis_standards.ids import close_matches
from hmis_standards.store.parts import Parts, Placed
from hmis_standards.store.structuring import structure
from hmis_standards.vocabulary import Basis, SourceStatus

if TYPE_CHECKING:
    from hmis_standards.model import Citation, Edition, Item, Source

__all__ = ["edition_on", "in_edition", "order_of"]

_BINDS_NOBODY = {Basis.HUD_GUIDANCE, Basis.COMMON_PRACTICE}


def order_of(parts: Parts) -> dict[str, int]:
    """The editions' places, the oldest 0."""
    return {one.name: place for place, one in enumerate(parts.editions)}


# --- which edition -----------------------------------------------------------------------------------------


def edition_on(editions: Sequence[Edition], as_of: dt.date | str, edition: str | None = None) -> str:
    """The id of the edition that was in force on a day; past what is known the newest, with a warning.

    Raises:
        ValueError: ``as_of`` is no day.
        NoEditionThen: the day is before the first edition.
        EditionConflict: ``edition`` was given too, and another one was in force.
    """
    day = _day(as_of)
    first, newest = editions[0], editions[-1]
    if day < first.since:
        raise NoEditionThen(day.isoformat(), (), first.id, first.since.isoformat())
    found = next((one for one in editions if one.covers(day)), newest)
    if edition not in {None, found.id}:
        raise EditionConflict(edition, day.isoformat(), found.id)
    if day > newest.until:
        message = (
            f"edition {newest.id} is known until {newest.until}, when new data standards are due; "
            f"on {day} another one may be in force"
        )
        warnings.warn(message, UserWarning, stacklevel=3)
    return found.id


def _day(value: dt.date | str) -> dt.date:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else dt.date(value.year, value.month, value.day)
    except ValueError:
        raise ValueError(f"as_of should be a day such as 2024-05-01, is {value!r}") from None


# --- the parts of an edition -------------------------------------------------------------------------------


def in_edition(parts: Parts, edition: str) -> tuple[Parts, tuple[Problem, ...]]:
    """The parts as they stood in an edition, and what of the older texts does not fit; the newest is as it is.

    Raises UnknownEdition if the index does not name it.
    """
    order = order_of(parts)
    if edition not in order:
        raise UnknownEdition(edition, close_matches(edition, order) or tuple(order))
    if order[edition] == len(order) - 1:
        return parts, ()
    older, problems = _older_items(parts, edition, order)
    dated = {one.name for one in parts.dated}
    there = {one.name for one in older}
    items = _in_file_order(parts, [*(one for one in parts.items if one.name not in dated), *older])
    then, newest = parts.editions[order[edition]].value, parts.editions[-1].value
    substitutes = {entry.source: entry.by for entry in then.sources if not parts.lacks("sources", entry.by)}
    standards = (newest.data_standards, then.data_standards)
    return evolve(
        parts,
        items=tuple(_then(one, substitutes, standards, dated - there) for one in items),
        sources=tuple(evolve(one, value=_standing(one.value, then)) for one in parts.sources),
        links=tuple(one for one in parts.links if not {one.value.source, one.value.target} & (dated - there)),
        known={**parts.known, "items": (parts.ids("items") - dated) | there},
        excused=frozenset(then.no_older),
    ), problems


def _older_items(
    parts: Parts, edition: str, order: Mapping[str, int]
) -> tuple[tuple[Placed[Item], ...], tuple[Problem, ...]]:
    found: list[Placed[Item]] = []
    problems: list[Problem] = []
    for one in parts.dated:
        try:
            found += _older(one, order[edition], order)
        except InvalidDocument as error:
            problems += error.problems
    return tuple(found), tuple(problems)


def _older(one: Placed[dict[str, Any]], wanted: int, order: Mapping[str, int]) -> tuple[Placed[Item], ...]:
    """The item in an edition, or nothing if it was not in it. Names of editions that are not known count as none."""
    from hmis_standards.model import Item
    from hmis_standards.store.histories import history_of

    history = history_of(one)
    if not order.get(history.since or "", 0) <= wanted <= order.get(history.until or "", len(order)):
        return ()
    data = {key: value for key, value in one.value.items() if key != "earlier"}
    moved: dict[str, tuple[str | int, ...]] = {}
    ends = [order.get(entry.until, -1) for entry in history.earlier]
    for place in sorted(range(len(ends)), key=ends.__getitem__, reverse=True):
        if ends[place] >= wanted:
            fields = {key: value for key, value in one.value["earlier"][place].items() if key != "until"}
            data.update(fields)
            moved.update(dict.fromkeys(fields, ("earlier", place)))
    return (Placed(one.name, structure(one.raw, Item, data, one.at), one.raw, one.at, moved),)


def _in_file_order(parts: Parts, items: list[Placed[Item]]) -> list[Placed[Item]]:
    files = {heading.raw.path: place for place, heading in enumerate(parts.headings)}
    return sorted(items, key=lambda one: (files[one.raw.path], one.at[1]))


def _then(one: Placed[Item], older: Mapping[str, str], standards: tuple[str, str], absent: set[str]) -> Placed[Item]:
    """The item with the sources of its time, and without requirements that were not there yet.

    ``standards`` are the data standards of the newest edition and of this one.
    """
    item = one.value
    changed: dict[str, Any] = {}
    if any(cited.source in older for cited in item.citations):
        changed["citations"] = _citations(item.citations, older)
    cited = {citation.source for citation in changed.get("citations", item.citations)}
    if item.rule_version == standards[0] and cited & set(older.values()):
        changed["rule_version"] = standards[1]
    if absent.intersection(item.requires):
        changed["requires"] = tuple(name for name in item.requires if name not in absent)
    return evolve(one, value=evolve(item, **changed)) if changed else one


def _citations(cited: tuple[Citation, ...], older: Mapping[str, str]) -> tuple[Citation, ...]:
    """The citations with older texts in place of newer ones; where both are cited, the newer one goes."""
    there = {citation.source for citation in cited}
    return tuple(
        evolve(citation, source=older.get(citation.source, citation.source))
        for citation in cited
        if older.get(citation.source) not in there
    )


def _standing(source: Source, then: Edition) -> Source:
    """The source as it stood in the edition: what has been replaced since was in force, what came later was not."""
    if source.status is SourceStatus.SUPERSEDED and _last_day(source.until) >= then.since.isoformat():
        return evolve(source, status=SourceStatus.IN_FORCE, in_effect=source.basis not in _BINDS_NOBODY)
    if source.in_effect and (source.date or "") > then.until.isoformat():
        return evolve(source, in_effect=False)
    return source


def _last_day(until: str | None) -> str:
    """The end of a source in a form that compares with days: a year, or a month, counts to its end."""
    return f"{until}-99-99"[:10] if until else ""
