"""From answers to verdicts, scores, gaps and a plan. Pure: no file, no clock, no YAML."""

from hmis_standards.assess.answers import Archived, Assessment, Assessor, ItemNotCovered, Response, Subject
from hmis_standards.assess.carry import carry_over
from hmis_standards.assess.compare import compare
from hmis_standards.assess.comparison import (
    CauseChange,
    Comparison,
    Effect,
    GateChange,
    ItemChange,
    SectionChange,
)
from hmis_standards.assess.evidence import Evidence
from hmis_standards.assess.explain import Explanation
from hmis_standards.assess.filling import FilledClause, FilledForm, FilledSection, fill_form
from hmis_standards.assess.form_tables import FilledTable
from hmis_standards.assess.gaps import Branch, Gap, Gaps, gaps
from hmis_standards.assess.gates import GateResult, PartStanding
from hmis_standards.assess.kappa import Kappa, cohen_kappa, fleiss_kappa
from hmis_standards.assess.lines import Line
from hmis_standards.assess.merge import MergeConflicts, Merged, MergedItem, Said, merge_answers
from hmis_standards.assess.migration import Migration, MigrationEntry, carried_to
from hmis_standards.assess.models import MODELS, ScoringModel, credits, scoring_model
from hmis_standards.assess.plan import Plan, plan
from hmis_standards.assess.portfolio import Group, ItemShare, Portfolio, Ranked, portfolio
from hmis_standards.assess.raters import Agreement, ItemRatings, PairAgreement, agreement
from hmis_standards.assess.reconcile import Reconciliation, reconcile
from hmis_standards.assess.schedule import Action, Actions, Capacity, Quarters
from hmis_standards.assess.scoring import Score, score
from hmis_standards.assess.spread import Spread
from hmis_standards.assess.tally import Part, Place, Standing, Summary, Tally, tally
from hmis_standards.assess.verdict import ItemVerdict, verdict
from hmis_standards.assess.whatif import StatusChange, VerdictChange, WhatIf, what_if

__all__ = [
    "MODELS",
    "Action",
    "Actions",
    "Agreement",
    "Archived",
    "Assessment",
    "Assessor",
    "Branch",
    "Capacity",
    "CauseChange",
    "Comparison",
    "Effect",
    "Evidence",
    "Explanation",
    "FilledClause",
    "FilledForm",
    "FilledSection",
    "FilledTable",
    "Gap",
    "Gaps",
    "GateChange",
    "GateResult",
    "Group",
    "ItemChange",
    "ItemNotCovered",
    "ItemRatings",
    "ItemShare",
    "ItemVerdict",
    "Kappa",
    "Line",
    "MergeConflicts",
    "Merged",
    "MergedItem",
    "Migration",
    "MigrationEntry",
    "PairAgreement",
    "Part",
    "PartStanding",
    "Place",
    "Plan",
    "Portfolio",
    "Quarters",
    "Ranked",
    "Reconciliation",
    "Response",
    "Said",
    "Score",
    "ScoringModel",
    "SectionChange",
    "Spread",
    "Standing",
    "StatusChange",
    "Subject",
    "Summary",
    "Tally",
    "VerdictChange",
    "WhatIf",
    "agreement",
    "carried_to",
    "carry_over",
    "cohen_kappa",
    "compare",
    "credits",
    "fill_form",
    "fleiss_kappa",
    "gaps",
    "merge_answers",
    "plan",
    "portfolio",
    "reconcile",
    "score",
    "scoring_model",
    "tally",
    "verdict",
    "what_if",
]


def __dir__() -> list[str]:
    return sorted(__all__)
