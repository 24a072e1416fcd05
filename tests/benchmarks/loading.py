"""What importing, loading and validating cost, in milliseconds of CPU time over the bare interpreter.

``python -m tests.benchmarks.loading [runs]`` from the root of a checkout. Every run is a fresh interpreter; the wheel
is built and unpacked for the purpose. The best is the figure to compare, the mean tells how busy the machine was.
"""

from __future__ import annotations

import compileall
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from statistics import mean

from build import ProjectBuilder
from pyproject_hooks import quiet_subprocess_runner

ROOT = Path(__file__).resolve().parents[2]
LOADED = "import hmis_standards as hs; catalog = hs.load_catalog()"
TOUCHED = f"{LOADED}; list(catalog.values()); list(catalog.benchmark_sets)"
VALIDATED = f"from hmis_standards.store import validate; assert validate({str(ROOT / 'standards_data')!r}) == []"


def unpacked_wheel(folder: Path) -> Path:
    """A folder with the package as pip would install it."""
    wheel = ProjectBuilder(ROOT, runner=quiet_subprocess_runner).build("wheel", folder / "dist")
    packages = folder / "packages"
    zipfile.ZipFile(wheel).extractall(packages)
    compileall.compile_dir(packages, quiet=1)
    return packages


def cpu(code: str, on_path: Path, runs: int) -> list[float]:
    """Milliseconds of whole processes that run the code and end."""
    whole = f"import sys, time; sys.path.insert(0, {str(on_path)!r}); {code}; print(time.process_time())"
    done = (subprocess.run([sys.executable, "-I", "-c", whole], capture_output=True, check=True) for _ in range(runs))
    return [1000 * float(one.stdout) for one in done]


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        wheel = unpacked_wheel(Path(folder))
        bare = cpu("pass", wheel, runs)
        print(f"{'milliseconds':44}{'budget':>8}{'best':>8}{'mean':>8}")
        for name, budget, code, on_path in (
            ("import hmis_standards", 5, "import hmis_standards", wheel),
            ("import attrs, which loading cannot do without", 0, "import attrs", wheel),
            ("load_catalog(), wheel", 100, LOADED, wheel),
            ("the same, every item and benchmark looked at", 0, TOUCHED, wheel),
            ("load_catalog(), checkout", 450, LOADED, ROOT),
            ("validate standards_data", 1000, VALIDATED, ROOT),
        ):
            taken = cpu(code, on_path, runs)
            best, average = min(taken) - min(bare), mean(taken) - mean(bare)
            print(f"{name:46}{budget or '':>6}{best:8.1f}{average:8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
