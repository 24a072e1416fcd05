"""Loading profiles, shipped ones by id and one's own from a file, and the catalog they make."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from hmis_standards.errors import UnknownProfile
from hmis_standards.ids import close_matches
from hmis_standards.model import Catalog, Profile, tailor
from hmis_standards.store.bundle import file_at
from hmis_standards.store.load import load_catalog
from hmis_standards.store.locate import data_root
from hmis_standards.store.own_files import sound_file
from hmis_standards.store.profile_rules import read_profile
from hmis_standards.store.yaml_text import read_raw

__all__ = ["SEPARATOR", "load_profile", "shipped_profiles", "tailored_catalog"]

SEPARATOR = "; "
"""Between the ids of profiles, where an assessment names several."""
_FOLDER = "profiles"
_SUFFIXES = {".yaml", ".yml", ".json"}


def load_profile(name_or_path: str | Path) -> Profile:
    """A shipped profile by id (``"small-coc"``), or one's own from a YAML file.

    Raises:
        UnknownProfile: neither a shipped profile nor a file; ``close`` has the ids that look alike.
        InvalidDocument: the file has another shape or does not fit the catalog; all problems are listed.
        DocumentSyntaxError: the file is not readable as YAML.
    """
    path = Path(name_or_path)
    if path.suffix not in _SUFFIXES:
        return _shipped(str(name_or_path))
    if not path.is_file():
        raise UnknownProfile(str(name_or_path), ())
    found = path.stat()
    return _own(path, (found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size))


@lru_cache(maxsize=16)
def _own(path: Path, stamp: tuple[int, ...]) -> Profile:
    """Read once as long as the file stays as it is: a folder of answers names the same profile many times."""
    return read_profile(sound_file(path, "profile"))


@lru_cache(maxsize=16)
def _shipped(name: str) -> Profile:
    known = shipped_profiles()
    if name not in known:
        raise UnknownProfile(name, close_matches(name, known))
    return read_profile(read_raw(file_at(data_root(), f"{_FOLDER}/{name}.yaml")))


def shipped_profiles() -> tuple[str, ...]:
    """The ids of the shipped profiles, sorted."""
    folder = data_root() / _FOLDER
    if not folder.is_dir():
        return ()
    return tuple(sorted(one.name.removesuffix(".yaml") for one in folder.iterdir() if one.name.endswith(".yaml")))


def tailored_catalog(edition: str | None, names: Iterable[str], beside: Path | None = None) -> Catalog:
    """The shipped catalog of an edition, tailored by profiles named by id or path.

    An id that is not shipped is looked for as ``<id>.yaml`` in the folder ``beside``: one's own profile lies where the
    answers are. Raises as ``load_catalog``, ``load_profile`` and ``tailor`` do.
    """
    return _tailored(edition, tuple(_found(name, beside) for name in names))


@lru_cache(maxsize=16)
def _tailored(edition: str | None, profiles: tuple[Profile, ...]) -> Catalog:
    return tailor(load_catalog(edition), *profiles)


def _found(name: str, beside: Path | None) -> Profile:
    local = beside / f"{name}.yaml" if beside else None
    if local is not None and name not in shipped_profiles() and local.is_file():
        return load_profile(local)
    return load_profile(name)
