"""The closed word lists of the field, as enums whose values are what stands in the YAML.

Only the standard library: this module is at the bottom of the package and may be imported by all of it.
"""

from __future__ import annotations

from enum import Enum

__all__ = [
    "AccountStatus",
    "Basis",
    "CapBase",
    "Cause",
    "ChangeKind",
    "CheckKind",
    "ClaimMethod",
    "ClaimWord",
    "Confidence",
    "CostGroup",
    "CountedUnit",
    "Dimension",
    "Direction",
    "Eligible",
    "Every",
    "EvidenceKind",
    "FigureOrigin",
    "GateKind",
    "Held",
    "ItemKind",
    "Judged",
    "MatchKind",
    "Movement",
    "Obligation",
    "Origin",
    "Outcome",
    "PartKind",
    "Payer",
    "Priority",
    "ProcurementMethod",
    "Read",
    "Relation",
    "Role",
    "ScaleKind",
    "SetStatus",
    "Severity",
    "SourceStatus",
    "SpeaksTo",
    "StaffRole",
    "Status",
    "TableRows",
    "TicketTarget",
    "Verdict",
]


class Word(str, Enum):
    """A word of a closed list; prints as the word itself on every Python."""

    # The member equals its word, so it has to have its hash; an enum's own is that of the name, and slower.
    __hash__ = str.__hash__

    def __str__(self) -> str:
        return str(self.value)

    @property
    def label(self) -> str:
        """The word as a person would read it: ``hmis_lead`` is ``HMIS Lead``."""
        return _LABELS.get(str(self), str(self).replace("_", " "))


class Obligation(Word):
    """What binds. ``required`` needs an authority in effect; ``expected`` is a notice or funding condition."""

    REQUIRED = "required"
    EXPECTED = "expected"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class Basis(Word):
    """On what kind of authority an item rests. ``local_agreement``, a local contract or policy, is for profiles."""

    REGULATION = "regulation"
    FEDERAL_NOTICE = "federal_notice"
    HUD_STANDARD = "hud_standard"
    HUD_GUIDANCE = "hud_guidance"
    COMMON_PRACTICE = "common_practice"
    LOCAL_AGREEMENT = "local_agreement"


class ChangeKind(Word):
    """What a new edition did to an item."""

    ADDED = "added"
    MODIFIED = "modified"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    RETIRED = "retired"


class Cause(Word):
    """Why a score is not what it was."""

    ANSWERS = "answers"
    APPLICABILITY = "applicability"
    EVIDENCE_AGE = "evidence_age"
    TAILORING = "tailoring"
    EDITION = "edition"
    DOCUMENTS = "documents"


class Movement(Word):
    """What became of one item between two assessments."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    NEWLY_ASSESSED = "newly_assessed"
    NO_LONGER_ASSESSED = "no_longer_assessed"
    NOT_APPLICABLE = "not_applicable"
    APPLICABLE_AGAIN = "applicable_again"
    NEWLY_ASKED = "newly_asked"
    NO_LONGER_ASKED = "no_longer_asked"
    REWEIGHED = "reweighed"


class Outcome(Word):
    """What became of one answer, or of one new item, when an assessment went over to another edition."""

    CARRIED = "carried"
    NEEDS_REVIEW = "needs_review"
    SPLIT = "split"
    MERGED = "merged"
    RETIRED = "retired"
    NEW = "new"


class ClaimWord(Word):
    """What a vendor says of its product on one requirement."""

    AVAILABLE = "available"
    EXTRA_COST = "extra_cost"
    PLANNED = "planned"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"


class ClaimMethod(Word):
    """How the product does what is claimed."""

    STANDARD = "standard"
    CONFIGURATION = "configuration"
    CUSTOM = "custom"
    THIRD_PARTY = "third_party"
    MANUAL = "manual"


class Confidence(Word):
    """How well the text behind an item is known: A read itself, B read second hand, C general knowledge or ours."""

    A = "A"
    B = "B"
    C = "C"


class Origin(Word):
    """Where a number comes from."""

    REGULATION = "regulation"
    HUD = "hud"
    MEASURED = "measured"
    EXAMPLE = "example"
    CONVENTION = "convention"


class FigureOrigin(Word):
    """Where a number of a calculation comes from: as ``Origin``, or the user gave it, or it was computed of others."""

    GIVEN = "given"
    COMPUTED = "computed"
    REGULATION = "regulation"
    HUD = "hud"
    MEASURED = "measured"
    EXAMPLE = "example"
    CONVENTION = "convention"


class StaffRole(Word):
    """The work of an HMIS Lead's staff, as the staffing calculation divides it."""

    HELP_DESK = "help_desk"
    TRAINING = "training"
    SYSTEM_ADMINISTRATION = "system_administration"
    DATA_QUALITY = "data_quality"
    ANALYSIS = "analysis"
    SECURITY = "security"
    PROJECT_MANAGEMENT = "project_management"


