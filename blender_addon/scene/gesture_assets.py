"""The gesture library as a file of assets: an Action for each gesture, with a picture, keyed for a character."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bpy

from .. import bl
from ..a2g_core.errors import A2GError, GestureError, OutputError, reason
from ..a2g_core.files import exists, is_file, is_folder, replacing, same
from ..sentences import shorten
from . import gestures, keys, own_gestures, pictures, rig

if TYPE_CHECKING:
    from ..a2g_core.gestures.library import Gesture

CATALOGUE, CATALOGUE_ID = "Gestures", "6f0b4b52-6d1f-4d3c-9a2e-5b1c0c6d7a10"
_CATALOGUES = "blender_assets.cats.txt"
_HEADER = "# This is an Asset Catalog Definition file for Blender.\n\nVERSION 1\n\n"
_ABOUT = "Audio2Gestures"
_LENT = "A2G lent its name"


def write(
    obj: bpy.types.Object, path: Path, fps: float, *, may_replace: bool, may_lose_own: bool
) -> tuple[int, list[A2GError]]:  # fmt: skip
    """Write the library and the artist's own gestures for a character's bones.

    Returns how many gestures it has bones for, and why others of hers cannot be read. OutputError, before anything is
    written, where that cannot be. may_lose_own: also where a library is replaced that holds other gestures than the
    add-on's; a file that is no library of gestures is never replaced.
    """
    from ..a2g_core.gestures.library import library

    _check(path, may_replace, may_lose_own)
    wanted = [gesture for gesture in library().values() if gestures.joints_for(obj, gesture)]
    if not wanted:
        raise GestureError("the character has no bones for '{name}'", "add them to its list of bones", name=CATALOGUE)
    with _actions(obj, wanted, fps) as (actions, problems):
        try:
            with replacing(path) as part:
                bpy.data.libraries.write(str(part), set(actions), fake_user=True)
            _add_catalogue(path.parent / _CATALOGUES)
        except (OSError, RuntimeError) as error:
            raise OutputError(
                "'{path}' cannot be written ({why})", "choose another folder", path=path, why=reason(error)
            ) from None
    return len(actions), problems


def take_in(path: Path, name: str) -> bpy.types.Action:
    """The Action asset of this name, from a library of the artist's, as a gesture of this file; the one that is here
    already, if it is the same. GestureError if it cannot be read or there is none.
    """
    try:
        libraries: Any = bpy.data.libraries  # its stub lacks what `load` returns
        with libraries.load(str(path), assets_only=True) as (there, wanted):
            wanted.actions = [name] if name in there.actions else []
        found = wanted.actions[0] if wanted.actions else None
    except (OSError, RuntimeError):
        found = None
    if found is None:
        raise GestureError("there is no gesture '{name}'", "choose another one", name=name)
    digest = gestures.digest(found, bl.first_slot(found))
    for other in own_gestures.marked():
        is_same_name = other.name.partition(".")[0] == name.partition(".")[0]
        if other != found and is_same_name and gestures.digest(other, bl.first_slot(other)) == digest:
            bpy.data.actions.remove(found)
            return other
    found.a2g.is_gesture, found.use_fake_user = True, True
    return found


@contextmanager
def _actions(
    obj: bpy.types.Object, wanted: list[Gesture], fps: float
) -> Iterator[tuple[list[bpy.types.Action], list[A2GError]]]:
    """The Actions of these gestures, and of the artist's, as assets, for as long as they are needed; and what of hers
    cannot be read. Hers lend them their names meanwhile.
    """
    hers = own_gestures.marked()
    made: list[bpy.types.Action] = []
    lent: list[tuple[bpy.types.Action, str]] = []
    problems: list[A2GError] = []
    try:
        for gesture in wanted:
            made.append(_action(obj, gesture, fps))
        for mine in hers:
            try:
                gesture = own_gestures.read(obj, mine, fps)
            except A2GError as error:
                problems.append(error)
                continue
            made.append(_copy(mine, gesture) if own_gestures.is_of(obj, mine) else _action(obj, gesture, fps))
            if mine.library is None:
                lent.append((mine, mine.name))
                mine.name = _LENT
                made[-1].name = lent[-1][1]
        yield made, problems
    finally:
        for action in made:
            bpy.data.actions.remove(action)
        for mine, name in lent:
            mine.name = name


def _copy(mine: bpy.types.Action, gesture: Gesture) -> bpy.types.Action:
    """An Action of hers as it is."""
    action = mine.copy()
    _describe(action, gesture)
    return action


def _action(obj: bpy.types.Object, gesture: Gesture, fps: float) -> bpy.types.Action:
    action, owner, _ = bl.new_action(gesture.name, obj)
    try:
        motion, lead = gestures.sampled(gesture, fps)
        for track in rig.tracks(rig.read(obj), motion, gestures.joints_for(obj, gesture)):
            keys.write(owner, track, 1)
        action.pose_markers.new(own_gestures.EMPHASIS).frame = 1 + lead
        _describe(action, gesture)
    except BaseException:
        bpy.data.actions.remove(action)
        raise
    return action


def _describe(action: bpy.types.Action, gesture: Gesture) -> None:
    """Make an Action an asset with what is known of it. What she has given hers stays."""
    action.a2g.is_gesture, action.a2g.category = True, gesture.category
    if action.asset_data is None:
        action.asset_mark()
    about = action.asset_data
    assert about is not None
    about.catalog_id = CATALOGUE_ID
    about.author, about.description = about.author or _ABOUT, about.description or gesture.category
    for tag in filter(None, (gesture.category, gesture.hand)):
        about.tags.new(tag, skip_if_exists=True)
    draw(action, gesture)


def draw(action: bpy.types.Action, gesture: Gesture) -> None:
    """Draw the picture of an Action that is a gesture, unless it has one."""
    from ..a2g_core.gestures.picture import picture

    preview: Any = action.preview
    if preview is None or not any(preview.image_size):
        pictures.keep(action.preview_ensure(), picture(gesture))


def _check(path: Path, may_replace: bool, may_lose_own: bool) -> None:
    if path.suffix.lower() != ".blend":
        raise OutputError("'{name}' is no name of a Blender file", "let it end in .blend", name=path.name)
    if not is_folder(path.parent):
        raise OutputError("there is no folder '{path}'", "choose one that exists", path=path.parent)
    if not exists(path):
        return
    if bpy.data.filepath and same(path, bpy.data.filepath):
        raise OutputError("'{name}' is the file that is open", "choose another name", name=path.name)
    own = _own_in(path) if may_replace and is_file(path) else None
    if own is None:
        raise OutputError("'{name}' is there already, and is not replaced", "choose another name", name=path.name)
    if own and not may_lose_own:
        raise OutputError(
            "'{name}' has gestures of your own: {names}", "choose another name, or turn on Replace Own Gestures",
            name=path.name, names=shorten(sorted(own)),
        )  # fmt: skip


def _own_in(path: Path) -> set[str] | None:
    """Names of gestures in a library that the add-on did not bring; None of a file that is no library of gestures:
    one that holds anything but Actions, or none of ours.
    """
    from ..a2g_core.gestures.library import library

    try:
        libraries: Any = bpy.data.libraries  # its stub lacks what `load` returns
        with libraries.load(str(path)) as (there, _):
            kinds = {kind: found for kind in dir(there) if isinstance(found := getattr(there, kind), list)}
    except (OSError, RuntimeError):
        return None
    names = {name[:-4] if name[-4:-3] == "." and name[-3:].isdigit() else name for name in kinds.pop("actions", [])}
    return None if any(kinds.values()) or names.isdisjoint(library()) else names - set(library())


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
