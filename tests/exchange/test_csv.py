from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hmis_standards.assess import Evidence
from hmis_standards.errors import DocumentSyntaxError, InvalidDocument, Problem
from hmis_standards.exchange import read_assessment, write_assessment
from hmis_standards.exchange.gather import evidence_lines, evidence_text
from hmis_standards.vocabulary import EvidenceKind
from tests.exchange.sample import CATALOG, DAY, blank, one_of_everything
from tests.small import ALL, GOV1, GOV2, SEC1

FACTS = (
    "#format,hmis-standards/assessment/1\n#edition,2026.1\n#documents,lead-basics\n#subject,XX-500\n#date,2026-03-01\n"
)


def written(tmp_path: Path) -> list[list[str]]:
    path = tmp_path / "a.csv"
    write_assessment(one_of_everything(), path)
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


def problems(text: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDocument) as caught:
        read_assessment(path, CATALOG)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def test_one_row_an_item_after_the_facts(tmp_path: Path) -> None:
    rows = written(tmp_path)
    assert dict(rows[:9]) == {
        "#format": "hmis-standards/assessment/1",
        "#edition": "2026.1",
        "#documents": "lead-basics; vendor-basics",
        "#profile": "small-coc",
        "#subject": "XX-500",
        "#subject_kind": "implementation",
        "#assessor": "A. Reviewer",
        "#assessor_kind": "peer",
        "#date": "2026-03-01",
    }
    assert rows[9] == ["item", "title", "answer", "note", "reason", "evidence", "proposed", "decided_by"]
    assert [row[0] for row in rows[10:]] == list(ALL)


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    rows = written(tmp_path)
    by_item = {row[0]: row for row in rows}
    assert by_item[GOV1][3] == "'=1+1\nsecond line"
    assert by_item[SEC1][4] == "'- none here"
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell]


def test_evidence_is_a_line_a_piece(tmp_path: Path) -> None:
    by_item = {row[0]: row for row in written(tmp_path)}
    assert by_item[GOV2][5] == "document | Plan \\| draft | 2026-03-01 | S:\\new\\plan.pdf | plan\nlog | Log"


@pytest.mark.parametrize("title", ["a|b", "a\\|b", "\\", "a\\", "|", "\\\\|", "C:\\new\\table", "a || b"])
def test_bars_and_backslashes(title: str) -> None:
    evidence = (Evidence(kind=EvidenceKind.LOG, title=title, location=title),)
    assert evidence_lines(evidence_text(evidence), _never) == (evidence, [])


def _never(name: str, message: str, hint: str) -> Problem:
    raise AssertionError(message)


def test_evidence_as_a_person_types_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    cell = "Board minutes of March\n\nLog|Sign-in log|3/1/2026| |\n"
    path.write_text(f'{FACTS}item,answer,evidence\nlead-basics/GOV-01,Met,"{cell}"\n', encoding="utf-8")
    (response,) = read_assessment(path, CATALOG).responses
    assert response.answer == "met"
    assert response.evidence == (
        Evidence(kind=EvidenceKind.DOCUMENT, title="Board minutes of March"),
        Evidence(kind=EvidenceKind.LOG, title="Sign-in log", date=DAY),
    )


