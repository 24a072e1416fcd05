"""The checks on income, veterans, VA projects, identity, households, stays, health and records, counted a second time.

As ``second_checks``: plain rows of text, no code shared with the library, True for a fault, False for none, and None
for whoever is not looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from tests.measure.second_calculation import Row, day
from tests.measure.second_checks import UNKNOWN, Answer, Count, Files, Stay, each_stay, of_kind, tallied

SOURCES = (
    "Earned", "Unemployment", "SSI", "SSDI", "VADisabilityService", "VADisabilityNonService", "PrivateDisability",
    "WorkersComp", "TANF", "GA", "SocSecRetirement", "Pension", "ChildSupport", "Alimony", "OtherIncomeSource",
)  # fmt: skip
KINDS = {
    "income": ("IncomeFromAnySource", SOURCES),
    "benefits": (
        "BenefitsFromAnySource", ("SNAP", "WIC", "TANFChildCare", "TANFTransportation", "OtherTANF",
                                  "OtherBenefitsSource"),
    ),
    "insurance": (
        "InsuranceFromAnySource", ("Medicaid", "Medicare", "SCHIP", "VHAServices", "EmployerProvided", "COBRA",
                                   "PrivatePay", "StateHealthIns", "IndianHealthServices", "OtherInsurance"),
    ),
}  # fmt: skip
WARS = ("WorldWarII", "KoreanWar", "VietnamWar", "DesertStorm", "AfghanistanOEF", "IraqOIF", "IraqOND", "OtherTheater")
TARGETING = (
    "TimeToHousingLoss", "AnnualPercentAMI", "LiteralHomelessHistory", "ClientLeaseholder", "HOHLeaseholder",
    "SubsidyAtRisk", "EvictionHistory", "CriminalRecord", "IncarceratedAdult", "PrisonDischarge", "SexOffender",
    "DisabledHoH", "CurrentPregnant", "SingleParent", "DependentUnder6", "HH5Plus", "CoCPrioritized",
)  # fmt: skip
RACES = ("AmIndAKNative", "Asian", "BlackAfAmerican", "HispanicLatinao", "MidEastNAfrican", "NativeHIPacific", "White")
GPD, RHY = {*range(37, 43), 45}, {22, 23, 24, 25, 26}
VA = {20, 27, 30, 33, *GPD}
HOPWA, ESG = set(range(13, 20)), {8, 9, 10, 11}
ALL_OF_IT = {1, 2, 3, 5, 6, 7, 21, 56, *HOPWA, *VA}
Question = Callable[[Row, Stay | None, Files], Answer]


# --- who pays, and what is asked for -----------------------------------------------------------------------


@lru_cache(maxsize=1000)
def funders(project: str, files: Files) -> set[int]:
    first = files.tables["Export"][-1]["ExportStartDate"]
    return {
        int(row["Funder"])
        for row in files.tables["Funder"]
        if row["ProjectID"] == project and row["Funder"] and (not row["EndDate"] or row["EndDate"] > first)
    }


def wants(funder: int, kind: str, element: str) -> bool:
    """Whether a funder asks for an element in a project of a type; what depends on a blank type is not asked for."""
    if funder in {4, 54, 55}:
        return kind not in {"14", ""}
    if funder == 35:
        return kind in {"3", "9", "10", "13"}
    if funder == 53:
        return kind not in {"0", "1", "4", ""}
    if funder in ESG:
        return element in {"violence", "disabilities"} or kind not in {"1", ""}
    if funder in RHY:
        asked = {22: "benefits insurance", 25: "insurance"}.get(funder, "income benefits insurance")
        return element in {*asked.split(), "disabilities"}
    return funder in ALL_OF_IT and not (funder == 33 and element == "disabilities")


def asks(stay: Stay | None, element: str, files: Files) -> bool:
    return stay is not None and any(wants(one, stay.kind, element) for one in funders(stay.project, files))


def paid_by(stay: Stay, some: set[int], files: Files) -> bool:
    return bool(funders(stay.project, files) & some)


# --- records -----------------------------------------------------------------------------------------------


def each_record(table: str, ask: Question) -> Callable[[Files], Count]:
    return lambda files: tallied(ask(row, files.by_key.get(row["EnrollmentID"]), files) for row in files.tables[table])


@lru_cache(maxsize=8)
def by_stay(table: str, files: Files) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in files.tables[table]:
        found[row["EnrollmentID"]].append(row)
    return found


def of(stay: Stay, table: str, files: Files, stage: str = "") -> Iterator[Row]:
    rows = by_stay(table, files).get(stay.key, [])
    return (row for row in rows if not stage or row["DataCollectionStage"] == stage)


def grown(stay: Stay | None) -> bool:
    return stay is None or stay.age is None or stay.age >= 18


def wrong(row: Row, element: str) -> bool:
    answer, kinds = KINDS[element]
    any_kind = any(row[kind] == "1" for kind in kinds)
    return row[answer] == ("0" if any_kind else "1")


def at(stage: str, element: str, fault: Callable[[Row, str], bool]) -> Callable[[Files], Count]:
    def ask(row: Row, stay: Stay | None, files: Files) -> Answer:
        mine = row["DataCollectionStage"] == stage and asks(stay, element, files)
        return fault(row, element) if mine and (element == "insurance" or grown(stay)) else None

    return each_record("IncomeBenefits", ask)


def blank(row: Row, element: str) -> bool:
    return not row[KINDS[element][0]]


def marked(element: str) -> Callable[[Files], Count]:
    def ask(row: Row, stay: Stay | None, files: Files) -> Answer:
        asked = element == "insurance" or grown(stay) or (stay is not None and stay.head)
        return row[KINDS[element][0]] == "99" if asked and row["DataCollectionStage"] in {"1", "3", "5"} else None

    return each_record("IncomeBenefits", ask)


def absent(stage: str, child: bool) -> Callable[[Files], Count]:
    def ask(stay: Stay, files: Files) -> Answer:
        asked = (
            asks(stay, "insurance", files) if child else asks(stay, "income", files) or asks(stay, "benefits", files)
        )
        if not asked or stay.asked == child or (stage == "3" and stay.exit is None):
            return None
        return not any(of(stay, "IncomeBenefits", files, stage))

    return each_stay(ask)


def money(text: str) -> Decimal:
    return Decimal(text or 0)


def amount(row: Row, source: str) -> Decimal:
    return money(row[f"{source.removesuffix('Source')}Amount"])


def total(row: Row, stay: Stay | None, files: Files) -> Answer:
    if row["DataCollectionStage"] not in {"1", "3", "5"} or row["IncomeFromAnySource"] not in {"0", "1"}:
        return None
    return (money(row["TotalMonthlyIncome"]) > 0) != (row["IncomeFromAnySource"] == "1")


def summed(row: Row, stay: Stay | None, files: Files) -> Answer:
    if not row["TotalMonthlyIncome"]:
        return None
    return abs(sum(amount(row, source) for source in SOURCES) - money(row["TotalMonthlyIncome"])) > 1


def without_amount(row: Row, stay: Stay | None, files: Files) -> Answer:
    ticked = [source for source in SOURCES if row[source] == "1"]
    return any(amount(row, source) <= 0 for source in ticked) if ticked else None


def without_tick(row: Row, stay: Stay | None, files: Files) -> Answer:
    return any(row[source] == "0" and amount(row, source) > 0 for source in SOURCES)


def annual(late: bool) -> Callable[[Files], Count]:
    """The head's latest anniversary by the last day, thirty days to either side."""

    def ask(stay: Stay, files: Files) -> Answer:
        starts = [one.entry for one in files.households[stay.household] if one.head and one.entry]
        last = files.last_day
        if not starts or last is None or not stay.asked or not asks(stay, "income", files):
            return None
        if (stay.exit and stay.exit <= last) or stay.entry is None:
            return None
        days = [anniversary(min(starts), years) for years in range(1, 120)]
        passed = [one for one in days if one <= last]
        # On February 28 of a common year the whole year has not passed yet for February 29.
        if passed and min(starts).strftime("%m%d") == "0229" and last.strftime("%m%d") == "0228":
            passed.pop()
        if not passed or stay.entry >= passed[-1] or (last - passed[-1]).days <= 30:
            return None
        made = [day(row["InformationDate"]) for row in of(stay, "IncomeBenefits", files, "5")]
        lags = [(one - passed[-1]).days for one in made if one and one <= last]
        assessed = any(-180 <= lag <= 364 for lag in lags)
        if late:
            return not any(abs(lag) <= 30 for lag in lags) if assessed else None
        return not assessed

    return each_stay(ask)


