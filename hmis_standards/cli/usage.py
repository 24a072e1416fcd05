"""What the library says of its input, told as the command line tells things."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator

import click

from hmis_standards.errors import HmisStandardsError

__all__ = ["refused_as_usage", "warnings_told"]


@contextlib.contextmanager
def refused_as_usage() -> Iterator[None]:
    """Around one call that is given what the user typed: its ValueError becomes one paragraph and exit status 2.

    Errors of the package pass: the command line has words for them already.
    """
    try:
        yield
    except HmisStandardsError:
        raise
    except ValueError as error:
        raise click.UsageError(f"{error}.") from None


@contextlib.contextmanager
def warnings_told() -> Iterator[None]:
    """Around reading: what the library warns of goes to standard error, a line each, without its place in the code."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        yield
    for one in caught:
        click.echo(f"note: {one.message}", err=True)
