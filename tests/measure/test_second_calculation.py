"""The second calculation against the tables HUD's own program makes, and its parts against small cases."""

from __future__ import annotations

import ast
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.measure import second_calculation
from tests.measure.second_calculation import Cell, Row, Tables, bed_coverage, edition, hud_tables, load
from tests.shared_data import COLUMNS, TOLERANCE, Part, shared, testkit_parts

QUESTIONS = ("Q5a", "Q6a", "Q6b", "Q6c", "Q6d", "Q6e", "Q6f")
START, END = date(2023, 10, 1), date(2024, 9, 30)


def number(cell: Cell) -> float:
    return float(cell or 0)


# ------------------------------------------------------------------------------------- whole reports


@pytest.mark.parametrize("part", testkit_parts({"FY2022", "FY2024", "FY2026"}))
def test_agrees_with_the_test_kit(part: Part) -> None:
    tables = load(part.input)
    ours = hud_tables(tables, part.start, part.end, part.project_ids, part.coc_codes)
    assert edition(tables) == part.format.removeprefix("FY")

    differences = []
    for question in QUESTIONS:
        theirs, deviations = part.table(question), part.deviations(question)
        columns = 1 if question == "Q5a" and part.is_published else None
        assert [len(row[:columns]) for row in ours[question]] == [len(row) for row in theirs], question
        for row, line in enumerate(theirs):
            for column, expected in enumerate(line):
                place = (row + 1, COLUMNS[column])
                acceptable = [expected, *deviations.get(place, {}).values()]
                found = number(ours[question][row][column])
                if all(abs(found - value) > TOLERANCE for value in acceptable):
                    differences.append((question, *place, found, acceptable))
    assert differences == []


@pytest.mark.parametrize("part", testkit_parts({"FY2022", "FY2024", "FY2026"}))
def test_follows_the_glossary_where_the_program_does_not(part: Part) -> None:
    ours = hud_tables(load(part.input), part.start, part.end, part.project_ids, part.coc_codes)
    for question in QUESTIONS:
        for (row, column), values in part.deviations(question).items():
            found = number(ours[question][row - 1][COLUMNS.index(column)])
            assert found == pytest.approx(values["glossary"], abs=TOLERANCE), (question, row, column)


def test_the_demonstration_export_adds_up() -> None:
    tables = hud_tables(load(shared() / "exports" / "demo.zip"), date(2019, 10, 1), date(2022, 9, 30))
    for column in (0, 1):
        people, adults, children, unknown, leavers, adult_leavers, _, stayers, *_ = (
            number(row[column]) for row in tables["Q5a"]
        )
        assert people == adults + children + unknown == leavers + stayers > 0
        assert adult_leavers <= leavers
    for row in tables["Q6a"][:-1] + tables["Q6b"]:
        assert number(row[3]) == sum(number(cell) for cell in row[:3])
    assert sum(number(row[1]) for row in tables["Q6e"]) == number(tables["Q5a"][4][0])


