"""SMPL motions of AMASS and others, in their axes and shapes: the same motion, or a sentence."""

import numpy as np
import pytest
from recordings import talking
from scipy.spatial.transform import Rotation

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.skeleton import BODY, BODY_HANDS, PELVIS_HEIGHT_M, SMPLX
from a2g_core.errors import MotionError
from a2g_core.formats.registry import load_motion

UP = np.array((0, 1, 0))
WORLDS = {
    "Z up": Rotation.from_euler("x", 90, degrees=True),
    "Z down": Rotation.from_euler("x", -90, degrees=True),
    "Y down": Rotation.from_euler("x", 180, degrees=True),
    "X up": Rotation.from_euler("z", -90, degrees=True),
    "X down": Rotation.from_euler("z", 90, degrees=True),
}


@pytest.fixture(scope="module")
def motion() -> Motion:
    made = talking(1.0, 30.0)
    walk = np.linspace(0, 0.5, 30)[:, None] * (1, 0, 0.3) + (0.2, 0.01, -0.1)
    return Motion(made.quaternions, made.translation + walk, 30, BODY_HANDS)


def arrays(motion: Motion, world: Rotation | None = None) -> dict[str, np.ndarray]:
    """poses (T, 165) and trans as AMASS has them: in another world, trans is where the root is in it."""
    poses = np.zeros((len(motion), 55, 3))
    of_ours = [SMPLX.index(name) for name in motion.skeleton.names]
    flat = Rotation.from_quat(np.roll(motion.quaternions, -1, -1).reshape(-1, 4)).as_rotvec()
    poses[:, of_ours] = flat.reshape(len(motion), -1, 3)
    trans = motion.translation
    if world is not None:
        poses[:, 0] = (world * Rotation.from_rotvec(poses[:, 0])).as_rotvec()
        trans = world.apply(trans + PELVIS_HEIGHT_M * UP)
    return {"poses": poses.reshape(len(motion), -1), "trans": trans, "mocap_frame_rate": np.array(30.0)}


def loaded(tmp_path, **values) -> Motion:
    np.savez(tmp_path / "m.npz", **values)
    return load_motion(tmp_path / "m.npz")


def assert_same(got: Motion, motion: Motion) -> None:
    assert (len(got), got.fps) == (len(motion), 30)
    ours = [name for name in got.skeleton.names if name in motion.skeleton.names]
    a, b = ([m.skeleton.index(name) for name in ours] for m in (got, motion))
    np.testing.assert_allclose(joint_positions(got)[:, a], joint_positions(motion)[:, b], atol=1e-4)


@pytest.mark.parametrize("world", WORLDS)
def test_up_is_told_from_the_pose(tmp_path, motion, world):
    assert_same(loaded(tmp_path, **arrays(motion, WORLDS[world])), motion)


@pytest.mark.parametrize("up", ["Z", "z", "+Z"])
def test_a_stored_axis_is_believed(tmp_path, motion, up):
    """Also of somebody who lies, whose pose tells nothing."""
    laid = np.roll(Rotation.from_euler("x", -90, degrees=True).as_quat(), 1)
    quaternions = motion.quaternions.copy()
    quaternions[:, 0] = laid
    lying = Motion(quaternions, motion.translation - 0.8 * UP, 30, BODY_HANDS)
    assert_same(loaded(tmp_path, **arrays(lying, WORLDS["Z up"]), up_axis=np.array(up)), lying)
    with pytest.raises(MotionError, match="its 'up_axis' is 'W'; write X, Y or Z"):
        loaded(tmp_path, **arrays(lying), up_axis=np.array("w"))


def test_up_that_cannot_be_told_is_refused(tmp_path, motion):
    with pytest.raises(MotionError, match="cannot be told which way is up"):
        loaded(tmp_path, **arrays(motion, Rotation.from_euler("x", 45, degrees=True)))
    bent = motion.quaternions.copy()
    bent[:, 0] = (1, 0, 0, 0)
    bent[:, BODY_HANDS.index("spine1")] = np.roll(Rotation.from_euler("x", 95, degrees=True).as_quat(), 1)
    with pytest.raises(MotionError, match="cannot be told which way is up"):  # legs say Y, the trunk Z
        loaded(tmp_path, **arrays(Motion(bent, motion.translation, 30, BODY_HANDS)))
    laid = arrays(motion, WORLDS["Z up"])
    with pytest.raises(MotionError, match="cannot be told which way is up"):
        loaded(tmp_path, **laid | {"trans": np.tile((0.0, 0.15, 0.0), (30, 1))})


