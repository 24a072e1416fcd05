"""Build hook: compiles the YAML of ``standards_data`` to JSON bundles inside the wheel.

The build environment holds hatchling and PyYAML only, so nothing else of the package may be imported here than
``store.bundle`` and what it needs. An editable install reads the YAML itself and gets no bundles.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_TARGET = "hmis_standards/standards_data/bundles"


class BundleHook(BuildHookInterface):  # type: ignore[misc]
    """Writes the bundles to a temporary folder and has hatchling put them into the wheel."""

    _folder: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self._folder = Path(tempfile.mkdtemp(prefix="hmis-standards-"))
        for name, content in _bundles(Path(self.root)).items():
            path = self._folder / f"{name}.json"
            path.write_bytes(content)
            build_data["force_include"][str(path)] = f"{_TARGET}/{name}.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _bundles(root: Path) -> dict[str, bytes]:
    """The JSON of every group that has files, made by the package's own reader."""
    sys.path.insert(0, str(root))
    try:
        from hmis_standards.store.bundle import GROUPS, build_bundle, group_paths
    finally:
        sys.path.remove(str(root))
    data = root / "standards_data"
    return {group: build_bundle(data, group) for group in GROUPS if group_paths(data, group)}
