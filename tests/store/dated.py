"""The small tree with a second, older edition: an item that read otherwise, one that ended, and one that is new."""

from __future__ import annotations

from pathlib import Path

from tests.store.trees import copied, plant

GOV = "documents/small/gov.yaml"
SEC = "documents/small/sec.yaml"
CHANGES = "changes/2026.1.yaml"

_OLDER = """editions:
  - id: "2024.1"
    title: An older edition
    data_standards: FY2024
    date: "2026-01-01"
    from: "2023-10-01"
    until: "2025-09-30"
    sources:
      - source: std-2026
        by: std-2024
    no_older: [late-1]
"""
_SOURCES = """  - id: std-2026
    citation: Standard 2026
    title: A standard
    publisher: HUD
    group: rules
    basis: hud_standard
    date: "2025-10"
    status: in_force
    in_effect: true
    read: text
    summary: >-
      Sets the elements.
  - id: std-2024
    citation: Standard 2024
    title: The standard before
    publisher: HUD
    group: rules
    basis: hud_standard
    date: "2023-10-01"
    until: "2025-09-30"
    status: superseded
    in_effect: false
    replaced_by: std-2026
    read: text
    summary: >-
      Set the elements.
  - id: late-1
    citation: A late specification
    title: A late specification
    publisher: HUD
    group: rules
    basis: hud_standard
    date: "2026-08-01"
    status: in_force
    in_effect: true
    read: text
    summary: >-
      Came late.
"""
_ITEM = """  - id: {id}
    {dates}
    kind: checklist_item
    title: {title}
    text: >-
      The question is on the screen.
    why: >-
      The standard asks it.
    obligation: required
    basis: hud_standard
    citations:
      - source: {source}
        at: element 1
    confidence: A
    derived: true
    rule_version: {rule}
    roles: [vendor]
    frequency:
      every: standards_release
    evidence:
      - id: screen
        kind: observation
        text: >-
          The screen
    na:
      allowed: false
    requires: [{requires}]
    remedy:
      effort: {{time: 1, money: 1, skill: 1}}
      text: >-
        The vendor adds it.
    tags: [screens]
"""
_CHANGES = """format: hmis-standards/changes/1
edition: "2026.1"
changes:
  - kind: modified
    items: [small/GOV-01]
    fields: [title, text]
    reason: >-
      The rule was made wider.
  - kind: retired
    items: [small/SEC-02]
    reason: >-
      The element is gone.
  - kind: added
    items: [small/SEC-03]
    reason: >-
      The element is new.
"""
_RETIRED = """format: hmis-standards/retired/1
retired:
  - id: small/SEC-02
    since: "2026.1"
    title: The old question is asked
    reason: >-
      The element is gone.
    replaced_by: [small/SEC-03]
"""
_EARLIER = """    tags: [governance]
    earlier:
      - until: "2024.1"
        title: The CoC has talked about it
        text: >-
          There are minutes.
  - id: GOV-02
"""


def dated_tree(to: Path) -> Path:
    """The tree under ``to``."""
    tree = copied(to)
    plant(tree, "index.yaml", "editions:\n", _OLDER)
    append(tree / "sources.yaml", _SOURCES)
    plant(tree, GOV, "    tags: [governance]\n  - id: GOV-02\n", _EARLIER)
    old = _item("SEC-02", 'until: "2024.1"', "The old question is asked", "std-2024", "FY2024", "small/SEC-01")
    new = _item("SEC-03", 'since: "2026.1"', "The new question is asked", "std-2026", "FY2026", "small/SEC-01")
    both = _item("SEC-04", "scope: All", "The lasting question is asked", "std-2026", "FY2026", "small/SEC-03")
    append(tree / SEC, old + new + both)
    (tree / "changes").mkdir()
    (tree / CHANGES).write_text(_CHANGES)
    (tree / "retired.yaml").write_text(_RETIRED)
    return tree


def append(path: Path, text: str) -> None:
    """Text at the end of a file."""
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _item(name: str, dates: str, title: str, source: str, rule: str, requires: str) -> str:
    return _ITEM.format(id=name, dates=dates, title=title, source=source, rule=rule, requires=requires)
