"""The gesture model: the built-in one or the artist's own file, read once; and what it is capable of.

A file that cannot be used is never silently replaced by the built-in model.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import preferences
from ..a2g_core.body.skeleton import joints_of
from ..a2g_core.errors import A2GError, PinError
from ..a2g_core.files import is_file
from ..a2g_core.performing.controls import table
from ..owner import disown, own, owned
from ..scene.recipe import Recipe

if TYPE_CHECKING:
    from ..a2g_core.model.checkpoint import Model

EARLIER = {"965c1e477220ef9f41139e222d11eb2a63ac3eed7a7dfaced653df17564086d9": "0.2.0"}
"""The built-in models of earlier versions, by SHA-256 of their tensors: takes that they made are still there."""

_KEPT = 2  # the built-in model and one more
_DIGEST_CHARACTERS = 8
_LONGEST_NAME = 60


class Models:
    """The models read last. Any thread may load one: a lock is held while a file is read, so that it is read once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read = lru_cache(maxsize=_KEPT)(_read)

    def load(self, file: str = "") -> Model:
        """The model in this file, the built-in one if it is empty; from memory unless the file has changed.

        Cheap enough for every redraw once it is read. Raises A2GError for a file that cannot be used here.
        """
        from ..a2g_core.model.checkpoint import default_model_path

        path = Path(file) if file else default_model_path()
        try:
            status = path.stat()
        except (OSError, ValueError):  # ValueError: not a path at all
            status = None
        is_there = status is not None and is_file(path)
        if not is_there and not file:
            raise A2GError("the gesture model is missing", "install the add-on again")
        if status is None or not is_there:
            raise A2GError(
                "there is no gesture model '{path}'", "choose another one in the preferences, or use the built-in one",
                path=file,
            )  # fmt: skip
        with self._lock:
            read = self._read(path, not file, status.st_mtime_ns, status.st_size)
        if isinstance(read, A2GError):
            raise read.with_traceback(None)  # the same error is raised again and again
        return read


def chosen(context: bpy.types.Context | None = None) -> str:
    """Path of the model file that the preferences name; empty for the built-in model."""
    file = preferences.get(context).model_file.strip()
    return bpy.path.abspath(file) if file else ""


def load(file: str = "") -> Model:
    """`Models.load`, on the main thread."""
    return owned(Models).load(file)


def _read(path: Path, is_builtin: bool, _modified_ns: int, _size: int) -> Model | A2GError:
    """The model, or what is wrong with it."""
    from ..a2g_core.model.checkpoint import load_model

    hint = "choose another one in the preferences, or use the built-in one"
    if is_builtin:
        hint = "install the add-on again"
    try:
        model = load_model(path)
    except Exception as error:  # a user's file may contain anything
        why = error.problem if isinstance(error, A2GError) else f"'{path.name}': {error!r}"
        return A2GError("the gesture model cannot be used ({why})", hint, why=why)
    if model.config.architecture.dimensions != 3:
        return A2GError("the gesture model '{name}' makes 2-D key points, not body motion", hint, name=path.name)
    return model


def current(context: bpy.types.Context | None = None) -> Model | None:
    """The model that the preferences name, or None if it cannot be used; for panels, which say why elsewhere."""
    try:
        return load(chosen(context))
    except A2GError:
        return None


def name(context: bpy.types.Context) -> str:
    """What the model that the preferences name is called where an artist reads it."""
    model, file = current(context), chosen(context)
    if model is None:
        return iface_("no gesture model")
    return name_of(model, file) if file else iface_("built-in model")


def name_of(model: Model, file: str) -> str:
    """The name of a model, as it says itself, or else its file's."""
    return str(model.info.get("name") or Path(file).stem)[:_LONGEST_NAME]


# What a model is capable of ----------------------------------------------------------------------------------------


def check_same(model: Model, made: Recipe) -> None:
    """A2GError if a take was made with another model; it says which one, and how to use it."""
    if model.info["sha256"] == made.model:
        return
    name = made.model_name or made.model[:_DIGEST_CHARACTERS]
    hint = "choose that one in the preferences, or use Generate Gestures for new motion"
    if is_builtin(made.model):
        name = iface_("built-in model")
        hint = "use Use Built-in Model in the preferences, or Generate Gestures for new motion"
    elif version := EARLIER.get(made.model):
        name = f"Audio2Gestures {version}"
        hint = "choose that version's product.safetensors in the preferences, or use Generate Gestures for new motion"
    raise A2GError("this take was made with another gesture model ('{name}')", hint, name=name)


def is_builtin(digest: str) -> bool:
    """Whether a model of this digest is the built-in one."""
    try:
        return bool(load().info["sha256"] == digest)
    except A2GError:
        return False


def check_pins(model: Model) -> None:
    """PinError if the model cannot follow pinned clips."""
    if not model.config.has_codes:
        raise PinError("this model cannot follow pinned clips", "mute the pins, or choose an Audio2Gestures model")


def check_choices(model: Model) -> None:
    """A2GError if the model cannot perform a part of a take differently."""
    if not (model.config.has_codes and model.config.is_random):
        raise A2GError(
            "this model cannot regenerate a part of a take",
            "use Generate Gestures for a new take, or choose an Audio2Gestures model",
        )


def check_style(model: Model, style: str) -> None:
    """A2GError if the model lacks this style; every model can perform without one ("")."""
    if style and style not in model.styles:
        raise A2GError(
            "this model has no style '{style}'",
            "use Choose Style, or choose the model that has it in the preferences", style=style,
        )  # fmt: skip


def drawn_style(model: Model, seed: int) -> str:
    """The style that a new take of this seed has under Any; "" of a model without styles."""
    from ..a2g_core.performing.generate import style_of

    return style_of(model, seed)


def moved_joints(model: Model, body_parts: set[str]) -> set[str]:
    """Joints of these body parts that the model moves."""
    return joints_of(body_parts) & set(model.skeleton.names)


def limits(model: Model) -> list[str]:
    """What the model cannot do that other models can, for the panel with the sliders."""
    found = []
    if not model.config.is_random:
        found.append(iface_("This gesture model makes one motion per speech: another seed changes nothing"))
    if lacking := [iface_(c.label) for c in table().values() if not c.works_with(model.config)]:
        found.append(iface_("This gesture model lacks {controls}").format(controls=", ".join(lacking)))
    if not moved_joints(model, {"HANDS"}):
        found.append(iface_("This gesture model leaves the fingers as they are"))
    return found


def register() -> None:
    """Start with no model read."""
    own(Models())


def unregister() -> None:
    """Free the models' memory."""
    disown(Models)
