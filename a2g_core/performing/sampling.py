"""The source of variety: noise keyed by (seed, take, frame), and the bank of specific codes of real motion.

The paper's random signal is noise with the mean and standard deviation of I_M (`random_signal`). The model that ships
uses pieces of real I_M instead (`choosing`; before, `Stitched`), which have the temporal statistics of people because
they are people's.

Every draw is a pure function of seed, take and frame number, whatever was requested before and whatever device the
model runs on: when a strip is lengthened or a range is generated again, all other frames stay the same.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import numpy as np

from ..body.resample import eased, smooth
from ..model.checkpoint import Model, pieces_of
from ..model.config import Pieces
from .listening import ALONE, Cue

_BLOCK = 64  # frames drawn from one position of the counter
# Independent streams of random numbers.
_NOISE, _BANK, _PIECES, _SEQUENCE, _STYLE, _LUCK, _ALONE, _STANCE, _SHIFT, _IDLE, _NOD, _GAZE, _LEAN = range(13)


def _generator(seed: int, take: int, stream: int, index: int) -> np.random.Generator:
    """A Philox generator (Salmon et al., SC 2011) for this seed, take, stream and index; all may be negative."""
    mask = 2**64 - 1
    key = np.array([seed & mask, take & mask], np.uint64)
    counter = np.array([0, 0, index & mask, stream], np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=counter))


def white_noise(seed: int, take: int, first: int, n_frames: int, channels: int) -> np.ndarray:
    """Standard normal noise of frames first to first + n_frames, (n_frames, channels) float32.

    first may be negative.
    """
    low, high = first // _BLOCK, -(-(first + n_frames) // _BLOCK)
    blocks = [
        _generator(seed, take, _NOISE, b).standard_normal((_BLOCK, channels), np.float32) for b in range(low, high)
    ]
    return np.concatenate(blocks)[first - low * _BLOCK :][:n_frames]


def smoothing_kernel(sigma_frames: float) -> np.ndarray:
    """Gaussian taps (odd count) of unit energy, so that smoothed white noise keeps unit variance; [1] for sigma 0."""
    half = ceil(3 * sigma_frames)
    taps = np.exp(-0.5 * (np.arange(-half, half + 1) / max(sigma_frames, 1e-9)) ** 2)
    return (taps / np.sqrt(np.sum(taps**2))).astype(np.float32)


def correlated_noise(seed: int, take: int, first: int, n_frames: int, channels: int, sigma_frames: float) -> np.ndarray:
    """White noise smoothed by a Gaussian of sigma_frames, still of unit variance, (n_frames, channels) float32."""
    taps = smoothing_kernel(sigma_frames)
    white = white_noise(seed, take, first - len(taps) // 2, n_frames + len(taps) - 1, channels)
    out = np.zeros((n_frames, channels), np.float32)
    for k, tap in enumerate(taps):  # tap by tap, so that a frame's sum is rounded alike wherever a chunk begins
        out += tap * white[k : k + n_frames]
    return out


def bank_statistics(
    bank: np.ndarray, seed: int, take: int, first: int, n_frames: int, walk_frames: int
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of the random signal for n_frames frames from first on, (n_frames, 16) float32 each.

    bank: (K, 2, 16), mean and standard deviation of I_M over K training clips. walk_frames: 0 for one random entry for
    the whole speech, as in the authors' code; else a new entry every walk_frames, blended smoothly into the next.
    """

    def entry(segment: int) -> np.ndarray:
        return bank[_generator(seed, take, _BANK, segment).integers(len(bank))]

    if walk_frames == 0:
        chosen = np.broadcast_to(entry(0), (n_frames, *bank.shape[1:]))
        return chosen[:, 0], chosen[:, 1]
    frames = np.arange(first, first + n_frames)
    segments = frames // walk_frames
    low = int(segments[0])
    entries = np.stack([entry(s) for s in range(low, int(segments[-1]) + 2)])
    x = ((frames - segments * walk_frames) / walk_frames).astype(np.float32)
    weight = eased(x)[:, None, None]
    mixed = entries[segments - low] * (1 - weight) + entries[segments - low + 1] * weight
    return mixed[:, 0], mixed[:, 1]


