"""The X screen as a user experiences it: look, read, point, click, type.

Blender does not expose where it draws a button, so labels are found as a user finds them: by reading the screen (OCR).
Coordinates are in pixels from the screen's upper left corner.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from root import Root

_ALIKE = 0.84  # how alike what was read and a label must be; OCR takes l for I, and an icon for a letter
_OCR_PX = 34  # height of a line of Blender's text at which tesseract reads best
_BORDER_PX = 10  # tesseract misses what touches a picture's edge
_LINE_PX = 12  # its height at an interface scale of 1
_PAUSE_S = 0.15
_LOOKS = 20  # at something that may never be still, as where a job is shown
_KEY_CODES = {"F1": 67, "F3": 69, "F9": 75}  # by name, xdotool would press them with modifiers
_DRAG_STEPS = 6
_HOLD_S = 0.1  # how long a finger rests on the button


_MARGIN_PX = 6
"""Within a sidebar, left of what is drawn in it."""


class ScreenError(Exception):
    """Something that should be visible is not on the screen."""


@dataclass(frozen=True)
class Box:
    """A rectangle of the screen."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def geometry(self) -> str:
        """The rectangle in ImageMagick's notation."""
        return f"{self.width}x{self.height}+{self.x}+{self.y}"

    def around(self, other: Box) -> Box:
        """The smallest box that contains both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        right = max(self.x + self.width, other.x + other.width)
        return Box(x, y, right - x, max(self.y + self.height, other.y + other.height) - y)


@dataclass(frozen=True)
class Word:
    """A word that was read, and its box."""

    text: str
    box: Box


class Screen:
    """An X server in the root folder, with mouse and keyboard."""

    def __init__(self, root: Root, width: int, height: int, scale: float) -> None:
        self.root, self.size, self.scale = root, (width, height), scale
        self._server: subprocess.Popen | None = None
        self.settle: Callable[[], None] = lambda: None  # waits until the program has seen where the pointer is

    def __enter__(self) -> Screen:
        mode = f"{self.size[0]}x{self.size[1]}x24"
        options = f"-screen 0 {mode} +extension GLX -nolisten tcp -noreset"
        number = self.root.shared / "display"
        number.unlink(missing_ok=True)
        command = f"exec Xvfb -displayfd 3 {options} 3>/shared/{number.name}"
        self._server = self.root.start("sh", "-c", command, log="xvfb.log")
        end = time.monotonic() + 20.0
        while time.monotonic() < end:
            if number.exists() and (told := number.read_text().strip()):
                self.root.environment["DISPLAY"] = f":{told}"
                return self
            time.sleep(0.1)
        self._server.kill()
        raise ScreenError("Xvfb did not start; see xvfb.log")

    def __exit__(self, *_error: object) -> None:
        self._server.terminate()
        self._server.wait()

    # Hands.

    def point(self, x: int, y: int) -> None:
        """Move the pointer, in two moves: Blender takes a single one for a jump and does not highlight the button."""
        self._xdotool("mousemove", x - 4, y - 2, "sleep", _PAUSE_S, "mousemove", x, y, "sleep", _PAUSE_S)
        self.settle()

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self.point(x, y)
        self._xdotool("mousedown", 1, "sleep", _HOLD_S, "mouseup", 1)

    def click_again(self, times: int) -> None:
        """Click so many times where the pointer is, which stays still; each as soon as the one before is drawn.

        Blender itself drops a click that comes sooner.
        """
        for _click in range(times):
            self._xdotool("mousedown", 1, "sleep", _HOLD_S, "mouseup", 1)
            self.settle()
            self.settle()  # the status that the first one saw may be from before the click

    def drag(self, x: int, y: int, across: int) -> None:
        """Press the left button there, move so far to the right in small steps, and let go.

        Each step waits until the program has seen the one before: Blender takes several that come at once for one,
        and a drag of one step for a click.
        """
        self.point(x, y)
        self._xdotool("mousedown", 1)
        for step in range(1, _DRAG_STEPS + 1):
            self.settle()
            self._xdotool("mousemove", x + across * step // _DRAG_STEPS, y, "sleep", _HOLD_S)
        self.settle()
        self._xdotool("mouseup", 1)

    def double_click(self, x: int, y: int) -> None:
        """Click twice, as on a file."""
        self.point(x, y)
        self._xdotool("click", "--repeat", 2, "--delay", 120, 1)

    def open_menu(self) -> None:
        """Open the context menu of what is under the pointer."""
        self._xdotool("mousedown", 3, "sleep", _HOLD_S, "mouseup", 3)

    def press(self, keys: str) -> None:
        """Press a key or a combination such as ctrl+z at the pointer's position."""
        self._xdotool("key", _KEY_CODES.get(keys, keys))

    def write(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", 60, text)

    def scroll(self, box: Box, notches: int) -> None:
        """Turn the wheel over a box; up if negative. At its left edge: a list would take the wheel for itself."""
        self.point(box.x + round(_MARGIN_PX * self.scale), box.centre[1])
        self._xdotool("click", "--repeat", abs(notches), "--delay", 30, 4 if notches < 0 else 5)

    def _xdotool(self, *arguments: object) -> None:
        self.root.run("xdotool", *map(str, arguments))

    # Eyes.

    def shoot(self, picture: Path, box: Box | None = None) -> None:
        """Save the screen or a part of it as PNG in the shared folder."""
        inside = f"/shared/{picture.relative_to(self.root.shared)}"
        crop = ["-crop", box.geometry, "+repage"] if box else []
        self.root.run("import", "-silent", "-window", "root", *crop, inside)

    def read(self, box: Box, turned: int = 0) -> list[Word]:
        """The words in a box. turned: degrees to rotate it clockwise first; 90 for text that runs up, 270 for down."""
        self.settle()  # what was done may not be drawn yet
        enlarge = max(1.0, _OCR_PX / (_LINE_PX * self.scale))
        text = self.root.run(
            "sh",
            "-c",
            f"import -silent -window root -crop {box.geometry} +repage ppm:- |"
            f" magick ppm:- -rotate {turned} -colorspace Gray -negate -filter Mitchell -resize {enlarge * 100:.0f}%"
            f" -level 20%,80% -bordercolor white -border {_BORDER_PX} -depth 8 pgm:- |"
            " tesseract - - -l eng --dpi 200 --psm 11 tsv",
        )
        words = []
        for line in text.splitlines()[1:]:
            *numbers, said = line.split("\t")
            if said.strip() and float(numbers[10]) > 0.0:
                x, y, wide, high = map(int, numbers[6:10])
                inside = [round(n / enlarge) for n in (x - _BORDER_PX, y - _BORDER_PX, wide, high)]
                words.append(Word(said.strip(), _turn_back(Box(*inside), box, turned)))
        return words

    def still(self, box: Box) -> str:
        """A checksum of what a box shows, once it shows the same twice: a slow window follows the wheel for seconds."""
        seen = ""
        for _look in range(_LOOKS):
            self.settle()
            shot = f"import -silent -window root -crop {box.geometry} +repage ppm:- | md5sum"
            if (now := self.root.run("sh", "-c", shot)) == seen:
                break
            seen = now
        return now

    def find(self, label: str, box: Box) -> Box | None:
        """The position of a label in a box, or None. Of several, the most similar one, then the uppermost."""
        return _best(label, lines(self.read(box)))

    def find_upright(self, label: str, box: Box) -> Box | None:
        """The position of a vertical word, as on a sidebar's tabs: running up until 4.5, down from 5.0 on."""
        return _best(label, [[word] for turned in (270, 90) for word in self.read(box, turned)])


def _turn_back(place: Box, box: Box, turned: int) -> Box:
    """Convert a position in the rotated picture of a box to the screen."""
    x, y, wide, high = place.x, place.y, place.width, place.height
    if turned == 90:
        x, y, wide, high = y, box.height - x - wide, high, wide
    elif turned == 270:
        x, y, wide, high = box.width - y - high, x, high, wide
    return Box(box.x + x, box.y + y, wide, high)


def _best(label: str, texts: list[list[Word]]) -> Box | None:
    places = []
    for line in texts:
        for text, box in _runs(line, len(label.split())):
            if _alike(_bare(text), _bare(label)) > _ALIKE:
                # A sentence may end with the button's words: its full stop tells it from the button.
                places.append((_alike(text, label.replace(" ", "")), -box.y, box))
    return max(places, key=lambda place: place[:2])[2] if places else None


def _alike(text: str, other: str) -> float:
    return SequenceMatcher(None, text, other).ratio()


def lines(words: list[Word]) -> list[list[Word]]:
    """Words grouped into lines, each from left to right, the uppermost line first."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.centre[1]):
        same = found and abs(found[-1][-1].box.centre[1] - word.box.centre[1]) < max(word.box.height, 8) / 2
        if same:
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda word: word.box.x) for line in found]


def _runs(line: list[Word], count: int) -> list[tuple[str, Box]]:
    """Every run of about `n` words, because OCR splits some words and joins others."""
    runs = []
    for first in range(len(line)):
        text, box = "", line[first].box
        for word in line[first : first + count + 1]:
            text, box = text + word.text, box.around(word.box)
            runs.append((text, box))
    return runs


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
