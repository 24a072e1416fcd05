"""What happens to each household: its stays, one after another or side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from .community import BY_KEY, HOME_COC, NEIGHBOR_COC, Project
from .dice import Dice
from .people import Household, Registry
from .tables import PERIOD_END, PERIOD_START

# Days of stay, as points of a distribution.
NIGHTLY = ((0.0, 1), (0.2, 4), (0.5, 18), (0.75, 45), (0.92, 110), (1.0, 250))
SHELTER = ((0.0, 2), (0.25, 14), (0.5, 33), (0.8, 70), (0.95, 140), (1.0, 260))
FAMILY_SHELTER = ((0.0, 6), (0.25, 32), (0.5, 58), (0.8, 100), (0.95, 170), (1.0, 280))
OUTREACH = ((0.0, 8), (0.3, 60), (0.6, 140), (0.9, 330), (1.0, 600))
SUPPORT = ((0.0, 20), (0.4, 80), (0.8, 190), (1.0, 420))
YEARS = ((0.0, 120), (0.3, 500), (0.6, 1300), (0.85, 2600), (1.0, 4400))
TRANSITION = ((0.0, 20), (0.3, 120), (0.7, 300), (1.0, 690))
RAPID = ((0.0, 60), (0.5, 190), (0.9, 390), (1.0, 640))
SEARCH = ((0.0, 3), (0.5, 32), (0.85, 75), (1.0, 150))

# Where people were the night before, for the first stay of a journey, by project type.
PRIOR: dict[int, dict[int, float]] = {
    0: {116: 27, 101: 14, 336: 13, 335: 13, 410: 9, 314: 7, 206: 5, 207: 4, 205: 3, 302: 2, 435: 2, 204: 1},
    1: {116: 48, 101: 14, 336: 9, 335: 7, 207: 8, 206: 5, 314: 4, 410: 3, 205: 2},
    2: {101: 52, 116: 22, 205: 9, 207: 6, 336: 6, 335: 5},
    3: {101: 44, 116: 40, 118: 7, 302: 5, 206: 2, 205: 2},
    4: {116: 94, 101: 6},
    6: {116: 45, 101: 33, 336: 8, 335: 7, 410: 4, 314: 3},
    8: {116: 84, 101: 16},
    9: {101: 46, 302: 22, 116: 18, 435: 14},
    11: {116: 46, 101: 33, 336: 8, 335: 6, 410: 4, 314: 3},
    12: {410: 70, 435: 12, 335: 8, 336: 7, 411: 3},
    13: {101: 62, 116: 34, 206: 2, 205: 2},
    14: {116: 37, 101: 25, 336: 11, 335: 10, 410: 8, 314: 7, 207: 2},
}

# Where people go, by project type. Permanent and subsidized places come with a subsidy below.
DESTINATION: dict[int, dict[int, float]] = {
    0: {410: 17, 435: 13, 422: 10, 423: 5, 312: 9, 313: 9, 116: 10, 101: 14, 302: 4, 314: 3, 207: 2, 206: 3, 205: 1},
    1: {116: 33, 101: 22, 313: 8, 312: 7, 410: 7, 422: 5, 435: 4, 206: 5, 207: 5, 302: 2, 205: 2, 24: 0.6},
    2: {410: 31, 435: 31, 422: 9, 423: 5, 312: 6, 313: 5, 101: 5, 116: 3, 205: 3, 207: 2},
    3: {435: 36, 410: 26, 422: 10, 24: 9, 225: 5, 116: 5, 101: 3, 207: 3, 312: 3},
    4: {116: 30, 101: 29, 118: 3, 435: 9, 410: 6, 422: 6, 302: 4, 205: 3, 207: 5, 206: 3, 24: 1, 313: 1},
    6: {116: 24, 101: 23, 410: 15, 435: 15, 422: 8, 312: 7, 313: 5, 205: 3},
    8: {435: 42, 116: 18, 101: 12, 410: 8, 206: 6, 225: 6, 24: 3, 422: 5},
    9: {435: 34, 410: 40, 422: 12, 24: 5, 225: 4, 312: 5},
    11: {116: 44, 101: 27, 313: 7, 312: 6, 410: 8, 435: 4, 422: 4},
    12: {410: 66, 435: 15, 422: 9, 411: 3, 312: 4, 101: 2, 17: 1},
    13: {410: 60, 435: 16, 422: 9, 423: 3, 312: 5, 101: 4, 116: 2, 313: 1},
    14: {410: 18, 435: 26, 101: 20, 116: 16, 422: 9, 312: 6, 302: 5},
}
SUBSIDY = {420: 26.0, 433: 34.0, 434: 16.0, 439: 8.0, 440: 6.0, 431: 8.0, 436: 2.0}
HOMELESS = (101, 116, 118)
WINTER = (10, 11, 12, 1, 2)
ALONE = (24, 204, 205, 206, 207, 225)


@dataclass(eq=False)
class Stay:
    """One household in one project. `end` is None while the stay is open on the last day of the period."""

    project: Project
    home: Household
    start: date
    end: date | None
    prior: int
    prior_days: int
    street_since: date
    times: int
    destination: int | None = None
    subsidy: int | None = None
    move_in: date | None = None
    coc: str = HOME_COC


class Traveler:
    """Writes one household's journey; `now` runs ahead from stay to stay."""

    def __init__(self, dice: Dice, home: Household, now: date) -> None:
        self.dice = dice
        self.home = home
        self.now = now

    def stay(self, key: str, start: date, days: int, prior: int | None = None, prior_days: int | None = None) -> Stay:
        dice, project = self.dice, BY_KEY[key]
        start = max(start, project.start)
        end: date | None = min(start + timedelta(days=days), project.end or date.max)
        if end is not None and end > PERIOD_END:
            end = None
        before = prior if prior is not None else dice.weighted(self._likely(PRIOR[project.type]))
        spell = prior_days if prior_days is not None else _spell(dice, before, self.home, start)
        since = self.home.street_since if before in HOMELESS else start - timedelta(days=dice.between(0, 3))
        made = Stay(project, self.home, start, end, before, spell, min(since, start), self.home.times)
        made.coc = NEIGHBOR_COC if len(project.cocs) > 1 and dice.chance(0.22) else HOME_COC
        if end is not None:
            self.leave(made, dice.weighted(self._likely(DESTINATION[project.type])))
        if project.type in (3, 9):
            made.move_in = start
        self.home.stays.append(made)
        self.now = start + timedelta(days=days)
        return made

    def _likely(self, weights: dict[int, float]) -> dict[int, float]:
        """Families do not come from, or go to, hospital, jail or the grave together."""
        if len(self.home.people) == 1:
            return weights
        return {code: weight for code, weight in weights.items() if code not in ALONE}

    def leave(self, stay: Stay, destination: int, subsidy: int | None = None, on: date | None = None) -> None:
        """Set how a stay ends; a day after the period leaves it open."""
        if on is not None:
            stay.end = on if on <= PERIOD_END else None
        stay.destination = destination if stay.end else None
        stay.subsidy = None
        if stay.end and destination == 435:
            stay.subsidy = subsidy or self.dice.weighted(SUBSIDY)

    def rapid(self, key: str, shelter: Stay, days: int) -> Stay:
        """Enroll in rapid rehousing during `shelter`; leave the shelter on the day of moving in, if there is one."""
        dice = self.dice
        begins = shelter.start + timedelta(days=dice.between(5, max(6, days * 2 // 3)))
        search = dice.spread(SEARCH)
        stay = self.stay(key, begins, search + dice.spread(RAPID), 101, (begins - shelter.start).days)
        moved = begins + timedelta(days=search)
        if dice.chance(0.76):
            stay.move_in = moved if moved <= PERIOD_END else None
            self.leave(shelter, 435, 431, moved)
        else:
            self.leave(stay, dice.weighted({101: 4, 116: 2, 312: 2, 422: 2}), on=begins + timedelta(days=search + 40))
        return stay

    def supportive(self, key: str, stay: Stay) -> Stay:
        """Move from a homeless stay into permanent housing and stay there."""
        begins = stay.start + timedelta(days=self.dice.between(15, 120))
        moved = begins + timedelta(days=self.dice.between(3, 60))
        prior = 116 if stay.project.type == 4 else 118 if stay.project.type == 8 else 101
        home = self.stay(key, begins, 2000, prior, (begins - stay.start).days)
        home.move_in = moved if moved <= PERIOD_END else None
        self.leave(stay, 435, 439, moved)
        return home

    def beside(self, key: str, other: Stay, shape: tuple[tuple[float, int], ...]) -> Stay:
        """A non-residential stay that begins while `other` runs."""
        days = self.dice.spread(shape)
        prior = 116 if other.project.type == 4 else 101 if other.project.type in (0, 1) else None
        begins = other.start + timedelta(days=self.dice.between(0, 20))
        return self.stay(key, begins, days, prior, (begins - other.start).days if prior else None)

    def return_later(self, gap: tuple[int, int]) -> date:
        """Go away for a while; a new homeless spell begins after it when somebody had found housing."""
        begins = self.now + timedelta(days=self.dice.between(*gap))
        last = self.home.stays[-1]
        if last.destination is not None and last.destination >= 400:
            self.home.street_since = begins - timedelta(days=self.dice.between(0, 9))
            self.home.times = min(4, self.home.times + 1)
        return begins


def _spell(dice: Dice, prior: int, home: Household, start: date) -> int:
    if prior in HOMELESS:
        return min(dice.spread(((0.0, 1), (0.3, 8), (0.7, 80), (1.0, 900))), max(1, (start - home.street_since).days))
    if prior < 300:
        return dice.spread(((0.0, 1), (0.3, 6), (0.7, 40), (0.9, 120), (1.0, 700)))
    return dice.spread(((0.0, 1), (0.25, 6), (0.6, 60), (0.85, 380), (1.0, 2500)))


Story = Callable[[Dice, Registry], Household]


def _begin(dice: Dice, home: Household, lead: int) -> Traveler:
    """Start somewhere between `lead` days before the period and its end."""
    now = dice.day(PERIOD_START - timedelta(days=lead), PERIOD_END - timedelta(days=2))
    home.street_since = min(now, home.street_since + (now - PERIOD_START))
    return Traveler(dice, home, now)


def shelter_single(dice: Dice, people: Registry) -> Household:
    way = _begin(dice, people.single((19, 68), dice.pick((0.6, 1.0, 1.5))), 150)
    begins = way.now
    for _ in range(dice.weighted({1: 55, 2: 28, 3: 17})):
        nightly = dice.chance(0.78 if begins.month in WINTER else 0.64)
        days = dice.spread(NIGHTLY if nightly else SHELTER)
        stay = way.stay("nightly" if nightly else "recovery", begins, days)
        begins = way.return_later((3, 110))
    if dice.chance(0.13):
        way.beside("day", stay, SUPPORT)
    if dice.chance(0.17):
        way.beside("entry", stay, SUPPORT)
    if dice.chance(0.06):
        way.beside("health_link", stay, SUPPORT)
    if dice.chance(0.09):
        way.rapid("rapid", stay, 40)
    elif dice.chance(0.03):
        way.supportive("supportive", stay)
    return way.home


def street(dice: Dice, people: Registry) -> Household:
    way = _begin(dice, people.single((20, 66), 1.7), 260)
    stay = way.stay("outreach", way.now, dice.spread(OUTREACH))
    if dice.chance(0.16):
        way.beside("day", stay, SUPPORT)
    if dice.chance(0.17):
        way.beside("health_link", stay, SUPPORT)
    if dice.chance(0.16):
        way.stay("nightly", stay.start + timedelta(days=dice.between(10, 90)), dice.spread(NIGHTLY), 116)
    if dice.chance(0.13):
        way.beside("entry", stay, SUPPORT)
    if dice.chance(0.06):
        way.supportive("supportive", stay)
    elif dice.chance(0.04):
        begins = stay.start + timedelta(days=dice.between(10, 90))
        way.stay("safe_haven", begins, dice.spread(TRANSITION), 116)
        way.leave(stay, 118, on=begins)
    return way.home


def sheltered_family(dice: Dice, people: Registry) -> Household:
    way = _begin(dice, people.family(), 110)
    days = dice.spread(FAMILY_SHELTER)
    stay = way.stay("family", way.now, days)
    after = way.now
    if dice.chance(0.42):
        way.beside("entry", stay, SUPPORT)
    if dice.chance(0.5):
        way.rapid("rapid", stay, days)
    elif dice.chance(0.12):
        way.now = after
        way.stay("family", way.return_later((20, 150)), dice.spread(FAMILY_SHELTER))
    return way.home


def _long_housed(dice: Dice, home: Household, key: str, leaving: float) -> Household:
    """In permanent housing for years; a few leave during the period."""
    begins = PERIOD_END - timedelta(days=dice.spread(YEARS))
    begins = max(begins, BY_KEY[key].start + timedelta(days=dice.between(1, 200)))
    home.street_since = min(begins, begins - timedelta(days=dice.between(120, 1500)))
    way = Traveler(dice, home, begins)
    ends = dice.day(max(PERIOD_START, begins + timedelta(days=30)), PERIOD_END)
    days = (ends - begins).days if dice.chance(leaving) else 9000
    stay = way.stay(key, begins, days)
    if dice.chance(0.6):
        latest = (stay.end or PERIOD_END) - timedelta(days=1)
        stay.move_in = max(begins, min(begins + timedelta(days=dice.between(1, 60)), latest))
    if days < 9000 and dice.chance(0.3) and stay.destination in HOMELESS:
        way.stay("nightly", way.return_later((1, 40)), dice.spread(NIGHTLY), 116)
    return home


def supportive_single(dice: Dice, people: Registry) -> Household:
    return _long_housed(dice, _with_need(people, people.single((31, 70), 2.1)), "supportive", 0.1)


def supportive_family(dice: Dice, people: Registry) -> Household:
    return _long_housed(dice, _with_need(people, people.family(1.7, ages=(32, 50))), "supportive", 0.1)


def veteran_housed(dice: Dice, people: Registry) -> Household:
    return _long_housed(dice, _with_need(people, people.single((32, 74), 1.6, 1.0)), "vash", 0.14)


def graduate(dice: Dice, people: Registry) -> Household:
    home = people.family(0.8) if dice.chance(0.3) else people.single((30, 68), 1.0)
    return _long_housed(dice, home, "housing_only", 0.12)


def _with_need(people: Registry, home: Household) -> Household:
    if not home.head.disabled:
        home.head.needs[9] = (1, 1)
    return home


def bridge(dice: Dice, people: Registry) -> Household:
    home = people.family(1.0) if dice.chance(0.12) else people.single((22, 60), 1.3)
    way = _begin(dice, home, 260)
    stay = way.stay("transitional", way.now, dice.spread(TRANSITION))
    if dice.chance(0.4):
        way.stay("navigation", stay.start + timedelta(days=dice.between(30, 150)), dice.spread(SUPPORT), 302)
    return home


def fellowship(dice: Dice, people: Registry) -> Household:
    home = people.single((24, 62), 1.4)
    begins = dice.day(PERIOD_START - timedelta(days=300), PERIOD_START + timedelta(days=120))
    home.street_since = min(home.street_since, begins)
    way = Traveler(dice, home, begins)
    way.stay("closing", begins, dice.spread(TRANSITION))
    return home


def youth(dice: Dice, people: Registry) -> Household:
    way = _begin(dice, people.minor(), 40)
    before = dice.weighted({335: 5, 336: 4, 215: 2, 116: 2, 101: 1})
    stay = way.stay("youth_shelter", way.now, dice.spread(SHELTER), before)
    way.leave(stay, dice.weighted({422: 10, 312: 4, 215: 3, 302: 1, 313: 1, 116: 1}))
    return way.home


def young_adult(dice: Dice, people: Registry) -> Household:
    home = people.family(0.6, ages=(19, 24)) if dice.chance(0.12) else people.single((18, 24), 0.9, 0.01)
    way = _begin(dice, home, 330)
    way.stay("youth_transitional", way.now, dice.spread(TRANSITION))
    return home


def haven(dice: Dice, people: Registry) -> Household:
    way = _begin(dice, people.single((30, 66), 2.2), 300)
    stay = way.stay("safe_haven", way.now, dice.spread(TRANSITION))
    if dice.chance(0.2):
        way.supportive("supportive", stay)
    return way.home


def prevented(dice: Dice, people: Registry) -> Household:
    home = people.family(0.5) if dice.chance(0.62) else people.single((21, 70), 0.8)
    way = _begin(dice, home, 60)
    way.stay("prevention", way.now, dice.spread(SUPPORT))
    if dice.chance(0.04):
        way.stay("recovery" if len(home.people) == 1 else "family", way.return_later((20, 120)), 40, 410)
    return home


def veteran(dice: Dice, people: Registry) -> Household:
    home = people.family(0.8, 1.0) if dice.chance(0.14) else people.single((27, 70), 1.2, 1.0)
    way = _begin(dice, home, 150)
    if dice.chance(0.5):
        days = dice.spread(SHELTER)
        stay = way.stay("recovery" if len(home.people) == 1 else "family", way.now, days)
        way.rapid("veteran_rapid", stay, days)
    else:
        stay = way.stay("veteran_rapid", way.now, dice.spread(RAPID))
        moved = stay.start + timedelta(days=dice.spread(SEARCH))
        stay.move_in = moved if moved <= (stay.end or PERIOD_END) and dice.chance(0.85) else None
    return home


def rehoused(dice: Dice, people: Registry) -> Household:
    home = people.family() if dice.chance(0.75) else people.single((22, 64), 0.9)
    way = _begin(dice, home, 300)
    stay = way.stay("rapid", way.now, 60 + dice.spread(RAPID), dice.pick((116, 101)))
    moved = stay.start + timedelta(days=dice.spread(SEARCH))
    stay.move_in = moved if moved <= (stay.end or PERIOD_END) else None
    return home


def navigated(dice: Dice, people: Registry) -> Household:
    way = _begin(dice, people.single((22, 64)), 120)
    stay = way.stay("navigation", way.now, dice.spread(SUPPORT))
    moved = stay.start + timedelta(days=dice.spread(SEARCH))
    stay.move_in = moved if moved <= (stay.end or PERIOD_END) and dice.chance(0.5) else None
    return way.home


def day_guest(dice: Dice, people: Registry) -> Household:
    way = _begin(dice, people.single((20, 70), 1.3), 140)
    way.stay("day", way.now, dice.spread(SUPPORT))
    return way.home


def patient(dice: Dice, people: Registry) -> Household:
    way = _begin(dice, people.single((21, 66), 2.0), 140)
    way.stay("health_link", way.now, dice.spread(SUPPORT))
    return way.home


def caller(dice: Dice, people: Registry) -> Household:
    home = people.family() if dice.chance(0.2) else people.single((19, 66))
    way = _begin(dice, home, 120)
    way.stay("entry", way.now, dice.spread(SUPPORT))
    return home


# How many households live each story.
STORIES: tuple[tuple[Story, int], ...] = (
    (shelter_single, 420), (street, 285), (sheltered_family, 114), (supportive_single, 78), (supportive_family, 13),
    (veteran_housed, 37), (graduate, 18), (bridge, 44), (fellowship, 22), (youth, 42), (young_adult, 26),
    (haven, 22), (prevented, 95), (veteran, 40), (rehoused, 26), (navigated, 28), (day_guest, 96), (patient, 66),
    (caller, 98),
)  # fmt: skip


def everyone(dice: Dice, people: Registry) -> list[Household]:
    """All households with a stay in the period, in an order that tells nothing of their stories."""
    homes = [story(dice, people) for story, count in STORIES for _ in range(count)]
    for home in homes:
        home.stays = [stay for stay in home.stays if _in_period(stay)]
        home.stays.sort(key=lambda stay: (stay.start, stay.project.id))
    return dice.shuffled([home for home in homes if home.stays])


def _in_period(stay: Stay) -> bool:
    return stay.start <= PERIOD_END and (stay.end is None or stay.end >= max(PERIOD_START, stay.start))
