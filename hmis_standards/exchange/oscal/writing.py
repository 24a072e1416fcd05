"""The OSCAL files of a catalog, or of an assessment and its plan, in a folder."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from hmis_standards.assess import Assessment, Plan, gaps, plan
from hmis_standards.exchange.oscal.assessments import (
    PLAN_FILE,
    PROFILE_FILE,
    oscal_assessment_plan,
    oscal_assessment_results,
)
from hmis_standards.exchange.oscal.catalogs import oscal_catalog
from hmis_standards.exchange.oscal.placing import put
from hmis_standards.exchange.oscal.poam import oscal_poam
from hmis_standards.exchange.oscal.profiles import CATALOG_FILE, oscal_profile
from hmis_standards.model import Catalog

__all__ = ["POAM_FILE", "RESULTS_FILE", "write_oscal"]

RESULTS_FILE, POAM_FILE = "assessment-results.json", "plan-of-action-and-milestones.json"


def write_oscal(
    source: Catalog | Assessment,
    folder: str | Path,
    *,
    plan: Plan | None = None,
    start: str | datetime.date | None = None,
) -> tuple[Path, ...]:
    """Write OSCAL 1.1.3 JSON files into ``folder``, and return their paths.

    Of a catalog ``catalog.json`` and ``profile.json``; of an assessment also ``assessment-plan.json``,
    ``assessment-results.json`` and ``plan-of-action-and-milestones.json``. The last holds ``plan``, or a plan that
    closes all gaps from ``start`` on, which is the assessment's date if left out. Without an action OSCAL knows no
    such plan: the file is not written, and one that is there from before is taken away.

    The same input gives the same bytes. Nothing is written unless everything can be.

    Raises:
        ValueError: ``plan`` is of another assessment, a date cannot be said in OSCAL, or the edition has none.
        OSError: a file cannot be written.
    """
    texts = {name: _text(data) for name, data in _files(source, plan, start).items()}
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        put(target / name, text)
    if isinstance(source, Assessment) and POAM_FILE not in texts:
        (target / POAM_FILE).unlink(missing_ok=True)
    return tuple(target / name for name in texts)


def _files(
    source: Catalog | Assessment, made: Plan | None, start: str | datetime.date | None
) -> dict[str, dict[str, Any]]:
    if isinstance(source, Catalog):
        return {CATALOG_FILE: oscal_catalog(source), PROFILE_FILE: oscal_profile(source)}
    made = made or plan(gaps(source), start=start or source.date)
    files = {
        CATALOG_FILE: oscal_catalog(source.catalog),
        PROFILE_FILE: oscal_profile(source.catalog, source.documents),
        PLAN_FILE: oscal_assessment_plan(source),
        RESULTS_FILE: oscal_assessment_results(source),
    }
    return files | ({POAM_FILE: oscal_poam(source, made)} if made.actions else {})


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
