"""What to perform: everything that decides a performance besides the speech and the model."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from operator import index
from typing import Any, Self

from ..body.motion import Pin
from ..body.solids import Solids
from ..errors import ConfigError
from ..speech.heard import SILENCE as SILENCE  # for callers, who know a take without a voice by it
from .accents import Accent
from .attending import Partner
from .controls import NEUTRAL, Control, Controls, Stage, table
from .face import STILL, Face
from .gaze import Gaze
from .plan import NO_PLAN, Plan
from .seated import Seat

ENERGY = "energy"
"""The control that accents act by."""

_MAX_SEED = 2**64


def _fits(seed: int) -> bool:
    """Whether the random generator tells this number from others."""
    return abs(index(seed)) < _MAX_SEED


@dataclass(frozen=True)
class Choice:
    """Another random performance from start_s to end_s of the speech: that of this seed and take."""

    start_s: float
    end_s: float
    seed: int
    take: int = 0

    def __post_init__(self) -> None:
        if not self.start_s < self.end_s:
            raise ConfigError(
                "a choice from {start:g} s to {end:g} s is empty", "let it end after its start",
                start=self.start_s, end=self.end_s,
            )  # fmt: skip


_LONGEST_IDLE_S = 36000.0


@dataclass(frozen=True)
class Idle:
    """What is done where nothing is said: so many seconds before the speech and after it, and in its long pauses.

    loops: the last frame leads to the first, of a take without a voice.
    """

    before_s: float = 0.0
    after_s: float = 0.0
    loops: bool = False

    def __post_init__(self) -> None:
        for seconds in (self.before_s, self.after_s):
            if not 0 <= seconds <= _LONGEST_IDLE_S:
                raise ConfigError(
                    "an idle of {seconds:g} s is out of range", "give 0 to {most:g} seconds",
                    seconds=seconds, most=_LONGEST_IDLE_S,
                )  # fmt: skip

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """Of a dict of its fields. ConfigError, LookupError, TypeError or ValueError for anything else."""
        return cls(float(values["before_s"]), float(values["after_s"]), bool(values["loops"]))


@dataclass(frozen=True)
class Request:
    """One performance of a speech by a model, or a part of one.

    seed, take: which of the endless performances; take counts those that one seed has.
    style: one of the model's styles, or "" to let seed and take choose that too.
    choices: other performances for parts of the speech, later ones first. A model that chooses pieces at cues chooses
    those of the cues inside anew (or of the one nearest), each another than without the choice; others, their frames.
    controls: what steers it; values that change over time are one per frame at fps.
    pins: clips that it follows (sec. 5.6); later ones win where they overlap.
    plan: what is performed where, from an earlier performance (`generate.plan_of`) under the same seed, take and style.
    Cues that this speech still has keep it, choices aside; the others are chosen as without a plan.
    fps: frames per second of the result, at most 1000; None for the model's own rate.
    span: (first, stop), these frames alone, to the last bit those of the whole; None for all. Frames before the speech
    are negative.
    idle: what is done where nothing is said; None: what the model makes of silence, and nothing outside the speech.
    partners: who is listened to where nothing is said; there is an idle then.
    gaze: where the character looks; None leaves its head as it is, and its eyes alone. face: what else its face does.
    seat: how it sits, whose pelvis, legs and feet are then those of the result; None: it stands.
    accents: those that are stronger or weaker than the model has them.
    solids: its own body, which its hands keep out of; None: our figure's, without a head.
    """

    seed: int = 0
    take: int = 0
    style: str = ""
    choices: tuple[Choice, ...] = ()
    controls: Controls = NEUTRAL
    pins: tuple[Pin, ...] = ()
    fps: float | None = None
    span: tuple[int, int] | None = None
    plan: Plan = NO_PLAN
    idle: Idle | None = None
    partners: tuple[Partner, ...] = ()
    gaze: Gaze | None = None
    face: Face = STILL
    seat: Seat | None = None
    accents: tuple[Accent, ...] = ()
    solids: Solids | None = None

    def __post_init__(self) -> None:
        if not (_fits(self.seed) and _fits(self.take)):
            raise ConfigError(f"a seed or a take lies beyond {_MAX_SEED}", "give a smaller number")
        object.__setattr__(self, "choices", tuple(self.choices))
        object.__setattr__(self, "pins", tuple(self.pins))
        object.__setattr__(self, "partners", tuple(self.partners))
        object.__setattr__(self, "accents", tuple(self.accents))
        if self.partners and self.idle is None:
            object.__setattr__(self, "idle", Idle())
        if self.fps is not None and not 0 < self.fps <= 1000:
            raise ConfigError(
                "a frame rate of {fps} is out of range", "give frames per second, such as 30", fps=self.fps
            )

    def series(self, n: int) -> tuple[Self, ...]:
        """n takes of the same speech: this one, and those of the seeds that follow its own."""
        return tuple(replace(self, seed=self.seed + k) for k in range(n))

    def steering(self, stage: Stage | None = None) -> list[Control]:
        """The controls that change something somewhere, in the table's order; of one stage, or of all. Accents act by
        energy."""
        found = self.controls.changed(stage)
        energy = table()[ENERGY]
        if self.accents and energy not in found and stage in (None, energy.acts_on):
            found = [c for c in table().values() if c in (*found, energy)]
        return found

    def frames(self, duration_s: float, fps: float) -> tuple[int, int]:
        """First and stop of all its frames at fps, for a speech of this duration."""
        idle = self.idle or Idle()
        return -round(idle.before_s * fps), round(duration_s * fps) + round(idle.after_s * fps)

    def to_dict(self) -> dict[str, Any]:
        """Nested dicts and lists of numbers, text and arrays, for any format to encode."""
        return {
            "seed": int(self.seed),
            "take": int(self.take),
            "style": self.style,
            "choices": [asdict(choice) for choice in self.choices],
            "controls": dict(self.controls.items()),
            "pins": [pin.to_dict() for pin in self.pins],
            "fps": None if self.fps is None else float(self.fps),
            "span": None if self.span is None else [int(frame) for frame in self.span],
            "plan": self.plan.to_dict() if self.plan else None,
            "idle": asdict(self.idle) if self.idle else None,
            "partners": [partner.to_dict() for partner in self.partners],
            "gaze": self.gaze.to_dict() if self.gaze is not None else None,
            "face": asdict(self.face) if self.face != STILL else None,
            "seat": self.seat.to_dict() if self.seat is not None else None,
            "accents": [asdict(accent) for accent in self.accents],
            "solids": self.solids.to_dict() if self.solids is not None else None,
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`. A2GError, LookupError, TypeError or ValueError for anything else."""
        fps, span, plan = values["fps"], values["span"], values.get("plan")  # no plan before version 0.3.0
        idle, partners = values.get("idle"), values.get("partners", ())  # nor these
        gaze, face, seat = values.get("gaze"), values.get("face"), values.get("seat")  # nor these
        solids = values.get("solids")
        return cls(
            seed=_seed(values["seed"]),
            take=_seed(values["take"]),
            style=str(values["style"]),
            choices=tuple(_choice(**choice) for choice in values["choices"]),
            controls=Controls(**values["controls"]),
            pins=tuple(map(Pin.from_dict, values["pins"])),
            fps=None if fps is None else float(fps),
            span=None if span is None else (index(span[0]), index(span[1])),
            plan=Plan.from_dict(plan) if plan else NO_PLAN,
            idle=Idle.from_dict(idle) if idle else None,
            partners=tuple(map(Partner.from_dict, partners)),
            gaze=Gaze.from_dict(gaze) if gaze else None,
            face=Face.from_dict(face) if face else STILL,
            seat=Seat.from_dict(seat) if seat else None,
            accents=tuple(map(Accent.from_dict, values.get("accents", ()))),  # nor these
            solids=Solids.from_dict(solids) if solids else None,
        )


DEFAULT = Request()


def _choice(start_s: float, end_s: float, seed: int, take: int) -> Choice:
    return Choice(float(start_s), float(end_s), _seed(seed), _seed(take))


def _seed(value: int) -> int:
    if not _fits(value):
        raise ValueError("a seed is out of range")
    return index(value)
