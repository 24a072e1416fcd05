"""Which costs of an HMIS a rule lists, by who pays, and which money may count as match."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from hmis_standards.errors import UnknownCategory
from hmis_standards.ids import close_matches
from hmis_standards.model.sources import Citation
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.vocabulary import CostGroup, Eligible, Payer

__all__ = ["CostCategory", "Eligibility", "EligibilityAnswer", "PayerRule"]


@frozen(kw_only=True)
class EligibilityAnswer(Plain):
    """What the rules say of a cost for some payers. ``verify``: we have not seen the text of the paragraph."""

    payers: tuple[Payer, ...]
    answer: Eligible
    condition: str = ""
    verify: bool = False
    citations: tuple[Citation, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class CostCategory(Plain):
    """A kind of cost. ``in_indirect_base``: whether it belongs to the base of an indirect cost rate."""

    id: str
    title: str
    group: CostGroup
    in_indirect_base: bool
    answers: tuple[EligibilityAnswer, ...] = field(default=(), repr=False)

    def for_payer(self, payer: Payer) -> EligibilityAnswer | None:
        """The answer for a payer; None where the table is not about that money."""
        return next((one for one in self.answers if payer in one.payers), None)


@frozen(kw_only=True)
class PayerRule(Plain):
    """A kind of money, and whether it may count as match of a CoC grant."""

    id: Payer
    title: str
    as_match: Eligible
    match_condition: str = ""
    verify: bool = False
    citations: tuple[Citation, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class Eligibility(Tabular):
    """The table of costs by payer."""

    title: str
    text: str = field(repr=False)
    payers: tuple[PayerRule, ...] = field(repr=False)
    categories: tuple[CostCategory, ...] = field(repr=False)

    def category(self, name: str) -> CostCategory:
        """The category of that id. Raises UnknownCategory."""
        for one in self.categories:
            if one.id == name:
                return one
        raise UnknownCategory(name, close_matches(name, [one.id for one in self.categories]))

    def payer(self, name: Payer | str) -> PayerRule:
        """What is said of a kind of money. Raises ValueError for what is none."""
        wanted = Payer(name)
        return next(one for one in self.payers if one.id is wanted)

    def ruled(self) -> tuple[Payer, ...]:
        """The payers that the table has answers for."""
        return tuple(dict.fromkeys(payer for one in self.categories for each in one.answers for payer in each.payers))

    def rows(self) -> list[dict[str, object]]:
        """One row a category and payer."""
        return [row for one in self.categories for row in _rows(one, self.ruled())]

    def to_dict(self) -> dict[str, object]:
        """Payers and categories as plain values."""
        told = {"title": self.title, "text": self.text}
        payers = [one.to_dict() for one in self.payers]
        return {**told, "payers": payers, "categories": [one.to_dict() for one in self.categories]}


def _rows(category: CostCategory, payers: tuple[Payer, ...]) -> Iterator[dict[str, object]]:
    for payer in payers:
        found = category.for_payer(payer)
        if found is not None:
            yield {
                "category": category.id,
                "title": category.title,
                "payer": payer.value,
                "answer": found.answer.value,
                "condition": found.condition,
                "text_seen": not found.verify,
                "sources": "; ".join(one.source for one in found.citations),
            }
