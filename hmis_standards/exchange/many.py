"""Many assessment files as one portfolio, read one at a time, by several processes if asked for."""

from __future__ import annotations

import datetime
import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from attrs import evolve

from hmis_standards.assess import Assessment, Portfolio, Tally, portfolio, tally
from hmis_standards.assess.portfolio import Share
from hmis_standards.errors import AnswerError, DataError, DocumentSyntaxError, InvalidDocument, Problem
from hmis_standards.exchange.files import SUFFIXES, read_assessment
from hmis_standards.store import load_catalog
from hmis_standards.store.collector import no_collecting

__all__ = ["portfolio_of_files"]

_MOST_OF_A_CHUNK = 100
_CHUNKS_A_WORKER = 4  # at least, so that nobody waits long for the last one
_OTHER_KIND = re.compile(rb"""format["']?\s*:\s*["']?hmis-standards/(?!assessment/)[a-z_]+/""")
_HEAD = 4096

Counted = tuple[Tally, tuple[Problem, ...]]


def portfolio_of_files(
    paths: str | Path | Iterable[str | Path],
    as_of: str | datetime.date | None = None,
    *,
    share: Share = 1,
    min_group: int = 5,
    ranking: bool = False,
    workers: int = 1,
    progress: Callable[[int, int | None], None] | None = None,
) -> Portfolio:
    """The portfolio of assessment files, and of those in folders; see ``portfolio`` for the other choices.

    A file that cannot be read is left out and stands in ``unread``, with what is wrong. Of a folder every file with a
    suffix of an assessment is taken, but no hidden one, and no YAML or JSON that says it is of another kind. With
    ``workers`` over 1 so many processes share the files; a script that asks for them needs the usual
    ``if __name__ == "__main__":``. ``progress`` is called with how many files are done, and of how many.

    Raises:
        OSError: a path is neither a file nor a folder.
        MissingExtra: one of the files is Excel, which needs ``hmis-standards[excel]``.
        ValueError: as ``portfolio`` does, or ``workers`` below 1.
    """
    if workers < 1:
        raise ValueError(f"workers {workers} is below 1")
    given = [paths] if isinstance(paths, str | Path) else paths
    files = tuple(dict.fromkeys(file for path in given for file in _files_at(Path(path))))
    draw = partial(portfolio, share=share, min_group=min_group, ranking=ranking)
    draw(())  # refuses choices that cannot be met before the long work
    whole, problems, done = Tally(), list[Problem](), 0
    for chunk, (part, unread) in _counted(files, as_of, workers):
        whole += part
        problems += unread
        done += chunk
        if progress is not None:
            progress(done, len(files))
    return evolve(draw(whole), unread=tuple(sorted(problems, key=str)))


def _files_at(path: Path) -> Iterator[Path]:
    """The path itself, or the files of a folder that may be assessments, by name."""
    if not path.is_dir():
        path.stat()
        yield path
        return
    for one in sorted(path.iterdir()):
        named = one.suffix.lower() in SUFFIXES and not one.name.startswith((".", "~$"))
        if named and one.is_file() and not _of_another_kind(one):
            yield one


def _of_another_kind(path: Path) -> bool:
    """Whether a file says at its head that it is a profile, a benchmark set or the like."""
    if path.suffix.lower() in {".csv", ".xlsx"}:
        return False
    with path.open("rb") as file:
        return _OTHER_KIND.search(file.read(_HEAD)) is not None


def _counted(files: Sequence[Path], as_of: str | datetime.date | None, workers: int) -> Iterator[tuple[int, Counted]]:
    """Each chunk's number of files and what came of them, in whichever order they are done."""
    size = max(1, min(_MOST_OF_A_CHUNK, len(files) // (workers * _CHUNKS_A_WORKER)))
    chunks = [files[start : start + size] for start in range(0, len(files), size)]
    if workers == 1 or len(chunks) < 2:
        yield from ((len(chunk), _count(chunk, as_of)) for chunk in chunks)
        return
    # New processes rather than forks: a fork of a process with threads may hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_settle) as pool:
        running = {pool.submit(_count, chunk, as_of): len(chunk) for chunk in chunks}
        for future in as_completed(running):
            yield running[future], future.result()


def _settle() -> None:
    """A new process: load the catalog, which stays, so that the garbage collector need not look through it again."""
    load_catalog()
    gc.freeze()


def _count(files: Sequence[Path], as_of: str | datetime.date | None) -> Counted:
    unread: list[Problem] = []
    with no_collecting():
        return tally(_readable(files, unread), as_of), tuple(unread)


def _readable(files: Iterable[Path], unread: list[Problem]) -> Iterator[Assessment]:
    """The assessments of the files, one at a time; of a file that is none, the problem goes to ``unread``."""
    for path in files:
        try:
            yield read_assessment(path)
        except (DataError, AnswerError, ValueError, OSError) as error:
            unread.append(_problem(path, error))


def _problem(path: Path, error: Exception) -> Problem:
    """What is wrong with a file, in one sentence: the first of several problems stands for all."""
    if isinstance(error, InvalidDocument) and error.problems:
        first, more = error.problems[0], len(error.problems) - 1
        message = f"{first.message}, and {more} more" if more else first.message
        return Problem(first.path, first.line, first.pointer, message, first.hint)
    if isinstance(error, DocumentSyntaxError):
        return Problem(error.path, error.line, "", error.reason)
    if isinstance(error, OSError):
        return Problem(str(path), None, "", error.strerror or "cannot be opened")
    return Problem(str(path), None, "", str(error).removeprefix(f"{path}: "))
