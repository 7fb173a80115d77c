"""Where the variety comes from: noise keyed by (seed, take, frame), and the code bank that gives it its statistics.

A frame's noise is a pure function of seed, take and frame number, whatever was asked for before and on whatever device
the model runs: a strip that is lengthened or a range that is made again keeps every other frame.
"""

from __future__ import annotations

from math import ceil

import numpy as np

_BLOCK = 64  # frames drawn from one position of the counter
_NOISE, _BANK = 0, 1  # independent streams


def _generator(seed: int, take: int, stream: int, index: int) -> np.random.Generator:
    """Philox (Salmon et al., SC 2011) at a position of its own; negative seeds and positions are as good as others."""
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
    """Mean and deviation of the random signal for frames first to first + n_frames, (n_frames, 16) float32 each.

    bank: (K, 2, 16), mean and deviation of I_M over K training clips. walk_frames 0: one random entry for the whole
    speech, as the authors' code does; else a new entry every walk_frames, blended smoothly into the next.
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
    weight = (x * x * (3 - 2 * x))[:, None, None]
    mixed = entries[segments - low] * (1 - weight) + entries[segments - low + 1] * weight
    return mixed[:, 0], mixed[:, 1]


def random_signal(
    bank: np.ndarray, seed: int, take: int, first: int, n_frames: int, sigma_frames: float, walk_frames: int
) -> np.ndarray:
    """The mapping net's input (sec. 4.1): Gaussian noise with the mean and deviation of real specific codes,
    (n_frames, 16).
    """
    mean, deviation = bank_statistics(bank, seed, take, first, n_frames, walk_frames)
    noise = correlated_noise(seed, take, first, n_frames, bank.shape[-1], sigma_frames)
    return (mean + deviation * noise).astype(np.float32)
