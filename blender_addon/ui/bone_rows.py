"""What the rows of the list of bones are called."""

from __future__ import annotations

from collections.abc import Collection

from bpy.app.translations import pgettext_iface as iface_

from ..a2g_core.body.skeleton import SIDES

LABELS = {
    "pelvis": "Hips", "spine": "Spine", "neck": "Neck", "head": "Head", "jaw": "Jaw", "eye_smplhf": "Eye",
    "collar": "Clavicle", "shoulder": "Upper Arm", "elbow": "Forearm", "wrist": "Hand",
    "hip": "Thigh", "knee": "Shin", "ankle": "Foot", "foot": "Toes",
    "thumb": "Thumb", "index": "Index Finger", "middle": "Middle Finger", "ring": "Ring Finger",
    "pinky": "Little Finger",
    "fingers": "Fingers", "left": "Left", "right": "Right",
}  # fmt: skip
"""By joint, without side and number: what moves with it, which is the bone that begins there."""

LIMB_ROWS = ("collar", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "foot")
"""Rows of one side, without its name."""
FINGER_ROWS = tuple(f"{finger}{k}" for finger in ("thumb", "index", "middle", "ring", "pinky") for k in (1, 2, 3))
FACE_ROWS = ("jaw", *(f"{side}_eye_smplhf" for side in SIDES))


def label(row: str) -> tuple[str, int]:
    """What a row is called in English, without its side, and its number in a finger or a chain; 0 if it has none."""
    name = row.split("_", 1)[1] if row.startswith(SIDES) else row
    digits = name[len(name.rstrip("0123456789")) :]
    return LABELS[name.removesuffix(digits).rstrip("_")], int(digits or 0)


def names(rows: Collection[str]) -> list[str]:
    """These rows in the artist's language, each once, with its side if the other side is not among them; a hand without
    any finger in a word.
    """
    found, given = [], set(rows)
    for side in SIDES:
        if given.issuperset(fingers := [f"{side}_{row}" for row in FINGER_ROWS]):
            given = given.difference(fingers) | {f"{side}_fingers"}
    rows = [row for row in (*rows, *(f"{side}_fingers" for side in SIDES)) if row in given]
    for row in rows:
        side, _, name = row.partition("_")
        text = iface_(label(row)[0])
        is_whole = side not in SIDES or all(f"{other}_{name}" in rows for other in SIDES)
        found.append(text if is_whole else f"{text} ({iface_(LABELS[side])})")
    return list(dict.fromkeys(found))
