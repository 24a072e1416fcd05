from __future__ import annotations

from hmis_standards.assess import gaps, plan
from hmis_standards.report import plan_markdown
from hmis_standards.report.gap_view import plan_view
from tests.assess.helpers import filled
from tests.small import ALL

FOUND = gaps(filled(dict.fromkeys(ALL, "not_met")))


def test_a_plan_by_itself() -> None:
    text = plan_markdown(plan(FOUND, start="2026-04-01", target="0.60", method="exact", capacity=4))
    lines = text.splitlines()
    assert lines[0] == "# Improvement plan"
    assert "The target is 60 %." in lines[2]
    assert "(exact, proved)" in lines[2]
    assert "| Goal | Method | Effort in all | Begun in a quarter |" in lines
    assert any(line.startswith("| target and gates | exact, proved cheapest | ") for line in lines)
    assert "## Quarter 1, starting April 1, 2026" in lines
    assert any(line.startswith("| Title of GOV-01 (lead-basics/GOV-01) | HMIS Lead | Apr 1, 2026") for line in lines)
    assert any(line.endswith("| First step for GOV-01. |") for line in lines)


def test_nothing_to_plan() -> None:
    text = plan_markdown(plan((), start="2026-04-01"))
    assert "There is nothing to plan: no gap was given." in text
    assert "##" not in text


def test_quarters_of_the_calendar_have_their_names() -> None:
    view = plan_view(plan(FOUND, start="2026-05-15", capacity=4, quarters="calendar"))
    assert [one.title for one in view.quarters] == [
        "2026-Q2, starting May 15, 2026",
        "2026-Q3, starting July 1, 2026",
    ]
