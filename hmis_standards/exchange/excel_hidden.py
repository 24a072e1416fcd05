"""The hidden sheet of a workbook: its facts, and each item with a digest of its wording and the answers it takes.

The lists of answers are looked up here by the id in the row, so that they fit after sorting too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hmis_standards.assess import Assessment
from hmis_standards.assess.answers import allowed_answers, allowed_words
from hmis_standards.exchange.excel_layout import LAYOUT, META, SHOWN, letters, shown_answer
from hmis_standards.exchange.excel_texts import held
from hmis_standards.exchange.gather import fact_texts
from hmis_standards.exchange.sheets import put
from hmis_standards.ids import is_item_id, split
from hmis_standards.model import Catalog, Item

__all__ = ["answer_list", "changed_wording", "digests_of", "listed", "write_meta"]

_ITEM, _DIGEST, _COUNT, _WORDS = 3, 4, 5, 6  # columns; facts stand in the first two
_DIGITS = 16


def write_meta(book: Any, assessment: Assessment, kept: list[str]) -> None:
    """Facts, layout and content hash; and a row an item."""
    sheet = book.add_worksheet(META)
    items = assessment.items()
    digests = [_digest(assessment.catalog, item) for item in items]
    hidden = {name: text for name, text in fact_texts(assessment).items() if name not in SHOWN}
    hidden |= {"layout": LAYOUT, "content_hash": f"sha256:{_hash(digests)}"}
    for row, (name, text) in enumerate(hidden.items()):
        put(sheet, row, 0, name)
        put(sheet, row, 1, held(text, kept))
    for row, (item, digest) in enumerate(zip(items, digests, strict=True)):
        _write_item(sheet, row, item.id, digest, allowed_words(assessment.catalog, item))
    sheet.hide()


def _write_item(sheet: Any, row: int, item_id: str, digest: str, words: Sequence[str]) -> None:
    put(sheet, row, _ITEM, item_id)
    put(sheet, row, _DIGEST, digest[:_DIGITS])
    sheet.write_number(row, _COUNT, len(words))
    for column, word in enumerate(words, start=_WORDS):
        put(sheet, row, column, shown_answer(word))


def answer_list(items: int, row: int, column: int) -> str:
    """The range of the answers that the item named in a cell takes, as a formula for a list; rows from 1."""
    ids, counts = (f"{META}!${letters(one)}$1:${letters(one)}${items}" for one in (_ITEM, _COUNT))
    found = f"MATCH(${letters(column)}{row},{ids},0)"
    return f"=OFFSET({META}!${letters(_WORDS)}$1,{found}-1,0,1,INDEX({counts},{found}))"


# --- whether the items still read the same -----------------------------------------------------------------


def _digest(catalog: Catalog, item: Item) -> str:
    """A digest of what a person who answers reads, and of what can be answered."""
    goal = str(item.goal) if item.goal else ""
    levels = [level.text for level in item.levels]
    asked = [item.id, item.title, item.text, levels, list(item.parts), goal, list(allowed_answers(catalog, item))]
    return _hash([json.dumps(asked, ensure_ascii=False)])


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def digests_of(cells: Iterable[Sequence[Any]]) -> dict[str, str]:
    """The digests of the items by id, out of the cells of the hidden sheet; empty for a workbook of layout 1."""
    rows = (row[_ITEM : _DIGEST + 1] for row in cells if len(row) > _DIGEST)
    return {str(item): str(digest) for item, digest in rows if is_item_id(str(item))}


def changed_wording(digests: Mapping[str, str], catalog: Catalog, documents: Sequence[str]) -> tuple[str, ...]:
    """What is different now, in words: items that are worded differently, that are there no more, and new ones."""
    if not digests:
        return ()
    now = {item.id: _digest(catalog, item)[:_DIGITS] for name in documents for item in catalog.document(name).items}
    gone = [one for one in digests if one not in now and split(one)[0] in documents]
    told = {
        "worded differently": [one for one, digest in digests.items() if now.get(one, digest) != digest],
        "left out": gone,
        "new": [one for one in now if one not in digests],
    }
    return tuple(f"{what}: {listed(ids)}" for what, ids in told.items() if ids)


def listed(ids: Sequence[str]) -> str:
    """The first of many ids, and how many more there are."""
    more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
    return ", ".join(ids[:5]) + more
