"""What score, gaps and plan of the whole catalog cost, in milliseconds of CPU time.

``python -m tests.benchmarks.assess_speed [runs]`` from the root of a checkout. Every run begins with an assessment that
was never scored; the best is the figure to compare, the mean tells how busy the machine was.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator
from statistics import mean

from attrs import evolve

from hmis_standards.assess import Assessment, Response, gaps, plan, score
from hmis_standards.model import Catalog
from hmis_standards.store import load_catalog
from hmis_standards.vocabulary import Status, Verdict

BUDGET = 20
"""Milliseconds for the whole."""


def everything(catalog: Catalog) -> Assessment:
    """All documents; of every four items one is met, one partly met, one not met, one open."""
    documents = [document.id for document in catalog.documents]
    empty = Assessment.start(catalog, subject="XX-500", on="2026-03-01", documents=documents)
    return empty.with_responses(_responses(empty))


def _responses(assessment: Assessment) -> Iterator[Response]:
    wanted = itertools.cycle((Status.MET, Status.PARTIAL, Status.NOT_MET, None))
    for item, status in zip(assessment.items(), wanted, strict=False):
        if status is not None:
            yield Response(item=item.id, answer=assessment.catalog.answer_for(item, status))


def scored(assessment: Assessment) -> None:
    """The score with its verdict."""
    found = score(assessment)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.verdict is not Verdict.NO_GATE


def planned(assessment: Assessment) -> None:
    """The score, the gaps, and a plan that closes all of them."""
    scored(assessment)
    found = gaps(assessment)
    made = plan(found, start="2026-04-01", score=score(assessment))
    assert len(made.actions) == len(found) > 0


def milliseconds(work: Callable[[Assessment], None], assessment: Assessment, runs: int) -> list[float]:
    """The CPU time of each run, on an assessment that knows nothing of the runs before."""
    taken = []
    for _ in range(runs):
        fresh = evolve(assessment)
        start = time.process_time()
        work(fresh)
        taken.append(1000 * (time.process_time() - start))
    return taken


def main(runs: int) -> None:
    assessment = everything(load_catalog())
    print(f"{f'milliseconds, {len(assessment.items())} items':32}{'budget':>8}{'best':>8}{'mean':>8}")
    for name, budget, work in (("score", 0, scored), ("score, gaps and plan", BUDGET, planned)):
        taken = milliseconds(work, assessment, runs)
        print(f"{name:34}{budget or '':>6}{min(taken):8.1f}{mean(taken):8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
