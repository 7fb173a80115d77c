"""BVH files in any axes, unit, rest pose and spelling: the same motion, or a sentence."""

import re

import numpy as np
import pytest
from own_bvh import Z_UP, write_own_bvh
from recordings import talking
from scipy.spatial.transform import Rotation

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion, Skeleton
from a2g_core.body.rotations import multiply_quaternions
from a2g_core.body.skeleton import BODY, BODY_HANDS
from a2g_core.errors import MotionError
from a2g_core.formats.registry import load_motion

MEASURED = ("pelvis", "head", "left_wrist", "right_wrist", "left_ankle", "right_ankle", "left_index3")
ARMS_DOWN = Rotation.from_euler("z", -50, degrees=True)


def turned(axis: str, degrees: float) -> Rotation:
    return Rotation.from_euler(axis, degrees, degrees=True)


@pytest.fixture(scope="module")
def motion() -> Motion:
    """Somebody who talks, walks half a metre and turns a little."""
    made = talking(1.0, 30.0)
    yaw = np.roll(Rotation.from_rotvec(np.outer(np.linspace(0, 0.5, 30), (0, 1, 0))).as_quat(), 1, -1)
    quaternions = made.quaternions.copy()
    quaternions[:, 0] = multiply_quaternions(yaw.astype(np.float32), quaternions[:, 0])
    walk = np.linspace(0, 0.5, 30)[:, None] * (1, 0, 0.3) + (0.2, 0.01, -0.1)
    return Motion(quaternions, made.translation + walk, 30, BODY_HANDS)


def assert_same(got: Motion, motion: Motion, names=MEASURED, degrees: float = 0.1) -> None:
    """Within 1 mm and a tenth of a degree."""
    assert (len(got), got.fps) == (len(motion), pytest.approx(motion.fps))
    for name in names:
        apart = joint_positions(got)[:, got.skeleton.index(name)] - joint_positions(motion)[:, BODY_HANDS.index(name)]
        assert np.linalg.norm(apart, axis=1).max() < 0.001, name
    of_ours = [got.skeleton.index(name) for name in motion.skeleton.names]
    cosine = np.abs((got.quaternions[:, of_ours].astype(float) * motion.quaternions).sum(-1))
    norms = np.linalg.norm(got.quaternions[:, of_ours].astype(float), axis=-1)
    assert np.degrees(2 * np.arccos(np.clip(cosine / norms, -1, 1))).max() < degrees


@pytest.mark.parametrize("per_metre", [1.0, 39.3700787, 100.0, 1000.0])
@pytest.mark.parametrize(
    "axes",
    [
        turned("x", 0), Z_UP, turned("z", 90) * Z_UP, turned("z", 180) * Z_UP, turned("y", 90), turned("y", 180),
        turned("z", -90), turned("z", 90), turned("x", 180), turned("x", -90), Rotation.from_rotvec((0.4, 1.1, -0.7)),
        turned("y", 10),
    ],
    ids=["Y up", "Z up", "Z up, X forward", "Z up, Y forward", "X forward", "-Z forward", "X up", "-X up", "Y down",
         "Z down", "along no axis", "nearly along the axes"],
)  # fmt: skip
def test_axes_and_unit_are_told_from_the_skeleton(tmp_path, motion, axes, per_metre):
    write_own_bvh(tmp_path / "m.bvh", motion, axes=axes, per_metre=per_metre, order="XYZ")
    assert_same(load_motion(tmp_path / "m.bvh"), motion)


@pytest.mark.parametrize("order", ["XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX"])
def test_channel_orders(tmp_path, motion, order):
    write_own_bvh(tmp_path / "m.bvh", motion, order=order)
    assert_same(load_motion(tmp_path / "m.bvh"), motion)


def test_a_root_that_turns_an_upright_skeleton_into_another_world(tmp_path, motion):
    write_own_bvh(tmp_path / "m.bvh", motion, world=Z_UP, per_metre=1)
    assert_same(load_motion(tmp_path / "m.bvh"), motion)


def test_another_rest_pose_is_taken_into_account(tmp_path, motion):
    """Arms that hang in the rest pose, and hands with them. How they are turned about their bones is not told."""
    zero = {}
    for name in BODY_HANDS.names:
        if name.startswith("left") and name.split("_")[1] not in ("hip", "knee", "ankle", "foot", "collar"):
            zero[name], zero[name.replace("left", "right")] = ARMS_DOWN, ARMS_DOWN.inv()
    write_own_bvh(tmp_path / "m.bvh", motion, axes=Z_UP, zero=zero)
    assert_same(load_motion(tmp_path / "m.bvh"), motion, degrees=1.5)


