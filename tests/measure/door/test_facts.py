"""What is found of an export as a whole, whatever form it comes in."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars
import pyarrow
import pyarrow.parquet
import pytest

from hmis_standards.errors import ExportError
from hmis_standards.measure import Export, Facts, hud_dq_report, open_export
from hmis_standards.measure.columns import KEYS, LINKS, NEEDED, OLDER_TABLES
from hmis_standards.store import load_hmis_csv
from tests.measure.small_exports import (
    Tables,
    client_row,
    enrollment_row,
    plain,
    texts_of,
    write_folder,
    write_zip,
)
from tests.shared_data import shared


def facts_of(tables: Tables, folder: Path) -> Facts:
    with open_export(write_folder(texts_of(tables), folder / "export")) as export:
        return export.found


# --- what is kept ------------------------------------------------------------------------------------------


def test_what_is_kept_is_in_the_format() -> None:
    """Columns of the past aside, which are kept beside the newest ones."""
    past = {"Ethnicity", "Woman", "Man", "NonBinary", "CulturallySpecific", "Transgender", "Questioning",
            "DifferentIdentity", "GenderNone"}  # fmt: skip
    newest = load_hmis_csv("FY2026")
    for table, columns in NEEDED.items():
        file = newest.file(table)
        assert file is not None, table
        assert len(columns) == len(set(columns)), table
        assert [name for name in columns if file.column(name) is None and name not in past] == []
    for table, key in (*KEYS.items(), *LINKS):
        assert key in NEEDED[table]
    assert [one for one in OLDER_TABLES if newest.file(one)] == []


def test_every_kept_column_is_there_with_its_type(tmp_path: Path) -> None:
    """Also of tables that the export does not have."""
    with open_export(write_folder(texts_of(plain()), tmp_path / "export")) as export:
        for table, columns in NEEDED.items():
            listed = ", ".join(f'typeof("{column}") AS "{column}"' for column in (*columns, "_row"))
            (found,) = export.engine.rows(f'SELECT {listed} FROM (SELECT 1) LEFT JOIN "{table}" ON TRUE LIMIT 1')
            assert set(found.values()) <= {"VARCHAR", "SMALLINT", "INTEGER", "DATE", "DECIMAL(9,2)", "BIGINT"}
            assert found["_row"] == "BIGINT"
        (kinds,) = export.engine.rows(
            'SELECT typeof("TotalMonthlyIncome") AS a, typeof("DateUpdated") AS b, typeof("DateUpdatedAt") AS c '
            'FROM (SELECT 1) LEFT JOIN "IncomeBenefits" ON TRUE LIMIT 1'
        )
        assert kinds == {"a": "DECIMAL(9,2)", "b": "DATE", "c": "TIMESTAMP"}


def test_rows_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    clients = [client_row("FY2026", str(key), DateDeleted="2025-01-01" if key == 3 else "") for key in range(6)]
    with open_export(write_folder(texts_of(plain(Client=clients)), tmp_path / "export")) as export:
        rows = export.engine.rows('SELECT "PersonalID" AS key FROM "Client" ORDER BY "_row"')
        assert [row["key"] for row in rows] == ["0", "1", "2", "4", "5"]
        assert (export.found.file("Client").rows, export.found.file("Client").deleted) == (5, 1)


# --- facts -------------------------------------------------------------------------------------------------


def test_keys_and_links(tmp_path: Path) -> None:
    tables = plain(
        Client=[client_row("FY2026"), client_row("FY2026"), client_row("FY2026", "")],
        Enrollment=[enrollment_row(), enrollment_row("2", "9"), enrollment_row("3", ProjectID="X")],
    )
    tables["Services"][0]["EnrollmentID"] = "77"
    found = facts_of(tables, tmp_path)
    client = found.file("Client")
    assert (client.key, client.rows, client.duplicates, client.kept) == ("PersonalID", 3, 1, 2)
    links = {(one.table, one.column, one.other): one.count for one in found.links}
    assert links == {
        ("Enrollment", "PersonalID", "Client"): 1,
        ("Enrollment", "ProjectID", "Project"): 1,
        ("Services", "EnrollmentID", "Enrollment"): 1,
    }


def test_rows_of_another_export_and_of_unknown_users(tmp_path: Path) -> None:
    tables = plain()
    for place, row in enumerate(tables["Client"]):
        row.update(ExportID="1" if place else "other", UserID=f"u{place}")
    texts = {**texts_of(tables), "User": "UserID\nu1\n"}
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        assert export.found.file("Client").other_export == 1
        (link,) = export.found.links
        assert (link.table, link.column, link.other, link.count) == ("Client", "UserID", "User", 1)


def test_faults_of_columns(tmp_path: Path) -> None:
    tables = plain(
        Client=[
            client_row("FY2026", "1", FirstName="A[", VeteranStatus="7", DOB="24-01-31", DateCreated="2024-01-31"),
            client_row("FY2026", "2", FirstName="B" * 60, VeteranStatus="5", DOB="", DateCreated="x"),
            client_row("FY2026", "3", VeteranStatus="7", NameDataQuality=""),
        ]
    )
    columns = {one.column: one for one in facts_of(tables, tmp_path).file("Client").columns}
    name = columns["FirstName"]
    assert (name.forbidden, name.too_long, name.shortest, name.longest) == (1, 1, 2, 60)
    assert (columns["VeteranStatus"].unlisted, columns["VeteranStatus"].unlisted_codes) == (3, 2)
    assert (columns["DOB"].unreadable, columns["DOB"].blank, columns["DOB"].blank_not_allowed) == (1, 1, 0)
    assert columns["NameDataQuality"].blank_not_allowed == 1
    assert (columns["DateCreated"].unreadable, columns["DateCreated"].other_form) == (1, 1)


def test_headers_are_compared_with_the_format(tmp_path: Path) -> None:
    texts = texts_of(plain())
    texts["ProjectCoC"] = "Zip,CoCCode,ProjectID,Remark,Remark\n12345,XX-500,P,,\n"
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        file = export.found.file("ProjectCoC")
        assert {"Geocode", "ExportID"} <= set(file.missing)
        assert not {"ZIP", "ProjectID"} & set(file.missing)
        assert (file.extra, file.repeated, file.ordered) == (("Remark",), ("Remark",), False)
        assert file.misspelled == (("Zip", "ZIP"),)
        assert export.engine.rows('SELECT "ZIP" AS zip FROM "ProjectCoC"') == [{"zip": "12345"}]


def test_lengths_of_digests_are_not_held_against_them(tmp_path: Path) -> None:
    tables = plain(Client=[client_row("FY2026", SSN="ab" * 32, FirstName="cd" * 32)])
    tables["Export"][0]["HashStatus"] = "4"
    with open_export(write_folder(texts_of(tables), tmp_path / "export")) as export:
        columns = {one.column: one for one in export.found.file("Client").columns}
        assert [columns[name].too_long for name in ("SSN", "FirstName")] == [0, 0]
        assert (columns["FirstName"].shortest, columns["FirstName"].longest) == (64, 64)
        assert "Client.csv, column SSN holds digests" in "\n".join(map(str, export.problems))


def test_facts_can_be_written_and_shown(tmp_path: Path) -> None:
    found = facts_of(plain(), tmp_path)
    assert json.loads(json.dumps(found.to_dict()))["files"][0]["table"] == "Export"
    assert {row["table"] for row in found.rows()} == set(plain())
    assert len(found.to_frame()) == len(found.rows())
    with pytest.raises(KeyError, match="no table of FY2026"):
        found.file("Nothing")


def test_the_demonstration_export() -> None:
    """The faults its makers know of, counted by another program; see the notes beside the export."""
    with open_export(shared() / "exports" / "demo.zip") as export:
        found = export.found
    assert (found.form, found.nested, found.export_rows, found.hash_status) == ("zip", False, 1, 4)
    assert sum(file.rows for file in found.files) == 77_694
    assert not [file.table for file in found.files if not file.present or file.missing or file.extra or file.left_out]
    assert [file.table for file in found.files if not file.ordered] == ["Client", "Enrollment"]
    columns = {(one.table, one.column): one for one in found.columns()}
    assert columns["Client", "DateUpdated"].unreadable == 4146
    assert columns["Enrollment", "DateUpdated"].other_form == 4767
    odd = sum(one.other_form for one in columns.values() if one.table != "Enrollment")
    assert odd == 145
    unlisted = {place: one.unlisted for place, one in columns.items() if one.unlisted}
    assert unlisted == {("Client", "RaceNone"): 1, ("CurrentLivingSituation", "CurrentLivingSituation"): 1}
    assert (columns["Client", "FirstName"].shortest, columns["Client", "FirstName"].longest) == (32, 32)


# --- forms -------------------------------------------------------------------------------------------------


def report_of(export: Export) -> Any:
    return hud_dq_report(export).to_dict()


def parquet_folder(tables: Tables, folder: Path) -> Path:
    folder.mkdir()
    for name, rows in tables.items():
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), folder / f"{name}.parquet")
    return folder


def parquet_zip(tables: Tables, folder: Path) -> Path:
    with zipfile.ZipFile(folder.with_suffix(".zip"), "w") as archive:
        for name, rows in tables.items():
            data = io.BytesIO()
            pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), data)
            archive.writestr(f"{name}.parquet", data.getvalue())
    return folder.with_suffix(".zip")


def typed_polars(tables: Tables, folder: Path) -> dict[str, Any]:
    """Numbers as numbers, days as days, names as categories: as somebody has them who worked with the data."""
    frames = {}
    for name, rows in tables.items():
        frame = polars.DataFrame(rows).with_columns(polars.all().replace("", None))
        codes = [one for one in frame.columns if one.endswith(("Quality", "Status", "None", "HoH", "Type"))]
        days = [one for one in frame.columns if one.endswith("Date") or one == "DOB"]
        frames[name] = frame.with_columns(
            polars.col(codes).cast(polars.Int64), polars.col(days).str.to_date(strict=False)
        )
    frames["Client"] = frames["Client"].with_columns(polars.col("FirstName").cast(polars.Categorical))
    return frames


def large_strings(tables: Tables, folder: Path) -> dict[str, Any]:
    frames = {name: pyarrow.Table.from_pylist(rows) for name, rows in tables.items()}
    return {
        name: frame.cast(pyarrow.schema([(one.name, pyarrow.large_string()) for one in frame.schema]))
        for name, frame in frames.items()
    }


@pytest.mark.parametrize("form", [parquet_folder, parquet_zip, typed_polars, large_strings])
def test_other_forms_give_the_same_figures(tmp_path: Path, form: Callable[[Tables, Path], Any]) -> None:
    clients = [client_row("FY2026", DOB="2010-02-03"), client_row("FY2026", "2", SSN="", VeteranStatus="")]
    tables = plain(Client=clients)
    with open_export(write_folder(texts_of(tables), tmp_path / "export")) as export:
        expected = report_of(export)
    with open_export(form(tables, tmp_path / "form")) as export:
        assert report_of(export) == expected
        assert [one for one in export.problems if one.count] == []


def test_a_spoiled_parquet_file(tmp_path: Path) -> None:
    folder = parquet_folder(plain(), tmp_path / "form")
    (folder / "Client.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(ExportError, match=r"Client\.parquet is not a Parquet file"):
        open_export(folder)


def test_a_folder_in_a_zip_and_files_that_are_no_tables(tmp_path: Path) -> None:
    texts = {**texts_of(plain()), "Notes": "x"}
    path = write_zip(texts, tmp_path / "export.zip", "a/b/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/a/b/._Client.csv", b"\0\5\26\7")
        archive.writestr("__MACOSX/a/b/Client.csv", b"\0\5\26\7")
    with open_export(path) as export:
        assert (export.found.nested, export.found.other_files) == (True, 3)
        assert export.rows["Client"] == 2


def test_a_damaged_table_that_is_not_essential_is_a_fact(tmp_path: Path) -> None:
    """The packed bytes of Services are spoiled, so that they do not unpack or not to the right sum."""
    texts = texts_of(plain())
    texts["Services"] += "".join(f"{key},2024-10-05,200,\n" for key in range(500))
    path = write_zip(texts, tmp_path / "export.zip")
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("Services.csv")
    raw = bytearray(path.read_bytes())
    place = info.header_offset + 30 + len("Services.csv") + info.compress_size // 2
    raw[place : place + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(bytes(raw))
    with open_export(path) as export:
        assert "is damaged or protected" in export.found.file("Services").fault
        assert export.rows["Services"] == 0
        assert export.missing({"Services": ("RecordType",)}) == ("Services.csv",)


def test_progress_is_told_and_may_cancel(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    folder = write_folder(texts_of(plain()), tmp_path / "export")
    open_export(folder, progress=lambda *step: told.append(step)).close()
    assert told[0] == ("reading Export", 0, 24)
    assert told[-1][1] == told[-1][2] == 24

    def stop(step: str, done: int, steps: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_export(folder, progress=stop)
