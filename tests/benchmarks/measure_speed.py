"""What opening, checking, reporting and measuring an export cost, beside a bare scan of the same files by DuckDB.

``python -m tests.benchmarks.measure_speed [copies ...]`` from the root of a checkout, with the shared test data beside
it: makes exports of 1, 10 and 50 copies of the demonstration export's clients in a temporary folder, and runs each
task in a fresh process. CPU seconds are of all threads; ``ratio`` is ours to the scan's.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from tests.shared_data import shared

ROOT = Path(__file__).resolve().parents[2]

USED = """
import json, resource, sys, time
began = time.perf_counter()
steps, source = {}, sys.argv[1]
def used():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime
def step(name, action):
    before = used()
    result = action()
    steps[name] = used() - before
    return result
"""
SCAN = """
import glob, duckdb
db = duckdb.connect()
db.execute("SET enable_progress_bar = false")
def scan():
    for path in sorted(glob.glob(source + "/*.csv")):
        first = open(path, encoding="utf-8-sig").readline().strip().split(",")[0].strip('"')
        db.execute(f"SELECT count(*), max(\\"{first}\\") FROM read_csv('{path}')").fetchall()
step("scan", scan)
"""
OURS = """
from hmis_standards import measure as m
export = step("open", lambda: m.open_export(source))
step("checks", lambda: m.check(export))
step("report", lambda: m.hud_dq_report(export))
step("measures", lambda: m.measure(export, by="project"))
export.close()
"""
DONE = """
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"steps": steps, "cpu": used(), "wall": time.perf_counter() - began, "peak": peak}))
"""


def made(copies: int, folder: Path) -> Path:
    """A zip with so many copies of the demonstration's clients."""
    path = folder / f"x{copies}.zip"
    tool, demo = shared() / "tools" / "scale_export.py", shared() / "exports" / "demo.zip"
    call = [sys.executable, str(tool), str(demo), str(path), str(copies)]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
    return path


def cost(task: str, source: Path) -> dict[str, Any]:
    """What a fresh process reports of itself."""
    code = USED + f"sys.path.insert(0, {str(ROOT)!r})" + task + DONE
    done = subprocess.run([sys.executable, "-c", code, str(source)], capture_output=True, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main(copies: list[int]) -> None:
    head = ("source", "scan", "open", "checks", "report", "measures", "whole", "ratio", "wall", "peak MB")
    print("".join(f"{name:>10}" for name in head))
    with tempfile.TemporaryDirectory() as temporary:
        for count in copies:
            packed = made(count, Path(temporary))
            folder = Path(temporary) / f"x{count}"
            zipfile.ZipFile(packed).extractall(folder)
            scan = cost(SCAN, folder)["cpu"]
            for source in (folder, packed):
                ours = cost(OURS, source)
                steps = [f"{seconds:10.2f}" for seconds in ours["steps"].values()]
                rest = f"{ours['cpu']:10.2f}{ours['cpu'] / scan:10.2f}{ours['wall']:10.2f}{ours['peak']:10}"
                print(f"{source.name:>10}{scan:10.2f}{''.join(steps)}{rest}", flush=True)


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [1, 10, 50])
