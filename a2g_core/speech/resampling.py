"""From any sample rate to any other, in a stream of blocks whose sizes do not matter. NumPy alone."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

import numpy as np

from .. import blas

_ZERO_CROSSINGS, _KAISER_BETA, _ROLLOFF = 64, 10.0, 0.965
_GROUP = 160  # outputs made by one matrix product
_LARGEST_BANK = 4_000_000  # weights: 16 MB, made within a second
_OVERSAMPLED = 4  # the rate in between, in multiples of the wanted one
_TAPS, _PHASES = 16, 4096
_BLOCK = 16000


def resample(blocks: Iterator[np.ndarray], rate_in: int, rate_out: int) -> Iterator[np.ndarray]:
    """Mono blocks at rate_in to mono float32 blocks at rate_out, by a polyphase Kaiser-windowed sinc.

    Each second or so of output is one matrix product that always has the same shape, so that a sample never depends on
    where the recording ends or how it was split. The output has round(n * rate_out / rate_in) samples; beyond its ends
    the speech is silent.
    """
    if rate_in == rate_out:
        return blocks
    ratio, cutoff = Fraction(rate_out, rate_in), _ROLLOFF * min(1.0, rate_out / rate_in)
    if _bank_size(ratio, cutoff) <= _LARGEST_BANK:
        return _convert(blocks, ratio, cutoff, rate_out)
    # Odd rates, such as 44099: a filter for each of thousands of phases. So first by a simple ratio to a rate in
    # between, where little is left above the cutoff and short filters with rounded phases do.
    wanted = _OVERSAMPLED * rate_out
    first = Fraction(1, rate_in // wanted) if rate_in > wanted else Fraction(ceil(wanted / rate_in))
    return _interpolate(blocks, first, cutoff, ratio)


def _bank_size(ratio: Fraction, cutoff: float) -> float:
    """About how many weights `_filter_bank` computes."""
    rows = 2 * _ZERO_CROSSINGS / cutoff + _GROUP / float(ratio)
    return rows * ratio.numerator * ceil(_GROUP / ratio.numerator)


def _convert(blocks: Iterator[np.ndarray], ratio: Fraction, cutoff: float, at_once: int) -> Iterator[np.ndarray]:
    """ratio: output rate over input rate. cutoff: share of the input's Nyquist frequency. at_once: about how many
    samples one matrix product makes.
    """
    step_in, step_out, groups, before, after = _filter_bank(ratio, cutoff)
    periods = ceil(at_once / step_out)
    take, need = periods * step_in, before + periods * step_in + after
    buffer, received, sent = np.zeros(before, np.float32), 0, 0

    def convert(window: np.ndarray) -> np.ndarray:
        out = np.empty((periods, step_out), np.float32)
        for first_out, first_in, matrix in groups:
            shape, strides = (periods, len(matrix)), (step_in * window.itemsize, window.itemsize)
            rows = np.lib.stride_tricks.as_strided(window[before + first_in :], shape, strides)
            with blas.on_one_thread():  # the bits would be those of however many there are
                out[:, first_out : first_out + matrix.shape[1]] = np.ascontiguousarray(rows) @ matrix
        return out.reshape(-1)

    for block in blocks:
        received += len(block)
        buffer = np.concatenate([buffer, block])
        while len(buffer) >= need:
            yield convert(buffer[:need])
            buffer, sent = buffer[take:], sent + periods * step_out
    total = _rounded(received, ratio)
    buffer = np.concatenate([buffer, np.zeros(2 * need, np.float32)])
    while sent < total:
        out = convert(buffer[:need])
        yield out[: total - sent]
        buffer, sent = np.concatenate([buffer[take:], np.zeros(take, np.float32)]), sent + len(out)


def _interpolate(blocks: Iterator[np.ndarray], first: Fraction, cutoff: float, ratio: Fraction) -> Iterator[np.ndarray]:
    """By `first` to a rate in between, and from there to `ratio` times the input's rate.

    Each output is a sum that is added tap by tap, so that it never depends on what is computed beside it.
    """
    received, sent, origin, before = 0, 0, 0, _TAPS // 2 - 1
    buffer, step, filters = np.zeros(before, np.float32), first / ratio, _filters()

    def counted() -> Iterator[np.ndarray]:
        nonlocal received
        for block in blocks:
            received += len(block)
            yield block

    def make(stop: int) -> np.ndarray:
        """Outputs `sent` to `stop` from the buffer, whose first sample has number origin - before."""
        places = np.arange(sent, stop, dtype=np.int64) * step.numerator
        whole = places // step.denominator
        phases = (places - whole * step.denominator) * _PHASES // step.denominator
        out = np.zeros(stop - sent, np.float32)
        for tap in range(_TAPS):
            out += buffer[whole - origin + tap] * filters[tap][phases]
        return out

    for block in _convert(counted(), first, cutoff, round(_OVERSAMPLED * _BLOCK)):
        buffer = np.concatenate([buffer, block])
        last = origin + len(buffer) - before - (_TAPS - before)  # the last place whose taps are all there
        stop = floor(last / step) + 1
        if stop - sent >= _BLOCK:
            yield make(stop)
            sent = stop
            drop = floor(sent * step) - origin
            buffer, origin = buffer[drop:], origin + drop
    total = _rounded(received, ratio)
    buffer = np.concatenate([buffer, np.zeros(2 * _TAPS + ceil(step), np.float32)])
    if sent < total:
        yield make(total)


@lru_cache(maxsize=1)
def _filters() -> np.ndarray:
    """(taps, phases) float32: a windowed sinc at each fraction of a sample, at the middle of what is rounded to it."""
    x = np.arange(_TAPS)[:, None] - (_TAPS // 2 - 1) - (np.arange(_PHASES) + 0.5)[None, :] / _PHASES
    window = np.i0(8.0 * np.sqrt(np.clip(1 - (x / (_TAPS / 2)) ** 2, 0, 1))) / np.i0(8.0)
    return (np.sinc(x) * window).astype(np.float32)


def _rounded(n: int, ratio: Fraction) -> int:
    return floor(n * ratio + Fraction(1, 2))


@lru_cache(maxsize=8)
def _filter_bank(ratio: Fraction, cutoff: float) -> tuple[int, int, list[tuple[int, int, np.ndarray]], int, int]:
    """(inputs per period, outputs per period, [(first output, first input, matrix)], samples needed before and after).

    Each matrix is (inputs, outputs) and makes up to `_GROUP` outputs of a period.
    """
    up, down = ratio.numerator, ratio.denominator
    repeat = ceil(_GROUP / up)
    step_out, step_in = up * repeat, down * repeat
    half = _ZERO_CROSSINGS / cutoff
    groups = []
    for first in range(0, step_out, _GROUP):
        outputs = np.arange(first, min(first + _GROUP, step_out))
        times = outputs * (down / up)
        first_in, last_in = floor(times[0] - half), ceil(times[-1] + half)
        x = np.arange(first_in, last_in + 1)[:, None] - times[None, :]
        window = np.i0(_KAISER_BETA * np.sqrt(np.clip(1 - (x / half) ** 2, 0, 1))) / np.i0(_KAISER_BETA)
        matrix = np.where(np.abs(x) <= half, cutoff * np.sinc(cutoff * x) * window, 0.0)
        groups.append((first, first_in, matrix.astype(np.float32)))
    before = max(0, -min(g[1] for g in groups))
    after = max(0, max(g[1] + len(g[2]) for g in groups) - step_in)
    return step_in, step_out, groups, before, after
