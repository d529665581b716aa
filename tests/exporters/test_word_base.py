"""The Word base of a form: restyled by anybody, found by the names of its styles, the user's own copy first."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from exporters.build import build
from exporters.export_files import file_bytes
from exporters.form_files import form_bytes
from exporters.word import write_word
from exporters.word_base import BASE_FILE, NAMES, base_file
from importers.word.word_reader import read_word
from models.document.template import FORMS
from models.document.tree import Draft, Settings
from models.errors import UserError
from models.forms.form_definition import load_form
from tests.exporters.samples import TEMPLATE, document

SHIPPED = base_file(TEMPLATE.id)
BLOCKS = build(document(), TEMPLATE, Settings())
OTHER_IDS = {"Normal": "a", "Heading1": "1", "TableCell": "Style17", "GoalTable": "af3", "RunInHeading": "a4"}


def part(data: bytes, name: str = "word/styles.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def changed(target: Path, change: "dict[str, str]") -> Path:
    """The shipped base with these words of its styles and footers put in the place of others."""
    with zipfile.ZipFile(SHIPPED) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            data = source.read(name).decode()
            if name.startswith(("word/styles", "word/footer")):
                for old, new in change.items():
                    data = data.replace(old, new)
            archive.writestr(name, data)
    return target


@pytest.mark.parametrize("folder", sorted(file.parent.name for file in FORMS.glob("*/form.toml")))
def test_every_form_has_a_base_that_opens_with_its_styles_theme_and_footers(folder: str) -> None:
    opened = docx.Document(str(FORMS / folder / BASE_FILE))
    names = {style.name_val.lower() for style in opened.styles.element.style_lst}
    assert {name.lower() for name in NAMES.values()} <= names
    kinds = {str(each.partname) for each in opened.part.package.parts}
    assert {"/word/theme/theme1.xml", "/word/footer1.xml", "/word/footer2.xml", "/word/settings.xml"} <= kinds
    assert any("底稿" in paragraph.text for paragraph in opened.paragraphs)


def test_nothing_of_the_words_in_the_base_is_in_a_file() -> None:
    read = read_word(write_word(BLOCKS, TEMPLATE), "a.docx")
    assert not any("底稿" in block.text for block in read.blocks if hasattr(block, "text"))


def test_the_same_text_gives_the_same_bytes() -> None:
    assert write_word(BLOCKS, TEMPLATE) == write_word(BLOCKS, TEMPLATE)


def test_a_restyled_base_restyles_the_file_whatever_font_scheme_is_chosen(tmp_path: Path) -> None:
    opened = docx.Document(str(SHIPPED))
    style = opened.styles["表格"]
    style.font.size, style.font.name = Pt(9), "幼圆"
    own = tmp_path / "own.docx"
    opened.save(str(own))
    styles = part(write_word(BLOCKS, TEMPLATE, font_scheme="windows", base=own))
    found = re.search(r'<w:style [^>]*w:styleId="TableCell".*?</w:style>', styles, re.DOTALL)
    assert found is not None
    assert 'w:ascii="幼圆"' in found[0]
    assert '<w:sz w:val="18"/>' in found[0]
    assert "仿宋_GB2312" not in styles
    assert 'w:eastAsia="仿宋"' in styles


def test_styles_are_known_by_their_names_whatever_ids_a_program_gave_them(tmp_path: Path) -> None:
    other = {
        f'{attribute}="{old}"': f'{attribute}="{new}"'
        for old, new in OTHER_IDS.items()
        for attribute in ("w:styleId", "w:val")
    }
    kept = {f'<w:name w:val="{new}"/>': f'<w:name w:val="{old}"/>' for old, new in OTHER_IDS.items()}
    own = changed(tmp_path / "own.docx", other | kept)
    assert 'w:styleId="a"' in part(own.read_bytes())
    data = write_word(BLOCKS, TEMPLATE, base=own)
    assert part(data, "word/document.xml") == part(write_word(BLOCKS, TEMPLATE), "word/document.xml")
    assert part(data) == part(write_word(BLOCKS, TEMPLATE))


def test_a_missing_style_is_named(tmp_path: Path) -> None:
    own = changed(tmp_path / "own.docx", {'<w:name w:val="表格文字"/>': '<w:name w:val="我的表格"/>'})
    with pytest.raises(UserError, match="里没有名为「表格文字」的样式") as caught:
        write_word(BLOCKS, TEMPLATE, base=own)
    assert str(own) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip"])
def test_a_base_that_is_no_word_file_is_named(tmp_path: Path, content: bytes) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes(content)
    with pytest.raises(UserError, match=r"own\.docx"):
        write_word(BLOCKS, TEMPLATE, base=own)


def test_a_copy_in_the_data_folder_is_used_instead(tmp_path: Path) -> None:
    for form_id in ("hebei-2022", "project-2015"):
        (tmp_path / form_id).mkdir()
        changed(tmp_path / form_id / BASE_FILE, {"楷体_GB2312": "幼圆", "黑体": "幼圆"})
    draft, form = Draft(document()), load_form("project-2015")
    assert form is not None
    assert "幼圆" in part(file_bytes(draft, ".docx", own_forms=tmp_path))
    assert "幼圆" in part(form_bytes(draft, form, ".docx", own_forms=tmp_path))
    assert "幼圆" not in part(file_bytes(draft, ".docx"))


def test_page_and_properties_are_those_of_the_form_and_the_draft() -> None:
    from exporters.made import Properties

    data = write_word(BLOCKS, TEMPLATE, properties=Properties("标题<&>", "青禾县文化服务中心", "表样"))
    opened = docx.Document(io.BytesIO(data))
    about, section = opened.core_properties, opened.sections[-1]
    assert (about.title, about.author, about.subject, about.language) == (
        "标题<&>",
        "青禾县文化服务中心",
        "表样",
        "zh-CN",
    )
    assert (round(section.page_width.mm), round(section.top_margin.mm), round(section.left_margin.mm)) == (210, 37, 28)
