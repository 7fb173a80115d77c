"""The files that client and worker exchange: what to perform, the model, the motion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ..body.motion import Motion
from ..errors import CheckpointError
from ..formats import native
from ..model.checkpoint import Model, check_arrays
from ..model.systems import config_from_dict
from ..performing.request import DEFAULT, Request
from ..speech.heard import Heard
from .protocol import WorkerError

T = TypeVar("T")

_STATISTICS = (
    "feature_mean", "feature_std", "motion_mean", "motion_std", "bank", "pieces", "sequences", "moments", "stances",
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """A speech and what to perform for it."""

    heard: Heard
    request: Request = DEFAULT


def save_task(path: Path, task: Task) -> None:
    """Write what to perform."""
    _save(path, {"heard": task.heard.to_dict(), "request": task.request.to_dict()})


def load_task(path: Path) -> Task:
    """Read what to perform. WorkerError if the file holds anything else; A2GError for values out of range."""
    return _load(path, lambda values: Task(Heard.from_dict(values["heard"]), Request.from_dict(values["request"])))


def save_model(path: Path, model: Model) -> None:
    """Write a model; unlike a model file, its description may be incomplete."""
    statistics = {name: getattr(model, name) for name in _STATISTICS}
    values = {"config": model.config.to_dict(), "info": model.info, "parameters": model.parameters}
    _save(path, values | {"statistics": statistics})


def load_model(path: Path) -> Model:
    """Read a model. WorkerError if its arrays do not match its config, or are not finite."""
    return _load(path, _model)


def _model(values: dict[str, Any]) -> Model:
    config, parameters, statistics = config_from_dict(values["config"]), values["parameters"], values["statistics"]
    known = {name: statistics[name] for name in _STATISTICS}
    stored = {f"stats.{name}": array for name, array in known.items() if array.size}
    try:
        check_arrays("model", {**parameters, **stored}, config)
    except CheckpointError as error:
        raise ValueError(error.problem) from None
    return Model(config, parameters, **known, info=dict(values["info"]))


def save_motion(path: Path, motion: Motion) -> None:
    """Write a finished motion."""
    _save(path, motion.to_dict())


def load_motion(path: Path) -> Motion:
    """Read a finished motion."""
    return _load(path, Motion.from_dict)


def _save(path: Path, values: dict[str, Any]) -> None:
    with path.open("wb") as file:
        native.save(file, values)


def _load(path: Path, build: Callable[[dict[str, Any]], T]) -> T:
    try:
        return native.load(path, build)
    except native.DamagedError as error:
        raise WorkerError(
            "the file '{name}' between Blender and its engine cannot be read ({why})", "restart the engine",
            name=path.name, why=error,
        ) from None  # fmt: skip