def anniversary(first: date, years: int) -> date:
    return date(first.year + years, first.month, 28 if (first.month, first.day) == (2, 29) else first.day)


# --- veterans and the VA -----------------------------------------------------------------------------------


def of_veterans(fault: Callable[[Row, Files], bool]) -> Callable[[Files], Count]:
    """Of veterans in projects with SSVF funds."""

    def ask(stay: Stay, files: Files) -> Answer:
        served = stay.client if stay.client and stay.client["VeteranStatus"] == "1" else None
        return fault(served, files) if served and paid_by(stay, {33}, files) else None

    return each_stay(ask)


def of_heads(
    fault: Callable[[Row], bool], among: Callable[[Row], bool] = lambda row: True
) -> Callable[[Stay, Files], Answer]:
    """Of heads of household in projects with SSVF funds."""
    return lambda s, f: fault(s.row) if s.head and paid_by(s, {33}, f) and among(s.row) else None


def to_come(column: str) -> Callable[[Files], Count]:
    return of_veterans(lambda c, f: bool(c[column]) and f.made is not None and int(c[column]) > f.made.year)


def other_va(stay: Stay, files: Files) -> bool:
    return paid_by(stay, VA, files) and not paid_by(stay, {33}, files)


def history(stay: Stay, files: Files) -> Answer:
    if not other_va(stay, files) or stay.client is None or stay.client["VeteranStatus"] != "1":
        return None
    asked = ("MilitaryBranch", "DischargeStatus", "AfghanistanOEF", "IraqOIF", "IraqOND")
    return any(stay.client[column] in {"", "99"} for column in asked)


