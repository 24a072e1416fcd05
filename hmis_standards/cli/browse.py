"""Looking at the catalog: list, show, search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from hmis_standards.cli.editions import change_rows, edition_option, edition_rows
from hmis_standards.cli.output import console, emit, format_option, json_text
from hmis_standards.cli.tailored import aligned, alignment_option, profile_option, tailored
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.errors import NotFound, RetiredItem, UnknownItem
from hmis_standards.ids import close_matches
from hmis_standards.model import (
    AlignmentEntry,
    Benchmark,
    Catalog,
    Check,
    Document,
    FieldChange,
    Item,
    Measure,
    Profile,
    Source,
)
from hmis_standards.store import load_catalog, load_checks, load_profile, shipped_profiles

__all__ = ["COMMANDS"]


def _documents(catalog: Catalog) -> list[dict[str, Any]]:
    return [{"id": d.id, "product": d.number, "title": d.title, "items": len(d.items)} for d in catalog.documents]


def _sources(catalog: Catalog) -> list[dict[str, Any]]:
    return [
        {"id": s.id, "citation": s.citation, "status": s.status.value, "in_effect": s.in_effect, "read": s.read.value}
        for s in catalog.sources
    ]


def _measures(catalog: Catalog) -> list[dict[str, Any]]:
    return [
        {"id": m.id, "dimension": m.dimension.value, "title": m.title, "computed": m.computed} for m in catalog.measures
    ]


def _benchmarks(catalog: Catalog) -> list[dict[str, Any]]:
    return [row for one in catalog.benchmark_sets for row in one.rows()]


def _profiles(catalog: Catalog) -> list[dict[str, Any]]:
    return [_profile_row(load_profile(name)) for name in shipped_profiles()]


def _profile_row(profile: Profile) -> dict[str, Any]:
    """What the profile is for, and how many items of the catalog it leaves and adds."""
    return {"id": profile.id, "title": profile.title, "items": len(tailored([profile.id])), "text": profile.text}


_KINDS: dict[str, Callable[[Catalog], list[dict[str, Any]]]] = {
    "documents": _documents,
    "items": lambda catalog: [item.row() for item in catalog.values()],
    "checks": lambda catalog: load_checks().rows(),
    "measures": _measures,
    "benchmarks": _benchmarks,
    "sources": _sources,
    "profiles": _profiles,
    "editions": edition_rows,
    "changes": change_rows,
}


_COLUMNS = {
    "checks": ("id", "title", "severity", "dimension", "eva"),
    "profiles": ("id", "title", "items"),
    "changes": ("edition", "kind", "item", "fields", "reason"),
}


@click.command("list")
@click.argument("kind", type=click.Choice(list(_KINDS)))
@click.option("--document", help="Items of this document only.")
@click.option("--section", help="Items of this section only, such as GOV.")
@click.option("--obligation", type=click.Choice(["required", "expected", "recommended", "optional"]))
@click.option("--role", help="Items on which this role acts, such as hmis_lead.")
@edition_option
@profile_option
@format_option
def list_command(
    kind: str,
    document: str | None,
    section: str | None,
    obligation: str | None,
    role: str | None,
    edition: str | None,
    profiles: Sequence[str],
    form: str,
) -> None:
    """List documents, items, checks, measures, benchmarks, sources, profiles, editions or changes."""
    catalog = tailored(profiles, edition)
    chosen = {"document": document, "section": section, "obligation": obligation, "role": role}
    if any(chosen.values()) and kind != "items":
        raise click.UsageError("--document, --section, --obligation and --role choose among items.")
    if kind != "items":
        emit(_KINDS[kind](catalog), form, columns=_COLUMNS.get(kind))
        return
    with refused_as_usage():
        items = catalog.select(document=document, section=section, obligation=obligation, role=role)
    emit([item.row() for item in items], form, columns=("id", "title", "obligation", "confidence"))


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@format_option
def search_command(words: Sequence[str], form: str) -> None:
    """Find the items in which all WORDS occur; then checks, benchmarks, measures and sources."""
    catalog = load_catalog()
    items = [{"kind": "item", **item.row()} for item in catalog.search(" ".join(words))]
    found = [*items, *_found_elsewhere(catalog, [word.lower() for word in words])]
    if not found and form == "table":
        click.echo(f"nothing holds all of: {' '.join(words)}")
        return
    emit(found, form, columns=("kind", "id", "title"))


def _found_elsewhere(catalog: Catalog, words: list[str]) -> list[dict[str, Any]]:
    """Checks, benchmarks, measures and sources in whose id, title or text all words occur, with an item's keys."""
    sets = [(f"{one.id}/{b.id}", b.title, b.text) for one in catalog.benchmark_sets for b in one.benchmarks]
    places = {
        "check": [(one.id, one.title, one.rule) for one in load_checks()],
        "benchmark": sets,
        "measure": [(one.id, one.title, one.text) for one in catalog.measures],
        "source": [(one.id, one.title, f"{one.citation} {one.summary}") for one in catalog.sources],
    }
    return [
        {"kind": kind, "id": name, "title": title, "obligation": "", "basis": "", "confidence": "", "roles": ""}
        for kind, listed in places.items()
        for name, title, text in listed
        if all(word in f"{name} {title} {text}".lower() for word in words)
    ]


