"""The gesture library as a file of assets: an Action for each gesture, with a picture, keyed for a character."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bpy
import numpy as np

from .. import bl
from ..a2g_core.errors import A2GError, GestureError, OutputError, reason
from ..a2g_core.files import exists, is_file, is_folder, replacing, same
from . import gestures, keys, own_gestures, rig

if TYPE_CHECKING:
    from ..a2g_core.gestures.library import Gesture

CATALOGUE, CATALOGUE_ID = "Gestures", "6f0b4b52-6d1f-4d3c-9a2e-5b1c0c6d7a10"
_CATALOGUES = "blender_assets.cats.txt"
_HEADER = "# This is an Asset Catalog Definition file for Blender.\n\nVERSION 1\n\n"
_ABOUT = "Audio2Gestures"
_PICTURE_PX = 128


def write(obj: bpy.types.Object, path: Path, fps: float, may_replace: bool) -> int:
    """Write the library for a character's bones; returns how many gestures it has bones for.

    OutputError, before anything is written, where that cannot be; a file that we have not written is never replaced.
    """
    from ..a2g_core.gestures.library import library

    _check(path, may_replace)
    wanted = [gesture for gesture in library().values() if gestures.joints_for(obj, gesture)]
    if not wanted:
        raise GestureError("the character has no bones for '{name}'", "add them to its list of bones", name=CATALOGUE)
    with _actions(obj, wanted, fps) as actions:
        try:
            with replacing(path) as part:
                bpy.data.libraries.write(str(part), set(actions), fake_user=True)
            _add_catalogue(path.parent / _CATALOGUES)
        except (OSError, RuntimeError) as error:
            raise OutputError(
                "'{path}' cannot be written ({why})", "choose another folder", path=path, why=reason(error)
            ) from None
    return len(actions)


@contextmanager
def _actions(obj: bpy.types.Object, wanted: list[Gesture], fps: float) -> Iterator[list[bpy.types.Action]]:
    """The Actions of these gestures as assets, for as long as they are needed."""
    made = []
    try:
        for gesture in wanted:
            made.append(_action(obj, gesture, fps))
        yield made
    finally:
        for action in made:
            bpy.data.actions.remove(action)


def _action(obj: bpy.types.Object, gesture: Gesture, fps: float) -> bpy.types.Action:
    from ..a2g_core.gestures.picture import picture

    action, owner, _ = bl.new_action(gesture.name, obj)
    try:
        motion, lead = gestures.sampled(gesture, fps)
        for track in rig.tracks(rig.read(obj), motion, gestures.joints_for(obj, gesture)):
            keys.write(owner, track, 1)
        action.pose_markers.new(own_gestures.EMPHASIS).frame = 1 + lead
        action.a2g.is_gesture, action.a2g.category = True, gesture.category
        action.asset_mark()
        about = action.asset_data
        assert about is not None
        about.catalog_id, about.author, about.description = CATALOGUE_ID, _ABOUT, gesture.category
        for tag in (gesture.category, gesture.hand):
            about.tags.new(tag, skip_if_exists=True)
        preview: Any = action.preview_ensure()
        preview.image_size = (_PICTURE_PX, _PICTURE_PX)
        preview.image_pixels_float.foreach_set(np.ascontiguousarray(picture(gesture, _PICTURE_PX).ravel()))
    except BaseException:
        bpy.data.actions.remove(action)
        raise
    return action


def _check(path: Path, may_replace: bool) -> None:
    if path.suffix.lower() != ".blend":
        raise OutputError("'{name}' is no name of a Blender file", "let it end in .blend", name=path.name)
    if not is_folder(path.parent):
        raise OutputError("there is no folder '{path}'", "choose one that exists", path=path.parent)
    if not exists(path):
        return
    if bpy.data.filepath and same(path, bpy.data.filepath):
        raise OutputError("'{name}' is the file that is open", "choose another name", name=path.name)
    if not (may_replace and is_file(path) and _is_ours(path)):
        raise OutputError("'{name}' is there already, and is not replaced", "choose another name", name=path.name)


def _is_ours(path: Path) -> bool:
    """Whether a file holds nothing but Actions that are called as our gestures are."""
    from ..a2g_core.gestures.library import library

    try:
        libraries: Any = bpy.data.libraries  # its stub lacks what `load` returns
        with libraries.load(str(path)) as (there, _):
            kinds = {kind: found for kind in dir(there) if isinstance(found := getattr(there, kind), list)}
    except (OSError, RuntimeError):
        return False
    names = {name[:-4] if name[-4:-3] == "." and name[-3:].isdigit() else name for name in kinds.pop("actions", [])}
    return bool(names) and names <= set(library()) and not any(kinds.values())


def _add_catalogue(path: Path) -> None:
    """Name our catalogue in the folder's list of them, which keeps all that it holds."""
    try:
        before = path.read_text("utf-8") if is_file(path) else _HEADER
    except UnicodeDecodeError:
        raise A2GError("'{name}' is not UTF-8 text", "choose another folder", name=path.name) from None
    if CATALOGUE_ID in before:
        return
    with replacing(path) as part:
        ends = before if before.endswith("\n") else before + "\n"
        part.write_text(f"{ends}{CATALOGUE_ID}:{CATALOGUE}:{CATALOGUE}\n", "utf-8")
