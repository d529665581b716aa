"""A store that is damaged: what can still be read is put into a new file, which takes its place when it is whole.

Until then nothing is changed; the damaged file stays beside it under another name.
"""

import filecmp
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from operator import attrgetter
from pathlib import Path

from models.disk import flush
from models.document.tree import Draft
from models.errors import UserError
from models.indicators.own_library import OWN_KEY
from models.store.connection import APPLICATION_ID, VERSION, open_store
from models.store.drafts import Store
from models.store.integrity import examine
from models.store.journal import all_journals, beside, copies, may_belong, remove_database
from models.store.readable import FoundDraft, Remains, read_remains
from models.store.revisions import Revisions
from models.store.store_errors import StoreError, fault_of, in_the_users_words

_INTERIOR = 5
_OF_THE_OLD_STORE = re.compile(r"\.[0-9]+\Z|\Asession\.")
"""Keys of a draft, whose number is another one now, and of the window that was open."""

BEFORE_LAST = "最后一次写入的修改（按旁边的日志文件，退回到了那次写入之前）"

_WHY = {
    "full": "磁盘空间不足",
    "read_only": "数据文件夹不能写入",
    "locked": "数据文件正被另一个程序占用",
    "unreachable": "读写磁盘出错",
}

_BROKEN = {
    "drafts": "草稿的目录有一段读不出，其中可能还有别的草稿",
    "remembered": "一部分设置",
}
"""What may be missing where a table could not be read to the end; of the others the drafts themselves show it."""


class SalvageError(UserError):
    """Nothing was salvaged; everything is as it was, and it may be tried again."""


@dataclass(frozen=True, slots=True)
class Salvage:
    """What came of it, and in `lost`, in the user's words, what did not.

    `whole`: drafts as they were saved; `incomplete`: year and unit of those of which something is missing or changed;
    `versions`: of all of them.
    """

    kept_as: Path
    whole: int
    versions: int
    incomplete: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def partly(self) -> int:
        return len(self.incomplete)


def salvage(path: Path) -> Salvage:
    """Puts a new store into the file's place with every draft and every version that can be read, and with what was
    remembered: settings, and the own library of indicators. SalvageError: the file and all beside it are as they were.
    """
    new = path.with_name(path.name + ".salvaged")
    try:
        with tempfile.TemporaryDirectory(prefix="goalform-") as folder:
            remains = _read(path, Path(folder))
        remove_database(new)
        with closing(open_store(new)) as store:
            report = _Report(remains)
            report.fill(store)
        _must_be_whole(new)
        aside = put_in_place(new, path)
    except Exception as error:
        why = _WHY.get(fault_of(error) or "", "程序内部出错")
        with suppress(OSError):
            remove_database(new)
        raise SalvageError(
            f"没有取回：{why}。数据文件 {path} 没有改动；请处理以后再试一次，或用「恢复备份…」取回最近一次的备份。"
        ) from error
    return Salvage(aside, report.whole, report.versions, tuple(report.incomplete), tuple(report.lost()))


def _must_be_whole(new: Path) -> None:
    found = examine(new, APPLICATION_ID, VERSION)
    if found.faults or found.unproven:
        raise StoreError("unreachable", new)


def put_in_place(new: Path, path: Path) -> Path:
    """The new file takes the place of the damaged one in one step; that one and its journals stay beside it. Its new name.

    OSError: the damaged file is still in its place.
    """
    aside = _free_name(path)
    journals = {journal: aside.with_name(aside.name + journal.name.removeprefix(path.name)) for journal in beside(path)}
    made = []
    try:
        for before, after in {path: aside, **journals}.items():
            made.append(after)
            _keep_also_as(before, after)
        flush(new)
        new.replace(path)
    except BaseException:
        for after in made:
            after.unlink(missing_ok=True)
        raise
    # Now they would be played into the new file. Killed before this: the next start sets them aside.
    for journal in (*journals, *all_journals(new)):
        journal.unlink(missing_ok=True)
    flush(path.parent)
    return aside


def _free_name(path: Path) -> Path:
    """One that is not taken, unless by the very file: a start killed half-way kept it already."""
    names = (path.with_name(f"{path.stem}.damaged-{number}{path.suffix}") for number in count(1))
    return next(aside for aside in names if not aside.exists() or filecmp.cmp(path, aside, shallow=False))


def _keep_also_as(before: Path, after: Path) -> None:
    unfinished = after.with_name(after.name + ".new")
    for name in (unfinished, after):
        name.unlink(missing_ok=True)
    try:
        os.link(before, after)
    except OSError:  # a disk without such names: the content twice
        shutil.copyfile(before, unfinished)
        flush(unfinished)
        unfinished.replace(after)


