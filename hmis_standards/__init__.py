"""HUD's HMIS Lead Series as cited data, with scoring, gap analysis and measured data quality.

Importing this package imports nothing else: each name loads its module on first use.
"""

from __future__ import annotations

from hmis_standards._lazy import attach
from hmis_standards._version import __version__

TYPE_CHECKING = False  # type checkers take it as true; importing it from typing costs more than all the rest
if TYPE_CHECKING:
    from hmis_standards.assess import (
        Agreement,
        Assessment,
        Assessor,
        Comparison,
        Evidence,
        Gap,
        Merged,
        Migration,
        Plan,
        Portfolio,
        Reconciliation,
        Response,
        Score,
        Subject,
        agreement,
        carry_over,
        compare,
        gaps,
        merge_answers,
        plan,
        portfolio,
        reconcile,
        score,
        what_if,
    )
    from hmis_standards.exchange import (
        merge_files,
        migrate,
        portfolio_of_files,
        read_assessment,
        validate,
        write_assessment,
    )
    from hmis_standards.model import (
        Alignment,
        Benchmark,
        BenchmarkSet,
        Catalog,
        Check,
        CheckSet,
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
        load_checks,
        load_hmis_csv,
        load_profile,
    )

__all__ = [
    "Agreement",
    "Alignment",
    "Assessment",
    "Assessor",
    "Benchmark",
    "BenchmarkSet",
    "Catalog",
    "Check",
    "CheckSet",
    "Comparison",
    "Document",
    "Evidence",
    "Gap",
    "Item",
    "Merged",
    "Migration",
    "Plan",
    "Portfolio",
    "Profile",
    "Reconciliation",
    "Response",
    "Score",
    "Source",
    "Subject",
    "__version__",
    "agreement",
    "carry_over",
    "compare",
    "gaps",
    "load_alignment",
    "load_benchmarks",
    "load_catalog",
    "load_checks",
    "load_hmis_csv",
    "load_profile",
    "merge_answers",
    "merge_files",
    "migrate",
    "plan",
    "portfolio",
    "portfolio_of_files",
    "read_assessment",
    "reconcile",
    "score",
    "tailor",
    "validate",
    "what_if",
    "write_assessment",
]

_WHERE = {
    **dict.fromkeys(("Alignment", "Benchmark", "BenchmarkSet", "Catalog", "Document", "Item"), "model"),
    **dict.fromkeys(("Check", "CheckSet", "Profile", "Source", "tailor"), "model"),
    **dict.fromkeys(("load_alignment", "load_benchmarks", "load_catalog", "load_checks"), "store"),
    **dict.fromkeys(("load_hmis_csv", "load_profile"), "store"),
    **dict.fromkeys(("Assessment", "Assessor", "Evidence", "Response", "Subject"), "assess"),
    **dict.fromkeys(("Agreement", "Portfolio", "Reconciliation", "agreement", "portfolio", "reconcile"), "assess"),
    **dict.fromkeys(("Gap", "Plan", "Score", "carry_over", "gaps", "plan", "score", "what_if"), "assess"),
    **dict.fromkeys(("Comparison", "Merged", "Migration", "compare", "merge_answers"), "assess"),
    **dict.fromkeys(("migrate", "portfolio_of_files", "read_assessment", "validate", "write_assessment"), "exchange"),
    "merge_files": "exchange",
    "__version__": "_version",
}

__getattr__, __dir__ = attach(__name__, _WHERE)
