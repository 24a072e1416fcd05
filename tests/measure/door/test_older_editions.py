"""Exports of FY2022 under today's names and codes: by hand, and against the test kit in two formats."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hmis_standards.measure import measure, open_export
from hmis_standards.measure.columns import NEEDED
from hmis_standards.store import load_hmis_csv
from tests.measure.small_exports import Row, csv_text, plain, texts_of, write_folder
from tests.shared_data import shared, testkit_parts


def older(**tables: list[Row]) -> dict[str, str]:
    """The plain export as FY2022 has it, with all columns of that edition; ``tables`` replaces whole tables."""
    spec = load_hmis_csv("FY2022")
    rows = plain() | {"HMISParticipation": []}
    rows["Export"][0]["CSVVersion"] = "2022 v1.2"
    rows["Project"][0].update(TrackingMethod="", HMISParticipatingProject="1")
    rows["EnrollmentCoC"] = [coc_row("1", "XX-500"), coc_row("2", "XX-501")]
    rows |= tables
    del rows["HMISParticipation"]
    return {
        file.name: csv_text(rows.get(file.name, []), [column.name for column in file.columns]) for file in spec.files
    }


def coc_row(key: str, coc: str, day: str = "2024-10-01", stage: str = "1") -> Row:
    return {"EnrollmentID": key, "CoCCode": coc, "InformationDate": day, "DataCollectionStage": stage}


def asked(texts: dict[str, str], folder: Path, query: str) -> list[tuple[Any, ...]]:
    with open_export(write_folder(texts, folder / "export")) as export:
        assert export.edition == "FY2022"
        return [tuple(row.values()) for row in export.engine.rows(query)]


def test_every_table_has_the_columns_of_today(tmp_path: Path) -> None:
    with open_export(write_folder(older(), tmp_path / "export")) as export:
        assert export.missing(NEEDED) == ()
        for table, columns in NEEDED.items():
            assert (
                export.engine.rows(f'SELECT {", ".join(f"{chr(34)}{c}{chr(34)}" for c in columns)} FROM "{table}"') or 1
            )
        assert not export.engine.rows("SELECT 1 FROM duckdb_tables() WHERE table_name LIKE 'EnrollmentCoC'")
        assert {one.status for one in measure(export)} >= {"ok"}


def test_tracking_method_and_type_of_shelter(tmp_path: Path) -> None:
    """Type 1 with method 3 stays 1; with 0, with none and with 99 it is entry/exit; other types have no method."""
    project = plain()["Project"][0] | {"HMISParticipatingProject": "1"}
    cases = [("1", "3"), ("1", "0"), ("1", ""), ("1", "99"), ("2", ""), ("2", "3"), ("", "")]
    rows = [
        project | {"ProjectID": str(key), "ProjectType": kind, "TrackingMethod": method}
        for key, (kind, method) in enumerate(cases)
    ]
    found = asked(older(Project=rows), tmp_path, 'SELECT "ProjectType" FROM "Project" ORDER BY "_row"')
    assert [kind for (kind,) in found] == [1, 0, 0, 0, 2, 2, None]


def test_participation_lasts_as_long_as_the_project(tmp_path: Path) -> None:
    project = plain()["Project"][0] | {"OperatingStartDate": "2012-01-01", "OperatingEndDate": "2030-01-01"}
    rows = [project | {"ProjectID": said or "none", "HMISParticipatingProject": said} for said in ("1", "0", "99", "")]
    columns = (
        '"ProjectID", "HMISParticipationType", "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate"'
    )
    found = asked(older(Project=rows), tmp_path, f'SELECT {columns} FROM "HMISParticipation" ORDER BY "_row"')
    days = (date(2012, 1, 1), date(2030, 1, 1))
    assert found == [("1", 1, *days), ("0", 0, *days), ("99", None, *days), ("none", None, *days)]


def test_the_coc_of_an_enrollment_is_that_of_the_record_at_start(tmp_path: Path) -> None:
    rows = [
        coc_row("1", "XX-500"), coc_row("1", "XX-501", "2024-11-01"), coc_row("1", "XX-502", "2025-01-01", stage="2"),
        coc_row("1", "XX-503", ""), coc_row("2", "XX-504", stage="5"),
    ]  # fmt: skip
    found = asked(older(EnrollmentCoC=rows), tmp_path, 'SELECT "EnrollmentCoC" FROM "Enrollment" ORDER BY "_row"')
    assert found == [("XX-501",), (None,)]
    again = [coc_row("1", "XX-500"), coc_row("1", "XX-509")]
    found = asked(older(EnrollmentCoC=again), tmp_path, 'SELECT "EnrollmentCoC" FROM "Enrollment" ORDER BY "_row"')
    assert found == [("XX-509",), (None,)]


@pytest.mark.parametrize(
    ("was", "now", "subsidy"),
    [("16", 116, None), ("1", 101, None), ("28", 435, 428), ("3", 435, 440), ("21", 421, None), ("8", 8, None),
     ("99", 99, None), ("17", 17, None), ("", None, None), ("29", 329, None), ("777", 777, None)],
)  # fmt: skip
def test_living_situations(tmp_path: Path, was: str, now: int | None, subsidy: int | None) -> None:
    base = plain()
    stays = [row | {"LivingSituation": was} for row in base["Enrollment"]]
    exits = [row | {"Destination": was} for row in base["Exit"]]
    contacts = [{"EnrollmentID": "1", "InformationDate": "2024-10-02", "CurrentLivingSituation": was}]
    texts = older(Enrollment=stays, Exit=exits, CurrentLivingSituation=contacts)
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        for columns in (
            '"LivingSituation", "RentalSubsidyType" FROM "Enrollment" LIMIT 1',
            '"Destination", "DestinationSubsidyType" FROM "Exit"',
            '"CurrentLivingSituation", "CLSSubsidyType" FROM "CurrentLivingSituation"',
        ):
            (row,) = export.engine.rows(f"SELECT {columns}")
            assert tuple(row.values()) == (now, subsidy)
        unlisted = export.found.file("Enrollment").column("LivingSituation")
        assert unlisted is not None
        assert unlisted.unlisted == (2 if was == "777" else 0)


def test_who_somebody_is(tmp_path: Path) -> None:
    client = plain()["Client"][0]
    cases = [("1", "1", "0"), ("0", "0", "1"), ("9", "99", ""), ("", "", "")]
    rows = [
        client | {"PersonalID": str(key), "Ethnicity": ethnicity, "Female": female, "NoSingleGender": none}
        for key, (ethnicity, female, none) in enumerate(cases)
    ]
    columns = '"HispanicLatinao", "Ethnicity", "Woman", "NonBinary", "Man", "CulturallySpecific"'
    found = asked(older(Client=rows), tmp_path, f'SELECT {columns} FROM "Client" ORDER BY "_row"')
    assert found == [
        (1, 1, 1, 0, None, None), (0, 0, 0, 1, None, None), (99, 9, 99, None, None, None), (None,) * 6,
    ]  # fmt: skip


def test_columns_with_another_name(tmp_path: Path) -> None:
    made = {"EnrollmentID": "1", "InformationDate": "2024-10-01", "DataCollectionStage": "1"}
    texts = older(
        HealthAndDV=[made | {"DomesticViolenceVictim": "1"}], IncomeBenefits=[made | {"VAMedicalServices": "1"}]
    )
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        assert export.engine.rows('SELECT "DomesticViolenceSurvivor" AS x FROM "HealthAndDV"') == [{"x": 1}]
        assert export.engine.rows('SELECT "VHAServices" AS x FROM "IncomeBenefits"') == [{"x": 1}]


@pytest.mark.parametrize(
    ("table", "column", "lacks"),
    [
        ("EnrollmentCoC", "", "Enrollment.EnrollmentCoC"),
        ("EnrollmentCoC", "CoCCode", "Enrollment.EnrollmentCoC"),
        ("Project", "TrackingMethod", "Project.ProjectType"),
        ("Client", "Female", "Client.Woman"),
    ],
)
def test_what_cannot_be_made_is_missing(tmp_path: Path, table: str, column: str, lacks: str) -> None:
    texts = older()
    if column:
        texts[table] = texts[table].replace(f",{column}", ",Another")
    else:
        del texts[table]
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        assert lacks in export.missing(NEEDED)


def test_the_edition_is_known_by_its_columns_where_it_is_not_stated(tmp_path: Path) -> None:
    for version in ("", "2026 v1.0"):
        texts = older()
        texts["Export"] = texts["Export"].replace("2022 v1.2", version)
        with open_export(write_folder(texts, tmp_path / f"export{version}")) as export:
            assert export.edition == "FY2022"
            assert "tells nothing of comparable databases" in "\n".join(map(str, export.problems))
    with open_export(write_folder(texts_of(plain()), tmp_path / "newest")) as export:
        assert "comparable" not in "\n".join(map(str, export.problems))


# --- against the test kit ----------------------------------------------------------------------------------

PARTS = testkit_parts({"FY2022"})


# Of ethnicity the makers wrote 0 where nobody answered, we 99; neither is a yes.
SAME = {
    "Project": ("ProjectID", "ProjectType"),
    "Enrollment": ("EnrollmentID", "EnrollmentCoC", "LivingSituation", "RentalSubsidyType", "EntryDate"),
    "Exit": ("EnrollmentID", "Destination", "DestinationSubsidyType", "ExitDate"),
    "Client": ("PersonalID", 'HispanicLatinao" = 1 AND "HispanicLatinao', "White", "DOB", "Woman", "Man"),
    "HealthAndDV": ("EnrollmentID", "DomesticViolenceSurvivor"),
}


@pytest.mark.parametrize("case", ["fy21-apr-th", "fy21-caper-es-nbn", "fy21-caper-es-ee", "edge-psh", "rnd-a"])
@pytest.mark.parametrize("table", sorted(SAME))
def test_another_hand_converted_it_to_the_same(case: str, table: str) -> None:
    """The test kit has each case in FY2022 and, converted by its makers, in FY2024."""
    shared()
    (first, *_) = [one.values[0] for one in PARTS if case in str(one.id)]
    folder = first.folder
    columns = ", ".join(f'"{column}"' for column in SAME[table])
    found = []
    for name in (first.input_name, "input-fy24"):
        with open_export(folder / name) as export:
            rows = export.engine.rows(f'SELECT {columns} FROM "{table}"')
            found.append(sorted(str(tuple(row.values())) for row in rows))
    assert found[0] == found[1]
