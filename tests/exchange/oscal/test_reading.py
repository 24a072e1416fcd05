"""A catalog of somebody else becomes local requirements that can be answered, scored and planned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hmis_standards import Assessment, load_catalog, load_profile, score, tailor, validate
from hmis_standards.errors import DocumentSyntaxError, InvalidDocument
from hmis_standards.exchange.oscal import convert_oscal_catalog, oscal_catalog, read_oscal_catalog
from hmis_standards.exchange.oscal.markup import markdown
from tests.exchange.oscal import published
from tests.exchange.oscal.test_markup import HOSTILE

pytestmark = pytest.mark.xdist_group("oscal")  # the schema is made ready once

_LONG = "A title so long that it must be cut somewhere between two of its many words, and is"
UUID = "6f3b9c2e-7a41-4d52-9f0e-1c2d3e4f5a6b"


def _catalog(**more: Any) -> dict[str, Any]:
    head = {
        "title": "Safeguards of a made-up state",
        "last-modified": "2025-06-30T00:00:00-05:00",
        "version": "3.1",
        "oscal-version": "1.1.3",
        "parties": [{"uuid": UUID.replace("6f", "7f"), "type": "organization", "name": "Made-up Office of Data"}],
        "responsible-parties": [{"role-id": "publisher", "party-uuids": [UUID.replace("6f", "7f")]}],
    }
    return {"catalog": {"uuid": UUID, "metadata": head, **more}}


def _stated(name: str, prose: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": f"Control {name}", "parts": [{"name": "statement", "prose": prose}], **more}


def _like_800_53() -> dict[str, Any]:
    """In the shape of NIST SP 800-53: families, parameters in the prose, items, enhancements, withdrawn controls."""
    params = [
        {"id": "ac-1_prm_1", "label": "personnel or roles"},
        {
            "id": "ac-1_prm_2",
            "select": {"how-many": "one-or-more", "choice": ["agency", "{{ insert: param, ac-1_prm_1 }}"]},
        },
        {"id": "ac-1_prm_3", "label": "frequency", "values": ["every year"]},
    ]
    statement = {
        "id": "ac-1_smt",
        "name": "statement",
        "prose": "The office:",
        "parts": [
            {
                "id": "ac-1_smt.a",
                "name": "item",
                "props": [{"name": "label", "value": "a."}],
                "prose": "Gives it to {{ insert: param, ac-1_prm_1 }} at {{ insert: param, ac-1_prm_2 }} level;",
                "parts": [{"name": "item", "props": [{"name": "label", "value": "1."}], "prose": "in writing\\*; and"}],
            },
            {
                "id": "ac-1_smt.b",
                "name": "item",
                "props": [{"name": "label", "value": "b."}],
                "prose": "Reviews it {{ insert: param, ac-1_prm_3 }} &amp; after {{insert: param, ac-1_none}}.",
            },
        ],
    }
    methods = [
        {
            "name": "assessment-method",
            "props": [{"name": "method", "ns": "http://csrc.nist.gov/ns/rmf", "value": method}],
            "parts": [{"name": "assessment-objects", "prose": prose}],
        }
        for method, prose in (("EXAMINE", "The policy"), ("INTERVIEW", "The owner of the policy"))
    ]
    first = {
        "id": "ac-1",
        "class": "SP800-53",
        "title": "Policy and Procedures",
        "params": params,
        "props": [{"name": "label", "value": "AC-1"}],
        "parts": [statement, {"name": "guidance", "prose": "People cannot keep to what they never saw."}, *methods],
        "controls": [
            _stated("ac-1.1", "Tells everybody."),
            _stated("ac-1.2", "Old.", props=[{"name": "status", "value": "withdrawn"}]),
        ],
    }
    return _catalog(
        groups=[{"id": "ac", "title": "Access", "controls": [first, _stated("ac_1", "Looks alike.")]}],
        controls=[
            {
                "id": "loose-1",
                "title": "A title so long that it must be cut somewhere between two of its many words, and is",
            }
        ],
    )


def _written(folder: Path, data: Any, name: str = "state.json") -> Path:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data, indent=1), encoding="utf-8")
    return path


def test_the_catalog_of_these_tests_fits_the_schema() -> None:
    published.check(_like_800_53())


def test_controls_become_local_requirements(tmp_path: Path) -> None:
    profile = read_oscal_catalog(_written(tmp_path, _like_800_53()))
    assert profile.id == "state"
    assert [item.id for item in profile.add] == [
        "local/LOCAL-LOOSE-1",
        "local/LOCAL-AC-1",
        "local/LOCAL-AC-1-1",
        "local/LOCAL-AC-1-NO-2",
    ]
    loose, first, below, _ = profile.add
    assert first.text == (
        "The office:\n"
        "a. Gives it to [personnel or roles] at [one or more of: agency; [personnel or roles]] level;\n"
        "1. in writing*; and\n"
        "b. Reviews it every year & after [ac-1_none]."
    )
    assert first.why == "People cannot keep to what they never saw."
    assert [(need.kind.value, need.text) for need in first.evidence] == [
        ("document", "The policy"),
        ("observation", "The owner of the policy"),
    ]
    assert [(one.source, one.at) for one in first.citations] == [("state-source", "AC-1")]
    assert first.tags == ("local", "oscal", "ac")
    assert (below.title, below.text, below.derived) == ("Control ac-1.1", "Tells everybody.", False)
    assert len(loose.title) <= 80
    assert loose.text.startswith(_LONG)
    (source,) = profile.sources
    assert (source.title, source.publisher, source.date) == (
        "Safeguards of a made-up state",
        "Made-up Office of Data",
        "2025-06-30",
    )
    assert (source.in_effect, first.obligation.value) == (False, "recommended")


def test_a_catalog_that_binds_makes_binding_requirements(tmp_path: Path) -> None:
    profile = read_oscal_catalog(
        _written(tmp_path, _like_800_53()), obligation="required", role="vendor", name="binding"
    )
    made = tailor(load_catalog(), profile)
    items = made.document("local").items
    assert all(made.binding(item) and item.owner.value == "vendor" for item in items)


def test_the_profile_is_a_file_that_validates_and_is_answered_scored_and_read_again(tmp_path: Path) -> None:
    target = tmp_path / "our-state.yaml"
    profile = convert_oscal_catalog(_written(tmp_path, _like_800_53()), target)
    assert validate(target) == []
    assert load_profile(target) == profile
    local = tailor(load_catalog(), profile)
    a = Assessment.start(local, subject="XX-500", on="2026-03-01", documents=["local"])
    a = a.answer("local/LOCAL-AC-1", "met").answer("local/LOCAL-LOOSE-1", "not_met")
    assert score(a).value == score(a).earned / 2
    first = target.read_bytes()
    convert_oscal_catalog(tmp_path / "state.json", target)
    assert target.read_bytes() == first


def test_our_own_catalog_comes_back_with_the_same_titles_texts_reasons_and_first_steps(tmp_path: Path) -> None:
    catalog = load_catalog()
    profile = read_oscal_catalog(_written(tmp_path, oscal_catalog(catalog), "ours.json"))
    assert [one.citations[0].at for one in profile.add] == list(catalog)
    for one, item in zip(profile.add, catalog.values(), strict=True):
        assert (one.title, one.text, one.why, one.remedy) == (item.title, item.text, item.why, item.remedy)
        assert [need.text for need in one.evidence] == [need.text for need in item.evidence]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_through_the_files_as_it_is(text: str, tmp_path: Path) -> None:
    target = tmp_path / "hostile.yaml"
    source = _catalog(controls=[_stated("a-1", markdown(text), title=markdown(" ".join(text.split())))])
    convert_oscal_catalog(_written(tmp_path, source), target)
    (item,) = load_profile(target).add
    assert item.text.endswith(text.strip())
    assert len(item.title) <= 80


@pytest.mark.parametrize(
    ("data", "pointer", "message"),
    [
        ({"profile": {}}, "", "is not an OSCAL catalog: it should hold `catalog`, and holds profile"),
        ([], "", "is not an OSCAL catalog"),
        ({"catalog": {"uuid": UUID}}, "catalog/metadata", "is missing"),
        (_catalog(), "catalog", "holds no control"),
        (_catalog(controls={}), "catalog/controls", "should be a list"),
        (_catalog(controls=["x"]), "catalog/controls/0", "should be an object"),
        (_catalog(controls=[_stated("a", "b", title=7)]), "catalog/controls/0/title", "should be text"),
        (_catalog(controls=[_stated("a", "b", title=" ")]), "catalog/controls/0/title", "is missing or empty"),
        (_catalog(controls=[{"title": "x"}]), "catalog/controls/0/id", "is missing or empty"),
        (_catalog(controls=[_stated("a", "b"), _stated("a", "c")]), "catalog/controls/1/id", "of an earlier control"),
        (_catalog(groups=[{"controls": [_stated("a", "b", parts=[{"prose": "x"}])]}]),
         "catalog/groups/0/controls/0/parts/0/name", "is missing or empty"),
        (_catalog(controls=[_stated("a", "b", parts=[{"name": "statement", "prose": ["x"]}])]),
         "catalog/controls/0/parts/0/prose", "should be text"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(data: Any, pointer: str, message: str, tmp_path: Path) -> None:
    path = _written(tmp_path, data)
    with pytest.raises(InvalidDocument) as caught:
        read_oscal_catalog(path)
    (problem,) = caught.value.problems
    assert (problem.path, problem.pointer) == (str(path), pointer)
    assert message in problem.message
    assert problem.line is not None


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    data = _catalog(controls=[_stated("a", "b", title=7), _stated("b", "c", props="x")])
    with pytest.raises(InvalidDocument) as caught:
        read_oscal_catalog(_written(tmp_path, data))
    assert [one.pointer for one in caught.value.problems] == ["catalog/controls/0/title", "catalog/controls/1/props"]


def test_what_validate_would_refuse_is_refused(tmp_path: Path) -> None:
    said = _catalog(controls=[_stated("a", "The official matrix says so.")])
    with pytest.raises(InvalidDocument, match="must not be said"):
        read_oscal_catalog(_written(tmp_path, said))


def test_files_and_words_that_are_none(tmp_path: Path) -> None:
    good = _written(tmp_path, _like_800_53())
    with pytest.raises(DocumentSyntaxError):
        read_oscal_catalog(_written(tmp_path, "{", "bad.json"))
    with pytest.raises(ValueError, match="is no id of a profile"):
        read_oscal_catalog(good, name="Our State")
    with pytest.raises(ValueError, match="is no id of a profile"):
        convert_oscal_catalog(good, tmp_path / "Our State.yaml")
    with pytest.raises(ValueError, match=r"written to \.yaml"):
        convert_oscal_catalog(good, tmp_path / "state.csv")
    with pytest.raises(ValueError, match="binding"):
        read_oscal_catalog(good, obligation="binding")


def test_ids_that_look_alike_stay_apart(tmp_path: Path) -> None:
    names = ["ac-1.1", "ac-1-1", "ac-1_1", "ac-1.1-no-2", "É", "é"]
    found = read_oscal_catalog(_written(tmp_path, _catalog(controls=[_stated(name, "x") for name in names])))
    assert [item.id.removeprefix("local/LOCAL-") for item in found.add] == [
        "AC-1-1",
        "AC-1-1-NO-2",
        "AC-1-1-NO-3",
        "AC-1-1-NO-2-NO-2",
        "CONTROL",
        "CONTROL-NO-2",
    ]


def test_parameters_that_insert_each_other_end(tmp_path: Path) -> None:
    params = [{"id": f"p{one}", "label": f"{{{{ insert: param, p{1 - one} }}}}"} for one in (0, 1)]
    looped = _catalog(params=params, controls=[_stated("a", "Do {{ insert: param, p0 }}.")])
    (item,) = read_oscal_catalog(_written(tmp_path, looped)).add
    assert item.text.startswith("Do [")


@pytest.mark.parametrize("more", ["label", "choice"])
def test_parameters_that_insert_others_many_times_over_end(more: str, tmp_path: Path) -> None:
    def inserting(number: int) -> dict[str, Any]:  # 30 texts at each of seven depths would be 22 billion
        inserts = [f"{{{{ insert: param, p{number + 1} }}}}"] * 30
        told = {"label": " ".join(inserts)} if more == "label" else {"select": {"choice": inserts}}
        return {"id": f"p{number}", **told}

    controls = [_stated("a", "Do {{ insert: param, p0 }}.")]
    bomb = _catalog(params=[inserting(number) for number in range(8)], controls=controls)
    (item,) = read_oscal_catalog(_written(tmp_path, bomb)).add
    assert item.text.startswith("Do [")
    assert len(item.text) < 300_000  # a thousand inserted parameters of 30 short texts


def test_parts_nested_as_deeply_as_json_allows_are_read(tmp_path: Path) -> None:
    part: dict[str, Any] = {"name": "item", "prose": "deepest"}
    for _ in range(150):
        part = {"name": "item", "parts": [part]}
    nested = _catalog(controls=[_stated("a", "", parts=[{"name": "statement", "parts": [part]}])])
    (item,) = read_oscal_catalog(_written(tmp_path, nested)).add
    assert item.text == "deepest"
