"""From whatever the user has (zip, folder, data frames) to CSV files on disk or Arrow tables, with limits."""

from __future__ import annotations

import codecs
import csv
import lzma
import os
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from attrs import field, frozen

from hmis_standards.errors import ExportError
from hmis_standards.measure.columns import EXPORT, NEEDED

__all__ = ["Limits", "Members", "as_arrow", "check_header", "find_members", "read_header", "text_fault"]

# What zipfile and the unpackers below it raise on archives made or damaged by others, besides BadZipFile.
_DAMAGE = (EOFError, LookupError, NotImplementedError, OverflowError, RuntimeError, ValueError)
_DAMAGE_OF_PACKING = (lzma.LZMAError, struct.error, zlib.error)


@frozen(kw_only=True)
class Limits:
    """What a zip may hold before it is refused: a guard against archives made to fill a disk.

    ``ratio`` is of the unpacked to the packed size: 10 to 50 for exports, about 1,000 for nothing but one letter.
    """

    members: int = 500
    total_bytes: int = 50 * 2**30
    ratio: int = 250


@frozen(kw_only=True)
class Members:
    """The tables found: name without ``.csv`` to a path. ``folder`` is temporary and ours, or None."""

    source: str
    paths: Mapping[str, Path] = field(repr=False)
    folder: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)

    def close(self) -> None:
        """Delete the temporary copies, if any."""
        if self.folder is not None:
            self.folder.cleanup()


def find_members(source: str | os.PathLike[str], wanted: frozenset[str], limits: Limits) -> Members:
    """The wanted tables of a zip or folder. Members of a zip are unpacked to a folder only this user can read.

    Raises:
        ExportError: nothing there, not a zip, damaged, over the limits, or no HMIS CSV file in it.
    """
    path = Path(source)
    if path.is_dir():
        return Members(source=path.name, paths=_in_folder(path, wanted))
    if not path.is_file():
        raise ExportError(f"there is no file or folder {path}")
    return _unpacked(path, wanted, limits)


