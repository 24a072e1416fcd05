"""Counts of what the checks found in single projects."""

from __future__ import annotations

import hmis_standards as hs
from hmis_standards.measure import Finding, FindingSet, project_findings


def test_records_are_counted_by_project() -> None:
    """Three records in p1, one in p2, one of no project; the second check found nothing and is not asked."""
    first, second = list(hs.load_checks())[:2]
    asked = []

    def records(check: hs.Check) -> list[dict[str, object]]:
        asked.append(check.id)
        return [{"project_id": name} for name in ("p1", "p2", "p1", "", "p1")]

    found = (Finding(check=first, count=5, denominator=9), Finding(check=second, count=0, denominator=9))
    findings = FindingSet(edition="FY2026", settings=(), findings=found, records=records)
    assert [(one.project_id, one.check.id, one.count) for one in project_findings(findings, ["p2", "p1", "p2"])] == [
        ("p2", first.id, 1),
        ("p1", first.id, 3),
    ]
    assert asked == [first.id]
    assert project_findings(findings, ["p3"]) == ()
    assert project_findings(findings, ["p1"]).rows()[0]["severity"] == first.severity.value
