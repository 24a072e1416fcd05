"""Each rule of consistency: a fault is planted in a small tree, and the message is read with its file and line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from hmis_standards.errors import Problem
from hmis_standards.store.consistency import RULES, check
from hmis_standards.store.edition_rules import EDITION_RULES
from hmis_standards.store.link_rules import LINK_RULES
from hmis_standards.store.reader import collect
from tests.store.trees import copied, line_with, plant, read

GOV = "documents/small/gov.yaml"
SEC = "documents/small/sec.yaml"
HEAD = "documents/small/document.yaml"
FEW = "benchmarks/few.yaml"
NONE = "benchmarks/none.yaml"


@dataclass(frozen=True)
class Fault:
    """In ``file``, ``old`` becomes ``new``; the nth line with ``at`` is blamed, in words that hold ``told``."""

    rule: str
    file: str
    old: str
    new: str
    told: str
    at: str
    nth: int = 1
    hint: str = ""


# A second copy of an item, a source and so on: only its id counts.
FAULTS = [
    # ids
    Fault("unique_ids", GOV, "id: GOV-02", "id: GOV-01", "item id 'small/GOV-01' is used twice", "id: GOV-01", 2),
    Fault("unique_ids", "sources.yaml", "id: prop-1", "id: law-1", "source id 'law-1' is used twice", "id: law-1", 2),
    Fault("unique_ids", "measures.yaml", "id: use-rate", "id: error-rate", "measure id 'error-rate'", "error-rate", 2),
    Fault("unique_ids", FEW, "id: USE-1", "id: ERR-1", "benchmark id 'few/ERR-1' is used twice", "id: ERR-1", 2),
    Fault(
        "measures_say_what_they_lack",
        "measures.yaml",
        "    needs: a list of what is used\n",
        "",
        "needs: should say what it would take",
        "computed: false",
    ),
    Fault(
        "measures_say_what_they_lack",
        "measures.yaml",
        "computed: false",
        "computed: true",
        "needs: is for measures that are not computed",
        "needs: a list",
    ),
    Fault(
        "index_names_what_is_there",
        "index.yaml",
        "id: small",
        "id: smal",
        "there is no document 'smal'",
        "id: smal",
        hint="did you mean small?",
    ),
    Fault(
        "index_names_what_is_there",
        "index.yaml",
        "id: few",
        "id: feww",
        "there is no benchmark set 'feww'",
        "id: feww",
        hint="did you mean few?",
    ),
    Fault("ids_begin_with_their_section", GOV, "id: GOV-02", "id: SEC-02", "begins with GOV-", "id: SEC-02"),
    Fault("evidence_ids_are_distinct", GOV, "id: list", "id: decision", "evidence decision occurs", "id: decision", 2),
    Fault(
        "scales_exist", SEC, "scale: checklist", "scale: checklst", "no scale 'checklst'", "scale:", hint="checklist"
    ),
    # documents
    Fault("sections_are_distinct", HEAD, "id: SEC", "id: GOV", "section GOV occurs twice", "id: GOV", 2),
    Fault("files_belong_to_their_place", GOV, "document: small", "document: smll", "'smll'", "document:", hint="small"),
    Fault(
        "files_belong_to_their_place", SEC, "section: SEC", "section: GOV", "the file says section 'GOV'", "section:"
    ),
    # authorities
    Fault(
        "standing_agrees_with_effect",
        "sources.yaml",
        "status: proposed\n    in_effect: false",
        "status: proposed\n    in_effect: true",
        "proposed cannot be in effect",
        "in_effect",
        2,
    ),
    Fault(
        "standing_agrees_with_effect",
        "sources.yaml",
        "status: guidance\n    in_effect: false",
        "status: guidance\n    in_effect: true",
        "guidance cannot be in effect",
        "in_effect",
        3,
    ),
    Fault(
        "standing_agrees_with_effect",
        "sources.yaml",
        "status: superseded\n    in_effect: false",
        "status: withdrawn\n    in_effect: true",
        "withdrawn cannot be in effect",
        "in_effect",
        4,
    ),
    Fault(
        "replacements_exist",
        "sources.yaml",
        "replaced_by: law-1",
        "replaced_by: law-2",
        "there is no source 'law-2'",
        "replaced_by",
        hint="did you mean law-1?",
    ),
    Fault("replacements_exist", "sources.yaml", "replaced_by: law-1", "replaced_by: old-1", "by itself", "replaced_by"),
    # what items rest on
    Fault(
        "item_citations_exist",
        GOV,
        "source: law-1",
        "source: law-l",
        "there is no source 'law-l'",
        "source: law-l",
        hint="did you mean law-1?",
    ),
    Fault("item_citations_exist", "measures.yaml", "source: guide-1", "source: guid-1", "'guid-1'", "guid-1"),
    Fault(
        "citations_occur_once",
        GOV,
        "- source: guide-1",
        "- source: law-1\n        at: paragraph b",
        "the citation of law-1, paragraph b occurs twice",
        "source: law-1",
        2,
    ),
    Fault(
        "required_rests_on_law",
        GOV,
        "- source: law-1\n        at: paragraph b\n      - source: guide-1",
        "- source: guide-1",
        "none of its sources is in effect",
        "obligation: required",
    ),
    Fault(
        "required_rests_on_law", GOV, "basis: regulation", "basis: common_practice", "requires nothing", "obligation"
    ),
    Fault(
        "required_rests_on_law", GOV, "obligation: recommended", "obligation: required", "in effect", "obligation", 2
    ),
    Fault(
        "the_best_known_were_read",
        SEC,
        "confidence: C",
        "confidence: A",
        "confidence A, but none of its sources was read itself",
        "confidence",
        hint="make it B",
    ),
    Fault(
        "proposed_rules_are_called_so",
        GOV,
        "A rule that was proposed and never made final",
        "A rule",
        "does not say 'proposed'",
        "citations",
        2,
    ),
    # links
    Fault("requirements_exist", SEC, "small/GOV-02", "small/GOV-20", "no item 'small/GOV-20'", "requires:"),
    Fault("requirements_exist", SEC, "small/GOV-02", "small/GOV-2", "no item", "requires:", hint="small/GOV-02"),
    Fault("requirements_exist", SEC, "small/GOV-02", "small/SEC-01", "requires itself", "requires:"),
    Fault(
        "requirements_have_no_cycle",
        GOV,
        "[small/GOV-01]",
        "[small/SEC-01]",
        "these require each other: small/GOV-02 -> small/SEC-01 -> small/GOV-02",
        "requires:",
    ),
    Fault("measuring_benchmarks_exist", GOV, "few/ERR-1", "few/ERR-11", "no benchmark 'few/ERR-11'", "few/ERR-11"),
    Fault(
        "measuring_benchmarks_exist",
        GOV,
        "        speaks_to: outcome\n",
        "        speaks_to: outcome\n      - benchmark: few/ERR-1\n        speaks_to: practice\n",
        "benchmark few/ERR-1 occurs twice",
        "few/ERR-1",
        2,
    ),
    # sense
    Fault("not_applicable_says_when", GOV, "allowed: false", "allowed: true", "does not say in which", "na:"),
    Fault("not_applicable_says_when", GOV, "allowed: true", "allowed: false", "is not allowed", "when:"),
    Fault("events_are_named", GOV, "      also: After each decision\n", "", "does not say which", "frequency:", 2),
    Fault("wording_claims_nothing", GOV, "The rule requires", "HUD's checklist requires", "must not be said", "why:"),
    Fault("wording_claims_nothing", GOV, "There is", "As in the official matrix, there is", "official", "text:"),
    Fault(
        "wording_claims_nothing", GOV, "The chair puts", "HUD Product 4 requires that it is put", "guidance", "text:", 4
    ),
    # scales and ratings
    Fault(
        "scales_are_sound", "scales.yaml", "answer: not_met", "answer: met", "answer met occurs twice", "answer: met", 2
    ),
    Fault("scales_are_sound", "scales.yaml", 'credit: "1"', 'credit: "2"', "not between 0 and 1", "credit"),
    Fault("bands_start_at_zero", "ratings.yaml", 'minimum: "0"', 'minimum: "0.10"', "should start at 0", "bands:"),
    Fault("bands_start_at_zero", "ratings.yaml", 'minimum: "0.50"', 'minimum: "0"', "occurs twice", "minimum", 2),
    Fault("bands_start_at_zero", "ratings.yaml", "id: starting", "id: good", "band good occurs twice", "id: good", 2),
    Fault("bands_start_at_zero", "ratings.yaml", 'minimum: "0.50"', 'minimum: "50"', "not between 0 and 1", "minimum"),
    Fault(
        "every_obligation_is_weighed",
        "ratings.yaml",
        "obligation: optional",
        "obligation: expected",
        "there is no weight for optional",
        "weights:",
    ),
    Fault("every_obligation_is_weighed", "ratings.yaml", 'weight: "2"', 'weight: "-2"', "is below 0", 'weight: "-2"'),
    Fault("every_obligation_is_weighed", "ratings.yaml", 'below: "0.80"', 'below: "80"', "not between", "below:"),
    Fault("every_effort_in_time_has_days", "ratings.yaml", "time: 5", "time: 4", "time 4 occurs twice", "time: 4", 2),
    Fault("every_effort_in_time_has_days", "ratings.yaml", "time: 5", "time: 4", "no days for time 5", "durations:"),
    Fault("every_effort_in_time_has_days", "ratings.yaml", "days: 20", "days: 10", "stand for more", "durations:"),
    # benchmarks
    Fault(
        "benchmark_references_exist",
        FEW,
        "id: use-rate",
        "id: use-rat",
        "no measure 'use-rat'",
        "use-rat",
        hint="use-rate",
    ),
    Fault("benchmark_references_exist", FEW, "source: law-1", "source: law-9", "no source 'law-9'", "law-9"),
    Fault("limits_have_the_form_of_their_direction", FEW, 'met: "0.65"', 'met: ["0.65", "1"]', "one number", "met:", 3),
    Fault(
        "limits_have_the_form_of_their_direction", FEW, 'met: ["0.65", "1.05"]', 'met: "0.65"', "two numbers", "met:", 4
    ),
    Fault("limits_have_the_form_of_their_direction", FEW, '["0.65", "1.05"]', '["1.05", "0.65"]', "first", "met:", 4),
    Fault("near_is_further_than_met", FEW, 'near: "0.10"', 'near: "0.01"', "not be below met", "near:"),
    Fault("near_is_further_than_met", FEW, 'near: "0.50"', 'near: "0.90"', "not be above met", "near:", 2),
    Fault("near_is_further_than_met", FEW, '["0.50", "1.15"]', '["0.70", "1.15"]', "contain met", "near:", 3),
    Fault(
        "an_origin_of_near_has_a_near",
        FEW,
        """Ours too.
    targets:
      - met: "0.65"
        near: "0.50\"""",
        """Ours too.
    near_origin: convention
    targets:
      - met: "0.65\"""",
        "no target has a near limit",
        "near_origin:",
    ),
    Fault(
        "targets_do_not_compete",
        FEW,
        'until: "2026-09-30"',
        'until: "2026-10-01"',
        "targets 1 and 2 both fit project type 1 on the same day",
        "since:",
        2,
    ),
    Fault(
        "targets_do_not_compete",
        FEW,
        '        near: "0.50"',
        '      - met: "0.70"',
        "targets 1 and 2 both fit every project type",
        'met: "0.70"',
    ),
    Fault("targets_end_after_they_begin", FEW, 'until: "2026-09-30"', 'until: "2024-09-30"', "ends before", "until"),
    Fault(
        "sets_hold_what_their_status_says",
        FEW,
        "notice: >-",
        "status: unverified\nnotice: >-",
        "set 'few' is unverified and has 3 benchmarks",
        "benchmarks:",
    ),
    Fault("sets_hold_what_their_status_says", NONE, "status: unverified", "", "is verified and has no", "benchmarks:"),
    Fault("sets_end_after_they_begin", NONE, 'until: "2018-12-31"', 'until: "2017-12-31"', "set ends before", "until:"),
    Fault(
        "sets_end_after_they_begin",
        FEW,
        "notice: >-",
        'since: "2025-12-01"\nnotice: >-',
        "target begins before its set, on 2025-12-01",
        "since:",
        2,
    ),
]