@dataclass(slots=True)
class _Report:
    """Fills the new store, and keeps count."""

    remains: Remains
    whole: int = 0
    versions: int = 0
    incomplete: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def fill(self, store: Store) -> None:
        """Each draft on its own: one that cannot be taken over costs none of the others."""
        for found in self.remains.drafts:
            try:
                self._take(store, found)
            except StoreError:
                raise  # the disk
            except Exception:  # something in it that no check foresaw
                self.failed.append(found.name)
        for key, value in self.remains.remembered.items():
            if not _OF_THE_OLD_STORE.search(key):
                store.remember(key, value)

    def _take(self, store: Store, found: FoundDraft) -> None:
        with store.transaction():
            draft_id = store.create(found.draft)
            Revisions(store).adopt(draft_id, found.versions)
            if found.deleted:
                store.trash(draft_id)
        self.versions += len(found.versions)
        if found.whole:
            self.whole += 1
        else:
            self.incomplete.append(found.name)

    def lost(self) -> Iterator[str]:
        """What did not come, a piece each."""
        if self.remains.before_last:
            yield BEFORE_LAST
        yield from (f"草稿「{name}」" for name in self.failed)
        if self.remains.unreadable:
            yield f"{self.remains.unreadable} 份草稿，只剩下痕迹，文字都读不出"
        yield from self._lost_versions()
        yield from (words for table, words in _BROKEN.items() if table in self.remains.broken)
        unknown = sum(found.deleted is None for found in self.remains.drafts)
        if unknown:
            yield f"{unknown} 份草稿原来是否在回收站里（现在都放在首页）"
        yield from self._lost_settings()

    def _lost_versions(self) -> Iterator[str]:
        if self.remains.their_versions:
            yield f"它们的 {self.remains.their_versions} 个历史版本"
        for found in self.remains.drafts:
            if found.lost_versions:
                yield f"「{found.name}」的 {found.lost_versions} 个历史版本"
        if "revisions" in self.remains.broken:
            yield "一部分历史版本" if self.versions else "历史版本"

    def _lost_settings(self) -> Iterator[str]:
        settings = [key for key in self.remains.lost_settings if not _OF_THE_OLD_STORE.search(key)]
        if OWN_KEY in settings:
            yield "我的指标库"
        if others := len(settings) - (OWN_KEY in settings):
            yield f"{others} 项设置"


def read_draft(path: Path, draft_id: int) -> Draft | None:
    """What can be read of one draft of a store that is open; None where nothing can."""
    with in_the_users_words(path), tempfile.TemporaryDirectory(prefix="goalform-") as folder:
        remains = _read(path, Path(folder))
    return next((found.draft for found in remains.drafts if found.id == draft_id), None)


# Reading


def _read(path: Path, folder: Path) -> Remains:
    """In the way that gives most: with its journal or without, with its own list of tables or with that of a new store."""
    alone, played = copies(path, folder)
    new = folder / "new.db"
    open_store(new).close()
    remains = _best(alone, new)
    if may_belong(alone, beside(played)) and (rolled_back := _best(played, new)).worth > remains.worth:
        return replace(rolled_back, before_last=True)
    return remains


def _best(copy: Path, new: Path) -> Remains:
    with_our_tables = _with_our_tables(copy, new)
    return max(map(read_remains, filter(None, (copy, with_our_tables))), key=attrgetter("worth"))


def _with_our_tables(path: Path, new: Path) -> Path | None:
    """A copy whose list of tables is that of a new store: each store made by the program has them in the same places."""
    pages, content = new.read_bytes(), bytearray(path.read_bytes())
    size = int.from_bytes(pages[16:18])
    if len(content) < len(pages):
        return None
    content[len(content) // size * size :] = b""
    content[:size] = pages[:size]
    for at in _pointers_of_the_table_list(pages):
        # Behind all others: who knows what an older store has where a new one continues its list.
        start = (int.from_bytes(pages[at : at + 4]) - 1) * size
        content += pages[start : start + size]
        content[at : at + 4] = (len(content) // size).to_bytes(4)
    content[28:32] = (len(content) // size).to_bytes(4)
    content[32:40] = bytes(8)  # no free pages: nothing is written there
    content[92:96] = content[24:28]  # the size just written counts
    copy = path.with_name(f"tables-{path.name}")
    copy.write_bytes(content)
    return copy


def _pointers_of_the_table_list(pages: bytes) -> list[int]:
    """Where on the first page stand the numbers of those on which it goes on (SQLite's file format, 1.6)."""
    if pages[100] != _INTERIOR:
        return []
    cells = int.from_bytes(pages[103:105])
    return [108, *(int.from_bytes(pages[112 + 2 * cell : 114 + 2 * cell]) for cell in range(cells))]
