"""Many organizations together: distributions, shares and common gaps, with small groups withheld and nobody named."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from attrs import field, frozen

from hmis_standards.assess.answers import Assessment
from hmis_standards.assess.spread import Spread, spread
from hmis_standards.assess.tally import Place, Progress, Standing, Tally, tally
from hmis_standards.errors import Problem
from hmis_standards.model import Band
from hmis_standards.model.withheld import shown
from hmis_standards.tabular import Plain, Tabular, html_table, percent_text, plain, typed
from hmis_standards.vocabulary import Status, Verdict

__all__ = ["MIN_GROUP", "Group", "ItemShare", "Portfolio", "Ranked", "Share", "portfolio"]

MIN_GROUP = 5
"""Groups smaller than this are withheld unless another size is asked for. A convention of this project."""

Share = str | Fraction | float
"""A share as it is given: a float is taken as it is written."""

_NOT_RATED = "not_rated"
_NOT_COVERED = "not_covered"
_TABLES = ("scores", "ratings", "verdicts", "kinds of subject", "sections", "common gaps")
_GAPS = 10
_GAP_COLUMNS = ("item", "title", "not_met", "partial", "met")


@frozen(kw_only=True)
class Group(Plain):
    """A part of the portfolio. ``organizations`` and ``scores`` are None where they are withheld, or not there."""

    name: str
    organizations: int | None
    scores: Spread | None

    def row(self) -> dict[str, Any]:
        """The group as one row of a table."""
        empty = dict.fromkeys(("count", "minimum", "lower", "median", "upper", "maximum"))
        return {
            "group": self.name,
            "organizations": self.organizations,
            **(self.scores.row() if self.scores else empty),
        }


@frozen(kw_only=True)
class ItemShare(Plain):
    """How many organizations stand where on an item. A count is None where it is withheld.

    ``counts`` has every status, and ``not_covered`` for those whose assessment does not have the item.
    """

    item: str
    title: str
    section: str
    counts: Mapping[str, int | None]
    organizations: int

    def share(self, status: str) -> Fraction | None:
        """The share of all organizations; None where it is withheld. Raises KeyError for another word."""
        count = self.counts[status]
        return None if count is None else Fraction(count, self.organizations)

    def row(self) -> dict[str, Any]:
        """The item as one row: id, title, section, counts, and the shares as decimals."""
        shares = {f"{name}_share": self.share(name) for name in ("met", "partial", "not_met", "not_assessed")}
        told = {name: None if share is None else float(share) for name, share in shares.items()}
        return {"item": self.item, "title": self.title, "section": self.section, **self.counts, **told}


@frozen(kw_only=True)
class Ranked(Plain):
    """One organization in a ranking, which is made only when it is asked for. Equal scores share a rank."""

    rank: int | None
    subject: str
    kind: str
    value: Fraction | None
    rating: str | None
    verdict: Verdict

    def row(self) -> dict[str, Any]:
        """The organization as one row of a table."""
        return {**self.to_dict(), "value": percent_text(self.value, 1)}


@frozen(kw_only=True, repr=False)
class Portfolio(Tabular):
    """Many organizations on the documents and items they have in common.

    ``scores``, ``ratings`` (by band), ``verdicts`` and ``kinds`` (of subject) are of the common documents; ``sections``
    are spreads of the scores of their sections; ``items`` has the common items in document order. Whatever is about
    fewer than ``min_group`` organizations is None, and so is what would let a reader work it out. ``ranking`` is empty
    unless it was asked for. ``unread`` are files that could not be read, one problem a file; ``notes`` say what to
    mind.
    """

    organizations: int
    documents: tuple[str, ...]
    scores: Spread | None
    ratings: Mapping[str, int | None]
    verdicts: Mapping[str, int | None]
    kinds: tuple[Group, ...]
    sections: tuple[Group, ...]
    items: tuple[ItemShare, ...]
    ranking: tuple[Ranked, ...] = ()
    min_group: int = MIN_GROUP
    share: Fraction = Fraction(1)
    unread: tuple[Problem, ...] = field(default=())
    notes: tuple[str, ...] = ()

    @property
    def common_gaps(self) -> tuple[ItemShare, ...]:
        """The items most often not met first, then those most often partly met; without those withheld."""
        seen = [one for one in self.items if one.counts["not_met"]]
        return tuple(sorted(seen, key=lambda one: (-(one.counts["not_met"] or 0), -(one.counts["partial"] or 0))))

    def rows(self) -> list[dict[str, Any]]:
        """One row an item: counts by status, and shares of all organizations; None where withheld."""
        return [one.row() for one in self.items]

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """The other tables for people, by name: scores, ratings, verdicts, kinds, sections, common gaps, ranking.

        With fewer than ``min_group`` organizations all but the ranking are empty, since all in them is withheld.
        """
        ranking = [one.row() for one in self.ranking]
        if self.organizations < self.min_group:
            return {name: [] for name in _TABLES} | {"ranking": ranking}
        whole = Group(name="all", organizations=self.organizations, scores=self.scores)
        gaps = (one.row() for one in self.common_gaps[:_GAPS])
        return {
            "scores": _told([whole.row()]),
            "ratings": _told(_counted(self.ratings, "rating")),
            "verdicts": _told(_counted(self.verdicts, "verdict")),
            "kinds of subject": _told(one.row() for one in self.kinds),
            "sections": _told(one.row() for one in self.sections),
            "common gaps": _told({name: row[name] for name in _GAP_COLUMNS} for row in gaps),
            "ranking": ranking,
        }

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values; fractions as exact text, withheld numbers as None."""
        names = (
            "organizations",
            "documents",
            "share",
            "min_group",
            "scores",
            "ratings",
            "verdicts",
            "kinds",
            "sections",
        )
        return {
            **{name: plain(getattr(self, name)) for name in names},
            "common_gaps": [one.item for one in self.common_gaps],
            "items": plain(self.items),
            "ranking": plain(self.ranking),
            "unread": plain(self.unread),
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        return f"<Portfolio {self._words()}>"

    def _words(self) -> str:
        none = "scores withheld" if self.items and self.min_group > 1 else "no scores"
        median = f"median score {percent_text(self.scores.median, 1)}" if self.scores else none
        unread = f", {len(self.unread)} files not read" if self.unread else ""
        return f"of {self.organizations} organizations on {len(self.items)} common items: {median}{unread}"

    def _repr_html_(self) -> str:
        tables = ((name, rows) for name, rows in self.tables().items() if rows)
        shown_ones = (f"<h4>{escape(name.capitalize())}</h4>{html_table(rows)}" for name, rows in tables)
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<p>Portfolio {escape(self._words())}</p>{notes}{''.join(shown_ones)}"


def portfolio(
    assessments: Iterable[Assessment] | Tally,
    as_of: str | datetime.date | None = None,
    *,
    share: Share = 1,
    min_group: int = MIN_GROUP,
    ranking: bool = False,
    progress: Progress | None = None,
) -> Portfolio:
    """Many assessments, one of each organization, or a tally of them, as one picture.

    Any iterable is taken, also a generator: each assessment is looked at once and let go. Common are the documents,
    and of these the items, that at least ``share`` of the assessments have: all of them unless said otherwise. An
    organization without all of the common documents is scored on those it has. Groups of fewer than ``min_group`` are
    withheld. Only with ``ranking`` are organizations named and put in order.

    Raises ValueError for a share that is not over 0 and at most 1, or a ``min_group`` that is no whole number from 1.
    """
    least = _least(share)
    if isinstance(min_group, bool) or not isinstance(min_group, int) or min_group < 1:
        raise ValueError(f"min_group {min_group!r} is not a whole number of 1 or more; 1 withholds nothing")
    counted = assessments if isinstance(assessments, Tally) else tally(assessments, as_of, progress=progress)
    documents = _common_documents(counted, least)
    standings = [one.on(frozenset(documents)) for one in counted.summaries]
    return Portfolio(
        organizations=len(counted),
        documents=documents,
        scores=spread(Counter(one.value for one in standings), len(counted), min_group),
        ratings=_ratings(counted, standings, min_group),
        verdicts=_verdicts(standings, min_group),
        kinds=_kinds(standings, min_group),
        sections=_sections(counted, documents, min_group),
        items=_items(counted, documents, least, min_group),
        ranking=_ranking(standings) if ranking else (),
        min_group=min_group,
        share=least,
        notes=tuple(_notes(counted, documents, min_group)),
    )


def _least(share: Share) -> Fraction:
    """The share, exactly as it is written: 0.8 is 4/5."""
    try:
        least = typed(share)
    except ValueError:
        least = Fraction(0)
    if isinstance(share, bool) or not 0 < least <= 1:
        raise ValueError(f"share {share} is not over 0 and at most 1, such as '0.80'")
    return least


def _common_documents(counted: Tally, least: Fraction) -> tuple[str, ...]:
    """The documents that enough assessments cover, by number."""
    covering = Counter(part.document for one in counted.summaries for part in one.parts)
    enough = {document for document, count in covering.items() if count >= least * len(counted)}
    numbers = {place.section.partition("/")[0]: place.document for place in counted.places.values()}
    return tuple(sorted(enough, key=lambda document: (numbers[document], document)))


# --- groups ------------------------------------------------------------------------------------------------


def _kinds(standings: Sequence[Standing], min_group: int) -> tuple[Group, ...]:
    members = Counter(one.kind for one in standings)
    told = shown(members, min_group)
    return tuple(
        Group(name=kind, organizations=told[kind], scores=_of_kind(standings, kind, told[kind], min_group))
        for kind in sorted(members)
    )


def _of_kind(standings: Sequence[Standing], kind: str, told: int | None, min_group: int) -> Spread | None:
    if told is None:
        return None
    return spread(Counter(one.value for one in standings if one.kind == kind), told, min_group)


def _sections(counted: Tally, documents: Sequence[str], min_group: int) -> tuple[Group, ...]:
    order = sorted(place for place in counted.places.values() if place.section.partition("/")[0] in documents)
    values: dict[str, Counter[Fraction | None]] = {place.section: Counter() for place in order}
    for (section, value), count in counted.sections.items():
        if section in values:
            values[section][value] += count
    return tuple(_section(section, found, len(counted), min_group) for section, found in values.items())


def _section(name: str, values: Counter[Fraction | None], organizations: int, min_group: int) -> Group:
    found = spread(values, organizations, min_group)
    return Group(name=name, organizations=found.count if found else None, scores=found)


# --- counts ------------------------------------------------------------------------------------------------


def _ratings(counted: Tally, standings: Iterable[Standing], min_group: int) -> dict[str, int | None]:
    """Every band from the highest to the lowest, then those without a rating."""
    bands: dict[str, Band] = {band.id: band for one in counted.summaries for band in one.ratings.bands}
    order = [*sorted(bands, key=lambda band: -bands[band].minimum), _NOT_RATED]
    found = Counter(one.rating.id if one.rating else _NOT_RATED for one in standings)
    return shown({band: found[band] for band in order}, min_group)


def _verdicts(standings: Iterable[Standing], min_group: int) -> dict[str, int | None]:
    found = Counter(one.verdict for one in standings)
    return shown({verdict.value: found[verdict] for verdict in Verdict}, min_group)


def _items(counted: Tally, documents: Sequence[str], least: Fraction, min_group: int) -> tuple[ItemShare, ...]:
    common = [item for item, place in counted.places.items() if place.section.partition("/")[0] in documents]
    found = (_item(counted, item, least, min_group) for item in sorted(common, key=lambda one: counted.places[one]))
    return tuple(one for one in found if one is not None)


def _item(counted: Tally, item: str, least: Fraction, min_group: int) -> ItemShare | None:
    """The counts of an item; None if too few assessments have it for it to be common."""
    counts = {status.value: counted.statuses[item, status] for status in Status}
    having = sum(counts.values())
    if having < least * len(counted):
        return None
    told = shown({**counts, _NOT_COVERED: len(counted) - having}, min_group)
    place: Place = counted.places[item]
    return ItemShare(item=item, title=place.title, section=place.section, counts=told, organizations=len(counted))


def _counted(counts: Mapping[str, int | None], name: str) -> list[dict[str, Any]]:
    return [{name: word.replace("_", " "), "organizations": count} for word, count in counts.items()]


def _told(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: "withheld" if value is None else value for name, value in row.items()} for row in rows]


