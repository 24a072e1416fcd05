"""Editions: an older catalog from one text with dated differences, the records of what changed, and their rules."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from dataclasses import dataclass
from pathlib import Path

import pytest

import hmis_standards as hs
from hmis_standards.errors import (
    EditionConflict,
    InvalidDocument,
    NoEditionThen,
    Problem,
    RetiredItem,
    UnknownEdition,
    UnknownItem,
)
from hmis_standards.model import Catalog, Citation
from hmis_standards.store import load as loading
from hmis_standards.store import load_changes, validate
from hmis_standards.store.consistency import RULES, check, check_editions
from hmis_standards.store.edition_rules import EDITION_RULES
from hmis_standards.store.load import CURRENT_EDITION, build_catalog
from hmis_standards.store.reader import collect
from hmis_standards.vocabulary import ChangeKind, SourceStatus
from tests.store.dated import CHANGES, GOV, SEC, dated_tree
from tests.store.trees import line_with, plant, read

INDEX = "index.yaml"
RETIRED = "retired.yaml"


def built(tree: Path, edition: str) -> Catalog:
    return build_catalog(read(tree), edition)


# --- resolving, on the small tree --------------------------------------------------------------------------


def test_the_newest_edition_is_as_written(tmp_path: Path) -> None:
    newest = built(dated_tree(tmp_path), "2026.1")
    assert list(newest) == ["small/GOV-01", "small/GOV-02", "small/SEC-01", "small/SEC-03", "small/SEC-04"]
    assert newest["small/GOV-01"].title == "The CoC has decided"
    assert newest["small/SEC-03"].since == "2026.1"
    assert newest.data_standards == "FY2026"
    assert newest.period == (dt.date(2025, 10, 1), dt.date(2027, 9, 30))
    assert not newest.source("std-2024").in_effect


def test_an_older_edition_has_its_items_in_their_place(tmp_path: Path) -> None:
    older = built(dated_tree(tmp_path), "2024.1")
    assert list(older) == ["small/GOV-01", "small/GOV-02", "small/SEC-01", "small/SEC-02", "small/SEC-04"]
    assert older["small/SEC-02"].until == "2024.1"
    assert older.data_standards == "FY2024"
    assert older.period == (dt.date(2023, 10, 1), dt.date(2025, 9, 30))
    assert [one.id for one in older.editions] == ["2024.1", "2026.1"]


def test_earlier_fields_replace_those_of_today_and_no_others(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    before, now = built(tree, "2024.1")["small/GOV-01"], built(tree, "2026.1")["small/GOV-01"]
    assert (before.title, before.text) == ("The CoC has talked about it", "There are minutes.")
    assert (before.why, before.evidence, before.citations) == (now.why, now.evidence, now.citations)


def test_an_older_text_stands_in_the_place_of_a_source(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    before, now = built(tree, "2024.1")["small/SEC-04"], built(tree, "2026.1")["small/SEC-04"]
    assert now.citations == (Citation(source="std-2026", at="element 1"),)
    assert before.citations == (Citation(source="std-2024", at="element 1"),)
    assert (before.rule_version, now.rule_version) == ("FY2024", "FY2026")


def test_where_both_texts_are_cited_the_older_one_is_left(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    both = "    citations:\n      - source: std-2026\n      - source: std-2024\n        at: element 7\n"
    lines = (tree / SEC).read_text().rsplit("    citations:\n      - source: std-2026\n        at: element 1\n", 1)
    (tree / SEC).write_text(both.join(lines))
    assert built(tree, "2024.1")["small/SEC-04"].citations == (Citation(source="std-2024", at="element 7"),)


def test_a_requirement_that_is_not_there_yet_is_left_out(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    assert built(tree, "2026.1")["small/SEC-04"].requires == ("small/SEC-03",)
    assert built(tree, "2024.1")["small/SEC-04"].requires == ()


def test_sources_stand_as_they_stood_then(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    before, now = built(tree, "2024.1"), built(tree, "2026.1")
    assert before.source("std-2024").in_effect
    assert before.source("std-2024").status is SourceStatus.IN_FORCE
    assert [one.source("std-2026").in_effect for one in (before, now)] == [False, True]
    assert [one.source("late-1").in_effect for one in (before, now)] == [False, True]
    assert not before.source("old-1").in_effect  # nobody knows until when it was in force
    assert before.source("law-1") == now.source("law-1")
    assert before.binding(before["small/SEC-02"])
    assert not now.binding(before["small/SEC-02"])


@pytest.mark.parametrize(("until", "then"), [("2023-09-30", False), ("2023", True), ("2022", False), ("2023-10", True)])
def test_a_source_counts_to_the_end_of_its_year_or_month(until: str, then: bool, tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    plant(tree, "sources.yaml", 'until: "2025-09-30"', f'until: "{until}"')
    assert built(tree, "2024.1").source("std-2024").in_effect is then


def test_guidance_that_was_replaced_bound_nobody_then_either(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    plant(tree, "sources.yaml", 'basis: hud_standard\n    date: "2023-10-01"', 'basis: hud_guidance\n    date: "2023"')
    assert not built(tree, "2024.1").source("std-2024").in_effect


def test_three_editions_read_each_their_own_text(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    oldest = '  - id: "2022.1"\n    title: The oldest\n    data_standards: FY2022\n    date: "2026-01-01"\n'
    plant(tree, INDEX, "editions:\n", f'editions:\n{oldest}    from: "2021-10-01"\n    until: "2023-09-30"\n')
    append_to = "        text: >-\n          There are minutes.\n"
    plant(tree, GOV, append_to, f'{append_to}      - until: "2022.1"\n        title: Nothing was said\n')
    titles = [built(tree, edition)["small/GOV-01"].title for edition in ("2022.1", "2024.1", "2026.1")]
    assert titles == ["Nothing was said", "The CoC has talked about it", "The CoC has decided"]
    # What the oldest does not give stands as it did after it.
    assert built(tree, "2022.1")["small/GOV-01"].text == "There are minutes."


def test_links_to_items_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    (tree / "crosswalk.yaml").write_text(
        "format: hmis-standards/crosswalk/1\nlinks:\n"
        "  - {source: small/GOV-01, relation: supports, target: small/SEC-03, strength: 1, reason: Helps.}\n"
        "  - {source: small/GOV-01, relation: supports, target: small/SEC-04, strength: 1, reason: Helps.}\n"
    )
    assert [len(built(tree, edition).links) for edition in ("2024.1", "2026.1")] == [1, 2]


def test_a_retired_id_says_since_when_and_what_to_look_at(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    with pytest.raises(RetiredItem) as caught:
        built(tree, "2026.1")["small/SEC-02"]
    assert (caught.value.since, caught.value.replaced_by) == ("2026.1", ("small/SEC-03",))
    assert str(caught.value) == "item 'small/SEC-02' was retired in edition 2026.1; see small/SEC-03"
    with pytest.raises(UnknownItem):
        built(tree, "2024.1")["small/SEC-03"]
    assert built(tree, "2024.1").retired == ()


def test_an_earlier_text_that_does_not_fit_is_told_at_its_line(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    path = plant(tree, GOV, "        title: The CoC has talked about it", "        titel: The CoC has talked about it")
    with pytest.raises(InvalidDocument) as caught:
        built(tree, "2024.1")
    assert str(caught.value) == f"{path}:{line_with(path, 'until:')}: unknown key titel at items/0/earlier/0"


# --- rules -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """``old`` of ``file`` becomes ``new``; of ``blamed`` the nth line with ``at`` is blamed, in words with ``told``."""

    rule: str
    file: str
    old: str
    new: str
    told: str
    at: str
    nth: int = 1
    blamed: str = ""


_RETIRED_RECORD = "  - kind: retired\n    items: [small/SEC-02]\n    reason: >-\n      The element is gone.\n"
_ADDED_RECORD = "  - kind: added\n    items: [small/SEC-03]\n    reason: >-\n      The element is new.\n"
_EARLIER = '    earlier:\n      - until: "2024.1"\n        title: The CoC has talked about it\n'

FAULTS = [
    Fault("editions_follow_each_other", INDEX, '"2025-10-01"', '"2025-10-02"', "should begin on 2025-10-01", "from", 2),
    Fault("editions_follow_each_other", INDEX, '"2027-09-30"', '"2020-09-30"', "ends before it begins", "until", 2),
    Fault("substitutes_exist", INDEX, "source: std-2026", "source: std-206", "there is no source 'std-206'", "source:"),
    Fault("substitutes_exist", INDEX, "by: std-2024", "by: std-204", "there is no source 'std-204'", "by:"),
    Fault("substitutes_exist", INDEX, "[late-1]", "[late-2]", "there is no source 'late-2'", "no_older"),
    Fault(
        "substitutes_exist",
        INDEX,
        "        by: std-2024\n",
        "        by: std-2024\n      - source: std-2026\n        by: old-1\n",
        "a substitute for std-2026 occurs twice",
        "source: std-2026",
        2,
    ),
    Fault(
        "the_newest_edition_is_as_written",
        INDEX,
        '    until: "2027-09-30"\n',
        '    until: "2027-09-30"\n    no_older: [late-1]\n',
        "the newest edition cites what the items cite",
        "no_older",
        2,
    ),
    Fault("dates_of_items_are_editions", SEC, 'since: "2026.1"', 'since: "2026.2"', "no edition '2026.2'", "since"),
    Fault("dates_of_items_are_editions", SEC, 'since: "2026.1"', 'since: "2024.1"', "leave `since` out", "since"),
    Fault("dates_of_items_are_editions", SEC, 'until: "2024.1"', 'until: "2026.1"', "leave `until` out", "until"),
    Fault(
        "dates_of_items_are_editions",
        SEC,
        'until: "2024.1"',
        'until: "2024.1"\n    since: "2026.1"',
        "ends before",
        "until",
    ),
    Fault("dates_of_items_are_editions", GOV, 'until: "2024.1"', 'until: "2024.2"', "no edition '2024.2'", "until"),
    Fault("dates_of_items_are_editions", GOV, 'until: "2024.1"', 'until: "2026.1"', "is not one in which", "until"),
    Fault(
        "dates_of_items_are_editions",
        GOV,
        "          There are minutes.\n",
        '          There are minutes.\n      - until: "2024.1"\n        why: A word.\n',
        "what stood until 2024.1 occurs twice",
        "until",
        2,
    ),
    Fault(
        "earlier_fields_differ",
        GOV,
        "title: The CoC has talked about it",
        "title: The CoC has decided",
        "'title' did not change",
        "title: The CoC has decided",
        2,
    ),
    Fault("changes_stand_in_their_file", CHANGES, '"2026.1"', '"2026.2"', "there is no edition '2026.2'", "edition"),
    Fault("changes_stand_in_their_file", CHANGES, '"2026.1"', '"2024.1"', "is the first", "edition"),
    Fault("changes_stand_in_their_file", CHANGES, '"2026.1"', '"2024.1"', "its name says another", "edition"),
    Fault(
        "dates_have_their_record",
        CHANGES,
        _RETIRED_RECORD,
        "",
        "changes/2026.1.yaml does not say that small/SEC-02 is no more",
        "until:",
        blamed=SEC,
    ),
    Fault("dates_have_their_record", CHANGES, _ADDED_RECORD, "", "small/SEC-03 is new", "since:", blamed=SEC),
    Fault(
        "dates_have_their_record",
        CHANGES,
        "[small/GOV-01]",
        "[small/GOV-02]",
        "GOV-01 was modified",
        "- until:",
        blamed=GOV,
    ),
    Fault(
        "records_have_their_date",
        CHANGES,
        "[small/GOV-01]",
        "[small/GOV-01, small/GOV-02]",
        "the data do not show that small/GOV-02 was modified in 2026.1",
        "items:",
    ),
    Fault("records_have_their_date", SEC, '    since: "2026.1"\n', "", "SEC-03 is new", "items:", 3, CHANGES),
    Fault("records_have_their_date", CHANGES, "[small/SEC-03]", "[small/SEC-02]", "SEC-02 is new", "items:", 3),
    Fault("records_tell_the_fields", CHANGES, "[title, text]", "[title]", "has earlier text, title", "fields"),
    Fault("ended_items_are_retired", RETIRED, "id: small/SEC-02", "id: small/SEC-09", "no item 'small/SEC-09'", "id:"),
    Fault(
        "ended_items_are_retired",
        RETIRED,
        "id: small/SEC-02",
        "id: small/SEC-09",
        "retired.yaml does not have small/SEC-02 since 2026.1",
        "until:",
        blamed=SEC,
    ),
    Fault("retired_ids_stay_unused", SEC, "id: SEC-04", "id: SEC-02", "was retired and is used", "id:", 1, RETIRED),
    Fault("replacements_of_retired_exist", RETIRED, "[small/SEC-03]", "[small/SEC-7]", "no item", "replaced_by"),
    Fault("retired_ids_have_a_document", RETIRED, "id: small/", "id: smal/", "there is no document 'smal'", "id:"),
]


def problems_of(tree: Path) -> tuple[Problem, ...]:
    parts, unfit = collect(read(tree))
    assert unfit == ()
    return (*check(parts), *check_editions(parts))


def test_the_dated_tree_is_consistent(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    assert problems_of(tree) == ()
    assert validate(tree) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}: {fault.told}")
def test_a_planted_fault_is_told_with_its_place(fault: Fault, tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    plant(tree, fault.file, fault.old, fault.new)
    path = tree / (fault.blamed or fault.file)
    told = [str(problem) for problem in problems_of(tree) if fault.told in problem.message]
    assert len(told) == 1, told
    assert told[0].startswith(f"{path}:{line_with(path, fault.at, fault.nth)}: ")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}: {fault.told}")
def test_the_rule_of_that_name_finds_it(fault: Fault, tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    plant(tree, fault.file, fault.old, fault.new)
    rule = next(rule for rule in RULES if rule.__name__ == fault.rule)
    assert any(fault.told in problem.message for problem in rule(collect(read(tree))[0]))


def test_every_rule_on_editions_has_a_fault() -> None:
    assert {rule.__name__ for rule in EDITION_RULES} == {fault.rule for fault in FAULTS}


def test_an_older_edition_is_judged_by_the_sources_of_its_time(tmp_path: Path) -> None:
    """Required then has to rest on something in effect then, and the fault is told at the earlier text."""
    tree = dated_tree(tmp_path)
    more = "        citations:\n          - source: std-2026\n"
    path = plant(tree, GOV, "        title: The CoC has talked about it\n", f"        title: It talked\n{more}")
    plant(tree, CHANGES, "[title, text]", "[title, text, citations]")
    assert problems_of(tree) == ()
    plant(
        tree, INDEX, "      - source: std-2026\n        by: std-2024\n", "      - source: old-1\n        by: std-2024\n"
    )
    told = [str(one) for one in problems_of(tree)]
    line = line_with(path, "obligation: required")
    assert f"{path}:{line}: required, but none of its sources is in effect at items/0/obligation" in told


def test_a_fault_of_an_earlier_text_is_told_where_the_text_stands(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    path = plant(tree, GOV, "There are minutes.", "The official matrix asks for minutes.")
    (told,) = problems_of(tree)
    assert (told.line, told.pointer) == (line_with(path, "text: >-", 5), "items/0/earlier/0/text")


def test_what_has_no_older_text_is_excused_by_name(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    text = (tree / SEC).read_text()
    head, tail = text.rsplit("source: std-2026", 1)
    (tree / SEC).write_text(f"{head}source: late-1{tail}")
    assert problems_of(tree) == ()
    plant(tree, INDEX, "    no_older: [late-1]\n", "")
    assert [one.message for one in problems_of(tree)] == ["required, but none of its sources is in effect"]


def test_moves_splits_and_mergers_are_read_as_ends_and_beginnings(tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    moved = "  - kind: moved\n    items: [small/SEC-02]\n    became: [small/SEC-03]\n    reason: >-\n      It moved.\n"
    plant(tree, CHANGES, _RETIRED_RECORD, moved)
    plant(tree, CHANGES, _ADDED_RECORD, "")
    assert problems_of(tree) == ()
    plant(tree, CHANGES, "became: [small/SEC-03]", "became: [small/SEC-04]")
    told = {one.message for one in problems_of(tree)}
    assert "the data do not show that small/SEC-04 is new in 2026.1" in told


@pytest.mark.parametrize("file", [INDEX, CHANGES, RETIRED, GOV])
@pytest.mark.parametrize("junk", [None, [], [5], {"id": 5}, "x"])
def test_whatever_stands_there_is_told_and_not_raised(file: str, junk: object, tmp_path: Path) -> None:
    tree = dated_tree(tmp_path)
    data = read(tree)[file].data
    key = {INDEX: "editions", CHANGES: "changes", RETIRED: "retired", GOV: "items"}[file]
    changed = {**data, key: junk}
    (tree / file).write_text(json.dumps(changed))
    assert validate(tree)
    if file == GOV:
        (tree / file).write_text(json.dumps({**data, key: [{**data[key][0], "earlier": junk}, *data[key][1:]]}))
        assert validate(tree)


# --- the shipped editions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "edition"),
    [("2023-10-01", "2024.1"), ("2025-09-30", "2024.1"), ("2025-10-01", "2026.1"), (dt.date(2027, 9, 30), "2026.1")],
)
def test_a_day_picks_the_edition_in_force(day: str | dt.date, edition: str) -> None:
    assert hs.load_catalog(as_of=day).edition == edition
    assert hs.load_catalog(edition, as_of=day) is hs.load_catalog(edition)


def test_without_anything_the_newest_is_loaded() -> None:
    catalog = hs.load_catalog()
    assert catalog is hs.load_catalog(CURRENT_EDITION)
    assert catalog.editions[-1].id == CURRENT_EDITION


def test_a_day_before_the_first_edition_is_refused() -> None:
    with pytest.raises(NoEditionThen, match=r"in force on 2019-05-01: the first, 2024\.1, begins on 2023-10-01") as one:
        hs.load_catalog(as_of="2019-05-01")
    assert isinstance(one.value, ValueError)
    assert isinstance(one.value, UnknownEdition)
    assert pickle.loads(pickle.dumps(one.value)) == one.value


def test_an_edition_and_a_day_must_agree() -> None:
    with pytest.raises(EditionConflict, match=r"edition 2024\.1 was not in force on 2026-01-01: 2026\.1 was") as one:
        hs.load_catalog("2024.1", as_of="2026-01-01")
    assert pickle.loads(pickle.dumps(one.value)) == one.value


@pytest.mark.parametrize("text", ["soon", "2024-02-30", "01.05.2024", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="as_of should be a day such as 2024-05-01"):
        hs.load_catalog(as_of=text)


def test_past_what_is_known_the_newest_comes_with_a_warning() -> None:
    with pytest.warns(UserWarning, match=r"edition 2026\.1 is known until 2027-09-30"):
        assert hs.load_catalog(as_of="2027-10-01").edition == "2026.1"


def test_an_unknown_edition_says_which_there_are() -> None:
    with pytest.raises(UnknownEdition, match=r"2024\.1"):
        hs.load_catalog("2024.2")


def test_the_records_tell_the_difference_of_the_shipped_editions() -> None:
    """Every field that reads otherwise in 2024.1, other than by its sources, is in the records."""
    before, now = hs.load_catalog("2024.1"), hs.load_catalog("2026.1")
    told = {item: set(one.fields) for one in load_changes() for item in one.items}
    substituted = {"citations", "rule_version", "requires"}
    for item_id in sorted(set(before) | set(now)):
        if item_id not in before or item_id not in now:
            assert item_id in told, item_id
            continue
        old, new = before[item_id].to_dict(), now[item_id].to_dict()
        differ = {key for key in new if old[key] != new[key]}
        assert differ - substituted == told.get(item_id, set()) - substituted, item_id


def test_the_older_edition_does_not_speak_of_the_newer_one() -> None:
    for item in hs.load_catalog("2024.1").values():
        texts = f"{item.title} {item.text} {item.why} {item.scope} {item.remedy.text}"
        assert "FY2026" not in texts, item.id
        assert "October 1, 2027" not in texts, item.id
        cited = {one.source for one in item.citations}
        assert not cited & {"hmis-ds-2026", "hmis-csv-2026"}, item.id


def test_what_is_required_in_the_older_edition_rests_on_its_time() -> None:
    """But for reports of which only the FY2026 specification is in the register, as the index says."""
    older = hs.load_catalog("2024.1")
    excused = set(older.editions[0].no_older)
    for item in older.select(obligation="required"):
        assert older.binding(item) or excused & {one.source for one in item.citations}, item.id


def test_the_shipped_records() -> None:
    changes = load_changes()
    kinds = [one.kind for one in changes for _ in one.items]
    assert kinds.count(ChangeKind.MODIFIED) >= 15
    assert {one.edition for one in changes} == {"2026.1"}
    for one in hs.load_catalog().retired:
        with pytest.raises(RetiredItem):
            hs.load_catalog()[one.id]
        assert hs.load_catalog("2024.1")[one.id].title == one.title


def test_an_assessment_of_the_older_edition_is_read_with_its_catalog(tmp_path: Path) -> None:
    older = hs.load_catalog("2024.1")
    answers = hs.Assessment.start(older, subject="XX-500", on="2024-06-01", documents=["vendor-capacity"])
    answers = answers.answer("vendor-capacity/DAT-16", "met")
    path = tmp_path / "answers.yaml"
    hs.write_assessment(answers, path)
    assert validate(path) == []
    again = hs.read_assessment(path)
    assert again.edition == "2024.1"
    assert hs.score(again).value is not None


def test_an_answer_to_a_retired_item_is_told_so(tmp_path: Path) -> None:
    answers = hs.Assessment.start(
        hs.load_catalog("2024.1"), subject="A", on="2026-06-01", documents=["vendor-capacity"]
    )
    path = tmp_path / "answers.yaml"
    hs.write_assessment(answers.answer("vendor-capacity/DAT-16", "met"), path)
    plant(tmp_path, "answers.yaml", "2024.1", "2026.1")
    told = [problem.message for problem in validate(path)]
    assert "item 'vendor-capacity/DAT-16' was retired in edition 2026.1" in told


def test_loading_the_newest_does_not_read_the_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    original = loading.read_tree

    def watched(root: object, group: str = "catalog") -> object:
        tree = original(root, group)  # type: ignore[arg-type]
        asked.extend(tree)
        return tree

    monkeypatch.setattr(loading, "read_tree", watched)
    loading._shipped.__wrapped__(CURRENT_EDITION)
    assert "index.yaml" in asked
    assert not [path for path in asked if path.startswith("changes/")]
