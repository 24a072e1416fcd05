"""The plots of the page on plots, made by the code on that page each time the documentation is built."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["make", "setup"]

_PAGE = Path("concepts") / "plots.md"
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


def make(source: Path) -> None:
    """Run the blocks of the page, one after the other, in the folder of its pictures."""
    page = source / _PAGE
    folder = source / "generated" / "plots"
    folder.mkdir(parents=True, exist_ok=True)
    before = Path.cwd()
    os.chdir(folder)
    try:
        names: dict[str, Any] = {}
        for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(block, str(page), "exec"), names)
    finally:
        os.chdir(before)


def _at_start(app: Sphinx) -> None:
    make(Path(app.srcdir))


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("builder-inited", _at_start)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
