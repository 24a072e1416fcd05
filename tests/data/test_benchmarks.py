"""The benchmark sets: every place of the notes has one, and its numbers are those of the notes, typed a second time."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from hmis_standards.measure import judge
from hmis_standards.model import BenchmarkSet, Target
from hmis_standards.store import load_benchmarks, load_catalog
from hmis_standards.vocabulary import Direction, Judged, Origin, SetStatus
from tests.measure.made_up import result
from tests.shared_data import shared

# Rows of the notes without numbers, and the places named together in the last one.
UNSEEN = {
    "MD BoS": "md-bos",
    "Santa Barbara": "santa-barbara",
    "Philadelphia": "philadelphia",
    "San Antonio 2016": "san-antonio",
    "TX BoS": "tx-bos",
    "Maine 2017": "maine",
    "NH 2014": "nh-2014",
    "RI": "rhode-island",
    "Sacramento": "sacramento",
    "Central Florida": "central-florida",
    "Ohio BoS 2018": "ohio-bos",
    "Memphis": "memphis",
    "Tampa": "tampa",
    "Louisiana LSNDC": "louisiana-lsndc",
}
UNVERIFIED = {*UNSEEN.values(), "wy"}

# Federal numbers of the notes -> benchmarks. Without one: F2 and F25 and F29 have no limit, F28 is a rule on dates.
FLAGS = {
    1: ["BED-COVERAGE"],
    3: ["UTILIZATION"],
    4: ["UTILIZATION-PROJECT"],
    5: ["RACE-MISSING"],
    6: ["DISABLING-UNKNOWN"],
    7: ["DV-MISSING"],
    8: ["PRIOR-LIVING-MISSING"],
    9: ["DESTINATION-MISSING"],
    10: ["VETERAN-UNKNOWN"],
    11: ["SSN-UNUSABLE"],
    12: ["AGE-UNKNOWN"],
    13: ["HOUSEHOLD-UNKNOWN", "HOUSEHOLD-UNKNOWN-PEOPLE", "HOUSEHOLD-UNKNOWN-PROJECT"],
    14: ["NIGHTS-UNKNOWN"],
    15: ["ONE-HEAD"],
    16: ["COC-RIGHT"],
    17: ["RELATIONSHIP-VALID"],
    18: ["AFTER-CLOSING"],
    19: ["NIGHTS-SILENT"],
    20: ["PARTICIPATION"],
    21: ["SEVERAL-HOUSEHOLDS"],
    22: ["PSH-DISABLED"],
    23: [f"SIZE-{who}{where}" for who in ("ADULTS", "FAMILIES", "CHILDREN") for where in ("", "-PROJECT")],
    24: ["UNDER-SIX"],
    26: ["SILENT-RECORDS"],
    27: ["ANNUAL-WINDOW"],
    30: ["SSVF-START", "SSVF-EXIT"],
}

# Benchmark, project type (None: all), met, near. Percent for ratios, else the number itself.
NUMBERS: list[tuple[str, int | None, str, str | None]] = [
    ("hud-flags/BED-COVERAGE", 13, "85", None),
    ("hud-flags/UTILIZATION", 3, "65..105", None),
    ("hud-flags/UTILIZATION-PROJECT", 0, "25..150", None),
    ("hud-flags/RACE-MISSING", 1, "1", None),
    ("hud-flags/DISABLING-UNKNOWN", 2, "10", None),
    ("hud-flags/DV-MISSING", 13, "10", None),
    ("hud-flags/PRIOR-LIVING-MISSING", 8, "5", None),
    ("hud-flags/DESTINATION-MISSING", 3, "5", None),
    ("hud-flags/VETERAN-UNKNOWN", 3, "10", None),
    ("hud-flags/SSN-UNUSABLE", None, "25", None),
    ("hud-flags/AGE-UNKNOWN", 0, "5", None),
    ("hud-flags/HOUSEHOLD-UNKNOWN", 0, "5", None),
    ("hud-flags/HOUSEHOLD-UNKNOWN-PEOPLE", 0, "100", None),
    ("hud-flags/HOUSEHOLD-UNKNOWN-PROJECT", 0, "50", None),
    ("hud-flags/NIGHTS-UNKNOWN", None, "35", None),
    ("hud-flags/ONE-HEAD", 0, "0", "5"),
    ("hud-flags/COC-RIGHT", 0, "0", "4"),
    ("hud-flags/AFTER-CLOSING", None, "0", "4"),
    ("hud-flags/NIGHTS-SILENT", 1, "0", "4"),
    ("hud-flags/PARTICIPATION", None, "5", None),
    ("hud-flags/SEVERAL-HOUSEHOLDS", 0, "5", None),
    ("hud-flags/PSH-DISABLED", 3, "50", None),
    ("hud-flags/SIZE-ADULTS", None, "2", None),
    ("hud-flags/SIZE-FAMILIES", None, "4.5", None),
    ("hud-flags/SIZE-CHILDREN", None, "2", None),
    ("hud-flags/SIZE-ADULTS-PROJECT", None, "2.75", None),
    ("hud-flags/SIZE-FAMILIES-PROJECT", None, "6", None),
    ("hud-flags/SIZE-CHILDREN-PROJECT", None, "3.5", None),
    ("hud-flags/SILENT-RECORDS", 4, "90", None),
    ("hud-flags/ANNUAL-WINDOW", None, "-30..30", None),
    ("hud-flags/SSVF-START", 12, "2", None),
    ("hud-flags/SSVF-EXIT", 13, "1", None),
    *[("oc-ca/UNIVERSAL", kind, "98", None) for kind in (0, 1, 2, 3, 9, 10, 12, 13)],
    *[("oc-ca/UNIVERSAL", kind, "95", None) for kind in (4, 6, 14)],
    *[("oc-ca/SPECIFIC-START", kind, "96", None) for kind in (0, 1, 2, 3, 9, 10, 12, 13)],
    *[("oc-ca/SPECIFIC-START", kind, "90", None) for kind in (4, 6)],
    *[("oc-ca/SPECIFIC-EXIT", kind, "65", None) for kind in (0, 1)],
    *[("oc-ca/SPECIFIC-EXIT", kind, "95", None) for kind in (2, 3, 9, 10, 12, 13)],
    *[("oc-ca/SPECIFIC-EXIT", kind, "50", None) for kind in (4, 6)],
    ("oc-ca/SERVICE", None, "3", None),
    ("oc-contract-old/START", None, "7", None),
    *[
        (f"wa-commerce/{name}", kind, met, None)
        for name in ("NAME", "DOB", "RACE")
        for kind, met in ((0, "85"), (1, "80"), (3, "95"), (13, "95"), (4, "90"))
    ],
    *[("wa-commerce/PRIOR-LIVING", *one, None) for one in ((0, "85"), (1, "80"), (2, "100"), (4, "85"))],
    *[("wa-commerce/DESTINATION", *one, None) for one in ((0, "80"), (1, "50"), (2, "95"), (4, "50"))],
    ("wa-commerce/DV", None, "95", None),
    ("wa-commerce/START", None, "14", None),
    ("wa-commerce/EXIT", None, "14", None),
    ("ak/GRADE", None, "86", "70"),
    ("ak/RECORDS", 3, "5", None),
    ("ak/OUTREACH-START", 4, "1", None),
    ("nd/GRADE", None, "86", "70"),
    ("nd/COVERAGE", 0, "100", "85"),
    ("mo-stl/START", None, "1", None),
    ("mo-stl/EXIT", None, "2", None),
    ("mo-other/START", None, "100", None),
    ("chicago/START", None, "2", None),
    ("chicago/ASSESSMENT", 0, "3", None),
    ("chicago/ASSESSMENT", 4, "7", None),
    ("chicago/ASSESSMENT", 13, "7", None),
    ("chicago/CONTACT", 4, "2", None),
    ("vialink/PII", None, "2", None),
    ("vialink/DESTINATION", None, "2", None),
    ("lahsa/START", None, "3", None),
    ("lahsa/EXIT", None, "3", None),
    ("lahsa/SILENT", None, "30", None),
    ("sf/RECORDS", None, "3", None),
    ("nh-va/ANONYMOUS", None, "5", None),
    ("nh-va/TIER-1", None, "100", None),
    ("nh-va/TIER-2", None, "90", None),
    ("nh-va/RECORDS", 12, "1", None),
    ("nh-va/RECORDS", 3, "7", None),
    ("scchap/UNIVERSAL", None, "5", None),
    ("scchap/START", None, "90", None),
    ("scchap/EXIT", None, "90", None),
    ("mn/COMPLETE", None, "95", "75"),
    ("mn/CLOSING", None, "15", None),
    ("openpath-pass-fail/PII", None, "2", None),
    ("openpath-pass-fail/START", None, "3", None),
    ("openpath-pass-fail/BEDS", None, "66..104", None),
    ("openpath-dqt/EXIT", None, "6", None),
    ("openpath-project-dq/MISSING", None, "10", None),
    ("openpath-project-dq/START", None, "14", None),
    ("openpath-project-dq/BEDS", None, "90..105", None),
    ("openpath-project-dq/SERVED", None, "90", None),
    ("eva-defaults/START", None, "3", None),
    ("eva-defaults/CONTACT", 14, "90", None),
    ("eva-defaults/NIGHT", 1, "90", None),
    ("eva-defaults/STAY", 11, "90", None),
    ("eva-defaults/REFERRAL", None, "14", None),
    ("homelessdata-bands/NAME", None, "5", "10"),
    # the default set
    ("default/COV-1", 0, "85", "75"),
    ("default/COV-2", 3, "85", "75"),
    ("default/COV-3", 4, "85", "70"),
    ("default/UTL-1", 2, "65..105", "50..115"),
    ("default/UTL-2", 8, "65..105", "25..150"),
    ("default/COMP-NAME", 1, "10", "20"),
    ("default/COMP-DOB", 13, "5", "10"),
    ("default/COMP-SSN", 4, "20", "25"),
    ("default/COMP-SSN", 3, "10", "25"),
    ("default/COMP-RACE-MISSING", 0, "1", "5"),
    ("default/COMP-VET", 6, "5", "10"),
    ("default/COMP-DIS", 11, "10", "20"),
    ("default/COMP-COC", None, "0", "1"),
    ("default/CONS-REL", None, "0", "1"),
    ("default/ACC-START", None, "0", "2"),
    ("default/COMP-PLS", 1, "15", "20"),
    ("default/COMP-PLS", 14, "10", "20"),
    ("default/COMP-PSDE-START", 4, "10", "20"),
    ("default/COMP-PSDE-ANNUAL", 3, "10", "20"),
    ("default/COMP-PSDE-EXIT", 0, "20", "35"),
    ("default/COMP-DEST", 4, "50", "65"),
    ("default/COMP-DEST", 14, "20", "35"),
    ("default/TIM-1", None, "90", "75"),
    ("default/TIM-3", 1, "90", "75"),
    ("default/TIM-4", None, "3", "6"),
    ("default/TIM-6", 2, "90", "80"),
    ("default/TIM-7", None, "1", "5"),
    ("default/ACC-1", 9, "0", "2"),
    ("default/ACC-3", None, "2", "5"),
]
# What a value exactly on the limit is: HUD asks "from", homelessdata.com says "below".
EXCLUSIVE = {
    "hud-flags/UTILIZATION-PROJECT",
    "hud-flags/SSN-UNUSABLE",
    "hud-flags/AGE-UNKNOWN",
    "hud-flags/HOUSEHOLD-UNKNOWN",
    "hud-flags/HOUSEHOLD-UNKNOWN-PEOPLE",
    "hud-flags/HOUSEHOLD-UNKNOWN-PROJECT",
    "nh-va/ANONYMOUS",
}
DAY = date(2026, 6, 30)


def sets() -> list[BenchmarkSet]:
    return list(load_catalog().benchmark_sets)


def all_targets() -> list[tuple[str, Any, Target]]:
    return [(f"{s.id}/{b.id}", b, t) for s in sets() for b in s.benchmarks for t in b.targets]


def rows_of_notes() -> list[tuple[str, str]]:
    """First and second cell of every row of the notes' table of local plans."""
    text = (shared() / "content" / "dq-benchmarks.md").read_text(encoding="utf-8")
    table = text.split("### §3.3")[1].split("### §3.4")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")]
    return [(cells[0].strip(), cells[1].strip()) for cells in rows[1:]]


