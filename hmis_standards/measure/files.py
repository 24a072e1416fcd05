"""From whatever the user has (zip, folder, data frames) to CSV files on disk or Arrow tables, with limits."""

from __future__ import annotations

import csv
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from attrs import field, frozen

from hmis_standards.errors import ExportError

__all__ = ["Limits", "Members", "find_members", "read_header"]


@frozen(kw_only=True)
class Limits:
    """What a zip may hold before it is refused: a guard against archives made to fill a disk."""

    members: int = 500
    total_bytes: int = 50 * 2**30
    ratio: int = 1000


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
    found = {one.stem: one for one in sorted(path.iterdir()) if one.suffix.lower() == ".csv" and one.stem in wanted}
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
    except (EOFError, OSError, zipfile.zlib.error, NotImplementedError, RuntimeError) as error:  # type: ignore[attr-defined]
        raise ExportError(f"{path} is damaged or protected and cannot be unpacked ({type(error).__name__})") from None


def _choose(
    path: Path, infos: list[zipfile.ZipInfo], wanted: frozenset[str], limits: Limits
) -> dict[str, zipfile.ZipInfo]:
    """Top-level CSV members of the wanted names; one common folder around all of them is tolerated."""
    if len(infos) > limits.members:
        raise ExportError(f"{path} holds {len(infos):,} files; the limit is {limits.members:,}")
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or inside.suffix.lower() != ".csv" or inside.stem not in wanted or len(inside.parts) > 2:
            continue
        if inside.stem in found:
            raise ExportError(f"{path} holds {inside.name} twice; it must hold one export")
        found[inside.stem] = info
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
        ExportError: empty file, not UTF-8, NUL bytes, or a column name that stands twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header = tuple(name.strip() for name in next(csv.reader(lines), []))
    except UnicodeDecodeError:
        raise ExportError(f"{table}.csv: not UTF-8 text; have the export written in UTF-8") from None
    except csv.Error:
        raise ExportError(f"{table}.csv: the header is not readable as CSV") from None
    if not any(header):
        raise ExportError(f"{table}.csv is empty: it does not even have a header")
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise ExportError(f"{table}.csv has the column {twice!r} twice")
    return header


def as_arrow(table: str, frame: Any) -> Any:
    """A pandas, polars or Arrow table as Arrow; whole numbers that pandas keeps as floats become whole again."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(frame, pa.Table):
        arrow = frame
    elif hasattr(frame, "to_arrow"):
        arrow = frame.to_arrow()
    else:
        try:
            arrow = pa.Table.from_pandas(frame, preserve_index=False)
        except (TypeError, AttributeError, pa.ArrowException):
            raise ExportError(
                f"{table} is not a pandas, polars or Arrow table, or has columns of mixed types"
            ) from None
    for place, column in enumerate(arrow.schema):
        values = arrow.column(place)
        if pa.types.is_floating(column.type) and pc.all(pc.equal(pc.floor(values), values)).as_py() is not False:
            arrow = arrow.set_column(place, column.name, pc.cast(values, pa.int64()))
    return arrow
