"""Whether files that are right each by itself fit together: one small rule a function.

A rule looks at the records of a tree (``Parts``) and yields a Problem, with file and line, for each fault. Rules
are pure and know nothing of each other; a rule that needs ids of a kind that could not be read stays silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from hmis_standards.errors import Problem
from hmis_standards.store.benchmark_rules import BENCHMARK_RULES
from hmis_standards.store.edition_rules import EDITION_RULES
from hmis_standards.store.editions import in_edition
from hmis_standards.store.histories import histories
from hmis_standards.store.item_rules import ITEM_RULES
from hmis_standards.store.link_rules import LINK_RULES
from hmis_standards.store.parts import Parts
from hmis_standards.store.tree_rules import TREE_RULES

__all__ = ["RULES", "Rule", "check", "check_editions"]

Rule = Callable[[Parts], Iterator[Problem]]
RULES: tuple[Rule, ...] = (*TREE_RULES, *ITEM_RULES, *BENCHMARK_RULES, *LINK_RULES, *EDITION_RULES)


def check(parts: Parts, rules: Iterable[Rule] = RULES) -> tuple[Problem, ...]:
    """Everything the rules find, in the order of files and lines."""
    found = chain.from_iterable(rule(parts) for rule in rules)
    return tuple(sorted(set(found), key=lambda one: (one.path, one.line or 0, one.pointer, one.message)))


def check_editions(parts: Parts) -> tuple[Problem, ...]:
    """What is wrong in older editions: each has to stand by itself, with the texts and sources of its time."""
    found: list[Problem] = list(histories(parts)[1])
    for edition in parts.editions[:-1]:
        older, unfit = in_edition(parts, edition.name)
        found += [*unfit, *check(older, (*ITEM_RULES, *LINK_RULES))]
    return tuple(dict.fromkeys(found))
