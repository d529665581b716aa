"""Free fonts under the names Windows' own have: `windows_fonts.py FOLDER`. For trials under Wine, never for a package.

Run by Debian's Python, with its fontTools. Words are as wide as in Windows' fonts to a character: Chinese is square in all.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

NOTO = Path("/usr/share/fonts/opentype/noto")
LIBERATION = Path("/usr/share/fonts/truetype/liberation")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
ENGLISH, CHINESE = 0x409, 0x804
FILES = "files.txt"
"""The list of what was made: file, tab, name in the registry."""


@dataclass(frozen=True)
class Named:
    """A font of Windows by its two names, and what stands in for it."""

    source: str
    english: str
    chinese: str
    style: str
    file: str


CHINESE_FONTS = (
    Named("NotoSansCJK-Regular.ttc", "Microsoft YaHei", "微软雅黑", "Regular", "msyh.otf"),
    Named("NotoSansCJK-Bold.ttc", "Microsoft YaHei", "微软雅黑", "Bold", "msyhbd.otf"),
    Named("NotoSansCJK-Regular.ttc", "Microsoft YaHei UI", "", "Regular", "msyhui.otf"),
    Named("NotoSansCJK-Bold.ttc", "Microsoft YaHei UI", "", "Bold", "msyhuibd.otf"),
    Named("NotoSerifCJK-Regular.ttc", "SimSun", "宋体", "Regular", "simsun.otf"),
    Named("NotoSerifCJK-Regular.ttc", "FangSong", "仿宋", "Regular", "simfang.otf"),
    Named("NotoSerifCJK-Regular.ttc", "KaiTi", "楷体", "Regular", "simkai.otf"),
    Named("NotoSansCJK-Regular.ttc", "SimHei", "黑体", "Regular", "simhei.otf"),
)
LATIN_FONTS = tuple(
    Named(f"{source}-{style}.ttf", english, "", style, f"{english.replace(' ', '').lower()}{style}.ttf")
    for source, english in (
        ("LiberationSerif", "Times New Roman"),
        ("LiberationSans", "Arial"),
        ("LiberationSans", "Segoe UI"),
        ("LiberationSans", "Tahoma"),
        ("LiberationMono", "Courier New"),
    )
    for style in ("Regular", "Bold")
)

SYMBOLS = (Named("DejaVuSans.ttf", "Segoe UI Symbol", "", "Regular", "seguisym.ttf"),)


def simplified(collection: Path) -> TTFont:
    """Of the fonts of several countries in a file the one for the mainland."""
    return next(font for font in TTCollection(collection, lazy=True).fonts if "CJK SC" in font["name"].getDebugName(1))


def rename(font: TTFont, named: Named) -> None:
    """Gives the font these names and no others."""
    table = font["name"]
    table.names = []
    plain = named.style == "Regular"
    for language, family in ((ENGLISH, named.english), (CHINESE, named.chinese)):
        if not family:
            continue
        whole = family if plain else f"{family} {named.style}"
        short = named.english.replace(" ", "") + ("" if plain else f"-{named.style}")
        for place, text in ((1, family), (2, named.style), (3, short), (4, whole), (5, "Version 1.0"), (6, short)):
            table.setName(text, place, 3, 1, language)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for base, fonts in ((NOTO, CHINESE_FONTS), (LIBERATION, LATIN_FONTS), (DEJAVU, SYMBOLS)):
        for named in fonts:
            source = base / named.source
            font = simplified(source) if source.suffix == ".ttc" else TTFont(source)
            rename(font, named)
            font.save(folder / named.file)
            listed.append(f"{named.file}\t{Path(named.file).stem} (TrueType)\n")
    (folder / FILES).write_text("".join(listed), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
