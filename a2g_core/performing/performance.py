"""One request performed in a session: M = g(S_A, I_R) (sec. 4.1) in chunks, with pinned clips (sec. 5.6).

Speech is silence before its beginning and after its end, so frame numbers may run past both; every chunk lies on the
same absolute grid and has the same shape, but for those before the speech and at its end: shapes may decide on last
bits. Hence the motion of a frame depends only on the speech, the pins and the controls within its receptive field, and
in that last chunk on where the speech ends, to the last bit; and a span made alone is the same as that span of the
whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import cached_property
from math import ceil

import numpy as np

from ..body.motion import PART_FRAMES, Motion, Pin
from ..body.resample import eased, smooth
from ..body.rotations import axis_angle_to_quaternion, matrix_to_sixd, quaternion_to_matrix
from ..body.solids import OURS
from ..errors import Cancelled, ConfigError, PinError
from ..model.config import AccentPieces, Config, CorrelatedNoise, Pieces
from ..model.network import Block, decode, encode_motion, map_noise, residual_block, steady_block
from ..model.systems import system_of
from . import accents, seated
from .ahead import MadeOnce
from .attending import nods, turn_heads, yaw_deg
from .choosing import CuedPieces
from .controls import Control, Stage, table
from .ends import LONGEST_WAIT_S, Ends, mixed
from .face import Jaw
from .feet import Feet
from .gaze import Looking, reach_frames
from .idling import Idling
from .leaning import Leaning, looks_per_metre
from .pauses import Pauses
from .pins import PinCodes, held_together, kept, pinned_pose, unpinned
from .plan import NO_PLAN, Plan
from .postprocess import take_hands_out
from .request import ENERGY, Idle, Request
from .sampling import Stitched, draw_sequences, random_signal, side_of, style_of, white_noise
from .seated import Sitting, above_the_seat
from .session import CHUNK_FRAMES, CHUNKS_AHEAD, STEP_FRAMES, Session
from .standing import Standing
from .stepping import Stepping

CHOICE_FADE_FRAMES = 16
"""From one random choice into the next, about their border."""

_REST_S = 1.1
"""How long a take goes to rest, and from it, of models that were made without rest, where there is an idle."""
_CLEARANCE = "clearance"
_CLEAR_M = 0.008
"""Hands are kept so far from the body: feet that are put where they stay move the thighs by some millimetres."""

_STEPPING_CLEAR_M, _STEPPING_FADE = 0.03, 0.15
"""So much further while feet step, for thighs are lifted; and in which share of the steps' time it gets there."""

_WHOLE = slice(0, CHUNK_FRAMES)
_GAP_FRAMES = 100
"""Idle poses of fewer frames are made faster than they are left out: each stretch of them begins anew."""

_CHUNKS_KEPT = 3 + CHUNKS_AHEAD  # a control of the codes looks one chunk back; what is older is not asked for again
_OF_REST = ("_feet", "_kept", "_leaning", "_leaves_rest", "_per_metre", "_resting", "_stance")
_OF_CODES = (*_OF_REST, "_cued", "_standing")
"""What performances that rest alike have in common, and those that decode alike."""
_PIN_ITERATIONS = 2  # a pin is encoded in surroundings that the pin itself changes (paper notes, point 26)


def perform(session: Session, request: Request) -> Performance:
    """A request's performance by the model's system. Raises ConfigError, PinError, Cancelled."""
    return (CodesPerformance if session.model.config.has_codes else PlainPerformance)(session, request)


