"""A vendor's declaration as YAML, JSON and Excel: a blank one to fill in, reading it, sealing it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import evolve

from hmis_standards.exchange import declaration_workbook
from hmis_standards.model import Catalog, Declaration
from hmis_standards.model.declaration import REQUIREMENTS
from hmis_standards.store import load_declaration
from hmis_standards.store.yaml_text import dump_yaml

__all__ = ["FORMAT", "read_declaration", "sealed", "write_declaration"]

FORMAT = "hmis-standards/declaration/1"
SUFFIXES = (".yaml", ".yml", ".json", ".xlsx")


def read_declaration(path: str | Path, *, altered: bool = False) -> Declaration:
    """The declaration in a ``.yaml``, ``.json`` or ``.xlsx`` file.

    With ``altered`` also one that was altered after it was sealed, as its vendor may do before sealing it again.

    Raises:
        InvalidDocument: something in the file cannot be taken, or it was altered after it was sealed; all problems are
            listed, each with its line or cell.
        DocumentSyntaxError: the file is not of its format at all.
        MissingExtra: reading Excel needs ``hmis-standards[excel]``.
        ValueError: the suffix is none of these. OSError: the file cannot be opened.
    """
    source = Path(path)
    if _suffix(source) == ".xlsx":
        return declaration_workbook.read(source, altered=altered)
    return load_declaration(source, altered=altered)


def write_declaration(declaration: Declaration, path: str | Path, catalog: Catalog, *, silent: bool = False) -> None:
    """Write a declaration; reading the file gives an equal one.

    A workbook always has a row for every requirement. YAML has the claims that were made, each under the title of its
    requirement; with ``silent`` the requirements nobody has spoken to follow as comments, to be filled in.

    Raises:
        MissingExtra: writing Excel needs ``hmis-standards[excel]``.
        ValueError: the suffix is none of these. OSError: the file cannot be written.
    """
    target = Path(path)
    suffix = _suffix(target)
    if suffix == ".xlsx":
        declaration_workbook.write(declaration, target, catalog)
    elif suffix == ".json":
        text = json.dumps(_data(declaration), indent=2, ensure_ascii=False) + "\n"
        target.write_bytes(text.encode())
    else:
        target.write_bytes(_yaml(declaration, catalog, silent).encode())


def sealed(declaration: Declaration) -> Declaration:
    """The declaration with the hash of its content, as the vendor gives it out."""
    return evolve(declaration, content_hash=declaration.hash_now)


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"{path}: the name should end in {', '.join(SUFFIXES)}")
    return suffix


def _data(declaration: Declaration) -> dict[str, Any]:
    """As the file has it: what is empty is left out."""
    told: dict[str, Any] = _filled({"format": FORMAT, **declaration.to_dict()})
    return {**told, "claims": told.get("claims", [])}


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one) for key, one in value.items() if one not in (None, [], "")}
    return [_filled(one) for one in value] if isinstance(value, list) else value


def _yaml(declaration: Declaration, catalog: Catalog, silent: bool) -> str:
    data = _data(declaration)
    claims, seal = data.pop("claims"), data.pop("content_hash", None)
    head = dump_yaml(data)
    listed = "".join(f"# {_title(catalog, one['item'])}\n{dump_yaml([one])}" for one in claims)
    text = head + (f"claims:\n{listed}" if claims else "claims: []\n")
    if silent:
        text += "".join(_commented(catalog, declaration))
    return text + (dump_yaml({"content_hash": seal}) if seal else "")


def _title(catalog: Catalog, item_id: str) -> str:
    return " ".join(catalog[item_id].title.split()) if item_id in catalog else item_id


def _commented(catalog: Catalog, declaration: Declaration) -> Iterable[str]:
    """A line to be filled in for each requirement without a claim."""
    for item in catalog.document(REQUIREMENTS).items:
        if declaration.claim(item.id) is None:
            yield f"# {_title(catalog, item.id)} ({item.obligation})\n# - item: {item.id}\n#   claim:\n"
