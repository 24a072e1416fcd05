"""Filling forms: fields, marks, tables; and that nothing put in acts as anything but text."""

from __future__ import annotations

import json

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.assess import Assessment, FilledForm, Response, Subject, fill_form
from hmis_standards.errors import UnknownField
from hmis_standards.model import (
    Catalog,
    Citation,
    Clause,
    Eligibility,
    FormField,
    FormSection,
    FormTable,
    FormTemplate,
)
from hmis_standards.store import load_catalog, load_eligibility
from hmis_standards.vocabulary import Obligation, StaffRole, TableRows
from tests.small import CON1, GOV1, GOV2, SEC1, small_catalog

CATALOG = small_catalog()


def form(*items: str, text: str = "Between {coc} and {agency}.", table: FormTable | None = None) -> FormTemplate:
    clause = Clause(
        id="one",
        text=text,
        obligation=Obligation.RECOMMENDED,
        citations=(Citation(source="law"), Citation(source="draft", at="part 5")),
        items=items,
    )
    return FormTemplate(
        id="small",
        title="Small",
        document="lead-basics",
        text="Made up.",
        fields=(FormField(id="coc", label="name of the CoC"), FormField(id="agency", label="name of the agency")),
        sections=(FormSection(id="first", title="First", clauses=(clause,), table=table),),
    )


def answered(**answers: str) -> Assessment:
    found = Assessment.start(CATALOG, subject="XX-500", on="2026-03-31", documents=["lead-basics"])
    for item, answer in {GOV1: answers.get("gov1"), SEC1: answers.get("sec1")}.items():
        if answer:
            found = found.answer(item, answer, note="said <b>so</b>")
    return found


def first(filled: FilledForm) -> dict[str, str]:
    row: dict[str, str] = filled.rows()[0]
    return row


def test_what_is_not_filled_in_stands_in_brackets() -> None:
    filled = fill_form(form(), CATALOG, values={"coc": "XX-500"})
    assert first(filled)["clause"] == "Between XX-500 and [name of the agency]."
    assert filled.open_fields == ("name of the agency",)
    assert fill_form(form(), CATALOG, values={"coc": ""}).open_fields == ("name of the CoC", "name of the agency")


def test_the_subject_fills_the_field_of_its_kind() -> None:
    about = Assessment.start(
        CATALOG, subject=Subject(name="Harbor", kind="agency"), on="2026-03-31", documents=["lead-basics"]
    )
    assert first(fill_form(form(), CATALOG, about))["clause"] == "Between [name of the CoC] and Harbor."
    assert first(fill_form(form(), CATALOG, about, {"agency": "Other"}))["clause"].endswith("and Other.")


def test_a_field_nobody_has() -> None:
    with pytest.raises(UnknownField, match="there is no field 'agenzy'; did you mean agency"):
        fill_form(form(), CATALOG, values={"agenzy": "x"})


@pytest.mark.parametrize(
    ("gov1", "sec1", "standing"),
    [
        ("met", "met", "in place"),
        ("met", "not_applicable", "in place"),
        ("met", "not_met", "to be agreed"),
        ("partial", "met", "to be agreed"),
        ("partial", "", "to be agreed"),
        ("met", "", "not assessed"),
        ("", "", "not assessed"),
    ],
)
def test_a_clause_is_marked_by_the_answers_to_its_items(gov1: str, sec1: str, standing: str) -> None:
    assessment = answered(gov1=gov1)
    if sec1:
        assessment = assessment.answer(SEC1, sec1, reason="none here" if sec1 == "not_applicable" else None)
    assert first(fill_form(form(GOV1, SEC1), CATALOG, assessment))["standing"] == standing


def test_met_without_the_evidence_it_demands_is_to_be_agreed() -> None:
    assessment = answered().answer(GOV2, "met")
    assert first(fill_form(form(GOV2), CATALOG, assessment))["standing"] == "to be agreed"


def test_a_proposal_is_no_answer() -> None:
    proposal = Response(item=GOV1, answer="not_met", proposed=True)
    assessment = evolve(answered(), responses=(proposal,))
    assert first(fill_form(form(GOV1), CATALOG, assessment))["standing"] == "not assessed"


def test_items_the_assessment_does_not_cover_say_nothing() -> None:
    assert first(fill_form(form(CON1), CATALOG, answered()))["standing"] == ""
    assert first(fill_form(form(GOV1), CATALOG))["standing"] == ""


def test_reasons_name_the_items_and_notes_only_where_they_are_asked_for() -> None:
    assessment = answered(gov1="not_met")
    (clause,) = fill_form(form(GOV1), CATALOG, assessment).sections[0].clauses
    assert clause.reasons == (f"{CATALOG[GOV1].title} ({GOV1}): not met",)
    (clause,) = fill_form(form(GOV1), CATALOG, assessment, notes=True).sections[0].clauses
    assert clause.reasons[0].endswith("not met: said <b>so</b>")


def test_authorities_say_whether_they_bind() -> None:
    (clause,) = fill_form(form(), CATALOG).sections[0].clauses
    law, draft = clause.authorities
    assert law.endswith("(law; in effect)")
    assert ", part 5 (draft; " in draft
    assert "in effect" not in draft


@given(st.text(min_size=1))
def test_what_is_put_in_is_not_looked_through_for_fields(text: str) -> None:
    filled = fill_form(form(), CATALOG, values={"coc": text + "{agency}"})
    assert first(filled)["clause"] == f"Between {text}{{agency}} and [name of the agency]."


# --- tables ------------------------------------------------------------------------------------------------


