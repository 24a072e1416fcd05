"""Reading an OSCAL catalog: its controls with their texts, and everything in the file that is not as OSCAL has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from attrs import field, frozen

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.exchange.oscal.markup import plain_text
from hmis_standards.store.raw import Raw

__all__ = ["CatalogFile", "Control", "Node", "open_catalog"]

_INSERT = re.compile(r"\{\{\s*insert:\s*param,\s*([^\s{}]+)\s*\}\}")
_DAY = re.compile(r"(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")
_DEEPEST = 5  # of parameters that insert parameters
_MOST_INSERTED = 1_000  # in one text: parameters that insert others many times over could fill any memory

Where = tuple[str | int, ...]


class _Reading:
    """The file, and what is wrong in it."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.faults: list[tuple[Where, str]] = []

    def fault(self, at: Where, message: str) -> None:
        self.faults.append((at, message))

    def problems(self) -> tuple[Problem, ...]:
        placed = ((self.raw.line_of(at), at, message) for at, message in dict.fromkeys(self.faults))
        told = sorted(placed, key=lambda one: one[0] or 0)
        return tuple(Problem(self.raw.path, line, "/".join(map(str, at)), message) for line, at, message in told)


@frozen
class Node:
    """An object of the file and its place. Looking at what is not as it should be is remembered as a fault."""

    data: dict[str, Any] = field(repr=False)
    at: Where
    reading: _Reading = field(repr=False, eq=False)

    def text(self, key: str, needed: bool = False) -> str:
        """A text without blanks around it; empty where there is none."""
        value = self.data.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None and not isinstance(value, str):
            self.reading.fault((*self.at, key), "should be text")
        elif needed:
            self.reading.fault((*self.at, key), "is missing or empty, and OSCAL demands it")
        return ""

    def nodes(self, key: str) -> Iterator[Node]:
        """The objects of a list."""
        value = self.data.get(key, [])
        if not isinstance(value, list):
            self.reading.fault((*self.at, key), "should be a list")
            return
        for place, one in enumerate(value):
            if isinstance(one, dict):
                yield Node(one, (*self.at, key, place), self.reading)
            else:
                self.reading.fault((*self.at, key, place), "should be an object")

    def below(self, name: str) -> Iterator[Node]:
        """The parts of that name."""
        return (part for part in self.nodes("parts") if part.text("name") == name)

    def prop(self, name: str) -> str:
        """The value of the first property of that name; empty where there is none."""
        return next((one.text("value") for one in self.nodes("props") if one.text("name") == name), "")


@frozen
class Control:
    """A control with its group, and the parameters its texts may insert."""

    node: Node
    group: str
    params: dict[str, Node] = field(repr=False)

    @property
    def id(self) -> str:
        """Its own id in its catalog."""
        return self.node.text("id", needed=True)

    @property
    def label(self) -> str:
        """What people call it: its label, or its id."""
        return self.node.prop("label") or self.id

    @property
    def title(self) -> str:
        """Its title on one line."""
        return " ".join(self._filled(self.node.text("title", needed=True)).split())

    def parts(self, name: str) -> Iterator[Node]:
        """Its parts of that name."""
        return self.node.below(name)

    def prose(self, name: str) -> str:
        """The text of its parts of that name, each with the items in it on lines of their own."""
        return "\n".join(text for text in map(self.text_of, self.parts(name)) if text)

    def text_of(self, part: Node) -> str:
        """The text of one part."""
        return "\n".join(self._lines(part))

    def _lines(self, part: Node) -> Iterator[str]:
        label, prose = part.prop("label"), self._filled(part.text("prose")).strip()
        if prose:
            yield f"{label} {prose}" if label and part.text("name") == "item" else prose
        for one in part.nodes("parts"):
            yield from self._lines(one)

    def _filled(self, prose: str) -> str:
        """Plain text, with parameters as their value, their choices or their label."""
        return self._inserted(prose, 0, count())

    def _inserted(self, prose: str, depth: int, so_far: Iterator[int]) -> str:
        parts = _INSERT.split(prose)
        texts = (
            plain_text(text) if place % 2 == 0 else self._param(text, depth, so_far) for place, text in enumerate(parts)
        )
        return "".join(texts)

    def _param(self, name: str, depth: int, so_far: Iterator[int]) -> str:
        node = self.params.get(name)
        if node is None or depth > _DEEPEST or next(so_far) >= _MOST_INSERTED:
            return f"[{name}]"
        values = node.data.get("values")
        if isinstance(values, list) and values:
            return ", ".join(map(str, values))
        given = node.data.get("select")
        select = given if isinstance(given, dict) else {}
        choices = select.get("choice")
        if isinstance(choices, list) and choices:
            start = "one or more of" if select.get("how-many") == "one-or-more" else "one of"
            return f"[{start}: {'; '.join(self._inserted(str(one), depth + 1, so_far) for one in choices)}]"
        label = self._inserted(node.text("label"), depth + 1, so_far)
        return f"[{label or name}]"


