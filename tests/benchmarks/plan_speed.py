"""What greedy and exact plans of the whole catalog cost: milliseconds of CPU time, actions, points of effort.

``python -m tests.benchmarks.plan_speed [runs]`` from the root of a checkout, with SciPy. The best run is the figure to
compare. What a score and its gaps cost beside it, ``assess_speed`` tells.
"""

from __future__ import annotations

import sys
import time

from hmis_standards.assess import Gaps, Plan, gaps, plan, score
from hmis_standards.store import load_catalog
from tests.benchmarks.assess_speed import everything

GOALS = (("0.80", True), ("0.70", False), ("gates", True), (None, True))


def best(known: Gaps, method: str, target: str | None, gates: bool, runs: int) -> tuple[float, Plan]:
    """The CPU time of the best run in milliseconds, and the plan."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        made = plan(known, start="2026-04-01", target=target, gates=gates, method=method)
        taken.append(1000 * (time.process_time() - start))
    return min(taken), made


def main(runs: int) -> None:
    assessment = everything(load_catalog())
    score(assessment)
    known = gaps(assessment, include_unassessed=True)
    print(f"{f'{len(known)} gaps':32}{'best':>8}{'actions':>9}{'effort':>8}  proved")
    for target, gates in GOALS:
        for method in ("greedy", "exact"):
            took, made = best(known, method, target, gates, runs)
            name = f"{method}, {made.goal}" + (f" {target}" if made.target is not None else "")
            print(f"{name:32}{took:8.1f}{len(made.actions):9}{made.cost!s:>8}  {'yes' if made.proved else 'no'}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
