"""SmartBody's clips: parsing small texts, and the real archive against its own skeletons."""

import io
import tarfile
from itertools import pairwise
from pathlib import Path

import made_data
import numpy as np
import pytest

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.rotations import axis_angle_to_quaternion, quaternion_to_matrix
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.errors import DataError
from a2g_core.training.data import smartbody
from a2g_core.training.data.smartbody_files import parse_bvh, parse_sk, parse_skm, read_files

COUNTS = {
    "made": (made_data.N_CLIPS, {"ChrBrad", "ChrGarza", "pnskeleton"}),
    "recorded": (231, {"ChrBrad", "ChrBrad2", "ChrConnor", "ChrGarza", "pnskeleton"}),
}

SKM = """channels 3
Hips XPos
Hips Quat
Spine Quat
frames 2
kt 0.0 fr 9 0 0 0 0.1 0.2 0.3
kt 0.1 fr 9 0 0 0 0.4 0.5 0.6
strokeStart time: 0.40
emphasis time: 1.066667
"""


@pytest.fixture(scope="module")
def archive(data) -> Path:
    return data.archive


@pytest.fixture(scope="module")
def clips(data):
    return data.clips()


def test_motion_text_gives_times_rotations_and_phases():
    skm = parse_skm(SKM, "x")
    np.testing.assert_allclose(skm.times_s, [0, 0.1])
    np.testing.assert_allclose(skm.rotations["Spine"], [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]])
    assert skm.phases == smartbody.Phases(stroke_start=0.4, emphasis=1.066667)


def test_phases_that_nobody_marked_are_none():
    assert parse_skm(SKM.replace("1.066667", "0.1"), "x").phases == smartbody.Phases()


@pytest.mark.parametrize("damaged", [SKM.replace(" 0.6", ""), SKM.replace("0.6", "nan"), SKM.replace("0.6", "?"), ""])
def test_damaged_motion_is_refused(damaged):
    with pytest.raises(DataError, match="damaged"):
        parse_skm(damaged, "x")


def test_skeleton_text_nests():
    text = """root A { offset 0 1 0
      prerot axis 0 0 2 ang 90
      joint B { offset 1 0 0
        prerot axis 0 0 0 ang 0 } """.replace(" }", "\n}\n}\n")
    a, b = parse_sk(text)
    assert (a.name, a.parent, b.name, b.parent) == ("A", -1, "B", 0)
    np.testing.assert_allclose(a.prerot @ b.offset, [0, 1, 0], atol=1e-9)


def test_bvh_text_is_in_centimetres_and_keeps_end_sites():
    text = "ROOT A\n{\nOFFSET 0 100 0\nJOINT B\n{\nOFFSET 10 0 0\nEnd Site\n{\nOFFSET 5 0 0\n}\n}\n}\nMOTION\n"
    joints = parse_bvh(text)
    assert [(joint.name, joint.parent) for joint in joints] == [("A", -1), ("B", 0), ("BEnd", 1)]
    np.testing.assert_allclose(joints[2].offset, [0.05, 0, 0])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("NegateLeftLowBt01", "negate"),
        ("me_intense2", "me"),
        ("", "idle"),
        ("WeightShift01", "shift"),
        ("BeatMidLf01", "beat"),
    ],
)
def test_kind_is_the_first_word(name, kind):
    assert smartbody.kind_of(name) == kind


def test_resampling_halves_an_angle():
    q = axis_angle_to_quaternion(np.array([[[0, 0, 0.0]], [[0, 0.8, 0]]]))
    half = smartbody.resample(q, np.array([0, 0.2]), np.array([0.1]))
    np.testing.assert_allclose(half, axis_angle_to_quaternion(np.array([[[0, 0.4, 0]]])), atol=1e-12)


def test_missing_and_foreign_archives_are_refused(tmp_path):
    with pytest.raises(DataError):
        smartbody.load_clips(tmp_path / "none.tar.xz")
    with pytest.raises(DataError, match="no gesture clips"):
        smartbody.load_clips(tmp_path)