def cells(
    table: FormTable,
    assessment: Assessment | None = None,
    catalog: Catalog = CATALOG,
    eligibility: Eligibility | None = None,
) -> list[dict[str, str]]:
    template = form(table=table) if catalog is CATALOG else evolve(form(), sections=(_alone(table),))
    found = fill_form(template, catalog, assessment, eligibility=eligibility).sections[0].table
    assert found is not None
    assert all(len(row) == len(found.columns) for row in found.cells)
    return found.rows()


def _alone(table: FormTable) -> FormSection:
    return FormSection(id="first", title="First", table=table)


def test_items_are_those_chosen_else_those_covered_else_all() -> None:
    def ids(table: FormTable, assessment: Assessment | None = None) -> list[str]:
        return [row["Item"] for row in cells(table, assessment)]

    assert ids(FormTable(rows=TableRows.ITEMS, items=(SEC1,), documents=("vendor-basics",)))[:2] == [SEC1, CON1]
    assert ids(FormTable(rows=TableRows.ITEMS, sections=("lead-basics/SEC",)))[0] == SEC1
    assert len(ids(FormTable(rows=TableRows.ITEMS), answered())) == 5
    assert len(ids(FormTable(rows=TableRows.ITEMS))) == 8


def test_items_say_where_they_stand() -> None:
    rows = cells(FormTable(rows=TableRows.ITEMS, items=(GOV1,), columns=("Owner",)), answered(gov1="partial"))
    assert (rows[0]["Standing"], rows[0]["Owner"]) == ("partial", "")


def test_of_each_line_one_answers_and_one_works() -> None:
    rows = cells(FormTable(rows=TableRows.ROLES))
    for row in rows:
        letters = [letter for name, letter in row.items() if name not in {"Item", "What should be true"} and letter]
        assert sorted(letter for letter in letters if letter != "C") in (["A/R"], ["A", "R"])


def test_a_table_of_staff_has_every_role_and_empty_cells() -> None:
    rows = cells(FormTable(rows=TableRows.STAFF, columns=("Hours",)))
    assert len(rows) == len(StaffRole)
    assert {row["Hours"] for row in rows} == {""}


def test_empty_rows() -> None:
    assert cells(FormTable(rows=TableRows.BLANK, columns=("Party", "Date"), blank=2)) == [{"Party": "", "Date": ""}] * 2
    assert len(cells(FormTable(rows=TableRows.STAFF, blank=1))) == len(StaffRole) + 1


def test_a_standard_names_its_authority_and_where_it_stands() -> None:
    table = FormTable(rows=TableRows.STANDARDS, items=(GOV1,), columns=("Owner",))
    (row,) = cells(table, answered(gov1="partial"))
    item = CATALOG[GOV1]
    assert (row["Item"], row["What is looked at"], row["Rating"], row["Owner"]) == (GOV1, item.text, "partial", "")
    assert row["Rests on"].startswith(f"{item.obligation.label.capitalize()}. ")
    for citation in item.citations:
        assert f"({citation.source};" in row["Rests on"]
    assert [one["Rating"] for one in cells(table)] == [""]


def test_a_log_has_the_fields_of_its_form_and_a_sheet_a_row_for_each() -> None:
    catalog = load_catalog()
    fields = next(one for one in catalog.document("contract-management").forms if one.id == "F4").fields
    log = FormTable(rows=TableRows.LOG, form="contract-management/F4", columns=("Rule",), blank=2)
    assert cells(log, catalog=catalog) == [dict.fromkeys((*fields, "Rule"), "")] * 2
    sheet = FormTable(rows=TableRows.SHEET, form="contract-management/F4", columns=("Entry",))
    assert cells(sheet, catalog=catalog) == [{"What": one, "Entry": ""} for one in fields]


def test_costs_have_a_row_a_kind_and_a_column_a_payer() -> None:
    costs = load_eligibility()
    rows = cells(FormTable(rows=TableRows.COSTS, blank=1), eligibility=costs)
    assert [row["Kind of cost"] for row in rows] == [*(one.title for one in costs.categories), ""]
    assert list(rows[0]) == ["Kind of cost", *(one.title for one in costs.payers), "In all"]


def test_what_rules_say_of_costs_is_told_as_the_table_has_it() -> None:
    costs, catalog = load_eligibility(), load_catalog()
    rows = cells(FormTable(rows=TableRows.ELIGIBILITY), catalog=catalog, eligibility=costs)
    told = {row["Kind of cost"]: row for row in rows}
    lead, project = "CoC grant of the HMIS Lead", "CoC grant of a project that contributes data"
    assert told["Fees for taking part in the HMIS"][lead] == "Not eligible. The HMIS Lead would pay itself."
    assert told["Hosting and maintaining software or data"][project] == "HMIS Lead only."
    administering = told["Administering the system"]
    assert administering[lead] == "Eligible. We have not seen the text of the paragraph."
    for category, row in zip(costs.categories, rows, strict=True):
        assert all(f"({c.source};" in row["Rests on"] for one in category.answers for c in one.citations)


@pytest.mark.parametrize("rows", [TableRows.COSTS, TableRows.ELIGIBILITY])
def test_a_table_of_costs_asks_for_the_rules(rows: TableRows) -> None:
    with pytest.raises(ValueError, match=r"eligibility=load_eligibility\(\)"):
        cells(FormTable(rows=rows))


def test_a_filled_form_becomes_plain_values() -> None:
    told = json.loads(json.dumps(fill_form(form(GOV1), CATALOG, answered(gov1="met")).to_dict()))
    assert told["sections"][0]["clauses"][0]["standing"] == "in place"