def test_every_row_of_the_notes_is_a_set() -> None:
    known = {one.id: one for one in sets()}
    rows = rows_of_notes()
    named = {name.strip("`").replace("_", "-") for name, _ in rows if name.startswith("`")}
    (unseen,) = [places.split(", ") for name, places in rows if not name.startswith("`")]
    assert len(named) == 19
    assert sorted(unseen) == sorted(UNSEEN)
    assert set(known) == named | set(UNSEEN.values()) | {"default", "hud-flags", "homelessdata-bands"}


def test_what_was_not_seen_is_empty_and_everything_else_is_not() -> None:
    assert {one.id for one in sets() if one.status is SetStatus.UNVERIFIED} == UNVERIFIED
    for one in sets():
        assert bool(one.benchmarks) is (one.status is SetStatus.VERIFIED), one.id


@pytest.mark.parametrize("name", sorted(UNVERIFIED))
def test_an_unverified_set_judges_nothing(name: str) -> None:
    assert len(judge([result(1, 100), result(1, 100, 0)], load_benchmarks(name), on=DAY)) == 0


def test_the_federal_numbers_are_all_there() -> None:
    found = [one.id for one in load_benchmarks("hud-flags").benchmarks]
    assert sorted(found) == sorted(name for names in FLAGS.values() for name in names)
    assert set(FLAGS) == set(range(1, 31)) - {2, 25, 28, 29}


