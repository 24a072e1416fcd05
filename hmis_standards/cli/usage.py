"""Input that the library refuses, told as a usage error."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import click

from hmis_standards.errors import HmisStandardsError

__all__ = ["refused_as_usage"]


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
