"""Going to a shipped edition with the profiles of the assessment, and to one of a tree with a split and a merger."""

from __future__ import annotations

from pathlib import Path

import pytest

import hmis_standards as hs
from hmis_standards.assess import Assessment, Response, carried_to
from hmis_standards.errors import UnknownEdition
from hmis_standards.store import load_changes, validate
from hmis_standards.store.load import build_catalog
from hmis_standards.store.reader import collect
from hmis_standards.vocabulary import Outcome
from tests.store.dated import CHANGES, GOV, SEC, dated_tree
from tests.store.trees import plant, read

VENDOR = "vendor-capacity"


_COVERED = ["local", "system-administrator"]


def older(*answers: tuple[str, str]) -> Assessment:
    one = Assessment.start(hs.load_catalog("2024.1"), subject="XX-500", on="2025-03-01", documents=[VENDOR])
    return one.with_responses(Response(item=f"{VENDOR}/{item}", answer=answer) for item, answer in answers)


def test_the_newest_edition_if_none_is_named() -> None:
    found = hs.migrate(older(("DAT-03", "met"), ("DAT-16", "partial"), ("DAT-01", "met")))
    assert found.assessment.edition == "2026.1"
    assert found.assessment.catalog is hs.load_catalog()
    outcomes = {one.old: one.outcome for one in found.entries if one.old}
    assert outcomes == {
        f"{VENDOR}/DAT-03": Outcome.NEEDS_REVIEW,
        f"{VENDOR}/DAT-16": Outcome.RETIRED,
        f"{VENDOR}/DAT-01": Outcome.CARRIED,
    }
    assert [one.new for one in found.entries if one.outcome is Outcome.NEW] == [(f"{VENDOR}/DAT-18",)]
    reason = found.to_review()[0].reason
    assert reason.startswith("Reads otherwise since edition 2026.1: Sex (4.21) came in the place of gender")


def test_there_and_back_with_an_answer_to_every_item() -> None:
    """All items of the older edition, one answer after the other of those they take."""
    catalog = hs.load_catalog("2024.1")
    documents = [document.id for document in catalog.documents]
    one = Assessment.start(catalog, subject="XX-500", on="2025-03-01", documents=documents)
    said = []
    for place, item in enumerate(one.items()):
        words = catalog.scale(item).words()
        said.append(Response(item=item.id, answer=words[place % len(words)], note=f"Note {place}."))
    full = one.with_responses(said)
    there = hs.migrate(full, to="2026.1")
    assert hs.migrate(there.assessment, to="2024.1").assessment == full
    counts = there.counts()
    changed = [item for change in load_changes() for item in change.items]
    assert counts[Outcome.RETIRED] == 2
    assert counts[Outcome.NEW] == 1
    assert counts[Outcome.CARRIED] + counts[Outcome.NEEDS_REVIEW] == len(full.responses) - 2
    assert 0 < counts[Outcome.NEEDS_REVIEW] < len(changed)


def test_backward_from_the_newest() -> None:
    newest = Assessment.start(hs.load_catalog(), subject="XX-500", on="2026-03-01", documents=[VENDOR])
    found = hs.migrate(newest.answer(f"{VENDOR}/DAT-18", "met"), to="2024.1")
    (entry,) = [one for one in found.entries if one.old]
    assert entry.outcome is Outcome.RETIRED
    assert entry.reason.startswith("Added in edition 2026.1: Sex is a new element")
    assert hs.migrate(found.assessment).assessment.response(f"{VENDOR}/DAT-18") is not None


def test_profiles_are_applied_again() -> None:
    catalog = hs.tailor(hs.load_catalog("2024.1"), hs.load_profile("small-coc"))
    one = Assessment.start(catalog, subject="XX-500", on="2025-03-01", documents=["system-administrator"])
    found = hs.migrate(one.answer("system-administrator/GOV-01", "met"))
    assert found.assessment.catalog.layers == ("small-coc",)
    assert (found.assessment.profile, found.notes) == ("small-coc", ())


def test_a_profile_that_does_not_fit_is_told_and_its_answers_are_kept() -> None:
    catalog = hs.tailor(hs.load_catalog(), hs.load_profile("example-local-contract"))
    local = "local/LOCAL-01"
    one = Assessment.start(catalog, subject="XX-500", on="2026-03-01", documents=_COVERED)
    found = hs.migrate(one.answer(local, "met"), to="2024.1")
    assert found.notes[0].startswith("Profile example-local-contract was not applied: is written for edition 2026.1")
    assert found.assessment.profile is None
    assert [entry.response.item for entry in found.assessment.archive] == [local]
    assert hs.migrate(found.assessment, catalog=catalog).assessment.response(local) == one.answer(
        local, "met"
    ).response(local)


