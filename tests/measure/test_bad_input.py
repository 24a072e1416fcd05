"""Exports that cannot be read: each gives one sentence, leaves nothing behind, and shows no cell."""

from __future__ import annotations

import pickle
import random
import re
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hmis_standards.errors import (
    BadValue,
    ExportError,
    HmisStandardsError,
    MissingColumn,
    MissingTable,
    UnsupportedSpec,
)
from hmis_standards.measure import Limits, hud_dq_report, measure, open_export
from hmis_standards.measure.door.facts import FileFacts
from tests.measure.small_exports import (
    Row,
    Tables,
    client_row,
    enrollment_row,
    plain,
    texts_of,
    write_folder,
    write_zip,
)

SECRET = "Zyxwvutsq"
"""Stands in cells of Client and Enrollment; no message may hold it."""

Texts = dict[str, str | bytes]


def guarded(**tables: list[Row]) -> Tables:
    """A plain export whose clients' and enrollments' free text is the secret."""
    rows = plain("FY2026", **tables)
    for row in rows["Client"]:
        row.update(FirstName=SECRET, LastName=SECRET)
    for row in rows["Enrollment"]:
        row.update(EnrollmentCoC=SECRET)
    return rows


def texts(**tables: list[Row]) -> Texts:
    return {**texts_of(guarded(**tables))}


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for temporary files, which must be empty again in the end."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def refused(source: Path, **options: object) -> ExportError:
    """The error of opening it, after what holds for each of them."""
    with pytest.raises(ExportError) as caught:
        open_export(source, **options)  # type: ignore[arg-type]
    error = caught.value
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    sentence = str(error)
    assert SECRET not in sentence + repr(error) + repr(error.args)
    assert sentence
    assert sentence == sentence.strip()
    assert "\n" not in sentence
    assert len(sentence) < 400 + len(str(source))
    assert pickle.loads(pickle.dumps(error)) == error
    return error


def both(made: Texts, tmp_path: Path, match: str, **options: object) -> ExportError:
    """Refused in the same words as a folder and as a zip."""
    error = refused(write_folder(made, tmp_path / "folder"), **options)
    again = refused(write_zip(made, tmp_path / "file.zip"), **options)
    assert type(again) is type(error)
    assert str(again).replace("file.zip", "folder") == str(error)
    assert re.search(match, str(error)), str(error)
    return error


# --- zip files ---------------------------------------------------------------------------------------------