def _limit(text: str | None, unit: str) -> Any:
    if text is None:
        return None
    scale = 100 if unit == "ratio" else 1
    low, _, high = text.partition("..")
    return (Fraction(low) / scale, Fraction(high) / scale) if high else Fraction(low) / scale


@pytest.mark.parametrize(("name", "kind", "met", "near"), NUMBERS)
def test_a_number_is_that_of_the_notes(name: str, kind: int | None, met: str, near: str | None) -> None:
    benchmark = load_catalog().benchmark(name)
    target = benchmark.target(() if kind is None else (kind,), DAY)
    assert target is not None
    assert (target.met, target.near) == (_limit(met, benchmark.unit), _limit(near, benchmark.unit))


def test_the_list_of_numbers_reaches_every_set() -> None:
    assert {name.split("/")[0] for name, *_ in NUMBERS} == {one.id for one in sets() if one.benchmarks}


def test_coordinated_entry_and_safe_havens_are_not_asked_what_no_one_set() -> None:
    catalog = load_catalog()
    assert catalog.benchmark("oc-ca/SPECIFIC-START").target((14,), DAY) is None
    assert catalog.benchmark("oc-ca/SPECIFIC-EXIT").target((8,), DAY) is None
    assert catalog.benchmark("wa-commerce/NAME").target((14,), DAY) is None


