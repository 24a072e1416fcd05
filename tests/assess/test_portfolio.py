from __future__ import annotations

import pickle
import statistics
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import hmis_standards as hs
from hmis_standards.assess import Assessment, Subject, Tally, portfolio, tally
from hmis_standards.assess.spread import spread
from hmis_standards.vocabulary import Obligation, Status, Verdict
from tests.assess.helpers import filled, item, said
from tests.made_up_assessments import made_up_assessments
from tests.small import ALL, CON1, CON2, GOV1, GOV2, GOV3, SEC1, SEC2, small_catalog


def organization(name: str, answers: dict[str, str], kind: str = "coc") -> Assessment:
    return evolve(filled(answers), subject=Subject(name=name, kind=kind))


def all_of(answer: str) -> dict[str, str]:
    return dict.fromkeys(ALL, answer)


STRONG = [organization(f"S{n}", all_of("met")) for n in range(6)]
WEAK = [organization(f"W{n}", {**all_of("met"), GOV1: "not_met", SEC1: "partial"}, "agency") for n in range(5)]
BOTH = [*STRONG, *WEAK]


# --- worked by hand ----------------------------------------------------------------------------------------


def test_scores_are_spread_exactly() -> None:
    # Weak: GOV-01 (3) lost and half of SEC-01 (1) of 15 1/2: 12/15.5 = 24/31. Six at 1, five at 24/31: places 0 to 10;
    # the lower quartile lies between places 2 and 3, both 24/31; the median is at place 5, the first that is 1.
    found = hs.portfolio(BOTH)
    assert found.organizations == 11
    assert found.scores is not None
    weak, whole = Fraction(24, 31), Fraction(1)
    assert (found.scores.minimum, found.scores.lower, found.scores.median) == (weak, weak, whole)
    assert (found.scores.upper, found.scores.maximum, found.scores.count) == (whole, whole, 11)
    # 24/31 is 77.4 percent, which is sound; all six others are strong.
    assert found.ratings == {"strong": 6, "sound": 5, "developing": 0, "starting": 0, "not_rated": 0}
    assert found.verdicts == {"pass": 6, "fail": 5, "cannot_say": 0, "no_gate": 0}


def test_items_and_common_gaps() -> None:
    found = hs.portfolio(BOTH)
    # The vendor's document is number 3, the lead's number 4.
    assert [one.item for one in found.items] == [*ALL[5:], *ALL[:5]]
    first = found.items[3]
    assert (first.item, first.title, first.section) == (GOV1, item(GOV1).title, "lead-basics/GOV")
    assert (first.counts["met"], first.counts["not_met"], first.counts["not_covered"]) == (6, 5, 0)
    assert (first.share("met"), first.share("not_met")) == (Fraction(6, 11), Fraction(5, 11))
    assert [one.item for one in found.common_gaps] == [GOV1]
    with pytest.raises(KeyError):
        first.share("mett")


def test_kinds_and_sections() -> None:
    found = hs.portfolio(BOTH)
    agency, coc = found.kinds
    assert (agency.name, agency.organizations, coc.name, coc.organizations) == ("agency", 5, "coc", 6)
    assert agency.scores is not None
    assert (agency.scores.minimum, agency.scores.maximum) == (Fraction(24, 31), Fraction(24, 31))
    assert [group.name for group in found.sections] == ["vendor-basics/CON", "lead-basics/GOV", "lead-basics/SEC"]
    # GOV of the weak: 5 of 8; SEC: 1 of 1 1/2.
    assert [group.scores and group.scores.minimum for group in found.sections] == [1, Fraction(5, 8), Fraction(2, 3)]


def test_only_common_documents_count() -> None:
    partly = evolve(STRONG[0], documents=("lead-basics",), responses=STRONG[0].responses[:5])
    found = hs.portfolio([*BOTH, partly])
    assert found.documents == ("lead-basics",)
    assert [one.item for one in found.items] == list(ALL[:5])
    weak = hs.score(WEAK[0]).by("document")["lead-basics"].value
    assert found.scores is not None
    assert found.scores.minimum == weak
    assert found.notes[0] == "Left out, since too few cover them: vendor-basics."
    most = hs.portfolio([*BOTH, partly], share="0.9", min_group=1)
    assert most.documents == ("vendor-basics", "lead-basics")
    assert most.items[0].counts["not_covered"] == 1
    assert most.items[0].share("not_covered") == Fraction(1, 12)


