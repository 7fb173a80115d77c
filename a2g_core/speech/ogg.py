"""Whether an Ogg file holds one recording without gaps, as the headers of its pages tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np

_LONG, _SPARE = 1.5, 2400  # how much longer than usual a page may be: in its own lengths, and in samples


def gapless_length(path: Path) -> int | None:
    """Where the last page ends, in samples; None if recordings were joined in the file, or its clock has gaps."""
    has_begun, before, pages = False, 0, []
    with open(path, "rb") as file:
        while len(head := file.read(27)) == 27 and head.startswith(b"OggS"):
            sizes, starts = file.read(head[26]), bool(head[5] & 2)
            if starts and has_begun:
                return None
            has_begun = has_begun or not starts
            file.seek(sum(sizes), 1)
            packets, end = sum(size < 255 for size in sizes), int.from_bytes(head[6:14], "little", signed=True)
            if packets and end >= 0:
                pages.append((end - before, packets))
                before = end
    # The first pages hold no sound. Packets are of about the same length; those of a page across a gap seem longer.
    if len(pages) > 2:
        lengths, packets_of = np.array(pages[2:], np.float64).T
        if (lengths > _LONG * np.median(lengths / packets_of) * packets_of + _SPARE).any():
            return None
    return before
