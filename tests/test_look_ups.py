"""Looking up what is not there: the message says what was asked for and what there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import hmis_standards as hs
from hmis_standards.errors import NotFound, UnknownBenchmarkSet, UnknownItem

CATALOG = hs.load_catalog()


@pytest.mark.parametrize("wrong", [5, None, 1.5, ("GOV", 1)])
def test_an_id_that_is_no_text_is_not_found(wrong: Any) -> None:
    with pytest.raises(UnknownItem, match="there is no item "):
        CATALOG[wrong]
    for look in (CATALOG.document, CATALOG.source, CATALOG.measure, CATALOG.benchmark, CATALOG.benchmark_set):
        with pytest.raises(NotFound):
            look(wrong)
    assert wrong not in CATALOG


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"role": "HMIS Lead"}, "role 'HMIS Lead' is not one of coc, hmis_lead, .*; did you mean hmis_lead"),
        ({"obligation": "require"}, "obligation 'require' is not one of required, .*; did you mean required"),
        ({"basis": "law"}, "basis 'law' is not one of regulation, [^;]*$"),
        ({"confidence": "D"}, "confidence 'D' is not one of A, B, C$"),
    ],
)
def test_select_says_which_words_there_are(wanted: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        CATALOG.select(**wanted)


def test_select_takes_words_and_members_of_their_lists() -> None:
    role = CATALOG["system-administrator/GOV-01"].roles[0]
    assert CATALOG.select(role=role) == CATALOG.select(role=role.value) != ()


@pytest.mark.parametrize("name", ["nope", "nope.yaml"])
def test_a_benchmark_set_is_called_one(name: str) -> None:
    with pytest.raises(UnknownBenchmarkSet, match=f"there is no benchmark set '{name}'"):
        hs.load_benchmarks(name)


@pytest.mark.parametrize("suffix", [".yaml", ".csv", ".xlsx"])
def test_validate_of_every_format_of_an_assessment(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    empty = hs.Assessment.start(CATALOG, subject="XX-500", on="2026-03-01", documents="system-administrator")
    hs.write_assessment(empty, path)
    assert hs.validate(path) == []
    hs.write_assessment(hs.Assessment(**{**_fields(empty), "edition": "1999.1"}), path)
    (problem,) = hs.validate(str(path))
    assert "1999.1" in str(problem)
    assert str(path) in str(problem)


def _fields(assessment: hs.Assessment) -> dict[str, Any]:
    names = ("catalog", "documents", "profile", "subject", "assessor", "date", "responses")
    return {name: getattr(assessment, name) for name in names}


def test_validate_says_which_files_it_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with pytest.raises(FileNotFoundError):
        hs.validate(path)
    path.touch()
    assert "only folders and .yaml, .yml, .json, .csv, .xlsx can" in str(hs.validate(path)[0])


def test_what_is_selected_is_a_tuple_and_a_table() -> None:
    found = CATALOG.select(document="data-quality-program", obligation="required")
    assert isinstance(found, tuple)
    assert found == tuple(one for one in CATALOG.document("data-quality-program").items if one in found) != ()
    assert [row["id"] for row in found.rows()] == [one.id for one in found]
    assert repr(found).startswith(f"<{len(found)} items: data-quality-program/GOV-01, ")
    assert type(found[1:]) is type(found)
    assert found.to_dict()["items"][0]["id"] == found[0].id
    assert len(found.to_frame()) == len(found)
    assert "<td>data-quality-program/GOV-01</td>" in found._repr_html_()
    assert type(CATALOG.search("exit")) is type(found)
    assert CATALOG.select(tag="no such tag") == ()
