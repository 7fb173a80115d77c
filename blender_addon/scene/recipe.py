"""How a take was made, as text on its Action: enough to make it again, and to tell what has changed since.

A take is a pure function of its recipe, the speech and the pinned clips; of those two the recipe holds digests.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from operator import index
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from ..a2g_core.body.motion import Pin
from ..a2g_core.errors import MotionError
from ..a2g_core.performing.controls import table

if TYPE_CHECKING:
    from ..a2g_core.performing.plan import Plan
    from ..a2g_core.performing.request import Request

SCHEMA = 6
"""Version of the text. A program reads its own and older ones: see ``_upgrade``."""

_ARRAY = "float32"  # the one key of a JSON object that holds an array: base64 of little-endian float32


@dataclass(frozen=True)
class PinRecord:
    """A pin as it was followed. digest: of its poses and where they lie in the speech; see ``digest_pin``."""

    name: str
    digest: str


def _no_plan() -> Plan:
    from ..a2g_core.performing.plan import NO_PLAN

    return NO_PLAN


@dataclass(frozen=True)
class Recipe:
    """How a take was made.

    model: SHA-256 of the model's tensors. made: ISO 8601, UTC. speech: its name; speech_digest: see ``Heard.digest``.
    start_frame: of the Action's first key; n_frames: keys per curve, one per frame at fps: those of the speech, and of
    the idle around it.
    request: what was performed, with its frame rate, without a span, and without its pins, whose records are pins.
    body_parts, layering: as the character's settings had them.
    row_checksums: CRC-32 of each frame's key values as they were written, little-endian, base64: they tell which frames
    the artist has edited since.
    model_name: what the model is called, for a take whose model is no longer there. drawn_style: the style that was
    drawn for a request without one. plan: what is performed where, choices included, so that the line can be spoken
    anew; empty where the model makes none. All three are empty in takes of earlier versions.
    plants_feet: the character's setting. slide_cm: how far a planted foot slides at most, as it was measured; negative
    where it was not. has_old_pins: whether it has pins that an earlier version followed, with all of the body.
    """

    version: str
    model: str
    engine: str
    made: str
    speech: str
    speech_digest: str
    start_frame: int
    n_frames: int
    request: Request
    pins: tuple[PinRecord, ...]
    body_parts: tuple[str, ...]
    layering: str
    row_checksums: str = ""
    model_name: str = ""
    drawn_style: str = ""
    plan: Plan = field(default_factory=_no_plan)
    plants_feet: bool = False
    slide_cm: float = -1.0
    has_old_pins: bool = False

    def to_text(self) -> str:
        """JSON; the pins' records stand among the request's fields, in place of the pins."""
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "pins"}
        values["request"] = self.request.to_dict() | {"pins": [asdict(pin) for pin in self.pins]}
        values["plan"] = self.plan.to_dict() if self.plan else None
        return json.dumps({"schema": SCHEMA, **values}, default=_encode)

    @classmethod
    @lru_cache(maxsize=64)  # a change to a take reads its recipe five times
    def from_text(cls, text: str) -> Self:
        """MotionError if it is not a recipe that this version can read."""
        from ..a2g_core.performing.plan import NO_PLAN, Plan
        from ..a2g_core.performing.request import Request

        try:
            values = json.loads(text, object_hook=_decode)
            if (schema := values.pop("schema")) > SCHEMA:
                raise MotionError("this take was made by a newer version of Audio2Gestures", "update the add-on")
            values = _upgrade(values, schema)
            request = values.pop("request")
            _check_controls(request["controls"])
            pins = tuple(PinRecord(**pin) for pin in request["pins"])
            request = Request.from_dict(request | {"pins": (), "fps": float(request["fps"])})
            values["plan"] = Plan.from_dict(values["plan"]) if values["plan"] else NO_PLAN
            values["body_parts"] = tuple(map(str, values["body_parts"]))
            values |= {name: index(values[name]) for name in ("start_frame", "n_frames")}
            values |= {"plants_feet": bool(values["plants_feet"]), "slide_cm": float(values["slide_cm"])}
            values["has_old_pins"] = bool(values.get("has_old_pins", False))
            texts = [values[f.name] for f in fields(cls) if f.type == "str"] + [request.style]
            if not all(isinstance(text, str) for text in texts):
                raise TypeError("a text of the recipe is not text")
            "".join([*texts, *(f"{pin.name}{pin.digest}" for pin in pins)]).encode()  # else no panel could show it
            recipe = cls(request=request, pins=pins, **values)
            base64.b64decode(recipe.row_checksums, validate=True)
            return recipe
        except MotionError:
            raise
        except Exception as error:  # text of any kind may stand in a file
            raise MotionError("this take has no record of how it was made", "generate a new one") from error

    @property
    def fps(self) -> float:
        """Keys per second."""
        return frame_rate(self.request)

    @property
    def lead_frames(self) -> int:
        """How many frames of idle come before the speech."""
        return -self.request.frames(0.0, self.fps)[0]

    @property
    def speech_frame(self) -> int:
        """The frame on which the speech began."""
        return self.start_frame + self.lead_frames

    @property
    def speech_frames(self) -> int:
        """How long the speech was."""
        first, stop = self.request.frames(0.0, self.fps)
        return self.n_frames - (stop - first)

    @property
    def is_silent(self) -> bool:
        """Whether it is the take of a character without a voice."""
        from ..a2g_core.performing.request import SILENCE

        return self.speech_digest == SILENCE

    @property
    def style(self) -> str:
        """The style that it was performed in; "" where the model has none, or it is not known which was drawn."""
        return self.request.style or self.drawn_style

    @property
    def checksums(self) -> np.ndarray:
        """``row_checksums`` as (n,) uint32; of a take that lacks some, n is not its n_frames."""
        data = base64.b64decode(self.row_checksums)
        return np.frombuffer(data, "<u4", len(data) // 4)


def _check_controls(controls: dict[str, Any]) -> None:
    if unknown := sorted(controls.keys() - table().keys()):
        raise MotionError(
            "this take was made with the slider '{name}', which is not installed",
            "put back its file '{name}.py', or generate a new take", name=unknown[0],
        )  # fmt: skip


def _upgrade(values: dict[str, Any], schema: int) -> dict[str, Any]:
    """The fields of a recipe of this schema as those of today.

    Before 6, a pin moved all of the body, there were no idles, and the request lacks their fields; before 5, feet were
    not planted; before 4, no model's name, no drawn style and no plan; before 3, the request's fields side by side with
    the others, and controls that change over time as bare base64 text; 1 without style.
    """
    if schema < 5:
        values = values | {"plants_feet": False, "slide_cm": -1.0}
    if schema < 4:
        values = values | {"model_name": "", "drawn_style": "", "plan": None}
    if schema < 3:
        request = {
            "seed": values.pop("seed"), "take": 0, "style": values.pop("style", ""), "choices": values.pop("choices"),
            "controls": {
                name: _decode({_ARRAY: value}) if isinstance(value, str) else value
                for name, value in values.pop("controls").items()
            },
            "pins": values.pop("pins"), "fps": values.pop("fps"), "span": None,
        }  # fmt: skip
        values["request"] = request
    if schema < 6:
        values = values | {"has_old_pins": bool(values["request"]["pins"])}
    return values


def _encode(value: object) -> dict[str, str]:
    """An array for JSON; the inverse of ``_decode``."""
    if not isinstance(value, np.ndarray):
        raise TypeError(f"a recipe cannot hold {type(value).__name__}")
    return {_ARRAY: base64.b64encode(value.astype("<f4").tobytes()).decode()}


def _decode(values: dict[str, Any]) -> Any:
    """An array out of a JSON object that holds one; any other object as it is."""
    if values.keys() != {_ARRAY}:
        return values
    return np.frombuffer(base64.b64decode(values[_ARRAY]), "<f4").astype(np.float32)


def frame_rate(request: Request) -> float:
    """A request's frame rate; ValueError if it leaves that to the model, as none in Blender does."""
    if request.fps is None:
        raise ValueError("the request has no frame rate")
    return request.fps


def pack_checksums(checksums: np.ndarray) -> str:
    """The inverse of ``Recipe.checksums``."""
    return base64.b64encode(checksums.astype("<u4").tobytes()).decode()


def digest_pin(pin: Pin) -> str:
    """SHA-256 of a pin: its poses to a hundredth of a degree, its travel to 0.1 mm, its place, strength and fades."""
    digest = hashlib.sha256("\n".join(pin.clip.skeleton.names).encode())
    q = pin.clip.quaternions * np.where(pin.clip.quaternions[..., :1] < 0, -1, 1)
    for values in (q, pin.start_s, pin.strength, pin.fade_in_s, pin.fade_out_s):
        digest.update(np.rint(np.asarray(values, np.float64) * 1e4).astype("<i4").tobytes())
    if pin.travel != "none":  # left out of others, so that they are known as an older version noted them
        digest.update(np.rint(pin.clip.translation.astype(np.float64) * 1e4).astype("<i4").tobytes())
    return digest.hexdigest()
