"""Reads the lines of a section into its items: 分项绩效目标 and 工作保障措施."""

from collections.abc import Sequence

from importers.numbered_lines import ReadItem, read_items, split_run_in, typed_number
from models.document.template import Template
from models.document.tree import Items, Measure, SubGoal


def read_sub_goals(lines: Sequence[str], template: Template) -> Items[SubGoal]:
    """The items of 分项绩效目标; a line after 绩效目标： or 绩效指标： belongs to that label."""
    preface, pattern, read = read_items(lines, template.numbering.items)
    items = []
    for place, item in enumerate(read):
        texts = _by_label(item, {"goal": template.labels.goal, "indicator": template.labels.indicator})
        heading, run_in, text = split_run_in(item.first)
        own = [*([text] if run_in else []), *texts[""]]
        items.append(
            SubGoal(
                f"s{place + 1}",
                typed_number(item.marker, pattern, place),
                heading,
                run_in,
                "\n".join(own),
                _joined(texts.get("goal")),
                _joined(texts.get("indicator")),
            )
        )
    return Items(preface, pattern, tuple(items))


def read_measures(lines: Sequence[str], template: Template) -> Items[Measure]:
    """The items of 工作保障措施."""
    preface, pattern, read = read_items(lines, template.numbering.items)
    items = []
    for place, item in enumerate(read):
        heading, run_in, text = split_run_in(item.first)
        own = [*([text] if run_in else []), *item.lines]
        number = typed_number(item.marker, pattern, place)
        items.append(Measure(f"m{place + 1}", number, heading, run_in, "\n".join(own)))
    return Items(preface, pattern, tuple(items))


def _by_label(item: ReadItem, labels: dict[str, str]) -> dict[str, list[str]]:
    """An item's lines by the label they follow, as far as labels are there; the lines before any label under ""."""
    texts: dict[str, list[str]] = {"": []}
    current = ""
    for line in item.lines:
        words = line.lstrip()
        for name, label in labels.items():
            if words.startswith((label, label.replace("：", ":"))):
                current = name
                if name not in texts:  # a label that comes again is kept as a line of its field
                    line = words[len(label) :]
                    texts[name] = []
                break
        texts[current].append(line)
    return texts


def _joined(lines: list[str] | None) -> str | None:
    return None if lines is None else "\n".join(lines)
