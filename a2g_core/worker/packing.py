"""What travels as .npz files between client and worker: what to generate, the model, the motion.

Each file holds plain arrays and one JSON text, `about`. ``allow_pickle=False`` everywhere: nothing in them can execute.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from ..body.motion import Motion, Pin, Skeleton
from ..model.checkpoint import Model
from ..model.systems import config_from_dict, system_of
from ..performing.controls import NEUTRAL, Controls
from ..performing.request import Choice
from ..speech.heard import Heard
from .protocol import WorkerError

_STATISTICS = ("feature_mean", "feature_std", "motion_mean", "motion_std", "bank", "pieces", "sequences")
_MAX_SEED = 2**64
# What a file that is cut off, foreign or forged can end in.
_DAMAGE = (OSError, EOFError, LookupError, ValueError, TypeError, AttributeError, RecursionError, zipfile.BadZipFile)


@dataclass(frozen=True)
class Task:
    """What to generate: the arguments of `a2g_core.performing.generate.generate`, but for the model and the device."""

    heard: Heard
    seed: int = 0
    take: int = 0
    style: str = ""
    choices: tuple[Choice, ...] = ()
    controls: Controls = NEUTRAL
    pins: tuple[Pin, ...] = ()
    fps: float | None = None
    span: tuple[int, int] | None = None

    def options(self) -> dict[str, Any]:
        """The keyword arguments."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "heard"}


def save_task(path: Path, task: Task) -> None:
    """Write what to generate."""
    heard = task.heard
    arrays = {"heard.features": heard.features}
    arrays |= {f"controls.{f.name}": np.asarray(getattr(task.controls, f.name), np.float64) for f in fields(Controls)}
    for index, pin in enumerate(task.pins):
        arrays |= _motion_arrays(f"pin{index}.", pin.clip)
        arrays[f"pin{index}.strength"] = np.asarray(pin.strength, np.float64)
    about = {
        "heard": {"fps": heard.fps, "duration_s": heard.duration_s, "digest": heard.digest},
        "seed": int(task.seed), "take": int(task.take), "style": task.style,
        "fps": None if task.fps is None else float(task.fps),
        "span": None if task.span is None else [int(frame) for frame in task.span],
        "choices": [[float(c.start_s), float(c.end_s), int(c.seed), int(c.take)] for c in task.choices],
        "pins": [
            {"clip": _motion_about(pin.clip), "start_s": float(pin.start_s),
             "fade_in_s": float(pin.fade_in_s), "fade_out_s": float(pin.fade_out_s)}
            for pin in task.pins
        ],
    }  # fmt: skip
    _save(path, arrays, about)


def load_task(path: Path) -> Task:
    """Read what to generate; WorkerError for a file that holds something else, and the errors of what is in it."""
    return _load(path, _task)


def _task(arrays: dict[str, np.ndarray], about: dict) -> Task:
    features = arrays["heard.features"]
    if features.ndim != 2 or features.shape[1] != 64 or features.dtype.kind != "f" or len(features) == 0:
        raise ValueError("the features have an odd shape")
    heard = about["heard"]
    span = about["span"]
    return Task(
        heard=Heard(features, _positive(heard["fps"]), _positive(heard["duration_s"]), str(heard["digest"])),
        seed=_seed(about["seed"]), take=_seed(about["take"]), style=str(about["style"]),
        choices=tuple(Choice(float(a), float(b), _seed(s), _seed(t)) for a, b, s, t in about["choices"]),
        controls=Controls(**{f.name: _number_or_array(arrays[f"controls.{f.name}"]) for f in fields(Controls)}),
        pins=tuple(
            Pin(_motion(f"pin{index}.", arrays, entry["clip"]), float(entry["start_s"]),
                _number_or_array(arrays[f"pin{index}.strength"]), float(entry["fade_in_s"]), float(entry["fade_out_s"]))
            for index, entry in enumerate(about["pins"])
        ),
        fps=None if about["fps"] is None else float(about["fps"]),
        span=None if span is None else (_whole(span[0]), _whole(span[1])),
    )  # fmt: skip


def save_model(path: Path, model: Model) -> None:
    """Write a model; unlike a model file it need not be complete in its description."""
    arrays = {f"parameters.{name}": array for name, array in model.parameters.items()}
    arrays |= {f"statistics.{name}": getattr(model, name) for name in _STATISTICS}
    _save(path, arrays, {"config": model.config.to_dict(), "info": model.info})


def load_model(path: Path) -> Model:
    """Read a model; WorkerError where its arrays are not those of its description."""
    return _load(path, _model)


def _model(arrays: dict[str, np.ndarray], about: dict) -> Model:
    config = config_from_dict(about["config"])
    prefix = "parameters."
    parameters = {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
    if {name: array.shape for name, array in parameters.items()} != system_of(config).parameter_shapes(config):
        raise ValueError("the model's arrays are not those of its description")
    return Model(config, parameters, *(arrays[f"statistics.{name}"] for name in _STATISTICS), dict(about["info"]))


def save_motion(path: Path, motion: Motion) -> None:
    """Write a finished motion."""
    _save(path, _motion_arrays("", motion), _motion_about(motion))


def load_motion(path: Path) -> Motion:
    """Read a finished motion."""
    return _load(path, lambda arrays, about: _motion("", arrays, about))


def _motion_arrays(prefix: str, motion: Motion) -> dict[str, np.ndarray]:
    return {f"{prefix}quaternions": motion.quaternions, f"{prefix}translation": motion.translation}


def _motion_about(motion: Motion) -> dict:
    bones = motion.skeleton
    return {"fps": float(motion.fps), "names": bones.names, "parents": bones.parents, "offsets": bones.offsets}


def _motion(prefix: str, arrays: dict[str, np.ndarray], about: dict) -> Motion:
    skeleton = Skeleton(
        names=tuple(map(str, about["names"])),
        parents=tuple(map(_whole, about["parents"])),
        offsets=tuple((float(x), float(y), float(z)) for x, y, z in about["offsets"]),
    )
    quaternions, translation = (arrays[f"{prefix}{name}"] for name in ("quaternions", "translation"))
    return Motion(quaternions, translation, _positive(about["fps"]), skeleton)


def _save(path: Path, arrays: dict[str, np.ndarray], about: dict) -> None:
    text = np.frombuffer(json.dumps(about).encode(), np.uint8)
    with path.open("wb") as file:
        np.savez(file, about=text, **arrays)


def _load(path: Path, build: Any) -> Any:
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays.pop("about").tobytes())
        return build(arrays, about)
    except _DAMAGE as error:
        raise WorkerError(
            "the file '{name}' between Blender and its engine cannot be read ({why})", "restart the engine",
            name=path.name, why=error,
        ) from None  # fmt: skip


def _number_or_array(array: np.ndarray) -> float | np.ndarray:
    return array if array.ndim else float(array)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r} is no whole number")
    return value


def _seed(value: object) -> int:
    if abs(_whole(value)) >= _MAX_SEED:
        raise ValueError("a seed is out of range")
    return value


def _positive(value: object) -> float:
    if not 0 < float(value) < 1e9:
        raise ValueError(f"{value!r} is out of range")
    return float(value)