@click.command("show")
@click.argument("id")
@edition_option
@profile_option
@alignment_option
@format_option
def show_command(id: str, edition: str | None, profiles: Sequence[str], alignment: Path | None, form: str) -> None:
    """Show one item with its citations; or a document, source, check, measure, benchmark or profile by its id."""
    catalog = tailored(profiles, edition)
    found = _find(catalog, id)
    numbers = aligned(alignment)
    entry = numbers.get(id) if numbers else None
    if form != "table":
        more = {"alignment": entry.to_dict()} if entry else {}
        click.echo(json_text({**found.to_dict(), **more}), nl=False)
        return
    out = console()
    for line in [*_lines(catalog, found), *_aligned_lines(entry)]:
        out.print(line)


def _aligned_lines(entry: AlignmentEntry | None) -> list[str]:
    """HUD's number, and the wording if the holder wrote it down."""
    if entry is None:
        return []
    return _part(f"{escape(entry.label)}, from your alignment file", entry.wording or "no wording noted")


def _find(catalog: Catalog, wanted: str) -> Any:
    """Whatever has this id. Raises UnknownItem with near misses of every kind."""
    checks = load_checks()
    looks = (
        *(catalog.__getitem__, catalog.document, catalog.source, catalog.measure, catalog.benchmark),
        *(checks.__getitem__, load_profile),
    )
    for look in looks:
        try:
            return look(wanted)
        except RetiredItem:
            raise
        except NotFound:
            continue
    sets = [f"{s.id}/{b.id}" for s in catalog.benchmark_sets for b in s.benchmarks]
    others = [d.id for d in catalog.documents] + [m.id for m in catalog.measures] + [s.id for s in catalog.sources]
    raise UnknownItem(
        wanted, close_matches(wanted, [*catalog, *sets, *others, *(one.id for one in checks), *shipped_profiles()])
    )


def _lines(catalog: Catalog, found: Any) -> list[str]:
    if isinstance(found, Item):
        return _item_lines(catalog, found)
    if isinstance(found, Document):
        return _document_lines(found)
    if isinstance(found, Source):
        return _source_lines(found)
    if isinstance(found, Measure):
        return _measure_lines(found)
    if isinstance(found, Profile):
        return _profile_lines(found)
    if isinstance(found, Check):
        return _check_lines(catalog, found)
    return _benchmark_lines(found)


def _part(heading: str, text: str) -> list[str]:
    return [f"\n[bold]{heading}[/bold]", escape(text)]


