"""Every row of the research notes on the nine products is an item, with the obligation and basis found there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

import pytest
from attrs import field, frozen

from hmis_standards.store import load_catalog
from tests.shared_data import shared


@frozen
class Notes:
    """A table of the notes: its file, the prefix of its ids, our document, and where its columns stand."""

    file: str
    prefix: str
    document: str
    count: int
    sections: Mapping[str, str] = field(factory=dict)
    obligation: int | None = 3
    basis: int = 4


_P5 = {"P1": "GOV", "P2": "PLN", "P3": "AGR", "P4": "COM", "P5": "MON", "P6": "REP", "P7": "IMP", "P8": "INC"}
NOTES = [
    Notes("product-1-lead-standards.md", "P1", "lead-standards", 51),
    Notes("product-2-staffing-resourcing.md", "P2", "staffing-resourcing", 40),
    Notes("product-3-improvement-matrix.md", "P3", "improvement-matrix", 54, obligation=5, basis=6),
    Notes("product-4-system-administrator.md", "P4", "system-administrator", 111, {"DQ": "DQM"}),
    Notes("product-5-data-quality-program.md", "DQMP", "data-quality-program", 45, _P5),
    Notes("product-6-contract-management.md", "P6", "contract-management", 46),
    Notes("product-7-vendor-monitoring.md", "P7", "vendor-monitoring", 46),
    Notes("product-8-end-user-training.md", "P8", "end-user-training", 55, obligation=None),
    Notes("product-9-vendor-capacity.md", "P9", "vendor-capacity", 142),
]

# Rows whose obligation we lowered: the authority cited does not say what the row asks.
LOWERED = {"data-quality-program/AGR-01": "expected"}

# Items that are ours beside the notes: duties of one edition only, told in the change records.
OURS = {"vendor-capacity/DAT-18"}

by_document = pytest.mark.parametrize("notes", NOTES, ids=lambda notes: notes.document)


def _rows(notes: Notes) -> dict[str, list[str]]:
    """Our id of every row of the notes' tables, with its cells."""
    text = (shared() / "content" / notes.file).read_text(encoding="utf-8")
    rows = {}
    for line in text.splitlines():
        found = re.match(rf"\| {notes.prefix}-([A-Z0-9]+)(?:-(\d+))? \|", line)
        if found:
            section = notes.sections.get(found[1], found[1])
            local = f"{section}-{found[2]}" if found[2] else section
            rows[f"{notes.document}/{local}"] = [cell.strip() for cell in line.strip("|").split("|")]
    return rows


@by_document
def test_every_row_is_an_item_and_every_item_a_row(notes: Notes) -> None:
    rows = _rows(notes)
    ours = {item.id for item in load_catalog().document(notes.document).items}
    assert len(rows) == notes.count
    assert ours - OURS == set(rows)


@by_document
def test_obligation_and_basis_are_those_found(notes: Notes) -> None:
    catalog = load_catalog()
    for item_id, cells in _rows(notes).items():
        item = catalog[item_id]
        if notes.obligation is None:
            continue
        found = LOWERED.get(item_id, cells[notes.obligation].split(" (")[0])
        assert item.obligation.value == found, item_id
        assert item.basis.value == cells[notes.basis].lower().replace(" ", "_"), item_id


@by_document
def test_no_sentence_of_the_notes_is_repeated(notes: Notes) -> None:
    catalog = load_catalog()
    for item_id, cells in _rows(notes).items():
        item = catalog[item_id]
        noted = cells[2].rstrip(".").lower()
        assert SequenceMatcher(None, noted, item.title.lower()).ratio() < 0.85, item_id
        if len(noted.split()) > 4:
            assert noted not in f"{item.text} {item.why}".lower(), item_id


def test_there_are_590() -> None:
    assert sum(notes.count for notes in NOTES) == 590