def veterans(stay: Stay, files: Files) -> int:
    members = files.households[stay.household]
    return sum(one.client is not None and one.client["VeteranStatus"] == "1" for one in members)


def once(stay: Stay, files: Files) -> bool:
    """Whether the finding on a household is made at this member; any one will do."""
    return files.households[stay.household][0] is stay


def screening(row: Row) -> bool:
    required = row["TargetScreenReqd"]
    return required in {"", "99"} or (required == "1" and any(not row[column] for column in TARGETING))


def employment(stage: str) -> Callable[[Files], Count]:
    def ask(stay: Stay, files: Files) -> Answer:
        if not works(stay, files) or (stage == "3" and stay.exit is None):
            return None
        return not any(of(stay, "EmploymentEducation", files, stage))

    return each_stay(ask)


def works(stay: Stay | None, files: Files) -> bool:
    return stay is not None and stay.asked and paid_by(stay, {20, 33, *GPD, *RHY} - {25}, files)


def employed(row: Row, stay: Stay | None, files: Files) -> Answer:
    return row["Employed"] in {"", "99"} if works(stay, files) and row["DataCollectionStage"] in {"1", "3"} else None


def detail(row: Row, stay: Stay | None, files: Files) -> Answer:
    if not works(stay, files) or row["DataCollectionStage"] not in {"1", "3"} or row["Employed"] not in {"0", "1"}:
        return None
    given = {name for name in ("EmploymentType", "NotEmployedReason") if row[name]}
    return given != {"EmploymentType" if row["Employed"] == "1" else "NotEmployedReason"}


