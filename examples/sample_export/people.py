"""Clients and households as they truly are, before anybody writes down anything wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .dice import Dice
from .tables import PERIOD_START

if TYPE_CHECKING:
    from .journeys import Stay

# Invented people: short lists of ordinary given names and of family names made up from parts.
FEMALE = (
    "Adela", "Bettina", "Carina", "Dorothea", "Elsie", "Fiona", "Greta", "Hollis", "Imani", "Juniper", "Keira",
    "Lenora", "Mirabel", "Nadia", "Opal", "Perla", "Quinta", "Rosalba", "Selma", "Thea", "Ursa", "Viola", "Wilda",
    "Xenia", "Yara", "Zelda", "Amaya", "Briony", "Clemmie", "Darla", "Esme", "Florrie",
)  # fmt: skip
MALE = (
    "Alder", "Bram", "Cornell", "Dashiell", "Emeric", "Forrest", "Gideon", "Horace", "Ivo", "Jarvis", "Kelvin",
    "Lorenzo", "Milo", "Nestor", "Orrin", "Percy", "Quentin", "Rollo", "Stellan", "Tobias", "Ulric", "Vernon",
    "Waldo", "Xavi", "Yusef", "Zeke", "Amos", "Barnes", "Cyrus", "Dario", "Elmer", "Fabian",
)  # fmt: skip
FAMILY_STARTS = (
    "Ash", "Birch", "Cald", "Dun", "Elder", "Fair", "Glen", "Hart", "Iver", "Kings", "Lock", "Mar", "North",
    "Oak", "Pem", "Quin", "Rad", "Stan", "Thorn", "Under", "Vander", "Wes", "Yar",
)  # fmt: skip
FAMILY_ENDS = (
    "beck", "brook", "by", "combe", "dale", "field", "ford", "gate", "hurst", "lake", "ley", "more", "ridge",
    "shaw", "son", "stead", "ton", "well", "wick", "worth",
)  # fmt: skip

# Social Security numbers pass ordinary tests (no area 000, 666 or 9xx, no group 00, no serial 0000), so the
# sample shows what such a test lets through. The area numbers are 774-899: nobody was ever given one of these before
# 25 June 2011, when the Social Security Administration began to assign areas at random. No number can be promised
# to be free today, but one of these cannot belong to a person numbered before that day, and here they
# stand beside invented names and dates of birth.
SSN_AREAS = (774, 899)
# Within those areas, the numbers a test for runs of digits would refuse.
FILLERS = ("789012345", "890123456", "876543210", "888888888")

RACES = (
    "AmIndAKNative", "Asian", "BlackAfAmerican", "HispanicLatinao", "MidEastNAfrican", "NativeHIPacific", "White",
)  # fmt: skip
RACE_WEIGHTS = {
    "White": 42, "BlackAfAmerican": 33, "HispanicLatinao": 16, "AmIndAKNative": 4, "Asian": 2.5,
    "NativeHIPacific": 1.5, "MidEastNAfrican": 1,
}  # fmt: skip

# Share of adults with each need, for people of average health.
NEEDS = {5: 0.18, 6: 0.05, 7: 0.24, 8: 0.015, 9: 0.38, 10: 0.22}
CHILD_NEEDS = {5: 0.01, 6: 0.05, 7: 0.04, 8: 0.0, 9: 0.05, 10: 0.0}
LASTING = {5: 0.85, 7: 0.75, 9: 0.82, 10: 0.7}


@dataclass(eq=False)
class Person:
    first: str
    last: str
    middle: str | None
    ssn: str
    dob: date
    sex: int
    races: tuple[str, ...]
    relation: int
    veteran: bool = False
    # Disability type to (response, indefinite and impairs); only the types answered with some form of yes.
    needs: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    income: dict[str, int] = field(default_factory=dict)
    benefits: tuple[str, ...] = ()
    insurance: str | None = None
    violence: int | None = None  # 4.11.A code of when it last happened; None if never
    fleeing: bool = False
    id: str = ""

    @property
    def disabled(self) -> bool:
        """Whether any need makes a disabling condition (3.08)."""
        return any(kind in (6, 8) or lasting == 1 for kind, (_, lasting) in self.needs.items())


@dataclass(eq=False)
class Household:
    """People who travel together; the first is the head."""

    people: list[Person]
    street_since: date
    times: int
    stays: list[Stay] = field(default_factory=list)

    @property
    def head(self) -> Person:
        return self.people[0]


class Registry:
    """Makes people, and sees to it that no Social Security number comes twice."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self._taken: dict[str, bool] = {}

    def single(self, ages: tuple[int, int], frailty: float = 1.0, veterans: float = 0.07) -> Household:
        return self._household([self.adult(ages, frailty, veterans)], frailty)

    def minor(self) -> Household:
        """An unaccompanied youth, 15 to 17 when the period begins."""
        return self._household([self.person(self.dice.between(15, 17), 1)], 0.6)

    def family(self, frailty: float = 0.7, veterans: float = 0.04, ages: tuple[int, int] = (20, 45)) -> Household:
        dice = self.dice
        head = self.adult(ages, frailty, veterans, women=0.78)
        people = [head]
        if dice.chance(0.32):
            partner = self.adult(ages, frailty, veterans, women=0.3)
            partner.relation = 3
            people.append(partner)
        eldest = max(0, min(16, _age(head.dob) - 18))
        for _ in range(dice.weighted({1: 38, 2: 33, 3: 19, 4: 10})):
            people.append(self.person(dice.between(0, eldest), 2, head))
        if dice.chance(0.05):
            people.append(self.person(dice.between(55, 70), 4, head, frailty))
        return self._household(people, frailty)

    def adult(self, ages: tuple[int, int], frailty: float, veterans: float, women: float = 0.36) -> Person:
        return self.person(self.dice.between(*ages), 1, None, frailty, veterans, women)

    def person(
        self,
        age: int,
        relation: int,
        kin: Person | None = None,
        frailty: float = 1.0,
        veterans: float = 0.0,
        women: float = 0.5,
    ) -> Person:
        dice = self.dice
        sex = 0 if dice.chance(women) else 1
        born = PERIOD_START - timedelta(days=age * 365 + age // 4 + dice.between(1, 364))
        shares_name = kin is not None and dice.chance(0.85)
        person = Person(
            first=dice.pick(MALE if sex else FEMALE),
            last=kin.last if kin and shares_name else dice.pick(FAMILY_STARTS) + dice.pick(FAMILY_ENDS),
            middle=dice.pick("ABCDEFGHJKLMNPRSTW") if dice.chance(0.3) else None,
            ssn=self._number(),
            dob=born,
            sex=sex,
            races=kin.races if kin and dice.chance(0.9) else self._races(),
            relation=relation,
        )
        person.needs = self._needs(age, frailty)
        person.veteran = age >= 21 and dice.chance(veterans)
        self._give_means(person, age, has_children=relation == 2)
        return person

    def _number(self) -> str:
        dice = self.dice
        while True:
            area, group, serial = dice.between(*SSN_AREAS), dice.between(1, 99), dice.between(1, 9999)
            ssn = f"{area:03d}{group:02d}{serial:04d}"
            if ssn not in self._taken and ssn not in FILLERS:
                self._taken[ssn] = True
                return ssn

    def _races(self) -> tuple[str, ...]:
        first = self.dice.weighted(RACE_WEIGHTS)
        second = self.dice.weighted(RACE_WEIGHTS) if self.dice.chance(0.12) else first
        return (first,) if first == second else (first, second)

    def _needs(self, age: int, frailty: float) -> dict[int, tuple[int, int | None]]:
        dice = self.dice
        needs: dict[int, tuple[int, int | None]] = {}
        for kind, share in (NEEDS if age >= 18 else CHILD_NEEDS).items():
            if dice.chance(min(0.95, share * frailty)):
                response = dice.weighted({1: 35, 2: 40, 3: 25}) if kind == 10 else 1
                lasting = int(dice.chance(LASTING[kind])) if kind in LASTING else None
                needs[kind] = (response, lasting)
        return needs

    def _give_means(self, person: Person, age: int, has_children: bool) -> None:
        dice = self.dice
        person.insurance = self._insurance(person, age)
        if age < 18:
            return
        person.income = self._income(person, age)
        if dice.chance(0.55):
            person.benefits = ("SNAP",)
        if dice.chance(0.27 if person.sex == 0 else 0.12):
            person.violence = dice.weighted({1: 25, 2: 12, 3: 15, 4: 48})
            person.fleeing = person.violence == 1 and dice.chance(0.6)

    def _insurance(self, person: Person, age: int) -> str | None:
        if age < 18:
            return self.dice.weighted({"Medicaid": 70, "SCHIP": 20, "": 10}) or None
        if age >= 65:
            return "Medicare"
        if person.veteran and self.dice.chance(0.7):
            return "VHAServices"
        return self.dice.weighted({"Medicaid": 66, "EmployerProvided": 4, "Medicare": 5, "": 25}) or None

    def _income(self, person: Person, age: int) -> dict[str, int]:
        dice = self.dice
        income: dict[str, int] = {}
        if person.veteran and dice.chance(0.35):
            income["VADisabilityService"] = dice.pick((175, 346, 537, 1075, 1716))
        if age >= 66 and dice.chance(0.7):
            income["SocSecRetirement"] = dice.between(700, 1500)
        elif person.disabled and dice.chance(0.38):
            income[dice.weighted({"SSI": 60, "SSDI": 40})] = dice.pick((943, 967, 812, 1104, 1238))
        elif dice.chance(0.2):
            income["Earned"] = dice.between(8, 46) * 50
        if dice.chance(0.03):
            income[dice.pick(("Unemployment", "GA", "Pension", "WorkersComp"))] = dice.between(18, 60) * 10
        return income

    def _household(self, people: list[Person], frailty: float) -> Household:
        dice = self.dice
        head = people[0]
        if len(people) > 1 and any(one.relation == 2 for one in people):
            if dice.chance(0.3):
                head.income["TANF"] = dice.pick((292, 373, 448))
            if dice.chance(0.2):
                head.income["ChildSupport"] = dice.between(8, 40) * 10
            if any(_age(one.dob) < 5 for one in people) and dice.chance(0.5):
                head.benefits = (*head.benefits, "WIC")
        long = frailty > 1.4
        ago = dice.spread(((0.0, 0), (0.4, 20), (0.65, 110), (0.85, 330), (0.95, 900), (1.0, 2600)))
        if long:
            ago += dice.between(30, 480)
        times = dice.weighted({1: 46, 2: 20, 3: 12, 4: 22} if long else {1: 68, 2: 19, 3: 8, 4: 5})
        return Household(people, PERIOD_START - timedelta(days=ago), times)


def _age(dob: date) -> int:
    return (PERIOD_START - dob).days // 365
