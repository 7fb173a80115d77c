from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from small_models import random_model
from voices import babble

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.skeleton import BODY, SMPLX
from a2g_core.errors import MotionError
from a2g_core.formats.registry import load_motion, save_motion
from a2g_core.model.config import PRODUCT
from a2g_core.performing.generate import generate

SMALL52 = PRODUCT.replace(audio_channels=(8,) * 4, motion_channels=(8,) * 4, decoder_channels=(8,) * 4)


@pytest.fixture(scope="module")
def motion() -> Motion:
    """Of somebody who stands: whether random weights stand upright would be chance."""
    model = random_model(SMALL52)
    return generate(babble(3), replace(model, motion_std=0.1 * model.motion_std, stances=0 * model.stances), fps=25)


@pytest.mark.parametrize("ending", ["npz", "bvh"])
def test_what_is_written_is_read(tmp_path, motion, ending):
    save_motion(motion, tmp_path / f"m.{ending}")
    back = load_motion(tmp_path / f"m.{ending}")
    assert (len(back), back.fps) == (len(motion), pytest.approx(25))
    keep = [back.skeleton.index(n) for n in motion.skeleton.names]
    np.testing.assert_allclose(joint_positions(back)[:, keep], joint_positions(motion), atol=1e-5)
    sign = np.sign((back.quaternions[:, keep] * motion.quaternions).sum(-1, keepdims=True))
    np.testing.assert_allclose(sign * back.quaternions[:, keep], motion.quaternions, atol=1e-5)


def test_an_npz_is_read_as_it_was_written(tmp_path, motion):
    save_motion(motion, tmp_path / "m.npz")
    back = load_motion(tmp_path / "m.npz")
    np.testing.assert_array_equal(back.translation, motion.translation)
    save_motion(back, tmp_path / "again.npz")
    again = load_motion(tmp_path / "again.npz")
    np.testing.assert_allclose(again.quaternions, back.quaternions, atol=1e-6)
    np.testing.assert_array_equal(again.translation, back.translation)
    with np.load(tmp_path / "m.npz") as first, np.load(tmp_path / "again.npz") as second:
        assert first.files == second.files
        assert all(np.array_equal(first[n], second[n]) for n in first.files if n != "poses")


@pytest.mark.parametrize("ending", ["npz", "bvh"])
def test_a_take_of_ours_is_not_stood_up(tmp_path, motion, ending):
    """Whatever the body does in it: the file is known to have Y up."""
    quaternions = motion.quaternions.copy()
    quaternions[:, :1] = np.roll(Rotation.from_euler("x", -90, degrees=True).as_quat(), 1)
    quaternions[:, 1:] = (1, 0, 0, 0)
    lying = Motion(quaternions, np.tile((0.0, -0.8, 0.0), (len(motion), 1)), 25, motion.skeleton)
    save_motion(lying, tmp_path / f"m.{ending}", sign=True)
    back = load_motion(tmp_path / f"m.{ending}")
    keep = [back.skeleton.index(n) for n in motion.skeleton.names]
    np.testing.assert_allclose(joint_positions(back)[:, keep], joint_positions(lying), atol=1e-5)


def test_npz_has_the_amass_keys(tmp_path, motion):
    save_motion(motion, tmp_path / "m.npz")
    with np.load(tmp_path / "m.npz", allow_pickle=False) as file:
        assert file["poses"].shape == (75, 165) and file["trans"].shape == (75, 3)
        assert str(file["gender"]) == "neutral" and file["mocap_frame_rate"] == 25 and "betas" in file
        theirs = Rotation.from_rotvec(file["poses"].reshape(-1, 3)).as_matrix().reshape(75, 55, 3, 3)
    assert np.abs(theirs[:, 22:25] - np.eye(3)).max() == 0  # jaw and eyes are not ours to move
    from a2g_core.body.rotations import quaternion_to_matrix

    np.testing.assert_allclose(theirs[:, :22], quaternion_to_matrix(motion.quaternions)[:, :22], atol=1e-5)


def test_bvh_agrees_with_an_independent_reading_of_its_angles(tmp_path):
    rotations = Rotation.random(40 * 22, random_state=0)
    motion = Motion(np.roll(rotations.as_quat(), 1, -1).reshape(40, 22, 4), np.zeros((40, 3)), 30, BODY)
    save_motion(motion, tmp_path / "m.bvh")
    text = (tmp_path / "m.bvh").read_text()
    first = np.array(text.split("Frame Time:")[1].split("\n")[1].split(), float)
    names = [line.split()[1] for line in text.splitlines() if line.strip().startswith(("ROOT", "JOINT"))]
    for k, name in enumerate(names):
        theirs = Rotation.from_euler("ZXY", first[3 + 3 * k : 6 + 3 * k], degrees=True).as_matrix()
        np.testing.assert_allclose(theirs, rotations[BODY.index(name)].as_matrix(), atol=1e-5)


def test_bad_clips_say_what_to_do(tmp_path, motion):
    with pytest.raises(MotionError, match="there is no clip"):
        load_motion(tmp_path / "none.npz")
    with pytest.raises(MotionError, match=r"cannot be written to 'a.fbx'; give a file in \.bvh .* or \.npz"):
        save_motion(motion, tmp_path / "a.fbx")
    for name, data in (("a.npz", b"nonsense"), ("a.bvh", b"HIERARCHY ROOT"), ("b.bvh", b"\x00\xff" * 50)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(MotionError, match="; "):
            load_motion(tmp_path / name)
    np.savez(tmp_path / "short.npz", poses=np.zeros((5, 66)), mocap_frame_rate=30)
    with pytest.raises(MotionError, match=r"shape \(5, 66\)"):
        load_motion(tmp_path / "short.npz")
    np.savez(tmp_path / "pickle.npz", poses=np.array([{"evil": 1}], dtype=object), mocap_frame_rate=30)
    with pytest.raises(MotionError, match="not a SMPL-X motion"):
        load_motion(tmp_path / "pickle.npz")
    with pytest.raises(MotionError, match="not finite"):
        Motion(np.full((3, 55, 4), np.nan), np.zeros((3, 3)), 30, SMPLX)
