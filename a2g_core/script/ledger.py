"""What a batch has made, kept in its folder: one JSON line for each take, written as soon as the take is there.

A process that is killed leaves all but its last line; that one is made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import ConfigError
from ..files import is_being_made, is_file, replacing

NAME = "a2g-batch.jsonl"

Entry = dict[str, Any]
"""id, key (what the take is made of), says, files, outputs (digests by name), and what `a2g generate` reports."""


def digest_of(path: Path) -> str:
    """SHA-256 (hex) of a file; of one that is not there, nothing."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def read_ledger(folder: Path) -> dict[str, Entry]:
    """The entries of a folder by id, the last of each. What is damaged is as if it were not there."""
    entries: dict[str, Entry] = {}
    if not is_file(folder / NAME):
        return entries
    for line in (folder / NAME).read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            entry = json.loads(line)
            name, outputs = entry["id"], entry["outputs"]
            is_ours = isinstance(entry["key"], str) and isinstance(entry["says"], dict) and isinstance(name, str)
            if is_ours and all(isinstance(text, str) for text in (*outputs, *outputs.values())):
                entries[name] = entry
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            continue
    return entries


@contextmanager
def writing(folder: Path, order: Iterable[str]) -> Iterator[Callable[[Entry], None]]:
    """Yield what writes an entry down at once. In the end there is one of each id, in this order, the others after it.

    ConfigError while another process does so.
    """
    path = folder / NAME
    if is_being_made(path):
        raise ConfigError(f"another batch is writing to '{folder}'", "wait for it, or write to another folder")
    with replacing(path) as whole:
        with path.open("a+b") as log:
            log.seek(max(0, log.seek(0, 2) - 1))
            if log.read(1) not in (b"", b"\n"):
                log.write(b"\n")

            def write(entry: Entry) -> None:
                log.write(json.dumps(entry, sort_keys=True).encode() + b"\n")
                log.flush()

            yield write
        entries = read_ledger(folder)
        ids = [name for name in order if name in entries]
        ids += sorted(entries.keys() - set(ids))
        whole.write_text("".join(json.dumps(entries[name], sort_keys=True) + "\n" for name in ids), encoding="utf-8")
