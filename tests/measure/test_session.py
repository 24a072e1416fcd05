"""Prepared views are made once, and again exactly when something under them has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hmis_standards.measure import check, hud_dq_report, measure, open_export
from hmis_standards.measure.session import Session, tables_under, view_file, view_names, views_under
from tests.measure.small_exports import plain, texts_of, write_folder


class Recorder:
    """An engine that only remembers what it was asked."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def materialize(self, table: str, select: str) -> None:
        self.made.append(table)

    def drop(self, table: str) -> None:
        self.made.append(f"drop {table}")

    def fill(self, table: str, columns: str, values: Iterable[Sequence[Any]]) -> None:
        self.made.append(f"{table}: {list(values)}")

    def told(self) -> list[str]:
        told, self.made = self.made, []
        return told


def test_tables_under_a_view() -> None:
    assert tables_under('SELECT 1 FROM "A" AS a JOIN b ON TRUE left join "C" ON TRUE -- FROM "D"') == ("A", "C")
    assert tables_under(view_file("household_members")) == ("Enrollment", "Client", "Exit", "Project")


def test_all_views_under_a_view() -> None:
    assert views_under("move_ins", "bed_nights") == {"move_ins", "household_members", "bed_nights"}
    assert views_under() == frozenset()


def test_a_view_is_made_after_those_under_it_and_once() -> None:
    engine, session = Recorder(), Session(["Enrollment", "Client", "Project", "Exit"])
    session.need(engine, "move_ins")
    assert engine.told() == ["household_members", "move_ins"]
    session.need(engine, "move_ins")
    session.need(engine, "household_members")
    assert engine.told() == []


def test_a_parameter_that_changed_makes_what_builds_on_it_again() -> None:
    engine, session = Recorder(), Session(["Enrollment", "bed_nights"])
    texts = {"bed_nights": "SELECT 1", "nights_counted": 'SELECT 1 FROM "bed_nights" JOIN "period"'}
    session.fill(engine, "period", "a DATE", [(1,)])
    session.need(engine, "nights_counted", texts.__getitem__)
    assert engine.told() == ["period: [(1,)]", "bed_nights", "nights_counted"]
    session.fill(engine, "period", "a DATE", [[1]])
    session.need(engine, "nights_counted", texts.__getitem__)
    assert engine.told() == []
    session.fill(engine, "period", "a DATE", [(2,)])
    session.need(engine, "nights_counted", texts.__getitem__)
    assert engine.told() == ["period: [(2,)]", "nights_counted"]


def test_what_is_read_once_is_not_written_down() -> None:
    engine, session = Recorder(), Session(["Enrollment", "Client", "Project", "Exit"])
    assert session.source(engine, "move_ins") == f'({view_file("move_ins")}) AS "move_ins"'
    assert engine.told() == ["household_members"]
    session.need(engine, "move_ins")
    assert session.source(engine, "move_ins") == '"move_ins"'


def test_counts_of_a_view_are_known_until_what_is_under_it_changes() -> None:
    engine, session = Recorder(), Session(["CurrentLivingSituation", "Disabilities"])
    session.fill(engine, "period", "a DATE", [(1,)])
    session.counts("contacts")["late"] = 7
    assert session.counts("contacts") == {"late": 7}
    session.drop(engine, ["contacts"])
    assert session.counts("contacts") == {"late": 7}
    session.fill(engine, "period", "a DATE", [(2,)])
    assert session.counts("contacts") == {}


def test_a_view_that_was_let_go_of_is_made_again_when_it_is_asked_for() -> None:
    engine, session = Recorder(), Session(["Enrollment", "Client", "Project", "Exit"])
    session.need(engine, "move_ins")
    session.drop(engine, ["household_members", "projects", "Client"])
    assert engine.told() == ["household_members", "move_ins", "drop household_members"]
    session.need(engine, "move_ins")
    assert engine.told() == []
    session.drop(engine, ["move_ins"])
    session.need(engine, "move_ins")
    assert engine.told() == ["drop move_ins", "household_members", "move_ins"]


def test_of_a_table_it_did_not_fill_it_knows_nothing() -> None:
    engine, session = Recorder(), Session([])
    for _ in range(2):
        session.need(engine, "bed_nights")
    assert engine.told() == ["bed_nights", "bed_nights"]


def test_every_view_reads_what_is_there() -> None:
    """Names in quotation marks are tables of the export, parameters, or views."""
    from hmis_standards.measure.columns import NEEDED

    parameters = {"period", "chosen", "slices", "cocs", "coverage_nights", "windows"}
    known = {*NEEDED, *parameters, *view_names()}
    assert {one for view in view_names() for one in tables_under(view_file(view))} <= known


def test_checks_measures_and_report_do_not_spoil_each_other(tmp_path: Path) -> None:
    path = write_folder(texts_of(plain()), tmp_path / "export")
    with open_export(path) as export:
        first = (check(export).rows(), measure(export).rows(), hud_dq_report(export).to_dict())
        other = measure(export, start="2024-10-01", end="2024-10-31", coc=["XX-500"]).rows()
        again = (check(export).rows(), measure(export).rows(), hud_dq_report(export).to_dict())
    assert first == again
    assert other != first[1]