def test_a_catalog_of_ones_own() -> None:
    catalog = hs.load_catalog()
    assert hs.migrate(older(), catalog=catalog).assessment.catalog is catalog
    assert hs.migrate(older(), "2026.1", catalog).assessment.catalog is catalog
    with pytest.raises(ValueError, match=r"`to` is 2024\.1, the catalog is of edition 2026\.1"):
        hs.migrate(older(), "2024.1", catalog)
    with pytest.raises(UnknownEdition, match=r"no edition '2025\.1'"):
        hs.migrate(older(), to="2025.1")


# --- a tree with a split and a merger ----------------------------------------------------------------------

_SPLIT = """  - kind: split
    items: [small/SEC-02]
    became: [small/SEC-03, small/SEC-04]
    reason: >-
      Two questions in one.
  - kind: merged
    items: [small/GOV-03, small/GOV-04]
    became: [small/GOV-05]
    reason: >-
      One duty.
"""
_RETIRED = """  - id: small/{id}
    since: "2026.1"
    title: Old
    reason: >-
      One duty.
    replaced_by: [small/GOV-05]
"""


def tree_with_everything(to: Path) -> Path:
    """The dated tree, in which SEC-02 became SEC-03 and SEC-04, and GOV-03 and GOV-04 became GOV-05."""
    tree = dated_tree(to)
    records = (tree / CHANGES).read_text(encoding="utf-8")
    kept = records.split("  - kind: retired")[0]
    (tree / CHANGES).write_text(kept + _SPLIT, encoding="utf-8")
    plant(tree, SEC, "    scope: All\n", '    since: "2026.1"\n')
    plant(tree, SEC, "requires: [small/SEC-03]", "requires: [small/SEC-01]")
    item = (tree / SEC).read_text(encoding="utf-8").split("  - id: SEC-02\n")[1].split("\n  - id: ")[0] + "\n"
    ending = item.replace("small/SEC-01", "small/GOV-01")
    lasting = (
        ending.replace('until: "2024.1"', 'since: "2026.1"').replace("std-2024", "std-2026").replace("2024", "2026")
    )
    with (tree / GOV).open("a", encoding="utf-8") as file:
        file.write(f"  - id: GOV-03\n{ending}  - id: GOV-04\n{ending}  - id: GOV-05\n{lasting}")
    with (tree / "retired.yaml").open("a", encoding="utf-8") as file:
        file.write(_RETIRED.format(id="GOV-03") + _RETIRED.format(id="GOV-04"))
    return tree


def test_a_tree_with_a_split_and_a_merger(tmp_path: Path) -> None:
    tree = tree_with_everything(tmp_path)
    assert validate(tree) == []
    before, now = (build_catalog(read(tree), edition) for edition in ("2024.1", "2026.1"))
    changes = [one.value for one in collect(read(tree))[0].changes]
    one = Assessment.start(before, subject="XX-500", on="2025-03-01", documents=["small"]).with_responses(
        [
            Response(item="small/GOV-01", answer="met"),
            Response(item="small/GOV-02", answer="met"),
            Response(item="small/GOV-03", answer="met", note="Done."),
            Response(item="small/GOV-04", answer="not_met"),
            Response(item="small/SEC-02", answer="met"),
        ]
    )
    found = carried_to(one, now, changes)
    outcomes = {entry.old: (entry.outcome.value, entry.new) for entry in found.entries if entry.old}
    assert outcomes == {
        "small/GOV-01": ("needs_review", ("small/GOV-01",)),
        "small/GOV-02": ("carried", ("small/GOV-02",)),
        "small/GOV-03": ("merged", ("small/GOV-05",)),
        "small/GOV-04": ("merged", ("small/GOV-05",)),
        "small/SEC-02": ("split", ("small/SEC-03", "small/SEC-04")),
    }
    merged = found.assessment.response("small/GOV-05")
    assert merged is not None
    assert (merged.answer, merged.proposed) == ("not_met", True)
    assert carried_to(found.assessment, before, changes).assessment == one