def _in_folder(path: Path, wanted: frozenset[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for one in sorted(path.iterdir()):
        if one.suffix.lower() != ".csv" or one.stem not in wanted or not one.is_file():
            continue
        if one.stem in found:
            raise ExportError(f"{path} holds {one.stem}.csv twice; it must hold one export")
        found[one.stem] = one
    if found:
        return found
    nested = sorted(one.name for one in path.iterdir() if one.is_dir() and (one / "Export.csv").is_file())
    if nested:
        raise ExportError(f"{path} holds no HMIS CSV files itself, but its folder {nested[0]} does; open that one")
    raise ExportError(f"{path} holds no HMIS CSV files (Export.csv, Client.csv, Enrollment.csv and so on)")


def _unpacked(path: Path, wanted: frozenset[str], limits: Limits) -> Members:
    try:
        with zipfile.ZipFile(path) as archive:
            members = _choose(path, archive.infolist(), wanted, limits)
            folder = tempfile.TemporaryDirectory(prefix="hmis-")
            try:
                paths = {
                    name: _extract(archive, info, Path(folder.name) / f"{name}.csv") for name, info in members.items()
                }
            except BaseException:
                folder.cleanup()
                raise
            return Members(source=path.name, paths=paths, folder=folder)
    except zipfile.BadZipFile:
        raise ExportError(f"{path} is not a zip file, or it was cut off before its end; ask for it again") from None
    except ExportError:
        raise
    except OSError as error:
        raise ExportError(f"{path} cannot be unpacked: {error.strerror or 'it is damaged'}") from None
    except (*_DAMAGE, *_DAMAGE_OF_PACKING) as error:
        raise ExportError(f"{path} is damaged or protected and cannot be unpacked ({type(error).__name__})") from None


def _choose(
    path: Path, infos: list[zipfile.ZipInfo], wanted: frozenset[str], limits: Limits
) -> dict[str, zipfile.ZipInfo]:
    """Top-level CSV members of the wanted names; one common folder around all of them is tolerated."""
    if len(infos) > limits.members:
        raise ExportError(f"{path} holds {len(infos):,} files; the limit is {limits.members:,}")
    found: dict[str, zipfile.ZipInfo] = {}
    folders = set()
    for info in infos:
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts:
            raise ExportError(f"{path} holds a file whose name leads out of the archive; no HMIS software writes that")
        if info.is_dir() or inside.suffix.lower() != ".csv" or inside.stem not in wanted or len(inside.parts) > 2:
            continue
        if inside.stem in found:
            raise ExportError(f"{path} holds {inside.name} twice; it must hold one export")
        found[inside.stem] = info
        folders.add(inside.parent)
    if len(folders) > 1:
        raise ExportError(f"{path} holds HMIS CSV files in {len(folders)} folders; it must hold one export")
    if not found:
        raise ExportError(f"{path} holds no HMIS CSV files (Export.csv, Client.csv, Enrollment.csv and so on)")
    _check_size(path, list(found.values()), limits)
    return found


def _check_size(path: Path, infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if total > limits.total_bytes or total > limits.ratio * max(packed, 1):
        raise ExportError(
            f"{path} would unpack to {total:,} bytes from {packed:,}; if you trust it, raise the limits of open_export"
        )


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> Path:
    """Write one member under a name of our own choosing: nothing in the archive decides where it goes."""
    left = info.file_size
    with archive.open(info) as packed, target.open("wb") as out:
        while chunk := packed.read(1 << 20):
            left -= len(chunk)
            if left < 0:
                raise zipfile.BadZipFile("longer than it says")
            out.write(chunk)
    return target


def read_header(table: str, path: Path) -> tuple[str, ...]:
    """The column names of a CSV file.

    Raises:
        ExportError: empty file, not UTF-8, NUL bytes, no header, or a column name that stands twice.
    """
    _refuse_nul(table, path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header = tuple(name.strip() for name in next(csv.reader(lines), []))
    except UnicodeDecodeError:
        raise ExportError(text_fault(table, path)) from None
    except csv.Error:
        raise ExportError(f"{table}.csv: the header is not readable as CSV") from None
    if not any(header):
        raise ExportError(f"{table}.csv is empty: it does not even have a header")
    check_header(table, header)
    return header


def check_header(table: str, header: Sequence[str]) -> None:
    """Raises ExportError where the header is none, or names a column twice.

    A file without a header has cells in that place, so a message only holds names of HUD's format.
    """
    known = NEEDED.get(table, EXPORT)
    if not set(known) & set(header):
        raise ExportError(f"{table}.csv has no column of HUD's format in its first line; is the header missing?")
    seen: set[str] = set()
    for name in header:
        if name.casefold() in seen:
            raise ExportError(f"{table}.csv has {f'the column {name}' if name in known else 'a column'} twice")
        seen.add(name.casefold())


def _refuse_nul(table: str, path: Path) -> None:
    with path.open("rb") as data:
        while chunk := data.read(1 << 20):
            if b"\0" in chunk:
                raise ExportError(f"{table}.csv holds NUL bytes: it is damaged, or not UTF-8 text")


_MARKS = re.compile(rb'"|\r\n|\n|\r')
NOT_UTF8 = "not UTF-8 text; have the export written in UTF-8, as HUD's CSV format asks"
_ENDS = {b"\r\n": "CRLF", b"\n": "LF", b"\r": "CR"}


def text_fault(table: str, path: Path) -> str:
    """What a reader of CSV may take for a fault of quotation marks: other encodings, mixed line ends. Else empty.

    Reads a piece at a time. Line ends inside quotation marks are text, so they are only judged where the marks close.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, inside, ends = 1, False, set()
    with path.open("rb") as data:
        while True:
            chunk = data.read(1 << 20)
            chunk += data.read(1) if chunk.endswith(b"\r") else b""
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                return f"{table}.csv, line {line}: {NOT_UTF8}"
            if not chunk:
                break
            line += chunk.count(b"\n")
            for mark in _MARKS.findall(chunk):
                if mark == b'"':
                    inside = not inside
                elif not inside:
                    ends.add(mark)
    if inside or len(ends) < 2:
        return ""
    found = " and some in ".join(name for mark, name in _ENDS.items() if mark in ends)
    return f"{table}.csv: some lines end in {found}; every line must end the same way"


def as_arrow(table: str, frame: Any) -> Any:
    """A pandas, polars or Arrow table as Arrow; whole numbers that pandas keeps as floats become whole again."""
    import pyarrow as pa

    try:
        if isinstance(frame, pa.Table):
            arrow = frame
        elif hasattr(frame, "to_arrow"):
            arrow = frame.to_arrow()
        else:
            arrow = pa.Table.from_pandas(frame, preserve_index=False)
    except (TypeError, AttributeError, ValueError, pa.ArrowException):
        arrow = None
    if not isinstance(arrow, pa.Table):
        raise ExportError(f"{table} is not a pandas, polars or Arrow table, or has columns of mixed types")
    check_header(table, arrow.column_names)
    for place, column in enumerate(arrow.schema):
        arrow = arrow.set_column(place, column.name, _whole(arrow.column(place)))
    return arrow


def _whole(values: Any) -> Any:
    """Floats and truth values as whole numbers where they are; NaN as null. Other columns as they are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_boolean(values.type):
        return pc.cast(values, pa.int64())
    if not pa.types.is_floating(values.type):
        return values
    wide = pc.cast(values, pa.float64())
    wide = pc.if_else(pc.is_nan(wide), None, wide)
    whole = pc.and_(pc.equal(pc.floor(wide), wide), pc.less(pc.abs(wide), 2.0**53))
    return pc.cast(wide, pa.int64()) if pc.all(whole).as_py() is not False else wide
