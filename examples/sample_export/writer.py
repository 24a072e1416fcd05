"""Tables to CSV text to one zip archive: the same members, names and times every time."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from .layout import Column, layout
from .tables import EXPORT_ID, Row, Tables

# Every member carries the same time, so that the archive depends on its content alone.
ZIP_TIME = (2025, 10, 6, 6, 15, 0)


def csv_files(tables: Tables) -> dict[str, str]:
    """File name to text, in the order of the specification; refuses a column the specification does not have."""
    texts: dict[str, str] = {}
    for file, columns in layout():
        rows = tables[file]
        known = {column.name for column in columns}
        for row in rows:
            strangers = [key for key in row if not key.startswith("_") and key not in known]
            if strangers:
                raise KeyError(f"{file}.csv has no column {', '.join(strangers)}")
        lines = [",".join(f'"{column.name}"' for column in columns)]
        lines += [",".join(_cell(column, row) for column in columns) for row in rows]
        texts[f"{file}.csv"] = "\r\n".join(lines) + "\r\n"
    return texts


def _cell(column: Column, row: Row) -> str:
    """Text in double quotes, everything else bare, nothing for null."""
    value = EXPORT_ID if column.name == "ExportID" else row.get(column.name)
    if value is None:
        return ""
    if column.type == "string":
        return '"' + str(value).replace('"', '""') + '"'
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value}.00" if column.type == "money" else str(value)


def zip_bytes(texts: dict[str, str]) -> bytes:
    """The archive. Its content is fixed; how tightly it is packed is the business of the zlib at hand."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(texts):
            member = zipfile.ZipInfo(name, ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            member.create_system = 3
            archive.writestr(member, texts[name].encode("utf-8"))
    return packed.getvalue()


def content(archive: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    """Name, time and text of every member: what two archives must share to be the same export."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return [(info.filename, info.date_time, opened.read(info)) for info in opened.infolist()]
