"""What is heard of a recording: its features, a digest that identifies it, and where its phrases are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from .. import blas
from ..errors import AudioError, Cancelled
from .audio import Speech
from .features import FLOOR_DB, N_MELS, log_mel_parts
from .scratch import gathered

SILENCE = "silence"
"""The digest of a recording that says nothing: the speech of takes without a voice."""

_PAUSE_S = 0.25  # shorter gaps are stops within words
_SHORTEST_PHRASE_S = 1.0
_SILENT_BELOW_LOUD_DB = 22.0


@dataclass(frozen=True)
class Heard:
    """A recording as the model hears it: small enough to keep, and everything that generation needs.

    features: (T, 64) mel power in decibels at fps. digest: SHA-256 (hex) of the sample rate and of the samples as
    16-bit integers. notes: those of the speech, which `to_dict` leaves out. first: number of the frame that the
    features begin at, of a speech that still comes in and whose beginning is forgotten.
    """

    features: np.ndarray = field(repr=False)
    fps: float
    duration_s: float
    digest: str
    notes: tuple[AudioError, ...] = field(default=(), compare=False)
    first: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Its fields."""
        return {"features": self.features, "fps": self.fps, "duration_s": self.duration_s, "digest": self.digest}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`. LookupError, TypeError or ValueError for anything else."""
        features, fps, duration_s = values["features"], float(values["fps"]), float(values["duration_s"])
        if features.ndim != 2 or features.shape[1] != N_MELS or features.dtype.kind != "f" or len(features) == 0:
            raise ValueError(f"the features have shape {features.shape}")
        if not (0 < fps < 1e9 and 0 < duration_s < 1e9 and len(features) == max(1, round(duration_s * fps))):
            raise ValueError("the speech's frame rate or duration is out of range")
        if not np.isfinite(features).all():
            raise ValueError("the features are not finite")
        return cls(features, fps, duration_s, str(values["digest"]))


def hear(speech: Speech, fps: float, should_cancel: Callable[[], bool] | None = None) -> Heard:
    """Listen to a recording once, in bounded memory. Raises AudioError for empty or silent speech, and Cancelled.

    OSError where the disk has no room for what is heard of a long one.
    """
    if speech.duration_s <= 0:
        raise AudioError("the speech has no samples", "choose a recording that is not empty")
    digest, is_silent = hashlib.sha256(f"{speech.rate_hz}".encode()), True

    def read() -> Iterator[np.ndarray]:
        for block in speech.read():
            if should_cancel is not None and should_cancel():
                raise Cancelled
            samples = np.clip(block, -1, 1)
            samples *= 32767
            digest.update(np.rint(samples, out=samples).astype("<i2"))
            yield block

    def listen(n_frames: int, helpers: Executor | None) -> Iterator[np.ndarray]:
        nonlocal is_silent
        for part in log_mel_parts(replace(speech, read=read).blocks(), n_frames, fps, helpers):
            is_silent = is_silent and not (part > FLOOR_DB + 1).any()
            yield part

    n_frames = max(1, round(speech.duration_s * fps))
    n_helpers = blas.helpers()
    with ThreadPoolExecutor(max(n_helpers, 1), "a2g-hear") as pool:  # it starts none unasked
        features = gathered(listen(n_frames, pool if n_helpers else None), n_frames, N_MELS)
    if is_silent:
        raise AudioError("the speech is silent", "choose a recording with a voice in it, or turn its level up")
    return Heard(features, fps, speech.duration_s, digest.hexdigest(), speech.notes)


def silence(duration_s: float, fps: float) -> Heard:
    """What is heard where nobody speaks. AudioError for less than a frame."""
    n = round(duration_s * fps)
    if n < 1:
        raise AudioError(f"{duration_s:g} s are shorter than a frame", "give more seconds")
    return Heard(np.full((n, N_MELS), FLOOR_DB, np.float32), fps, duration_s, SILENCE)


def find_phrases(heard: Heard) -> list[tuple[float, float]]:
    """(start, end) of each phrase in seconds. They cover the whole speech, which is split in the middle of pauses."""
    loudness = heard.features.mean(axis=1)
    loud = np.percentile(loudness, 95)
    silent = loudness < loud - _SILENT_BELOW_LOUD_DB
    edges = np.flatnonzero(np.diff(np.concatenate([[0], silent.astype(np.int8), [0]])))
    pauses = [(a, b) for a, b in edges.reshape(-1, 2) if (b - a) / heard.fps >= _PAUSE_S]
    cuts = [0.0]
    for start, end in pauses:
        middle = (start + end) / 2 / heard.fps
        is_inside = start > 0 and end < len(silent)
        if is_inside and middle - cuts[-1] >= _SHORTEST_PHRASE_S:
            cuts.append(float(middle))
    if len(cuts) > 1 and heard.duration_s - cuts[-1] < _SHORTEST_PHRASE_S:
        cuts.pop()
    return list(zip(cuts, [*cuts[1:], heard.duration_s]))
