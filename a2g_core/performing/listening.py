"""What the choice of pieces hears of a speech: its accents, the cues that pieces are performed at, and contours.

All of it is made to survive what nobody hears. Loudness is the power of the band where syllables are, summed over
many bands, beside the loudest nearby: another level changes nothing, and a codec little. It is compressed as hearing
compresses it, to the power 0.3 (Stevens 1957), so that what is much weaker hardly counts. Decisions are local: what
is heard at a frame depends on the speech near it, and moves with the speech.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, inf, isfinite
from typing import NamedTuple

import numpy as np

from ..body.resample import slices, smooth
from ..model.checkpoint import Model, pieces_of
from ..model.config import FILLERS, AccentPieces
from ..speech.audio import SAMPLE_RATE_HZ
from ..speech.features import FLOOR_DB, N_FFT, mel_filters
from ..speech.heard import Heard
from ..speech.scratch import let_go

ALONE = FILLERS + 1
"""`Cue.filler` of those that stand by no accent."""

_BAND_HZ = 300.0, 4000.0
_LOUDEST_AT_LEAST_DB = -42.0
"""Beside full scale. Where nothing nearby is louder, this is the loudest: noise has no accents."""
_EXPONENT = 0.3
_FAINTEST, FAINT = 0.22, 0.35
"""Loudness that is as good as silence, 22 dB below the loudest nearby, and that of an accent at least, 15 dB below."""
_GAIN_SIGMA = 0.5
"""Standard deviation of the Gaussian that levels are smoothed by, in reaches of what is nearby."""
_ROUNDS = 2
"""First the accents that are the strongest within reach; then, of those that none of them reaches, again."""


_STOP_S = 0.15
_HEARD_BY = "accent_sigma_s", "contour_sigma_s", "nearby_s"
"""Settings of a layout that loudness depends on."""
_LOUD_WITHIN_DB = 22.0


def spoken_parts(heard: Heard, listener: Listener | None = None) -> tuple[tuple[float, float], ...]:
    """(start_s, end_s) of what is said in a recording, in order.

    listener: one that has listened to it for a model, to be asked if it hears what every model hears alike.
    Of one in which no voice is heard, though it is not silent, what is loud: nobody shall idle through it.
    """
    found = voiced_parts(heard, listener)
    if not found:
        level = np.concatenate([heard.features[part].max(axis=1) for part in slices(len(heard.features))])
        if level.max() > FLOOR_DB + 1:
            found = _in_seconds(_runs(level >= np.percentile(level, 95) - _LOUD_WITHIN_DB), heard.fps)
    return found


def voiced_parts(heard: Heard, listener: Listener | None = None) -> tuple[tuple[float, float], ...]:
    """The same of a recording in which a voice is heard; nothing of any other."""
    usual = AccentPieces()
    if listener is None or any(getattr(listener.layout, name) != getattr(usual, name) for name in _HEARD_BY):
        listener = Listener(heard.features, usual, heard.fps, heard.first)
    return _in_seconds(listener.spoken(), heard.fps)


def _in_seconds(runs: Sequence[tuple[float, float]], fps: float) -> tuple[tuple[float, float], ...]:
    return tuple((round(first / fps, 3), round(stop / fps, 3)) for first, stop in runs)


def accents_of(heard: Heard, model: Model | None = None) -> tuple[float, ...]:
    """Seconds of a recording's accents, in order, as a model hears them; None, or one that does not listen for them: as
    every model hears them that does."""
    layout = pieces_of(model.config) if model is not None else None
    listener = Listener(heard.features, layout if isinstance(layout, AccentPieces) else AccentPieces(), heard.fps)
    return tuple((listener.accents / heard.fps).round(3).tolist())


def phrases_of(spoken: Sequence[tuple[float, float]], pause_s: float) -> list[tuple[float, float]]:
    """(start_s, end_s) of what is said in order, from one pause of at least pause_s to the next."""
    found: list[tuple[float, float]] = []
    for start_s, end_s in spoken:
        if found and start_s - found[-1][1] < pause_s:
            found[-1] = found[-1][0], end_s
        else:
            found.append((start_s, end_s))
    return found


def _runs(holds: np.ndarray) -> list[tuple[float, float]]:
    """(first, stop) of the runs of frames of which it holds."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], holds, [False]]).astype(np.int8))).reshape(-1, 2)
    return [(float(first), float(stop)) for first, stop in edges.tolist()]


