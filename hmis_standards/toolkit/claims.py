"""Declarations of several vendors side by side: what each says on each requirement, and where it says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.model import Catalog, Claim, Declaration, Item, ParameterSet
from hmis_standards.model.declaration import REQUIREMENTS
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.toolkit.figures import Figure, computed, given, taken, total
from hmis_standards.toolkit.flags import Flag, Flags
from hmis_standards.vocabulary import ClaimWord, FigureOrigin, Obligation

__all__ = ["ClaimRow", "Claims", "VendorStanding", "compare_declarations"]

SILENT = "silent"
_THERE = {ClaimWord.AVAILABLE, ClaimWord.EXTRA_COST}
_BINDING = {Obligation.REQUIRED}


@frozen(kw_only=True)
class ClaimRow(Plain):
    """One requirement, and what each declaration says on it; None where it says nothing."""

    item: str
    title: str
    obligation: Obligation
    claims: tuple[Claim | None, ...] = field(repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """What is said, a word for each declaration; ``silent`` for nothing."""
        return tuple(SILENT if one is None else one.claim.value for one in self.claims)

    @property
    def differs(self) -> bool:
        """Whether the declarations do not all say the same."""
        return len(set(self.words)) > 1


@frozen(kw_only=True)
class VendorStanding(Plain):
    """Where one declaration stands.

    ``gaps`` are the required functions that are not there, ``silent`` those it says nothing on. ``features`` is the
    weighted share of everything else that is there, of what it does not call not applicable.
    """

    label: str
    vendor: str
    unaltered: bool | None
    required: int
    there: int
    gaps: tuple[str, ...] = field(repr=False)
    silent: tuple[str, ...] = field(repr=False)
    unproved: tuple[str, ...] = field(repr=False)
    features: Figure = field(repr=False)

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        seal = {None: "not sealed", True: "unaltered", False: "altered"}[self.unaltered]
        return {
            "product": self.label,
            "vendor": self.vendor,
            "required": self.required,
            "there": self.there,
            "gaps": len(self.gaps),
            "silent": len(self.silent),
            "without_evidence": len(self.unproved),
            "features": self.features.text,
            "seal": seal,
        }


@frozen(kw_only=True)
class Claims(Tabular):
    """Several declarations side by side. Nobody is ranked: claims are claims until somebody has looked."""

    standings: tuple[VendorStanding, ...]
    requirements: tuple[ClaimRow, ...] = field(repr=lambda rows: f"<{len(rows)} requirements>")
    flags: Flags = field(repr=False)

    def rows(self) -> list[dict[str, Any]]:
        """One row a requirement, a column for each product."""
        labels = [one.label for one in self.standings]
        told = ({"item": one.item, "title": one.title, "obligation": one.obligation.value} for one in self.requirements)
        return [
            {**row, **dict(zip(labels, one.words, strict=True))}
            for row, one in zip(told, self.requirements, strict=True)
        ]

    def summary(self) -> list[dict[str, Any]]:
        """One row a declaration."""
        return [one.row() for one in self.standings]

    def differing(self) -> Claims:
        """Only the requirements on which the declarations do not say the same."""
        return evolve(self, requirements=tuple(one for one in self.requirements if one.differs))

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {"standings": self.summary(), "requirements": self.rows(), "flags": self.flags.rows()}


def compare_declarations(catalog: Catalog, declarations: Sequence[Declaration], parameters: ParameterSet) -> Claims:
    """What vendors say on the requirements of product 9, side by side.

    Required functions and features are kept apart: a function that HUD's standards ask for is there or it is a gap,
    and no feature makes up for it. Weights of features are those of the catalog, so a profile can set a community's own
    priorities.

    Args:
        catalog: of the edition that the declarations are about.
        declarations: one or more; two with the same product and version are told apart by their vendor.
        parameters: the set ``declaration``.

    Raises:
        ValueError: no declarations, or one of another edition than the catalog.
    """
    _same_edition(catalog, declarations)
    items = catalog.document(REQUIREMENTS).items
    labels = _labels(declarations)
    rows = tuple(
        ClaimRow(
            item=item.id,
            title=item.title,
            obligation=item.obligation,
            claims=tuple(one.claim(item.id) for one in declarations),
        )
        for item in items
    )
    standings = tuple(
        _standing(catalog, one, label, items, parameters) for one, label in zip(declarations, labels, strict=True)
    )
    flags = Flags(
        flag for one, declared in zip(standings, declarations, strict=True) for flag in _flags(one, declared, catalog)
    )
    return Claims(standings=standings, requirements=rows, flags=flags)


def _same_edition(catalog: Catalog, declarations: Sequence[Declaration]) -> None:
    if not declarations:
        raise ValueError("there are no declarations to compare")
    for one in declarations:
        if one.edition != catalog.edition:
            raise ValueError(f"the declaration of {one.label} is for edition {one.edition}, not {catalog.edition}")


def _labels(declarations: Sequence[Declaration]) -> list[str]:
    """Product and version; with the vendor, and a number, where that is not enough to tell them apart."""
    plain = [one.label for one in declarations]
    longer = [one.label if plain.count(one.label) == 1 else f"{one.label} ({one.vendor})" for one in declarations]
    return [
        label if longer.count(label) == 1 else f"{label} {longer[: place + 1].count(label)}"
        for place, label in enumerate(longer)
    ]


def _standing(
    catalog: Catalog, declared: Declaration, label: str, items: Sequence[Item], parameters: ParameterSet
) -> VendorStanding:
    required = [item for item in items if item.obligation in _BINDING and not _not_applicable(declared, item)]
    silent = tuple(item.id for item in required if declared.claim(item.id) is None)
    there = [item.id for item in required if _there(declared, item)]
    return VendorStanding(
        label=label,
        vendor=declared.vendor,
        unaltered=declared.unaltered,
        required=len(required),
        there=len(there),
        gaps=tuple(item.id for item in required if item.id not in {*there, *silent}),
        silent=silent,
        unproved=tuple(one.item for one in declared.claims if one.claim in _THERE and not one.evidence),
        features=_features(catalog, declared, items, parameters),
    )


def _not_applicable(declared: Declaration, item: Item) -> bool:
    claim = declared.claim(item.id)
    return claim is not None and claim.claim is ClaimWord.NOT_APPLICABLE


def _there(declared: Declaration, item: Item) -> bool:
    claim = declared.claim(item.id)
    return claim is not None and claim.claim in _THERE


def _features(catalog: Catalog, declared: Declaration, items: Sequence[Item], parameters: ParameterSet) -> Figure:
    """The share, in percent, of the weight of features that are there. What nobody speaks to is not there."""
    wanted = [item for item in items if item.obligation not in _BINDING and not _not_applicable(declared, item)]
    credits = {word: taken(one, f"credit_{word}") for word, one in parameters.table("credit").items()}
    parts = [
        computed(f"points_{word}", f"Features {ClaimWord(word).label}, in points", f"weight_{word} * credit_{word}",
                 "points", [_weighed(catalog, declared, wanted, word), credit])
        for word, credit in credits.items()
    ]  # fmt: skip
    points = total("points", "Points of all features", "points", parts)
    whole = sum((catalog.weights[item.id] for item in wanted), Fraction(0))
    weight = given("weight", "Weight of all features that apply", whole, "points", "By the weights of the catalog.")
    return computed("features", f"Features of {declared.label}", "points / weight * 100", "%", [points, weight])


def _weighed(catalog: Catalog, declared: Declaration, wanted: Sequence[Item], word: str) -> Figure:
    found = [item for item in wanted if (claim := declared.claim(item.id)) and claim.claim.value == word]
    weight = sum((catalog.weights[item.id] for item in found), Fraction(0))
    why = f"{len(found)} {'feature' if len(found) == 1 else 'features'}, by the weights of the catalog."
    return given(f"weight_{word}", f"Weight of features {ClaimWord(word).label}", weight, "points", why)


def _flags(standing: VendorStanding, declared: Declaration, catalog: Catalog) -> Iterator[Flag]:
    def flag(name: str, text: str) -> Flag:
        return Flag(id=name, about=standing.label, text=text, origin=FigureOrigin.CONVENTION)

    if standing.unaltered is None:
        yield flag("not-sealed", "The declaration has no hash: nobody can tell whether this copy was altered.")
    if standing.unaltered is False:
        yield flag("altered", "The declaration was altered after it was sealed.")
    for item in (*standing.gaps, *standing.silent):
        word = "says nothing on" if item in standing.silent else "does not have"
        yield Flag(
            id="required-gap",
            about=standing.label,
            text=f"The vendor {word} {item}: {catalog[item].title}.",
            origin=FigureOrigin.HUD if catalog.binding(catalog[item]) else FigureOrigin.CONVENTION,
            citations=catalog[item].citations,
        )
    for claim in declared.claims:
        if claim.claim is ClaimWord.NOT_APPLICABLE and catalog[claim.item].obligation in _BINDING:
            text = f"The vendor calls {claim.item} not applicable: see from its note whether that holds for you."
            yield flag("required-not-applicable", text)
        if claim.claim is ClaimWord.PLANNED:
            yield flag("planned", f"{claim.item} is planned for {claim.available}: make the date a clause.")
