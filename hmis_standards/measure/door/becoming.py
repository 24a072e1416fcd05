"""What an older edition says in another file or with other columns, worked out in the engine once all is loaded."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from attrs import evolve

from hmis_standards.measure.columns import NEEDED
from hmis_standards.measure.door.facts import FileFacts
from hmis_standards.measure.engine import Engine
from hmis_standards.model.hmis_csv import Spec

__all__ = ["become"]

# By edition: whole tables first, then single columns, as files beside this module; and which file each is made from.
_STEPS = {
    "FY2022": {
        "HMISParticipation": ("Project", "HMISParticipatingProject"),
        "Project.ProjectType": ("Project", "TrackingMethod"),
        "Enrollment.EnrollmentCoC": ("EnrollmentCoC", "CoCCode"),
    }
}


def become(engine: Engine, spec: Spec, found: tuple[FileFacts, ...]) -> tuple[FileFacts, ...]:
    """Give the tables of an older edition the form of the newest; the facts, with what could not be made.

    What the edition has only for this is dropped.
    """
    facts = {one.table: one for one in found}
    for step, (table, column) in _STEPS.get(spec.version, {}).items():
        made, _, name = step.partition(".")
        engine.replace(made, _select(spec, step, made, name))
        count = int(engine.rows(f'SELECT count(*) AS n FROM "{made}"')[0]["n"])
        facts[made] = evolve(facts[made], kept=count, **_lacking(facts[made], facts[table], column, name))
    for kept in spec.becomes.kept if spec.becomes else ():
        if kept.table not in NEEDED:
            engine.drop(kept.table)
    return tuple(facts.values())


def _select(spec: Spec, step: str, table: str, name: str) -> str:
    path = files("hmis_standards.measure") / "door" / spec.version.lower() / f"{step}.sql"
    others = ", ".join(f't."{one}"' for one in (*NEEDED[table], "_row") if one != name)
    return path.read_text(encoding="utf-8").replace("{columns}", others)


def _lacking(made: FileFacts, source: FileFacts, column: str, name: str) -> dict[str, Any]:
    """What is lacking of a table because the file or column it is made from is: the one column, or all of them."""
    there = source.present and not source.fault and column not in source.missing
    if there:
        return {"lacking": tuple(one for one in made.lacking if one != name)}
    return {"lacking": tuple(dict.fromkeys([*made.lacking, *([name] if name else NEEDED[made.table])]))}
