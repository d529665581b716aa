"""Hebei's text is one form among others; its text, package and page content are to the byte what they were when it was the one."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from exporters.build import build
from exporters.json_writer import write_package
from exporters.text_writer import write_text
from models.document.blocks import Block, Paragraph, Table
from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Indicator, Items, SubGoal, Unit
from tests.exporters.samples import document


def usual() -> GoalDocument:
    return document(3)


def odd() -> GoalDocument:
    """What a form can get wrong: no headings, own numbers, blank tiers, no rows, no goals, another unit, no name."""
    text = document(3)
    first, second, third = text.projects
    more = (
        Indicator("i9", "", "", "同上一行"),
        Indicator("i10", "效益指标", "社会效益指标", "满意人数", "", "≥9人", ""),
    )
    sub_goals = (
        SubGoal("s1", number="（一）、", heading="推广", text="甲。\n乙。", goal="办好"),
        SubGoal("s2", heading="服务", indicator="20场"),
    )
    return replace(
        text,
        title="2025年部门整体绩效目标",
        headings=replace(text.headings, part_one=None, safeguards=None),
        sub_goals=Items("前言。", "（{cn}）", sub_goals),
        projects=(
            replace(first, goals=("只有一条",), goals_numbering="", indicators=(*first.indicators, *more)),
            replace(
                second,
                unit=Unit("", "青松县农技站（本级）"),
                amount_unit="元",
                spending_plan=("", "", "", ""),
                goals=(),
                indicators=(),
            ),
            replace(third, name="", code="", fund_use="", other_funds="5.00"),
        ),
        unplaced=("附注",),
    )


def page_content(blocks: Sequence[Block]) -> Iterator[str]:
    """Each line with its role, each cell with its place, its spans and its role."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield f"{block.role.name}\t{block.text}"
        elif isinstance(block, Table):
            for row in block.placed():
                for at in (at for at in row if not at.covered):
                    cell = at.cell
                    yield f"{at.column}\t{cell.colspan}\t{cell.rowspan}\t{cell.role.name}\t{cell.text}"
        else:
            yield type(block).__name__


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("text", "as_text", "as_package", "as_page"),
    [
        (
            usual(),
            "58afda087f358ca68ca9726d803ed61bc2f23222150941435c7b4b3d2907690b",
            "2b43bb5bc9e1256647ed78e181a16ced4e4f3e4386c50505c78e75c1ee528758",
            "6fb081f7b172eba592cc7c727043fbc4fdeb8f3bc50b9f7555501fef74c293f7",
        ),
        (
            odd(),
            "37ac6288d953e09f24fb12b3c9bdbe6daf0adae89a7c1d9c37278e96c144d14b",
            "3e3c088df06bb955e513203e9cd6454892709cd843523612e7497e27fea7100f",
            "b95e1d53eca9f9001da0ecf5241b80c83232dc90f9a3bb7d9fabd760bbb731f7",
        ),
    ],
    ids=["usual", "odd"],
)
def test_the_text_form_is_to_the_byte_what_it_was(
    text: GoalDocument, as_text: str, as_package: str, as_page: str
) -> None:
    """The numbers are those of the version before the forms became data."""
    blocks = build(text, load_template())
    assert digest(write_text(blocks).encode()) == as_text
    assert digest(write_package(Draft(text))) == as_package
    assert digest("\n".join(page_content(blocks)).encode()) == as_page
