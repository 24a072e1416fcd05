"""Catalog pages: written from the shipped data into ``docs/generated`` each time the documentation is built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from hmis_standards.model import (
    Benchmark,
    BenchmarkSet,
    Catalog,
    Change,
    Check,
    CheckGroup,
    Citation,
    Document,
    Item,
    Measure,
    Related,
    Source,
    Target,
)
from hmis_standards.store import load_catalog, load_changes, load_checks
from hmis_standards.tabular import decimal_text
from hmis_standards.vocabulary import Word

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["pages", "setup", "write"]

_READ = {
    "text": "the text itself",
    "second": "described by others; the text itself was not at hand",
    "memory": "general knowledge; not looked up",
}
_WHOSE = {
    "regulation": "A regulation's",
    "hud": "HUD's",
    "measured": "Measured in real data",
    "example": "One community's, as an example",
    "convention": "This project's",
}
_SIGN = {"at_most": "at most", "at_least": "at least", "within": "within"}


def pages(catalog: Catalog) -> dict[str, str]:
    """File name to Markdown text of every generated page."""
    return {
        "index.md": _index(catalog),
        **{f"{one.id}.md": _text(_document(catalog, one)) for one in catalog.documents},
        **{f"benchmarks-{one.id}.md": _text(_benchmarks(catalog, one)) for one in catalog.benchmark_sets},
        **{f"checks-{one.id}.md": _text(_checks(catalog, one)) for one in load_checks().groups},
        "measures.md": _text(_measures(catalog)),
        "sources.md": _text(_sources(catalog)),
        "edition-changes.md": _text(_edition_changes(catalog)),
    }


def _text(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _index(catalog: Catalog) -> str:
    names = [one.id for one in catalog.documents]
    names += [f"benchmarks-{one.id}" for one in catalog.benchmark_sets]
    names += [f"checks-{one.id}" for one in load_checks().groups]
    listed = "\n".join([*names, "measures", "sources", "edition-changes"])
    head = f"All that edition {catalog.edition} holds, written from the data files when this documentation was built."
    return _text(["# The catalog", head, f"```{{toctree}}\n:maxdepth: 2\n\n{listed}\n```"])


# --- documents ---------------------------------------------------------------------------------------------


def _document(catalog: Catalog, document: Document) -> Iterator[str]:
    yield f"# {_safe(document.title)}"
    yield _safe(document.text)
    yield f"```{{important}}\n{_safe(document.notice)}\n```"
    yield (
        f"HUD's product {document.number} of 9: *{_safe(document.hud_title)}*, {document.published} "
        f"({_link(document.url)}). Here: {len(document.items)} items in {len(document.sections)} sections, as "
        f"`{document.id}`."
    )
    for section in document.sections:
        yield f"## {section.id}: {_safe(section.title)}"
        yield _safe(section.text)
        for item in document.section(section.id):
            yield from _item(catalog, item)


def _item(catalog: Catalog, item: Item) -> Iterator[str]:
    local = item.id.rpartition("/")[2]
    yield f'<span id="{local}"></span>'
    yield f"({_item_label(item.id)})=\n### {local}: {_safe(item.title)}"
    yield f"{_badges(catalog, item)}"
    yield _safe(item.text)
    yield f"**Why.** {_safe(item.why)}"
    yield from _by_kind(item)
    yield _listed("Rests on", (_citation(catalog, one) for one in item.citations))
    yield _listed("A reviewer would ask for", _evidence(item))
    yield f"**If it is not met.** {_safe(item.remedy.text)}"
    if item.advance:
        yield f"**To go further.** {_safe(item.advance.text)}"
    yield _listed("", _facts(item))
    yield _listed("Related", (_related(one) for one in catalog.related(item.id) if "/" in one.id and one.strength > 1))


def _by_kind(item: Item) -> Iterator[str]:
    """The levels of a matrix standard; the objectives and the lesson of a topic."""
    levels = (f"**{one.level}{' (to reach)' * (one.level == item.target)}**: {_safe(one.text)}" for one in item.levels)
    yield _listed("Levels", levels)
    yield _listed("Who has learned it", (_safe(one) for one in item.objectives))
    if item.check and item.when:
        again = f", again every {item.when.every_months} months" if item.when.every_months else ""
        when = "before access" if item.when.before_access else "after access"
        taught = ", ".join(one.replace("_", " ") for one in item.audience)
        yield f"**Lesson.** For {taught}: {item.minutes} minutes, {when}{again}. {_safe(item.check.text)}"


def _related(one: Related) -> str:
    label = _benchmark_label(one.id) if one.relation == "measured by" else _item_label(one.id)
    return f"{one.relation} [{one.id}](#{label}): {_safe(one.reason)}"


def _badges(catalog: Catalog, item: Item) -> str:
    binding = {True: "yes", False: "no"}[catalog.binding(item)]
    detail = f" (detail: {item.confidence_detail})" if item.confidence_detail else ""
    facts = [
        f"Obligation: **{item.obligation.label}**",
        f"basis: {item.basis.label}",
        f"binds today: {binding}",
        f"confidence: {item.confidence}{detail}",
        "wording: ours, not HUD's",
    ]
    return " · ".join(facts)


def _evidence(item: Item) -> Iterator[str]:
    for need in item.evidence:
        age = f", at most {need.max_age_months} months old" if need.max_age_months else ""
        demanded = ", **demanded for “met”**" if need.demanded else ""
        yield f"{_safe(need.text)} ({need.kind.label}{age}{demanded})"


def _facts(item: Item) -> Iterator[str]:
    yield f"Acts: {_labels(item.roles[:1])}" + (f"; concerned: {_labels(item.roles[1:])}" if item.roles[1:] else "")
    yield f"How often: {_safe(str(item.frequency))}"
    when = f" {_safe(item.na.when)}" if item.na.when else ""
    yield f"“Not applicable”: {'allowed.' if item.na.allowed else 'not an answer here.'}{when}"
    effort = item.remedy.effort
    yield f"Effort of closing the gap, each from 1 to 5: time {effort.time}, money {effort.money}, skill {effort.skill}"
    if item.scope:
        yield f"Applies to: {_safe(item.scope)}"
    if item.requires:
        yield "Comes after: " + ", ".join(f"[{one}](#{_item_label(one)})" for one in item.requires)
    for one in item.measured_by:
        speaks = "proposes an answer" if one.speaks_to.value == "outcome" else "shows that the practice happens"
        yield f"Measured by [{one.benchmark}](#{_benchmark_label(one.benchmark)}), which {speaks}"
    if item.rule_version:
        yield f"The rule was read in {item.rule_version}"
    yield f"Answered on the scale `{item.scale}`; tags: {', '.join(item.tags)}; id `{item.id}`"


# --- benchmarks, measures, sources -------------------------------------------------------------------------


def _benchmarks(catalog: Catalog, one: BenchmarkSet) -> Iterator[str]:
    yield f"# {_safe(one.title)}"
    yield f"```{{important}}\n{_safe(one.notice)}\n```"
    yield "Project types are HUD's codes; the [glossary](../glossary.md) has their names."
    for benchmark in one.benchmarks:
        yield from _benchmark(catalog, one.id, benchmark)


def _benchmark(catalog: Catalog, set_id: str, one: Benchmark) -> Iterator[str]:
    yield f"({_benchmark_label(f'{set_id}/{one.id}')})=\n## {one.id}: {_safe(one.title)}"
    measure = catalog.measure(one.measure.id)
    yield _safe(one.text)
    if not measure.computed:
        yield f"**Not measured.** It would take {_safe(measure.needs)}; the benchmark comes back as not measured."
    yield f"**Whose number.** {_WHOSE[one.origin.value]} ({one.origin.label}). {_safe(one.reason)}"
    if one.near_origin is not None:
        yield f"**Whose limits of near.** {_WHOSE[one.near_origin.value]} ({one.near_origin.label})."
    yield _table(
        ("project types", f"met ({_SIGN[one.direction.value]})", "near", "from", "until"),
        (_target(target, one.unit) for target in one.targets),
    )
    yield _listed("Rests on", (_citation(catalog, cited) for cited in one.citations))
    yield _listed(
        "",
        (
            f"Measure: [{one.measure.id}](#{_measure_label(one.measure.id)}) ({one.dimension.label})",
            f"Judged for: {', '.join(level.replace('_', ' ') for level in one.levels)}",
            f"At least {one.minimum_denominator} to count",
            f"Confidence: {one.confidence}; id `{set_id}/{one.id}`",
        ),
    )


def _target(target: Target, unit: str) -> tuple[str, ...]:
    types = ", ".join(str(code) for code in target.project_types) or "all"
    near = "" if target.near is None else _limit(target.near, unit)
    dates = (str(day) if day else "" for day in (target.since, target.until))
    met = _limit(target.met, unit) + (", limit left out" if target.exclusive else "")
    return (types, met, near, *dates)


def _limit(value: Fraction | tuple[Fraction, Fraction], unit: str) -> str:
    if isinstance(value, tuple):
        return f"{_limit(value[0], unit)} to {_limit(value[1], unit)}"
    shown = decimal_text(value * 100 if unit == "ratio" else value, 2).rstrip("0").rstrip(".")
    return f"{shown} %" if unit == "ratio" else f"{shown} {unit}"


def _measures(catalog: Catalog) -> Iterator[str]:
    yield "# Measures"
    yield "A measure is one count over another. What counts as good is another matter: see the benchmarks."
    for title, computed in (("Calculated by this version", True), ("Named, but an export does not suffice", False)):
        yield f"## {title}"
        for measure in catalog.measures:
            if measure.computed is computed:
                yield from _measure(catalog, measure)


def _measure(catalog: Catalog, one: Measure) -> Iterator[str]:
    yield f"({_measure_label(one.id)})=\n### {_safe(one.title)}"
    yield _safe(one.text)
    yield _listed(
        "",
        (
            f"Above the line: {_safe(one.numerator)}",
            f"Below the line: {_safe(one.denominator)}",
            f"Dimension: {one.dimension.label}; id `{one.id}`",
            *([f"Would take: {_safe(one.needs)}"] if one.needs else []),
            f"Rests on: {'; '.join(_citation(catalog, cited) for cited in one.citations)}",
        ),
    )


# --- checks ------------------------------------------------------------------------------------------------


def _checks(catalog: Catalog, group: CheckGroup) -> Iterator[str]:
    yield f"# Checks: {_safe(group.title)}"
    yield _safe(group.text)
    yield _table(
        ("check", "severity", "dimension", "Eva"),
        (
            (f"[{one.id}](#{_check_label(one.id)})", one.severity.label, one.dimension.label, _eva(one))
            for one in group.checks
        ),
    )
    if group.settings:
        told = (f"`{one.id}`: {one.value} {one.unit} ({one.origin.label}). {_safe(one.text)}" for one in group.settings)
        yield _listed("Settings", told)
    for one in group.checks:
        yield from _check(catalog, one)


def _check(catalog: Catalog, one: Check) -> Iterator[str]:
    yield f"({_check_label(one.id)})=\n## {_safe(one.title)}"
    yield f"`{one.id}` · {one.severity.label} · {one.dimension.label} · counts {one.unit.label}s"
    yield _safe(one.rule)
    yield f"**At the agency.** {_safe(one.guidance.agency)}"
    yield f"**In the software.** {_safe(one.guidance.vendor)}"
    if one.differs:
        yield f"**Not the same as Eva's.** {_safe(one.differs)}"
    if one.view and one.where:
        among = f"\n-- among\n{one.among.strip()}" if one.among else ""
        yield f"```sql\n-- flagged, in the view {one.view}\n{one.where.strip()}{among}\n```"
    yield _listed("", _check_facts(catalog, one))


def _check_facts(catalog: Catalog, one: Check) -> Iterator[str]:
    yield "Reads: " + "; ".join(f"{each.table} ({', '.join(each.columns)})" for each in one.reads.tables)
    if one.project_types:
        yield f"Only for project types {', '.join(map(str, one.project_types))}"
    if one.editions:
        yield f"Only for {', '.join(one.editions)}"
    if one.option:
        yield f"Only with the option `{one.option}`"
    if one.eva:
        yield f"In HUD's Eva: {_eva(one)}"
    yield f"Rests on: {'; '.join(_citation(catalog, cited) for cited in one.citations)}; confidence {one.confidence}"


def _eva(one: Check) -> str:
    return ", ".join(map(str, one.eva))


def _sources(catalog: Catalog) -> Iterator[str]:
    yield "# Sources"
    yield (
        "Every authority an item, a measure or a benchmark cites. *In effect* says whether it binds somebody today. "
        "*Read* says how far its wording was checked by this project. Where *verify first* stands, look the text up "
        "before you quote it."
    )
    for group in dict.fromkeys(one.group for one in catalog.sources):
        yield f"## {group.replace('_', ' ').capitalize()}"
        for source in catalog.sources:
            if source.group == group:
                yield from _source(source)


def _source(one: Source) -> Iterator[str]:
    yield f"({_source_label(one.id)})=\n### {_safe(one.citation)}"
    yield f"*{_safe(one.title)}* ({_safe(one.publisher)}). {_safe(one.summary)}"
    yield _listed("", _source_facts(one))


def _source_facts(one: Source) -> Iterator[str]:
    yield f"In effect: **{'yes' if one.in_effect else 'no'}** ({one.status.label})"
    dates = [f"from {one.date}" if one.date else "", f"until {one.until}" if one.until else ""]
    if any(dates):
        yield "Date: " + " ".join(date for date in dates if date)
    if one.replaced_by:
        yield f"Replaced by [{one.replaced_by}](#{_source_label(one.replaced_by)})"
    yield f"Read: {_READ[one.read.value]}" + ("; **verify first**" if one.verify else "")
    if one.url:
        yield f"Address: {_link(one.url)}"
    yield f"Basis: {one.basis.label}; id `{one.id}`"


# --- changes between editions ------------------------------------------------------------------------------


def _edition_changes(catalog: Catalog) -> Iterator[str]:
    yield "# Changes between editions"
    yield "Every item that reads otherwise in another edition, with the reason, and how it read before."
    names = [one.id for one in catalog.editions]
    for before, after in pairwise(names):
        yield f"## {before} to {after}"
        older = load_catalog(before)
        for change in load_changes():
            if change.edition == after:
                yield from _change(catalog, older, change)


def _change(catalog: Catalog, older: Catalog, change: Change) -> Iterator[str]:
    for item_id in change.items:
        now = catalog if item_id in catalog else older
        yield f"### {change.kind.label.capitalize()}: {item_id}"
        link = f"[{item_id}](#{_item_label(item_id)}): " if item_id in catalog else ""
        yield f"{link}{_safe(now[item_id].title)}."
        yield f"**Reason.** {_safe(change.reason)}"
        if change.became:
            yield "Now: " + ", ".join(f"[{one}](#{_item_label(one)})" for one in change.became)
        yield _listed(f"In {older.edition}", (_before(older, item_id, field) for field in change.fields))


def _before(older: Catalog, item_id: str, field: str) -> str:
    """A field of an item as it stood, in words."""
    item = older[item_id]
    told = {
        "citations": "; ".join(_safe(older.source(one.source).citation) for one in item.citations),
        "evidence": "; ".join(_safe(need.text) for need in item.evidence),
        "na": _safe(item.na.when or "not an answer"),
        "remedy": _safe(item.remedy.text),
    }
    return f"{field}: {told.get(field) or _safe(str(getattr(item, field)))}"


# --- Markdown ----------------------------------------------------------------------------------------------


def _safe(text: str) -> str:
    """Text in which no character is taken for Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>#$|~])", r"\\\1", " ".join(text.split()))


