"""Texts that no cell can hold as they are: too long, or with characters that XML has no place for.

Such a text stands whole on a hidden sheet, as JSON in ASCII cut into pieces. Its own cell shows as much of it as a
person can read, and a last line with its number. Reading gives the whole text, unless the cell was changed: then nobody
can know what is to become of the part that was not seen, and the cell is told as a problem.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hmis_standards.exchange.excel_layout import TEXTS

__all__ = ["held", "readable", "texts_of", "whole", "write_texts"]

_MOST = 32_767  # letters of one cell
_MOST_OF_PAIRS = 8_000  # where some are pairs in UTF-16, such as emoji: LibreOffice spoils one at every 32 kB of a text
_SEEN = 7_500
_PIECE = 30_000
# What XML cannot hold, lone halves of a pair, and what looks like an escape of Excel, which programs read differently.
_UNFIT = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MARK = re.compile(rf"\n\[the whole text is no\. ([0-9]{{1,9}}) on the hidden sheet {TEXTS}\]\Z")


def readable(text: str) -> str:
    """The text as far as any cell, note or header can show it."""
    return _UNFIT.sub("\ufffd", text[:_SEEN])


def held(text: str, kept: list[str]) -> str:
    """What the cell of a text shows: itself where it can; else the text is added to ``kept``."""
    if not _UNFIT.search(text) and not _MARK.search(text) and _short(text):
        return text
    kept.append(text)
    return _cell(text, len(kept))


def _short(text: str) -> bool:
    return len(text) <= _MOST_OF_PAIRS or (len(text) <= _MOST and max(text) <= "\uffff")


def _cell(text: str, number: int) -> str:
    return f"{readable(text)}\n[the whole text is no. {number} on the hidden sheet {TEXTS}]"


def write_texts(book: Any, kept: Sequence[str]) -> None:
    """The hidden sheet: a row a piece, with the number of its text."""
    if not kept:
        return
    sheet = book.add_worksheet(TEXTS)
    pieces = [(number, piece) for number, text in enumerate(kept, start=1) for piece in _pieces(text)]
    for row, (number, piece) in enumerate(pieces):
        sheet.write_number(row, 0, number)
        sheet.write_string(row, 1, piece)
    sheet.hide()


def _pieces(text: str) -> Iterable[str]:
    """JSON in ASCII, in which nothing looks like an escape of Excel."""
    told = json.dumps(text).replace("_x", "_\\u0078")
    return (told[start : start + _PIECE] for start in range(0, len(told), _PIECE))


def texts_of(cells: Iterable[Sequence[Any]]) -> dict[int, str]:
    """The texts of the hidden sheet by number; one that was damaged is left out."""
    pieces: dict[int, list[str]] = {}
    for number, piece in (row[:2] for row in cells if len(row) > 1):
        if isinstance(number, int | float) and number == number // 1:
            pieces.setdefault(int(number), []).append(str(piece))
    return {number: text for number, parts in pieces.items() if isinstance(text := _loaded("".join(parts)), str)}


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def whole(cell: str, texts: Mapping[int, str]) -> str:
    """The text of a cell. Raises ValueError where it continues on the hidden sheet and was changed, or that is gone."""
    mark = _MARK.search(cell)
    if mark is None:
        return cell
    number = int(mark[1])
    if number not in texts:
        raise ValueError(f"its last line names text {number}, which is not on the hidden sheet {TEXTS}")
    if cell.strip() != _cell(texts[number], number).strip():
        raise ValueError("the cell shows the beginning of a longer text, and was changed")
    return texts[number]
