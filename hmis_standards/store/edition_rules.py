"""Rules on editions: their dates, the items that are not in all of them, and the records of what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hmis_standards.errors import Problem
from hmis_standards.ids import split
from hmis_standards.model import Change
from hmis_standards.store.editions import order_of
from hmis_standards.store.histories import History, histories
from hmis_standards.store.parts import Parts, Placed
from hmis_standards.store.references import absent, near, repeated, twice
from hmis_standards.vocabulary import ChangeKind

__all__ = ["EDITION_RULES"]

# An item, what happened to it, and the edition in which it did.
_Event = tuple[str, str, str]


# --- the index ---------------------------------------------------------------------------------------------


def editions_follow_each_other(parts: Parts) -> Iterator[Problem]:
    """An edition begins on the day after the one before it ends, so that every day has one."""
    for one in parts.editions:
        if one.value.until < one.value.since:
            yield one.problem("the edition ends before it begins", "until")
    for before, after in pairwise(parts.editions):
        expected = before.value.until + dt.timedelta(days=1)
        if after.value.since != expected:
            yield after.problem(f"the edition should begin on {expected}, the day after {before.name} ends", "from")


def substitutes_exist(parts: Parts) -> Iterator[Problem]:
    """Sources that an edition puts in the place of others, and those it has no older text for, are in the register."""
    for one in parts.editions:
        yield from repeated(one, "a substitute for", [entry.source for entry in one.value.sources], "sources")
        for place, entry in enumerate(one.value.sources):
            yield from absent(parts, one, "sources", "source", entry.source, "sources", place, "source")
            yield from absent(parts, one, "sources", "source", entry.by, "sources", place, "by")
        for place, name in enumerate(one.value.no_older):
            yield from absent(parts, one, "sources", "source", name, "no_older", place)


def the_newest_edition_is_as_written(parts: Parts) -> Iterator[Problem]:
    """Sources are put in the place of others in older editions only."""
    for one in parts.editions[-1:]:
        for key, given in (("sources", one.value.sources), ("no_older", one.value.no_older)):
            if given:
                yield one.problem(f"the newest edition cites what the items cite; {key!r} is for older ones", key)


# --- items -------------------------------------------------------------------------------------------------


def dates_of_items_are_editions(parts: Parts) -> Iterator[Problem]:
    """``since``, ``until`` and ``earlier`` name editions, and such that they say something."""
    order = order_of(parts)
    if "editions" in parts.partial or not order:
        return
    for one in histories(parts)[0]:
        for named, *below in _named(one.value):
            if named not in order:
                yield one.problem(f"there is no edition {named!r}", *below, hint=near(named, order))
        yield from _sense(one, order)


def _named(history: History) -> Iterator[tuple[Any, ...]]:
    """Each edition a history names, and where."""
    if history.since is not None:
        yield history.since, "since"
    if history.until is not None:
        yield history.until, "until"
    for place, entry in enumerate(history.earlier):
        yield entry.until, "earlier", place, "until"


def _sense(one: Placed[History], order: dict[str, int]) -> Iterator[Problem]:
    history, newest = one.value, len(order) - 1
    first = order.get(history.since or "", 0)
    last = order.get(history.until or "", newest)
    if history.since in order and first == 0:
        yield one.problem("every item is there since the first edition; leave `since` out", "since")
    if history.until in order and last == newest:
        yield one.problem("the newest edition has the item; leave `until` out", "until")
    if last < first:
        yield one.problem("the item ends before it begins", "until")
    yield from repeated(one, "what stood until", [entry.until for entry in history.earlier], "earlier", key="until")
    for place, entry in enumerate(history.earlier):
        if entry.until in order and not first <= order[entry.until] < last:
            message = f"edition {entry.until} is not one in which the item can have read otherwise"
            yield one.problem(message, "earlier", place, "until")


def earlier_fields_differ(parts: Parts) -> Iterator[Problem]:
    """What is given as the earlier form of a field is not what follows it."""
    order = order_of(parts)
    for one in parts.dated:
        entries = one.value.get("earlier")
        placed = [(p, e) for p, e in enumerate(entries if isinstance(entries, list) else []) if isinstance(e, dict)]
        after = dict(one.value)
        for place, entry in sorted(placed, key=lambda pair: order.get(str(pair[1].get("until")), -1), reverse=True):
            for key, value in entry.items():
                if key != "until" and after.get(key) == value:
                    yield one.problem(f"{key!r} did not change: it reads the same later", "earlier", place, key)
            after.update(entry)


# --- records of changes ------------------------------------------------------------------------------------


def changes_stand_in_their_file(parts: Parts) -> Iterator[Problem]:
    """A file of changes is called after its edition, and the edition is not the first."""
    order = order_of(parts)
    for raw_path, one in {change.raw.path: change for change in parts.changes}.items():
        edition = one.value.edition
        whole = Placed("", None, one.raw)
        if order and edition not in order:
            yield whole.problem(f"there is no edition {edition!r}", "edition", hint=near(edition, order))
        elif order.get(edition) == 0:
            yield whole.problem(f"edition {edition} is the first: it has changed nothing", "edition")
        if not raw_path.endswith(f"{edition}.yaml"):
            yield whole.problem(f"the file says edition {edition!r}, its name says another", "edition")


def dates_have_their_record(parts: Parts) -> Iterator[Problem]:
    """Each ``since``, ``until`` and ``earlier`` of an item is told in the changes of the edition concerned."""
    if "changes" in parts.partial or not parts.editions:
        return
    told = {event for change in parts.changes for event, _ in _told(change.value)}
    for one in histories(parts)[0]:
        for event, *below in _events(one, parts):
            if event not in told:
                yield one.problem(f"changes/{event[2]}.yaml does not say that {one.name} {_WORDS[event[1]]}", *below)


def records_have_their_date(parts: Parts) -> Iterator[Problem]:
    """Each record of a change is seen in the items: ``since``, ``until``, or ``earlier`` with those fields."""
    if {"items", "editions"} & parts.partial:
        return
    seen = {event for one in histories(parts)[0] for event, *_ in _events(one, parts)}
    for change in parts.changes:
        for event, below in _told(change.value):
            if event not in seen:
                yield change.problem(f"the data do not show that {event[0]} {_WORDS[event[1]]} in {event[2]}", *below)


def records_tell_the_fields(parts: Parts) -> Iterator[Problem]:
    """The fields a record names are those that the item's ``earlier`` holds."""
    order = order_of(parts)
    fields = {(one.name, entry_until): keys for one in parts.dated for entry_until, keys in _fields(one)}
    names = list(order)
    for change in parts.changes:
        place = order.get(change.value.edition, 0)
        if change.value.kind is not ChangeKind.MODIFIED or not place:
            continue
        for item in change.value.items:
            found = fields.get((item, names[place - 1]))
            if found is not None and found != set(change.value.fields):
                yield change.problem(f"{item} has earlier {', '.join(sorted(found))}", "fields")


