"""Reading a vendor's declaration, and the rules on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from hmis_standards.errors import InvalidDocument, Problem, UnknownEdition
from hmis_standards.model import Catalog, Claim, Declaration
from hmis_standards.model.declaration import REQUIREMENTS
from hmis_standards.store.load import load_catalog
from hmis_standards.store.parts import Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import without_format
from hmis_standards.store.references import near, repeated
from hmis_standards.store.structuring import structure
from hmis_standards.store.yaml_text import read_raw
from hmis_standards.vocabulary import ClaimWord

__all__ = ["check_declaration", "declaration_of", "found_wrong", "load_declaration"]


def load_declaration(path: str | Path, *, altered: bool = False) -> Declaration:
    """The declaration in a YAML or JSON file; with ``altered`` also one whose content is not what its hash is of.

    Raises:
        InvalidDocument: the file has another shape, a claim does not fit its requirement, or the content is not what
            its hash was made of; all problems are listed.
        DocumentSyntaxError: it is not readable as YAML. OSError: it cannot be opened.
    """
    from hmis_standards.store.single import single_problems

    raw = read_raw(Path(path))
    problems = found_wrong(single_problems(raw, "declaration"), altered)
    if problems:
        raise InvalidDocument(str(path), problems)
    return declaration_of(raw)


def found_wrong(problems: Iterable[Problem], altered: bool) -> tuple[Problem, ...]:
    """The problems, without that of the hash where the content may have been altered."""
    return tuple(one for one in problems if not (altered and one.pointer == "content_hash"))


def declaration_of(raw: Raw) -> Declaration:
    """The declaration in a file that was read. Raises InvalidDocument where a value does not fit."""
    return structure(raw, Declaration, without_format(raw.data))


def check_declaration(raw: Raw) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What cannot be read as a declaration, and what does not fit the requirements of its edition."""
    try:
        placed = Placed("", declaration_of(raw), raw)
    except InvalidDocument as error:
        return error.problems, ()
    try:
        catalog = load_catalog(placed.value.edition)
    except UnknownEdition as error:
        return (), (placed.problem(str(error), "edition"),)
    return (), tuple(chain(_whole(placed), *(_claim(placed, n, catalog) for n in range(len(placed.value.claims)))))


def _whole(placed: Placed[Declaration]) -> Iterator[Problem]:
    """Each item and module once; the hash is that of the content."""
    one = placed.value
    yield from repeated(placed, "a claim on", [claim.item for claim in one.claims], "claims", key="item")
    yield from repeated(placed, "module", [module.id for module in one.modules], "modules")
    if one.unaltered is False:
        hint = "it was altered after it was sealed: ask the vendor, or seal it again if you are the vendor"
        yield placed.problem("the content is not what this hash was made of", "content_hash", hint=hint)


def _claim(placed: Placed[Declaration], place: int, catalog: Catalog) -> Iterator[Problem]:
    claim = placed.value.claims[place]
    for below, message, hint in chain(_about(claim, catalog), _dated(claim, placed.value), _made(claim, placed.value)):
        yield placed.problem(message, "claims", place, *below, hint=hint)


Fault = tuple[tuple[str | int, ...], str, str]


def _about(claim: Claim, catalog: Catalog) -> Iterator[Fault]:
    """The item is a requirement of product 9, and not applicable only where that can be, with a reason."""
    known = [item.id for item in catalog.document(REQUIREMENTS).items]
    if claim.item not in known:
        yield ("item",), f"there is no requirement {claim.item!r}", near(claim.item, known)
    elif claim.claim is ClaimWord.NOT_APPLICABLE:
        rule = catalog[claim.item].na
        if not rule.allowed:
            yield ("claim",), "this requirement applies to every product", ""
        elif not claim.note:
            yield ("claim",), "not applicable needs a note that says why", ""


def _dated(claim: Claim, declaration: Declaration) -> Iterator[Fault]:
    """Something planned has a day to come; evidence is from before the declaration."""
    if claim.claim is ClaimWord.PLANNED and claim.available is None:
        yield ("claim",), "something planned needs the day by which it is there", "add available: YYYY-MM-DD"
    if claim.claim is ClaimWord.PLANNED and claim.available and claim.available <= declaration.date:
        yield ("available",), f"{claim.available} is not after the declaration, {declaration.date}", ""
    if claim.claim is not ClaimWord.PLANNED and claim.available is not None:
        yield ("available",), "only something planned has a day by which it is there", ""
    for number, one in enumerate(claim.evidence):
        if one.date > declaration.date:
            yield ("evidence", number, "date"), f"{one.date} is after the declaration, {declaration.date}", ""


def _made(claim: Claim, declaration: Declaration) -> Iterator[Fault]:
    """What is there names the module and the method."""
    modules = [module.id for module in declaration.modules]
    if claim.claim in {ClaimWord.AVAILABLE, ClaimWord.EXTRA_COST}:
        for name in ("module", "method"):
            if getattr(claim, name) is None:
                yield (), f"a claim that something is there names its {name}", ""
    if claim.module is not None and claim.module not in modules:
        yield ("module",), f"there is no module {claim.module!r}", near(claim.module, modules)
