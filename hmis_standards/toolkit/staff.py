"""Staffing: how many people the work of an HMIS Lead takes, role by role, beside the posts that are filled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from attrs import field, frozen

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain, Tabular, html_table
from hmis_standards.toolkit.figures import Figure, Figures, brief, computed, given, number_text, taken, total
from hmis_standards.toolkit.flags import Flags
from hmis_standards.toolkit.staff_findings import staff_flags
from hmis_standards.toolkit.staff_hours import role_hours
from hmis_standards.toolkit.staff_posts import filled, holders
from hmis_standards.toolkit.workload import Post, Workload
from hmis_standards.vocabulary import StaffRole

__all__ = ["NOTE", "RoleNeed", "Staffing", "staffing"]

NOTE = (
    "HUD publishes no ratio of staff to users that we could find. Formulas and most numbers are conventions of this "
    "project: put your own counts in their place."
)


@frozen(kw_only=True)
class RoleNeed(Plain):
    """What one role takes: ``hours`` of a year and ``fte``, and, where posts were given, what is ``filled`` and the
    ``gap`` (need less filled; below 0 where there is more than the need), in FTE."""

    role: StaffRole
    hours: Figure = field(repr=brief)
    fte: Figure = field(repr=brief)
    filled: Figure | None = field(default=None, repr=brief)
    gap: Figure | None = field(default=None, repr=brief)
    held_by: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "role": self.role.value,
            "hours": number_text(self.hours),
            "fte": number_text(self.fte),
            "filled": number_text(self.filled),
            "gap": number_text(self.gap),
            "held_by": "; ".join(self.held_by),
        }


@frozen(kw_only=True)
class Staffing(Tabular):
    """Hours and FTE by role and in all. ``desk`` is the load of the help desk; ``flags`` are about the posts.

    ``filled`` and ``gap`` are None where no posts were given: then nothing is said about them.
    """

    workload: Workload = field(repr=False)
    posts: tuple[Post, ...] = field(repr=False)
    roles: tuple[RoleNeed, ...] = field(repr=False)
    hours: Figure = field(repr=brief)
    fte: Figure = field(repr=brief)
    users_per_fte: Figure = field(repr=brief)
    filled: Figure | None = field(default=None, repr=brief)
    gap: Figure | None = field(default=None, repr=brief)
    desk: Figures = field(repr=False)
    flags: Flags = field(repr=False)

    def role(self, role: StaffRole | str) -> RoleNeed:
        """What one role takes. Raises ValueError for what is no role."""
        wanted = StaffRole(role)
        return next(one for one in self.roles if one.role is wanted)

    def rows(self) -> list[dict[str, Any]]:
        """One row a role."""
        return [one.row() for one in self.roles]

    def total_row(self) -> dict[str, Any]:
        """The sums, as a row under the others."""
        sums = {"hours": self.hours, "fte": self.fte, "filled": self.filled, "gap": self.gap}
        return {"role": "total", **{name: number_text(one) for name, one in sums.items()}, "held_by": ""}

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, each figure with its calculation."""
        return {
            "workload": self.workload.to_dict(),
            "posts": [one.to_dict() for one in self.posts],
            "roles": [one.to_dict() for one in self.roles],
            **{name: _plain(getattr(self, name)) for name in ("hours", "fte", "users_per_fte", "filled", "gap")},
            **self.desk.to_dict(),
            **self.flags.to_dict(),
            "note": NOTE,
        }

    def explain(self) -> str:
        """Every number with its formula, down to what was given and whose number each parameter is."""
        return Figures(one for one in (self.users_per_fte, self.filled, *self.desk) if one).explain()

    def text(self) -> str:
        """A summary for people."""
        lines = [f"{self.fte.title}: {self.fte.text}; {self.users_per_fte.text}"]
        lines += [f"{one.title}: {one.text}" for one in (self.filled, self.gap, *self.desk) if one]
        return "\n".join([*lines, *(f"- {flag.text}" for flag in self.flags), NOTE])

    def _repr_html_(self) -> str:
        found = "".join(f"<li>{escape(flag.text)}</li>" for flag in self.flags)
        return f"{html_table([*self.rows(), self.total_row()])}<ul>{found}</ul><p>{NOTE}</p>"


def staffing(workload: Workload, parameters: ParameterSet, posts: Iterable[Post] = ()) -> Staffing:
    """What the work takes, beside the posts there are. ``parameters`` is ``load_parameters("staffing")``.

    Without ``posts`` only the need is told. Raises ValueError where the set lacks one that a formula names.
    """
    there = tuple(posts)
    hours = role_hours(workload, parameters)
    year = taken(parameters.find("productive_hours"))
    roles = tuple(_need(role, hours[role], year, there) for role in StaffRole)
    all_hours = total("total_hours", "Hours of all roles", "hours", (one.hours for one in roles))
    fte = total("total_fte", "All roles", "FTE", (one.fte for one in roles))
    users = given("users", "Active users", workload.users, "users")
    held = total("filled", "All roles, filled", "FTE", (one.filled for one in roles if one.filled)) if there else None
    return Staffing(
        workload=workload,
        posts=there,
        roles=roles,
        hours=all_hours,
        fte=fte,
        users_per_fte=computed("users_per_fte", "Users per FTE", "users / total_fte", "users per FTE", [users, fte]),
        filled=held,
        gap=held and _gap("total_gap", fte, held),
        desk=_desk(hours[StaffRole.HELP_DESK], there),
        flags=staff_flags(there, {one.role: one.gap for one in roles if one.gap}, parameters) if there else Flags(),
    )


def _need(role: StaffRole, hours: Figure, year: Figure, posts: Sequence[Post]) -> RoleNeed:
    fte = computed(f"{role}_fte", role.label.capitalize(), f"{hours.name} / {year.name}", "FTE", [hours, year])
    if not posts:
        return RoleNeed(role=role, hours=hours, fte=fte)
    held = filled(role, posts)
    return RoleNeed(
        role=role, hours=hours, fte=fte, filled=held, gap=_gap(f"{role}_gap", fte, held), held_by=holders(role, posts)
    )


def _gap(name: str, need: Figure, held: Figure) -> Figure:
    return computed(name, f"{need.title}, not filled", f"{need.name} - {held.name}", "FTE", [need, held])


def _desk(hours: Figure, posts: Sequence[Post]) -> Figures:
    """The help desk's tickets: of the year, of a month, and for each FTE that answers them."""
    tickets = next(one for one in hours.inputs if one.name == "tickets")
    month = computed("tickets_per_month", "Help desk tickets of a month", "tickets / 12", "tickets", [tickets])
    if not posts:
        return Figures((tickets, month))
    held = filled(StaffRole.HELP_DESK, posts)
    share = "tickets_per_month / help_desk_filled"
    each = computed("tickets_per_fte", "Tickets of a month for each FTE filled", share, "tickets", [month, held])
    return Figures((tickets, month, each))


def _plain(figure: Figure | None) -> dict[str, Any] | None:
    return figure.to_dict() if figure else None
