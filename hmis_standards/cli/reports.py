"""The report: one offline page from assessments and an export."""

from __future__ import annotations

import datetime
import hashlib
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hmis_standards.assess import gaps, plan, score
from hmis_standards.cli.assessments import Percent, day_option, open_assessment
from hmis_standards.cli.data import note_problems, open_from
from hmis_standards.cli.output import progress_bar, write_bytes_of
from hmis_standards.cli.public import as_public, public_option
from hmis_standards.cli.tailored import aligned, alignment_option
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.store import load_benchmarks

if TYPE_CHECKING:
    from hmis_standards.measure import Measures

__all__ = ["COMMANDS", "measured_parts"]

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("report")
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--export", "source", type=click.Path(path_type=Path), help="An HMIS CSV export to measure and show too.")
@day_option("--start", help="First day to measure; the export's own if left out.")
@day_option("--end", help="Last day to measure; the export's own if left out.")
@click.option(
    "--benchmarks", "benchmark_set", help="A set by name, or a YAML file; that of the profile, or default, if left out."
)
@click.option("--target", type=Percent(), help="Show a plan that reaches this percentage.")
@day_option("--plan-start", help="First day of the plan; the day of the assessment if left out.")
@day_option("--as-of", help="Day on which evidence must still be fresh; that of each assessment if left out.")
@click.option("--title", help="Title of the page.")
@click.option(
    "--for",
    "reader",
    type=click.Choice(["all", "board", "agency", "vendor", "auditor"]),
    default="all",
    show_default=True,
    help="For whom the page is: what it shows, and in which order.",
)
@click.option(
    "--project", "projects", multiple=True, help="With --for agency: a ProjectID; may be given several times."
)
@click.option(
    "--before", multiple=True, type=_FILE, help="An earlier assessment of the same; may be given several times."
)
@click.option(
    "--before-results",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Counts of an earlier period, as measure -o wrote them; may be given several times.",
)
@public_option
@click.option("--strict", is_flag=True, help="Stop where a date cannot be read, instead of reporting how many.")
@alignment_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help=".html, .md or .xlsx file."
)
def report_command(
    files: Sequence[Path],
    source: Path | None,
    start: datetime.date | None,
    end: datetime.date | None,
    benchmark_set: str | None,
    target: Any,
    plan_start: datetime.date | None,
    as_of: datetime.date | None,
    title: str | None,
    reader: str,
    projects: tuple[str, ...],
    before: Sequence[Path],
    before_results: Sequence[Path],
    public: bool,
    smallest: int | None,
    strict: bool,
    alignment: Path | None,
    output: Path,
) -> None:
    """Write a page from filled assessments FILES, with measured data quality if an export is given.

    Of several FILES on the same documents the newest counts, and the others are told as change over time.
    """
    from hmis_standards.report import ReportParts, in_time, write_report

    _check(files, source, reader, projects, before_results, output)
    assessments, earlier = in_time(open_assessment(path) for path in files)
    parts: dict[str, Any] = {}
    if source is not None:
        fitting = assessments[0].catalog.benchmarks if assessments else "default"
        named = benchmark_set or fitting
        parts = measured_parts(
            source, start, end, named, strict=strict, public=public, smallest=smallest, projects=projects
        )
        assessments = tuple(propose_all(assessments, parts))
    if target is not None and assessments:
        first = assessments[0]
        begin = plan_start or first.date
        with refused_as_usage():
            parts["plan"] = plan(gaps(first, as_of), start=begin, target=target, score=score(first, as_of))
    parts["alignment"] = aligned(alignment)
    parts["measures_before"] = tuple(_counts(path, public, smallest) for path in before_results)
    parts["files"] = _digests((*files, *before, *([source] if source else []), *before_results))
    earlier += tuple(open_assessment(path) for path in before)
    with refused_as_usage():
        page = ReportParts(title=title, assessments=assessments, before=earlier, as_of=as_of, **parts)
        write_bytes_of(output, lambda path: write_report(page, path, reader))
    click.echo(str(output))


