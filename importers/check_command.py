"""`main.py check`: what goes to the terminal while files are checked."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from importers.checking import CheckedFile, check_files, files_in
from models.checks.problem_lines import json_line, text_lines, unchecked_words
from models.errors import UserError

NONE, ERRORS, INCOMPLETE = 0, 1, 2
"""Exit codes: no problem of severity error, some, a file that could not be read or a rule that failed."""


def check_paths(
    paths: Iterable[Path],
    as_json: bool,
    jobs: int | None = None,
    on_checked: Callable[[CheckedFile], None] = lambda _checked: None,
    on_trace: Callable[[str], None] = lambda _trace: None,
    home: Path | None = None,
) -> int:
    """Checks files and folders, prints each file's problems as soon as they are known, and gives the exit code.

    UserError where the folders hold no readable file. `on_checked` hears of every file that was read, `on_trace` where our
    own bugs happened; `home`: the data folder.
    """
    files = files_in(paths)
    if not files:
        raise UserError(
            "这里没有可以检查的文件，能读取的有 Word、Excel、网页、文本和数据包（docx、xlsx、html、txt、json、jxmb）。"
        )
    progress = _Progress(len(files))
    code = NONE
    for checked in check_files(files, jobs, home):
        progress.clear()
        code = max(code, _show(checked, as_json))
        for trace in checked.traces:
            on_trace(trace)
        if not checked.fault:
            on_checked(checked)
        progress.step()
    progress.clear()
    return code


def _show(checked: CheckedFile, as_json: bool) -> int:
    """Prints what is to be said of a file; its exit code."""
    if checked.fault:
        print(checked.fault, file=sys.stderr, flush=True)  # noqa: T201
        return INCOMPLETE
    show = json_line if as_json else text_lines
    notices = (*filter(None, (checked.year_question,)), *checked.left_out)
    line = show(str(checked.path), checked.problems, checked.unchecked, notices, checked.unplaced)
    print(line, flush=True)  # noqa: T201
    if checked.unchecked:
        line = f"{checked.path}：{unchecked_words(checked.unchecked)}详情已记入日志。"
        print(line, file=sys.stderr, flush=True)  # noqa: T201
        return INCOMPLETE
    return ERRORS if checked.has_errors else NONE


class _Progress:
    """One line on a terminal's error stream, «检查 12/200», that goes away before anything else is written."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0
        self._shown = total > 1 and sys.stderr.isatty()

    def step(self) -> None:
        self._done += 1
        if self._shown and self._done < self._total:
            sys.stderr.write(f"检查 {self._done}/{self._total} {'█' * (20 * self._done // self._total):░<20}")
            sys.stderr.flush()

    def clear(self) -> None:
        if self._shown:
            sys.stderr.flush()
            sys.stderr.buffer.write(b"\r\x1b[K")  # past the stream's own care for what a terminal would obey
            sys.stderr.buffer.flush()
