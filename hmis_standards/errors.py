"""Every error the package raises on purpose. One base class; each says what, where and what to do.

Errors carry their facts as attributes, compare by them, and survive pickling. None holds a cell of an HMIS
export: those are about people, so only tables, columns and counts appear in a message.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "AnswerError",
    "AnswerNotAllowed",
    "BadValue",
    "DataError",
    "DataNotInstalled",
    "DecisionIncomplete",
    "DocumentSyntaxError",
    "EditionConflict",
    "EditionMismatch",
    "ExportError",
    "HmisStandardsError",
    "InvalidDocument",
    "JustificationMissing",
    "MissingColumn",
    "MissingExtra",
    "MissingTable",
    "NoEditionThen",
    "NoStatement",
    "NotComparable",
    "NotFound",
    "ParameterOutOfRange",
    "PredicateError",
    "PrerequisiteCycle",
    "Problem",
    "ProfileError",
    "RatersDiffer",
    "RetiredItem",
    "ScoringModelFault",
    "UnknownBenchmark",
    "UnknownBenchmarkSet",
    "UnknownCategory",
    "UnknownCheck",
    "UnknownDocument",
    "UnknownEdition",
    "UnknownField",
    "UnknownForm",
    "UnknownItem",
    "UnknownLearner",
    "UnknownMeasure",
    "UnknownParameter",
    "UnknownParameterSet",
    "UnknownProfile",
    "UnknownScoringModel",
    "UnknownSource",
    "UnsupportedSpec",
]


class Problem:
    """One thing wrong in a file: where, what, and a hint. A record, not an exception."""

    __slots__ = ("hint", "line", "message", "path", "pointer")

    def __init__(self, path: str, line: int | None, pointer: str, message: str, hint: str = "") -> None:
        self.path, self.line, self.pointer, self.message, self.hint = path, line, pointer, message, hint

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        inside = f" at {self.pointer}" if self.pointer else ""
        advice = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.message}{inside}{advice}"

    def __repr__(self) -> str:
        return f"Problem({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, int | None, str, str, str]:
        return (self.path, self.line, self.pointer, self.message, self.hint)

    def to_dict(self) -> dict[str, Any]:
        """Path, line, pointer, message and hint as plain values."""
        return {name: getattr(self, name) for name in ("path", "line", "pointer", "message", "hint")}


class HmisStandardsError(Exception):
    """The base of every error of this package. ``fields`` names the attributes, in the constructor's order."""

    fields: tuple[str, ...] = ()

    def __init__(self, *values: Any, **named: Any) -> None:
        facts = dict(zip(self.fields, values, strict=False)) | named
        unknown = set(facts) - set(self.fields)
        if len(values) > len(self.fields) or unknown:
            raise TypeError(f"{type(self).__name__} takes {', '.join(self.fields) or 'nothing'}")
        for name in self.fields:
            setattr(self, name, facts.get(name, self._default(name)))
        super().__init__(*(getattr(self, name) for name in self.fields))

    def _default(self, name: str) -> Any:
        return () if name in {"close", "problems", "searched", "supported", "allowed", "replaced_by"} else ""

    def message(self) -> str:
        """The sentence a person reads."""
        return "; ".join(str(value) for value in self.args)

    def __str__(self) -> str:
        return self.message()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.args == getattr(other, "args", None)

    def __hash__(self) -> int:
        return hash((type(self), self.args))


# --- data: the YAML we ship, or the user's own -------------------------------------------------------------


class DataError(HmisStandardsError):
    """Something is wrong with a data file, shipped or the user's own."""


class DocumentSyntaxError(DataError):
    """Not readable as strict YAML or JSON: a syntax fault, a duplicate key, an anchor, a tag."""

    fields: tuple[str, ...] = ("path", "line", "column", "reason")
    path: str
    line: int
    column: int
    reason: str

    def message(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.reason}"


class InvalidDocument(DataError):
    """A file that reads as YAML but does not have the right shape. ``problems`` lists all of them."""

    fields: tuple[str, ...] = ("path", "problems")
    path: str
    problems: tuple[Problem, ...]

    def message(self) -> str:
        return _several(f"{self.path} has", self.problems)


class DataNotInstalled(DataError):
    """The resolver found no ``standards_data``; ``searched`` lists where it looked."""

    fields: tuple[str, ...] = ("searched",)
    searched: tuple[str, ...]

    def message(self) -> str:
        return f"standards_data was not found in {' or '.join(self.searched)}; reinstall hmis-standards"


def _several(start: str, problems: tuple[Problem, ...]) -> str:
    if len(problems) == 1:
        return str(problems[0])
    return "\n".join([f"{start} {len(problems)} problems:", *(f"  {problem}" for problem in problems)])


class PredicateError(DataError, ValueError):
    """The SQL of a check holds what is not allowed there, or names what is not there. ``key`` is its field."""

    fields: tuple[str, ...] = ("check", "key", "reason")
    check: str
    key: str
    reason: str

    def message(self) -> str:
        return f"check {self.check}, {self.key}: {self.reason}"


