"""Makes small copies of the pictures for the manual, the moving one, and a list of what can be read on them.

The list keeps pictures from going stale: a test looks up every text that a picture shows in the source of the add-on.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

from root import Root

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "scripts"))

from messages import collect  # noqa: E402

# Picture, name in the manual, maximum width in pixels.
PICTURES = (
    ("0-talks", "window", 1000),
    ("2-ready", "panel", 560),
    ("3-progress", "progress", 560),
    ("6-pinned", "pinned", 1000),
    ("32-stronger", "lanes", 1000),
    ("13-guessed", "bones", 560),
    ("pictures", "pictures", 560),
    ("scripting", "scripting", 1000),
    ("preferences", "preferences", 1000),
    ("export", "export", 1000),
    *(
        (name, name, 560)
        for name in ("speech", "sliders", "gaze", "takes", "phrases", "words", "engine", "problem", "linked")
    ),
)
LIST = "pictures.json"
FILM = "first-minute.gif"
_FILM_STILLS = ("1-empty-window", "0-character", "0-browser", "0-speech-window")
_FILM_WIDTH, _FILM_COLOURS = 600, 32
_STILL_CS, _FRAME_CS = 130, 12  # hundredths of a second
_COLOURS = 64
_SHORTEST = 7  # letters of a text that is looked for: a shorter one is read where it is not


def for_docs(root: Root, folder: Path) -> None:
    """Write NAME.png for each picture to a folder, of limited width and few colours; the film and the list."""
    folder.mkdir(parents=True, exist_ok=True)
    words = {_bare(text): text for text in collect().messages if len(_bare(text)) >= _SHORTEST}
    shown = {}
    for picture, name, width in PICTURES:
        small = f"docs-{name}.png"
        root.run(
            "magick", f"/shared/{picture}.png", "-resize", f"{width}x>", "-strip", "+dither",
            "-colors", str(_COLOURS), "-define", "png:compression-level=9", f"PNG8:/shared/{small}",
        )  # fmt: skip
        (root.shared / small).replace(folder / f"{name}.png")
        read = _bare(_read(root, picture))
        shown[f"{name}.png"] = sorted(text for bare, text in words.items() if bare in read)
    film(root, folder / FILM)
    version = tomllib.loads((ROOT / "blender_manifest.toml").read_text(encoding="utf-8"))["version"]
    told = {"version": version, "shown": shown}
    (folder / LIST).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def film(root: Root, path: Path) -> None:
    """The first minute as a moving picture: a still for each click, then the character that talks; endless."""
    frames = sorted(file.stem for file in root.shared.glob("film-*.png"))
    stills = [part for name in _FILM_STILLS for part in ("-delay", str(_STILL_CS), f"/shared/{name}.png")]
    moving = [part for name in frames for part in ("-delay", str(_FRAME_CS), f"/shared/{name}.png")]
    root.run(
        "magick", *stills, *moving, "-resize", f"{_FILM_WIDTH}x", "-strip", "+dither", "-colors", str(_FILM_COLOURS),
        "-fuzz", "3%", "-layers", "OptimizePlus", "-loop", "0", "/shared/film.gif", timeout_s=300.0,
    )  # fmt: skip
    (root.shared / "film.gif").replace(path)


def _read(root: Root, picture: str) -> str:
    """What can be read on a picture."""
    return root.run(
        "sh", "-c",
        f"magick /shared/{picture}.png -colorspace Gray -negate -filter Mitchell -resize 283% -level 20%,80%"
        " -depth 8 pgm:- | tesseract - - -l eng --dpi 200 --psm 11", timeout_s=120.0,
    )  # fmt: skip


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
