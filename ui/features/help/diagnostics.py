"""诊断信息: what helps to find a fault, as one text: versions, system, screen, settings, store, logs. No words of drafts."""

from __future__ import annotations

import getpass
import os
import platform
import re
import sys
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QStyleHints
from PySide6.QtWidgets import QApplication

from resources import ROOT
from ui.app import faults

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

_PACKAGES = (
    "PySide6-Essentials",
    "python-docx",
    "openpyxl",
    "sqlite-utils",
    "click",
    "platformdirs",
    "pypinyin",
    "lxml",
)
_FONTS = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "楷体_GB2312",
    "宋体",
    "黑体",
    "仿宋",
    "楷体",
    "Times New Roman",
    "Noto Serif CJK SC",
)
_LOG_LINES = 400
_PATH = re.compile(r"(?:[A-Za-z]:[\\/]|\\\\|(?<![\w.~〉…])/)[^\n\"'<>|*?]*")
_ENVIRONMENT = ("QT_IM_MODULE", "QT_IM_MODULES", "QT_SCALE_FACTOR", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE", "LANG")


def program_version() -> str:
    """The program's own version, «（未安装）» where it runs without being installed."""
    try:
        return version("goalform")
    except PackageNotFoundError:
        return "（未安装）"


def suggested_name() -> str:
    """A file name with the moment."""
    return f"诊断信息 {datetime.now():%Y-%m-%d %H%M}.txt"  # noqa: DTZ005  # the clock on the wall here


def facts(window: QWidget, step: int) -> str:
    """What only the window's thread may ask: screens, scale, fonts, theme; `step`: the one shown, 0 for none."""
    lines = []
    for number, screen in enumerate(QGuiApplication.screens(), 1):
        size, room = screen.size(), screen.availableGeometry()
        lines.append(
            f"屏幕 {number}：{size.width()}×{size.height()}，可用 {room.width()}×{room.height()}，"
            f"缩放 {screen.devicePixelRatio():.2f}，{screen.logicalDotsPerInch():.0f} dpi"
        )
    font, hints = QApplication.font(), QGuiApplication.styleHints()
    lines += [
        f"窗口：{window.width()}×{window.height()}，{'最大化' if window.isMaximized() else '普通'}",
        f"界面字体：{font.family()} {font.pointSizeF():g} 磅；主题：{_theme(hints)}；平台：{QGuiApplication.platformName()}",
        f"输入法语言：{QGuiApplication.inputMethod().locale().name()}；系统语言：{QLocale.system().name()}",
        f"有没有打开草稿：{f'有，第 {step} 步' if step else '没有'}",
    ]
    families = set(QFontDatabase.families())
    lines.append("公文字体：" + "；".join(f"{name} {'有' if name in families else '无'}" for name in _FONTS))
    return "\n".join(lines)


def _theme(hints: QStyleHints) -> str:
    return {"Dark": "深色", "Light": "浅色"}.get(hints.colorScheme().name, "不明")


def report(screens: str, home: Path, store: Path, backups: Path) -> str:
    """The whole text. `home`: the folder of store and logs. Reads the store to the end: for a worker."""
    parts = (
        ("版本", _versions()),
        ("系统", _system()),
        ("屏幕和字体", screens),
        ("数据文件", _store(store)),
        ("数据文件夹", _folder(home)),
        ("备份", _backups(backups)),
        ("日志", _tail(home / faults.LOG_NAME)),
        ("异常退出", _tail(home / faults.CRASH_NAME)),
    )
    head = (
        f"绩效目标填报 诊断信息　{datetime.now().astimezone().isoformat(timespec='seconds')}\n"
        "里面没有草稿的文字、单位名称和用户名；可以先看一遍再发给帮您查问题的人。\n"
    )
    written = "\n".join(f"\n【{name}】\n{text}" for name, text in parts)
    return f"{head}{without_places(written, home)}\n"


def _versions() -> str:
    lines = [f"程序 {program_version()}", f"Python {platform.python_version()}，Qt {qVersion()}"]
    for name in _PACKAGES:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} 没有")
    lines.append(f"打包运行：{'是' if getattr(sys, 'frozen', False) else '否'}")
    return "\n".join([*lines, *_templates()])


def _templates() -> Iterable[str]:
    yield "表样 " + "、".join(sorted(folder.name for folder in (ROOT / "forms").iterdir() if folder.is_dir()))


def _system() -> str:
    lines = [f"{platform.system()} {platform.release()}，{platform.machine()}，处理器 {os.cpu_count()} 个"]
    lines += [f"{name}={os.environ[name]}" for name in _ENVIRONMENT if name in os.environ]
    return "\n".join(lines)


def _store(path: Path) -> str:
    from models.store.health import health

    found = health(path)
    lines = [
        f"大小 {found.size} 字节，{found.pages} 页（空闲 {found.free_pages} 页），结构第 {found.version} 版，SQLite {found.sqlite}",
        f"完整性：{'读不到底，' + found.error if found.error else '；'.join(found.faults) or '完好'}",
        "行数：" + "，".join(f"{name} {count}" for name, count in found.rows),
        "记住的设置：",
        *(f"  {key} = {value}" for key, value in found.remembered),
    ]
    return "\n".join(lines)


def _folder(home: Path) -> str:
    """Only the program's own files by name."""
    try:
        files = sorted(path for path in home.iterdir() if path.name.startswith("goalform") and path.is_file())
        lines = [f"{path.name}　{path.stat().st_size} 字节　{_day(path)}" for path in files]
        lines.append(f"可以写入：{'是' if os.access(home, os.W_OK) else '否'}")
    except OSError as error:
        return f"不能读取：{type(error).__name__}"
    return "\n".join(lines)


def _backups(folder: Path) -> str:
    from models.store.backup import Backups

    found = Backups(folder).list()
    newest = f"，最近一份 {found[0].made:%Y-%m-%d %H:%M}" if found else ""
    return f"共 {len(found)} 份{newest}"


def _day(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone().strftime("%Y-%m-%d %H:%M")


def _tail(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return "没有"
    except OSError as error:
        return f"不能读取：{type(error).__name__}"
    return "\n".join(lines[-_LOG_LINES:]) or "空的"


def without_places(text: str, home: Path) -> str:
    """The text without names of folders and users: of a path only what lies inside the program or its libraries stays."""
    known = {
        str(home): "〈数据〉",
        str(home.resolve()): "〈数据〉",
        str(ROOT.parent): "〈程序〉",
        sys.prefix: "〈Python〉",
        sys.base_prefix: "〈Python〉",
        str(Path.home()): "~",
    }
    for place, name in sorted(known.items(), key=lambda pair: -len(pair[0])):
        if len(place) > 1:
            text = text.replace(place, name)
    text = re.sub(r"~[\\/][^\n\"']*", _last_name, text)
    text = _PATH.sub(_last_name, text)
    user = _user()
    return text.replace(user, "〈用户〉") if len(user) > 2 and user != "root" else text


def _last_name(found: re.Match[str]) -> str:
    """«…/name.py:12 run»: the end says enough."""
    return "…/" + re.split(r"[\\/]", found[0])[-1]


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
