"""Reads a file of any kind the program knows, by its suffix."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from importers.budget import TooMuchError
from importers.file_blocks import FileBlocks
from importers.opened import check_kind, read_whole
from importers.report import Kind, Note, Report, removed_message, shortened
from importers.strict import in_usual_names
from importers.true_kinds import foreign_name, is_encrypted, is_old_excel, is_old_word, is_ole, is_zip
from models.bulk import making_many
from models.document.cleaning import clean_text
from models.document.template import load_template
from models.document.tree import Draft, Provenance, Settings
from models.errors import UserError
from models.exchange.package_contents import NamedVersion
from models.printable import printable
from models.session.file_comments import Commented

if TYPE_CHECKING:
    from importers.excel.excel_reader import ExcelReading
    from importers.recognise import Recognition

GoOn = Callable[[], bool]

SUFFIXES = (
    *(
        ".docx",
        ".xlsx",
        ".doc",
        ".wps",
        ".rtf",
        ".odt",
        ".html",
        ".htm",
        ".txt",
        ".json",
        ".jxmb",
        ".xls",
        ".et",
        ".ods",
    ),
    *(".csv", ".tsv", ".mht", ".mhtml", ".docm", ".dotx", ".dotm", ".xlsm", ".xltx", ".xltm"),
)
"""What `read_file` takes."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft read from a file, and the report on it."""

    draft: Draft
    report: Report
    versions: tuple[NamedVersion, ...] = ()
    """Named versions that came with the draft, the oldest first."""
    is_filled_in: bool = False
    """Whether it is a filled 填报模板: its projects have the ids of those it was made from."""
    is_report: bool = False
    """Whether it is a filled 自评表 or 监控表: its results are what it was read for."""
    form: str = ""
    """The id of the form whose tables were read, "" for a text: what that form does not show is not in the draft."""
    comments: Commented = field(default_factory=Commented)
    """The comments of a Word file, which `models.session.review_comments` puts beside their fields."""


_Reader = Callable[[bytes, str, GoOn], Imported]


def read_file(path: Path, go_on: GoOn = lambda: True, home: Path | None = None) -> Imported:
    """The draft in a file. UserError, naming the file, where it cannot be read or holds nothing of the form.

    `go_on` is asked now and then during long reading; CancelledError once it says no. `home`: the data folder, whose own
    forms and own words for labels are known, too.
    """
    data, reader = _opened(path)
    name = printable(path.name)
    try:
        with making_many(), nullcontext() if reader in _OF_PACKAGES else what_user_knows(home):
            return reader(data, name, go_on)
    except TooMuchError as error:
        raise UserError(f"文件「{name}」{error}，没有读取。请检查是否选错了文件。") from None
    except (RecursionError, MemoryError):
        raise UserError(f"文件「{name}」的结构复杂得不正常，没有读取。请检查是否选错了文件。") from None
    except UserError as error:
        raise UserError(str(error) if name in str(error) else f"文件「{name}」：{error}") from None


@contextmanager
def what_user_knows(home: Path | None) -> Iterator[None]:
    """What is read inside knows the forms and the labels in this data folder."""
    from importers.installed_forms import forms_of
    from importers.reading.own_labels import reading_with

    with forms_of(home), reading_with(home):
        yield


def unforeseen(path: Path, error: Exception) -> UserError:
    """What is said where a reader met something nobody foresaw; what it was is for the log."""
    return UserError(
        f"文件「{path.name}」里有本程序没能读懂的内容（{type(error).__name__}），没有读取，详情已记入日志。"
        "请用 Word、Excel 或 WPS 打开检查，另存一份后再试。"
    )


def _opened(path: Path) -> tuple[bytes, _Reader]:
    """What is in the file, and who reads its kind."""
    check_kind(path)  # of a mistyped name the type is the smaller fault
    suffix = path.suffix.lower()
    if suffix in _READERS:
        return read_whole(path), _READERS[suffix]
    with path.open("rb") as file:
        name = foreign_name(file.read(_BEGINNING))
    if name:
        raise UserError(f"文件「{path.name}」是{name}。本程序读不了这种文件。")
    known = "、".join(SUFFIXES)
    raise UserError(f"不认识文件「{path.name}」的类型（{path.suffix or '没有后缀'}），可以读取的有：{known}。")


