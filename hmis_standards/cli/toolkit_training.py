"""``toolkit training`` and ``toolkit curriculum``: who is trained, and what somebody has to learn."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from hmis_standards.cli.assessments import day_option
from hmis_standards.cli.output import format_option, show_table
from hmis_standards.cli.tailored import profile_option, tailored
from hmis_standards.cli.toolkit_options import (
    chart_option,
    deliver,
    draw,
    explain_option,
    output_option,
    parameters_of,
    parameters_option,
    set_option,
    show_flags,
)
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.exchange.training_logs import Read, read_activity, read_training_log, read_users, topic_names
from hmis_standards.model import Catalog, CourseList
from hmis_standards.store import load_courses
from hmis_standards.toolkit import Completion, Effect, Figure, Training, User, curriculum, training, training_effect
from hmis_standards.toolkit.trained import said

__all__ = ["COMMANDS"]

T = TypeVar("T")

_FILE = click.Path(path_type=Path, dir_okay=False)
_TOPIC_COLUMNS = ("topic", "users", "current", "coverage", "goal", "never", "lapsed", "due", "seats", "classes")
_STEP_COLUMNS = ("topic", "title", "before_access", "again_after_months", "check", "minutes", "because")


@click.command("curriculum")
@click.option("--role", "roles", multiple=True, required=True, help="A role, such as end_user. Can be repeated.")
@click.option("--project-type", "types", multiple=True, help="A type of project, such as outreach. Can be repeated.")
@profile_option
@explain_option
@output_option
@format_option
def curriculum_command(
    roles: Sequence[str], types: Sequence[str], profiles: Sequence[str], explain: bool, output: Path | None, form: str
) -> None:
    """List the topics that people of these roles need, in an order in which they can be taught."""
    found = curriculum(tailored(profiles), roles, types)
    if deliver(found, found.rows(), form, output):
        return
    if explain:
        click.echo(found.explain())
        return
    show_table(found.rows(), columns=_STEP_COLUMNS)
    for one in (found.minutes_before_access, found.minutes):
        click.echo(f"{one.title}: {one.text}")


@click.command("training")
@click.option("--users-file", type=_FILE, required=True, help="The user list, a CSV file.")
@click.option("--log", "log_file", type=_FILE, required=True, help="The training log, a CSV file.")
@click.option("--courses", "courses_file", type=_FILE, help="A YAML file: which topics each of your courses covers.")
@click.option("--activity", "activity_file", type=_FILE, help="Counts by user and month, a CSV file: shows the effect.")
@click.option("--effect-of", metavar="TOPIC", default="T25", show_default=True, help="The topic whose effect it is.")
@day_option("--on", help="The day it is about.  [default: today]")
@click.option("--users", "by_user", is_flag=True, help="List the users by their ids; without it only counts are told.")
@profile_option
@parameters_option
@set_option
@explain_option
@chart_option
@output_option
@format_option
def training_command(
    users_file: Path,
    log_file: Path,
    courses_file: Path | None,
    activity_file: Path | None,
    effect_of: str,
    on: datetime.date | None,
    by_user: bool,
    profiles: Sequence[str],
    parameters: Path | None,
    values: Sequence[tuple[str, str]],
    explain: bool,
    output: Path | None,
    chart: Path | None,
    form: str,
) -> None:
    """Count who is trained: coverage by topic and role, access, lapses, seats, and what misses its goal."""
    catalog, numbers = tailored(profiles), parameters_of("training", parameters, values)
    day = on or datetime.date.today()
    courses = load_courses(courses_file) if courses_file else None
    users, log = _read(users_file, log_file, catalog, day, courses)
    with refused_as_usage():
        found = training(users, log, catalog, numbers, day)
    draw(found, chart)
    effect = None
    if activity_file is not None:
        topic = _topic(effect_of, catalog)
        activity = _found(read_activity(activity_file, users))
        effect = training_effect(log, activity, topic, catalog, numbers, day)
    told = _as_data(found, effect, by_user)
    if not deliver(told, found.users.rows() if by_user else found.topics.rows(), form, output):
        _show(found, effect, by_user, explain)


def _read(
    users_file: Path, log_file: Path, catalog: Catalog, day: datetime.date, courses: CourseList | None
) -> tuple[tuple[User, ...], tuple[Completion, ...]]:
    users = _found(read_users(users_file, catalog, day))
    return users, _found(read_training_log(log_file, catalog, users, day, courses))


def _found(read: Read[T]) -> tuple[T, ...]:
    """What a file gave; what was wrong with it goes to standard error, a line each."""
    for problem in read.problems:
        click.echo(str(problem), err=True)
    return read.found


def _topic(said: str, catalog: Catalog) -> str:
    found = topic_names(catalog).get(said.casefold())
    if found is None:
        raise click.UsageError(f"--effect-of: there is no training topic {said!r}.")
    return found[0]


def _as_data(found: Training, effect: Effect | None, by_user: bool) -> dict[str, Any]:
    told = found.to_dict()
    if effect is not None:
        told["effect"] = effect.to_dict()
    return {**told, **found.users.to_dict()} if by_user else told


def _show(found: Training, effect: Effect | None, by_user: bool, explain: bool) -> None:
    if explain:
        click.echo("\n\n".join(one.explain() for one in (found, effect) if one is not None))
        return
    click.echo(f"Training on {found.on}\n")
    _show_figures([*found.figures, *(effect.figures if effect else ())])
    show_table(found.topics.rows(), title="\nBy topic", columns=_TOPIC_COLUMNS)
    show_table(found.roles.rows(), title="\nBy role")
    if by_user:
        show_table(found.users.rows(), title="\nBy user")
    click.echo("\nTo look at")
    show_flags(found.flags)


def _show_figures(figures: Sequence[Figure]) -> None:
    show_table([{"figure": one.title, "value": said(one)} for one in figures])


COMMANDS = (curriculum_command, training_command)
