"""How often each ordinary fault is planted: the one table to turn when the sample should look better or worse.

A rate is the share of records touched in a project of average care. `CARE` multiplies it by project, so the
night-by-night shelter and street outreach come out worst and supportive housing best. A count is a fixed number.
"""

from __future__ import annotations

from typing import Final


class Rate:
    """Share of eligible records, before the project's care is applied."""

    BLANK_FOR_99: Final = 0.3  # where null is allowed: of answers not collected, the share left blank

    # 3.01 Name
    NAME_PARTIAL: Final = 0.012  # street name, or initial for a last name (quality 2)
    NAME_PREFERS_NOT: Final = 0.004  # quality 9, no name stored
    NAME_NOT_COLLECTED: Final = 0.003  # quality 99, last name blank
    # 3.02 Social Security Number
    SSN_LAST_FOUR: Final = 0.055  # quality 2, xxxxx1234
    SSN_DOES_NOT_KNOW: Final = 0.025
    SSN_PREFERS_NOT: Final = 0.035
    SSN_NOT_COLLECTED: Final = 0.020
    SSN_IMPOSSIBLE: Final = 0.004  # a filler number with quality 1
    # 3.03 Date of birth
    DOB_APPROXIMATE: Final = 0.010  # quality 2, first of January
    DOB_DOES_NOT_KNOW: Final = 0.002
    DOB_PREFERS_NOT: Final = 0.003
    DOB_NOT_COLLECTED: Final = 0.004
    DOB_KEPT_WITH_99: Final = 0.001  # date stored although the quality says not collected
    # 3.04 Race and ethnicity, 4.21 Sex, 3.07 Veteran status
    RACE_DOES_NOT_KNOW: Final = 0.005
    RACE_PREFERS_NOT: Final = 0.012
    RACE_NOT_COLLECTED: Final = 0.010
    SEX_NOT_COLLECTED: Final = 0.012
    VETERAN_DOES_NOT_KNOW: Final = 0.004
    VETERAN_PREFERS_NOT: Final = 0.004
    VETERAN_NOT_COLLECTED: Final = 0.015
    # 3.08 Disabling condition
    DISABLING_DOES_NOT_KNOW: Final = 0.006
    DISABLING_PREFERS_NOT: Final = 0.008
    DISABLING_NOT_COLLECTED: Final = 0.018
    DISABLING_CONTRADICTED: Final = 0.012  # answered no, while a disability is recorded
    # 3.16 Enrollment CoC, 3.917 prior living situation
    COC_BLANK: Final = 0.005
    SITUATION_DOES_NOT_KNOW: Final = 0.005
    SITUATION_PREFERS_NOT: Final = 0.006
    SITUATION_NOT_COLLECTED: Final = 0.012
    STAY_LENGTH_NOT_COLLECTED: Final = 0.014
    STREET_DATE_BLANK: Final = 0.020
    TIMES_DOES_NOT_KNOW: Final = 0.012
    TIMES_NOT_COLLECTED: Final = 0.012
    MONTHS_DOES_NOT_KNOW: Final = 0.020
    MONTHS_NOT_COLLECTED: Final = 0.014
    SUBSIDY_BLANK: Final = 0.020  # 435 without the kind of subsidy
    # 3.12 Destination, 3.20 Move-in
    DESTINATION_NO_INTERVIEW: Final = 0.085
    DESTINATION_DOES_NOT_KNOW: Final = 0.020
    DESTINATION_PREFERS_NOT: Final = 0.010
    DESTINATION_NOT_COLLECTED: Final = 0.035
    MOVE_IN_FORGOTTEN: Final = 0.060
    # 4.02 to 4.11
    INCOME_RECORD_ABSENT_AT_START: Final = 0.030
    INCOME_RECORD_ABSENT_AT_EXIT: Final = 0.030
    INCOME_DOES_NOT_KNOW: Final = 0.008
    INCOME_PREFERS_NOT: Final = 0.006
    INCOME_NOT_COLLECTED: Final = 0.022
    INCOME_CONTRADICTED: Final = 0.010  # yes without a source, or no with one
    ANNUAL_ABSENT: Final = 0.300  # the assessment that fell due last was never done
    ANNUAL_LATE: Final = 0.220  # done more than 30 days after the anniversary
    INSURANCE_NOT_COLLECTED: Final = 0.020
    DISABILITY_NOT_COLLECTED: Final = 0.008
    DV_PREFERS_NOT: Final = 0.012
    DV_NOT_COLLECTED: Final = 0.020
    # Inactive records, bed nights, coordinated entry
    STALE_OUTREACH: Final = 0.045  # of those who left months ago, the share never exited
    STALE_BED_NIGHTS: Final = 0.025  # the same, night by night
    START_NIGHT_ABSENT: Final = 0.015
    NIGHT_ON_EXIT_DATE: Final = 0.008
    SITUATION_NOW_NOT_COLLECTED: Final = 0.010
    REFERRAL_LEFT_OPEN: Final = 0.060


class Count:
    """Fixed numbers of faults too rare for a rate."""

    HOUSEHOLDS_WITHOUT_HEAD: Final = 4
    HOUSEHOLDS_WITH_TWO_HEADS: Final = 5
    CHILD_VETERANS: Final = 2
    OVERLAPPING_STAYS: Final = 9
    EXITS_BEFORE_START: Final = 3
    FUTURE_EXITS: Final = 2
    MOVE_INS_OUTSIDE_STAY: Final = 3
    TWICE_ENTERED_CLIENTS: Final = 6


# Project key to multiplier of every rate above; a project not named has 1.
CARE: Final[dict[str, float]] = {
    "nightly": 2.3,
    "outreach": 2.6,
    "day": 2.1,
    "health_link": 1.4,
    "entry": 1.2,
    "recovery": 1.1,
    "youth_shelter": 0.9,
    "family": 0.6,
    "prevention": 0.7,
    "rapid": 0.6,
    "navigation": 1.0,
    "veteran_rapid": 0.4,
    "safe_haven": 0.8,
    "transitional": 0.7,
    "closing": 1.6,
    "youth_transitional": 0.6,
    "supportive": 0.25,
    "vash": 0.3,
    "housing_only": 0.5,
}

# Days from an event to its entry in the system, as points of a distribution (share of records, days).
# Medians: live 0, prompt 1, usual 2, slow 9. Values below 0 are records keyed ahead of the event.
LAGS: Final[dict[str, tuple[tuple[float, int], ...]]] = {
    "live": ((0.0, 0), (0.55, 0), (0.8, 1), (0.93, 3), (0.985, 10), (1.0, 45)),
    "prompt": ((0.0, -4), (0.02, 0), (0.3, 0), (0.5, 1), (0.75, 3), (0.9, 6), (0.97, 14), (1.0, 70)),
    "usual": ((0.0, -6), (0.03, 0), (0.2, 0), (0.5, 2), (0.75, 5), (0.9, 11), (0.97, 30), (1.0, 120)),
    "slow": ((0.0, -3), (0.01, 0), (0.1, 1), (0.3, 5), (0.5, 9), (0.75, 19), (0.9, 40), (1.0, 160)),
}
# Exits are keyed later than starts.
EXIT_LAG_FACTOR: Final = 2
