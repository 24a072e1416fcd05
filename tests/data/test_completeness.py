"""Every row of the research notes on a product is encoded as an item, with the obligation and basis found there."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import pytest

from hmis_standards.store import load_catalog
from tests.shared_data import shared

# Section of the notes -> section of ours, where they differ.
_SECTIONS = {
    "P4": ("system-administrator", {"DQ": "DQM"}),
    "DQMP": (
        "data-quality-program",
        {"P1": "GOV", "P2": "PLN", "P3": "AGR", "P4": "COM", "P5": "MON", "P6": "REP", "P7": "IMP", "P8": "INC"},
    ),
}
_NOTES = {"P4": "product-4-system-administrator.md", "DQMP": "product-5-data-quality-program.md"}

# Rows whose obligation we lowered: the authority cited does not say what the row asks.
_LOWERED = {"data-quality-program/AGR-01": "expected"}


def _rows(prefix: str) -> dict[str, list[str]]:
    """Our id of every row of the notes' tables, with its cells."""
    document, sections = _SECTIONS[prefix]
    text = (shared() / "content" / _NOTES[prefix]).read_text(encoding="utf-8")
    rows = {}
    for line in text.splitlines():
        found = re.match(rf"\| {prefix}-([A-Z0-9]+)-(\d+) \|", line)
        if found:
            section = sections.get(found[1], found[1])
            rows[f"{document}/{section}-{found[2]}"] = [cell.strip() for cell in line.strip("|").split("|")]
    return rows


@pytest.mark.parametrize(("prefix", "count"), [("P4", 111), ("DQMP", 45)])
def test_every_row_is_an_item_and_every_item_a_row(prefix: str, count: int) -> None:
    rows = _rows(prefix)
    document = _SECTIONS[prefix][0]
    ours = [item.id for item in load_catalog().document(document).items]
    assert len(rows) == count
    assert sorted(ours) == sorted(rows)


@pytest.mark.parametrize("prefix", ["P4", "DQMP"])
def test_obligation_and_basis_are_those_found(prefix: str) -> None:
    catalog = load_catalog()
    for item_id, cells in _rows(prefix).items():
        item = catalog[item_id]
        found = _LOWERED.get(item_id, cells[3].split(" (")[0])
        assert item.obligation.value == found, item_id
        assert item.basis.value == cells[4].lower().replace(" ", "_"), item_id


@pytest.mark.parametrize("prefix", ["P4", "DQMP"])
def test_no_sentence_of_the_notes_is_repeated(prefix: str) -> None:
    catalog = load_catalog()
    for item_id, cells in _rows(prefix).items():
        item = catalog[item_id]
        noted = cells[2].rstrip(".").lower()
        assert SequenceMatcher(None, noted, item.title.lower()).ratio() < 0.85, item_id
        assert noted not in f"{item.text} {item.why}".lower(), item_id
