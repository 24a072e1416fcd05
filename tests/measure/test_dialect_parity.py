"""Every piece of SQL that views and checks are made of means the same on both engines, on rows made to be difficult."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
import sqlglot
from sqlglot import exp

from hmis_standards.measure.engine import Engine, engine_named
from hmis_standards.measure.engine.dialect import column_types, translated
from hmis_standards.measure.hud_counts import COUNTS
from hmis_standards.measure.predicates import _ALLOWED
from hmis_standards.measure.session import view_file, view_names
from tests.measure.spark_session import PANDAS

pytestmark = [pytest.mark.filterwarnings(PANDAS), pytest.mark.xdist_group("spark")]

# Types as the door makes them: codes of 16 bits, whole numbers of 32, text, days, moments, amounts.
COLUMNS: dict[str, tuple[Any, list[Any]]] = {
    "_row": (pa.int64(), list(range(12))),
    "group": (pa.string(), ["a", "a", "a", "b", "b", "c", None, "", "äé'ö", "A", "b ", "😀"]),
    "code": (pa.int16(), [None, 0, 1, 2, 8, 99, -1, 435, 3000, 1, 2, 0]),
    "int": (pa.int32(), [0, 1, -1, None, 2147483647, 7, 100, -7, 29, 400, 4, 2]),
    "text": (
        pa.string(),
        [None, "", " ", "078051120", "XX-500", "xx-500", "XX-500\u2028", "a\nb", "ÄÉ'ö", "\\d", "ΟΣ", "İb"],
    ),
    "day": (
        pa.date32(),
        [
            None,
            date(2024, 2, 29),
            date(2024, 10, 1),
            date(1, 1, 1),
            date(9999, 12, 31),
            date(1582, 10, 10),
            date(1915, 1, 1),
            date(2024, 1, 31),
            date(2025, 3, 9),
            date(2024, 11, 3),
            date(1969, 12, 31),
            date(2000, 2, 29),
        ],
    ),
    "other": (
        pa.date32(),
        [
            date(2024, 1, 1),
            None,
            date(2024, 10, 1),
            date(2025, 9, 30),
            date(2024, 2, 28),
            date(2025, 9, 29),
            date(2024, 1, 1),
            date(2023, 1, 31),
            date(2024, 3, 10),
            date(2025, 11, 2),
            date(1970, 1, 1),
            date(2001, 2, 28),
        ],
    ),
    "moment": (
        pa.timestamp("us"),
        [None, datetime(2024, 3, 10, 2, 30, 1), *[datetime(2025, 11, 2, 1, 59, 59)] * 9, datetime(1900, 1, 1)],
    ),
    "amount": (
        pa.decimal128(9, 2),
        [None, Decimal("0.00"), Decimal("-0.01"), Decimal("9999999.99"), *[Decimal("1.10")] * 8],
    ),
}

EXPRESSIONS = (
    '"code" = 1',
    '"code" <> 1',
    '"code" > "int"',
    '"code" >= 2',
    '"int" < 0',
    '"int" <= "code"',
    'NOT "code" = 1',
    '"code" = 1 AND "int" > 0',
    '"code" = 1 OR "int" > 0',
    '"code" IS NULL',
    '"code" IS NOT NULL',
    '("code" = 1) IS TRUE',
    '("code" = 1) IS NOT FALSE',
    '"code" IN (1, 2, NULL)',
    '"code" NOT IN (1, 2)',
    '"code" NOT IN (1, NULL)',
    '"code" BETWEEN 1 AND 99',
    '"code" NOT BETWEEN 0 AND 8',
    "TRUE",
    'FALSE OR "code" = 0',
    "NULL",
    'coalesce("code" = 1, FALSE)',
    'coalesce("code", "int", 5)',
    "coalesce(\"text\", '')",
    'coalesce("day", "other")',
    '-"int"',
    '"int" % 4 = 0',
    '"int" % 7',
    'cast("int" AS BIGINT) + 1',
    '"code" + 1',
    'cast("int" AS BIGINT) * 10000000',
    '"int" - "code"',
    '"int" - "code" * 10',
    'abs("code")',
    'abs("int")',
    'greatest("day", "other")',
    'greatest("code", 5)',
    'least("day", "other")',
    'least("code", "int", 5)',
    'CASE WHEN "code" = 1 THEN 1 WHEN "code" IS NULL THEN 2 ELSE 0 END',
    'CASE WHEN "code" = 1 THEN "day" END',
    "CASE \"code\" WHEN 1 THEN 'one' ELSE '' END",
    "\"text\" = ''",
    "\"text\" = ' '",
    "\"text\" > 'X'",
    '"text" = "group"',
    "\"text\" IN ('ΟΣ', '\\d')",
    "\"text\" = 'ÄÉ''ö'",
    'length("text")',
    'lower("text")',
    'lower("text") = lower("group")',
    'CAST("other" + INTERVAL 1 DAY AS DATE)',
    'CAST("day" + INTERVAL 1 DAY AS DATE) > "day"',
    'date_diff(\'day\', "day", CAST("day" + INTERVAL 1 DAY AS DATE))',
    "'alone ' || \"text\"",
    '"group" || coalesce("text", \'\')',
    'left("text", 3)',
    'right("text", 4)',
    'substring("text", 4, 2)',
    "left(\"text\", 1) = 'X'",
    "regexp_matches(\"text\", '^[A-Z]{2}-[0-9]{3}$')",
    "regexp_matches(\"text\", '^[0-9]{9}$')",
    "regexp_matches(\"text\", 'b$')",
    "\"day\" = DATE '2024-10-01'",
    '"day" < "other"',
    "\"day\" >= DATE '1915-01-01'",
    '"day" BETWEEN "other" AND DATE \'2025-09-30\'',
    'year("day")',
    'month("day")',
    'day("day")',
    'hour("moment")',
    'minute("moment")',
    'second("moment")',
    'year("day") * 10000 + month("day") * 100 + day("day")',
    'cast("moment" AS DATE)',
    '"moment" > "day"',
    'date_diff(\'day\', "day", "other")',
    "date_diff('day', DATE '0001-01-01', \"day\")",
    'make_date(2024, 2, "code" % 2 + 28)',
    'cast("day" AS VARCHAR)',
    'cast("code" AS VARCHAR)',
    'CAST("text" AS VARCHAR)',
    '"amount" > 1',
    '"amount" = "code"',
    'cast("amount" * 100 AS BIGINT)',
)

COUNTED = (
    "count(*)",
    'count("code")',
    'count(DISTINCT "text")',
    'sum("code")',
    'cast(sum("int") AS BIGINT)',
    'min("text")',
    'max("text")',
    'min("day")',
    'max("day")',
    'max("code")',
    'count(*) FILTER (WHERE "code" = 1)',
    'count(DISTINCT CASE WHEN "code" = 1 THEN "text" END)',
    'max(CASE WHEN "code" > 9 THEN "day" END)',
    'bit_or(CASE "code" WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 8 THEN 16 ELSE 0 END)',
    'bit_count(coalesce(bit_or(CASE "code" WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 0 END), 0))',
    'bit_count(coalesce(bit_or(CASE WHEN "code" = 1 THEN 33 WHEN "code" = 2 THEN 1024 ELSE 0 END), 0) & 992)',
    'coalesce((bit_or(CASE WHEN "code" = 1 THEN 32768 ELSE 1 END) & 32768) > 0, FALSE)',
)

QUERIES = (
    *(f'SELECT "group", {one} AS value FROM "tricky" GROUP BY "group"' for one in COUNTED),
    *(f'SELECT {one} AS value FROM "tricky" WHERE FALSE' for one in COUNTED),
    'SELECT DISTINCT t."group" FROM "tricky" AS t',
    'SELECT t."group" FROM "tricky" AS t GROUP BY t."group" HAVING count(*) > 1 AND min(t."code") <> max(t."code")',
    'SELECT x."_row", y."_row" AS other FROM "tricky" AS x JOIN "tricky" AS y ON y."group" = x."group"',
    'SELECT x."_row", y."_row" AS other FROM "tricky" AS x LEFT JOIN "tricky" AS y ON y."day" = x."other"',
    'SELECT x."_row", p.n FROM "tricky" AS x CROSS JOIN "small" AS p WHERE x."code" < p.n',
    'WITH tricky AS (SELECT t.n FROM "small" AS t), more AS (SELECT tricky.* FROM tricky) SELECT m.n FROM more AS m',
    'SELECT s.*, s."code" IS NULL AS blank FROM "tricky" AS s',
    'SELECT t."_row" FROM "tricky" AS t WHERE (SELECT count(*) FROM "small") = 2 OR t."code" = 1',
    'SELECT t."_row", (SELECT count(*) FROM "none") = 0 AS nothing FROM "tricky" AS t',
    'SELECT t."_row" FROM "tricky" AS t WHERE NOT EXISTS (SELECT 1 FROM "tricky" AS o WHERE o."group" = t."text")',
    'SELECT "_row" FROM "tricky" WHERE "_row" IN (SELECT max("_row") FROM "tricky" GROUP BY "group")',
    'SELECT 1 AS name, count(*) AS n FROM "tricky" UNION ALL SELECT 2 AS name, count(*) AS n FROM "small"',
    'SELECT "group" AS one FROM "tricky" UNION SELECT "text" FROM "tricky"',
    *(
        'SELECT t."_row", row_number() OVER (PARTITION BY t."code" IS NULL '
        f'ORDER BY t."{column}" {way}, t."_row") AS place FROM "tricky" AS t'
        for column in ("group", "code", "day")
        for way in ("", "DESC")
    ),
    *(
        f'SELECT t."_row", {counted} OVER (PARTITION BY t."group" {within}) AS value FROM "tricky" AS t'
        for counted in ("count(*)", 'max(t."day")', 'sum(t."code")', 'min(t."text")')
        for within in ("", 'ORDER BY t."day", t."_row" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING')
    ),
)
ORDERED = tuple(
    f'SELECT "{one}" FROM "tricky" ORDER BY "{one}"{way}' for one in ("text", "code", "day") for way in ("", " DESC")
)


def filled(engine: Engine) -> Engine:
    schema = pa.schema([pa.field(name, kind) for name, (kind, _) in COLUMNS.items()])
    arrays = [pa.array(values, kind) for kind, values in COLUMNS.values()]
    engine.load("tricky", schema, iter([pa.RecordBatch.from_arrays(arrays, schema=schema)]))
    engine.fill("small", "n BIGINT, yes BOOLEAN", [(2, True), (None, False)])
    engine.fill("none", "n INTEGER", [])
    engine.seal()
    return engine


@pytest.fixture(scope="module")
def duck() -> Iterator[Engine]:
    engine = filled(engine_named("duckdb"))
    yield engine
    engine.close()


@pytest.fixture(scope="module", params=["true", "false"], ids=["ansi", "not-ansi"])
def on_spark(spark: Any, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """With both of Spark's ways with casts and overflow: a cluster may be set to either."""
    before = spark.conf.get("spark.sql.ansi.enabled")
    spark.conf.set("spark.sql.ansi.enabled", request.param)
    engine = filled(engine_named("spark", spark))
    yield engine
    engine.close()
    spark.conf.set("spark.sql.ansi.enabled", before)