class NoStatement(HmisStandardsError, ValueError):
    """A measure that cannot be written as one SQL statement. ``reason`` says why."""

    fields: tuple[str, ...] = ("measure", "reason")
    measure: str
    reason: str

    def message(self) -> str:
        return f"measure {self.measure} is no single SQL statement: {self.reason}"


# --- look-ups ----------------------------------------------------------------------------------------------


class NotFound(HmisStandardsError, KeyError):
    """An id that does not exist. ``close`` holds up to three ids that do and look alike."""

    fields: tuple[str, ...] = ("id", "close")
    id: str
    close: tuple[str, ...]
    what = "id"

    def message(self) -> str:
        near = f"; did you mean {' or '.join(self.close)}?" if self.close else ""
        return f"there is no {self.what} {self.id!r}{near}"


class UnknownItem(NotFound):
    """No item has this id."""

    what = "item"


class UnknownDocument(NotFound):
    """No document has this id."""

    what = "document"


class UnknownProfile(NotFound):
    """No profile of this name is shipped, and no such file exists."""

    what = "profile"


class UnknownField(NotFound):
    """The form has no field of this name."""

    what = "field"


class UnknownForm(NotFound):
    """No form of this name is shipped, and no such file exists."""

    what = "form"


class UnknownParameter(NotFound):
    """No parameter of a calculation has this id, or none yet on the day asked for."""

    what = "parameter"


class UnknownParameterSet(UnknownParameter):
    """No calculation has parameters under this id."""

    what = "parameter set"


class UnknownCategory(NotFound):
    """No category of cost has this id."""

    what = "category of cost"


class ParameterOutOfRange(HmisStandardsError, ValueError):
    """A parameter was set to what it cannot be. ``expected`` says in words what it can."""

    fields: tuple[str, ...] = ("id", "value", "expected")
    id: str
    value: str
    expected: str

    def message(self) -> str:
        return f"{self.id} cannot be {self.value}: it should be {self.expected}"


class UnknownLearner(NotFound):
    """No training topic is for people of this role or project type."""

    what = "role or project type"


class PrerequisiteCycle(HmisStandardsError, ValueError):
    """Training topics require one another, so none of them can come first. ``cycle`` is the way round."""

    fields: tuple[str, ...] = ("cycle",)
    cycle: str

    def message(self) -> str:
        return f"these topics require one another: {self.cycle}; take one of the requirements out"


class UnknownScoringModel(NotFound):
    """No scoring model of this name is built in or offered by another package. ``known`` are those there are."""

    fields: tuple[str, ...] = ("id", "close", "known")
    known: tuple[str, ...]
    what = "scoring model"

    def message(self) -> str:
        return super().message() if self.close else f"{super().message()}; there are {', '.join(self.known)}"


class UnknownSource(NotFound):
    """No authority in the register has this id."""

    what = "source"


class UnknownMeasure(NotFound):
    """No measure has this id."""

    what = "measure"


class UnknownBenchmark(NotFound):
    """No benchmark has this id."""

    what = "benchmark"


class UnknownBenchmarkSet(UnknownBenchmark):
    """No benchmark set has this id, and no such file exists."""

    what = "benchmark set"


class UnknownCheck(NotFound):
    """No check has this id."""

    what = "check"


class UnknownEdition(NotFound):
    """No edition of the catalog has this name."""

    what = "edition"


class NoEditionThen(UnknownEdition, ValueError):
    """No edition of the catalog was in force on that day. ``id`` is the day, ``first`` and ``since`` the oldest."""

    fields: tuple[str, ...] = ("id", "close", "first", "since")
    first: str
    since: str

    def message(self) -> str:
        return f"no edition of the catalog was in force on {self.id}: the first, {self.first}, begins on {self.since}"


class EditionConflict(HmisStandardsError, ValueError):
    """An edition and a day were given, and on that day another edition was in force."""

    fields: tuple[str, ...] = ("edition", "as_of", "in_force")
    edition: str
    as_of: str
    in_force: str

    def message(self) -> str:
        return (
            f"edition {self.edition} was not in force on {self.as_of}: {self.in_force} was; "
            "give the edition or the day, not both"
        )


class RetiredItem(NotFound):
    """The id existed once; ``since`` and ``replaced_by`` say what became of it."""

    fields: tuple[str, ...] = ("id", "close", "since", "replaced_by")
    since: str
    replaced_by: tuple[str, ...]

    def message(self) -> str:
        after = f"; see {', '.join(self.replaced_by)}" if self.replaced_by else ""
        return f"item {self.id!r} was retired in edition {self.since}{after}"


# --- profiles and answers ----------------------------------------------------------------------------------


class ProfileError(HmisStandardsError, ValueError):
    """A tailoring that cannot be carried out."""

    fields: tuple[str, ...] = ("path", "reason")
    path: str
    reason: str

    def message(self) -> str:
        return f"{self.path}: {self.reason}"


