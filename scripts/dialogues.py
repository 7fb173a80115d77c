"""Measures who listens: `.venv/bin/python scripts/dialogues.py --speech ../shared/data/ship/librispeech`.

Makes dialogues of four turns from recordings, and a take of each of the two: each speaks its own turns and listens to
the other's. Prints how often listeners nod while their partner pauses and while they speak, how far listeners' wrists
go beside speakers', how fast wrists are where an idle goes over into speech or speech into an idle, and how fast a
third one's head turns to who speaks.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np

from a2g_core.body.kinematics import forward_kinematics, joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.model.checkpoint import Model, load_model
from a2g_core.performing.attending import Partner
from a2g_core.performing.generate import generate
from a2g_core.performing.listening import spoken_parts
from a2g_core.performing.request import Request
from a2g_core.speech.audio import SOUND_ENDINGS, open_speech
from a2g_core.speech.heard import Heard, hear, silence

TURNS, GAP_S = 4, 0.5
DOWN_DEG_S, UP_DEG_S, WITHIN_S = 12.0, 8.0, 0.8
"""A nod is a head that goes down at least so fast, and up again so fast within this time."""
YAW_DEG = 40.0
TO_SPEECH_S, TO_IDLE_S, PAUSE_S = (-1.6, -0.3), (1.0, 2.0), 4.0
"""When an idle goes over into speech that begins at 0, and speech into an idle that ended at 0, if the pause is so long
(see `Pauses`)."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", type=Path, required=True, help="a folder of recordings")
    parser.add_argument("--dialogues", type=int, default=20)
    options = parser.parse_args()
    model = load_model()
    files = sorted(path for path in options.speech.rglob("*") if path.suffix.lower() in SOUND_ENDINGS)
    order = np.random.default_rng(0).permutation(len(files))[: options.dialogues * TURNS].reshape(-1, TURNS)
    counts, paths_m, lags_s, borders_m_s = np.zeros((2, 2)), np.zeros((2, 2)), [], []
    for number, chosen in enumerate(order):
        voices, turns = dialogue([hear(open_speech(files[k]), model.fps) for k in chosen], model.fps)
        spoken = [spoken_parts(voice) for voice in voices]
        for who in (0, 1):
            request = Request(seed=2 * number + who, partners=(Partner(spoken[1 - who]),))
            take = generate(voices[who], model, request)
            counts += nods_and_seconds(take, spoken[1 - who], [turn for turn in turns if turn[0] != who])
            paths_m += wrist_path_m(take, turns, who)
            borders_m_s += fastest_at_borders_m_s(take, spoken[who])
        lags_s += turning_lags_s(model, voices[0].duration_s, spoken, number)
    (in_pauses, pauses_s), (in_speech, speech_s) = counts
    a_minute = 60 * in_pauses / pauses_s, 60 * in_speech / speech_s
    print(f"nods: {in_pauses:.0f} in {pauses_s:.0f} s of pauses, {in_speech:.0f} in {speech_s:.0f} s of speech:")
    print(f"  {a_minute[0]:.1f} and {a_minute[1]:.1f} a minute, {a_minute[0] / max(a_minute[1], 1e-9):.1f} times")
    listening, speaking = paths_m[:, 0] / paths_m[:, 1]
    print(f"wrists: {listening:.3f} m/s listening, {speaking:.3f} m/s speaking, {listening / speaking:.3f} times")
    print(f"  {max(borders_m_s):.2f} m/s at most where one goes over into the other, {len(borders_m_s)} times")
    print(f"heads turn within {max(lags_s):.2f} s at most, of {len(lags_s)} turns")


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
    _, turned = forward_kinematics(quaternion_to_matrix(take.quaternions.astype(np.float64)), take.skeleton)
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


def turning_lags_s(
    model: Model, duration_s: float, spoken: list[tuple[tuple[float, float], ...]], seed: int
) -> list[float]:
    """Of somebody who listens to both, how long after each first word the head is within 15 % of the way."""
    partners = tuple(Partner(parts, yaw) for parts, yaw in zip(spoken, (YAW_DEG, -YAW_DEG)))
    take = generate(silence(duration_s, model.fps), model, Request(seed=seed, partners=partners))
    _, turned = forward_kinematics(quaternion_to_matrix(take.quaternions.astype(np.float64)), take.skeleton)
    ahead = turned[:, take.skeleton.index("head"), :, 2]
    yaw = np.degrees(np.arctan2(ahead[:, 0], ahead[:, 2]))
    begins = sorted((start_s, k) for k, parts in enumerate(spoken) for start_s, _ in parts)
    found, speaker = [], None
    for start_s, k in begins:
        if k != speaker:
            rest = yaw[round((start_s + 1.0) * take.fps) : round((start_s + 2.0) * take.fps)].mean()
            frame = round(start_s * take.fps)
            way = np.abs(yaw[frame:] - rest)
            found.append(float(np.argmax(way < 0.15 * way[0])) / take.fps)
            speaker = k
    return found


if __name__ == "__main__":
    main()
