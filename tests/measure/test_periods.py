"""The report period and the night on which beds are counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from hmis_standards.errors import ExportError
from hmis_standards.measure import Export, hud_dq_report, measure, open_export
from hmis_standards.measure.periods import as_date, count_night, period_of
from tests.measure.small_exports import END, START, plain, texts_of, write_folder


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Export]:
    with open_export(write_folder(texts_of(plain()), tmp_path_factory.mktemp("periods") / "export")) as opened:
        yield opened


def test_the_period_is_the_exports_own_unless_given(export: Export) -> None:
    assert period_of(export, None, None) == (START, END)
    assert period_of(export, "2025-01-01", None) == (date(2025, 1, 1), END)
    assert period_of(export, None, date(2025, 1, 1)) == (START, date(2025, 1, 1))
    assert period_of(export, "2025-01-01", "2025-01-01") == (date(2025, 1, 1), date(2025, 1, 1))
    assert period_of(export, datetime(2025, 1, 1, 12), datetime(2025, 1, 2)) == (date(2025, 1, 1), date(2025, 1, 2))


def test_a_period_that_ends_before_it_starts(export: Export) -> None:
    with pytest.raises(ExportError, match="would start on 2026-01-01 and end before that, on 2025-09-30"):
        hud_dq_report(export, start="2026-01-01")
    with pytest.raises(ExportError, match="end before that"):
        measure(export, end="2024-09-30")


@pytest.mark.parametrize(
    "value",
    ["20250101", "2025-W01-1", "01/01/2025", "2025-13-01", "2025-02-29", "2025-01-01 ", "2025-1-1", "soon", 2025],
)
def test_only_one_form_of_a_day(value: Any) -> None:
    with pytest.raises(ExportError, match=r"^start is .*; write it as YYYY-MM-DD$"):
        as_date(value, "start")


@pytest.mark.parametrize(
    ("start", "end", "night"),
    [
        ("2024-10-01", "2025-09-30", "2025-01-29"),
        ("2019-10-01", "2022-09-30", "2022-01-26"),
        ("2025-01-29", "2025-01-29", "2025-01-29"),
        ("2025-01-30", "2025-12-31", "2025-12-31"),
        ("2025-02-01", "2025-12-31", "2025-12-31"),
        ("2024-01-31", "2025-01-28", "2024-01-31"),
        ("2024-02-01", "2025-01-28", "2025-01-28"),
        ("2023-12-01", "2024-01-31", "2024-01-31"),
    ],
)
def test_the_night_beds_are_counted(start: str, end: str, night: str) -> None:
    """The last Wednesday of January, of the last January that has it in the period; otherwise the last day."""
    assert count_night(date.fromisoformat(start), date.fromisoformat(end)) == date.fromisoformat(night)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_it_is_a_wednesday_and_the_last(year: int) -> None:
    night = count_night(date(year, 1, 1), date(year, 12, 31))
    assert (night.weekday(), night.month) == (2, 1)
    assert night.day > 24


def test_a_measure_says_its_days(export: Export) -> None:
    measures = measure(export, start="2025-01-01", end="2025-03-31")
    assert (measures.start, measures.end) == (date(2025, 1, 1), date(2025, 3, 31))
    assert measures.bed_night == date(2025, 1, 29)
    assert measures.to_dict()["bed_night"] == "2025-01-29"


def test_both_ends_of_the_period_count(export: Export) -> None:
    """One of the two people left on 1 March 2025; both came on 1 October 2024."""
    served = {
        (start, end): hud_dq_report(export, start=start, end=end).table("Q5a").lines
        for start, end in (
            ("2025-03-01", "2025-03-01"),
            ("2025-03-02", "2025-03-31"),
            ("2025-02-01", "2025-02-28"),
            ("2024-09-01", "2024-10-01"),
            ("2024-09-01", "2024-09-30"),
        )
    }
    assert [lines[0].cells[0] for lines in served.values()] == [2, 1, 2, 2, 0]
    assert [lines[4].cells[0] for lines in served.values()] == [1, 0, 0, 0, 0]


def test_progress_is_told_and_can_cancel(export: Export) -> None:
    told: list[tuple[str, int, int]] = []
    hud_dq_report(export, progress=lambda step, done, steps: told.append((step, done, steps)))
    assert [done for _, done, _ in told] == list(range(len(told)))
    assert told[-1][1] == told[-1][2] == len(told) - 1

    class Stop(Exception):
        pass

    def stop(step: str, done: int, steps: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        measure(export, progress=stop)
    assert hud_dq_report(export).table("Q5a").lines[0].cells == (2, 2)
