"""The made-up community: organizations, projects, beds, grants. Every name is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

HOME_COC = "XX-500"
NEIGHBOR_COC = "XX-501"


@dataclass(frozen=True)
class Organization:
    id: str
    name: str
    short: str
    victim_services: bool = False
    staff: tuple[tuple[str, str], ...] = ()
    lag: str = "usual"


@dataclass(frozen=True)
class Beds:
    """One inventory row; `kind` names the dedicated column that takes the beds (the rest is Other)."""

    household: int
    units: int
    beds: int
    availability: int | None = None
    es_bed_type: int | None = None
    dedicated: tuple[tuple[str, int], ...] = ()
    start: date | None = None
    end: date | None = None
    coc: str = HOME_COC


@dataclass(frozen=True)
class Project:
    key: str
    id: str
    organization: str
    name: str
    type: int
    start: date
    funders: tuple[int, ...]
    end: date | None = None
    housing: int | None = None
    rrh_subtype: int | None = None
    affiliated_with: str | None = None
    participation: int = 1
    beds: tuple[Beds, ...] = ()
    cocs: tuple[str, ...] = (HOME_COC,)
    access_point: bool = False
    target: int = 4
    lag: str | None = None

    @property
    def is_permanent(self) -> bool:
        return self.type in (3, 9, 13)

    @property
    def asks_street_history(self) -> bool:
        """Types whose start asks every adult for the homelessness history (3.917 A)."""
        return self.type in (0, 1, 4, 8)


ORGANIZATIONS = (
    Organization(
        "11", "Harbor Street Shelter", "Harbor Street",
        staff=(("Odell", "Marrin"), ("Tamsin", "Vale"), ("Rufus", "Okonda")), lag="usual",
    ),
    Organization(
        "12", "Willow Bend Family Center", "Willow Bend",
        staff=(("Maribel", "Stroud"), ("Anselm", "Pryce")), lag="prompt",
    ),
    Organization(
        "13", "Northgate Housing Partners", "Northgate",
        staff=(("Delphine", "Archer"), ("Corwin", "Yates")), lag="prompt",
    ),
    Organization(
        "14", "Lantern Outreach Collective", "Lantern",
        staff=(("Ismene", "Holt"), ("Barnaby", "Quill"), ("Zora", "Fenn")), lag="slow",
    ),
    Organization(
        "15", "Ridgeline Community Services", "Ridgeline",
        staff=(("Leopold", "Grange"), ("Winona", "Sayle")), lag="usual",
    ),
    Organization(
        "16", "Elder County Coordinated Access", "Coordinated Access",
        staff=(("Petra", "Lindow"), ("Silas", "Munroe")), lag="live",
    ),
    Organization("17", "Juniper House", "Juniper House", victim_services=True),
    Organization("18", "Stillwater Mission", "Stillwater", staff=(("Agnes", "Tolliver"),), lag="slow"),
)  # fmt: skip

PROJECTS = (
    Project(
        "nightly", "101", "11", "Harbor Street Nightly Beds", 1, date(2009, 11, 1), (8, 46), housing=1,
        beds=(
            Beds(1, 0, 34, 1, 1, start=date(2016, 7, 1)),
            Beds(1, 0, 12, 2, 1, start=date(2024, 11, 15), end=date(2025, 3, 31)),
            Beds(1, 0, 8, 3, 1, start=date(2024, 12, 1), end=date(2025, 2, 28)),
        ),
        lag="prompt",
    ),
    Project(
        "recovery", "102", "11", "Harbor Street Recuperation Shelter", 0, date(2014, 2, 1), (8,), housing=1,
        beds=(Beds(1, 0, 28, 1, 1, start=date(2020, 1, 1)),),
    ),
    Project(
        "family", "103", "12", "Willow Bend Family Shelter", 0, date(2006, 5, 15), (8, 46), housing=1,
        beds=(
            Beds(3, 19, 62, 1, 1, start=date(2018, 10, 1)),
            Beds(3, 4, 14, 3, 1, start=date(2024, 12, 1), end=date(2025, 2, 28)),
        ),
    ),
    Project(
        "youth_shelter", "104", "15", "Ridgeline Youth Shelter", 0, date(2017, 9, 1), (46,), housing=1,
        beds=(Beds(4, 0, 6, 1, 1, (("YouthBedInventory", 6),), date(2017, 9, 1)),),
    ),
    Project(
        "mission", "105", "18", "Stillwater Mission Dormitory", 0, date(1998, 1, 1), (46,), housing=1,
        participation=0, beds=(Beds(1, 0, 44, 1, 1, start=date(2015, 1, 1)),),
    ),
    Project(
        "refuge", "106", "17", "Juniper House Safe Shelter", 0, date(2003, 3, 1), (8,), housing=1,
        participation=2, target=1,
        beds=(Beds(3, 6, 18, 1, 1, start=date(2012, 1, 1)), Beds(1, 0, 4, 1, 1, start=date(2012, 1, 1))),
    ),
    Project(
        "transitional", "107", "13", "Northgate Bridge Housing", 2, date(2011, 4, 1), (5,), housing=1,
        beds=(Beds(1, 16, 16, start=date(2019, 10, 1)), Beds(3, 3, 8, start=date(2019, 10, 1))),
    ),
    Project(
        "closing", "108", "18", "Stillwater Fellowship House", 2, date(2005, 6, 1), (46,), housing=1,
        end=date(2025, 3, 31), beds=(Beds(1, 12, 12, start=date(2014, 1, 1), end=date(2025, 3, 31)),),
    ),
    Project(
        "youth_transitional", "109", "15", "Ridgeline Youth Steps", 2, date(2021, 10, 1), (43,), housing=2,
        beds=(Beds(1, 14, 14, dedicated=(("YouthBedInventory", 14),), start=date(2021, 10, 1)),),
    ),
    Project(
        "supportive", "110", "13", "Northgate Supportive Homes", 3, date(2008, 8, 1), (2,), housing=2,
        beds=(
            Beds(1, 78, 78, dedicated=(("CHBedInventory", 60),), start=date(2017, 1, 1)),
            Beds(3, 14, 54, dedicated=(("CHBedInventory", 20),), start=date(2017, 1, 1)),
        ),
    ),
    Project(
        "vash", "111", "13", "Northgate Veterans Homes", 3, date(2013, 10, 1), (20,), housing=3,
        beds=(Beds(1, 38, 38, dedicated=(("CHVetBedInventory", 15), ("VetBedInventory", 23)),
                   start=date(2013, 10, 1)),),
    ),
    Project(
        "housing_only", "112", "13", "Northgate Graduate Apartments", 9, date(2019, 5, 1), (51,), housing=1,
        beds=(Beds(1, 14, 14, start=date(2019, 5, 1)), Beds(3, 5, 16, start=date(2019, 5, 1))),
    ),
    Project("outreach", "113", "14", "Lantern Street Outreach", 4, date(2012, 3, 1), (11,), lag="slow"),
    Project("health_link", "114", "14", "Lantern Health Link", 6, date(2018, 7, 1), (21,)),
    Project(
        "safe_haven", "115", "11", "Harbor Light Safe Haven", 8, date(2010, 9, 1), (6,), housing=1,
        beds=(Beds(1, 15, 15, start=date(2016, 10, 1)),),
    ),
    Project("day", "116", "11", "Harbor Street Day Room", 11, date(2015, 1, 5), (46,)),
    Project("prevention", "117", "15", "Ridgeline Home Saver", 12, date(2016, 7, 1), (9,)),
    Project(
        "rapid", "118", "12", "Willow Bend Rapid Rehousing", 13, date(2014, 10, 1), (3, 10), housing=3,
        rrh_subtype=2, beds=(Beds(3, 28, 84, start=date(2024, 10, 1)), Beds(1, 16, 16, start=date(2024, 10, 1))),
    ),
    Project(
        "navigation", "119", "12", "Willow Bend Housing Navigation", 13, date(2022, 7, 1), (10,),
        rrh_subtype=1, affiliated_with="transitional",
    ),
    Project(
        "veteran_rapid", "120", "15", "Ridgeline Veteran Families", 13, date(2013, 10, 1), (33,), housing=3,
        rrh_subtype=2, cocs=(HOME_COC, NEIGHBOR_COC),
        beds=(Beds(1, 11, 11, start=date(2024, 10, 1)),
              Beds(3, 2, 6, start=date(2024, 10, 1)),
              Beds(1, 3, 3, start=date(2024, 10, 1), coc=NEIGHBOR_COC)),
    ),
    Project(
        "entry", "121", "16", "Coordinated Access Front Door", 14, date(2018, 1, 23), (4,), access_point=True,
    ),
)  # fmt: skip

BY_KEY = {project.key: project for project in PROJECTS}
BY_ORGANIZATION = {organization.id: organization for organization in ORGANIZATIONS}
