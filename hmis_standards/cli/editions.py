"""Editions on the command line: which there are, what each changed, and the option that picks one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from hmis_standards.model import Catalog
from hmis_standards.store import load_catalog, load_changes

__all__ = ["change_rows", "edition_option", "edition_rows"]

Command = TypeVar("Command", bound=Callable[..., Any])


def edition_option(command: Command) -> Command:
    """``--edition``."""
    return click.option("--edition", metavar="ID", help="As an older edition had it, such as 2024.1.")(command)


def edition_rows(catalog: Catalog) -> list[dict[str, Any]]:
    """One row an edition: dates, data standards and size."""
    return [
        {
            "id": one.id,
            "from": one.since.isoformat(),
            "until": one.until.isoformat(),
            "data_standards": one.data_standards,
            "documents": len(catalog.documents),
            "items": len(load_catalog(one.id)),
        }
        for one in catalog.editions
    ]


def change_rows(catalog: Catalog) -> list[dict[str, Any]]:
    """One row an item that an edition up to this one changed."""
    known = [one.id for one in catalog.editions]
    reached = known[: known.index(catalog.edition) + 1]
    return [
        {
            "edition": change.edition,
            "kind": change.kind.value,
            "item": item,
            "became": ", ".join(change.became),
            "fields": ", ".join(change.fields),
            "reason": change.reason,
        }
        for change in load_changes()
        if change.edition in reached
        for item in change.items
    ]
