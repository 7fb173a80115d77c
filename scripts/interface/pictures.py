"""Makes small copies of the pictures for the manual."""

from __future__ import annotations

from pathlib import Path

from root import Root

# Picture, name in the manual, maximum width in pixels.
PICTURES = (
    ("2-ready", "panel", 560),
    ("3-progress", "progress", 560),
    ("6-pinned", "pinned", 1000),
    ("7-regenerated", "window", 1200),
    ("13-guessed", "bones", 560),
)
_COLOURS = 128


def for_docs(root: Root, pictures: tuple[tuple[str, str, int], ...], folder: Path, suffix: str) -> None:
    """Write NAME-SUFFIX.png for each picture to a folder: of limited width, few colours, no metadata."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture, name, width in pictures:
        small = f"docs-{name}.png"
        root.run(
            "magick", f"/shared/{picture}.png", "-resize", f"{width}x>", "-strip", "+dither",
            "-colors", str(_COLOURS), "-define", "png:compression-level=9", f"PNG8:/shared/{small}",
        )  # fmt: skip
        (root.shared / small).replace(folder / f"{name}-{suffix}.png")
