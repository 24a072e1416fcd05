"""The crosswalk from both ends, on the shipped catalog."""

from __future__ import annotations

import pytest

from hmis_standards.errors import UnknownItem
from hmis_standards.store import load_catalog
from hmis_standards.vocabulary import Relation


def test_there_are_at_least_300_links_with_reasons_of_one_sentence() -> None:
    links = load_catalog().links
    assert len(links) >= 300
    for link in links:
        assert link.reason.endswith("."), link
        assert 1 <= link.strength <= 3, link
    assert {link.relation for link in links} == set(Relation)


def test_every_pair_of_documents_that_share_duties_is_linked() -> None:
    linked = {one.split("/")[0] for link in load_catalog().links for one in (link.source, link.target)}
    assert linked == {document.id for document in load_catalog().documents}


def test_a_link_is_seen_from_both_ends() -> None:
    catalog = load_catalog()
    for link in catalog.links:
        there = {one.id: one for one in catalog.related(link.source)}
        back = {one.id: one for one in catalog.related(link.target)}
        assert there[link.target].reason == back[link.source].reason == link.reason
    words = {"equal": "equal", "covers": "part of", "supports": "supported by"}
    one = next(link for link in catalog.links if link.relation is Relation.COVERS)
    assert next(r for r in catalog.related(one.target) if r.id == one.source).relation == words["covers"]


def test_benchmarks_and_items_know_each_other() -> None:
    catalog = load_catalog()
    found = {one.id: one for one in catalog.related("default/COV-1")}
    assert found["system-administrator/DQM-08"].relation == "measures"
    assert {one.id for one in catalog.related("system-administrator/DQM-08")} >= {"default/COV-1", "default/COV-2"}


def test_the_closest_comes_first_and_an_unknown_id_is_told() -> None:
    catalog = load_catalog()
    for item in catalog:
        strengths = [one.strength for one in catalog.related(item)]
        assert strengths == sorted(strengths, reverse=True)
    with pytest.raises(UnknownItem, match="system-administrator/GOV-07"):
        catalog.related("system-administrator/GOV-7")
