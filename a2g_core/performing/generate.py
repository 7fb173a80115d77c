"""Speech to motion: M = g(S_A, I_R) (sec. 4.1), in chunks, with pinned clips (sec. 5.6), on any array library.

The systems that the paper compares with are run from here too; they can be neither pinned nor steered by codes.

Speech is silence before its beginning and after its end, so frame numbers may run past both; every chunk lies on the
same absolute grid and has the same shape. Hence the motion of a frame depends only on the speech, the pins and the
controls within its reach, to the last bit; and a span made alone is the same as that span of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from math import ceil

import numpy as np

from ..body.motion import Motion, Pin
from ..body.resample import gaussian, sample_motion, smooth
from ..body.rotations import axis_angle_to_quaternion, matrix_to_sixd, quaternion_to_matrix
from ..errors import Cancelled, ConfigError, PinError
from ..model.checkpoint import Model
from ..model.device import array_library
from ..model.network import decode, encode_audio, encode_motion, map_noise
from ..model.systems import system_of
from ..speech.audio import Speech
from ..speech.features import FLOOR_DB
from ..speech.heard import Heard, hear
from .controls import NEUTRAL, Choice, Controls
from .expression import ENERGY_VIEW_FRAMES, apply_energy, apply_posture
from .pins import PinCodes, pinned_pose
from .postprocess import motion_from_sixd
from .sampling import Stitched, draw_sequences, random_signal, white_noise

CHUNK_FRAMES = 512
"""Frames made at a time: matrix products large enough to be fast, small enough to stay in the cache."""

_PIN_ITERATIONS = 2  # a pin is encoded in surroundings that the pin itself changes: twice is enough (notes, point 26)
_CHOICE_FADE_FRAMES = 16  # from one random choice into the next, about their border
_CALM_SIGMA_FRAMES, _CALM_VIEW_FRAMES = 15.0, 45

Progress = Callable[[str, float], None]


def generate(
    speech: Speech | Heard,
    model: Model,
    *,
    seed: int = 0,
    take: int = 0,
    style: str = "",
    choices: Iterable[Choice] = (),
    controls: Controls = NEUTRAL,
    pins: Iterable[Pin] = (),
    fps: float | None = None,
    span: tuple[int, int] | None = None,
    device: str = "numpy",
    progress: Progress | None = None,
    should_cancel: Callable[[], bool] | None = None,
) -> Motion:
    """A talking body for this speech: round(duration * fps) frames at fps (the model's own rate without one).

    seed and take choose among the endless motions for the same speech, choices among them for a part of it, later ones
    first. style: one of `model.styles`, or "" to let seed and take choose that too. controls steer. pins are followed;
    later ones win where they overlap. span: (first, stop), only these frames, the same to the last bit as those of the
    whole. device: 'numpy', 'cpu', 'cuda', 'mps' (torch) or 'auto'.
    progress(phase, share) is called after each chunk, and should_cancel() asked before it.
    Raises AudioError, PinError, DeviceError, ConfigError, Cancelled.
    """
    if model.config.dimensions != 3:
        raise ConfigError(
            "this model makes 2-D key points, not the motion of a skeleton", "use generate_channels, or a 3-D model"
        )
    fps = model.fps if fps is None else fps
    if not 0 < fps <= 1000:
        raise ConfigError("a frame rate of {fps} makes no sense", "give frames per second, such as 30", fps=fps)
    n_wanted = round(speech.duration_s * fps)
    first, stop = (0, n_wanted) if span is None else span
    if not 0 <= first <= stop <= n_wanted:
        raise ConfigError(
            "frames {first} to {stop} lie outside the speech", "ask for frames from 0 to {n}",
            first=first, stop=stop, n=n_wanted,
        )  # fmt: skip
    run = _start(speech, model, seed, take, device, progress, should_cancel, style, tuple(choices), controls, fps)
    codes = [run.encode_pin(pin) for pin in _check_pins(pins, speech)]
    if fps == model.fps and n_wanted == run.n_frames:
        return motion_from_sixd(run.finished(first, stop, codes), model.skeleton, model.fps)
    # Model frames around the wanted ones, the next one included, which they are interpolated towards.
    low = min(int(first / fps * model.fps), run.n_frames - 1)
    high = min(int(max(stop - 1, first) / fps * model.fps + 1e-6) + 2, run.n_frames)
    motion = motion_from_sixd(run.finished(low, high, codes), model.skeleton, model.fps)
    # An offset in whole frames: times relative to `low` would be rounded otherwise than those of the whole.
    return sample_motion(motion, np.arange(first, stop) / fps, fps, offset=low)


def generate_channels(
    speech: Speech | Heard,
    model: Model,
    *,
    seed: int = 0,
    take: int = 0,
    device: str = "numpy",
    progress: Progress | None = None,
) -> np.ndarray:
    """What the decoder says, (T, motion_size) at the model's rate: the key points (T, J * 2) of a 2-D model."""
    run = _start(speech, model, seed, take, device, progress, None)
    return run.frames(0, run.n_frames, [])


def idle_pose(model: Model) -> np.ndarray:
    """How the character stands when nothing is said, in the most usual way: quaternions (J, 4)."""
    if not model.config.has_codes:
        speech = Heard(np.full((1, len(model.feature_mean)), FLOOR_DB, np.float32), model.fps, 1 / model.fps, "")
        frame = _start(speech, model, 0, 0, "numpy", None, None).frames(0, 1, [])
        return motion_from_sixd(frame, model.skeleton, model.fps).quaternions[0]
    config, view = model.config, model.config.half_view
    silence = np.tile((FLOOR_DB - model.feature_mean) / model.feature_std, (1 + 4 * view, 1)).astype(np.float32)
    specific = None
    if config.split_codes:
        specific = np.tile(model.bank[:, 0].mean(axis=0), (1 + 4 * view, 1)).astype(np.float32)
        specific = map_noise(model.parameters, specific, config)[0] if config.mapping_net else specific[view:-view]
    shared, _ = encode_audio(model.parameters, silence, config)
    frame = decode(model.parameters, shared, specific, config) * model.motion_std + model.motion_mean
    return motion_from_sixd(frame.astype(np.float32), model.skeleton, model.fps).quaternions[0]


def reach_s(model: Model, controls: Controls = NEUTRAL) -> float:
    """Seconds around a changed choice or control in which the motion may change; a pin's is less."""
    config = model.config
    frames = config.choice_reach + ceil(3 * config.smoothness_frames) + _CHOICE_FADE_FRAMES // 2 + 1
    frames += 0 if controls.is_default("energy") else ENERGY_VIEW_FRAMES
    frames += 0 if controls.is_default("calm") else _CALM_VIEW_FRAMES
    return frames / model.fps


def _check_pins(pins: Iterable[Pin], speech: Speech | Heard) -> list[Pin]:
    pins = list(pins)
    for pin in pins:
        end_s, slack = pin.start_s + pin.clip.duration_s, 1 / pin.clip.fps
        if pin.clip.duration_s > speech.duration_s + slack:
            raise PinError(
                "a pinned clip of {clip:.2f} s is longer than the speech ({speech:.2f} s)", "trim the clip",
                clip=pin.clip.duration_s, speech=speech.duration_s,
            )  # fmt: skip
        if pin.start_s < -slack or end_s > speech.duration_s + slack:
            raise PinError(
                "a pinned clip from {start:.2f} s to {end:.2f} s lies outside the speech (0 to {speech:.2f} s)",
                "move the clip onto the speech", start=pin.start_s, end=end_s, speech=speech.duration_s,
            )  # fmt: skip
    return pins


def _start(speech, model: Model, *arguments) -> _Run:
    """The run of the model's system."""
    return (_CodesRun if model.config.has_codes else _PlainRun)(speech, model, *arguments)


class _Run:
    """One generation: the speech's features, and the model on its device. A system's own part is `frames`."""

    def __init__(
        self, speech, model: Model, seed: int, take: int, device: str, progress, should_cancel, style: str = "",
        choices: tuple[Choice, ...] = (), controls: Controls = NEUTRAL, fps: float = 30.0,
    ) -> None:  # fmt: skip
        self.model, self.config = model, model.config
        self.seed, self.take, self.style = seed, take, style
        if style and style not in model.styles:
            raise ConfigError(
                "this model has no style '{style}'", "use one of: {styles}" if model.styles else "choose none",
                style=style, styles=", ".join(model.styles),
            )  # fmt: skip
        self.choices, self.controls, self.fps = choices, controls, fps
        self.progress = progress or (lambda phase, share: None)
        self.should_cancel = should_cancel or (lambda: False)
        self.asarray, self.to_numpy, self.guard = array_library(device)
        self.parameters = {n: self.asarray(a) for n, a in model.parameters.items()}
        self.progress("Reading audio", 0.0)
        heard = speech if isinstance(speech, Heard) else hear(speech, model.fps, should_cancel)
        if heard.fps != model.fps:
            raise ConfigError(
                "the speech was heard at {heard:g} frames a second, and this model works at {model:g}",
                "hear it again for this model", heard=heard.fps, model=model.fps,
            )  # fmt: skip
        self.n_frames = len(heard.features)
        self.features = (heard.features - model.feature_mean) / model.feature_std
        self.silence = ((FLOOR_DB - model.feature_mean) / model.feature_std).astype(np.float32)

    def control(self, name: str, first: int, n: int) -> np.ndarray:
        """A control's values (n, 1) for frames first to first + n."""
        return self.controls.at(name, np.arange(first, first + n) / self.model.fps, self.fps)

    def _features_of(self, first: int, n: int) -> np.ndarray:
        """Normalised features of frames first to first + n, with silence around the speech."""
        out = np.tile(self.silence, (n, 1))
        low, high = max(0, first), min(self.n_frames, first + n)
        if low < high:
            out[low - first : high - first] = self.features[low:high]
        return out

    def frames(self, first: int, n: int, pins: list[PinCodes], phase: str = "Generating") -> np.ndarray:
        """Frames first to first + n, (n, channels) float32: 6-D rotations or key points, outside the speech too."""
        raise NotImplementedError

    def encode_pin(self, pin: Pin) -> PinCodes:
        """A pinned clip as this system follows it."""
        raise NotImplementedError

    def finished(self, first: int, stop: int, pins: list[PinCodes]) -> np.ndarray:
        """Frames first to stop as they are shown: smoothed, with their energy and posture, and the pins kept."""
        has_energy = not self.controls.is_default("energy")
        view = ceil(3 * self.config.smoothness_frames) + ENERGY_VIEW_FRAMES * has_energy
        low, high = max(0, first - view), min(self.n_frames, stop + view)
        frames = smooth(self.frames(low, high - low, pins), self.config.smoothness_frames)
        if has_energy:
            frames = apply_energy(frames, self.control("energy", low, high - low))
        frames = frames[first - low : stop - low]
        if not self.controls.is_default("posture"):
            frames = apply_posture(frames, self.control("posture", first, stop - first), self.model.skeleton)
        if pins and self.config.keep_pins:
            for pin in pins:
                pin.keep(frames, first)
        return frames


class _CodesRun(_Run):
    """Audio2Gestures: codes, changed by choices, calm, variation and pins, then the decoder."""

    def __init__(self, *arguments) -> None:
        super().__init__(*arguments)
        self.heard: dict[int, np.ndarray] = {}
        self.coded: dict[int, np.ndarray] = {}

    def _signal_of(self, first: int, n: int) -> np.ndarray:
        """The random signal of frames first to first + n, (n, 16): seed and take, then the choices, then variation."""

        def signal(seed: int, take: int) -> np.ndarray:
            config = self.config
            if config.piece_frames:
                return self._stitched.codes(seed, take, first, n)
            sigma, walk = config.noise_sigma_frames, config.bank_walk_frames
            return random_signal(self.model.bank, seed, take, first, n, sigma, walk)

        frames = np.arange(first, first + n, dtype=np.float32)
        out = signal(self.seed, self.take)
        for choice in self.choices:
            start, end = choice.start_s * self.model.fps, choice.end_s * self.model.fps
            x = np.clip(np.minimum(frames - start, end - frames) / _CHOICE_FADE_FRAMES + 0.5, 0, 1)[:, None]
            if x.any():
                other, share = signal(choice.seed, choice.take), x * x * (3 - 2 * x)
                out = np.where(share == 1, other, out + share * (other - out))
        if not self.controls.is_default("variation"):
            # Written so that 1 adds 0: frames elsewhere keep their bits. The same form below and in `expression`.
            out = out + (self.control("variation", first, n) - 1) * (out - self._usual)
        return out.astype(np.float32)

    @cached_property
    def _stitched(self) -> Stitched:
        model, config = self.model, self.config
        style = model.styles.index(self.style) if self.style else None
        kept = draw_sequences(model.pieces, model.sequences, style, self.seed, self.take)
        return Stitched(
            model.pieces, model.sequences, kept, config.piece_frames, config.piece_candidates, self._shared_of
        )

    @cached_property
    def _usual(self) -> np.ndarray:
        return self.model.bank[:, 0].mean(axis=0)

    def _shared_of(self, first: int, n: int) -> np.ndarray:
        """S_A of frames first to first + n, (n, 16)."""
        chunks = range(first // CHUNK_FRAMES, -(-(first + n) // CHUNK_FRAMES))
        offset = first - chunks[0] * CHUNK_FRAMES
        return np.concatenate([self._shared_chunk(chunk) for chunk in chunks])[offset : offset + n]

    def _shared_chunk(self, chunk: int) -> np.ndarray:
        """S_A of a chunk, (CHUNK_FRAMES, 16)."""
        if chunk not in self.heard:
            view = self.config.half_view
            features = self.asarray(self._features_of(chunk * CHUNK_FRAMES - view, CHUNK_FRAMES + 2 * view))
            self.heard[chunk] = self.to_numpy(encode_audio(self.parameters, features, self.config)[0])
            self.heard.pop(chunk - 4, None)
        return self.heard[chunk]

    def _codes_of(self, chunk: int) -> np.ndarray:
        """S_A and I_R side by side for a chunk and the decoder's view around it, (CHUNK_FRAMES + 2 half_view, 32)."""
        if chunk not in self.coded:
            config, view = self.config, self.config.half_view
            first, n = chunk * CHUNK_FRAMES - view, CHUNK_FRAMES + 2 * view
            codes = [self._shared_of(first, n)]
            if config.split_codes:
                margin = view if config.mapping_net else 0
                specific = self._signal_of(first - margin, n + 2 * margin)
                if config.mapping_net:
                    specific = self.to_numpy(map_noise(self.parameters, self.asarray(specific), config)[0])
                codes.append(specific)
            self.coded[chunk] = np.concatenate(codes, axis=1)
            self.coded.pop(chunk - 3, None)  # calm looks one chunk back; what is older is not asked for again
        return self.coded[chunk]

    def _calmed(self, chunk: int) -> np.ndarray:
        """The codes of a chunk, slowed where calm asks for it."""
        codes, view = self._codes_of(chunk), self.config.half_view
        first, n = chunk * CHUNK_FRAMES - view, len(codes)
        if self.controls.is_default("calm") or not (calm := self.control("calm", first, n)).any():
            return codes
        inside = slice(view, view + CHUNK_FRAMES)
        before, after = self._codes_of(chunk - 1)[inside], self._codes_of(chunk + 1)[inside]
        more = _CALM_VIEW_FRAMES
        wide = np.concatenate([before[: CHUNK_FRAMES - view][-more:], codes, after[view:][:more]])
        taps = gaussian(_CALM_SIGMA_FRAMES, more)
        slow = sum(tap * wide[k : k + n] for k, tap in enumerate(taps))
        return codes + calm * (slow - codes)

    def _chunk(self, chunk: int, pins: list[PinCodes]) -> np.ndarray:
        """Decoded frames of a chunk, (CHUNK_FRAMES, motion_size)."""
        first, size = chunk * CHUNK_FRAMES - self.config.half_view, self.config.code_size
        if self.should_cancel():
            raise Cancelled
        with self.guard():
            codes = self._calmed(chunk)
            for pin in pins:
                codes = pin.mix(codes, first, size)
            shared, specific = self.asarray(codes[:, :size]), None
            if self.config.split_codes:
                specific = self.asarray(codes[:, size:])
            normalised = self.to_numpy(decode(self.parameters, shared, specific, self.config))
        return normalised * self.model.motion_std + self.model.motion_mean

    def frames(self, first: int, n: int, pins: list[PinCodes], phase: str = "Generating") -> np.ndarray:
        out = np.empty((n, self.config.motion_size), np.float32)
        for chunk in range(first // CHUNK_FRAMES, -(-(first + n) // CHUNK_FRAMES)):
            low, high = max(first, chunk * CHUNK_FRAMES), min(first + n, (chunk + 1) * CHUNK_FRAMES)
            made = self._chunk(chunk, pins)
            out[low - first : high - first] = made[low - chunk * CHUNK_FRAMES : high - chunk * CHUNK_FRAMES]
            self.progress(phase, (high - first) / n)
        return out

    def encode_pin(self, pin: Pin) -> PinCodes:
        """Codes of a pinned clip (sec. 5.6), encoded inside the motion that is generated around it, so that its ends
        are not padding.

        The surroundings depend on the pin in turn, hence the iteration. Joints that the clip lacks keep the generated
        motion.
        """
        pinned, view = pinned_pose(pin, self.model.skeleton, self.model.fps), self.config.motion_view
        n = len(pinned.weight)
        codes: list[PinCodes] = []
        for _ in range(_PIN_ITERATIONS):
            around = self.frames(pinned.first - view, n + 2 * view, codes, "Reading pins")
            inside = around.reshape(len(around), -1, 6)[view : view + n]
            # Blended as the codes will be: nobody jumps from pose to pose, and the encoder has seen no one do it.
            free = inside[:, pinned.joints]
            inside[:, pinned.joints] = free + pinned.approach[..., None] * (pinned.pose - free)
            normalised = (around - self.model.motion_mean) / self.model.motion_std
            with self.guard():
                means = encode_motion(self.parameters, self.asarray(normalised), self.config)
                codes = [pinned.coded([self.to_numpy(code[0]) for code in means if code is not None])]
        return codes[0]


class _PlainRun(_Run):
    """A system without codes: nothing but speech and seed decides."""

    def __init__(self, *arguments) -> None:
        super().__init__(*arguments)
        if self.choices or not (self.controls.is_default("calm") and self.controls.is_default("variation")):
            raise ConfigError(
                "this model cannot change a part of a take, and has neither calm nor variation",
                "set them back, or choose an Audio2Gestures model",
            )

    def frames(self, first: int, n: int, pins: list[PinCodes], phase: str = "Generating") -> np.ndarray:
        config = self.config

        def tick(share: float) -> None:
            self.progress(phase, share)
            if self.should_cancel():
                raise Cancelled

        def noise_of(first: int, n: int, channels: int) -> np.ndarray:
            return white_noise(self.seed, self.take, first, n, channels)

        with self.guard():
            normalised = system_of(config).generate_frames(
                self.parameters, self._features_of, noise_of, config, first, n, self.asarray, self.to_numpy, tick
            )
        out = normalised * self.model.motion_std + self.model.motion_mean
        if config.dimensions == 3 and config.channels == "rotvec":
            matrices = quaternion_to_matrix(axis_angle_to_quaternion(out.reshape(n, config.joints, 3)))
            out = matrix_to_sixd(matrices).reshape(n, -1)
        return out.astype(np.float32)

    def encode_pin(self, pin: Pin) -> PinCodes:
        raise PinError("this model cannot follow pinned clips", "mute the pins, or choose an Audio2Gestures model")