# --- clients and households --------------------------------------------------------------------------------


def each_client(ask: Callable[[Row, Files], Answer]) -> Callable[[Files], Count]:
    return lambda files: tallied(ask(row, files) for row in files.clients.values())


def raced(row: Row) -> bool:
    return any(row.get(race) == "1" for race in RACES)


def odd_name(row: Row, files: Files) -> Answer:
    both = bool(row["FirstName"] and row["LastName"])
    return row["NameDataQuality"] in (UNKNOWN if both else {"1"})


def odd_ssn(row: Row, files: Files) -> Answer:
    quality = row["SSNDataQuality"]
    if row["SSN"] == "0" * 9 and quality in {"1", "2"}:
        return True
    return quality in (UNKNOWN if row["SSN"] else {"1"})


def shared_ssn(files: Files) -> Count:
    among = [row["SSN"] for row in files.clients.values() if row["SSN"] and row["SSNDataQuality"] == "1"]
    times = Counter(ssn for ssn in among if len(ssn) >= 9 and ssn != "0" * 9)
    return sum(times[ssn] > 1 for ssn in among), len(among)


def same_person(files: Files) -> Count:
    among = [
        (row["FirstName"].lower(), row["LastName"].lower(), row["DOB"])
        for row in files.clients.values()
        if row["FirstName"]
        and row["LastName"]
        and row["DOB"]
        and row["NameDataQuality"] == row["DOBDataQuality"] == "1"
    ]
    named = sum(
        bool(row["FirstName"] and row["LastName"] and row["DOB"]) and row["NameDataQuality"] == "1"
        for row in files.clients.values()
    )
    times = Counter(among)
    return sum(times[one] > 1 for one in among), named


def head_of(stay: Stay, files: Files) -> Stay | None:
    """The only head of the household."""
    heads = [one for one in files.households[stay.household] if one.head]
    return heads[0] if len(heads) == 1 else None


def too_old(stay: Stay, files: Files) -> Answer:
    head = head_of(stay, files)
    if stay.row["RelationshipToHoH"] != "2" or head is None or head.age is None or stay.age is None:
        return None
    return head.age - stay.age < 12


def beyond_head(stay: Stay, files: Files) -> Answer:
    head = head_of(stay, files)
    if stay.head or head is None or head.entry is None or stay.entry is None:
        return None
    return stay.entry < head.entry or (head.exit is not None and (stay.exit is None or stay.exit > head.exit))


def child_head(stay: Stay, files: Files) -> Answer:
    ages = [one.age for one in files.households[stay.household] if one.age is not None]
    return (stay.age is not None and stay.age < 18 <= max(ages)) if stay.head else None


# --- stays -------------------------------------------------------------------------------------------------


def homeless(stay: Stay) -> bool:
    return 100 <= int(stay.row["LivingSituation"] or 0) <= 199


def may_rehouse(row: Row) -> bool:
    situation = int(row["LivingSituation"])
    short = row["LengthOfStay"] in {"2", "3", "10", "11"} and row["PreviousStreetESSH"] == "1"
    return 100 <= situation <= 199 or situation == 302 or (200 <= situation <= 299 and short)


def adults_prior(stay: Stay) -> bool:
    return stay.adult and bool(stay.row["LivingSituation"])


def start_of_homelessness(stay: Stay, files: Files) -> Answer:
    asked = stay.since_2016 and (stay.kind in {"0", "1", "4", "8"} or homeless(stay))
    return not stay.row["DateToStreetESSH"] if asked else None


def homeless_count(stay: Stay, files: Files) -> Answer:
    chained = stay.row["LOSUnderThreshold"] == stay.row["PreviousStreetESSH"] == "1"
    if not stay.since_2016 or stay.kind in {"0", "1", "4", "8"} or not (homeless(stay) or chained):
        return None
    return not (stay.row["TimesHomelessPastThreeYears"] and stay.row["MonthsHomelessPastThreeYears"])


