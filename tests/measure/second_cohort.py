"""Counts of active enrollments, households and people a second time: one list a measure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from tests.measure.second_calculation import DK, MISSING, Stay, Tables, day, is_impossible_ssn
from tests.measure.second_timeliness import working_days
from tests.measure.second_utilization import Share, active, counts_on, household_kinds, takes_part


class Cohort:
    """Active stays with what of the export they need."""

    def __init__(self, tables: Tables, start: date, end: date) -> None:
        self.start, self.end = start, end
        self.stays = active(tables, start, end)
        self.kinds = household_kinds(self.stays)
        self.projects = {row["ProjectID"]: row for row in tables["Project"]}
        self.exits = {row["EnrollmentID"]: row for row in tables["Exit"]}
        self.dv = {
            row["EnrollmentID"]
            for row in tables["HealthAndDV"]
            if row["DataCollectionStage"] == "1" and row["DomesticViolenceSurvivor"] not in MISSING
        }
        self.cocs = {(row["ProjectID"], row["CoCCode"]) for row in tables["ProjectCoC"] if row["CoCCode"]}
        clients = {row["PersonalID"]: row for row in tables["Client"]}
        self.numbers = Counter(row["SSN"] for row in clients.values() if row["SSN"])
        self.hashed = any(row.get("HashStatus") in {"2", "3", "4"} for row in tables["Export"])
        self.path = {row["ProjectID"] for row in tables["Funder"] if row["Funder"] == "21"}
        exported = [day(row.get("ExportDate")) for row in tables["Export"]]
        self.exported = exported[-1] if exported and exported[-1] else date.max
        nights = [start + timedelta(days=one) for one in range((end - start).days + 1)]
        part = {
            p: {"HMISParticipation": [row for row in tables["HMISParticipation"] if row["ProjectID"] == p]}
            for p in self.projects
        }
        self.taking_part = {p: {n for n in nights if takes_part(p, n, part[p])} for p in self.projects}
        self.open = {p: {n for n in nights if counts_on(row, n, part[p])} for p, row in self.projects.items()}

    def ssn_unusable(self, stay: Stay) -> bool:
        quality, number = stay.client.get("SSNDataQuality", ""), stay.client.get("SSN", "")
        if quality in DK or quality in MISSING or not number:
            return True
        if quality == "2":
            return False
        return (not self.hashed and is_impossible_ssn(number)) or self.numbers[number] > 1

    def impossible(self, stay: Stay) -> bool:
        moved = day(stay.row.get("MoveInDate"))
        strange = [stay.exit is not None and stay.exit < stay.entry, stay.entry > self.exported]
        strange.append(stay.exit is not None and stay.exit > self.exported)
        strange.append(stay.birth is not None and stay.birth > stay.entry)
        if stay.kind in {"3", "9", "10", "13"} and moved is not None:
            strange.append(moved < stay.entry or (stay.exit is not None and moved > stay.exit))
        return any(strange)

    def closed(self, stay: Stay) -> bool:
        over = day(self.projects[stay.project]["OperatingEndDate"])
        return over is not None and self.start <= over <= self.end and (stay.exit is None or stay.exit > over)

    def silent_nights(self, stay: Stay) -> bool:
        last = max((night for night in stay.nights if night <= self.end), default=None)
        if stay.kind != "1":
            return False
        if stay.leaver:
            return last is None or stay.exit != last + timedelta(days=1)
        return self.end - max(last or stay.entry, stay.entry) >= timedelta(days=90)

    def outside(self, stay: Stay, nights: dict[str, set[date]]) -> bool:
        last = stay.exit if stay.leaver and stay.exit is not None else self.end + timedelta(days=1)
        first = max(stay.entry, self.start)
        return any(first + timedelta(days=one) not in nights[stay.project] for one in range((last - first).days))

    def silence(self, stay: Stay) -> date | None:
        """The day since which nobody has met the client."""
        if stay.leaver:
            return None
        if stay.kind == "1":
            days = stay.nights
        elif stay.kind in {"4", "14"} or (stay.kind == "6" and stay.project in self.path):
            days = set(stay.contacts)
            engaged = day(stay.row["DateOfEngagement"])
            if stay.kind == "4" and engaged is not None:
                days.add(engaged)
        else:
            return None
        return max([stay.entry, *(one for one in days if one <= self.end)])


def conflicts(stay: Stay, start: date, end: date) -> list[bool]:
    """Of each income record in the period, whether it contradicts itself."""
    found = []
    for row in stay.incomes:
        on = day(row["InformationDate"])
        if on is None or not start <= on <= end or row["DataCollectionStage"] not in {"1", "3", "5"}:
            continue
        source = any(row[name] == "1" for name in SOURCES if name in row)
        found.append(row["IncomeFromAnySource"] == ("0" if source else "1"))
    return found


RELATIONSHIPS = {"1", "2", "3", "4", "5"}
SOURCES = (
    "Earned", "Unemployment", "SSI", "SSDI", "VADisabilityService", "VADisabilityNonService", "PrivateDisability",
    "WorkersComp", "TANF", "GA", "SocSecRetirement", "Pension", "ChildSupport", "Alimony", "OtherIncomeSource",
)  # fmt: skip


def cohort(all_of: Cohort, projects: Collection[str]) -> dict[str, Share]:
    """The measures of some projects."""
    stays = [stay for stay in all_of.stays if stay.project in projects]
    grown = [stay for stay in stays if stay.adult_or_head]
    heads, adults = [s for s in stays if s.head], [s for s in stays if s.adult]
    left = [stay for stay in heads if stay.leaver]
    homes: dict[tuple[str, str], list[Stay]] = defaultdict(list)
    for stay in stays:
        homes[stay.project, stay.household].append(stay)
    people = {stay.person for stay in stays}
    exits = {id(stay): all_of.exits.get(stay.row["EnrollmentID"], {}).get("Destination", "") for stay in stays}
    silent = [(one, all_of.end) for one in map(all_of.silence, stays) if one is not None]
    incomes = [one for stay in stays for one in conflicts(stay, all_of.start, all_of.end)]
    types: dict[str, set[str]] = defaultdict(set)
    for stay in stays:
        types[stay.person].add(all_of.kinds[stay.project, stay.household])
    supportive = {key: home for key, home in homes.items() if home[0].kind == "3"}
    night_stays = [stay for stay in stays if stay.kind == "1"]
    open_stays = [stay for stay in stays if not stay.leaver]

    def share(found: Collection[object], among: Collection[object]) -> Share:
        return len(found), len(among)

    def count(number: int, among: Collection[object]) -> Share:
        return (number, 1) if among else (0, 0)

    def size(kind: str) -> Share:
        mine = [home for key, home in homes.items() if all_of.kinds[key] == kind]
        return sum(len({stay.person for stay in home}) for home in mine), len(mine)

    unknown = {stay.person for stay in stays if all_of.kinds[stay.project, stay.household] == "unknown"}
    children = [home for key, home in homes.items() if all_of.kinds[key] == "children"]
    return {
        "disabling-unknown": share([s for s in grown if s.row["DisablingCondition"] in DK | MISSING], grown),
        "dv-missing": share([s for s in grown if s.row["EnrollmentID"] not in all_of.dv], grown),
        "prior-living-missing": share([s for s in heads if no_prior(s)], heads),
        "destination-missing": share([s for s in left if exits[id(s)] in {"", "17", "30", "99"}], left),
        "veteran-unknown": share([s for s in adults if s.client.get("VeteranStatus", "") in DK | MISSING], adults),
        "ssn-unusable": share({s.person for s in stays if all_of.ssn_unusable(s)}, people),
        "age-unknown": share({s.person for s in stays if s.age is None or s.age < 0}, people),
        "anonymous-clients": share(
            {s.person for s in stays if not s.client.get("FirstName") and not s.client.get("LastName")}, people
        ),
        "household-type-unknown": share(unknown, people),
        "household-type-unknown-people": count(len(unknown), people),
        "several-household-types": share([p for p, found in types.items() if len(found - {"unknown"}) > 1], people),
        "households-not-one-head": count(
            sum(len({s.person for s in home if s.head}) != 1 for home in homes.values()), homes
        ),
        "households-without-coc": count(
            sum(any(s.head and (s.project, s.coc) not in all_of.cocs for s in home) for home in homes.values()), heads
        ),
        "households-under-six": count(
            sum(all(s.age is not None and s.age < 6 for s in home) for home in children), homes
        ),
        "household-size-adults": size("adults"),
        "household-size-families": size("families"),
        "household-size-children": size("children"),
        "psh-disabled-households": share(
            [h for h in supportive.values() if any(s.row["DisablingCondition"] == "1" for s in h)], supportive
        ),
        "relationships-invalid": count(sum(s.row["RelationshipToHoH"] not in RELATIONSHIPS for s in stays), stays),
        "stays-after-closing": count(sum(map(all_of.closed, stays)), stays),
        "night-stays-silent": count(sum(map(all_of.silent_nights, stays)), night_stays),
        "stays-outside-participation": count(sum(all_of.outside(s, all_of.taking_part) for s in stays), stays),
        "outside-operation": share([s for s in stays if all_of.outside(s, all_of.open)], stays),
        "impossible-dates": share([s for s in stays if all_of.impossible(s)], stays),
        "income-conflict": (sum(incomes), len(incomes)),
        "stay-days-longest": count(max(((all_of.end - s.entry).days for s in open_stays), default=0), open_stays),
        "silent-days": count(max(((end - since).days for since, end in silent), default=0), silent),
        "silent-business-days": count(max((working_days(*one) for one in silent), default=0), silent),
    }


def no_prior(stay: Stay) -> bool:
    answer = stay.row["LivingSituation"]
    return answer in MISSING or (answer == "435" and not stay.row.get("RentalSubsidyType"))
