"""An assessment from a file and into one: the suffix decides the format."""

from __future__ import annotations

from pathlib import Path

from hmis_standards.assess import Assessment
from hmis_standards.exchange import csv_file, excel, excel_reading, yaml_json
from hmis_standards.model import Alignment, Catalog

__all__ = ["SUFFIXES", "read_assessment", "write_assessment"]

SUFFIXES = (".yaml", ".yml", ".json", ".csv", ".xlsx")


def read_assessment(path: str | Path, catalog: Catalog | None = None) -> Assessment:
    """The assessment in a ``.yaml``, ``.json``, ``.csv`` or ``.xlsx`` file.

    Without ``catalog``, the shipped one of the file's edition is used, tailored by the profiles that the file names:
    shipped ones, or ``<id>.yaml`` in the same folder.

    Warns (UserWarning) where a workbook was written when items were worded differently; its answers are read as they
    stand.

    Raises:
        InvalidDocument: something in the file cannot be taken, or no catalog of its edition is shipped; all problems
            are listed, each with its place.
        DocumentSyntaxError: the file is not of its format at all.
        EditionMismatch: ``catalog`` is of another edition than the file.
        MissingExtra: reading Excel needs ``hmis-standards[excel]``.
        ValueError: the suffix is none of these.
        OSError: the file cannot be opened.
    """
    source = Path(path)
    suffix = _suffix(source)
    if suffix == ".csv":
        return csv_file.read(source, catalog)
    if suffix == ".xlsx":
        return excel_reading.read(source, catalog)
    return yaml_json.read(source, catalog)


def write_assessment(
    assessment: Assessment, path: str | Path, *, unanswered: bool = False, alignment: Alignment | None = None
) -> None:
    """Write an assessment; reading the file gives an equal one.

    YAML and JSON hold only what was answered, unless ``unanswered`` asks for an entry for every item, to be filled in
    by hand. CSV and Excel always have a row for every item. With an ``alignment``, HUD's number stands before the title
    (in CSV, in a column of its own), for people to read: reading passes over it, and JSON has no place for it.

    Raises:
        MissingExtra: writing Excel needs ``hmis-standards[excel]``.
        ValueError: the suffix is none of these.
        OSError: the file cannot be written.
    """
    target = Path(path)
    suffix = _suffix(target)
    if suffix == ".csv":
        csv_file.write(assessment, target, alignment)
    elif suffix == ".xlsx":
        excel.write(assessment, target, alignment)
    else:
        yaml_json.write(assessment, target, unanswered=unanswered, alignment=alignment)


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"{path}: the name should end in {', '.join(SUFFIXES)}")
    return suffix