def age_of_stay(stay: Stay, files: Files) -> int:
    return (files.made - stay.entry).days if files.made and stay.entry else -1


def no_move_in(stay: Stay, files: Files) -> Answer:
    services = (stay.kind == "6" and paid_by(stay, {45}, files)) or (stay.kind == "7" and paid_by(stay, {35}, files))
    if not stay.head or not stay.open or stay.site.get("RRHSubType") == "1":
        return None
    if not (stay.kind in {"3", "9", "10", "13"} or services) or age_of_stay(stay, files) < 180:
        return None
    return not stay.row["MoveInDate"]


def long_shelter(stay: Stay, files: Files) -> Answer:
    if not stay.open:
        return None
    return (age_of_stay(stay, files) if stay.kind == "0" else len(stay.nights)) >= 365


def engaged(stay: Stay, files: Files) -> Answer:
    when = day(stay.row["DateOfEngagement"])
    if when is None:
        return None
    return bool((stay.entry and when < stay.entry) or (stay.exit and when > stay.exit))


def contact_days(stay: Stay, files: Files) -> list[str]:
    return [row["InformationDate"] for row in of(stay, "CurrentLivingSituation", files)]


def not_engaged(stay: Stay, files: Files) -> Answer:
    if not (stay.asked and stay.open and age_of_stay(stay, files) >= 90 and len(contact_days(stay, files)) >= 2):
        return None
    return not stay.row["DateOfEngagement"]


def after_death(stay: Stay, files: Files) -> Answer:
    died = deaths(files).get(stay.person)
    return stay.entry is not None and stay.entry > died if died else None


@lru_cache(maxsize=2)
def deaths(files: Files) -> dict[str, date]:
    """The first exit of each person because they died."""
    found: dict[str, date] = {}
    for stay in files.stays:
        if stay.leaving and stay.leaving["Destination"] == "24" and stay.exit:
            found[stay.person] = min(stay.exit, found.get(stay.person, stay.exit))
    return found


def not_disabled(stay: Stay, files: Files) -> Answer:
    if not (paid_by(stay, {2}, files) and once(stay, files)):
        return None
    return not any(one.row["DisablingCondition"] == "1" and one.asked for one in files.households[stay.household])


def coc_elsewhere(stay: Stay, files: Files) -> Answer:
    code = stay.row["EnrollmentCoC"]
    listed = {row["CoCCode"] for row in files.tables["ProjectCoC"] if row["ProjectID"] == stay.project}
    return code not in listed if stay.head and code else None


def last_night(stay: Stay, files: Files) -> Answer:
    return (stay.exit - max(stay.nights)).days > 1 if stay.exit and stay.nights else None


# --- health and records ------------------------------------------------------------------------------------


def disabling(row: Row) -> bool:
    kind, answer, severe = row["DisabilityType"], row["DisabilityResponse"], row["IndefiniteAndImpairs"] == "1"
    return (kind in {"6", "8"} and answer == "1") or (severe and limiting(row))


def limiting(row: Row) -> bool:
    kind, answer = row["DisabilityType"], row["DisabilityResponse"]
    return (kind in {"5", "7", "9"} and answer == "1") or (kind == "10" and answer in {"1", "2", "3"})


def unshown(stay: Stay, files: Files) -> Answer:
    if not asks(stay, "disabilities", files) or stay.row["DisablingCondition"] != "1":
        return None
    return not any(map(disabling, of(stay, "Disabilities", files, "1")))


def unanswered(stay: Stay, files: Files) -> Answer:
    answered = {
        row["DisabilityType"]
        for row in of(stay, "Disabilities", files, "1")
        if row["DisabilityResponse"] not in {"", "99"}
    }
    return not {"5", "6", "7", "9", "10"} <= answered if asks(stay, "disabilities", files) else None


