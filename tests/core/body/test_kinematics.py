import numpy as np
import pytest
import torch
from scipy.spatial.transform import Rotation

from a2g_core.body.kinematics import forward_kinematics, ground_translation
from a2g_core.body.motion import Skeleton
from a2g_core.body.skeleton import BODY, BODY_HANDS, BODY_PARTS, PELVIS_HEIGHT_M, SMPLX, SMPLX_NAMES, mirror_name
from a2g_core.errors import MotionError


def _reference(rotations: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """Eq. 8 as resolved, joint by joint in float64."""
    positions, globals_ = np.zeros((len(skeleton), 3)), [None] * len(skeleton)
    for j, parent in enumerate(skeleton.parents):
        if parent < 0:
            globals_[j] = rotations[j]
            continue
        positions[j] = positions[parent] + globals_[parent] @ np.array(skeleton.offsets[j])
        globals_[j] = globals_[parent] @ rotations[j]
    return positions


@pytest.mark.parametrize("skeleton", [BODY, BODY_HANDS, SMPLX], ids=len)
def test_forward_kinematics_agrees_with_a_float64_reference(skeleton):
    rotations = Rotation.random(5 * len(skeleton), random_state=3).as_matrix().reshape(5, len(skeleton), 3, 3)
    wanted = np.stack([_reference(frame, skeleton) for frame in rotations])
    np.testing.assert_allclose(forward_kinematics(rotations.astype(np.float32), skeleton)[0], wanted, atol=2e-6)
    np.testing.assert_allclose(forward_kinematics(torch.from_numpy(rotations), skeleton)[0].numpy(), wanted, atol=1e-12)


def test_eq8_turns_an_offset_by_the_parent_not_by_the_joint_itself():
    rotations = np.tile(np.eye(3), (22, 1, 1))
    elbow, wrist = BODY.index("left_elbow"), BODY.index("left_wrist")
    rest = forward_kinematics(rotations, BODY)[0]
    rotations[wrist] = Rotation.from_rotvec([0, 0, 1.0]).as_matrix()
    np.testing.assert_allclose(
        forward_kinematics(rotations, BODY)[0], rest, atol=1e-12
    )  # its own turn moves no joint above
    rotations[elbow] = Rotation.from_rotvec([0, 0, np.pi / 2]).as_matrix()
    bent = forward_kinematics(rotations, BODY)[0]
    assert bent[wrist][1] - bent[elbow][1] == pytest.approx(0.25, abs=0.01)  # the forearm points up


def test_the_skeleton_is_a_symmetric_person():
    positions = forward_kinematics(np.tile(np.eye(3), (55, 1, 1)), SMPLX)[0]
    for name in SMPLX_NAMES:
        mirrored = positions[SMPLX.index(mirror_name(name))] * (-1, 1, 1)
        np.testing.assert_allclose(positions[SMPLX.index(name)], mirrored, atol=1e-9)
    assert positions[SMPLX.index("left_wrist")][0] > 0.6
    assert 1.5 < positions[SMPLX.index("head")][1] + PELVIS_HEIGHT_M < 1.65
    assert 0 < positions[SMPLX.index("left_foot")][1] + PELVIS_HEIGHT_M < 0.04
    assert sorted(n for names in BODY_PARTS.values() for n in names) == sorted(SMPLX_NAMES)


def test_feet_stay_where_they_stand():
    rotations = np.tile(np.eye(3), (3, 22, 1, 1))
    rotations[1:, 0] = Rotation.from_rotvec([[0, 0, 0.1], [0, 0, 0.2]]).as_matrix()
    shift = ground_translation(rotations, BODY)
    np.testing.assert_allclose(shift[0], 0, atol=1e-12)
    positions = forward_kinematics(rotations, BODY)[0] + shift[:, None]
    ankles = (positions[:, BODY.index("left_ankle")] + positions[:, BODY.index("right_ankle")]) / 2
    np.testing.assert_allclose(ankles[:, [0, 2]], ankles[:1, [0, 2]].repeat(3, 0), atol=1e-9)
    lowest = positions[:, [BODY.index("left_foot"), BODY.index("right_foot")], 1].min(1)
    np.testing.assert_allclose(lowest, lowest[0], atol=1e-9)


def test_a_skeleton_out_of_order_is_refused():
    with pytest.raises(MotionError, match="parent before its children"):
        Skeleton(("a", "b"), (-1, 1), ((0, 0, 0), (0, 1, 0)))