class Cue(NamedTuple):
    """A moment of a speech that a piece is performed at.

    at: in frames, not always whole ones. place: number of the accent on which it lies, or by which it stands; of one
    that stands alone, its place on the grid of those. filler: 0 on an accent; n for the n-th after its accent, -n for
    the n-th before it; `ALONE`. rhythm: of an accent, how far the one before it is in whole beats: it tells accents
    apart that are much alike, and an inaudible change hardly ever changes it. 0 of fillers.
    """

    at: float
    place: int
    filler: int
    rhythm: int = 0


class Listener:
    """Listens to a speech that has been heard: silence, the features (T, 64) in dB, and silence again.

    first: number of the frame that the features begin at. What is heard far from there does not depend on it.
    """

    def __init__(self, features: np.ndarray, layout: AccentPieces, fps: float, first: int = 0) -> None:
        self.layout, self.fps, self.first, self.n_frames = layout, fps, first, first + len(features)
        self._before = layout.receptive_field(fps)
        silence = float(_band_power(np.full((1, features.shape[1]), FLOOR_DB))[0, 0])
        power = np.pad(_band_power(features), ((self._before, self._before), (0, 0)), constant_values=silence)
        syllables, coarse = (
            smooth(power, sigma_s * fps) for sigma_s in (layout.accent_sigma_s, layout.contour_sigma_s)
        )
        reach = layout.nearby_frames(fps)
        around = np.pad(syllables[:, 0], reach, mode="edge")
        loudest = np.lib.stride_tricks.sliding_window_view(around, 2 * reach + 1).max(axis=1)
        loudest = np.maximum(loudest, 10 ** (_LOUDEST_AT_LEAST_DB / 10))
        self._loudest_db = 10 * np.log10(loudest)
        self._loudness = np.maximum((coarse[:, 0] / loudest) ** _EXPONENT, _FAINTEST)
        self.accents = (
            _accents((syllables[:, 0] / loudest) ** _EXPONENT, layout.apart_frames(fps), first) - self._before
        )
        """(A,) frames, rising."""
        self._cues: dict[int, list[Cue]] = {}
        self.begins = _first_above(self._loudness, FAINT) + first - self._before
        """The frame at which the voice is first heard; that before all of them where it never is."""

    def gain_db(self) -> np.ndarray:
        """What brings each frame's loudest nearby to the layout's level, (T, 1) dB float32; it changes slowly."""
        loudest = smooth(self._loudest_db[:, None], self.layout.nearby_frames(self.fps) * _GAIN_SIGMA)
        gain = self.layout.loudest_db - loudest[self._before : self._before + self.n_frames - self.first]
        return gain.astype(np.float32)

    def loudness(self) -> np.ndarray:
        """How loud each frame is beside the loudest nearby, (T,): 1 is as loud, and `FAINT` and less is no voice."""
        return self._loudness[self._before : self._before + self.n_frames - self.first]

    def contours(self, at: np.ndarray) -> np.ndarray:
        """Loudness about moments (N,) in frames, (N, contour_points): 1 is as loud as the loudest nearby."""
        frames = np.asarray(at)[:, None] + self.layout.contour_frames(self.fps) + self._before
        last = self.first + len(self._loudness) - 1
        frames = frames.clip(self.first, last)
        before = np.minimum(frames.astype(int), last - 1)
        low, high = self._loudness[before - self.first], self._loudness[before - self.first + 1]
        return low + (frames - before) * (high - low)

    def cues(self, first: float, stop: float) -> list[Cue]:
        """The cues from frame first to before frame stop, of the endless speech, in order of time."""
        low, high = np.searchsorted(self.accents, (first, stop))
        found = []
        for k in range(low, high + 1):
            if not 0 < k < len(self.accents):
                found += self._until(k, first, stop)
                continue
            if k not in self._cues:
                self._cues[k] = self._until(k, -inf, inf)
            found += self._cues[k]
        return [cue for cue in found if first <= cue.at < stop]

    def spoken(self) -> list[tuple[float, float]]:
        """(first, stop) frames of the parts in which the voice is heard, stops within words closed."""
        edges = np.array(_runs(self._loudness > FAINT)).reshape(-1, 2) + (self.first - self._before)
        found: list[tuple[float, float]] = []
        for first, stop in edges.clip(self.first, self.n_frames).tolist():
            if found and first - found[-1][1] < _STOP_S * self.fps:
                found[-1] = found[-1][0], stop
            elif stop > first:
                found.append((first, stop))
        return found

    def _until(self, k: int, first: float, stop: float) -> list[Cue]:
        """The cues from accent k - 1 to before accent k, one or both of which may be missing; those that stand alone
        from frame first to before frame stop."""
        step = self.layout.filler_frames(self.fps)
        start, end = self._accent(k - 1), self._accent(k)
        after = [start + n * step for n in range(1, FILLERS + 1) if start + n * step <= end - step / 2]
        latest = after[-1] if after else start
        before = [end - n * step for n in range(FILLERS, 0, -1) if end - n * step >= latest + step / 2]
        beyond = FILLERS * step + step / 4
        places = range(ceil(max(start + beyond, first) / step), floor(min(end - beyond, stop) / step) + 1)
        found = [Cue(start, k - 1, 0, self._beats(k - 1))]
        found += [Cue(at, k - 1, n) for n, at in enumerate(after, 1)]
        found += [Cue(float(place * step), place, ALONE) for place in places]
        found += [Cue(at, k, n) for n, at in enumerate(before, -len(before))]
        return [cue for cue in found if isfinite(cue.at)]

    def _beats(self, k: int) -> int:
        """About how far accent k - 1 is from accent k, in beats."""
        beats = (self._accent(k) - self._accent(k - 1)) / (self.layout.beat_s * self.fps)
        return floor(beats) if beats < self.layout.most_beats else self.layout.most_beats - 1

    def _accent(self, k: int) -> float:
        """Frame of an accent; infinitely far where there is none."""
        return -inf if k < 0 else inf if k >= len(self.accents) else float(self.accents[k])


