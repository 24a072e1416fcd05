"""toolkit training and toolkit curriculum, on the example files and on bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hmis_standards.cli import main
from hmis_standards.cli.app import app

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "toolkit"
FILES = ["--users-file", str(EXAMPLES / "users.csv"), "--log", str(EXAMPLES / "training-log.csv"), "--on", "2026-09-30"]
COURSES = ["--courses", str(EXAMPLES / "courses.yaml")]
ACTIVITY = ["--activity", str(EXAMPLES / "user-activity.csv")]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["toolkit", *arguments])


def test_the_example_tells_its_mess_line_by_line() -> None:
    result = run("training", *FILES, *COURSES, *ACTIVITY)
    assert result.exit_code == 0, result.output
    told = [line.partition("examples/toolkit/")[2] for line in result.stderr.splitlines()]
    assert [line.partition(": ")[0] for line in told] == [
        *("users.csv:11", "users.csv:15", "users.csv:18", "users.csv:21"),
        *("training-log.csv:32", "training-log.csv:57", "training-log.csv:72", "training-log.csv:92"),
        *("training-log.csv:92", "training-log.csv:103", "training-log.csv:122", "training-log.csv:133"),
        "training-log.csv:225",
        *("user-activity.csv:16", "user-activity.csv:42", "user-activity.csv:62"),
    ]


def test_the_tutorial_shows_these_messages_and_counts() -> None:
    page = (EXAMPLES.parents[1] / "docs" / "tools" / "training.md").read_text(encoding="utf-8")
    told = run("training", *FILES, *COURSES, *ACTIVITY).stderr.splitlines()
    assert [line for line in (one.partition("examples/toolkit/")[2] for one in told) if line not in page] == []
    lines = [
        (EXAMPLES / name).read_text(encoding="utf-8").count("\n") - 1 for name in ("users.csv", "training-log.csv")
    ]
    assert f"{lines[0]} users and {lines[1]} lines" in page


def test_only_counts_unless_users_are_asked_for() -> None:
    for form in ("table", "json", "csv"):
        counts = run("training", *FILES, *COURSES, *ACTIVITY, "--format", form).stdout
        assert "u001" not in counts
        assert "u001" in run("training", *FILES, *COURSES, "--users", "--format", form).stdout
    assert "u001" not in run("training", *FILES, *COURSES, "--explain").stdout


def test_the_example_as_data() -> None:
    told = json.loads(run("training", *FILES, *COURSES, *ACTIVITY, "--format", "json").stdout)
    figures = {one["figure"]: one["value"] for one in told["figures"]}
    assert figures["users"] == "24"
    assert told["effect"]["topic"] == "end-user-training/T25"
    topics = {row["topic"] for row in told["topics"]}
    assert len(topics) == 38


def test_a_number_of_ones_own() -> None:
    told = json.loads(run("training", *FILES, *COURSES, "--set", "class_size=4", "--format", "json").stdout)
    figures = {one["figure"]: one for one in told["figures"]}
    assert int(figures["classes"]["value"]) >= int(figures["seats"]["value"]) / 4
    explained = run("training", *FILES, *COURSES, "--set", "class_size=4", "--explain").stdout
    assert "class_size = 4 seats per class" in explained


def test_a_file_is_written(tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    assert run("training", *FILES, *COURSES, "-o", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("topic,title,before_access,users,current,coverage,goal")


def test_the_curriculum() -> None:
    result = run("curriculum", "--role", "end_user", "--project-type", "outreach")
    assert result.exit_code == 0
    assert "end-user-training/T20" in result.stdout
    assert result.stdout.endswith("Time in class before access: 500 minutes\nTime in class: 630 minutes\n")
    explained = run("curriculum", "--role", "end_user", "--project-type", "outreach", "--explain").stdout
    assert "minutes_T20 = 40 minutes" in explained


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["curriculum", "--role", "end_usr"], "there is no role or project type 'end_usr'; did you mean end_user?"),
        (["training", *FILES, *ACTIVITY, "--effect-of", "T99"], "there is no training topic 'T99'"),
        (["training", *FILES, "--set", "grace=-1"], "grace cannot be -1: it should be from 0 to 365"),
        (["training", *FILES, "--set", "grase=1"], "there is no parameter 'grase'; did you mean grace?"),
        (["training", *FILES, "--users-file", "nowhere.csv"], "nowhere.csv: No such file or directory"),
    ],
)
def test_bad_input_is_one_paragraph(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["toolkit", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_log_without_a_needed_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "log.csv"
    path.write_text("user,topic,score\na,T01,90\n", encoding="utf-8")
    assert main(["toolkit", "training", *FILES[:2], "--log", str(path)]) == 2
    assert "log.csv:1: missing column completed" in capsys.readouterr().err
