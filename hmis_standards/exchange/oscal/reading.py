"""An OSCAL catalog as local requirements: a profile that adds its controls, to be answered and scored like items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any

from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange.oscal.catalog_file import CatalogFile, Control, open_catalog
from hmis_standards.exchange.oscal.names import NAMESPACE
from hmis_standards.exchange.oscal.placing import put
from hmis_standards.model import Profile
from hmis_standards.model.profile import LOCAL
from hmis_standards.store.profile_rules import read_profile
from hmis_standards.store.raw import Raw
from hmis_standards.store.single import single_problems
from hmis_standards.store.yaml_text import dump_yaml
from hmis_standards.vocabulary import Obligation, Role

__all__ = ["convert_oscal_catalog", "read_oscal_catalog"]

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_TITLE = 80
_METHODS = {"EXAMINE": "document", "INTERVIEW": "observation", "TEST": "record"}
_TEXT = "Controls of a catalog as local requirements, in its own words. They are answered as the document local."
_NO_REASON = "The catalog gives no reason for this control."
_NO_EVIDENCE = "What shows that this is done; the catalog asks for nothing in particular."
_FIRST_STEP = (
    "Compare what is done with the text of the control, write down what is missing, and name who closes it by when."
)
_NOT_HERE = "What the control is about does not exist here, and the reason is written down."


def read_oscal_catalog(
    path: str | Path, *, name: str | None = None, obligation: str = "recommended", role: str = "hmis_lead"
) -> Profile:
    """The controls of an OSCAL catalog (``.json``, ``.yaml``) as a profile that adds them as local requirements.

    Withdrawn controls are left out. ``name`` is the id of the profile, by default made of the name of the file.
    ``obligation`` is that of every requirement; ``required`` says that the catalog binds you, and its source is then
    taken to be in effect. ``role`` acts. Inserted parameters are replaced by their value, choices or label.

    Raises:
        InvalidDocument: it is not an OSCAL catalog, or has no control; all problems, each with its place in the file.
        DocumentSyntaxError: it is not JSON or YAML. OSError: it cannot be opened.
        ValueError: ``name``, ``obligation`` or ``role`` is none.
    """
    found = open_catalog(Path(path))
    data = _profile(found, _named(name or _slug(Path(path).stem)), Obligation(obligation), Role(role))
    return read_profile(_sound(data))


def convert_oscal_catalog(
    path: str | Path, target: str | Path, *, obligation: str = "recommended", role: str = "hmis_lead"
) -> Profile:
    """As ``read_oscal_catalog``, and write the profile to ``target``, a ``.yaml`` file named as the profile's id.

    Raises as ``read_oscal_catalog`` does, and ValueError where the name of ``target`` is no id of a profile.
    """
    goal = Path(target)
    if goal.suffix != ".yaml":
        raise ValueError(f"{goal}: a profile is written to .yaml")
    data = _profile(open_catalog(Path(path)), _named(goal.stem), Obligation(obligation), Role(role))
    made = read_profile(_sound(data))
    put(goal, dump_yaml(data))
    return made


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no id of a profile: lower-case letters, digits and hyphens, as in our-catalog")
    return name


def _slug(text: str) -> str:
    """An id made of a text; ``catalog`` where nothing of it can stand in one."""
    return re.sub(r"^[^a-z]+", "", re.sub(r"[^a-z0-9]+", "-", text.lower())).strip("-") or "catalog"


def _sound(data: dict[str, Any]) -> Raw:
    """The profile, judged as ``validate`` judges a file. Raises InvalidDocument with what does not fit."""
    raw = Raw(f"{data['id']}.yaml", data)
    problems = single_problems(raw, "profile")
    if problems:
        raise InvalidDocument(raw.path, problems)
    return raw


# --- the profile -------------------------------------------------------------------------------------------


def _profile(found: CatalogFile, name: str, obligation: Obligation, role: Role) -> dict[str, Any]:
    source = f"{name}-source"
    ids = _ids(found.controls)
    return {
        "format": "hmis-standards/profile/1",
        "id": name,
        "title": _shortened(found.title),
        "text": _TEXT,
        "sources": [_source(found, source, obligation)],
        "add": [_item(one, ids[one.id], source, obligation, role) for one in found.controls],
    }


def _source(found: CatalogFile, name: str, obligation: Obligation) -> dict[str, Any]:
    binding = obligation is Obligation.REQUIRED
    day = {"date": found.day} if found.day else {}
    return {
        "id": name,
        "citation": f"{found.title}, version {found.version}",
        "title": found.title,
        "publisher": found.publisher or "not named in the catalog",
        "group": LOCAL,
        "basis": "local_agreement",
        **day,
        "status": "in_force" if binding else "guidance",
        "in_effect": binding,
        "read": "text",
        "summary": f"An OSCAL catalog of which {len(found.controls)} controls were imported; its UUID is {found.uuid}.",
    }


def _ids(controls: tuple[Control, ...]) -> dict[str, str]:
    """An id for each control: LOCAL- and what of its own can stand in an id, with a number where two are the same."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one in controls:
        plain = f"LOCAL-{re.sub(r'[^A-Z0-9]+', '-', one.id.upper()).strip('-') or 'CONTROL'}"
        numbered = (f"{plain}-NO-{number}" for number in count(2))
        found[one.id] = next(name for name in chain([plain], numbered) if name not in taken)
        taken.add(found[one.id])
    return found