def test_a_neck_that_lies_further_forward_is_no_lean(tmp_path, motion):
    """Another body in the same pose turns as ours does."""
    offsets = [tuple(1.3 * x for x in offset) for offset in BODY_HANDS.offsets]
    x, y, z = offsets[BODY_HANDS.index("neck")]
    offsets[BODY_HANDS.index("neck")] = x, y, z + 0.08
    other = Skeleton(BODY_HANDS.names, BODY_HANDS.parents, tuple(offsets))
    write_own_bvh(tmp_path / "m.bvh", Motion(motion.quaternions, motion.translation, 30, other), axes=Z_UP)
    got = load_motion(tmp_path / "m.bvh")
    np.testing.assert_allclose(got.quaternions, motion.quaternions, atol=1e-4)
    travel = motion.translation - motion.translation[0]
    np.testing.assert_allclose(got.translation - got.translation[0], travel / 1.3, atol=1e-4)


def test_joints_above_and_between_ours_are_composed_into_them(tmp_path, motion):
    write_own_bvh(tmp_path / "above.bvh", motion, above=turned("z", 40))
    assert_same(load_motion(tmp_path / "above.bvh"), motion)
    write_own_bvh(tmp_path / "m.bvh", motion)
    head, frames = (tmp_path / "m.bvh").read_text().split("MOTION")
    # The elbow's channels go to a joint of another name that takes its place; the elbow itself turns nothing.
    elbow = re.search(r"JOINT left_elbow\n\{\n(OFFSET .*)\n(CHANNELS .*)\n", head)
    twist = f"JOINT left_elbow_twist\n{{\n{elbow[1]}\n{elbow[2]}\nJOINT left_elbow\n{{\nOFFSET 0 0 0\nCHANNELS 0\n"
    head = head.replace(elbow[0], twist).replace("}\nJOINT right_collar", "}\n}\nJOINT right_collar")
    (tmp_path / "between.bvh").write_text(head + "MOTION" + frames)
    assert_same(load_motion(tmp_path / "between.bvh"), motion)


def test_without_positions_there_is_no_travel(tmp_path, motion):
    write_own_bvh(tmp_path / "m.bvh", motion)
    head, frames = (tmp_path / "m.bvh").read_text().split("MOTION")
    head = head.replace("CHANNELS 6 Xposition Yposition Zposition", "CHANNELS 3")
    *times, rows = frames.split("\n", 3)
    rows = "\n".join(" ".join(row.split()[3:]) for row in rows.splitlines())
    (tmp_path / "m.bvh").write_text(head + "MOTION" + "\n".join([*times, rows]) + "\n")
    got = load_motion(tmp_path / "m.bvh")
    assert not got.translation.any()
    assert_same(got, Motion(motion.quaternions, 0 * motion.translation, 30, BODY_HANDS))


def test_positions_may_be_changes_of_the_offset(tmp_path, motion):
    """All joints with six channels, as some programs write them: places from the parent, or changes of them."""
    write_own_bvh(tmp_path / "m.bvh", motion)
    head, frames = (tmp_path / "m.bvh").read_text().split("MOTION")
    *times, rows = frames.split("\n", 3)
    offsets = [np.array(words.split(), float) for words in re.findall(r"JOINT \w+\n\{\nOFFSET (.*)", head)]
    head = head.replace("CHANNELS 3 ", "CHANNELS 6 Xposition Yposition Zposition")
    for share in (0, 1):
        values = [np.array(row.split(), float) for row in rows.splitlines()]
        wide = [
            np.concatenate(
                [v[:6], *(np.concatenate([share * o, v[6 + 3 * k : 9 + 3 * k]]) for k, o in enumerate(offsets))]
            )
            for v in values
        ]
        text = "\n".join(" ".join(f"{x:.6f}" for x in row) for row in wide)
        (tmp_path / f"{share}.bvh").write_text(head + "MOTION" + "\n".join([*times, text]) + "\n")
        assert_same(load_motion(tmp_path / f"{share}.bvh"), motion)


SPELLINGS = {
    "capitals": lambda text: text.replace("position", "POSITION").replace("rotation", "ROTATION"),
    "small letters": lambda text: re.sub("[A-Z]{4,}|End", lambda m: m[0].lower(), text),
    "spaces": lambda text: re.sub(r"(ROOT|JOINT) (\w+)", lambda m: f"{m[1]} {m[2].replace('_', ' ')}", text),
    "namespace": lambda text: re.sub(r"(ROOT|JOINT) ", r"\1 Actor:", text),
    "SMPL's names": lambda text: re.sub(r"(ROOT|JOINT) (\w+)", lambda m: f"{m[1]} {_smpl(m[2])}", text),
    "Windows": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "braces behind names": lambda text: re.sub(r"\n\{", " {", text),
    "no End Site": lambda text: re.sub(r"End Site\n\{\n.*\n\}\n", "", text),
    "named End Site": lambda text: text.replace("End Site", "End Site tip"),
    "decimal commas": lambda text: re.sub(r"(\d)\.(\d)", r"\1,\2", text),
    "frames on several lines": lambda text: _broken(text),
    "tabs and blank lines": lambda text: text.replace(" ", "\t").replace("\n", "\n\n"),
    "commas between numbers": lambda text: _with_commas(text),
}  # fmt: skip


