"""Finding the tables of an export in whatever the user has: a zip, a folder, Parquet files, frames."""

from __future__ import annotations

import io
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyarrow as pa
from attrs import field, frozen

from hmis_standards.errors import ExportError
from hmis_standards.measure.door.frames import as_arrow
from hmis_standards.measure.door.plan import Plan
from hmis_standards.measure.door.tally import Reading, Tally
from hmis_standards.measure.door.text import Head, Opener

__all__ = ["UNREADABLE", "Damaged", "Limits", "Member", "Source", "damaged", "open_source"]

_DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, EOFError, LookupError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError,
    lzma.LZMAError, struct.error, zlib.error,
)  # fmt: skip
"""What zipfile and the unpackers below it raise on archives made or damaged by others."""
_SUFFIXES = (".csv", ".parquet")
_ROWS = 1 << 16


class Damaged(Exception):
    """The bytes of a table cannot be had; the cause says why."""


UNREADABLE = (Damaged, OSError, pa.ArrowException)
"""What reading a table raises where it cannot be read."""


def damaged(error: Exception) -> str:
    """The sentence for a table that cannot be read."""
    kind = type(error.__cause__ or error).__name__
    return f"is damaged or protected and cannot be read ({kind})"


@frozen(kw_only=True)
class Limits:
    """What a zip may hold before it is refused: a guard against archives made to fill a disk.

    ``ratio`` is of the unpacked to the packed size: 10 to 50 for exports, about 1,000 for nothing but one letter.
    """

    members: int = 500
    total_bytes: int = 50 * 2**30
    ratio: int = 250


@frozen(kw_only=True)
class Member:
    """One table: either ``opener`` gives the bytes of a CSV file, or ``batches`` Arrow batches under ``header``.

    Where the engine reads the tables itself, only Export has one; ``head`` is that of a CSV file it looked into.
    """

    table: str
    opener: Opener | None = field(default=None, repr=False)
    header: tuple[str, ...] = ()
    batches: Callable[[], Iterator[Any]] | None = field(default=None, repr=False)
    head: Head | None = None


@frozen(kw_only=True)
class Source:
    """The tables found. ``form`` is zip, folder or frames; ``nested`` whether a zip holds them inside a folder.

    ``read`` is there where the engine reads the tables itself, all at once: it fills the engine by the plans of the
    tables and tells what was found in each.
    """

    name: str
    form: str
    members: Mapping[str, Member]
    nested: bool = False
    others: int = 0
    read: Callable[[Mapping[str, Plan]], Mapping[str, tuple[Tally, Reading]]] | None = field(default=None, repr=False)
    _close: Callable[[], None] = field(default=lambda: None, repr=False)

    def close(self) -> None:
        """Let go of the file."""
        self._close()


def open_source(source: str | os.PathLike[str] | Mapping[str, Any], wanted: frozenset[str], limits: Limits) -> Source:
    """The wanted tables of a zip, a folder, or a mapping of frames.

    Raises:
        ExportError: nothing there, not a zip, damaged, over the limits, or no table of an export in it.
    """
    if isinstance(source, Mapping):
        members = {table: _frame(table, source[table]) for table in sorted(wanted) if table in source}
        return Source(name="data frames", form="frames", members=members, others=len(set(source) - set(members)))
    path = Path(source)
    if path.is_dir():
        return _folder(path, wanted)
    if not path.is_file():
        raise ExportError(f"there is no file or folder {path}")
    return _zip(path, wanted, limits)


def _frame(table: str, frame: Any) -> Member:
    arrow = as_arrow(table, frame)
    return Member(
        table=table, header=tuple(arrow.column_names), batches=lambda: iter(arrow.to_batches(max_chunksize=_ROWS))
    )


# --- folders -----------------------------------------------------------------------------------------------


def _folder(path: Path, wanted: frozenset[str]) -> Source:
    found: dict[str, Member] = {}
    others = 0
    for one in sorted(path.iterdir()):
        if one.suffix.lower() not in _SUFFIXES or one.stem not in wanted or not one.is_file():
            others += one.is_file()
            continue
        if one.stem in found:
            raise ExportError(f"{path} holds {one.stem}.csv twice; it must hold one export")
        found[one.stem] = _file(one)
    if not found:
        raise ExportError(_nothing_in(path))
    return Source(name=path.name, form="folder", members=found, others=others)


