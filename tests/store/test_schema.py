"""The JSON Schemas: what they say about themselves, that their words are the vocabulary's, and how they complain."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hmis_standards import vocabulary
from hmis_standards.ids import ITEM_ID
from hmis_standards.store.locate import schema_text
from hmis_standards.store.plain_shape import plainly_fits
from hmis_standards.store.raw import Raw
from hmis_standards.store.schema import KINDS, check_shape, kind_of
from hmis_standards.store.yaml_text import parse_yaml, read_raw
from tests.store.trees import SMALL, copied, line_with, plant, read

WORDS: dict[str, Any] = {
    "document": {("sections", "stage", "who"): vocabulary.Role},
    "crosswalk": {("links", "relation"): vocabulary.Relation},
    "items": {
        ("item", "kind"): vocabulary.ItemKind,
        ("item", "obligation"): vocabulary.Obligation,
        ("item", "basis"): vocabulary.Basis,
        ("item", "confidence"): vocabulary.Confidence,
        ("item", "confidence_detail"): vocabulary.Confidence,
        ("item", "roles"): vocabulary.Role,
        ("item", "frequency", "every"): vocabulary.Every,
        ("item", "evidence", "kind"): vocabulary.EvidenceKind,
        ("item", "measured_by", "speaks_to"): vocabulary.SpeaksTo,
        ("item", "goal", "origin"): vocabulary.Origin,
    },
    "sources": {
        ("source", "basis"): vocabulary.Basis,
        ("source", "status"): vocabulary.SourceStatus,
        ("source", "read"): vocabulary.Read,
    },
    "scales": {
        ("scales", "origin"): vocabulary.Origin,
        ("scales", "kind"): vocabulary.ScaleKind,
        ("scales", "answers", "status"): vocabulary.Status,
    },
    "ratings": {
        ("origin",): vocabulary.Origin,
        ("weights", "obligation"): vocabulary.Obligation,
        ("weights", "origin"): vocabulary.Origin,
        ("gates", "obligation"): vocabulary.Obligation,
        ("gates", "kind"): vocabulary.GateKind,
        ("gates", "by"): vocabulary.PartKind,
        ("gates", "origin"): vocabulary.Origin,
        ("planning", "origin"): vocabulary.Origin,
    },
    "measures": {("measures", "dimension"): vocabulary.Dimension},
    "benchmarks": {
        ("status",): vocabulary.SetStatus,
        ("benchmark", "dimension"): vocabulary.Dimension,
        ("benchmark", "direction"): vocabulary.Direction,
        ("benchmark", "origin"): vocabulary.Origin,
        ("benchmark", "near_origin"): vocabulary.Origin,
        ("benchmark", "confidence"): vocabulary.Confidence,
    },
    "form": {("clause", "obligation"): vocabulary.Obligation, ("table", "rows"): vocabulary.TableRows},
    "assessment": {("evidence", "kind"): vocabulary.EvidenceKind},
    "declaration": {
        ("claims", "claim"): vocabulary.ClaimWord,
        ("claims", "method"): vocabulary.ClaimMethod,
        ("claims", "evidence", "kind"): vocabulary.EvidenceKind,
    },
    "checks": {
        ("checks", "dimension"): vocabulary.Dimension,
        ("checks", "severity"): vocabulary.Severity,
        ("checks", "kind"): vocabulary.CheckKind,
        ("checks", "unit"): vocabulary.CountedUnit,
        ("checks", "confidence"): vocabulary.Confidence,
        ("settings", "origin"): vocabulary.Origin,
    },
    "staffing": {
        ("post", "roles", "role"): vocabulary.StaffRole,
        ("post", "backup_for"): vocabulary.StaffRole,
    },
    "budget": {
        ("funding", "payer"): vocabulary.Payer,
        ("match", "payer"): vocabulary.Payer,
        ("match", "kind"): vocabulary.MatchKind,
        ("administration_base",): vocabulary.CapBase,
    },
    "eligibility": {
        ("payers", "id"): vocabulary.Payer,
        ("payers", "as_match"): vocabulary.Eligible,
        ("categories", "group"): vocabulary.CostGroup,
        ("categories", "answers", "payers"): vocabulary.Payer,
        ("categories", "answers", "answer"): vocabulary.Eligible,
    },
    "eva": {("checks", "severity"): vocabulary.Severity, ("checks", "kind"): vocabulary.CheckKind},
    "changes": {("change", "kind"): vocabulary.ChangeKind},
    "profile": {
        ("select", "obligations"): vocabulary.Obligation,
        ("select", "roles"): vocabulary.Role,
        ("override", "obligation"): vocabulary.Obligation,
        ("override", "roles"): vocabulary.Role,
        ("override", "frequency", "every"): vocabulary.Every,
        ("override", "evidence", "kind"): vocabulary.EvidenceKind,
        ("weights", "obligation"): vocabulary.Obligation,
        ("override", "goal", "origin"): vocabulary.Origin,
        ("gates", "obligation"): vocabulary.Obligation,
        ("gates", "kind"): vocabulary.GateKind,
        ("gates", "by"): vocabulary.PartKind,
        ("gates", "origin"): vocabulary.Origin,
    },
}
for _kind in ("items", "sources"):  # local requirements and their sources have the same shape
    WORDS["profile"] |= WORDS[_kind]
# Closed lists of a file's shape that are no words of the field.
OWN_LISTS: dict[str, set[tuple[str, ...]]] = {
    "changes": {("change", "fields")},
    "benchmarks": {("benchmark", "unit"), ("benchmark", "levels"), ("target", "project_types")},
    "checks": {("checks", "editions")},
    "parameters": {("parameters", "origin")},  # no number in a file is computed
    "hmis_csv": {("column", "type"), ("column", "key"), ("becoming", "others")},
    "assessment": {("subject", "kind"), ("assessor", "kind")},
    "items": {("item", "check", "kind"), ("item", "goal", "direction")},
    "profile": {
        ("item", "check", "kind"),
        ("item", "goal", "direction"),
        ("override", "goal", "direction"),
    },
}


def schema_of(kind: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(schema_text(kind))
    return loaded


def parts_of(node: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every schema inside a schema, with the names of the properties and definitions on the way."""
    if not isinstance(node, dict):
        return
    yield way, node
    for key in ("properties", "$defs"):
        for name, below in node.get(key, {}).items():
            yield from parts_of(below, (*way, name))
    yield from parts_of(node.get("items"), way)
    for below in node.get("anyOf", []):
        yield from parts_of(below, way)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_valid_and_closed(kind: str) -> None:
    schema = schema_of(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]["format"]["const"] == f"hmis-standards/{kind}/1"
    for way, part in parts_of(schema):
        if "properties" in part:
            assert part["additionalProperties"] is False, way
            assert set(part["required"]) <= set(part["properties"]), way


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_is_described(kind: str) -> None:
    for way, part in parts_of(schema_of(kind)):
        if "$ref" not in part:
            assert len(part["description"]) > 5, way
            assert part["description"][0].isupper() or part["description"].split(":")[0].islower(), way


