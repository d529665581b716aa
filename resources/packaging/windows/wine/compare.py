"""Compares what the program wrote under Wine with what it writes here: `compare.py FOLDER`, as using.convert left it."""

import io
import os
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from using import CELL, MOMENT, SENTENCE, TYPED_IN_CELL  # noqa: E402

from exporters.export_files import write_file  # noqa: E402 (the checkout is no package here)
from importers.import_files import read_file  # noqa: E402
from models.document.tree import without_ids  # noqa: E402


def parts(data: bytes) -> dict[str, bytes]:
    """What a zip holds; of another file the one part it is."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def differences(there: Path, here: Path) -> str:
    """ "" where both are the same to the byte."""
    one, other = there.read_bytes(), here.read_bytes()
    if one == other:
        return ""
    if there.suffix == ".pdf":
        return "" if one.startswith(b"%PDF") else "no PDF"  # other fonts are on that machine
    theirs, ours = parts(one), parts(other)
    unlike = sorted(name for name in theirs.keys() | ours.keys() if theirs.get(name) != ours.get(name))
    return f"parts that differ: {', '.join(unlike)}" if unlike else "the same parts, packed otherwise"


def check_export(results: Path) -> None:
    """What was exported from the window holds what was imported and typed, and nothing else is another."""
    before = without_ids(read_file(results / "imported.txt").draft.document)
    after = without_ids(read_file(results / "export.docx").draft.document)
    if not after.overall_goal.startswith(SENTENCE):
        sys.exit("What was typed in a field was not exported.")
    goal = after.overall_goal.removeprefix(SENTENCE)
    put_back = [replace(row, name=CELL) if row.name == TYPED_IN_CELL else row for row in after.projects[0].indicators]
    first = replace(after.projects[0], indicators=tuple(put_back))
    if first == after.projects[0]:
        sys.exit("What was typed in a cell was not exported.")
    if replace(after, overall_goal=goal, projects=(first, *after.projects[1:])) != before:
        sys.exit("The exported file holds other words than those that were imported and typed.")
    sys.stdout.write("the exported file holds what was imported and typed\n")


def main(folder: Path) -> None:
    check_export(folder.parent)
    os.environ.update(MOMENT)
    same = 0
    for text in sorted(folder.glob("*.txt")):
        draft = read_file(text).draft
        for file in sorted((folder / text.stem).iterdir()):
            with tempfile.TemporaryDirectory() as other:
                target = Path(other, file.name)
                write_file(draft, target)
                if told := differences(file, target):
                    sys.exit(f"{file.name} is another file than on Linux: {told}")
                same += 1
    if not same:
        sys.exit("Nothing was written under Wine.")
    sys.stdout.write(f"{same} files are the same as on Linux\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
