"""Profile files: the shipped ones, one's own, and every rule with a fault planted, read back with file and line."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

import hmis_standards as hs
from hmis_standards.errors import InvalidDocument, UnknownProfile
from hmis_standards.model import Item
from hmis_standards.store import data_root, read_raw, shipped_profiles, validate
from hmis_standards.store.locate import schema_text
from hmis_standards.vocabulary import Basis, Obligation
from tests.store.trees import copied, line_with, plant

PROFILES = Path(str(data_root())) / "profiles"
SHIPPED = ("example-local-contract", "multi-coc", "no-weak-section", "small-coc", "vendor", "victim-services")
CATALOG = hs.load_catalog()
LAW = CATALOG.sources[0].id

OURS = """\
format: hmis-standards/profile/1
id: ours
title: Ours
text: For tests.
based_on: "2026.1"
select:
  reason: We have no others.
  documents: [system-administrator, improvement-matrix]
  sections: [vendor-monitoring/SEC]
  items: [vendor-monitoring/GEN-01]
exclude:
  - reason: There are no fees here.
    items: [system-administrator/POL-03]
override:
  - item: system-administrator/HLP-05
    reason: It is in the contract.
    obligation: required
    weight: "3"
    citations:
      - source: our-contract
        at: article 5
    evidence:
      - id: results
        demanded: true
  - item: improvement-matrix/GOV-02
    reason: The board wants more.
    target: 3
weights:
  - obligation: optional
    weight: "0"
    reason: Not paid for.
sources:
  - id: our-contract
    citation: Contract 7
    title: Made up for tests
    publisher: Nobody
    group: local
    basis: local_agreement
    status: in_force
    in_effect: true
    read: text
    summary: Made up.
add:
  - id: LOCAL-01
    kind: checklist_item
    title: A report goes to the county each month
    text: It has gone by the tenth.
    why: The county asks for it.
    obligation: required
    basis: local_agreement
    citations:
      - source: our-contract
        at: article 4
    confidence: A
    derived: true
    roles: [hmis_lead]
    frequency:
      every: month
    evidence:
      - id: report
        kind: report
        text: The last report
    na:
      allowed: false
    remedy:
      effort: {time: 1, money: 1, skill: 1}
      text: Write the first one.
    tags: [local]
