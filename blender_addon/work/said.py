"""What a speech is seen as: its phrases, its accents, and how loud it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ..a2g_core.body.resample import slices

if TYPE_CHECKING:
    from ..a2g_core.model.checkpoint import Model
    from ..a2g_core.speech.heard import Heard

_EXPONENT = 0.3
"""Of power: about as loud as it is heard (Stevens 1957)."""


@dataclass(frozen=True)
class Said:
    """phrases: (start_s, end_s), in order, as Change Phrase has them. accents_s: where the model performs gestures.

    loudness: (n,) float32 at fps, 1 where it is loudest. digest: of the speech (`Heard.digest`).
    """

    digest: str
    duration_s: float
    phrases: tuple[tuple[float, float], ...]
    accents_s: tuple[float, ...]
    fps: float
    loudness: np.ndarray = field(compare=False, repr=False)


def said(heard: Heard, model: Model) -> Said:
    """What is seen of a speech that was heard for a model."""
    from ..a2g_core.performing.listening import accents_of
    from ..a2g_core.speech.heard import find_phrases

    return Said(
        heard.digest, heard.duration_s, tuple(find_phrases(heard)), accents_of(heard, model), heard.fps,
        _loudness(heard),
    )  # fmt: skip


def _loudness(heard: Heard) -> np.ndarray:
    power = np.empty(len(heard.features), np.float32)
    for part in slices(len(power)):
        power[part] = (10 ** (heard.features[part].astype(np.float64) / 10)).sum(axis=1)
    return (power / max(float(power.max()), 1e-12)) ** np.float32(_EXPONENT)