def _nothing_in(path: Path) -> str:
    inside = (one for one in path.iterdir() if one.is_dir())
    nested = sorted(one.name for one in inside if any((one / f"Export{suffix}").is_file() for suffix in _SUFFIXES))
    if nested:
        return f"{path} holds no HMIS CSV files itself, but its folder {nested[0]} does; open that one"
    return f"{path} holds no HMIS CSV files (Export.csv, Client.csv, Enrollment.csv and so on)"


def _file(path: Path) -> Member:
    if path.suffix.lower() == ".csv":
        return Member(table=path.stem, opener=lambda: path.open("rb"))
    return _parquet(path.stem, lambda: path.open("rb"))


def _parquet(table: str, opener: Opener) -> Member:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    def batches() -> Iterator[Any]:
        with opener() as bytes_of, parquet.ParquetFile(bytes_of) as file:
            yield from file.iter_batches(batch_size=_ROWS)

    try:
        with opener() as bytes_of, parquet.ParquetFile(bytes_of) as file:
            header = tuple(file.schema_arrow.names)
    except (pa.ArrowException, OSError):
        raise ExportError(f"{table}.parquet is not a Parquet file, or is damaged") from None
    return Member(table=table, header=header, batches=batches)


# --- zip files ---------------------------------------------------------------------------------------------


def _zip(path: Path, wanted: frozenset[str], limits: Limits) -> Source:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise ExportError(f"{path} is not a zip file, or it was cut off before its end; ask for it again") from None
    except OSError as error:
        raise ExportError(f"{path} cannot be read: {error.strerror or 'it is damaged'}") from None
    except _DAMAGE as error:
        raise ExportError(f"{path} is damaged and cannot be read ({type(error).__name__})") from None
    try:
        chosen, others = _choose(path, archive.infolist(), wanted, limits)
        members = {table: _member(archive, table, info) for table, info in chosen.items()}
    except BaseException:
        archive.close()
        raise
    nested = any("/" in info.filename.replace("\\", "/") for info in archive.infolist())
    return Source(name=path.name, form="zip", members=members, nested=nested, others=others, close=archive.close)


def _member(archive: zipfile.ZipFile, table: str, info: zipfile.ZipInfo) -> Member:
    def opener() -> IO[bytes]:
        try:
            return _Bounded(archive.open(info), info.file_size)  # type: ignore[return-value]
        except _DAMAGE as error:
            raise Damaged from error

    if PurePosixPath(info.filename).suffix.lower() == ".csv":
        return Member(table=table, opener=opener)
    return _parquet(table, lambda: io.BytesIO(archive.read(info)))


class _Bounded(io.RawIOBase):
    """A packed file that may not become longer than it says."""

    def __init__(self, packed: IO[bytes], size: int) -> None:
        self._packed, self._left = packed, size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            chunk = self._packed.read(size)
        except _DAMAGE as error:
            raise Damaged from error
        self._left -= len(chunk)
        if self._left < 0:
            raise Damaged from zipfile.BadZipFile()
        return chunk

    def close(self) -> None:
        self._packed.close()
        super().close()


def _choose(
    path: Path, infos: list[zipfile.ZipInfo], wanted: frozenset[str], limits: Limits
) -> tuple[dict[str, zipfile.ZipInfo], int]:
    """The members of the wanted names, all in one folder at most; and how many others there are."""
    if len(infos) > limits.members:
        raise ExportError(f"{path} holds {len(infos):,} files; the limit is {limits.members:,}")
    found: dict[str, zipfile.ZipInfo] = {}
    folders = set()
    for info in infos:
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts:
            raise ExportError(f"{path} holds a file whose name leads out of the archive; no HMIS software writes that")
        if not _is_table(info, inside, wanted):
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
    return found, sum(not info.is_dir() for info in infos) - len(found)


def _is_table(info: zipfile.ZipInfo, inside: PurePosixPath, wanted: frozenset[str]) -> bool:
    """Not what an Apple computer adds beside each file."""
    added = inside.parts[0] == "__MACOSX" if inside.parts else True
    return not info.is_dir() and not added and inside.suffix.lower() in _SUFFIXES and inside.stem in wanted


def _check_size(path: Path, infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if total > limits.total_bytes or total > limits.ratio * max(packed, 1):
        raise ExportError(
            f"{path} would unpack to {total:,} bytes from {packed:,}; if you trust it, raise the limits of open_export"
        )
