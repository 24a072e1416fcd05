"""Many organizations as a picture: the data of the plots of a portfolio. What is withheld in it is not shown."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.assess import Group, ItemShare, Portfolio
from hmis_standards.model import Catalog
from hmis_standards.report.plot_data import PlotData, decimal_of, section_titles
from hmis_standards.report.words import count, joined, tenth
from hmis_standards.tabular import Plain, percent_text

__all__ = ["ItemBar", "ItemShares", "PortfolioSpread", "SpreadBox", "item_shares", "portfolio_spread"]

_CUTS = ("minimum", "lower", "median", "upper", "maximum")
_STATES = ("met", "partial", "not_met", "not_applicable", "not_assessed", "error", "not_covered")


@frozen(kw_only=True)
class SpreadBox(Plain):
    """How the scores of a section are spread over the organizations; ``count`` is None where it is withheld."""

    section: str
    title: str
    document: str
    count: int | None
    minimum: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    maximum: Fraction
    text: str


@frozen(kw_only=True)
class PortfolioSpread(PlotData):
    """Spreads by section, all documents together first. ``withheld`` sections have too few scores to be shown."""

    boxes: tuple[SpreadBox, ...] = field(repr=lambda boxes: f"<{len(boxes)} spreads>")
    withheld: int

    def rows(self) -> list[dict[str, Any]]:
        """One row a spread; scores from 0 to 1."""
        names = ("section", "title", "document", "count")
        return [
            {
                **{name: getattr(one, name) for name in names},
                **{name: decimal_of(getattr(one, name)) for name in _CUTS},
            }
            for one in self.boxes
        ]


def portfolio_spread(found: Portfolio, *, catalog: Catalog | None = None, source: str | None = None) -> PortfolioSpread:
    """How scores are spread over the organizations, by section.

    The portfolio withholds small groups; they are counted here and not shown. Titles of sections are those of
    ``catalog``, the shipped one if left out.
    """
    titles = section_titles(catalog)
    whole = Group(name="All documents in common", organizations=found.organizations, scores=found.scores)
    boxes = tuple(_box(one, titles) for one in (whole, *found.sections) if one.scores)
    withheld = sum(one.scores is None for one in found.sections)
    return PortfolioSpread(
        title=_spread_title(found, boxes[1:] if found.scores else boxes),
        note="Line: lowest to highest score. Box: the middle half of the organizations. Bar across: the median."
        + _withheld(withheld, found),
        source=_source(found) if source is None else source,
        boxes=boxes,
        withheld=withheld,
    )


def _box(group: Group, titles: dict[str, tuple[str, str]]) -> SpreadBox:
    found = group.scores
    assert found is not None
    title, document = titles.get(group.name, (group.name, ""))
    told = "" if found.count is None else f", {count(found.count, 'organization')}"
    span = f"{percent_text(found.lower)[:-2]}–{percent_text(found.upper)}"
    return SpreadBox(
        section=group.name,
        title=title,
        document=document,
        count=found.count,
        **{name: getattr(found, name) for name in _CUTS},
        text=f"{percent_text(found.median)} ({span}){told}",
    )


def _spread_title(found: Portfolio, sections: tuple[SpreadBox, ...]) -> str:
    who = count(found.organizations, "organization")
    if found.scores is None:
        return f"{who}: scores are withheld, or there are none"
    median = f"{who}: median score {tenth(found.scores.median)}"
    if len(sections) < 2:
        return median
    lowest = min(sections, key=lambda one: one.median)
    return f"{median}, lowest in {lowest.title}"


def _withheld(sections: int, found: Portfolio) -> str:
    if not sections:
        return ""
    return f" {count(sections, 'section')} not shown: scores of fewer than {found.min_group} organizations."


def _source(found: Portfolio) -> str:
    on = f" on {joined(found.documents)}" if found.documents else ""
    return f"Source: assessments of {count(found.organizations, 'organization')}{on}."


# --- items -------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class ItemBar(Plain):
    """How many organizations stand where on an item; a count is None where it is withheld."""

    item: str
    title: str
    counts: tuple[tuple[str, int | None], ...]
    organizations: int

    @property
    def withheld(self) -> int:
        """How many organizations stand where the counts are withheld."""
        return self.organizations - sum(number or 0 for _, number in self.counts)

    def share(self, state: str) -> Fraction | None:
        """The share in a state; None where it is withheld."""
        number = dict(self.counts)[state]
        return None if number is None else Fraction(number, self.organizations)


@frozen(kw_only=True)
class ItemShares(PlotData):
    """The items that most organizations do not meet, the most frequent first."""

    bars: tuple[ItemBar, ...] = field(repr=lambda bars: f"<{len(bars)} items>")

    def rows(self) -> list[dict[str, Any]]:
        """One row an item: a column a state, None where withheld, and the number of organizations."""
        return [
            {"item": one.item, "title": one.title, **dict(one.counts), "organizations": one.organizations}
            for one in self.bars
        ]


def item_shares(found: Portfolio, *, most: int = 30, source: str | None = None) -> ItemShares:
    """Where the organizations stand on the items most often not met, at most ``most`` of them.

    An item whose count of *not met* is withheld is not among them.
    """
    listed = found.common_gaps[:most]
    bars = tuple(_item_bar(one) for one in listed)
    rest = len(found.common_gaps) - len(listed)
    more = f" {count(rest, 'more item')} not met somewhere." if rest else ""
    return ItemShares(
        title=_items_title(found, listed),
        note=f"Share of the organizations by how they stand on the item. Lines across: counts withheld.{more}",
        source=_source(found) if source is None else source,
        bars=bars,
    )


def _item_bar(one: ItemShare) -> ItemBar:
    counts = tuple((state, one.counts[state]) for state in _STATES)
    return ItemBar(item=one.item, title=one.title, counts=counts, organizations=one.organizations)


def _items_title(found: Portfolio, listed: tuple[ItemShare, ...]) -> str:
    who = count(found.organizations, "organization")
    if not listed:
        return f"{who}: no item that can be shown as not met"
    worst = listed[0]
    return f"{who}: most often not met ({percent_text(worst.share('not_met'))}): {worst.title}"
