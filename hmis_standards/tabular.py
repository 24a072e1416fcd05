"""What every result can do: become plain values, become a data frame, show itself in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Protocol, SupportsIndex, TypeVar, overload

from hmis_standards.errors import MissingExtra

__all__ = [
    "Plain",
    "Table",
    "Tabular",
    "decimal_text",
    "escape",
    "exact",
    "frame",
    "html_table",
    "percent_text",
    "plain",
    "typed",
    "visible",
]

_LONGEST = 100
_LONGEST_CELL = 600


def plain(value: Any) -> Any:
    """``value`` as dicts, lists, strings and numbers, ready for JSON. Fractions become exact text (``"3/4"``)."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if hasattr(type(value), "__attrs_attrs__"):
        return _fields(value)
    return _plain_value(value)


def _fields(value: Any) -> dict[str, Any]:
    """The public fields of an attrs instance, as plain values."""
    names = [field.name for field in type(value).__attrs_attrs__]
    return {name: plain(getattr(value, name)) for name in names if not name.startswith("_")}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, frozenset, set)):
        return [plain(one) for one in value]
    return value


def exact(text: str) -> Fraction:
    """The number that somebody typed: ``12``, ``0.25``, ``1/3``, ``1e3``.

    Raises ValueError for what is none, and for one of more than about a hundred digits: ``1e999999999`` would fill the
    memory.
    """
    power = text.lower().partition("e")[2].lstrip("+-").lstrip("0")
    if len(text) > _LONGEST or len(power) > 2:
        raise ValueError("too long for a number")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError("divides by 0") from None


def typed(value: Fraction | float | str) -> Fraction:
    """A number a program was given, exactly as it is written: 0.8 is 4/5. Raises ValueError as ``exact`` does."""
    return value if isinstance(value, Fraction) else exact(str(value))


def decimal_text(value: Fraction | None, places: int) -> str:
    """``value`` with ``places`` decimals, halves rounded up (away from zero); empty for None.

    The one place of the package where a number is rounded for display.
    """
    if value is None:
        return ""
    sign = "-" if value < 0 else ""
    scaled = abs(value) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    digits = str(whole).rjust(places + 1, "0")
    text = digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}"
    return f"{sign}{text}" if whole else text


def percent_text(value: Fraction | None, places: int = 0) -> str:
    """``value`` as a percentage for people; a dash where there is no number."""
    return "–" if value is None else f"{decimal_text(value * 100, places)} %"


def visible(text: str) -> str:
    """``text`` for a page that people read: what could not be seen there, or would turn its neighbors around, is named.

    Control characters become their pictures (``␀``), marks that change the direction of writing their code points
    (``⟨U+202E⟩``), and halves of characters ``�``; files of data keep them as they are. Line ends become ``\\n``.
    """
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_VISIBLE)


class _Visible(dict[int, int | str]):
    """For every character what stands in its place, worked out when it is first met."""

    def __missing__(self, code: int) -> int | str:
        self[code] = found = _visible(code)
        return found


_VISIBLE = _Visible({9: 9, 10: 10})
_NO_CHARACTERS = {*range(0xD800, 0xE000), 0xFFFE, 0xFFFF}
_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def _visible(code: int) -> int | str:
    if code < 0x20 or code == 0x7F:
        return 0x2421 if code == 0x7F else 0x2400 + code
    if code in _TURNING or 0x80 <= code < 0xA0:
        return f"⟨U+{code:04X}⟩"
    return 0xFFFD if code in _NO_CHARACTERS else code


class Plain:
    """Mix-in: ``to_dict()`` of an attrs class."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """All public fields as plain values."""
        return _fields(self)

    def _repr_html_(self) -> str:
        return html_table([{"": name, "value": value} for name, value in self.to_dict().items()])


class Tabular:
    """Mix-in for results that are tables: give ``rows()``, get ``to_frame()`` and a notebook table."""

    __slots__ = ()

    def rows(self) -> list[dict[str, Any]]:
        """One flat dict a row, the same keys in every row."""
        raise TypeError(f"{type(self).__name__} has no rows()")

    def to_frame(self) -> Any:
        """A pandas DataFrame if pandas is installed, else a pyarrow Table.

        Raises:
            MissingExtra: neither is installed; its message is the pip command.
        """
        return frame(self.rows())

    def _repr_html_(self) -> str:
        return html_table(self.rows())


class _Row(Protocol):
    """Whatever can say itself as one flat row of a table."""

    def row(self) -> dict[str, Any]: ...
    def to_dict(self) -> dict[str, Any]: ...


T = TypeVar("T", bound=_Row)


class Table(tuple[T, ...], Tabular):
    """A tuple of things of one kind that is a table too. Equal to a plain tuple of the same; a slice is such a table.

    A subclass names its kind in ``kind``, in the plural: the key of ``to_dict()`` and a word of the repr.
    """

    __slots__ = ()
    kind = "rows"

    @overload
    def __getitem__(self, place: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Table[T]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> T | Table[T]:
        if isinstance(place, slice):
            return type(self)(super().__getitem__(place))
        return super().__getitem__(place)

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a member, in order."""
        return [one.row() for one in self]

    def to_dict(self) -> dict[str, Any]:
        """The members as plain values, under the name of their kind."""
        return {self.kind: [one.to_dict() for one in self]}

    def __repr__(self) -> str:
        first = ", ".join(str(next(iter(one.row().values()), "")) for one in self[:3])
        return f"<{len(self)} {self.kind}{': ' if self else ''}{first}{', …' if len(self) > 3 else ''}>"


def frame(rows: Sequence[Mapping[str, Any]]) -> Any:
    """``rows`` as a pandas DataFrame if pandas is installed, else as a pyarrow Table."""
    try:
        import pandas
    except ImportError:
        return _arrow(rows)
    return pandas.DataFrame([dict(row) for row in rows])


def _arrow(rows: Sequence[Mapping[str, Any]]) -> Any:
    try:
        import pyarrow
    except ImportError:
        raise MissingExtra("data") from None
    return pyarrow.Table.from_pylist([dict(row) for row in rows])


def html_table(rows: Iterable[Mapping[str, Any]], most: int = 200) -> str:
    """An HTML table of the first ``most`` rows, every cell escaped and cut where it is very long.

    It has no color of its own, so that it can be read on a light and on a dark page.
    """
    listed = list(rows)
    if not listed:
        return "<p>nothing to show</p>"
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in listed[0])
    body = "".join(_html_row(row) for row in listed[:most])
    more = f"<p>{len(listed) - most} more rows</p>" if len(listed) > most else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def escape(text: str) -> str:
    """``text`` as HTML. Imported only now: the table of all named characters, of no use here, comes with it."""
    from html import escape

    return escape(text)


def _html_row(row: Mapping[str, Any]) -> str:
    return "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row.values()) + "</tr>"


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return escape(text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]} …")
