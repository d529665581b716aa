"""Damaged stores by seed, and what becomes of each: right data, a refusal, a part that is told; never a silent loss."""

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from models.document.tree import (
    Draft,
    GoalDocument,
    IgnoredProblem,
    Indicator,
    Items,
    Measure,
    Project,
    Remark,
    SubGoal,
    Unit,
)
from models.indicators.indicator_library import Entry
from models.indicators.own_library import OWN_KEY, OwnLibrary, keep_own
from models.store import Store, StoreError, open_store
from models.store.journal import ROLLED_BACK
from models.store.readable import PERHAPS_WRONG
from models.store.revisions import Revisions
from models.store.salvage import BEFORE_LAST, Salvage, salvage
from tests.models.store.stores import with_goal

PAGE = 4096
SETTINGS = {"check.forbidden": "进一步\n切实", "new.name": "石桥镇敬老院", "look.size": "14"}
UNITS = ("东岭乡卫生院", "云泽县农业技术推广站", "青禾县文化服务中心", "石桥镇敬老院", "临水县档案馆", "南河街道办事处")


def draft_of(unit: str, number: int) -> Draft:
    """Texts of all lengths: some fill a row of their own page, one fills several pages."""
    rows = tuple(
        Indicator(
            f"i{number}{row}",
            "产出指标",
            "数量指标",
            f"{unit}巡查{row}",
            "全年完成的次数" * row,
            f"≥{row}次",
            "工作计划",
        )
        for row in range(3 + number * 4)
    )
    projects = tuple(
        Project(
            f"p{number}{place}",
            Unit(str(number), unit),
            name=f"{unit}第{place}个项目",
            budget=f"{place}65.00",
            goals=(f"{unit}完成第{place}项任务" * 3,),
            spending_plan=("10%", "30%", "60%", "100%"),
            indicators=tuple(replace(row, id=f"{row.id}x{place}") for row in rows),
        )
        for place in range(1 + number)
    )
    document = GoalDocument(
        year=2020 + number,
        unit=Unit(f"{number:06}", unit),
        overall_goal=f"{unit}的总体目标。" * (1 + 90 * number),
        sub_goals=Items(
            items=(SubGoal(f"s{number}", heading="服务", text=f"{unit}做好服务。", goal="满意", indicator="90%"),)
        ),
        safeguards=Items(items=(Measure(f"m{number}", heading="制度。", text=f"{unit}健全制度。" * 20),)),
        projects=projects,
        unplaced=(f"{unit}的附注",),
    )
    remarks = (Remark(f"r{number}", "overall_goal", "财政局", f"请{unit}核对"),)
    return Draft(document, ignored=(IgnoredProblem("year", "overall_goal", unit, "无误"),), remarks=remarks)


def make_store(path: Path) -> None:
    """Six drafts, one in the trash, with versions, settings and an own library; some rows deleted again."""
    with closing(open_store(path)) as store:
        for number, unit in enumerate(UNITS):
            draft_id = store.create(draft_of(unit, number))
            for version in range(number):
                Revisions(store).keep(
                    draft_id, with_goal(draft_of(unit, number), f"第{version}稿"), "named", f"{unit}{version}"
                )
            store.set_place(draft_id, "overall_goal", 2)
        going = store.create(draft_of("一份删掉的", 3))
        store.delete(going)
        store.trash(3)
        own = tuple(replace(Entry("产出指标", "数量指标", f"自己的指标{row}"), year=2026) for row in range(60))
        keep_own(store, OwnLibrary(own))
        for key, value in SETTINGS.items():
            store.remember(key, value)


# What is in a store, to compare


@dataclass
class Content:
    """Unit → draft and whether it is in the trash; unit → (name, draft) of its versions; settings."""

    drafts: dict[str, tuple[Draft, bool]]
    versions: dict[str, list[tuple[str, Draft]]]
    settings: dict[str, str]
    told: int = 0
    """How often the store said that something is not what was saved."""


def content_of(store: Store) -> Content:
    """All that can be had; what the store refuses is counted."""
    found = Content({}, {}, {})
    with_versions = Revisions(store)
    for line in store.list():
        store.place(line.id)
        found.told += with_versions.broken(line.id)
        if not store.is_whole(line.id):
            found.told += 1
            continue
        draft = store.load(line.id)
        unit = draft.document.unit.name
        found.drafts[unit] = draft, line.deleted
        for version in with_versions.list(line.id):
            try:
                found.versions.setdefault(unit, []).append((version.name, with_versions.load(version.sequence)))
            except StoreError:
                found.told += 1
    for key in (*SETTINGS, OWN_KEY):
        try:
            found.settings[key] = store.recall(key)
        except StoreError:
            found.told += 1
    store.used_indicators()
    return found


# Damage

