"""From several channels to one, and whether they survive being mixed."""

from __future__ import annotations

import numpy as np

_CANCELLED = 0.01  # of the loudest channel's power: 20 dB


class Levels:
    """Counts the samples of a recording, and adds up the power of each channel and of their mix."""

    def __init__(self) -> None:
        self.count = 0
        self._power: np.ndarray | None = None
        self._mixed = 0.0

    def add(self, block: np.ndarray) -> None:
        """Take note of the next block, (n, channels) float."""
        self.count += len(block)
        if block.shape[1] < 2:
            return
        power = np.einsum("ij,ij->j", block, block).astype(np.float64)
        self._power = power if self._power is None else self._power + power
        mixed = to_mono(block)
        self._mixed += float(mixed @ mixed)

    def channel(self) -> int | None:
        """The loudest channel if the mix is more than 20 dB softer, as when one is upside down; None for the mix."""
        if self._power is None or not self._mixed < _CANCELLED * self._power.max():
            return None
        return int(self._power.argmax())


def to_mono(block: np.ndarray, channel: int | None = None) -> np.ndarray:
    """(n, channels) to (n,) float32: their mean, or one of them, which may be a view."""
    if channel is None and block.shape[1] > 1:
        return block.mean(axis=1, dtype=np.float32)
    return block[:, channel or 0].astype(np.float32, copy=False)
