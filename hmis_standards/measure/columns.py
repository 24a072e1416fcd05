"""Which tables and columns of an export are kept, under the names of FY2026, and how editions spell them.

Every file of the edition's specification is read and looked over; only what stands here is kept for checks, report
and measures. A table begins with its own key.
"""

from __future__ import annotations

__all__ = [
    "ALIASES",
    "COVERAGE",
    "ESSENTIAL",
    "FURTHER",
    "GENDERS",
    "INCOME_SOURCES",
    "KEYS",
    "LINKS",
    "NEEDED",
    "OLDER_TABLES",
    "REPORT",
    "TALLIED",
    "WITH_TIME",
]

_RACES = ("AmIndAKNative", "Asian", "BlackAfAmerican", "HispanicLatinao", "MidEastNAfrican", "NativeHIPacific", "White")
_WARS = (
    "WorldWarII", "KoreanWar", "VietnamWar", "DesertStorm", "AfghanistanOEF", "IraqOIF", "IraqOND", "OtherTheater",
)  # fmt: skip
GENDERS = (
    "Woman", "Man", "NonBinary", "CulturallySpecific", "Transgender", "Questioning", "DifferentIdentity",
)  # fmt: skip
"""Gender columns up to FY2024; kept under these names, empty in later editions."""

INCOME_SOURCES = (
    "Earned", "Unemployment", "SSI", "SSDI", "VADisabilityService", "VADisabilityNonService", "PrivateDisability",
    "WorkersComp", "TANF", "GA", "SocSecRetirement", "Pension", "ChildSupport", "Alimony", "OtherIncomeSource",
)  # fmt: skip
_AMOUNTS = tuple(f"{source.removesuffix('Source')}Amount" for source in INCOME_SOURCES)
_BENEFITS = ("SNAP", "WIC", "TANFChildCare", "TANFTransportation", "OtherTANF", "OtherBenefitsSource")
_INSURANCE = (
    "Medicaid", "Medicare", "SCHIP", "VHAServices", "EmployerProvided", "COBRA", "PrivatePay", "StateHealthIns",
    "IndianHealthServices", "OtherInsurance",
)  # fmt: skip
_DEDICATED_BEDS = (
    "CHVetBedInventory", "YouthVetBedInventory", "VetBedInventory", "CHYouthBedInventory", "YouthBedInventory",
    "CHBedInventory", "OtherBedInventory",
)  # fmt: skip
_TARGETING = (
    "TargetScreenReqd", "TimeToHousingLoss", "AnnualPercentAMI", "LiteralHomelessHistory", "ClientLeaseholder",
    "HOHLeaseholder", "SubsidyAtRisk", "EvictionHistory", "CriminalRecord", "IncarceratedAdult", "PrisonDischarge",
    "SexOffender", "DisabledHoH", "CurrentPregnant", "SingleParent", "DependentUnder6", "HH5Plus", "CoCPrioritized",
    "HPScreeningScore", "ThresholdScore",
)  # fmt: skip