def _fields(one: Placed[dict[str, Any]]) -> Iterator[tuple[str, set[str]]]:
    entries = one.value.get("earlier")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict):
            yield str(entry.get("until")), set(entry) - {"until"}


_WORDS = {"begins": "is new", "ends": "is no more", "changes": "was modified"}


def _events(one: Placed[History], parts: Parts) -> Iterator[tuple[Any, ...]]:
    """What an item's dates say happened, and where they stand."""
    names = [edition.name for edition in parts.editions]
    after = dict(pairwise(names))
    if one.value.since in names:
        yield (one.name, "begins", one.value.since), "since"
    if one.value.until in after:
        yield (one.name, "ends", after[one.value.until]), "until"
    for place, entry in enumerate(one.value.earlier):
        if entry.until in after:
            yield (one.name, "changes", after[entry.until]), "earlier", place


def _told(change: Change) -> Iterator[tuple[_Event, tuple[str | int, ...]]]:
    """What a record says happened, and where it says so. An item that a split leaves standing goes on."""
    what = {ChangeKind.MODIFIED: "changes", ChangeKind.ADDED: "begins"}.get(change.kind, "ends")
    for place, item in enumerate(change.items):
        if item not in change.became:
            yield (item, what, change.edition), ("items", place)
    for place, item in enumerate(change.became):
        if item not in change.items:
            yield (item, "begins", change.edition), ("became", place)


# --- ids that are no more ----------------------------------------------------------------------------------


def ended_items_are_retired(parts: Parts) -> Iterator[Problem]:
    """An item with ``until`` is in retired.yaml since the edition after, and what is there has ended so."""
    if {"retired", "items", "editions"} & parts.partial:
        return
    ended = {
        (event[0], event[2]): one
        for one in histories(parts)[0]
        for event, *_ in _events(one, parts)
        if event[1] == "ends"
    }
    retired = {(one.value.id, one.value.since): one for one in parts.retired}
    for key, item in ended.items():
        if key not in retired:
            yield item.problem(f"retired.yaml does not have {key[0]} since {key[1]}", "until")
    for key, record in retired.items():
        if key not in ended:
            yield record.problem(f"no item {key[0]!r} ended with the edition before {key[1]}", "id")


def retired_ids_stay_unused(parts: Parts) -> Iterator[Problem]:
    """Ids are for ever: none that was retired is an item of the newest edition, and each is retired once."""
    yield from twice("retired", parts.retired)
    for one in parts.retired:
        if one.value.id in parts.ids("items"):
            yield one.problem(f"{one.value.id} was retired and is used again", "id", hint="give the item a new id")


def replacements_of_retired_exist(parts: Parts) -> Iterator[Problem]:
    """What a retired id points to is an item of the newest edition, or was retired itself later."""
    gone = {one.value.id for one in parts.retired}
    for one in parts.retired:
        for place, name in enumerate(one.value.replaced_by):
            if name == one.value.id or name not in gone:
                yield from absent(parts, one, "items", "item", name, "replaced_by", place)


def retired_ids_have_a_document(parts: Parts) -> Iterator[Problem]:
    """A retired id belongs to a document that is there, so that it can be told from a slip of the pen."""
    for one in parts.retired:
        yield from absent(parts, one, "documents", "document", split(one.value.id)[0], "id")


EDITION_RULES = (
    editions_follow_each_other,
    substitutes_exist,
    the_newest_edition_is_as_written,
    dates_of_items_are_editions,
    earlier_fields_differ,
    changes_stand_in_their_file,
    dates_have_their_record,
    records_have_their_date,
    records_tell_the_fields,
    ended_items_are_retired,
    retired_ids_stay_unused,
    replacements_of_retired_exist,
    retired_ids_have_a_document,
)
