"""Trinity, ZeroEGGS and other BVH recordings whose joints have MotionBuilder's names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ...body.motion import Motion
from ...body.retarget import retarget
from ...body.skeleton import SIDES
from ...errors import DataError, MotionError
from ...formats.bvh_reader import read_bvh


def _table() -> dict[str, tuple[str, ...]]:
    table = {
        "pelvis": ("Hips",), "spine1": ("Spine",), "spine2": ("Spine1", "Spine"),
        "spine3": ("Spine3", "Spine2", "Spine1", "Spine"), "neck": ("Neck", "Neck1"), "head": ("Head",),
    }  # fmt: skip
    for side in SIDES:
        start = side.capitalize()
        for ours, theirs in (
            ("hip", ("UpLeg",)), ("knee", ("Leg",)), ("ankle", ("Foot",)),
            ("foot", ("ToeBase", "ForeFoot", "Toe", "FootEnd")), ("collar", ("Shoulder",)),
            ("shoulder", ("Arm",)), ("elbow", ("ForeArm",)), ("wrist", ("Hand",)),
        ):  # fmt: skip
            table[f"{side}_{ours}"] = tuple(f"{start}{name}" for name in theirs)
        for finger in ("Index", "Middle", "Pinky", "Ring", "Thumb"):
            for k in (1, 2, 3):
                table[f"{side}_{finger.lower()}{k}"] = (f"{start}Hand{finger}{k}",)
            table[f"{side}_{finger.lower()}4"] = (f"{start}Hand{finger}4", f"{start}Hand{finger}3End")
    return table


JOINTS: Mapping[str, tuple[str, ...]] = MappingProxyType(_table())
"""Our joint to theirs; the first name that a file has counts.

World rotations are transferred, so a joint that we have none for (a fourth spine joint, a second neck joint) is
composed into the next of ours. `index4` and its like are fingertips.
"""

_OPTIONAL = ("foot", "index", "middle", "pinky", "ring", "thumb")


def load_bvh_recording(path: Path) -> Motion:
    """A BVH recording on our skeleton at its own frame rate, with fingers where it has both hands' fingers."""
    bvh = read_bvh(path)
    plain = [name.rpartition(":")[2] for name in bvh.names]  # MotionBuilder's namespaces: "Actor:Hips"
    found = {ours: next((n for n in theirs if n in plain), None) for ours, theirs in JOINTS.items()}
    missing = [ours for ours, n in found.items() if n is None and not any(part in ours for part in _OPTIONAL)]
    if missing:
        wanted = ", ".join("/".join(JOINTS[ours]) for ours in missing[:3])
        raise DataError(f"'{Path(path).name}' lacks the joints {wanted}", "give a BVH with MotionBuilder's joint names")
    index = {ours: plain.index(n) for ours, n in found.items() if n is not None}
    if not all(f"{side}_{finger}{k}" in index for side in SIDES for finger in _OPTIONAL[1:] for k in (1, 2, 3)):
        index = {ours: j for ours, j in index.items() if not any(finger in ours for finger in _OPTIONAL[1:])}
    try:
        return retarget(bvh.source(index))
    except MotionError as error:
        raise MotionError(f"'{Path(path).name}': {error.problem}", error.hint) from None
