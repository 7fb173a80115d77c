"""Measures what sounds are like: `.venv/bin/python scripts/build_sounds.py WORDS.json ...`.

It does so from speech whose words are known. Each file is a list of recordings:
{"sound": FILE, "words": [[text, start_s, end_s or null], ...]}. Where a word has no
end, the next one begins there or after a pause; a word without a start was run together with the one before it, and
both are left out. Writes `a2g_core/words/sounds.npz`, the same bytes every time. How the files that it was made from
can be had is in `docs/research/words.md`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from a2g_core.files import replacing
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import hear
from a2g_core.words.acoustics import FPS, Sounds, perceived
from a2g_core.words.aligning import Costs, find_path
from a2g_core.words.spelling import SOUNDS, sounds_of

OUT = Path(__file__).resolve().parent.parent / "a2g_core" / "words" / "sounds.npz"
PAUSE = len(SOUNDS)
ROUNDS = 8
COMMON_FRAMES, COMMON_LENGTHS, COMMON_SPREAD = 10, 5, 0.5
"""Rare sounds are taken to be like all sounds: as if so many frames and lengths of those had been heard as well."""
LEAST_VARIANCE = 0.15
_SHORTEST_PAUSE = 2
EXACT = Costs(edge_pause=(np.inf, np.inf), edge_stray=np.inf, unsaid=np.inf, extra=np.inf)
PAUSES_BEHIND = Costs(edge_pause=(np.inf, 2.0), edge_stray=np.inf, unsaid=np.inf, extra=np.inf)

Segment = tuple[np.ndarray, int, int, int]
"""Frames of a recording, a sound, and the frames (start, stop) in which it is heard."""


def main() -> int:
    """Measure, and write what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", type=Path, nargs="+")
    options = parser.parse_args()
    recordings = [_read(r) for path in options.words for r in json.loads(path.read_text("utf-8"))]
    sounds = _measured(list(_evenly(recordings)))
    for _ in range(ROUNDS):
        sounds = _measured(list(_found(recordings, sounds)))
    with replacing(OUT) as part, part.open("wb") as file:
        sounds.save(file)
    print(f"{OUT}: {len(SOUNDS)} sounds of {sum(len(words) for _, words in recordings)} words")
    return 0


def _read(recording: dict) -> tuple[np.ndarray, list[tuple[str, int, int, bool]]]:
    """Its frames, and of each word the text, first frame and stop, and whether a pause may be in the end of that."""
    frames = perceived(hear(open_speech(recording["sound"]), FPS).features)
    words = recording["words"]
    found = []
    for (text, start, end), following in pairwise([*words, ["", len(frames) / FPS, None]]):
        if start is None or (end is None and following[1] is None):
            continue
        stop = min(round(FPS * (following[1] if end is None else end)), len(frames))
        first = round(FPS * start)
        if stop - first >= len(sounds_of(text)):
            found.append((text, first, stop, end is None))
    return frames, found


def _evenly(recordings: list) -> Iterator[Segment]:
    """Each sound of a word as long as the others: where measuring begins."""
    for frames, words in recordings:
        for text, first, stop, may_pause in words:
            if may_pause:
                continue
            edges = np.round(np.linspace(first, stop, len(sounds_of(text)) + 1)).astype(int)
            yield from ((frames, SOUNDS.index(s), a, b) for s, a, b in zip(sounds_of(text), edges, edges[1:]))
        yield from _pauses(frames, words)


def _found(recordings: list, sounds: Sounds) -> Iterator[Segment]:
    """Each sound where it is likeliest within its word."""
    for frames, words in recordings:
        likeness = sounds.likeness(frames)
        for text, first, stop, may_pause in words:
            spans = (
                find_path(likeness[first:stop], [text], sounds, PAUSES_BEHIND if may_pause else EXACT).sounds[0] or []
            )
            yield from ((frames, SOUNDS.index(s), first + a, first + b) for s, (a, b) in zip(sounds_of(text), spans))
            if spans[-1][1] < stop - first:
                yield frames, PAUSE, first + spans[-1][1], stop
        yield from _pauses(frames, words)


def _pauses(frames: np.ndarray, words: list) -> Iterator[Segment]:
    """What lies between words whose ends are known."""
    ends = [0, *(stop for *_, stop, _ in words)]
    starts = [*(first for _, first, *_ in words), len(frames)]
    if any(may_pause for *_, may_pause in words):
        return
    yield from ((frames, PAUSE, a, b) for a, b in zip(ends, starts) if b - a > _SHORTEST_PAUSE)


def _measured(segments: list[Segment]) -> Sounds:
    """Mean and deviation of what is perceived of each sound, and how long it lasts."""
    of = [[s for s in segments if s[1] == sound] for sound in range(PAUSE + 1)]
    heard = [np.concatenate([np.zeros((0, segments[0][0].shape[1])), *(f[a:b] for f, _, a, b in some)]) for some in of]
    everything = np.concatenate(heard[:PAUSE])
    common, variance = everything.mean(0), everything.var(0)
    counts = np.array([len(frames) for frames in heard])[:, None] + COMMON_FRAMES
    mean = (np.stack([f.sum(0) for f in heard]) + COMMON_FRAMES * common) / counts
    power = (np.stack([(f**2).sum(0) for f in heard]) + COMMON_FRAMES * (variance + common**2)) / counts
    deviation = np.sqrt(np.maximum(power - mean**2, LEAST_VARIANCE * variance))

    lengths = [np.log([(b - a) / FPS for _, _, a, b in some]) for some in of]
    usual = np.concatenate(lengths[:PAUSE]).mean()
    log_length = np.array([(x.sum() + COMMON_LENGTHS * usual) / (len(x) + COMMON_LENGTHS) for x in lengths])
    spread = [
        np.sqrt((((x - m) ** 2).sum() + COMMON_LENGTHS * COMMON_SPREAD**2) / (len(x) + COMMON_LENGTHS))
        for x, m in zip(lengths, log_length)
    ]
    return Sounds(mean, deviation, log_length, np.array(spread))


if __name__ == "__main__":
    raise SystemExit(main())