def _check(
    files: Sequence[Path],
    source: Path | None,
    reader: str,
    projects: tuple[str, ...],
    before_results: Sequence[Path],
    output: Path,
) -> None:
    """Raises UsageError where the choices do not fit together."""
    if not files and source is None:
        raise click.UsageError("Give an assessment file, or an export with --export, or both.")
    if output.suffix.lower() not in {".html", ".md", ".xlsx"}:
        raise click.UsageError(f"{output}: a report is written to .html, .md or .xlsx.")
    if before_results and source is None:
        raise click.UsageError("--before-results goes with --export, whose counts they are compared with.")
    if projects and reader != "agency":
        raise click.UsageError("--project goes with --for agency.")
    if reader == "agency" and (source is None or not projects):
        raise click.UsageError(
            "--for agency takes an export with --export, and each project of the agency as --project."
        )


def _counts(path: Path, public: bool, smallest: int | None) -> Any:
    """Saved counts, for the public as today's are."""
    from hmis_standards.measure import read_measures

    with refused_as_usage():
        found = read_measures(path)
    small = as_public(public, smallest, measures=found)
    return found if small is None or small.measures is None else small.measures


def _digests(paths: Iterable[Path]) -> dict[str, str]:
    """SHA-256 of each file by its name, with a number where files of several folders share one; a folder has none."""
    found: dict[str, str] = {}
    for path in dict.fromkeys(path for path in paths if path.is_file()):
        names = itertools.chain([path.name], (f"{path.name} ({number})" for number in itertools.count(2)))
        free = next(name for name in names if name not in found)
        found[free] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    return found


def measured_parts(
    source: Path,
    start: datetime.date | None,
    end: datetime.date | None,
    benchmark_set: str,
    *,
    strict: bool = False,
    public: bool = False,
    smallest: int | None = None,
    projects: Sequence[str] = (),
) -> dict[str, Any]:
    """Measures, judgements, HUD's tables, findings and the facts of an export, as parts of a report.

    The export is read once, and what checks, measures and HUD's tables build on is made once. For the public, nothing
    that is withheld goes any further: what is judged, proposed and drawn starts from what may be shown.
    """
    from hmis_standards.measure import check, hud_dq_report, judge, measure, project_findings
    from hmis_standards.measure.public import public_facts

    targets = load_benchmarks(benchmark_set)
    with progress_bar("measuring") as tell, open_from(source, strict) as opened:
        findings = check(opened, progress=tell)  # first: it leaves the views that measures read too
        found = measure(opened, start=start, end=end, by="project", progress=tell)
        tables = hud_dq_report(opened, start=start, end=end, progress=tell)
        _known(projects, found)
        own = project_findings(findings, projects) if projects and not public else None
        facts = opened.facts()
    note_problems(opened, found.outside)
    parts: dict[str, Any] = {"measures": found, "hud": tables, "findings": findings}
    small = as_public(public, smallest, **parts)
    if small is not None:
        parts = {name: getattr(small, name) for name in parts} | {"withheld": small.note}
    told = public_facts(facts) if public else facts
    if projects:
        parts |= {"projects": tuple(projects), "project_findings": own}
    return {**parts, "judgements": judge(parts["measures"], targets), "export_facts": told}


def _known(projects: Sequence[str], found: Measures) -> None:
    """Raises UsageError for a project that was not measured."""
    there = {one.project_id for one in found if one.slice == "project"}
    for name in projects:
        if name not in there:
            raise click.UsageError(f"--project {name}: no such ProjectID was measured in this export.")


def propose_all(assessments: Sequence[Any], parts: dict[str, Any]) -> list[Any]:
    """The assessments with what was measured laid beside their unanswered items."""
    from hmis_standards.measure import propose

    return [propose(one, parts["judgements"]) for one in assessments]


COMMANDS = (report_command,)
