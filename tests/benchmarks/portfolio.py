"""How long a portfolio of many files takes, and how much memory.

    python -m tests.benchmarks.portfolio --number 10000 --workers 2

Makes so many made-up assessments of all documents in a temporary folder, most of them copies under other names of a few
hundred, and prints seconds (by the clock, and of the processors, over all processes), files a second, and the largest
memory of any moment, added up over all processes. The time for making the files is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import threading
import time
from pathlib import Path

from hmis_standards import portfolio_of_files
from tests.made_up_assessments import write_files

_DIFFERENT = 200


def make_files(number: int, folder: Path) -> None:
    """The files: those after the first few hundred are copies with another subject."""
    made = [path.read_text(encoding="utf-8") for path in write_files(min(number, _DIFFERENT), folder)]
    for place in range(len(made) + 1, number + 1):
        text = made[place % len(made)]
        name = json.loads(text)["subject"]["name"]
        copy = text.replace(json.dumps(name), json.dumps(f"Made-up organization {place:05}"), 1)
        (folder / f"organization-{place:05}.json").write_text(copy, encoding="utf-8")


class Memory(threading.Thread):
    """Watches the resident memory of this process and its children, ten times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self.over = 0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.1):
            self.peak = max(self.peak, sum(map(_resident, _family(os.getpid()))))


def _family(process: int) -> list[int]:
    try:
        below = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [process, *(one for child in below for one in _family(int(child)))]


def _resident(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _processor_seconds() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    """Make the files, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make_files(chosen.number, Path(folder))
        memory, before, start = Memory(), _processor_seconds(), time.perf_counter()
        memory.start()
        found = portfolio_of_files([folder], workers=chosen.workers)
        seconds, used = time.perf_counter() - start, _processor_seconds() - before
        memory.over.set()
    print(found)
    print(f"{seconds:.1f} s by the clock, {used:.1f} s of the processors, {used / chosen.number * 1000:.1f} ms a file")
    print(f"{chosen.number / seconds:.0f} files/s; {memory.peak / 2**20:.0f} MiB at most, all processes together")


if __name__ == "__main__":
    main()
