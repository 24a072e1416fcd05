"""Keys and links: which rows repeat a key, and which lead to a row that is not there. Asked of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hmis_standards.measure.columns import KEYS, LINKS, NEEDED
from hmis_standards.measure.door.facts import FileFacts, LinkFacts
from hmis_standards.measure.door.plan import Plan
from hmis_standards.measure.engine import Engine

__all__ = ["keys", "links", "user_links"]


def keys(engine: Engine, plan: Plan) -> dict[str, Any]:
    """The key, and how many rows repeat one. Of those with one key in KEYS only the last is kept."""
    key = KEYS.get(plan.table) or next(iter(plan.schema.names), "")
    if not key:
        return {}
    asked = f'count(*) AS n, count("{key}") AS keyed, count(DISTINCT "{key}") AS keys'
    found = engine.rows(f'SELECT {asked} FROM "{plan.table}"')[0]
    kept = found["n"]
    if plan.table in KEYS and found["n"] > found["keys"]:
        last = f'SELECT max("_row") FROM "{plan.table}" GROUP BY "{key}"'
        engine.run(f'DELETE FROM "{plan.table}" WHERE "_row" NOT IN ({last})')
        kept = found["keys"] + (found["n"] > found["keyed"])
    return {"key": key, "duplicates": found["keyed"] - found["keys"], "kept": kept}


def links(engine: Engine, files: tuple[FileFacts, ...]) -> Iterator[LinkFacts]:
    """Rows that lead nowhere, where both tables are there."""
    present = {one.table for one in files if one.present and not one.fault}
    filled = {one.table for one in files if one.rows}
    for (table, column), other in LINKS.items():
        if table in filled and other in present:
            key = next(iter(NEEDED[other]))
            # A key is there once, so each row meets one or none: half the work of looking for what is not there.
            counts = f'SELECT count(t."{column}") AS n, count(o."{key}") AS led'
            query = f'{counts} FROM "{table}" AS t LEFT JOIN "{other}" AS o ON o."{key}" = t."{column}"'
            row = engine.rows(query)[0]
            yield LinkFacts(table=table, column=column, other=other, count=row["n"] - row["led"])


def user_links(engine: Engine, users: Mapping[str, Mapping[str, int]]) -> Iterator[LinkFacts]:
    """Rows made by a user whom User.csv does not list."""
    listed = {row["UserID"] for row in engine.rows('SELECT "UserID" FROM "User"')}
    for table, values in users.items():
        lost = sum(count for value, count in values.items() if value not in listed)
        if listed and table != "User":
            yield LinkFacts(table=table, column="UserID", other="User", count=lost)
