"""Courses: which topics of the catalog each course of a community covers, under the name its records have for it."""

from __future__ import annotations

from attrs import field, frozen

from hmis_standards.tabular import Plain, Tabular

__all__ = ["Course", "CourseList"]


@frozen(kw_only=True)
class Course(Plain):
    """One course. ``also`` are other names it bears in a log; ``topics`` are full ids."""

    course: str
    also: tuple[str, ...] = ()
    topics: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the course."""
        return (self.course, *self.also)


@frozen(kw_only=True)
class CourseList(Plain, Tabular):
    """The courses of a community."""

    title: str | None = None
    courses: tuple[Course, ...] = field(repr=lambda courses: f"<{len(courses)} courses>")

    def rows(self) -> list[dict[str, object]]:
        """One row a course."""
        return [{"course": one.course, "topics": ", ".join(one.topics)} for one in self.courses]