def test_is_independent_of_the_library() -> None:
    tree = ast.parse(Path(second_calculation.__file__).read_text(encoding="utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= {"__future__", "csv", "io", "re", "zipfile", "collections", "collections.abc",
                        "dataclasses", "datetime", "fractions", "itertools", "pathlib", "typing"}  # fmt: skip


# ------------------------------------------------------------------------------------------- reading


def test_load_reads_a_folder_and_a_zip_alike(tmp_path: Path) -> None:
    text = "\ufeffPersonalID,FirstName,DateDeleted\n1, Ann ,\n2,Ben,2024-01-01\n3\n"
    (tmp_path / "Client.csv").write_text(text, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("export/Client.csv", text)
    expected = {
        "Client": [
            {"PersonalID": "1", "FirstName": "Ann", "DateDeleted": ""},
            {"PersonalID": "3", "FirstName": "", "DateDeleted": ""},
        ]
    }
    assert load(tmp_path) == load(tmp_path / "export.zip") == expected


@pytest.mark.parametrize(
    ("version", "client", "expected"),
    [("2024 v1.3", {}, "2024"), ("FY2026 v1.0", {}, "2026"), ("", {"Sex": "0"}, "2026"), ("", {}, "2024")],
)
def test_edition(version: str, client: Row, expected: str) -> None:
    assert edition({"Export": [{"CSVVersion": version}], "Client": [client]}) == expected


# ----------------------------------------------- rules of the tables that no report of the test kit reaches


def person(key: str = "1", **values: str) -> Row:
    """A woman born in 1980 without any error; her number is the specimen once printed on sample cards."""
    return {
        "PersonalID": key, "FirstName": "Ann", "LastName": "Example", "NameDataQuality": "1",
        "SSN": "078051120", "SSNDataQuality": "1", "DOB": "1980-01-01", "DOBDataQuality": "1", "White": "1",
        "RaceNone": "", "Woman": "1", "GenderNone": "", "VeteranStatus": "0", "DateCreated": "2024-01-01",
    } | values  # fmt: skip


def stay(key: str = "1", client: str = "1", **values: str) -> Row:
    """A woman alone who began on 1 January 2024 in project P and has not left."""
    return {
        "EnrollmentID": key, "PersonalID": client, "ProjectID": "P", "EntryDate": "2024-01-01",
        "HouseholdID": key, "RelationshipToHoH": "1", "EnrollmentCoC": "XX-500", "LivingSituation": "116",
        "LOSUnderThreshold": "", "PreviousStreetESSH": "", "DateToStreetESSH": "",
        "TimesHomelessPastThreeYears": "1", "MonthsHomelessPastThreeYears": "101", "DisablingCondition": "0",
        "DateOfEngagement": "", "LengthOfStay": "", "DateCreated": "2024-01-01 10:00:00",
    } | values  # fmt: skip


def exit_on(day: str, key: str = "1") -> Row:
    return {"EnrollmentID": key, "ExitDate": day, "Destination": "410", "DateCreated": day}


def night_on(day: str, key: str = "1") -> Row:
    return {"EnrollmentID": key, "RecordType": "200", "DateProvided": day}


def export(project_type: str = "2", **files: list[Row]) -> Tables:
    return {
        "Export": [{"CSVVersion": "2024 v1.3", "HashStatus": "1"}],
        "Project": [{"ProjectID": "P", "ProjectType": project_type}],
        "ProjectCoC": [{"ProjectID": "P", "CoCCode": "XX-500"}],
        "Client": [person()], "Enrollment": [stay()], "Exit": [], "Services": [], "Disabilities": [],
    } | files  # fmt: skip


def q5a(tables: Tables, row: int) -> Cell:
    return hud_tables(tables, START, END)["Q5a"][row - 1][0]


def q6a(client: Row, row: int) -> list[Cell]:
    """Columns B, C, D of a report on one person."""
    return hud_tables(export(Client=[client]), START, END)["Q6a"][row - 1][:3]


def test_a_person_without_errors_is_counted_once() -> None:
    tables = hud_tables(export(), START, END)
    assert [row[3] for row in tables["Q6a"] + tables["Q6b"]] == [0] * 11
    assert [row[0] for row in tables["Q5a"]] == [1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0]


def test_a_race_reason_counts_although_a_race_is_marked() -> None:
    assert q6a(person(RaceNone="99"), 4) == [0, 1, None]
    assert q6a(person(RaceNone="9"), 4) == [1, 0, None]


def test_a_blank_data_quality_is_missing() -> None:
    assert q6a(person(NameDataQuality=""), 1) == [0, 1, 0]
    assert q6a(person(SSNDataQuality=""), 2) == [0, 1, 0]
    assert q6a(person(DOBDataQuality=""), 3) == [0, 0, 1]


def test_a_head_of_household_cannot_be_born_on_the_day_of_entry() -> None:
    assert q6a(person(DOB="2024-01-01"), 3) == [0, 0, 1]


def test_birth_on_the_day_the_client_was_typed_in_is_no_issue() -> None:
    child = stay("2", "2", HouseholdID="1", RelationshipToHoH="2")
    newborn = person("2", DOB="2024-01-01", DateCreated="2024-01-01")
    tables = export(Client=[person(), newborn], Enrollment=[stay(), child])
    assert hud_tables(tables, START, END)["Q6a"][2][2] == 0


def test_patterns_of_hashed_numbers_are_not_judged() -> None:
    tables = export(Client=[person(SSN="5f4dcc3b5aa765d61d83")])
    assert hud_tables(tables, START, END)["Q6a"][1][2] == 1
    tables["Export"] = [{"CSVVersion": "2024 v1.3", "HashStatus": "4"}]
    assert hud_tables(tables, START, END)["Q6a"][1][2] == 0


@pytest.mark.parametrize("exits", [[exit_on("2024-02-01")], [exit_on("2024-02-01"), exit_on("2024-03-01", "2")]])
def test_of_two_stays_begun_on_one_day_the_open_or_later_ending_one_counts(exits: list[Row]) -> None:
    stays = [stay("1", DisablingCondition="8"), stay("2")]
    for order in (stays, stays[::-1]):
        assert hud_tables(export(Enrollment=order, Exit=exits), START, END)["Q6b"][4][0] == 0


def test_a_bed_night_before_the_entry_does_not_make_a_stay_active() -> None:
    assert q5a(export("1", Services=[night_on("2023-12-31")]), 1) == 0
    assert q5a(export("1", Services=[night_on("2024-01-01")]), 1) == 1


def test_a_partner_does_not_stay_a_year_through_a_head_who_left() -> None:
    head = stay("1", EntryDate="2022-01-01")
    partner = stay("2", "2", HouseholdID="1", RelationshipToHoH="3")
    tables = export(Client=[person(), person("2")], Enrollment=[head, partner])
    assert q5a(tables, 16) == 2
    tables["Exit"] = [exit_on("2024-06-01")]
    assert q5a(tables, 16) == 0


def test_safe_haven_needs_no_answer_on_the_prior_situation() -> None:
    disabled = stay(LivingSituation="", DisablingCondition="1", DateToStreetESSH="2023-01-01")
    assert q5a(export("8", Enrollment=[disabled]), 11) == 1
    assert q5a(export("2", Enrollment=[disabled]), 11) == 0


@pytest.mark.parametrize(
    ("project_cocs", "enrollment_coc", "counted"),
    [(["XX-500"], "XX-600", 1), (["XX-600"], "XX-500", 0), (["XX-500", "XX-600"], "XX-600", 0),
     (["XX-500", "XX-600"], "XX-500", 1), ([], "XX-500", 1)],
)  # fmt: skip
def test_the_coc_is_that_of_the_project_or_else_of_the_head(
    project_cocs: list[str], enrollment_coc: str, counted: int
) -> None:
    rows = [{"ProjectID": "P", "CoCCode": code} for code in project_cocs]
    tables = export(ProjectCoC=rows, Enrollment=[stay(EnrollmentCoC=enrollment_coc)])
    assert hud_tables(tables, START, END, coc_codes={"XX-500"})["Q5a"][0][0] == counted


# -------------------------------------------------------------------------------------- bed coverage

ON = date(2024, 1, 31)


def beds(*lots: tuple[int, str, str]) -> Tables:
    """A shelter of its own for each lot: beds, HMIS participation type, 1 for a victim service provider."""
    return {
        "Organization": [
            {"OrganizationID": f"O{place}", "VictimServiceProvider": victims}
            for place, (_, _, victims) in enumerate(lots)
        ],
        "Project": [
            {"ProjectID": f"P{place}", "OrganizationID": f"O{place}", "ProjectType": "0", "RRHSubType": "",
             "ContinuumProject": "1", "OperatingStartDate": "2010-01-01", "OperatingEndDate": ""}
            for place in range(len(lots))
        ],
        "HMISParticipation": [
            {"ProjectID": f"P{place}", "HMISParticipationType": kind,
             "HMISParticipationStatusStartDate": "2010-01-01", "HMISParticipationStatusEndDate": ""}
            for place, (_, kind, _) in enumerate(lots)
        ],
        "Inventory": [
            {"ProjectID": f"P{place}", "CoCCode": "XX-500", "Availability": "1", "BedInventory": str(count),
             "InventoryStartDate": "2010-01-01", "InventoryEndDate": ""}
            for place, (count, _, _) in enumerate(lots)
        ],
    }  # fmt: skip


def test_coverage_of_twenty_beds() -> None:
    coverage = bed_coverage(beds((12, "1", "0"), (5, "2", "1"), (3, "0", "0")), ON)
    assert coverage["cov.hmis_beds"]["ES"] == (12, 15)
    assert coverage["cov.nofo"]["ES"] == (17, 20)
    assert coverage["cov.nofo"]["PSH"] == (0, 0)


@pytest.mark.parametrize(
    ("file", "changes", "covered", "total"),
    [
        ("Inventory", {"InventoryEndDate": "2024-01-31"}, 7, 7),
        ("Inventory", {"InventoryEndDate": "2024-01-30"}, 0, 0),
        ("Inventory", {"InventoryStartDate": "2024-02-01"}, 0, 0),
        ("Inventory", {"Availability": ""}, 7, 7),
        ("Inventory", {"Availability": "2"}, 0, 0),
        ("Inventory", {"CoCCode": "XX-600"}, 0, 0),
        ("Inventory", {"BedInventory": ""}, 0, 0),
        ("Project", {"OperatingEndDate": "2024-01-31"}, 0, 0),
        ("Project", {"OperatingEndDate": "2024-02-01"}, 7, 7),
        ("Project", {"ContinuumProject": "0"}, 0, 0),
        ("HMISParticipation", {"HMISParticipationStatusEndDate": "2024-01-31"}, 0, 7),
        ("HMISParticipation", {"HMISParticipationStatusStartDate": "2024-02-01"}, 0, 7),
    ],
)
def test_coverage_on_a_day(file: str, changes: Row, covered: int, total: int) -> None:
    tables = beds((7, "1", "0"))
    tables[file][0].update(changes)
    assert bed_coverage(tables, ON, {"XX-500"})["cov.nofo"]["ES"] == (covered, total)


@pytest.mark.parametrize(
    ("kind", "subtype", "group"),
    [("0", "", "ES"), ("1", "", "ES"), ("2", "", "TH"), ("3", "", "PSH"), ("8", "", "SH"), ("9", "", "OPH"),
     ("10", "", "OPH"), ("13", "", "RRH"), ("13", "2", "RRH"), ("13", "1", None), ("4", "", None)],
)  # fmt: skip
def test_coverage_groups(kind: str, subtype: str, group: str | None) -> None:
    tables = beds((7, "1", "0"))
    tables["Project"][0].update({"ProjectType": kind, "RRHSubType": subtype})
    counted = {name: share for name, share in bed_coverage(tables, ON)["cov.hmis_beds"].items() if share[1]}
    assert counted == ({group: (7, 7)} if group else {})