class AnswerError(HmisStandardsError, ValueError):
    """An answer that cannot be taken."""


class AnswerNotAllowed(AnswerError):
    """The answer is not on the item's scale; ``allowed`` lists what is."""

    fields: tuple[str, ...] = ("item", "answer", "allowed")
    item: str
    answer: str
    allowed: tuple[str, ...]

    def message(self) -> str:
        return f"{self.item}: {self.answer!r} is not an answer it takes; use one of {', '.join(self.allowed)}"


class JustificationMissing(AnswerError):
    """``not_applicable`` was given without a reason."""

    fields: tuple[str, ...] = ("item",)
    item: str

    def message(self) -> str:
        return f"{self.item}: not_applicable needs a reason; fill in `reason`"


class NoSuchNeed(AnswerError):
    """A piece of evidence names a need that the item does not have; ``needs`` are those it has."""

    fields: tuple[str, ...] = ("item", "need", "needs")
    item: str
    need: str
    needs: tuple[str, ...]

    def message(self) -> str:
        known = f"use one of {', '.join(self.needs)}, or leave `need` out" if self.needs else "leave `need` out"
        return f"{self.item}: the item has no evidence need {self.need!r}; {known}"


class NotComparable(AnswerError):
    """Two assessments whose scores nobody should set side by side; ``hint`` says how to do it all the same."""

    fields: tuple[str, ...] = ("reason", "hint")
    reason: str
    hint: str

    def message(self) -> str:
        return f"{self.reason}{f'; {self.hint}' if self.hint else ''}"


class EditionMismatch(AnswerError):
    """The assessment was made for another edition than the catalog at hand."""

    fields: tuple[str, ...] = ("found", "expected")
    found: str
    expected: str

    def message(self) -> str:
        return f"the assessment is for edition {self.found}, the catalog is {self.expected}; load that edition"


class RatersDiffer(AnswerError):
    """Assessments that cannot be laid side by side: ``what`` they differ in, and what each has."""

    fields: tuple[str, ...] = ("what", "found")
    what: str
    found: tuple[str, ...]

    def message(self) -> str:
        return f"the assessments of one subject by several raters differ in {self.what}: {', '.join(self.found)}"


class DecisionIncomplete(AnswerError):
    """A decision between raters that does not say who decided, or why. ``missing`` is decided_by or reason."""

    fields: tuple[str, ...] = ("item", "missing")
    item: str
    missing: str

    def message(self) -> str:
        return f"{self.item}: a decision says who decided and why; {self.missing} is missing"


class ScoringModelFault(HmisStandardsError, ValueError):
    """A scoring model of another package cannot be used, or gave something that is not a score."""

    fields: tuple[str, ...] = ("model", "reason")
    model: str
    reason: str

    def message(self) -> str:
        return f"scoring model {self.model}: {self.reason}; tell those who maintain it"


# --- HMIS CSV exports --------------------------------------------------------------------------------------


class ExportError(HmisStandardsError, ValueError):
    """An HMIS CSV export that cannot be read or measured."""

    fields: tuple[str, ...] = ("reason",)
    reason: str

    def message(self) -> str:
        return str(self.reason)


class MissingTable(ExportError):
    """A file of the export that is needed is not there."""

    fields: tuple[str, ...] = ("table", "where")
    table: str
    where: str

    def message(self) -> str:
        return f"{self.where} has no {self.table}.csv; ask the vendor for the full HMIS CSV export"


class MissingColumn(ExportError):
    """A column that is needed is not in the header of its file."""

    fields: tuple[str, ...] = ("table", "column", "close")
    table: str
    column: str
    close: tuple[str, ...]

    def message(self) -> str:
        near = f" (it has {' and '.join(self.close)}, which is close)" if self.close else ""
        return (
            f"{self.table}.csv has no column {self.column}{near}; column names must be exactly as in HUD's CSV format"
        )


class UnsupportedSpec(ExportError):
    """An edition of the HMIS CSV that is not supported here."""

    fields: tuple[str, ...] = ("found", "supported")
    found: str
    supported: tuple[str, ...]

    def message(self) -> str:
        return f"the export is HMIS CSV {self.found}; supported here: {', '.join(self.supported)}"


class BadValue(ExportError):
    """Cells of a needed column cannot be read. Counts only: cells are about people."""

    fields: tuple[str, ...] = ("table", "column", "count", "rows", "form")
    table: str
    column: str
    count: int
    rows: int
    form: str

    def message(self) -> str:
        return (
            f"{self.table}.csv, column {self.column}: {self.count:,} of {self.rows:,} values are not {self.form}; "
            "nothing was measured, because on_bad_value='refuse' was asked for (command line: --strict). Have the "
            "export corrected, or go on without these values"
        )


class MissingExtra(HmisStandardsError, ImportError):
    """An optional dependency is not installed. The message is the command that installs it."""

    fields: tuple[str, ...] = ("extra",)
    extra: str

    def message(self) -> str:
        return f"pip install 'hmis-standards[{self.extra}]'"