def _item_lines(catalog: Catalog, item: Item) -> list[str]:
    facts = f"{item.obligation.label} · {item.basis.label} · confidence {item.confidence} · {item.frequency}"
    lines = [
        f"[bold]{escape(item.id)}  {escape(item.title)}[/bold]",
        f"[dim]{escape(facts)}[/dim]",
        "",
        escape(item.text),
    ]
    if item.scope:
        lines += _part("Applies to", item.scope)
    lines += _part("Why", item.why)
    lines += _more_lines(item)
    lines += _part("Who acts", ", ".join(role.label for role in item.roles))
    lines += ["\n[bold]Evidence[/bold]"]
    lines += [
        f"  {need.kind.label}: {escape(need.text)}{' (demanded)' if need.demanded else ''}" for need in item.evidence
    ]
    lines += _part("If it is not met", item.remedy.text)
    effort = item.remedy.effort
    lines += [f"[dim]effort, 1 to 5: time {effort.time}, money {effort.money}, skill {effort.skill}[/dim]"]
    if item.requires:
        lines += _part("Comes after", ", ".join(item.requires))
    if item.measured_by:
        lines += _part("Measured by", ", ".join(one.benchmark for one in item.measured_by))
    lines += _part("Not applicable", item.na.when or "cannot be answered")
    for change in item.changes:
        lines += _part(f"{change.layer} changed {change.field}", _change_text(change))
    related = [one for one in catalog.related(item.id) if one.relation != "measured by"]
    if related:
        lines += ["\n[bold]Related[/bold]"]
        lines += [f"  {one.relation} {one.id} [dim]({one.strength}/3)[/dim] {escape(one.reason)}" for one in related]
    lines += ["\n[bold]Sources[/bold]"]
    return (
        lines
        + [_citation(catalog, citation.source, citation.at) for citation in item.citations]
        + ["\n[dim]Our own wording; no row of HUD's products is reproduced.[/dim]"]
    )


def _change_text(change: FieldChange) -> str:
    values = "" if change.field == "item" else f"{change.before or 'none'} became {change.after or 'none'}. "
    return f"{values}{change.reason}"


def _more_lines(item: Item) -> list[str]:
    """What only a matrix standard or a training topic has."""
    lines: list[str] = []
    if item.levels:
        aim = ["", " (to reach)"]
        lines += ["\n[bold]Levels[/bold]"]
        lines += [f"  {one.level}{aim[one.level == item.target]}: {escape(one.text)}" for one in item.levels]
    if item.objectives:
        lines += ["\n[bold]Who has learned it[/bold]", *(f"  {escape(one)}" for one in item.objectives)]
        lines += _part("Taught to", ", ".join(one.replace("_", " ") for one in item.audience))
    if item.check and item.when:
        again = f"; again every {item.when.every_months} months" if item.when.every_months else ""
        when = "before access" if item.when.before_access else "after access"
        lines += _part(
            "Lesson", f"{item.minutes} minutes, {when}{again}. Checked by {item.check.kind}: {item.check.text}"
        )
    if item.advance:
        lines += _part("To go further", item.advance.text)
    return lines


def _citation(catalog: Catalog, source_id: str, at: str | None) -> str:
    source = catalog.source(source_id)
    force = "in effect" if source.in_effect else source.status.label
    where = f", {at}" if at else ""
    return f"  {escape(source.citation)}{escape(where)} [dim]({force}; {source_id})[/dim]"


def _document_lines(document: Document) -> list[str]:
    lines = [
        f"[bold]{escape(document.title)}[/bold] ({document.id})",
        "",
        escape(document.text),
        "",
        escape(document.notice),
        "",
    ]
    return lines + [
        f"  [bold]{section.id:5}[/bold] {escape(section.title)} ({len(document.section(section.id))} items)"
        for section in document.sections
    ]


