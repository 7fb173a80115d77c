"""The manual as web pages: what its Markdown becomes, and that every page and picture is there to be opened offline."""

from __future__ import annotations

import re

import pytest
from places import ROOT


@pytest.fixture
def manual(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import manual

    return manual


def test_what_the_manual_uses_becomes_what_a_browser_shows(manual):
    page = manual.body(
        "# A & B\n\nSome *words* of `x < y`, **bold**,\n[a page](pins.md#fades), [code](../../README.md).\n\n"
        "So:\n\n1. One\n   goes on\n2. Two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sh\n# none\n\n*as it is*\n```\n"
    )
    assert '<h1 id="a--b">A &amp; B</h1>' in page
    assert "<em>words</em> of <code>x &lt; y</code>, <strong>bold</strong>" in page
    assert '<a href="pins.html#fades">a page</a>, code.' in page
    assert "<ol><li>One goes on</li><li>Two</li></ol>" in page
    assert "<table><tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>2</td></tr>" in page
    assert "<pre><code># none\n\n*as it is*</code></pre>" in page


def test_every_page_every_link_and_every_picture_is_in_the_folder(manual, tmp_path):
    manual.write(tmp_path, "1.2.3")
    pages = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")}
    assert pages.keys() == {f"{path.stem}.html" for path in (ROOT / "docs/manual").glob("*.md")}
    for name, text in pages.items():
        assert "1.2.3" in text
        for target in re.findall(r'(?:href|src)="([^"#]+)', text):
            assert "://" in target or (tmp_path / target).is_file(), (name, target)
        for target, anchor in re.findall(r'href="([^"#]*)#([^"]+)"', text):
            assert f'id="{anchor}"' in pages[target or name], (name, target, anchor)
        words = re.sub(r"<pre>.*?</pre>|<style>.*?</style>|<code>.*?</code>", "", text, flags=re.DOTALL)
        assert not re.search(r"\]\(|\*\*|^#|^\||`", words, re.MULTILINE), name