class TableRows(Word):
    """What a table of a form has a row for; ``blank`` for nothing, it has empty rows only.

    ``standards`` are items with their authority and what is looked at. ``log`` has the fields of a document's form as
    columns, ``sheet`` has a row for each. ``costs`` are kinds of cost by payer, for amounts; ``eligibility`` is what
    rules say of them.
    """

    ITEMS = "items"
    ROLES = "roles"
    STAFF = "staff"
    TOPICS = "topics"
    BENCHMARKS = "benchmarks"
    STANDARDS = "standards"
    LOG = "log"
    SHEET = "sheet"
    COSTS = "costs"
    ELIGIBILITY = "eligibility"
    BLANK = "blank"


class AccountStatus(Word):
    """A user's account by the days since the last log-in; ``waiting`` has no access yet, ``unknown`` no date."""

    WAITING = "waiting"
    ACTIVE = "active"
    LOCKED = "locked"
    REFRESHER = "refresher"
    RETRAIN = "retrain"
    UNKNOWN = "unknown"


class Held(Word):
    """Whether a user's pass in a topic is good: it is, it was once, there never was one."""

    CURRENT = "current"
    LAPSED = "lapsed"
    NEVER = "never"


class ProcurementMethod(Word):
    """How something of a value may be bought: the words of 2 CFR 200.320, ``formal`` for sealed bids and proposals."""

    MICRO_PURCHASE = "micro_purchase"
    SIMPLIFIED_ACQUISITION = "simplified_acquisition"
    FORMAL = "formal"


class Priority(Word):
    """The rank of a requirement. A ``must`` is mandatory: without it a proposal is not ranked."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"


class Payer(Word):
    """What money an HMIS is paid from, as far as rules tell it apart."""

    COC_CONTRIBUTOR = "coc_contributor"
    COC_LEAD = "coc_lead"
    ESG_CONTRIBUTOR = "esg_contributor"
    ESG_LEAD = "esg_lead"
    OTHER_FEDERAL = "other_federal"
    STATE_LOCAL = "state_local"
    PRIVATE = "private"
    FEES = "fees"


class Eligible(Word):
    """Whether a rule lets a payer pay for a cost, or lets money count as match."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    LEAD_ONLY = "lead_only"
    CHECK_WITH_HUD = "check_with_hud"


class CostGroup(Word):
    """What makes a cost that is no post grow from year to year."""

    SOFTWARE = "software"
    OTHER = "other"


class MatchKind(Word):
    """Money, or goods and services given."""

    CASH = "cash"
    IN_KIND = "in_kind"


class CapBase(Word):
    """Of what the cap on administration is taken: the grant before administration, or the whole grant."""

    BEFORE_ADMINISTRATION = "before_administration"
    GRANT = "grant"


class TicketTarget(Word):
    """What a help desk promises of a ticket: the first answer, and the solution or a workaround."""

    RESPONSE = "response"
    RESOLUTION = "resolution"


class Role(Word):
    """Who acts. ``hmis_lead`` is an organization; the six after it are jobs in it."""

    COC = "coc"
    HMIS_LEAD = "hmis_lead"
    PROJECT_MANAGER = "project_manager"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_OFFICER = "security_officer"
    TRAINER = "trainer"
    HELPDESK = "helpdesk"
    DATA_ANALYST = "data_analyst"
    PARTICIPATING_AGENCY = "participating_agency"
    AGENCY_ADMINISTRATOR = "agency_administrator"
    END_USER = "end_user"
    VENDOR = "vendor"
    VSP = "vsp"
    FUNDER = "funder"


class Every(Word):
    """How often a duty comes round."""

    CONTINUOUS = "continuous"
    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    STANDARDS_RELEASE = "standards_release"
    EVENT = "event"


class EvidenceKind(Word):
    """What a reviewer would ask to see."""

    DOCUMENT = "document"
    MINUTES = "minutes"
    AGREEMENT = "agreement"
    REGISTER = "register"
    RECORD = "record"
    LOG = "log"
    REPORT = "report"
    CONFIGURATION = "configuration"
    DATA = "data"
    OBSERVATION = "observation"
    MEASUREMENT = "measurement"


class ItemKind(Word):
    """The kinds of record a document holds."""

    CHECKLIST_ITEM = "checklist_item"
    MATRIX_STANDARD = "matrix_standard"
    TRAINING_TOPIC = "training_topic"


