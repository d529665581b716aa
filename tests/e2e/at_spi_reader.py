"""What a screen reader sees of the program, as JSON: run by the system's Python, which has the AT-SPI library.

One command a line on standard input, one JSON line as answer: `focused` (the control with the focus, or null), `windows` (the titles of
those shown), `tree` (every control shown, depth first), `menus` (the menu bar's menus with their entries), `entry` (the one of the open
menu at which the keys stand), `lines NAME` (the words of the parts
of a list, table or tree of the window in front), `text NAME` (what stands in a field of it), `place NAME<Tab>PART` (left, top,
width and height of a control on the display, or of its part whose name begins so).
"""

import json
import sys

import pyatspi

PROGRAM = "绩效目标填报"
VIEWS = {pyatspi.ROLE_TABLE, pyatspi.ROLE_LIST, pyatspi.ROLE_TREE, pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_MENU_ITEM}
"""It is the view that the Tab key stops at; its parts may be thousands and are not walked."""
NAMES = {pyatspi.ROLE_LABEL, pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_MENU_ITEM}
"""What only names others, or does something: it holds no words of its own."""
MOST = 400
"""Parts of a view that are told."""


def described(node):
    states = node.getState()
    return {
        "role": node.getRoleName(),
        "name": node.name,
        "label": next((relation.getTarget(0).name for relation in node.getRelationSet() if labels(relation)), ""),
        "description": node.description,
        "focusable": states.contains(pyatspi.STATE_FOCUSABLE),
        "focused": states.contains(pyatspi.STATE_FOCUSED),
        "active": states.contains(pyatspi.STATE_ACTIVE),
        "enabled": states.contains(pyatspi.STATE_ENABLED),
    }


def labels(relation):
    return relation.getRelationType() == pyatspi.RELATION_LABELLED_BY and relation.getNTargets() > 0


def program():
    for application in pyatspi.Registry.getDesktop(0):
        if application is not None and application.name in {PROGRAM, "goalform"}:
            return application
    return None


def shown(node, depth=0):
    """The nodes shown below this one, depth first."""
    for at in range(node.childCount):
        child = node.getChildAtIndex(at)
        if child is None:
            continue
        states = child.getState()
        if not states.contains(pyatspi.STATE_SHOWING) and depth:
            continue
        yield child
        if child.getRole() not in VIEWS:
            yield from shown(child, depth + 1)


def children(node):
    return [child for at in range(node.childCount) if (child := node.getChildAtIndex(at)) is not None]


def entries(menu):
    below = [entry for child in children(menu) for entry in (child, *children(child))]
    return [entry for entry in below if entry.getRole() == pyatspi.ROLE_MENU_ITEM]


def menus(application):
    """[name of a menu, its entries without separators, each with whether it can be chosen]; those of menus within menus are left out."""
    return [
        [menu.name, [[entry.name, entry.getState().contains(pyatspi.STATE_ENABLED)] for entry in entries(menu)]]
        for menu in bar(application)
    ]


def entry(application):
    """The entry of the open menu at which the keys stand; nothing where no menu is open."""
    for menu in bar(application):
        for shown in (child for child in children(menu) if child.getState().contains(pyatspi.STATE_SHOWING)):
            for one in children(shown):
                if one.getState().contains(pyatspi.STATE_FOCUSED):
                    return one.name
    return ""


def bar(application):
    """The menus of the menu bar."""
    inside = [node for window in application if window for node in children(window)]
    return [menu for node in inside if node.getRole() == pyatspi.ROLE_MENU_BAR for menu in children(node)]


def named(application, name):
    """The last one shown of that name or label: a dialog's windows come after the main one."""
    found = None
    for window in application:
        for node in shown(window, 1) if window is not None else ():
            labelled = any(
                labels(relation) and relation.getTarget(0).name == name for relation in node.getRelationSet()
            )
            if node.getRole() not in NAMES and (labelled or node.name == name):
                found = node
    return found


def lines(node):
    """The words of a view's parts, each row's cells one after the other."""
    return [] if node is None else [part.name for part in children(node)[:MOST]]


def text(node):
    return "" if node is None else node.queryText().getText(0, -1)


def place(node, part):
    wanted = next((child for child in children(node) if child.name.startswith(part)), None) if part else node
    return None if wanted is None else list(wanted.queryComponent().getExtents(pyatspi.DESKTOP_COORDS))


def answer(command):
    application = program()
    if application is None:
        return None
    asked, _, name = command.partition(" ")
    if asked == "place":
        name, _, part = name.partition("\t")
        found = named(application, name)
        return None if found is None else place(found, part)
    if name:
        return {"lines": lines, "text": text}[asked](named(application, name))
    return {"menus": menus, "entry": entry, "windows": windows, "tree": tree, "focused": focused}[command](application)


def windows(application):
    return [window.name for window in application if window and window.getState().contains(pyatspi.STATE_SHOWING)]


def tree(application):
    return [described(node) for node in shown(application)]


def focused(application):
    """Looks first where the focus was before: all that is shown is walked only where it has gone from there."""
    for window in application:
        if window is not None and window.getState().contains(pyatspi.STATE_ACTIVE):
            node = before[window] if still_has_it(before.get(window)) else first_focused(window)
            before.clear()
            if node is not None:
                before[window] = node
                return described(innermost(node))
    return None


before = {}
"""The control that had the focus when it was last asked for, by its window."""


def still_has_it(node):
    try:
        return node is not None and node.getState().contains(pyatspi.STATE_FOCUSED)
    except Exception:  # it went away
        return False


def first_focused(window):
    return next((node for node in shown(window, 1) if node.getState().contains(pyatspi.STATE_FOCUSED)), None)


def innermost(node):
    """A box of buttons says that it has the focus where its first button has."""
    inside = [child for child in children(node) if node.getRole() == pyatspi.ROLE_PANEL]
    return next((innermost(child) for child in inside if child.getState().contains(pyatspi.STATE_FOCUSED)), node)


for line in sys.stdin:
    try:
        told = answer(line.strip())
    except Exception as error:  # a node that went away while it was looked at
        told = {"error": repr(error)}
    print(json.dumps(told, ensure_ascii=False), flush=True)