def _item(one: Control, name: str, source: str, obligation: Obligation, role: Role) -> dict[str, Any]:
    text = one.prose("statement") or one.prose("overview") or one.title
    whole = one.title if len(one.title) > _LONGEST_TITLE else ""
    return {
        "id": name,
        "kind": "checklist_item",
        "title": _shortened(one.title),
        "text": "\n".join(part for part in (whole, text) if part),
        "why": one.prose("guidance") or _NO_REASON,
        "obligation": obligation.value,
        "basis": "local_agreement",
        "citations": [{"source": source, "at": one.label}],
        "confidence": "A",
        "derived": False,
        "roles": [role.value],
        "frequency": {"every": "continuous"},
        "evidence": list(_evidence(one)) or [{"id": "shown", "kind": "document", "text": _NO_EVIDENCE}],
        "na": {"allowed": True, "when": _NOT_HERE},
        "remedy": _remedy(one),
        "tags": list(dict.fromkeys(["local", "oscal", *([_slug(one.group)] if one.group else [])])),
    }


def _shortened(title: str) -> str:
    """A title of at most 80 characters, cut between words."""
    if len(title) <= _LONGEST_TITLE:
        return title
    return f"{title[: _LONGEST_TITLE - 1].rsplit(' ', 1)[0].rstrip(' ,;:-')}…"


def _evidence(one: Control) -> Iterator[dict[str, Any]]:
    """What the catalog says that a reviewer looks at."""
    place = 0
    for method in one.parts("assessment-method"):
        kind = _METHODS.get(method.prop("method"), "document")
        for objects in method.below("assessment-objects"):
            text = one.text_of(objects)
            if text:
                place += 1
                yield {"id": f"objects-{place}", "kind": kind, "text": text}


def _remedy(one: Control) -> dict[str, Any]:
    """The first step and its effort, where the catalog is one of ours; else one that fits any control."""
    for part in one.parts("remedy"):
        efforts = {name: part.prop(f"effort-{name}") for name in ("time", "money", "skill")}
        if part.text("ns") == NAMESPACE and all(re.fullmatch("[1-5]", value) for value in efforts.values()):
            effort: Mapping[str, int] = {name: int(value) for name, value in efforts.items()}
            return {"effort": effort, "text": one.text_of(part) or _FIRST_STEP}
    return {"effort": {"time": 3, "money": 3, "skill": 3}, "text": _FIRST_STEP}
