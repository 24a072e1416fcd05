"""Reading and checking the YAML: the only part of the package that knows yaml, jsonschema and cattrs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.store.alignments import load_alignment
    from hmis_standards.store.checks import load_checks, load_eva_checks
    from hmis_standards.store.courses import load_courses
    from hmis_standards.store.declarations import load_declaration
    from hmis_standards.store.eligibility import load_eligibility
    from hmis_standards.store.forms import load_form, shipped_forms
    from hmis_standards.store.load import load_benchmarks, load_catalog, load_changes, load_hmis_csv
    from hmis_standards.store.locate import data_root, sample_root
    from hmis_standards.store.parameters import load_parameters, shipped_parameter_sets
    from hmis_standards.store.profiles import load_profile, shipped_profiles, tailored_catalog
    from hmis_standards.store.raw import Raw
    from hmis_standards.store.structuring import structure
    from hmis_standards.store.validation import Problems, validate
    from hmis_standards.store.yaml_text import read_raw

__all__ = [
    "Problems",
    "Raw",
    "data_root",
    "load_alignment",
    "load_benchmarks",
    "load_catalog",
    "load_changes",
    "load_checks",
    "load_courses",
    "load_declaration",
    "load_eligibility",
    "load_eva_checks",
    "load_form",
    "load_hmis_csv",
    "load_parameters",
    "load_profile",
    "read_raw",
    "sample_root",
    "shipped_forms",
    "shipped_parameter_sets",
    "shipped_profiles",
    "structure",
    "tailored_catalog",
    "validate",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "Problems": "validation",
        "Raw": "raw",
        "data_root": "locate",
        "load_alignment": "alignments",
        "load_benchmarks": "load",
        "load_catalog": "load",
        "load_changes": "load",
        "load_checks": "checks",
        "load_courses": "courses",
        "load_declaration": "declarations",
        "load_eligibility": "eligibility",
        "load_eva_checks": "checks",
        "load_form": "forms",
        "load_hmis_csv": "load",
        "load_parameters": "parameters",
        "load_profile": "profiles",
        "read_raw": "yaml_text",
        "sample_root": "locate",
        "shipped_forms": "forms",
        "shipped_parameter_sets": "parameters",
        "shipped_profiles": "profiles",
        "structure": "structuring",
        "tailored_catalog": "profiles",
        "validate": "validation",
    },
)
