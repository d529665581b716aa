"""What is salvaged of a damaged store: all of it or nothing, each draft on its own, and what did not come is named."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from models.document.tree import Draft, GoalDocument, Unit
from models.indicators.indicator_library import Entry
from models.indicators.own_library import OwnLibrary, keep_own
from models.store import StoreError, open_store
from models.store.leaves import SHAPES
from models.store.revisions import Revisions
from models.store.salvage import SalvageError, salvage
from tests.models.store.stores import connection_of, large_draft, with_goal
from tests.shared import CHECKOUT

UNITS = ("东岭乡卫生院", "云泽县农业技术推广站", "青禾县文化服务中心", "石桥镇敬老院", "临水县档案馆")
PAGE = 4096


def draft_of(unit: str, words: str = "办公设备更新台数") -> Draft:
    draft = large_draft(projects=6, rows=10, words=words)
    return replace(with_goal(draft, f"{unit}的目标"), document=replace(draft.document, unit=Unit("1", unit)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Five drafts, the last in the trash, two versions each, settings, an own indicator; closed."""
    path = tmp_path / "数据" / "goalform.db"
    with closing(open_store(path)) as store:
        for unit in UNITS:
            draft_id = store.create(
                replace(draft_of(unit), document=replace(draft_of(unit).document, overall_goal=unit))
            )
            for number in range(2):
                Revisions(store).keep(draft_id, with_goal(draft_of(unit), f"第{number}稿"), "named", f"稿{number}")
        store.trash(len(UNITS))
        keep_own(store, OwnLibrary((replace(Entry("产出指标", "数量指标", "铺设管道长度"), year=2026),)))
        store.remember("check.forbidden", "进一步")
    return path


def files(path: Path) -> dict[str, bytes]:
    """All that lies there; an empty journal is how a store at rest looks."""
    found = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    return {name: content for name, content in found.items() if content or name != "goalform.db-journal"}


def destroy(path: Path, *pages: int) -> bytes:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[page * PAGE : (page + 1) * PAGE] = os.urandom(PAGE)
    path.write_bytes(content)
    return bytes(content)


def page_of(path: Path, words: str) -> int:
    """The last page on which they stand: rows, not an index."""
    return path.read_bytes().rindex(words.encode()) // PAGE


def root_of(path: Path, table: str) -> int:
    with closing(open_store(path)) as store:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return int(connection_of(store).execute(query, (table,)).fetchone()[0]) - 1


def content_of(path: Path) -> dict[str, tuple[Draft, bool, tuple[str, ...]]]:
    """Unit → draft, whether it is in the trash, the names of its versions."""
    with closing(open_store(path)) as store:
        return {
            line.unit_name: (
                store.load(line.id),
                line.deleted,
                tuple(one.name for one in Revisions(store).list(line.id)),
            )
            for line in store.list()
        }


def test_of_a_store_whose_list_of_tables_is_gone_everything_comes(path: Path) -> None:
    before = content_of(path)
    destroy(path, 0)
    found = salvage(path)
    assert (found.whole, found.partly, found.versions, found.lost) == (5, 0, 10, ())
    assert content_of(path) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that is nearly full of the store that lies there."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=260k", "tmpfs", str(folder)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs rights this machine does not give")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_where_the_disk_is_full_all_stays_as_it_was_and_it_may_be_tried_again(path: Path, small_disk: Path) -> None:
    before = content_of(path)
    there = small_disk / "goalform.db"
    there.write_bytes(path.read_bytes())
    damaged = destroy(there, 0)
    assert len(damaged) > 140_000
    with pytest.raises(SalvageError, match=r"没有取回：磁盘空间不足.*没有改动.*再试一次"):
        salvage(there)
    assert files(there) == {"goalform.db": damaged}
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert salvage(there).whole == 5
    assert content_of(there) == before