def test_an_empty_row_does_not_take_an_answer_away(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "item,answer\nlead-basics/GOV-01,met\nlead-basics/GOV-01,\nlead-basics/GOV-02,\n"
    path.write_text(FACTS + rows, encoding="utf-8")
    assert [(one.item, one.answer) for one in read_assessment(path, CATALOG).responses] == [(GOV1, "met")]


def test_as_a_spreadsheet_saves_it(tmp_path: Path) -> None:
    """Rows padded to one width, US dates, rows in another order, added columns, blank rows."""
    path = tmp_path / "a.csv"
    path.write_text(
        "#format,hmis-standards/assessment/1,,\n#edition,2026.1,,\n#documents,lead-basics,,\n#our own remark,,,\n"
        "#subject,XX-500,,\n#date,3/1/2026,,\n,,,\nAnswer,owner,Item,reason\n"
        "Not applicable,,lead-basics/SEC-01,None\n,,,\nNOT MET,Kim,lead-basics/GOV-01,\n",
        encoding="utf-8",
    )
    a = read_assessment(path, CATALOG)
    assert a.date == DAY
    assert [(response.item, response.answer) for response in a.responses] == [
        (GOV1, "not_met"),
        (SEC1, "not_applicable"),
    ]


def test_all_problems_at_once_each_with_its_line(tmp_path: Path) -> None:
    found = problems(
        FACTS + "item,answer,reason,note,evidence,proposed\n"
        'lead-basics/GOV-01,yes,,"two\nlines",,\n'  # 7 and 8
        "lead-basics/GOV-1,met,,,,\n"  # 9
        "lead-basics/SEC-01,not_applicable,,,,\n"
        "lead-basics/GOV-02,met,,,movie|x,\n"
        "lead-basics/GOV-02,met,,,log|x|someday,\n"
        "lead-basics/GOV-02,met,,,log|,\n"
        "lead-basics/GOV-02,met,,,a|b|c|d|e|f|g,\n"
        "lead-basics/GOV-02,met,,,,maybe\n"
        "lead-basics/GOV-03,met,,,,\n"
        "lead-basics/GOV-03,met,,,,\n",
        tmp_path,
    )
    assert sorted(int(problem.split(":")[1]) for problem in found) == [7, 9, 10, 11, 12, 13, 14, 15, 17]
    joined = "\n".join(found)
    for words in (
        "a.csv:7: 'yes' is not an answer lead-basics/GOV-01 takes at answer (use one of met, partial, not_met)",
        "a.csv:9: there is no item 'lead-basics/GOV-1' at item (did you mean lead-basics/GOV-01",
        "a.csv:10: lead-basics/SEC-01: not_applicable needs a reason at reason",
        "'movie' is not one of document, minutes",
        "'someday' is not a date such as 2026-03-01",
        "title must not be empty",
        "more than six parts",
        "'maybe' is not yes, no or empty",
        "a.csv:17: item 'lead-basics/GOV-03' is answered twice",
    ):
        assert words in joined


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FACTS, "no header row; it begins with item, title, answer"),
        (FACTS + "itm,answer\n", "a.csv:6: missing column item"),
        (FACTS + "item,answer,reasn\n", "a.csv:6: unknown column 'reasn' at reasn (did you mean reason?)"),
        (FACTS.replace("#date,2026-03-01\n", "") + "item,answer\n", "missing date"),
        (FACTS.replace("2026-03-01", "soon") + "item,answer\n", "a.csv:5: 'soon' is not a date"),
        (
            FACTS.replace("assessment/1", "items/1") + "item,answer\n",
            "a.csv:1: should be 'hmis-standards/assessment/1'",
        ),
        (FACTS + "#subject_kind,city\nitem,answer\n", "a.csv:6: kind 'city' is not one of coc"),
        (FACTS.replace("lead-basics", "lead") + "item,answer\n", "a.csv:3: there is no document 'lead'"),
        ("", "missing format"),
    ],
)
def test_facts_and_header_that_are_wrong(text: str, words: str, tmp_path: Path) -> None:
    assert words in "\n".join(problems(text, tmp_path))


def test_not_utf8_and_not_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("#subject,Peña\n".encode("cp1252"))
    with pytest.raises(DocumentSyntaxError, match="save as CSV UTF-8"):
        read_assessment(path, CATALOG)
    path.write_text(FACTS + 'item,answer\nlead-basics/GOV-01,"met\n', encoding="utf-8")
    with pytest.raises(DocumentSyntaxError, match="not CSV"):
        read_assessment(path, CATALOG)


def test_an_empty_assessment_has_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_assessment(blank(("vendor-basics",)), path)
    assert path.read_text(encoding="utf-8-sig").count("vendor-basics/CON-0") == 3