def test_items_that_not_all_have_are_not_common() -> None:
    catalog = STRONG[0].catalog
    lead = catalog.documents[0]
    fewer = evolve(catalog, documents=(evolve(lead, items=lead.items[:4]), *catalog.documents[1:]))
    without = evolve(filled({GOV1: "met"}, fewer), subject=Subject(name="Tailored"), profile="fewer")
    found = hs.portfolio([*BOTH, without])
    assert SEC2 not in [one.item for one in found.items]
    assert found.notes == ("The assessments are of more than one profile: scores are not fully comparable.",)


def test_a_subject_twice_is_told() -> None:
    found = hs.portfolio([*BOTH, STRONG[0]])
    assert found.notes == ("1 organization is in it more than once, and each assessment counts.",)


# --- privacy -----------------------------------------------------------------------------------------------


def test_small_groups_are_withheld_and_cannot_be_worked_out() -> None:
    few = [organization(f"V{n}", all_of("partial"), "vendor") for n in range(2)]
    found = hs.portfolio([*BOTH, *few])
    kinds = {group.name: (group.organizations, group.scores) for group in found.kinds}
    # Two vendors are withheld, and the smallest other kind with them: 13 - 6 - 5 would give them away.
    assert kinds["vendor"] == kinds["agency"] == (None, None)
    assert kinds["coc"][0] == 6
    assert found.ratings["developing"] is None
    assert [count for count in found.ratings.values() if count is None] == [None, None]
    assert found.tables()["kinds of subject"][0]["organizations"] == "withheld"
    shown = hs.portfolio([*BOTH, *few], min_group=1)
    assert {group.name: group.organizations for group in shown.kinds} == {"agency": 5, "coc": 6, "vendor": 2}
    assert shown.ratings["developing"] == 2


def test_fewer_than_the_smallest_group_show_nothing_but_how_many() -> None:
    found = hs.portfolio(STRONG[:4])
    assert (found.organizations, found.scores, found.common_gaps) == (4, None, ())
    assert set(found.ratings.values()) == set(found.verdicts.values()) == {None}
    assert all(set(one.counts.values()) == {None} for one in found.items)
    assert all((group.organizations, group.scores) == (None, None) for group in (*found.kinds, *found.sections))
    assert "scores withheld" in repr(found)
    assert found.notes == (
        "Withheld: fewer organizations than the smallest group that is shown, 5. "
        "With a minimum group of 1 (min_group=1, --min-group 1) nothing is withheld, for whoever may see it.",
    )
    # Tables of nothing but withheld numbers would bury that note.
    assert not any(found.tables().values())
    assert "<table" not in found._repr_html_()
    assert [row["rank"] for row in hs.portfolio(STRONG[:4], ranking=True).tables()["ranking"]] == [1, 1, 1, 1]
    assert hs.portfolio(STRONG[:4], min_group=4).notes == ()


def test_how_few_have_no_score_is_not_told() -> None:
    nothing = [organization(f"N{n}", {}) for n in range(2)]
    scores = hs.portfolio([*BOTH, *nothing]).scores
    assert scores is not None
    assert (scores.count, scores.maximum) == (None, Fraction(1))


def test_nobody_is_named_unless_asked() -> None:
    quiet = hs.portfolio(BOTH)
    assert quiet.ranking == ()
    for told in (repr(quiet), str(quiet.to_dict()), quiet._repr_html_(), str(quiet.rows()), str(quiet.tables())):
        assert not any(one.subject.name in told for one in BOTH)
    ranked = hs.portfolio([*WEAK, *STRONG, organization("None", {})], ranking=True).ranking
    assert [(one.rank, one.subject) for one in ranked[:2]] == [(1, "S0"), (1, "S1")]
    assert [(one.rank, one.subject, one.rating) for one in ranked[6:8]] == [(7, "W0", "sound"), (7, "W1", "sound")]
    assert (ranked[-1].rank, ranked[-1].subject, ranked[-1].value) == (None, "None", None)
    assert "S3" in hs.portfolio(BOTH, ranking=True)._repr_html_()


