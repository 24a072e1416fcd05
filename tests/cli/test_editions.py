"""Editions on the command line: their dates, an item as an older one had it, and what changed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hmis_standards.cli import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    told = capsys.readouterr()
    return code, told.out, told.err


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    code, out, _ = run(capsys, *words, "--format", "json")
    assert code == 0
    listed: list[dict[str, Any]] = json.loads(out)
    return listed


def test_editions_are_listed_with_their_dates(capsys: pytest.CaptureFixture[str]) -> None:
    first, newest = rows(capsys, "list", "editions")
    assert {key: first[key] for key in ("id", "from", "until", "data_standards")} == {
        "id": "2024.1",
        "from": "2023-10-01",
        "until": "2025-09-30",
        "data_standards": "FY2024",
    }
    assert newest["until"] == "2027-09-30"


def test_items_of_an_older_edition(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("list", "items", "--document", "vendor-capacity", "--section", "DAT")
    then = {row["id"] for row in rows(capsys, *asked, "--edition", "2024.1")}
    now = {row["id"] for row in rows(capsys, *asked)}
    assert then - now == {"vendor-capacity/DAT-16", "vendor-capacity/DAT-17"}
    assert now - then == {"vendor-capacity/DAT-18"}


def test_an_item_as_it_read_then(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "vendor-capacity/DAT-03", "--edition", "2024.1")
    assert code == 0
    assert "HispanicLatinaeo" in out
    assert "FY2026" not in out


def test_a_retired_item_is_told_and_still_shown_in_its_edition(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "show", "vendor-capacity/DAT-16")
    assert code == 2
    assert "was retired in edition 2026.1" in err
    assert run(capsys, "show", "vendor-capacity/DAT-16", "--edition", "2024.1")[0] == 0


def test_an_unknown_edition_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "list", "items", "--edition", "2024.2")
    assert code == 2
    assert "there is no edition '2024.2'" in err


def test_changes_are_listed_one_row_an_item(capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(capsys, "list", "changes")
    assert {row["kind"] for row in told} == {"added", "modified", "retired"}
    by_item = {row["item"]: row for row in told}
    assert by_item["vendor-capacity/DAT-03"]["fields"] == "title, text, citations"
    assert all(row["reason"].endswith(".") for row in told)
    assert rows(capsys, "list", "changes", "--edition", "2024.1") == []