_BEGINNING = 1 << 20


def _check_password(data: bytes, name: str, programs: str) -> None:
    if is_encrypted(data):
        raise UserError(f"文件「{name}」带有打开密码，没有读取。请用 {programs} 打开，去掉密码另存一份后再导入。")


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and the sentence on characters taken out of it."""
    from importers.text_reader import decode

    text = decode(data, name)
    return text, removed_message(clean_text(text)[1])


def _read_text(data: bytes, name: str, _go_on: GoOn) -> Imported:
    from importers.recognise import NothingFoundError
    from importers.text_reader import read_columns, read_text

    text, left_out = _decoded(data, name)
    try:
        return _understood(FileBlocks(read_text(text), left_out=left_out), name)
    except NothingFoundError:
        blocks = read_columns(text)
        if not blocks:
            raise
        return _understood(FileBlocks(blocks, left_out=left_out), name)


def _read_word(data: bytes, name: str, go_on: GoOn) -> Imported:
    from importers.word.comments import read_comments
    from importers.word.word_reader import read_word

    _check_password(data, name, "Word 或 WPS")
    if is_old_word(data):
        return _read_old_word(data, name, go_on)
    data = in_usual_names(data, "word/document.xml")
    found = _understood(read_word(data, name, go_on), name)
    commented = read_comments(data, name, go_on)
    if not commented.comments:
        return found
    message = Note(Kind.FOUND, f"批注：{len(commented.comments)} 条，作为审核意见放在各自的栏目旁边，不印进正文。")
    return replace(found, report=Report((*found.report.notes, message)), comments=commented)


def _read_html(data: bytes, name: str, _go_on: GoOn) -> Imported:
    from importers.html import read_html

    text, removed = _decoded(data, name)
    read = read_html(text)
    return _understood(replace(read, left_out=(*read.left_out, *removed)), name)


def _understood(read: FileBlocks, name: str) -> Imported:
    """The draft of a filled 自评表 or 监控表 where the blocks are one, else that of a text."""
    from importers.reading.reader import understand
    from models.document.list_head import read_unit_line

    if found := _report_in(read, name):
        return found
    return imported(
        understand(read.blocks, load_template(), read_unit_line(read.keywords)), name, read.extra, read.left_out
    )


def _report_in(read: FileBlocks, name: str) -> Imported | None:
    """The draft of a filled 自评表 or 监控表; None where the blocks are none."""
    from importers.announced_reports import read_announced_reports
    from importers.report_tables import is_report

    announced = read_announced_reports(read.blocks)
    if announced is None and not is_report(read.blocks):
        return None
    from importers.reported import reported

    recognition, report = reported(read.blocks, load_template(), announced)
    found = imported(recognition, name, read.extra, read.left_out)
    reports = (report,) if report.projects else ()
    return replace(found, draft=replace(found.draft, reports=reports), is_report=True)


def _web_page(data: bytes, name: str, go_on: GoOn) -> Imported | None:
    """The draft of a web page, as systems hand out what they call a Word or Excel file; None where it is none."""
    from importers.html import is_html
    from importers.web_archive import is_archive

    if is_html(data):
        return _read_html(data, name, go_on)
    return _read_archive(data, name, go_on) if is_archive(data) else None


def _read_old_word(data: bytes, name: str, go_on: GoOn) -> Imported:
    from importers.office import to_docx

    if found := _web_page(data, name, go_on):
        return found
    _check_password(data, name, "Word 或 WPS")
    return _read_word(to_docx(data, name, go_on), name, go_on)


def _read_archive(data: bytes, name: str, go_on: GoOn) -> Imported:
    from importers.web_archive import html_of_archive

    return _read_html(html_of_archive(data, name).encode(errors="replace"), name, go_on)


def _read_old_excel(data: bytes, name: str, go_on: GoOn) -> Imported:
    """What is called .xls or .et: the old format, or what systems and programs save under its name."""
    from importers.office import to_xlsx

    if found := _web_page(data, name, go_on):
        return found
    if is_zip(data):
        return _read_excel(data, name, go_on)
    _check_password(data, name, "Excel 或 WPS")
    if not is_ole(data):
        return _read_csv(data, name, go_on)
    if not is_old_excel(data):
        raise UserError(f"文件「{name}」里没有工作簿，没有读取。请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再导入。")
    return _read_excel(to_xlsx(data, name, go_on), name, go_on)


def _read_csv(data: bytes, name: str, _go_on: GoOn) -> Imported:
    from importers.csv_reader import read_csv

    text, left_out = _decoded(data, name)
    return _understood(FileBlocks(read_csv(text, name), left_out=left_out), name)


def _read_ods(data: bytes, name: str, go_on: GoOn) -> Imported:
    from importers.budget import Budget
    from importers.excel.excel_reader import read_sheets
    from importers.ods_reader import read_ods

    budget = Budget()
    return _of_sheets(read_sheets(read_ods(data, name, go_on, budget), budget), name)


def _read_excel(data: bytes, name: str, go_on: GoOn) -> Imported:
    from importers.excel.excel_reader import read_excel
    from importers.excel.fill_in_reader import is_fill_in, read_fill_in

    _check_password(data, name, "Excel 或 WPS")
    if is_old_excel(data):
        return _read_old_excel(data, name, go_on)
    data = in_usual_names(data, "xl/workbook.xml")
    if is_fill_in(data):
        return replace(imported(read_fill_in(data, name, go_on), name), is_filled_in=True)
    return _of_sheets(read_excel(data, name, go_on), name)


def _of_sheets(read: "ExcelReading", name: str) -> Imported:
    from importers.excel.excel_reader import join

    if read.reports and (found := _report_in(replace(read, blocks=read.reports), name)):
        return found
    joined = join(read, load_template())
    return imported(joined, name, read.outside(joined), read.left_out)


def _read_package(data: bytes, name: str, _go_on: GoOn) -> Imported:
    from importers.json_reader import read_package

    draft = read_package(data, name)
    return Imported(
        draft, Report((Note(Kind.FOUND, f"数据包「{name}」：{len(draft.document.projects)} 个项目，完整读入。"),))
    )


def _read_jxmb(data: bytes, name: str, _go_on: GoOn) -> Imported:
    from importers.package_reader import read_jxmb

    package = read_jxmb(data, name)
    notes = [Note(Kind.FOUND, f"数据包「{name}」：{len(package.draft.document.projects)} 个项目，校验无误，完整读入。")]
    if package.versions:
        names = "、".join(version.name for version in package.versions)
        message = f"带有 {len(package.versions)} 个命名版本（{shortened(names)}），建立新草稿时放进它的历史版本。"
        notes.append(Note(Kind.FOUND, message))
    return Imported(package.draft, Report(tuple(notes)), versions=package.versions)


def imported(found: "Recognition", name: str, extra: Sequence[str] = (), left_out: Sequence[str] = ()) -> Imported:
    """The draft with the words that stand outside the text's flow kept, and both kinds of loss reported."""
    from importers.installed_forms import forms_fault

    document = replace(found.document, unplaced=(*found.document.unplaced, *extra))
    notes = (
        *found.report.notes,
        *(Note(Kind.UNPLACED, f"正文之外的文字，已保留：「{shortened(words)}」") for words in extra),
        *(Note(Kind.HINT, sentence) for sentence in left_out),
        *(Note(Kind.HINT, f"单位自己的表样没有用上：{fault}") for fault in filter(None, (forms_fault(),))),
    )
    settings = Settings(unit_headings=found.unit_headings)
    return Imported(Draft(document, settings, provenance=Provenance(source=name)), Report(notes), form=found.form)


_OF_PACKAGES = (_read_package, _read_jxmb)
_READERS: dict[str, _Reader] = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), _read_word),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), _read_excel),
    **dict.fromkeys((".xls", ".et"), _read_old_excel),
    **dict.fromkeys((".csv", ".tsv"), _read_csv),
    **dict.fromkeys((".mht", ".mhtml"), _read_archive),
    ".ods": _read_ods,
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt"), _read_old_word),
    **dict.fromkeys((".html", ".htm"), _read_html),
    ".txt": _read_text,
    ".json": _read_package,
    ".jxmb": _read_jxmb,
}