benchmarks: default
"""


def ours(folder: Path) -> Path:
    path = folder / "ours.yaml"
    path.write_text(OURS, encoding="utf-8")
    return path


# --- shipped profiles --------------------------------------------------------------------------------------


def test_these_are_shipped() -> None:
    assert shipped_profiles() == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_is_valid_and_can_be_applied(name: str) -> None:
    assert validate(PROFILES / f"{name}.yaml") == []
    made = hs.tailor(CATALOG, hs.load_profile(name))
    assert made.layers == (name,)
    assert made.conflicts == ()
    assert len(made) > 100


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_gives_real_reasons(name: str) -> None:
    made = hs.tailor(CATALOG, hs.load_profile(name))
    reasons = {one.reason for one in made.excluded} | {c.reason for item in made.values() for c in item.changes}
    for reason in reasons:
        assert len(reason.split()) >= 5, reason


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_is_written_as_the_items_are(name: str) -> None:
    one = hs.load_profile(name)
    for override in one.override:
        for text in (override.text, override.why, override.scope, override.reason):
            assert text is None or (text.endswith(".") and "  " not in text and "\n" not in text), override.item
        assert override.title is None or (len(override.title) <= 80 and not override.title.endswith("."))
    said = read_raw(PROFILES / f"{name}.yaml").text
    assert not re.search(r"organis|authoris|colour|licence|ensure compliance|compliance", said, re.IGNORECASE)


def test_no_shipped_profile_but_the_example_makes_a_required_item_weaker() -> None:
    for name in ("small-coc", "multi-coc", "vendor", "victim-services"):
        made = hs.tailor(CATALOG, hs.load_profile(name))
        for item in made.values():
            before = CATALOG[item.id]
            if before.obligation is Obligation.REQUIRED:
                assert item.obligation is Obligation.REQUIRED, item.id
                assert item.weight is None or item.weight > 0
                assert not (item.na.allowed and not before.na.allowed)


def test_the_victim_services_profile_keeps_clients_out_of_hmis() -> None:
    made = hs.tailor(CATALOG, hs.load_profile("victim-services"))
    kept = {item.id for item in CATALOG.document("vendor-capacity").items if item.section == "CMP"}
    assert kept <= set(made)
    assert not made["system-administrator/PRV-08"].na.allowed
    for gone in ("vendor-capacity/FUN-02", "vendor-capacity/PRI-01", "system-administrator/PRJ-03"):
        assert gone not in made
    assert {one.id for one in made.excluded} | set(made) == set(CATALOG)


def test_the_vendor_profile_holds_two_documents() -> None:
    made = hs.tailor(CATALOG, hs.load_profile("vendor"))
    assert [document.id for document in made.documents] == ["vendor-monitoring", "vendor-capacity"]
    assert "vendor-capacity/CMP-06" not in made


def test_the_example_adds_three_requirements_and_explains_every_key() -> None:
    one = hs.load_profile("example-local-contract")
    made = hs.tailor(CATALOG, one)
    added: list[Item] = [made[item.id] for item in one.add]
    assert [item.id for item in added] == ["local/LOCAL-01", "local/LOCAL-02", "vendor-monitoring/LOCAL-03"]
    assert {citation.source for item in added for citation in item.citations} == {"local-contract-hm-14"}
    text = read_raw(PROFILES / "example-local-contract.yaml").text
    schema = json.loads(schema_text("profile"))
    keys = set(schema["properties"])
    for part in ("select", "exclude", "override", "weights"):
        here = schema["properties"][part]
        keys |= set(here.get("items", here)["properties"])
    assert {key for key in keys if not re.search(rf"^[ #-]*{key}\b", text, re.MULTILINE)} == set()


def test_nothing_shipped_but_the_example_rests_on_a_local_agreement() -> None:
    assert [item.id for item in CATALOG.values() if item.basis is Basis.LOCAL_AGREEMENT] == []
    assert [source.id for source in CATALOG.sources if source.basis is Basis.LOCAL_AGREEMENT] == []


def test_profiles_fit_together() -> None:
    made = hs.tailor(CATALOG, *(hs.load_profile(name) for name in ("small-coc", "multi-coc")))
    assert made.layers == ("small-coc", "multi-coc")
    assert made.conflicts == ()


# --- one's own ---------------------------------------------------------------------------------------------


def test_ones_own_profile_is_loaded_and_applied(tmp_path: Path) -> None:
    made = hs.tailor(CATALOG, hs.load_profile(ours(tmp_path)))
    changed = made["system-administrator/HLP-05"]
    assert changed.obligation is Obligation.REQUIRED
    assert changed.weight == Fraction(3)
    assert made.binding(changed)
    assert made["improvement-matrix/GOV-02"].target == 3
    assert made["local/LOCAL-01"].document == "local"
    assert "vendor-monitoring/GEN-01" in made
    assert "vendor-monitoring/GEN-02" not in made
    assert made.benchmarks == "default"


def test_gates_of_a_profile_are_added_or_take_the_place_of_others(tmp_path: Path) -> None:
    made = hs.tailor(CATALOG, hs.load_profile("no-weak-section"))
    assert [gate.id for gate in made.ratings.gates] == ["required-met", "section-minimum", "weakest-document"]
    assert [gate.id for gate in CATALOG.ratings.gates] == ["required-met"]
    (added,) = [one for one in made.changes if one.field == "gates.section-minimum"]
    assert (added.before, added.layer) == (None, "no-weak-section")
    gate = "{id: required-met, title: Also expected, obligation: expected, text: G, reason: Ours.}"
    stricter = f"gates:\n  - {gate}\nweights:"
    own = hs.tailor(made, hs.load_profile(plant(tmp_path, ours(tmp_path).name, "weights:", stricter)))
    assert [one.id for one in own.ratings.gates] == ["required-met", "section-minimum", "weakest-document"]
    assert own.ratings.gates[0].title == "Also expected"
    (replaced,) = [one for one in own.changes if one.field == "gates.required-met"]
    assert (replaced.before, replaced.after, replaced.reason) == (
        "Every required item is met",
        "Also expected",
        "Ours.",
    )


def test_a_profile_sets_another_goal(tmp_path: Path) -> None:
    goal = 'goal: {of: As in our plan, direction: at_least, met: "0.95", near: "0.9", origin: example}'
    path = plant(
        tmp_path,
        ours(tmp_path).name,
        "weights:",
        f"""  - item: system-administrator/DQM-06
    reason: Our plan asks for more.
    {goal}
