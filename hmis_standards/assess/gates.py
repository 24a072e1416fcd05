"""Gates: conditions beside the score that no number of points can buy. All comparisons are exact."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from hmis_standards.assess.lines import OPEN, Line, grouped, sums
from hmis_standards.model import Gate
from hmis_standards.tabular import Plain, plain
from hmis_standards.vocabulary import GateKind, Status, Verdict

__all__ = ["GateResult", "PartStanding", "gate_result"]

_FAILS = frozenset({Status.NOT_MET, Status.PARTIAL})


@frozen(kw_only=True)
class PartStanding(Plain):
    """A section or document under a gate: between which shares it lies, how much of it is known, and how it stands."""

    part: str
    low: Fraction
    high: Fraction
    coverage: Fraction
    verdict: Verdict


@frozen(kw_only=True)
class GateResult(Plain):
    """How one gate stands.

    ``deciding`` are the ids that fail it, else those that leave it open: of items, or of sections
    (``document/SECTION``) or documents, as the gate looks at. ``parts`` are all parts a gate on parts looked at.
    """

    gate: Gate
    verdict: Verdict
    deciding: tuple[str, ...] = ()
    parts: tuple[PartStanding, ...] = ()

    def part(self, part: str) -> PartStanding:
        """How a part stands under the gate. Raises KeyError if the gate did not look at it."""
        found = {one.part: one for one in self.parts}
        return found[part]

    def to_dict(self) -> dict[str, Any]:
        """Gate id, kind and title, verdict and what decides; of a gate on parts, with the shares of what decides."""
        shown = {
            "gate": self.gate.id,
            "kind": self.gate.kind.value,
            "title": self.gate.title,
            "verdict": self.verdict.value,
            "deciding": list(self.deciding),
        }
        if self.gate.minimum is None:
            return shown
        return {**shown, "minimum": str(self.gate.minimum), "parts": plain([self.part(one) for one in self.deciding])}


def gate_result(gate: Gate, lines: Sequence[Line]) -> GateResult:
    """How a gate stands over these lines; "no gate" if it finds nothing to look at."""
    return _items_gate(gate, lines) if gate.kind is GateKind.ITEMS else _parts_gate(gate, lines)


def _items_gate(gate: Gate, lines: Sequence[Line]) -> GateResult:
    seen = [line for line in lines if line.under(gate)]
    for statuses, outcome in ((_FAILS, Verdict.FAIL), (OPEN, Verdict.CANNOT_SAY)):
        deciding = tuple(line.item.id for line in seen if line.status in statuses)
        if deciding:
            return GateResult(gate=gate, verdict=outcome, deciding=deciding)
    return GateResult(gate=gate, verdict=Verdict.PASS if seen else Verdict.NO_GATE)


def _parts_gate(gate: Gate, lines: Sequence[Line]) -> GateResult:
    named = grouped(lines, str(gate.by)).items()
    wanted = ((part, own) for part, own in named if not gate.only or part in gate.only)
    parts = tuple(one for one in (_standing(gate, part, own) for part, own in wanted) if one is not None)
    for outcome in (Verdict.FAIL, Verdict.CANNOT_SAY):
        short = [one for one in parts if one.verdict is outcome]
        if short:
            deciding = tuple(one.part for one in (_weakest(short) if gate.kind is GateKind.WEAKEST else short))
            return GateResult(gate=gate, verdict=outcome, deciding=deciding, parts=parts)
    return GateResult(gate=gate, verdict=Verdict.PASS if parts else Verdict.NO_GATE, parts=parts)


def _standing(gate: Gate, part: str, lines: Sequence[Line]) -> PartStanding | None:
    """A part beside the minimum; None where nothing of it applies, or weighs anything."""
    found, minimum = sums(lines), gate.minimum
    low, high, coverage = found.low, found.high, found.coverage
    if low is None or high is None or coverage is None or minimum is None:
        return None
    # What is open can still help, so only the high end fails for sure and only the low end passes for sure.
    sure = low >= minimum and coverage >= gate.minimum_coverage
    outcome = Verdict.FAIL if high < minimum else Verdict.PASS if sure else Verdict.CANNOT_SAY
    return PartStanding(part=part, low=low, high=high, coverage=coverage, verdict=outcome)


def _weakest(parts: Sequence[PartStanding]) -> list[PartStanding]:
    """Those with the lowest low end; of these, those with the lowest high end."""
    least = min((one.low, one.high) for one in parts)
    return [one for one in parts if (one.low, one.high) == least]
