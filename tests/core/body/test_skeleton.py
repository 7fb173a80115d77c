"""The skeletons as data: rest positions, subsets, body parts."""

import numpy as np
import pytest

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.skeleton import BODY, BODY_HANDS, BODY_PARTS, JOINT_SETS, SMPLX, SMPLX_NAMES, joints_of
from a2g_core.errors import MotionError


@pytest.mark.parametrize("skeleton", JOINT_SETS.values(), ids=len)
def test_rest_positions_are_those_of_unturned_joints(skeleton):
    unturned, _ = forward_kinematics(np.tile(np.eye(3), (len(skeleton), 1, 1)), skeleton)
    np.testing.assert_allclose(skeleton.rest_positions, unturned, atol=1e-15)
    assert list(skeleton.rest_places) == list(skeleton.names)
    np.testing.assert_array_equal(skeleton.rest_places["left_wrist"], unturned[skeleton.index("left_wrist")])
    with pytest.raises(ValueError, match="read-only"):
        skeleton.rest_positions[0] = 1


def test_joint_sets_are_known_by_their_size():
    assert {22: BODY, 52: BODY_HANDS, 55: SMPLX} == JOINT_SETS


def test_a_subset_keeps_its_order_and_needs_each_parent():
    arm = SMPLX.subset(["pelvis", "spine1", "spine2", "spine3", "left_collar", "neck"])
    assert arm.names[4:] == ("left_collar", "neck") and arm.parents == (-1, 0, 1, 2, 3, 3)
    assert arm.offsets[4] == SMPLX.offsets[SMPLX.index("left_collar")]
    with pytest.raises(MotionError, match="joint 'spine2' is kept without its parent 'spine1'"):
        SMPLX.subset(("pelvis", "spine2"))
    with pytest.raises(MotionError, match="no joint 'tail'"):
        SMPLX.subset(("pelvis", "tail"))


def test_every_joint_belongs_to_one_body_part():
    assert sorted(n for names in BODY_PARTS.values() for n in names) == sorted(SMPLX_NAMES)
    assert joints_of(["HEAD", "TORSO"]) == {*BODY_PARTS["HEAD"], *BODY_PARTS["TORSO"]}
    assert joints_of([]) == set()


def test_body_parts_keep_the_order_that_files_hold_them_in():
    """A .blend file keeps a choice of parts as bits: 1, 2, 4, 8, 16 in this order."""
    assert list(BODY_PARTS)[:5] == ["ARMS", "HANDS", "TORSO", "HEAD", "LEGS"]
