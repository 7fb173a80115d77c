"""Writes the manual as web pages that need no network: `python scripts/manual.py --output DIR`. Standard library only.

The extension's zip holds these pages, so that *Open Manual* and *Online Manual* work offline and show the version that
is installed. Understood is what docs/manual uses of Markdown: headings, paragraphs, lists, tables, code, pictures,
links, emphasis.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs" / "manual"
_PICTURE = re.compile(r"!\[([^]]*)]\(([^)\s]+)\)")
_ITEM = re.compile(r"( *)([*-]|\d+\.) +")
_STYLE = """
:root { color-scheme: light dark }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.55 system-ui, sans-serif }
img { max-width: 100%; border-radius: 4px; vertical-align: top }
pre { overflow-x: auto; padding: .7rem; background: #8882; border-radius: 4px; font-size: .85rem }
table { border-collapse: collapse } th, td { border: 1px solid #8886; padding: .25rem .6rem; text-align: left }
nav { font-size: .9rem }
"""
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{style}</style></head>
<body><nav><a href="index.html">Audio2Gestures {version}</a></nav>
{body}
</body></html>
"""


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "manual", help="folder for the pages")
    folder = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, "(not released)")
    print(folder / "index.html")


def write(folder: Path, version: str) -> None:
    """Every page of the manual, and the pictures that they show, into a folder that exists."""
    pictures = set()
    for source in sorted(MANUAL.glob("*.md")):
        text = source.read_text(encoding="utf-8")
        title = text.partition("\n")[0].lstrip("# ")
        page = _PAGE.format(title=html.escape(title), style=_STYLE, version=version, body=body(text))
        (folder / f"{source.stem}.html").write_text(page, encoding="utf-8")
        pictures |= {source.parent / path for _text, path in _PICTURE.findall(text)}
    for picture in filter(Path.is_file, pictures):  # one that is yet to be taken, by a window that this zip is for
        shutil.copy(picture, folder)


def body(text: str) -> str:
    """A page's Markdown as HTML."""
    blocks = re.split(r"^(```\w*\n.*?^```)$", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join(_code(block) if block.startswith("```") else _prose(block) for block in blocks)


def _code(block: str) -> str:
    lines = block.splitlines()[1:-1]
    return f"<pre><code>{html.escape(chr(10).join(lines))}</code></pre>"


def _prose(text: str) -> str:
    """Text without code blocks; what an empty line separates is one block each."""
    return "\n".join(_block(block.strip("\n").splitlines()) for block in re.split(r"\n\s*\n", text) if block.strip())


def _block(lines: list[str]) -> str:
    if heading := re.match(r"(#+) +(.*)", lines[0]):
        level, words = len(heading[1]), heading[2]
        anchor = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")  # as on the web, so that links keep working
        rest = _block(lines[1:]) if lines[1:] else ""
        return f'<h{level} id="{anchor}">{_inline(words)}</h{level}>\n{rest}'
    if lines[0].startswith("|"):
        return _table(lines)
    if all(line.startswith("    ") for line in lines):
        return _code("\n".join(["```", *(line[4:] for line in lines), "```"]))
    first = next((i for i, line in enumerate(lines) if _ITEM.match(line)), None)
    if first == 0:
        return _list(lines)
    if first is not None:  # a sentence that leads to its list
        return _block(lines[:first]) + "\n" + _list(lines[first:])
    return f"<p>{_inline(' '.join(lines))}</p>"


def _table(lines: list[str]) -> str:
    rows = [[_inline(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]
    head = "".join(f"<th>{cell}</th>" for cell in rows[0])
    rest = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows[2:])
    return f"<table><tr>{head}</tr>\n{rest}</table>"


def _list(lines: list[str]) -> str:
    """A list; a line that begins no item continues the one before it."""
    items: list[str] = []
    for line in lines:
        marker = _ITEM.match(line)
        if marker:
            items.append(line[marker.end() :])
        else:
            items[-1] += f" {line.strip()}"
    first = _ITEM.match(lines[0])
    kind = "ol" if first is not None and first[2][0].isdigit() else "ul"
    return f"<{kind}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{kind}>"


def _inline(text: str) -> str:
    """A line's pictures, links, code and emphasis."""
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(
        f"<code>{html.escape(p[1:-1])}</code>" if p.startswith("`") and p != "`" else _words(p) for p in parts
    )


def _words(text: str) -> str:
    text = html.escape(text, quote=False).replace("\\|", "|")
    text = _PICTURE.sub(lambda found: f'<img alt="{found[1]}" src="{Path(found[2]).name}">', text)
    text = re.sub(r"\[([^]]*)]\(([^)\s]+)\)", _link, text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<!\w)\*([^*]+)\*(?!\w)", r"<em>\1</em>", text)


def _link(found: re.Match[str]) -> str:
    """A link within the manual; what lies outside of it, in the repository, is not installed and keeps its words."""
    words, target = found[1], found[2]
    page, _hash, anchor = target.partition("#")
    if "://" in target:
        return f'<a href="{target}">{words}</a>'
    if page and not (page.endswith(".md") and (MANUAL / page).parent.resolve() == MANUAL):
        return words
    return f'<a href="{Path(page).stem + ".html" if page else ""}{"#" + anchor if anchor else ""}">{words}</a>'


if __name__ == "__main__":
    main()
