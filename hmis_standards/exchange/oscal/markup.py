"""Plain text in the fields of OSCAL that are read as Markdown, and back.

OSCAL's prose is CommonMark. Our texts and the notes of people are not: whatever Markdown or HTML would take for a
sign is written so that every reader of CommonMark shows the sign itself, and so that it also does no harm in a page
of a tool that puts the field into HTML as it is.
"""

from __future__ import annotations

import html
import re

__all__ = ["line", "markdown", "plain_text", "unbroken"]

# Read as Markdown wherever they stand. Braces: `{{ insert: param, ... }}` is OSCAL's own sign.
_SIGNS = re.compile(r"([\\`*_{}\[\]~^|$\"])")
_ENTITIES = re.compile(r"&(?=[#A-Za-z])")
# Read as Markdown at the start of a line: a heading, a list, a rule, an underline of a heading, blanks of a code block.
_STARTS = re.compile(r"^([#+=-])", re.M)
_NUMBERS = re.compile(r"^([0-9]+)([.)])", re.M)
_BLANKS = re.compile(r"^[ \t]|[ \t]$", re.M)
_RETURN = re.compile("\r")  # a line end of Markdown, unless it is written as a number
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_UNSAYABLE = re.compile("[\0\ud800-\udfff]")
# Any of these: most texts have none.
_ANY = re.compile('[\\\\`*_{}\\[\\]~^|$"&<>\0\r\ud800-\udfff]|^[-#+= \t0-9]|[ \t]$', re.M)


def markdown(text: str) -> str:
    """Markdown that shows ``text`` as it is. ``plain_text`` takes it back."""
    if _ANY.search(text) is None:
        return text
    safe = _ENTITIES.sub("&amp;", unbroken(text)).replace("<", "&lt;").replace(">", "&gt;")
    safe = _STARTS.sub(r"\\\1", _NUMBERS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", safe)))
    return _RETURN.sub(_numbered, _BLANKS.sub(_numbered, safe))


def plain_text(prose: str) -> str:
    """The text of Markdown that has no more markup than escapes; other markup stays as it is written."""
    return _ESCAPED.sub(lambda found: found[1] or html.unescape(found[0]), prose)


def line(text: str) -> str:
    """``text`` on one line, as Markdown: for titles, which hold no line end."""
    return markdown(" ".join(text.split()))


def unbroken(text: str) -> str:
    """Text that UTF-8 and Markdown can hold: NUL and half a surrogate pair become the sign for what cannot be shown."""
    return _UNSAYABLE.sub("\ufffd", text)


def _numbered(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"
