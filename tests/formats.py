"""Every format that the library writes, by name with what writes it; ``test_same_bytes`` writes all of them twice.

A new format is a line in ``FORMATS``: the name of its file (or folder), and what writes it to the path it is given.
Run as a module it writes all of them into a folder:

    python -m tests.formats FOLDER
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hmis_standards.assess import Merged
    from hmis_standards.report import ReportParts

ONE_CPU = "HMIS_STANDARDS_ONE_CPU"
"""Set for the process that may use one processor only, so that threads finish in another order."""
ROOT = Path(__file__).resolve().parents[1]
TOOLKIT = ROOT / "examples" / "toolkit"
ITEM = "data-quality-program/GOV-01"

Write = Callable[[Path], object]


def command(*words: str) -> Write:
    """What a command writes; ``{}`` among its words is the path."""
    return lambda path: run(path, words)


def printed(*words: str) -> Write:
    """What a command prints, as a file."""
    return lambda path: path.write_text(run(path, words), encoding="utf-8")


def run(path: Path, words: Sequence[str]) -> str:
    """Run a command in this process; returns what it prints."""
    from hmis_standards.cli import main

    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as said:
        status = main([word.format(path, folder=path.parent, **inputs()) for word in words])
    assert status == 0, (words, said.getvalue())
    return out.getvalue()


@lru_cache(maxsize=1)
def inputs() -> dict[str, str]:
    """The files that the commands are given, by the names they have in the words of a command."""
    from hmis_standards.store import sample_root

    sample = Path(str(sample_root()))
    return {
        "sample": str(sample / "hmis-export.zip"),
        "answers": str(sample / "assessment.yaml"),
        "tools": str(TOOLKIT),
    }


def answers(path: Path) -> None:
    """The assessment of the sample in the format of the suffix."""
    from hmis_standards import read_assessment, write_assessment

    write_assessment(read_assessment(inputs()["answers"]), path)


@lru_cache(maxsize=1)
def parts() -> ReportParts:
    """All that a report can show, measured on the sample export."""
    from hmis_standards import gaps, plan, read_assessment, score
    from hmis_standards.cli.reports import measured_parts, propose_all
    from hmis_standards.report import ReportParts

    measured = measured_parts(Path(inputs()["sample"]), None, None, "default")
    (a,) = propose_all([read_assessment(inputs()["answers"])], measured)
    made = plan(gaps(a), start="2026-04-01", target="0.80", score=score(a))
    return ReportParts(assessments=a, plan=made, **measured)


def report(path: Path) -> None:
    """The report in the format of the suffix."""
    from hmis_standards.report import write_report

    write_report(parts(), path)


def for_reader(path: Path) -> None:
    """The report cut for the reader that the file is named after."""
    from hmis_standards.report import write_report

    write_report(parts(), path, path.stem)


def notebook(path: Path) -> None:
    """What results show of themselves in a notebook."""
    from hmis_standards import gaps, plan, read_assessment, score

    a = read_assessment(inputs()["answers"])
    found = gaps(a)
    shown = (a, score(a), found, plan(found, start="2026-04-01"), a.catalog[ITEM])
    path.write_text("\n".join(one._repr_html_() for one in shown), encoding="utf-8")


def declaration(path: Path) -> None:
    from hmis_standards import load_catalog
    from hmis_standards.exchange import read_declaration, write_declaration

    write_declaration(read_declaration(TOOLKIT / "declaration-lantern.yaml"), path, load_catalog())


def conflicting() -> Merged:
    """The sample's answers, and what somebody else answered to one of its items, put together."""
    from hmis_standards import merge_answers, read_assessment

    a = read_assessment(inputs()["answers"])
    return merge_answers([a, a.answer(ITEM, "not_met", note="Nobody found it.")], names=["North", "South"])


def merged(path: Path) -> None:
    from hmis_standards import write_assessment

    write_assessment(conflicting().assessment, path)


def conflicts(path: Path) -> None:
    from hmis_standards.exchange import write_conflicts

    write_conflicts(conflicting(), path)


def many(path: Path) -> None:
    """A folder of made-up assessments, from which the portfolios are made."""
    from tests.made_up_assessments import write_files

    write_files(12, path, documents=["data-quality-program"])


PLAN = ("plan", "{answers}", "--start", "2026-04-01", "--target", "80", "-o", "{}")
PORTFOLIO = ("portfolio", "{folder}/many", "--ranking", "-o", "{}")
REQUIREMENTS = ("toolkit", "requirements", "--section", "REP", "-o", "{}")
FORM = ("toolkit", "form", "data-quality-agreement", "--assessment", "{answers}", "-o", "{}")

FORMATS: dict[str, Write] = {
    "answers.yaml": answers,
    "answers.json": answers,
    "answers.csv": answers,
    "answers.xlsx": answers,
    "blank.xlsx": command("new", "vendor-monitoring", "--subject", "XX-500", "--on", "2026-03-01", "-o", "{}"),
    "merged.xlsx": merged,
    "conflicts.xlsx": conflicts,
    "conflicts.csv": conflicts,
    "plan.xlsx": command(*PLAN),
    "plan.csv": command(*PLAN),
    "plan.json": command(*PLAN),
    "plan.md": command(*PLAN),
    "report.xlsx": report,
    "report.html": report,
    "report.md": report,
    "board.html": for_reader,
    "vendor.html": for_reader,
    "auditor.html": for_reader,
    "auditor.md": for_reader,
    "many": many,
    "portfolio.xlsx": command(*PORTFOLIO),
    "portfolio.json": command(*PORTFOLIO),
    "portfolio.csv": command(*PORTFOLIO),
    "score.json": printed("score", "{answers}", "--format", "json"),
    "score.csv": printed("score", "{answers}", "--format", "csv"),
    "score.txt": printed("score", "{answers}"),
    "explanation.html": printed("explain", "{answers}", "--format", "html"),
    "notebook.html": notebook,
    "declaration.yaml": declaration,
    "declaration.json": declaration,
    "declaration.xlsx": declaration,
    "requirements.xlsx": command(*REQUIREMENTS),
    "requirements.csv": command(*REQUIREMENTS),
    "form.xlsx": command(*FORM),
    "form.md": command(*FORM),
    "form.json": command(*FORM),
    **{
        f"sections.{kind}": command("plot", "sections", "{answers}", "-o", "{}")
        for kind in ("png", "svg", "pdf", "csv")
    },
    "oscal": command("export", "oscal", "{answers}", "--start", "2026-04-01", "-o", "{}"),
    "staffing.svg": command("toolkit", "staffing", "{tools}/staffing.yaml", "--chart", "{}"),
    "check": command("check", "{sample}", "--rows", "-o", "{}"),
    "measure": command("measure", "{sample}", "--by", "project", "-o", "{}"),
    "apr": command("apr", "{sample}", "-o", "{}"),
}


def write_all(folder: Path) -> None:
    """Write every format into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in FORMATS.items():
        write(folder / name)


if __name__ == "__main__":
    if os.environ.get(ONE_CPU) and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    write_all(Path(sys.argv[1]))
