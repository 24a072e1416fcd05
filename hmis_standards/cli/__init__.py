"""The command line, and the only part of the package that prints.

Exit status: 0 done; 1 done, and problems were found; 2 bad usage or input that cannot be read.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from hmis_standards.errors import HmisStandardsError, MissingExtra

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status. Errors go to standard error in one paragraph."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a sign that the terminal does not know becomes a question mark
            stream.reconfigure(errors="replace")
    try:
        import click

        from hmis_standards.cli.app import app
    except ImportError:
        return _fail(f"the command line needs two more packages: {MissingExtra('cli')}")
    try:
        status = app.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except click.exceptions.Abort:
        return _fail("stopped")
    except click.ClickException as error:
        return _fail(_usage(error))
    except MissingExtra as error:
        return _fail(f"this needs another package: {error}")
    except HmisStandardsError as error:
        return _fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        return _fail(f"{error.filename or 'file'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return _fail("stopped")
    return status if isinstance(status, int) else 0


def _usage(error: Exception) -> str:
    """Click's message, with where to get help."""
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "hmis-standards"
    return f"{error.format_message()} Try: {where} --help"  # type: ignore[attr-defined]


def _fail(message: str) -> int:
    print(f"hmis-standards: {message}", file=sys.stderr)
    return 2
