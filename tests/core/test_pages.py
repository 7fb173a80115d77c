"""The pages for developers against the code: every path exists, every name is in the file named before it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from places import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("a2g_core/**/*.md")])
CODE = ("a2g_core", "blender_addon", "docs", "findings", "scripts", "tests")
NAME = re.compile(r"[A-Za-z_]\w*")
PATH = re.compile(rf"(?:{'|'.join(CODE)})/[\w./-]*")


def relative(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives a page's headings."""
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def named(text: str) -> list[tuple[str, str]]:
    """(file, name) for each `name` that follows a `path.py` in the same paragraph or row of a table."""
    found = []
    for part in re.split(r"\n\n|\n(?=[|*#-]|\d+\. )", text):
        file = ""
        for token in re.findall(r"`([^`\n]+)`", part):
            if PATH.fullmatch(token):
                file = token if token.endswith(".py") else ""
            elif file and "NAME" not in file and NAME.fullmatch(token):
                found.append((file, token))
    return found


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_path_in_a_page_exists(page: Path):
    tokens = re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))
    paths = {token for token in tokens if PATH.fullmatch(token) and "NAME" not in token}
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_leads_somewhere(page: Path):
    for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        path = (page.parent / target) if target else page
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), f"{target}#{anchor}"


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/paper-notes.md"])
def test_every_name_is_in_the_file_named_before_it(page: str):
    pairs = named((ROOT / page).read_text(encoding="utf-8"))
    assert len(pairs) > 10
    odd = [
        (file, name) for file, name in pairs if not re.search(rf"\b{name}\b", (ROOT / file).read_text(encoding="utf-8"))
    ]
    assert odd == []


def test_every_equation_has_one_place_in_the_notes():
    notes = (ROOT / "docs/paper-notes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\d, ]+) \|", notes, re.MULTILINE)
    assert [int(n) for row in rows for n in row.split(",")] == list(range(1, 17))


def test_the_points_that_comments_cite_exist():
    notes = (ROOT / "docs/paper-notes.md").read_text(encoding="utf-8")
    points = {int(n) for n in re.findall(r"^(\d+)\. ", notes, re.MULTILINE)}
    assert points == set(range(1, 28))
    cited = {
        int(n)
        for file in ROOT.glob("a2g_core/**/*.py")
        for numbers in re.findall(r"paper\s+notes,\s+points? ([\d, and]+)", file.read_text(encoding="utf-8"))
        for n in re.findall(r"\d+", numbers)
    }
    assert len(cited) > 5 and cited <= points