@pytest.mark.parametrize("kind", KINDS)
def test_patterns_are_plain(kind: str) -> None:
    for way, part in parts_of(schema_of(kind)):
        pattern = part.get("pattern", "^")
        re.compile(pattern)
        assert pattern.startswith("^"), way
        assert not re.search(r"\\[pPwdsbDWS]|\(\?", pattern), way


@pytest.mark.parametrize("kind", KINDS)
def test_closed_lists_are_those_of_the_vocabulary(kind: str) -> None:
    found = {way: part["enum"] for way, part in parts_of(schema_of(kind)) if "enum" in part}
    expected = {way: [word.value for word in words] for way, words in WORDS.get(kind, {}).items()}
    own = OWN_LISTS.get(kind, set())
    assert {way: words for way, words in found.items() if way not in own} == expected
    assert own <= set(found)


def test_item_ids_have_the_form_the_library_knows() -> None:
    patterns = {part["pattern"] for way, part in parts_of(schema_of("assessment")) if way == ("response", "item")}
    assert patterns == {ITEM_ID}


def test_there_is_a_schema_for_each_kind_and_no_other() -> None:
    folder = Path(vocabulary.__file__).parent / "schemas"
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{kind}.schema.json" for kind in KINDS)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"format": "hmis-standards/items/1"}, "items"),
        ({"format": "hmis-standards/itens/1"}, None),
        ({"format": "other/items/1"}, None),
        ({"format": 3}, None),
        ({}, None),
        ([], None),
        (None, None),
    ],
)
def test_the_kind_is_what_the_file_says(data: Any, kind: str | None) -> None:
    assert kind_of(Raw("a.yaml", data)) == kind


