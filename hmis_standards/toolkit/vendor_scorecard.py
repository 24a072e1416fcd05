"""A vendor's scorecard: the score of a monitoring round by domain, the rating with its caps, and what has to be cured.

The one module of the toolkit that sees answers: it reads an assessment on product 7 and changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.assess import Assessment, Score, score
from hmis_standards.assess.lines import Line
from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain, Table, Tabular, percent_text
from hmis_standards.toolkit.business_time import BusinessCalendar
from hmis_standards.toolkit.days import moved
from hmis_standards.toolkit.figures import Figure, Figures, computed, given, taken
from hmis_standards.toolkit.vendor_indicators import Indicator, Indicators
from hmis_standards.vocabulary import Obligation, Role, Status

__all__ = ["CorrectiveAction", "CorrectiveActions", "Scorecard", "scorecard"]

DOCUMENT = "vendor-monitoring"
_RATINGS = ("satisfactory", "improvement-needed", "corrective-action")
_WEEKDAYS = BusinessCalendar()  # Monday to Friday; holidays are not known here
_OFF = {Status.PARTIAL, Status.NOT_MET}


@frozen(kw_only=True)
class CorrectiveAction(Plain):
    """One finding and what follows from it. ``repeat``: it was a finding of the earlier round too."""

    item: str
    title: str
    status: Status
    obligation: Obligation
    finding: str = field(repr=False)
    remedy: str = field(repr=False)
    owner: Role
    answer_by: date
    cure_by: date
    repeat: bool
    critical: bool

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "item": self.item,
            "title": self.title,
            "status": self.status.value,
            "obligation": self.obligation.value,
            "critical": self.critical,
            "repeat": self.repeat,
            "owner": self.owner.value,
            "answer_by": self.answer_by.isoformat(),
            "cure_by": self.cure_by.isoformat(),
            "finding": self.finding,
            "remedy": self.remedy,
        }


class CorrectiveActions(Table[CorrectiveAction]):
    """A corrective action plan, as a tuple that is a table too: critical findings first, then what binds most."""

    kind = "corrective actions"


@frozen(kw_only=True)
class Scorecard(Tabular):
    """How a vendor stands after a round of monitoring.

    ``overall`` is weighted by item; ``by_domain`` is the plain mean of the domains in which anything was assessed. Both
    are shown because they can differ. ``rating`` is the band of ``overall``, or the lower one a cap leaves; ``reason``
    says what decided. None where nothing was assessed.
    """

    subject: str
    on: date
    rating: str | None
    provisional: bool
    reason: str = field(repr=False)
    overall: Figure
    by_domain: Figure
    assessed: Figure = field(repr=False)
    domains: Figures = field(repr=False)
    bands: Figures = field(repr=False)
    indicators: Indicators = field(repr=False)
    actions: CorrectiveActions = field(repr=False)
    change: Figure | None = field(repr=False)

    def rows(self) -> list[dict[str, Any]]:
        """One row a domain."""
        return [{"domain": one.title, "score": one.text} for one in self.domains]

    def text(self) -> str:
        """The result in two or three sentences."""
        rating = "no rating" if self.rating is None else self.rating.replace("-", " ")
        early = " (provisional)" if self.provisional and self.rating else ""
        told = self.change is not None and self.change.value is not None
        moved = f" Change since the last round: {self.change.text}." if self.change is not None and told else ""
        return (
            f"{self.subject}: {rating}{early}, {self.overall.text} by item, {self.by_domain.text} by domain, "
            f"{self.assessed.text} assessed. {self.reason}{moved}"
        )

    def explain(self) -> str:
        """Every number with where it comes from."""
        measured = (figure for one in self.indicators for figure in (one.value, one.edge))
        change = (self.change,) if self.change else ()
        told = (self.overall, self.by_domain, self.assessed, *change, *self.bands, *measured)
        return "\n\n".join(one.explain() for one in told)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        told: dict[str, Any] = {"subject": self.subject, "on": self.on.isoformat(), "rating": self.rating}
        told |= {"provisional": self.provisional, "reason": self.reason}
        told |= {name: getattr(self, name).to_dict() for name in ("overall", "by_domain", "assessed")}
        told["change"] = self.change.to_dict() if self.change else None
        told["domains"] = [one.to_dict() for one in self.domains]
        told["indicators"] = self.indicators.rows()
        told["actions"] = self.actions.rows()
        return told


def scorecard(
    assessment: Assessment,
    parameters: ParameterSet,
    *,
    measured: Sequence[Indicator] = (),
    earlier: Assessment | None = None,
    on: date | None = None,
) -> Scorecard:
    """The scorecard of a round of vendor monitoring.

    The score is that of ``score``, by the weights of the assessment's catalog, on the items of product 7 alone. No
    points buy two things: with a required item not met the rating is at most "improvement needed", and with a critical
    one not met it is "corrective action".

    Args:
        assessment: answers on the document ``vendor-monitoring``.
        parameters: the set ``vendor-monitoring``.
        measured: indicators, shown beside the score; they change no answer.
        earlier: the last round, for repeated findings and the change in score.
        on: the day of the findings, from which times run, and on which evidence must be fresh; else the assessment's.

    Raises:
        ValueError: the assessment has no items of product 7.
    """
    day = on or assessment.date
    found = _round(assessment, day)
    before = _round(earlier, earlier.date) if earlier is not None else None
    bands = Figures(taken(one, f"band_{name.replace('-', '_')}") for name, one in parameters.table("band").items())
    domains = _domains(found, _titles(assessment))
    rating, reason = _rating(found, parameters)
    limit = parameters.find("provisional_below").value
    return Scorecard(
        subject=assessment.subject.name,
        on=day,
        rating=rating,
        provisional=found.coverage is None or found.coverage < limit,
        reason=reason,
        overall=_overall(found),
        by_domain=_by_domain(domains),
        assessed=_assessed(found),
        domains=domains,
        bands=bands,
        indicators=Indicators(measured),
        actions=CorrectiveActions(_actions(found, before, parameters, day)),
        change=None if before is None else _change(found, before),
    )


def _round(assessment: Assessment, day: date) -> Score:
    found = score(assessment, day).by("document").get(DOCUMENT)
    if found is None:
        raise ValueError(f"the assessment has no items of {DOCUMENT}; it is about {', '.join(assessment.documents)}")
    return found


# --- figures -----------------------------------------------------------------------------------------------


def _points(found: Score, of: str = "") -> list[Figure]:
    told = f" of {of}" if of else ""
    why = "By the weights of the catalog; `explain` of the assessment has every item."
    return [
        given("earned", f"Points earned{told}", found.earned, "points", why),
        given("weight", f"Weight of what was assessed{told}", found.assessed, "points", why),
    ]


def _overall(found: Score) -> Figure:
    return computed("overall", "Score, weighted by item", "earned / weight * 100", "%", _points(found))


def _titles(assessment: Assessment) -> dict[str, str]:
    return {section.id: section.title for section in assessment.catalog.document(DOCUMENT).sections}


def _domains(found: Score, titles: dict[str, str]) -> Figures:
    """The score of each section, a share of what was assessed in it."""
    parts = {key.partition("/")[2]: part for key, part in found.by("section").items()}
    return Figures(
        computed(
            f"domain_{key.lower()}",
            titles.get(key, key),
            "earned / weight * 100",
            "%",
            _points(part, titles.get(key, key)),
        )
        for key, part in parts.items()
    )


def _by_domain(domains: Figures) -> Figure:
    held = [one for one in domains if one.value is not None]
    formula = f"({' + '.join(one.name for one in held)}) / {len(held)}" if held else "0 / 0"
    return computed("by_domain", "Score, the mean of the domains", formula, "%", held)


def _assessed(found: Score) -> Figure:
    why = "By the weights of the catalog, without what is not applicable."
    parts = [
        given("weight", "Weight of what was assessed", found.assessed, "points", why),
        given("applicable", "Weight of what applies", found.applicable, "points", why),
    ]
    return computed("assessed", "Share assessed", "weight / applicable * 100", "%", parts)


def _change(found: Score, before: Score) -> Figure:
    now = evolve(_overall(found), name="now", title="Score of this round")
    then = evolve(_overall(before), name="then", title="Score of the last round")
    return computed("change", "Change since the last round", "now - then", "points of a hundred", [now, then])


# --- rating ------------------------------------------------------------------------------------------------


def _rating(found: Score, parameters: ParameterSet) -> tuple[str | None, str]:
    """The rating and, in words, what decided it: the band, or a cap that no points can buy off."""
    if found.value is None:
        return None, "Nothing was assessed."
    band = next((name for name in _RATINGS if found.value >= parameters.find("band", name).value), _RATINGS[-1])
    critical = [line.item.id for line in found.lines if _critical(line, parameters) and line.status is Status.NOT_MET]
    if critical:
        return _lower(band, "corrective-action"), f"Critical and not met: {', '.join(critical)}."
    unmet = [line.item.id for line in found.lines if _required(line) and line.status is Status.NOT_MET]
    if unmet and band == "satisfactory":
        return "improvement-needed", f"Required and not met: {', '.join(unmet)}."
    least = percent_text(parameters.find("band", band).value)
    return band, f"{percent_text(found.value)} by item; the rating begins at {least}."


def _lower(one: str, other: str) -> str:
    return max(one, other, key=_RATINGS.index)


def _required(line: Line) -> bool:
    return line.in_effect and line.item.obligation is Obligation.REQUIRED


def _critical(line: Line, parameters: ParameterSet) -> bool:
    critical = parameters.table("critical")
    named = critical.get(line.item.id.partition("/")[2].lower())
    return named is not None and named.value != 0


# --- corrective actions ------------------------------------------------------------------------------------


def _actions(found: Score, before: Score | None, parameters: ParameterSet, day: date) -> list[CorrectiveAction]:
    repeated = {line.item.id for line in before.lines if line.status in _OFF} if before else set()
    made = [_action(line, line.item.id in repeated, parameters, day) for line in found.lines if line.status in _OFF]
    order = list(Obligation)
    return sorted(made, key=lambda one: (not one.critical, order.index(one.obligation), one.cure_by, one.item))


def _action(line: Line, repeat: bool, parameters: ParameterSet, day: date) -> CorrectiveAction:
    item = line.item
    days = parameters.find("cure_days", item.obligation.value).value
    reason = f": {line.verdict.reason}" if line.verdict.reason else ""
    return CorrectiveAction(
        item=item.id,
        title=item.title,
        status=line.status,
        obligation=item.obligation,
        finding=f"{line.status.label.capitalize()}{reason}",
        remedy=item.remedy.text,
        owner=item.owner,
        answer_by=_WEEKDAYS.after_days(datetime.combine(day, time.min), parameters.find("answer_days").value).date(),
        cure_by=moved(day, int(days)),
        repeat=repeat,
        critical=_critical(line, parameters),
    )
