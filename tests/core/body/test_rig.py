"""Motion on armatures of any build, measured on their posed bones, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from a2g_core.body.channels import channel_to_quaternion
from a2g_core.body.controls import Follow
from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.rig import Rig, make_rig
from a2g_core.body.rig_map import Fit, RigMap, own_map
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import BODY_HANDS, FINGERS, SIDES, SMPLX

Z_UP = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
TILTED = Rotation.from_euler("xyz", [20, 0, 35], degrees=True).as_matrix() @ Z_UP
MODES = ("QUATERNION", "XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX", "AXIS_ANGLE")
SPINE = ("spine1", "spine2", "spine3")


@dataclass
class Build:
    """How an armature is built. droop: degrees that its arms hang below the T-pose, bent: that its legs are bent and
    spread, curl: that each finger bone is bent at rest. spine, neck: how many bones. without: joints that have none.
    axes, size: of its space. carried: whether its thighs hang on the first spine bone. pivot: from the pelvis joint to
    its control, metres.
    """

    droop: float = 0.0
    bent: float = 0.0
    curl: float = 0.0
    spine: int = 3
    neck: int = 1
    without: tuple[str, ...] = ()
    axes: np.ndarray = field(default_factory=lambda: Z_UP)
    size: float = 1.0
    carried: bool = False
    pivot: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass
class Armature:
    fit: Fit
    rests: dict[str, np.ndarray]
    parents: dict[str, str | None]
    modes: dict[str, str]

    def rig(self, **changed) -> Rig:
        follows = {bone: Follow(parent) for bone, parent in self.parents.items()}
        return make_rig(self.fit, self.rests, self.modes, follows, **changed)

    def pose(self, values: Mapping[tuple[str, str], np.ndarray]) -> dict[str, np.ndarray]:
        """Poses (T, 4, 4) of all bones that have these values, as Blender poses bones."""
        n_frames = len(next(iter(values.values())))
        poses: dict[str, np.ndarray] = {}
        for bone, parent in self.parents.items():
            basis = np.tile(np.eye(4), (n_frames, 1, 1))
            for (name, channel), rows in values.items():
                if name == bone and channel == "location":
                    basis[:, :3, 3] = rows
                elif name == bone:
                    q = channel_to_quaternion(self.modes[bone], rows.astype(np.float64))
                    basis[:, :3, :3] = quaternion_to_matrix(q)
            above = np.eye(4) if parent is None else poses[parent] @ np.linalg.inv(self.rests[parent])
            poses[bone] = above @ self.rests[bone] @ basis
        return poses


def rest_pose(build: Build) -> dict[str, np.ndarray]:
    """Where our joints lie when the rest pose is turned into another one, metres, SMPL-X axes."""
    rotations = np.tile(np.eye(3), (len(SMPLX), 1, 1))
    for j, name in enumerate(SMPLX.names):
        side = 1 if name.startswith("left") else -1
        if name.endswith("_shoulder"):
            rotations[j] = Rotation.from_euler("z", -side * build.droop, degrees=True).as_matrix()
        elif name.endswith("_elbow"):
            rotations[j] = Rotation.from_euler(
                "xy", [20 * (build.droop > 0), -side * build.droop / 3], degrees=True
            ).as_matrix()
        elif name.endswith("_wrist"):
            rotations[j] = Rotation.from_euler("x", 40 * (build.droop > 0), degrees=True).as_matrix()
        elif name.endswith(("_hip", "_knee")):
            rotations[j] = Rotation.from_euler("xz", [-build.bent, side * build.bent], degrees=True).as_matrix()
        elif any(finger in name for finger in FINGERS):
            rotations[j] = Rotation.from_euler("z", -side * build.curl, degrees=True).as_matrix()
    q = Rotation.from_matrix(rotations).as_quat()[:, [3, 0, 1, 2]]
    places = joint_positions(Motion(q[None], np.zeros((1, 3)), 30.0, SMPLX))[0]
    return dict(zip(SMPLX.names, places.astype(np.float64), strict=True))


def chain(places: Mapping[str, np.ndarray], joints: tuple[str, ...], n: int) -> list[np.ndarray]:
    """Heads of n bones along the way from the first of these joints to the last."""
    along = np.array([places[joint] for joint in joints])
    at = np.linspace(0, len(joints) - 1, n + 1)[:-1] if n else []
    return [np.array([np.interp(x, range(len(joints)), along[:, k]) for k in range(3)]) for x in at]


def build_armature(build: Build, seed: int = 0, modes: tuple[str, ...] = ("QUATERNION",)) -> Armature:
    """An armature with random bone axes."""
    rng = np.random.default_rng(seed)
    places = rest_pose(build)
    chains = {"s": chain(places, (*SPINE, "neck"), build.spine), "n": chain(places, ("neck", "head"), build.neck)}
    spine, neck = ([f"{letter}{k}" for k in range(len(heads))] for letter, heads in chains.items())
    present = [n for n in BODY_HANDS.names if n not in (*SPINE, "neck", *build.without)]
    heads = {joint: places[joint] for joint in present}
    heads["pelvis"] = heads["pelvis"] + np.array(build.pivot)
    heads |= {f"{letter}{k}": head for letter, found in chains.items() for k, head in enumerate(found)}
    parents: dict[str, str | None] = {"pelvis": None}
    for below, bone in zip(["pelvis", *spine, *neck], [*spine, *neck, "head"]):
        parents[bone] = below
    top = spine or ["pelvis"]
    for joint in present:
        if joint not in parents:
            above = SMPLX.names[SMPLX.parents[SMPLX.names.index(joint)]]
            while above in build.without:
                above = SMPLX.names[SMPLX.parents[SMPLX.names.index(above)]]
            parents[joint] = top[-1] if above == "spine3" else above
            if joint.endswith("_hip") and build.carried:
                parents[joint] = spine[0]
    rests = {}
    for bone in parents:
        rests[bone] = np.eye(4)
        rests[bone][:3, :3] = Rotation.random(random_state=rng.integers(1 << 30)).as_matrix()
        rests[bone][:3, 3] = build.size * build.axes @ heads[bone] + 0.3
    joints = {joint: joint for joint in present}
    fit = Fit(RigMap("made", "Made", {}), "names", joints, tuple(spine), tuple(neck), {}, (), {}, (), (), 1.0)
    return Armature(fit, rests, parents, {bone: modes[k % len(modes)] for k, bone in enumerate(parents)})


def gestures(frames: int = 40, seed: int = 3) -> Motion:
    """Every joint turning smoothly, by up to some fifty degrees; the root on its way."""
    rng = np.random.default_rng(seed)
    t = np.arange(frames)[:, None, None] / 12
    turns = 0.45 * np.sin(t * rng.uniform(0.5, 1.5, (55, 3)) + rng.uniform(0, 6, (55, 3)))
    q = Rotation.from_rotvec(turns.reshape(-1, 3)).as_quat()[:, [3, 0, 1, 2]].reshape(frames, 55, 4)
    q[:, 22:25] = [1, 0, 0, 0]
    return Motion(q, 0.2 * np.sin(t[:, 0] + np.arange(3)), 30.0, SMPLX).slice(0, frames)


def values_of(rig: Rig, motion: Motion, joints=SMPLX.names, **more) -> dict[tuple[str, str], np.ndarray]:
    return {(v.bone, v.channel): v.values for v in rig.values(motion, joints, **more)}


def along(places: Mapping[str, np.ndarray], a: str, b: str) -> np.ndarray:
    d = places[b] - places[a]
    return d / np.linalg.norm(d, axis=-1, keepdims=True)


LIMBS = [("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle")]
SEGMENTS = [(f"{s}_{a}", f"{s}_{b}") for s in SIDES for a, b in LIMBS]
SEGMENTS += [(f"{s}_{f}{k}", f"{s}_{f}{k + 1}") for s in SIDES for f in FINGERS for k in (1, 2)]
SEGMENTS += [(f"{s}_wrist", f"{s}_middle1") for s in SIDES]

BUILDS = {
    "T": Build(),
    "A": Build(droop=48, bent=5, curl=12),
    "centimetres": Build(droop=30, size=100.0, axes=np.eye(3)),
    "tilted": Build(droop=48, axes=TILTED),
    "long spine": Build(droop=48, bent=3, spine=5, neck=3),
    "short spine": Build(droop=20, spine=2, pivot=(0.0, -0.05, 0.03)),
    "toy": Build(droop=10, spine=1, neck=0, without=("left_collar", "right_collar")),
    "carried": Build(droop=48, spine=4, carried=True),
}


@pytest.mark.parametrize("modes", [("QUATERNION",), MODES], ids=["quaternions", "all modes"])
@pytest.mark.parametrize("build", BUILDS.values(), ids=BUILDS)
def test_bones_point_where_ours_point(build, modes):
    armature, motion = build_armature(build, modes=modes), gestures()
    rig = armature.rig()
    poses = armature.pose(values_of(rig, motion))
    found = {bone: pose[:, :3, 3] for bone, pose in poses.items()}
    ours = dict(zip(SMPLX.names, np.moveaxis(joint_positions(motion) @ build.axes.T, 1, 0)))
    for a, b in SEGMENTS:
        angle = np.arccos(np.clip(np.sum(along(found, a, b) * along(ours, a, b), axis=1), -1, 1))
        assert np.degrees(angle).max() < 0.05, (a, b)
    middle = [np.mean([places["left_hip"], places["right_hip"]], axis=0) for places in (found, ours)]
    moved = [place - place[:1] for place in middle]
    np.testing.assert_allclose(moved[0], rig.scale * moved[1], atol=2e-5 * build.size)


@pytest.mark.parametrize("build", BUILDS.values(), ids=BUILDS)
def test_head_chest_and_pelvis_turn_as_ours_do(build):
    armature, motion = build_armature(build), gestures()
    rig = armature.rig()
    poses = armature.pose(values_of(rig, motion))
    g = {"pelvis": motion.quaternions[:, 0]}
    turns = rig.turns(motion)
    for bone, pose in poses.items():
        turn = pose[:, :3, :3] @ armature.rests[bone][:3, :3].T
        np.testing.assert_allclose(turn, quaternion_to_matrix(turns[bone]), atol=1e-5)
    pelvis = build.axes @ quaternion_to_matrix(g["pelvis"]) @ build.axes.T
    np.testing.assert_allclose(quaternion_to_matrix(turns["pelvis"]), pelvis, atol=1e-6)
    if build.carried:
        np.testing.assert_allclose(turns["s0"], turns["pelvis"], atol=1e-12)
    if build.spine == 1:
        assert np.abs(turns["s0"] - turns["pelvis"]).max() > 0.1


def angles(first: Motion, second: Motion, joints) -> np.ndarray:
    rows = [SMPLX.index(joint) for joint in joints]
    a, b = (quaternion_to_matrix(m.quaternions[:, rows].astype(np.float64)) for m in (first, second))
    relative = np.swapaxes(a, -1, -2) @ b
    return np.degrees(Rotation.from_matrix(relative.reshape(-1, 3, 3)).magnitude())


@pytest.mark.parametrize("modes", [("QUATERNION",), MODES], ids=["quaternions", "all modes"])
@pytest.mark.parametrize("build", BUILDS.values(), ids=BUILDS)
def test_what_is_keyed_reads_as_the_motion_it_was_made_from(build, modes):
    """Key, pose, joint: to 0.01 degrees, of all joints that the armature tells."""
    armature, motion = build_armature(build, modes=modes), gestures()
    rig = armature.rig()
    keyed = values_of(rig, motion)
    rotations = {
        bone: channel_to_quaternion(armature.modes[bone], rows.astype(np.float64))
        for (bone, channel), rows in keyed.items()
        if channel != "location"
    }
    location = keyed["pelvis", "location"].astype(np.float64)
    back = rig.read(rotations, location, 30.0)
    n_free = build.spine - build.carried
    lost = {"left_collar", "right_collar", "jaw", "left_eye_smplhf", "right_eye_smplhf"} & {
        *build.without,
        *SMPLX.names[22:25],
    }
    if n_free < 3:
        lost |= set(SPINE)
    if not build.neck:
        lost |= {"neck", "head"}
    if build.without:
        lost |= {f"{side}_shoulder" for side in SIDES}
    assert angles(motion, back, [name for name in SMPLX.names if name not in lost]).max() < 0.01
    np.testing.assert_allclose(back.translation, motion.translation, atol=1e-5)
    # What was lost shows nowhere: the bones get the values that they were read from.
    for key, rows in values_of(rig, back).items():
        same = channel_to_quaternion(armature.modes[key[0]], rows.astype(np.float64)) if key[1] != "location" else rows
        before = rotations[key[0]] if key[1] != "location" else keyed[key]
        error = 1 - np.abs(np.sum(same * before, axis=1)) if key[1] != "location" else np.abs(same - before)
        assert np.max(error) < (1e-9 if key[1] != "location" else 2e-5 * build.size), key


def test_our_own_armature_has_the_motions_own_values():
    names = [name for name in SMPLX.names if name not in (*SPINE, "neck")]
    fit = Fit(own_map(), "names", {n: n for n in names}, SPINE, ("neck",), {}, (), {}, (), (), 1.0)
    rests = {name: np.eye(4) for name in SMPLX.names}
    for name, place in SMPLX.rest_places.items():
        rests[name][:3, 3] = place.astype(np.float32)
    follows = {n: Follow(SMPLX.names[p] if p >= 0 else None) for n, p in zip(SMPLX.names, SMPLX.parents)}
    rig = make_rig(fit, rests, dict.fromkeys(SMPLX.names, "QUATERNION"), follows)
    assert rig.is_ours and all(control.is_ours for control in rig.controls.values())
    motion = gestures()
    keyed = values_of(rig, motion)
    assert [bone for bone, channel in keyed] == [*SMPLX.names, "pelvis"]
    for j, name in enumerate(SMPLX.names):
        np.testing.assert_array_equal(keyed[name, "rotation_quaternion"], motion.quaternions[:, j])
    np.testing.assert_allclose(keyed["pelvis", "location"], motion.translation, rtol=1e-6)


def test_a_control_that_follows_two_turns_on_from_between_them():
    armature, motion = build_armature(BUILDS["A"]), gestures()
    follows = {bone: Follow(parent) for bone, parent in armature.parents.items()}
    follows["n0"] = Follow("pelvis", "s2", 0.5)
    rig = make_rig(armature.fit, armature.rests, armature.modes, follows)
    turns, keyed = rig.turns(motion), values_of(rig, motion)
    between = Rotation.concatenate([Rotation.identity()])
    for row in (0, 17, 39):
        pelvis, chest = (Rotation.from_matrix(quaternion_to_matrix(turns[b][row])) for b in ("pelvis", "s2"))
        between = Rotation.from_rotvec((chest * pelvis.inv()).as_rotvec() / 2) * pelvis
        rest = Rotation.from_matrix(armature.rests["n0"][:3, :3])
        basis = Rotation.from_quat(keyed["n0", "rotation_quaternion"][row][[1, 2, 3, 0]])
        found = (between * rest * basis * rest.inv()).as_matrix()
        np.testing.assert_allclose(found, quaternion_to_matrix(turns["n0"][row]), atol=1e-5)


def test_a_locked_control_is_not_keyed_and_the_next_one_takes_its_turn():
    armature, motion = build_armature(BUILDS["A"]), gestures()
    rig = armature.rig(still={"left_elbow", "left_collar"})
    keyed = values_of(rig, motion)
    assert not {("left_elbow", "rotation_quaternion"), ("left_collar", "rotation_quaternion")} & keyed.keys()
    poses = armature.pose(keyed)
    found = {bone: pose[:, :3, 3] for bone, pose in poses.items()}
    ours = dict(zip(SMPLX.names, np.moveaxis(joint_positions(motion) @ Z_UP.T, 1, 0)))
    for a, b in (("left_shoulder", "left_elbow"), ("left_wrist", "left_middle1")):
        np.testing.assert_allclose(along(found, a, b), along(ours, a, b), atol=1e-3)


def test_a_free_twist_bone_takes_half_of_the_twist():
    armature, motion = build_armature(BUILDS["A"]), gestures()
    armature.parents["twist"], armature.modes["twist"] = "left_elbow", "XYZ"
    armature.rests["twist"] = armature.rests["left_elbow"].copy()
    armature.fit.free_twist["left_wrist"] = "twist"
    rig = armature.rig()
    turns = rig.turns(motion)
    bone = armature.rests["left_wrist"][:3, 3] - armature.rests["left_elbow"][:3, 3]
    bone /= np.linalg.norm(bone)

    def twist(of: str) -> np.ndarray:
        relative = Rotation.from_quat(turns["left_elbow"][:, [1, 2, 3, 0]]).inv() * Rotation.from_quat(
            turns[of][:, [1, 2, 3, 0]]
        )
        q = relative.as_quat()
        return 2 * np.arctan2(q[:, :3] @ bone * np.sign(q[:, 3]), np.abs(q[:, 3]))

    np.testing.assert_allclose(twist("twist"), twist("left_wrist") / 2, atol=1e-6)
    assert np.abs(twist("left_wrist")).max() > 0.3
    assert ("twist", "rotation_euler") in values_of(rig, motion, {"left_wrist"})
    assert rig.told(["twist"]) == ()


def test_only_what_is_asked_for_is_keyed_and_told():
    rig, motion = build_armature(BUILDS["long spine"]).rig(), gestures(4)
    assert {bone for bone, _ in values_of(rig, motion, {"head", "jaw"})} == {"head"}
    assert [channel for _, channel in values_of(rig, motion, {"pelvis"})] == ["rotation_quaternion", "location"]
    assert {bone for bone, _ in values_of(rig, motion, set(SPINE))} == {f"s{k}" for k in range(5)}
    assert rig.told(["s0"]) == ("spine1",) and rig.told(["s1", "s4"]) == ("spine2", "spine3")
    assert rig.told(["n0"]) == ("neck",) and rig.told(["left_wrist"]) == ("left_wrist",)
    short, toy = build_armature(BUILDS["short spine"]).rig(), build_armature(BUILDS["toy"]).rig()
    assert short.told(["s0"]) == ("spine1", "spine2") and toy.told(["s0"]) == SPINE
    # It has no collars: what turns an arm there turns what ours does with the collar too.
    assert toy.told(["left_shoulder"]) == ("left_collar", "left_shoulder")


@pytest.mark.parametrize("mode", MODES)
def test_relative_to_an_idle_pose_that_pose_is_rest(mode):
    rig, motion = build_armature(BUILDS["A"], modes=(mode,)).rig(), gestures()
    for value in rig.values(motion, SMPLX.names, idle=motion.quaternions[0]):
        if value.channel != "location":
            still = channel_to_quaternion(mode, value.values[:1].astype(np.float64))
            np.testing.assert_allclose(np.abs(still), [[1, 0, 0, 0]], atol=1e-6)


def test_no_curve_jumps():
    rig = build_armature(BUILDS["A"], modes=MODES).rig()
    for value in rig.values(gestures(200), SMPLX.names):
        assert np.abs(np.diff(value.values, axis=0)).max() < (0.6 if value.mode == "AXIS_ANGLE" else 0.3), value.bone


def test_a_root_may_move_along_the_armatures_axes():
    armature, motion = build_armature(BUILDS["A"]), gestures()
    own, plain = armature.rig(), armature.rig(has_local_location=False)
    key = "pelvis", "location"
    there = values_of(own, motion)[key] @ armature.rests["pelvis"][:3, :3].T
    np.testing.assert_allclose(values_of(plain, motion)[key], there, atol=1e-6)
