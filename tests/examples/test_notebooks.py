"""The notebooks run to their end without an error or a warning, say what they said, and leave what they promise."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "notebooks"
NAMES = ("analyst", "hmis_lead", "vendor")

# Warnings of what a reader's code calls are errors; the kernel's own, about itself, are not the notebook's.
_STRICT = """\
import warnings
warnings.simplefilter("error")
warnings.filterwarnings("default", module="ipykernel")
"""

pytestmark = pytest.mark.xdist_group("notebooks")


def run(name: str, folder: Path) -> Any:
    """The notebook as it stands after running in an empty folder."""
    book = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    book.cells.insert(0, nbformat.v4.new_code_cell(_STRICT))
    work = folder / "work"
    work.mkdir()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder / "ipython")}
    # What one cell prints may come in pieces where the machine is busy.
    told = {"coalesce_streams": True, "resources": {"metadata": {"path": str(work)}}}
    NotebookClient(book, timeout=300, kernel_name="python3", **told).execute(env=env)
    return book


def outputs(book: Any) -> list[Any]:
    return [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]


def said(book: Any) -> str:
    """What the cells printed and gave, as text."""
    texts = (one.get("text") or one.get("data", {}).get("text/plain", "") for one in outputs(book))
    return "\n".join(texts)


def checked(name: str, folder: Path) -> tuple[str, list[str]]:
    """What the notebook said, and the files it left. Nothing came out on standard error."""
    book = run(name, folder)
    assert [one for one in outputs(book) if one.get("name") == "stderr" or one.output_type == "error"] == []
    pictures = [one for one in outputs(book) if "image/png" in one.get("data", {})]
    assert len(pictures) >= 2
    assert all(one.metadata["image/png"]["alt"] for one in pictures)
    return said(book), sorted(path.name for path in (folder / "work").iterdir())


def test_the_analyst_measures_judges_and_publishes(tmp_path: Path) -> None:
    text, files = checked("analyst", tmp_path)
    assert files == ["published.csv", "published.png", "to-do-by-project.csv"]
    assert "nothing that touches what is measured" in text
    assert "start    median  1.0 days, nine of ten within 10" in text
    assert "71 of 1833: The day on which homelessness began is blank" in text
    assert "64 targets missed by 18 projects" in text
    with (tmp_path / "work" / "published.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["slice"] for row in rows} <= {"system", "project_type", ""}
    people = [row for row in rows if row["measure"].endswith("-error") and row["numerator"]]
    assert people
    assert [row for row in people if 0 < int(float(row["numerator"])) < 11] == []


def test_the_hmis_lead_goes_from_answers_to_a_plan(tmp_path: Path) -> None:
    text, files = checked("hmis_lead", tmp_path)
    assert files == ["answers.xlsx", "plan.xlsx", "report.html", "sections.png"]
    assert "<Score 75 % (61–80 %) of 156 items, 81 % assessed: developing, fail>" in text
    assert "Once all actions are done, the score is at least 80.1 %." in text
    assert "45 actions planned; 50 gaps known" in text
    assert "XX-500: where our HMIS stands" in (tmp_path / "work" / "report.html").read_text(encoding="utf-8")


def test_the_vendor_checks_an_export_and_declares(tmp_path: Path) -> None:
    text, files = checked("vendor", tmp_path)
    assert files == ["broken.zip", "checks.csv", "declaration.yaml"]
    assert "24 files, 519 columns" in text
    assert "45 checks of the files, 0 found something" in text
    assert "Exit.csv has no column Destination" in text
    assert "5 checks could not be made at all" in text
    assert "67 of 69 required functions are there" in text
    assert "corrective-action - 3 corrective actions" in text
    assert "the declaration is sound" in text


@pytest.mark.parametrize("name", NAMES)
def test_notebooks_are_stored_clean(name: str) -> None:
    """No outputs, no counters, no traces of a machine; ids of cells by their place."""
    text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
    book = json.loads(text)
    assert [cell["id"] for cell in book["cells"]] == [
        f"{name}-{place:02}" for place in range(1, len(book["cells"]) + 1)
    ]
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert all(cell["metadata"] == {} for cell in book["cells"])
    assert set(book["metadata"]) == {"kernelspec", "language_info"}
    assert set(book["metadata"]["language_info"]) == {"name"}
    assert text == json.dumps(book, indent=1, ensure_ascii=False) + "\n"
    nbformat.validate(nbformat.read(FOLDER / f"{name}.ipynb", as_version=4))


def test_every_notebook_is_tested() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == sorted(NAMES)