def _smpl(name: str) -> str:
    return name.replace("left_", "L_").replace("right_", "R_").title()


def _broken(text: str) -> str:
    head, frames = text.split("Frame Time:")
    time, rows = frames.split("\n", 1)
    return f"{head}Frame Time:{time}\n" + "\n".join(re.sub(r"((\S+ ){20})", r"\1\n", row) for row in rows.splitlines())


def _with_commas(text: str) -> str:
    head, frames = text.split("Frame Time:")
    time, rows = frames.split("\n", 1)
    return f"{head}Frame Time:{time}\n" + rows.replace(" ", ", ")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings(tmp_path, motion, spelling):
    write_own_bvh(tmp_path / "m.bvh", motion)
    text = (tmp_path / "m.bvh").read_text()
    changed = SPELLINGS[spelling](text)
    assert changed != text
    (tmp_path / "other.bvh").write_bytes(changed.encode())
    (tmp_path / "utf16.bvh").write_bytes(changed.removeprefix("\ufeff").encode("utf-16"))
    plain = load_motion(tmp_path / "m.bvh")
    for name in ("other.bvh", "utf16.bvh"):
        got = load_motion(tmp_path / name)
        np.testing.assert_array_equal(got.quaternions, plain.quaternions)
        np.testing.assert_array_equal(got.translation, plain.translation)