# --- streaming and adding ----------------------------------------------------------------------------------


def test_any_iterable_and_its_progress() -> None:
    told: list[tuple[int, int | None]] = []

    def one_at_a_time() -> Iterator[Assessment]:
        yield from BOTH

    found = hs.portfolio(one_at_a_time(), progress=lambda done, total: told.append((done, total)))
    assert found == hs.portfolio(BOTH) == hs.portfolio(tally(BOTH))
    assert told == [(n, None) for n in range(1, 12)]
    told.clear()
    hs.portfolio(BOTH, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (11, 11)


def test_none_at_all() -> None:
    found = hs.portfolio([])
    assert (found.organizations, found.documents, found.items, found.scores) == (0, (), (), None)


@pytest.mark.parametrize(
    "wrong",
    [
        *({"share": share} for share in (0, "1.1", "x", "1/0", True, None, float("nan"))),
        *({"min_group": least} for least in (0, 2.5, "5", True, None)),
    ],
)
def test_choices_that_cannot_be_met(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"is not over 0 and at most 1|is not a whole number of 1 or more"):
        hs.portfolio(BOTH, **wrong)


def test_a_share_is_taken_as_it_is_written() -> None:
    # As a binary fraction 0.8 is a little more than 4/5, and four of five assessments would be too few.
    partly = evolve(STRONG[0], documents=("lead-basics",), responses=STRONG[0].responses[:5])
    found = hs.portfolio([*STRONG[1:5], partly], share=0.8)
    assert found.share == Fraction(4, 5)
    assert found.documents == ("vendor-basics", "lead-basics")


def test_with_no_document_in_common_there_are_no_scores_and_the_way_out_is_told() -> None:
    lead = [evolve(one, documents=("lead-basics",), responses=()) for one in STRONG]
    vendor = [evolve(one, documents=("vendor-basics",), responses=()) for one in WEAK]
    found = hs.portfolio([*lead, *vendor])
    assert (found.documents, found.items) == ((), ())
    assert found.notes == (
        "Left out, since too few cover them: lead-basics, vendor-basics. "
        "No document is left: a smaller share takes in more.",
    )
    assert "no scores" in repr(found)


words = st.sampled_from([None, "met", "partial", "not_met"])
organizations = st.builds(
    lambda name, kind, answers, documents: evolve(
        filled({}), subject=Subject(name=name, kind=kind), documents=documents
    ).with_responses(said(one, word) for one, word in answers.items() if one.partition("/")[0] in documents),
    st.sampled_from("ABCDEFGH"),
    st.sampled_from(["coc", "agency", "vendor"]),
    st.dictionaries(st.sampled_from([GOV1, GOV2, GOV3, SEC1, CON1, CON2]), words),
    st.sampled_from([("lead-basics",), ("lead-basics", "vendor-basics"), ("vendor-basics",)]),
)


@settings(max_examples=40)
@given(st.lists(organizations, max_size=8), st.randoms(use_true_random=False), st.data())
def test_order_and_splitting_do_not_matter(given_ones: list[Assessment], chance: Any, data: st.DataObject) -> None:
    whole = tally(given_ones)
    shuffled = list(given_ones)
    chance.shuffle(shuffled)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(shuffled)), max_size=3)))
    pieces = [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(shuffled)], strict=True)]
    parts = [tally(piece) for piece in pieces]
    assert sum(parts) == sum(reversed(parts)) == whole
    assert whole + Tally() == whole
    assert pickle.loads(pickle.dumps(whole)) == whole
    assert portfolio(whole, min_group=1) == portfolio(given_ones, min_group=1)


