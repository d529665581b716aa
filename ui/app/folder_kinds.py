"""Folders a database is not safe in: on another machine, or kept the same on several by a sync program."""

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStorageInfo

_NETWORK = ("nfs", "cifs", "smb", "fuse.sshfs", "afs", "ncp", "9p", "webdav", "davfs", "fuse.rclone")
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveType

_SYNCED = {
    "onedrive": "OneDrive",
    "nutstore": "坚果云",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "baidusyncdisk": "百度网盘",
    "百度网盘同步空间": "百度网盘",
    "百度云同步盘": "百度网盘",
    "wpsdrive": "WPS 云盘",
    "wps云盘": "WPS 云盘",
    "wps cloud files": "WPS 云盘",
    "weiyun": "微云",
    "dropbox": "Dropbox",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "google drive": "Google Drive",
}
"""How the name of such a folder begins, and what its program is called."""
_AFTER_THE_NAME = " -_(（·"
"""«OneDrive - 单位», «Nutstore Files»: what may follow it; «Dropboxes» is another word."""


def is_network_folder(folder: Path) -> bool:
    """Whether the folder lies on another machine, where a lost connection may damage a database."""
    text = str(folder).removeprefix("\\\\?\\")  # Windows' way to write a long one
    if text.startswith(("\\\\", "UNC\\")) or is_remote_drive(Path(text).drive):
        return True
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    kind = bytes(QStorageInfo(str(there)).fileSystemType().data()).decode(errors="replace").lower()
    return kind.startswith(_NETWORK)


def is_remote_drive(drive: str) -> bool:
    """Whether a drive of Windows («Z:») is a folder of another machine that was given a letter."""
    if os.name != "nt" or not drive:
        return False
    import ctypes

    system: Any = getattr(ctypes, "windll")  # noqa: B009  # it is there on Windows alone
    return bool(system.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE)


def sync_program(folder: Path) -> str:
    """What the program is called that keeps the folder the same on several computers; "" where none is known to."""
    named = {os.environ.get(name, "") for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")} - {""}
    if any(folder.is_relative_to(place) for place in named):
        return "OneDrive"
    for part in reversed(folder.parts):
        name = part.lower()
        for start, program in _SYNCED.items():
            if name == start or (name.startswith(start) and name[len(start)] in _AFTER_THE_NAME):
                return program
    return ""


def warning(folder: Path) -> str:
    """Why the drafts had better not lie there, to go on from «数据文件夹 …»; "" where nothing speaks against it."""
    if is_network_folder(folder):
        return "在网络盘上：连接中断可能损坏数据，请尽量放在本机，把备份放到网络盘。"
    if program := sync_program(folder):
        return (
            f"在{program}同步的文件夹里：同步可能在写到一半时换掉数据文件，两台电脑也会互相盖掉。"
            "请放在本机不同步的文件夹里，把备份放到网盘。"
        )
    return ""