FAULTS = {
    "a misspelt channel": (lambda t: t.replace("Zrotation", "Zrotaton", 1), "has a channel 'Zrotaton'"),
    "too few channels announced": (lambda t: t.replace("CHANNELS 3", "CHANNELS 2", 1), "has 'Yrotation' between"),
    "too many channels announced": (lambda t: t.replace("CHANNELS 3", "CHANNELS 4", 1), "has a channel '"),
    "a joint twice": (lambda t: t.replace("right_knee", "left_knee"), "has 2 joints named 'left_knee'"),
    "a joint in two spellings": (lambda t: t.replace("right_knee", "L_Knee"), "has two joints for 'left_knee'"),
    "time 0": (lambda t: re.sub("Frame Time: .*", "Frame Time: 0", t), "has a frame time of 0 s"),
    "time -1": (lambda t: re.sub("Frame Time: .*", "Frame Time: -1", t), "has a frame time of -1 s"),
    "no time": (lambda t: re.sub("Frame Time: .*", "", t), "does not say 'Frames:' and 'Frame Time:'"),
    "no number": (lambda t: re.sub("OFFSET .*", "OFFSET nan 0 0", t, count=1), "has 'nan' where a number belongs"),
    "a value that is none": (lambda t: t.rstrip().rsplit(" ", 1)[0] + " inf\n", "has values that are not finite"),
    "cut": (lambda t: t[: len(t) * 2 // 3], r"has \d+ numbers where 30 frames need 4770"),
    "no frames": (lambda t: re.sub("Frames: 30(.*\n.*\n)(.|\n)*", r"Frames: 0\1", t), "has no frames"),
    "a missing brace": (lambda t: t.replace("{\nOFFSET", "OFFSET", 1), "has no opening brace after the joint 'pelvis'"),
    "no name": (lambda t: t.replace("JOINT left_hip", "JOINT"), "has a joint without a name"),
    "far too many joints": (lambda t: _with_ends(t, 70_000), "has 300 frames of 70065 joints, which is too much"),
    "another kind of file": (lambda t: "<html>" + t, "is damaged or not a BVH file"),
    "other joints": (lambda t: t.replace("ROOT pelvis", "ROOT Hips"), "has no joint 'pelvis'"),
}  # fmt: skip


def _with_ends(text: str, count: int) -> str:
    """Ten times as long, with so many more End Sites, which cost nothing in the file's frames."""
    head, rows = text.replace("Frames: 30", "Frames: 300").split("Frame Time:")
    time, rows = rows.split("\n", 1)
    head = head.replace("JOINT left_hip", "End Site\n{\n}\n" * count + "JOINT left_hip")
    return f"{head}Frame Time:{time}\n{rows * 10}"


def test_a_deep_hierarchy(tmp_path, motion):
    """Deeper than Python's stack."""
    write_own_bvh(tmp_path / "m.bvh", motion)
    head, frames = (tmp_path / "m.bvh").read_text().split("MOTION")
    above = "".join(f"JOINT above{k}\n{{\nOFFSET 0 0 0\n" for k in range(3000)).replace("JOINT", "ROOT", 1)
    head = head.replace("ROOT pelvis", f"{above}JOINT pelvis") + "}\n" * 3000
    (tmp_path / "deep.bvh").write_text(head + "MOTION" + frames)
    assert_same(load_motion(tmp_path / "deep.bvh"), motion)


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_named(tmp_path, motion, fault):
    write_own_bvh(tmp_path / "m.bvh", motion)
    spoil, sentence = FAULTS[fault]
    (tmp_path / "m.bvh").write_text(spoil((tmp_path / "m.bvh").read_text()))
    with pytest.raises(MotionError, match=f"^'m.bvh' {sentence}"):
        load_motion(tmp_path / "m.bvh")


def test_what_cannot_be_told_is_refused(tmp_path, motion):
    only = tmp_path / "pelvis.bvh"
    only.write_text(
        "HIERARCHY\nROOT pelvis\n{\nOFFSET 0 0 0\nCHANNELS 6 XPOSITION YPOSITION ZPOSITION ZROTATION XROTATION "
        "YROTATION\nEnd Site\n{\nOFFSET 0 10 0\n}\n}\nMOTION\nFrames: 2\nFrame Time: 0.03\n0 95 0 0 0 0\n0 95 0 0 9 0\n"
    )
    with pytest.raises(MotionError, match="up cannot be told without 'spine3', 'neck' or 'head'"):
        load_motion(only)
    write_own_bvh(tmp_path / "lean.bvh", motion, world=turned("x", 45))
    with pytest.raises(MotionError, match="cannot be told which way is up"):
        load_motion(tmp_path / "lean.bvh")
    lying = Motion(motion.quaternions.copy(), 0 * motion.translation + (0, 0.15 - 0.955, 0), 30, BODY_HANDS)
    laid = np.roll(turned("x", -90).as_quat(), 1).astype(np.float32)
    lying.quaternions[:, 0] = multiply_quaternions(laid, lying.quaternions[:, 0])
    write_own_bvh(tmp_path / "lying.bvh", lying)
    with pytest.raises(MotionError, match="cannot be told which way is up"):
        load_motion(tmp_path / "lying.bvh")
    upside_down = motion.quaternions.copy()
    upside_down[:, 0] = (0, 0, 0, 1)
    write_own_bvh(tmp_path / "hands.bvh", Motion(upside_down, motion.translation, 30, BODY_HANDS))
    with pytest.raises(MotionError, match="cannot be told which way is up"):
        load_motion(tmp_path / "hands.bvh")
    write_own_bvh(tmp_path / "m.bvh", motion)
    swapped = re.sub("left_|right_", lambda m: {"left_": "right_", "right_": "left_"}[m[0]],
                     (tmp_path / "m.bvh").read_text())  # fmt: skip
    (tmp_path / "swapped.bvh").write_text(swapped)
    with pytest.raises(MotionError, match="feet point backwards"):
        load_motion(tmp_path / "swapped.bvh")


def test_other_peoples_names_are_not_taken_for_ours(tmp_path, motion):
    """A `Left Shoulder` followed by a `Left Arm` is what we call a collar; half of the joints are not a body."""
    write_own_bvh(tmp_path / "m.bvh", motion)
    text = (tmp_path / "m.bvh").read_text()
    theirs = {"shoulder": "Arm", "collar": "Shoulder", "elbow": "Fore Arm", "wrist": "Hand"}
    renamed = re.sub(r"left_(shoulder|collar|elbow|wrist)", lambda m: f"Left {theirs[m[1]]}", text)
    (tmp_path / "arm.bvh").write_text(renamed)
    with pytest.raises(MotionError, match="has a joint 'left_shoulder' but none named 'left_elbow'; give a whole body"):
        load_motion(tmp_path / "arm.bvh")
    unreal = re.sub(r"(left|right)_(\w+)", lambda m: f"{m[2]}_{m[1][0]}", text)
    (tmp_path / "unreal.bvh").write_text(unreal)
    with pytest.raises(MotionError, match="left cannot be told without 'left_hip' and 'right_hip'; give a whole body"):
        load_motion(tmp_path / "unreal.bvh")


def test_joints_that_a_file_lacks_stay_free(tmp_path, motion):
    body = Motion(motion.quaternions[:, :22], motion.translation, 30, BODY)
    write_own_bvh(tmp_path / "m.bvh", body, axes=Z_UP)
    got = load_motion(tmp_path / "m.bvh")
    assert got.skeleton.names == BODY.names
    assert_same(got, body, MEASURED[:-1])
