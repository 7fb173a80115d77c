"""Any skeleton's motion on ours: the same directions in the world, whatever the file's zero pose is."""

import re

import numpy as np
import pytest
from recordings import POSES, SIDES, talking, write_bvh

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.motion import Motion
from a2g_core.body.retarget import face_front
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import BODY, BODY_HANDS
from a2g_core.errors import A2GError
from a2g_core.training.data.bvh import load_bvh_recording

FPS = 60.0
PEOPLE = ("T", "A", "arms down", "arms in front")
LIMBS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")


@pytest.fixture(scope="module")
def motion():
    return talking(3, FPS)


def world(motion) -> tuple[np.ndarray, np.ndarray]:
    """Positions and rotations of the motion turned to the front."""
    return forward_kinematics(quaternion_to_matrix(face_front(motion).quaternions.astype(np.float64)), motion.skeleton)


def angles_deg(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    cosine = (np.trace(np.swapaxes(a, -1, -2) @ b, axis1=-2, axis2=-1) - 1) / 2
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def bones(positions: np.ndarray, skeleton) -> np.ndarray:
    """Unit vectors (T, J - 1, 3) along every bone."""
    v = positions[:, 1:] - positions[:, list(skeleton.parents[1:])]
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


@pytest.mark.parametrize("pose", POSES)
def test_bones_point_where_they_did(tmp_path, motion, pose):
    write_bvh(tmp_path / "m.bvh", motion, POSES[pose])
    got = load_bvh_recording(tmp_path / "m.bvh")
    assert (got.fps, len(got), got.skeleton) == (FPS, len(motion), BODY_HANDS)
    ours, theirs = (bones(world(m)[0], BODY_HANDS) for m in (got, motion))
    apart = np.degrees(np.arccos(np.clip((ours * theirs).sum(-1), -1, 1))).max(axis=0)
    if pose not in PEOPLE:  # then a foot's own frame does not say where flat is; the mean over the recording does
        apart[[BODY_HANDS.index(f"{side}_foot") - 1 for side in SIDES]] -= 10
    assert apart.max() < 1.0, dict(zip(BODY_HANDS.names[1:], apart.round(1)))
    wrists = [BODY_HANDS.index(f"{side}_wrist") for side in SIDES]
    np.testing.assert_allclose(world(got)[0][:, wrists], world(motion)[0][:, wrists], atol=0.01)


@pytest.mark.parametrize("pose", PEOPLE)
def test_twists_survive(tmp_path, motion, pose):
    write_bvh(tmp_path / "m.bvh", motion, POSES[pose], spine=3)
    got = load_bvh_recording(tmp_path / "m.bvh")
    apart = angles_deg(world(got)[1], world(motion)[1]).max(axis=0)
    assert apart.max() < 2.5, dict(zip(BODY_HANDS.names, apart.round(1)))


def test_elbows_and_knees_bend_the_right_way_where_the_zero_pose_is_none_of_a_person(tmp_path, motion):
    write_bvh(tmp_path / "m.bvh", motion, POSES["bones along axes"])
    apart = angles_deg(world(load_bvh_recording(tmp_path / "m.bvh"))[1], world(motion)[1]).mean(axis=0)
    found = {n: apart[BODY_HANDS.index(f"{side}_{n}")] for side in SIDES for n in LIMBS}
    assert max(found.values()) < 12, found
    assert found["wrist"] < 1  # the knuckles say how the hand lies, in any zero pose


def test_other_proportions_and_axes_change_nothing_but_places(tmp_path, motion):
    scale = np.random.default_rng(0).uniform(0.8, 1.2, len(BODY_HANDS))
    for k, side in enumerate(BODY_HANDS.names):
        scale[k] = scale[BODY_HANDS.index(side.replace("right_", "left_"))]
    write_bvh(tmp_path / "m.bvh", motion, POSES["A"], scale=scale, z_up=True)
    got = load_bvh_recording(tmp_path / "m.bvh")
    arms = [BODY_HANDS.index(f"{side}_{n}") for side in SIDES for n in ("shoulder", "elbow", "wrist")]
    assert angles_deg(world(got)[1], world(motion)[1])[:, arms].max() < 6  # knuckles of other widths turn the palm
    ours, theirs = (bones(world(m)[0], BODY_HANDS) for m in (got, motion))
    cosine = (ours * theirs).sum(-1)[:, [BODY_HANDS.index(f"{s}_{n}") - 1 for s in SIDES for n in ("elbow", "wrist")]]
    assert np.degrees(np.arccos(np.clip(cosine, -1, 1))).max() < 1.0
    np.testing.assert_allclose(got.translation, face_front(motion).translation / _legs(scale), atol=2e-3)


def _legs(scale: np.ndarray) -> float:
    """How much longer the legs are."""
    length = np.linalg.norm(BODY_HANDS.offsets, axis=1)
    legs = [BODY_HANDS.index(f"left_{n}") for n in ("knee", "ankle")]
    return (length * scale)[legs].sum() / length[legs].sum()


def test_without_fingers_there_are_22_joints(tmp_path, motion):
    write_bvh(tmp_path / "m.bvh", motion, POSES["arms down"], fingers=False)
    got = load_bvh_recording(tmp_path / "m.bvh")
    assert got.skeleton == BODY
    ours, theirs = (bones(world(m)[0][:, :22], BODY) for m in (got, motion))
    assert np.degrees(np.arccos(np.clip((ours * theirs).sum(-1), -1, 1))).max() < 1.0


def test_namespaces_are_dropped_and_missing_joints_named(tmp_path, motion):
    write_bvh(tmp_path / "m.bvh", motion.slice(0, 5), POSES["T"])
    text = (tmp_path / "m.bvh").read_text()
    (tmp_path / "n.bvh").write_text(text.replace("JOINT ", "JOINT Actor:").replace("ROOT ", "ROOT Actor:"))
    np.testing.assert_array_equal(
        load_bvh_recording(tmp_path / "n.bvh").quaternions, load_bvh_recording(tmp_path / "m.bvh").quaternions
    )
    (tmp_path / "o.bvh").write_text(text.replace("JOINT LeftForeArm", "JOINT Left_Elbow"))
    with pytest.raises(A2GError, match="lacks the joints LeftForeArm; give a BVH"):
        load_bvh_recording(tmp_path / "o.bvh")


def test_feet_without_length_say_nothing(tmp_path, motion):
    scale = np.ones(len(BODY_HANDS))
    scale[[BODY_HANDS.index(f"{side}_foot") for side in SIDES]] = 0
    write_bvh(tmp_path / "m.bvh", motion.slice(0, 5), POSES["A"], scale=scale)
    assert len(load_bvh_recording(tmp_path / "m.bvh")) == 5


def test_left_handed_axes_are_refused(tmp_path, motion):
    """Mirrored along X, as an engine with such axes exports: left is where right should be."""
    write_bvh(tmp_path / "m.bvh", motion.slice(0, 5), POSES["A"])
    head, frames = (tmp_path / "m.bvh").read_text().split("MOTION")
    mirrored = re.sub(r"OFFSET (\S+)", lambda m: f"OFFSET {-float(m[1])}", head)
    (tmp_path / "m.bvh").write_text(mirrored + "MOTION" + frames)
    with pytest.raises(A2GError, match=r"'m\.bvh': its feet point backwards in its rest pose"):
        load_bvh_recording(tmp_path / "m.bvh")


def test_a_recording_that_leans_between_the_axes_is_refused(tmp_path, motion):
    leaning = motion.quaternions[:10].copy()
    leaning[:, 0] = (np.cos(np.pi / 8), np.sin(np.pi / 8), 0, 0)
    write_bvh(tmp_path / "m.bvh", Motion(leaning, motion.translation[:10], FPS, BODY_HANDS), POSES["T"])
    with pytest.raises(A2GError, match=r"'m\.bvh': it cannot be told which way is up"):
        load_bvh_recording(tmp_path / "m.bvh")


def test_bones_without_length_are_refused(tmp_path, motion):
    write_bvh(tmp_path / "m.bvh", motion.slice(0, 5), POSES["T"], scale=np.zeros(len(BODY_HANDS)))
    with pytest.raises(A2GError, match=r"'m\.bvh': two joints of the skeleton are in the same place"):
        load_bvh_recording(tmp_path / "m.bvh")
