"""The group ``toolkit``: one command a working tool, and the numbers they take for granted."""

from __future__ import annotations

import click

from hmis_standards.cli import (
    toolkit_budget,
    toolkit_forms,
    toolkit_procurement,
    toolkit_service,
    toolkit_staffing,
    toolkit_training,
    toolkit_vendor,
)
from hmis_standards.cli.output import emit, format_option
from hmis_standards.store import load_parameters, shipped_parameter_sets

__all__ = ["COMMANDS"]


@click.group("toolkit")
def toolkit() -> None:
    """Working tools: calculations that print each number with its formula, inputs and origin."""


@click.command("parameters")
@click.argument("name", required=False)
@format_option
def parameters_command(name: str | None, form: str) -> None:
    """List the numbers that the tools take for granted, with unit, origin and reason."""
    sets = [load_parameters(one) for one in ([name] if name else shipped_parameter_sets())]
    rows = [{"tool": one.id, **row} for one in sets for row in one.rows()]
    emit(rows, form, columns=("tool", "parameter", "value", "unit", "origin", "since", "why"))


toolkit.add_command(parameters_command)
_MODULES = (
    toolkit_budget,
    toolkit_forms,
    toolkit_procurement,
    toolkit_service,
    toolkit_staffing,
    toolkit_training,
    toolkit_vendor,
)
for _module in _MODULES:
    for _command in _module.COMMANDS:
        toolkit.add_command(_command)
COMMANDS = (toolkit,)