@frozen
class CatalogFile:
    """What is taken of an OSCAL catalog."""

    title: str
    version: str
    uuid: str
    day: str
    publisher: str
    controls: tuple[Control, ...] = field(repr=False)


def open_catalog(path: Path) -> CatalogFile:
    """The catalog in a file, JSON or YAML by suffix, without its withdrawn controls.

    Raises InvalidDocument with all problems, DocumentSyntaxError if it is not of its format, OSError.
    """
    reading = _Reading(Raw.read(path))
    found = _catalog(reading)
    if reading.faults or found is None:
        raise InvalidDocument(str(path), reading.problems())
    return found


def _catalog(reading: _Reading) -> CatalogFile | None:
    data = reading.raw.data
    inner = data.get("catalog") if isinstance(data, dict) else None
    if not isinstance(inner, dict):
        held = ", ".join(map(str, list(data)[:3])) if isinstance(data, dict) else "no object"
        reading.fault((), f"is not an OSCAL catalog: it should hold `catalog`, and holds {held or 'nothing'}")
        return None
    top = Node(inner, ("catalog",), reading)
    head = inner.get("metadata")
    if not isinstance(head, dict):
        reading.fault(("catalog", "metadata"), "is missing, and OSCAL demands it")
        return None
    meta = Node(head, ("catalog", "metadata"), reading)
    controls = tuple(_asked(reading, top))
    day = _DAY.match(meta.text("published") or meta.text("last-modified"))
    return CatalogFile(
        title=" ".join(plain_text(meta.text("title", needed=True)).split()),
        version=" ".join(meta.text("version", needed=True).split()),
        uuid=top.text("uuid", needed=True),
        day=day[0] if day else "",
        publisher=_publisher(meta),
        controls=controls,
    )


def _asked(reading: _Reading, top: Node) -> Iterator[Control]:
    """The controls that are asked, each looked through for faults. Without any there is nothing to import."""
    listed = list(_controls(top, "", {}))
    seen: set[str] = set()
    for one in listed:
        if one.id in seen:
            reading.fault((*one.node.at, "id"), f"{one.id!r} is the id of an earlier control too")
        seen.add(one.id)
    asked = [one for one in listed if one.node.prop("status").lower() != "withdrawn"]
    if not asked and not reading.faults:
        reading.fault(top.at, "holds no control that is asked")
    for one in asked:
        _look_through(one)
    return iter(asked)


def _look_through(one: Control) -> None:
    """Read all that an item is made of, so that every fault is told together."""
    _ = one.title, one.label
    for part in one.node.nodes("parts"):
        part.text("name", needed=True)
        one.text_of(part)


def _controls(node: Node, group: str, params: dict[str, Node]) -> Iterator[Control]:
    """All controls below a catalog, a group or a control, in order."""
    known = {**params, **_params(node)}
    for one in node.nodes("controls"):
        own = {**known, **_params(one)}
        yield Control(one, group, own)
        yield from _controls(one, group, own)
    for one in node.nodes("groups"):
        yield from _controls(one, one.text("id") or group, known)


def _params(node: Node) -> dict[str, Node]:
    return {one.text("id", needed=True): one for one in node.nodes("params")}


def _publisher(meta: Node) -> str:
    """The name of the party that made or published the catalog; empty where none is named."""
    names = {one.text("uuid"): one.text("name") for one in meta.nodes("parties")}
    for role in ("publisher", "creator"):
        for one in meta.nodes("responsible-parties"):
            parties = one.data.get("party-uuids")
            if one.text("role-id") == role and isinstance(parties, list) and parties:
                return names.get(str(parties[0]), "")
    return next(iter(names.values()), "")
