"""Reads files and checks them: one after the other, or spread over processes."""

import gc
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path

from importers.import_files import SUFFIXES, Imported, read_file, unforeseen
from models.checks.checked_text import CheckedText
from models.checks.engine import Checker
from models.checks.registry import Problem, Severity
from models.document.tree import Draft
from models.errors import UserError, trace_of
from models.kept_answers import forget
from models.years.plan_year import plan_year

_FEW = 4
"""So few files are done before further processes have started."""

_REMEMBERED_FILES = 50
"""Files after which a process forgets what it knows of texts: those that are alike follow one another."""

_AHEAD = 4
"""Batches handed out for each process: what waits is bounded however many files there are."""

_BATCH = 8
"""Files handed out together: each hand-over costs the process that prints them time."""


@dataclass(frozen=True, slots=True)
class CheckedFile(CheckedText):
    """A file with its problems, or with the reason why it could not be read. `traces`: where our own bugs happened, for the
    log."""

    year_question: str = ""
    """What is seen of the plan's year where it is not sure; then no year was checked."""
    fault: str = ""
    left_out: tuple[str, ...] = ()
    """Sentences on what of the file was not read, such as pictures."""
    traces: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and those of a readable kind in the folders and below, each once.

    Left out of folders: hidden files and the «~$» files that Word and Excel keep beside an open one.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for file in sorted(path.rglob("*")):
            if file.suffix.lower() in SUFFIXES and not file.name.startswith((".", "~$")) and file.is_file():
                found[file] = None
    return list(found)


def check_files(files: list[Path], jobs: int | None = None, home: Path | None = None) -> Iterator[CheckedFile]:
    """The files checked, in their order. `jobs`: processes; None takes all cores, or none besides for a few files. `home`: the
    data folder, whose own forms and labels are known."""
    check = partial(check_file, home=home)
    jobs = min(jobs or os.cpu_count() or 1, len(files))
    if jobs <= 1 or (len(files) < _FEW):
        yield from map(check, files)
        return
    # The first one here: processes that are forked afterwards have the rules loaded already.
    yield check(files[0])
    with _untouched(), ProcessPoolExecutor(jobs) as pool:
        waiting: list[Future[list[CheckedFile]]] = []
        try:
            for batch in _batches(files[1:], jobs):
                waiting.append(pool.submit(_check_batch, batch, home))
                if len(waiting) >= jobs * _AHEAD:
                    yield from waiting.pop(0).result()
            while waiting:
                yield from waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


def _batches(files: list[Path], jobs: int) -> Iterator[list[Path]]:
    """The files in their order, fewer at a time towards the end, so that no process waits long for another's last ones."""
    start = 0
    while start < len(files):
        size = max(1, min(_BATCH, (len(files) - start) // (jobs * _AHEAD)))
        yield files[start : start + size]
        start += size


def _check_batch(files: list[Path], home: Path | None) -> list[CheckedFile]:
    return [check_file(file, home) for file in files]


@contextmanager
def _untouched() -> Iterator[None]:
    """What is loaded by now is left alone by the collector of processes that are forked, which would copy all of it."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@cache
def _judge() -> tuple[Checker, dict[str, Exception], Iterator[int]]:
    """(what checks draft after draft, what failed by rule, the files counted): one for each process, so that texts that return in
    the next file are known already."""
    faults: dict[str, Exception] = {}
    return Checker(on_fault=faults.__setitem__), faults, count(1)


def check_file(path: Path, home: Path | None = None) -> CheckedFile:
    """One file checked. A fault of any kind is this file's alone."""
    try:
        found = read_file(path, home=home)
    except UserError as error:
        return CheckedFile(path, fault=" ".join(str(error).split("\n")))
    except Exception as error:
        return CheckedFile(path, fault=str(unforeseen(path, error)), traces=(trace_of(error),))
    try:
        return _checked(path, found, home)
    except Exception as error:
        fault = f"检查「{path}」时程序内部出错（{type(error).__name__}），详情已记入日志。"
        return CheckedFile(path, fault=fault, traces=(trace_of(error),))


def _as_form(checker: Checker, draft: Draft, form_id: str, home: Path | None) -> tuple[Problem, ...]:
    """A table of a form is no text that lacks most of its parts; it may have rows that no text has."""
    from models.forms.form_checks import of_form
    from models.forms.form_definition import load_form, user_forms

    form = load_form(form_id, user_forms(home) if home is not None else None)
    if form is None:
        return checker.check(draft)
    return tuple(of_form(checker.check(draft, frozenset(form.scopes)), form, draft.document))


def _checked(path: Path, found: Imported, home: Path | None) -> CheckedFile:
    checker, faults, files = _judge()
    draft = found.draft
    if found.is_report:
        problems = checker.check_reports(draft)
    elif found.form:
        problems = _as_form(checker, draft, found.form, home)
    else:
        problems = checker.check(draft)
    if faults:
        _judge.cache_clear()  # what a rule that failed left out must not pass for checked in the next file
    if next(files) >= _REMEMBERED_FILES:
        _judge.cache_clear()
        forget()
    document = draft.document
    return CheckedFile(
        path,
        document.unit.name,
        document.year,
        tuple((project.id, project.name) for project in document.projects),
        problems,
        year_question=plan_year(document).question if document.year is None else "",
        unchecked=tuple(faults),
        unplaced=document.unplaced,
        left_out=found.report.left_out,
        traces=tuple(map(trace_of, faults.values())),
    )
