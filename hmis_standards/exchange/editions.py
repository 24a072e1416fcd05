"""Carrying an assessment to a shipped edition: its catalog is loaded, and tailored as the assessment's own was."""

from __future__ import annotations

from collections.abc import Iterable

from hmis_standards.assess import Assessment, Migration, carried_to
from hmis_standards.errors import ProfileError
from hmis_standards.model import Catalog, Profile, tailor
from hmis_standards.store import load_catalog, load_changes

__all__ = ["migrate"]


def migrate(assessment: Assessment, to: str | None = None, catalog: Catalog | None = None) -> Migration:
    """The assessment in another edition, forward or backward, and what became of every response.

    ``to`` is a shipped edition, the newest if left out; its catalog is tailored by the profiles of the assessment. With
    ``catalog``, that one is used as it is. No answer is lost:

    - *carried*: the item asks the same, and the response stands as it was;
    - *needs review*: the item asks something else, and the answer is proposed for it;
    - *split*, *merged*: the answer is proposed for each part; the least of several answers is proposed for the whole;
    - *retired*: the item is no more, and the response is kept in the archive of the assessment;
    - *new*: an item nobody has answered.

    A proposal does not count until a person confirms it. What was changed is kept in the archive as it was, so that
    going back gives the assessment that was there, as long as nobody has answered anew.

    Raises:
        UnknownEdition: no such edition is shipped.
        ValueError: ``catalog`` is not of the edition ``to``, or the edition has none of the documents.
    """
    if catalog is not None:
        if to not in {None, catalog.edition}:
            raise ValueError(f"`to` is {to}, the catalog is of edition {catalog.edition}")
        return carried_to(assessment, catalog, load_changes())
    target, dropped = _tailored(load_catalog(to), assessment.catalog.profiles)
    notes = tuple(f"Profile {name} was not applied: {reason}" for name, reason in dropped)
    return carried_to(assessment, target, load_changes(), notes)


def _tailored(catalog: Catalog, profiles: Iterable[Profile]) -> tuple[Catalog, list[tuple[str, str]]]:
    """The catalog tailored by those profiles that fit it; the others by id, with the reason."""
    dropped = []
    for profile in profiles:
        try:
            catalog = tailor(catalog, profile)
        except ProfileError as error:
            dropped.append((profile.id, error.reason))
    return catalog, dropped
