"""Make `sample/hmis-export.zip`, a believable FY2026 HMIS CSV export of a community that does not exist.

Usage:
    python examples/make_sample_export.py [-o PATH]     write the archive
    python examples/make_sample_export.py --check       exit 1 if the archive on disk holds anything else
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
for _place in (HERE.parent, HERE):  # so that it works from a bare checkout, and when loaded from elsewhere
    if str(_place) not in sys.path:
        sys.path.insert(0, str(_place))

from sample_export.build import build_zip  # noqa: E402
from sample_export.writer import content  # noqa: E402

DEFAULT = HERE / "sample" / "hmis-export.zip"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the sample HMIS CSV export (FY2026).")
    parser.add_argument("-o", "--output", type=Path, default=DEFAULT, metavar="PATH", help="where to write the zip")
    parser.add_argument("--check", action="store_true", help="compare with the file on disk instead of writing it")
    options = parser.parse_args(arguments)
    path: Path = options.output
    made = build_zip()
    if options.check:
        same = path.is_file() and content(path.read_bytes()) == content(made)
        print(f"{path}: {'up to date' if same else 'differs from what the generator makes'}")
        return 0 if same else 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made)
    print(f"{path}: {len(made):,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