def problems_of(tree: Path) -> tuple[Problem, ...]:
    parts, unfit = collect(read(tree))
    assert unfit == ()
    return check(parts)


def test_the_small_tree_is_consistent(tmp_path: Path) -> None:
    assert problems_of(copied(tmp_path)) == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}: {fault.told}")
def test_a_planted_fault_is_told_with_its_place(fault: Fault, tmp_path: Path) -> None:
    tree = copied(tmp_path)
    path = plant(tree, fault.file, fault.old, fault.new)
    told = [str(problem) for problem in problems_of(tree) if fault.told in problem.message]
    assert len(told) == 1
    assert told[0].startswith(f"{path}:{line_with(path, fault.at, fault.nth)}: ")
    assert fault.hint in told[0]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}: {fault.told}")
def test_the_rule_of_that_name_finds_it(fault: Fault, tmp_path: Path) -> None:
    tree = copied(tmp_path)
    plant(tree, fault.file, fault.old, fault.new)
    rule = next(rule for rule in RULES if rule.__name__ == fault.rule)
    assert any(fault.told in problem.message for problem in rule(collect(read(tree))[0]))


def test_every_rule_has_a_fault() -> None:
    # Those on editions have theirs in test_editions.py, those on links, stages and levels in test_link_rules.py.
    elsewhere = {rule.__name__ for rule in (*EDITION_RULES, *LINK_RULES)} | {"levels_climb", "answers_fit_the_item"}
    others = {rule.__name__ for rule in RULES} - elsewhere
    assert others == {fault.rule for fault in FAULTS} | {"sections_have_items"}


