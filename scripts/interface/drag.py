"""Drags a file onto the window that the pointer is over, as a file manager does: `python3 drag.py FILE`.

Speaks XDND, the protocol of drag and drop on X11, version 5 (freedesktop.org/wiki/Specifications/XDND): this program
owns the selection, tells the window that something is over it and is dropped, and hands out the file's address when
asked. Runs inside the root folder, with python3-xlib. Exit status 1 if the window does not take the file.
"""

from __future__ import annotations

import sys
import time

from Xlib import X, display
from Xlib.protocol import event

_WAIT_S, _MOVES, _PAUSE_S = 20.0, 8, 0.1
_VERSION = 5


class Drag:
    """One drag. Used once."""

    def __init__(self, path: str) -> None:
        self.display = display.Display()
        self.root = self.display.screen().root
        self.source = self.root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self.address = f"file://{path}\r\n".encode()
        self.source.set_selection_owner(self.atom("XdndSelection"), X.CurrentTime)
        self.target = self._aware()

    def atom(self, name: str) -> int:
        """The number of a name."""
        return self.display.intern_atom(name)

    def drop(self) -> bool:
        """Drag and drop. Whether the window said that it has taken the file."""
        place = self.root.query_pointer()
        where = (place.root_x << 16) | place.root_y
        self._tell("XdndEnter", _VERSION << 24, self.atom("text/uri-list"), 0, 0)
        for _move in range(_MOVES):
            self._tell("XdndPosition", 0, where, X.CurrentTime, self.atom("XdndActionCopy"))
            self._answer(_PAUSE_S)
        self._tell("XdndDrop", 0, X.CurrentTime, 0, 0)
        return self._answer(_WAIT_S)

    def _aware(self) -> object:
        """The window under the pointer that takes drops."""
        window = self.root.query_pointer().child
        while window and window.get_full_property(self.atom("XdndAware"), X.AnyPropertyType) is None:
            window = window.query_pointer().child
        if not window:
            raise SystemExit("nothing under the pointer takes files")
        return window

    def _tell(self, kind: str, *data: int) -> None:
        message = event.ClientMessage(
            window=self.target, client_type=self.atom(kind), data=(32, [self.source.id, *data])
        )
        self.target.send_event(message)
        self.display.flush()

    def _answer(self, seconds: float) -> bool:
        """Answer what the window asks for so long, or until it says that it is done. Whether it has said so."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self.display.pending_events():
                time.sleep(0.01)
                continue
            happened = self.display.next_event()
            if happened.type == X.SelectionRequest:
                self._hand_over(happened)
            elif happened.type == X.ClientMessage and happened.client_type == self.atom("XdndFinished"):
                return True
        return False

    def _hand_over(self, asked: event.SelectionRequest) -> None:
        """The file's address, in the property that the window named."""
        asked.requestor.change_property(asked.property, asked.target, 8, self.address)
        told = event.SelectionNotify(
            time=asked.time, requestor=asked.requestor, selection=asked.selection, target=asked.target,
            property=asked.property,
        )  # fmt: skip
        asked.requestor.send_event(told)
        self.display.flush()


if __name__ == "__main__":
    sys.exit(0 if Drag(sys.argv[1]).drop() else 1)
