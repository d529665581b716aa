"""A wrapping row of small buttons, one stop of the Tab key: the arrows go from one to the next, Enter takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets.flow import Flow
from ui.widgets.style import characters

_BY = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class ChipText:
    """What a chip says, its description, and by which key it is asked for. `shown`: in fewer words, where many chips
    shall stand in one row."""

    text: str
    tip: str
    key: str
    enabled: bool = True
    shown: str = ""


class _Chip(QPushButton):
    stepped = Signal(int)
    """By how many chips the focus shall go on; far ones mean the first or the last."""
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _BY:
            self.stepped.emit(_BY[Qt.Key(key)])
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.stepped.emit(-9999 if key == Qt.Key.Key_Home else 9999)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class ChipBar(Flow):
    """`picked` carries the key of the chip that was clicked or entered."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, parent)
        self._spacing = characters(self, 0.3)
        self._shown: Sequence[ChipText] = ()
        self._chips: list[_Chip] = []
        self.tab_after: QWidget | None = None
        """The widget before the chips in the order of Tab: they are made later than what follows them."""

    @property
    def texts(self) -> list[str]:
        """What the chips say, in all words."""
        return [chip.text for chip in self._shown]

    def chip(self, place: int) -> QPushButton:
        """The button of a chip."""
        return self._chips[place]

    def show_chips(self, chips: Sequence[ChipText]) -> None:
        """Shows these chips; only those that differ are touched, and the focus stays with what it was on."""
        if chips == self._shown:
            return
        focused = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), -1)
        key = self._shown[focused].key if 0 <= focused < len(self._shown) else ""
        self._shown = chips
        while len(self._chips) < len(chips):
            self._chips.append(self._make(len(self._chips)))
        for place, chip in enumerate(self._chips):
            if place < len(chips):
                self._fill(chip, chips[place])
            chip.setVisible(place < len(chips))
        current = next((at for at, chip in enumerate(chips) if key and chip.key == key), 0)
        self._stop_at(current)
        if focused >= 0 and chips:
            self._chips[current].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, place: int) -> _Chip:
        chip = _Chip()
        chip.setProperty("chip", "true")
        self.add(chip)
        chip.clicked.connect(lambda _checked=False: self.picked.emit(self._shown[place].key))
        chip.stepped.connect(lambda by: self._step(place, by))
        chip.entered.connect(lambda: self._stop_at(place))
        before = self._chips[-1] if self._chips else self.tab_after
        if before is not None:
            QWidget.setTabOrder(before, chip)
        return chip

    def _fill(self, chip: _Chip, text: ChipText) -> None:
        shown = (text.shown or text.text).replace("&", "&&")
        if chip.text() != shown:
            chip.setText(shown)
        chip.setAccessibleName(text.text)
        chip.setToolTip(text.tip)
        chip.setAccessibleDescription(text.tip)
        chip.setEnabled(text.enabled)

    def _step(self, place: int, by: int) -> None:
        """On to the next chip that can be taken; at the ends the focus stays."""
        last = len(self._shown) - 1
        places = range(place + 1, last + 1) if by > 0 else range(place - 1, -1, -1)
        able = [at for at in places if self._shown[at].enabled]
        if able:
            self._chips[able[0] if abs(by) == 1 else able[-1]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_at(self, place: int) -> None:
        """Only one chip is a stop of the Tab key."""
        able = [at for at, chip in enumerate(self._shown) if chip.enabled]
        place = place if place in able or not able else able[0]
        for at, chip in enumerate(self._chips):
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == place else Qt.FocusPolicy.ClickFocus)

    def tab_stop(self) -> QPushButton | None:
        """The chip the Tab key comes to, None where there is none."""
        return next((chip for chip in self._chips if chip.focusPolicy() == Qt.FocusPolicy.StrongFocus), None)
