"""What is wrong with one file that stands by itself: a person's assessment, a community's own benchmarks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from hmis_standards.errors import DataError, InvalidDocument, Problem, ProfileError, UnknownProfile
from hmis_standards.model import Spec
from hmis_standards.store.alignments import check_alignment
from hmis_standards.store.assessment_rules import check_assessment
from hmis_standards.store.check_rules import check_problems
from hmis_standards.store.checks import EVA, FOLDER, collect_checks, shipped_checks
from hmis_standards.store.consistency import check
from hmis_standards.store.courses import check_courses
from hmis_standards.store.declarations import check_declaration
from hmis_standards.store.eligibility import check_eligibility
from hmis_standards.store.forms import check_form
from hmis_standards.store.load import load_catalog, load_hmis_csv, read_tree, shipped_specs
from hmis_standards.store.locate import data_root
from hmis_standards.store.parameter_rules import parameter_problems
from hmis_standards.store.parameters import collect_own, shipped_parameters
from hmis_standards.store.parts import Parts, Placed
from hmis_standards.store.profile_rules import check_profile
from hmis_standards.store.profiles import tailored_catalog
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import collect, file_parts, without_format
from hmis_standards.store.schema import TOOL_INPUTS, check_shape
from hmis_standards.store.spec_rules import check_spec
from hmis_standards.store.structuring import structure
from hmis_standards.vocabulary import ItemKind

__all__ = ["catalog_file_problems", "merged", "single_problems", "spec_problems"]


def single_problems(raw: Raw, kind: str) -> tuple[Problem, ...]:
    """All problems of a file of that kind, judged against the shipped catalog where it refers to it.

    Of what people fill in for a working tool, only its shape.
    """
    if kind == "assessment":
        return _assessment_problems(raw)
    if kind == "hmis_csv":
        return spec_problems(raw)
    if kind == "profile":
        return merged(check_shape(raw, kind), *check_profile(raw, _shipped()))
    if kind in {"checks", "eva"}:
        return _check_file_problems(raw, kind)
    if kind == "declaration":
        return merged(check_shape(raw, kind), *check_declaration(raw))
    if kind == "parameters":
        return _parameter_problems(raw)
    if kind == "eligibility":
        return merged(check_shape(raw, kind), *check_eligibility(raw, [one.id for one in load_catalog().sources]))
    if kind in TOOL_INPUTS:
        return tuple(check_shape(raw, kind))
    if kind == "form":
        return merged(check_shape(raw, kind), *check_form(raw, _shipped()))
    if kind == "courses":
        topics = [one.id for one in load_catalog().values() if one.kind is ItemKind.TRAINING_TOPIC]
        return merged(check_shape(raw, kind), *check_courses(raw, topics))
    if kind == "alignment":
        return merged(check_shape(raw, kind), *check_alignment(raw, load_catalog()))
    return catalog_file_problems(raw, kind)


def _assessment_problems(raw: Raw) -> tuple[Problem, ...]:
    """Of a person's answers, against the catalog as the profiles they name make it."""
    named = raw.data.get("profile") if isinstance(raw.data, dict) else None
    names = [name for name in re.split(r"[;,\s]+", named) if name] if isinstance(named, str) else []
    edition = raw.data.get("edition") if isinstance(raw.data, dict) else None
    known = edition in {one.id for one in load_catalog().editions} if isinstance(edition, str) else False
    catalog = load_catalog(edition if known else None)
    faults: tuple[Problem, ...] = ()
    try:
        catalog = tailored_catalog(catalog.edition, names, Path(raw.path).parent)
    except (DataError, UnknownProfile, ProfileError) as error:
        faults = (Placed("", None, raw).problem(str(error), "profile"),)
    return merged(check_shape(raw, "assessment"), faults, check_assessment(raw, catalog))


def spec_problems(raw: Raw) -> tuple[Problem, ...]:
    """Of an edition of the HMIS CSV."""
    shape = check_shape(raw, "hmis_csv")
    try:
        spec = structure(raw, Spec, without_format(raw.data))
    except InvalidDocument as error:
        return merged(shape, error.problems, ())
    return merged(shape, (), check_spec(Placed(spec.version, spec, raw)))


def _check_file_problems(raw: Raw, kind: str) -> tuple[Problem, ...]:
    """Of a file of checks, which may use the shipped settings and must not repeat a shipped id."""
    parts = collect_checks({EVA if kind == "eva" else FOLDER: raw})
    specs = [load_hmis_csv(version) for version in shipped_specs()]
    catalog = load_catalog()
    found = check_problems(parts, shipped_checks(), [one.id for one in catalog.sources], specs, list(catalog))
    return merged(check_shape(raw, kind), parts.problems, found)


def _parameter_problems(raw: Raw) -> tuple[Problem, ...]:
    """Of a file of parameters, which sets shipped ones otherwise."""
    parts = collect_own(raw)
    found = parameter_problems(parts, [one.id for one in load_catalog().sources], shipped_parameters())
    return merged(check_shape(raw, "parameters"), parts.problems, found)


def catalog_file_problems(raw: Raw, kind: str) -> tuple[Problem, ...]:
    """Of one file of a catalog, with the rest of the shipped catalog around it."""
    parts, unfit = file_parts(raw, kind)
    found = [problem for problem in check(parts.among(_shipped())) if problem.path == raw.path]
    return merged(check_shape(raw, kind), unfit, found)


@lru_cache(maxsize=1)
def _shipped() -> Parts:
    return collect(read_tree(data_root()))[0]


def merged(shape: Iterable[Problem], unfit: Iterable[Problem], found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The three kinds of problem as one list by file and line, each fault told once.

    Where the schema has spoken on a record, the structuring has nothing to add; where either has spoken on a
    value, the rules have not.
    """
    told = list(shape)
    records = {_record(problem) for problem in told}
    told += [problem for problem in unfit if _record(problem) not in records]
    values = {(problem.path, problem.pointer) for problem in told if problem.pointer}
    told += [problem for problem in found if (problem.path, problem.pointer) not in values]
    return tuple(sorted(dict.fromkeys(told), key=lambda one: (one.path, one.line or 0)))


def _record(problem: Problem) -> tuple[str, str]:
    return problem.path, "/".join(problem.pointer.split("/")[:2])
