"""Loading forms, shipped ones by id and one's own from a file, and whether they are right."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path, PurePath

from hmis_standards.errors import InvalidDocument, Problem, UnknownForm
from hmis_standards.ids import close_matches
from hmis_standards.model import PLACEHOLDER, Citation, FormTable, FormTemplate, Source
from hmis_standards.store.bundle import file_at
from hmis_standards.store.locate import data_root
from hmis_standards.store.own_files import sound_file
from hmis_standards.store.parts import Parts, Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import without_format
from hmis_standards.store.references import near
from hmis_standards.store.structuring import structure
from hmis_standards.store.yaml_text import read_raw
from hmis_standards.vocabulary import Obligation, TableRows

__all__ = ["FOLDER", "check_form", "load_form", "shipped_forms"]

FOLDER = "forms/"
_SUFFIXES = {".yaml", ".yml", ".json"}


def load_form(name_or_path: str | Path) -> FormTemplate:
    """A shipped form by id (``"data-quality-agreement"``), or one's own from a YAML file.

    Raises:
        UnknownForm: neither a shipped form nor a file; ``close`` has the ids that look alike.
        InvalidDocument: the file has another shape or does not fit the catalog; all problems are listed.
        DocumentSyntaxError: the file is not readable as YAML.
    """
    path = Path(name_or_path)
    if path.suffix not in _SUFFIXES:
        return _shipped(str(name_or_path))
    if not path.is_file():
        raise UnknownForm(str(name_or_path), ())
    return _read(sound_file(path, "form"))


def _shipped(name: str) -> FormTemplate:
    known = shipped_forms()
    if name not in known:
        raise UnknownForm(name, close_matches(name, known))
    return _read(read_raw(file_at(data_root(), f"{FOLDER}{name}.yaml")))


def shipped_forms() -> tuple[str, ...]:
    """The ids of the shipped forms, sorted."""
    folder = data_root() / FOLDER.rstrip("/")
    if not folder.is_dir():
        return ()
    return tuple(sorted(one.name.removesuffix(".yaml") for one in folder.iterdir() if one.name.endswith(".yaml")))


def _read(raw: Raw) -> FormTemplate:
    return structure(raw, FormTemplate, without_format(raw.data))


# --- rules -------------------------------------------------------------------------------------------------


def check_form(raw: Raw, parts: Parts) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What cannot be read as a form, and what does not fit the catalog whose parts these are."""
    try:
        form = Placed("", _read(raw), raw)
    except InvalidDocument as error:
        return error.problems, ()
    return (), tuple(
        chain(_names(form), _fields(form), _clauses(form, parts), _tables(form, parts), _documents(form, parts))
    )


def _names(form: Placed[FormTemplate]) -> Iterator[Problem]:
    """The file is named after the form, and sections and clauses have ids of their own."""
    stem = PurePath(form.raw.path).stem
    if form.value.id != stem:
        yield form.problem(f"the id is {form.value.id!r}, the name of the file says {stem!r}", "id")
    seen: set[str] = set()
    for place, section in enumerate(form.value.sections):
        for name in (section.id, *(clause.id for clause in section.clauses)):
            if name in seen:
                yield form.problem(f"the id {name!r} is used twice", "sections", place, "id")
            seen.add(name)


def _fields(form: Placed[FormTemplate]) -> Iterator[Problem]:
    """What stands in braces is a field, and each field stands somewhere."""
    known = [one.id for one in form.value.fields]
    used = {name for text in form.value.texts() for name in PLACEHOLDER.findall(text)}
    for name in sorted(used - set(known)):
        yield form.problem(f"{{{name}}} is not among the fields", "fields", hint=near(name, known))
    for place, name in enumerate(known):
        if name in known[:place]:
            yield form.problem(f"the field {name!r} is there twice", "fields", place, "id")
        elif name not in used:
            yield form.problem(f"no text has the field {{{name}}}", "fields", place, "id")


def _clauses(form: Placed[FormTemplate], parts: Parts) -> Iterator[Problem]:
    """Clauses cite sources and name items that exist; what is called required rests on an authority in effect."""
    sources = {one.name: one.value for one in parts.sources}
    for place, section in enumerate(form.value.sections):
        for at, clause in enumerate(section.clauses):
            below = ("sections", place, "clauses", at)
            for number, citation in enumerate(clause.citations):
                if parts.lacks("sources", citation.source):
                    message = f"there is no source {citation.source!r}"
                    hint = near(citation.source, sources)
                    yield form.problem(message, *below, "citations", number, "source", hint=hint)
            yield from _absent_items(form, parts, clause.items, (*below, "items"))
            if clause.obligation is Obligation.REQUIRED and not _rests_on_law(clause.citations, sources):
                yield form.problem("required, but no source it cites is in effect", *below, "obligation")


def _rests_on_law(citations: Collection[Citation], sources: dict[str, Source]) -> bool:
    return any(one.source not in sources or sources[one.source].in_effect for one in citations)


def _tables(form: Placed[FormTemplate], parts: Parts) -> Iterator[Problem]:
    """What a table has rows of exists."""
    for place, section in enumerate(form.value.sections):
        if section.table is None:
            continue
        below = ("sections", place, "table")
        for at, document in enumerate(section.table.documents):
            yield from _absent(form, parts, "documents", "document", document, (*below, "documents", at))
        for at, name in enumerate(section.table.sections):
            document, _, letters = name.partition("/")
            if not any(one.value.document == document and one.value.section == letters for one in parts.items):
                yield form.problem(f"there is no section {name!r}", *below, "sections", at)
        for at, name in enumerate(section.table.benchmarks):
            yield from _absent(form, parts, "benchmarks", "benchmark", name, (*below, "benchmarks", at))
        yield from _absent_items(form, parts, section.table.items, (*below, "items"))
        yield from _fields_of(form, parts, section.table, below)


def _fields_of(
    form: Placed[FormTemplate], parts: Parts, table: FormTable, below: tuple[str | int, ...]
) -> Iterator[Problem]:
    """A log and a sheet name the form whose fields they have, and nothing else does."""
    wanted = table.rows in {TableRows.LOG, TableRows.SHEET}
    if wanted != bool(table.form):
        said = "names the form whose fields it has" if wanted else "takes no form"
        yield form.problem(f"a table of the kind {table.rows} {said}", *below, "form" if table.form else "rows")
    elif wanted:
        known = [f"{one.value.id}/{each.id}" for one in parts.documents for each in one.value.forms]
        if table.form not in known and "documents" not in parts.partial:
            yield form.problem(f"there is no form {table.form!r}", *below, "form", hint=near(table.form, known))


def _documents(form: Placed[FormTemplate], parts: Parts) -> Iterator[Problem]:
    yield from _absent(form, parts, "documents", "document", form.value.document, ("document",))


def _absent_items(
    form: Placed[FormTemplate], parts: Parts, names: Collection[str], below: tuple[str | int, ...]
) -> Iterator[Problem]:
    for at, name in enumerate(names):
        if "/LOCAL-" not in name:
            yield from _absent(form, parts, "items", "item", name, (*below, at))


def _absent(
    form: Placed[FormTemplate], parts: Parts, kind: str, what: str, name: str, below: tuple[str | int, ...]
) -> Iterator[Problem]:
    if parts.lacks(kind, name):
        yield form.problem(f"there is no {what} {name!r}", *below, hint=near(name, parts.ids(kind)))
