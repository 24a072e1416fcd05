"""A second and a third edition of the small catalog, with a change of every kind, and profiles that tailor them.

What edition 2028.1 made of the items of 2026.1 (edition 2027.1 changed one text on the way):

| before               | kind     | after                                      |
| -------------------- | -------- | ------------------------------------------ |
| lead-basics/GOV-01   | modified | the same id, another text since 2027.1     |
| lead-basics/GOV-02   | split    | lead-basics/GOV-04 and lead-basics/GOV-05  |
| lead-basics/GOV-03   | moved    | lead-basics/GOV-06                         |
| lead-basics/SEC-01   | merged   | lead-basics/SEC-03                         |
| lead-basics/SEC-02   | merged   | lead-basics/SEC-03                         |
| vendor-basics/CON-01 | modified | the same id, other citations only          |
| vendor-basics/CON-02 | retired  |                                            |
| vendor-basics/CON-03 | modified | the same id, without the evidence need `report` |
|                      | added    | vendor-basics/CON-04                       |
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import evolve

from hmis_standards.model import (
    Catalog,
    Change,
    Citation,
    Document,
    Exclusion,
    Item,
    NotApplicableRule,
    Override,
    Profile,
    ProfileWeight,
    Retired,
)
from hmis_standards.vocabulary import ChangeKind, Obligation
from tests.small import CON1, CON2, CON3, GOV1, GOV2, GOV3, SEC1, SEC2, small_catalog

GOV4, GOV5, GOV6 = "lead-basics/GOV-04", "lead-basics/GOV-05", "lead-basics/GOV-06"
SEC3, CON4 = "lead-basics/SEC-03", "vendor-basics/CON-04"

FIRST = small_catalog()


def _renamed(old: str, new: str, **changed: Any) -> Item:
    return evolve(FIRST[old], id=new, title=f"Title of {new}", requires=(), **changed)


def _with(catalog: Catalog, edition: str, items: dict[str, tuple[Item, ...]], retired: tuple[Retired, ...]) -> Catalog:
    documents = tuple(evolve(one, items=items[one.id]) for one in catalog.documents)
    return evolve(catalog, edition=edition, documents=documents, retired=retired)


def _items(document: Document) -> tuple[Item, ...]:
    return document.items


_GOV1 = evolve(FIRST[GOV1], text="What is asked by GOV-01 since 2027.")
_LEAD_2027 = tuple(_GOV1 if one.id == GOV1 else one for one in FIRST.document("lead-basics").items)
SECOND = _with(
    FIRST, "2027.1", {"lead-basics": _LEAD_2027, "vendor-basics": _items(FIRST.document("vendor-basics"))}, ()
)
THIRD = _with(
    FIRST,
    "2028.1",
    {
        "lead-basics": (
            _GOV1,
            _renamed(GOV2, GOV4),
            _renamed(GOV2, GOV5, na=NotApplicableRule(allowed=False)),
            evolve(FIRST[GOV3], id=GOV6, requires=()),
            _renamed(SEC1, SEC3),
        ),
        "vendor-basics": (
            evolve(FIRST[CON1], citations=(Citation(source="draft", at="(b)"),)),
            evolve(FIRST[CON3], text="What is asked since 2028.", evidence=FIRST[CON3].evidence[:1], requires=()),
            _renamed(CON2, CON4, obligation=Obligation.REQUIRED),
        ),
    },
    (Retired(id=CON2, since="2028.1", title="Title of CON-02", reason="Gone.", replaced_by=(CON4,)),),
)


def _change(kind: str, *items: str, edition: str = "2028.1", became: tuple[str, ...] = (), **more: Any) -> Change:
    reason = f"Because of {items[0].partition('/')[2]}."
    return Change(kind=ChangeKind(kind), items=items, became=became, edition=edition, reason=reason, **more)


CHANGES = (
    _change("modified", GOV1, edition="2027.1", fields=("text",)),
    _change("split", GOV2, became=(GOV4, GOV5)),
    _change("moved", GOV3, became=(GOV6,)),
    _change("merged", SEC1, SEC2, became=(SEC3,)),
    _change("modified", CON1, fields=("citations",)),
    _change("retired", CON2),
    _change("modified", CON3, fields=("text", "evidence")),
    _change("added", CON4),
)

LIGHT = Profile(
    id="light",
    title="Light",
    text="Made up.",
    exclude=(Exclusion(reason="Not here.", sections=("vendor-basics/CON",), items=()),),
    weights=(ProfileWeight(obligation=Obligation.REQUIRED, weight=Fraction(5), reason="Ours."),),
)
STRICT = Profile(
    id="strict",
    title="Strict",
    text="Made up.",
    override=(
        Override(item=CON3, reason="Ours.", weight=Fraction(7, 3)),
        Override(item=GOV1, reason="Ours.", na=NotApplicableRule(allowed=True, when="Never.")),
    ),
)
FIRST_ONLY = Profile(
    id="first-only",
    title="For the first edition",
    text="Made up.",
    based_on="2026.1",
    exclude=(Exclusion(reason="Not here.", items=(SEC1,)),),
    override=(Override(item=GOV2, reason="Ours.", weight=Fraction(1, 7)),),
)