def test_every_expression(duck: Engine, on_spark: Engine) -> None:
    asked = ", ".join(f'{one} AS "e{place}"' for place, one in enumerate(EXPRESSIONS))
    query = f'SELECT "_row", {asked} FROM "tricky"'
    ours, theirs = ({row["_row"]: row for row in engine.rows(query)} for engine in (duck, on_spark))
    different = [
        (one, row, ours[row][f"e{place}"], theirs[row][f"e{place}"])
        for place, one in enumerate(EXPRESSIONS)
        for row in ours
        if ours[row][f"e{place}"] != theirs[row][f"e{place}"]
    ]
    assert different == []
    assert len(ours) == len(theirs) == 12


def test_every_query(duck: Engine, on_spark: Engine) -> None:
    different = [one for one in QUERIES if in_order(duck.rows(one)) != in_order(on_spark.rows(one))]
    assert different == []


def test_order(duck: Engine, on_spark: Engine) -> None:
    assert [one for one in ORDERED if duck.rows(one) != on_spark.rows(one)] == []


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=repr)


def test_rows_are_plain_python(on_spark: Engine) -> None:
    (row,) = on_spark.rows('SELECT count(*) AS n, max("day") AS day, max("text") AS text, TRUE AS yes FROM "tricky"')
    assert {name: type(value) for name, value in row.items()} == {"n": int, "day": date, "text": str, "yes": bool}


