"""Rules on proposals: names that lead somewhere, weights that add up, scores on the scale; and what was left open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from itertools import chain

from attrs import frozen

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.model import Criterion, ParameterSet, Procurement, Proposal
from hmis_standards.store import Raw, load_catalog, structure
from hmis_standards.store.parts import Placed
from hmis_standards.store.reader import without_format
from hmis_standards.store.references import near, repeated
from hmis_standards.tabular import decimal_text

__all__ = ["ProposalProblems", "proposal_problems"]

_WHOLE = 100
Place = tuple[str | int, ...]


@frozen
class ProposalProblems:
    """What is wrong with a file of proposals: rules that are broken, and what was left open.

    What was left open does not stop an evaluation: it is told, and the evaluation says what it did about it.
    """

    faults: tuple[Problem, ...] = ()
    open: tuple[Problem, ...] = ()


def proposal_problems(raw: Raw, parameters: ParameterSet) -> ProposalProblems:
    """All that is wrong with a file of proposals whose shape fits its schema."""
    try:
        procurement = structure(raw, Procurement, without_format(raw.data))
    except InvalidDocument as error:
        return ProposalProblems(error.problems)
    file = _File(Placed("", procurement, raw), procurement.judged_by(parameters), parameters)
    faults = tuple(chain.from_iterable(rule(file) for rule in (_names, _weights, _demands, _answers, _scores)))
    left = sorted(chain(_unanswered(file), _unscored(file)), key=lambda one: one.line or 0)
    return ProposalProblems(faults, tuple(left))


@frozen
class _File:
    """A file with the criteria its proposals are judged by."""

    placed: Placed[Procurement]
    criteria: tuple[Criterion, ...]
    parameters: ParameterSet

    @property
    def value(self) -> Procurement:
        return self.placed.value

    def rated(self) -> list[str]:
        return [one.id for one in self.criteria if not one.by_price]

    def proposals(self) -> Iterator[tuple[Place, Proposal]]:
        for place, proposal in enumerate(self.value.proposals):
            yield ("proposals", place), proposal

    def twice(self, what: str, names: Iterable[str], *at: str | int, key: str = "id") -> Iterator[Problem]:
        """Names that stand in a list a second time."""
        return repeated(self.placed, what, tuple(names), *at, key=key)

    def absent(self, what: str, name: str, known: Collection[str], *at: str | int) -> Iterator[Problem]:
        """A name that leads nowhere."""
        if name not in known:
            yield self.placed.problem(f"there is no {what} {name!r}", *at, hint=near(name, known))


# --- faults ------------------------------------------------------------------------------------------------


def _names(file: _File) -> Iterator[Problem]:
    yield from file.twice("criterion", (one.id for one in file.value.criteria), "criteria")
    yield from file.twice("mandatory item", (one.id for one in file.value.mandatory), "mandatory")
    yield from file.twice("proposal", (one.id for one in file.value.proposals), "proposals")


def _weights(file: _File) -> Iterator[Problem]:
    """Of criteria of one's own: they make 100, and at most one is priced and one decides ties."""
    if not file.value.criteria:
        return
    total = sum((one.weight for one in file.criteria), Fraction(0))
    if total != _WHOLE:
        told = decimal_text(total, 2).removesuffix(".00")
        yield file.placed.problem(f"the weights add up to {told}, they should to {_WHOLE}", "criteria")
    for key, what in (("by_price", "judged by price"), ("breaks_ties", "to break ties")):
        if sum(getattr(one, key) for one in file.criteria) > 1:
            yield file.placed.problem(f"more than one criterion is {what}", "criteria")


def _demands(file: _File) -> Iterator[Problem]:
    """A mandatory item of the catalog exists, any other says what it asks."""
    for place, one in enumerate(file.value.mandatory):
        if "/" not in one.id and not one.text:
            yield file.placed.problem("a demand of one's own has a text", "mandatory", place)
        elif "/" in one.id and "/LOCAL-" not in one.id:
            yield from file.absent("item", one.id, load_catalog(), "mandatory", place, "id")


def _answers(file: _File) -> Iterator[Problem]:
    known = [one.id for one in file.value.mandatory]
    for at, proposal in file.proposals():
        yield from file.twice("answer on", (one.item for one in proposal.mandatory), *at, "mandatory", key="item")
        for place, one in enumerate(proposal.mandatory):
            yield from file.absent("mandatory item", one.item, known, *at, "mandatory", place, "item")


def _scores(file: _File) -> Iterator[Problem]:
    for at, proposal in file.proposals():
        names = [one.criterion for one in proposal.scores]
        yield from file.twice("criterion", names, *at, "scores", key="criterion")
        for place, scored in enumerate(proposal.scores):
            here: Place = (*at, "scores", place)
            yield from file.absent("criterion for raters", scored.criterion, file.rated(), *here, "criterion")
            yield from file.twice("score of", (one.rater for one in scored.by), *here, "by", key="rater")
            for rank, one in enumerate(scored.by):
                yield from file.absent("rater", one.rater, file.value.raters, *here, "by", rank, "rater")
                yield from _off_the_scale(file, one.score, (*here, "by", rank, "score"))


def _off_the_scale(file: _File, score: Fraction, at: Place) -> Iterator[Problem]:
    highest = file.parameters.find("highest_score").value
    if score > highest:
        top = decimal_text(highest, 2).removesuffix(".00")
        yield file.placed.problem(f"the highest score is {top}", *at, hint="set highest_score for another scale")


# --- what was left open ------------------------------------------------------------------------------------


def _unanswered(file: _File) -> Iterator[Problem]:
    for at, proposal in file.proposals():
        said = {one.item for one in proposal.mandatory}
        for one in file.value.mandatory:
            if one.id not in said:
                told = f"{proposal.id} has no answer on mandatory item {one.id}"
                yield file.placed.problem(told, *at, "mandatory", hint="it is not ranked until there is one")


def _unscored(file: _File) -> Iterator[Problem]:
    for at, proposal in file.proposals():
        places = {one.criterion: place for place, one in enumerate(proposal.scores)}
        for criterion in file.rated():
            if criterion not in places:
                told = f"{proposal.id} has no scores on {criterion}"
                yield file.placed.problem(told, *at, "scores", hint="it is not ranked until there are some")
                continue
            scored = {one.rater for one in proposal.scores[places[criterion]].by}
            for rater in file.value.raters:
                if rater not in scored:
                    told = f"{rater} left out {criterion} of {proposal.id}"
                    hint = "the mean is of those who scored it"
                    yield file.placed.problem(told, *at, "scores", places[criterion], hint=hint)
