"""How a take was made, as text on its Action: enough to make it again, and to say what has changed since.

A take is a pure function of its recipe, the speech and the pinned clips; of those two the recipe holds digests.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from ..a2g_core.body.motion import Pin
from ..a2g_core.errors import MotionError
from ..a2g_core.performing.controls import Controls
from ..a2g_core.performing.request import Choice

SCHEMA = 2
"""Version of the text. A program reads its own and older ones; those of version 1 have no style."""


@dataclass(frozen=True)
class PinRecord:
    """A pin as it was followed. digest: of its poses and where they lie in the speech; see ``digest_pin``."""

    name: str
    digest: str


@dataclass(frozen=True)
class Recipe:
    """start_frame: of the Action's first key; n_frames: keys per curve, one per frame at fps. made: ISO 8601, UTC.

    speech: its name; speech_digest: see ``Heard.digest``. model: SHA-256 of the model's tensors. layering and
    body_parts: as the character's settings have them, and style, "" where the seed chose it. row_checksums: CRC-32 of
    each frame's key values as they were written, little-endian, base64: they tell which frames the artist has edited
    since.
    """

    version: str
    model: str
    engine: str
    made: str
    speech: str
    speech_digest: str
    fps: float
    start_frame: int
    n_frames: int
    seed: int
    choices: tuple[Choice, ...]
    controls: Controls
    pins: tuple[PinRecord, ...]
    body_parts: tuple[str, ...]
    layering: str
    style: str = ""
    row_checksums: str = ""

    def to_text(self) -> str:
        """JSON; controls that change over time as base64 of little-endian float32."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        values["choices"] = [asdict(choice) for choice in self.choices]
        values["pins"] = [asdict(pin) for pin in self.pins]
        values["controls"] = {name: _pack(value) for name, value in self.controls.items()}
        return json.dumps({"schema": SCHEMA, **values})

    @classmethod
    def from_text(cls, text: str) -> Recipe:
        """MotionError if it is not a recipe that this version can read."""
        try:
            values = json.loads(text)
            if values.pop("schema") > SCHEMA:
                raise MotionError("this take was made by a newer version of Audio2Gestures", "update the add-on")
            values["choices"] = tuple(Choice(**choice) for choice in values["choices"])
            values["pins"] = tuple(PinRecord(**pin) for pin in values["pins"])
            values["controls"] = Controls(**{name: _unpack(v) for name, v in values["controls"].items()})
            values["body_parts"] = tuple(values["body_parts"])
            return cls(**values)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise MotionError("this take does not say how it was made", "generate a new one") from error

    @property
    def checksums(self) -> np.ndarray:
        """``row_checksums`` as (n_frames,) uint32."""
        return np.frombuffer(base64.b64decode(self.row_checksums), "<u4")


def pack_checksums(checksums: np.ndarray) -> str:
    """The inverse of ``Recipe.checksums``."""
    return base64.b64encode(checksums.astype("<u4").tobytes()).decode()


def digest_pin(pin: Pin) -> str:
    """SHA-256 of a pin: its poses to a hundredth of a degree, its place, strength and fades."""
    digest = hashlib.sha256("\n".join(pin.clip.skeleton.names).encode())
    q = pin.clip.quaternions * np.where(pin.clip.quaternions[..., :1] < 0, -1, 1)
    for values in (q, pin.start_s, pin.strength, pin.fade_in_s, pin.fade_out_s):
        digest.update(np.rint(np.asarray(values, np.float64) * 1e4).astype("<i4").tobytes())
    return digest.hexdigest()


def _pack(value: float | np.ndarray) -> Any:
    if np.ndim(value) == 0:
        return float(value)
    return base64.b64encode(np.asarray(value, "<f4").tobytes()).decode()


def _unpack(value: Any) -> float | np.ndarray:
    return np.frombuffer(base64.b64decode(value), "<f4").astype(np.float32) if isinstance(value, str) else float(value)