class Relation(Word):
    """What one item is to another. ``covers``: the other is part of it; ``supports``: it helps the other come true."""

    EQUAL = "equal"
    COVERS = "covers"
    SUPPORTS = "supports"


class SpeaksTo(Word):
    """What a benchmark says about an item: its outcome (proposes an answer) or only that the practice happens."""

    OUTCOME = "outcome"
    PRACTICE = "practice"


class SourceStatus(Word):
    """The standing of an authority."""

    IN_FORCE = "in_force"
    INTERIM_RULE_IN_FORCE = "interim_rule_in_force"
    PROPOSED = "proposed"
    SUPERSEDED = "superseded"
    GUIDANCE = "guidance"
    FUNDING_NOTICE = "funding_notice"
    WITHDRAWN = "withdrawn"
    PRACTICE = "practice"


class SetStatus(Word):
    """Whether the numbers of a benchmark set were seen. An unverified set names a place and holds no number."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class Read(Word):
    """How far the wording of an authority was checked."""

    TEXT = "text"
    SECOND = "second"
    MEMORY = "memory"


class Status(Word):
    """Our verdict on one item. Unknown is a state of its own, never a zero."""

    MET = "met"
    PARTIAL = "partial"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSED = "not_assessed"
    ERROR = "error"


class ScaleKind(Word):
    """What a scale takes beside its words: nothing, levels, how many or which parts were covered, or a number."""

    WORDS = "words"
    LEVELS = "levels"
    PARTS = "parts"
    MEASURED = "measured"


class GateKind(Word):
    """What a gate looks at: single items, every part of the score, or its weakest part."""

    ITEMS = "items"
    PARTS = "parts"
    WEAKEST = "weakest"


class PartKind(Word):
    """The parts of a score a gate can look at."""

    SECTION = "section"
    DOCUMENT = "document"


class Verdict(Word):
    """The outcome of the gates, beside the score."""

    PASS = "pass"
    FAIL = "fail"
    CANNOT_SAY = "cannot_say"
    NO_GATE = "no_gate"


class Dimension(Word):
    """The dimensions of data quality."""

    COVERAGE = "coverage"
    UTILIZATION = "utilization"
    COMPLETENESS = "completeness"
    TIMELINESS = "timeliness"
    ACCURACY = "accuracy"
    CONSISTENCY = "consistency"


class CheckKind(Word):
    """What a check looks at: the files as such, the records of clients, or the set-up of projects."""

    FILE = "file"
    CLIENT = "client"
    PROJECT = "project"


class Severity(Word):
    """How urgent a finding is, the most urgent first. The three grades, and their names, are those of HUD's Eva."""

    HIGH_PRIORITY = "high_priority"
    ERROR = "error"
    WARNING = "warning"


class CountedUnit(Word):
    """What a check counts one by one. ``pair``: two enrollments of one person; ``record``: a row of any other file."""

    ENROLLMENT = "enrollment"
    HOUSEHOLD = "household"
    CLIENT = "client"
    PROJECT = "project"
    RECORD = "record"
    PAIR = "pair"
    COLUMN = "column"
    FILE = "file"


class Direction(Word):
    """Which side of a target is good: an error rate is ``at_most``, a coverage rate ``at_least``."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    WITHIN = "within"


class Judged(Word):
    """A measured value against a target."""

    MET = "met"
    NEAR = "near"
    BELOW = "below"
    NOT_APPLICABLE = "not_applicable"
    NOT_MEASURED = "not_measured"
    ERROR = "error"
    WITHHELD = "withheld"


_LABELS = {
    "coc_contributor": "CoC grant of a contributing project",
    "coc_lead": "CoC grant of the HMIS Lead",
    "esg_contributor": "ESG money of a contributing project",
    "esg_lead": "ESG money of a recipient that is the HMIS Lead",
    "state_local": "state or local money",
    "lead_only": "HMIS Lead only",
    "check_with_hud": "check with HUD",
    "in_kind": "in kind",
    "evidence_age": "age of evidence",
    "below": "missed",
    "extra_cost": "at extra cost",
    "hmis_lead": "HMIS Lead",
    "coc": "CoC",
    "project_manager": "HMIS project manager",
    "helpdesk": "help desk",
    "vsp": "victim service provider",
    "hud": "HUD",
    "hud_standard": "HUD standard",
    "hud_guidance": "HUD guidance",
    "federal_notice": "federal notice",
    "micro_purchase": "micro-purchase",
    "formal": "formal (sealed bids or proposals)",
    "two_weeks": "two weeks",
    "standards_release": "data standards release",
}
