"""What the checks found in single projects: counts of the records behind each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

from hmis_standards.measure.findings import FindingSet
from hmis_standards.model import Check
from hmis_standards.tabular import Plain, Table

__all__ = ["ProjectFinding", "ProjectFindings", "project_findings"]


@frozen(kw_only=True)
class ProjectFinding(Plain):
    """How many records of one project a check flags; at least one."""

    project_id: str
    check: Check = field(repr=lambda one: one.id)
    count: int

    def row(self) -> dict[str, Any]:
        """Project, check, severity and count."""
        one = self.check
        return {"project_id": self.project_id, "check": one.id, "severity": one.severity.value, "count": self.count}

    def to_dict(self) -> dict[str, Any]:
        """The row as plain values."""
        return self.row()


class ProjectFindings(Table[ProjectFinding]):
    """What was found in some projects, in the order of the checks."""

    __slots__ = ()
    kind = "findings"


def project_findings(findings: FindingSet, projects: Iterable[str]) -> ProjectFindings:
    """What was found in these projects, by check and project, without the records. The export must still be open.

    Records that belong to no project, such as those of a whole file or of a client by herself, are not in it.
    """
    wanted = tuple(dict.fromkeys(projects))
    found: list[ProjectFinding] = []
    for one in findings:
        if one.count:
            tally = Counter(row["project_id"] for row in findings.rows(one.check.id))
            found += [
                ProjectFinding(project_id=name, check=one.check, count=tally[name]) for name in wanted if tally[name]
            ]
    return ProjectFindings(found)
