"""HUD's data quality tables from counts: arithmetic and layout, edition by edition; no data needed."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from attrs import field, frozen

from hmis_standards.measure.hud_counts import GAPS, LAGS, PRIOR_LINES, Q5A, Q6A, Q6B, Q6C, STATES, prior_count
from hmis_standards.tabular import Plain, Tabular, decimal_text

__all__ = ["HudRow", "HudTable", "elements_of", "prior_lines_of", "tables_from"]

Cell = int | Fraction | str | None
Counts = dict[str, int]


@frozen(kw_only=True)
class HudRow(Plain):
    """A line of a table: its label, and a count, an exact rate or None (a cell HUD leaves blank) for each column.

    In tables for the public a cell can be the text ``withheld``.
    """

    label: str
    cells: tuple[Cell, ...]


@frozen(kw_only=True)
class HudTable(Tabular):
    """One table of the report; ``header`` names the label column and then each column of figures."""

    name: str
    title: str
    header: tuple[str, ...]
    lines: tuple[HudRow, ...] = field(repr=False)

    def text_rows(self) -> list[list[str]]:
        """Header and lines as text in HUD's form: counts whole, rates with four decimals, blanks empty."""
        return [list(self.header), *([line.label, *map(_cell_text, line.cells)] for line in self.lines)]

    def rows(self) -> list[dict[str, object]]:
        """One dict a line; rates as decimal text."""
        return [dict(zip(self.header, row, strict=True)) for row in self.text_rows()[1:]]

    def to_dict(self) -> dict[str, object]:
        """Name, title, header and lines; rates as decimal text with four places."""
        return {"name": self.name, "title": self.title, "table": self.text_rows()}


def tables_from(counts: Counts, edition: str, lacking: Collection[str] = ()) -> tuple[HudTable, ...]:
    """The report's tables from its counts, in HUD's layout for the edition; what is ``lacking`` is left blank."""
    return (
        _q5a(counts),
        _q6a(counts, edition),
        _q6b(counts, edition),
        _q6c(counts, edition, lacking),
        _q6d(counts, edition, lacking),
        _q6e(counts, edition),
        _q6f(counts, edition, lacking),
    )


def _blank(line: HudRow) -> HudRow:
    return HudRow(label=line.label, cells=(None,) * len(line.cells))


def elements_of(edition: str) -> tuple[tuple[str, str], ...]:
    """Label and name of the elements of Q6a: ethnicity was an element of its own in FY2022, gender one until FY2024."""
    gone = {"FY2022": (), "FY2024": ("ethnicity",)}.get(edition, ("ethnicity", "gender"))
    listed = [(label, name) for label, name in Q6A if name not in gone]
    return tuple(("Race" if name == "race" and edition == "FY2022" else label, name) for label, name in listed)


def prior_lines_of(edition: str) -> tuple[tuple[str, str], ...]:
    """Label and name of the lines of Q6d: FY2022 asks of shelter, outreach and housing only."""
    return PRIOR_LINES[:3] if edition == "FY2022" else PRIOR_LINES


def rate(errors: int, among: int) -> Fraction:
    """HUD prints 0 where there is nobody to count."""
    return Fraction(errors, among) if among else Fraction(0)


# --- Q5a ---------------------------------------------------------------------------------------------------


def _q5a(counts: Counts) -> HudTable:
    lines = tuple(HudRow(label=label, cells=(counts[name], counts[f"any_{name}"])) for label, name, _ in Q5A)
    header = ("Report validations", "Count of clients for DQ", "Count of clients")
    return HudTable(name="Q5a", title="Report validations", header=header, lines=lines)


# --- Q6a, Q6b, Q6c: elements in error ----------------------------------------------------------------------


def _columns(edition: str) -> tuple[str, ...]:
    declined = "Client doesn't know / " + ("refused" if edition == "FY2022" else "prefers not to answer")
    share = "% of error rate" if edition == "FY2022" else "% of issue rate"
    return (declined, "Information missing", "Data issues", "Total", share)


def _error_line(counts: Counts, label: str, element: str, among: int, *, issues: bool = True) -> HudRow:
    declined, missing, wrong = (counts[f"{element}_{state}"] for state in STATES)
    total = declined + missing + wrong
    return HudRow(label=label, cells=(declined, missing, wrong if issues else None, total, rate(total, among)))


def _q6a(counts: Counts, edition: str) -> HudTable:
    lines = [
        _error_line(counts, label, name, counts["all"], issues=name in {"name", "ssn", "dob"})
        for label, name in elements_of(edition)
    ]
    overall = counts["identity_error"]
    lines.append(HudRow(label="Overall score", cells=(None, None, None, overall, rate(overall, counts["all"]))))
    header = ("Data element", *_columns(edition))
    return HudTable(name="Q6a", title="Personally identifiable information", header=header, lines=tuple(lines))


