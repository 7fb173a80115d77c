"""Speech to motion: M = g(S_A, I_R) (sec. 4.1), in chunks, with pinned clips (sec. 5.6), on any array library.

Speech is silence before its beginning and after its end, so frame numbers may run past both; every chunk lies on the
same absolute grid and has the same shape. Hence the motion of a frame depends only on the speech within its reach, to
the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from .audio import Speech
from .checkpoint import Model
from .errors import AudioError, Cancelled, ConfigError, DeviceError, PinError
from .features import FLOOR_DB, log_mel
from .motion import Motion, Pin
from .network import decode, encode_audio, encode_motion, map_noise
from .postprocess import change_fps, motion_from_sixd, sample_motion, smooth
from .rotations import matrix_to_sixd, quaternion_to_matrix
from .sampling import random_signal

CHUNK_FRAMES = 512
"""Frames made at a time: matrix products large enough to be fast, small enough to stay in the cache."""

_PIN_ITERATIONS = 2  # a pin is encoded in surroundings that the pin itself changes: twice is enough (notes, point 26)

Progress = Callable[[str, float], None]


def generate(
    speech: Speech,
    model: Model,
    *,
    seed: int = 0,
    take: int = 0,
    pins: Iterable[Pin] = (),
    fps: float | None = None,
    device: str = "numpy",
    progress: Progress | None = None,
    should_cancel: Callable[[], bool] | None = None,
) -> Motion:
    """A talking body for this speech: round(duration * fps) frames at fps (the model's own rate without one).

    seed and take choose among the endless motions for the same speech. pins are followed; later ones win where they
    overlap. device: 'numpy', 'cpu', 'cuda', 'mps' (torch) or 'auto'. progress(phase, share) is called after each chunk,
    and should_cancel() asked before it. Raises AudioError, PinError, DeviceError, Cancelled.
    """
    if model.config.dimensions != 3:
        raise ConfigError(
            "this model makes 2-D key points, not the motion of a skeleton", "use generate_channels, or a 3-D model"
        )
    fps = model.fps if fps is None else fps
    if not 0 < fps <= 1000:
        raise ConfigError(f"a frame rate of {fps} makes no sense", "give frames per second, such as 30")
    run = _Run(speech, model, seed, take, device, progress, should_cancel)
    codes = [run.encode_pin(pin) for pin in _check_pins(pins, speech)]
    frames = run.frames(0, run.n_frames, codes)
    frames = smooth(frames, model.config.smoothness_frames)
    if model.config.keep_pins:
        for pin in codes:
            pin.keep(frames)
    motion = motion_from_sixd(frames, model.skeleton, model.fps)
    return change_fps(motion, fps, round(speech.duration_s * fps))


def generate_channels(
    speech: Speech,
    model: Model,
    *,
    seed: int = 0,
    take: int = 0,
    device: str = "numpy",
    progress: Progress | None = None,
) -> np.ndarray:
    """What the decoder says, (T, motion_size) at the model's rate: the key points (T, J * 2) of a 2-D model."""
    run = _Run(speech, model, seed, take, device, progress, None)
    return run.frames(0, round(speech.duration_s * model.fps), [])


def _check_pins(pins: Iterable[Pin], speech: Speech) -> list[Pin]:
    pins = list(pins)
    for pin in pins:
        end_s, slack = pin.start_s + pin.clip.duration_s, 1 / pin.clip.fps
        if pin.clip.duration_s > speech.duration_s + slack:
            raise PinError(
                f"a pinned clip of {pin.clip.duration_s:.2f} s is longer than the speech ({speech.duration_s:.2f} s)",
                "trim the clip",
            )
        if pin.start_s < -slack or end_s > speech.duration_s + slack:
            raise PinError(
                f"a pinned clip from {pin.start_s:.2f} s to {end_s:.2f} s lies outside the speech "
                f"(0 to {speech.duration_s:.2f} s)",
                "move the clip onto the speech",
            )
    return pins


@dataclass(frozen=True)
class _PinCodes:
    """What replaces the codes of frames first to first + n. weight (n, 1): the fade, 0 to 1.

    pose: (n, k, 6), the clip's own rotations of the model's joints numbered `joints` (k).
    """

    first: int
    weight: np.ndarray
    strength: float
    pose: np.ndarray
    joints: list[int]
    shared: np.ndarray
    specific: np.ndarray | None

    def mix(self, shared, specific, first: int, xp_asarray):
        """Blend this pin into the codes of frames from `first` on."""
        low, high = max(first, self.first), min(first + shared.shape[0], self.first + len(self.weight))
        if low >= high:
            return shared, specific
        n, before, inside = shared.shape[0], low - first, slice(low - self.first, high - self.first)

        def blend(codes, pinned, weight):
            full = np.zeros((n, codes.shape[-1]), np.float32)
            share = np.zeros((n, 1), np.float32)
            full[before : before + high - low], share[before : before + high - low] = pinned[inside], weight[inside]
            # Where share is 0 this adds 0: codes out of the pin's range keep their bits.
            return codes + xp_asarray(share) * (xp_asarray(full) - codes)

        shared = blend(shared, self.shared, self.weight * np.float32(self.strength))
        if specific is not None:
            specific = blend(specific, self.specific, self.weight)
        return shared, specific

    def keep(self, frames: np.ndarray) -> None:
        """Bring decoded frames (T, motion_size), which follow the clip already, to its very pose, in place."""
        start, stop = max(0, self.first), min(len(frames), self.first + len(self.weight))
        inside, part = frames.reshape(len(frames), -1, 6)[start:stop], slice(start - self.first, stop - self.first)
        share = (self.weight * np.float32(self.strength))[part, :, None]
        inside[:, self.joints] = (1 - share) * inside[:, self.joints] + share * self.pose[part]


class _Run:
    """One generation: the speech's features, and the model on its device."""

    def __init__(self, speech, model: Model, seed: int, take: int, device: str, progress, should_cancel) -> None:
        self.model, self.config = model, model.config
        self.seed, self.take = seed, take
        self.progress = progress or (lambda phase, share: None)
        self.should_cancel = should_cancel or (lambda: False)
        self.n_frames = _count_frames(speech, model.fps)
        self.asarray, self.to_numpy, self.guard = _array_library(device)
        self.parameters = {n: self.asarray(a) for n, a in model.parameters.items()}
        self.progress("Reading audio", 0.0)
        self.features = (self._read(speech) - model.feature_mean) / model.feature_std
        self.silence = ((FLOOR_DB - model.feature_mean) / model.feature_std).astype(np.float32)

    def _read(self, speech: Speech) -> np.ndarray:
        def watched():
            for block in speech.blocks():
                if self.should_cancel():
                    raise Cancelled
                yield block

        features = log_mel(watched(), self.n_frames, self.model.fps)
        if not (features > FLOOR_DB + 1).any():
            raise AudioError("the speech is silent", "choose a recording with a voice in it, or turn its level up")
        return features

    def _features_of(self, first: int, n: int) -> np.ndarray:
        """Normalised features of frames first to first + n, with silence around the speech."""
        out = np.tile(self.silence, (n, 1))
        low, high = max(0, first), min(self.n_frames, first + n)
        if low < high:
            out[low - first : high - first] = self.features[low:high]
        return out

    def _codes_of(self, chunk: int):
        """S_A and I_R for a chunk and the decoder's view around it, (CHUNK_FRAMES + 2 half_view, 16) each."""
        config, view = self.config, self.config.half_view
        first, n = chunk * CHUNK_FRAMES - view, CHUNK_FRAMES + 2 * view
        shared, _ = encode_audio(self.parameters, self.asarray(self._features_of(first - view, n + 2 * view)), config)
        if not config.split_codes:
            return shared, None
        margin = view if config.mapping_net else 0
        signal = random_signal(
            self.model.bank, self.seed, self.take, first - margin, n + 2 * margin,
            config.noise_sigma_frames, config.bank_walk_frames,
        )  # fmt: skip
        specific = self.asarray(signal)
        if config.mapping_net:
            specific, _ = map_noise(self.parameters, specific, config)
        return shared, specific

    def _chunk(self, chunk: int, pins: list[_PinCodes]) -> np.ndarray:
        """Decoded frames of a chunk, (CHUNK_FRAMES, motion_size)."""
        first, view = chunk * CHUNK_FRAMES, self.config.half_view
        if self.should_cancel():
            raise Cancelled
        with self.guard():
            shared, specific = self._codes_of(chunk)
            for pin in pins:
                shared, specific = pin.mix(shared, specific, first - view, self.asarray)
            normalised = self.to_numpy(decode(self.parameters, shared, specific, self.config))
        return normalised * self.model.motion_std + self.model.motion_mean

    def frames(self, first: int, n: int, pins: list[_PinCodes], phase: str = "Generating") -> np.ndarray:
        """Decoded frames first to first + n, (n, motion_size) float32; frames before 0 and past the end exist too."""
        out = np.empty((n, self.config.motion_size), np.float32)
        for chunk in range(first // CHUNK_FRAMES, -(-(first + n) // CHUNK_FRAMES)):
            low, high = max(first, chunk * CHUNK_FRAMES), min(first + n, (chunk + 1) * CHUNK_FRAMES)
            made = self._chunk(chunk, pins)
            out[low - first : high - first] = made[low - chunk * CHUNK_FRAMES : high - chunk * CHUNK_FRAMES]
            self.progress(phase, (high - first) / n)
        return out

    def encode_pin(self, pin: Pin) -> _PinCodes:
        """Codes of a pinned clip (sec. 5.6), encoded inside the motion that is generated around it, so that its ends
        are not padding.

        The surroundings depend on the pin in turn, hence the iteration. Joints that the clip lacks keep the generated
        motion.
        """
        fps, view = self.model.fps, self.config.motion_view
        first = ceil(pin.start_s * fps - 1e-6)
        last = floor((pin.start_s + (len(pin.clip) - 1) / pin.clip.fps) * fps + 1e-6)
        # Half of a fade lies outside the clip, whose first and last pose are held there: else a clip that starts fast
        # would have to be caught up with.
        outside = round(pin.fade_s * fps / 2)
        first, last = first - outside, last + outside
        n = max(1, last - first + 1)
        clip = sample_motion(pin.clip, np.arange(first, first + n) / fps - pin.start_s, fps)
        names = [name for name in self.model.skeleton.names if name in clip.skeleton.names]
        if not names:
            raise PinError("a pinned clip has none of the character's joints", "pin a clip of a SMPL-X armature")
        to_model = [self.model.skeleton.index(name) for name in names]
        of_clip = [clip.skeleton.index(name) for name in names]
        sixd = matrix_to_sixd(quaternion_to_matrix(clip.quaternions[:, of_clip]))
        weight = _fade(n, pin.fade_s * fps)
        codes: list[_PinCodes] = []
        for _ in range(_PIN_ITERATIONS):
            around = self.frames(first - view, n + 2 * view, codes, "Reading pins")
            around.reshape(len(around), -1, 6)[view : view + n, to_model] = sixd
            normalised = (around - self.model.motion_mean) / self.model.motion_std
            with self.guard():
                shared, specific = encode_motion(self.parameters, self.asarray(normalised), self.config)
                means = [None if code is None else self.to_numpy(code[0]) for code in (shared, specific)]
            codes = [_PinCodes(first, weight, pin.strength, sixd, to_model, *means)]
        return codes[0]


def _count_frames(speech: Speech, fps: float) -> int:
    """Frames at the model's rate: enough to interpolate any other rate up to the end of the speech."""
    if speech.duration_s <= 0:
        raise AudioError("the speech has no samples", "choose a recording that is longer than nothing")
    return max(1, round(speech.duration_s * fps))


def _fade(n: int, fade_frames: float) -> np.ndarray:
    """(n, 1) float32: rises smoothly over fade_frames at the start and falls over as many at the end."""
    fade = min(fade_frames, n / 2)
    edge = np.minimum(np.arange(n), np.arange(n)[::-1]) + 0.5
    x = np.clip(edge / fade, 0, 1) if fade > 0 else np.ones(n)
    return (x * x * (3 - 2 * x)).astype(np.float32)[:, None]


def _array_library(device: str):
    """(to the device, back to NumPy, context without gradients) for 'numpy', 'cpu', 'cuda', 'mps' or 'auto'."""
    from contextlib import nullcontext

    device = resolve_device(device)
    if device == "numpy":
        return (lambda a: np.asarray(a, np.float32)), (lambda a: a), nullcontext
    import torch

    place = torch.device(device)
    return (
        (lambda a: torch.tensor(a, dtype=torch.float32, device=place)),
        (lambda a: a.cpu().numpy()),
        torch.inference_mode,
    )


def resolve_device(device: str) -> str:
    """'auto' to the fastest device there is; DeviceError for one that is not here."""
    if device == "numpy":
        return device
    if device not in ("auto", "cpu", "cuda", "mps"):
        raise DeviceError(f"there is no device '{device}'", "use auto, numpy, cpu, cuda or mps")
    try:
        import torch
    except ImportError:
        if device == "auto":
            return "numpy"
        raise DeviceError(
            f"device '{device}' needs torch, which is not installed", "install torch or use 'numpy'"
        ) from None
    here = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if device == "auto":
        return next((d for d in ("cuda", "mps") if here[d]), "numpy")
    if not here[device]:
        raise DeviceError(f"torch finds no {device} device here", "use 'auto' or 'numpy'")
    return device
