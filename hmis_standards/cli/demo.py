"""The whole job on the bundled sample."""

from __future__ import annotations

from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hmis_standards.assess import Assessment, Plan, gaps, plan, score
from hmis_standards.cli.output import json_text, write_bytes_of, write_text
from hmis_standards.cli.plans import save_plan
from hmis_standards.exchange import read_assessment, write_assessment
from hmis_standards.store import load_catalog, sample_root
from hmis_standards.tabular import percent_text

if TYPE_CHECKING:
    from hmis_standards.measure import FindingSet

__all__ = ["COMMANDS"]

_TARGET = "0.80"


@click.command("demo")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="hmis-standards-demo",
    show_default=True,
    help="Folder to write into.",
)
def demo_command(output: Path) -> None:
    """The whole job on the bundled sample: check and measure an export, score an assessment, write report and plan."""
    from hmis_standards.cli.reports import measured_parts
    from hmis_standards.measure import propose
    from hmis_standards.report import ReportParts, write_report

    with as_file(sample_root() / "hmis-export.zip") as export, as_file(sample_root() / "assessment.yaml") as answers:
        parts = measured_parts(export, None, None, "default")
        filled = read_assessment(answers)
    filled = propose(filled, parts["judgements"])
    improve = plan(gaps(filled), start=filled.date, target=_TARGET, score=score(filled))
    page = ReportParts(title="Sample community XX-500", assessments=(filled,), plan=improve, **parts)
    write_bytes_of(output / "report.html", lambda path: write_report(page, path))
    save_plan(improve, output / "plan.xlsx")
    write_bytes_of(output / "answers.xlsx", lambda path: write_assessment(filled, path))
    write_text(output / "results.json", json_text(_results(filled, improve, parts)))
    _tell(filled, improve, parts, output)
    _tell_findings(parts["findings"])
    _tell_files(output)


def _results(filled: Assessment, improve: Plan, parts: dict[str, Any]) -> dict[str, Any]:
    from hmis_standards._version import __version__
    from hmis_standards.measure.saved import results_file

    return {
        "library": __version__,
        "catalog": load_catalog().edition,
        "export": parts["export_facts"],
        "score": score(filled),
        "plan": improve,
        "judgements": parts["judgements"],
        "hud": parts["hud"],
        "checks": parts["findings"],
        **results_file(parts["measures"]),
    }


def _tell(filled: Assessment, improve: Plan, parts: dict[str, Any], output: Path) -> None:
    found = score(filled)
    judged = [one.judged.value for one in parts["judgements"]]
    rating = found.rating.label.lower() if found.rating else "not rated"
    click.echo(
        f"Measured {parts['export_facts']['rows']['Client']:,} made-up clients against "
        f"{len(judged)} targets: {judged.count('met')} met, {judged.count('near')} near, "
        f"{judged.count('below')} below, "
        f"{judged.count('not_applicable')} with nobody to count, {judged.count('not_measured')} not measured yet."
    )
    click.echo(
        f"Scored {len(found.lines)} items: {percent_text(found.value, 1)} ({rating}); "
        f"{percent_text(found.low)} to {percent_text(found.high)} once the open ones are answered. "
        f"Verdict: {found.verdict.label}."
    )
    click.echo(f"Planned {len(improve.actions)} actions. {improve.note}")


def _tell_findings(findings: FindingSet) -> None:
    flagged = [one for one in findings if one.count]
    click.echo(f"Made {len(findings)} checks of the records: {len(flagged)} found something.")


def _tell_files(output: Path) -> None:
    for name in ("report.html", "plan.xlsx", "answers.xlsx", "results.json"):
        click.echo(f"  {output / name}")
    click.echo(f"\nOpen {(output / 'report.html').resolve().as_uri()} in a browser.")


COMMANDS = (demo_command,)
