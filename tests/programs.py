"""Programs beside Python that some tests need: a browser, an office, Java.

Where one is not there its tests are skipped; in continuous integration, or with HMIS_STANDARDS_TESTS=all, they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

VARIABLE = "HMIS_STANDARDS_TESTS"
_MINUTES = 5


def without(reason: str) -> NoReturn:
    """Skip the running test, or fail it where nothing may be skipped."""
    if os.environ.get("CI") == "true" or os.environ.get(VARIABLE) == "all":
        pytest.fail(f"this test cannot be made: {reason}")
    pytest.skip(reason)


def program(*names: str) -> str:
    """The path of the first of these programs that is there."""
    for name in names:
        if found := shutil.which(name):
            return found
    without(f"there is no {names[0]}")


def chromium() -> str:
    return program("chromium", "chromium-browser", "google-chrome")


def as_libreoffice_saves(path: Path, folder: Path, kind: str) -> Path:
    """The file as LibreOffice writes it anew, as ``"pdf"`` or ``"xlsx"``, in another folder.

    Each call has a profile of its own, so that tests that run side by side do not wait for, or end, each other.
    """
    home = folder / f"office-{path.stem}-{kind}"
    command = [program("soffice", "libreoffice"), f"-env:UserInstallation={home.as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=60 * _MINUTES)
    shutil.rmtree(home, ignore_errors=True)
    made = folder / f"{path.stem}.{kind}"
    assert made.is_file(), f"LibreOffice did not write {made.name}"
    return made