def _source_lines(source: Source) -> list[str]:
    force = "in effect" if source.in_effect else "not in effect"
    lines = [
        f"[bold]{escape(source.citation)}[/bold]  {escape(source.title)}",
        f"[dim]{source.status.label}, {force}; read: {source.read.label}; {source.date or 'no date known'}[/dim]",
        "",
        escape(source.summary),
    ]
    address = f"\n{escape(source.url)}" if source.url else ""
    check = "\n[dim]Confirm the address and the wording before quoting.[/dim]" if source.verify else ""
    return [*lines, address + check]


def _profile_lines(profile: Profile) -> list[str]:
    lines = [
        f"[bold]{escape(profile.title)}[/bold] ({profile.id}; leaves {len(tailored([profile.id]))} items)",
        "",
        escape(profile.text),
    ]
    if profile.select.reason:
        lines += _part("Selects", profile.select.reason)
    for one in profile.exclude:
        lines += _part("Leaves out", ", ".join((*one.documents, *one.sections, *one.items, *one.tags)))
        lines += [escape(one.reason)]
    for override in profile.override:
        lines += _part(f"Changes {override.item}", override.reason)
    for weight in profile.weights:
        lines += _part(f"Weighs {weight.obligation.label} items {weight.weight}", weight.reason)
    for item in profile.add:
        lines += _part(f"Adds {item.id}", item.title)
    return lines


def _measure_lines(measure: Measure) -> list[str]:
    state = "computed" if measure.computed else "not computed: an export does not suffice"
    return [
        f"[bold]{measure.id}  {escape(measure.title)}[/bold]",
        f"[dim]{measure.dimension.label}; {state}[/dim]",
        *_part("What", measure.text),
        *_part("Counted", measure.numerator),
        *_part("Among", measure.denominator),
        *(_part("Would take", measure.needs) if measure.needs else []),
    ]


def _check_lines(catalog: Catalog, check: Check) -> list[str]:
    facts = f"{check.severity.label} · {check.dimension.label} · confidence {check.confidence} · counts {check.unit}s"
    lines = [f"[bold]{check.id}  {escape(check.title)}[/bold]", f"[dim]{facts}[/dim]", "", escape(check.rule)]
    if check.project_types or check.editions:
        types = f"project types {', '.join(map(str, check.project_types))}" if check.project_types else ""
        lines += _part("Only for", "; ".join(part for part in (types, ", ".join(check.editions)) if part))
    lines += _part("At the agency", check.guidance.agency)
    lines += _part("In the software", check.guidance.vendor)
    if check.view:
        lines += _part(f"Flagged in {check.view}", (check.where or "").strip())
        lines += _part("Among", (check.among or "all rows").strip())
    lines += _part("Reads", "; ".join(f"{one.table}: {', '.join(one.columns)}" for one in check.reads.tables))
    if check.eva:
        lines += _part("In HUD's Eva", ", ".join(f"check {one}" for one in check.eva))
    if check.differs:
        lines += _part("How it is not the same", check.differs)
    lines += ["\n[bold]Sources[/bold]"]
    return lines + [_citation(catalog, citation.source, citation.at) for citation in check.citations]


def _benchmark_lines(benchmark: Benchmark) -> list[str]:
    from hmis_standards.measure.judging import asked_word, limit_text

    lines = [
        f"[bold]{benchmark.id}  {escape(benchmark.title)}[/bold]",
        f"[dim]{benchmark.dimension.label}; measure {benchmark.measure.id}; origin {benchmark.origin.label}[/dim]",
        "",
        escape(benchmark.text),
        *_part("Whose number", benchmark.reason),
        "\n[bold]Targets[/bold]",
    ]
    for target in benchmark.targets:
        whom = "project types " + ", ".join(map(str, target.project_types)) if target.project_types else "all"
        near = f", near {limit_text(target.near)}" if target.near is not None else ""
        lines.append(f"  {whom}: {asked_word(benchmark.direction, target)} {limit_text(target.met)}{near}")
    return lines


COMMANDS = (list_command, show_command, search_command)
