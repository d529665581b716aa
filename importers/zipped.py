"""A zip opened with bounds, so that a hostile Word or Excel file is refused before it costs anything."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from importers.budget import TooMuchError
from models.errors import UserError

_OLE = b"\xd0\xcf\x11\xe0"

ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    ValueError,
    EOFError,
    RuntimeError,  # NotImplementedError is one
    IndexError,
    OverflowError,
)
"""What a damaged zip raises, sooner or later."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`unpacked`: bytes one part may unpack to; `ratio`: how much a part above `small` bytes may shrink by packing."""

    unpacked: int
    ratio: int = 150
    small: int = 8 * 1024 * 1024
    parts: int = 5_000


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a refusal names the kind of file: «Word», «.docx», the suffix its old format has, the programs that open it."""

    name: str
    suffix: str
    old_suffix: str
    programs: str


class BoundedZip:
    """An opened zip. UserError names the file where it is damaged, protected or beyond its bounds."""

    damage: tuple[type[Exception], ...] = ()
    """What a damaged part of this kind raises besides."""

    def __init__(self, data: bytes, name: str, kind: FileKind, bounds: Bounds) -> None:
        self._name, self._kind, self._bounds = name, kind, bounds
        if data.startswith(_OLE):
            raise UserError(
                f"文件「{name}」带有密码，或实际是旧的 {kind.old_suffix} 格式。"
                f"请用 {kind.programs} 打开（去掉密码），另存为 {kind.suffix} 后再导入。"
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_FAULTS:
            raise self.broken(f"不是完整的 {kind.name} 文件") from None
        if len(self._zip.infolist()) > bounds.parts:
            raise self.broken("内部文件过多，不像一份正常的文档")
        self.names = frozenset(self._zip.namelist())

    def open(self, part: str) -> IO[bytes]:
        """The bytes of a part, as a stream."""
        self.check(part)
        return self._zip.open(part)

    def check(self, part: str) -> int:
        """How many bytes a part unpacks to. UserError where it is missing, protected or too large."""
        try:
            info = self._zip.getinfo(part)
        except KeyError:
            raise self.broken(f"缺少内部文件 {part}") from None
        bounds = self._bounds
        if info.flag_bits & 1:
            raise self.broken("带有密码")
        if info.file_size > bounds.unpacked or (
            info.file_size > bounds.small and info.file_size > bounds.ratio * max(info.compress_size, 1)
        ):
            raise self.broken("展开后大得不正常")
        return info.file_size

    @contextmanager
    def reading(self, what: str, *damage: type[Exception]) -> Iterator[None]:
        """What goes wrong inside is reported as a fault of this file: `what` of it is too much, or damaged where the zip or
        one of `damage` says so."""
        faults: tuple[type[Exception], ...] = (*ZIP_FAULTS, *self.damage, *damage)
        try:
            yield
        except TooMuchError as error:
            raise self.broken(f"{what}{error}") from None
        except (RecursionError, MemoryError):
            raise self.broken(f"{what}的结构复杂得不正常") from None
        except faults:
            raise self.broken(f"{what}已损坏") from None

    def broken(self, why: str) -> UserError:
        """The sentence for this file."""
        kind = self._kind
        return UserError(
            f"文件「{self._name}」{why}，没有读取。请用 {kind.programs} 打开检查，另存为 {kind.suffix} 后再导入。"
        )
