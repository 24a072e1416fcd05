"""Settings of all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadline: a slow machine is not a fault. The same examples on every run of the service that checks changes.
settings.register_profile("hmis-standards", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("hmis-standards")
