"""Whatever is handed over as an export: check, measure and apr end with a status and a sentence, and show no cell."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmis_standards.cli import main
from hmis_standards.errors import HmisStandardsError
from hmis_standards.measure import check, hud_dq_report, measure, open_export
from tests.measure.planted import clean
from tests.measure.small_exports import write_folder, write_zip
from tests.measure.whole import Texts, packed, texts_of_whole, whole, with_text, without_column

CANARY = "Qwyjibo"
"""Stands in names, and wherever a case spoils a cell; nothing that comes out may hold it."""
COMMANDS = ("check", "measure", "apr")


def texts(edition: str = "FY2026") -> Texts:
    """A whole export whose clients are called by the canary."""
    tables = whole(clean(edition), edition)
    for row in tables["Client"]:
        row.update(FirstName=CANARY, MiddleName=CANARY, LastName=CANARY)
    return texts_of_whole(tables, edition)


def shown(capsys: pytest.CaptureFixture[str], command: str, source: Path, out: Path) -> tuple[int, str]:
    """The exit status, and all that was printed and written."""
    rows = ["--rows"] if command == "check" else []
    status = main([command, str(source), "-o", str(out), *rows])
    printed = capsys.readouterr()
    files = [path.read_text(encoding="utf-8") for path in sorted(out.rglob("*")) if path.is_file()]
    return status, "\n".join([printed.out, printed.err, *files])


# --- what is handed over -----------------------------------------------------------------------------------


def zipped(change: Callable[[bytes], bytes]) -> Callable[[Texts, Path], Path]:
    """The bytes of a zip, spoiled."""

    def write(files: Texts, folder: Path) -> Path:
        path = write_zip(files, folder.with_suffix(".zip"))
        path.write_bytes(change(path.read_bytes()))
        return path

    return write


def named(prefix: str) -> Callable[[Texts, Path], Path]:
    return lambda files, folder: write_zip(files, folder.with_suffix(".zip"), inside=prefix)


def bomb(files: Texts, folder: Path) -> Path:
    return write_zip({**files, "Services": b"1" * 20_000_000}, folder.with_suffix(".zip"))


def crowd(files: Texts, folder: Path) -> Path:
    more: Texts = {f"{CANARY}{number}": "1\n" for number in range(600)}
    return write_zip({**files, **more}, folder.with_suffix(".zip"))


def lying(files: Texts, folder: Path) -> Path:
    """A zip whose list of contents gives every file the size 1."""
    path = write_zip(files, folder.with_suffix(".zip"))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            place = data.find(struct.pack("<I", info.file_size), archive.start_dir)
            data[place : place + 4] = struct.pack("<I", 1)
    path.write_bytes(bytes(data))
    return path


def every(change: Callable[[str], str | bytes]) -> Callable[[Texts, Path], Path]:
    """All files changed alike."""
    return lambda files, folder: write_folder({name: change(str(text)) for name, text in files.items()}, folder)


def day(value: str) -> Callable[[Texts, Path], Path]:
    """Every start of a stay, birthday and exit is this."""

    def change(text: str) -> str:
        for known in ("2024-10-01", "1980-01-01", "2025-03-01"):
            text = text.replace(known, value)
        return text

    return packed(Client=change, Enrollment=change, Exit=change)


def wide(text: str) -> str:
    header, *lines = text.splitlines()
    names = ",".join(f"{CANARY}{number}" for number in range(10_000))
    return "\n".join([f"{header},{names}", *(line + "," * 10_000 for line in lines)]) + "\n"


def lines_that_end_in_several_ways(text: str) -> str:
    header, *lines = text.splitlines()
    return header + "\r\n" + "\r".join(lines[:1]) + "\r" + "\n".join(lines[1:])


def without_header(text: str) -> str:
    return "\n".join(text.splitlines()[1:]) + "\n"


def twice_the_header(text: str) -> str:
    names = header_only(text).strip()
    return text.replace(names, f"{names},{names}", 1)


def header_only(text: str) -> str:
    return text.splitlines()[0] + "\n"


HOSTILE: dict[str, tuple[Callable[[Texts, Path], Path], bool]] = {
    # Name, what writes it, and whether it can be opened: if not, every command ends with status 2.
    "zip cut off": (zipped(lambda data: data[: len(data) // 2]), False),
    "zip of nothing": (zipped(lambda data: b""), False),
    "zip with other bytes before it": (zipped(lambda data: CANARY.encode() + data), True),
    "bomb": (bomb, False),
    "crowd of files": (crowd, False),
    "sizes that are not true": (lying, False),
    "names that lead out": (named("../"), False),
    "absolute names": (named("/"), False),
    "names of another system": (named("..\\"), False),
    "nested folder": (named("export/"), True),
    "empty files": (every(lambda text: ""), False),
    "empty client file": (packed(Client=""), False),
    "empty other file": (packed(Services="", ProjectCoC=""), True),
    "headers only": (every(header_only), True),
    "no headers": (every(without_header), False),
    "no header in another file": (packed(Organization=without_header), True),
    "no row in Export.csv": (packed(Export=header_only), True),
    "two rows in Export.csv": (packed(Export=lambda text: text + text.splitlines()[1] + "\n"), True),
    "unknown version": (packed(Export=with_text("2026 v1.0", "2040 v1.0")), False),
    "version without a year": (packed(Export=with_text("2026 v1.0", "the newest")), True),
    "open quotation mark": (packed(Client=with_text(CANARY, f'"{CANARY}')), True),
    "quotation marks all over": (packed(Client=lambda text: text.replace(CANARY, f'{CANARY}"x"{CANARY}"')), True),
    "NUL bytes": (packed(Client=lambda text: text.replace(CANARY, f"\0{CANARY}\0")), True),
    "nothing but NUL bytes": (packed(Services=b"\0" * 5000), True),
    "Latin-1": (packed(Client=lambda text: text.replace(CANARY, f"{CANARY}é").encode("latin-1")), True),
    "UTF-16": (every(lambda text: text.encode("utf-16")), True),
    "UTF-16 cut in a letter": (packed(Client=lambda text: text.encode("utf-16")[:-1]), True),
    "byte order marks": (every(lambda text: "\ufeff" + text), True),
    "ten thousand columns": (packed(Client=wide), True),
    "all headers twice": (every(twice_the_header), True),
    "rows too long": (packed(Client=lambda text: text + f"{CANARY}," * 200 + "\n"), True),
    "rows too short": (packed(Client=lambda text: text + f"{CANARY}\n", Exit=lambda text: text + "1,1\n"), True),
    "several line ends": (every(lines_that_end_in_several_ways), True),
    "year 0": (day("0000-00-00"), True),
    "year 1": (day("0001-01-01"), True),
    "year 9999": (day("9999-12-31"), True),
    "two-digit years": (day("24-10-01"), True),
    "day before month": (day("31/12/2024"), True),
    "text for dates": (day(CANARY), True),
    "text for codes": (packed(Enrollment=lambda text: text.replace(",116,", f",{CANARY},")), True),
    "period that ends before it begins": (packed(Export=with_text("2025-09-30", "1999-09-30")), True),
    "missing columns": (packed(Enrollment=without_column("EntryDate"), Client=without_column("DOB")), True),
    "missing files": (packed(Exit=None, Services=None, ProjectCoC=None, Inventory=None), True),
    "formulas and SQL": (packed(Client=lambda text: text.replace(CANARY, f"=1'; DROP TABLE Client--{CANARY}")), True),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_every_command_ends_with_a_sentence_and_shows_no_cell(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write, opens = HOSTILE[name]
    source = write(texts(), tmp_path / "export")
    for command in COMMANDS:
        status, said = shown(capsys, command, source, tmp_path / command)
        assert status in {0, 1, 2}
        assert "Traceback" not in said
        assert CANARY not in said
        assert said.strip()
        if command == "check":
            assert (status == 0) is opens, said[:500]
        elif not opens:
            assert status == 2


@pytest.mark.parametrize("limit", ["members", "total_bytes", "ratio"])
def test_limits_of_a_zip_are_adjustable(limit: str, tmp_path: Path) -> None:
    from hmis_standards.measure import Limits

    path = write_zip(texts(), tmp_path / "export.zip")
    open_export(path).close()
    with pytest.raises(HmisStandardsError, match="limit"):
        open_export(path, limits=Limits(**{limit: 1}))
    open_export(bomb(texts(), tmp_path / "bomb"), limits=Limits(ratio=10_000)).close()


# --- bytes at random ---------------------------------------------------------------------------------------

_WEIRD = st.sampled_from([b"", b"\0", b'"', b",", b"\n", b"\r", b"\xff\xfe", b"\xe9", b"99999-12-31", b"-1", b"1e999",
                          b'""', b"\xef\xbb\xbf", b",,,,", b"\x1a", "\u2028".encode(), b"9" * 40])  # fmt: skip
_PIECES = _WEIRD | st.binary(max_size=12)
_EDITS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 30), _PIECES), min_size=1, max_size=6)
_WHERE = st.sampled_from(["Export", "Client", "Enrollment", "Exit", "Project", "Inventory", "User", "zip"])


def edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Some bytes taken out at places of the data, and others put there."""
    for place, length, piece in edits:
        at = place % (len(data) + 1)
        data = data[:at] + piece + data[at + length :]
    return data


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=_WHERE, edits=_EDITS)
def test_bytes_at_random(where: str, edits: list[tuple[int, int, bytes]], tmp_path: Path) -> None:
    """Opened or refused, and what is opened can be checked, measured and reported or refused, in our words."""
    files = texts()
    path = tmp_path / "export.zip"
    if where != "zip":
        files[where] = edited(str(files[where]).encode(), edits)
    write_zip(files, path)
    if where == "zip":
        path.write_bytes(edited(path.read_bytes(), edits))
    said = []
    try:
        with open_export(path) as export:
            found = check(export)
            said += [repr(found), str(found.to_dict()), str(export.facts())]
            said += [str(found.rows(one.check.id)) for one in found.findings]
            said += [str(measure(export, by="project").to_dict()), str(hud_dq_report(export).to_dict())]
    except HmisStandardsError as error:
        said.append(str(error))
    assert CANARY not in "\n".join(said)
