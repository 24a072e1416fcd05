"""Keys and links: which rows repeat a key, and which lead to a row that is not there. Asked of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hmis_standards.measure.columns import KEYS, LINKS, NEEDED
from hmis_standards.measure.door.facts import FileFacts, LinkFacts
from hmis_standards.measure.door.plan import Plan
from hmis_standards.measure.engine import Engine

__all__ = ["keys", "links", "user_links"]


def keys(engine: Engine, plans: Sequence[Plan]) -> dict[str, dict[str, Any]]:
    """The key of each table, and how many rows repeat one. Of those with one key in KEYS only the last is kept."""
    known = {plan.table: KEYS.get(plan.table) or plan.schema.names[0] for plan in plans if len(plan.schema)}
    counts = [
        f'SELECT \'{table}\' AS name, count(*) AS n, count("{key}") AS keyed, count(DISTINCT "{key}") AS keys '
        f'FROM "{table}"'
        for table, key in known.items()
    ]
    return {found["name"]: _key(engine, known[found["name"]], found) for found in engine.rows_of_all(counts)}


def _key(engine: Engine, key: str, found: Mapping[str, Any]) -> dict[str, Any]:
    table, kept = found["name"], found["n"]
    if table in KEYS and kept > found["keys"]:
        last = f'SELECT max("_row") FROM "{table}" GROUP BY "{key}"'
        engine.replace(table, f'SELECT * FROM "{table}" WHERE "_row" IN ({last})')
        kept = found["keys"] + (found["n"] > found["keyed"])
    return {"key": key, "duplicates": found["keyed"] - found["keys"], "kept": kept}


def links(engine: Engine, files: tuple[FileFacts, ...]) -> Iterator[LinkFacts]:
    """Rows that lead nowhere, where both tables are there."""
    present = {one.table for one in files if one.present and not one.fault}
    filled = {one.table for one in files if one.rows}
    asked = [(*place, other) for place, other in LINKS.items() if place[0] in filled and other in present]
    for found in engine.rows_of_all([_led(place, *one) for place, one in enumerate(asked)]):
        table, column, other = asked[found["place"]]
        yield LinkFacts(table=table, column=column, other=other, count=found["n"] - found["led"])


def _led(place: int, table: str, column: str, other: str) -> str:
    """A key is there once, so each row meets one or none: half the work of looking for what is not there."""
    key = NEEDED[other][0]
    counts = f'SELECT {place} AS place, count(t."{column}") AS n, count(o."{key}") AS led'
    return f'{counts} FROM "{table}" AS t LEFT JOIN "{other}" AS o ON o."{key}" = t."{column}"'


def user_links(engine: Engine, users: Mapping[str, Mapping[str, int]]) -> Iterator[LinkFacts]:
    """Rows made by a user whom User.csv does not list."""
    listed = {row["UserID"] for row in engine.rows('SELECT "UserID" FROM "User"')}
    for table, values in users.items():
        lost = sum(count for value, count in values.items() if value not in listed)
        if listed and table != "User":
            yield LinkFacts(table=table, column="UserID", other="User", count=lost)
