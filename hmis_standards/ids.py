"""Ids: how they look, and which known ones are close to a wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["ITEM_ID", "close_matches", "is_item_id", "join", "split"]

ITEM_ID = r"^[a-z][a-z0-9-]*/[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$"


def is_item_id(text: str) -> bool:
    """Whether ``text`` has the form ``document/SECTION-NN``; says nothing on whether it exists."""
    return re.match(ITEM_ID, text) is not None


def join(document: str, local: str) -> str:
    """The full id of an item: ``join("system-administrator", "GOV-01")``."""
    return f"{document}/{local}"


def split(item_id: str) -> tuple[str, str]:
    """Document and local part of a full id; the document is empty where there is no slash."""
    document, slash, local = item_id.partition("/")
    return (document, local) if slash else ("", item_id)


def close_matches(wrong: object, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Up to ``most`` known ids that look like ``wrong``, the likeliest first; none if ``wrong`` is not text.

    The local part alone is tried too, so that ``GOV-01`` finds ``system-administrator/GOV-01``; so is another
    case, and a number written without its leading zero.
    """
    if not isinstance(wrong, str):
        return ()
    from difflib import get_close_matches

    names = list(known)
    same = [name for name in names if _folded(name) == _folded(wrong) or _folded(split(name)[1]) == _folded(wrong)]
    return tuple(same or get_close_matches(wrong, names, n=most, cutoff=0.75))[:most]


def _folded(text: str) -> str:
    """Case and leading zeros removed: ``GOV-06`` and ``gov-6`` are alike."""
    return re.sub(r"-0+(?=\d)", "-", text.lower())
