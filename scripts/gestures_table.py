"""Measures takes with gestures: `.venv/bin/python scripts/gestures_table.py --speech ../shared/data/ship/librispeech`.

Some 20 gestures a minute, any of the library, are placed at random in recordings of a folder, as suggestions are: each
where the speech is loudest in a third of a second, and at least `APART_S` from the next. Rows say how fast the fastest
wrist is, by that of the same take without them, how far the pose at each emphasis is from the clip's, and how far the
emphasis is from where the speech is loudest. It exits with 1 if a row misses its limit.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from alive_table import apart_deg, wrists
from dialogues import most

from a2g_core.body.motion import Motion, Pin
from a2g_core.gestures.library import Gesture, library
from a2g_core.gestures.suggesting import APART_S, emphasis_s
from a2g_core.model.checkpoint import load_model
from a2g_core.performing.generate import generate
from a2g_core.performing.session import Session
from a2g_core.speech.audio import SOUND_ENDINGS, open_speech
from a2g_core.words.word import Word

FASTER, OFF_DEG, OFF_FRAMES = 1.1, 1.0, 1.0
WORD_S, BETWEEN_S = 0.33, 1.3
"""Between two gestures there is as long as this on the average, beside `APART_S`."""


class Placed(NamedTuple):
    """A gesture, the word that it is for, and when its emphasis is, in seconds."""

    gesture: Gesture
    word: Word
    at_s: float


def place(session: Session, key: tuple[int, int]) -> list[Placed]:
    """Gestures at random, from the beginning of a speech to its end."""
    rng, gestures, found = np.random.default_rng(key), list(library().values()), []
    at_s = rng.uniform(0, APART_S)
    while at_s < session.duration_s - WORD_S:
        word = Word("", at_s, at_s + WORD_S)
        found.append(Placed(gestures[rng.integers(len(gestures))], word, emphasis_s([word], session.heard)))
        at_s = found[-1].at_s + APART_S + rng.exponential(BETWEEN_S)
    return found


def off_deg(take: Motion, placed: Placed) -> float:
    """How far the pose at a gesture's emphasis is from the clip's, its joint that is furthest."""
    frame = round(placed.at_s * take.fps)
    clip, at = placed.gesture.clip, round(placed.gesture.emphasis_s * placed.gesture.clip.fps)
    names = [name for name in clip.skeleton.names if name in take.skeleton.names]
    mine, theirs = (m.only(names).quaternions[k] for m, k in ((take, frame), (clip, at)))
    return float(apart_deg(mine, theirs).max())


def off_frames(pin: Pin, placed: Placed, session: Session) -> float:
    """How far a pin's clip has the pose of the emphasis from the frame of the word in which the speech is loudest."""
    clip, whole = pin.clip, placed.gesture.clip
    pose = whole.quaternions[round(placed.gesture.emphasis_s * whole.fps)]
    reached_s = pin.start_s + np.abs(clip.quaternions - pose).max(axis=(1, 2)).argmin() / clip.fps
    first, stop = (round(at_s * session.heard.fps) for at_s in (placed.word.start_s, placed.word.end_s))
    loudest_s = (first + np.argmax(session.heard.features[first:stop].mean(axis=1))) / session.heard.fps
    return float(abs(reached_s - loudest_s) * clip.fps)


def main() -> int:
    """Measure and print; 1 if a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", type=Path, required=True, help="a folder of recordings")
    parser.add_argument("--first", type=int, default=0, help="number of the first one, in the order of their names")
    parser.add_argument("--recordings", type=int, default=4, help="how many")
    parser.add_argument("--seeds", type=int, default=16)
    options = parser.parse_args()
    model, speeds = load_model(), []
    files = sorted(path for path in options.speech.rglob("*") if path.suffix.lower() in SOUND_ENDINGS)
    for number, path in list(enumerate(files))[options.first : options.first + options.recordings]:
        session = Session(open_speech(path), model)
        print(f"{path.stem}, {session.duration_s:.1f} s", flush=True)
        speeds += [measured(session, number, seed) for seed in range(options.seeds)]
    found = Found(*map(np.array, zip(*speeds)))
    rows = (
        most(
            "fastest wrist, by the free take's", found.faster.max(), FASTER, "",
            f" ({(found.faster > FASTER).sum()} of {len(speeds)} takes over)",
        ),
        most("pose from the clip's at an emphasis", found.off_deg.max(), OFF_DEG, " deg"),
        most("emphasis from where the speech is loudest", found.off_frames.max(), OFF_FRAMES, " frames"),
    )  # fmt: skip
    for row in rows:
        print(f"{row.what:45}{row.limit:>12}  {'holds' if row.holds else 'MISSED':8}{row.found}")
    return int(not all(row.holds for row in rows))


class Found(NamedTuple):
    """Of a take, or of each: see the module."""

    faster: float
    off_deg: float
    off_frames: float


def measured(session: Session, number: int, seed: int) -> Found:
    """A take with gestures beside the same without; whose wrists are too fast, it says where."""
    placed = place(session, (number, seed))
    pins = tuple(one.gesture.pin(one.at_s, session.duration_s) for one in placed)
    free, take = (generate(session, session.model, seed=seed, pins=p) for p in ((), pins))
    fast, usual = wrists(take), wrists(free).max()
    if fast.max() > FASTER * usual:
        at_s = fast.max(axis=1).argmax() / take.fps
        near = min((one for one in placed if one.gesture.hand != "head"), key=lambda one: abs(one.at_s - at_s))
        side = "behind" if at_s > near.at_s else "before"
        print(
            f"  seed {seed}: {fast.max():.2f} m/s for {usual:.2f}, {abs(at_s - near.at_s):.1f} s "
            f"{side} the emphasis of '{near.gesture.name}'", flush=True,
        )  # fmt: skip
    return Found(
        fast.max() / usual,
        max((off_deg(take, one) for one in placed), default=0.0),
        max((off_frames(pin, one, session) for pin, one in zip(pins, placed)), default=0.0),
    )


if __name__ == "__main__":
    sys.exit(main())