class Performance:
    """What every system's performance has; a system's own part is `frames`."""

    frames_at_once: int | None = None
    """How many frames a long take is made of at a time; None: all, of a system that makes each from those before it."""

    def __init__(self, session: Session, request: Request) -> None:
        self.session, self.request = session, request
        self.model, self.generation = session.model, session.model.config.generation
        self.pins: tuple[PinCodes, ...] = ()
        self.foreseen = 0
        """Frames before this one will be asked for, one part after the other."""
        styles = self.model.styles
        if request.style and request.style not in styles:
            raise ConfigError(
                "this model has no style '{style}'", "use one of: {styles}" if styles else "choose none",
                style=request.style, styles=", ".join(styles),
            )  # fmt: skip
        if request.plan and request.plan.pieces != self.model.pieces_digest:
            raise ConfigError(
                "the plan of this take was made with another model", "choose that model, or generate a new take"
            )
        if lacking := [c.name for c in request.controls.changed() if not c.works_with(self.model.config)]:
            raise ConfigError(
                "this model lacks the controls {names}", "set them back, or choose an Audio2Gestures model",
                names=", ".join(lacking),
            )  # fmt: skip
        _check_pins(request.pins, session.duration_s)

    def frames(self, first: int, n: int, pins: tuple[PinCodes, ...] | None = None) -> np.ndarray:
        """Frames first to first + n, (n, channels) float32: 6-D rotations or key points, outside the speech too.

        pins: those whose codes are followed; None: as the model follows them.
        """
        raise NotImplementedError

    def finished(self, first: int, stop: int) -> np.ndarray:
        """Frames first to stop as they are shown: smoothed, with the effects of the controls, and the pins kept."""
        return self._finished(first, stop)

    def _finished(self, first: int, stop: int, pins: tuple[PinCodes, ...] | None = None) -> np.ndarray:
        """Frames first to stop, smoothed, with the effects of the controls. pins: see `frames`."""
        field = self.model.config.finishing_receptive_field + self._receptive_field("motion")
        before, after = reach_frames(self.model.fps) if self.looking is not None else (0, 0)
        field += seated.reach_frames(self.model.fps) if self.sitting is not None else 0
        low, high = self.within(first - field - before, stop + field + after)
        made = self._smoothed if self.request.idle is None else self.idle_between
        frames = made(low, high, pins)
        values = self._values("motion", low, len(frames))
        solids = self.request.solids if self.generation.hands_outside else None
        clear_m = self.clearances_m(low, len(frames))
        if solids is not None:  # the slider counts from these, and not from our own body
            clear_m += sum(cm[:, 0] / 100 for control, cm in values if control.name == _CLEARANCE)
            values = [row for row in values if row[0].name != _CLEARANCE]
        frames = self._affected(frames, values)
        places = None
        if self.sitting is not None:
            frames = self.sitting.sit(frames, low, self.model.fps)
            places = self.sitting.places(low, len(frames), self.model.fps)
        if self.looking is not None:
            frames = self.looking.turn_head(frames, low, self.model.fps, self.model.skeleton, places)
        if self.generation.hands_outside:
            frames = take_hands_out(frames, self.model.skeleton, self.model.fps, clear_m, solids or OURS)
        return frames[first - low : stop - low]

    def clearances_m(self, _first: int, n: int) -> np.ndarray:
        """How far from the body hands are kept on each of n frames."""
        return np.zeros(n)

    @cached_property
    def sitting(self) -> Sitting | None:
        """The take in its seat; None if it stands."""
        return None

    @cached_property
    def looking(self) -> Looking | None:
        """What the character looks at; None if at nothing."""
        request = self.request
        if not request.gaze or (request.gaze.target is None and not request.partners):
            return None
        key, fps = (request.seed, request.take), request.fps or self.model.fps
        return Looking(request.gaze, key, self.session.spoken, fps, request.partners)

    @cached_property
    def jaw(self) -> Jaw:
        """The jaw of who speaks."""
        return Jaw(self.session.heard)

    def within(self, first: int, stop: int) -> tuple[int, int]:
        """The frames of these that there are: of a take with an idle all of them, of others those of the speech."""
        if self.request.idle is not None:
            return first, stop
        first = min(first, self.session.n_frames - 1)
        return max(0, first), min(self.session.n_frames, stop)

    def _smoothed(self, first: int, stop: int, pins: tuple[PinCodes, ...] | None) -> np.ndarray:
        """Frames first to stop, smoothed, the ends of the take at rest."""
        frames = smooth(self.frames(first, stop - first, pins), self.generation.smoothness_frames)
        return self.rest_at_ends(frames, first, pins)

    def rest_at_ends(self, frames: np.ndarray, first: int, pins: tuple[PinCodes, ...] | None = None) -> np.ndarray:
        """Smoothed frames from `first` on, the ends of the take at rest, for a system that knows its rest."""
        return frames

    def idle_between(self, first: int, stop: int, pins: tuple[PinCodes, ...] | None = None) -> np.ndarray:
        """Frames first to stop, with an idle where nothing is said. ConfigError of a system that does not know how."""
        raise ConfigError("this model cannot idle", "choose an Audio2Gestures model, or leave the idle out")

    def stand(self, motion: Motion, first: int) -> Motion:
        """A finished motion from frame `first` on with its feet where they stay, for a system that knows where."""
        return motion

    def plan(self) -> Plan:
        """What is performed where; nothing for a model that makes no plans."""
        return NO_PLAN

    def _receptive_field(self, stage: Stage) -> int:
        """Frames on either side of a frame that the effects on this stage depend on."""
        return sum(control.receptive_field for control in self.request.steering(stage))

    def _values(self, stage: Stage, first: int, n: int) -> list[tuple[Control, np.ndarray]]:
        """The controls that act on this stage, with their values (n, 1) for the model's frames first to first + n."""
        request, times_s = self.request, np.arange(first, first + n) / self.model.fps
        fps = request.fps or self.model.fps
        found = [(control, request.controls.at(control.name, times_s, fps)) for control in request.steering(stage)]
        if not request.accents:
            return found
        sizes = accents.sizes(request.accents, times_s)
        return [
            (control, np.clip(values * sizes, control.low, control.high) if control.name == ENERGY else values)
            for control, values in found
        ]

    def _affected(self, frames: np.ndarray, controls: list[tuple[Control, np.ndarray]]) -> np.ndarray:
        """Frames (n, channels) after the effects of controls with these values, see `_values`."""
        for control, values in controls:
            frames = control.effect(frames, values, self.model)
        return frames


