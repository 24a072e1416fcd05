"""Availability: minutes by hand, what overlaps, what crosses a month, and properties of any log."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.store import load_parameters
from hmis_standards.toolkit import Availability, Outage, availability
from hmis_standards.toolkit.service_months import months_between
from tests.toolkit.origins import assert_traceable

EXCLUDED = load_parameters("service-levels")
COUNTED = EXCLUDED.changed({"announced_excluded": 0})
MAY, JUNE = months_between(date(2025, 5, 1), date(2025, 6, 1))


def outage(start: str, end: str | None, announced: bool = False) -> Outage:
    ends = None if end is None else datetime.fromisoformat(end)
    return Outage(start=datetime.fromisoformat(start), end=ends, announced=announced)


def minutes(found: Availability) -> tuple[Fraction | None, Fraction | None]:
    return found.down.value, found.excluded.value


def test_by_hand() -> None:
    """June has 43,200 minutes. 216 of them down: 99.5 percent."""
    found = availability([outage("2025-06-10T10:00", "2025-06-10T13:36")], *JUNE, EXCLUDED)
    assert found.share.value == Fraction("99.5")
    assert_traceable(found)


def test_what_overlaps_is_counted_once() -> None:
    log = [
        outage("2025-06-10T10:00", "2025-06-10T12:00"),
        outage("2025-06-10T11:00", "2025-06-10T11:30"),
        outage("2025-06-10T12:00", "2025-06-10T12:30"),
    ]
    assert minutes(availability(log, *JUNE, EXCLUDED)) == (Fraction(150), Fraction(0))


def test_what_crosses_the_end_of_a_month_is_split() -> None:
    log = [outage("2025-05-31T23:40", "2025-06-01T00:25")]
    assert [minutes(availability(log, *month, EXCLUDED))[0] for month in (MAY, JUNE)] == [20, 25]


def test_announced_maintenance_is_left_out_or_not() -> None:
    """Six hours announced, and one unannounced of which half lies inside: 43,200 - 360 minutes are the whole."""
    log = [
        outage("2025-06-10T00:00", "2025-06-10T06:00", announced=True),
        outage("2025-06-10T05:30", "2025-06-10T06:30"),
    ]
    left_out = availability(log, *JUNE, EXCLUDED)
    assert minutes(left_out) == (Fraction(30), Fraction(360))
    assert left_out.share.value == Fraction(100 * (43200 - 360 - 30), 43200 - 360)
    counted = availability(log, *JUNE, COUNTED)
    assert minutes(counted) == (Fraction(390), Fraction(0))
    assert counted.share.value == Fraction(100 * (43200 - 390), 43200)


def test_an_outage_without_an_end_has_no_minutes_and_is_told() -> None:
    found = availability([outage("2025-06-10T10:00", None), outage("2025-07-10T10:00", None)], *JUNE, EXCLUDED)
    assert found.share.value == 100
    assert found.endless == 1


def test_a_month_that_was_announced_as_a_whole_has_no_availability() -> None:
    found = availability([outage("2025-05-01T00:00", "2025-08-01T00:00", announced=True)], *JUNE, EXCLUDED)
    assert found.share.value is None
    assert found.share.text == "–"


START = datetime(2025, 4, 20)
OUTAGES = st.lists(
    st.builds(
        lambda start, length, announced: Outage(
            start=START + timedelta(minutes=start),
            end=START + timedelta(minutes=start + length),
            announced=announced,
        ),
        st.integers(0, 60 * 24 * 90),
        st.integers(0, 60 * 24 * 20),
        st.booleans(),
    ),
    max_size=8,
)


@given(OUTAGES, st.sampled_from([EXCLUDED, COUNTED]))
def test_availability_lies_between_0_and_100(log: list[Outage], numbers: object) -> None:
    for month in (MAY, JUNE):
        for parameters in (EXCLUDED, COUNTED):
            value = availability(log, *month, parameters).share.value
            assert value is None or 0 <= value <= 100


@given(OUTAGES)
def test_months_add_up_to_the_whole(log: list[Outage]) -> None:
    for parameters in (EXCLUDED, COUNTED):
        both = [minutes(availability(log, *month, parameters)) for month in (MAY, JUNE)]
        whole = minutes(availability(log, MAY[0], JUNE[1], parameters))
        assert tuple(sum(part or 0 for part in parts) for parts in zip(*both, strict=True)) == whole


@given(OUTAGES, OUTAGES)
def test_more_outages_never_mean_less_time_down_in_all(log: list[Outage], more: list[Outage]) -> None:
    before = availability(log, *JUNE, COUNTED).share.value
    after = availability([*log, *more, *log], *JUNE, COUNTED).share.value
    assert before is not None
    assert after is not None
    assert after <= before
