"""HUD's HMIS Lead Series as cited data, with scoring, gap analysis and measured data quality.

Importing this package imports nothing else: each name loads its module on first use.
"""

from __future__ import annotations

from hmis_standards._lazy import attach
from hmis_standards._version import __version__

TYPE_CHECKING = False  # type checkers take it as true; importing it from typing costs more than all the rest
if TYPE_CHECKING:
    from hmis_standards.assess import (
        Assessment,
        Assessor,
        Evidence,
        Gap,
        Plan,
        Response,
        Score,
        Subject,
        carry_over,
        gaps,
        plan,
        score,
        what_if,
    )
    from hmis_standards.exchange import read_assessment, validate, write_assessment
    from hmis_standards.model import (
        Alignment,
        Benchmark,
        BenchmarkSet,
        Catalog,
        Document,
        Item,
        Profile,
        Source,
        tailor,
    )
    from hmis_standards.store import (
        load_alignment,
        load_benchmarks,
        load_catalog,
        load_hmis_csv,
        load_profile,
    )

__all__ = [
    "Alignment",
    "Assessment",
    "Assessor",
    "Benchmark",
    "BenchmarkSet",
    "Catalog",
    "Document",
    "Evidence",
    "Gap",
    "Item",
    "Plan",
    "Profile",
    "Response",
    "Score",
    "Source",
    "Subject",
    "__version__",
    "carry_over",
    "gaps",
    "load_alignment",
    "load_benchmarks",
    "load_catalog",
    "load_hmis_csv",
    "load_profile",
    "plan",
    "read_assessment",
    "score",
    "tailor",
    "validate",
    "what_if",
    "write_assessment",
]

_WHERE = {
    **dict.fromkeys(("Alignment", "Benchmark", "BenchmarkSet", "Catalog", "Document", "Item"), "model"),
    **dict.fromkeys(("Profile", "Source", "tailor"), "model"),
    **dict.fromkeys(("load_alignment", "load_benchmarks", "load_catalog", "load_hmis_csv", "load_profile"), "store"),
    **dict.fromkeys(("Assessment", "Assessor", "Evidence", "Response", "Subject"), "assess"),
    **dict.fromkeys(("Gap", "Plan", "Score", "carry_over", "gaps", "plan", "score", "what_if"), "assess"),
    **dict.fromkeys(("read_assessment", "validate", "write_assessment"), "exchange"),
    "__version__": "_version",
}

__getattr__, __dir__ = attach(__name__, _WHERE)
