"""Generates motion from speech and a request; the pose during silence; how far a change reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from math import ceil, floor
from typing import Any

import numpy as np

from .. import blas
from ..body.motion import LongMotion, Motion
from ..body.resample import sample_motion
from ..errors import CheckpointError, ConfigError
from ..model.checkpoint import Model, pieces_of
from ..model.config import AccentPieces, Config
from ..model.network import decode, encode_audio, map_noise
from ..speech.audio import Speech
from ..speech.features import FLOOR_DB
from ..speech.heard import Heard
from . import accents, seated
from .expression import with_face
from .gaze import reach_frames
from .performance import CHOICE_FADE_FRAMES, Performance, perform
from .pins import carried
from .plan import Plan
from .postprocess import motion_from_sixd
from .request import DEFAULT, Request
from .sampling import style_of as style_of  # for callers: what is sampled, and how, is the core's own business
from .session import Progress, Session


def generate(
    speech: Speech | Heard | Session,
    model: Model,
    request: Request = DEFAULT,
    *,
    device: str = "numpy",
    progress: Progress | None = None,
    should_cancel: Callable[[], bool] | None = None,
    **changes: Any,
) -> Motion:
    """A talking body for this speech: round(duration * fps) frames and those of the idle around it, or the request's
    span of them.

    changes: fields of the request to replace, as in `generate(speech, model, seed=3)`.
    speech: or a session that has heard it with this model, whose work is used again, by one thread at a time.
    device: 'numpy', 'cpu', 'cuda', 'mps' (torch) or 'auto'; that of a session remains.
    progress(phase, share) is called after each chunk, and should_cancel() asked before it.
    Raises AudioError, PinError, DeviceError, ConfigError, Cancelled.
    """
    asked = replace(request, **changes)
    return generate_long(speech, model, asked, device=device, progress=progress, should_cancel=should_cancel).whole()


def generate_long(
    speech: Speech | Heard | Session,
    model: Model,
    request: Request = DEFAULT,
    *,
    device: str = "numpy",
    progress: Progress | None = None,
    should_cancel: Callable[[], bool] | None = None,
) -> LongMotion:
    """The same motion, to the bit, made part by part as it is asked for; parameters and errors as of `generate`.

    Of a system that makes each frame from those before it, in one part.
    """
    if model.config.architecture.dimensions != 3:
        raise ConfigError(
            "this model makes 2-D key points, not the motion of a skeleton", "use generate_channels, or a 3-D model"
        )
    fps = request.fps or model.fps
    first, stop = _span(request, request.frames(speech.duration_s, fps))
    session = speech if isinstance(speech, Session) else Session(speech, model, device, progress, should_cancel)
    session.tell(progress, should_cancel)
    with blas.on_one_thread():  # so that helpers have theirs; here and below
        performance = perform(session, request)
    at_once = max(1, stop - first)
    if performance.frames_at_once is not None:
        at_once = max(1, min(round(performance.frames_at_once * fps / model.fps), _MOST_AT_ONCE))
        if request.idle is None:  # of an idle, the networks make no frame that needs none
            performance.foreseen = round(stop / fps * model.fps)

    def parts() -> Iterator[Motion]:
        for low in range(first, max(stop, first + 1), at_once):
            high = min(low + at_once, stop)
            if progress is not None:
                shares = (low - first) / max(stop - first, 1), (high - first) / max(stop - first, 1)
                session.progress = _between(progress, *shares)
            with blas.on_one_thread():
                part = _part(performance, low, high)
            yield part

    made = parts()
    beginning = next(made)  # what cannot be made is refused here
    return LongMotion(stop - first, fps, beginning.skeleton, chain((beginning,), made))


_MOST_AT_ONCE = 8192


def _between(progress: Progress, low: float, high: float) -> Progress:
    """Progress of a part that goes from one share of the whole to another."""
    return lambda phase, share: progress(phase, low + share * (high - low))


def _part(performance: Performance, first: int, stop: int) -> Motion:
    """Frames first to stop of the result, at its rate."""
    model, session = performance.model, performance.session
    fps = performance.request.fps or model.fps
    if fps == model.fps and round(session.duration_s * fps) == session.n_frames:
        return _shown(_motion(performance, first, stop), performance, first)
    # Model frames around the wanted ones, the next one included, which they are interpolated towards.
    low, high = performance.within(
        floor(first / fps * model.fps), int(max(stop - 1, first) / fps * model.fps + 1e-6) + 2
    )
    motion = _motion(performance, low, high)
    # An offset in whole frames: times relative to `low` would be rounded differently from those of the whole.
    return _shown(sample_motion(motion, np.arange(first, stop) / fps, fps, offset=low), performance, first)


def _shown(motion: Motion, performance: Performance, first: int) -> Motion:
    """A finished motion whose first frame is `first`, with the seat that it keeps, and the face."""
    seat = performance.request.seat
    return with_face(motion if seat is None else seated.keep_seat(motion, seat, first), performance, first)


def _motion(performance: Performance, first: int, stop: int) -> Motion:
    """Frames first to stop, the feet on the floor but where a pinned clip takes them off it.

    CheckpointError if the model's numbers, finite as they are, run out of bounds.
    """
    model, frames = performance.model, performance.finished(first, stop)
    if not np.isfinite(frames).all():
        name = model.info.get("name", "?")
        raise CheckpointError(f"the model '{name}' makes motion that is not finite", "use another model")
    motion = motion_from_sixd(frames, model.skeleton, model.fps)
    if performance.pins:
        translation = carried(motion.translation, frames, first, performance.pins, model.skeleton)
        motion = replace(motion, translation=translation)
    return performance.stand(motion, first)


def generate_channels(
    speech: Speech | Heard,
    model: Model,
    request: Request = DEFAULT,
    *,
    device: str = "numpy",
    progress: Progress | None = None,
    **changes: Any,
) -> np.ndarray:
    """The decoder's output, (T, motion_size) at the model's rate: the key points (T, J * 2) of a 2-D model."""
    session = Session(speech, model, device, progress)
    with blas.on_one_thread():
        return perform(session, replace(request, **changes)).frames(0, session.n_frames)


def plan_of(speech: Speech | Heard | Session, model: Model, request: Request = DEFAULT) -> Plan:
    """What a request's performance performs where, for `Request.plan`: nothing for a model that makes no plans.

    Of the whole speech, whatever the request's span, its choices included: the same speech with this plan, without the
    choices, is the same performance. It runs on NumPy, without the networks. Raises AudioError, ConfigError.
    """
    session = speech if isinstance(speech, Session) else Session(speech, model)
    return perform(session, replace(request, pins=(), span=None)).plan()


def idle_pose(model: Model) -> np.ndarray:
    """The most typical pose of the character during silence: quaternions (J, 4)."""
    with blas.on_one_thread():
        return motion_from_sixd(_idle_frame(model), model.skeleton, model.fps).quaternions[0]


def _idle_frame(model: Model) -> np.ndarray:
    """The decoder's output for that pose, (1, motion_size)."""
    if not isinstance(model.config, Config):
        speech = Heard(np.full((1, len(model.feature_mean)), FLOOR_DB, np.float32), model.fps, 1 / model.fps, "")
        return perform(Session(speech, model), DEFAULT).frames(0, 1)
    architecture = model.config.architecture
    field = architecture.receptive_field
    silence = model.normalised(np.full((1 + 4 * field, len(model.feature_mean)), FLOOR_DB, np.float32))
    specific = None
    if architecture.split_codes:
        specific = np.tile(model.bank[:, 0].mean(axis=0), (1 + 4 * field, 1)).astype(np.float32)
        if architecture.mapping_net:
            specific = map_noise(model.parameters, specific, architecture)[0]
        else:
            specific = specific[field:-field]
    shared, _ = encode_audio(model.parameters, silence, architecture)
    frame = decode(model.parameters, shared, specific, architecture) * model.motion_std + model.motion_mean
    return frame.astype(np.float32)


