"""What the posts of an HMIS Lead fill: by role, by person, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from hmis_standards.toolkit.figures import Figure, computed, given, total
from hmis_standards.toolkit.workload import Post
from hmis_standards.vocabulary import StaffRole

__all__ = ["carried", "filled", "holders", "persons", "shares", "stand_ins"]


def filled(role: StaffRole, posts: Sequence[Post]) -> Figure:
    """The FTE that the posts give to a role."""
    return _sum(f"{role}_filled", f"FTE of {role.label}, filled", posts, lambda post, of: of is role)


def carried(person: str, posts: Sequence[Post]) -> Figure:
    """The FTE that a person carries over all roles of all posts."""
    return _sum("carried", f"{person}, all roles", posts, lambda post, of: post.person == person)


def shares(place: int, posts: Sequence[Post]) -> Figure:
    """What the shares of the post at a place add up to."""
    post = posts[place]
    parts = (_share(place, post, one.role, one.share) for one in post.roles)
    return total("shares", f"{post.person}, shares of the post", "share of the post", parts)


def holders(role: StaffRole, posts: Sequence[Post]) -> tuple[str, ...]:
    """The persons with a share of a role, each once, in the order of the posts."""
    held = (post.person for post in posts if not post.vacant for one in post.roles if one.role is role and one.share)
    return tuple(dict.fromkeys(held))


def stand_ins(role: StaffRole, posts: Sequence[Post]) -> tuple[str, ...]:
    """The persons who can take a role over from somebody: backups, and its holders where there are several."""
    held = holders(role, posts)
    named = [post.person for post in posts if role in post.backup_for and not post.vacant]
    return tuple(dict.fromkeys([*(held if len(held) > 1 else ()), *(one for one in named if one not in held)]))


def persons(posts: Sequence[Post]) -> tuple[str, ...]:
    """The labels of those in post, each once."""
    return tuple(dict.fromkeys(post.person for post in posts if not post.vacant))


def _sum(name: str, title: str, posts: Sequence[Post], counts: Callable[[Post, StaffRole], bool]) -> Figure:
    """FTE of the posts times share, over the shares that count."""
    terms: list[str] = []
    inputs: list[Figure] = []
    for place, post in enumerate(posts):
        for one in post.roles:
            if not post.vacant and counts(post, one.role):
                size, share = _size(place, post), _share(place, post, one.role, one.share)
                terms.append(f"{size.name} * {share.name}")
                inputs += [size, share]
    return computed(name, title, " + ".join(terms) or "0", "FTE", inputs)


def _size(place: int, post: Post) -> Figure:
    return given(f"post_{place + 1}", f"{post.person}, size of the post", post.fte, "FTE")


def _share(place: int, post: Post, role: StaffRole, share: Fraction) -> Figure:
    return given(f"post_{place + 1}_{role}", f"{post.person}, share for {role.label}", share, "share of the post")
