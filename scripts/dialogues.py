"""What `alive_table.py` measures of dialogues.

They have four turns, made from recordings, and there is a take of each of the two: each speaks its own turns and
listens to the other's. A third one listens to both.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from a2g_core.body.kinematics import forward_kinematics, joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.model.checkpoint import Model
from a2g_core.performing.attending import Partner
from a2g_core.performing.generate import generate
from a2g_core.performing.listening import spoken_parts
from a2g_core.performing.request import Request
from a2g_core.speech.audio import SOUND_ENDINGS, open_speech
from a2g_core.speech.heard import Heard, hear, silence

TURNS, GAP_S = 4, 0.5
DOWN_DEG_S, UP_DEG_S, WITHIN_S = 12.0, 8.0, 0.8
"""A nod is a head that goes down at least so fast, and up again so fast within this time."""
YAW_DEG, THERE_DEG = 40.0, 10.0
TO_SPEECH_S, TO_IDLE_S, PAUSE_S = (-1.6, -0.3), (1.0, 2.0), 4.0
"""When an idle goes over into speech that begins at 0, and speech into an idle that ended at 0, if the pause is so long
(see `Pauses`)."""


class Row(NamedTuple):
    """What is measured, the limit, what was found, and whether that holds; None: there is no limit."""

    what: str
    limit: str
    found: str
    holds: bool | None


def most(what: str, found: float, limit: float, unit: str = "", note: str = "") -> Row:
    """A row for what must be at most so much."""
    return Row(what, f"<= {limit:g}{unit}", f"{found:.3g}{unit}{note}", bool(found <= limit))


def at_least(what: str, found: float, limit: float, unit: str = "", note: str = "") -> Row:
    """A row for what must be at least so much."""
    return Row(what, f">= {limit:g}{unit}", f"{found:.3g}{unit}{note}", bool(found >= limit))


def dialogue_rows(model: Model, speech: Path, count: int) -> Iterator[Row]:
    """What is measured of so many dialogues, made from a folder of recordings."""
    files = sorted(path for path in speech.rglob("*") if path.suffix.lower() in SOUND_ENDINGS)
    order = np.random.default_rng(0).permutation(len(files))[: count * TURNS].reshape(-1, TURNS)
    counts, paths_m, lags_s, borders_m_s, nearest = np.zeros((2, 2)), np.zeros((2, 2)), [], [], []
    for number, chosen in enumerate(order):
        voices, turns = dialogue([hear(open_speech(files[k]), model.fps) for k in chosen], model.fps)
        spoken = [spoken_parts(voice) for voice in voices]
        for who in (0, 1):
            request = Request(seed=2 * number + who, partners=(Partner(spoken[1 - who]),))
            take = generate(voices[who], model, request)
            counts += nods_and_seconds(take, spoken[1 - who], [turn for turn in turns if turn[0] != who])
            paths_m += wrist_path_m(take, turns, who)
            borders_m_s += fastest_at_borders_m_s(take, spoken[who])
            nearest.append(from_t_pose_deg(take).min())
        third = listens_to_both(model, voices[0].duration_s, spoken, number)
        nearest.append(from_t_pose_deg(third).min())
        lags_s += turning_lags_s(third, spoken)
    a_minute = 60 * counts[:, 0] / counts[:, 1]
    listening, speaking = paths_m[:, 0] / paths_m[:, 1]
    yield at_least(f"{count} dialogues of three: an arm from T-pose", min(nearest), 30, " deg")
    yield most(f"  wrists where idle and speech go over, {len(borders_m_s)} times", max(borders_m_s), 1.0, " m/s")
    yield most(f"  head turns to who speaks, slowest of {len(lags_s)}", max(lags_s), 0.8, " s")
    note = f" ({a_minute[0]:.1f} and {a_minute[1]:.1f} a minute)"
    yield at_least(
        "  nods in the partner's pauses, by those in speech", a_minute[0] / max(a_minute[1], 1e-9), 3, "", note
    )
    yield most("  wrist path of who listens, by who speaks", listening / speaking, 0.25)


def dialogue(speeches: list[Heard], fps: float) -> tuple[list[Heard], list[tuple[int, int, int]]]:
    """What each of the two says, and (who, first, stop) frames of each turn, the gap after it included."""
    said: list[list[np.ndarray]] = [[], []]
    turns, at = [], 0
    gap = silence(GAP_S, fps).features
    for k, speech in enumerate(speeches):
        features = np.concatenate([speech.features, gap])
        said[k % 2].append(features)
        said[1 - k % 2].append(silence(len(features) / fps, fps).features)
        turns.append((k % 2, at, at + len(features)))
        at += len(features)
    return [Heard(np.concatenate(parts), fps, at / fps, "") for parts in said], turns


def nods_and_seconds(
    take: Motion, spoken: tuple[tuple[float, float], ...], turns: list[tuple[int, int, int]]
) -> np.ndarray:
    """(2, 2): nods and seconds in the partner's pauses; in their speech."""
    _, turned = world_turns(take)
    down = np.degrees(np.arcsin(np.clip(-turned[:, take.skeleton.index("head"), 1, 2], -1, 1)))
    speed = np.gradient(down) * take.fps
    is_spoken = np.zeros(len(take), bool)
    for start_s, end_s in spoken:
        is_spoken[round(start_s * take.fps) : round(end_s * take.fps)] = True
    out, ahead = np.zeros((2, 2)), round(WITHIN_S * take.fps)
    for _, first, stop in turns:
        for frame in range(first + 20, stop - 1):  # whoever has just spoken comes to rest first
            near = speed[max(0, frame - 5) : frame + 6]
            is_nod = speed[frame] > DOWN_DEG_S and speed[frame] == near.max()
            is_nod = is_nod and speed[frame : frame + ahead].min() < -UP_DEG_S
            out[int(is_spoken[frame])] += is_nod, 1 / take.fps
    return out


