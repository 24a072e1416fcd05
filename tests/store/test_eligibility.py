"""The rules of the table of costs by payer, each with a planted fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.store import data_root, validate
from tests.store.trees import line_with

SHIPPED = (data_root() / "eligibility.yaml").read_text(encoding="utf-8")


def planted(folder: Path, old: str, new: str) -> Path:
    assert old in SHIPPED
    path = folder / "eligibility.yaml"
    path.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_shipped_one_is_right(tmp_path: Path) -> None:
    assert validate(planted(tmp_path, "title:", "title:")) == []


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ("- id: equipment", "- id: hardware", "- id: hardware", "category 'hardware' is there twice"),
        ("[coc_contributor, coc_lead]", "[coc_lead]", "- id: hardware", "hardware has 0 answers for coc_contributor"),
        (
            "[esg_contributor, esg_lead]",
            "[esg_lead, coc_lead]",
            "- id: hardware",
            "hardware has 2 answers for coc_lead",
        ),
        ("cfr-24-578.57-a-1-ii\n", "cfr-24-578.57-a-1-iiz\n", "a-1-iiz", "there is no source 'cfr-24-578.57-a-1-iiz'"),
        ("source: cfr-24-578.97", "source: cfr-24-578.9x", "578.9x", "there is no source"),
        ("- id: fees", "- id: private", "payers:", "fees is there 0 times"),
        ("answer: lead_only", "answer: lead", "answer: lead", "'lead' is not one of"),
        ("group: software", "grup: software", "grup:", "unknown key 'grup'"),
    ],
)
def test_a_fault_is_told(old: str, new: str, at: str, told: str, tmp_path: Path) -> None:
    path = planted(tmp_path, old, new)
    found = validate(path)
    assert any(told in str(one) for one in found), found
    assert all(one.line for one in found)
    if told != "category 'hardware' is there twice" and "answers" not in told:
        assert any(one.line == line_with(path, at) for one in found), found
