"""Making checks: statuses and their reasons, the records behind a count, settings, one's own checks."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.errors import ExportError, PredicateError, UnknownCheck
from hmis_standards.measure import Export, FindingSet, check, open_export
from hmis_standards.model import CheckGroup, CheckSet, Setting
from hmis_standards.vocabulary import Origin
from tests.measure.planted import HEADERS, clean, write
from tests.measure.small_exports import Tables, csv_text, write_folder
from tests.measure.test_predicates import made


def opened(folder: Path, tables: Tables | None = None) -> Export:
    return open_export(write(tables or clean(), folder / "export"))


def test_counts_and_denominators(tmp_path: Path) -> None:
    checks = [made("ExitDate IS NULL", id="open"), made("ExitDate IS NULL", id="open-of-left", among="has_exit")]
    with opened(tmp_path) as export:
        found = check(export, checks)
    assert [(one.check.id, one.count, one.denominator, one.status) for one in found] == [
        ("open", 1, 2, "ok"),
        ("open-of-left", 0, 1, "ok"),
    ]
    assert found["open"] is found[0]
    assert found[0:2] == tuple(found)
    with pytest.raises(UnknownCheck, match="did you mean open"):
        found["opn"]


def test_project_types_limit_who_is_looked_at(tmp_path: Path) -> None:
    checks = [made(id="here", project_types=(2, 3)), made(id="elsewhere", project_types=(3,))]
    with opened(tmp_path) as export:
        here, elsewhere = check(export, checks)
    assert (here.count, here.denominator) == (2, 2)
    assert (elsewhere.status, elsewhere.reason) == ("not_applicable", "no enrollment to look at")


def test_editions_and_options(tmp_path: Path) -> None:
    option = Setting(id="strict", value=0, unit="option", text="Made up.", origin=Origin.CONVENTION)
    listed = (made(id="old", editions=("FY2022",)), made(id="optional", option="strict"))
    checks = CheckSet((CheckGroup(id="made", title="Made up", text="Made up.", settings=(option,), checks=listed),))
    with opened(tmp_path) as export:
        off, on = check(export, checks), check(export, checks, {"strict": 1})
    assert [one.reason for one in off] == ["not for edition FY2026", "the option strict is off"]
    assert on["optional"].count == 2
    assert dict(on.settings)["strict"] == 1


def test_a_missing_column_is_an_error_and_passes_nothing(tmp_path: Path) -> None:
    tables = clean()
    del tables["Event"]
    for row in tables["Enrollment"]:
        del row["MoveInDate"]
    reads = {"Enrollment": ["EntryDate", "MoveInDate"], "Event": ["EventDate"]}
    whole = hs.load_checks()["no-enrollments"].reads
    assert whole.to_dict() == {"Enrollment": ["EnrollmentID"]}
    one = made(reads=structured(reads))
    with opened(tmp_path, tables) as export:
        (found,) = check(export, [one])
    assert (found.status, found.count, found.denominator) == ("error", 0, 0)
    assert found.reason == "Enrollment.MoveInDate is missing from the export; Event.csv is missing from the export"


def structured(reads: dict[str, list[str]]) -> hs.model.Reads:
    from hmis_standards.model import Reads, TableColumns

    return Reads(tables=tuple(TableColumns(table=name, columns=tuple(columns)) for name, columns in reads.items()))


def test_an_export_without_its_day(tmp_path: Path) -> None:
    tables = clean()
    tables["Export"][0]["ExportDate"] = "yesterday"
    with opened(tmp_path, tables) as export:
        (found,) = check(export, [made(reads=structured({"Export": ["ExportDate"]}))])
    assert found.reason == "Export.ExportDate cannot be read"


def test_a_condition_the_engine_cannot_evaluate_stops_no_other(tmp_path: Path) -> None:
    with opened(tmp_path) as export:
        bad, good = check(export, [made("household_id = 5", id="bad"), made(id="good")])
    assert (bad.status, bad.count) == ("error", 0)
    assert bad.reason.startswith("duckdb cannot evaluate the condition (")
    assert "H1" not in bad.reason
    assert good.count == 2


def test_records_come_on_request_in_order_and_without_values(tmp_path: Path) -> None:
    tables = clean()
    tables["Enrollment"].reverse()
    one = made(reads=structured({"Exit": ["ExitDate"], "Enrollment": ["EntryDate", "EnrollmentID"]}))
    with opened(tmp_path, tables) as export:
        found = check(export, [one])
        rows = found.rows("made-up")
    assert [row["personal_id"] for row in rows] == ["1", "2"]
    assert rows[0] == {
        "check": "made-up",
        "severity": "error",
        "table": "Exit",
        "project_id": "P",
        "personal_id": "1",
        "enrollment_id": "1",
        "household_id": "H1",
        "record_id": "1",
        "detail": "ExitDate, EntryDate, EnrollmentID: Made up",
    }
    assert found.rows() == [found[0].row()]
    with pytest.raises(ExportError, match="closed"):
        found.rows("made-up")


def test_a_finding_set_shows_itself(tmp_path: Path) -> None:
    checks = [made(), made("NOT head", id="none"), made(id="error", reads=structured({"Services": ["ServicesID"]}))]
    with opened(tmp_path) as export:
        found = check(export, checks[:2])
        frame = found.to_frame("made-up")
    assert repr(found) == "<FindingSet FY2026: 2 checks; with findings: 0 high priority, 1 error, 0 warning>"
    assert list(frame.columns)[:2] == ["check", "severity"]
    assert len(found.to_frame()) == 2
    assert found.to_dict()["findings"][0]["count"] == 2
    html = found._repr_html_()
    assert "made-up" in html
    assert "1 of 2 checks" in html
    assert [one.check.id for one in found.of("error")] == ["made-up", "none"]


def test_progress_is_told_and_can_cancel(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with opened(tmp_path) as export:
        check(export, [made()], progress=lambda *step: told.append(step))
        with pytest.raises(KeyboardInterrupt):
            check(export, [made()], progress=_cancel)
    assert told == [("enrollments", 0, 1), ("checks", 1, 1)]


def _cancel(step: str, done: int, steps: int) -> None:
    raise KeyboardInterrupt


def test_settings_are_numbers_of_settings(tmp_path: Path) -> None:
    with opened(tmp_path) as export:
        with pytest.raises(ValueError, match="there is no setting 'long'"):
            check(export, settings={"long": 1})
        name = next(one.id for one in hs.load_checks().settings)
        with pytest.raises(ValueError, match="whole number"):
            check(export, settings={name: 1.5})  # type: ignore[dict-item]


def test_nothing_runs_when_one_condition_does_not_pass(tmp_path: Path) -> None:
    with opened(tmp_path) as export, pytest.raises(PredicateError, match="check b, where"):
        check(export, [made(id="a"), made("SELECT 1", id="b")])


def test_sets_add_up_and_ids_stay_single() -> None:
    checks = hs.load_checks()
    one = CheckSet((CheckGroup(id="own", title="Own", text="Own.", checks=(made(),)),))
    assert len(checks + one) == len(checks) + 1
    assert "made-up" in checks + one
    with pytest.raises(ValueError, match="made-up would stand twice"):
        one + CheckSet((evolve(one.groups[0], id="other"),))


def test_sets_are_searched_and_selected() -> None:
    checks = hs.load_checks()
    assert [one.id for one in checks.search("Enrollment.csv NO row")] == ["no-enrollments"]
    assert [one.id for one in checks.select(eva=101)] == ["no-enrollments"]
    assert {str(one.severity) for one in checks.select(severity="high_priority")} == {"high_priority"}
    with pytest.raises(ValueError, match="urgent"):
        checks.select(severity="urgent")
    assert isinstance(checks.rows()[0]["eva"], str)


def test_an_empty_run_is_no_run(tmp_path: Path) -> None:
    with opened(tmp_path) as export:
        found = check(export, [])
    assert (len(found), found.rows()) == (0, [])
    assert isinstance(found, FindingSet)


@pytest.mark.parametrize("name", [one.id for one in hs.load_checks() if one.view])
def test_a_check_is_not_made_without_what_it_reads(name: str, tmp_path: Path) -> None:
    """Each file it reads, and each column that is not a key of it, taken away by itself."""
    one = hs.load_checks()[name]
    keys = ("PersonalID", "EnrollmentID", "ProjectID")
    table, column = next(
        (pair for pair in one.reads if pair[1] not in keys and pair[0] != "Export"), next(iter(one.reads))
    )
    tables = clean()
    headers = {**HEADERS, **{name: list(rows[0]) for name, rows in tables.items() if rows}}
    texts = {
        each: csv_text(rows, [head for head in headers[each] if (each, head) != (table, column)])
        for each, rows in tables.items()
    }
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        found = check(export, [one])[name]
    assert (found.status, found.count) == ("error", 0)
    assert f"{table}.{column} is missing from the export" in found.reason
