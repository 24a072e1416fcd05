from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import hmis_standards as hs
from hmis_standards.exchange import portfolio_of_files, write_assessment
from hmis_standards.store import profiles
from hmis_standards.store.own_files import sound_file
from hmis_standards.store.raw import Raw
from tests.made_up_assessments import made_up_assessments, write_files

NUMBER = 12


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a dozen JSON files of one document."""
    folder = tmp_path_factory.mktemp("many")
    write_files(NUMBER, folder, documents=["system-administrator"])
    return folder


def made() -> list[hs.Assessment]:
    return list(made_up_assessments(NUMBER, documents=["system-administrator"]))


def test_files_give_what_the_assessments_give(files: Path) -> None:
    told: list[tuple[int, int | None]] = []
    found = portfolio_of_files([files], ranking=True, progress=lambda done, total: told.append((done, total)))
    assert found == hs.portfolio(made(), ranking=True)
    assert told[-1] == (NUMBER, NUMBER)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_two_processes_give_the_same(files: Path) -> None:
    assert portfolio_of_files([files], workers=2, ranking=True) == hs.portfolio(made(), ranking=True)


def test_a_file_named_twice_counts_once(files: Path) -> None:
    assert portfolio_of_files([files, *sorted(files.iterdir())[:3]]).organizations == NUMBER


def spoil(folder: Path) -> list[Path]:
    """Six files that cannot be read, each in its way."""
    data = json.loads((folder / "organization-00001.json").read_text(encoding="utf-8"))
    item = data["responses"][0]["item"]
    texts = {
        "a.json": "{",
        "b.json": json.dumps({**data, "responses": [{"item": item, "answer": "yes"}, {"item": "x", "answer": "y"}]}),
        "c.json": json.dumps({**data, "edition": "1999.1"}),
        "d.csv": "item,answer\n",
        "e.yaml": "format: hmis-standards/assessment/1\nedition: 2026.1\nedition: 2026.1\n",
        "f.json": json.dumps({**data, "responses": [{"item": item, "answr": "met"}]}),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


@pytest.mark.parametrize("workers", [1, 2])
def test_bad_files_are_named_and_the_others_count(files: Path, tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "answers"
    shutil.copytree(files, folder)
    bad = spoil(folder)
    found = portfolio_of_files([folder], workers=workers)
    assert found.organizations == NUMBER
    assert len(found.unread) == len(bad)
    told = [str(problem).removeprefix(f"{folder}/") for problem in found.unread]
    assert all("\n" not in one for one in told)
    assert told[0].startswith("a.json:1: Expecting property name")
    assert told[1].startswith("b.json:1: 'yes' is not an answer")
    assert ", and 1 more at responses/0/answer" in told[1]
    assert told[2].startswith("c.json:1: there is no edition '1999.1'")
    assert told[3].startswith("d.csv:1: missing format, and 4 more")
    assert told[4] == "e.yaml:3: duplicate key 'edition', first on line 2"
    assert told[5] == "f.json:1: unknown key answr at responses/0"
    assert f", {len(bad)} files not read" in repr(found)
    assert found.to_dict()["unread"][0]["path"] == str(bad[0])


def test_what_is_no_assessment_in_a_folder_is_passed_over(files: Path, tmp_path: Path) -> None:
    shutil.copytree(files, tmp_path / "answers")
    folder = tmp_path / "answers"
    (folder / "our-profile.yaml").write_text("# ours\nformat: hmis-standards/profile/1\nid: x\n", encoding="utf-8")
    (folder / "set.json").write_text('{"format": "hmis-standards/benchmarks/1"}', encoding="utf-8")
    (folder / "readme.txt").write_text("not ours", encoding="utf-8")
    (folder / ".hidden.json").write_text("{", encoding="utf-8")
    (folder / "older").mkdir()
    assert portfolio_of_files([folder]).unread == ()
    (problem,) = portfolio_of_files([folder / "our-profile.yaml"]).unread
    assert "should be 'hmis-standards/assessment/1'" in problem.message


def test_all_kinds_of_files(tmp_path: Path) -> None:
    for one, suffix in zip(made()[:5], (".json", ".yaml", ".csv", ".xlsx", ".yml"), strict=True):
        write_assessment(one, tmp_path / f"a{suffix}")
    assert portfolio_of_files([tmp_path]) == hs.portfolio(made()[:5])


def test_an_own_profile_beside_the_files_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "format: hmis-standards/profile/1\nid: ours\ntitle: Ours\ntext: Made up.\n"
        "exclude:\n- {items: [system-administrator/GOV-01], reason: Not here.}\n"
    )
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    catalog = hs.tailor(hs.load_catalog(), hs.load_profile(path))
    for place, one in enumerate(made_up_assessments(4, documents=["system-administrator"], catalog=catalog)):
        write_assessment(one, tmp_path / f"{place}.json")
    reads: list[object] = []

    def counting(path: Path, kind: str) -> Raw:
        reads.append(path)
        return sound_file(path, kind)

    monkeypatch.setattr(profiles, "sound_file", counting)
    profiles._own.cache_clear()
    found = portfolio_of_files([tmp_path], min_group=1)
    assert (found.organizations, found.unread, len(reads)) == (4, (), 1)
    assert "system-administrator/GOV-01" not in [one.item for one in found.items]
    path.write_text(text.replace("GOV-01", "GOV-02"), encoding="utf-8")  # the same size: the time of change tells
    assert portfolio_of_files([tmp_path], min_group=1).unread


def test_what_is_refused(files: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="workers 0 is below 1"):
        portfolio_of_files([files], workers=0)
    with pytest.raises(ValueError, match="min_group 0 is not a whole number"):
        portfolio_of_files([files], min_group=0)
    with pytest.raises(FileNotFoundError):
        portfolio_of_files([tmp_path / "none.json"])
    assert portfolio_of_files([tmp_path]).organizations == 0
