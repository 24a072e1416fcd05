"""A file of somebody's own, read and judged before anything is made of it."""

from __future__ import annotations

from pathlib import Path

from hmis_standards.errors import InvalidDocument
from hmis_standards.store.raw import Raw

__all__ = ["sound_file"]


def sound_file(path: str | Path, kind: str) -> Raw:
    """The file of that kind, if nothing is wrong with it.

    Raises:
        InvalidDocument: with all problems. DocumentSyntaxError: not readable as YAML. OSError: it cannot be opened.
    """
    # Judging knows every kind, and so imports the modules that ask here.
    from hmis_standards.store.single import single_problems

    raw = Raw.read(Path(path))
    problems = single_problems(raw, kind)
    if problems:
        raise InvalidDocument(str(path), problems)
    return raw
