"""The report period: given, or the export's own."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from hmis_standards.errors import ExportError
from hmis_standards.measure.export import Export

__all__ = ["as_date", "count_night", "outside_of", "period_of"]


def as_date(value: str | date, what: str) -> date:
    """A date, or text of the form YYYY-MM-DD. Raises ExportError naming ``what`` otherwise."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    raise ExportError(f"{what} is {value!r}; write it as YYYY-MM-DD")


def period_of(export: Export, start: str | date | None, end: str | date | None) -> tuple[date, date]:
    """Start and end of the report, both days included; what is not given is taken from Export.csv.

    Raises:
        ExportError: neither given nor readable from Export.csv, or the start is after the end.
    """
    own = export.period or (None, None)
    first = as_date(start, "start") if start else own[0]
    last = as_date(end, "end") if end else own[1]
    if first is None or last is None:
        raise ExportError("Export.csv does not give a readable period; give the start and the end of the report")
    if first > last:
        raise ExportError(f"the report would start on {first} and end before that, on {last}")
    return first, last


def outside_of(export: Export, first: date, last: date) -> str:
    """A sentence where the report reaches beyond the period the export was made for; empty where it does not."""
    if export.period is None or (export.period[0] <= first and last <= export.period[1]):
        return ""
    start, end = export.period
    return (
        f"The report covers {first} to {last}, the export was made for {start} to {end}: "
        "people who left before or came after that are missing, so the figures can be wrong."
    )


def count_night(start: date, end: date) -> date:
    """The night on which beds are counted: the last Wednesday of the last January in the period, else its last day."""
    for year in range(end.year, start.year - 1, -1):
        day = date(year, 1, 31)
        night = day - timedelta(days=(day.weekday() - 2) % 7)
        if start <= night <= end:
            return night
    return end
