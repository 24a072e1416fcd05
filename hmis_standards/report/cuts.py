"""For whom a report is: which parts it shows, in which order, and of which documents."""

from __future__ import annotations

from attrs import frozen

from hmis_standards.tabular import Plain

__all__ = ["CUTS", "Cut", "cut_named"]


@frozen(kw_only=True)
class Cut(Plain):
    """A choice of parts for one kind of reader. An empty ``products`` means the documents of all HUD's products.

    ``answers`` is whether the items show what was answered to them in full: note, reason and evidence.
    ``workings`` is whether they show points and every citation, too.
    ``print_items`` is whether the items print although they are folded away on the screen.
    ``facts`` are those at the head of the page by label; all if empty.
    """

    name: str
    title: str
    text: str
    parts: tuple[str, ...]
    products: tuple[int, ...] = ()
    answers: bool = True
    workings: bool = False
    print_items: bool = True
    facts: tuple[str, ...] = ()


_ALL = (
    *("words", "verdict", "score", "gaps", "plan", "data", "checks", "trends", "proposals", "items", "sources"),
    "method",
)
_TRACE = (
    *("words", "verdict", "logic", "score", "points", "data", "checks", "trends", "proposals", "items", "gaps"),
    *("sources", "method", "record"),
)

CUTS = {
    cut.name: cut
    for cut in (
        Cut(name="all", title="", text="", parts=_ALL, print_items=False),
        Cut(
            name="board",
            title="For the board",
            text="Where the HMIS stands, and what the board is asked to decide. The full report has every item.",
            parts=("words", "decisions", "overview", "trend", "tallies", "limits"),
            facts=("Subject", "Assessed", "By", "Data period", "Benchmarks", "Edition"),
        ),
        Cut(
            name="agency",
            title="For an agency",
            text="What the projects named below can mend themselves: their own counts, and what to do about each.",
            parts=("project", "project_checks", "method"),
            facts=("Subject", "Data", "Data period", "Benchmarks", "Edition"),
        ),
        Cut(
            name="vendor",
            title="For the software vendor",
            text=(
                "What is asked of the vendor and its software, and what the software can do so that errors do not come "
                "back. Counts of clients, results of agencies, notes and evidence are not in it."
            ),
            parts=("words", "verdict", "score", "gaps", "vendor_checks", "items", "sources", "method"),
            products=(7, 9),
            answers=False,
        ),
        Cut(
            name="auditor",
            title="For an auditor",
            text=(
                "Every item with its answer, its evidence and what it cites, the logic of each gate, and every number "
                "exactly, so that all of it can be worked out again."
            ),
            parts=_TRACE,
            workings=True,
        ),
    )
}
"""The cuts by name; ``all`` is the report that nothing is cut from."""


def cut_named(cut: str | Cut) -> Cut:
    """The cut of that name, or the cut itself. Raises ValueError for a name there is not."""
    if isinstance(cut, Cut):
        return cut
    if cut not in CUTS:
        raise ValueError(f"there is no cut {cut!r}; there are {', '.join(CUTS)}")
    return CUTS[cut]
