"""From answers to verdicts, scores, gaps and a plan. Pure: no file, no clock, no YAML."""

from hmis_standards.assess.answers import Assessment, Assessor, Evidence, ItemNotCovered, Response, Subject
from hmis_standards.assess.carry import carry_over
from hmis_standards.assess.explain import Explanation
from hmis_standards.assess.gaps import Gap, gaps
from hmis_standards.assess.plan import Action, Plan, plan
from hmis_standards.assess.scoring import GateResult, Line, Score, WhatIf, score, what_if
from hmis_standards.assess.verdict import ItemVerdict, verdict

__all__ = [
    "Action",
    "Assessment",
    "Assessor",
    "Evidence",
    "Explanation",
    "Gap",
    "GateResult",
    "ItemNotCovered",
    "ItemVerdict",
    "Line",
    "Plan",
    "Response",
    "Score",
    "Subject",
    "WhatIf",
    "carry_over",
    "gaps",
    "plan",
    "score",
    "verdict",
    "what_if",
]


def __dir__() -> list[str]:
    return sorted(__all__)
