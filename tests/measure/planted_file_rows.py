"""Planted faults for the checks of standards_data/checks/file_rows.yaml."""

from __future__ import annotations

from tests.measure.planted import Case
from tests.measure.whole import packed, with_text, without_column

CASES = {
    "no-enrollments": Case(fault={"Enrollment": [], "Exit": []}, alike={"Exit": []}),
    # One row too short; blank cells beyond the header, and a line break inside quotation marks, are in order.
    "rows-that-do-not-fit": Case(
        fault=packed(Client=lambda text: text + "3,Cora\n"),
        alike=packed(Client=lambda text: text.rstrip().replace("Bea", '"B\nea"') + ",,\n"),
    ),
    "missing-column-that-matters": Case(
        fault=packed(Exit=without_column("ExitDate")), alike=packed(Client=without_column("MiddleName"))
    ),
    # One missing and one unknown in its place; one that matters is the other check's.
    "missing-or-extra-column": Case(
        fault=packed(Client=with_text("MiddleName", "MiddleInitial")),
        alike=packed(Exit=without_column("ExitDate")),
        count=2,
    ),
    "misspelled-column": Case(
        fault=packed(Disabilities=with_text(",TCellCount,", ",TcellCount,")),
        alike=packed(Disabilities=with_text(",TCellCount,", ",Tcellcount,")),
    ),
    "repeated-column": Case(
        fault=packed(Exit=with_text("ExitID,", "ExitID,ExitID,")), alike=packed(Exit=with_text("ExitID,", "Exit,"))
    ),
    "columns-in-another-order": Case(
        fault=packed(Event=with_text("EventID,EnrollmentID", "EnrollmentID,EventID")),
        alike=packed(Event=with_text("EventID,EnrollmentID", "EventID,Other,EnrollmentID")),
    ),
}
