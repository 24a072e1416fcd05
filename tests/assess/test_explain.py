"""The tree of contributions as text, dict and HTML; its numbers are exact."""

from __future__ import annotations

from fractions import Fraction
from html.parser import HTMLParser

import pytest

from hmis_standards.assess import Explanation, score
from hmis_standards.assess.explain import points_text
from tests.assess.forms import TOP1, training
from tests.assess.helpers import blank, filled
from tests.small import CON1, GOV1, GOV2, SEC1

ANSWERS = {GOV1: "met", GOV2: "partial", SEC1: "not_applicable", CON1: "not_met"}


def test_every_number_can_be_redone_by_hand() -> None:
    tree = score(filled(ANSWERS)).explain()
    lines = [line.strip() for line in tree.text().splitlines()]
    # GOV-01 3 x 1, GOV-02 3 x 1/2, CON-01 3 x 0: 4.5 of 9; open are GOV-03 2, SEC-02 1/2, CON-02 1, CON-03 2
    assert lines[0] == "total: 4.5 of 9 points = 50 %, 5.5 points not assessed"
    assert f"{GOV2}: 3 × 0.5 = 1.5 of 3 points (partial)" in lines
    assert f"{SEC1}: 0 of 0 points (not applicable: None here.)" in lines
    assert f"{CON1}: 3 × 0 = 0 of 3 points (not met)" in lines


def test_thirds_are_not_rounded() -> None:
    leaf = score(training(TOP01="1 of 3", TOP02="0.95")).explain().find(TOP1)
    assert leaf.text() == f"{TOP1}: 3 × 1/3 = 1 of 3 points (partial)"
    assert (leaf.weight, leaf.credit) == (Fraction(3), Fraction(1, 3))
    assert leaf.to_dict()["credit"] == "1/3"
    shown = [points_text(Fraction(one)) for one in ("7/3", "1/3", "5/2", "1/4", "10", "0", "1/8")]
    assert shown == ["2 1/3", "1/3", "2.5", "0.25", "10", "0", "1/8"]


def test_nodes_are_found_by_their_label() -> None:
    tree = score(filled(ANSWERS)).explain()
    assert tree.find("total") is tree
    assert tree.find("lead-basics/GOV").earned == Fraction(9, 2)
    with pytest.raises(KeyError):
        tree.find("lead-basics/XXX")


def test_the_dict_has_weight_and_credit_of_items_only() -> None:
    data = score(filled(ANSWERS)).explain().to_dict()
    assert {"weight", "credit"} & set(data) == set()
    leaf = data["children"][0]["children"][0]["children"][1]
    assert (leaf["label"], leaf["weight"], leaf["credit"], leaf["earned"]) == (GOV2, "3", "1/2", "3/2")


class Cells(HTMLParser):
    """Collects the texts of table rows, and the depth of ``details``."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.depth = self.deepest = 0
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag == "details"
        self.deepest = max(self.deepest, self.depth)
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.inside = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "details"
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def test_html_is_nested_and_holds_every_item_once() -> None:
    tree = score(filled(ANSWERS)).explain()
    page = Cells()
    page.feed(tree.html())
    assert (page.depth, page.deepest) == (0, 3)  # total, document, section
    rows = [row for row in page.rows if row]
    assert [row[0] for row in rows] == [one.label for one in tree.walk() if not one.children]
    assert rows[1] == [GOV2, "3", "0.5", "1.5", "3", "3", "partial"]
    assert tree._repr_html_() == tree.html()


def test_html_escapes_what_people_wrote() -> None:
    a = blank().answer(SEC1, "not_applicable", reason="<script>alert(1)</script> & none")
    html = score(a).explain().html()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; none" in html


def test_html_of_one_item_is_a_table_too() -> None:
    html = score(filled(ANSWERS)).explain().find(GOV1).html()
    assert html.count("<tr>") == 2
    assert isinstance(score(filled(ANSWERS)).explain(), Explanation)
