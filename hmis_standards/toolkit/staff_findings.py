"""What is to be looked at in the posts of an HMIS Lead. The rules are conventions of this project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from hmis_standards.model import Citation, ParameterSet
from hmis_standards.tabular import percent_text
from hmis_standards.toolkit.figures import Figure, taken
from hmis_standards.toolkit.flags import Flag, Flags
from hmis_standards.toolkit.staff_posts import carried, holders, persons, shares, stand_ins
from hmis_standards.toolkit.workload import Post
from hmis_standards.vocabulary import FigureOrigin, StaffRole

__all__ = ["staff_flags"]

_OURS = FigureOrigin.CONVENTION
_GUIDE = (Citation(source="hud-project-management-2004", at="page 12"),)


def staff_flags(posts: Sequence[Post], gaps: Mapping[StaffRole, Figure], parameters: ParameterSet) -> Flags:
    """Roles nobody holds or too few hold, people with too much, no backup, not one person answerable."""
    return Flags(
        chain(
            _unfilled(posts, gaps),
            _short(posts, gaps, parameters),
            _over_full_time(posts),
            _over_the_post(posts),
            _no_backup(posts),
            _answerable(posts),
        )
    )


def _unfilled(posts: Sequence[Post], gaps: Mapping[StaffRole, Figure]) -> Iterator[Flag]:
    for role, gap in gaps.items():
        if not holders(role, posts):
            text = f"Nobody holds {role.label}, for which the model asks {gap.text}."
            yield Flag(id="role-unfilled", text=text, about=role.value, origin=_OURS, figures=(gap,))


def _short(posts: Sequence[Post], gaps: Mapping[StaffRole, Figure], parameters: ParameterSet) -> Iterator[Flag]:
    """Roles that somebody holds, with a gap above what matters."""
    limit = taken(parameters.find("gap_that_matters"))
    for role, gap in gaps.items():
        if holders(role, posts) and gap.value is not None and limit.value is not None and gap.value > limit.value:
            text = f"{role.label.capitalize()} lacks {gap.text}; up to {limit.text} would lie within the guesses."
            yield Flag(id="role-short", text=text, about=role.value, origin=limit.origin, figures=(gap, limit))


def _over_full_time(posts: Sequence[Post]) -> Iterator[Flag]:
    for person in persons(posts):
        load = carried(person, posts)
        if (load.value or 0) > 1:
            text = f"{person} carries {load.text} over all roles, more than a full-time job."
            yield Flag(id="person-over-full-time", text=text, about=person, origin=_OURS, figures=(load,))


def _over_the_post(posts: Sequence[Post]) -> Iterator[Flag]:
    """Shares that add up to more than the post, where the person was not named for too much already."""
    for place, post in enumerate(posts):
        held = shares(place, posts)
        if (held.value or 0) > 1 and not post.vacant and (carried(post.person, posts).value or 0) <= 1:
            text = f"The roles of {post.person} take {percent_text(held.value)} of the post's time."
            yield Flag(id="roles-over-post", text=text, about=post.person, origin=_OURS, figures=(held,))


def _no_backup(posts: Sequence[Post]) -> Iterator[Flag]:
    role = StaffRole.SYSTEM_ADMINISTRATION
    if not stand_ins(role, posts):
        text = f"Nobody stands in for {role.label}: no second person holds it or is named as backup."
        yield Flag(id="no-backup", text=text, about=role.value, origin=_OURS)


def _answerable(posts: Sequence[Post]) -> Iterator[Flag]:
    """HUD's guide of 2004 wants one person answerable in the end; to ask for exactly one is our rule."""
    named = tuple(dict.fromkeys(post.person for post in posts if post.accountable and not post.vacant))
    if len(named) != 1:
        who = f"{len(named)} people are ({', '.join(named)})" if named else "nobody is"
        text = f"One person should be accountable for the HMIS; {who}."
        yield Flag(id="not-one-accountable", text=text, about=", ".join(named), origin=_OURS, citations=_GUIDE)