def _band_power(features: np.ndarray) -> np.ndarray:
    """Mean square of the speech's band beside full scale, (T, 1) float64, from log-mel (T, 64) in dB."""
    filters = mel_filters()
    hz = np.linspace(0, SAMPLE_RATE_HZ / 2, len(filters))
    centres_hz = hz @ filters / filters.sum(axis=0)
    inside = (centres_hz > _BAND_HZ[0]) & (centres_hz < _BAND_HZ[1])
    widths = 1 / filters.max(axis=0)[inside].astype(np.float64)  # the filters are of unit area
    weights = widths / (N_FFT / 2 * 3 / 8 * N_FFT)  # 3/8: of a Hann window, the mean square
    out = np.empty((len(features), 1))
    for part in slices(len(features)):
        out[part, 0] = (10 ** (features[part, inside].astype(np.float64) / 10) * weights).sum(axis=1)
        let_go(features)
    return out


def _first_above(curve: np.ndarray, level: float) -> float:
    """Where a curve (T,) that begins below a level first crosses it, between frames; 0 if it never does."""
    k = int((curve > level).argmax())
    return k - float((curve[k] - level) / (curve[k] - curve[k - 1])) if k else 0.0


def _accents(loudness: np.ndarray, apart: int, first: int) -> np.ndarray:
    """Frames of the accents in loudness (T,) from frame `first` on, between frames by the parabola through each peak
    and its neighbours."""
    a, b, c = loudness[:-2], loudness[1:-1], loudness[2:]
    peaks = np.flatnonzero((b > a) & (b >= c))
    a, b, c = a[peaks], b[peaks], c[peaks]
    offset = (a - c) / (2 * (a - 2 * b + c))
    at, strength = peaks + (first + 1) + offset, b - (a - c) * offset / 4
    at, strength = at[strength > FAINT], strength[strength > FAINT]
    found = []
    for _ in range(_ROUNDS):
        around = zip(*(np.searchsorted(at, at + reach) for reach in (-apart, apart)))
        top = at[[s >= strength[low:high].max() for s, (low, high) in zip(strength, around)]]
        left = np.searchsorted(top, at - apart) == np.searchsorted(top, at + apart)
        found.append(top)
        at, strength = at[left], strength[left]
    return np.sort(np.concatenate(found))