def violence(stay: Stay, files: Files) -> Answer:
    if not (stay.asked and asks(stay, "violence", files)):
        return None
    rows = of(stay, "HealthAndDV", files, "1")
    return not any(row["DomesticViolenceSurvivor"] in {"0", "1", "8", "9"} for row in rows)


def given(row: Row) -> list[bool]:
    return [row[name] not in {"", "99"} for name in ("WhenOccurred", "CurrentlyFleeing")]


def within(stay: Stay | None, when: date) -> bool:
    return stay is None or not ((stay.entry and when < stay.entry) or (stay.exit and when > stay.exit))


def outside(row: Row, stay: Stay | None, files: Files) -> Answer:
    when, stage = day(row["InformationDate"]), row["DataCollectionStage"]
    if when is None or stage == "6":
        return None
    if stay is None:
        return False
    rims = {"1": stay.entry, "3": stay.exit}
    early = stage == "5" and stay.entry is not None and when - stay.entry < timedelta(days=335)
    return not within(stay, when) or early or (rims.get(stage) is not None and rims[stage] != when)


def repeated(table: str, *columns: str) -> Callable[[Files], Count]:
    """Rows of a table that share these columns with another, none of them blank."""

    def ask(files: Files) -> Count:
        keys = [tuple(row[column] for column in columns) for row in files.tables[table]]
        times = Counter(keys)
        return sum(all(key) and times[key] > 1 for key in keys), len(keys)

    return ask


def nights(files: Files) -> list[Row]:
    return [row for row in files.tables["Services"] if row["RecordType"] == "200"]


def double_nights(files: Files) -> Count:
    keys = [(row["EnrollmentID"], row["DateProvided"]) for row in nights(files)]
    times = Counter(keys)
    return sum(bool(key[1]) and times[key] > 1 for key in keys), len(keys)


def dated_within(rows: Iterable[Row], column: str, files: Files) -> Count:
    dated = [(files.by_key.get(row["EnrollmentID"]), day(row[column])) for row in rows]
    return tallied(not within(stay, when) if when else None for stay, when in dated)


def half_result(row: Row, stay: Stay | None, files: Files) -> Answer:
    filled = [bool(row["ReferralResult"]), bool(row["ResultDate"])]
    return not all(filled) if any(filled) else None


def early_result(row: Row, stay: Stay | None, files: Files) -> Answer:
    return "" < row["ResultDate"] < row["EventDate"] if row["ResultDate"] else None


def outside_entry(row: Row, stay: Stay | None, files: Files) -> Answer:
    when = row["AssessmentDate"]
    parts = [one for one in files.tables["CEParticipation"] if stay is not None and one["ProjectID"] == stay.project]
    rims = [(one["CEParticipationStatusStartDate"], one["CEParticipationStatusEndDate"]) for one in parts]
    return not any(first and first <= when <= (last or when) for first, last in rims) if when else None


STREET = {"4"}
RESIDENTIAL = {"0", "1", "2", "3", "4", "8", "9", "10", "13"}
VA_TYPES = {"0", "2", "3", "4", "6", "8", "9", "10", "13"}
STAGED = {"income": "IncomeBenefits", "health": "HealthAndDV", "disability": "Disabilities",
          "employment": "EmploymentEducation"}  # fmt: skip
ONE_DAY = ("EnrollmentID", "InformationDate", "DataCollectionStage")

