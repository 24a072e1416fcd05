"""Hours of a year by role. The formulas are this project's; HUD publishes no ratio of staff to users that we found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hmis_standards.model import ParameterSet
from hmis_standards.toolkit.figures import Figure, computed, given, taken, total
from hmis_standards.toolkit.workload import Workload
from hmis_standards.vocabulary import StaffRole

__all__ = ["role_hours"]

FORMULAS: Mapping[StaffRole, str] = {
    StaffRole.HELP_DESK: "tickets * minutes_per_ticket / 60",
    StaffRole.TRAINING: (
        "ceil(new_users / class_size) * hours_per_class + new_users * hours_per_review"
        " + users * hours_per_recertification + topics * hours_per_topic"
    ),
    StaffRole.SYSTEM_ADMINISTRATION: (
        "hours_system_base + projects * hours_per_project + new_projects * hours_per_new_project"
        " + users * hours_per_account + hours_for_standards"
    ),
    StaffRole.DATA_QUALITY: (
        "projects * quality_cycles * hours_per_quality_review + organizations * hours_per_quality_meeting"
    ),
    StaffRole.ANALYSIS: (
        "cocs * hours_federal_reports + reports * hours_per_apr + hours_for_products + requests * hours_per_request"
    ),
    StaffRole.SECURITY: "hours_security_base + organizations * hours_per_security_review",
}
MANAGEMENT = (
    "max(management_floor * productive_hours, management_span * other_hours)"
    " + hours_for_governance + cocs * hours_per_coc + hours_for_vendor"
)


def role_hours(workload: Workload, parameters: ParameterSet) -> dict[StaffRole, Figure]:
    """The hours of a year that each role needs, management last because it depends on the others."""
    inputs = _inputs(workload, parameters)
    found = {role: _hours(role, formula, inputs) for role, formula in FORMULAS.items()}
    other = total("other_hours", "Hours of all other roles", "hours", found.values())
    found[StaffRole.PROJECT_MANAGEMENT] = _hours(StaffRole.PROJECT_MANAGEMENT, MANAGEMENT, [*inputs, other])
    return found


def _hours(role: StaffRole, formula: str, inputs: list[Figure]) -> Figure:
    return computed(f"{role}_hours", f"Hours of {role.label}", formula, "hours", inputs)


def _inputs(workload: Workload, parameters: ParameterSet) -> list[Figure]:
    """Everything the formulas name, each once: what was given goes before the parameter of its name."""
    known = {one.id: taken(parameters.find(one.id)) for one in parameters if not one.of}
    known |= {one.name: one for one in _sizes(workload)}
    known |= {one.name: one for one in _counts(workload)}
    for name, title, formula, unit in _derived(workload):
        known[name] = computed(name, title, formula, unit, known.values())
    return list(known.values())


def _sizes(workload: Workload) -> Iterator[Figure]:
    yield given("users", "Active users", workload.users, "users")
    yield given("organizations", "Participating organizations", workload.organizations, "organizations")
    yield given("projects", "Active projects", workload.projects, "projects")
    yield given("cocs", "CoCs", workload.cocs, "CoCs")
    yield given("added_users", "Users added by growth", workload.added_users, "users")
    yield given("added_projects", "Projects added by growth", workload.added_projects, "projects")
    yield given("months_of_change", "Months around a change of software", workload.months_of_change, "months")


def _counts(workload: Workload) -> Iterator[Figure]:
    """What was counted in a year."""
    counted = (
        ("counted_tickets", "Tickets of an ordinary year, counted", workload.tickets, "tickets"),
        ("counted_new_users", "New users of a year, counted", workload.new_users, "users"),
        ("counted_new_projects", "New projects of a year, counted", workload.new_projects, "projects"),
        ("reports", "Annual performance reports helped with", workload.reports, "reports"),
        ("requests", "Requests for data in a year", workload.requests, "requests"),
    )
    return (given(name, title, value, unit) for name, title, value, unit in counted if value is not None)


def _derived(workload: Workload) -> Iterator[tuple[str, str, str, str]]:
    """What follows from sizes, counts and parameters: name, title, formula, unit."""
    replaced = "users * turnover" if workload.new_users is None else "counted_new_users"
    yield "new_users", "Users to train from the start", f"{replaced} + added_users", "users"
    fresh = "projects * new_projects_share" if workload.new_projects is None else "counted_new_projects"
    yield "new_projects", "Projects to set up", f"{fresh} + added_projects", "projects"
    if workload.reports is None:
        yield "reports", "Annual performance reports helped with", "projects * apr_share", "reports"
    yield "tickets", "Help desk tickets of the year", _tickets(workload), "tickets"


def _tickets(workload: Workload) -> str:
    rate = "users * tickets_per_user" if workload.tickets is None else "counted_tickets / 12"
    if not workload.months_of_change:
        return f"12 * {rate}" if workload.tickets is None else "counted_tickets"
    return f"(12 - months_of_change) * {rate} + months_of_change * users * tickets_in_change"