def test_a_motion_without_skeleton_is_refused_and_nothing_is_written(tmp_path):
    path = tmp_path / "evil.tar.xz"
    with tarfile.open(path, "w:xz") as tar:
        member = tarfile.TarInfo("../../outside/motions/a.skm")
        member.size = len(SKM)
        tar.addfile(member, io.BytesIO(SKM.encode()))
    with pytest.raises(DataError, match="no skeleton"):
        smartbody.load_clips(path)
    assert [p.name for p in tmp_path.iterdir()] == ["evil.tar.xz"]


def test_every_clip_is_on_our_skeleton_and_faces_forward(clips, data):
    n_clips, performers = COUNTS[data.kind]
    assert len(clips) == n_clips and len({clip.id for clip in clips}) == n_clips
    assert {clip.performer for clip in clips} == performers
    for clip in clips:
        assert clip.motion.skeleton is BODY_HANDS and clip.motion.fps == 30
        np.testing.assert_allclose(np.linalg.norm(clip.motion.quaternions, axis=-1), 1, atol=1e-5)
        forward = quaternion_to_matrix(clip.motion.quaternions[0, 0])[:, 2]
        assert abs(forward[0]) < 1e-5 and forward[2] > 0.9
        assert not any(part in clip.name for part in smartbody.EXCLUDED)
        if clip.phases.emphasis is not None:
            assert 0 < clip.phases.emphasis < clip.motion.duration_s


def test_hands_hang_at_rest_and_elbows_bend_forward(clips):
    shifts = [clip for clip in clips if clip.kind == "shift"]
    assert len(shifts) >= 3
    for clip in shifts:
        p, _ = forward_kinematics(quaternion_to_matrix(clip.motion.quaternions[0]), BODY_HANDS)
        for side in ("left", "right"):
            shoulder, elbow, wrist = (p[BODY_HANDS.index(f"{side}_{n}")] for n in ("shoulder", "elbow", "wrist"))
            assert shoulder[1] > elbow[1] > wrist[1]
            assert wrist[2] > elbow[2]


@pytest.mark.parametrize("folder", ["Gestures", "FemaleGestures", "PNGestures"])
def test_bones_point_where_the_source_points(archive, folder):
    files = dict(read_files(archive))
    skeleton, text = next((p, t) for p, t in files.items() if p.parts[0] == folder and p.suffix in (".sk", ".bvh"))
    sk = skeleton.suffix == ".sk"
    rig = smartbody.Rig(parse_sk(text) if sk else parse_bvh(text), smartbody.SK_MAP if sk else smartbody.BVH_MAP)
    skm = parse_skm(next(t for p, t in files.items() if p.parts[0] == folder and p.suffix == ".skm"), "x")
    g, theirs = rig.world(skm.rotations, len(skm.times_s))
    forward = g[0, rig.source["pelvis"], :, 2]
    yaw = np.arctan2(forward[0], forward[2])
    turn = quaternion_to_matrix(axis_angle_to_quaternion(np.array([0, -yaw, 0])))
    ours, _ = forward_kinematics(quaternion_to_matrix(rig.retarget(skm)), BODY_HANDS)
    for side in ("left", "right"):
        chain = ("shoulder", "elbow", "wrist", "middle1", "middle2", "middle3")
        for a, b in (*pairwise(chain), ("hip", "knee"), ("knee", "ankle"), ("thumb1", "thumb2")):
            a, b = f"{side}_{a}", f"{side}_{b}"
            source = (theirs[:, rig.source[b]] - theirs[:, rig.source[a]]) @ turn.T
            bone = ours[:, BODY_HANDS.index(b)] - ours[:, BODY_HANDS.index(a)]
            cosine = np.sum(source * bone, axis=-1) / np.linalg.norm(source, axis=-1) / np.linalg.norm(bone, axis=-1)
            assert np.degrees(np.arccos(np.clip(cosine, -1, 1))).max() < 0.1, (a, b)
