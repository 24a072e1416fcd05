"""``python -m hmis_standards``: the same as the command ``hmis-standards``."""

from hmis_standards.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
