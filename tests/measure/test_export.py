"""Opening an export: every form it may come in, its edition and period, and rows that do not count."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pandas
import pyarrow
import pytest

from hmis_standards.errors import ExportError, MissingColumn, MissingTable, UnsupportedSpec
from hmis_standards.measure import Export, hud_dq_report, open_export
from hmis_standards.measure.hud_tables import Cell
from tests.measure.small_exports import (
    Row,
    Tables,
    client_row,
    csv_text,
    enrollment_row,
    exit_row,
    need_row,
    plain,
    service_row,
    texts_of,
    write_folder,
    write_zip,
)

EDITIONS = ("FY2024", "FY2026")
Figures = dict[str, list[tuple[Cell, ...]]]


def figures(export: Export) -> Figures:
    """All tables of the report over the export's own period."""
    return {table.name: [line.cells for line in table.lines] for table in hud_dq_report(export).tables}


def opened(tables: Tables, folder: Path, **options: Any) -> Export:
    return open_export(write_folder(texts_of(tables), folder / "export"), **options)


def counted(export: Export) -> list[tuple[str, str, int, int]]:
    """Problems of rows and values; that these small exports lack most of the format's columns is not among them."""
    return [(one.table, one.column, one.count, one.rows) for one in export.problems if one.count]


def people(export: Export) -> Cell:
    return figures(export)["Q5a"][0][1]


def odd(edition: str) -> Tables:
    """An export with blanks, several people and quite a few errors, on which the forms are compared."""
    return plain(
        edition,
        Client=[
            client_row(edition),
            client_row(edition, "2", DOB="", DOBDataQuality="9", SSN="", SSNDataQuality="99", VeteranStatus=""),
            client_row(edition, "3", FirstName='An "n", a\nb', RaceNone="8", DOB="2015-06-30"),
        ],
        Enrollment=[
            enrollment_row(DisablingCondition="", DateOfEngagement=""),
            enrollment_row("2", "2", EntryDate="2023-01-01", HouseholdID="", EnrollmentCoC=""),
            enrollment_row("3", "3", HouseholdID="H1", RelationshipToHoH="2", MonthsHomelessPastThreeYears=""),
        ],
    )


@pytest.fixture(params=EDITIONS)
def tables(request: pytest.FixtureRequest) -> Tables:
    return odd(request.param)


@pytest.fixture
def expected(tables: Tables, tmp_path: Path) -> Figures:
    with opened(tables, tmp_path / "plain") as export:
        found = figures(export)
    assert found["Q5a"][0] == (3, 3)
    assert [row[3] for row in found["Q6a"]][:3] == [0, 1, 1]
    return found


# --- forms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inside", ["", "export/", "HMIS export (1)/", "export\\"])
def test_zip_with_and_without_a_folder_inside(tables: Tables, expected: Figures, tmp_path: Path, inside: str) -> None:
    path = write_zip(texts_of(tables), tmp_path / "export.zip", inside)
    with open_export(path) as export:
        assert figures(export) == expected
        assert export.source == "export.zip"
    with open_export(str(path)) as export:
        assert export.rows["Enrollment"] == 3


def _semicolons(texts: dict[str, str]) -> dict[str, str]:
    return {name: text.replace(",", ";") for name, text in texts.items()}


def test_semicolons_are_refused_by_a_message_on_the_header(tmp_path: Path) -> None:
    path = write_folder(_semicolons(texts_of(plain())), tmp_path / "export")
    with pytest.raises(ExportError, match="no column of HUD's format in its first line"):
        open_export(path)


def _extra_tables(texts: dict[str, str]) -> dict[str, str | bytes]:
    return {**texts, "User": "UserID\n1\n", "Notes": b"\xff\xfe not a table", "client": "anything"}


def _bom(texts: dict[str, str]) -> dict[str, str | bytes]:
    return {name: b"\xef\xbb\xbf" + text.encode() for name, text in texts.items()}


def _quoted(texts: dict[str, str]) -> dict[str, str | bytes]:
    """Every cell in quotation marks, blank ones too."""
    out: dict[str, str | bytes] = {}
    for name, text in texts.items():
        frame = pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
        out[name] = frame.to_csv(index=False, quoting=1)
    return out


def _spaces(texts: dict[str, str]) -> dict[str, str | bytes]:
    """Blanks round every cell; a blank cell is then only blanks."""
    out: dict[str, str | bytes] = {}
    for name, text in texts.items():
        frame = pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
        out[name] = frame.map(lambda cell: f" {cell}\t").to_csv(index=False)
    return out


