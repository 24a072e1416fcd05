"""A third document for tests: an item of three parts, a share at least 9/10, an error rate of 0, and two standards.

| item                  | obligation | weight | scale     | asks                                  |
| --------------------- | ---------- | ------ | --------- | ------------------------------------- |
| training-basics/TOP-01 | required  | 3      | parts     | three objectives                      |
| training-basics/TOP-02 | expected  | 2      | measured  | at least 9/10, near 4/5               |
| training-basics/TOP-03 | expected  | 2      | measured  | at most 0, near 1/100                 |
| training-basics/LEV-01 | expected  | 2      | levels    | level 2 of 3; demands a document      |
| training-basics/LEV-02 | expected  | 2      | levels    | level 2 of 3                          |
| training-basics/TOP-04 | optional  | 1/2    | measured  | at most 5 open tickets, counted       |
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import evolve

from hmis_standards.assess import Assessment
from hmis_standards.model import Catalog, Document, EvidenceNeed, Goal, Item, Level, Scale, ScaleAnswer, Section
from hmis_standards.vocabulary import Direction, EvidenceKind, Obligation, Origin, ScaleKind, Status
from tests.assess.helpers import CATALOG, DAY
from tests.small import GOV1

TOP1, TOP2, TOP3, TOP4 = (f"training-basics/TOP-0{number}" for number in (1, 2, 3, 4))
LEV1, LEV2 = "training-basics/LEV-01", "training-basics/LEV-02"
NEED = EvidenceNeed(id="proof", kind=EvidenceKind.DOCUMENT, text="The proof", demanded=True, max_age_months=12)
LATE = Goal(
    of="On time out of due",
    direction=Direction.AT_LEAST,
    met=Fraction(9, 10),
    near=Fraction(4, 5),
    origin=Origin.CONVENTION,
)
WRONG = Goal(
    of="Wrong out of all",
    direction=Direction.AT_MOST,
    met=Fraction(0),
    near=Fraction(1, 100),
    origin=Origin.CONVENTION,
)
TICKETS = Goal(of="Open tickets", direction=Direction.AT_MOST, met=Fraction(5), counts=True, origin=Origin.CONVENTION)


def forms_catalog() -> Catalog:
    """The small catalog with the third document and its scales."""
    return evolve(CATALOG, documents=(*CATALOG.documents, _document()), scales=(*CATALOG.scales, *_scales()))


def _document() -> Document:
    rungs = tuple(Level(level=number, text=f"Level {number}.") for number in range(4))
    lead = CATALOG.document("lead-basics")
    items = (
        _item(TOP1, "required", scale="parts", objectives=("First", "Second", "Third")),
        _item(TOP2, "expected", scale="measured", goal=LATE),
        _item(TOP3, "expected", scale="measured", goal=WRONG),
        _item(LEV1, "expected", scale="levels", levels=rungs, target=2, evidence=(NEED,)),
        _item(LEV2, "expected", scale="levels", levels=rungs, target=2),
        _item(TOP4, "optional", scale="measured", goal=TICKETS),
    )
    sections = tuple(Section(id=one, title=f"Section {one}", text="Made up.") for one in ("TOP", "LEV"))
    return evolve(lead, id="training-basics", number=8, sections=sections, items=items)


def _item(item_id: str, obligation: str, **more: Any) -> Item:
    document, _, local = item_id.partition("/")
    base = evolve(CATALOG[GOV1], id=item_id, document=document, section=local.partition("-")[0])
    return evolve(base, obligation=Obligation(obligation), **more)


def _scales() -> tuple[Scale, ...]:
    words = CATALOG.scales[0].answers
    rungs = tuple(
        ScaleAnswer(answer=word, label=word, status=Status.MET, credit=Fraction(1), text=word) for word in "3210"
    )
    kinds = (
        ("parts", ScaleKind.PARTS, words),
        ("measured", ScaleKind.MEASURED, words),
        ("levels", ScaleKind.LEVELS, rungs),
    )
    return tuple(
        Scale(id=one, title=one, kind=kind, answers=answers, origin=Origin.CONVENTION) for one, kind, answers in kinds
    )


def training(**answers: Any) -> Assessment:
    """The third document, with answers by the last part of the id, such as ``TOP01="2 of 3"``."""
    a = Assessment.start(FORMS, subject="XX-500", on=DAY, documents=["training-basics"])
    for name, given in answers.items():
        a = a.answer(f"training-basics/{name[:3]}-{name[3:]}", given)
    return a


FORMS = forms_catalog()
