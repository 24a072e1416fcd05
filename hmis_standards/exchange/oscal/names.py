"""How things of ours are called in OSCAL: tokens, UUIDs, properties in a namespace of our own, points in time."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Iterable
from typing import Any

from hmis_standards.exchange.oscal.markup import markdown, unbroken
from hmis_standards.ids import join
from hmis_standards.tabular import plain

__all__ = [
    "NAMESPACE",
    "OSCAL_VERSION",
    "control_id",
    "group_id",
    "href_of",
    "item_id",
    "moment",
    "objective_id",
    "one_uuid",
    "prop",
    "props",
    "sealed",
    "statement_id",
]

OSCAL_VERSION = "1.1.3"
NAMESPACE = "https://hmis-standards.example/ns/oscal/1"
"""Of our own properties and parts. A name and no address: `example` is a domain that nobody can have."""

_ROOT = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
_FIRST, _LAST = datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)


def control_id(item: str) -> str:
    """The token of an item: ``lead-standards/GOV-01`` is ``lead-standards.GOV-01``, and no other item is."""
    return item.replace("/", ".")


def item_id(control: str) -> str:
    """The item of a token of ``control_id``. No document has a point in its id."""
    document, _, local = control.partition(".")
    return join(document, local)


def group_id(document: str, section: str = "") -> str:
    """The token of a document, or of a section of it."""
    return f"{document}.{section}" if section else document


def statement_id(item: str) -> str:
    """The token of the part that holds an item's text."""
    return f"{control_id(item)}_smt"


def objective_id(item: str) -> str:
    """The token of the part that says what is determined; findings are about it."""
    return f"{control_id(item)}_obj"


def one_uuid(*names: object) -> str:
    """The UUID (version 5) of what these names name; the same names give the same UUID everywhere and always."""
    return str(uuid.uuid5(_ROOT, json.dumps([unbroken(str(name)) for name in names])))


def sealed(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """A whole OSCAL document of ``kind``; its UUID is that of its content, so that other content has another."""
    text = json.dumps(body, sort_keys=True)
    return {kind: {"uuid": one_uuid(kind, text), **body}}


def moment(day: datetime.date) -> str:
    """The start of a day in UTC, as OSCAL wants points in time.

    Raises ValueError for a day outside the years 1900 to 2999, which OSCAL cannot say.
    """
    if not _FIRST <= day <= _LAST:
        raise ValueError(f"{day} cannot be said in OSCAL, which knows the years 1900 to 2999")
    return f"{day.isoformat()}T00:00:00Z"


def prop(name: str, value: object, remarks: str = "", kind: str = "") -> dict[str, str]:
    """A property of our own. ``value`` is put on one line; it must not be empty."""
    text = " ".join(unbroken(str(plain(value))).split())
    named = {"name": name, "ns": NAMESPACE, "value": {"True": "true", "False": "false"}.get(text, text)}
    more = {"class": kind, "remarks": markdown(remarks)}
    return named | {key: one for key, one in more.items() if one}


def props(values: Iterable[tuple[str, object]]) -> list[dict[str, str]]:
    """Properties of our own, for those values that say anything."""
    return [prop(name, value) for name, value in values if value is not None and str(value).strip()]


def href_of(text: str | None) -> str | None:
    """An address that does no harm when somebody follows it, or None: a web page, or a file beside this one."""
    if not text:
        return None
    scheme, colon, rest = text.partition(":")
    if colon and "/" not in scheme:
        return _percent(text) if scheme.lower() in {"http", "https"} and rest.startswith("//") else None
    return _percent(text) if text[0] not in "/\\#?" else None


def _percent(text: str) -> str:
    from urllib.parse import quote

    return quote(unbroken(text), safe="/:?#@!$&'()*+,;=-._~%")
