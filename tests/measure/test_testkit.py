"""HUD's data quality tables against the test kit, cell by cell; where a table departs from HUD's text, the text."""

from __future__ import annotations

import pytest

from hmis_standards.measure import HudTable, hud_dq_report, open_export
from hmis_standards.measure.door.load import SUPPORTED
from tests.shared_data import COLUMNS, TOLERANCE, Part, testkit_parts

QUESTIONS = ("Q5a", "Q6a", "Q6b", "Q6c", "Q6d", "Q6e", "Q6f")


@pytest.mark.parametrize("part", testkit_parts(SUPPORTED))
def test_every_cell(part: Part) -> None:
    with open_export(part.input) as export:
        assert export.edition == part.format
        report = hud_dq_report(
            export, start=part.start, end=part.end, projects=part.project_ids, coc=part.coc_codes or None
        )
    assert [table.name for table in report.tables] == list(QUESTIONS)
    assert [difference for table in report.tables for difference in differences(part, table)] == []


def differences(part: Part, table: HudTable) -> list[str]:
    """The cells whose figure is not the expected one; a blank must be blank, but in HUD's own kit it is any 0."""
    deviations = part.deviations(table.name)
    expected = part.cells(table.name)
    columns = 1 if table.name == "Q5a" and part.is_published else None
    assert [len(line.cells[:columns]) for line in table.lines] == [len(row) for row in expected], table.name
    found = []
    for row, (line, cells) in enumerate(zip(table.lines, expected, strict=True), start=1):
        for column, ours, theirs in zip(COLUMNS, line.cells, cells, strict=False):
            wanted = deviations.get((row, column), {}).get("glossary", None if theirs == "" else float(theirs))
            if part.is_published:
                ours, wanted = ours or 0, wanted or 0
            same = ours is None if wanted is None else ours is not None and abs(float(ours) - wanted) <= TOLERANCE
            if not same:
                found.append(f"{table.name} {column}{row}: {ours}, not {wanted}")
    return found
