"""The workbook of a portfolio: how scores are spread, common gaps, every item; small groups withheld, nobody named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from hmis_standards.assess import Portfolio, Spread
from hmis_standards.assess.portfolio import Group, ItemShare
from hmis_standards.exchange.tables import Book, Column, Line, Share, Value
from hmis_standards.tabular import percent_text

__all__ = ["write_portfolio"]

_WITHHELD, _FIRST = "withheld", 5
_STATUSES = ("met", "partial", "not_met", "not_applicable", "not_assessed", "error", "not_covered")
_SPREAD = (Column("Minimum", 12), Column("Lower quartile", 12), Column("Median", 12), Column("Upper quartile", 12))


def write_portfolio(found: Portfolio, path: str | Path) -> None:
    """Write a portfolio as a workbook: a page of words, how scores are spread, ratings and verdicts, gaps, all items.

    What the portfolio withholds is the word ``withheld`` here, and of a portfolio that is too small for any number only
    the page is written. Organizations are named where the portfolio has a ranking, and nowhere else. The same portfolio
    gives the same bytes.

    Raises:
        MissingExtra: writing Excel needs ``hmis-standards[excel]``.
        OSError: the file cannot be written.
    """
    book = Book("Portfolio")
    book.page("In plain words", _page(found))
    if _told(found):
        _spreads(book, found)
        _counts(book, found)
        _items(book, "Common gaps", found.common_gaps)
        _items(book, "All items", found.items)
    if found.ranking:
        _ranking(book, found)
    if found.unread:
        rows = ((one.path, one.message, one.hint) for one in found.unread)
        book.table("Not read", (Column("File", 60), Column("Problem", 70), Column("What to do", 40)), rows)
    book.save(Path(path))


def _page(found: Portfolio) -> Iterator[Line]:
    number = found.organizations
    yield Line(label="Portfolio", kind="title")
    who = "1 organization" if number == 1 else f"{number:,} organizations"
    yield Line(value=f"{who} on {len(found.items):,} items in common.")
    if found.scores and _told(found):
        yield Line(value=_middle(found.scores))
    yield from (Line(value=note) for note in found.notes)
    yield Line(label="Checklists", value="\n".join(found.documents) or "none in common")
    yield Line(label="Common", value=f"what at least {percent_text(found.share)} of the assessments have")
    yield Line(label="Smallest group", value=_small(found.min_group))
    if found.unread:
        yield Line(label="Files not read", value=len(found.unread))
    if found.ranking:
        yield Line(label="Ranking", value="This workbook names organizations. Withholding protects little then.")
    if _told(found) and found.common_gaps:
        yield Line(label="Most often not met", kind="heading")
        yield from (Line(label=_often(one, number), value=one.title) for one in found.common_gaps[:_FIRST])
    yield Line(label="Sheets", kind="heading")
    yield from (Line(label=name, value=text, link=name) for name, text in _contents(found))


def _told(found: Portfolio) -> bool:
    """Whether there are enough organizations for anything to be told of them."""
    return found.organizations >= found.min_group


def _often(one: ItemShare, organizations: int) -> str:
    return f"{one.counts['not_met']:,} of {organizations:,}"


def _contents(found: Portfolio) -> Iterator[tuple[str, str]]:
    if _told(found):
        yield "Scores", "How scores are spread: of all, by kind of subject, by section."
        yield "Ratings and verdicts", "How many organizations have each rating and each verdict."
        yield "Common gaps", "The items most often not met first; those whose counts are withheld are not there."
        yield "All items", "Every item in common, with how many organizations stand where."
    if found.ranking:
        yield "Ranking", "The organizations by name, in the order of their scores."
    if found.unread:
        yield "Not read", "Files that could not be read, with what is wrong."


def _middle(scores: Spread) -> str:
    lower, median, upper = (percent_text(one, 1) for one in (scores.lower, scores.median, scores.upper))
    return f"The score in the middle is {median}; half of the scores lie between {lower} and {upper}."


def _small(least: int) -> str:
    if least == 1:
        return "Nothing is withheld."
    return f"{least} organizations. What is about fewer is withheld, and what that could be worked out from."


# --- tables ------------------------------------------------------------------------------------------------


def _spreads(book: Book, found: Portfolio) -> None:
    columns = (Column("What", 18), Column("Group", 44), Column("Organizations", 15), *_SPREAD, Column("Maximum", 12))
    whole = Group(name="all", organizations=found.organizations, scores=found.scores)
    groups = (("All", (whole,)), ("Kind of subject", found.kinds), ("Section", found.sections))
    rows = ((what, one.name, _count(one.organizations), *_cuts(one.scores)) for what, own in groups for one in own)
    book.table("Scores", columns, rows, strong=[0])


def _cuts(scores: Spread | None) -> tuple[Value, ...]:
    if scores is None:
        return (_WITHHELD,) * 5
    cuts = (scores.minimum, scores.lower, scores.median, scores.upper, scores.maximum)
    return tuple(Share(one) for one in cuts)


def _counts(book: Book, found: Portfolio) -> None:
    columns = (Column("What", 16), Column("Name", 30), Column("Organizations", 16))
    rows = [*_counted("Rating", found.ratings), *_counted("Verdict", found.verdicts)]
    book.table("Ratings and verdicts", columns, rows)


def _counted(what: str, counts: Mapping[str, int | None]) -> Iterator[tuple[Value, ...]]:
    yield from ((what, _words(name), _count(number)) for name, number in counts.items())


def _items(book: Book, name: str, items: Iterable[ItemShare]) -> None:
    counts = (Column(_words(one), 12) for one in _STATUSES)
    shares = (Column(f"{_words(one)}, share", 12, "Of all organizations.") for one in _STATUSES[:3])
    columns = (Column("Item", 30), Column("What it says", 60), *counts, *shares)
    book.table(name, columns, map(_item, items))


def _item(one: ItemShare) -> tuple[Value, ...]:
    counts = (_count(one.counts[status]) for status in _STATUSES)
    return (one.item, one.title, *counts, *(_share(one.share(status)) for status in _STATUSES[:3]))


def _ranking(book: Book, found: Portfolio) -> None:
    columns = (
        *(Column("Rank", 8), Column("Organization", 44), Column("Kind", 18)),
        *(Column("Score", 12), Column("Rating", 18), Column("Verdict", 18)),
    )
    rows = (
        (one.rank, one.subject, one.kind, _score(one.value), _words(one.rating or "not_rated"), one.verdict.label)
        for one in found.ranking
    )
    book.table("Ranking", columns, rows)


def _words(name: str) -> str:
    told = name.replace("_", " ")
    return f"{told[:1].upper()}{told[1:]}"


def _count(number: int | None) -> Value:
    return _WITHHELD if number is None else number


def _share(value: Fraction | None) -> Value:
    return _WITHHELD if value is None else Share(value)


def _score(value: Fraction | None) -> Value:
    return None if value is None else Share(value)
