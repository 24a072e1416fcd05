"""The requirements register: which items are musts, and what a bidder reads."""

from __future__ import annotations

import pytest

from hmis_standards.errors import UnknownDocument
from hmis_standards.model import tailor
from hmis_standards.store import load_catalog, load_profile
from hmis_standards.toolkit import requirements
from hmis_standards.vocabulary import Obligation

CATALOG = load_catalog()


def test_a_must_is_an_item_that_something_in_effect_requires() -> None:
    register = requirements(CATALOG)
    assert [one.id for one in register] == [one.id for one in CATALOG.select(document="vendor-capacity")]
    assert [one.id for one in register.mandatory] == [one.id for one in register if CATALOG.binding(CATALOG[one.id])]
    for one in register:
        assert (one.priority == "could") == (CATALOG[one.id].obligation is Obligation.OPTIONAL)
        assert one.test
        assert one.authorities


def test_sections_and_optional_items() -> None:
    register = requirements(CATALOG, sections=["REP", "CMP"], optional=False)
    assert {one.id.partition("/")[2][:3] for one in register} == {"REP", "CMP"}
    assert "could" not in {one.priority for one in register}
    with pytest.raises(ValueError, match="vendor-capacity has no section XYZ; it has"):
        requirements(CATALOG, sections=["XYZ"])
    with pytest.raises(UnknownDocument):
        requirements(CATALOG, "vendor-capacities")


def test_where_it_is_asked_and_where_not() -> None:
    rows = {row["id"]: row for row in requirements(CATALOG).rows()}
    told = rows["vendor-capacity/CMP-01"]["applies"]
    assert told.startswith("Products that a victim service provider")
    assert "Not asked where: The product is neither used" in told
    assert rows["vendor-capacity/DAT-01"]["applies"] == ""


def test_local_requirements_of_a_profile_are_in_it() -> None:
    local = tailor(CATALOG, load_profile("example-local-contract"))
    own = [one for one in requirements(local, "vendor-monitoring") if "LOCAL-" in one.id]
    assert [one.source for one in own] == ["local"]
