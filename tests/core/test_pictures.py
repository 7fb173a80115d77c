"""The manual's pictures belong to this version: what can be read on them is what the add-on says."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from places import ROOT

IMAGES = ROOT / "docs" / "images"
TOLD = json.loads((IMAGES / "pictures.json").read_text(encoding="utf-8"))
AGAIN = "run scripts/interface/run.py --docs docs/images"
OF_OTHERS = {"idle", "live", "studio"}
"""Pages about what characters do, whose pictures `scripts/dialogue_pictures.py` renders, and about other programs."""


@pytest.fixture(scope="module")
def texts():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        import messages

        return messages.collect().messages.keys()


def test_they_were_taken_of_this_version():
    manifest = tomllib.loads((ROOT / "blender_manifest.toml").read_text(encoding="utf-8"))
    assert TOLD["version"] == manifest["version"], AGAIN


@pytest.mark.parametrize("name", sorted(TOLD["shown"]))
def test_what_a_picture_shows_is_what_the_add_on_says(name, texts):
    assert (IMAGES / name).is_file()
    assert TOLD["shown"][name], "nothing can be read on it"
    gone = [text for text in TOLD["shown"][name] if text not in texts]
    assert not gone, f"{name} shows {gone}, which the add-on does not say any more: {AGAIN}"


def test_every_page_has_a_picture_and_the_first_ones_move():
    for page in (ROOT / "docs/manual").glob("*.md"):
        shown = re.findall(r"!\[[^]]*]\(\.\./(?:images/)?([\w.-]+)\)", page.read_text(encoding="utf-8"))
        by_mouse = [picture for picture in shown if picture in TOLD["shown"] or picture.endswith(".gif")]
        assert by_mouse or page.stem in OF_OTHERS, f"{page.name} has no picture of the interface: {AGAIN}"
    for page in ("README.md", "docs/manual/first-take.md"):
        assert "first-minute.gif" in (ROOT / page).read_text(encoding="utf-8"), page


def test_they_are_small_and_no_picture_is_shown_nowhere():
    pages = "\n".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
    for picture in IMAGES.iterdir():
        if picture.suffix in {".png", ".gif"}:
            assert picture.stat().st_size < (1_000_000 if picture.suffix == ".gif" else 120_000), picture.name
            assert picture.name in pages, picture.name