def random_signal(
    bank: np.ndarray, seed: int, take: int, first: int, n_frames: int, sigma_frames: float, walk_frames: int
) -> np.ndarray:
    """The mapping net's input (sec. 4.1), (n_frames, 16): Gaussian noise with the statistics of real specific codes."""
    mean, deviation = bank_statistics(bank, seed, take, first, n_frames, walk_frames)
    noise = correlated_noise(seed, take, first, n_frames, bank.shape[-1], sigma_frames)
    return (mean + deviation * noise).astype(np.float32)


# Pieces of real codes -------------------------------------------------------------------------------------------------


_QUIET_SHARE = 0.05
"""Share of the moments at hand that are taken to be silent."""
_PAUSE_SAMPLES = 1.0
"""Standard deviation of the Gaussian over stored codes that tells a pause from a short gap between words."""
_ALIKE_SHARE = 0.3
"""Share of a style's sequences that a take draws its pieces from, where the model says nothing else."""


def draw_sequences(
    pieces: np.ndarray, sequences: np.ndarray, style: int | None, seed: int, take: int, share: float = _ALIKE_SHARE
) -> np.ndarray:
    """Indices of the sequences that a take is made from: one drawn at random, and those of its style most like it.

    This keeps a take to one way of standing, so that its feet do not change with every piece. style: draw from this
    one; None: from any. share: of that style's sequences. pieces, sequences: see `Stitched`.
    """
    drawn = _draw_sequence(sequences, style, seed, take)
    same = np.flatnonzero(sequences[:, 1] == sequences[drawn, 1])
    means = np.add.reduceat(pieces[:, 0], sequences[:, 0]) / np.diff(np.append(sequences[:, 0], len(pieces)))[:, None]
    unlike = (((means[same] - means[drawn]) / (means.std(axis=0) + 1e-6)) ** 2).sum(axis=1)
    return np.sort(same[np.argsort(unlike, kind="stable")[: ceil(share * len(same))]])


def draw_stance(kept: np.ndarray, seed: int, take: int) -> tuple[int, float]:
    """Index of the sequence, one of these, whose stances a take has; and where in it the take begins, 0 to 1."""
    generator = _generator(seed, take, _STANCE, 0)
    return int(kept[generator.integers(len(kept))]), float(generator.random())


def draw_shifts(n: int, seed: int, take: int) -> np.ndarray:
    """What each of n moments means for where the weight is, (n,) of a standard normal distribution."""
    return _generator(seed, take, _SHIFT, 0).standard_normal(n)


def _draw_sequence(sequences: np.ndarray, style: int | None, seed: int, take: int) -> int:
    """Index of a random sequence, of this style if one is given."""
    of_style = np.flatnonzero(sequences[:, 1] == style) if style is not None else np.arange(len(sequences))
    return int(of_style[_generator(seed, take, _SEQUENCE, 0).integers(len(of_style))])


def style_of(model: Model, seed: int, take: int = 0) -> str:
    """The style that seed and take draw where a request names none; "" of a model without styles.

    Seeds that follow one another bring every style once before any returns: with n styles, those from a multiple of n
    on. (Of `pieces`, the kind of signal before `accent_pieces`, it is that of a random sequence.)
    """
    styles = model.styles
    if not styles:
        return ""
    if isinstance(pieces_of(model.config), Pieces):
        return styles[model.sequences[_draw_sequence(model.sequences, None, seed, take), 1]]
    block, place = divmod(seed, len(styles))
    return styles[_generator(block, take, _STYLE, 0).permutation(len(styles))[place]]


def side_of(model: Model, seed: int, take: int = 0) -> float:
    """On which leg a take stands, 0 to 1: seeds that follow one another in a style have it spread evenly.

    By the digits of their number in that style, the last one first, in base 2 (van der Corput 1935).
    """
    number = seed // max(len(model.styles), 1)
    digits = f"{abs(number) % 2**32:032b}"[::-1]
    offset = _generator(0, take, _STANCE, 1).random()
    return (int(digits, 2) / 2**32 + offset) % 1.0


