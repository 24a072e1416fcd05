"""``toolkit forms`` and ``toolkit form``: agreements and records to start from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from hmis_standards.assess import FilledForm, fill_form
from hmis_standards.cli.assessments import open_assessment
from hmis_standards.cli.output import emit, format_option, json_text, write_text
from hmis_standards.cli.tailored import profile_option, tailored
from hmis_standards.exchange import write_form
from hmis_standards.report import form_markdown
from hmis_standards.store import load_eligibility, load_form, shipped_forms

__all__ = ["COMMANDS"]

_FILE = click.Path(path_type=Path, dir_okay=False)


def _write_markdown(form: FilledForm, path: Path) -> None:
    write_text(path, form_markdown(form))


def _write_json(form: FilledForm, path: Path) -> None:
    write_text(path, json_text(form))


_WRITERS = {".md": _write_markdown, ".json": _write_json, ".xlsx": write_form}


class FieldAndText(click.ParamType):  # type: ignore[type-arg]
    """A field and what stands in it, ``agency=Harbor Street``."""

    name = "field=text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        name, sign, text = str(value).partition("=")
        if not (name and sign):
            self.fail(f"{value!r} is not a field and a text such as agency=Harbor Street.", param, ctx)
        return name.strip(), text.strip()


@click.command("forms")
@format_option
def forms_command(form: str) -> None:
    """List the forms, with the fields they have."""
    found = [load_form(name) for name in shipped_forms()]
    rows = [
        {
            "form": one.id,
            "title": one.title,
            "document": one.document,
            "clauses": len(one.clauses),
            "fields": ", ".join(field.id for field in one.fields),
        }
        for one in found
    ]
    emit(rows, form)


@click.command("form")
@click.argument("name", metavar="ID|FILE")
@click.option("--assessment", "assessment_file", type=_FILE, help="Mark the clauses by the answers in this file.")
@click.option("--fill", "values", type=FieldAndText(), multiple=True, help="A field, as agency=NAME; can be repeated.")
@click.option("--notes", is_flag=True, help="Also put in the notes of the answers, written for other readers.")
@click.option("-o", "--output", type=_FILE, help="A .md, .xlsx or .json file to write instead of printing.")
@profile_option
def form_command(
    name: str,
    assessment_file: Path | None,
    values: Sequence[tuple[str, str]],
    notes: bool,
    output: Path | None,
    profiles: Sequence[str],
) -> None:
    """Print a form as Markdown, filled as far as is known; what is not stands in brackets."""
    if output is not None and output.suffix.lower() not in _WRITERS:
        raise click.UsageError(f"{output}: the name should end in .md, .xlsx or .json.")
    assessment = open_assessment(assessment_file) if assessment_file else None
    catalog = assessment.catalog if assessment and not profiles else tailored(profiles)
    found = fill_form(load_form(name), catalog, assessment, dict(values), notes=notes, eligibility=load_eligibility())
    if output is None:
        click.echo(form_markdown(found), nl=False)
        return
    _WRITERS[output.suffix.lower()](found, output)
    click.echo(f"{output} written; still open: {', '.join(found.open_fields) or 'no field'}", err=True)


COMMANDS = (forms_command, form_command)
