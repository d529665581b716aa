"""The door: `main.py` opens the window, `main.py convert INPUT OUTPUT` turns one file into another without it."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import platformdirs

from models.errors import UserError

_FOLDER = click.Path(path_type=Path, file_okay=False)


def _speak_utf8() -> None:
    """A terminal that cannot show a character gets an escape in its place, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _convert(source: Path, target: Path) -> None:
    from exporters.files import write_file
    from importers.files import read_file

    write_file(read_file(source).draft, target)


def _guarded(home: Path, work: Callable[[], None]) -> None:
    """Runs it; what goes wrong is one Chinese line and an exit code: 2 for what the user can mend, 1 for our bugs."""
    try:
        work()
    except UserError as error:
        click.echo(" ".join(str(error).split("\n")), err=True)
        sys.exit(2)
    except Exception as error:  # the user gets a sentence, the log the trace
        from ui.faults import log_fault

        log_fault(home, error)
        click.echo(f"程序内部出错（{type(error).__name__}），详情已记入 {home} 下的日志。", err=True)
        sys.exit(1)


class _Door(click.Group):
    """What is no command but a file is opened in the window."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args[0] not in self.commands and (Path(args[0]).suffix or Path(args[0]).exists()):
            args = ["open", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_Door, invoke_without_command=True, subcommand_metavar="[FILE...] | COMMAND …")
@click.option("--home", type=_FOLDER, envvar="GOALFORM_HOME", help="草稿和日志所在的文件夹。")
@click.pass_context
def main(context: click.Context, home: Path | None) -> None:
    """绩效目标填报：不带命令时打开窗口。"""
    context.obj = home or Path(platformdirs.user_data_dir("goalform", appauthor=False))
    if context.invoked_subcommand is None:
        _open_window(context.obj, ())


def _open_window(home: Path, files: tuple[Path, ...]) -> None:
    from ui.without_display import export_sample, has_display

    if not has_display():
        _guarded(home, lambda: click.echo(export_sample()))
        return
    from ui.app import run

    sys.exit(run(home, files))


@main.command("open", hidden=True)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def open_files(home: Path, files: tuple[Path, ...]) -> None:
    _open_window(home, files)


# Unknown options are taken as arguments: a file name may begin with a dash.
@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.argument("target", metavar="OUTPUT", type=click.Path(path_type=Path))
@click.pass_obj
def convert(home: Path, source: Path, target: Path) -> None:
    """把文件 INPUT 转成 OUTPUT，种类由后缀决定（docx、xlsx、pdf、txt、json）。"""
    _guarded(home, lambda: _convert(source, target))


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="每个文件输出一行 JSON。")
@click.option("--report", type=click.Path(path_type=Path), help="另存检查报告，后缀 xlsx 或 docx。")
@click.option("--jobs", type=click.IntRange(min=1), help="同时检查的进程数，默认用满处理器。")
@click.pass_obj
def check(home: Path, paths: tuple[Path, ...], as_json: bool, report: Path | None, jobs: int | None) -> None:
    """检查文件和文件夹 PATH。退出码：0 没有错误，1 有错误，2 有文件读不了。"""

    def work() -> None:
        from exporters.check_report import reporting_to
        from importers.check_command import check_paths

        with reporting_to(report) as add:
            code = check_paths(paths, as_json, jobs, add)
        sys.exit(code)

    _guarded(home, work)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support  # worker processes of a bundle begin here

        freeze_support()
    _speak_utf8()
    main(prog_name="goalform")
