"""Planted faults for the checks of standards_data/checks/file_structure.yaml."""

from __future__ import annotations

from pathlib import Path

from tests.measure.planted import Case
from tests.measure.small_exports import write_folder, write_zip
from tests.measure.whole import Texts, packed, with_text


def as_folder(texts: Texts, folder: Path) -> Path:
    return write_folder(texts, folder)


def as_zip(texts: Texts, folder: Path) -> Path:
    return write_zip(texts, folder.with_suffix(".zip"))


def as_zip_around_a_folder(texts: Texts, folder: Path) -> Path:
    return write_zip(texts, folder.with_suffix(".zip"), inside="export/")


def utf_16(text: str) -> bytes:
    return text.encode("utf-16")


ACCENT = with_text("Bea", "Béa")

CASES = {
    "not-a-zip": Case(fault=as_folder, alike=as_zip, settings={"require_zip": 1}),
    "folder-in-zip": Case(fault=as_zip_around_a_folder, alike=as_zip),
    "missing-file": Case(fault=packed(Services=None), alike=packed(Affiliation=None)),
    "missing-seldom-file": Case(fault=packed(AssessmentResults=None), alike=packed(Services=None)),
    # Nothing at all, and a line of cells where the header should be; a header without rows is in order.
    "unreadable-file": Case(fault=packed(Services="", Event="7,8,9\n"), alike=as_folder, count=2),
    "unknown-file": Case(fault=packed(Notes="PersonalID\n1\n"), alike=as_folder),
    "export-without-row": Case(fault={"Export": []}, alike=packed(Export=lambda text: text + "\n\n")),
    "export-with-several-rows": Case(
        fault=packed(Export=lambda text: text + text.splitlines()[1] + "\n"),
        alike=packed(Export=lambda text: text + "\n\n"),
    ),
    "other-csv-version": Case(
        fault={"Export": {0: {"CSVVersion": ""}}}, alike={"Export": {0: {"CSVVersion": "HMIS CSV 2026 v1.2"}}}
    ),
    "not-hashed": Case(
        fault={"Client": {0: {"FirstName": "Anna"}}, "Export": {0: {"HashStatus": "4"}}},
        alike={"Export": {0: {"HashStatus": "4"}}},
        settings={"require_hashed": 1},
    ),
    "another-encoding": Case(fault=packed(Client=utf_16), alike=packed(Client=ACCENT)),
    "byte-order-mark": Case(fault=packed(Client=lambda text: "\ufeff" + text), alike=packed(Client=ACCENT)),
    "nul-bytes": Case(fault=packed(Client=with_text("Bea", "Be\0a")), alike=packed(Client=with_text("Bea", r"Be\0a"))),
}
