"""The workbook of a plan, to be worked with and printed: its actions with room for names and statuses, and quarters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hmis_standards.assess import Action, Plan
from hmis_standards.exchange.sheets import HEADER
from hmis_standards.exchange.tables import Book, Column, Line, Noted, Share, Value
from hmis_standards.ids import split
from hmis_standards.tabular import percent_text
from hmis_standards.vocabulary import Role

__all__ = ["ITEM", "NOTES", "PERSON", "STATES", "STATUS", "add_plan", "write_plan"]

STATES = ("not started", "under way", "waiting", "done", "dropped")
"""What the status of an action can be."""
ACTIONS, QUARTERS, ABOUT = "Plan", "By quarter", "About the plan"
STATUS, PERSON, NOTES, ITEM = "Status", "Person", "Notes", "Item"
_STATUS_AT, _DUE_AT = 2, 6
_COLUMNS = (
    Column("Quarter", 9, "The quarter in which the action begins."),
    Column("What", 34, "What will be true when it is done."),
    Column(STATUS, 12, "Choose from the list. Done and dropped actions fade; one that is past its day turns dark."),
    Column(PERSON, 15, "Put a name to the role."),
    Column("Role", 13),
    Column("From", 13),
    Column("Due", 13),
    Column("Effort (3–15)", 8, "Time, money and skill, each from 1 (little) to 5 (much), added up. Our estimate."),
    Column("Gain", 8, "What closing the gap adds to the low end of the score."),
    Column("Gate", 7, "Whether a gate of the score waits for it. Points elsewhere do not make up for a gate."),
    Column("Waits for", 13, "Actions of this plan that come first."),
    Column("Opens", 13, "Actions of this plan that wait for this one."),
    Column("First step", 46),
    Column(NOTES, 26),
    Column(ITEM, 28, "The item of the checklist that the action closes."),
)
_BOXES = 10
_LOOKS_OF_STATES: dict[str, dict[str, Any]] = {
    "done": {"font_color": "#595959", "bg_color": "#E6E6E6", "font_strikeout": True},
    "dropped": {"font_color": "#595959", "italic": True},
    "under way": {"bg_color": "#CFE2F3", "bold": True},
    "waiting": {"bg_color": "#F2D479"},
}
_LATE = {"bg_color": "#7A1F1F", "font_color": "#FFFFFF", "bold": True}


def write_plan(plan: Plan, path: str | Path) -> None:
    """Write a plan as a workbook: what it is, one row an action to be filled in, and the numbers by quarter and role.

    Each action has its quarter, owner, days, effort and gain, what it waits for and what waits for it, a list to choose
    its status from, and room for a name and for notes. The same plan gives the same bytes. No cell is a formula.

    Raises:
        MissingExtra: writing Excel needs ``hmis-standards[excel]``.
        OSError: the file cannot be written.
    """
    book = Book("Improvement plan")
    book.page(ABOUT, _about(plan))
    add_plan(book, plan)
    book.save(Path(path))


def add_plan(book: Book, plan: Plan) -> None:
    """The sheets of the actions and of the quarters, as sheets of a workbook."""
    sheet = book.table(ACTIONS, _COLUMNS, _rows(plan))
    sheet.freeze_panes(1, 2)
    _offer(book, sheet, max(len(plan.actions), 1))
    _write_quarters(book, plan)


# --- what it is --------------------------------------------------------------------------------------------


def _about(plan: Plan) -> Iterator[Line]:
    yield Line(label="Improvement plan", kind="title")
    yield Line(value=f"{len(plan.actions)} actions from {plan.start} to {plan.end}. {_span(plan)}")
    yield from (Line(label=name, value=text) for name, text in _facts(plan) if text)
    yield Line(label="How to work with it", kind="heading")
    yield from (Line(label=name, value=text, link=link) for name, text, link in _HOW)


_HOW = (
    (
        ACTIONS,
        "One row an action, in the order in which they begin. Put a name to each role, choose a status, write notes; "
        "filter and sort as you like, and add columns of your own. What was not started, is under way or waits past "
        "its day is shown in white on dark red.",
        ACTIONS,
    ),
    (
        QUARTERS,
        "How many actions begin in each quarter, in all and by role. The boxes fill as actions are done or dropped.",
        QUARTERS,
    ),
    (
        "Numbers",
        "Gains, efforts and days are values of the day on which the plan was made, not formulas. To see what was "
        "reached, answer the items and score again.",
        "",
    ),
)


def _facts(plan: Plan) -> list[tuple[str, str]]:
    return [
        ("Goal", plan.goal),
        ("Method", plan.how),
        ("Outcome", plan.note),
        ("Begun in a quarter", str(plan.capacity)),
        ("Conventions", plan.conventions),
    ]


def _span(plan: Plan) -> str:
    target = "" if plan.target is None else f"; the target is {percent_text(plan.target, 1)}"
    begins, reaches = percent_text(plan.begins, 1), percent_text(plan.reaches, 1)
    return f"Low end of the score: {begins} at the start, {reaches} at the end{target}."


# --- actions -----------------------------------------------------------------------------------------------


def _rows(plan: Plan) -> Iterator[tuple[Value, ...]]:
    one_document = len({split(action.item)[0] for action in plan.actions}) == 1
    titles = {action.item: action.title for action in plan.actions}
    opens: dict[str, list[str]] = {}
    for action in plan.actions:
        for before in action.after:
            opens.setdefault(before, []).append(action.item)
    for action in plan.actions:
        links = (_linked(ids, titles, short=one_document) for ids in (action.after, opens.get(action.item, ())))
        yield _row(action, *links)


def _linked(ids: Any, titles: dict[str, str], *, short: bool) -> Value:
    """Ids of other actions, with their titles in a note."""
    if not ids:
        return None
    told = "\n".join(f"{one}: {titles[one]}" for one in ids)
    return Noted("\n".join(split(one)[1] if short else one for one in ids), told)


def _row(action: Action, after: Value, opens: Value) -> tuple[Value, ...]:
    return (
        action.quarter,
        action.title,
        STATES[0],
        None,
        action.role.label,
        action.start,
        action.due,
        Noted(action.effort.total, _effort(action)),
        Share(action.gain),
        "yes" if action.gated else None,
        after,
        opens,
        action.remedy,
        None,
        action.item,
    )


def _effort(action: Action) -> str:
    one = action.effort
    return f"Time {one.time}, money {one.money}, skill {one.skill}"


def _offer(book: Book, sheet: Any, last: int) -> None:
    """The list of statuses, and how rows look by their status and day."""
    sheet.data_validation(1, _STATUS_AT, last, _STATUS_AT, {"validate": "list", "source": list(STATES)})
    due = {"type": "formula", "criteria": _late(), "format": book.style(**_LATE)}
    sheet.conditional_format(1, _DUE_AT, last, _DUE_AT, due)
    for state, looks in _LOOKS_OF_STATES.items():
        rule = {"type": "formula", "criteria": f'=$C2="{state}"', "format": book.style(**looks)}
        sheet.conditional_format(1, 1, last, _STATUS_AT, rule)


def _late() -> str:
    """Past its day, and neither done nor dropped."""
    return '=AND($G2<>"",$G2<TODAY(),$C2<>"done",$C2<>"dropped")'


# --- quarters ----------------------------------------------------------------------------------------------


def _write_quarters(book: Book, plan: Plan) -> None:
    """How many actions begin in each quarter, in all and by role, and a row of boxes for those that are done."""
    quarters = plan.by("quarter")
    roles = [role for role in Role if role.value in plan.by("role")]
    labels = [f"{role.label[:1].upper()}{role.label[1:]}" for role in roles]
    columns = (Column("Quarter", 12), Column("Begins", 14), Column("Actions", 10), *(Column(one, 14) for one in labels))
    boxes = [Column("", 3)] * _BOXES
    rows = [(*row, *[None] * _BOXES) for row in _quarters(plan, roles)]
    sheet = book.table(QUARTERS, (*columns, *boxes), rows)
    _fill_boxes(book, sheet, len(columns), max(len(quarters), 1), max(len(plan.actions), 1))
    sheet.merge_range(0, len(columns), 0, len(columns) + _BOXES - 1, "Done or dropped", book.style(**HEADER))
    sheet.autofilter(0, 0, max(len(quarters), 1), len(columns) - 1)


def _quarters(plan: Plan, roles: list[Role]) -> Iterator[tuple[Value, ...]]:
    for quarter, actions in plan.by("quarter").items():
        begun = Counter(action.role for action in actions)
        first = plan.quarters.first_day(actions[0].start)
        yield (quarter, first, len(actions), *(begun[role] or None for role in roles))


def _fill_boxes(book: Book, sheet: Any, first: int, last: int, actions: int) -> None:
    """A tenth of a quarter's actions a box: dark once so many are done or dropped. Colors alone; no cell counts."""
    where = f"{ACTIONS}!$A$2:$A${actions + 1},$A2"
    closed = "+".join(f'COUNTIFS({where},{ACTIONS}!$C$2:$C${actions + 1},"{one}")' for one in ("done", "dropped"))
    for box in range(_BOXES):
        reached = f'=AND($A2<>"",({closed})*{_BOXES}>={box + 1}*COUNTIFS({where}))'
        rule = {"type": "formula", "criteria": reached, "format": book.style(bg_color="#2F6B4F")}
        sheet.conditional_format(1, first + box, last, first + box, rule)