def _blank_lines(texts: dict[str, str]) -> dict[str, str | bytes]:
    return {name: f"{text}\n\n" for name, text in texts.items()}


def _no_last_newline(texts: dict[str, str]) -> dict[str, str | bytes]:
    return {name: text.rstrip("\n") for name, text in texts.items()}


@pytest.mark.parametrize("change", [_extra_tables, _bom, _quoted, _spaces, _blank_lines, _no_last_newline])
def test_harmless_differences(
    tables: Tables, expected: Figures, tmp_path: Path, change: Callable[[dict[str, str]], dict[str, str | bytes]]
) -> None:
    with open_export(write_folder(change(texts_of(tables)), tmp_path / "export")) as export:
        assert figures(export) == expected
        assert counted(export) == []


def test_lines_may_end_as_on_windows(tables: Tables, expected: Figures, tmp_path: Path) -> None:
    with open_export(write_folder(texts_of(tables, "\r\n"), tmp_path / "export")) as export:
        assert figures(export) == expected


def test_columns_in_any_order_and_more_of_them(tables: Tables, expected: Figures, tmp_path: Path) -> None:
    texts = {}
    for name, rows in tables.items():
        wider = [{**row, "Remark": "x", "9 lives": ""} for row in rows]
        texts[name] = csv_text(wider, sorted(wider[0], key=lambda column: column[::-1]))
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        assert figures(export) == expected


@pytest.mark.parametrize("name", ["ex[1]", "ex*", "e?1", "it's", "a b,c", "ü", "**", "{a,b}"])
def test_signs_in_the_name_of_a_folder_are_only_signs(tmp_path: Path, name: str) -> None:
    for other in ("ex1", "ea1"):
        write_folder(texts_of(plain(Client=[client_row("FY2026", str(n)) for n in range(9)])), tmp_path / other)
    with open_export(write_folder(texts_of(plain()), tmp_path / name)) as export:
        assert export.rows["Client"] == 2


def test_a_folder_in_a_folder_is_named(tmp_path: Path) -> None:
    write_folder(texts_of(plain()), tmp_path / "outer" / "inner")
    with pytest.raises(ExportError, match="its folder inner does"):
        open_export(tmp_path / "outer")


def test_a_table_twice_under_two_spellings_is_refused(tmp_path: Path) -> None:
    folder = write_folder(texts_of(plain()), tmp_path / "export")
    shutil.copy(folder / "Client.csv", folder / "Client.CSV")
    with pytest.raises(ExportError, match=r"Client\.csv twice"):
        open_export(folder)


def test_a_folder_named_like_a_table_is_not_one(tmp_path: Path) -> None:
    folder = write_folder(texts_of(plain()), tmp_path / "export")
    (folder / "Client.csv").unlink()
    (folder / "Client.csv").mkdir()
    with pytest.raises(MissingTable, match=r"no Client\.csv"):
        open_export(folder)


# --- data frames -------------------------------------------------------------------------------------------


