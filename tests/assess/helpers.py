"""Shorthand for tests of the arithmetic on the small catalog."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from hmis_standards.assess import Assessment, Evidence, Response
from hmis_standards.model import Catalog, Item
from hmis_standards.vocabulary import EvidenceKind
from tests.small import DOCUMENTS, small_catalog

CATALOG = small_catalog()
DAY = datetime.date(2026, 3, 1)
SHOWN = tuple(Evidence(kind=kind, title="Shown", date=DAY) for kind in EvidenceKind)
"""Fresh evidence of every kind, so that "met" stands."""


def blank(catalog: Catalog = CATALOG) -> Assessment:
    """Both documents, no answers, 1 March 2026."""
    return Assessment.start(catalog, subject="XX-500", on=DAY, documents=DOCUMENTS)


def filled(answers: Mapping[str, str | None], catalog: Catalog = CATALOG) -> Assessment:
    """Both documents with these answers, each with evidence, and with a reason where "not applicable"."""
    return blank(catalog).with_responses(said(item, answer) for item, answer in answers.items())


def said(item: str, answer: str | None) -> Response:
    """A response with a reason and with evidence of every kind."""
    return Response(
        item=item, answer=answer, reason="None here." if answer == "not_applicable" else None, evidence=SHOWN
    )


def item(item_id: str) -> Item:
    """An item of the small catalog."""
    return CATALOG[item_id]
