"""What a screen reader would speak of the program, a line an event, until it is ended: run by the system's Python, which has the
AT-SPI library.

`focus` a control that got the keyboard, with role, name, description and states; of a cell its row, column and headers; `cell` one that
became the current one; `say` an announcement; `state` and `name` what changed at the control with the focus.
"""

import sys

import pyatspi

PROGRAMS = {"绩效目标填报", "goalform"}
TOLD_STATES = {
    pyatspi.STATE_CHECKED: "勾选",
    pyatspi.STATE_EXPANDED: "展开",
    pyatspi.STATE_READ_ONLY: "只读",
    pyatspi.STATE_SELECTED: "选中",
    pyatspi.STATE_EDITABLE: "可写",
}
EVENTS = (
    "object:state-changed:focused",
    "object:active-descendant-changed",
    "object:announcement",
    "object:property-change:accessible-name",
    "object:property-change:accessible-description",
    "object:selection-changed",
    "window:activate",
)


def cell_words(node):
    """Row and column of a cell, from 1, with their headers; nothing for what is none."""
    try:
        cell = node.queryTableCell()
    except NotImplementedError:
        return ""
    row, column = cell.position[-2:]
    heads = [head.name for head in (*cell.columnHeaderCells, *cell.rowHeaderCells)]
    return f"行 {row + 1} 列 {column + 1} 标题 {'、'.join(heads) or '无'}"


def described(node):
    states = node.getState()
    told = [words for state, words in TOLD_STATES.items() if states.contains(state)]
    label = next(
        (r.getTarget(0).name for r in node.getRelationSet() if r.getRelationType() == pyatspi.RELATION_LABELLED_BY), ""
    )
    parts = [node.getRoleName(), f"「{node.name}」"]
    parts += [f"标签「{label}」"] if label and label != node.name else []
    parts += [f"说明「{node.description}」"] if node.description else []
    parts += [f"（{'，'.join(told)}）"] if told else []
    parts += [words] if (words := cell_words(node)) else []
    return " ".join(parts)


def is_ours(event):
    application = event.host_application
    return application is not None and application.name in PROGRAMS


def heard(event):
    try:
        line = words_of(event) if is_ours(event) else ""
    except Exception as error:  # a node that went away while it was looked at
        line = f"gone {event.type} {error!r}"
    if line:
        print(line, flush=True)


def words_of(event):
    kind = str(event.type)
    if kind.startswith("object:state-changed:focused"):
        return f"focus {described(event.source)}" if event.detail1 else ""
    if kind.startswith("object:active-descendant-changed"):
        child = event.any_data if hasattr(event.any_data, "getRoleName") else event.source
        return f"cell {described(child)}"
    if kind.startswith("object:announcement"):
        return f"say {event.any_data}"
    if kind.startswith("object:property-change"):
        return f"name {described(event.source)}" if event.source.getState().contains(pyatspi.STATE_FOCUSED) else ""
    if kind.startswith("window:activate"):
        return f"window {event.source.name}"
    return ""


for kind in EVENTS:
    pyatspi.Registry.registerEventListener(heard, kind)
print("ready", flush=True)
try:
    pyatspi.Registry.start()
except KeyboardInterrupt:
    sys.exit(0)