class Polarslike:
    """A frame that gives itself as Arrow, as polars does; numbers are floats with NaN for blanks."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame

    def to_arrow(self) -> Any:
        columns = {}
        for name in self.frame.columns:
            values = self.frame[name]
            blank = values.isna() & (values.dtype.kind != "f")
            columns[name] = pyarrow.array([None if gone else one for one, gone in zip(values, blank, strict=True)])
        return pyarrow.table(columns)


def _as_text(rows: list[Row]) -> Any:
    return pandas.DataFrame(rows, dtype=str)


def _as_read(rows: list[Row]) -> Any:
    """As pandas.read_csv guesses: codes with blanks among them become floats."""
    text = csv_text(rows, list(rows[0]))
    return pandas.read_csv(io.StringIO(text), dtype={"SSN": str})


def _with_dates(rows: list[Row]) -> Any:
    """Codes as floats with NaN, dates as real ones with NaT."""
    frame = _as_read(rows)
    for name in frame.columns:
        if name.endswith("Date") or name in {"DOB", "DateCreated", "DateProvided", "DateDeleted", "DateToStreetESSH"}:
            frame[name] = pandas.to_datetime(frame[name])
    return frame


def _as_arrow(rows: list[Row]) -> Any:
    return pyarrow.Table.from_pandas(_as_read(rows), preserve_index=False)


def _as_polarslike(rows: list[Row]) -> Any:
    return Polarslike(_as_read(rows))


@pytest.mark.parametrize("form", [_as_text, _as_read, _with_dates, _as_arrow, _as_polarslike])
def test_data_frames(tables: Tables, expected: Figures, form: Callable[[list[Row]], Any]) -> None:
    frames = {name: form(rows) for name, rows in tables.items()} | {"Notes": "not even a frame"}
    with open_export(frames) as export:
        assert figures(export) == expected
        assert counted(export) == []
        assert export.period == (date(2024, 10, 1), date(2025, 9, 30))
        assert export.source == "data frames"


def test_numbers_written_as_decimals_are_whole(tables: Tables, expected: Figures, tmp_path: Path) -> None:
    """A CSV that went through pandas has 1.0 where it had 1, if the column had blanks."""
    texts = {name: _as_read(rows).to_csv(index=False) for name, rows in tables.items()}
    assert ",8.0," in texts["Client"]
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        assert figures(export) == expected
        assert counted(export) == []


def _frames() -> dict[str, Any]:
    return {name: _as_text(rows) for name, rows in plain().items()}


def test_a_time_zone_does_not_move_a_day() -> None:
    frames = _frames()
    night = datetime(2024, 10, 1, 23, 30, tzinfo=timezone.utc)
    frames["Enrollment"]["DateCreated"] = [night, night]
    with open_export(frames) as export:
        assert [line[0] for line in figures(export)["Q6e"]] == [0, 2, 0, 0, 0, 0]


def test_truth_values_are_codes() -> None:
    frames = _frames()
    frames["Client"]["White"] = [True, False]
    with open_export(frames) as export:
        assert figures(export)["Q6a"][3] == (0, 1, None, 1, figures(export)["Q6a"][3][4])


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda frames: frames.pop("Client"), "no Client.csv"),
        (lambda frames: frames.update(Exit=None), "Exit is not a pandas, polars or Arrow table"),
        (lambda frames: frames.update(Exit={"EnrollmentID": [1]}), "Exit is not a pandas, polars or Arrow table"),
        (lambda frames: frames.update(Exit=Polarslike(None)), "Exit is not a pandas, polars or Arrow table"),
        (lambda frames: frames["Exit"].insert(0, "ExitDate", "x", True), "Exit is not a pandas"),
        (lambda frames: frames["Exit"].insert(0, "Odd", [object()]), "Exit is not a pandas, polars or Arrow table"),
        (lambda frames: frames.update(Client=pandas.DataFrame({"a": [1]})), "no column of HUD's format"),
    ],
)
def test_frames_that_cannot_be_read(spoil: Callable[[dict[str, Any]], Any], message: str) -> None:
    frames = _frames()
    spoil(frames)
    with pytest.raises(ExportError, match=message):
        open_export(frames)


def test_numbers_without_end_are_reported_not_raised() -> None:
    frames = _frames()
    frames["Client"]["VeteranStatus"] = [float("inf"), 1e300]
    with open_export(frames) as export:
        assert counted(export) == [("Client", "VeteranStatus", 2, 2)]


# --- edition and period ------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("version", ["{} v1.3", "FY{}", "{}", "", "  ", "v1.6"])
def test_edition_from_the_version_or_else_the_columns(tmp_path: Path, edition: str, version: str) -> None:
    tables = plain(edition)
    texts = texts_of(tables)
    texts["Export"] = texts["Export"].replace(f"{edition[2:]} v1.0", version.format(edition[2:]))
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        assert export.edition == edition
        assert export.csv_version == version.format(edition[2:]).strip()
        assert ("Gender" in [line.label for line in hud_dq_report(export).table("Q6a").lines]) == (edition == "FY2024")


def test_no_version_and_no_telling_columns(tmp_path: Path) -> None:
    tables = plain("FY2026")
    for row in tables["Client"]:
        del row["Sex"]
    texts = texts_of(tables)
    texts["Export"] = "ExportID,CSVVersion\n1,\n"
    with pytest.raises(UnsupportedSpec, match="unknown edition"):
        open_export(write_folder(texts, tmp_path / "export"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_either_spelling_of_the_hispanic_column(tmp_path: Path, edition: str) -> None:
    tables = plain(edition)
    other = {"FY2024": ("HispanicLatinaeo", "HispanicLatinao"), "FY2026": ("HispanicLatinao", "HispanicLatinaeo")}
    was, now = other[edition]
    for row in tables["Client"]:
        row.update({"White": "0", now: "1"})
        del row[was]
    with opened(tables, tmp_path) as export:
        assert figures(export)["Q6a"][3][3] == 0


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2024-10-01", "2025-09-30", (date(2024, 10, 1), date(2025, 9, 30))),
        ("2024-10-01 00:00:00", "2025-09-30T23:59:59", (date(2024, 10, 1), date(2025, 9, 30))),
        ("2024-10-01", "2024-10-01", (date(2024, 10, 1), date(2024, 10, 1))),
        ("2025-10-01", "2025-09-30", None),
        ("10-01-2024", "09-30-2025", None),
        ("20241001", "20250930", None),
        ("2024-10-01x", "2025-09-30", None),
        ("2024-02-30", "2025-09-30", None),
        ("", "2025-09-30", None),
    ],
)
def test_period(tmp_path: Path, start: str, end: str, period: tuple[date, date] | None) -> None:
    tables = plain()
    tables["Export"][0].update(ExportStartDate=start, ExportEndDate=end)
    with opened(tables, tmp_path) as export:
        assert export.period == period
        assert export.facts()["period_start"] == (period[0].isoformat() if period else None)
        if period is None:
            with pytest.raises(ExportError, match="does not give a readable period"):
                hud_dq_report(export)
            report = hud_dq_report(export, start="2024-10-01", end=date(2025, 9, 30))
            assert report.table("Q5a").lines[0].cells == (2, 2)


@pytest.mark.parametrize(("status", "hashed"), [("1", False), ("", False), ("4", True), ("2.0", True)])
def test_hashed_numbers_are_not_judged_by_their_form(tmp_path: Path, status: str, hashed: bool) -> None:
    tables = plain(Client=[client_row("FY2026", key, SSN="5f4dcc3b") for key in "12"])
    tables["Export"][0]["HashStatus"] = status
    with opened(tables, tmp_path) as export:
        assert export.hashed is hashed
        assert figures(export)["Q6a"][1][2] == (0 if hashed else 2)


# --- rows that do not count --------------------------------------------------------------------------------


@pytest.mark.parametrize("deleted", ["2025-01-01", "2025-01-01 10:00:00", "01/01/25", "yes"])
def test_deleted_rows_do_not_count_whatever_the_date_looks_like(tmp_path: Path, deleted: str) -> None:
    tables = plain()
    tables["Enrollment"].append(enrollment_row("3", "1", EntryDate="not a date", DateDeleted=deleted))
    tables["Exit"].append(exit_row("1", "2025-01-01", DateDeleted=deleted))
    tables["Client"].append(client_row("FY2026", "1", FirstName="", DateDeleted=deleted))
    tables["Disabilities"].append(need_row("1", "8", "1", DateDeleted=deleted))
    with opened(tables, tmp_path) as export:
        assert export.rows["Enrollment"] == 2
        assert figures(export)["Q5a"][4] == (1, 1)
        assert figures(export)["Q6a"][0][3] == 0
        assert counted(export) == []


def test_an_export_without_the_column_for_deleted_rows(tmp_path: Path) -> None:
    tables = plain()
    for row in (row for rows in tables.values() for row in rows):
        row.pop("DateDeleted", None)
    with opened(tables, tmp_path) as export:
        assert people(export) == 2


def test_of_several_rows_with_one_key_the_last_counts(tmp_path: Path) -> None:
    tables = plain(
        Client=[client_row("FY2026", FirstName=""), client_row("FY2026", "2"), client_row("FY2026")],
        Enrollment=[enrollment_row(RelationshipToHoH=""), enrollment_row("2", "2"), enrollment_row()],
        Exit=[exit_row("2", "2025-03-01"), exit_row("2", "2026-03-01")],
    )
    with opened(tables, tmp_path) as export:
        found = figures(export)
        assert (found["Q6a"][0][3], found["Q6b"][2][3], found["Q5a"][4]) == (0, 0, (0, 0))
        assert sorted(counted(export)) == [
            ("Client", "PersonalID", 1, 3),
            ("Enrollment", "EnrollmentID", 1, 3),
            ("Exit", "EnrollmentID", 1, 2),
        ]
        assert export.rows["Client"] == 2


@pytest.mark.parametrize("blank_key_in_client", [False, True])
def test_enrollments_that_lead_nowhere_are_counted_aloud(tmp_path: Path, blank_key_in_client: bool) -> None:
    tables = plain()
    tables["Enrollment"] += [
        enrollment_row("3", "9"),
        enrollment_row("4", "1", ProjectID="X"),
        enrollment_row("5", ""),
        enrollment_row("6", EntryDate=""),
    ]
    if blank_key_in_client:
        tables["Client"].append(client_row("FY2026", ""))
    with opened(tables, tmp_path) as export:
        lost = {(table, column): count for table, column, count, _ in counted(export)}
        assert lost[("Enrollment", "PersonalID")] == 2
        assert lost[("Enrollment", "ProjectID")] == 1
        assert lost[("Enrollment", "EntryDate")] == 1
        assert figures(export)["Q5a"][0] == (4, 4)
        assert figures(export)["Q6a"][0][1] == 2


def test_a_stay_without_any_key_is_still_a_person(tmp_path: Path) -> None:
    tables = plain(Enrollment=[enrollment_row("", HouseholdID="")], Exit=[])
    with opened(tables, tmp_path) as export:
        assert people(export) == 1


def test_a_project_without_a_key_is_no_project(tmp_path: Path) -> None:
    tables = plain()
    tables["Project"].append(tables["Project"][0] | {"ProjectID": ""})
    with opened(tables, tmp_path) as export:
        assert hud_dq_report(export).projects == ("P",)


# --- what is asked -----------------------------------------------------------------------------------------


def test_one_project_or_coc_may_be_given_by_itself(tmp_path: Path) -> None:
    with opened(plain(), tmp_path) as export:
        one = hud_dq_report(export, projects="P", coc="XX-500")
        assert one == hud_dq_report(export, projects=["P"], coc={"XX-500"})
        assert one.table("Q5a").lines[0].cells == (2, 2)
        with pytest.raises(ExportError, match="no ProjectID 'p'"):
            hud_dq_report(export, projects="p")


def test_a_column_too_few_names_the_nearest(tmp_path: Path) -> None:
    texts = texts_of(plain())
    texts["Enrollment"] = texts["Enrollment"].replace("HouseholdID", "HouseHoldID")
    with (
        open_export(write_folder(texts, tmp_path / "export")) as export,
        pytest.raises(MissingColumn, match=r"Enrollment\.csv has no column HouseholdID .*HouseHoldID"),
    ):
        hud_dq_report(export)


def test_services_of_other_kinds_are_no_bed_nights(tmp_path: Path) -> None:
    tables = plain(Services=[service_row("1", "2024-10-05", "144")])
    tables["Project"][0]["ProjectType"] = "1"
    with opened(tables, tmp_path) as export:
        assert people(export) == 1  # the one who left


def test_a_closed_export_says_so(tmp_path: Path) -> None:
    export = opened(plain("FY2026"), tmp_path)
    export.close()
    with pytest.raises(ExportError, match="closed"):
        hud_dq_report(export)


def test_an_unknown_coc_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with (
        opened(plain("FY2026"), tmp_path) as export,
        pytest.raises(ExportError, match="no project or enrollment is in CoC ZZ-999; this export has XX-500"),
    ):
        hud_dq_report(export, coc=["ZZ-999"])


def test_what_outgrows_memory_goes_to_a_private_folder_that_is_deleted(tmp_path: Path) -> None:
    export = opened(plain("FY2026"), tmp_path)
    (row,) = export.engine.rows("SELECT current_setting('temp_directory') AS folder")
    folder = Path(row["folder"])
    assert folder.stat().st_mode & 0o077 == 0
    export.close()
    assert not folder.exists()


def test_codes_that_hud_does_not_have_are_counted(tmp_path: Path) -> None:
    tables = plain("FY2026")
    tables["Project"][0]["ProjectType"] = "99"
    tables["Enrollment"][0]["RelationshipToHoH"] = "42"
    with opened(tables, tmp_path) as export:
        found = {(one.table, one.column): (one.count, one.what) for one in export.problems if one.count}
    what = "values are not among the codes of HUD's list"
    assert found == {("Project", "ProjectType"): (1, what), ("Enrollment", "RelationshipToHoH"): (1, what)}


def test_a_report_beyond_the_export_says_so(tmp_path: Path) -> None:
    with opened(plain("FY2026"), tmp_path) as export:
        assert export.period == (date(2024, 10, 1), date(2025, 9, 30))
        inside = hud_dq_report(export, start="2024-10-01", end="2025-09-30")
        before = hud_dq_report(export, start="2022-10-01", end="2023-09-30")
        after = hud_dq_report(export, start="2024-10-01", end="2025-10-01")
    assert inside.outside == ""
    assert before.outside.startswith("The report covers 2022-10-01 to 2023-09-30, the export was made for 2024-10-01")
    assert after.outside
