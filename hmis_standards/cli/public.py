"""The options for what is to be published: small counts withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hmis_standards.cli.assessments import Command

if TYPE_CHECKING:
    from hmis_standards.measure import PublicParts

__all__ = ["as_public", "public_option"]


def public_option(command: Command) -> Command:
    """``--public`` and ``--smallest``, which come together as ``smallest``: None unless asked for."""
    command = click.option(
        "--smallest",
        type=click.IntRange(min=2),
        help="With --public: the smallest count that is shown, 11 if left out.",
    )(command)
    return click.option(
        "--public", is_flag=True, help="To publish: withhold small counts, and what they could be worked out from."
    )(command)


def as_public(public: bool, smallest: int | None, **parts: Any) -> PublicParts | None:
    """The parts as they may be published; None where that was not asked for. What is withheld is told on the side."""
    from hmis_standards.measure import SMALLEST, for_public

    if not public:
        if smallest is not None:
            raise click.UsageError("--smallest goes with --public.")
        return None
    made = for_public(**parts, least=smallest or SMALLEST.value)
    click.echo(f"note: {made.note}", err=True)
    return made
