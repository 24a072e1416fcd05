"""The YAML compiled to JSON for the wheel: 50 times faster to read, and useless once the YAML has changed.

Used by the build hook, so it may import nothing but the standard library and PyYAML (and this package's reader).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["GROUPS", "build_bundle", "file_at", "group_paths", "read_bundle"]

# One bundle for all that load_catalog reads, one for the change records, one for the data quality checks, one for what
# calculations take for granted, one for each edition of the HMIS CSV.
GROUPS = ("catalog", "changes", "checks", "parameters", "fy2022", "fy2024", "fy2026")
_FOLDER = "bundles"
# Read when they are asked for, profiles and forms as YAML.
_APART = ("hmis_csv/", "changes/", "checks/", "eva.yaml", "eligibility.yaml", "parameters/", "profiles/", "forms/")
_OF_GROUP = {
    "changes": ("changes/",),
    "checks": ("checks/", "eva.yaml"),
    "parameters": ("parameters/", "eligibility.yaml"),
}


def group_paths(root: Traversable, group: str) -> tuple[str, ...]:
    """The YAML files of a group, as sorted paths relative to ``root``."""
    if group in _OF_GROUP:
        return tuple(path for path in sorted(_walk(root, "")) if path.startswith(_OF_GROUP[group]))
    if group != "catalog":
        path = f"hmis_csv/{group}.yaml"
        return (path,) if file_at(root, path).is_file() else ()
    return tuple(path for path in sorted(_walk(root, "")) if not path.startswith(_APART))


def _walk(folder: Traversable, prefix: str) -> list[str]:
    found: list[str] = []
    for child in folder.iterdir():
        name = f"{prefix}{child.name}"
        if name.endswith(".yaml"):
            found.append(name)
        elif child.name != _FOLDER and child.is_dir():
            found += _walk(child, f"{name}/")
    return found


def file_at(root: Traversable, path: str) -> Traversable:
    """The file at a relative path; joined part by part, which works inside a zip too."""
    for part in path.split("/"):
        root = root / part
    return root


def _digest(root: Traversable, paths: tuple[str, ...]) -> str:
    """Of the names and bytes of the files: changes whenever one of them does."""
    digest = hashlib.sha256()
    for path in paths:
        content = file_at(root, path).read_bytes()
        if b"\r" in content:
            content = content.replace(b"\r\n", b"\n")
        digest.update(f"{path}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def build_bundle(root: Traversable, group: str) -> bytes:
    """The group as deterministic JSON: a line with the paths and the digest of the YAML, then a line for each file."""
    from hmis_standards.store.yaml_text import parse_yaml

    paths = group_paths(root, group)
    data = (parse_yaml(file_at(root, path).read_text(encoding="utf-8"), path) for path in paths)
    lines = ({"digest": _digest(root, paths), "files": paths}, *data)
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()


def read_bundle(root: Traversable, group: str) -> dict[str, bytes] | None:
    """Path to JSON of every file of the group, or None where there is no bundle or it is not of these files."""
    bundle = root / _FOLDER / f"{group}.json"
    if not bundle.is_file():
        return None
    lines = bundle.read_bytes().split(b"\n")
    head: dict[str, Any] = json.loads(lines[0])
    fits = head["digest"] == _digest(root, group_paths(root, group))
    return dict(zip(head["files"], lines[1:], strict=True)) if fits else None
