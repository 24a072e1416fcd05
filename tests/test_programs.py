from __future__ import annotations

from pathlib import Path

import pytest

from tests.programs import program, without


def test_what_is_not_there_is_skipped_and_fails_in_continuous_integration(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("CI", "HMIS_STANDARDS_TESTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match="there is no chromium"):
        program("chromium", "google-chrome")
    for name, value in (("CI", "true"), ("HMIS_STANDARDS_TESTS", "all")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            with pytest.raises(pytest.fail.Exception, match=r"cannot be made: there is no Java"):
                without("there is no Java")