CHECKS: dict[str, Callable[[Files], Count]] = {
    **{
        f"{one}-blank-at-{when}": at(stage, one, blank)
        for one in KINDS
        for when, stage in (("start", "1"), ("exit", "3"))
    },
    **{
        f"{one}-contradiction-at-{when}": at(stage, one, wrong)
        for one in KINDS
        for when, stage in (("start", "1"), ("exit", "3"))
    },
    **{f"{one}-not-collected": marked(one) for one in KINDS},
    "income-record-missing-at-start": absent("1", child=False),
    "income-record-missing-at-exit": absent("3", child=False),
    "insurance-record-missing-at-start": absent("1", child=True),
    "insurance-record-missing-at-exit": absent("3", child=True),
    "annual-assessment-missing": annual(late=False),
    "annual-assessment-out-of-window": annual(late=True),
    "income-total-contradiction": each_record("IncomeBenefits", total),
    "income-sum-differs": each_record("IncomeBenefits", summed),
    "income-source-without-amount": each_record("IncomeBenefits", without_amount),
    "income-amount-without-source": each_record("IncomeBenefits", without_tick),
    "service-start-blank": of_veterans(lambda c, f: not c["YearEnteredService"]),
    "service-start-in-future": to_come("YearEnteredService"),
    "service-end-blank": of_veterans(lambda c, f: not c["YearSeparated"]),
    "service-end-in-future": to_come("YearSeparated"),
    "theater-blank": of_veterans(lambda c, f: any(not c[war] for war in WARS)),
    "theater-unknown": of_veterans(lambda c, f: any(c[war] in UNKNOWN for war in WARS)),
    "branch-blank": of_veterans(lambda c, f: not c["MilitaryBranch"]),
    "branch-unknown": of_veterans(lambda c, f: c["MilitaryBranch"] in UNKNOWN),
    "discharge-blank": of_veterans(lambda c, f: not c["DischargeStatus"]),
    "discharge-unknown": of_veterans(lambda c, f: c["DischargeStatus"] in UNKNOWN),
    "va-service-history-missing": each_stay(history),
    "separated-before-entered": each_client(
        lambda c, f: (
            int(c["YearSeparated"]) < int(c["YearEnteredService"])
            if c["YearSeparated"] and c["YearEnteredService"]
            else None
        )
    ),
    "entered-service-young": each_client(
        lambda c, f: (
            int(c["YearEnteredService"]) - int(c["DOB"][:4]) < 16 if c["YearEnteredService"] and c["DOB"] else None
        )
    ),
    "percent-ami-blank": each_stay(of_heads(lambda row: not row["PercentAMI"])),
    "percent-ami-not-collected": each_stay(of_heads(lambda row: row["PercentAMI"] == "99")),
    "medical-center-blank": each_stay(of_heads(lambda row: not row["VAMCStation"])),
    "medical-center-missing": of_kind(
        VA_TYPES, lambda s, f: s.row["VAMCStation"] in {"", "99"} if s.head and other_va(s, f) else None
    ),
    "prevention-scores-blank": of_kind(
        {"12"},
        of_heads(
            lambda row: not (row["HPScreeningScore"] and row["ThresholdScore"]),
            among=lambda row: row["TargetScreenReqd"] == "1",
        ),
    ),
    "prevention-screening-incomplete": of_kind(
        {"12"}, of_heads(screening, among=lambda row: row["EntryDate"][:10] >= "2021-10-01")
    ),
    "ssvf-household-without-veteran": each_stay(
        lambda s, f: veterans(s, f) == 0 if paid_by(s, {33}, f) and once(s, f) else None
    ),
    "ssvf-head-not-veteran": each_stay(
        lambda s, f: (
            not (s.client and s.client["VeteranStatus"] == "1")
            if s.head and paid_by(s, {33}, f) and veterans(s, f)
            else None
        )
    ),
    "employment-record-missing-at-start": employment("1"),
    "employment-record-missing-at-exit": employment("3"),
    "employment-not-answered": each_record("EmploymentEducation", employed),
    "employment-detail-wrong": each_record("EmploymentEducation", detail),
    "race-contradiction": each_client(lambda c, f: c["RaceNone"] in UNKNOWN if raced(c) else None),
    "race-missing": each_client(lambda c, f: None if raced(c) else not c["RaceNone"]),
    "name-contradiction": each_client(odd_name),
    "ssn-contradiction": each_client(odd_ssn),
    "ssn-shared": shared_ssn,
    "possible-duplicate": same_person,
    "dob-in-future": each_client(lambda c, f: c["DOB"] > str(f.made) if c["DOB"] else None),
    "sex-missing": each_client(lambda c, f: c["Sex"] in {"", "99"}),
    "dob-is-start": each_stay(
        lambda s, f: day(s.client["DOB"]) == s.entry if s.head and s.client and s.client["DOB"] else None
    ),
    "minor-veteran": each_stay(
        lambda s, f: s.client["VeteranStatus"] == "1" if s.client and s.age is not None and s.age < 18 else None
    ),
    "child-heads-adults": each_stay(child_head),
    "spouse-under-18": each_stay(
        lambda s, f: s.age is not None and s.age < 18 if s.row["RelationshipToHoH"] == "3" else None
    ),
    "child-too-old-for-head": each_stay(too_old),
    "young-child-alone": each_stay(
        lambda s, f: s.age is not None and s.age < 6 if len(f.households[s.household]) == 1 else None
    ),
    "member-outside-head-stay": each_stay(beyond_head),
    "exit-on-start-day": of_kind(RESIDENTIAL, lambda s, f: s.exit == s.entry if s.exit else None),
    "coc-not-of-project": each_stay(coc_elsewhere),
    "prevention-client-homeless": of_kind({"12"}, lambda s, f: homeless(s) if adults_prior(s) else None),
    "rehousing-client-not-homeless": of_kind({"13"}, lambda s, f: not may_rehouse(s.row) if adults_prior(s) else None),
    "supportive-household-not-disabled": of_kind({"3"}, not_disabled),
    "homelessness-start-blank-direct": each_stay(start_of_homelessness),
    "homelessness-count-blank": each_stay(homeless_count),
    "move-in-not-entered": each_stay(no_move_in),
    "shelter-stay-very-long": of_kind({"0", "1"}, long_shelter),
    "engaged-outside-stay": each_stay(engaged),
    "engagement-missing": of_kind(STREET, not_engaged),
    "no-contact-on-start": of_kind(
        STREET, lambda s, f: s.row["EntryDate"] not in contact_days(s, f) if s.asked else None
    ),
    "exit-after-last-night": of_kind({"1"}, last_night),
    "destination-other": each_stay(
        lambda s, f: s.leaving["Destination"] == "17" if s.leaving and s.leaving["Destination"] else None
    ),
    "stay-after-death": each_stay(after_death),
    "disabling-condition-without-record": each_stay(unshown),
    "disability-answers-missing": each_stay(unanswered),
    "indefinite-and-impairs-blank": each_record(
        "Disabilities", lambda row, s, f: row["IndefiniteAndImpairs"] in {"", "99"} if limiting(row) else None
    ),
    "domestic-violence-missing": each_stay(violence),
    "violence-detail-missing": each_record(
        "HealthAndDV", lambda row, s, f: not all(given(row)) if row["DomesticViolenceSurvivor"] == "1" else None
    ),
    "violence-detail-contradiction": each_record(
        "HealthAndDV", lambda row, s, f: any(given(row)) if row["DomesticViolenceSurvivor"] != "1" else None
    ),
    **{f"{name}-record-outside-stay": each_record(table, outside) for name, table in STAGED.items()},
    **{
        f"{name}-record-twice": repeated(table, *ONE_DAY, *(["DisabilityType"] if name == "disability" else []))
        for name, table in STAGED.items()
    },
    "contact-outside-stay": lambda files: dated_within(
        files.tables["CurrentLivingSituation"], "InformationDate", files
    ),
    "bed-night-outside-stay": lambda files: dated_within(nights(files), "DateProvided", files),
    "bed-night-twice": double_nights,
    "referral-result-without-date": each_record("Event", half_result),
    "referral-result-before-event": each_record("Event", early_result),
    "assessment-outside-coordinated-entry": each_record("Assessment", outside_entry),
}