def test_a_day_less_a_day_is_an_error_on_spark_and_no_other_number(duck: Engine, on_spark: Engine) -> None:
    """DuckDB gives days, Spark an interval: checks say date_diff, and what does not is told, not miscounted."""
    query = 'SELECT count(*) AS n FROM "tricky" WHERE "day" - "other" > 90'
    assert duck.rows(query)
    with pytest.raises(on_spark.errors):
        on_spark.rows(query)


# --- the list above is complete ----------------------------------------------------------------------------


def pieces(texts: Iterator[str]) -> set[str]:
    return {type(node).__name__ for text in texts for node in sqlglot.parse_one(text, read="duckdb").walk()}


def test_every_piece_of_views_and_checks_is_compared() -> None:
    used = pieces(view_file(view) for view in view_names())
    used |= pieces(f"SELECT {condition}" for condition in COUNTS.values())
    used |= {kind.__name__ for kind in _ALLOWED} - {exp.Placeholder.__name__}  # filled in before an engine sees it
    compared = pieces(iter((*(f"SELECT {one}" for one in EXPRESSIONS), *QUERIES, *ORDERED)))
    assert used - compared == set()


# --- names -------------------------------------------------------------------------------------------------


def test_tables_get_their_prefix_and_names_of_the_statement_do_not() -> None:
    text = 'WITH stays AS (SELECT x.a FROM "Exit" AS x) SELECT stays.a, "Client".b FROM stays JOIN "Client" ON TRUE'
    found = translated(text, prefix="p_")
    assert found == (
        "WITH stays AS (SELECT x.a FROM `p_Exit` AS x) "
        "SELECT stays.a, `Client`.b FROM stays JOIN `p_Client` AS `Client` ON TRUE"
    )


