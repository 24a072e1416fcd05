"""What a role has to learn, and in which order."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.errors import PrerequisiteCycle, UnknownLearner
from hmis_standards.model import Catalog, Item
from hmis_standards.store import load_catalog
from hmis_standards.toolkit import curriculum
from hmis_standards.toolkit.topics import learner_words, topics_of
from tests.toolkit.origins import assert_traceable

CATALOG = load_catalog()
WORDS = learner_words(CATALOG)
roles = st.lists(st.sampled_from(WORDS["roles"]), max_size=4)
types = st.lists(st.sampled_from(WORDS["project_types"]), max_size=4)


def short(topics: tuple[str, ...]) -> list[str]:
    return [one.partition("/")[2] for one in topics]


def test_an_outreach_worker() -> None:
    # For new users: T01 to T06, T08 to T17; for outreach T20; afterwards T07, T25, and T38 on what changed.
    # T18, T19, T21 to T24 are for others. T38 comes after T15, so it cannot stand where the catalog has it.
    found = curriculum(CATALOG, ["end_user"], ["outreach"])
    before = [f"T{n:02}" for n in (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20)]
    assert short(found.topics) == [*before, "T38", "T07", "T25"]


def test_an_agency_administrator_who_enters_no_data() -> None:
    # Everybody: T03, T04, T05. The role: T26, T30, T31 to T34 and T38. Prerequisites: T01; T25 for T26 and T30, T15 for
    # T25, T11 for T15, T10, T09, T08.
    found = curriculum(CATALOG, ["agency_administrator"])
    asked = {one.topic.id.partition("/")[2] for one in found.steps if one.asked}
    assert asked == {"T03", "T04", "T05", "T26", "T30", "T31", "T32", "T33", "T34", "T38"}
    assert set(short(found.topics)) - asked == {"T01", "T08", "T09", "T10", "T11", "T15", "T25"}


def test_a_project_type_asks_nothing_of_somebody_who_only_runs_reports() -> None:
    assert curriculum(CATALOG, ["report_user"], ["outreach"]).topics == curriculum(CATALOG, ["report_user"]).topics


def test_the_length_is_that_of_its_topics() -> None:
    # T01 20, T03 45, T04 30, T05 15: what everybody needs who has no role that asks for more.
    found = curriculum(CATALOG, ["security_officer"])
    assert short(found.topics) == ["T01", "T03", "T04", "T05", "T32"]
    assert [found.minutes.value, found.minutes_before_access.value] == [200, 110]
    assert "minutes_T32 = 90 minutes" in found.explain()
    assert_traceable((found.minutes, found.minutes_before_access))


def test_rows_say_why_a_topic_is_there() -> None:
    rows = {row["topic"].partition("/")[2]: row for row in curriculum(CATALOG, ["security_officer"]).rows()}
    assert rows["T01"]["because"] == "before T03, T04"
    assert (rows["T03"]["because"], rows["T03"]["after"], rows["T03"]["pass_mark"]) == (
        "role or project type",
        "T01",
        "100 %",
    )


@given(roles, types)
def test_a_curriculum_is_closed_and_in_order(who: list[str], where: list[str]) -> None:
    found = curriculum(CATALOG, who, where)
    seen: set[str] = set()
    for step in found.steps:
        assert set(step.topic.requires) <= seen
        assert step.asked or step.before
        seen.add(step.topic.id)
    assert len(seen) == len(found.steps)


@given(roles, types, roles, types)
def test_more_roles_never_need_less(a: list[str], b: list[str], c: list[str], d: list[str]) -> None:
    assert set(curriculum(CATALOG, a, b).topics) <= set(curriculum(CATALOG, a + c, b + d).topics)


@pytest.mark.parametrize(("who", "where"), [(["end_usr"], []), (["new"], []), (["end_user"], ["outreech"])])
def test_a_word_no_topic_knows(who: list[str], where: list[str]) -> None:
    with pytest.raises(UnknownLearner, match="there is no role or project type"):
        curriculum(CATALOG, who, where)


def with_topics(*added: Item, **requires: tuple[str, ...]) -> Catalog:
    """The catalog with more topics, and other requirements of its own."""
    document = CATALOG.document("end-user-training")
    items = [evolve(one, requires=requires.get(one.id.partition("/")[2], one.requires)) for one in document.items]
    changed = evolve(document, items=(*items, *added))
    return evolve(CATALOG, documents=[changed])


def test_topics_of_ones_own_that_require_one_another_are_refused_by_name() -> None:
    one = evolve(CATALOG["end-user-training/T01"], id="end-user-training/LOCAL-A-1")
    first = evolve(one, requires=("end-user-training/LOCAL-A-2",))
    second = evolve(one, id="end-user-training/LOCAL-A-2", requires=("end-user-training/LOCAL-A-1",))
    with pytest.raises(PrerequisiteCycle) as caught:
        curriculum(with_topics(first, second), ["end_user"])
    ways = {("LOCAL-A-1", "LOCAL-A-2", "LOCAL-A-1"), ("LOCAL-A-2", "LOCAL-A-1", "LOCAL-A-2")}
    assert tuple(name.partition("/")[2] for name in caught.value.cycle.split(" -> ")) in ways
    assert str(caught.value).startswith("these topics require one another: ")


def test_a_long_way_round_is_named_without_those_who_only_wait_for_it() -> None:
    cyclic = with_topics(T03=("end-user-training/T05",))  # T05 requires T03; T08 and all after it wait
    with pytest.raises(PrerequisiteCycle) as caught:
        curriculum(cyclic, ["end_user"])
    names = {name.partition("/")[2] for name in caught.value.cycle.split(" -> ")}
    assert names == {"T03", "T05"}


def test_a_topic_of_ones_own_has_its_place() -> None:
    own = evolve(
        CATALOG["end-user-training/T19"],
        id="end-user-training/LOCAL-Y-1",
        audience=("youth_worker",),
        requires=("end-user-training/T09",),
    )
    catalog = with_topics(own)
    assert "youth_worker" in learner_words(catalog)["roles"]
    found = short(curriculum(catalog, ["youth_worker"]).topics)
    assert found == ["T01", "T03", "T04", "T05", "T08", "T09", "LOCAL-Y-1"]


def test_every_word_of_an_audience_can_be_said_or_is_a_stage() -> None:
    said = {word for item in topics_of(CATALOG).values() for word in item.audience}
    assert said - {"new", "all"} <= {*WORDS["roles"], *WORDS["project_types"]}
    assert not set(WORDS["roles"]) & set(WORDS["project_types"])