def test_near_lies_on_the_far_side_of_met() -> None:
    for name, benchmark, target in all_targets():
        met, near = target.met, target.near
        if near is None:
            continue
        if isinstance(met, tuple) or isinstance(near, tuple):
            assert isinstance(met, tuple), name
            assert isinstance(near, tuple), name
            assert near[0] <= met[0] <= met[1] <= near[1], name
        elif benchmark.direction is Direction.AT_MOST:
            assert near >= met, name
        else:
            assert near <= met, name


def test_a_limit_counts_itself_unless_the_source_says_otherwise() -> None:
    bands = {f"homelessdata-bands/{one.id}" for one in load_benchmarks("homelessdata-bands").benchmarks}
    assert {name for name, _, target in all_targets() if target.exclusive} == EXCLUSIVE | bands


@pytest.mark.parametrize(
    ("wrong", "judged"), [(4, Judged.MET), (5, Judged.NEAR), (10, Judged.NEAR), (11, Judged.BELOW)]
)
def test_the_edges_of_the_color_bands(wrong: int, judged: Judged) -> None:
    found = judge([result(wrong, 100)], load_benchmarks("homelessdata-bands"), on=DAY)
    (one,) = found.of("homelessdata-bands/NAME")
    assert one.judged is judged
    near = ", near is at most 10 % (example)" if judged is Judged.NEAR else ""
    assert one.reason == f"{wrong} of 100 is {wrong}.0 %; asked below 5 % (example){near}"