class CodesPerformance(Performance):
    """Audio2Gestures: codes, changed by choices, controls and pins, then the decoder."""

    frames_at_once = PART_FRAMES

    def __init__(self, session: Session, request: Request) -> None:
        super().__init__(session, request)
        config = session.model.config
        if not isinstance(config, Config):
            raise TypeError(f"{config.system} has no codes")
        self.config, self.architecture = config, config.architecture
        self._codes = MadeOnce(self._coded, _CHUNKS_KEPT)
        # Chunks that no pin touches; and the whole of that in which the speech begins or ends, where more is asked for.
        self._free = MadeOnce(lambda chunk: self._decoded(chunk, (), self._rows(chunk)), _CHUNKS_KEPT)
        self._beyond = MadeOnce(self._decoded, 1)
        known, session.last = session.last, self
        if isinstance(known, CodesPerformance) and known.rests_as(request):
            if is_same := known.decodes_as(request):
                self._codes, self._free, self._beyond = known._codes, known._free, known._beyond
            names = _OF_CODES if is_same else _OF_REST
            self.__dict__ |= {name: known.__dict__[name] for name in names if name in known.__dict__}
        pins = request.pins if request.seat is None else above_the_seat(request.pins)
        self.pins = tuple(self._read_pin(pin) for pin in pins)

    def rests_as(self, other: Request) -> bool:
        """Whether a take of another request stands at rest as this one, to the bit."""
        return self._is_alike(other, ("seed", "take", "style", "fps"), "signal")

    def decodes_as(self, other: Request) -> bool:
        """Whether another request, which rests as this one, has the same frames decoded: as where only a slider of the
        finished motion moves, of which no network needs to know.
        """
        mine = self.request
        if mine.pins or other.pins or (mine.idle is None) != (other.idle is None):
            return False
        return self._is_alike(other, ("choices", "plan"), "codes")

    def _is_alike(self, other: Request, names: Sequence[str], stage: Stage) -> bool:
        """Whether another request has the same under these names, and the same controls of a stage."""
        mine, controls = self.request, [control.name for control in table().values() if control.acts_on == stage]
        return all(getattr(mine, name) == getattr(other, name) for name in names) and all(
            np.array_equal(getattr(mine.controls, name), getattr(other.controls, name)) for name in controls
        )

    def frames(self, first: int, n: int, pins: tuple[PinCodes, ...] | None = None) -> np.ndarray:
        return self._frames(first, n, self._by_codes if pins is None else pins, "Generating")

    def finished(self, first: int, stop: int) -> np.ndarray:
        frames = self._finished(first, stop)
        pins = [pin for pin in self.pins if pin.touches(first, stop - first)]
        if not (pins and self.config.generation.keep_pins):
            return frames
        voiced, soft = frames.copy(), tuple(pin for pin in self.pins if pin.codes is not None)
        for low, high in (pin.within(first, stop - first) for pin in pins if pin.codes is not None):
            voiced[low - first : high - first] = self._finished(low, high, soft)
        return kept(frames, voiced, first, pins)

    def rest_at_ends(self, frames: np.ndarray, first: int, pins: tuple[PinCodes, ...] | None = None) -> np.ndarray:
        if self._ends is None:
            return frames
        free = self._unpinned(self._by_codes if pins is None else pins, first, len(frames))
        return self._ends.rest_pose(frames, first, free, self._stances)

    def stand(self, motion: Motion, first: int) -> Motion:
        if not self.config.generation.feet_stay or self.request.seat is not None:
            return motion
        steps = None if self._stepping is None else self._stepping.at(first, len(motion))
        return self._feet.stand(motion, self.pins, first, steps)

    def clearances_m(self, first: int, n: int) -> np.ndarray:
        out = np.full(n, _CLEAR_M if self.config.generation.feet_stay else 0.0)
        if self._stepping is not None:
            passed = self._stepping.at(first, n).passed[:, 0]
            out += _STEPPING_CLEAR_M * eased(np.minimum(passed, 1 - passed) / _STEPPING_FADE)
        return out

    @cached_property
    def sitting(self) -> Sitting | None:
        seat = self.request.seat
        return None if seat is None else Sitting(seat, self._stance, self.model.skeleton)

    @cached_property
    def _feet(self) -> Feet:
        return Feet(self._stance, self.model.skeleton)

    @cached_property
    def _stance(self) -> np.ndarray:
        """How the take stands at rest, (motion_size,)."""
        pose = self._resting.pose.copy()
        if self._standing is not None:
            pose[self._standing.channels] += self._standing.usual
        return pose

    @property
    def _by_codes(self) -> tuple[PinCodes, ...]:
        """The pins that are followed by codes alone."""
        return () if self.config.generation.keep_pins else self.pins

    def idle_between(self, first: int, stop: int, pins: tuple[PinCodes, ...] | None = None) -> np.ndarray:
        pins = self._by_codes if pins is None else pins
        n, view = stop - first, ceil(3 * self.generation.smoothness_frames)
        share = self._unpinned(pins, first, n) * self._pauses.share(first, n, self._resting)
        frames = np.zeros((n, self.architecture.motion_size), np.float32)
        (performed,) = np.nonzero((share < 1).any(axis=1))
        if len(performed):  # an idle alone is made without the networks
            low, high = max(0, performed[0] - view), min(n, performed[-1] + 1 + view)
            made = self.frames(first + int(low), int(high - low), pins)
            frames[low:high] = smooth(made, self.generation.smoothness_frames)
        for low, high in _stretches(share.any(axis=1)):  # between them is none of an idle to be seen
            poses = self._idle_poses(first + low, self._pauses.free(first, n)[low:high])
            # Not x + w (y - x) where w is 1: what is performed there is no part of the take.
            part = share[low:high]
            frames[low:high] = np.where(part == 1, poses, mixed(frames[low:high], poses, part))
        if self.request.partners and self.request.gaze is None:  # a gaze says where the head looks
            key, values_fps = (self.request.seed, self.request.take), self.request.fps or self.model.fps
            yaw = yaw_deg(self.request.partners, first, n, self.model.fps, values_fps, key)
            frames = turn_heads(frames, yaw, self.model.skeleton)
        return frames

    def _idle_poses(self, first: int, free: np.ndarray) -> np.ndarray:
        """Frames of an idle from `first` on, as free as that, (n, motion_size). One that loops is there beyond its ends
        as at its other end: hands that are held out of the body would otherwise show its seam."""
        loops, found = self.request.idle is not None and self.request.idle.loops, []
        while len(free):
            start = first % self.session.n_frames if loops else first
            n = min(len(free), self.session.n_frames - start) if loops else len(free)
            found.append(self._idling.poses(self._resting.pose + self._stances(start, n), start, free[:n]))
            first, free = first + n, free[n:]
        return np.concatenate(found)

    @cached_property
    def _idling(self) -> Idling:
        request, fps = self.request, self.model.fps
        idle, partners = request.idle or Idle(), request.partners
        if idle.loops and self._pauses.spoken:
            raise ConfigError("a take with a voice cannot loop", "let only an idle loop")
        return Idling(
            self.model.skeleton, fps, request.seed, request.take, looks=not partners,
            loop_s=self.session.n_frames / fps if idle.loops else 0.0, nods=nods(partners, request.seed, request.take),
        )  # fmt: skip

    @cached_property
    def _stepping(self) -> Stepping | None:
        """None of a take that does not idle, or whose feet are not its own."""
        request, idle = self.request, self.request.idle
        if idle is None or request.seat is not None or not self.config.generation.feet_stay:
            return None
        loop_s = self.session.n_frames / self.model.fps if idle.loops else 0.0
        return Stepping(self._pauses, request.seed, request.take, loop_s)

    @cached_property
    def _pauses(self) -> Pauses:
        return Pauses(self.session.spoken, self.session.n_frames, self.model.fps)

    def _frames(self, first: int, n: int, pins: tuple[PinCodes, ...], phase: str) -> np.ndarray:
        out = np.empty((n, self.architecture.motion_size), np.float32)
        chunks = range(first // CHUNK_FRAMES, -(-(first + n) // CHUNK_FRAMES))
        near = {chunk: self._near(pins, chunk) for chunk in chunks}
        beyond = range(chunks.stop, min(chunks.stop + CHUNKS_AHEAD, -(-self.foreseen // CHUNK_FRAMES)))
        ahead = [chunk for chunk in beyond if not self._near(pins, chunk)]
        for chunk in (*(chunk for chunk in chunks if not near[chunk]), *ahead):
            self.session.helpers.start(self._free.begin, chunk)
        made = {}
        for chunk in chunks:  # those that no helper has begun
            if self.session.should_cancel():
                raise Cancelled
            pinned = near[chunk]
            made[chunk] = self._decoded(chunk, pinned, self._rows(chunk)) if pinned else self._free.begin(chunk)
            self.session.progress(phase, (min(first + n, (chunk + 1) * CHUNK_FRAMES) - first) / n)
        for chunk, frames in made.items():
            while ahead and isinstance(frames, Future) and not frames.done():
                self._free.begin(ahead.pop(0))  # rather than wait
            part, rows = frames.result() if isinstance(frames, Future) else frames, self._rows(chunk)
            low, high = max(first, chunk * CHUNK_FRAMES), min(first + n, (chunk + 1) * CHUNK_FRAMES)
            start, stop = low - chunk * CHUNK_FRAMES, high - chunk * CHUNK_FRAMES
            if start < rows.start or stop > rows.stop:
                whole = self._decoded(chunk, near[chunk]) if near[chunk] else self._beyond(chunk)
                part, rows = np.concatenate([whole[: rows.start], part, whole[rows.stop :]]), _WHOLE
            out[low - first : high - first] = part[start - rows.start : stop - rows.start]
        return out

    def _rows(self, chunk: int) -> slice:
        """Which frames of a chunk are made at first: of those before and after the speech, few that are near it."""
        if chunk == -1:
            return slice(CHUNK_FRAMES - STEP_FRAMES, CHUNK_FRAMES)
        stop = self.session.rows_until(self.session.n_frames, chunk)
        return slice(0, stop) if stop > 0 and not self.session.goes_on else _WHOLE

    def _near(self, pins: tuple[PinCodes, ...], chunk: int) -> list[PinCodes]:
        """The pins that a chunk's frames depend on."""
        field = self.architecture.receptive_field
        first, n = chunk * CHUNK_FRAMES - field, CHUNK_FRAMES + 2 * field
        return [pin for pin in pins if pin.touches(first, n)]

    def _decoded(self, chunk: int, pins: Sequence[PinCodes] = (), rows: slice = _WHOLE) -> np.ndarray:
        """Frames of a chunk, (n, motion_size) of n rows, with these pins near."""
        session, field = self.session, self.architecture.receptive_field
        first, n = chunk * CHUNK_FRAMES + rows.start, rows.stop - rows.start
        around = first - field
        with session.guard():
            codes = self._affected_codes(chunk)[rows.start : rows.stop + 2 * field]
            if self._ends is not None:
                codes = self._ends.rest_codes(codes, around)
            frames = self._decode_held(codes, around, pins) if pins else self._decode_anew(chunk, codes)
        if self._standing is not None:
            stances, channels = self._shifted(self._standing, first, n), self._standing.channels
            frames[:, channels] += stances * (self._unpinned(pins, first, n)[:, channels] if pins else 1)
        return frames

    def _decode_anew(self, chunk: int, codes: np.ndarray) -> np.ndarray:
        """`_decode` of a chunk's codes, unless they are those of the last performance: another choice leaves most
        chunks as they are."""
        known = self.session.decoded
        key = chunk, len(codes)
        if key not in known or not np.array_equal(known[key][0], codes):
            known[key] = codes, self._decode(codes)
            for far in [other for other in list(known) if abs(other[0] - chunk) >= _CHUNKS_KEPT]:
                known.pop(far, None)
        return known[key][1].copy()

    def _decode_held(self, codes: np.ndarray, first: int, pins: Sequence[PinCodes]) -> np.ndarray:
        """`_decode` of codes from frame `first` on, each joint from the codes of the pins that hold it."""
        n_joints, rows = len(self.model.skeleton), len(codes) - 2 * self.architecture.receptive_field
        out = np.empty((rows, n_joints, 6), np.float32)
        for holding, joints in held_together(pins, n_joints):
            mixed = codes
            for pin in holding:
                mixed = pin.mix(mixed, first, self.architecture.code_size)
            out[:, joints] = self._decode(mixed).reshape(out.shape)[:, joints]
        return out.reshape(rows, -1)

    def _unpinned(self, pins: Sequence[PinCodes], first: int, n: int) -> np.ndarray:
        """How much of each channel of frames first to first + n pins leave free, (n, motion_size), or (n, 1) of all."""
        if not pins:
            return np.ones((n, 1), np.float32)
        return np.repeat(unpinned(pins, first, n, len(self.model.skeleton)), 6, axis=1)

    def _decode(self, codes: np.ndarray, block: Block = residual_block) -> np.ndarray:
        """Frames of codes (T + 2 receptive_field, 32), (T, motion_size); of `steady_block` as many as codes."""
        session, size = self.session, self.architecture.code_size
        shared, specific = session.asarray(codes[:, :size]), None
        if self.architecture.split_codes:
            specific = session.asarray(codes[:, size:])
        normalised = session.to_numpy(decode(session.parameters, shared, specific, self.architecture, block))
        normalised *= self.model.motion_std
        normalised += self.model.motion_mean
        return normalised

    def _stances(self, first: int, n: int) -> np.ndarray:
        """What is added to decoded frames from `first` on for how this take stands, (n, motion_size)."""
        out = np.zeros((n, self.architecture.motion_size), np.float32)
        if self._standing is not None:
            out[:, self._standing.channels] = self._shifted(self._standing, first, n)
        return out

    def _shifted(self, standing: Standing, first: int, n: int) -> np.ndarray:
        """What is added to the channels of legs and trunk, with the weight shifts between phrases."""
        out, aside = standing.at(first, n)
        return out if self._leaning is None else out + self._leaning.metres(first, n, aside) * self._per_metre

    @cached_property
    def _leaning(self) -> Leaning | None:
        """None of a model whose feet would be moved by it."""
        if not self.config.generation.feet_stay:
            return None
        session, request, fps = self.session, self.request, self.model.fps
        ends_s = self._leaves_rest / fps, (session.n_frames - 1) / fps
        return Leaning(
            session.spoken, ends_s, fps, request.seed, request.take, self._standing_share, session.foresight_s
        )

    @cached_property
    def _per_metre(self) -> np.ndarray:
        """How the channels of legs and trunk change by the metre that the pelvis goes to the left."""
        assert self._standing is not None
        per_metre = looks_per_metre(self._stance, self._feet, self.model.skeleton)
        return per_metre[self._standing.channels].astype(np.float32)

    @property
    def _standing_share(self) -> float:
        """How far a take is from standing as usual, 0 to 1."""
        variation = self.request.controls.at("variation", np.zeros(1), self.request.fps or self.model.fps)
        return float(np.clip(variation[0], 0, 1).item())

    @cached_property
    def _standing(self) -> Standing | None:
        """So far from the usual as the take's variation lets it at the beginning: a changing share would move the feet.

        None of a model that stores nothing of it.
        """
        model, signal, request = self.model, self.architecture.signal, self.request
        if self._cued is None or not isinstance(signal, AccentPieces) or not model.stances.size:
            return None
        ends, share = (self._leaves_rest, self.session.n_frames), self._standing_share
        standing = Standing(model, signal, self._cued, self._kept, request.seed, request.take, share, ends)
        if self.config.generation.feet_stay:
            standing.settle(self._resting.pose, model.skeleton, side_of(model, request.seed, request.take))
        return standing

    @cached_property
    def _leaves_rest(self) -> float:
        """The frame at which the take leaves rest: where the voice is first heard, if that is soon, else the first."""
        begins = self.session.listener.begins if isinstance(self.architecture.signal, AccentPieces) else 0.0
        return begins if 0 < begins <= LONGEST_WAIT_S * self.model.fps else 0.0

    @cached_property
    def _kept(self) -> np.ndarray:
        """The sequences that a take of `AccentPieces` is made from."""
        model, request, signal = self.model, self.request, self.architecture.signal
        assert isinstance(signal, AccentPieces)
        style = request.style or style_of(model, request.seed, request.take)
        number = model.styles.index(style) if style else None
        return draw_sequences(model.pieces, model.sequences, number, request.seed, request.take, signal.alike_share)

    @property
    def _ends(self) -> Ends | None:
        """None where takes begin and end as they come."""
        return self._resting if self.config.generation.rest_s or self.request.idle is not None else None

    @cached_property
    def _resting(self) -> Ends:
        session = self.session
        with session.guard():
            codes = session.silent_code
            if self.architecture.split_codes:
                rest = self._affected(self._specific_at_rest(codes)[None], self._values("signal", 0, 1))[0]
                codes = np.concatenate([codes, rest])
            pose = self._decode(codes[None], steady_block)[0]
        rest_s = self.config.generation.rest_s or _REST_S
        return Ends(codes, pose, session.n_frames, rest_s, self.model.fps, self._leaves_rest)

    def _specific_at_rest(self, silent: np.ndarray) -> np.ndarray:
        """I of a take that rests, (16,)."""
        if self._stitched is not None:
            return self._stitched.at_rest(silent)
        if self._cued is not None:
            return self._cued.at_rest()
        usual = self.model.bank[:, 0].mean(axis=0)
        if not self.architecture.mapping_net:
            return usual
        wide = np.tile(usual, (1 + 2 * self.architecture.receptive_field, 1))
        mapped, _ = map_noise(self.session.parameters, self.session.asarray(wide), self.architecture)
        return self.session.to_numpy(mapped)[0]

    def _affected_codes(self, chunk: int) -> np.ndarray:
        """The codes of a chunk after the effects on codes."""
        codes, around, field = self._codes(chunk), self.architecture.receptive_field, self._receptive_field("codes")
        first, n = chunk * CHUNK_FRAMES - around - field, len(codes) + 2 * field
        controls = self._values("codes", first, n)
        if all((values == control.default).all() for control, values in controls):
            return codes
        inside, reach = slice(around, around + CHUNK_FRAMES), -(-(around + field) // CHUNK_FRAMES)
        before = np.concatenate([self._codes(chunk - k)[inside] for k in range(reach, 0, -1)])
        after = np.concatenate([self._codes(chunk + k)[inside] for k in range(1, reach + 1)])
        end = len(before) - around
        wide = np.concatenate([before[end - field : end], codes, after[around : around + field]])
        return self._affected(wide, controls)[field : field + len(codes)]

    def _coded(self, chunk: int) -> np.ndarray:
        """S_A and I_R side by side for a chunk and what the decoder sees around it, (CHUNK_FRAMES + 2 receptive_field,
        32)."""
        session, architecture = self.session, self.architecture
        field = architecture.receptive_field
        first, n = chunk * CHUNK_FRAMES - field, CHUNK_FRAMES + 2 * field
        codes = [session.shared_of(first, n)]
        if architecture.split_codes:
            around = field if architecture.mapping_net else 0
            specific = self._signal_of(first - around, n + 2 * around)
            if architecture.mapping_net:
                mapped, _ = map_noise(session.parameters, session.asarray(specific), architecture)
                specific = session.to_numpy(mapped)
            codes.append(specific)
        return np.concatenate(codes, axis=1)

    def _signal_of(self, first: int, n: int) -> np.ndarray:
        """The random signal of frames first to first + n, (n, 16), after choices and controls."""
        field = self._receptive_field("signal")
        first, wide = first - field, n + 2 * field
        signal = self._affected(self._chosen(first, wide), self._values("signal", first, wide))
        return signal[field : field + n].astype(np.float32)

    def _chosen(self, first: int, n: int) -> np.ndarray:
        """The random signal (n, 16) of seed and take, with the choices."""
        if self._cued is not None:
            return self._cued.codes(first, n)
        frames = np.arange(first, first + n, dtype=np.float32)
        out = self._drawn(self.request.seed, self.request.take, first, n)
        for choice in self.request.choices:
            start, end = choice.start_s * self.model.fps, choice.end_s * self.model.fps
            x = np.clip(np.minimum(frames - start, end - frames) / CHOICE_FADE_FRAMES + 0.5, 0, 1)[:, None]
            if x.any():
                other, share = self._drawn(choice.seed, choice.take, first, n), eased(x)
                out = np.where(share == 1, other, out + share * (other - out))
        return out

    def _drawn(self, seed: int, take: int, first: int, n: int) -> np.ndarray:
        """The random signal of one seed and take, (n, 16)."""
        if self._stitched is not None:
            return self._stitched.codes(seed, take, first, n)
        sigma, walk, signal = 0.0, 0, self.architecture.signal
        if isinstance(signal, CorrelatedNoise):
            sigma, walk = signal.noise_sigma_frames, signal.bank_walk_frames
        return random_signal(self.model.bank, seed, take, first, n, sigma, walk)

    @cached_property
    def _stitched(self) -> Stitched | None:
        """None where the random signal is something else."""
        model, signal, request = self.model, self.architecture.signal, self.request
        if not isinstance(signal, Pieces):
            return None
        style = model.styles.index(request.style) if request.style else None
        kept = draw_sequences(model.pieces, model.sequences, style, request.seed, request.take)
        return Stitched(model.pieces, model.sequences, kept, signal, model.fps, self.session.shared_of)

    @cached_property
    def _cued(self) -> CuedPieces | None:
        """None where the random signal is something else."""
        model, signal, request = self.model, self.architecture.signal, self.request
        if not isinstance(signal, AccentPieces):
            return None
        seed, take = request.seed, request.take
        return CuedPieces(model, signal, self.session.listener, self._kept, seed, take, request.choices, request.plan)

    def plan(self) -> Plan:
        if self._cued is None:
            return NO_PLAN
        beyond = self.architecture.receptive_field + self.architecture.signal_receptive_field
        return self._cued.plan(-beyond, self.session.n_frames + beyond)

    def _read_pin(self, pin: Pin) -> PinCodes:
        """A pin at the model's frames, with codes where these are needed: not of a pose that is kept wholly."""
        config, model = self.config, self.model
        pinned = pinned_pose(pin, model.skeleton, model.fps, config.pin_approach_frames, self.request.pins)
        is_needed = not config.generation.keep_pins or bool((pinned.strength < 1).any())
        return self._encoded(pinned) if is_needed else pinned

    def _encoded(self, pinned: PinCodes) -> PinCodes:
        """With the codes of the clip (sec. 5.6), encoded inside the motion generated around it, so that nothing is
        padded.

        The surroundings depend on the pin in turn, hence the iteration. Joints that the clip lacks keep the generated
        motion.
        """
        session, model = self.session, self.model
        field = self.architecture.motion_receptive_field
        n = len(pinned.weight)
        coded, pose = pinned, pinned.pose
        for iteration in range(_PIN_ITERATIONS):
            own = (coded,) if iteration else ()
            around = self._frames(pinned.first - field, n + 2 * field, own, "Reading pins")
            inside = around.reshape(len(around), -1, 6)[field : field + n]
            # Blended like the codes: people do not jump from pose to pose, so the encoder has never seen that.
            free = inside[:, pinned.joints]
            inside[:, pinned.joints] = free + pinned.approach[..., None] * (pose - free)
            normalised = (around - model.motion_mean) / model.motion_std
            with session.guard():
                means = encode_motion(session.parameters, session.asarray(normalised), self.architecture)
                coded = pinned.coded([session.to_numpy(code[0]) for code in means if code is not None])
        return coded


class PlainPerformance(Performance):
    """A system without codes: only speech and seed decide."""

    def __init__(self, session: Session, request: Request) -> None:
        super().__init__(session, request)
        if request.choices:
            raise ConfigError(
                "this model cannot regenerate a part of a take",
                "use Generate Gestures for a new take, or choose an Audio2Gestures model",
            )
        if request.seat is not None:
            raise ConfigError("this model cannot sit", "choose an Audio2Gestures model, or let the character stand")
        if request.pins:
            raise PinError("this model cannot follow pinned clips", "mute the pins, or choose an Audio2Gestures model")

    def frames(self, first: int, n: int, pins: tuple[PinCodes, ...] | None = None) -> np.ndarray:
        session, config, request = self.session, self.model.config, self.request

        def tick(share: float) -> None:
            session.progress("Generating", share)
            if session.should_cancel():
                raise Cancelled

        def noise_of(first: int, n: int, channels: int) -> np.ndarray:
            return white_noise(request.seed, request.take, first, n, channels)

        generate_frames = system_of(config).generate_frames
        if generate_frames is None:
            raise TypeError(f"{config.system} is performed from codes")
        arrays = session.asarray, session.to_numpy
        with session.guard():
            normalised = generate_frames(
                session.parameters, session.features_of, noise_of, config, first, n, arrays, tick
            )
        out = normalised * self.model.motion_std + self.model.motion_mean
        architecture = config.architecture
        if architecture.dimensions == 3 and architecture.channels == "rotvec":
            matrices = quaternion_to_matrix(axis_angle_to_quaternion(out.reshape(n, architecture.joints, 3)))
            out = matrix_to_sixd(matrices).reshape(n, -1)
        return out.astype(np.float32)


def _stretches(is_wanted: np.ndarray) -> list[tuple[int, int]]:
    """(first, stop) of frames that are wanted, each with the gaps in it that are not worth leaving out."""
    (wanted,) = np.nonzero(is_wanted)
    if not len(wanted):
        return []
    (borders,) = np.nonzero(np.diff(wanted) > _GAP_FRAMES)
    firsts, lasts = wanted[np.append(0, borders + 1)], wanted[np.append(borders, -1)]
    return [(int(first), int(last) + 1) for first, last in zip(firsts, lasts, strict=True)]


def _check_pins(pins: tuple[Pin, ...], duration_s: float) -> None:
    """PinError for one that does not lie inside the speech."""
    for pin in pins:
        end_s, slack = pin.start_s + pin.clip.duration_s, 1 / pin.clip.fps
        if pin.clip.duration_s > duration_s + slack:
            raise PinError(
                "a pinned clip of {clip:.2f} s is longer than the speech ({speech:.2f} s)", "trim the clip",
                clip=pin.clip.duration_s, speech=duration_s,
            )  # fmt: skip
        if pin.start_s < -slack or end_s > duration_s + slack:
            raise PinError(
                "a pinned clip from {start:.2f} s to {end:.2f} s lies outside the speech (0 to {speech:.2f} s)",
                "move the clip onto the speech", start=pin.start_s, end=end_s, speech=duration_s,
            )  # fmt: skip
        if max(pin.fade_in_s, pin.fade_out_s) > 2 * duration_s + slack:  # half of a fade lies outside the clip
            raise PinError(
                "a pin's fade of {fade:.2f} s is too long for the speech ({speech:.2f} s)", "shorten the fade",
                fade=max(pin.fade_in_s, pin.fade_out_s), speech=duration_s,
            )  # fmt: skip
