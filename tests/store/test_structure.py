"""From plain data to objects: no value is bent to fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hmis_standards.errors import InvalidDocument, UnknownEdition
from hmis_standards.model import (
    Benchmark,
    BenchmarkSet,
    Document,
    Edition,
    Effort,
    EvidenceNeed,
    Item,
    Measure,
    Ratings,
    Scale,
    Source,
    Spec,
    Target,
)
from hmis_standards.store import reader
from hmis_standards.store.load import build_catalog
from hmis_standards.store.misfits import structure_or_tell
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import collect, without_format
from hmis_standards.store.structuring import maker, structure
from hmis_standards.store.yaml_text import parse_yaml, read_raw
from hmis_standards.vocabulary import Direction, Every, EvidenceKind, Obligation, Role
from tests.store.trees import SMALL, copied, line_with, plant, read


def made(cls: type[Any], text: str) -> Any:
    return structure(Raw("a.yaml", parse_yaml(text), text), cls)


def faults(cls: type[Any], text: str) -> list[str]:
    with pytest.raises(InvalidDocument) as caught:
        made(cls, text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("value", ["no", "'1'", "true", "1.5", "null", "[1]"])
def test_a_whole_number_is_nothing_else(value: str) -> None:
    assert "should be a whole number" in faults(Effort, f"time: {value}\nmoney: 1\nskill: 1\n")[0]


@pytest.mark.parametrize("value", ["null", "3", "true", "[a]", "{a: b}"])
def test_text_is_nothing_else(value: str) -> None:
    assert "should be text" in faults(EvidenceNeed, f"id: {value}\nkind: log\ntext: a\n")[0]


@pytest.mark.parametrize("value", ["'no'", "no", "1", "null"])
def test_truth_is_nothing_else(value: str) -> None:
    assert "should be true or false" in faults(EvidenceNeed, f"id: a\nkind: log\ntext: a\ndemanded: {value}\n")[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [("'0.05'", Fraction(1, 20)), ("'1/3'", Fraction(1, 3)), ("2", Fraction(2)), ("'-1'", Fraction(-1))],
)
def test_numbers_are_exact(text: str, value: Fraction) -> None:
    assert made(Target, f"met: {text}\n").met == value


@pytest.mark.parametrize("text", ["'5 %'", "true", "'.5'", "'1e3'", "'1/0'", "null", "'nan'", "' 1'"])
def test_other_numbers_are_refused(text: str) -> None:
    assert "should be a number in quotes" in faults(Target, f"met: {text}\n")[0]


def test_a_range_is_a_pair() -> None:
    assert made(Target, "met: ['0.5', '1']\n").met == (Fraction(1, 2), Fraction(1))
    assert "two numbers" in faults(Target, "met: ['0.5']\n")[0]


def test_days() -> None:
    assert made(Target, "met: 1\nsince: '2026-03-01'\n").since == date(2026, 3, 1)
    for wrong in ("'2026-02-30'", "'20260301'", "'1 March'", "2026"):
        assert "should be a date in quotes" in faults(Target, f"met: 1\nsince: {wrong}\n")[0]


def test_words_of_closed_lists_are_members() -> None:
    need = made(EvidenceNeed, "id: a\nkind: log\ntext: a\n")
    assert need.kind is EvidenceKind.LOG
    assert "did you mean minutes?" in faults(EvidenceNeed, "id: a\nkind: minuts\ntext: a\n")[0]


@pytest.mark.parametrize("text", ["- a", "text", "5", ""])
def test_a_record_is_a_mapping(text: str) -> None:
    assert [one.endswith("should be a mapping") for one in faults(Effort, text)] == [True]


def test_every_fault_of_a_record_is_told_with_its_line() -> None:
    told = faults(EvidenceNeed, "id: 3\nkind: log\ntext: a\nmax_age_months: soon\ncolor: red\n")
    assert len(told) == 3
    assert told[0].startswith("a.yaml:1: should be text")
    assert any(one.startswith("a.yaml:4: should be a whole number") for one in told)
    assert any("unknown key color" in one for one in told)


def test_a_missing_key_is_named() -> None:
    assert any("missing text" in one for one in faults(EvidenceNeed, "id: a\nkind: log\n"))


def test_the_small_tree_becomes_a_catalog(tmp_path: Path) -> None:
    catalog = build_catalog(read(copied(tmp_path)), "2026.1")
    assert list(catalog) == ["small/GOV-01", "small/GOV-02", "small/SEC-01"]
    item = catalog["small/GOV-01"]
    assert isinstance(item, Item)
    assert item.obligation is Obligation.REQUIRED
    assert item.roles == (Role.COC, Role.HMIS_LEAD)
    assert item.frequency.every is Every.YEAR
    assert catalog.binding(item)
    benchmark = catalog.benchmark("few/USE-2")
    assert isinstance(benchmark, Benchmark)
    assert benchmark.direction is Direction.WITHIN
    assert benchmark.targets[0].met == (Fraction(13, 20), Fraction(21, 20))


def test_an_edition_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownEdition):
        build_catalog(read(copied(tmp_path)), "1999.1")


def test_a_catalog_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    first = plant(tree, "documents/small/gov.yaml", "time: 2", "time: two")
    second = plant(tree, "sources.yaml", "in_effect: true", "in_effect: maybe")
    with pytest.raises(InvalidDocument) as caught:
        build_catalog(read(tree), "2026.1")
    places = {(problem.path, problem.line) for problem in caught.value.problems}
    assert places == {(str(first), line_with(first, "time: two")), (str(second), line_with(second, "maybe"))}


@pytest.mark.parametrize("record", ["- 5", "-", "- text", "- []"])
def test_a_record_that_is_no_mapping_is_told(record: str, tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "measures.yaml").write_text(f"format: hmis-standards/measures/1\nmeasures:\n  {record}\n")
    _, unfit = collect(read(tree))
    assert [(problem.line, problem.message) for problem in unfit] == [(3, "should be a mapping")]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "documents/small/sec.yaml").unlink()
    (tree / "scales.yaml").unlink()
    _, unfit = collect(read(tree))
    head = tree / "documents/small/document.yaml"
    assert [str(problem) for problem in unfit] == [
        f"{head}:{line_with(head, 'id: SEC')}: documents/small/sec.yaml is not there at sections/1",
        "scales.yaml: is not there",
    ]


def test_an_edition_of_the_hmis_csv(tmp_path: Path) -> None:
    raw = read_raw(copied(tmp_path) / "hmis_csv/fy2026.yaml")
    spec = structure(raw, Spec, without_format(raw.data))
    client = spec.file("Client")
    assert client is not None
    assert [column.name for column in client.columns] == ["PersonalID", "NameDataQuality"]
    listed = spec.code_list("3.01.5")
    assert listed is not None
    assert listed.label(99) == "Data not collected"


# --- the quick way and the judge -----------------------------------------------------------------------------

JUNK: tuple[Any, ...] = ("", "x", "1/0", "0.5", "2026-02-30", 0, -1, True, None, [], {}, ["1", "2"], [1], {"a": 1})


@pytest.fixture(scope="module")
def records() -> dict[type[Any], list[dict[str, Any]]]:
    """What the small tree holds of every class, as it was read."""
    found: dict[type[Any], list[dict[str, Any]]] = {}

    def remember(raw: Raw, cls: type[Any], data: Any, at: tuple[str | int, ...]) -> Any:
        found.setdefault(cls, []).append(data)
        return structure(raw, cls, data, at)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "structure", remember)
        collect(read(SMALL))
    return found


def test_what_fits_is_made_as_the_converter_makes_it(records: dict[type[Any], list[dict[str, Any]]]) -> None:
    assert {Item, Benchmark, BenchmarkSet, Document, Source, Scale, Ratings, Measure, Edition} <= set(records)
    for cls, listed in records.items():
        for data in listed:
            assert maker(cls)(data) == structure_or_tell(Raw("x", data), cls, data, ())


def test_nothing_fits_that_the_converter_refuses(records: dict[type[Any], list[dict[str, Any]]]) -> None:
    """Every value of a record of each class spoiled, taken out, and accompanied by a key that is not known."""
    for cls, (data, *_) in records.items():
        for spoiled in _spoiled(data):
            assert _quickly(cls, spoiled) == _judged(cls, spoiled), (cls, spoiled)


def _quickly(cls: type[Any], data: Any) -> Any:
    try:
        return maker(cls)(data)
    except (ValueError, TypeError, KeyError):
        return None


def _judged(cls: type[Any], data: Any) -> Any:
    try:
        return structure_or_tell(Raw("x", data), cls, data, ())
    except InvalidDocument:
        return None


def _spoiled(data: Any) -> Iterator[Any]:
    """The data with one place of it changed, for each place and each way to change it."""
    yield from JUNK
    if isinstance(data, dict):
        yield {**data, "color": "red"}
        for key in data:
            yield {name: value for name, value in data.items() if name != key}
            yield from ({**data, key: below} for below in _spoiled(data[key]))
    if isinstance(data, list):
        for place, one in enumerate(data):
            yield from ([*data[:place], below, *data[place + 1 :]] for below in _spoiled(one))
