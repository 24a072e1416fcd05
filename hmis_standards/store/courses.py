"""Reading a community's list of courses: which topics each of them covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.model import CourseList
from hmis_standards.store.own_files import sound_file
from hmis_standards.store.parts import Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import without_format
from hmis_standards.store.references import near
from hmis_standards.store.structuring import structure

__all__ = ["check_courses", "load_courses"]


def load_courses(path: str | Path) -> CourseList:
    """The courses in a YAML or JSON file.

    Raises:
        InvalidDocument: the file has another shape, or names topics that do not exist; all problems are listed.
        DocumentSyntaxError: it is not readable as YAML.
        OSError: it cannot be opened.
    """
    return _read(sound_file(path, "courses"))


def _read(raw: Raw) -> CourseList:
    return structure(raw, CourseList, without_format(raw.data))


def check_courses(raw: Raw, topics: Iterable[str]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What cannot be read as a list of courses, and what does not fit the topics."""
    try:
        courses = _read(raw)
    except InvalidDocument as error:
        return error.problems, ()
    return (), tuple(_rules(Placed("", courses, raw), frozenset(topics)))


def _rules(courses: Placed[CourseList], topics: frozenset[str]) -> Iterator[Problem]:
    """A name is of one course, and a course covers topics of the catalog, or local ones, which are not looked up."""
    first: dict[str, int] = {}
    for place, course in enumerate(courses.value.courses):
        for name in course.names:
            if first.setdefault(name.casefold(), place) != place:
                yield courses.problem(f"two courses are called {name!r}", "courses", place, "course")
        for at, topic in enumerate(course.topics):
            if topic not in topics and "/LOCAL-" not in topic:
                message = f"there is no training topic {topic!r}"
                yield courses.problem(message, "courses", place, "topics", at, hint=near(topic, topics))