def test_tallies_add_up_only_to_tallies() -> None:
    with pytest.raises(TypeError):
        tally(BOTH) + 1
    assert repr(tally(BOTH)) == "<Tally of 11 assessments>"


@settings(max_examples=40)
@given(st.lists(organizations, min_size=1, max_size=8))
def test_against_a_second_calculation(given_ones: list[Assessment]) -> None:
    """Everything once more from single scores, with the statistics of the standard library."""
    found = hs.portfolio(given_ones, min_group=1)
    common = set.intersection(*(set(one.documents) for one in given_ones))
    assert set(found.documents) == common
    cut = [hs.score(evolve(one, documents=tuple(d for d in one.documents if d in common))) for one in given_ones]
    values = [one.value for one in cut if one.value is not None]
    if values:
        assert found.scores is not None
        assert (found.scores.count, found.scores.median) == (len(values), statistics.median(values))
        assert (found.scores.minimum, found.scores.maximum) == (min(values), max(values))
        if len(values) > 1:
            lower, _, upper = statistics.quantiles(values, n=4, method="inclusive")
            assert (found.scores.lower, found.scores.upper) == (lower, upper)
    bands = Counter(one.rating.id if one.rating else "not_rated" for one in cut)
    assert {band: count for band, count in found.ratings.items() if count} == dict(bands)
    assert {word: count for word, count in found.verdicts.items() if count} == Counter(one.verdict.value for one in cut)
    for one in found.items:
        statuses = Counter(score.line(one.item).status for score in cut)
        assert {status: one.counts[status.value] for status in Status} == {s: statuses[s] for s in Status}


weights = st.fixed_dictionaries({word: st.fractions(0, 9, max_denominator=12) for word in Obligation})


@settings(max_examples=40)
@given(weights, st.dictionaries(st.sampled_from(ALL), words))
def test_sums_are_those_of_the_score(weight: dict[Obligation, Fraction], answers: dict[str, str | None]) -> None:
    one = filled(answers, small_catalog(weight))
    found, counted = hs.score(one), tally([one])
    by_document = found.by("document")
    for part in counted.summaries[0].parts:
        score = by_document[part.document]
        assert (part.earned, part.assessed, part.applicable) == (score.earned, score.assessed, score.applicable)
        assert part.verdict is score.verdict
    values = {(section, below.value) for section, below in found.by("section").items() if below.value is not None}
    assert counted.sections == dict.fromkeys(values, 1)


def test_quartiles_of_four() -> None:
    # 1, 2, 3, 4 (of 10): places 0 to 3; a quarter of the way is 3/4 from the first to the second.
    found = spread(Counter({Fraction(n, 10): 1 for n in range(1, 5)}), 4, 1)
    assert found is not None
    assert (found.lower, found.median, found.upper) == (Fraction(7, 40), Fraction(1, 4), Fraction(13, 40))


# --- shown -------------------------------------------------------------------------------------------------


def test_shows_itself() -> None:
    found = hs.portfolio(BOTH)
    assert repr(found) == "<Portfolio of 11 organizations on 8 common items: median score 100.0 %>"
    assert list(found.to_frame()["not_met"])[2:5] == [0, 5, 0]
    told = found.to_dict()
    assert told["scores"]["minimum"] == "24/31"
    assert told["items"][3]["counts"]["not_met"] == 5
    assert (told["common_gaps"], told["unread"], told["share"]) == ([GOV1], [], "1")
    html = found._repr_html_()
    assert "<h4>Common gaps</h4>" in html
    assert "<h4>Ranking</h4>" not in html
    assert found.rows()[3]["not_met_share"] == pytest.approx(5 / 11)


def test_made_up_assessments_are_the_same_on_every_run_and_differ() -> None:
    first, again = (list(made_up_assessments(8, documents=["system-administrator"])) for _ in range(2))
    assert first == again
    found = hs.portfolio(first)
    assert found.scores is not None
    assert found.scores.minimum < found.scores.median < found.scores.maximum
    assert found.verdicts[Verdict.PASS.value] in (0, None)