def receptive_field_s(model: Model, request: Request = DEFAULT) -> float:
    """Seconds on each side of a frame within which choices and controls change it, with this request's controls, gaze
    and seat; pins do within less.

    A pin of less than full strength within that range carries a change further, though faintly: it is encoded in the
    motion around it.
    """
    config = model.config
    frames = config.architecture.signal_receptive_field + _finishing_frames(model, request)
    frames += sum(control.receptive_field for control in request.steering() if control.acts_on != "motion")
    layout = pieces_of(config)
    if isinstance(layout, AccentPieces):  # a choice changes the pieces of its cues, or of the one nearest to it
        frames += layout.cue_reach_frames(model.fps) + ceil(layout.longest_gap_frames(model.fps) / 2)
    else:
        frames += CHOICE_FADE_FRAMES // 2 + 1
    return frames / model.fps


def accent_reach_s(model: Model, request: Request = DEFAULT) -> float:
    """Seconds on each side of an accent within which its strength changes frames, with this request's controls, gaze
    and seat."""
    return accents.REACH_S + (_finishing_frames(model, request) + 1) / model.fps


def _finishing_frames(model: Model, request: Request) -> int:
    """Frames on each side of a frame that its finishing depends on, as this request has it."""
    frames = model.config.finishing_receptive_field
    frames += sum(control.receptive_field for control in request.steering("motion"))
    frames += max(reach_frames(model.fps)) if request.gaze else 0
    return frames + (seated.reach_frames(model.fps) if request.seat is not None else 0)


def _span(request: Request, frames: tuple[int, int]) -> tuple[int, int]:
    """First and stop of the frames that are asked for, of all of them; ConfigError outside these."""
    first, stop = request.span or frames
    if not frames[0] <= first <= stop <= frames[1]:
        raise ConfigError(
            "frames {first} to {stop} lie outside the speech", "ask for frames from {low} to {high}",
            first=first, stop=stop, low=frames[0], high=frames[1],
        )  # fmt: skip
    return first, stop
