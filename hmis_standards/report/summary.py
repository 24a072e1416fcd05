"""The page in plain words: a few sentences made from the numbers, none of which says more than they do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hmis_standards.assess import Gap, GateResult, Score
from hmis_standards.report.check_view import made_and_found
from hmis_standards.report.data_view import system_wide
from hmis_standards.report.gate_view import gate_sentence
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.reading import entered_promptly, waiting
from hmis_standards.report.words import count, coverage_text, day_text, joined, range_text, score_text, tenth
from hmis_standards.vocabulary import Judged, Status, Verdict

if TYPE_CHECKING:
    from hmis_standards.measure import Judgement, Measures

__all__ = ["plain_words"]


def plain_words(parts: ReportParts, total: Score | None, found: tuple[Gap, ...]) -> tuple[str, ...]:
    """Four to six sentences or so, in the order a board would ask."""
    told: list[str] = []
    if total is not None:
        told += [_in_place(total), _score(total), *(_gate(total, one) for one in total.gates), _first(found, total)]
    told += [
        _data(parts),
        made_and_found(parts.findings) if parts.findings is not None else "",
        *(_more_data(parts) if total is None else ()),
        _proposed(parts),
    ]
    return tuple(one for one in told if one)


def _in_place(total: Score) -> str:
    counts = total.counts()
    applies = len(total) - counts[Status.NOT_APPLICABLE]
    if not applies:
        return "None of the items was found to apply."
    listed = (
        (counts[Status.MET], "in place"),
        (counts[Status.PARTIAL], "partly in place"),
        (counts[Status.NOT_MET], "not in place"),
        (waiting(total), "without a confirmed answer"),
    )
    (first, words), *others = [pair for pair in listed if pair[0]]
    verb = "is" if first == 1 else "are"
    told = joined([f"{first} {verb} {words}", *(f"{number} {rest}" for number, rest in others)])
    return f"Of the {count(applies, 'checklist item')} that {'applies' if applies == 1 else 'apply'} here, {told}."


def _score(total: Score) -> str:
    unknown = waiting(total)
    if total.value is None:
        return "Nothing has a confirmed answer yet, so there is no score; that is unknown, not zero." if unknown else ""
    if total.rating is None:
        return _too_little(total, unknown)
    rating = f", which rates as {total.rating.label}"
    provisional = " (provisional, because much is unanswered)" if total.provisional else ""
    share = f"{score_text(total)} of what was assessed is in place"
    earned = f"By weight, counting partly met items in part, {share}{rating}{provisional}"
    if not unknown:
        return f"{earned}; nothing is left unanswered."
    return f"{earned}; because {_unanswered(unknown)}, {_ANYWHERE} {range_text(total)}."


def _too_little(total: Score, unknown: int) -> str:
    """The range first: what few answers say of themselves is no picture of the whole."""
    return (
        f"Too little was answered for a rating: because {_unanswered(unknown)}, {_ANYWHERE} {range_text(total)}. "
        f"Answers cover {coverage_text(total)} of the weight; {score_text(total)} of that is in place."
    )


_ANYWHERE = "the figure for the whole could be anywhere in the range"


def _unanswered(unknown: int) -> str:
    return f"{count(unknown, 'item')} {'is' if unknown == 1 else 'are'} unanswered"


def _gate(total: Score, result: GateResult) -> str:
    title, sentence = result.gate.title, gate_sentence(total, result)
    if result.verdict is Verdict.FAIL:
        return f"The gate “{title}” fails, and no score makes up for it: {sentence}"
    if result.verdict is Verdict.CANNOT_SAY:
        return f"The gate “{title}” cannot be decided yet: {sentence}"
    if result.verdict is Verdict.NO_GATE:
        return f"The gate “{title}” has nothing to look at here, so it neither passes nor fails."
    return f"The gate “{title}” passes: {sentence[:1].lower()}{sentence[1:]}"


def _first(found: tuple[Gap, ...], total: Score) -> str:
    if not found:
        return "No gap was found among the answered items." if total.value is not None else ""
    titles = joined(f"“{gap.item.title}”" for gap in found[:3])
    if len(found) == 1:
        return f"There is one known gap, not fully true today: {titles}."
    number = len(found)
    lead = f"Of the {number} known gaps, three come first" if number > 3 else f"There are {number} known gaps"
    return f"{lead}, none of them fully true today: {titles}."


def _data(parts: ReportParts) -> str:
    judged = system_wide(parts.judgements)
    tally = Counter(one.judged for one in judged)
    among = tally[Judged.MET] + tally[Judged.NEAR] + tally[Judged.BELOW]
    if not among:
        return _people(parts)
    span = f" of {day_text(parts.measures.start)} to {day_text(parts.measures.end)}" if parts.measures else ""
    told = joined([f"{tally[Judged.MET]} meet it", f"{tally[Judged.NEAR]} come near", f"{tally[Judged.BELOW]} miss it"])
    missed = Counter(one.benchmark.dimension for one in judged if one.judged is Judged.BELOW)
    worst = max(missed, key=lambda one: missed[one], default=None)
    often = "most often" if len(missed) > 1 else "always"
    where = f", {often} on {worst.label}" if worst else ""
    skipped = len({one.benchmark.id for one in judged if one.judged is Judged.NOT_MEASURED})
    verb = "is" if skipped == 1 else "are"
    blank = f" {count(skipped, 'benchmark')} of the set {verb} not measured." if skipped else ""
    return f"In the data{span}, of {count(among, 'result')} with a benchmark {told}{where}.{blank}"


def _more_data(parts: ReportParts) -> tuple[str, ...]:
    """What a page without an assessment has room to say of the data."""
    judged = system_wide(parts.judgements)
    if not judged or parts.judgements is None:
        return ()
    return (_beds(judged), _days(parts.measures), _PASS_MARK.format(parts.judgements.benchmarks.title))


_PASS_MARK = (
    "Whether a result meets its benchmark depends on the set “{}”; whose numbers those are is told below. What was not "
    "measured is unknown, neither good nor bad."
)


def _beds(judged: tuple[Judgement, ...]) -> str:
    beds = [one.judged for one in judged if one.benchmark.measure.id == "bed-coverage"]
    with_beds = sum(one in {Judged.MET, Judged.NEAR, Judged.BELOW} for one in beds)
    if not with_beds:
        return ""
    reached = f"{beds.count(Judged.MET)} of {count(with_beds, 'project type')}"
    return f"Bed coverage in HMIS reaches its target in {reached} with beds."


def _days(measures: Measures | None) -> str:
    told = [f"{tenth(one.value)} of {what}" for what, one in entered_promptly(measures or ())]
    return f"Within three days of the event, {joined(told)} were entered." if told else ""


def _people(parts: ReportParts) -> str:
    """What can be said of a measurement that nobody judged."""
    if parts.measures is None:
        return ""
    lags = [one for one in parts.measures.of("start-within-3-days", "system") if one.value is not None]
    within = f"; {tenth(lags[0].value)} of project starts were entered within three days" if lags else ""
    span = f"{day_text(parts.measures.start)} to {day_text(parts.measures.end)}"
    return f"The data of {span} was measured and not judged against benchmarks{within}."


def _proposed(parts: ReportParts) -> str:
    number = sum(response.proposed for one in parts.assessments for response in one.responses)
    if not number:
        return ""
    if number == 1:
        return "1 answer was proposed from the data; it does not count until a person confirms it."
    return f"{number} answers were proposed from the data; they do not count until a person confirms them."
