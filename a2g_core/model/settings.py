"""What every system's config is made of: three parts, changed by name, stored in the model file.

A *receptive field* is how far a network looks: the number of frames on each side of a frame that its value depends on.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any, ClassVar, Literal, Self, TypeVar

import numpy as np

from ..body.arms import receptive_field
from ..body.skeleton import BODY_PARTS, JOINT_SETS
from ..errors import ConfigError
from ..speech.features import FLOOR_DB

PARTS = ("architecture", "training", "generation")
"""The parts of a config, which hold its settings; no two parts have a setting of the same name."""


def require_positive(part: object, *names: str) -> None:
    """ConfigError unless each of these settings is above 0."""
    for name in names:
        if not getattr(part, name) > 0:
            raise ConfigError(f"{name} must be above 0, not {getattr(part, name)}", "give a larger number")


def require_at_least(part: object, least: float, *names: str) -> None:
    """ConfigError for a setting below `least`."""
    for name in names:
        if not getattr(part, name) >= least:
            raise ConfigError(f"{name} must be {least:g} or more, not {getattr(part, name)}", "give a larger number")


def require_at_most(part: object, most: float, *names: str) -> None:
    """ConfigError for a setting above `most`: beyond what anybody needs, and what a forged file could ask for."""
    for name in names:
        if not getattr(part, name) <= most:
            raise ConfigError(f"{name} must be {most:g} or less, not {getattr(part, name)}", "give a smaller number")


# What every system has ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SystemArchitecture:
    """What every system's networks have in common: the motion they make, and how far they look."""

    channels: ClassVar[str] = "sixd"
    """A joint's rotation as the networks see it: 'sixd' (Zhou et al. 2019), or 'rotvec' (axis times angle, radians)."""
    kinds: ClassVar[Mapping[str, Mapping[str, type]]] = {}
    """Settings that are one of several kinds, each with settings of its own: setting, name of a kind, its class."""

    fps: float = 30.0
    """Frames per second of motion, features and codes (sec. 5.3)."""
    joints: int = 22
    """3-D: 22 (body) or 52 (body and fingers). 2-D: any number of key points."""
    feature_floor_db: float = FLOOR_DB
    """Level of a mel band below which nothing is heard: what MP3 or a quiet room does to a pause is no speech."""
    dimensions: int = 3
    """3: joint rotations and forward kinematics. 2: joint positions themselves (sec. 3.2)."""

    def __post_init__(self) -> None:
        require_positive(self, "fps", "joints")
        require_at_most(self, 1000, "fps", "joints")
        require_at_least(self, FLOOR_DB, "feature_floor_db")
        require_at_most(self, 0, "feature_floor_db")
        if self.dimensions not in (2, 3):
            raise ConfigError(f"dimensions must be 2 or 3, not {self.dimensions}", "choose one of the two")
        if self.dimensions == 3 and self.joints not in (22, 52):
            raise ConfigError(f"there is no 3-D skeleton of {self.joints} joints", "use 22 (body) or 52 (with fingers)")

    @property
    def motion_size(self) -> int:
        """Channels per frame of motion: six or three per joint in 3-D, two in 2-D."""
        return self.joints * (2 if self.dimensions == 2 else {"sixd": 6, "rotvec": 3}[self.channels])

    @cached_property
    def standing_channels(self) -> np.ndarray:
        """Indices of the channels that say how a body stands, those of legs and trunk; none of key points."""
        if self.dimensions == 2:
            return np.zeros(0, np.int64)
        standing = (*BODY_PARTS["LEGS"], *BODY_PARTS["TORSO"])
        joints = [name in standing for name in JOINT_SETS[self.joints].names]
        return np.flatnonzero(np.repeat(joints, self.motion_size // self.joints))

    @property
    def speech_receptive_field(self) -> int:
        """Frames of speech on each side that a frame of motion depends on."""
        raise NotImplementedError

    @property
    def signal_receptive_field(self) -> int:
        """Frames of the random signal on each side that a frame of motion depends on."""
        return self.speech_receptive_field

    @property
    def loss_receptive_field(self) -> int:
        """Frames beyond a crop on each side that its losses depend on."""
        raise NotImplementedError


@dataclass(frozen=True)
class SystemTraining:
    """How every system is trained: data, reconstruction losses (Eq. 4) and optimiser."""

    normalise_motion: bool = False
    """Give the networks motion of zero mean and unit standard deviation per channel. The paper's code does not; with
    few training steps it is needed."""
    rerecord_speech: bool = False
    """Let each crop's speech come from another microphone in another room, at another level, or lie on music (see
    `rerecording`)."""
    crop_frames: int = 128
    """Frames of a crop that the losses see; the input has `loss_receptive_field` more on each side."""

    weight_rotation: float = 1.0
    """lambda_rot of Eq. 4, on Eq. 5. (All weights: they differ between the authors' releases.)"""
    weight_position: float = 1.0
    """lambda_pos of Eq. 4, on Eq. 6."""
    weight_speed: float = 5.0
    """lambda_speed of Eq. 4, on Eq. 7."""
    l1: Literal["mean", "sum"] = "mean"
    """'mean' over xyz as in the authors' code, or 'sum' as Eq. 6, 7, 9 and 11 are printed: a factor of 3 (of 16 for
    codes)."""

    batch_size: int = 32
    steps: int = 180_000
    learning_rate: float = 1e-4
    schedule: Literal["constant", "cosine"] = "constant"
    """'cosine': a short warm-up, then down to 0 at the last step."""
    optimiser: Literal["adam", "muon"] = "adam"
    """'adam' (Kingma and Ba 2015), or 'muon' (Jordan 2024) for the matrices and Adam for the biases. Muon's steps are
    of the same length in every direction of a matrix; on a CPU 300 of them do what takes Adam thousands."""
    gradient_clip: float = 0.0
    """Largest norm of the gradient; 0: not clipped."""

    def __post_init__(self) -> None:
        require_positive(self, "crop_frames", "batch_size", "steps", "learning_rate")
        require_at_most(self, 10_000, "crop_frames", "batch_size")
        for name, values in (
            ("l1", ("mean", "sum")),
            ("schedule", ("constant", "cosine")),
            ("optimiser", ("adam", "muon")),
        ):
            if getattr(self, name) not in values:
                raise ConfigError(f"{name} cannot be '{getattr(self, name)}'", f"use {' or '.join(values)}")


@dataclass(frozen=True)
class SystemGeneration:
    """How every system's motion is finished, unless a request says otherwise."""

    smoothness_frames: float = 0.0
    """Standard deviation, in frames, of a Gaussian over the finished motion, against jitter between syllables;
    0: none."""
    hands_outside: bool = False
    """Of a 3-D model: turn the shoulders where a hand would be in the trunk or a thigh (see `body.contact`)."""

    def __post_init__(self) -> None:
        require_at_least(self, 0, "smoothness_frames")
        require_at_most(self, 100, "smoothness_frames")


@dataclass(frozen=True)
class SystemConfig:
    """A model's settings. Each system has a class of its own, with its own three parts."""

    system: ClassVar[str]
    """Which system this configures: a key of `systems.SYSTEMS`."""
    has_codes: ClassVar[bool] = False
    """Whether motion is made from codes that pinned clips and some controls can change."""

    name: str = ""
    architecture: SystemArchitecture = SystemArchitecture()
    training: SystemTraining = SystemTraining()
    generation: SystemGeneration = SystemGeneration()

    @property
    def is_random(self) -> bool:
        """Whether another seed gives another motion."""
        return True

    @property
    def finishing_receptive_field(self) -> int:
        """Frames of the decoder's output on each side that a finished frame depends on, without controls."""
        fps, generation = self.architecture.fps, self.generation
        return ceil(3 * generation.smoothness_frames) + (receptive_field(fps) if generation.hands_outside else 0)

    def to_dict(self) -> dict[str, Any]:
        """Every setting by part, with the system's name, in types that JSON knows (tuples become lists there)."""
        return {"system": self.system, "name": self.name, **{name: _to_dict(getattr(self, name)) for name in PARTS}}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`; ConfigError for parts or settings this program does not know."""
        values = {k: v for k, v in values.items() if k != "system"}
        name = _checked("name", values.get("name", ""), "")
        kinds = {f.name: type(f.default) for f in dataclasses.fields(cls) if f.name in PARTS}
        _refuse_unknown(values, {*kinds, "name"})
        parts = {name: _from_dict(kind, values.get(name, {})) for name, kind in kinds.items()}
        return cls(name=name, **parts)

    def settings(self) -> dict[str, Any]:
        """Every setting by its name alone, those of a chosen kind among them."""
        out: dict[str, Any] = {"name": self.name}
        for part in (getattr(self, name) for name in PARTS):
            out |= _flat(part)
        return out

    def replace(self, **changes: Any) -> Self:
        """A copy with these settings changed, whichever part has them; a whole part can be given by its name, too.

        Values may be text, as on a command line. A setting of one of several kinds takes the kind's name or an object,
        and the new kind's settings may be changed in the same call. ConfigError for unknown settings and for text that
        cannot be read.
        """
        left = dict(changes)
        own = {name: left.pop(name, getattr(self, name)) for name in ("name", *PARTS)}
        for name in PARTS:
            own[name] = _with_changes(own[name], left)
        changed = dataclasses.replace(self, **own)
        _refuse_unknown(left, changed.settings())
        return changed


Part = TypeVar("Part")


def _with_changes(part: Part, changes: dict[str, Any]) -> Part:
    """The part with its own among the changes, which are taken out of `changes`."""
    mine = {}
    for name, now in _fields(part):
        value = changes.pop(name, now)
        if isinstance(value, str):
            value = _kind(type(part), name, value)() if name in _kinds(type(part)) else _parse(name, value, now)
        if dataclasses.is_dataclass(now):
            _require_kind(part, name, value)
            mine[name] = _with_changes(value, changes)
        else:
            mine[name] = _checked(name, value, now)
    return type(part)(**mine)


_MOST = 1e9
_MOST_NUMBERS = 64


def _checked(name: str, value: Any, default: object) -> Any:
    """The value, if it is of its default's type and a number that can be computed with; else ConfigError."""
    if isinstance(default, bool) or isinstance(value, bool):
        fits = isinstance(default, bool) and isinstance(value, bool)
    elif isinstance(default, tuple):
        fits = isinstance(value, tuple) and len(value) <= _MOST_NUMBERS
        fits = fits and all(type(number) is int and 1 <= number <= _MOST for number in value)
    elif isinstance(default, float):
        fits = isinstance(value, int | float) and -_MOST <= value <= _MOST
    else:
        fits = isinstance(value, type(default)) and (not isinstance(value, int) or -_MOST <= value <= _MOST)
    if not fits:
        wanted = {bool: "true or false", tuple: "a few whole numbers", int: "a whole number", float: "a number"}
        raise ConfigError(f"{name} cannot be {_short(value)}", f"give {wanted.get(type(default), 'text')}")
    return value


def _require_kind(part: object, name: str, value: object) -> None:
    if not isinstance(value, tuple(_kinds(type(part))[name].values())):
        raise ConfigError(f"{name} cannot be {_short(value)}", f"use {', '.join(_kinds(type(part))[name])}")


def _short(value: object) -> str:
    return repr(value)[:60]


def _parse(name: str, text: str, now: object) -> Any:
    """A setting's value from text, of the type that it has now."""
    try:
        if isinstance(now, bool):
            return {"true": True, "false": False}[text.lower()]
        if isinstance(now, tuple):
            return tuple(int(part) for part in text.split(","))
        return type(now)(text)  # type: ignore[call-arg]  # a number or text: `now` is never a bare object
    except (KeyError, ValueError):
        wanted = {bool: "true or false", tuple: "whole numbers with commas between", int: "a whole number"}
        raise ConfigError(f"{name} cannot be '{text}'", f"give {wanted.get(type(now), 'a number')}") from None


def _fields(part: Any) -> list[tuple[str, Any]]:
    return [(field.name, getattr(part, field.name)) for field in dataclasses.fields(part)]


def _kinds(part: type) -> Mapping[str, Mapping[str, type]]:
    return getattr(part, "kinds", {})


def _kind(part: type, setting: str, name: object) -> type:
    kinds = _kinds(part)[setting]
    if not isinstance(name, str) or name not in kinds:
        raise ConfigError(f"{setting} cannot be '{name}'", f"use {', '.join(kinds)}")
    return kinds[name]


def _flat(part: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in _fields(part):
        out |= {name: value.kind, **_flat(value)} if name in _kinds(type(part)) else {name: value}
    return out


def _to_dict(part: Any) -> dict[str, Any]:
    """A setting of one of several kinds is a table with its `kind`."""
    return {
        name: {"kind": value.kind, **_to_dict(value)} if name in _kinds(type(part)) else value
        for name, value in _fields(part)
    }


def _from_dict(part: type, values: object) -> Any:
    """The inverse of `_to_dict`."""
    if not isinstance(values, dict):
        raise ConfigError(f"settings cannot be {_short(values)}", "give a table of them")
    defaults = {field.name: field.default for field in dataclasses.fields(part)}
    _refuse_unknown(values, defaults)
    given = {}
    for name, value in values.items():
        if name in _kinds(part):
            about = dict(value) if isinstance(value, dict) else {}
            given[name] = _from_dict(_kind(part, name, about.pop("kind", None)), about)
        else:
            given[name] = _checked(name, tuple(value) if isinstance(value, list) else value, defaults[name])
    return part(**given)


def _refuse_unknown(names: Iterable[str], known: Iterable[str]) -> None:
    if unknown := sorted(set(names) - set(known)):
        raise ConfigError(
            f"unknown settings: {', '.join(unknown)}", f"use a version that knows them, or {', '.join(known)}"
        )
