"""Made-up assessments of made-up organizations, the same for the same seed. Nobody in them exists.

An organization has a skill of its own, and each item is as hard as its effort says, so that scores differ and some
items are gaps for many. Import ``made_up_assessments``, or run the file to write them as JSON:

    python -m tests.made_up_assessments --number 40 --folder answers
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from hmis_standards import Assessment, Catalog, Evidence, Response, Subject, load_catalog, write_assessment
from hmis_standards.model import Item
from hmis_standards.vocabulary import Status

KINDS = ("coc", "coc", "coc", "agency", "agency", "vendor", "implementation")
DAY = date(2026, 3, 1)
_OPEN = 0.06
_NOT_APPLICABLE = 0.5


def made_up_assessments(
    number: int, *, documents: Sequence[str] = (), catalog: Catalog | None = None, seed: int = 2026
) -> Iterator[Assessment]:
    """So many assessments, one at a time, of these documents (all if none is named)."""
    used = catalog or load_catalog()
    named = documents or [document.id for document in used.documents]
    for place in range(number):
        chance = random.Random(f"{seed}/{place}")
        who = Subject(name=f"Made-up organization {place + 1:05}", kind=chance.choice(KINDS))
        empty = Assessment.start(used, subject=who, on=DAY, documents=named, assessor="Made-up assessor")
        skill = chance.betavariate(4, 4)
        responses = (_response(used, item, skill, chance) for item in empty.items())
        yield empty.with_responses(responses)


def _response(catalog: Catalog, item: Item, skill: float, chance: random.Random) -> Response:
    if chance.random() < _OPEN:
        return Response(item=item.id)
    if item.na.allowed and chance.random() < _OPEN * _NOT_APPLICABLE:
        return Response(item=item.id, answer="not_applicable", reason="There is nothing of the kind here.")
    reached = skill - item.remedy.effort.total / 40 + chance.gauss(0, 0.2)
    status = Status.MET if reached > 0.3 else Status.PARTIAL if reached > 0.15 else Status.NOT_MET
    answer = catalog.answer_for(item, status) or catalog.answer_for(item, Status.NOT_MET)
    evidence = _evidence(item) if status is Status.MET else ()
    note = "Seen on the day." if chance.random() < 0.3 else None
    return Response(item=item.id, answer=answer, note=note, evidence=evidence)


def _evidence(item: Item) -> tuple[Evidence, ...]:
    demanded = (need for need in item.evidence if need.demanded)
    return tuple(Evidence(kind=need.kind, title="Made-up file", date=DAY, need=need.id) for need in demanded)


def write_files(number: int, folder: Path, *, documents: Sequence[str] = (), seed: int = 2026) -> list[Path]:
    """So many assessments as JSON files in the folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for place, one in enumerate(made_up_assessments(number, documents=documents, seed=seed), start=1):
        paths.append(folder / f"organization-{place:05}.json")
        write_assessment(one, paths[-1])
    return paths


def main() -> None:
    """Write the files that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=40, help="how many assessments")
    parser.add_argument("--folder", type=Path, required=True, help="where to write them")
    chosen = parser.parse_args()
    print(f"{chosen.folder}: {len(write_files(chosen.number, chosen.folder))} files")


if __name__ == "__main__":
    main()
