"""The table of costs by payer: complete, cited, and honest about what was not read; its answers typed a second time."""

from __future__ import annotations

import pytest

from hmis_standards.errors import UnknownCategory
from hmis_standards.model import Citation
from hmis_standards.store import load_catalog, load_eligibility
from hmis_standards.vocabulary import Eligible, Payer, Read

TABLE = load_eligibility()
RULED = (Payer.COC_CONTRIBUTOR, Payer.COC_LEAD, Payer.ESG_CONTRIBUTOR, Payer.ESG_LEAD)
YES, NO, LEAD, ASK = Eligible.ELIGIBLE, Eligible.NOT_ELIGIBLE, Eligible.LEAD_ONLY, Eligible.CHECK_WITH_HUD

# CoC contributor, CoC HMIS Lead, ESG contributor, ESG recipient that is the HMIS Lead.
ANYBODY, OF_THE_LEAD = (YES, YES, YES, YES), (LEAD, YES, LEAD, YES)
ANSWERS = {
    **dict.fromkeys(("hardware", "software_licenses", "equipment", "technical_support"), ANYBODY),
    **dict.fromkeys(("office_space", "utilities", "training_travel", "intake_travel"), ANYBODY),
    **dict.fromkeys(("data_entry", "quality_review", "data_analysis", "reporting_to_lead"), ANYBODY),
    **dict.fromkeys(("staff_training", "meeting_requirements"), ANYBODY),
    "participation_fees": (YES, NO, YES, NO),
    **dict.fromkeys(("hosting", "backup", "customization", "integration"), OF_THE_LEAD),
    **dict.fromkeys(("system_administration", "lead_reporting", "lead_training"), OF_THE_LEAD),
    "comparable_database": (YES, ASK, YES, ASK),
    **dict.fromkeys(("new_software", "hmis_planning", "replacing_money", "making_compliant"), (ASK, ASK, ASK, ASK)),
    "other": (ASK, ASK, ASK, ASK),
}
MATCH = {
    Payer.COC_CONTRIBUTOR: NO,
    Payer.COC_LEAD: NO,
    Payer.ESG_CONTRIBUTOR: ASK,
    Payer.ESG_LEAD: ASK,
    Payer.OTHER_FEDERAL: ASK,
    Payer.STATE_LOCAL: YES,
    Payer.PRIVATE: YES,
    Payer.FEES: ASK,
}


def test_the_table_is_that_of_the_notes() -> None:
    found = {
        one.id: tuple(answer.answer for payer in RULED if (answer := one.for_payer(payer))) for one in TABLE.categories
    }
    assert found == ANSWERS
    assert set(TABLE.ruled()) == set(RULED)
    assert {payer: TABLE.payer(payer).as_match for payer in Payer} == MATCH


def test_what_rests_on_a_text_we_have_not_read_says_so() -> None:
    answers = [(answer.verify, answer.citations) for one in TABLE.categories for answer in one.answers]
    answers += [(one.verify, one.citations) for one in TABLE.payers]
    assert sum(verify for verify, _ in answers) > 10
    for verify, citations in answers:
        assert verify or all(_read(one) for one in citations), citations


def _read(citation: Citation) -> bool:
    """Whether the text of a rule was read; practice is no rule."""
    source = load_catalog().source(citation.source)
    return source.read is Read.TEXT or citation.source.startswith("practice-")


def test_no_answer_is_without_authority_or_condition() -> None:
    for one in TABLE.categories:
        for answer in one.answers:
            assert answer.citations or answer.condition, one.id
            assert answer.condition or answer.answer in {YES, LEAD}, one.id


@pytest.mark.parametrize("category", ["customization", "integration"])
def test_paragraphs_after_the_second_of_the_esg_rule_were_not_seen(category: str) -> None:
    answer = TABLE.category(category).for_payer(Payer.ESG_LEAD)
    assert answer is not None
    assert answer.verify


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(UnknownCategory, match="did you mean hosting"):
        TABLE.category("hostin")
    with pytest.raises(ValueError, match="county"):
        TABLE.payer("county")
    assert TABLE.category("hosting").for_payer(Payer.PRIVATE) is None


def test_it_is_a_table() -> None:
    assert len(TABLE.rows()) == 4 * len(ANSWERS)
    assert len(TABLE.to_dict()["categories"]) == len(ANSWERS)  # type: ignore[arg-type]
