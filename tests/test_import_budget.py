"""What importing and loading may cost. In CPU time, so that a busy machine does not matter.

Three times the budget is allowed, best of five, for slow machines.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from hmis_standards.store.load import build_catalog, read_tree

ROOT = Path(__file__).resolve().parents[1]
IMPORT_SECONDS = 3 * 0.005
LOAD_SECONDS = 3 * 0.450
HEAVY = ("attrs", "attr", "yaml", "jsonschema", "cattrs", "duckdb", "pyarrow", "click", "jinja2")

TIMED = "import sys, time; start = time.process_time(); import hmis_standards; print(time.process_time() - start)"
LOADED = f"import sys, hmis_standards; print([name for name in {HEAVY!r} if name in sys.modules])"
LISTED = f"import sys, hmis_standards; dir(hmis_standards); print([name for name in {HEAVY!r} if name in sys.modules])"


def run(code: str) -> str:
    """What a fresh interpreter prints, without the packages that install themselves at its start."""
    before = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    done = subprocess.run([sys.executable, "-I", "-c", before + code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_importing_the_package_costs_next_to_nothing() -> None:
    assert min(float(run(TIMED)) for _ in range(5)) <= IMPORT_SECONDS


def test_importing_the_package_imports_nothing_else() -> None:
    assert run(LOADED) == "[]"
    assert run(LISTED) == "[]"


def test_loading_the_catalog_of_a_checkout() -> None:
    times = []
    for _ in range(5):
        start = time.process_time()
        build_catalog(read_tree(ROOT / "standards_data"), "2026.1")
        times.append(time.process_time() - start)
    assert min(times) <= LOAD_SECONDS


def test_a_first_load_in_a_fresh_interpreter() -> None:
    code = "import time; start = time.process_time(); import hmis_standards; hmis_standards.load_catalog(); "
    assert min(float(run(code + "print(time.process_time() - start)")) for _ in range(5)) <= LOAD_SECONDS


def test_the_catalog_is_loaded_once() -> None:
    assert run("import hmis_standards as hs; print(hs.load_catalog() is hs.load_catalog())") == "True"


def test_what_only_tells_faults_is_not_loaded_where_there_are_none() -> None:
    names = "print([name for name in ('cattrs', 'jsonschema') if name in sys.modules])"
    assert run(f"import sys, hmis_standards; list(hmis_standards.load_catalog().values()); {names}") == "[]"
    validated = f"assert validate({str(ROOT / 'standards_data')!r}) == []"
    assert run(f"import sys; from hmis_standards.store import validate; {validated}; {names}") == "[]"
