"""The group that holds all commands."""

from __future__ import annotations

import click

from hmis_standards._version import __version__
from hmis_standards.cli import (
    assessments,
    browse,
    checks,
    data,
    demo,
    judging,
    merging,
    oscal,
    over_time,
    plans,
    plots,
    portfolios,
    reports,
    toolkit,
)

__all__ = ["app"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="hmis-standards")
def app() -> None:
    """HUD's HMIS Lead tools as data: browse the items, score an assessment, measure an HMIS CSV export.

    Nothing is sent anywhere: every command works without a network.
    """


for _module in (
    demo,
    browse,
    assessments,
    merging,
    over_time,
    plans,
    portfolios,
    checks,
    data,
    judging,
    reports,
    oscal,
    plots,
    toolkit,
):
    for _command in _module.COMMANDS:
        app.add_command(_command)