NEEDED: dict[str, tuple[str, ...]] = {
    "Export": ("ExportID", "ExportDate", "ExportStartDate", "ExportEndDate", "CSVVersion", "HashStatus"),
    "Organization": ("OrganizationID", "OrganizationName", "VictimServiceProvider"),
    "User": ("UserID",),
    "Project": (
        "ProjectID", "OrganizationID", "ProjectName", "OperatingStartDate", "OperatingEndDate", "ContinuumProject",
        "ProjectType", "HousingType", "RRHSubType", "ResidentialAffiliation", "TargetPopulation", "PITCount",
    ),
    "Funder": ("FunderID", "ProjectID", "Funder", "OtherFunder", "GrantID", "StartDate", "EndDate"),
    "ProjectCoC": (
        "ProjectCoCID", "ProjectID", "CoCCode", "Geocode", "Address1", "City", "State", "ZIP", "GeographyType",
    ),
    "Inventory": (
        "InventoryID", "ProjectID", "CoCCode", "HouseholdType", "Availability", "UnitInventory", "BedInventory",
        *_DEDICATED_BEDS, "ESBedType", "InventoryStartDate", "InventoryEndDate",
    ),
    "Affiliation": ("AffiliationID", "ProjectID", "ResProjectID"),
    "HMISParticipation": (
        "HMISParticipationID", "ProjectID", "HMISParticipationType", "HMISParticipationStatusStartDate",
        "HMISParticipationStatusEndDate",
    ),
    "CEParticipation": (
        "CEParticipationID", "ProjectID", "AccessPoint", "PreventionAssessment", "CrisisAssessment",
        "HousingAssessment", "DirectServices", "ReceivesReferrals", "CEParticipationStatusStartDate",
        "CEParticipationStatusEndDate",
    ),
    "Client": (
        "PersonalID", "FirstName", "LastName", "NameDataQuality", "SSN", "SSNDataQuality", "DOB", "DOBDataQuality",
        "Sex", *_RACES, "RaceNone", "Ethnicity", *GENDERS, "GenderNone", "VeteranStatus", "YearEnteredService",
        "YearSeparated", *_WARS, "MilitaryBranch", "DischargeStatus", "DateCreated",
    ),
    "Enrollment": (
        "EnrollmentID", "PersonalID", "ProjectID", "EntryDate", "HouseholdID", "RelationshipToHoH", "EnrollmentCoC",
        "LivingSituation", "RentalSubsidyType", "LengthOfStay", "LOSUnderThreshold", "PreviousStreetESSH",
        "DateToStreetESSH", "TimesHomelessPastThreeYears", "MonthsHomelessPastThreeYears", "DisablingCondition",
        "DateOfEngagement", "MoveInDate", "DateOfPATHStatus", "ClientEnrolledInPATH", "PercentAMI", "VAMCStation",
        *_TARGETING, "DateCreated",
    ),
    "Exit": ("ExitID", "EnrollmentID", "ExitDate", "Destination", "DestinationSubsidyType", "DateCreated"),
    "IncomeBenefits": (
        "IncomeBenefitsID", "EnrollmentID", "InformationDate", "DataCollectionStage", "IncomeFromAnySource",
        "TotalMonthlyIncome", *INCOME_SOURCES, *_AMOUNTS, "BenefitsFromAnySource", *_BENEFITS,
        "InsuranceFromAnySource", *_INSURANCE, "DateCreated", "DateUpdated",
    ),
    "HealthAndDV": (
        "HealthAndDVID", "EnrollmentID", "InformationDate", "DataCollectionStage", "DomesticViolenceSurvivor",
        "WhenOccurred", "CurrentlyFleeing",
    ),
    "EmploymentEducation": (
        "EmploymentEducationID", "EnrollmentID", "InformationDate", "DataCollectionStage", "Employed",
        "EmploymentType", "NotEmployedReason",
    ),
    "Disabilities": (
        "DisabilitiesID", "EnrollmentID", "InformationDate", "DataCollectionStage", "DisabilityType",
        "DisabilityResponse", "IndefiniteAndImpairs",
    ),
    "Services": (
        "ServicesID", "EnrollmentID", "DateProvided", "RecordType", "TypeProvided", "SubTypeProvided", "DateCreated",
    ),
    "CurrentLivingSituation": (
        "CurrentLivingSitID", "EnrollmentID", "InformationDate", "CurrentLivingSituation", "CLSSubsidyType",
        "DateCreated",
    ),
    "Assessment": (
        "AssessmentID", "EnrollmentID", "AssessmentDate", "AssessmentType", "AssessmentLevel", "PrioritizationStatus",
    ),
    "Event": ("EventID", "EnrollmentID", "EventDate", "Event", "ReferralResult", "ResultDate"),
    # Of these only whether each record is there once and leads somewhere.
    "YouthEducationStatus": ("YouthEducationStatusID", "EnrollmentID"),
    "AssessmentQuestions": ("AssessmentQuestionID", "AssessmentID", "EnrollmentID"),
    "AssessmentResults": ("AssessmentResultID", "AssessmentID", "EnrollmentID"),
}  # fmt: skip

# Datetimes are kept as days; these also with their time, as <column>At, since it decides which record is the later.
WITH_TIME = {("IncomeBenefits", "DateUpdated")}

# Without these there is nothing to measure.
ESSENTIAL = ("Export", "Client", "Enrollment", "Project")

# Tables that the newest edition no longer has.
OLDER_TABLES = ("EnrollmentCoC",)

