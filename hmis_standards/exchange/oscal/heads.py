"""What every OSCAL document begins and ends with: metadata, and the resources it refers to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from hmis_standards.assess import Assessment
from hmis_standards.exchange.oscal.markup import line, markdown
from hmis_standards.exchange.oscal.names import OSCAL_VERSION, href_of, moment, one_uuid, prop, props
from hmis_standards.model import Catalog, Source
from hmis_standards.vocabulary import Role

__all__ = [
    "assessor_uuid",
    "day_of",
    "file_resource",
    "metadata",
    "people",
    "resource",
    "scope",
    "source_resource",
    "subject_uuid",
]

_TELLS = {
    "self": "assessed itself",
    "peer": "was assessed by a peer",
    "monitor": "was assessed by a monitor",
    "reconciled": "was assessed several times, and this puts the assessments together",
}


def day_of(catalog: Catalog) -> datetime.date:
    """The day of the catalog's edition, which stands for the time of its last change.

    Raises ValueError for a catalog without one.
    """
    for edition in catalog.editions:
        if edition.id == catalog.edition:
            return edition.date
    raise ValueError(
        f"edition {catalog.edition} of the catalog has no date, and OSCAL wants to know when it was changed"
    )


def metadata(title: str, day: datetime.date, version: str, remarks: str, **more: Any) -> dict[str, Any]:
    """The head of a document. Its time of the last change is ``day``, never the clock: same input, same file."""
    return {
        "title": line(title),
        "last-modified": moment(day),
        "version": version,
        "oscal-version": OSCAL_VERSION,
        **{key.replace("_", "-"): value for key, value in more.items() if value},
        "remarks": markdown(remarks),
    }


# --- people ------------------------------------------------------------------------------------------------


def scope(assessment: Assessment) -> tuple[str, str]:
    """Who is assessed, as a name for UUIDs that stay the same from one assessment to the next."""
    return assessment.subject.kind, assessment.subject.name


def subject_uuid(assessment: Assessment) -> str:
    """The party that is assessed."""
    return one_uuid("subject", *scope(assessment))


def assessor_uuid(assessment: Assessment) -> str:
    """The party that assessed."""
    return one_uuid("assessor", assessment.assessor.kind, assessment.assessor.name or "", *scope(assessment))


def people(assessment: Assessment) -> dict[str, Any]:
    """Roles, parties and who has which role: the assessed, the assessor, and the roles that act on items."""
    subject, assessor = assessment.subject, assessment.assessor
    name = {"name": _text(assessor.name)} if assessor.name else {}
    return {
        "roles": [
            {"id": "assessed", "title": "Assessed"},
            {"id": "assessor", "title": "Assessor"},
            *({"id": role.value, "title": f"{role.label[:1].upper()}{role.label[1:]}"} for role in Role),
        ],
        "parties": [
            {
                "uuid": subject_uuid(assessment),
                "type": "organization",
                "name": _text(subject.name),
                "props": [prop("kind", subject.kind)],
            },
            {
                "uuid": assessor_uuid(assessment),
                "type": "organization",
                **name,
                "props": [prop("kind", assessor.kind)],
                "remarks": markdown(f"{subject.name} {_TELLS[assessor.kind]}."),
            },
        ],
        "responsible_parties": [
            {"role-id": "assessed", "party-uuids": [subject_uuid(assessment)]},
            {"role-id": "assessor", "party-uuids": [assessor_uuid(assessment)]},
        ],
    }


def _text(name: str) -> str:
    return str(prop("name", name)["value"])


# --- resources ---------------------------------------------------------------------------------------------


def resource(identity: str, title: str, description: str, **more: Any) -> dict[str, Any]:
    """An entry of the back matter."""
    return {"uuid": identity, "title": line(title), "description": markdown(description), **more}


def file_resource(name: str, description: str) -> dict[str, Any]:
    """A file beside this one, as a resource."""
    rlinks = [{"href": name, "media-type": "application/oscal+json"}]
    return resource(one_uuid("file", name), name, description, rlinks=rlinks)


def source_resource(identity: str, source: Source) -> dict[str, Any]:
    """An authority of the register: what it is, its standing, and where it can be read."""
    names = ("basis", "status", "in_effect", "read", "group", "publisher", "date", "until", "replaced_by", "verify")
    facts = props([("id", source.id), *((name.replace("_", "-"), getattr(source, name)) for name in names)])
    address = href_of(source.url)
    more: dict[str, Any] = {"props": facts, "citation": {"text": line(source.citation)}}
    if address:
        more["rlinks"] = [{"href": address}]
    return resource(identity, source.title, source.summary, **more)


def cited(resources: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The back matter with these resources."""
    return {"back-matter": {"resources": list(resources)}}
