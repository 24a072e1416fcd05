"""The catalog in OSCAL: documents as groups, their sections as groups in them, items as controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hmis_standards.exchange.oscal.controls import control, source_uuid, withdrawn
from hmis_standards.exchange.oscal.heads import cited, day_of, metadata, resource, source_resource
from hmis_standards.exchange.oscal.markup import line, markdown
from hmis_standards.exchange.oscal.names import NAMESPACE, group_id, href_of, one_uuid, prop, props, sealed
from hmis_standards.model import Catalog, Document, Item, Section
from hmis_standards.model.profile import LOCAL

__all__ = ["oscal_catalog", "untailored"]

_REMARKS = (
    "Encoded by the open-source project hmis-standards after HUD's HMIS Lead Series. All wording is the project's "
    "own: no row reproduces HUD's, and HUD has not reviewed it. The series is guidance; what binds is said by the "
    "sources that each control cites. The time of the last change is the date of the edition."
)


def oscal_catalog(catalog: Catalog) -> dict[str, Any]:
    """The catalog as an OSCAL 1.1.3 catalog, plain values ready for JSON.

    Of a tailored catalog: the catalog before any tailoring, and after it the local requirements that its profiles
    add. What profiles keep, leave out and change is an OSCAL profile, see ``oscal_profile``. Ids that earlier
    editions had stand as withdrawn controls.

    Raises ValueError if the edition has no date.
    """
    base = untailored(catalog)
    groups = [_document(base, document, _added(catalog, document.id)) for document in base.documents]
    local = [document for document in catalog.documents if document.id == LOCAL]
    groups += [_document(catalog, document, ()) for document in local]
    retired = [one for one in base.retired if one.id not in base]
    head = metadata(
        f"HMIS standards, edition {catalog.edition}",
        day_of(catalog),
        catalog.edition,
        _REMARKS,
        props=props([("edition", catalog.edition), ("data-standards", catalog.data_standards)]),
        **_authors(),
    )
    gone = {"id": "retired", "title": "Ids that are no more", "controls": [withdrawn(base, one) for one in retired]}
    body = {"metadata": head, "groups": [*groups, *([gone] if retired else [])], **cited(_resources(catalog))}
    return sealed("catalog", body)


def untailored(catalog: Catalog) -> Catalog:
    """The catalog as it was before any profile."""
    return catalog.base or catalog


def _authors() -> dict[str, Any]:
    party = one_uuid("party", "hmis-standards")
    return {
        "roles": [{"id": "creator", "title": "Creator"}],
        "parties": [{"uuid": party, "type": "organization", "name": "hmis-standards contributors"}],
        "responsible_parties": [{"role-id": "creator", "party-uuids": [party]}],
    }


def _added(catalog: Catalog, document: str) -> tuple[tuple[Catalog, Item], ...]:
    """The local requirements that profiles put into a document, with the catalog that knows them."""
    base = untailored(catalog)
    return tuple((catalog, item) for item in catalog.values() if item.document == document and item.id not in base)


def _document(catalog: Catalog, document: Document, added: Iterable[tuple[Catalog, Item]]) -> dict[str, Any]:
    local = [control(where, item) for where, item in added]
    sections = [_section(catalog, document, section) for section in document.sections]
    if local:
        sections.append(_group(group_id(document.id, "LOCAL"), "local", "Local requirements", controls=local))
    return _group(
        group_id(document.id),
        "document",
        document.title,
        props=props([("number", document.number or None), ("published", document.published)]),
        links=[{"href": f"#{_document_uuid(document)}", "rel": "reference"}] if href_of(document.url) else [],
        parts=[
            *_texts(f"{document.id}_ovw", "overview", document.text),
            *_texts(f"{document.id}_notice", "notice", document.notice, NAMESPACE),
        ],
        groups=sections,
    )


def _section(catalog: Catalog, document: Document, section: Section) -> dict[str, Any]:
    name = group_id(document.id, section.id)
    return _group(
        name,
        "section",
        section.title,
        parts=_texts(f"{name}_ovw", "overview", section.text),
        controls=[control(catalog, item) for item in document.section(section.id)],
    )


def _group(name: str, kind: str, title: str, **lists: list[Any]) -> dict[str, Any]:
    return {"id": name, "class": kind, "title": line(title), **{key: value for key, value in lists.items() if value}}


def _texts(name: str, kind: str, text: str, namespace: str = "") -> list[dict[str, str]]:
    where = {"ns": namespace} if namespace else {}
    return [{"id": name, "name": kind, **where, "prose": markdown(text)}] if text else []


# --- back matter -------------------------------------------------------------------------------------------


def _document_uuid(document: Document) -> str:
    return one_uuid("document", document.id)


def _resources(catalog: Catalog) -> Iterator[dict[str, Any]]:
    base = untailored(catalog)
    sources = {source.id: source for source in (*base.sources, *catalog.sources)}
    yield from (source_resource(source_uuid(name), source) for name, source in sources.items())
    for document in base.documents:
        address = href_of(document.url)
        if address:
            about = (
                f"HUD's own product, published {document.published}, after which the controls of the group are made."
            )
            links = [{"href": address}]
            facts = [prop("id", document.id)]
            yield resource(_document_uuid(document), document.hud_title, about, props=facts, rlinks=links)
