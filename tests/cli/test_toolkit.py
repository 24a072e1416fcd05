"""The group toolkit: the numbers it lists, and how one sets one's own."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from hmis_standards.cli.app import app
from hmis_standards.store import load_parameters, shipped_parameter_sets


def test_all_numbers_are_listed() -> None:
    for name in shipped_parameter_sets():
        result = CliRunner().invoke(app, ["toolkit", "parameters", name, "--format", "json"])
        assert result.exit_code == 0, result.output
        assert [row["parameter"] for row in json.loads(result.output)] == [one.name for one in load_parameters(name)]


@pytest.mark.parametrize("form", ["table", "csv"])
def test_one_table_a_tool(form: str) -> None:
    result = CliRunner().invoke(app, ["toolkit", "parameters", "--format", form])
    assert result.exit_code == 0
    assert "productive_hours" in result.output


def test_a_tool_that_is_not_there() -> None:
    result = CliRunner().invoke(app, ["toolkit", "parameters", "stafing"])
    assert result.exit_code != 0
    assert "did you mean staffing" in str(result.exception)
