"""What an auditor needs to work a report out again: the logic of each gate, exact sums, versions and digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from attrs import frozen

from hmis_standards._version import __version__
from hmis_standards.assess import Explanation, GateResult, Score
from hmis_standards.assess.explain import points_text
from hmis_standards.model import Catalog
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.words import STATUS, VERDICT, Mark, cap, count, share_text
from hmis_standards.tabular import plain
from hmis_standards.vocabulary import GateKind, Status

__all__ = ["GateLogic", "PointRow", "RecordFact", "gate_logic", "point_rows", "record"]


@frozen(kw_only=True)
class GateLogic:
    """How a gate is decided, and the numbers it was decided by."""

    title: str
    mark: Mark
    rule: str
    origin: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen(kw_only=True)
class PointRow:
    """The exact sums of the whole, a document or a section; ``depth`` is 0, 1 or 2."""

    label: str
    depth: int
    earned: str
    assessed: str
    applicable: str
    value: str
    low: str
    high: str


@frozen
class RecordFact:
    """A version, a setting or a digest by name."""

    label: str
    value: str


def gate_logic(total: Score) -> tuple[GateLogic, ...]:
    """The logic of every gate of the score."""
    return tuple(_gate(total, one) for one in total.gates)


def _gate(total: Score, result: GateResult) -> GateLogic:
    gate = result.gate
    of_items = gate.kind is GateKind.ITEMS
    reason = f" {gate.reason}" if gate.reason else ""
    return GateLogic(
        title=gate.title,
        mark=VERDICT[result.verdict],
        rule=_ITEMS_RULE.format(gate.obligation) if of_items else _PARTS_RULE.format(*_limits(result)),
        origin=f"{cap(gate.origin.label)}.{reason}",
        header=("Status", "Items", "Ids") if of_items else ("Part", "Low", "High", "Assessed", "Stands"),
        rows=tuple(_by_status(total, result) if of_items else _by_part(result)),
    )


_ITEMS_RULE = (
    "Looks at every item that is {} and cites at least one authority in effect. Fails if any of them is not met or "
    "partly met. If none is, and any has no confirmed answer, it cannot be decided. Otherwise it passes; with nothing "
    "to look at there is no gate. Items that do not apply are left out."
)
_PARTS_RULE = (
    "Looks at each {}. One fails if its high end is below {}, passes if its low end reaches that and at least {} of "
    "its weight was assessed, and else cannot be decided."
)


def _limits(result: GateResult) -> tuple[str, str, str]:
    gate = result.gate
    return str(gate.by), share_text(gate.minimum), share_text(gate.minimum_coverage)


def _by_status(total: Score, result: GateResult) -> Iterator[tuple[str, ...]]:
    seen = [line for line in total.lines if line.under(result.gate)]
    for status in Status:
        ids = [line.item.id for line in seen if line.status is status]
        if ids:
            yield str(STATUS[status]), str(len(ids)), ", ".join(ids)


def _by_part(result: GateResult) -> Iterator[tuple[str, ...]]:
    for one in result.parts:
        yield one.part, *map(exact, (one.low, one.high, one.coverage)), str(VERDICT[one.verdict])


def exact(value: Fraction | None) -> str:
    """The fraction itself, and beside it what is shown elsewhere."""
    return "–" if value is None else f"{value} ({share_text(value)})"


def point_rows(total: Score) -> tuple[PointRow, ...]:
    """The exact sums of the whole, every document and every section."""
    return tuple(_points(total.explain(), 0))


def _points(node: Explanation, depth: int) -> Iterator[PointRow]:
    yield PointRow(
        label="All documents" if depth == 0 else node.label,
        depth=depth,
        earned=points_text(node.earned),
        assessed=points_text(node.assessed),
        applicable=points_text(node.applicable),
        value=exact(node.value),
        low=exact(_ratio(node.earned, node.applicable)),
        high=exact(_ratio(node.earned + node.applicable - node.assessed, node.applicable)),
    )
    for child in node.children:
        if child.children:
            yield from _points(child, depth + 1)


def _ratio(above: Fraction, below: Fraction) -> Fraction | None:
    return above / below if below else None


def record(parts: ReportParts, catalog: Catalog | None) -> tuple[RecordFact, ...]:
    """Versions, settings and digests. A digest is SHA-256; of content, that of its JSON with keys in order."""
    return tuple(RecordFact(label, value) for label, value in _record(parts, catalog) if value)


def _record(parts: ReportParts, catalog: Catalog | None) -> Iterator[tuple[str, str]]:
    yield "hmis-standards", __version__
    yield "Edition of the catalog", catalog.edition if catalog else ""
    for one in parts.assessments:
        name = ", ".join(one.documents)
        yield f"Content of the assessment of {name}", _digest(one.to_dict())
        yield f"Tailored by, {name}", ", ".join(one.catalog.layers) or "no profile"
    if parts.judgements is not None:
        yield "Benchmark set", f"{parts.judgements.benchmarks.id}, targets in force on {parts.judgements.on}"
    if parts.measures is not None:
        yield "Content of the measured counts", _digest(parts.measures.to_dict())
    if parts.findings is not None:
        yield "Checks", _settings(parts.findings.settings, len(parts.findings))
    facts = parts.export_facts or {}
    yield "Engine", str(facts.get("engine") or "")
    yield "Version the export states", str(facts.get("csv_version") or "")
    yield from ((f"File {name}", digest) for name, digest in sorted(parts.files.items()))


def _settings(settings: Iterable[tuple[str, int]], number: int) -> str:
    return f"{count(number, 'check')}; {', '.join(f'{name} {value}' for name, value in settings)}"


def _digest(content: Any) -> str:
    text = json.dumps(plain(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
