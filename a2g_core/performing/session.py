"""A model on its device and a speech it has heard: what all performances of that speech share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from math import inf

import numpy as np

from ..errors import ConfigError
from ..model.checkpoint import Model, pieces_of
from ..model.config import AccentPieces, Architecture
from ..model.device import array_library, resolve_device
from ..model.network import encode_audio, steady_block
from ..speech.audio import Speech
from ..speech.features import FLOOR_DB
from ..speech.heard import Heard, hear
from ..speech.scratch import let_go
from .ahead import Helpers, MadeOnce
from .listening import Listener, spoken_parts

CHUNK_FRAMES = 512
"""Frames generated at a time: matrix products large enough to be fast, small enough to stay in the cache."""

STEP_FRAMES = 128
"""Of a chunk in which the speech begins or ends, so many frames or a multiple are made."""

CHUNKS_AHEAD = 4
"""So many chunks are made before they are asked for, where there are helpers."""
_CHUNKS_KEPT = 4 + CHUNKS_AHEAD  # chunks of S_A that are cached; a performance looks no further back

Progress = Callable[[str, float], None]


class Session:
    """A model on its device, and a speech it has heard.

    progress(phase, share) is called after each chunk, should_cancel() before it.
    device: 'numpy', 'cpu', 'cuda', 'mps' (torch) or 'auto'. Raises AudioError, ConfigError, DeviceError, Cancelled.
    """

    foresight_s = inf
    """How long before a phrase what it decides may begin: all of a speech is known, but for one that still comes in."""
    goes_on = False
    """Whether more of the speech may come."""

    def __init__(
        self,
        speech: Speech | Heard,
        model: Model,
        device: str = "numpy",
        progress: Progress | None = None,
        should_cancel: Callable[[], bool] | None = None,
    ) -> None:
        self.model = model
        self.tell(progress, should_cancel)
        device = resolve_device(device)
        self.asarray, self.to_numpy, self.guard = array_library(device)
        # Where each operation starts a kernel, fewer products are no gain.
        parameters = model.parameters_with_filters if device == "numpy" else model.parameters
        self.parameters = {n: self.asarray(a) for n, a in parameters.items()}
        self.helpers = Helpers(on_numpy=device == "numpy")
        self.progress("Reading audio", 0.0)
        heard = speech if isinstance(speech, Heard) else hear(speech, model.fps, should_cancel)
        if heard.fps != model.fps:
            raise ConfigError(
                "the speech was heard at {heard:g} frames per second, but this model works at {model:g}",
                "hear it again for this model", heard=heard.fps, model=model.fps,
            )  # fmt: skip
        self.heard, self.duration_s, self.n_frames = heard, heard.duration_s, heard.first + len(heard.features)
        self._silence = model.normalised(np.full(heard.features.shape[1], FLOOR_DB, np.float32))
        self._shared = MadeOnce(self._shared_chunk, _CHUNKS_KEPT)
        self.last: object = None
        """Its last performance, whose codes the next one may share."""
        self.decoded: dict[tuple[int, int], tuple[np.ndarray, np.ndarray]] = {}
        """The codes and frames of what was decoded last, by chunk and how many codes they are."""

    def tell(self, progress: Progress | None, should_cancel: Callable[[], bool] | None) -> None:
        """Who is told of progress from now on, and asked whether to stop."""
        self.progress: Progress = progress or (lambda phase, share: None)
        self.should_cancel: Callable[[], bool] = should_cancel or (lambda: False)

    @cached_property
    def _gain_db(self) -> np.ndarray | None:
        """What brings each frame to the level that the model hears speech at, (T, 1) dB; None where it has none."""
        layout = pieces_of(self.model.config)
        return self.listener.gain_db() if isinstance(layout, AccentPieces) and layout.loudest_db else None

    def features_of(self, first: int, n: int) -> np.ndarray:
        """Normalised features of frames first to first + n, (n, 64), with silence around the speech."""
        out = np.tile(self._silence, (n, 1))
        begin = self.heard.first
        low, high = max(begin, first), min(self.n_frames, first + n)
        if low < high:
            levelled = self.heard.features[low - begin : high - begin]
            if self._gain_db is not None:
                levelled = levelled + self._gain_db[low - begin : high - begin]
            out[low - first : high - first] = self.model.normalised(levelled)
            let_go(self.heard.features)
        return out

    @cached_property
    def listener(self) -> Listener:
        """Accents of the speech. TypeError for a model that does not choose by them."""
        layout = pieces_of(self.model.config)
        if not isinstance(layout, AccentPieces):
            raise TypeError("only a model of AccentPieces listens")
        return Listener(self.heard.features, layout, self.model.fps, self.heard.first)

    @cached_property
    def spoken(self) -> tuple[tuple[float, float], ...]:
        """(start_s, end_s) of what is said."""
        listens = isinstance(pieces_of(self.model.config), AccentPieces)
        return spoken_parts(self.heard, self.listener if listens else None)

    def shared_of(self, first: int, n: int) -> np.ndarray:
        """S_A of frames first to first + n, (n, 16)."""
        chunks = range(first // CHUNK_FRAMES, -(-(first + n) // CHUNK_FRAMES))
        offset = first - chunks[0] * CHUNK_FRAMES
        return np.concatenate([self._shared(chunk) for chunk in chunks])[offset : offset + n]

    @cached_property
    def silent_code(self) -> np.ndarray:
        """S_A of silence, (16,)."""
        architecture = self._codes_architecture()
        silence = self.asarray(self._silence[None])
        return self.to_numpy(encode_audio(self.parameters, silence, architecture, steady_block)[0])[0]

    def _codes_architecture(self) -> Architecture:
        architecture = self.model.config.architecture
        if not isinstance(architecture, Architecture):
            raise TypeError("only Audio2Gestures has a shared code")
        return architecture

    def _shared_chunk(self, chunk: int) -> np.ndarray:
        """S_A of a chunk, (CHUNK_FRAMES, 16): that of silence but for the frames that hear the speech."""
        architecture, first = self._codes_architecture(), chunk * CHUNK_FRAMES
        field = architecture.receptive_field
        low = max(0, (-field - first) // STEP_FRAMES * STEP_FRAMES)
        high = CHUNK_FRAMES if self.goes_on else self.rows_until(self.n_frames + field, chunk)
        out = np.tile(self.silent_code, (CHUNK_FRAMES, 1))
        if low < high:
            features = self.asarray(self.features_of(first + low - field, high - low + 2 * field))
            out[low:high] = self.to_numpy(encode_audio(self.parameters, features, architecture)[0])
        return out

    @staticmethod
    def rows_until(stop: int, chunk: int) -> int:
        """How many frames of a chunk are made where those from `stop` on are not needed."""
        return min(CHUNK_FRAMES, -(-(stop - chunk * CHUNK_FRAMES) // STEP_FRAMES) * STEP_FRAMES)