weights:""",
    )
    made = hs.tailor(CATALOG, hs.load_profile(path))
    a = hs.Assessment.start(made, subject="XX-500", on="2026-03-01", documents=["system-administrator"])
    line = hs.score(a.answer("system-administrator/DQM-06", "0.92")).line("system-administrator/DQM-06")
    assert line.status.value == "partial"
    assert [one.field for one in made["system-administrator/DQM-06"].changes] == ["goal"]


def test_an_unknown_profile_says_which_are_close(tmp_path: Path) -> None:
    with pytest.raises(UnknownProfile) as error:
        hs.load_profile("smal-coc")
    assert error.value.close == ("small-coc",)
    with pytest.raises(UnknownProfile):
        hs.load_profile(tmp_path / "absent.yaml")


def test_a_file_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    path = plant(tmp_path, ours(tmp_path).name, "POL-03", "POL-33")
    plant(tmp_path, path.name, "target: 3", "target: 0")
    with pytest.raises(InvalidDocument) as error:
        hs.load_profile(path)
    assert len(error.value.problems) == 2


# --- each rule ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """``old`` becomes ``new``; the nth line with ``at`` is blamed, in words that hold ``told``."""

    old: str
    new: str
    told: str
    at: str
    nth: int = 1


def _gate(more: str, times: int = 1, reason: str = "R") -> str:
    one = f'  - {{id: g, title: G, kind: parts, by: section, minimum: "0.5", {more}, text: G, reason: "{reason}"}}\n'
    return f"gates:\n{one * times}weights:"


GOAL = 'goal: {of: One out of all, direction: at_least, met: "1", origin: convention}'

FAULTS = [
    Fault("id: ours", "id: yours", "the name of the file says 'ours'", "id: yours"),
    Fault('"2026.1"', '"2020.1"', "there is no edition '2020.1'", "based_on"),
    Fault("[system-administrator,", "[system-administrators,", "did you mean system-administrator?", "documents"),
    Fault("vendor-monitoring/SEC]", "vendor-monitoring/SECC]", "did you mean vendor-monitoring/SEC?", "sections"),
    Fault("GEN-01]", "GEN-1]", "did you mean vendor-monitoring/GEN-01?", "items: [vendor-m"),
    Fault("reason: We have no others.", 'reason: ""', "which is required: that needs a reason", "select:"),
    Fault("POL-03]", "POL-33]", "there is no item 'system-administrator/POL-33'", "POL-33"),
    Fault("reason: There are no fees here.", 'reason: " "', "that needs a reason", '- reason: " "'),
    Fault("items: [system-administrator/POL-03]", "tags: [fee]", "there is no tag 'fee'", "tags: [fee]"),
    Fault("HLP-05", "HLP-5", "did you mean system-administrator/HLP-05?", "HLP-5"),
    Fault("improvement-matrix/GOV-02", "system-administrator/HLP-05", "overridden twice", "HLP-05", 2),
    Fault("POL-03]", "HLP-05]", "but this profile leaves it out", "- item: system-administrator/HLP-05"),
    Fault("reason: It is in the contract.", 'reason: ""', "gives no reason", "- item: system-administrator/HLP-05"),
    Fault(
        "source: our-contract\n        at: article 5", "source: our-contrat", "did you mean our-contract?", "contrat"
    ),
    Fault("in_effect: true", "in_effect: false", "none of its sources is in effect", "obligation: required"),
    Fault("id: results", "id: result", "no evidence 'result' at", "id: result"),
    Fault("target: 3", "target: 0", "should be 1 or more", "target: 0"),
    Fault("improvement-matrix/GOV-02", "system-administrator/GOV-02", "it has no levels", "target: 3"),
    Fault("    target: 3\n", "", "overrides nothing", "- item: improvement-matrix/GOV-02"),
    Fault("target: 3", "na: {allowed: true}", "`when` does not say", "na: {allowed: true}"),
    Fault("target: 3", "na: {allowed: false, when: Never.}", "`when` is given", "na: {allowed: false"),
    Fault('weight: "3"', 'weight: "-3"', "is not what is asked for", 'weight: "-3"'),
    Fault(
        "weights:",
        'weights:\n  - {obligation: optional, weight: "1", reason: x}',
        "weighed twice",
        "obligation: optional",
        2,
    ),
    Fault(
        'obligation: optional\n    weight: "0"\n    reason: Not paid for.',
        'obligation: required\n    weight: "0"\n    reason: ""',
        "everything required weight 0",
        "- obligation: required",
    ),
    Fault("weights:", _gate("only: [system-administrator/GOVV]"), "did you mean system-administrator/GOV?", "id: g"),
    Fault("weights:", _gate("only: [system-administrator/GOV]", reason=""), "gate 'g' gives no reason", "id: g"),
    Fault("weights:", _gate("only: [system-administrator/GOV]", 2), "gate 'g' stands there twice", "id: g", 2),
    Fault("weights:", _gate("obligation: required"), "gate g: a gate on parts takes no obligation", "id: g"),
    Fault("target: 3", GOAL, "there is nothing to judge by a goal", "goal:"),
    Fault("id: our-contract", f"id: {LAW}", "is in the register already", f"id: {LAW}"),
    Fault("id: LOCAL-01", "id: RULE-01", "begins with LOCAL-", "id: RULE-01"),
    Fault("id: LOCAL-01", "id: LOCAL-01\n    document: vendor-monitorin", "no document", "document: vendor-m"),
    Fault(
        "    citations:\n      - source: our-contract\n        at: article 4\n",
        "",
        "missing 'citations'",
        "id: LOCAL-01",
    ),
    Fault("at: article 4", "at: article 4\n      - source: nobody", "there is no source 'nobody'", "source: nobody"),
    Fault("tags: [local]", "tags: [local]\n    requires: [system-administrator/GOV-99]", "GOV-99", "requires"),
    Fault("tags: [local]", "tags: [local]\n    scale: checklst", "there is no scale 'checklst'", "scale"),
    Fault(
        "tags: [local]",
        "tags: [local]\n    measured_by: [{benchmark: default/COV-99, speaks_to: outcome}]",
        "default/COV-99",
        "measured_by",
    ),
    Fault("every: month", "every: event", "does not say which", "frequency"),
    Fault("The county asks for it.", "HUD's checklist requires it.", "must not be said", "why:"),
    Fault("benchmarks: default", "benchmarks: defaul", "there is no benchmark set 'defaul'", "benchmarks: defaul"),
    Fault("title: Ours", "titel: Ours", "unknown key 'titel' (did you mean title?)", "titel"),
    Fault("    reason: The board wants more.\n", "", "missing 'reason'", "- item: improvement-matrix/GOV-02"),
]
WEAKENINGS = [
    ("obligation: expected", "makes it expected"),
    ('weight: "0"', "gives it weight 0"),
    ("na: {allowed: true, when: Never.}", "allows not_applicable"),
    ("target: 1", "lowers the level to reach to 1"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.told[:40])
def test_a_planted_fault_is_told_with_file_and_line(tmp_path: Path, fault: Fault) -> None:
    path = plant(tmp_path, ours(tmp_path).name, fault.old, fault.new)
    problems = validate(path)
    told = [one for one in problems if fault.told in str(one)]
    assert told, [str(one) for one in problems]
    assert f"{path}:{line_with(path, fault.at, fault.nth)}:" in str(told[0])


@pytest.mark.parametrize(("change", "told"), WEAKENINGS)
def test_making_a_required_item_weaker_needs_a_reason(tmp_path: Path, change: str, told: str) -> None:
    path = plant(tmp_path, ours(tmp_path).name, "target: 3", change)
    assert validate(path) == []
    plant(tmp_path, path.name, "reason: The board wants more.", 'reason: ""')
    (problem,) = validate(path)
    assert problem.message == f"improvement-matrix/GOV-02 is required, and this {told}: that needs a reason"
    assert problem.line == line_with(path, "- item: improvement-matrix/GOV-02")


def test_no_longer_demanding_evidence_needs_a_reason(tmp_path: Path) -> None:
    item = next(
        one
        for one in CATALOG.document("system-administrator").items
        if one.obligation is Obligation.REQUIRED and any(need.demanded for need in one.evidence)
    )
    need = next(need.id for need in item.evidence if need.demanded)
    new = f'item: {item.id}\n    reason: ""\n    evidence: [{{id: {need}, demanded: false}}]'
    old = "item: improvement-matrix/GOV-02\n    reason: The board wants more.\n    target: 3"
    path = plant(tmp_path, ours(tmp_path).name, old, new)
    (problem,) = validate(path)
    assert f"no longer demands {need}: that needs a reason" in problem.message


# --- in a tree ---------------------------------------------------------------------------------------------


def test_the_profiles_of_a_tree_are_judged_by_that_tree(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "profiles").mkdir()
    path = tree / "profiles" / "few.yaml"
    path.write_text(
        "format: hmis-standards/profile/1\nid: few\ntitle: Few\ntext: For tests.\n"
        "select:\n  reason: We need no more.\n  items: [small/SEC-01, small/GOV-01]\n",
        encoding="utf-8",
    )
    assert validate(tree) == []
    assert validate(path) == []
    plant(tree, "profiles/few.yaml", "small/GOV-01", "small/GOV-1")
    (problem,) = validate(tree)
    assert str(problem).startswith(f"{path}:7: there is no item 'small/GOV-1'")
    assert validate(path) == [problem]


def test_local_requirements_have_the_shape_of_items() -> None:
    """The schema of a profile stands by itself, so that editors can use it; its parts are copies."""
    profile, items, sources = (json.loads(schema_text(kind))["$defs"] for kind in ("profile", "items", "sources"))
    assert profile["source"] == sources["source"]
    assert profile["citation"] == items["citation"]
    assert profile["remedy"] == items["remedy"]
    ours, theirs = profile["item"]["properties"], items["item"]["properties"]
    own, of_editions = {"id", "document", "weight", "derived"}, {"id", "since", "until", "earlier", "derived"}
    assert ours["derived"]["type"] == "boolean"  # a local requirement can stand in the words of its source
    assert {name: part for name, part in ours.items() if name not in own} == {
        name: part for name, part in theirs.items() if name not in of_editions
    }
    assert profile["item"]["required"] == items["item"]["required"]


# --- answers -----------------------------------------------------------------------------------------------


def test_answers_name_their_profile_and_are_read_with_it(tmp_path: Path) -> None:
    catalog = hs.tailor(CATALOG, hs.load_profile("vendor"))
    first = hs.Assessment.start(catalog, subject="Vendor", on="2026-03-01", documents=["vendor-monitoring"])
    hs.write_assessment(first.answer("vendor-monitoring/DAT-01", "met"), tmp_path / "a.yaml")
    assert "profile: vendor\n" in (tmp_path / "a.yaml").read_text(encoding="utf-8")
    again = hs.read_assessment(tmp_path / "a.yaml")
    assert again.profile == "vendor"
    assert again.catalog.layers == ("vendor",)
    assert len(again.items()) == len(first.items())
    assert validate(tmp_path / "a.yaml") == []


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv", ".xlsx"])
def test_a_profile_of_ones_own_is_found_beside_the_answers(tmp_path: Path, suffix: str) -> None:
    catalog = hs.tailor(CATALOG, hs.load_profile("small-coc"), hs.load_profile(ours(tmp_path)))
    first = hs.Assessment.start(catalog, subject="A", on="2026-03-01", documents=["local", "system-administrator"])
    first = first.answer("local/LOCAL-01", "met", evidence=[hs.Evidence(kind="report", title="March")])
    path = tmp_path / f"answers{suffix}"
    hs.write_assessment(first, path)
    assert hs.read_assessment(path) == first
    assert hs.read_assessment(path).catalog.layers == ("small-coc", "ours")


def test_a_profile_that_is_nowhere_is_a_problem_of_the_file(tmp_path: Path) -> None:
    path = ours(tmp_path)
    catalog = hs.tailor(CATALOG, hs.load_profile(path))
    empty = hs.Assessment.start(catalog, subject="A", on="2026-03-01", documents=["local"])
    answers = tmp_path / "elsewhere" / "a.yaml"
    answers.parent.mkdir()
    hs.write_assessment(empty, answers)
    with pytest.raises(InvalidDocument) as error:
        hs.read_assessment(answers)
    (problem,) = error.value.problems
    assert problem.line == line_with(answers, "profile: ours")
    assert "put ours.yaml beside this file, or give the tailored catalog" in str(problem)
    assert hs.read_assessment(answers, catalog) == empty
    told = [str(one) for one in validate(answers)]
    assert f"{answers}:{line_with(answers, 'profile: ours')}: there is no profile 'ours' at profile" in told


def test_a_catalog_with_other_layers_is_refused(tmp_path: Path) -> None:
    empty = hs.Assessment.start(CATALOG, subject="A", on="2026-03-01", documents=["vendor-capacity"])
    hs.write_assessment(empty, tmp_path / "a.yaml")
    with pytest.raises(InvalidDocument, match="made with no profile, the catalog with vendor"):
        hs.read_assessment(tmp_path / "a.yaml", hs.tailor(CATALOG, hs.load_profile("vendor")))


def test_an_answer_to_an_item_left_out_says_who_left_it_out(tmp_path: Path) -> None:
    empty = hs.Assessment.start(CATALOG, subject="A", on="2026-03-01", documents=["vendor-monitoring"])
    hs.write_assessment(empty.answer("vendor-monitoring/GEN-01", "met"), tmp_path / "a.yaml")
    plant(tmp_path, "a.yaml", "profile: null", "profile: vendor")
    with pytest.raises(InvalidDocument, match="profile vendor leaves it out: How the customer organizes"):
        hs.read_assessment(tmp_path / "a.yaml")
