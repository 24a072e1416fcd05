"""How the command line shows and writes things: tables, JSON, CSV, progress, files that are never half written."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from hmis_standards.tabular import plain

__all__ = [
    "console",
    "csv_text",
    "emit",
    "format_option",
    "json_text",
    "progress_bar",
    "show_table",
    "write_bytes_of",
    "write_lines",
    "write_text",
]

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to print.",
)

_WIDTH_WITHOUT_TERMINAL = 140
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # no text: "" is in every one
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def console() -> Console:
    """Standard output; as wide as the terminal, or wide and plain where there is none."""
    width = None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL
    return Console(file=sys.stdout, width=width, highlight=False, soft_wrap=False)


def json_text(value: Any) -> str:
    """``value`` as indented JSON, the same text on every run."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def csv_text(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None) -> str:
    """``rows`` as CSV with a header; an empty list gives the header alone.

    A text that a spreadsheet would run as a formula gets an apostrophe in front; a number, also a negative one, never.
    """
    names = list(columns or (rows[0] if rows else ()))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: _csv_cell(row.get(name)) for name in names} for row in rows)
    return out.getvalue()


def _csv_cell(value: Any) -> Any:
    if not isinstance(value, str):
        return "" if value is None else value
    text = f"'{value}" if value[:1] in _FORMULA and not _NUMBER.fullmatch(value) else value
    return text.replace("\r\n", "\n").replace("\r", "\n")  # csv leaves a bare CR unquoted, which would end the row


def emit(rows: Sequence[Mapping[str, Any]], form: str, title: str = "", columns: Sequence[str] | None = None) -> None:
    """Rows in the format asked for. JSON gets all keys, a table the columns named."""
    if form == "json":
        click.echo(json_text(list(rows)), nl=False)
    elif form == "csv":
        click.echo(csv_text(rows), nl=False)
    else:
        show_table(rows, title, columns)


def show_table(rows: Sequence[Mapping[str, Any]], title: str = "", columns: Sequence[str] | None = None) -> None:
    """Rows as a table for people. What looks like markup of rich in a title, a heading or a cell is text as any other.

    A cell may be a rich object itself.
    """
    names = list(columns or (rows[0] if rows else ()))
    table = Table(title=escape(title) or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(escape(name.replace("_", " ")), overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(name)) for name in names))
    console().print(table)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return value if hasattr(value, "__rich__") or hasattr(value, "plain") else escape(str(value))


@contextlib.contextmanager
def progress_bar(label: str) -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress callback shown on a terminal; None, and nothing shown, where standard error is not one."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[step]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, step="opening")

        def tell(step: str, done: int, steps: int) -> None:
            bar.update(task, completed=done, total=steps, step=step.replace("_", " "))

        yield tell


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: an old one stays until the new one is complete."""
    with _replacing(path) as fresh:
        fresh.write_bytes(text.encode("utf-8"))


def write_lines(path: Path, parts: Iterable[str]) -> None:
    """As ``write_text``, for a text that comes in parts and is too long to be held."""
    with _replacing(path) as fresh, fresh.open("wb") as file:
        file.writelines(part.encode("utf-8") for part in parts)


def write_bytes_of(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` make a file beside ``path`` and put it in place when it is complete."""
    with _replacing(path) as fresh:
        write(fresh)


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        yield fresh
        fresh.replace(path)
    except (OSError, ValueError) as error:
        _name(error, fresh, path)
        raise
    finally:
        fresh.unlink(missing_ok=True)


def _name(error: OSError | ValueError, fresh: Path, path: Path) -> None:
    """Let an error name the file that was asked for, not the one beside it."""
    if isinstance(error, OSError):
        error.filename = str(path)
    else:
        error.args = tuple(one.replace(str(fresh), str(path)) if isinstance(one, str) else one for one in error.args)