def test_a_name_is_that_of_a_with_only_after_it_was_defined() -> None:
    text = 'WITH exits AS (SELECT x.a FROM "Exits" AS x), small AS (SELECT 1 FROM "small") SELECT a FROM exits, small'
    assert translated(text, prefix="p_") == (
        "WITH exits AS (SELECT x.a FROM `p_Exits` AS x), small AS (SELECT 1 FROM `p_small` AS `small`) "
        "SELECT a FROM exits, small"
    )


def test_tables_in_subqueries_and_unions_get_their_prefix_too() -> None:
    text = (
        'SELECT 1 FROM "A" AS a WHERE EXISTS (SELECT 1 FROM "B" AS b) AND (SELECT count(*) FROM "C") = 0 '
        'AND a.x IN (SELECT y FROM "D") UNION ALL SELECT 2 FROM (SELECT 1 FROM "E") AS e'
    )
    assert set(re.findall("`p_([A-E])`", translated(text, prefix="p_"))) == set("ABCDE")


def test_the_end_of_a_pattern_is_the_end_of_the_text() -> None:
    assert translated("SELECT regexp_matches(a, 'b$') FROM t") == "SELECT a RLIKE '(?d)b$' FROM t"


def test_column_types() -> None:
    assert column_types('a DATE, "ProjectID" VARCHAR, n INTEGER') == "a DATE, `ProjectID` STRING, n INT"
