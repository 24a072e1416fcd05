"""The strict reader: what it takes, what it refuses, and that every value knows its line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hmis_standards.errors import DocumentSyntaxError
from hmis_standards.store.yaml_text import dump_yaml, line_of, parse_json, parse_yaml, read_raw


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("3:25", "3:25"),
        ("012", "012"),
        ("12", 12),
        ("-3", -3),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("0.05", "0.05"),
        (".inf", ".inf"),
        ("2026-03-01", "2026-03-01"),
        ("null", None),
        ("~", None),
        ("", None),
        ("Null", "Null"),
        ('"12"', "12"),
        ("Q&A at 5 * 3!", "Q&A at 5 * 3!"),
    ],
)
def test_nothing_is_guessed(text: str, value: object) -> None:
    parsed = parse_yaml(f"a: {text}\n")["a"]
    assert parsed == value
    assert type(parsed) is type(value)


def test_keys_are_always_text() -> None:
    assert parse_yaml("1: a\ntrue: b\n") == {"1": "a", "true": "b"}


def test_an_empty_text_is_nothing() -> None:
    assert parse_yaml("") is None


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "duplicate key 'a', first on line 1"),
        ("a:\n  - b: 1\n    b: 2\n", 3, 5, "duplicate key 'b', first on line 2"),
        ("a: &x 1\nb: 2\n", 1, 4, "anchors"),
        ("a: &x 1\nb: *x\n", 1, 4, "anchors"),
        ("a:\n  <<: {b: 1}\n", 2, 3, "merge keys"),
        ("a: 1\nb: !!str 2\n", 2, 4, "tags"),
        ("a: !!python/object/apply:os.getcwd []\n", 1, 4, "tags"),
        ("? [a]\n: b\n", 1, 3, "plain text"),
        ("a: [1\n", 2, 1, ""),
        ("a: 1\n\tb: 2\n", 2, 1, "tab"),
        ("a: b: c\n", 1, 5, "mapping values"),
        ("a: 1\n---\nb: 2\n", 2, 1, "document"),
        ("a: 1\nb: \x07\n", 2, 1, "character"),
        ("a: 1\nb: " + "9" * 5000, 2, 4, "so many digits"),
    ],
)
def test_refusals_say_where(text: str, line: int, column: int, reason: str) -> None:
    with pytest.raises(DocumentSyntaxError) as caught:
        parse_yaml(text, "file.yaml")
    error = caught.value
    assert (error.path, error.line, error.column) == ("file.yaml", line, column)
    assert reason in error.reason
    assert str(error).startswith(f"file.yaml:{line}:{column}: ")


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_deep_nesting_is_refused_and_brings_nothing_down(opening: str) -> None:
    with pytest.raises(DocumentSyntaxError, match="nested too deeply"):
        parse_yaml(opening * 200_000)


def test_other_users_of_yaml_see_no_change() -> None:
    parse_yaml("a: no\n")
    assert yaml.safe_load("a: no\nb: 3:25\n") == {"a": False, "b": 205}


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffa: Zoë\r\nb: 2\r\n".encode())
    raw = read_raw(path)
    assert raw.path == str(path)
    assert raw.data == {"a": "Zoë", "b": 2}
    assert read_raw(str(path)) == raw
    assert "Zoë" not in repr(raw)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: Zo\xeb\n")
    with pytest.raises(DocumentSyntaxError, match="not UTF-8"):
        read_raw(path)


def test_json_has_the_same_strictness(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"a": [1, true, null, "x"], "b": 0.05}')
    assert read_raw(path).data == {"a": [1, True, None, "x"], "b": "0.05"}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{"a": 1,\n "b": 2,\n "a": 3}', 3, "duplicate key 'a'"),
        ('{"a": 1,\n "b" 2}', 2, ""),
        ("[" * 100_000, 1, "nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", 1, "so many digits"),
    ],
)
def test_json_refusals_say_where(text: str, line: int, reason: str) -> None:
    with pytest.raises(DocumentSyntaxError) as caught:
        parse_json(text, "a.json")
    assert caught.value.line == line
    assert reason in caught.value.reason


def test_half_of_a_character_is_refused_in_json_as_in_yaml() -> None:
    for half in (r"\ud800", r"\udfff x", r"\ud83d\ud83d\ude00", r"\\\uD83D"):
        with pytest.raises(DocumentSyntaxError, match=r"a\.json:2:1: half of a character"):
            parse_json(f'{{"a": "ok",\n"b": "{half}"}}', "a.json")
    assert parse_json(r'{"a": "\ud83d\ude00 \\ud800 \u00e9"}') == {"a": "\U0001f600 \\ud800 é"}


TEXT = "a: 1\nb:\n  - c: 2\n    d: >-\n      long\n      text\n  - c: 3\n"


@pytest.mark.parametrize(
    ("pointer", "line"),
    [((), 1), (("a",), 1), (("b",), 2), (("b", 0), 3), (("b", 0, "d"), 4), (("b", 1, "c"), 7), (("b", 1, "absent"), 7)],
)
def test_every_value_has_a_line(pointer: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, pointer) == line


def test_lines_of_json() -> None:
    assert line_of('{\n "a": {\n  "b": 1\n }\n}', ("a", "b")) == 3


def test_no_line_without_a_text() -> None:
    assert line_of("", ("a",)) is None
    assert line_of("a: [", ("a",)) is None


@pytest.mark.parametrize(
    "text", ["no", "3:25", "012", "1", "true", "null", "", " a ", "- a", "a: b", "#a", "&a", "Zoë", "a\nb\n"]
)
def test_what_is_written_reads_back_equal(text: str) -> None:
    data = {"a": text, "b": [text, 1, True, None, {"c": text}]}
    assert parse_yaml(dump_yaml(data)) == data
