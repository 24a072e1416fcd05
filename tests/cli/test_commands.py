"""The command line as a person or a script meets it: output, exit status, one clear sentence on bad input."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hmis_standards.cli import main
from hmis_standards.store import sample_root

SAMPLE = Path(str(sample_root())) / "hmis-export.zip"
ANSWERS = Path(str(sample_root())) / "assessment.yaml"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return status, out, err


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """The one paragraph on standard error of a command that must end with status 2 and print nothing else."""
    status, out, err = run(capsys, *words)
    assert status == 2, (out, err)
    assert out == ""
    assert err.startswith("hmis-standards: ")
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize("kind", ["documents", "items", "measures", "benchmarks", "sources", "editions"])
def test_list_gives_json_for_every_kind(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "list", kind, "--format", "json")
    rows = json.loads(out)
    assert status == 0
    assert rows
    assert all("id" in row for row in rows)


def test_list_chooses_items(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(
        capsys, "list", "items", "--document", "system-administrator", "--section", "GOV", "--format", "csv"
    )
    rows = list(csv.DictReader(out.splitlines()))
    assert len(rows) == 12
    assert {row["id"][:24] for row in rows} == {"system-administrator/GOV"}


def test_list_refuses_what_it_cannot_choose_by(capsys: pytest.CaptureFixture[str]) -> None:
    assert "choose among items" in refused(capsys, "list", "documents", "--role", "coc")
    assert "role 'nobody' is not one of coc, hmis_lead" in refused(capsys, "list", "items", "--role", "nobody")
    assert "system-administrator" in refused(capsys, "list", "items", "--document", "system-administrato")


@pytest.mark.parametrize(
    "wanted",
    ["system-administrator/DQM-03", "data-quality-program", "cfr-24-578.7-b-3", "bed-coverage", "default/COV-1"],
)
def test_show_finds_every_kind_of_thing(wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "show", wanted)
    assert (status, err) == (0, "")
    assert len(out.splitlines()) > 3


def test_show_of_an_item_gives_its_sources_and_their_force(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "show", "system-administrator/GOV-07")
    assert "24 CFR 578.7(b)(1) (in effect" in " ".join(out.split())
    assert "Our own wording" in out


def test_a_wrong_id_is_met_with_the_near_one(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "show", "system-administrator/gov-7")
    assert "did you mean system-administrator/GOV-07?" in said


def test_search_needs_all_words(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "search", "bed", "coverage", "--format", "json")
    assert "system-administrator/DQM-08" in [row["id"] for row in json.loads(out)]
    assert "nothing holds all of: zebra" in run(capsys, "search", "zebra")[1]


def test_search_finds_every_kind_of_thing(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(run(capsys, "search", "bed", "coverage", "--format", "json")[1])
    found = {row["kind"]: row["id"] for row in reversed(rows)}
    assert set(found) == {"item", "benchmark", "measure", "source"}
    assert found["benchmark"] == "default/COV-1"
    assert len({tuple(row) for row in rows}) == 1


def test_unknown_command_and_missing_argument_are_usage_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert "No such command 'scroe'" in refused(capsys, "scroe")
    assert "Missing argument" in refused(capsys, "score")


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv", ".xlsx"])
def test_new_then_validate_then_score(suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"answers{suffix}"
    made = run(capsys, "new", "system-administrator", "--subject", "XX-500", "--on", "2026-03-01", "-o", path)
    assert made == (0, f"{path}: 111 items to answer\n", "")
    assert run(capsys, "validate", path)[:2] == (0, "no problems\n")
    status, out, _ = run(capsys, "score", path, "--format", "json")
    assert status == 0
    found = json.loads(out)
    assert found["value"] is None
    assert (found["low"], found["high"], found["coverage"]) == ("0", "1", "0")


def test_new_never_replaces_answers_unless_told_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("a year of work")
    words = ("new", "system-administrator", "--subject", "XX-500", "-o", path)
    assert "is there already" in refused(capsys, *words)
    assert path.read_text() == "a year of work"
    assert run(capsys, *words, "--force")[0] == 0
    assert path.read_text() != "a year of work"


def test_new_refuses_other_suffixes_and_unknown_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("new", "system-administrator", "--subject", "XX-500", "-o", tmp_path / "answers.docx")
    assert ".yaml" in refused(capsys, *words)
    said = refused(capsys, "new", "system-administrater", "--subject", "X", "-o", tmp_path / "a.yaml")
    assert "did you mean system-administrator" in said
    assert list(tmp_path.iterdir()) == []


def test_score_gaps_explain_plan_of_the_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "score", ANSWERS)
    assert status == 0
    assert "Score " in out
    assert "verdict: fail" in out
    _, out, _ = run(capsys, "gaps", ANSWERS, "--format", "json")
    found = json.loads(out)
    assert found
    first = found[0]["item"]
    assert run(capsys, "gaps", ANSWERS, "--most", "1", "--format", "csv")[1].count(first) == 1
    _, out, _ = run(capsys, "explain", ANSWERS, first)
    assert out.startswith(first)
    for suffix in (".xlsx", ".csv", ".json", ".md"):
        path = tmp_path / f"plan{suffix}"
        status, out, _ = run(capsys, "plan", ANSWERS, "--target", "80", "--start", "2025-11-01", "-o", path)
        assert status == 0
        assert path.stat().st_size > 500
    rows = list(csv.DictReader((tmp_path / "plan.csv").read_text().splitlines()))
    assert all(row["start"] <= row["due"] for row in rows)


def test_explain_takes_any_part_in_any_form(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "explain", ANSWERS)
    assert out.startswith("total: ")
    section = next(line.strip().split(":")[0] for line in out.splitlines() if line.startswith("    ") and "/" in line)
    _, out, _ = run(capsys, "explain", ANSWERS, section)
    assert out.startswith(f"{section}: ")
    _, out, _ = run(capsys, "explain", ANSWERS, section, "--format", "json")
    node = json.loads(out)
    assert node["label"] == section
    assert sum(Fraction(one["earned"]) for one in node["children"]) == Fraction(node["earned"])
    _, out, _ = run(capsys, "explain", ANSWERS, section, "--format", "csv")
    assert len(list(csv.DictReader(out.splitlines()))) == len(node["children"])
    _, out, _ = run(capsys, "explain", ANSWERS, section, "--format", "html")
    assert out.startswith("<details open><summary>")
    assert out.count("<tr>") == len(node["children"]) + 1
    assert "did you mean" in refused(capsys, "explain", ANSWERS, "system-administrator/GOV-1")


def test_score_by_another_model(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "score", ANSWERS, "--model", "weakest-item")
    assert out.startswith("Score by weakest item ")
    assert "did you mean weakest-item" in refused(capsys, "score", ANSWERS, "--model", "weakest-itm")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("eighty", "not a perc"),
        ("180", "not between"),
        ("-1", "not between"),
        ("0.8", "write 80 for 80 percent"),
        ("0.999", "write 80 for 80 percent"),
    ],
)
def test_plan_refuses_a_target_that_cannot_be(target: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said in refused(capsys, "plan", ANSWERS, "--target", target, "--start", "2025-11-01")


@pytest.mark.parametrize("target", ["0", "1", "1.5", "100"])
def test_plan_takes_a_target_from_0_and_1_to_100(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "plan", ANSWERS, "--target", target, "--start", "2025-11-01")[0] == 0


def test_plan_says_how_it_was_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin = ("plan", ANSWERS, "--start", "2025-11-01", "--target", "80")
    exact, greedy = (
        json.loads(run(capsys, *begin, "--method", method, "--format", "json")[1]) for method in ("exact", "greedy")
    )
    assert (exact["method"], exact["proved"], greedy["method"]) == ("exact", True, "greedy")
    assert int(exact["cost"]) <= int(greedy["cost"])
    assert "(exact, proved)" in run(capsys, *begin, "--method", "exact")[1]
    assert run(capsys, *begin, "--method", "exact", "-o", tmp_path / "plan.md")[0] == 0
    text = (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert "| target and gates | exact, proved cheapest |" in text
    assert "## Quarter 2, starting February 1, 2026" in text
    assert "| Action | Who | Start | Due | After | Adds | First step |" in text


def test_plan_by_role_and_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    begin = ("plan", ANSWERS, "--start", "2025-11-01", "--format", "json")
    found = json.loads(run(capsys, *begin, "--calendar", "--capacity", "5", "--capacity", "hmis_lead=1")[1])
    assert found["capacity"] == {"total": 5, "hmis_lead": 1}
    assert found["actions"][0]["quarter"] == "2025-Q4"
    leads = [one["quarter"] for one in found["actions"] if one["role"] == "hmis_lead"]
    assert len(leads) == len(set(leads)) > 1
    gates = json.loads(run(capsys, *begin, "--target", "gates")[1])
    assert gates["goal"] == "gates"
    assert all(one["gated"] for one in gates["actions"])
    alone = json.loads(run(capsys, *begin, "--target", "62", "--no-gates")[1])
    assert alone["goal"] == "target"
    assert len(alone["actions"]) < len(gates["actions"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--capacity", "0"), "not a number from 1"),
        (("--capacity", "vender=2"), "did you mean vendor?"),
        (("--method", "best"), "'best' is not one of"),
        (("--target", "gates", "--no-gates"), "leaves them out"),
    ],
)
def test_plan_refuses(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said in refused(capsys, "plan", ANSWERS, "--start", "2025-11-01", *words)


def test_gaps_stand_under_what_blocks_them(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "gaps", ANSWERS)[1].splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("└ "))
    blocked = lines[place].split()[1]
    found = {one["item"]: one for one in json.loads(run(capsys, "gaps", ANSWERS, "--format", "json")[1])}
    above = next(line for line in reversed(lines[:place]) if line[0] not in " └")
    assert above.split()[0] in found[blocked]["blocked_by"]


def test_what_if(capsys: pytest.CaptureFixture[str]) -> None:
    first = json.loads(run(capsys, "gaps", ANSWERS, "--format", "json")[1])[0]["item"]
    status, out, _ = run(capsys, "what-if", ANSWERS, f"{first}=met")
    assert status == 0
    assert "Verdict: fail → fail" in out
    assert f"{first}: " in out
    data = json.loads(run(capsys, "what-if", ANSWERS, f"{first}=met", "--format", "json")[1])
    assert [one["item"] for one in data["items"]] == [first]
    assert run(capsys, "what-if", ANSWERS, f"{first}=met", "--format", "csv")[1].startswith("item,title,before,after")
    weakest = json.loads(
        run(capsys, "what-if", ANSWERS, f"{first}=met", "--model", "weakest-item", "--format", "json")[1]
    )
    assert weakest["after"]["value"] == "0"
    assert "there is no scoring model" in refused(capsys, "what-if", ANSWERS, f"{first}=met", "--model", "best")
    assert "not an item and an answer" in refused(capsys, "what-if", ANSWERS, first)
    assert "mostly" in refused(capsys, "what-if", ANSWERS, f"{first}=mostly")


def test_years_at_the_end_of_the_calendar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = "9999-12-31"
    assert "start is 9999-12-31; a plan begins by the year 9000" in refused(capsys, "plan", ANSWERS, "--start", late)
    words = ("report", ANSWERS, "--target", "80", "--plan-start", late, "-o", tmp_path / "a.html")
    assert "start is 9999-12-31" in refused(capsys, *words)
    for command in ("score", "gaps"):
        assert run(capsys, command, ANSWERS, "--as-of", late)[0] == 0


def test_what_the_library_refuses_is_one_paragraph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "report", ANSWERS, ANSWERS, "-o", tmp_path / "two.html")
    assert "a report shows each document once" in said
    assert said.count("\n") == 1
    new = ("new", "system-administrator", "-o", tmp_path / "a.yaml", "--subject")
    assert "name must not be empty" in refused(capsys, *new, " ")
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_the_library_is_not_blamed_on_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr("hmis_standards.cli.assessments.score", broken)
    with pytest.raises(ValueError, match="a fault of ours"):
        main(["score", str(ANSWERS)])


def test_a_sign_that_the_terminal_does_not_know_is_replaced() -> None:
    for words in (("score", str(ANSWERS)), ("show", "§")):
        done = subprocess.run(
            [sys.executable, "-m", "hmis_standards", *words],
            env={**os.environ, "PYTHONIOENCODING": "ascii:strict"}, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == (2 if "show" in words else 0), done.stderr
        assert b"Traceback" not in done.stderr
        assert b"?" in (done.stderr if "show" in words else done.stdout)


def test_report_looks_at_evidence_on_the_day_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, more in (("own", ()), ("late", ("--as-of", "2035-01-01"))):
        assert run(capsys, "report", ANSWERS, "-o", tmp_path / f"{name}.md", *more)[0] == 0
    assert "2035" not in (tmp_path / "own.md").read_text()
    assert "evidence stale" in (tmp_path / "late.md").read_text()
    assert (tmp_path / "own.md").read_text().count("evidence stale") < (tmp_path / "late.md").read_text().count("stale")


def test_validate_reads_spreadsheets_and_tells_of_what_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("item,answer\n")
    (tmp_path / "a.xlsx").write_text("item,answer\n")
    assert "missing edition" in run(capsys, "validate", tmp_path / "a.csv")[1]
    status, out, _ = run(capsys, "validate", tmp_path / "a.xlsx")
    assert status == 1
    assert "not an Excel workbook" in out


def test_dates_must_be_dates(capsys: pytest.CaptureFixture[str]) -> None:
    assert "YYYY-MM-DD" in refused(capsys, "plan", ANSWERS, "--start", "11/01/2025")


BAD_ANSWERS = {
    "unknown item with the near one": ("- {item: system-administrator/GOV-1, answer: met}", "GOV-01"),
    "answer outside the scale": ("- {item: system-administrator/GOV-01, answer: mostly}", "mostly"),
    "duplicate key": ("- {item: system-administrator/GOV-01, answer: met, answer: partial}", "duplicate key 'answer'"),
    "not applicable without a reason": ("- {item: system-administrator/GOV-10, answer: not_applicable}", "reason"),
    "the same item twice": (
        "- {item: system-administrator/GOV-01, answer: met}\n- {item: system-administrator/GOV-01, answer: partial}",
        "GOV-01",
    ),
}


@pytest.mark.parametrize("case", BAD_ANSWERS, ids=str)
def test_bad_answers_name_file_and_line(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers, expected = BAD_ANSWERS[case]
    path = tmp_path / "answers.yaml"
    text = (
        'format: hmis-standards/assessment/1\nedition: "2026.1"\ndocuments: [system-administrator]\nprofile: null\n'
        'subject: {name: XX-500, kind: coc}\nassessor: {name: null, kind: self}\ndate: "2026-03-01"\nresponses:\n'
    )
    path.write_text(text + "".join(f"  {line}\n" for line in answers.splitlines()))
    said = refused(capsys, "score", path)
    assert expected in said
    assert f"{path}:{9 if 'twice' not in case else 10}" in said
    status, out, _ = run(capsys, "validate", path)
    assert status == 1
    assert expected in out


def test_validate_of_the_shipped_tree_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    from hmis_standards.store import data_root

    assert run(capsys, "validate", data_root())[:2] == (0, "no problems\n")


def test_measure_writes_the_promised_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("measure", SAMPLE, "--by", "project", "-o", tmp_path)
    assert run(capsys, *words)[0] == 0
    lines = (tmp_path / "measures.csv").read_text().splitlines()
    assert lines[0] == (
        "measure,dimension,slice,project_type,project_id,numerator,denominator,value,status,reason,"
        "benchmark,met,near,profile"
    )
    rows = list(csv.DictReader(lines))
    assert {row["slice"] for row in rows} == {"system", "project_type", "project"}
    for row in rows:
        assert (row["value"] == "") == (row["denominator"] in {"", "0"})
    again = (tmp_path / "measures.csv").read_bytes(), (tmp_path / "results.json").read_bytes()
    assert run(capsys, *words)[0] == 0
    assert again == ((tmp_path / "measures.csv").read_bytes(), (tmp_path / "results.json").read_bytes())
    facts = json.loads(again[1])["run"]
    assert (facts["export"]["edition"], facts["start"], facts["end"]) == ("FY2026", "2024-10-01", "2025-09-30")


def test_measure_fails_on_request_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "measure", SAMPLE)[0] == 0
    assert run(capsys, "measure", SAMPLE, "--fail-on", "below")[0] == 1


def test_apr_writes_hud_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "apr", SAMPLE, "--start", "2024-10-01", "--end", "2025-09-30", "-o", tmp_path)[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{name}.csv" for name in ("Q5a", "Q6a", "Q6b", "Q6c", "Q6d", "Q6e", "Q6f")
    ]
    table = list(csv.reader((tmp_path / "Q6a.csv").read_text().splitlines()))
    assert len(table) == 6
    assert all(len(row) == 6 for row in table)
    assert all(len(row[5]) == 6 for row in table[1:])


def test_apr_refuses_an_unknown_project_and_a_backward_period(capsys: pytest.CaptureFixture[str]) -> None:
    assert "ProjectID 'zzz'" in refused(capsys, "apr", SAMPLE, "--project", "zzz")
    assert "before that" in refused(capsys, "apr", SAMPLE, "--start", "2025-09-30", "--end", "2024-10-01")


def _altered(tmp_path: Path, change: dict[str, bytes | None]) -> Path:
    """The sample export with members replaced, or left out where the new content is None."""
    path = tmp_path / "altered.zip"
    with zipfile.ZipFile(SAMPLE) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = change.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return path


def _member(name: str) -> bytes:
    with zipfile.ZipFile(SAMPLE) as archive:
        return archive.read(name)


def test_bad_exports_get_one_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = SAMPLE.read_bytes()
    (tmp_path / "text.zip").write_text("not a zip")
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    assert "not a zip file" in refused(capsys, "measure", tmp_path / "text.zip")
    assert "cut off" in refused(capsys, "measure", tmp_path / "cut.zip")
    assert "no file or folder" in refused(capsys, "measure", tmp_path / "none.zip")
    assert "has no Exit.csv" in refused(capsys, "measure", _altered(tmp_path, {"Exit.csv": None}))
    column = _member("Enrollment.csv").replace(b'"EntryDate"', b'"EntryDat"')
    said = refused(capsys, "measure", _altered(tmp_path, {"Enrollment.csv": column}))
    assert "no column EntryDate" in said
    assert "EntryDat," in said
    edition = _member("Export.csv").replace(b"2026 v1.0", b"2020 v1.0")
    said = refused(capsys, "measure", _altered(tmp_path, {"Export.csv": edition}))
    assert "FY2020" in said
    assert "FY2022, FY2024, FY2026" in said


def test_two_digit_years_are_reported_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = _member("Enrollment.csv").split(b"\r\n")
    header = lines[0].replace(b'"', b"").split(b",")
    place = header.index(b"EntryDate")
    cells = lines[1].split(b",")
    cells[place] = b"24-10-02"
    path = _altered(tmp_path, {"Enrollment.csv": b"\r\n".join([lines[0], b",".join(cells), *lines[2:]])})
    said = refused(capsys, "apr", path, "--strict")
    assert "column EntryDate: 1 of" in said
    assert "four-digit year" in said
    assert "24-10-02" not in said
    status, _, err = run(capsys, "apr", path)
    assert status == 0
    assert "note: Enrollment.csv, column EntryDate: 1 of" in err


def test_report_of_assessment_and_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "report.html"
    assert run(capsys, "report", ANSWERS, "--export", SAMPLE, "--target", "80", "-o", page)[:2] == (0, f"{page}\n")
    assert "<h1" in page.read_text()
    assert run(capsys, "report", ANSWERS, "-o", tmp_path / "report.md")[0] == 0
    assert "assessment file, or an export" in refused(capsys, "report", "-o", page)
    assert ".html, .md or .xlsx" in refused(capsys, "report", ANSWERS, "-o", tmp_path / "report.pdf")


def test_a_set_nobody_has_seen_judges_nothing_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "measure", SAMPLE, "--benchmarks", "maine", "-o", tmp_path)
    assert status == 0
    assert "Nothing was judged. This place has a data quality plan" in out


def test_demo_leaves_four_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "demo", "-o", tmp_path / "demo")
    assert (status, err) == (0, "")
    names = ["answers.xlsx", "plan.xlsx", "report.html", "results.json"]
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == names
    assert "report.html" in out.splitlines()[-1]
    assert len((tmp_path / "demo" / "report.html").read_bytes()) < 1_000_000
    status, judged, _ = run(capsys, "judge", tmp_path / "demo", "--format", "csv")
    assert (status, judged) == (0, run(capsys, "measure", SAMPLE, "--by", "project", "--format", "csv")[1])


@pytest.mark.parametrize("words", [("demo",), ("report", "--export", SAMPLE, "-o", "report.html")])
def test_an_export_is_opened_once_and_its_views_are_made_once(
    words: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import hmis_standards.measure as measuring
    from hmis_standards.measure.engine.duck import DuckEngine

    opened: list[Any] = []
    made: list[str] = []
    as_ever, materialize = measuring.open_export, DuckEngine.materialize

    def opening(*given: Any, **more: Any) -> Any:
        opened.append(given)
        return as_ever(*given, **more)

    def making(self: DuckEngine, table: str, select: str) -> None:
        made.append(table)
        materialize(self, table, select)

    monkeypatch.setattr(measuring, "open_export", opening)
    monkeypatch.setattr(DuckEngine, "materialize", making)
    monkeypatch.chdir(tmp_path)
    assert run(capsys, *words)[0] == 0
    assert len(opened) == 1
    assert len(set(made)) == len(made) > 20


def test_as_a_module_it_speaks_utf8_and_ends_with_the_status() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hmis_standards", "show", "nothing/GOV-01"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


def test_without_click_the_command_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['click'] = None\n"
        "from hmis_standards.cli import main\n"
        "raise SystemExit(main(['list', 'documents']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'hmis-standards[cli]'" in done.stderr
