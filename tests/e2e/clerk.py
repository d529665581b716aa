"""What a clerk does in the window by keyboard, and what is on the disk meanwhile."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from models.document.tree import Draft
from models.preferences import Preferences, write_look
from models.store import StoreError, open_store
from tests.e2e.desktop import Desktop, desktop
from tests.waiting import until


@contextmanager
def screen_for(folder: Path, *, put_on_keys: str = "", writes_pinyin: bool = False) -> Iterator[Desktop]:
    """A display with a screen reader, where one is wanted with an input method, too; its pictures go where GOALFORM_PICTURES
    says, else into the folder."""
    pictures = Path(os.environ.get("GOALFORM_PICTURES", folder))
    pictures.mkdir(parents=True, exist_ok=True)
    with desktop(pictures, read_out=True, writes_pinyin=writes_pinyin) as shown:
        if put_on_keys:
            shown.put_on_keys(put_on_keys)
        yield shown


def at_work(screen: Desktop, home: Path, *drafts: Draft, theme: str = "light") -> None:
    """The program in front with the last of the drafts open."""
    home.mkdir(parents=True, exist_ok=True)
    write_look(home, Preferences(theme=theme))
    store = open_store(home / "goalform.db")
    for draft in drafts:
        store.create(draft)
    store.close()
    screen.start(home)
    open_newest(screen, drafts[-1])


def open_newest(screen: Desktop, draft: Draft) -> None:
    """From the start page, whose first line is the draft that was open last."""
    until(lambda: screen.focused()["name"] != "", "the start page")
    screen.keys("Return")
    screen.wait_for_window(draft.document.unit.name)


def stored(home: Path) -> list[Draft]:
    """What is on the disk, the draft made last first, read beside the program that has it open; nothing while it cannot be."""
    try:
        with closing(open_store(home / "goalform.db")) as store:
            return [store.load(line.id) for line in sorted(store.list(), key=lambda line: -line.id)]
    except StoreError:  # the program is writing just now
        return []


def until_stored(home: Path, is_so: Callable[[Draft], bool], what: str) -> Draft:
    """The draft made last, once it is so on the disk."""

    def asked() -> Draft | None:
        drafts = stored(home)
        return drafts[0] if drafts and is_so(drafts[0]) else None

    found = until(asked, what)
    assert found is not None
    return found


def choose_files(screen: Desktop, title: str, *files: Path) -> None:
    """In the program's box to open files."""
    screen.wait_for_window(title)
    _give_name(screen, " ".join(f'"{file}"' for file in files) if len(files) > 1 else str(files[0]))


def save_as(screen: Desktop, title: str, target: Path) -> Path:
    """In the program's box to save a file, which suggests a name; waits for the file."""
    screen.wait_for_window(title)
    _give_name(screen, str(target))
    until(target.exists, f"the file {target.name}")
    return target


def _give_name(screen: Desktop, name: str) -> None:
    """In one piece: the box completes what is typed letter by letter, and on a busy machine the two meet."""
    until(lambda: screen.focused()["role"] == "text", "the field for the name")
    screen.keys("ctrl+a")
    screen.paste(name)
    screen.keys("Return")


def is_shown(screen: Desktop, text: str) -> bool:
    """Whether a control that is shown has this in its name."""
    return any(text in control["name"] for control in screen.controls())


def until_at(screen: Desktop, name: str) -> None:
    """Waits until the control of that name (or label) has the focus."""

    def names() -> set[str]:
        found = screen.focused()
        return {str(found["name"]), str(found["label"])}

    until(lambda: name in names(), f"the focus at «{name}», it is at {names()}")


def until_told(screen: Desktop, text: str) -> None:
    """Waits for a sentence in the window."""
    until(lambda: is_shown(screen, text), f"«{text}»")


def until_line(screen: Desktop, name: str, text: str) -> list[str]:
    """The parts of a list, table or tree, once one of them holds the text."""

    def asked() -> list[str]:
        found = screen.lines(name)
        return found if any(text in line for line in found) else []

    return until(asked, f"«{text}» in «{name}»: {screen.lines(name)}")


def to_project_fields(screen: Desktop) -> None:
    """Step ⑤ with the fields of the project open, the cursor in the first empty one or the name."""
    screen.to_step(5)
    if any(control["name"] == "收起项目的基本情况" for control in screen.controls()):
        screen.keys("ctrl+t")  # opening them puts the cursor there
        until(lambda: not any(control["name"] == "预算数" for control in screen.controls()), "the fields folded away")
    screen.keys("ctrl+t")
    until(lambda: any(control["name"] == "预算数" for control in screen.controls()), "the fields of the project")
