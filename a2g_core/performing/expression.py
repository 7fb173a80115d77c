"""Adds what a request asks of the face to a finished motion: joints for eyes and jaw, and how far lids are closed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..body.motion import Motion
from ..body.skeleton import EYES, SMPLX
from .face import BLINK_S, blinks, jaw_turns, lids
from .performance import Performance
from .request import Request


def with_face(motion: Motion, performance: Performance, first: int) -> Motion:
    """A performance's motion, whose first frame is `first`, with what its request asks of the face.

    The joints that this takes are added to those that the model makes; without anything asked, the motion is as it was.
    """
    request, looking, session = performance.request, performance.looking, performance.session
    times_s = np.arange(first, first + len(motion)) / motion.fps
    added: dict[str, np.ndarray] = {}
    if request.face.jaw and len(motion):
        added["jaw"] = jaw_turns(request.face.jaw * performance.jaw.opened(times_s))
    if looking is not None and len(motion):
        added |= dict(zip(EYES, np.moveaxis(looking.eyes(motion, first), 1, 0)))
    closed = motion.lids
    if request.face.blink and len(motion):
        begins_s = request.frames(session.duration_s, motion.fps)[0] / motion.fps
        from_s, to_s = float(times_s[0]) - BLINK_S, float(times_s[-1]) + 1 / motion.fps
        at_s = blinks(session.spoken, looking, (request.seed, request.take), begins_s, from_s, to_s)
        closed = request.face.blink * lids(at_s, times_s)
    return replace(_with_joints(motion, added), lids=closed) if added or request.face.blink else motion


def moved(request: Request) -> set[str]:
    """What of the face a request moves: names of joints, and "lids"."""
    found = set(EYES) if request.gaze else set()
    found |= {"jaw"} if request.face.jaw else set()
    return found | ({"lids"} if request.face.blink else set())


def _with_joints(motion: Motion, turns: dict[str, np.ndarray]) -> Motion:
    """The motion with these joints (T, 4) added, or replaced."""
    names = motion.skeleton.names
    if set(turns) <= set(names):
        skeleton = motion.skeleton
    else:
        skeleton = SMPLX.subset([name for name in SMPLX.names if name in names or name in turns])
    quaternions = np.empty((len(motion), len(skeleton), 4), np.float32)
    for row, name in enumerate(skeleton.names):
        quaternions[:, row] = turns[name] if name in turns else motion.quaternions[:, names.index(name)]
    return Motion(quaternions, motion.translation, motion.fps, skeleton, motion.lids)