Damage = Callable[[random.Random, Path, Path], None]
"""By chance, to a store; with the folder of journals it may come from."""


def _change(path: Path, change: Callable[[bytearray], None]) -> None:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)


def scattered_bytes(chance: random.Random, path: Path, _journals: Path) -> None:
    """Single bytes anywhere."""

    def change(content: bytearray) -> None:
        for _ in range(chance.choice((1, 1, 2, 5, 40))):
            content[chance.randrange(len(content))] = chance.randrange(256)

    _change(path, change)


def flipped_bit(chance: random.Random, path: Path, _journals: Path) -> None:
    """One bit anywhere."""

    def change(content: bytearray) -> None:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)

    _change(path, change)


def structural_bytes(chance: random.Random, path: Path, _journals: Path) -> None:
    """Bytes of the file's header, of the headers of pages, of the lists of cells."""

    def change(content: bytearray) -> None:
        for _ in range(chance.choice((1, 1, 3))):
            page = chance.randrange(len(content) // PAGE)
            start = page * PAGE + (chance.choice((0, 100)) if page == 0 else 0)
            content[start + chance.randrange(chance.choice((12, 100)))] = chance.randrange(256)

    _change(path, change)


def a_run(chance: random.Random, path: Path, _journals: Path) -> None:
    """A stretch of zeros, ones or noise, as a bad disk leaves it."""

    def change(content: bytearray) -> None:
        length = chance.choice((16, 512, PAGE, 3 * PAGE))
        at = chance.randrange(len(content) - length)
        at -= at % chance.choice((1, 512, PAGE))
        content[at : at + length] = chance.choice((bytes(length), b"\xff" * length, chance.randbytes(length)))

    _change(path, change)


def swapped_pages(chance: random.Random, path: Path, _journals: Path) -> None:
    """Pages that changed places."""

    def change(content: bytearray) -> None:
        for _ in range(chance.choice((1, 1, 3))):
            one, other = (PAGE * page for page in chance.sample(range(len(content) // PAGE), 2))
            content[one : one + PAGE], content[other : other + PAGE] = (
                content[other : other + PAGE],
                content[one : one + PAGE],
            )

    _change(path, change)


def a_page_twice(chance: random.Random, path: Path, _journals: Path) -> None:
    """A page written to the place of another one."""

    def change(content: bytearray) -> None:
        one, other = (PAGE * page for page in chance.sample(range(len(content) // PAGE), 2))
        content[one : one + PAGE] = content[other : other + PAGE]

    _change(path, change)


def cut(chance: random.Random, path: Path, _journals: Path) -> None:
    """The end is missing, or there is more than there should be."""

    def change(content: bytearray) -> None:
        if chance.random() < 0.2:
            content += chance.randbytes(chance.choice((1, PAGE, 3 * PAGE)))
        else:
            length = chance.randrange(len(content))
            del content[length - length % chance.choice((1, 512, PAGE)) :]

    _change(path, change)


def foreign_journal(chance: random.Random, path: Path, journals: Path) -> None:
    """A journal of another store, of another day, torn or of nonsense."""
    journal = bytearray(chance.choice(sorted(journals.iterdir())).read_bytes())
    if chance.random() < 0.3:
        journal[chance.randrange(len(journal))] = chance.randrange(256)
    if chance.random() < 0.3:
        del journal[chance.randrange(len(journal)) :]
    path.with_name(path.name + chance.choice(("-journal",) * 4 + ("-wal",))).write_bytes(journal)


def journal_and_more(chance: random.Random, path: Path, journals: Path) -> None:
    """Both at once."""
    foreign_journal(chance, path, journals)
    chance.choice(DAMAGES[:-1])(chance, path, journals)


DAMAGES: tuple[Damage, ...] = (
    scattered_bytes,
    flipped_bit,
    structural_bytes,
    a_run,
    swapped_pages,
    a_page_twice,
    cut,
    foreign_journal,
    journal_and_more,
)

_JOURNAL = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 2")
connection.execute("BEGIN IMMEDIATE")
for sql in sys.argv[2:]:
    connection.execute(sql)
os.kill(os.getpid(), 9)
"""


def _killed(path: Path, *sql: str) -> bytes:
    subprocess.run([sys.executable, "-c", _JOURNAL, str(path), *sql], check=False)
    return path.with_name(path.name + "-journal").read_bytes()


def make_journals(sound: Path, folder: Path) -> None:
    """What crashes of this store, at an earlier time, of other stores and of other programs left."""
    folder.mkdir()
    longer = "UPDATE indicators SET description = description || 'x'", "UPDATE items SET text = text || 'x'"
    for number, sql in enumerate((longer, ("UPDATE drafts SET overall_goal = ''",), ("DELETE FROM projects",))):
        copy = Path(shutil.copy(sound, folder.with_name("copy.db")))
        (folder / f"earlier{number}").write_bytes(_killed(copy, *sql))
        copy.with_name("copy.db-journal").unlink()
    with closing(open_store(sound)) as store:  # goes on, so that those are of an earlier time
        draft = store.load(1)
        store.save(1, with_goal(draft, "后来写的"), draft)
    other = folder.with_name("other.db")
    with closing(open_store(other)) as store:
        store.create(draft_of("别的单位", 4))
    (folder / "other").write_bytes(_killed(other, *longer))
    for size in (512, 1024, 8192):
        program = folder.with_name(f"program{size}.db")
        with closing(sqlite3.connect(program)) as connection:
            connection.execute(f"PRAGMA page_size = {size}")
            connection.execute("CREATE TABLE t (a)")
            connection.executemany("INSERT INTO t VALUES (randomblob(700))", [()] * 80)
            connection.commit()
        (folder / f"program{size}").write_bytes(_killed(program, "UPDATE t SET a = randomblob(700)"))


# What becomes of it


@dataclass
class Outcome:
    """`what`: right, told, refused; `salvaged`: what was made of it, where it was not right; `faults`: what must not be."""

    what: str
    faults: list[str]
    salvaged: Salvage | None = None


def outcome(path: Path, before: Content, earlier: Content) -> Outcome:
    """Opens the store as the window does, reads all of it, and salvages where that is offered.

    `earlier`: what was in it before the last save, to which a journal of that time may go back where it is said.
    """
    faults: list[str] = []
    try:
        with closing(open_store(path, timeout=0.2)) as store:
            found = content_of(store)
            told_earlier = ROLLED_BACK in store.notice and found.drafts.get(UNITS[0]) == earlier.drafts[UNITS[0]]
            faults += silent_losses(found, earlier if told_earlier else before)
            what = "told" if found.told else "right"
            if store.notice and not found.told:
                what = "right, a journal set aside" if ROLLED_BACK not in store.notice else "told: rolled back"
    except StoreError as error:
        what = f"refused: {error.fault}"
    if what.startswith(("right", "told: rolled back")):
        return Outcome(what, faults)
    salvaged = salvage(path)
    with closing(open_store(path)) as store:
        after = content_of(store)
        if BEFORE_LAST in salvaged.lost and after.drafts.get(UNITS[0]) == earlier.drafts[UNITS[0]]:
            before = earlier
        faults += [
            f"after the salvage: {fault}" for fault in unnamed_losses(after, before, salvaged, len(store.list()))
        ]
    return Outcome(what, faults, salvaged)


def silent_losses(found: Content, before: Content) -> list[str]:
    """What differs and was not told."""
    faults = []
    if len(found.drafts) + found.told < len(before.drafts):
        faults.append("a draft is gone")
    for unit, value in found.drafts.items():
        if value != before.drafts.get(unit):
            faults.append(f"the draft of {unit} is another one")
    for unit in found.drafts:
        if found.versions.get(unit, []) != before.versions.get(unit, []) and not found.told:
            faults.append(f"the versions of {unit} are others")
    if any(value != before.settings[key] for key, value in found.settings.items()):
        faults.append("a setting is another one")
    return faults


def unnamed_losses(after: Content, before: Content, found: Salvage, count: int) -> list[str]:
    """What did not come or came as something else, and was not named."""
    faults = []
    words = "、".join(found.lost)
    right = {unit for unit, value in after.drafts.items() if value[0] == before.drafts.get(unit, (None,))[0]}
    if found.whole > len(right):
        faults.append("a draft that is not as it was saved is said to be whole")
    missing = before.drafts.keys() - right
    if len(missing) > found.partly and "草稿" not in words:
        faults.append(f"drafts are missing and nothing is said: {missing}")
    if count != found.whole + found.partly:
        faults.append("it says another number of drafts")
    in_trash = {unit for unit in right if after.drafts[unit][1] != before.drafts[unit][1]}
    if in_trash and "回收站" not in words:
        faults.append(f"in the trash, or no longer: {in_trash}")
    kept = [version for versions in after.versions.values() for version in versions]
    there = [version for versions in before.versions.values() for version in versions]
    if any(version not in there and not version[0].endswith(PERHAPS_WRONG) for version in kept):
        faults.append("a version is another one")
    if len(kept) < len(there) and "历史版本" not in words:
        faults.append(f"{len(there) - len(kept)} versions are missing and nothing is said")
    lost = {key for key, value in before.settings.items() if after.settings[key] != value}
    if lost - {OWN_KEY} and "设置" not in words:
        faults.append(f"settings are others: {lost}")
    if OWN_KEY in lost and "指标库" not in words and "设置" not in words:
        faults.append("the own library is another one")
    return faults
