"""Strict YAML and JSON: nothing is guessed, nothing is lost, and every value knows its line.

Plain PyYAML keeps the last of two equal keys, reads ``no`` as False and ``3:25`` as 205. This reader refuses
duplicate keys, anchors, aliases, merge keys and tags, and knows only null, true, false and whole numbers beside text.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from hmis_standards.errors import DocumentSyntaxError
from hmis_standards.store.raw import Raw

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Raw", "dump_yaml", "line_of", "parse_json", "parse_yaml", "read_raw"]

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 100
_MANY = 5000
_STR, _INT, _MAP, _SEQ = (f"tag:yaml.org,2002:{name}" for name in ("str", "int", "map", "seq"))
_NULL, _BOOL = (f"tag:yaml.org,2002:{name}" for name in ("null", "bool"))
_WORDS = {"": _NULL, "~": _NULL, "null": _NULL, "true": _BOOL, "false": _BOOL}
# In JSON: a backslash, a pair of halves, or a half alone, which no UTF-8 can hold.
_HALF = re.compile(r"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F]..)")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)$")


class _Refused(Exception):
    """A construct that is YAML but not ours."""

    def __init__(self, mark: Any, reason: str) -> None:
        super().__init__(reason)
        self.mark, self.reason = mark, reason


class _StrictLoader(_Base):  # type: ignore[misc]
    """A private subclass: PyYAML's own classes stay as they are for everybody else in the process.

    It only composes nodes; values are made by ``_value``, which is stricter than PyYAML's constructor and faster.
    """

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """The tag of a node that has none: text, unless it is plain and one of our few words or a whole number."""
        if kind is not yaml.ScalarNode:
            return _MAP if kind is yaml.MappingNode else _SEQ
        if not implicit[0]:
            return _STR
        return _WORDS.get(value) or (_INT if _WHOLE.match(value) else _STR)


def _value(node: Any) -> Any:
    """A node as a plain value. Raises _Refused for a key that stands twice or is no plain text."""
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(one) for one in node.value]
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _Refused(key.start_mark, "a key must be plain text")
        if key.value == "<<":
            raise _Refused(key.start_mark, "merge keys (<<) are not used here; write the fields out")
        if key.value in found:
            first = next(one.start_mark.line + 1 for one, _ in node.value if one.value == key.value)
            raise _Refused(key.start_mark, f"duplicate key {key.value!r}, first on line {first}")
        found[key.value] = _value(value)
    return found


def _scalar(node: Any) -> Any:
    if node.tag == _STR:
        return node.value
    if node.tag == _INT:
        return _whole(node)
    return node.value == "true" if node.tag == _BOOL else None


def _whole(node: Any) -> int:
    """Of as many digits as Python reads; more are a slip, or meant to hold the process up."""
    try:
        return int(node.value)
    except ValueError:
        raise _Refused(node.start_mark, "a number of so many digits is not used here") from None


def read_raw(path: str | Path | Traversable) -> Raw:
    """Read a ``.yaml``, ``.yml`` or ``.json`` file.

    Raises:
        DocumentSyntaxError: it is not UTF-8, not YAML or JSON, or uses what this reader refuses.
        OSError: it cannot be opened.
    """
    source = Path(path) if isinstance(path, str) else path
    name = str(path)
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentSyntaxError(name, 1, 1, f"not UTF-8 text (byte {error.start})") from None
    parse = parse_json if name.endswith(".json") else parse_yaml
    return Raw(name, parse(text, name), text)


def parse_yaml(text: str, path: str = "<text>") -> Any:
    """``text`` as plain dicts, lists, strings, whole numbers, booleans and None. Raises DocumentSyntaxError."""
    try:
        _refuse_constructs(text)
        node = yaml.compose(text, Loader=_StrictLoader)
        return None if node is None else _value(node)
    except _Refused as error:
        raise _syntax(path, error.mark, error.reason) from None
    except yaml.MarkedYAMLError as error:
        reason = error.problem or "not YAML"
        raise _syntax(path, error.problem_mark or error.context_mark, reason) from None
    except yaml.reader.ReaderError as error:
        raise DocumentSyntaxError(path, _line_at(text, error.position), 1, "a character YAML does not allow") from None
    except RecursionError:
        raise DocumentSyntaxError(path, 1, 1, "nested too deeply") from None


def _refuse_constructs(text: str) -> None:
    """No anchors and aliases: one text could mean two places. No tags: they change what a value is.

    No deep nesting either, on which libyaml's composer would bring the process down. Texts that cannot hold any
    of these, which is most, are not looked through.
    """
    if not any(sign in text for sign in "&*!") and not _may_be_deep(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_StrictLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _Refused(event.start_mark, "nested too deeply")
        if getattr(event, "anchor", None):
            raise _Refused(event.start_mark, "anchors and aliases (& and *) are not used here; write the value out")
        if getattr(event, "tag", None):
            raise _Refused(event.start_mark, "tags (!) are not used here; write the plain value")


def _may_be_deep(text: str) -> bool:
    """Depth needs brackets, or blocks further and further to the right."""
    return text.count("[") + text.count("{") > _MANY or any(len(line) > _MANY for line in text.splitlines())


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _syntax(path: str, mark: Any, reason: str) -> DocumentSyntaxError:
    if mark is None:
        return DocumentSyntaxError(path, 1, 1, reason)
    return DocumentSyntaxError(path, mark.line + 1, mark.column + 1, reason)


def parse_json(text: str, path: str = "<text>") -> Any:
    """``text`` as JSON, refusing duplicate keys and halves of characters. Raises DocumentSyntaxError."""
    half = next((one for one in _HALF.finditer(text) if one[1]), None) if "\\u" in text else None
    if half:
        line = _line_at(text, half.start())
        raise DocumentSyntaxError(path, line, 1, f"half of a character ({half[1]}) without its other half")

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        if len(made) < len(found):
            keys = [key for key, _ in found]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise DocumentSyntaxError(path, _second_place(text, twice), 1, f"duplicate key {twice!r}")
        return made

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_float=str)
    except json.JSONDecodeError as error:
        raise DocumentSyntaxError(path, error.lineno, error.colno, error.msg) from None
    except ValueError:
        raise DocumentSyntaxError(path, 1, 1, "a number of so many digits is not used here") from None
    except RecursionError:
        raise DocumentSyntaxError(path, 1, 1, "nested too deeply") from None


def _second_place(text: str, key: str) -> int:
    """The line on which a key stands for the second time."""
    places = [match.start() for match in re.finditer(re.escape(json.dumps(key)) + r"\s*:", text)]
    return text.count("\n", 0, places[1] if len(places) > 1 else 0) + 1


def line_of(text: str, pointer: tuple[str | int, ...]) -> int | None:
    """The line of the value at ``pointer``, or of the nearest thing above it; None without a text.

    Composes the text again, which costs nothing as long as nothing is wrong.
    """
    node = _composed(text) if text else None
    if node is None:
        return None
    line = 1
    for part in pointer:
        below, mark = _step(node, part)
        if below is None:
            break
        node, line = below, mark.line + 1
    return line


@lru_cache(maxsize=4)
def _composed(text: str) -> Any:
    """The nodes of a text with their marks: kept for a moment, as one file often has several problems."""
    try:
        _refuse_constructs(text)
        return yaml.compose(text, Loader=_StrictLoader)
    except (yaml.YAMLError, RecursionError, _Refused):
        return None


def _step(node: Any, part: str | int) -> tuple[Any, Any]:
    """The child of a node and the mark that shows where it begins (for a mapping: its key)."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return value, key.start_mark
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark
    return None, None


class _PlainDumper(yaml.SafeDumper):
    """A private subclass: no anchors, and text of several lines as a block."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_PlainDumper.add_representer(str, _text_node)


def dump_yaml(data: Any) -> str:
    """``data`` (dicts, lists, strings, whole numbers, booleans, None) as YAML that ``parse_yaml`` reads back equal."""
    text: str = yaml.dump(
        data, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=110
    )
    return text
