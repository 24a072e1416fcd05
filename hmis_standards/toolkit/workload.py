"""What an HMIS Lead's staff has to serve, and the posts it has: what the staffing calculation is given."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from attrs import evolve, field, frozen
from attrs.validators import and_, ge, le, optional

from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import StaffRole

__all__ = ["ParameterChange", "Post", "RoleShare", "Scenario", "StaffingPlan", "Workload", "grown"]

_COUNT = ge(0)
_NOT_LESS = ge(Fraction(0))
_COUNTED = optional(ge(0))


@frozen(kw_only=True)
class Workload(Plain):
    """The size of an HMIS and what a year brings.

    ``tickets``, ``new_users``, ``new_projects``, ``reports`` (annual performance reports helped with) and ``requests``
    (for data) are counts of a year; where one is None, a parameter gives it. ``added_users`` and ``added_projects`` are
    growth, beyond what merely replaces. ``months_of_change`` are months around a change of software.

    Raises ValueError for a count below 0, or more than 12 months.
    """

    users: int = field(validator=_COUNT)
    organizations: int = field(validator=_COUNT)
    projects: int = field(validator=_COUNT)
    cocs: int = field(default=1, validator=_COUNT)
    tickets: int | None = field(default=None, validator=_COUNTED)
    new_users: int | None = field(default=None, validator=_COUNTED)
    added_users: int = field(default=0, validator=_COUNT)
    new_projects: int | None = field(default=None, validator=_COUNTED)
    added_projects: int = field(default=0, validator=_COUNT)
    reports: int | None = field(default=None, validator=_COUNTED)
    requests: int | None = field(default=None, validator=_COUNTED)
    months_of_change: int = field(default=0, validator=and_(ge(0), le(12)))


@frozen(kw_only=True)
class RoleShare(Plain):
    """A role of a post, and the share of the post's time that goes to it: 1/2 of a half-time post is 0.25 FTE."""

    role: StaffRole
    share: Fraction = field(validator=_NOT_LESS)


@frozen(kw_only=True)
class Post(Plain):
    """A post, under a label such as ``Post 1`` and not a name. One person may stand in several.

    ``fte`` is what is paid for. ``backup_for`` are roles the person was trained to take over. Of a ``vacant`` post
    nothing counts.
    """

    person: str
    fte: Fraction = field(validator=_NOT_LESS)
    roles: tuple[RoleShare, ...] = ()
    backup_for: tuple[StaffRole, ...] = ()
    accountable: bool = False
    vacant: bool = False


@frozen(kw_only=True)
class ParameterChange(Plain):
    """A parameter, by name, and what it is in a scenario."""

    name: str
    value: Fraction


@frozen(kw_only=True)
class Scenario(Plain):
    """What may come: another workload, growth by a share, months around a change of software, other parameters."""

    name: str
    workload: Workload | None = None
    growth: Fraction = field(default=Fraction(0), validator=_NOT_LESS)
    months_of_change: int = field(default=0, validator=and_(ge(0), le(12)))
    parameters: tuple[ParameterChange, ...] = ()

    def applied(self, workload: Workload) -> Workload:
        """The workload of the scenario, where that of today is ``workload``."""
        changed = grown(self.workload or workload, self.growth)
        return evolve(changed, months_of_change=self.months_of_change or changed.months_of_change)


@frozen(kw_only=True)
class StaffingPlan(Plain):
    """What a staffing file holds: whose it is, the workload, the posts, and scenarios to look at."""

    subject: str
    workload: Workload
    posts: tuple[Post, ...] = ()
    scenarios: tuple[Scenario, ...] = ()


def grown(workload: Workload, share: Fraction) -> Workload:
    """The workload with users, organizations, projects, tickets and reports up by a share, each rounded up.

    The users that are added are trained as new ones, the projects that are added are set up.
    """
    users, projects = _up(workload.users, share), _up(workload.projects, share)
    return evolve(
        workload,
        users=users,
        organizations=_up(workload.organizations, share),
        projects=projects,
        tickets=None if workload.tickets is None else _up(workload.tickets, share),
        reports=None if workload.reports is None else _up(workload.reports, share),
        added_users=workload.added_users + users - workload.users,
        added_projects=workload.added_projects + projects - workload.projects,
    )


def _up(count: int, share: Fraction) -> int:
    return ceil(count * (1 + share))
