"""Staffing: five cases worked by hand, what is pointed out about posts, scenarios, how the need grows with the load."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from hmis_standards.errors import UnknownParameter
from hmis_standards.model import ParameterSet
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import (
    ParameterChange,
    Post,
    RoleShare,
    Scenario,
    Staffing,
    Workload,
    change_of_software,
    growth,
    scenarios,
    staffing,
)
from hmis_standards.vocabulary import FigureOrigin, StaffRole
from tests.toolkit.origins import assert_traceable

SHIPPED = load_parameters("staffing")


def load(users: int, organizations: int, projects: int, cocs: int = 1, **more: Any) -> Workload:
    return Workload(users=users, organizations=organizations, projects=projects, cocs=cocs, **more)


MEDIUM = load(250, 45, 140)


def post(person: str, *roles: tuple[str, str], fte: str = "1", **more: Any) -> Post:
    shares = tuple(RoleShare(role=StaffRole(role), share=Fraction(share)) for role, share in roles)
    return Post(person=person, fte=Fraction(fte), roles=shares, **more)


# --- worked by hand ----------------------------------------------------------------------------------------


def test_a_small_system_by_hand() -> None:
    """60 users, 15 organizations, 40 projects, one CoC.

    help desk          12 * 60 * 0.5 tickets of 30 minutes                            180
    training           60 * 0.30 = 18 new users, ceil(18 / 8) = 3 classes of 6 h       18
                       18 * 0.75 + 60 * 0.1 + 38 * 6 = 13.5 + 6 + 228                 247.5
    administration     600 + 40 * 3 + 40 * 0.15 * 6 + 60 * 0.4 + 100
                       = 600 + 120 + 36 + 24 + 100                                    880
    data quality       40 * 4 * 0.75 + 15 * 2 = 120 + 30                              150
    analysis           444 + 40 * 0.5 * 3 + 120 + 48 * 4 = 444 + 60 + 120 + 192       816
    security           60 + 15 * 3                                                    105
                       so far                                                        2396.5
    management         max(0.25 * 1768, 0.10 * 2396.5) = 442; + 96 + 24 + 80          642
                       all                                                           3038.5
    """
    found = staffing(load(60, 15, 40), SHIPPED)
    hours = {one.role.value: one.hours.value for one in found.roles}
    assert hours == {
        "help_desk": 180,
        "training": Fraction("265.5"),
        "system_administration": 880,
        "data_quality": 150,
        "analysis": 816,
        "security": 105,
        "project_management": 642,
    }
    assert found.hours.value == Fraction("3038.5")
    assert found.fte.value == Fraction("3038.5") / 1768


@pytest.mark.parametrize(
    ("workload", "hours", "fte", "users_per_fte"),
    [
        (load(60, 15, 40), "3038.5", "1.72", "34.91"),
        # 750 + (10 * 6 + 75 * .75 + 25 + 228 = 369.25) + (600 + 420 + 126 + 100 + 100 = 1346) + (420 + 90 = 510)
        # + (444 + 210 + 120 + 192 = 966) + (60 + 135 = 195) = 4136.25; management 442 + 200
        (MEDIUM, "4778.25", "2.7", "92.5"),
        # 2700 + (34 * 6 + 202.5 + 90 + 228 = 724.5) + (600 + 1260 + 378 + 360 + 100 = 2698) + (1260 + 260 = 1520)
        # + (444 + 630 + 120 + 192 = 1386) + (60 + 390 = 450) = 9478.5; management 947.85 + 200
        (load(900, 130, 420), "10626.35", "6.01", "149.74"),
        # 5400 + (68 * 6 + 405 + 180 + 228 = 1221) + (600 + 2400 + 720 + 720 + 100 = 4540) + (2400 + 520 = 2920)
        # + (1776 + 1200 + 120 + 192 = 3288) + (60 + 780 = 840) = 18209; management 1820.9 + 96 + 96 + 80
        (load(1800, 260, 800, 4), "20301.9", "11.48", "156.75"),
        # as the medium one, with 12 * 250 * 1.9 = 5700 tickets, 2850 hours: 6236.25; management 623.625 + 200
        (load(250, 45, 140, months_of_change=12), "7059.875", "3.99", "62.61"),
    ],
    ids=["small", "medium", "large", "four CoCs", "medium during a change of software"],
)
def test_five_cases(workload: Workload, hours: str, fte: str, users_per_fte: str) -> None:
    found = staffing(workload, SHIPPED)
    assert found.hours.value == Fraction(hours)
    assert found.fte.text == f"{fte} FTE"
    assert found.users_per_fte.text == f"{users_per_fte} users per FTE"


def test_what_was_counted_goes_before_a_rate() -> None:
    """1,740 tickets of half an hour; 96 new users, 5 added: ceil(101 / 8) = 13 classes; 10 + 2 projects; 70 reports."""
    counts = {"tickets": 1740, "new_users": 96, "added_users": 5, "new_projects": 10, "added_projects": 2}
    found = staffing(load(250, 45, 140, reports=30, requests=100, **counts), SHIPPED)
    assert found.role("help_desk").hours.value == 870
    assert found.role("training").hours.value == 13 * 6 + Fraction("0.75") * 101 + 25 + 228
    assert found.role("system_administration").hours.value == 600 + 420 + 12 * 6 + 100 + 100
    assert found.role("analysis").hours.value == 444 + 90 + 120 + 400
    assert {one.name: one.text for one in found.desk} == {
        "tickets": "1,740 tickets",
        "tickets_per_month": "145 tickets",
    }


def test_a_change_of_software_replaces_the_tickets_of_its_months() -> None:
    """Six months at 1740 / 12 = 145, six at 250 * 1.9 = 475."""
    counted = staffing(load(250, 45, 140, tickets=1740, months_of_change=6), SHIPPED)
    assert counted.desk[0].value == 6 * 145 + 6 * 475
    by_rate = staffing(load(250, 45, 140, months_of_change=6), SHIPPED)
    assert by_rate.desk[0].value == 6 * 125 + 6 * 475


def test_a_larger_post_year_needs_fewer_people() -> None:
    longer = staffing(MEDIUM, SHIPPED.changed({"productive_hours": "1800", "management_floor": 0}))
    assert longer.fte.value is not None
    assert longer.fte.value < (staffing(MEDIUM, SHIPPED).fte.value or 0)


def test_a_system_without_users_has_no_users_per_fte_to_speak_of() -> None:
    found = staffing(load(0, 0, 0), SHIPPED)
    assert found.users_per_fte.value == 0
    assert found.fte.value is not None
    assert found.fte.value > 0


def test_a_set_without_a_parameter_is_told() -> None:
    with pytest.raises(ValueError, match="names turnover, which is not given"):
        staffing(MEDIUM, ParameterSet(id="staffing", title="Staffing", text="Empty."))


@pytest.mark.parametrize("wrong", [{"users": -1}, {"months_of_change": 13}, {"tickets": -5}])
def test_a_workload_below_nothing_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Workload(**{"users": 1, "organizations": 1, "projects": 1, **wrong})


# --- posts -------------------------------------------------------------------------------------------------

WHOLE = (
    post("Post 1", ("project_management", "0.4"), ("analysis", "0.5"), ("security", "0.1"), accountable=True),
    post("Post 2", ("system_administration", "0.75"), ("data_quality", "0.25")),
    post("Post 3", ("help_desk", "0.5"), ("training", "0.5"), backup_for=(StaffRole.SYSTEM_ADMINISTRATION,)),
)


def flags(*posts: Post) -> list[tuple[str, str]]:
    return [(one.id, one.about) for one in staffing(MEDIUM, SHIPPED, posts).flags]


def test_posts_that_carry_the_work_raise_no_flag() -> None:
    assert flags(*WHOLE) == []


def test_gaps_by_hand() -> None:
    """Help desk 750 / 1768 FTE less a half; in all 4778.25 / 1768 less 3."""
    found = staffing(MEDIUM, SHIPPED, WHOLE)
    desk = found.role("help_desk")
    assert _value(desk.filled) == Fraction(1, 2)
    assert _value(desk.gap) == Fraction(750, 1768) - Fraction(1, 2)
    assert desk.held_by == ("Post 3",)
    assert _value(found.filled) == 3
    assert _value(found.gap) == Fraction("4778.25") / 1768 - 3
    assert found.desk[-1].value == 125 / Fraction(1, 2)


def test_a_share_is_of_the_post() -> None:
    half = post("Post 9", ("training", "0.5"), fte="0.5")
    need = staffing(MEDIUM, SHIPPED, (half,)).role("training")
    assert need.filled is not None
    assert need.filled.value == Fraction(1, 4)


def test_without_posts_nothing_is_said_about_them() -> None:
    found = staffing(MEDIUM, SHIPPED)
    assert (found.filled, found.gap, list(found.flags)) == (None, None, [])
    assert all(one.gap is None for one in found.roles)


def test_a_role_that_nobody_holds() -> None:
    assert flags(*WHOLE[:2]) == [
        ("role-unfilled", "help_desk"),
        ("role-unfilled", "training"),
        ("no-backup", "system_administration"),
    ]


def test_a_share_of_nothing_holds_no_role() -> None:
    none = post("Post 3", ("help_desk", "0"), ("training", "0.5"), backup_for=(StaffRole.SYSTEM_ADMINISTRATION,))
    assert flags(*WHOLE[:2], none) == [("role-unfilled", "help_desk")]


def test_a_gap_counts_above_the_parameter_and_not_at_it() -> None:
    """Analysis needs 966 / 1768 FTE; 0.25 of it open is within the guesses, one hour more is not."""
    at = Fraction(966, 1768) - Fraction(1, 4)
    base = post("Post 1", ("project_management", "0.4"), ("security", "0.1"), accountable=True)
    others = (base, *WHOLE[1:])
    exactly = post("Post 4", ("analysis", str(at)))
    below = post("Post 4", ("analysis", str(at - Fraction(1, 1768))))
    assert flags(*others, exactly) == []
    assert flags(*others, below) == [("role-short", "analysis")]
    wider = staffing(MEDIUM, SHIPPED.changed({"gap_that_matters": "0.30"}), (*others, below))
    assert list(wider.flags) == []


def test_a_rule_the_user_set_is_the_users() -> None:
    found = staffing(MEDIUM, SHIPPED.changed({"gap_that_matters": "0"}), WHOLE).flags
    assert {one.origin for one in found if one.id == "role-short"} == {FigureOrigin.GIVEN}


def test_a_person_over_full_time_in_two_posts() -> None:
    second = post("Post 2", ("data_quality", "1"), fte="0.2")
    assert flags(*WHOLE, second) == [("person-over-full-time", "Post 2")]
    assert flags(*WHOLE, post("Post 5", ("data_quality", "1"), fte="0.2")) == []


def test_exactly_full_time_is_not_too_much() -> None:
    assert ("person-over-full-time", "Post 1") not in flags(*WHOLE)


def test_roles_over_the_post_of_a_part_time_person() -> None:
    """1.2 times a half-time post is 0.6 FTE: less than full time, more than is paid."""
    assert flags(*WHOLE, post("Post 5", ("help_desk", "1.2"), fte="0.5")) == [("roles-over-post", "Post 5")]
    assert flags(*WHOLE, post("Post 5", ("help_desk", "1.2"))) == [("person-over-full-time", "Post 5")]


def test_a_second_holder_stands_in() -> None:
    without = (*WHOLE[:2], post("Post 3", ("help_desk", "0.5"), ("training", "0.5")))
    assert flags(*without) == [("no-backup", "system_administration")]
    assert flags(*without, post("Post 4", ("system_administration", "0.1"))) == []


def test_nobody_is_the_backup_of_their_own_role() -> None:
    alone = post("Post 2", ("system_administration", "0.75"), ("data_quality", "0.25"))
    named = post("Post 2", fte="0", backup_for=(StaffRole.SYSTEM_ADMINISTRATION,))
    third = post("Post 3", ("help_desk", "0.5"), ("training", "0.5"))
    assert flags(WHOLE[0], alone, third, named) == [("no-backup", "system_administration")]


@pytest.mark.parametrize("accountable", [(), ("Post 1", "Post 2")])
def test_not_exactly_one_accountable(accountable: tuple[str, ...]) -> None:
    posts = [Post(**{**_fields(one), "accountable": one.person in accountable}) for one in WHOLE]
    assert flags(*posts) == [("not-one-accountable", ", ".join(accountable))]


def _fields(one: Post) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("person", "fte", "roles", "backup_for", "vacant")}


def test_of_a_vacant_post_nothing_counts() -> None:
    empty = Post(**{**_fields(WHOLE[2]), "vacant": True})
    assert flags(*WHOLE[:2], empty) == flags(*WHOLE[:2])


# --- scenarios ---------------------------------------------------------------------------------------------


def test_scenarios_beside_today_by_hand() -> None:
    """Ten percent more: 275 users, 25 of them to be trained; ceil(49.5), that is 50, organizations; 154 projects."""
    own = Scenario(name="slower desk", parameters=(ParameterChange(name="minutes_per_ticket", value=Fraction(60)),))
    found = scenarios(MEDIUM, SHIPPED, [change_of_software(12), growth("0.10"), own])
    change, more, slower = found.others
    assert change.staffing.fte == staffing(load(250, 45, 140, months_of_change=12), SHIPPED).fte
    assert change.difference.value == (Fraction("7059.875") - Fraction("4778.25")) / 1768
    grown = load(275, 50, 154, added_users=25, added_projects=14)
    assert more.staffing.workload == grown
    assert more.staffing.fte == staffing(grown, SHIPPED).fte
    # 750 hours more of help desk; management stays at its floor, 442, until others reach 4420: 4886.25 make 488.625
    assert slower.difference.value == (750 + Fraction("488.625") - 442) / 1768
    assert [row["scenario"] for row in found.rows()] == [
        "today",
        "12 months around a change of software",
        "growth by 10 %",
        "slower desk",
    ]
    assert found.rows()[1]["difference"] == "1.29"


def test_what_was_counted_grows_too() -> None:
    counted = load(100, 10, 20, tickets=101, reports=7, new_users=30)
    (found,) = scenarios(counted, SHIPPED, [growth("0.10")]).others
    assert found.staffing.workload == load(
        110, 11, 22, tickets=112, reports=8, new_users=30, added_users=10, added_projects=2
    )


def test_the_differences_by_role_add_up() -> None:
    (found,) = scenarios(MEDIUM, SHIPPED, [growth("0.25")], WHOLE).others
    assert sum(one.value or 0 for one in found.by_role) == found.difference.value


def test_a_scenario_has_a_name_of_its_own() -> None:
    with pytest.raises(ValueError, match="name of its own"):
        scenarios(MEDIUM, SHIPPED, [growth("0.1"), growth("0.1")])


def test_a_scenario_with_a_parameter_that_is_not_there() -> None:
    wrong = Scenario(name="x", parameters=(ParameterChange(name="turnovr", value=Fraction(1)),))
    with pytest.raises(UnknownParameter, match="did you mean turnover"):
        scenarios(MEDIUM, SHIPPED, [wrong])


# --- what holds for every workload -------------------------------------------------------------------------

COUNTS = st.integers(0, 5000)
WORKLOADS = st.builds(
    Workload,
    users=COUNTS,
    organizations=st.integers(0, 500),
    projects=st.integers(0, 1500),
    cocs=st.integers(0, 9),
    tickets=st.none() | COUNTS,
    new_users=st.none() | st.integers(0, 900),
    reports=st.none() | st.integers(0, 500),
    requests=st.none() | st.integers(0, 500),
    months_of_change=st.integers(0, 12),
)
LOADS = ("users", "organizations", "projects", "cocs", "added_users", "added_projects")


@for_all(WORKLOADS, st.sampled_from(LOADS), st.integers(1, 300))
def test_more_load_never_needs_fewer_people(workload: Workload, name: str, more: int) -> None:
    raised = Workload(**{**workload.to_dict(), name: getattr(workload, name) + more})
    before, after = staffing(workload, SHIPPED), staffing(raised, SHIPPED)
    for one, other in zip(before.roles, after.roles, strict=True):
        assert _value(other.hours) >= _value(one.hours), one.role
    assert _value(after.fte) > _value(before.fte)


@for_all(WORKLOADS)
def test_roles_add_up_to_the_total(workload: Workload) -> None:
    found = staffing(workload, SHIPPED, WHOLE)
    assert sum(_value(one.hours) for one in found.roles) == found.hours.value
    assert _value(found.fte) * 1768 == found.hours.value
    assert sum(_value(one.gap) for one in found.roles) == _value(found.gap)


def _value(figure: Any) -> Fraction:
    assert figure is not None
    assert figure.value is not None
    value: Fraction = figure.value
    return value


# --- telling -----------------------------------------------------------------------------------------------


@pytest.fixture
def found() -> Staffing:
    return staffing(MEDIUM, SHIPPED, WHOLE[:2])


def test_every_number_says_where_it_comes_from(found: Staffing) -> None:
    assert_traceable(found)
    assert_traceable(scenarios(MEDIUM, SHIPPED, [growth("0.1")]))


def test_what_people_read(found: Staffing) -> None:
    assert found.text().splitlines()[0] == "All roles: 2.7 FTE; 92.5 users per FTE"
    assert "- Nobody holds training, for which the model asks 0.21 FTE." in found.text()
    assert "HUD publishes no ratio" in found.text()
    assert "help_desk_hours = 750 hours" in found.explain()
    assert "<td>Post 2</td>" in found._repr_html_()
    assert repr(found).startswith(
        "Staffing(hours=4,778.25 hours, fte=2.7 FTE, users_per_fte=92.5 users per FTE, filled=2 FTE"
    )


def test_a_label_is_no_markup() -> None:
    shown = staffing(MEDIUM, SHIPPED, [post("<b>", ("training", "2"))])._repr_html_()
    assert "<b>" not in shown


def test_rows_and_plain_values(found: Staffing) -> None:
    assert found.rows()[0] == {
        "role": "help_desk",
        "hours": "750.00",
        "fte": "0.42",
        "filled": "0.00",
        "gap": "0.42",
        "held_by": "",
    }
    plain = found.to_dict()
    assert plain["fte"]["value"] == str(Fraction("4778.25") / 1768)
    assert [one["id"] for one in plain["flags"]] == [one.id for one in found.flags]
    assert plain["workload"]["users"] == 250