GOV = "documents/small/gov.yaml"


@pytest.mark.parametrize(
    ("file", "kind", "old", "new", "told", "at"),
    [
        (GOV, "items", "    why:", "    whyy:", "unknown key 'whyy' at items/0 (did you mean why?)", "whyy:"),
        (GOV, "items", "    why:", "    whyy:", "missing 'why' at items/0", "id: GOV-01"),
        (GOV, "items", "required\n", "requird\n", "(did you mean required?)", "requird"),
        (GOV, "items", "id: GOV-01", "id: gov-1", "'gov-1' is not what is asked for: The item's id", "gov-1"),
        (GOV, "items", "title: The CoC has decided", "title: 3", "should be text in quotes, is 3", "title: 3"),
        (GOV, "items", "title: The CoC has decided", "title: ''", "is empty", "title: ''"),
        (GOV, "items", "derived: true", "derived: false", "should be true, is false", "derived"),
        (GOV, "items", "time: 2", "time: 6", "should be 5 or less, is 6", "effort"),
        (GOV, "items", "time: 2", "time: 0", "should be 1 or more, is 0", "effort"),
        (GOV, "items", "demanded: true", "demanded: yes", "should be true or false, is 'yes'", "demanded"),
        (GOV, "items", "roles: [coc, hmis_lead]", "roles: []", "should have at least 1, has 0", "roles"),
        (GOV, "items", "roles: [coc, hmis_lead]", "roles: [coc, coc]", "stands in the list twice", "roles"),
        (GOV, "items", "roles: [coc, hmis_lead]", "roles: coc", "should be a list, is 'coc'", "roles"),
        ("index.yaml", "index", "2026-01-01", "2026-02-30", "is not a day of the calendar", "2026-02-30"),
        ("benchmarks/few.yaml", "benchmarks", 'met: "0.05"', "met: 5 %", "'5 %' is not what is asked for", "met:"),
        (
            "benchmarks/few.yaml",
            "benchmarks",
            'met: "0.05"',
            "met: 5",
            "5 is not what is asked for: A number in quotes",
            "met:",
        ),
        ("index.yaml", "index", "index/1", "index/2", 'should be "hmis-standards/index/1"', "format"),
    ],
)
def test_a_complaint_says_what_and_where(
    file: str, kind: str, old: str, new: str, told: str, at: str, tmp_path: Path
) -> None:
    path = plant(copied(tmp_path), file, old, new)
    found = [str(problem) for problem in check_shape(read_raw(path), kind)]
    assert any(one.startswith(f"{path}:{line_with(path, at)}: ") and told in one for one in found), found


def test_all_complaints_come_at_once() -> None:
    raw = Raw("a.yaml", parse_yaml("format: hmis-standards/scales/1\nscales:\n  - id: X\n    titel: a\n"))
    assert len(check_shape(raw, "scales")) == 5


@pytest.mark.parametrize("data", [None, [], "text", 3])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_no_mapping(kind: str, data: Any) -> None:
    (problem,) = check_shape(Raw("a.yaml", data), kind)
    assert problem.message.startswith("should be a mapping, is ")


JUNK: tuple[Any, ...] = ("", 0, -1, True, None, [], {}, "x" * 90, "NOT AN ID", ["a", "a"])


@pytest.mark.parametrize("file", sorted(read(SMALL)))
def test_the_short_way_finds_what_the_plain_validator_finds(file: str) -> None:
    """What plainly fits never meets the validator; nothing may slip through by that."""
    raw = read(SMALL)[file]
    kind = kind_of(raw)
    assert kind is not None
    plainly = Draft202012Validator(schema_of(kind), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert plainly_fits(raw.data, kind)
    for pointer in _pointers(raw.data):
        for junk in JUNK:
            spoiled = _with(raw.data, pointer, junk)
            assert bool(check_shape(Raw("x", spoiled), kind)) != plainly.is_valid(spoiled), (pointer, junk)


def _pointers(data: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in below:
        yield (*way, key)
        yield from _pointers(value, (*way, key))


def _with(data: Any, pointer: tuple[str | int, ...], value: Any) -> Any:
    if not pointer:
        return value
    changed: Any = dict(data) if isinstance(data, dict) else list(data)
    changed[pointer[0]] = _with(changed[pointer[0]], pointer[1:], value)
    return changed
