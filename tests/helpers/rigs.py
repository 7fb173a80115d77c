"""Every test rig by name, made in code or loaded from the shared data, in the scene that is open in Blender.

`make(name)` adds one; `available(name)` says whether its file and its importer are there; `MADE` need neither.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import addon_utils
import bpy
import made_rigs
import numpy as np
import rig_names
import rig_shapes
from made_rigs import STANDING, Build
from places import SHARED

DATA = SHARED / "data/rigs"


@dataclass
class Character:
    """A test rig that stands in the scene.

    joints: the deform bone of each joint that it has, see `rig_names`. axes: rotation (3, 3) from SMPL-X axes to the
    armature's. meshes: those that the armature moves.
    """

    name: str
    armature: bpy.types.Object
    joints: Mapping[str, str]
    axes: np.ndarray
    meshes: list[bpy.types.Object] = field(default_factory=list)


def make(name: str) -> Character:
    """Add a rig to the scene, in Object Mode; it faces -Y and stands on Z = 0. KeyError for a name that is none."""
    return character(name, *_MAKERS[name]())


def character(name: str, armature: bpy.types.Object, joints: Mapping[str, str]) -> Character:
    """A rig that stands in the scene as `make` adds one, with its meshes."""
    bpy.context.view_layer.update()
    meshes = [obj for obj in bpy.data.objects if obj.type == "MESH" and _is_moved_by(obj, armature)]
    turn = np.array(armature.matrix_world.to_3x3().normalized())
    if missing := [bone for bone in joints.values() if bone not in armature.data.bones]:
        raise LookupError(f"{name} has no bone {missing}")
    return Character(name, armature, joints, turn.T @ STANDING, meshes)


def available(name: str) -> bool:
    """Whether a rig can be made here."""
    path = FILES.get(name)
    if path is None:
        return name in _MAKERS
    return path.exists() and (path.suffix != ".vrm" or importlib.util.find_spec("io_scene_vrm") is not None)


def _is_moved_by(obj: bpy.types.Object, armature: bpy.types.Object) -> bool:
    return any(m.type == "ARMATURE" and m.object == armature for m in obj.modifiers)


# Rigs by others -------------------------------------------------------------------------------------------------------

FILES: dict[str, Path] = {
    "mpfb_mixamo": DATA / "mpfb_mixamo.blend",
    "mixamo_cm": DATA / "derived_mixamo_cm.blend",
    "mpfb_unreal": DATA / "mpfb_game_engine.blend",
    "mpfb_default": DATA / "mpfb_default.blend",
    "mpfb_rigify": DATA / "mpfb_rigify.human.blend",
    "mpfb_metarig": DATA / "mpfb_rigify.human.metarig.blend",
    "mpfb_vrm": DATA / "mpfb_human.vrm",
    "univrm": DATA / "univrm_humanik_vrm0.vrm",
    "kaykit": DATA / "kaykit/manny_med_mod.gltf",
}
"""Rigs that need a file, and VRM ones the VRM add-on (PyPI's bpy-vrm-format)."""


def _appended(name: str, joints: Mapping[str, str]) -> tuple[bpy.types.Object, Mapping[str, str]]:
    with bpy.data.libraries.load(str(FILES[name])) as (there, wanted):
        wanted.objects = [obj for obj in there.objects if not obj.startswith("WGT")]
    for obj in wanted.objects:
        bpy.context.collection.objects.link(obj)
    return next(obj for obj in wanted.objects if obj.type == "ARMATURE"), joints


def _imported(name: str, joints: Mapping[str, str]) -> tuple[bpy.types.Object, Mapping[str, str]]:
    before = set(bpy.data.objects)
    path = str(FILES[name])
    if path.endswith(".vrm"):
        if "vrm" not in dir(bpy.ops.import_scene):
            addon_utils.enable("io_scene_vrm", default_set=True)
        bpy.ops.import_scene.vrm(filepath=path)
    else:
        addon_utils.enable("io_scene_gltf2")
        bpy.ops.import_scene.gltf(filepath=path)
    new = [obj for obj in bpy.data.objects if obj not in before]
    armature = next(obj for obj in new if obj.type == "ARMATURE")
    for obj in new:
        # The spheres of one file, and the shape that bones are drawn as, which hide the character.
        if obj.type == "MESH" and not _is_moved_by(obj, armature):
            obj.hide_render = True
    if not any(_is_moved_by(obj, armature) for obj in new):
        _dress_by_children(armature, joints)
    return armature, joints


def _dress_by_children(armature: bpy.types.Object, joints: Mapping[str, str]) -> None:
    """Pieces from each bone's head to that of the next joint's, or of its first child."""
    world, ends = np.array(armature.matrix_world), {}
    for joint, name in joints.items():
        bone = armature.data.bones[name]
        side, _, plain = joint.partition("_")
        after = joints.get(f"{side}_{made_rigs.NEXT.get(plain, '')}")
        child = armature.data.bones[after] if after else next(iter(bone.children), None)
        head = np.array(bone.head_local)
        end = np.array(child.head_local if child else bone.tail_local)
        ends[name] = tuple(world[:3, :3] @ v + world[:3, 3] for v in (head, end))
    rig_shapes.dress(armature, ends, joints)


# Rigify ---------------------------------------------------------------------------------------------------------------


def _metarig() -> bpy.types.Object:
    # Without default_set, Rigify's parameters are not registered and generating fails.
    addon_utils.enable("rigify", default_set=True)
    bpy.ops.object.armature_human_metarig_add()
    return bpy.context.object


def rigify_generate() -> None:
    """Have Rigify make the rig of the active metarig, in such a way that other files can be opened afterwards."""
    bpy.ops.pose.rigify_generate()
    if _renew_context not in bpy.app.handlers.load_post:
        bpy.app.handlers.load_post.append(_renew_context)


@bpy.app.handlers.persistent
def _renew_context(*_arguments: object) -> None:
    """Keep Blender 4.2 from a crash. There, reading `bpy.context.layer_collection`, as Rigify does, makes the scene the
    owner of `bpy.context`. It stays the owner when another file is opened and it is freed; the importer of glTF, which
    sets `bpy.context.window.scene`, then writes to freed memory. Read again, it is the scene that is open.
    """
    _ = bpy.context.layer_collection


def _factory_metarig() -> tuple[bpy.types.Object, Mapping[str, str]]:
    obj, joints = _metarig(), rig_names.rigify("")
    _dress_by_tails(obj, [bone.name for bone in obj.data.bones if not _is_face(bone)], joints)
    return obj, joints


def _factory_rigify() -> tuple[bpy.types.Object, Mapping[str, str]]:
    others, metarig, joints = set(bpy.data.objects), _metarig(), rig_names.rigify()
    rigify_generate()
    rig = next(obj for obj in bpy.data.objects if obj.type == "ARMATURE" and obj not in {metarig, *others})
    bpy.data.objects.remove(metarig)
    _dress_by_tails(rig, [b.name for b in rig.data.bones if b.name.startswith("DEF-") and not _is_face(b)], joints)
    return rig, joints


def _is_face(bone: bpy.types.Bone) -> bool:
    """Whether a bone lies in the head, as the many bones of a Rigify face do."""
    return any(above.name in ("spine.006", "ORG-face", "ORG-spine.006", "face") for above in bone.parent_recursive)


def _dress_by_tails(armature: bpy.types.Object, names: list[str], joints: Mapping[str, str]) -> None:
    bones = armature.data.bones
    ends = {name: (np.array(bones[name].head_local), np.array(bones[name].tail_local)) for name in names}
    rig_shapes.dress(armature, ends, joints)


# Made in code ---------------------------------------------------------------------------------------------------------


def named(joints: Mapping[str, str], spine: list[str], neck: list[str], second: str = "") -> Callable[[str, int], str]:
    """How a rig calls its bones. second: the name of the k-th bone of a limb's segment, from {name} and {k}."""

    def name(joint: str, k: int) -> str:
        chain = {"spine": spine, "neck": neck}.get(joint)
        if chain is not None:
            return chain[k]
        return second.format(name=joints[joint], k=k + 1) if k else joints[joint]

    return name


def made(
    name: str, joints: Mapping[str, str], build: Build, modes: Callable[[int], str], **placing: object
) -> tuple[bpy.types.Object, Mapping[str, str]]:
    """modes: the rotation mode of the n-th bone."""
    rows = made_rigs.rows(build)
    obj = made_rigs.build_armature(name, rows, **placing)
    for n, row in enumerate(rows):
        obj.pose.bones[row.name].rotation_mode = modes(n)
    bpy.context.view_layer.update()
    is_extra = {extra for extra, _joint in build.extras} | {build.root}
    ends = {row.name: (row.head, row.end) for row in rows if row.name not in is_extra}
    present = {joint: bone for joint, bone in joints.items() if bone in ends}
    rig_shapes.dress(obj, ends, present)
    return obj, present


def both_sides(left: made_rigs.Turns) -> made_rigs.Turns:
    """Turns of both sides; left: those of the left one, by joint without its side."""
    right = {joint: (x, -y, -z) for joint, (x, y, z) in left.items()}
    return {f"{side}_{j}": v for side, turns in (("left", left), ("right", right)) for j, v in turns.items()}


_A_POSE = {"shoulder": (0, 10, -45), "elbow": (0, -18, -4), "wrist": (12, 0, -6), "hip": (0, 0, 7), "ankle": (0, 0, -7)}
_CURLED = {f"{finger}{k}": (0, 0, -32) for finger in rig_names.FINGERS[1:] for k in (1, 2, 3)} | {
    "thumb1": (20, 25, 0), "thumb2": (0, 20, 0), "thumb3": (0, 15, -10), "wrist": (-35, 0, 0),
}  # fmt: skip


def _made_mixamo() -> tuple[bpy.types.Object, Mapping[str, str]]:
    """As a Mixamo FBX arrives: A-pose, centimetres, object scale 0.01 and turned about X, Euler bones."""
    joints = rig_names.mixamo("mixamorig:")
    spine = [f"mixamorig:{name}" for name in ("Spine", "Spine1", "Spine2")]
    sizes = {"knee": 1.06, "ankle": 0.97, "elbow": 1.1, "wrist": 0.93, "spine2": 0.9, "hip": 1.1}
    build = Build(named(joints, spine, ["mixamorig:Neck"]), sizes, both_sides(_A_POSE))
    return made("made_mixamo", joints, build, lambda _n: "XYZ", scale=0.01, turn=(90.0, 0.0, 0.0))


def _made_unreal() -> tuple[bpy.types.Object, Mapping[str, str]]:
    """Unreal's names, a root on the floor, free twist bones, bones that point and roll at random."""
    joints = rig_names.unreal("spine_05")
    twists = tuple(
        (f"{bone}_twist_01_{side[0]}", f"{side}_{joint}")
        for side in ("left", "right")
        for bone, joint in (("upperarm", "shoulder"), ("lowerarm", "elbow"), ("thigh", "hip"), ("calf", "knee"))
    )
    names = named(joints, [f"spine_0{k}" for k in range(1, 6)], ["neck_01", "neck_02"])
    sizes = {"knee": 0.95, "ankle": 1.05, "head": 1.1, "middle2": 1.2}
    build = Build(names, sizes, both_sides(_A_POSE), spine=5, neck=2, root="root", extras=twists)
    return made("made_unreal", joints, build, lambda _n: "QUATERNION", roll_seed=3)


def _made_makehuman() -> tuple[bpy.types.Object, Mapping[str, str]]:
    """Five spine bones, three of the neck, two in each segment of a limb."""
    joints = rig_names.makehuman()
    halves = {
        joints[f"left_{joint}"]: joints[f"left_{joint}"].replace("01", "02")
        for joint in ("shoulder", "elbow", "hip", "knee")
    }
    halves |= {first.replace(".L", ".R"): second.replace(".L", ".R") for first, second in halves.items()}
    first = named(joints, [f"spine0{k}" for k in range(5, 0, -1)], [f"neck0{k}" for k in (1, 2, 3)])
    build = Build(
        lambda joint, k: halves[first(joint, 0)] if k and joint not in ("spine", "neck") else first(joint, k),
        {"knee": 0.98, "elbow": 1.05}, both_sides({"shoulder": (0, 0, -48), "elbow": (0, -30, 0)}),
        dict.fromkeys(("shoulder", "elbow", "hip", "knee"), 2), spine=5, neck=3,
    )  # fmt: skip
    return made("made_makehuman", joints, build, lambda _n: "XYZ")


def _made_chibi() -> tuple[bpy.types.Object, Mapping[str, str]]:
    """Short legs, one spine bone, neither neck, clavicles nor fingers; a bone below everything."""
    joints = {j: b for j, b in rig_names.kaykit().items() if j != "spine3"} | {"spine3": "spine"}
    sizes = {"knee": 0.45, "ankle": 0.4, "elbow": 0.7, "wrist": 0.7, "head": 0.5, "hip": 1.3}
    build = Build(
        named(joints, ["spine"], []), sizes, {}, spine=1, neck=0, root="root", has_fingers=False, has_collars=False
    )
    return made("made_chibi", joints, build, lambda _n: "QUATERNION")


def _made_curled() -> tuple[bpy.types.Object, Mapping[str, str]]:
    """VRoid's names; fingers curled and palms turned in the rest pose, arms half lowered."""
    joints = rig_names.vrm()
    spine = ["J_Bip_C_Spine", "J_Bip_C_Chest", "J_Bip_C_UpperChest"]
    turns = both_sides(_CURLED | {"shoulder": (0, 0, -20)})
    build = Build(named(joints, spine, ["J_Bip_C_Neck"]), {"knee": 1.1, "ankle": 1.1}, turns, root="Root")
    return made("made_curled", joints, build, lambda _n: "QUATERNION")


def _made_modes() -> tuple[bpy.types.Object, Mapping[str, str]]:
    """Names without a prefix; bones that turn by axis and angle, and by Euler angles of every order."""
    joints = rig_names.mixamo()
    modes = ("AXIS_ANGLE", "ZXY", "AXIS_ANGLE", "YXZ", "XZY", "AXIS_ANGLE", "YZX", "ZYX", "QUATERNION")
    build = Build(named(joints, ["Spine", "Spine1", "Spine2"], ["Neck"]), {}, both_sides({"shoulder": (0, 0, -60)}))
    return made("made_modes", joints, build, lambda n: modes[n % len(modes)], roll_seed=8)


def _made_nameless() -> tuple[bpy.types.Object, Mapping[str, str]]:
    """Names that say nothing: only the structure tells the bones."""
    known = rig_names.mixamo()
    numbers = {bone: f"joint_{n:02d}" for n, bone in enumerate([*known.values(), "Spine", "Spine1"])}
    inner = named(known, ["Spine", "Spine1", "Spine2"], ["Neck"])
    build = Build(lambda joint, k: numbers[inner(joint, k)], {}, both_sides(_A_POSE))
    joints = {joint: numbers[bone] for joint, bone in known.items()}
    return made("made_nameless", joints, build, lambda _n: "QUATERNION")


def _own() -> tuple[bpy.types.Object, Mapping[str, str]]:
    """Our own armature with its body, by the add-on."""
    bpy.ops.a2g.add_character()
    return bpy.context.scene.a2g_character, rig_names.smplx()


_MAKERS: dict[str, Callable[[], tuple[bpy.types.Object, Mapping[str, str]]]] = {
    "own": _own,
    "made_mixamo": _made_mixamo,
    "made_unreal": _made_unreal,
    "made_makehuman": _made_makehuman,
    "made_chibi": _made_chibi,
    "made_curled": _made_curled,
    "made_modes": _made_modes,
    "made_nameless": _made_nameless,
    "metarig": _factory_metarig,
    "rigify": _factory_rigify,
    "mpfb_mixamo": partial(_appended, "mpfb_mixamo", rig_names.mixamo("mixamorig:")),
    "mixamo_cm": partial(_appended, "mixamo_cm", rig_names.mixamo("mixamorig1:")),
    "mpfb_unreal": partial(_appended, "mpfb_unreal", rig_names.unreal()),
    "mpfb_default": partial(_appended, "mpfb_default", rig_names.makehuman()),
    "mpfb_metarig": partial(_appended, "mpfb_metarig", rig_names.rigify("", 4)),
    "mpfb_rigify": partial(_appended, "mpfb_rigify", rig_names.rigify("DEF-", 4)),
    "mpfb_vrm": partial(_imported, "mpfb_vrm", rig_names.makehuman()),
    "univrm": partial(_imported, "univrm", rig_names.mixamo("Character1_")),
    "kaykit": partial(_imported, "kaykit", rig_names.kaykit()),
}
MADE = ("own", "made_mixamo", "made_unreal", "made_makehuman", "made_chibi", "made_curled", "made_modes",
        "made_nameless", "metarig", "rigify")  # fmt: skip
"""Rigs that need no file. `own` needs the add-on."""

NAMES = tuple(_MAKERS)
