"""Tailoring: what goes, what stays, what changes, who said so, and that doing it twice changes nothing."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hmis_standards.assess import Assessment, score
from hmis_standards.errors import ProfileError
from hmis_standards.model import (
    Catalog,
    Citation,
    EvidenceChange,
    Exclusion,
    Item,
    Link,
    NotApplicableRule,
    Override,
    Profile,
    ProfileWeight,
    RemedyChange,
    Selection,
    tailor,
)
from hmis_standards.vocabulary import EvidenceKind, Obligation, Relation, Role
from tests.small import ALL, CON1, CON2, CON3, GOV1, GOV2, GOV3, SEC1, SEC2, small_catalog

CATALOG = small_catalog()


def profile(name: str = "ours", **parts: Any) -> Profile:
    return Profile(id=name, title="Ours", text="For tests.", **parts)


def changing(item: str, name: str = "ours", reason: str = "Because we say so.", **fields: Any) -> Profile:
    return profile(name, override=(Override(item=item, reason=reason, **fields),))


def requirement(item_id: str = "local/LOCAL-01", **fields: Any) -> Item:
    """A local requirement, made of an item that needs nothing."""
    document = item_id.split("/")[0]
    return evolve(CATALOG[SEC1], id=item_id, document=document, section="LOCAL", **fields)


def everything(catalog: Catalog) -> list[object]:
    """All that tailoring can touch, in a form that can be compared."""
    return [
        catalog.documents,
        catalog.sources,
        catalog.ratings,
        catalog.links,
        catalog.profiles,
        catalog.excluded,
        catalog.conflicts,
        catalog.changes,
    ]


# --- what stays and what goes ------------------------------------------------------------------------------


def test_no_profile_changes_nothing() -> None:
    assert tailor(CATALOG) is CATALOG
    assert everything(tailor(CATALOG, profile()))[:4] == everything(CATALOG)[:4]


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"documents": ("vendor-basics",)}, (CON1, CON2, CON3)),
        ({"sections": ("lead-basics/SEC",)}, (SEC1, SEC2)),
        ({"items": (CON2, GOV1)}, (GOV1, CON2)),
        ({"obligations": (Obligation.REQUIRED,)}, (GOV1, GOV2, CON1)),
        ({"roles": (Role.VENDOR, Role.SECURITY_OFFICER)}, (SEC1, SEC2, CON1, CON2)),
        ({"tags": ("tagged",)}, (GOV2, SEC1, SEC2, CON2)),
        ({"documents": ("lead-basics",), "obligations": (Obligation.REQUIRED,)}, (GOV1, GOV2)),
        ({"documents": ("vendor-basics",), "items": (SEC2,), "tags": ("tagged",)}, (SEC2, CON2)),
        ({"sections": ("lead-basics/SEC",), "documents": ("vendor-basics",)}, (SEC1, SEC2, CON1, CON2, CON3)),
    ],
    ids=str,
)
def test_selections(chosen: dict[str, Any], left: tuple[str, ...]) -> None:
    made = tailor(CATALOG, profile(select=Selection(reason="No need.", **chosen)))
    assert tuple(made) == left
    assert {(one.id, one.layer, one.reason) for one in made.excluded} == {
        (item, "ours", "No need.") for item in ALL if item not in left
    }


@pytest.mark.parametrize(
    ("named", "gone"),
    [
        ({"items": (GOV3,)}, {GOV3}),
        ({"sections": ("lead-basics/SEC",)}, {SEC1, SEC2}),
        ({"documents": ("vendor-basics",)}, {CON1, CON2, CON3}),
        ({"tags": ("tagged",)}, {GOV2, SEC1, SEC2, CON2}),
    ],
    ids=["items", "sections", "documents", "tags"],
)
def test_exclusions(named: dict[str, Any], gone: set[str]) -> None:
    made = tailor(CATALOG, profile(exclude=(Exclusion(reason="None here.", **named),)))
    assert set(ALL) - set(made) == gone
    assert {one.id for one in made.excluded} == gone
    assert {one.reason for one in made.excluded} == {"None here."}


def test_documents_and_sections_without_items_are_gone() -> None:
    exclude = (Exclusion(reason="None here.", sections=("lead-basics/SEC",), documents=("vendor-basics",)),)
    made = tailor(CATALOG, profile(exclude=exclude))
    assert [document.id for document in made.documents] == ["lead-basics"]
    assert [section.id for section in made.documents[0].sections] == ["GOV"]


def test_what_points_at_a_lost_item_points_at_it_no_more() -> None:
    link = Link(source=SEC1, relation=Relation.SUPPORTS, target=GOV3, strength=1, reason="Helps.")
    linked = evolve(CATALOG, links=(link, evolve(link, target=GOV1)))
    made = tailor(linked, profile(exclude=(Exclusion(reason="Done by the county.", items=(GOV2, GOV3)),)))
    assert [one.target for one in made.links] == [GOV1]
    kept = tailor(CATALOG, profile(exclude=(Exclusion(reason="Done by the county.", items=(GOV1,)),)))
    assert kept[GOV2].requires == ()
    (change,) = kept[GOV2].changes
    assert (change.field, change.before, change.after) == ("requires", GOV1, None)
    assert change.reason == f"{GOV1} left the catalog: Done by the county."


# --- overrides ---------------------------------------------------------------------------------------------

OVERRIDES: list[tuple[str, dict[str, Any], str, str | None, str]] = [
    (GOV3, {"title": "New"}, "title", "Title of GOV-03", "New"),
    (GOV3, {"text": "New."}, "text", "What is asked by GOV-03.", "New."),
    (GOV3, {"why": "New."}, "why", "Because.", "New."),
    (GOV3, {"scope": "Us."}, "scope", None, "Us."),
    (GOV1, {"obligation": Obligation.OPTIONAL}, "obligation", "required", "optional"),
    (SEC1, {"weight": Fraction(3, 2)}, "weight", None, "3/2"),
    (GOV3, {"na": NotApplicableRule(allowed=True, when="Never.")}, "na", "not allowed", "allowed: Never."),
    (GOV3, {"roles": (Role.VENDOR, Role.COC)}, "roles", "hmis_lead, coc", "vendor, coc"),
    (GOV3, {"remedy": RemedyChange(text="Call.")}, "remedy.text", "First step for GOV-03.", "Call."),
    (
        GOV2,
        {"evidence": (EvidenceChange(id="plan", max_age_months=24),)},
        "evidence.plan",
        "document: The plan, with the date of approval (demanded, at most 12 months old)",
        "document: The plan, with the date of approval (demanded, at most 24 months old)",
    ),
    (
        SEC1,
        {"evidence": (EvidenceChange(id="photo", kind=EvidenceKind.OBSERVATION, text="A photo", demanded=True),)},
        "evidence.photo",
        None,
        "observation: A photo (demanded)",
    ),
    (SEC1, {"citations": (Citation(source="law", at="(b)"),)}, "citations", "habit, (a)", "habit, (a); law, (b)"),
]


@pytest.mark.parametrize(("item", "fields", "name", "before", "after"), OVERRIDES, ids=lambda one: str(one)[:30])
def test_a_change_is_made_and_remembered(
    item: str, fields: dict[str, Any], name: str, before: str | None, after: str
) -> None:
    made = tailor(CATALOG, changing(item, **fields))
    (change,) = made[item].changes
    assert (change.field, change.before, change.after) == (name, before, after)
    assert (change.layer, change.reason) == ("ours", "Because we say so.")
    others = [other for other in ALL if other != item]
    assert [made[other] for other in others] == [CATALOG[other] for other in others]


def test_several_fields_are_several_changes_and_the_same_value_is_none() -> None:
    fields: dict[str, Any] = {"title": "New", "obligation": Obligation.EXPECTED, "why": "Better."}
    made = tailor(CATALOG, changing(GOV3, **fields))
    assert [change.field for change in made[GOV3].changes] == ["title", "why"]
    assert made[GOV3].title == "New"


def test_layers_are_in_order_and_the_later_wins_by_name() -> None:
    first = profile("first", override=(Override(item=GOV3, reason="One.", title="One", why="Old."),))
    second = profile("second", override=(Override(item=GOV3, reason="Two.", title="Two", why="Old."),))
    made = tailor(CATALOG, first, second)
    assert made.layers == ("first", "second")
    assert made[GOV3].title == "Two"
    assert [(c.field, c.after, c.layer) for c in made[GOV3].changes if c.field == "title"] == [
        ("title", "One", "first"),
        ("title", "Two", "second"),
    ]
    (conflict,) = made.conflicts
    assert (conflict.item, conflict.field) == (GOV3, "title")
    assert (conflict.earlier, conflict.before, conflict.later, conflict.after) == ("first", "One", "second", "Two")


def test_setting_again_what_the_catalog_had_is_a_conflict_too() -> None:
    kept = changing(GOV3, "kept", title="Title of GOV-03")
    made = tailor(CATALOG, kept, changing(GOV3, "renamed", title="New"))
    assert [(one.earlier, one.later) for one in made.conflicts] == [("kept", "renamed")]


def test_an_override_of_what_an_earlier_layer_left_out_has_no_effect_and_is_named() -> None:
    gone = profile("gone", exclude=(Exclusion(reason="None here.", items=(SEC1,)),))
    made = tailor(CATALOG, gone, changing(SEC1, title="New"))
    assert SEC1 not in made
    assert [(one.item, one.earlier, one.after) for one in made.conflicts] == [
        (SEC1, "gone", "tailored, without effect")
    ]
    back = tailor(CATALOG, changing(SEC1, title="New"), gone)
    assert [(one.item, one.later, one.after) for one in back.conflicts] == [(SEC1, "gone", "left out")]


# --- weights -----------------------------------------------------------------------------------------------


def answered(catalog: Catalog) -> Assessment:
    empty = Assessment.start(catalog, subject="XX-500", on="2026-03-01", documents=["lead-basics"])
    return empty.answer(SEC1, "met").answer(SEC2, "not_met")


def test_the_weight_of_an_item_counts_in_the_score() -> None:
    assert score(answered(CATALOG)).value == Fraction(1, 1) / Fraction(3, 2)
    heavy = tailor(CATALOG, changing(SEC2, weight=Fraction(3)))
    assert score(answered(heavy)).value == Fraction(1, 4)


def test_weight_0_is_0_and_not_left_out() -> None:
    made = tailor(CATALOG, changing(SEC2, weight=Fraction(0)))
    assert made[SEC2].weight == 0
    found = score(answered(made))
    assert found.value == 1
    assert found.line(SEC2).weight == 0


def test_an_item_of_weight_0_still_stands_before_the_gate() -> None:
    made = tailor(CATALOG, changing(GOV1, weight=Fraction(0)))
    found = score(answered(made).answer(GOV1, "not_met"))
    assert GOV1 in found.gates[0].deciding


def test_weights_of_obligations_replace_those_of_the_ratings() -> None:
    weights = (ProfileWeight(obligation=Obligation.OPTIONAL, weight=Fraction(0), reason="Not paid for."),)
    made = tailor(CATALOG, profile(weights=weights))
    assert made.ratings.weight(Obligation.OPTIONAL) == 0
    assert made.ratings.weight(Obligation.REQUIRED) == 3
    assert score(answered(made)).value == 1
    (change,) = made.changes
    assert (change.field, change.before, change.after, change.layer) == ("weights.optional", "1/2", "0", "ours")


def test_two_weights_for_one_obligation_are_a_conflict() -> None:
    light = (ProfileWeight(obligation=Obligation.OPTIONAL, weight=Fraction(0), reason="Not paid for."),)
    heavy = (ProfileWeight(obligation=Obligation.OPTIONAL, weight=Fraction(1), reason="Paid for."),)
    made = tailor(CATALOG, profile("a", weights=light), profile("b", weights=heavy))
    assert made.ratings.weight(Obligation.OPTIONAL) == 1
    assert [(one.item, one.field) for one in made.conflicts] == [("", "weights.optional")]


# --- local requirements ------------------------------------------------------------------------------------


def test_local_requirements_form_a_document() -> None:
    made = tailor(CATALOG, profile(add=(requirement(),)))
    assert made.document("local").section("LOCAL")[0].id == "local/LOCAL-01"
    assert len(made) == len(CATALOG) + 1
    (change,) = made["local/LOCAL-01"].changes
    assert (change.field, change.after, change.layer) == ("item", "added", "ours")
    assert Assessment.start(made, subject="A", on="2026-03-01", documents=["local"]).items()


def test_local_requirements_join_a_document_as_its_last_section() -> None:
    made = tailor(CATALOG, profile(add=(requirement("lead-basics/LOCAL-01"),)))
    assert [section.id for section in made.document("lead-basics").sections] == ["GOV", "SEC", "LOCAL"]
    assert made.document("lead-basics").items[-1].id == "lead-basics/LOCAL-01"


def test_local_requirements_may_bring_a_document_back() -> None:
    select = Selection(reason="Only the Lead.", documents=("lead-basics",))
    made = tailor(CATALOG, profile(select=select, add=(requirement(),)))
    assert [document.id for document in made.documents] == ["lead-basics", "local"]


def test_a_later_selection_leaves_local_requirements_and_a_later_exclusion_does_not() -> None:
    ours = profile(add=(requirement(),))
    chosen = tailor(CATALOG, ours, profile("few", select=Selection(reason="Few.", items=(GOV1,))))
    assert list(chosen) == [GOV1, "local/LOCAL-01"]
    gone = profile("gone", exclude=(Exclusion(reason="Ended.", items=("local/LOCAL-01",)),))
    assert "local/LOCAL-01" not in tailor(CATALOG, ours, gone)


def test_a_later_layer_can_change_and_replace_a_local_requirement() -> None:
    ours = profile(add=(requirement(),))
    changed = tailor(CATALOG, ours, changing("local/LOCAL-01", "later", title="New"))
    assert changed["local/LOCAL-01"].title == "New"
    again = profile("again", add=(requirement(title="Other"),))
    replaced = tailor(CATALOG, ours, again)
    assert replaced["local/LOCAL-01"].title == "Other"
    assert [(one.item, one.field) for one in replaced.conflicts] == [("local/LOCAL-01", "item")]


def test_the_sources_of_a_profile_are_in_the_register() -> None:
    contract = evolve(CATALOG.source("law"), id="contract", citation="Contract 7")
    cited = (Citation(source="contract", at="article 4"),)
    item = requirement(obligation=Obligation.REQUIRED, citations=cited)
    made = tailor(CATALOG, profile(sources=(contract,), add=(item,)))
    assert made.source("contract").citation == "Contract 7"
    assert made.binding(made["local/LOCAL-01"])


def test_the_benchmark_set_of_the_latest_profile_that_names_one() -> None:
    assert CATALOG.benchmarks == "default"
    made = evolve(CATALOG, profiles=(profile("a", benchmarks="county"), profile("b")))
    assert made.benchmarks == "county"


# --- what is refused ---------------------------------------------------------------------------------------

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"override": (Override(item="lead-basics/GOV-1", reason="x", title="y"),)}, "did you mean lead-basics/GOV-01?"),
    ({"override": (Override(item=GOV1, reason=" ", obligation=Obligation.EXPECTED),)}, "that needs a reason"),
    ({"override": (Override(item=GOV1, weight=Fraction(0)),)}, "gives it weight 0"),
    ({"override": (Override(item=GOV1, na=NotApplicableRule(allowed=True, when="Never.")),)}, "allows not_applicable"),
    ({"override": (Override(item=GOV2, evidence=(EvidenceChange(id="plan", demanded=False),)),)}, "no longer demands"),
    ({"override": (Override(item=SEC1, title="x"),)}, "gives no reason"),
    ({"override": (Override(item=GOV1, reason="Because."),)}, "overrides nothing"),
    ({"override": (Override(item=SEC1, reason="x", target=2),)}, "it has no levels"),
    ({"override": (Override(item=SEC1, reason="x", weight=Fraction(-1)),)}, "is below 0"),
    ({"override": (Override(item=SEC1, reason="x", roles=()),)}, "somebody has to act"),
    ({"override": (Override(item=SEC1, reason="x", obligation=Obligation.REQUIRED),)}, "none of its sources"),
    ({"override": (Override(item=SEC1, reason="x", citations=(Citation(source="laww"),)),)}, "did you mean law?"),
    ({"override": (Override(item=SEC1, reason="x", evidence=(EvidenceChange(id="z"),)),)}, "asks for no evidence 'z'"),
    ({"exclude": (Exclusion(items=(GOV1,)),)}, "leaves out lead-basics/GOV-01, which is required"),
    ({"exclude": (Exclusion(items=(SEC1,)),)}, "gives no reason"),
    ({"exclude": (Exclusion(reason="x"),)}, "excludes nothing"),
    ({"exclude": (Exclusion(reason="x", tags=("taged",)),)}, "there is no tag 'taged' (did you mean tagged?)"),
    ({"select": Selection(documents=("vendor-basics",))}, "GOV-01 and 1 more, which is required"),
    ({"select": Selection(reason="x", sections=("lead-basics/GOVV",))}, "did you mean lead-basics/GOV?"),
    ({"select": Selection(reason="x", tags=("tagged",), roles=(Role.FUNDER,))}, "leaves no item"),
    ({"weights": (ProfileWeight(obligation=Obligation.REQUIRED, weight=Fraction(0)),)}, "everything required weight 0"),
    ({"add": (requirement("local/RULE-01"),)}, "begins with LOCAL-"),
    ({"add": (requirement("locl/LOCAL-01"),)}, "there is no document 'locl' (did you mean local?)"),
    ({"add": (requirement(citations=()),)}, "a local requirement cites what it rests on"),
    ({"add": (requirement(citations=(Citation(source="contract"),)),)}, "there is no source 'contract'"),
    ({"add": (requirement(obligation=Obligation.REQUIRED),)}, "none of its sources is in effect"),
    ({"add": (requirement(), requirement())}, "stands there twice"),
    ({"benchmarks": "default"}, "there is no benchmark set 'default'"),
    ({"based_on": "2020.1"}, "is written for edition 2020.1, the catalog is 2026.1"),
]


@pytest.mark.parametrize(("parts", "told"), REFUSED, ids=[told[:30] for _, told in REFUSED])
def test_what_cannot_be_carried_out_is_refused(parts: dict[str, Any], told: str) -> None:
    with pytest.raises(ProfileError) as error:
        tailor(CATALOG, profile(**parts))
    assert told in str(error.value)
    assert str(error.value).startswith("ours: ")


def test_layers_that_leave_nothing_together_are_refused() -> None:
    first = profile("first", select=Selection(reason="x", documents=("lead-basics",)))
    with pytest.raises(ProfileError, match="second: leaves no item after first"):
        tailor(CATALOG, first, profile("second", select=Selection(reason="x", documents=("vendor-basics",))))


def test_a_profile_does_not_contradict_itself_because_of_another() -> None:
    milder = changing(GOV1, "milder", obligation=Obligation.EXPECTED)
    select = Selection(reason="x", obligations=(Obligation.REQUIRED,))
    second = profile("second", select=select, override=(Override(item=GOV1, reason="x", title="New"),))
    made = tailor(CATALOG, milder, second)
    assert GOV1 not in made
    assert [(one.item, one.later, one.after) for one in made.conflicts] == [(GOV1, "second", "left out")]


def test_two_profiles_of_one_id_are_refused() -> None:
    with pytest.raises(ProfileError, match="a different profile of this id was applied already"):
        tailor(CATALOG, changing(SEC1, title="A"), changing(SEC1, title="B"))


# --- twice is once -----------------------------------------------------------------------------------------


def words(*of: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.sampled_from([(), *((one,) for one in of), of[:2], of[-2:]])


SELECTIONS = st.builds(
    Selection,
    reason=st.just("Chosen."),
    documents=words("lead-basics", "vendor-basics"),
    sections=words("lead-basics/GOV", "vendor-basics/CON"),
    items=words(*ALL),
    obligations=words(*Obligation),
    roles=words(Role.VENDOR, Role.HMIS_LEAD),
)
EXCLUSIONS = st.builds(
    Exclusion, reason=st.just("Left out."), items=words(*ALL).filter(bool), tags=st.sampled_from([(), ("tagged",)])
)
FIELDS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"title": st.sampled_from(["A", "B"])},
    optional={
        "obligation": st.sampled_from([Obligation.EXPECTED, Obligation.OPTIONAL]),
        "weight": st.fractions(min_value=0, max_value=3, max_denominator=4),
        "roles": st.sampled_from([(Role.VENDOR,), (Role.COC, Role.FUNDER)]),
        "evidence": st.just((EvidenceChange(id="new", kind=EvidenceKind.LOG, text="A log"),)),
        "citations": st.just((Citation(source="law", at="(z)"),)),
    },
)
OVERRIDDEN = st.dictionaries(st.sampled_from(ALL), FIELDS, max_size=3).map(
    lambda chosen: tuple(Override(item=item, reason="Changed.", **fields) for item, fields in chosen.items())
)
WEIGHTS = st.dictionaries(st.sampled_from(list(Obligation)), st.integers(0, 4), max_size=2).map(
    lambda chosen: tuple(ProfileWeight(obligation=o, weight=Fraction(w), reason="Set.") for o, w in chosen.items())
)


def profiles(name: str) -> st.SearchStrategy[Profile]:
    made = st.builds(
        Profile,
        id=st.just(name),
        title=st.just("Made up"),
        text=st.just("For tests."),
        select=st.one_of(st.just(Selection()), SELECTIONS),
        exclude=st.one_of(st.just(()), EXCLUSIONS.map(lambda one: (one,))),
        override=OVERRIDDEN,
        weights=WEIGHTS,
        add=st.sampled_from([(), (requirement(),), (requirement("lead-basics/LOCAL-02"),)]),
    )
    return made.map(sensible).filter(carried_out)


def sensible(one: Profile) -> Profile:
    """Without overrides of what it leaves out."""
    bare = evolve(one, override=(), add=())
    left = set(tailor(CATALOG, bare)) if carried_out(bare) else set()
    return evolve(one, override=tuple(change for change in one.override if change.item in left))


def carried_out(one: Profile, catalog: Catalog = CATALOG) -> bool:
    try:
        tailor(catalog, one)
    except ProfileError:
        return False
    return True


TRIES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


@TRIES
@given(profiles("a"))
def test_twice_is_once(one: Profile) -> None:
    once = tailor(CATALOG, one)
    assert everything(tailor(once, one)) == everything(once)
    assert everything(tailor(CATALOG, one, one)) == everything(once)


@TRIES
@given(profiles("a"), profiles("b"))
def test_one_after_the_other_is_both_at_once_and_nothing_is_lost(one: Profile, other: Profile) -> None:
    assume(carried_out(other, tailor(CATALOG, one)))
    both = tailor(CATALOG, one, other)
    assert everything(both) == everything(tailor(tailor(CATALOG, one), other))
    assert everything(tailor(both, one)) == everything(both)
    assert both.layers == ("a", "b")
    assert set(both) | {left.id for left in both.excluded} >= set(ALL)
    for item in both.values():
        assert set(item.requires) <= set(both)
        last = {change.field: change.after for change in item.changes}
        assert item.title == last.get("title", item.title)
        assert all(change.reason for change in item.changes)


def test_the_catalog_is_the_same_kind_of_thing_and_the_first_one_is_untouched() -> None:
    before = everything(CATALOG)
    made = tailor(CATALOG, changing(SEC1, title="New"))
    assert isinstance(made, Catalog)
    assert everything(CATALOG) == before
    assert made.base is CATALOG
    assert pickle.loads(pickle.dumps(made))[SEC1] == made[SEC1]


# --- the assessment ----------------------------------------------------------------------------------------


def test_an_assessment_remembers_the_layers() -> None:
    made = tailor(CATALOG, changing(SEC1, "a", title="A"), changing(SEC2, "b", title="B"))
    assert answered(made).profile == "a; b"
    assert answered(CATALOG).profile is None