def _errors_table(name: str, title: str, lines: list[HudRow], edition: str) -> HudTable:
    """Q6b and Q6c: FY2022 prints the count and the rate alone."""
    columns = _columns(edition)
    if edition == "FY2022":
        columns = ("Error count", columns[-1])
        lines = [HudRow(label=line.label, cells=line.cells[-2:]) for line in lines]
    return HudTable(name=name, title=title, header=("Data element", *columns), lines=tuple(lines))


def _q6b(counts: Counts, edition: str) -> HudTable:
    among = {
        "veteran": counts["adults"] + (0 if edition == "FY2022" else counts["children"]),
        "coc": counts["adult_heads"] + counts["other_heads"],
    }
    lines = [_error_line(counts, label, name, among.get(name, counts["all"])) for label, name in Q6B]
    if edition == "FY2022":
        lines[3] = HudRow(label="Client location (3.16)", cells=lines[3].cells)
    return _errors_table("Q6b", "Universal data elements", lines, edition)


def _q6c(counts: Counts, edition: str, lacking: Collection[str]) -> HudTable:
    among = {
        "destination": counts["leavers"],
        "start_income": counts["adults"] + counts["other_heads"],
        "annual_income": counts["stayed_a_year"],
        "exit_income": counts["adult_head_leavers"],
    }
    lines = [_error_line(counts, label, name, among[name]) for label, name in Q6C]
    group = {name: "destination" if name == "destination" else "income" for _, name in Q6C}
    lines = [_blank(line) if group[name] in lacking else line for line, (_, name) in zip(lines, Q6C, strict=True)]
    return _errors_table("Q6c", "Income and housing data quality", lines, edition)


# --- Q6d ---------------------------------------------------------------------------------------------------


def _q6d(counts: Counts, edition: str, lacking: Collection[str]) -> HudTable:
    listed = prior_lines_of(edition)
    people = sum(counts[prior_count(name)] for _, name in listed)
    unable = sum(counts[prior_count(name, "unable")] for _, name in listed)
    total = HudRow(label="Total", cells=(people, None, None, None, None, None, rate(unable, people)))
    header = (
        "Entering into project type",
        "Count of total records",
        "Missing time in institution (3.917.2)",
        "Missing time in housing (3.917.2)",
        "Approximate date started (3.917.3) missing",
        "Number of times (3.917.4) unknown or missing",
        "Number of months (3.917.5) unknown or missing",
        "% of records unable to calculate",
    )
    lines: tuple[HudRow, ...] = (*(_prior_line(counts, label, name) for label, name in listed), total)
    lines = tuple(map(_blank, lines)) if "prior" in lacking else lines
    return HudTable(name="Q6d", title="Chronic homelessness", header=header, lines=lines)


def _prior_line(counts: Counts, label: str, name: str) -> HudRow:
    """A stay before shelter and outreach is asked of nobody there, so HUD leaves its two cells blank."""
    people = counts[prior_count(name)]
    gaps = tuple(counts[prior_count(name, gap)] for gap in GAPS)
    shown = (None, None, *gaps[2:]) if name == "shelter" else gaps
    return HudRow(label=label, cells=(people, *shown, rate(counts[prior_count(name, "unable")], people)))


# --- Q6e, Q6f ----------------------------------------------------------------------------------------------


def _q6e(counts: Counts, edition: str) -> HudTable:
    listed = LAGS[1:] if edition == "FY2022" else LAGS
    lines = tuple(
        HudRow(label=label, cells=(counts[f"start_{name}"], counts[f"exit_{name}"])) for label, name, _ in listed
    )
    header = ("Time for record entry", "Number of project start records", "Number of project exit records")
    return HudTable(name="Q6e", title="Timeliness", header=header, lines=lines)


def _q6f(counts: Counts, edition: str, lacking: Collection[str]) -> HudTable:
    others = "ES-NbN" if edition in {"FY2022", "FY2024"} else "PATH-funded SSO"
    contact = _silence_line(
        counts, f"Contact (adults and heads of household in street outreach or {others})", "contact"
    )
    night = _silence_line(counts, "Bed night (all clients in ES-NbN)", "night")
    lines = (_blank(contact) if "contact" in lacking else contact, night)
    header = ("Data element", "# of records", "# of inactive records", "% of inactive records")
    return HudTable(
        name="Q6f", title="Inactive records: street outreach and emergency shelter", header=header, lines=lines
    )


def _silence_line(counts: Counts, label: str, name: str) -> HudRow:
    due, inactive = counts[f"{name}_due"], counts[f"{name}_inactive"]
    return HudRow(label=label, cells=(due, inactive, rate(inactive, due)))


def _cell_text(cell: Cell) -> str:
    if cell is None:
        return ""
    return decimal_text(cell, 4) if isinstance(cell, Fraction) else str(cell)