def test_nothing_there(tmp_path: Path) -> None:
    assert "there is no file or folder" in str(refused(tmp_path / "no.zip"))
    (tmp_path / "empty").mkdir()
    assert "holds no HMIS CSV files" in str(refused(tmp_path / "empty"))


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", b"hello", b"\x00" * 5000, b"PK\x05\x06" + b"\x00" * 18])
def test_not_a_zip(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert re.search("is not a zip file|holds no HMIS CSV files", str(refused(path)))


def test_a_zip_cut_off(tmp_path: Path) -> None:
    whole = write_zip(texts(), tmp_path / "whole.zip").read_bytes()
    path = tmp_path / "cut.zip"
    for length in (1, 4, 30, 100, len(whole) // 2, len(whole) - 30, len(whole) - 22, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert "cut off before its end" in str(refused(path)), length


def test_a_zip_with_the_start_missing_is_read_or_refused(tmp_path: Path) -> None:
    whole = write_zip(texts(), tmp_path / "whole.zip").read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(whole[50:])
    assert refused(path)


def test_bombs(tmp_path: Path) -> None:
    made = texts()
    made["Services"] = "EnrollmentID,DateProvided,RecordType\n" + "0" * 10_000_000
    path = write_zip(made, tmp_path / "ratio.zip")
    assert "would unpack to 10,00" in str(refused(path))
    assert "raise the limits" in str(refused(path, limits=Limits(ratio=100)))
    assert "raise the limits" in str(refused(path, limits=Limits(ratio=10**9, total_bytes=9_000_000)))
    assert "holds 15 files; the limit is 10" in str(refused(path, limits=Limits(members=10)))
    made["Services"] = texts()["Services"]
    with open_export(write_zip(made, tmp_path / "good.zip"), limits=Limits(members=15)) as export:
        assert export.rows["Client"] == 2


def test_a_member_that_is_longer_than_it_says(tmp_path: Path) -> None:
    """The size in the directory is set to 10: the rest is neither written nor read."""
    path = write_zip(texts(), tmp_path / "a.zip")
    raw = bytearray(path.read_bytes())
    place = raw.index(b"PK\x01\x02")
    raw[place + 24 : place + 28] = struct.pack("<I", 10)
    path.write_bytes(bytes(raw))
    assert refused(path)


@pytest.mark.parametrize("inside", ["../", "a/../../", "/etc/", "..\\", "C:/../"])
def test_names_that_lead_out_of_the_archive(tmp_path: Path, temporary: Path, inside: str) -> None:
    (tmp_path / "box").mkdir()
    path = write_zip(texts(), tmp_path / "box" / "a.zip", inside)
    before = sorted(tmp_path.rglob("*"))
    assert "leads out of the archive" in str(refused(path))
    assert sorted(tmp_path.rglob("*")) == before
    assert list(temporary.parent.glob("*.csv")) == []


def test_two_exports_in_one_zip(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    made = texts()
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in made.items():
            archive.writestr(f"a/{name}.csv", text)
        archive.writestr("b/Client.csv", made["Client"])
    assert "holds Client.csv twice" in str(refused(path))
    with zipfile.ZipFile(path, "w") as archive:
        for place, (name, text) in enumerate(made.items()):
            archive.writestr(f"{'ab'[place % 2]}/{name}.csv", text)
    assert "in 2 folders" in str(refused(path))


def test_an_encrypted_member(tmp_path: Path) -> None:
    """The flag of encryption is set in both headers of every member; zipfile itself cannot write one."""
    path = write_zip(texts(), tmp_path / "a.zip")
    raw = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(mark)
        while place >= 0:
            raw[place + at] |= 1
            place = raw.find(mark, place + 4)
    path.write_bytes(bytes(raw))
    assert "damaged or protected" in str(refused(path))


def test_an_unknown_way_of_packing(tmp_path: Path) -> None:
    path = write_zip(texts(), tmp_path / "a.zip")
    raw = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        raw[raw.index(mark) + at] = 77
    path.write_bytes(bytes(raw))
    assert "damaged or protected" in str(refused(path))


def test_a_name_that_is_not_text(tmp_path: Path) -> None:
    """Marked as UTF-8 and not UTF-8."""
    path = write_zip({**texts(), "é": "x"}, tmp_path / "a.zip")
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xff\xff"))
    assert refused(path)


# --- tables, columns, editions -----------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["Export", "Client", "Enrollment", "Project"])
def test_a_table_without_which_there_is_nothing_to_measure(tmp_path: Path, table: str) -> None:
    made = texts()
    del made[table]
    assert isinstance(both(made, tmp_path, f"has no {table}.csv"), MissingTable)


# What the small export cannot give anyway: it has no referrals, and not all columns that these read.
ERRORS = {"referral-days-longest", "descriptor-failures", "specific-start-answered", "specific-exit-answered"}


@pytest.mark.parametrize("table", sorted(set(plain()) - {"Export", "Client", "Enrollment", "Project"}))
def test_another_missing_table_is_a_fact_and_whatever_reads_it_says_so(tmp_path: Path, table: str) -> None:
    made = texts()
    del made[table]
    with open_export(write_folder(made, tmp_path / "export")) as export:
        assert not export.found.file(table).present
        assert f"{table}.csv is not in the export" in [str(one) for one in export.problems]
        assert export.rows[table] == 0
        assert export.missing({table: ("DateCreated",), "Client": ("DOB",)}) == (f"{table}.csv",)
        if table in {
            "CurrentLivingSituation",
            "Funder",
            "HealthAndDV",
            "IncomeBenefits",
        }:  # what reads them is a few lines
            errors = [one for one in measure(export) if one.status == "error" and one.measure not in ERRORS]
            assert errors
            assert all(f"{table}.csv" in one.reason for one in errors)
            return
        with pytest.raises(MissingTable, match=f"has no {table}.csv"):
            measure(export)


@pytest.mark.parametrize(
    "place", ["Client.DOB", "Client.White", "Enrollment.EntryDate", "Exit.ExitDate", "Inventory.BedInventory"]
)
def test_a_missing_column_is_a_fact_and_whatever_reads_it_says_so(tmp_path: Path, place: str) -> None:
    table, column = place.split(".")
    rows = guarded()
    for row in rows[table]:
        del row[column]
    with open_export(write_folder({**texts_of(rows)}, tmp_path / "export")) as export:
        assert column in export.found.file(table).missing
        assert export.missing({table: (column, "DateCreated"), "Project": ("ProjectID",)})[0] == place
        assert export.engine.rows(f'SELECT count("{column}") AS n FROM "{table}"') == [{"n": 0}]
        with pytest.raises(MissingColumn, match=f"{table}.csv has no column {column}"):
            measure(export)


@pytest.mark.parametrize("version", ["2020 v1", "FY2028", "2028"])
def test_an_edition_that_is_not_supported(tmp_path: Path, version: str) -> None:
    rows = guarded()
    rows["Export"][0]["CSVVersion"] = version
    year = next(iter(re.findall("20..", version)))
    made: Texts = {**texts_of(rows)}
    told = f"HMIS CSV FY{year}; supported here: FY2022, FY2024, FY2026"
    assert isinstance(both(made, tmp_path, told), UnsupportedSpec)


def test_an_older_edition_by_its_tables(tmp_path: Path) -> None:
    """FY2020 has no HMISParticipation.csv and says so in Project.csv; asking for the file would mislead."""
    made = texts()
    del made["HMISParticipation"]
    made["Project"] = "ProjectID,ProjectName,ProjectType,HMISParticipatingProject\nP,Project,1,1\n"
    made["Client"] = f"PersonalID,FirstName,Gender\n1,{SECRET},1\n"
    assert isinstance(both(made, tmp_path, "FY2020 or older;"), UnsupportedSpec)


@pytest.mark.parametrize("rows", [0, 2])
def test_export_should_have_one_row(tmp_path: Path, rows: int) -> None:
    made = texts()
    header, row = str(made["Export"]).splitlines()
    made["Export"] = "\n".join([header, *[row] * rows]) + "\n"
    with open_export(write_folder(made, tmp_path / "export")) as export:
        assert export.found.export_rows == rows
        assert export.edition == "FY2026"
        assert (export.period is None) == (rows == 0)


def test_headers_only(tmp_path: Path) -> None:
    made: Texts = {name: str(text).splitlines()[0] + "\n" for name, text in texts().items()}
    made["Export"] = texts()["Export"]
    with open_export(write_folder(made, tmp_path / "export")) as export:
        assert set(export.rows.values()) == {0, 1}
        assert [one for one in export.problems if one.count] == []
        assert hud_dq_report(export).table("Q6a").lines[0].cells == (0, 0, 0, 0, 0)
        results = [one for one in measure(export, by="project") if one.measure not in ERRORS]
        of_the_files = [one.measure for one in results if one.status == "ok"]
        assert of_the_files == ["file-structure-errors"]  # the files are there, and there is nobody in them
        assert {one.status for one in results} == {"not_applicable", "ok"}


# --- CSV ---------------------------------------------------------------------------------------------------


def client_lines(**values: str) -> list[str]:
    """Header and two rows of Client.csv."""
    return str(texts(Client=[client_row("FY2026", key, **values) for key in "12"])["Client"]).splitlines()


def with_client(lines: list[str]) -> Texts:
    return {**texts(), "Client": "\n".join(lines) + "\n"}


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b" \n", b",,\n"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    both({**texts(), "Client": content}, tmp_path, r"Client\.csv is empty: it does not even have a header")


def test_no_header(tmp_path: Path) -> None:
    both(with_client(client_lines()[1:]), tmp_path, r"Client\.csv has no column of HUD's format in its first line")


def client_facts(made: Texts, folder: Path, **options: object) -> FileFacts:
    """What is found of Client.csv, the same in a folder and in a zip."""
    found = []
    for source in (write_folder(made, folder / "folder"), write_zip(made, folder / "file.zip")):
        with open_export(source, **options) as export:  # type: ignore[arg-type]
            assert SECRET not in str(export.problems) + repr(export.found) + str(export.found.to_dict())
            assert hud_dq_report(export).table("Q5a").lines[0].cells[1] == 2
            found.append(export.found.file("Client"))
    assert found[0] == found[1]
    return found[0]


def test_of_a_column_that_is_there_twice_the_first_is_taken(tmp_path: Path) -> None:
    header, *rows = client_lines()
    facts = client_facts(with_client([f"{header},DOB", *(f"{row},x" for row in rows)]), tmp_path)
    assert facts.repeated == ("DOB",)
    (dob,) = (column for column in facts.columns if column.column == "DOB")
    assert (dob.cells, dob.unreadable) == (2, 0)
    other = client_facts(with_client([f"{header},dob,x,x", *(f"{row},x,y,z" for row in rows)]), tmp_path)
    assert (other.repeated, other.extra) == (("x",), ("dob", "x"))


def test_rows_that_do_not_fit_the_header_are_left_out_and_counted(tmp_path: Path) -> None:
    header, first, second = client_lines()
    short = ",".join(second.split(",")[:5])
    facts = client_facts(with_client([header, first, short, "", f"{first},x,y", second]), tmp_path)
    assert (facts.rows, facts.left_out, facts.lines_left_out) == (2, 2, (3, 5))


def test_blank_cells_beyond_the_header_do_no_harm(tmp_path: Path) -> None:
    header, first, second = client_lines()
    facts = client_facts(with_client([header, f"{first},,", f"{second},"]), tmp_path)
    assert (facts.rows, facts.left_out) == (2, 0)


@pytest.mark.parametrize(("spoiled", "left_out"), [(f'"{SECRET}', 1), (f'"{SECRET}"x', 0), (f'"{SECRET}""', 1)])
def test_quotation_marks_that_do_not_close_spoil_one_line(tmp_path: Path, spoiled: str, left_out: int) -> None:
    header, first, second = client_lines()
    facts = client_facts(with_client([header, first.replace(SECRET, spoiled, 1), second]), tmp_path)
    assert (facts.rows, facts.left_out) == (2 - left_out, left_out)
    assert facts.lines_left_out == (2,) * left_out


def test_an_open_quotation_mark_far_from_the_end(tmp_path: Path) -> None:
    """Many lines follow, some with quoted line ends: only the line with the open mark is lost."""
    header, first, second = client_lines()
    lines = [f'{key},"An""n,\nx",{second.split(",", 2)[2]}' for key in range(3, 60_000)]
    made = with_client([header, first, second.replace(SECRET, f'"{SECRET}', 1), *lines])
    with open_export(write_folder(made, tmp_path / "export")) as export:
        facts = export.found.file("Client")
        assert (facts.rows, facts.left_out, facts.lines_left_out) == (59_998, 1, (3,))
        assert export.engine.rows('SELECT count(DISTINCT "FirstName") AS n FROM "Client"') == [{"n": 2}]


def test_nul_bytes_are_left_out_and_counted(tmp_path: Path) -> None:
    made = texts()
    for place in (0, 5, len(str(made["Client"])) - 3):
        text = str(made["Client"]).encode()
        facts = client_facts({**made, "Client": text[:place] + b"\0" + text[place:]}, tmp_path)
        assert (facts.rows, facts.missing == client_facts(made, tmp_path).missing) == (2, True)
        assert facts.nul_bytes == (place > 5)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_ways_of_writing_unicode(tmp_path: Path, encoding: str) -> None:
    facts = client_facts({**texts(), "Client": str(texts()["Client"]).encode(encoding)}, tmp_path)
    assert (facts.rows, facts.left_out) == (2, 0)
    assert facts.encoding == {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    assert facts.bom == (encoding in {"utf-16", "utf-8-sig"})


@pytest.mark.parametrize("rows", [1, 3000])
@pytest.mark.parametrize(("name", "encoding"), [("Müller", "cp1252"), ("M\x81ller", "latin-1")])
def test_bytes_of_another_alphabet(tmp_path: Path, rows: int, name: str, encoding: str) -> None:
    clients = [client_row("FY2026", str(key)) for key in range(rows)]
    clients.append(client_row("FY2026", "last", LastName=name))
    text = texts_of(plain(Client=clients))["Client"].encode("latin-1")
    with open_export(write_folder({**texts(), "Client": text}, tmp_path / "export")) as export:
        facts = export.found.file("Client")
        assert (facts.rows, facts.left_out, facts.encoding) == (rows + 1, 0, encoding)
        assert export.engine.rows(f'SELECT count(*) AS n FROM "Client" WHERE "LastName" = \'{name}\'') == [{"n": 1}]


def test_lines_that_end_in_several_ways(tmp_path: Path) -> None:
    header, first, second = client_lines()
    for a, b, c in (("\r\n", "\n", "\n"), ("\r", "\r", "\r"), ("\n", "\r\n", "\r"), ("\r\n", "\r\n", "\r\n")):
        facts = client_facts({**texts(), "Client": f"{header}{a}{first}{b}{second}{c}"}, tmp_path)
        assert (facts.rows, facts.left_out) == (2, 0)


def test_ten_thousand_columns(tmp_path: Path) -> None:
    header, first, second = client_lines()
    more = ",".join(f"x{place}" for place in range(10_000))
    made = with_client([f"{header},{more}", first + "," * 10_000, second + "," * 10_000])
    with open_export(write_folder(made, tmp_path / "export")) as export:
        assert hud_dq_report(export).table("Q5a").lines[0].cells == (2, 2)


def test_an_endless_cell(tmp_path: Path) -> None:
    made = with_client(client_lines(DOB="1980-01-01" + "0" * 3_000_000))
    facts = client_facts(made, tmp_path, limits=Limits(ratio=2000))
    assert (facts.rows, facts.column("DOB").unreadable) == (2, 2)  # type: ignore[union-attr]


# --- values ------------------------------------------------------------------------------------------------

BAD_DATES = ("01/31/24", "24-01-31", "1/31/2024", "2024-02-30", "0000-01-01", "0000-00-00", "20240131", "2024-1-31",
             "Jan 31", "2024-01-31x", "99999-01-01", "-2024-01-01", "infinity", "epoch")  # fmt: skip


@pytest.mark.parametrize("place", ["Enrollment.EntryDate", "Client.DOB", "Exit.ExitDate"])
def test_a_date_that_cannot_be_read(tmp_path: Path, place: str) -> None:
    table, column = place.split(".")
    for value in BAD_DATES:
        rows = guarded()
        rows[table][0][column] = value
        error = refused(write_folder({**texts_of(rows)}, tmp_path / "folder"), on_bad_value="refuse")
        assert isinstance(error, BadValue)
        assert str(error).startswith(f"{table}.csv, column {column}: 1 of {len(rows[table])} values are not dates")
        assert value not in str(error)


@pytest.mark.parametrize(("place", "served"), [("Enrollment.EntryDate", 2), ("Client.DOB", 16), ("Exit.ExitDate", 2)])
def test_without_such_dates_if_asked(tmp_path: Path, place: str, served: int) -> None:
    """As many rows more as there are bad dates, each with one of them."""
    table, column = place.split(".")
    rows = guarded()
    rows[table] += [spoiled(table, rows, column, value) for value in BAD_DATES]
    if table == "Client":
        rows["Enrollment"] += [enrollment_row(f"e{one}", row["PersonalID"]) for one, row in enumerate(rows[table][2:])]
    folder = write_folder({**texts_of(rows)}, tmp_path / "folder")
    assert f": {len(BAD_DATES)} of {len(rows[table])} values" in str(refused(folder, on_bad_value="refuse"))
    with open_export(folder) as export:
        problem = next(one for one in export.problems if one.what.startswith("values"))
        assert (problem.table, problem.column) == (table, column)
        assert (problem.count, problem.rows) == (len(BAD_DATES), len(rows[table]))
        assert SECRET not in str(export.problems)
        assert hud_dq_report(export).table("Q5a").lines[0].cells[1] == served


def spoiled(table: str, rows: Tables, column: str, value: str) -> Row:
    """The first row of the table under another key, with the value in the column."""
    key = {"Client": "PersonalID", "Project": "ProjectID", "Inventory": "ProjectID"}.get(table, "EnrollmentID")
    return rows[table][0] | {key: f"key of {value[:20]}", column: value}


def test_other_words_for_what_to_do_are_no_words(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'refuse' or 'report'"):
        open_export(tmp_path, on_bad_value="ignore")


def test_dates_at_the_rim_of_time_are_dates(tmp_path: Path) -> None:
    rows = guarded()
    rows["Exit"][0]["ExitDate"] = "9999-12-31"
    rows["Client"][0]["DOB"] = "0001-01-01"
    rows["Client"][1]["DOB"] = "9999-12-31"
    rows["Inventory"][0]["InventoryEndDate"] = "9999-12-31"
    rows["Disabilities"][0]["InformationDate"] = "9999-12-31"
    with open_export(write_folder({**texts_of(rows)}, tmp_path / "export")) as export:
        assert [one for one in export.problems if one.count] == []
        found = hud_dq_report(export)
        assert [line.cells[1] for line in found.table("Q5a").lines][:9] == [2, 1, 1, 0, 0, 0, 0, 2, 1]
        assert found.table("Q6a").lines[2].cells[2] == 2
        assert measure(export)[0].denominator == 2


BAD_CODES = ("abc", "99999999999", "-99999999999", "1.5", "1e0", "0x1", "1_0", "+1", "1 0", "9" * 400, "1.0.0", "٣")


@pytest.mark.parametrize(
    "place", ["Enrollment.RelationshipToHoH", "Client.VeteranStatus", "Project.ProjectType", "Inventory.BedInventory"]
)
def test_a_code_that_is_no_whole_number_is_reported_never_refused(tmp_path: Path, place: str) -> None:
    table, column = place.split(".")
    rows = guarded()
    rows[table] += [spoiled(table, rows, column, value) for value in BAD_CODES]
    with open_export(write_folder({**texts_of(rows)}, tmp_path / "export")) as export:
        (problem,) = [one for one in export.problems if one.count]
        assert (problem.table, problem.column) == (table, column)
        assert (problem.count, problem.rows) == (len(BAD_CODES), len(rows[table]))
        assert "values are not whole numbers" in str(problem)
        assert not [value for value in (SECRET, *BAD_CODES) if value in str(problem)]
        assert hud_dq_report(export).table("Q5a").lines[0].cells[1] == 2
        assert measure(export, by="project").end == export.period[1]  # type: ignore[index]


def test_a_whole_number_in_any_spelling(tmp_path: Path) -> None:
    rows = guarded()
    spellings = ("1", "1.0", "1.", "01", " 1 ", "1.000")
    rows["Client"] = [client_row("FY2026", str(one), VeteranStatus=said) for one, said in enumerate(spellings)]
    rows["Enrollment"] = [enrollment_row(str(one), str(one)) for one in range(len(spellings))]
    with open_export(write_folder({**texts_of(rows)}, tmp_path / "export")) as export:
        assert [one for one in export.problems if one.count] == []
        assert hud_dq_report(export).table("Q5a").lines[9].cells == (6, 6)


def test_cells_that_look_like_sql(tmp_path: Path) -> None:
    """They are data."""
    nasty = 'x\'); DROP TABLE "Client"; --'
    clients, stays = [client_row("FY2026", nasty, FirstName=nasty)], [enrollment_row(nasty, nasty)]
    rows = plain(Client=clients, Enrollment=stays, Exit=[])
    rows["Project"][0].update(ProjectID=nasty, ProjectName=nasty)
    rows["Enrollment"][0].update(ProjectID=nasty, EnrollmentCoC=nasty)
    with open_export(write_folder({**texts_of(rows)}, tmp_path / "export")) as export:
        assert hud_dq_report(export, projects=[nasty], coc=[nasty]).table("Q5a").lines[0].cells == (1, 1)
        assert len(measure(export, by="project", coc=nasty)) > 0


# --- bytes at random ---------------------------------------------------------------------------------------


def flip(data: bytes, dice: random.Random) -> bytes:
    raw = bytearray(data)
    for _ in range(dice.choice([1, 1, 2, 8])):
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return bytes(raw)


def overwrite(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + dice.randbytes(dice.choice([1, 2, 4, 20])) + data[place + dice.choice([0, 1, 4]) :]


def cut(data: bytes, dice: random.Random) -> bytes:
    first, last = sorted(dice.sample(range(len(data) + 1), 2))
    return data[:first] + data[last:] if dice.random() < 0.5 else data[:last]


def repeat(data: bytes, dice: random.Random) -> bytes:
    first, last = sorted(dice.sample(range(len(data) + 1), 2))
    return data[:last] + data[first:]


def swap(data: bytes, dice: random.Random) -> bytes:
    """A sign of CSV, or a byte that is none, in the place of another."""
    place = dice.randrange(len(data))
    signs = [b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"\xe2\x80", b"-", b"9"]
    return data[:place] + dice.choice(signs) + data[place + 1 :]


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, overwrite, cut, repeat, swap)


def survived(source: Path, dice: random.Random) -> bool:
    """Whether it opened; any error but ours escapes from here. What opened must be measurable."""
    try:
        with open_export(source, on_bad_value=dice.choice(["refuse", "report"])) as export:
            if dice.random() < 0.2:
                hud_dq_report(export, start="2024-10-01", end="2025-09-30")
            return True
    except (HmisStandardsError, ValueError) as raised:
        error: Exception = raised
    assert isinstance(error, ExportError), repr(error)
    assert SECRET not in str(error)
    assert "\n" not in str(error)
    return False


def test_bytes_of_a_zip_spoiled(tmp_path: Path) -> None:
    whole = write_zip(texts(), tmp_path / "whole.zip").read_bytes()
    path = tmp_path / "spoiled.zip"
    dice = random.Random(20261)
    opened = 0
    for _ in range(200):
        path.write_bytes(dice.choice(CHANGES)(whole, dice))
        opened += survived(path, dice)
    assert 0 < opened < 150


def test_bytes_of_a_table_spoiled(tmp_path: Path) -> None:
    made = {name: str(text).encode() for name, text in texts().items()}
    dice = random.Random(20262)
    opened = 0
    for _ in range(100):
        name = dice.choice([*made, "Client", "Enrollment", "Export"])
        folder = write_folder({**made, name: dice.choice(CHANGES)(made[name], dice)}, tmp_path / "spoiled")
        opened += survived(folder, dice)
    assert 50 < opened < 100
