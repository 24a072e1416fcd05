"""Data quality checks: what is flagged, among whom, how badly it matters, and who puts it right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.errors import UnknownCheck
from hmis_standards.ids import close_matches
from hmis_standards.model.sources import Citation
from hmis_standards.tabular import Plain, Table, Tabular, html_table
from hmis_standards.vocabulary import CheckKind, Confidence, CountedUnit, Dimension, Origin, Severity

__all__ = ["Check", "CheckGroup", "CheckSet", "EvaCheck", "Guidance", "Reads", "Setting", "TableColumns"]


@frozen(kw_only=True)
class Guidance(Plain):
    """What the agency does about a finding, and what the vendor can do so that it does not come back."""

    agency: str
    vendor: str


@frozen(kw_only=True)
class TableColumns(Plain):
    """Columns of one file of the export, by their FY2026 names."""

    table: str
    columns: tuple[str, ...]


@frozen(kw_only=True)
class Reads:
    """The columns a check rests on; the file that has to be corrected comes first."""

    tables: tuple[TableColumns, ...]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Every table and column."""
        return ((one.table, column) for one in self.tables for column in one.columns)

    def _repr_html_(self) -> str:
        return html_table({"table": one.table, "columns": ", ".join(one.columns)} for one in self.tables)

    def to_dict(self) -> dict[str, list[str]]:
        """Table to columns, as in the YAML."""
        return {one.table: list(one.columns) for one in self.tables}


@frozen(kw_only=True)
class Setting(Plain):
    """A number that a community may set otherwise, such as a limit in days. An option has the values 0 and 1."""

    id: str
    value: int
    unit: str
    text: str = field(repr=False)
    origin: Origin
    citations: tuple[Citation, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class Check(Plain):
    """One data quality check.

    ``where`` is an SQL condition on the rows of the prepared view ``view``: those for which it is true are flagged.
    ``among`` is who is looked at, all rows if left out; ``project_types`` limits them further. A check of the files as
    such names a ``fact`` that reading the export establishes, and reads nothing if it is about all files. ``option``
    is a setting that must be 1 for the check to be made. ``eva`` are the ids of the same check in HUD's Eva;
    ``differs`` says how and why ours is not the same.
    """

    id: str
    title: str
    rule: str = field(repr=False)
    guidance: Guidance = field(repr=False)
    dimension: Dimension
    severity: Severity
    kind: CheckKind
    unit: CountedUnit
    view: str | None = None
    where: str | None = field(default=None, repr=False)
    among: str | None = field(default=None, repr=False)
    fact: str | None = None
    reads: Reads = field(default=Reads(tables=()), repr=False)
    project_types: tuple[int, ...] = ()
    editions: tuple[str, ...] = ()
    option: str | None = None
    eva: tuple[int, ...] = ()
    differs: str | None = field(default=None, repr=False)
    citations: tuple[Citation, ...] = field(repr=False)
    confidence: Confidence

    def row(self) -> dict[str, object]:
        """The check as a flat row; Eva's ids joined by ``;``."""
        return {
            "id": self.id,
            "title": self.title,
            "dimension": self.dimension.value,
            "severity": self.severity.value,
            "kind": self.kind.value,
            "unit": self.unit.value,
            "eva": ";".join(map(str, self.eva)),
        }


@frozen(kw_only=True)
class CheckGroup(Plain):
    """The checks of one file, on one subject, with the settings they bring.

    ``evidence_for`` are items about the software: a fault that a check finds in an export speaks against them.
    """

    id: str
    title: str
    text: str = field(repr=False)
    evidence_for: tuple[str, ...] = field(default=(), repr=False)
    settings: tuple[Setting, ...] = field(default=(), repr=False)
    checks: tuple[Check, ...] = field(default=(), repr=lambda checks: f"<{len(checks)} checks>")


@frozen
class CheckSet(Tabular, Plain):
    """Checks, in groups. Iterating gives the checks; ``checks["exit-before-start"]`` one of them."""

    groups: tuple[CheckGroup, ...]

    def __iter__(self) -> Iterator[Check]:
        return chain.from_iterable(group.checks for group in self.groups)

    def __len__(self) -> int:
        return sum(len(group.checks) for group in self.groups)

    def __contains__(self, name: object) -> bool:
        return any(check.id == name for check in self)

    def __getitem__(self, name: str) -> Check:
        """The check of that id. Raises UnknownCheck."""
        for check in self:
            if check.id == name:
                return check
        raise UnknownCheck(name, close_matches(name, [check.id for check in self]))

    def __add__(self, other: CheckSet) -> CheckSet:
        """The groups of both. Raises ValueError where an id of a check or setting would stand twice."""
        both = CheckSet((*self.groups, *other.groups))
        names = [check.id for check in both] + [f"setting {one.id}" for one in both.settings]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"{' and '.join(twice)} would stand twice; an id belongs to one check")
        return both

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The settings of all groups."""
        return tuple(chain.from_iterable(group.settings for group in self.groups))

    def select(
        self,
        *,
        severity: Severity | str | None = None,
        dimension: Dimension | str | None = None,
        kind: CheckKind | str | None = None,
        eva: int | None = None,
    ) -> CheckSet:
        """The checks of that severity, dimension, kind, and with that id in Eva; all settings stay.

        Raises ValueError for a word that is none.
        """
        wanted = {
            "severity": Severity(severity) if severity else None,
            "dimension": Dimension(dimension) if dimension else None,
            "kind": CheckKind(kind) if kind else None,
        }

        def fits(check: Check) -> bool:
            return (eva is None or eva in check.eva) and all(
                value is None or getattr(check, name) is value for name, value in wanted.items()
            )

        return CheckSet(tuple(evolve(one, checks=tuple(filter(fits, one.checks))) for one in self.groups))

    def search(self, words: str) -> tuple[Check, ...]:
        """The checks in whose id, title or rule all the words occur, in any case."""
        wanted = words.lower().split()
        return tuple(one for one in self if all(word in f"{one.id} {one.title} {one.rule}".lower() for word in wanted))

    def rows(self) -> list[dict[str, object]]:
        """One row a check."""
        return [check.row() for check in self]


@frozen(kw_only=True)
class EvaCheck(Plain):
    """The id of a check in HUD's Eva, with the severity and the kind it has there."""

    id: int
    severity: Severity
    kind: CheckKind

    def row(self) -> dict[str, Any]:
        """The check as one flat row."""
        return self.to_dict()


class EvaChecks(Table[EvaCheck]):
    """Checks of HUD's Eva, as a tuple that is a table too."""

    kind = "checks of Eva"