def _link(url: str) -> str:
    return f"<{url}>"


def _labels(words: Iterable[Word]) -> str:
    return ", ".join(word.label for word in words)


def _listed(title: str, lines: Iterable[str]) -> str:
    listed = "\n".join(f"- {line}" for line in lines)
    if not listed:
        return ""
    return f"**{title}**\n\n{listed}" if title else listed


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _citation(catalog: Catalog, cited: Citation) -> str:
    at = f", {_safe(cited.at)}" if cited.at else ""
    return f"[{_safe(catalog.source(cited.source).citation)}](#{_source_label(cited.source)}){at}"


def _item_label(item_id: str) -> str:
    return f"item-{item_id.replace('/', '-').lower()}"


def _benchmark_label(benchmark_id: str) -> str:
    return f"benchmark-{benchmark_id.replace('/', '-').lower()}"


def _check_label(check_id: str) -> str:
    return f"check-{check_id}"


def _measure_label(measure_id: str) -> str:
    return f"measure-{measure_id}"


def _source_label(source_id: str) -> str:
    return f"source-{source_id.lower()}"


# --- Sphinx ------------------------------------------------------------------------------------------------


def write(folder: Path) -> None:
    """Write the pages into ``folder``; a page that has not changed is left alone, one that is no more is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages(load_catalog())
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _at_start(app: Sphinx) -> None:
    write(Path(app.srcdir) / "generated")


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("builder-inited", _at_start)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
