"""Assessments for the OSCAL tests, and a look through whole documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from hmis_standards import Assessment, Plan, gaps, load_catalog, load_profile, plan, tailor
from hmis_standards.exchange.oscal import (
    oscal_assessment_plan,
    oscal_assessment_results,
    oscal_catalog,
    oscal_poam,
    oscal_profile,
)
from hmis_standards.model import Catalog
from tests.made_up_assessments import made_up_assessments

__all__ = ["DOCUMENT", "START", "documents", "empty", "nine", "plan_of", "tailored", "under", "walk", "whole"]

DOCUMENT = "system-administrator"
START = "2026-04-01"


@cache
def nine() -> Assessment:
    """A filled assessment of all nine documents."""
    return next(made_up_assessments(1))


def empty(catalog: Catalog | None = None, *named: str) -> Assessment:
    """An assessment without an answer."""
    return Assessment.start(
        catalog or load_catalog(),
        subject="XX-500",
        on="2026-03-01",
        documents=named or (DOCUMENT,),
        assessor="A. Reviewer",
    )


@cache
def tailored(*profiles: str) -> Catalog:
    """The catalog under shipped profiles."""
    return tailor(load_catalog(), *map(load_profile, profiles))


def plan_of(assessment: Assessment) -> Plan:
    """A plan that closes all gaps."""
    return plan(gaps(assessment), start=START)


def documents(assessment: Assessment) -> dict[str, dict[str, Any]]:
    """All that OSCAL has of an assessment, by the kind of document; no plan of action where there is no action."""
    made = plan_of(assessment)
    several = [
        oscal_catalog(assessment.catalog),
        oscal_profile(assessment.catalog, assessment.documents),
        oscal_assessment_plan(assessment),
        oscal_assessment_results(assessment),
        *([oscal_poam(assessment, made)] if made.actions else []),
    ]
    return {kind: inner for document in several for kind, inner in document.items()}


@cache
def whole() -> dict[str, dict[str, Any]]:
    """The documents of the assessment of all nine."""
    return documents(nine())


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(node, dict):
        yield node
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(one)


def under(node: Any, key: str) -> Iterator[Any]:
    """Every value of a key, at any depth."""
    return (one[key] for one in walk(node) if key in one)
