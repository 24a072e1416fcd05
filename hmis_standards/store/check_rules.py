"""Rules on data quality checks: ids once, and nothing named that does not exist. Their SQL is judged by ``measure``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from hmis_standards.errors import Problem
from hmis_standards.model import Check, EvaCheck, Setting, Spec
from hmis_standards.store.checks import CheckParts
from hmis_standards.store.parts import Placed
from hmis_standards.store.references import near, twice
from hmis_standards.vocabulary import CheckKind

__all__ = ["check_problems"]

_TYPE_LIST = "2.02.6"


def check_problems(
    parts: CheckParts, others: CheckParts, sources: Collection[str], specs: Collection[Spec], items: Collection[str]
) -> tuple[Problem, ...]:
    """All that is wrong with the checks in ``parts``.

    ``others`` are checks beside them, whose settings they may use and whose ids they may not. ``sources`` are the ids
    of the register; ``specs`` the editions of the HMIS CSV, the newest last; ``items`` all ids of items.
    """
    return tuple(
        chain(
            _ids_occur_once(parts, others),
            _files_are_named_after_their_group(parts),
            _sources_exist(parts, sources),
            _eva_ids_exist(parts, parts.eva or others.eva),
            _columns_exist(parts, specs),
            _project_types_exist(parts, specs),
            _options_exist(parts, others),
            _checks_count_something(parts),
            _items_exist(parts, items),
        )
    )


def _ids_occur_once(parts: CheckParts, others: CheckParts) -> Iterator[Problem]:
    for found in (
        twice("group", (*others.groups, *parts.groups)),
        twice("check", (*others.checks, *parts.checks)),
        twice("setting", (*others.settings, *parts.settings)),
        twice("Eva", parts.eva),
    ):
        yield from found


def _files_are_named_after_their_group(parts: CheckParts) -> Iterator[Problem]:
    """Only in a tree: a file of one's own has any name."""
    for group in parts.groups:
        folder, _, name = group.raw.path.replace("\\", "/").rpartition("/")
        expected = name.removesuffix(".yaml").replace("_", "-")
        if folder.endswith("checks") and parts.eva and group.value.id != expected:
            yield group.problem(f"the file says group {group.value.id!r}, its name says {expected!r}", "group")


def _sources_exist(parts: CheckParts, sources: Collection[str]) -> Iterator[Problem]:
    records: tuple[Placed[Check] | Placed[Setting], ...] = (*parts.checks, *parts.settings)
    for record in records:
        for place, citation in enumerate(record.value.citations):
            if citation.source not in sources:
                message = f"there is no source {citation.source!r}"
                yield record.problem(message, "citations", place, "source", hint=near(citation.source, sources))


def _eva_ids_exist(parts: CheckParts, eva: Collection[Placed[EvaCheck]]) -> Iterator[Problem]:
    known = {one.name for one in eva}
    for check in parts.checks:
        for place, number in enumerate(check.value.eva):
            if str(number) not in known:
                yield check.problem(f"Eva has no check {number}", "eva", place)


def _columns_exist(parts: CheckParts, specs: Collection[Spec]) -> Iterator[Problem]:
    """A check reads columns by their FY2026 names; one for older editions only may read what those have."""
    newest = [spec.version for spec in specs][-1:]
    for check in parts.checks:
        editions = check.value.editions or newest
        known = _columns(spec for spec in specs if spec.version in editions)
        for table, column in check.value.reads:
            if table not in known:
                hint = near(table, known)
                yield check.problem(f"the HMIS CSV has no file {table!r}", "reads", table, hint=hint)
            elif column not in known[table]:
                hint = near(column, known[table])
                yield check.problem(f"{table}.csv has no column {column!r}", "reads", table, hint=hint)


def _columns(specs: Iterator[Spec]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for spec in specs:
        for file in spec.files:
            found.setdefault(file.name, set()).update(column.name for column in file.columns)
    return found


def _project_types_exist(parts: CheckParts, specs: Collection[Spec]) -> Iterator[Problem]:
    lists = [one for spec in specs if (one := spec.code_list(_TYPE_LIST))]
    known = {int(code) for one in lists for code, _ in one.codes}
    for check in parts.checks:
        for place, code in enumerate(check.value.project_types):
            if code not in known:
                yield check.problem(f"there is no project type {code}", "project_types", place)


def _options_exist(parts: CheckParts, others: CheckParts) -> Iterator[Problem]:
    known = {one.name for one in (*parts.settings, *others.settings)}
    for check in parts.checks:
        option = check.value.option
        if option is not None and option not in known:
            yield check.problem(f"there is no setting {option!r}", "option", hint=near(option, known))


def _checks_count_something(parts: CheckParts) -> Iterator[Problem]:
    """A check of the files names a fact; any other has a view and a condition."""
    for check in parts.checks:
        yield from _what_it_counts(check)


def _what_it_counts(check: Placed[Check]) -> Iterator[Problem]:
    one = check.value
    if one.kind is CheckKind.FILE and one.fact is not None:
        wrong = [key for key in ("view", "where", "among") if getattr(one, key) is not None]
        if wrong:
            yield check.problem(f"a check that counts a fact has no {' and no '.join(wrong)}", wrong[0])
    elif one.view is None or one.where is None:
        yield check.problem("a check needs a view and a condition `where`; one of kind file can name a fact instead")
    elif one.fact is not None:
        yield check.problem("only a check of kind file counts a fact", "fact")
    elif not one.reads.tables:
        yield check.problem("a check with a view says which columns it `reads`")


def _items_exist(parts: CheckParts, items: Collection[str]) -> Iterator[Problem]:
    """A group is evidence for items that are there."""
    for group in parts.groups:
        for place, name in enumerate(group.value.evidence_for):
            if name not in items:
                yield group.problem(f"there is no item {name!r}", "evidence_for", place, hint=near(name, items))