def world_turns(motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    """Places (T, J, 3) and rotations (T, J, 3, 3) in the world."""
    places, turns = forward_kinematics(quaternion_to_matrix(motion.quaternions.astype(np.float64)), motion.skeleton)
    return places + motion.translation[:, None], turns


def from_t_pose_deg(motion: Motion) -> np.ndarray:
    """(T, 2): how far each arm is from a T-pose, as the chest has it: the upper arm or the forearm, what is further."""
    places, turns = world_turns(motion)
    chest, joints = turns[:, motion.skeleton.index("spine3")], ("shoulder", "elbow", "wrist")
    found = []
    for side, sign in (("left", 1), ("right", -1)):
        bones = np.diff(places[:, [motion.skeleton.index(f"{side}_{joint}") for joint in joints]], axis=1)
        bones /= np.linalg.norm(bones, axis=-1, keepdims=True)
        along = (sign * bones * chest[:, None, :, 0]).sum(axis=-1)
        found.append(np.degrees(np.arccos(along.clip(-1, 1))).max(axis=1))
    return np.stack(found, axis=1)


def wrist_path_m(take: Motion, turns: list[tuple[int, int, int]], who: int) -> np.ndarray:
    """(2, 2): metres and seconds of listening; of speaking."""
    wrists = joint_positions(take)[:, [take.skeleton.index(f"{side}_wrist") for side in ("left", "right")]]
    path = np.linalg.norm(np.diff(wrists, axis=0), axis=-1).sum(axis=1)
    out = np.zeros((2, 2))
    for speaker, first, stop in turns:
        first += 0 if speaker == who else 20
        out[int(speaker == who)] += path[first : stop - 1].sum(), (stop - 1 - first) / take.fps
    return out


def fastest_at_borders_m_s(take: Motion, spoken: tuple[tuple[float, float], ...]) -> list[float]:
    """How fast wrists are at each border of a pause."""
    wrists = joint_positions(take)[:, [take.skeleton.index(f"{side}_wrist") for side in ("left", "right")]]
    speed = np.linalg.norm(np.diff(wrists, axis=0), axis=-1).max(axis=1) * take.fps
    borders = [(0.0, 0.0), *spoken, (len(take) / take.fps,) * 2]
    windows = []
    for (_, stops_s), (begins_s, _) in pairwise(borders):
        if begins_s - stops_s >= PAUSE_S:
            windows += [(stops_s, TO_IDLE_S)] * (stops_s > 0) + [(begins_s, TO_SPEECH_S)] * (begins_s < borders[-1][0])
    return [
        float(speed[round((at_s + first_s) * take.fps) : round((at_s + stop_s) * take.fps)].max())
        for at_s, (first_s, stop_s) in windows
    ]


def listens_to_both(
    model: Model, duration_s: float, spoken: list[tuple[tuple[float, float], ...]], seed: int
) -> Motion:
    """A third one's take, between the two."""
    partners = tuple(Partner(parts, yaw) for parts, yaw in zip(spoken, (YAW_DEG, -YAW_DEG)))
    return generate(silence(duration_s, model.fps), model, Request(seed=seed, partners=partners))


def turning_lags_s(take: Motion, spoken: list[tuple[tuple[float, float], ...]]) -> list[float]:
    """How long after each first word the head is within 15 % of the way."""
    _, turned = world_turns(take)
    ahead = turned[:, take.skeleton.index("head"), :, 2]
    yaw = np.degrees(np.arctan2(ahead[:, 0], ahead[:, 2]))
    begins = sorted((start_s, k) for k, parts in enumerate(spoken) for start_s, _ in parts)
    found, speaker = [], None
    for start_s, k in begins:
        if k != speaker:
            rest = yaw[round((start_s + 1.0) * take.fps) : round((start_s + 2.0) * take.fps)].mean()
            frame = round(start_s * take.fps)
            way = np.abs(yaw[frame:] - rest)
            is_there = way[0] < THERE_DEG  # before the first word
            found.append(0.0 if is_there else float(np.argmax(way < 0.15 * way[0])) / take.fps)
            speaker = k
    return found
