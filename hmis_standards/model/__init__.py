"""Frozen domain objects: what the YAML becomes once it has been read and checked."""

from __future__ import annotations

from hmis_standards._lazy import attach

TYPE_CHECKING = False  # see the package's __init__
if TYPE_CHECKING:
    from hmis_standards.model.alignment import Alignment, AlignmentEntry
    from hmis_standards.model.benchmarks import Benchmark, BenchmarkSet, MeasureRef, Target
    from hmis_standards.model.catalog import Catalog
    from hmis_standards.model.checks import (
        Check,
        CheckGroup,
        CheckSet,
        EvaCheck,
        Guidance,
        Reads,
        Setting,
        TableColumns,
    )
    from hmis_standards.model.courses import Course, CourseList
    from hmis_standards.model.crosswalk import Link, Related
    from hmis_standards.model.documents import Document, Form, Part, Section, Stage
    from hmis_standards.model.editions import Change, Edition, Retired, Substitute
    from hmis_standards.model.hmis_csv import (
        Becomes,
        CodeList,
        CodePairs,
        ColumnBecomes,
        CsvColumn,
        CsvFile,
        KeptColumns,
        Spec,
    )
    from hmis_standards.model.items import (
        Effort,
        EvidenceNeed,
        FieldChange,
        Frequency,
        Goal,
        Item,
        Items,
        Level,
        MeasuredBy,
        NotApplicableRule,
        Remedy,
        TrainingCheck,
        TrainingWhen,
    )
    from hmis_standards.model.measures import Measure
    from hmis_standards.model.parameters import Parameter, ParameterSet
    from hmis_standards.model.planning import Duration, Planning
    from hmis_standards.model.profile import (
        EvidenceChange,
        Exclusion,
        Override,
        Profile,
        ProfileWeight,
        RemedyChange,
        Selection,
    )
    from hmis_standards.model.profile_checks import Fault, Known, profile_faults
    from hmis_standards.model.ratings import Band, Gate, Ratings, Scale, ScaleAnswer, Weight
    from hmis_standards.model.sources import Citation, Source
    from hmis_standards.model.tailoring import Conflict, Excluded, known_in, tailor

__all__ = [
    "Alignment",
    "AlignmentEntry",
    "Band",
    "Becomes",
    "Benchmark",
    "BenchmarkSet",
    "Catalog",
    "Change",
    "Check",
    "CheckGroup",
    "CheckSet",
    "Citation",
    "CodeList",
    "CodePairs",
    "ColumnBecomes",
    "Conflict",
    "Course",
    "CourseList",
    "CsvColumn",
    "CsvFile",
    "Document",
    "Duration",
    "Edition",
    "Effort",
    "EvaCheck",
    "EvidenceChange",
    "EvidenceNeed",
    "Excluded",
    "Exclusion",
    "Fault",
    "FieldChange",
    "Form",
    "Frequency",
    "Gate",
    "Goal",
    "Guidance",
    "Item",
    "Items",
    "KeptColumns",
    "Known",
    "Level",
    "Link",
    "Measure",
    "MeasureRef",
    "MeasuredBy",
    "NotApplicableRule",
    "Override",
    "Parameter",
    "ParameterSet",
    "Part",
    "Planning",
    "Profile",
    "ProfileWeight",
    "Ratings",
    "Reads",
    "Related",
    "Remedy",
    "RemedyChange",
    "Retired",
    "Scale",
    "ScaleAnswer",
    "Section",
    "Selection",
    "Setting",
    "Source",
    "Spec",
    "Stage",
    "Substitute",
    "TableColumns",
    "Target",
    "TrainingCheck",
    "TrainingWhen",
    "Weight",
    "known_in",
    "profile_faults",
    "tailor",
]

# Making a class takes most of a millisecond: those of a module that nobody asks for are not made.
_MODULES = {
    "alignment": ("Alignment", "AlignmentEntry"),
    "benchmarks": ("Benchmark", "BenchmarkSet", "MeasureRef", "Target"),
    "catalog": ("Catalog",),
    "checks": ("Check", "CheckGroup", "CheckSet", "EvaCheck", "Guidance", "Reads", "Setting", "TableColumns"),
    "courses": ("Course", "CourseList"),
    "crosswalk": ("Link", "Related"),
    "documents": ("Document", "Form", "Part", "Section", "Stage"),
    "editions": ("Change", "Edition", "Retired", "Substitute"),
    "hmis_csv": (
        "Becomes",
        "CodeList",
        "CodePairs",
        "ColumnBecomes",
        "CsvColumn",
        "CsvFile",
        "KeptColumns",
        "Spec",
    ),
    "items": (
        "Effort",
        "EvidenceNeed",
        "FieldChange",
        "Frequency",
        "Goal",
        "Item",
        "Items",
        "Level",
        "MeasuredBy",
        "NotApplicableRule",
        "Remedy",
        "TrainingCheck",
        "TrainingWhen",
    ),
    "measures": ("Measure",),
    "parameters": ("Parameter", "ParameterSet"),
    "planning": ("Duration", "Planning"),
    "profile": ("EvidenceChange", "Exclusion", "Override", "Profile", "ProfileWeight", "RemedyChange", "Selection"),
    "profile_checks": ("Fault", "Known", "profile_faults"),
    "ratings": ("Band", "Gate", "Ratings", "Scale", "ScaleAnswer", "Weight"),
    "sources": ("Citation", "Source"),
    "tailoring": ("Conflict", "Excluded", "known_in", "tailor"),
}

__getattr__, __dir__ = attach(__name__, {name: module for module, names in _MODULES.items() for name in names})
