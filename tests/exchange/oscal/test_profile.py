"""A profile applied to the catalog, by NIST's rules for resolving profiles, gives the tailored items and no others."""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hmis_standards import Profile, load_catalog, tailor
from hmis_standards.exchange.oscal import oscal_catalog, oscal_profile
from hmis_standards.exchange.oscal.controls import control
from hmis_standards.exchange.oscal.names import control_id
from hmis_standards.model import Catalog, Exclusion, Goal, Override
from hmis_standards.vocabulary import Direction, Origin
from tests.exchange.oscal import published
from tests.exchange.oscal.samples import tailored, under

pytestmark = pytest.mark.xdist_group("oscal")  # the schema is made ready once

PROFILES = ("small-coc", "multi-coc", "victim-services", "vendor", "no-weak-section", "example-local-contract")


def resolved(catalog: dict[str, Any], profile: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The controls that the profile makes of the catalog, by id: selection, parameters, removals, additions."""
    (source,) = profile["imports"]
    chosen, left = (
        [name for one in source.get(key, []) for name in one["with-ids"]]
        for key in ("include-controls", "exclude-controls")
    )
    there = {one["id"]: copy.deepcopy(one) for one in _controls(catalog)}
    found = {name: there[name] for name in chosen if name not in left}
    modify = profile.get("modify", {})
    for one in modify.get("set-parameters", []):
        _set(found, one)
    for alter in modify.get("alters", []):
        one = found[alter["control-id"]]
        for remove in alter.get("removes", []):
            _remove(one, remove)
        for add in alter["adds"]:
            _add(one, add)
    return found


def _controls(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from node.get("controls", [])
    for group in node.get("groups", []):
        yield from _controls(group)


def _set(found: dict[str, dict[str, Any]], value: dict[str, Any]) -> None:
    (param,) = (one for each in found.values() for one in each.get("params", []) if one["id"] == value["param-id"])
    param.update({key: one for key, one in value.items() if key != "param-id"})


def _remove(node: dict[str, Any], remove: dict[str, Any]) -> None:
    key = f"{remove['by-item-name']}s"
    node[key] = [
        one
        for one in node.get(key, [])
        if not (remove.get("by-name") in {None, one.get("name")} and remove.get("by-id") in {None, one.get("id")})
    ]


def _add(node: dict[str, Any], add: dict[str, Any]) -> None:
    assert add["position"] == "ending"
    node["title"] = add.get("title", node["title"])
    for key in ("params", "props", "links", "parts"):
        node[key] = [*node.get(key, []), *add.get(key, [])]


def _facts(one: dict[str, Any]) -> dict[str, Any]:
    """A control without the order of its parts and facts, and without the notes on what was changed."""
    return {
        "title": one["title"],
        "parts": {part["id"]: part for part in one["parts"]},
        "params": {param["id"]: param for param in one.get("params", [])},
        "props": sorted(sorted(prop.items()) for prop in one["props"] if prop["name"] != "changed"),
        "links": sorted(sorted(link.items()) for link in one.get("links", []) if link["rel"] != "related"),
    }


def _same(catalog: Catalog) -> None:
    found = resolved(oscal_catalog(catalog)["catalog"], oscal_profile(catalog)["profile"])
    assert sorted(found) == sorted(map(control_id, catalog))
    for item in catalog.values():
        assert _facts(found[control_id(item.id)]) == _facts(control(catalog, item)), item.id


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_makes_the_tailored_items_of_the_catalog(name: str) -> None:
    _same(tailored(name))


def test_profiles_in_layers() -> None:
    _same(tailored("small-coc", "no-weak-section", "example-local-contract"))


def test_every_kind_of_change() -> None:
    catalog = load_catalog()
    level = next(item for item in catalog.values() if item.target == 2 and item.obligation.value != "required")
    number = next(item for item in catalog.values() if item.goal)
    goal = Goal(of="Another", direction=Direction.AT_LEAST, met=Fraction(4, 5), origin=Origin.CONVENTION)
    needed = next(item for item in catalog.values() if item.requires)
    profile = Profile(
        id="own",
        title="Our own <b>",
        text="As we do it.",
        exclude=(Exclusion(reason="Not here.", items=(needed.requires[0],)),),
        override=(
            Override(item=level.id, reason="More.", target=3, title="Another {{ title }}", text="Another text"),
            Override(item=number.id, reason="Other limits.", goal=goal, weight=Fraction(2)),
        ),
    )
    made = tailor(catalog, profile)
    _same(made)
    found = oscal_profile(made)
    published.check(found)
    set_to = {one["param-id"]: one["values"] for one in found["profile"]["modify"]["set-parameters"]}
    assert set_to == {f"{control_id(level.id)}_prm_target": ["3"], f"{control_id(number.id)}_prm_met": ["4/5"]}
    told = [one for one in under(found["profile"]["modify"], "remarks") if one == "More."]
    assert len(told) == 3


def test_what_is_left_out_is_excluded_with_its_reason() -> None:
    made = tailored("small-coc")
    found = oscal_profile(made)["profile"]
    (left,) = found["imports"][0]["exclude-controls"]
    assert left["with-ids"] == [control_id(one.id) for one in made.excluded]
    told = {one["value"]: one["remarks"] for one in found["metadata"]["props"] if one["name"] == "excluded"}
    assert set(told) == {one.id for one in made.excluded}


def test_of_some_documents_only_their_controls() -> None:
    found = oscal_profile(load_catalog(), ["lead-standards"])["profile"]
    assert {name.partition(".")[0] for listed in under(found, "with-ids") for name in listed} == {"lead-standards"}


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="trestle 3.12 is made of classes that Python 3.14 cannot run")
def test_trestle_reads_every_document_and_resolves_the_profile_to_the_tailored_items(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The best known reader of OSCAL in Python, in its last release for 1.1.3."""
    from trestle.core.catalog.catalog_interface import CatalogInterface
    from trestle.core.profile_resolver import ProfileResolver
    from trestle.oscal import OSCAL_VERSION
    from trestle.oscal.assessment_plan import AssessmentPlan
    from trestle.oscal.assessment_results import AssessmentResults
    from trestle.oscal.catalog import Catalog as OscalCatalog
    from trestle.oscal.poam import PlanOfActionAndMilestones
    from trestle.oscal.profile import Profile as OscalProfile

    from hmis_standards.exchange.oscal import write_oscal
    from tests.made_up_assessments import made_up_assessments

    assert OSCAL_VERSION == "1.1.3"
    (tmp_path / ".trestle").mkdir()
    monkeypatch.chdir(tmp_path)
    assessment = next(made_up_assessments(1, catalog=tailored("example-local-contract")))
    models = (OscalCatalog, OscalProfile, AssessmentPlan, AssessmentResults, PlanOfActionAndMilestones)
    for path, model in zip(write_oscal(assessment, tmp_path), models, strict=True):
        assert model.oscal_read(path).metadata.oscal_version.__root__ == "1.1.3"
    found = ProfileResolver.get_resolved_profile_catalog(tmp_path, str(tmp_path / "profile.json"))
    assert sorted(CatalogInterface(found).get_control_ids()) == sorted(map(control_id, assessment.catalog))
