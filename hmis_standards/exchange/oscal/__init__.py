"""OSCAL, NIST's language for controls and their assessment: ours as files, catalogs of others as requirements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.exchange.oscal.assessments import oscal_assessment_plan, oscal_assessment_results
    from hmis_standards.exchange.oscal.catalogs import oscal_catalog
    from hmis_standards.exchange.oscal.poam import oscal_poam
    from hmis_standards.exchange.oscal.profiles import oscal_profile
    from hmis_standards.exchange.oscal.reading import convert_oscal_catalog, read_oscal_catalog
    from hmis_standards.exchange.oscal.writing import write_oscal

__all__ = [
    "convert_oscal_catalog",
    "oscal_assessment_plan",
    "oscal_assessment_results",
    "oscal_catalog",
    "oscal_poam",
    "oscal_profile",
    "read_oscal_catalog",
    "write_oscal",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "convert_oscal_catalog": "reading",
        "oscal_assessment_plan": "assessments",
        "oscal_assessment_results": "assessments",
        "oscal_catalog": "catalogs",
        "oscal_poam": "poam",
        "oscal_profile": "profiles",
        "read_oscal_catalog": "reading",
        "write_oscal": "writing",
    },
)
