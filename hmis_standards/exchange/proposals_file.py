"""A purchase from its file, with what the file leaves open."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.exchange.proposal_rules import proposal_problems
from hmis_standards.model import ParameterSet, Procurement
from hmis_standards.store import Raw, load_parameters, read_raw, structure
from hmis_standards.store.reader import without_format
from hmis_standards.store.schema import check_shape
from hmis_standards.tabular import Plain

__all__ = ["ProposalsFile", "problems", "read_proposals"]


@frozen
class ProposalsFile(Plain):
    """What stands in a file of proposals; ``problems`` are mandatory items and scores that are missing in it."""

    path: str
    procurement: Procurement
    problems: tuple[Problem, ...]


def read_proposals(path: str | Path, parameters: ParameterSet | None = None) -> ProposalsFile:
    """The purchase in a YAML or JSON file of the kind ``hmis-standards/proposals/1``.

    ``parameters`` are those it will be evaluated with: they hold the highest score, and the criteria of a file that
    names none.

    Raises:
        InvalidDocument: the file has another shape, a name leads nowhere, the weights do not add up to 100 or a score
            is off the scale; all problems are listed.
        DocumentSyntaxError: it is not readable as YAML. OSError: it cannot be opened.
    """
    raw = read_raw(Path(path))
    shape = tuple(check_shape(raw, "proposals"))
    if shape:
        raise InvalidDocument(str(path), shape)
    found = proposal_problems(raw, parameters or load_parameters("procurement"))
    if found.faults:
        raise InvalidDocument(str(path), found.faults)
    return ProposalsFile(str(path), structure(raw, Procurement, without_format(raw.data)), found.open)


def problems(raw: Raw) -> list[Problem]:
    """What is wrong with a file of proposals whose shape fits the schema, and what it leaves open."""
    found = proposal_problems(raw, load_parameters("procurement"))
    return [*found.faults, *found.open]