def draw_luck(n: int, seed: int, take: int, cue: Cue) -> np.ndarray:
    """The luck of n moments at a cue, (n,) of a standard Gumbel distribution: it depends on nothing of the cue that a
    change which nobody hears is likely to change. Of one that stands alone, where nothing is heard, it depends on the
    place."""
    if cue.filler == ALONE:
        generator = _generator(seed, take, _ALONE, cue.place)
    else:
        generator = _generator(seed, take, _LUCK, cue.filler * 2**16 + cue.rhythm)
    return -np.log(-np.log(np.maximum(generator.random(n), 1e-300)))


def draw_idle(seed: int, take: int, part: int, place: int, n: int) -> list[float]:
    """n numbers from 0 to 1 for a place in time of a part of an idle; both may be any integers."""
    return _generator(seed, take, _IDLE, (place << 8) + part).random(n).tolist()


def draw_nod(seed: int, take: int, at_s: float) -> list[float]:
    """Four numbers from 0 to 1 for a moment of what somebody says."""
    return _generator(seed, take, _NOD, round(at_s * 100)).random(4).tolist()


def draw_gaze(seed: int, take: int, part: int, place: int, n: int) -> list[float]:
    """n numbers from 0 to 1 for a moment of what eyes and lids do; part and place may be any integers."""
    return _generator(seed, take, _GAZE, (place << 8) + part).random(n).tolist()


def draw_lean(seed: int, take: int, length: int) -> tuple[float, float]:
    """Two numbers from 0 to 1 for phrases of a length, counted in steps."""
    side, far = _generator(seed, take, _LEAN, length).random(2).tolist()
    return side, far


def piece_starts(sequences: np.ndarray, n_codes: int, n_samples: int, kept: np.ndarray) -> np.ndarray:
    """Indices at which pieces of n_samples codes can begin within the kept sequences.

    If none of these is long enough, within any sequence. n_codes: the number of codes of all sequences.
    """
    ends = np.append(sequences[1:, 0], n_codes)
    starts = [np.arange(first, end - n_samples + 1) for first, end in zip(sequences[:, 0], ends)]
    chosen = np.concatenate([starts[k] for k in kept])
    return chosen if len(chosen) else np.concatenate(starts)


def most_common(codes: np.ndarray) -> np.ndarray:
    """Mean of that half of codes (N, C) that lies closest together, (C,): in some pauses hands are held up."""
    apart, half = np.linalg.norm(codes[:, None] - codes, axis=-1), ceil(len(codes) / 2)
    centre = np.sort(apart, axis=1)[:, half - 1].argmin()
    return codes[apart[centre].argsort(kind="stable")[:half]].mean(axis=0)