def test_bows_and_seats_are_upright(tmp_path, motion):
    bow = motion.quaternions.copy()
    bow[:, 0] = np.roll(Rotation.from_euler("x", 35, degrees=True).as_quat(), 1)
    seat = motion.quaternions.copy()
    for side in ("left", "right"):
        for joint, degrees in (("hip", -90), ("knee", 90)):
            turn = Rotation.from_euler("x", degrees, degrees=True)
            seat[:, BODY_HANDS.index(f"{side}_{joint}")] = np.roll(turn.as_quat(), 1)
    for quaternions in (bow, seat):
        made = Motion(quaternions, motion.translation, 30, BODY_HANDS)
        assert_same(loaded(tmp_path, **arrays(made)), made)
        assert_same(loaded(tmp_path, **arrays(made, WORLDS["Z up"])), made)


def test_body_models(tmp_path, motion):
    whole = arrays(motion)
    poses = whole["poses"]
    without_face = np.concatenate([poses[:, :66], poses[:, 75:]], axis=1)
    got = loaded(tmp_path, **whole | {"poses": without_face})
    assert got.skeleton == BODY_HANDS
    assert_same(got, motion)
    got = loaded(tmp_path, **whole | {"poses": poses[:, :72]})
    assert got.skeleton == BODY
    assert_same(got, motion)
    assert_same(loaded(tmp_path, **whole | {"poses": poses.reshape(30, 55, 3)}), motion)
    with pytest.raises(MotionError, match=r"shape \(30, 99\); give \(T, 165\), \(T, 156\) or \(T, 72\)"):
        loaded(tmp_path, **whole | {"poses": poses[:, :99]})


def test_the_parts_that_amass_names(tmp_path, motion):
    whole = arrays(motion, WORLDS["Z up"])
    edges = {"root_orient": (0, 3), "pose_body": (3, 66), "pose_jaw": (66, 69), "pose_eye": (69, 75)}
    parts = {name: whole["poses"][:, a:b] for name, (a, b) in edges.items()} | {"pose_hand": whole["poses"][:, 75:]}
    other = {name: whole[name] for name in ("trans", "mocap_frame_rate")}
    extra = {"gender": np.array("female"), "surface_model_type": np.array("smplx"), "betas": np.ones(16),
             "labels": np.array([{"evil": 1}], dtype=object)}  # fmt: skip
    got = loaded(tmp_path, **parts, **other, **extra)
    assert len(got.skeleton) == 55
    assert_same(got, motion)
    body = {name: parts[name] for name in ("root_orient", "pose_body")}
    assert loaded(tmp_path, **body, **other).skeleton == BODY
    assert loaded(tmp_path, **body, **other, pose_hand=parts["pose_hand"]).skeleton == BODY_HANDS
    got = loaded(tmp_path, **body, **other, pose_hand=parts["pose_hand"], pose_jaw=parts["pose_jaw"])
    assert got.skeleton.names == (*BODY.names, "jaw", *BODY_HANDS.names[22:])
    assert_same(got, motion)
    with pytest.raises(MotionError, match=r"'pose_body' has shape \(29, 63\)"):
        loaded(tmp_path, **other, root_orient=body["root_orient"], pose_body=body["pose_body"][1:])
    with pytest.raises(MotionError, match="it has no 'poses'"):
        loaded(tmp_path, **other, pose_body=body["pose_body"])


def test_frame_rates(tmp_path, motion):
    whole = arrays(motion)
    del whole["mocap_frame_rate"]
    for rate in (np.array(30), np.array([30.0]), np.array([[30]], np.int32)):
        assert loaded(tmp_path, **whole, mocap_frame_rate=rate).fps == 30
        assert loaded(tmp_path, **whole, mocap_framerate=rate).fps == 30
    assert loaded(tmp_path, **whole, mocap_time_length=np.array([1.0])).fps == 30
    for rate, sentence in (
        (np.array([30.0, 30.0]), r"'mocap_frame_rate' has shape \(2,\)"),
        (np.array("thirty"), "'mocap_frame_rate' holds no numbers"),
        (np.array(0.0), "the frame rate is 0"),
        (np.array(np.nan), "the frame rate is nan"),
    ):
        with pytest.raises(MotionError, match=f"^'m.npz': {sentence}"):
            loaded(tmp_path, **whole, mocap_frame_rate=rate)
    with pytest.raises(MotionError, match="it has no 'mocap_frame_rate'"):
        loaded(tmp_path, **whole)


def test_what_does_not_fit_is_refused(tmp_path, motion):
    whole = arrays(motion)
    for spoilt, sentence in (
        ({"trans": whole["trans"][1:]}, r"translation has shape \(29, 3\)"),
        ({"trans": np.array(["a"] * 30)}, "'trans' holds no numbers"),
        ({"poses": np.full((30, 165), np.nan)}, "values that are not finite"),
        ({"poses": whole["poses"][:0]}, "it has no frames"),
        ({"poses": whole["poses"].astype(complex)}, "'poses' holds no numbers"),
    ):
        with pytest.raises(MotionError, match=sentence):
            loaded(tmp_path, **whole | spoilt)