# --- the rest ----------------------------------------------------------------------------------------------


def _ranking(standings: Iterable[Standing]) -> tuple[Ranked, ...]:
    """The highest score first; those without one last and without a rank."""
    ordered = sorted(standings, key=lambda one: (one.value is None, -(one.value or 0), one.subject))
    ranks: dict[Fraction | None, int] = {}
    for place, one in enumerate(ordered, start=1):
        ranks.setdefault(one.value, place)
    return tuple(
        Ranked(
            rank=None if one.value is None else ranks[one.value],
            subject=one.subject,
            kind=one.kind,
            value=one.value,
            rating=one.rating.id if one.rating else None,
            verdict=one.verdict,
        )
        for one in ordered
    )


def _notes(counted: Tally, documents: Sequence[str], min_group: int) -> Iterable[str]:
    """What a reader has to know to take the numbers as they are meant."""
    if 0 < len(counted) < min_group:
        yield (
            f"Withheld: fewer organizations than the smallest group that is shown, {min_group}. "
            f"With a minimum group of 1 (min_group=1, --min-group 1) nothing is withheld, for whoever may see it."
        )
    covered = {part.document for one in counted.summaries for part in one.parts}
    left = sorted(covered - set(documents))
    if left:
        told = f"Left out, since too few cover them: {', '.join(left)}."
        yield told if documents else f"{told} No document is left: a smaller share takes in more."
    for name in ("edition", "profile"):
        used = {getattr(one, name) for one in counted.summaries}
        if len(used) > 1:
            yield f"The assessments are of more than one {name}: scores are not fully comparable."
    several = sum(count > 1 for count in Counter((one.subject, one.kind) for one in counted.summaries).values())
    if several:
        who = "1 organization is" if several == 1 else f"{several} organizations are"
        yield f"{who} in it more than once, and each assessment counts."
