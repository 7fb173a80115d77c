"""What the rest pose of an armature says: its axes, and whether it is a T-pose."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from a2g_core.body.rest import angle_between, armature_axes, posed_joints
from a2g_core.body.skeleton import BODY_HANDS, SMPLX

PLACES = BODY_HANDS.rest_places
Z_UP = Rotation.from_euler("x", 90, degrees=True).as_matrix()


def turned(rotation: np.ndarray, places=PLACES):
    """Joints of an armature whose rotation was applied, in centimetres and away from the origin."""
    return {joint: rotation @ (100.0 * place + 7.0) for joint, place in places.items()}


def own_bones(seed: int = 0) -> dict[str, np.ndarray]:
    """Each bone in an orientation of its own."""
    rotations = Rotation.random(len(PLACES), random_state=seed).as_matrix()
    return dict(zip(PLACES, rotations, strict=True))


def posed(joint: str, rotation: np.ndarray):
    """(places, rests): a joint posed together with what follows it, and the pose applied as the rest pose."""
    places, rests = dict(PLACES), {name: np.eye(3) for name in PLACES}
    for number, name in enumerate(SMPLX.names):
        parent = number
        while parent >= 0 and SMPLX.names[parent] != joint:
            parent = SMPLX.parents[parent]
        if name in places and parent >= 0:
            rests[name] = rotation
            places[name] = PLACES[joint] + rotation @ (PLACES[name] - PLACES[joint])
    return places, rests


@pytest.mark.parametrize("degrees", [0, 1, 30, 45, 100, -170])
@pytest.mark.parametrize("axis", ["y", "x", "z"])
@pytest.mark.parametrize("base", [np.eye(3), Z_UP], ids=["Y up", "Z up"])
@pytest.mark.parametrize("roll", [0, 90], ids=["smplx bones", "bones along another axis"])
def test_bones_of_one_orientation_tell_an_applied_rotation_exactly(degrees, axis, base, roll):
    rotation = Rotation.from_euler(axis, degrees, degrees=True).as_matrix() @ base
    bone = rotation @ Rotation.from_euler("z", roll, degrees=True).as_matrix()
    rests = dict.fromkeys(PLACES, bone)
    axes = armature_axes(turned(rotation), rests, PLACES)
    np.testing.assert_allclose(axes, rotation, atol=1e-6)
    assert posed_joints(turned(rotation), rests, axes, PLACES) == []


@pytest.mark.parametrize("degrees", [30, -75])
def test_joints_tell_it_where_each_bone_has_an_orientation_of_its_own(degrees):
    rotation = Rotation.from_euler("yx", [degrees, 20], degrees=True).as_matrix()
    rests = {joint: rotation @ rest for joint, rest in own_bones().items()}
    axes = armature_axes(turned(rotation), rests, PLACES)
    np.testing.assert_allclose(axes, rotation, atol=1e-6)
    assert posed_joints(turned(rotation), rests, axes, PLACES) == []


def test_whole_axes_stay_whole_for_bodies_of_another_build():
    """Joints up to 2 cm elsewhere: whole axes are the same bits as ever."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        places = {joint: place + rng.uniform(-0.02, 0.02, 3) for joint, place in PLACES.items()}
        axes = armature_axes(turned(Z_UP, places), own_bones(), PLACES)
        np.testing.assert_array_equal(axes, np.round(Z_UP))
        assert posed_joints(turned(Z_UP, places), own_bones(), axes, PLACES) == []


@pytest.mark.parametrize("joint", ["left_shoulder", "right_elbow", "left_hip", "spine1", "right_wrist"])
@pytest.mark.parametrize("degrees", [3, 12, 45, -60])
@pytest.mark.parametrize("axis", ["x", "z"])
def test_an_applied_pose_is_found_by_its_bones(joint, degrees, axis):
    rotation = Rotation.from_euler(axis, degrees, degrees=True).as_matrix()
    places, rests = posed(joint, rotation)
    axes = armature_axes(places, rests, PLACES)
    found = posed_joints(places, rests, axes, PLACES)
    assert found
    if joint in ("left_shoulder", "right_elbow", "right_wrist"):  # the rest of the body tells the axes
        np.testing.assert_allclose(axes, np.eye(3), atol=1e-6)
        assert joint in found


@pytest.mark.parametrize("degrees", [45, 60])
def test_an_a_pose_is_found_by_its_limbs(degrees):
    rotation = Rotation.from_euler("z", -degrees, degrees=True).as_matrix()
    places, _rests = posed("left_shoulder", rotation)
    axes = armature_axes(places, own_bones(), PLACES)
    assert posed_joints(places, own_bones(), axes, PLACES) == ["left_shoulder", "left_elbow"]


def test_bones_that_are_oriented_in_their_own_way_are_as_good_as_any():
    rests = {name: np.eye(3) for name in PLACES}
    for joint in ("left_wrist", "right_wrist", "left_ankle"):
        rests[joint] = Rotation.from_euler("z", 90, degrees=True).as_matrix()
    axes = armature_axes(PLACES, rests, PLACES)
    assert posed_joints(PLACES, rests, axes, PLACES) == []


def test_the_angle_between_rotations():
    for degrees in (0.0, 0.01, 90.0, 179.99):
        r = Rotation.from_euler("xyz", [10, 20, 30], degrees=True).as_matrix()
        s = r @ Rotation.from_rotvec(np.radians(degrees) * np.array([0.6, 0, 0.8])).as_matrix()
        assert np.degrees(angle_between(r, s)) == pytest.approx(degrees, abs=1e-4)
