"""The command line: `convert INPUT OUTPUT` turns one file into another, `check` checks, a file opens in the window.

Nothing here needs Qt, and converting does not load it.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.errors import UserError
from ui.app.startup import HOME_VARIABLE, guarded, log_folder, open_window, usual_home

if TYPE_CHECKING:
    from models.document.tree import Draft

_FOLDER = click.Path(path_type=Path, file_okay=False, readable=False)  # the window says what cannot be read


UNPLACED = 3
"""Exit code of a strict conversion whose words did not all find a place; its target is whole."""


def _convert(
    source: Path,
    target: Path,
    strict: bool,
    as_json: bool,
    form: str,
    fill_in: bool,
    home: Path,
    log: Callable[[BaseException], None],
) -> int:
    """Converts, says what was left behind, and gives the exit code."""
    from exporters.export_files import write_file
    from importers.convert_command import say_rest
    from importers.import_files import read_file, unforeseen
    from models.forms.form_definition import user_forms

    own = user_forms(home)
    try:
        found = read_file(source, home=home)
    except UserError:
        raise
    except Exception as error:
        log(error)
        raise unforeseen(source, error) from None
    if found.comments.comments:
        from ui.shell.returned_comments import with_remarks

        found = with_remarks(found)
    words = _write(found.draft, target, form, own, fill_in=fill_in) if form or fill_in else ""
    if not form and not fill_in:
        write_file(found.draft, target, own_forms=own)
    say_rest(found, source, target, as_json)
    if words:
        click.echo(f"「{target.name}」：{words}", err=True)
    return UNPLACED if strict and found.draft.document.unplaced else 0


def _write(draft: "Draft", target: Path, form_id: str, own: Path, *, fill_in: bool) -> str:
    """Writes the draft in that form, or the workbook to fill it in; what the form does not print."""
    from exporters.export_files import write_file
    from exporters.fill_in_writer import write_fill_in
    from exporters.form_files import message, write_form
    from exporters.reports.report_files import report_for, write_report
    from exporters.reports.result_fill_in import write_result_fill_in
    from models.forms.form_definition import load_form
    from models.reports.report_form import form_ids
    from models.reports.report_form import load_form as load_report_form

    if fill_in and target.suffix.lower() != ".xlsx":
        raise UserError(f"填报模板是 Excel 工作簿，「{target.name}」的后缀应为 .xlsx。")

    if form_id in form_ids(own):
        if fill_in:
            report_form = load_report_form(form_id, own)
            write_result_fill_in(draft, report_for(draft, report_form), report_form, target)
        else:
            write_report(draft, form_id, target, own_forms=own)
        return ""
    form = load_form(form_id, own) if form_id else None
    if fill_in:
        write_fill_in(draft, target, form)
        return ""
    if form is None:
        write_file(draft, target, own_forms=own)
        return ""
    write_form(draft, form, target, own_forms=own)
    return message(draft, form)


class _StartFolder(click.Group):
    """What is no command but a file is opened in the window."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args[0] not in self.commands and (Path(args[0]).suffix or Path(args[0]).exists()):
            args = ["open", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_StartFolder, invoke_without_command=True, subcommand_metavar="[FILE...] | COMMAND …")
@click.option("--home", type=_FOLDER, envvar=HOME_VARIABLE, help="草稿和日志所在的文件夹。")
@click.pass_context
def main(context: click.Context, home: Path | None) -> None:
    """绩效目标填报：不带命令时打开窗口。"""
    context.obj = home or usual_home()
    if context.invoked_subcommand is None:
        open_window(context.obj, ())


@main.command("open", hidden=True)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def open_files(home: Path, files: tuple[Path, ...]) -> None:
    open_window(home, files)


# Unknown options are taken as arguments: a file name may begin with a dash.
@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.argument("target", metavar="OUTPUT", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="有文字没有归位时，照样写出 OUTPUT，退出码为 3。")
@click.option("--json", "as_json", is_flag=True, help="没有归位的文字和提示输出为一行 JSON。")
@click.option("--form", default="", help="按这个表样写，编号见 forms。")
@click.option("--fill-in", is_flag=True, help="写成同事填的工作簿（xlsx），可以同 --form 一起用。")
@click.pass_obj
def convert(home: Path, source: Path, target: Path, strict: bool, as_json: bool, form: str, fill_in: bool) -> None:
    """把文件 INPUT 转成 OUTPUT，种类由后缀决定（docx、xlsx、pdf、txt、json、jxmb）。没有归位的文字在标准错误里说明。"""

    def log(error: BaseException) -> None:
        from ui.app.faults import log_fault

        log_fault(log_folder(home), error)

    def work() -> None:
        if code := _convert(source, target, strict, as_json, form, fill_in, log_folder(home), log):
            sys.exit(code)

    guarded(home, work)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="每个文件输出一行 JSON。")
@click.option("--report", type=click.Path(path_type=Path), help="另存检查报告，后缀 xlsx 或 docx。")
@click.option("--jobs", type=click.IntRange(min=1), help="同时检查的进程数，默认用满处理器。")
@click.pass_obj
def check(home: Path, paths: tuple[Path, ...], as_json: bool, report: Path | None, jobs: int | None) -> None:
    """检查文件和文件夹 PATH。退出码：0 没有错误，1 有错误，2 有文件读不了或没有查全。"""

    def work() -> None:
        from exporters.check_report import reporting_to
        from importers.check_command import check_paths
        from ui.app.faults import log_trace

        data = log_folder(home)
        with reporting_to(report) as add:
            code = check_paths(paths, as_json, jobs, add, lambda trace: log_trace(data, trace), data)
        sys.exit(code)

    guarded(home, work)


@main.command()
@click.pass_obj
def forms(home: Path) -> None:
    """列出能用的表样：编号和名称。"""

    def work() -> None:
        from models.forms.form_definition import list_forms, user_forms
        from models.reports.report_form import form_ids, load_form

        own = user_forms(log_folder(home))
        named = [(form.id, form.name) for form in list_forms(own)]
        named += [(form_id, load_form(form_id, own).name) for form_id in form_ids(own)]
        for form_id, name in named:
            click.echo(f"{form_id}\t{name}")

    guarded(home, work)
