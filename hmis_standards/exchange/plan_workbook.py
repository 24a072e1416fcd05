"""The workbook of a plan, to be worked with and printed: the actions, how many begin when, and how they were chosen."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

from hmis_standards.assess import Plan
from hmis_standards.exchange.sheets import CELL, fit, new_workbook, print_setup, put, table_sheet
from hmis_standards.tabular import percent_text
from hmis_standards.vocabulary import Role

__all__ = ["write_plan"]

_COLUMNS = (
    ("What", 34),
    ("Who", 15),
    ("From", 11),
    ("To", 11),
    ("Effort (3–15)", 8),
    ("Gain", 8),
    ("Prerequisites", 20),
    ("First step", 54),
    ("Quarter", 9),
    ("Item", 20),
    ("Gate", 6),
)
_FACTS = (26, 96)  # widths of the summary's facts


def write_plan(plan: Plan, path: str | Path) -> None:
    """Write a plan as a workbook: one row an action, the numbers by quarter and role, and a summary.

    Raises:
        MissingExtra: writing Excel needs ``hmis-standards[excel]``.
        OSError: the file cannot be written.
    """
    book, target = new_workbook()
    _write_actions(book, plan)
    _write_quarters(book, plan)
    _write_summary(book, plan)
    book.close()
    Path(path).write_bytes(target.getvalue())


def _write_actions(book: Any, plan: Plan) -> None:
    sheet = table_sheet(book, "Plan", _COLUMNS)
    _write_rows(book, sheet, plan)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(plan.actions), 1), len(_COLUMNS) - 1)
    print_setup(sheet)
    for row, text in enumerate((plan.note, _span(plan), plan.how), start=len(plan.actions) + 2):
        put(sheet, row, 0, text)


def _write_rows(book: Any, sheet: Any, plan: Plan) -> None:
    text, day = book.add_format(CELL), book.add_format({**CELL, "num_format": "yyyy-mm-dd"})
    share = book.add_format({**CELL, "num_format": "0.0 %"})
    for row, action in enumerate(plan.actions, start=1):
        sheet.write_datetime(row, 2, datetime.datetime.combine(action.start, datetime.time()), day)
        sheet.write_datetime(row, 3, datetime.datetime.combine(action.due, datetime.time()), day)
        sheet.write_number(row, 4, action.effort.total, text)
        sheet.write_number(row, 5, float(action.gain), share)
        texts = {
            0: action.title,
            1: action.role.label,
            6: "\n".join(action.after),
            7: action.remedy,
            8: action.quarter,
            9: action.item,
            10: "yes" if action.gated else "",
        }
        for column, value in texts.items():
            put(sheet, row, column, value, text)
        fit(sheet, row, [(value, _COLUMNS[column][1]) for column, value in texts.items()])


def _span(plan: Plan) -> str:
    target = "" if plan.target is None else f"; the target is {percent_text(plan.target, 1)}"
    begins, reaches = percent_text(plan.begins, 1), percent_text(plan.reaches, 1)
    return f"Low end of the score: {begins} at the start, {reaches} at the end{target}."


# --- the summary -------------------------------------------------------------------------------------------


def _write_summary(book: Any, plan: Plan) -> None:
    sheet = book.add_worksheet("Summary")
    bold, wrapped = (book.add_format({"bold": one, "text_wrap": True, "valign": "top"}) for one in (True, False))
    facts = [(name, text) for name, text in _facts(plan) if text]
    for column, width in enumerate(_FACTS):
        sheet.set_column(column, column, width)
    for row, (name, text) in enumerate(facts):
        put(sheet, row, 0, name, bold)
        put(sheet, row, 1, text, wrapped)
        fit(sheet, row, list(zip((name, text), _FACTS, strict=True)))
    print_setup(sheet)


def _facts(plan: Plan) -> list[tuple[str, str]]:
    return [
        ("Goal", plan.goal),
        ("Score", _span(plan)),
        ("Method", plan.how),
        ("Outcome", plan.note),
        ("Dates", f"{plan.start} to {plan.end}"),
        ("Begun in a quarter", str(plan.capacity)),
        ("Conventions", plan.conventions),
    ]


def _write_quarters(book: Any, plan: Plan) -> None:
    """How many actions begin in each quarter, in all and by role."""
    roles = [role for role in Role if role.value in plan.by("role")]
    labels = [f"{role.label[:1].upper()}{role.label[1:]}" for role in roles]
    columns = (("Quarter", 12), ("Begins", 12), ("Actions", 14), *((label, 14) for label in labels))
    sheet, cell = table_sheet(book, "By quarter", columns), book.add_format(CELL)
    for row, (quarter, actions) in enumerate(plan.by("quarter").items(), start=1):
        begun = Counter(action.role for action in actions)
        put(sheet, row, 0, quarter, cell)
        put(sheet, row, 1, str(plan.quarters.first_day(actions[0].start)), cell)
        for column, number in enumerate((len(actions), *(begun[role] or None for role in roles)), start=2):
            sheet.write(row, column, number, cell)
    sheet.freeze_panes(1, 1)
    print_setup(sheet)
