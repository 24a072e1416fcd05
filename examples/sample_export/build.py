"""The whole export in one call."""

from __future__ import annotations

from .contacts import add_contacts
from .dice import Dice
from .enrollments import add_enrollments
from .faults import confuse_people, plant
from .journeys import everyone
from .people import Registry
from .records import add_records
from .setup_files import add_setup
from .stamps import stamp_all
from .tables import Tables
from .writer import csv_files, zip_bytes

SEED = 20251006


def build_tables() -> Tables:
    """Truth first, then faults, then the marks of data entry; each chapter with its own stream of chance."""
    people, paths, forms, answers, visits, slips, clock = (Dice(SEED + chapter) for chapter in range(7))
    tables = Tables()
    add_setup(tables)
    homes = everyone(paths, Registry(people))
    confuse_people(homes, slips)
    add_enrollments(tables, homes, forms)
    add_records(tables, answers)
    add_contacts(tables, visits)
    plant(tables, slips)
    stamp_all(tables, clock)
    return tables


def build_zip() -> bytes:
    return zip_bytes(csv_files(build_tables()))
