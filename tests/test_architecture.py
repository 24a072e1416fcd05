"""Who imports whom: read from the source with ast, so that a wrong arrow fails here and not in a reader's head."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "hmis_standards"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
BOTTOM = {"errors", "vocabulary", "ids", "tabular", "_lazy", "_version"}
MIDDLE = {"store", "assess", "toolkit", "measure"}

# Each part, and the parts it may import besides itself.
ALLOWED: dict[str, set[str]] = {
    "_lazy": set(),
    "_version": set(),
    "errors": set(),
    "vocabulary": set(),
    "ids": {"errors", "vocabulary"},
    "tabular": {"errors", "vocabulary", "ids"},
    "model": BOTTOM,
    "store": BOTTOM | {"model"},
    "assess": BOTTOM | {"model"},
    "toolkit": BOTTOM | {"model", "store"},
    "measure": BOTTOM | {"model", "store"},
    "exchange": BOTTOM | {"model"} | MIDDLE,
    "report": BOTTOM | {"model"} | MIDDLE,
    "cli": BOTTOM | {"model", "exchange", "report"} | MIDDLE,
    "__main__": BOTTOM | {"cli"},
    "__init__": BOTTOM | {"model", "exchange", "report"} | MIDDLE,
}
# Files that look further than their part: bridges from measured results to answers, and from answers to a scorecard;
# the report as a workbook is made of the sheets that all workbooks are made of.
FURTHER = {
    "measure/evidence.py": {"assess"},
    "toolkit/vendor_scorecard.py": {"assess"},
    "report/workbook.py": {"exchange"},
    "report/data_sheets.py": {"exchange"},
    "report/trend_sheet.py": {"exchange"},
}

# A library outside the standard one, and where it may be imported.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "scipy": ("assess/cheapest.py",),
    "attrs": ("model/", "store/", "assess/", "toolkit/", "measure/", "exchange/", "report/"),
    "yaml": ("store/",),
    "jsonschema": ("store/",),
    "cattrs": ("store/",),
    "duckdb": ("measure/engine/",),
    "py4j": ("measure/engine/spark.py",),
    "pyspark": ("measure/engine/",),
    "sqlglot": ("measure/engine/", "measure/predicates.py"),
    "pyarrow": ("measure/", "tabular.py"),
    "pandas": ("tabular.py",),
    "matplotlib": ("report/plots.py", "report/plots_canvas.py"),
    "jinja2": ("report/",),
    "markupsafe": ("report/",),
    "xlsxwriter": ("exchange/sheets.py",),
    "python_calamine": ("exchange/excel_reading.py",),
    "click": ("cli/",),
    "rich": ("cli/",),
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    """The part a module belongs to: the folder, or the module itself at the top."""
    return name_of(path).split("/")[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, at any depth, also for type checkers only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield node.lineno, one.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            module = node.module or ""
            if module == "hmis_standards":
                yield from ((node.lineno, f"{module}.{one.name}") for one in node.names)
            else:
                yield node.lineno, module


def own_parts(path: Path) -> Iterator[tuple[int, str]]:
    """Line and part of everything of this package that a module imports."""
    for line, name in imports_of(path):
        head, _, rest = name.partition(".")
        if head == "hmis_standards":
            yield line, _part_or_facade(rest)


def _part_or_facade(rest: str) -> str:
    first = rest.split(".")[0]
    return first if (PACKAGE / first).is_dir() or (PACKAGE / f"{first}.py").is_file() else "__init__"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_arrows_point_one_way(path: Path) -> None:
    part = part_of(path)
    allowed = ALLOWED[part] | FURTHER.get(name_of(path), set()) | {part}
    wrong = [f"{path}:{line}: {part} imports {other}" for line, other in own_parts(path) if other not in allowed]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    wrong = []
    for line, name in imports_of(path):
        places = LIBRARIES.get(name.split(".")[0])
        if places is not None and not name_of(path).startswith(places):
            wrong.append(f"{path}:{line}: {name} may be imported in {' and '.join(places)} only")
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_other_library_is_used(path: Path) -> None:
    import sys

    known = {*sys.stdlib_module_names, *LIBRARIES, "hmis_standards"}
    assert [f"{path}:{line}: {name}" for line, name in imports_of(path) if name.split(".")[0] not in known] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_prints(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    printed = [
        f"{path}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "input"}
    ]
    assert printed == [] or part_of(path) == "cli"


def test_every_part_has_its_rule() -> None:
    assert {part_of(path) for path in MODULES} <= set(ALLOWED)


def test_rules_for_single_files_are_about_files_that_exist() -> None:
    assert [name for name in FURTHER if not (PACKAGE / name).is_file()] == []


def test_the_walk_sees_a_wrong_arrow(tmp_path: Path) -> None:
    module = tmp_path / "a.py"
    module.write_text("def f():\n    from hmis_standards.store import validate\n    from hmis_standards import score\n")
    assert list(own_parts(module)) == [(2, "store"), (3, "__init__")]