class Stitched:
    """I_R as pieces of I_M on a fixed grid of frames, each blended into the next.

    For each piece several candidates are drawn from the stored codes, and the one whose speech is most similar to the
    current speech is used, as measured by S_A: a piece that rests where the voice rests and moves where it moves. What
    is performed remains a matter of chance; the decoder times it to the voice.

    pieces: (N, 2, 16), per interval I_M at the middle of its frames, and S_A's mean over them.
    sequences: (P, 2), the first code of each training sequence, and its style. kept: see `draw_sequences`.
    layout: lengths of piece, fade and interval, in frames at fps. shared_of(first, n): S_A of the speech for those
    frames, (n, 16), the same to the bit however often it is asked for.
    """

    def __init__(
        self, pieces: np.ndarray, sequences: np.ndarray, kept: np.ndarray, layout: Pieces, fps: float,
        shared_of: Callable[[int, int], np.ndarray],
    ) -> None:  # fmt: skip
        self.specific, self.shared = pieces[:, 0], pieces[:, 1]
        self.candidates, self.shared_of = layout.piece_candidates, shared_of
        self.piece_frames, self.fade_frames = layout.piece_frames(fps), layout.fade_frames(fps)
        self.interval_frames, self.n_samples = layout.interval_frames(fps), layout.samples(fps)
        self.n_frames = self.piece_frames + self.fade_frames
        self.starts = piece_starts(sequences, len(pieces), self.n_samples, kept)
        self._scale = 1 / np.maximum(self.shared.std(axis=0), 1e-6)
        self._said: dict[int, np.ndarray] = {}

    def codes(self, seed: int, take: int, first: int, n_frames: int) -> np.ndarray:
        """I_R of frames first to first + n_frames, (n_frames, 16) float32."""
        half = self.fade_frames // 2
        frames = np.arange(first, first + n_frames)
        out = np.zeros((n_frames, self.specific.shape[1]), np.float32)
        for k in range((first - half) // self.piece_frames, (first + n_frames - 1 + half) // self.piece_frames + 1):
            low = k * self.piece_frames - half
            inside = slice(max(low, first) - first, min(low + self.n_frames, first + n_frames) - first)
            at = frames[inside] - low
            x = np.clip(np.minimum(at + 0.5, self.n_frames - at - 0.5) / self.fade_frames, 0, 1).astype(np.float32)
            weight = eased(x)[:, None]
            out[inside] += weight * self._piece(seed, take, k)[at]
        return out

    def at_rest(self, silent: np.ndarray) -> np.ndarray:
        """I_M of these sequences where nothing is said, (16,). silent: S_A of silence, (16,)."""
        codes = np.unique(self.starts[:, None] + np.arange(self.n_samples))
        unlike = (((self.shared - silent) * self._scale) ** 2).sum(axis=1, keepdims=True)
        quietest = smooth(unlike, _PAUSE_SAMPLES)[codes, 0].argsort(kind="stable")[: ceil(_QUIET_SHARE * len(codes))]
        return most_common(self.specific[codes[quietest]])

    def _piece(self, seed: int, take: int, k: int) -> np.ndarray:
        """The codes of piece k, one per frame, (n_frames, 16)."""
        drawn = self.starts[_generator(seed, take, _PIECES, k).integers(len(self.starts), size=self.candidates)]
        samples = drawn[:, None] + np.arange(self.n_samples)
        unlike = ((self.shared[samples] - self._wanted(k)) * self._scale) ** 2
        start = drawn[unlike.sum(axis=(1, 2)).argmin()]
        return _upsample(self.specific[start : start + self.n_samples], self.interval_frames)[: self.n_frames]

    def _wanted(self, k: int) -> np.ndarray:
        """S_A during piece k, averaged like the stored codes, (n_samples, 16)."""
        if k not in self._said:
            n = self.n_samples * self.interval_frames
            said = self.shared_of(k * self.piece_frames - self.fade_frames // 2, n)
            self._said[k] = said.reshape(self.n_samples, self.interval_frames, -1).mean(axis=1)
        return self._said[k]


def _upsample(samples: np.ndarray, interval: int) -> np.ndarray:
    """(N, C), each at the middle of `interval` frames, to one per frame."""
    return interpolate(samples, (np.arange(len(samples) * interval) - (interval - 1) / 2) / interval)


def interpolate(
    samples: np.ndarray, position: np.ndarray, first: np.ndarray | int = 0, stop: np.ndarray | int | None = None
) -> np.ndarray:
    """Samples (N, C) at positions (n,) between 0 and N - 1, by Catmull-Rom splines; the ends' beyond these, (n, C).

    first, stop: of each position (n,), or of all, the part of the samples that it counts in; None: to the last.
    """
    whole = np.floor(position)
    x = (position - whole).astype(np.float32)[:, None]
    low, last = whole.astype(int), (len(samples) if stop is None else stop) - first - 1
    a, b, c, d = (samples[first + np.minimum(np.maximum(low + k, 0), last)] for k in (-1, 0, 1, 2))
    for other, weight in ((a, x * (x * (2 - x) - 1)), (c, x * (x * (4 - 3 * x) + 1)), (d, x * x * (x - 1))):
        other -= b
        other *= 0.5 * weight
    a += c
    a += d
    b += a
    return b