KILLED = """
import os, sys
from pathlib import Path
from models.store import migrations, sealing
from models.store.salvage import salvage

def salvage_and_die(folder, left):
    def step(event, arguments):
        nonlocal left
        if event in {"os.link", "os.rename", "os.remove", "open", "sqlite3.connect"} and folder in str(arguments):
            left -= 1
            if not left:
                os.kill(os.getpid(), 9)

    sys.addaudithook(step)
    salvage(Path(folder) / "goalform.db")
    os._exit(0)

for line in sys.stdin:
    child = os.fork() or salvage_and_die(sys.argv[1], int(line))
    print(os.waitpid(child, 0)[1], flush=True)
"""
"""Salvages once for each number it is given, killed at that step of its work with files."""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_killed_at_any_moment_it_has_changed_nothing_or_done_everything(path: Path) -> None:
    before = content_of(path)
    damaged = destroy(path, 0)
    step, undone, status = 0, 0, 9
    command = [sys.executable, "-c", KILLED, str(path.parent)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=CHECKOUT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        while status == 9:
            step += 1
            print(step, file=process.stdin, flush=True)
            status = int(process.stdout.readline())
            if path.read_bytes() == damaged:
                undone += 1
                with pytest.raises(StoreError):
                    open_store(path)
            else:
                assert content_of(path) == before
                kept = [file for file in path.parent.glob("*.damaged-*") if file.read_bytes() == damaged]
                assert len(kept) == 1
                path.unlink()
                kept[0].rename(path)
        process.stdin.close()
    assert status == 0
    assert undone >= 5
    assert step > undone
    path.write_bytes(damaged)
    assert salvage(path).whole == 5
    assert content_of(path) == before
    assert sorted(files(path)) == ["goalform.damaged-1.db", "goalform.db"], "nothing of the killed ones is left"


def test_what_a_killed_salvage_left_does_not_come_in(path: Path) -> None:
    with closing(open_store(path.with_name("goalform.db.salvaged"))) as half:
        half.create(with_goal(Draft(), "half"))
    destroy(path, 0)
    salvage(path)
    assert "half" not in {draft.document.overall_goal for draft, *_rest in content_of(path).values()}


def test_each_draft_is_on_its_own(path: Path) -> None:
    """A list that is no JSON any more, a number where a text belongs: the others are whole, and this one is named."""
    before = content_of(path)
    with closing(open_store(path)) as store:
        connection = connection_of(store)
        connection.execute("UPDATE projects SET goals = '[\"a\", ' WHERE draft_id = 2 AND position = 3")
        connection.execute("UPDATE projects SET fund_use = x'00ff' WHERE draft_id = 4 AND position = 1")
        connection.execute("UPDATE drafts SET year = 'x' WHERE id = 4")
    destroy(path, 0)
    found = salvage(path)
    assert (found.whole, found.versions) == (3, 10)
    assert found.incomplete == ("2026 云泽县农业技术推广站", "石桥镇敬老院")
    after = content_of(path)
    assert {unit: after[unit] for unit in after if unit not in {UNITS[1], UNITS[3]}} == {
        unit: before[unit] for unit in before if unit not in {UNITS[1], UNITS[3]}
    }
    partly = after[UNITS[1]][0].document
    whole = before[UNITS[1]][0].document
    assert partly.projects == whole.projects[:3] + whole.projects[4:]
    assert after[UNITS[3]][0].document.year is None
    assert after[UNITS[3]][0].document.projects[1].fund_use == "\ufffd"


def test_a_broken_index_costs_nothing(path: Path) -> None:
    before = content_of(path)
    destroy(path, root_of(path, "indicators_of_project"), root_of(path, "revisions_of_draft"))
    with pytest.raises(StoreError):
        open_store(path)
    found = salvage(path)
    assert (found.whole, found.partly, found.versions, found.lost) == (5, 0, 10, ())
    assert content_of(path) == before


@pytest.mark.skipif(os.name == "nt", reason="Python's SQLite for Windows does not tell what is on a page")
def test_rows_behind_a_broken_page_are_read_too(path: Path) -> None:
    before = content_of(path)
    pages = [page for page in range(len(path.read_bytes()) // PAGE) if path.read_bytes()[page * PAGE] == 13]
    with closing(open_store(path)) as store:
        query = "SELECT DISTINCT pageno FROM dbstat WHERE name = 'indicators' AND pagetype = 'leaf'"
        try:
            leaves = [page - 1 for (page,) in connection_of(store).execute(query)]
        except Exception:
            leaves = [page for page in pages if "办公设备更新台数".encode() in path.read_bytes()[page * PAGE :][:PAGE]]
    destroy(path, leaves[2], leaves[6])
    found = salvage(path)
    after = content_of(path)
    kept = sum(len(one.indicators) for draft, *_rest in after.values() for one in draft.document.projects)
    there = sum(len(one.indicators) for draft, *_rest in before.values() for one in draft.document.projects)
    assert there - 80 < kept < there
    assert 1 <= found.partly <= 4
    assert found.whole + found.partly == 5


@pytest.mark.parametrize("table", ["drafts", "projects", "indicators", "revisions"])
def test_rows_below_a_broken_page_are_read_too(path: Path, table: str) -> None:
    """The page all others of a table hang on: none of them is reached from it any more."""
    with closing(open_store(path)) as store:
        going = store.create(draft_of("一份删掉的", "早就没有了"))
        store.delete(going)
        for unit in UNITS:  # enough for a page of pages
            many = large_draft(projects=20, rows=12, words=unit * 3)
            document = replace(many.document, unit=Unit("2", f"{unit}分部"), overall_goal=unit * 100)
            draft_id = store.create(replace(many, document=document))
            for number in range(12):
                Revisions(store).keep(draft_id, with_goal(many, f"{number}" * 300), "named", f"{number}")
    before, root = content_of(path), root_of(path, table)
    assert path.read_bytes()[root * PAGE] == 5, "its rows are on other pages"
    destroy(path, root)
    found = salvage(path)
    assert (found.whole, found.partly, found.versions) == (10, 0, 70)
    assert content_of(path) == before


def test_the_shapes_of_tables_are_those_of_a_store(path: Path) -> None:
    with closing(open_store(path)) as store:
        for table, (counts, _first) in SHAPES.items():
            columns = connection_of(store).execute(f"PRAGMA table_info({table})").fetchall()
            assert max(counts) == len(columns)


def test_what_did_not_come_is_named(path: Path) -> None:
    with closing(open_store(path)) as store:
        connection = connection_of(store)
        connection.execute("UPDATE revisions SET content = x'00' WHERE draft_id = 3")
        connection.execute("UPDATE remembered SET value = CAST(x'ff' AS TEXT) WHERE key = 'indicators.own'")
        connection.execute("UPDATE remembered SET value = CAST(x'ff' AS TEXT) WHERE key = 'check.forbidden'")
    destroy(path, 0)
    found = salvage(path)
    assert found.lost == ("「2026 青禾县文化服务中心」的 2 个历史版本", "我的指标库", "1 项设置")
    assert found.kept_as.name == "goalform.damaged-1.db"


def test_a_lost_page_of_the_list_of_drafts_is_said_to_have_held_others_maybe(path: Path) -> None:
    destroy(path, root_of(path, "drafts"))
    found = salvage(path)
    assert found.whole == 0
    assert found.partly == 5
    assert "草稿的目录有一段读不出，其中可能还有别的草稿" in found.lost
    assert "5 份草稿原来是否在回收站里（现在都放在首页）" in found.lost
    with closing(open_store(path)) as store:
        whole = draft_of(UNITS[0]).document.projects
        assert [store.load(line.id).document.projects for line in store.list()] == [whole] * 5


def test_indicators_whose_project_is_gone_are_kept(path: Path) -> None:
    with closing(open_store(path)) as store:
        connection = connection_of(store)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM projects WHERE draft_id = 1 AND position = 0")
    with pytest.raises(StoreError):
        open_store(path)
    found = salvage(path)
    assert (found.whole, found.partly) == (4, 2)
    left = content_of(path)[""][0].document.projects
    assert [[row.id for row in one.indicators] for one in left] == [
        [row.id for row in draft_of(UNITS[0]).document.projects[0].indicators]
    ]


def test_a_draft_gone_from_the_rows_is_taken_from_its_last_version(path: Path) -> None:
    with closing(open_store(path)) as store:
        connection = connection_of(store)
        connection.execute("PRAGMA foreign_keys = OFF")
        for table in ("items", "projects", "drafts"):
            connection.execute(f"DELETE FROM {table} WHERE {'id' if table == 'drafts' else 'draft_id'} = 2")
        connection.execute("DELETE FROM indicators WHERE project_key NOT IN (SELECT key FROM projects)")
        connection.execute("DELETE FROM surroundings WHERE draft_id = 2")
    found = salvage(path)
    assert (found.whole, found.partly) == (4, 1)
    assert content_of(path)[UNITS[1]][0] == with_goal(draft_of(UNITS[1]), "第1稿")


def test_a_journal_that_is_not_its_own_is_not_read_in_and_stays_beside_the_damaged_file(path: Path) -> None:
    before = content_of(path)
    damaged = destroy(path, root_of(path, "indicators_of_project"))
    journal = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes([0, 0, 4, 0]) * 3000
    path.with_name("goalform.db-journal").write_bytes(journal)
    with pytest.raises(StoreError):
        open_store(path)
    found = salvage(path)
    assert found.whole == 5
    assert content_of(path) == before
    there = files(path)
    assert there["goalform.damaged-1.db"] == damaged
    assert there["goalform.damaged-1.db-journal"] == journal


def test_a_text_that_no_file_can_hold_is_cleaned(path: Path) -> None:
    with closing(open_store(path)) as store:
        store.create(Draft(GoalDocument(overall_goal="好")))
        connection_of(store).execute("UPDATE drafts SET overall_goal = CAST(x'e5a5bd01' AS TEXT) WHERE id = 6")
    destroy(path, 0)
    assert salvage(path).partly == 1
    assert content_of(path)[""][0].document.overall_goal == "好"
