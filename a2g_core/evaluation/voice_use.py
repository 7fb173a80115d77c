"""Whether a model uses the voice at all, or moves at random beside it (paper notes, point 27)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from ..body.motion import Motion
from ..body.rotations import matrix_to_sixd, quaternion_to_matrix
from ..errors import ConfigError, DataError
from ..model.checkpoint import Model
from ..model.config import Architecture, Pieces
from ..model.network import encode_audio, encode_motion
from ..performing.performance import perform
from ..performing.postprocess import motion_from_sixd
from ..performing.request import Request
from ..performing.session import Session
from ..speech.heard import Heard

Array = np.ndarray


def shared_code_gap(model: Model, pairs: Iterable[tuple[np.ndarray, Motion]], *, centred: bool = False) -> float:
    """‖S_A − S_M‖ / ‖S_M‖ of the codes' means over held-out pairs: 0 if the voice says all that Eq. 9 asks of it.

    pairs: log-mel in dB (T, 64), and the motion of the same T frames at the model's rate. centred: subtract the mean
    over all frames from both codes first; then a constant code gets 1, whereas without it a large common mean looks
    like agreement. Raises DataError without pairs.
    """
    if architecture_of(model).dimensions != 3:
        raise ConfigError("this model has no shared codes to compare", "measure an Audio2Gestures model of a skeleton")
    codes = [_codes(model, features, motion) for features, motion in pairs]
    if not codes:
        raise DataError("there are no pairs of speech and motion", "give some that were held out of training")
    s_a, s_m = (np.concatenate(code).astype(np.float64) for code in zip(*codes, strict=True))
    if centred:
        s_a, s_m = s_a - s_a.mean(axis=0), s_m - s_m.mean(axis=0)
    return float(np.linalg.norm(s_a - s_m) / np.linalg.norm(s_m))


def perform_with_voice(model: Model, heard: Heard, request: Request, voice: Callable[[Array], Array]) -> Motion:
    """A performance whose decoder is given another S_A: voice(S_A of the whole speech, (T, 16)), of the same length.

    The random signal stays as it is, so the difference is what the decoder takes from the voice. Models of which the
    pieces are chosen by S_A (the signal `pieces`) are refused, as there both would change. Raises ConfigError.
    """
    if isinstance(architecture_of(model).signal, Pieces):
        raise ConfigError("this model chooses its pieces by S_A", "measure one with the signal accent_pieces or noise")
    session = _OtherVoice(heard, model, voice)
    frames = perform(session, request).finished(0, session.n_frames)
    return motion_from_sixd(frames, model.skeleton, model.fps)


def shared_code(model: Model, heard: Heard) -> Array:
    """S_A of a whole speech, (T, 16)."""
    return Session(heard, model).shared_of(0, len(heard.features))


class _OtherVoice(Session):
    """A session with another S_A during the speech; around it, that of silence."""

    def __init__(self, heard: Heard, model: Model, voice: Callable[[Array], Array]) -> None:
        super().__init__(heard, model)
        self._voice = voice(super().shared_of(0, self.n_frames))

    def shared_of(self, first: int, n: int) -> Array:
        """See `Session.shared_of`."""
        out = super().shared_of(first, n).copy()
        low, high = max(0, first), min(self.n_frames, first + n)
        if low < high:
            out[low - first : high - first] = self._voice[low:high]
        return out


def architecture_of(model: Model) -> Architecture:
    """The architecture of a model with codes. Raises ConfigError for one of another system."""
    architecture = model.config.architecture
    if not isinstance(architecture, Architecture):
        raise ConfigError("this model has no shared codes to compare", "measure an Audio2Gestures model of a skeleton")
    return architecture


def _codes(model: Model, features: np.ndarray, motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    """Means of S_A and of S_M, each (T - 2 motion_receptive_field, 16)."""
    architecture = architecture_of(model)
    least = 2 * architecture.motion_receptive_field
    if len(features) != len(motion) or len(motion) <= least:
        raise DataError(
            "speech of {speech} frames and motion of {motion} do not make a pair",
            "give both the same number, above {least}",
            speech=len(features), motion=len(motion), least=least,
        )  # fmt: skip
    joints = [motion.skeleton.index(name) for name in model.skeleton.names]
    sixd = matrix_to_sixd(quaternion_to_matrix(motion.quaternions[:, joints])).reshape(len(motion), -1)
    shared, _ = encode_motion(model.parameters, (sixd - model.motion_mean) / model.motion_std, architecture)
    heard = model.normalised(np.asarray(features, np.float32))
    trim = architecture.smoothing_receptive_field
    s_a = encode_audio(model.parameters, heard, architecture)[0]
    return s_a[trim : len(s_a) - trim], shared[0]
