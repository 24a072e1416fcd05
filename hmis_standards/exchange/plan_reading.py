"""What people wrote into the workbook of a plan: how far each action is, who has it, their notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.exchange.excel_layout import letters
from hmis_standards.exchange.excel_reading import cell_text, sheets_of
from hmis_standards.exchange.plan_workbook import ITEM, NOTES, PERSON, STATES, STATUS
from hmis_standards.ids import close_matches, is_item_id
from hmis_standards.tabular import Plain, Table

__all__ = ["ActionStatus", "PlanStatus", "read_plan_status"]

_TITLES = (ITEM, STATUS, PERSON, NOTES)
_ROWS_SEARCHED = 20  # for the header: people put rows above it


@frozen(kw_only=True)
class ActionStatus(Plain):
    """How far the action on an item is: one of the states of the plan's list; person and notes are empty if blank."""

    item: str
    status: str
    person: str = ""
    notes: str = ""

    def row(self) -> dict[str, str]:
        """The fields as a flat row."""
        return {"item": self.item, "status": self.status, "person": self.person, "notes": self.notes}


class PlanStatus(Table[ActionStatus]):
    """The actions of a plan with how far they are, in the order of the sheet: a tuple, and a table."""

    __slots__ = ()
    kind = "actions"

    @property
    def done(self) -> tuple[str, ...]:
        """The ids of the items whose actions are done."""
        return tuple(one.item for one in self if one.status == "done")

    def counts(self) -> dict[str, int]:
        """How many actions are in each state, also where none is."""
        found = Counter(one.status for one in self)
        return {state: found[state] for state in STATES}


def read_plan_status(path: str | Path) -> PlanStatus:
    """How far each action is in the workbook of a plan, or of a report with a plan, as people filled it in.

    Rows may be sorted, filtered or deleted, rows and columns added, sheets renamed; a row without an item is somebody's
    own and left alone. A blank status is ``not started``.

    Raises:
        InvalidDocument: a status that is not on the list, an item twice, no sheet of a plan; each with its cell.
        DocumentSyntaxError: the file is no workbook.
        MissingExtra: reading Excel needs ``hmis-standards[excel]``. OSError: the file cannot be opened.
    """
    source = Path(path)
    for sheet, cells in sheets_of(source).items():
        header = _header(cells)
        if header is not None:
            return _read(source, sheet, cells, header)
    told = f"no sheet with the columns {', '.join(_TITLES)}"
    raise InvalidDocument(str(source), (Problem(str(source), None, "", told, "give the workbook of a plan"),))


def _header(cells: list[list[Any]]) -> int | None:
    """The place of the header row."""
    texts = ([cell_text(cell).strip() for cell in row] for row in cells[:_ROWS_SEARCHED])
    return next((place for place, titles in enumerate(texts) if set(_TITLES) <= set(titles)), None)


def _read(path: Path, sheet: str, cells: list[list[Any]], header: int) -> PlanStatus:
    titles = [cell_text(cell).strip() for cell in cells[header]]
    columns = {title: titles.index(title) for title in _TITLES}
    found: dict[str, ActionStatus] = {}
    problems: list[Problem] = []
    for line, said in _filled(cells, header, columns):
        for title, message, hint in _wrong(said, found):
            place = f"{path}!{sheet}!{letters(columns[title])}{line}"
            problems.append(Problem(place, None, "", message, hint))
        found[said.item] = said
    if problems:
        raise InvalidDocument(str(path), tuple(problems))
    return PlanStatus(found.values())


def _filled(cells: Sequence[Sequence[Any]], header: int, columns: dict[str, int]) -> Iterator[tuple[int, ActionStatus]]:
    """The rows about an item, each with its number in the sheet."""
    for line, row in enumerate(cells[header + 1 :], start=header + 2):
        item, status, person, notes = (cell_text(row[columns[title]]).strip() for title in _TITLES)
        if is_item_id(item):
            state = " ".join(status.lower().split()) or STATES[0]
            yield line, ActionStatus(item=item, status=state, person=person, notes=notes)


def _wrong(said: ActionStatus, before: dict[str, ActionStatus]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a row: the column, the fault, and what to do."""
    if said.status not in STATES:
        near = close_matches(said.status, STATES, most=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(STATES)}"
        yield STATUS, f"status {said.status!r} is not on the list", hint
    if said.item in before:
        yield ITEM, f"{said.item} stands there twice", "delete one of the rows"