def test_an_empty_section_is_told(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / SEC).write_text("format: hmis-standards/items/1\ndocument: small\nsection: SEC\nitems: []\n")
    assert [str(one) for one in problems_of(tree)] == [f"{tree / SEC}:4: section SEC has no items at items"]


def test_a_duplicate_says_where_the_first_is(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    path = plant(tree, GOV, "id: GOV-02", "id: GOV-01")
    (problem,) = [one for one in problems_of(tree) if "used twice" in one.message]
    assert problem.message == f"item id 'small/GOV-01' is used twice, first in {path}:5"


def test_a_longer_cycle_is_told_once(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    plant(tree, GOV, "    measured_by:", "    requires: [small/SEC-01]\n    measured_by:")
    told = [problem.message for problem in problems_of(tree)]
    assert told == ["these require each other: small/GOV-01 -> small/SEC-01 -> small/GOV-02 -> small/GOV-01"]


def test_a_target_for_all_may_stand_beside_one_that_names_types(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    plant(tree, FEW, '        near: "0.50"', '      - project_types: [0]\n        met: "0.70"')
    assert problems_of(tree) == ()


def test_targets_one_after_the_other_do_not_compete(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    plant(tree, FEW, "project_types: [0, 1]", "project_types: [1, 2]")
    assert problems_of(tree) == ()


def test_what_could_not_be_read_is_not_called_missing(tmp_path: Path) -> None:
    tree = read(copied(tmp_path))
    del tree["sources.yaml"]
    parts, _ = collect(tree, unread=["sources.yaml"])
    assert check(parts) == ()


def test_a_record_left_out_is_still_known_by_its_id(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    plant(tree, "sources.yaml", "in_effect: true", "in_effect: maybe")
    parts, unfit = collect(read(tree))
    assert [problem.line for problem in unfit] == [line_with(tree / "sources.yaml", "in_effect: maybe")]
    assert check(parts) == ()
