"""A performance of a speech that still comes in: each frame is handed out once nothing that follows can change it.

Networks, accents and choices look no further than `Stream.ahead_s`. Until then the speech so far is performed as if it
ended there, and what is far enough from that end is what all of it will have. Frames keep their numbers, and what is
older than anything looks back is forgotten, so that memory does not grow.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from math import ceil

import numpy as np

from ..body.motion import Motion
from ..errors import AudioError, ConfigError
from ..model.checkpoint import Model, pieces_of
from ..model.config import AccentPieces
from ..performing import leaning, seated, standing, stepping
from ..performing.gaze import reach_frames
from ..performing.generate import generate_long
from ..performing.listening import Listener, voiced_parts
from ..performing.pauses import REACH_S
from ..performing.request import Request
from ..performing.session import Session
from ..speech.audio import SAMPLE_RATE_HZ
from ..speech.features import N_FFT, N_MELS, LogMel
from ..speech.heard import Heard

_RUNS = 256
"""Parts of what was said, before the features that are kept, that are remembered."""


class Stream:
    """A performance of 16 kHz mono samples that are added as they come.

    ConfigError for a model that does not listen for accents, and for a request that needs all of the speech at once:
    with pins, choices, a plan, partners or a span.
    """

    def __init__(self, model: Model, request: Request) -> None:
        layout = pieces_of(model.config)
        if not isinstance(layout, AccentPieces) or not model.config.has_codes:
            raise ConfigError("this model cannot perform a stream", "choose the built-in one, or one trained as it was")
        whole = request.pins, request.choices, request.partners, bool(request.plan), request.span is not None
        if any(whole):
            raise ConfigError(
                "a stream cannot follow pins, choices, plans and partners", "generate a take of the whole speech"
            )
        self._model, self._request, self._layout = model, request, layout
        self._mel = LogMel(model.fps)
        self._features, self._first = np.empty((0, N_MELS), np.float32), 0
        self._said: tuple[tuple[float, float], ...] = ()
        self._begins: float | None = None
        self.fps = request.fps or model.fps
        """Frames per second of what is handed out."""
        self.done = request.frames(0.0, self.fps)[0]
        """The frame that is handed out next; those before the speech are negative."""
        heard = layout.nearby_frames(model.fps) + ceil(3 * layout.contour_sigma_s * model.fps) + 2
        self._ahead = _ahead_frames(model, layout, request, heard)
        self._foresight_s = (self._ahead - heard) / model.fps - leaning.KNOWN_S

    @property
    def ahead_s(self) -> float:
        """How much later than a frame's time it is handed out, at most, if everything is asked for at once."""
        return (self._ahead + 2) / self._model.fps + 1 / self.fps + N_FFT / 2 / SAMPLE_RATE_HZ

    @property
    def longest_pause_s(self) -> float:
        """In longer pauses a weight shift, which lies in their middle, comes later than in a take of the whole."""
        return 2 * self._foresight_s

    def add(self, block: np.ndarray) -> None:
        """Hear the next samples, (n,) float32 at 16 kHz."""
        self._mel.add(block)
        self._features = np.concatenate([self._features, *self._mel.take(self._mel.known())])

    def ready(self) -> Iterator[Motion]:
        """The frames that nothing which follows can change, in order; those handed out before are not among them."""
        known, fps = self._mel.known(), self._model.fps
        final = known - self._ahead  # of the model's frames, those before this one
        stop = max(0, int((final - 2) / fps * self.fps)) if self.fps != fps else final
        if known < 1 or stop <= self.done:
            return
        session = self._session(known, known / fps)
        session.goes_on = True
        yield from self._performed(session, stop)
        self._forget(session, int(self.done / self.fps * fps))

    def end(self, duration_s: float) -> Iterator[Motion]:
        """All other frames of a speech that was so long. AudioError for one without a sample."""
        if duration_s <= 0:
            raise AudioError("the speech has no samples", "let it begin before it ends")
        session = self._session(max(1, round(duration_s * self._model.fps)), duration_s)
        yield from self._performed(session, self._request.frames(duration_s, self.fps)[1])

    def _performed(self, session: Session, stop: int) -> Iterator[Motion]:
        """Frames `done` to stop."""
        first, self.done = self.done, stop
        if first < stop:
            yield from generate_long(session, self._model, replace(self._request, span=(first, stop))).parts()

    def _session(self, n_frames: int, duration_s: float) -> _Session:
        features = np.concatenate([self._features, *self._mel.rest(n_frames)])
        heard = Heard(features[: n_frames - self._first], self._model.fps, duration_s, "", first=self._first)
        session = _Session(heard, self._model)
        session.foresight_s, session.begins, session.said = self._foresight_s, self._begins, self._said
        session.sure_s = (self._first + self._ahead) / self._model.fps
        return session

    def _forget(self, session: _Session, done: int) -> None:
        """Let go what frames from `done` on do not depend on."""
        first = done - 2 * self._ahead
        if first - self._first < self._ahead:
            return
        self._begins, self._said = session.listener.begins, session.spoken[-_RUNS:]
        self._features, self._first = self._features[first - self._first :].copy(), first
        gc.collect()  # sessions and performances know each other, and Python itself would be slow to let them go


class _Session(Session):
    """What all performances of a speech share, of one whose beginning may be forgotten.

    begins: the frame at which the voice was first heard. said: the parts of what was said, as they were known before;
    sure_s: up to where that is.
    """

    begins: float | None = None
    said: tuple[tuple[float, float], ...] = ()
    sure_s = 0.0

    @cached_property
    def listener(self) -> Listener:
        layout = pieces_of(self.model.config)
        assert isinstance(layout, AccentPieces)  # or there would be no stream
        listener = Listener(self.heard.features, layout, self.model.fps, self.heard.first)
        if self.begins is not None:
            listener.begins = self.begins
        return listener

    @cached_property
    def spoken(self) -> tuple[tuple[float, float], ...]:
        heard = voiced_parts(self.heard, self.listener)
        if not self.heard.first:
            return heard
        before = [part for part in self.said if part[1] <= self.sure_s]
        across = [start_s for start_s, end_s in self.said if start_s <= self.sure_s < end_s]
        after = [part for part in heard if part[1] > self.sure_s]
        if across and after and after[0][0] <= self.sure_s:  # it began before what is known of it here
            after[0] = across[0], after[0][1]
        return *before, *after


def _ahead_frames(model: Model, layout: AccentPieces, request: Request, heard: int) -> int:
    """How far a frame of the model looks ahead, in frames: whatever a performance is made of. heard: how far what tells
    whether something is said."""
    config, fps = model.config, model.fps
    decoded = config.architecture.signal_receptive_field
    frames = layout.receptive_field(fps) + max(decoded, ceil(standing.REACH_S * fps)) + config.finishing_receptive_field
    frames += sum(control.receptive_field for control in request.controls.changed())
    frames += max(reach_frames(fps)) if request.gaze else 0
    frames += seated.reach_frames(fps) if request.seat is not None else 0
    steps = ceil(stepping.KNOWN_S * fps) + heard if request.idle is not None else 0
    return max(frames, ceil(2 * REACH_S * fps), steps)  # of an idle, with what tells whether something is said
