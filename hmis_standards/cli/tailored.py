"""Options that several commands share: profiles to tailor the catalog by, and an alignment with HUD's numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from hmis_standards.model import Alignment, Catalog
from hmis_standards.store import load_alignment, load_profile, shipped_profiles, tailored_catalog

__all__ = ["aligned", "alignment_option", "note_own_profiles", "profile_option", "tailored"]

Command = TypeVar("Command", bound=Callable[..., Any])


def profile_option(command: Command) -> Command:
    """``--profile``, which can be given several times."""
    told = "Tailor the items by this profile: the id of a shipped one, or a YAML file. Can be repeated; later wins."
    return click.option("--profile", "profiles", multiple=True, metavar="ID|FILE", help=told)(command)


def alignment_option(command: Command) -> Command:
    """``--alignment``."""
    told = "Your own file with HUD's numbers of the items, to be shown beside ours."
    kind = click.Path(path_type=Path, dir_okay=False)
    return click.option("--alignment", type=kind, help=told)(command)


def tailored(profiles: Sequence[str], edition: str | None = None) -> Catalog:
    """The shipped catalog of an edition, tailored. Conflicts between the profiles go to standard error."""
    catalog = tailored_catalog(edition, profiles)
    for one in catalog.conflicts:
        what = f"{one.item} {one.field}".strip()
        click.echo(f"{one.later} and {one.earlier} differ on {what}: {one.later} decides", err=True)
    return catalog


def aligned(path: Path | None) -> Alignment | None:
    """The alignment, if one is given."""
    return load_alignment(path) if path else None


def note_own_profiles(profiles: Sequence[str], output: Path) -> None:
    """A profile of one's own has to lie beside the answers, where reading them looks for it."""
    for name in profiles:
        if name in shipped_profiles():
            continue
        wanted = output.parent / f"{load_profile(name).id}.yaml"
        if not wanted.is_file():
            click.echo(f"keep a copy of {name} beside it, as {wanted}: reading the answers needs it", err=True)
