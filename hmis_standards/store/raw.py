"""A file that was read. Apart from the reader, so that loading the wheel's bundle never imports the YAML library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

__all__ = ["Raw"]


class Raw(NamedTuple):
    """A file that was read and not yet judged: its parsed data, and its text for line numbers.

    A class of the standard library, because the build of the wheel reads YAML with nothing else installed.
    """

    path: str
    data: Any
    text: str = ""

    def __repr__(self) -> str:
        return f"Raw({self.path!r})"

    @classmethod
    def read(cls, path: str | Path | Traversable) -> Raw:
        """The file at ``path``; see ``yaml_text.read_raw``, which is imported only now."""
        from hmis_standards.store.yaml_text import read_raw

        return read_raw(path)

    def line_of(self, pointer: tuple[str | int, ...]) -> int | None:
        """The line of the value at ``pointer``, or of the nearest thing above it; None without the text.

        Composes the text again: only for errors.
        """
        from hmis_standards.store.yaml_text import line_of

        return line_of(self.text, pointer)