# The name a column has in its edition -> other spellings met in real exports.
ALIASES = {
    ("Client", "HispanicLatinao"): ("HispanicLatinaeo",),
    ("Client", "HispanicLatinaeo"): ("HispanicLatinao",),
    ("Disabilities", "TCellCount"): ("TcellCount",),
    ("Disabilities", "TCellSource"): ("TcellSource",),
    ("Exit", "WorkplaceViolenceThreats"): ("WorkPlaceViolenceThreats",),
    ("ProjectCoC", "ZIP"): ("Zip",),
}

# What makes a row of these tables one and the same: the last row in the file is taken.
KEYS = {
    "Client": "PersonalID",
    "Enrollment": "EnrollmentID",
    "Exit": "EnrollmentID",
    "Project": "ProjectID",
    "Organization": "OrganizationID",
}

# Where a row must lead: table and column -> the table in which the value must be.
LINKS = {
    ("Project", "OrganizationID"): "Organization",
    **{
        (table, "ProjectID"): "Project"
        for table, columns in NEEDED.items()
        if "ProjectID" in columns and table != "Project"
    },
    ("Affiliation", "ResProjectID"): "Project",
    ("Enrollment", "PersonalID"): "Client",
    **{
        (table, "EnrollmentID"): "Enrollment"
        for table, columns in NEEDED.items()
        if "EnrollmentID" in columns and table != "Enrollment"
    },
    ("AssessmentQuestions", "AssessmentID"): "Assessment",
    ("AssessmentResults", "AssessmentID"): "Assessment",
}

# Columns that stand in every file with few values: counted value by value while reading, not kept.
TALLIED = ("ExportID", "UserID")

# What HUD's report and the measures read today: without one of these they say so instead of counting blanks.
REPORT: dict[str, tuple[str, ...]] = {
    "Client": (
        "PersonalID", "FirstName", "LastName", "NameDataQuality", "SSN", "SSNDataQuality", "DOB", "DOBDataQuality",
        *_RACES, "RaceNone", "VeteranStatus", "DateCreated", "Ethnicity", *GENDERS, "GenderNone",
    ),
    "Enrollment": (
        "EnrollmentID", "PersonalID", "ProjectID", "EntryDate", "HouseholdID", "RelationshipToHoH", "EnrollmentCoC",
        "LivingSituation", "LOSUnderThreshold", "PreviousStreetESSH", "DateToStreetESSH",
        "TimesHomelessPastThreeYears", "MonthsHomelessPastThreeYears", "DisablingCondition", "DateOfEngagement",
        "DateCreated",
    ),
    "Exit": ("EnrollmentID", "ExitDate", "DateCreated"),
    "Services": ("EnrollmentID", "DateProvided", "RecordType"),
    "Disabilities": (
        "EnrollmentID", "InformationDate", "DisabilityType", "DisabilityResponse", "IndefiniteAndImpairs",
        "DataCollectionStage",
    ),
    "Project": ("ProjectID", "ProjectName", "ProjectType"),
    "ProjectCoC": ("ProjectID", "CoCCode"),
}  # fmt: skip

# What single lines of the report read besides: without it these lines are left blank, and their measures are errors.
FURTHER: dict[str, dict[str, tuple[str, ...]]] = {
    "destination": {"Exit": ("Destination",)},
    "income": {
        "IncomeBenefits": (
            "EnrollmentID", "InformationDate", "DataCollectionStage", "IncomeFromAnySource", *INCOME_SOURCES,
        ),
    },
    "prior": {"Enrollment": ("LengthOfStay",)},
    "contact": {"CurrentLivingSituation": ("EnrollmentID", "InformationDate")},
    "path": {"Funder": ("ProjectID", "Funder")},
}  # fmt: skip

# The same for bed coverage.
COVERAGE: dict[str, tuple[str, ...]] = {
    "Project": (
        "ProjectID", "OrganizationID", "OperatingStartDate", "OperatingEndDate", "ContinuumProject", "ProjectType",
        "RRHSubType",
    ),
    "Organization": ("OrganizationID", "VictimServiceProvider"),
    "ProjectCoC": ("ProjectID", "CoCCode"),
    "Inventory": (
        "ProjectID", "CoCCode", "Availability", "BedInventory", "InventoryStartDate", "InventoryEndDate",
    ),
    "HMISParticipation": (
        "ProjectID", "HMISParticipationType", "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate",
    ),
}  # fmt: skip