@pytest.mark.parametrize(
    ("name", "first"), [("mo-stl", "2020-10-01"), ("scchap", "2016-07-12"), ("oc-ca", "2019-01-01")]
)
def test_targets_count_from_the_day_the_source_gives(name: str, first: str) -> None:
    start = date.fromisoformat(first)
    for benchmark in load_benchmarks(name).benchmarks:
        assert {target.since for target in benchmark.targets} == {start}
        kinds = benchmark.targets[0].project_types[:1]
        assert benchmark.target(kinds, start) is not None
        assert benchmark.target(kinds, date(start.year - 1, 12, 31)) is None


# --- whose numbers they are --------------------------------------------------------------------------------

_CLAIM = re.compile(r"\bHUD (requires|demands|expects|wants|sets)\b|HUD's (own )?(target|limit|requirement|pass mark)")


def test_local_plans_and_tools_are_examples() -> None:
    own = {"default", "hud-flags", "eva-defaults"}
    assert {b.origin for s in sets() if s.id not in own for b in s.benchmarks} == {Origin.EXAMPLE}


def test_only_what_hud_published_has_hud_as_its_origin() -> None:
    catalog = load_catalog()
    for one in sets():
        for benchmark in one.benchmarks:
            publishers = {catalog.source(cited.source).publisher for cited in benchmark.citations}
            if benchmark.origin is Origin.HUD:
                assert publishers == {"HUD"}, benchmark.id
            elif benchmark.origin is Origin.EXAMPLE:
                assert "HUD" not in publishers, benchmark.id


def test_no_example_or_convention_claims_huds_authority() -> None:
    for one in sets():
        for benchmark in one.benchmarks:
            if benchmark.origin in {Origin.EXAMPLE, Origin.CONVENTION}:
                told = f"{benchmark.title}. {benchmark.text} {benchmark.reason}"
                assert not _CLAIM.search(told.replace("HUD sets no", "")), f"{one.id}/{benchmark.id}"


def test_triggers_and_starting_settings_say_that_they_are_no_targets() -> None:
    assert "not targets" in load_benchmarks("hud-flags").notice
    assert "no pass marks" in load_benchmarks("eva-defaults").notice
    assert "No federal pass mark" in load_benchmarks("default").notice


def test_a_set_names_its_place_and_no_set_is_called_like_a_file() -> None:
    for one in sets():
        assert one.id == "default" or one.place, one.id
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", one.id)


def test_an_answered_share_is_not_an_error_rate_turned_round() -> None:
    """Places that state a share of answers are not judged on HUD's count of people in error."""
    for name in ("oc-ca", "wa-commerce", "nh-va", "mn", "ak", "nd", "scchap"):
        for benchmark in load_benchmarks(name).benchmarks:
            assert not benchmark.measure.id.endswith("-error"), f"{name}/{benchmark.id}"
