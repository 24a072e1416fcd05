"""The group ``toolkit``: one command a working tool, and the numbers they take for granted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from hmis_standards.cli.output import emit, format_option
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.model import ParameterSet
from hmis_standards.store import load_parameters, shipped_parameter_sets

__all__ = ["COMMANDS", "parameters_of", "parameters_option", "set_option"]

F = TypeVar("F", bound=Callable[..., Any])


class NameAndNumber(click.ParamType):  # type: ignore[type-arg]
    """A parameter and its value, ``turnover=0.42``."""

    name = "name=number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        name, sign, number = str(value).partition("=")
        if not (name and sign and number):
            self.fail(f"{value!r} is not a name and a number such as turnover=0.42.", param, ctx)
        return name.strip(), number.strip()


parameters_option = click.option(
    "--parameters",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A YAML file with your own numbers, to be used in place of the shipped ones.",
)
set_option = click.option(
    "--set",
    "values",
    type=NameAndNumber(),
    multiple=True,
    help="One number of your own, as turnover=0.42; can be repeated. `toolkit parameters` lists the names.",
)


def parameters_of(name: str, path: Path | None, values: Sequence[tuple[str, str]]) -> ParameterSet:
    """The parameters of a calculation, with the file and the values the user gave laid over them."""
    found = load_parameters(name if path is None else path)
    if found.id != name:
        raise click.UsageError(f"{path}: it has numbers for {found.id}, this is about {name}.")
    with refused_as_usage():
        return found.changed(dict(values), why="Set on the command line.")


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
COMMANDS = (toolkit,)
