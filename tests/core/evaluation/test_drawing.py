"""What is drawn: that it is the motion, by one camera for all, and that videos are whole and end with the motion."""

import re
import subprocess

import numpy as np
import pytest
import soundfile
from PIL import Image

from a2g_core.body.keypoints import project_keypoints
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion, multiply_quaternions
from a2g_core.body.skeleton import BODY, BODY_HANDS, JOINT_SETS, PELVIS_HEIGHT_M, SMPLX
from a2g_core.errors import A2GError, MotionError
from a2g_core.evaluation import drawing
from a2g_core.evaluation.drawing import draw_frames, draw_keypoint_frames, draw_keypoints_video, draw_sheet, draw_video
from a2g_core.evaluation.video import ffmpeg_path, write_video

SMALL = (120, 120)


def arms_down(n=1, skeleton=BODY_HANDS, **turned) -> Motion:
    """Standing, arms hanging, and some joints turned: name=(axis angle)."""
    pose = np.zeros((n, len(skeleton), 3))
    pose[:, skeleton.index("left_shoulder"), 2], pose[:, skeleton.index("right_shoulder"), 2] = -1.3, 1.3
    for name, angle in turned.items():
        pose[:, skeleton.index(name)] = angle
    return Motion(axis_angle_to_quaternion(pose), np.zeros((n, 3)), 30.0, skeleton)


def picture(motion: Motion, **options) -> np.ndarray:
    positions, rotations = drawing.view_of(motion)
    options = {"size": SMALL, "rotations": rotations, **options}
    return next(iter(draw_frames(positions[:1], motion.skeleton, **options))).astype(int)


def changed(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Rows and columns (n, 2) of the pixels that differ."""
    return np.argwhere(np.abs(a - b).sum(-1) > 60)


@pytest.mark.parametrize("joints", JOINT_SETS)
def test_draws_every_joint_set_the_same_way_up(joints):
    image = picture(arms_down(skeleton=JOINT_SETS[joints]))
    assert image.shape == (120, 120, 3)
    figure = np.argwhere(image[:, :, 0] - image[:, :, 2] > 20)  # skin is warm, the backdrop grey
    rows, columns = figure.min(0), figure.max(0)
    assert 5 < rows[0] < 20 and 108 < columns[0] < 119  # head to foot fills the picture
    head = figure[figure[:, 0] < rows[0] + 12]
    assert np.ptp(head[:, 1]) < 16 and abs(head[:, 1].mean() - 60) < 4


def test_the_left_arm_is_right_in_the_picture_and_moves_alone():
    where = changed(picture(arms_down()), picture(arms_down(left_shoulder=(0, 0, 0.4))))
    assert len(where) > 100 and where[:, 1].min() > 60


def test_what_is_near_hides_what_is_far():
    """A hand before the chest changes the picture there from the front, and not from behind."""
    hanging = arms_down()
    bent = arms_down(left_elbow=(0, -2.0, 0)).quaternions.copy()
    shoulder = BODY_HANDS.index("left_shoulder")
    inwards = axis_angle_to_quaternion(np.array((0, -0.9, 0)))
    bent[0, shoulder] = multiply_quaternions(inwards, bent[0, shoulder])
    before_chest = Motion(bent, hanging.translation, 30.0, BODY_HANDS)
    wrist = drawing.view_of(before_chest)[0][0, BODY_HANDS.index("left_wrist")]
    assert abs(wrist[0]) < 0.1 and wrist[2] > 0.12
    counts = []
    for azimuth_deg in (0.0, 180.0):
        camera = drawing.Camera(SMALL, azimuth_deg)
        x, y = (camera.project(camera.view(wrist + np.array((0, PELVIS_HEIGHT_M, 0)))) / 2).astype(int)
        a, b = (picture(m, azimuth_deg=azimuth_deg)[y - 3 : y + 4, x - 3 : x + 4] for m in (hanging, before_chest))
        counts.append(len(changed(a, b)))
    assert counts[0] > 10 and counts[1] == 0


def test_the_camera_stands_still():
    """Two motions of which one moves the root: the floor in the corner is the same to the bit, the figure is not."""
    motion = arms_down(40)
    moved = Motion(motion.quaternions, np.linspace(0, [0.2, 0, 0], 40), 30.0, BODY_HANDS)
    a, b = (list(draw_frames(*drawing.view_of(m)[:1], BODY_HANDS, size=SMALL)) for m in (motion, moved))
    assert len(a) == len(b) == 40
    assert np.array_equal(a[0], b[0]) and not np.array_equal(a[39], b[39])
    assert np.array_equal(a[39][-8:, :20], b[39][-8:, :20])


def test_rotations_turn_the_head_and_the_bare_hands():
    straight = arms_down(skeleton=BODY)
    for joint, rows in (("head", (0, 30)), ("left_wrist", (45, 80))):
        where = changed(picture(straight), picture(arms_down(skeleton=BODY, **{joint: (0, 1.2, 0)})))
        assert len(where) > 5 and rows[0] <= where[:, 0].min() and where[:, 0].max() < rows[1]


def test_eyes_tell_where_the_head_looks():
    plain, turned = arms_down(skeleton=SMPLX), arms_down(skeleton=SMPLX, head=(0, 0.7, 0))
    with_rotations, without = (picture(turned, **o) for o in ({}, {"rotations": None}))
    where = changed(with_rotations, without)
    assert len(where[where[:, 0] < 30]) < 5  # down to the neck; positions do not tell how arms are twisted
    assert len(changed(without, picture(plain, rotations=None))) > 10


def test_a_foot_in_the_air_has_a_weaker_shadow():
    camera = drawing.Camera(SMALL, 0.0)
    joints = np.zeros((5, 3), np.float32)
    joints[0, 1] = PELVIS_HEIGHT_M
    dark = []
    for height_m in (0.08, 0.6):
        joints[1:, 1] = height_m
        image = drawing.paint_backdrop(camera).copy()
        drawing.paint_shadows(image, camera, joints)
        dark.append(np.asarray(image).astype(int).sum())
    assert dark[0] < dark[1]


def test_refuses_what_it_cannot_draw():
    positions = np.zeros((2, 52, 3), np.float32)
    with pytest.raises(MotionError, match="52"):
        next(iter(draw_frames(positions[:, :22], BODY_HANDS)))
    with pytest.raises(MotionError, match="no joint"):
        next(iter(draw_frames(positions[:, :7], BODY_HANDS.subset(BODY_HANDS.names[:7]))))
    positions[1, 3] = np.nan
    with pytest.raises(MotionError, match="finite"):
        next(iter(draw_frames(positions, BODY_HANDS)))


def test_sheet_holds_the_frames_that_its_times_say(tmp_path):
    turning = np.stack([arms_down(left_shoulder=(0, 0, a)).quaternions[0] for a in np.linspace(-1.3, 0.4, 61)])
    motion = Motion(turning, np.zeros((61, 3)), 30.0, BODY_HANDS)
    positions, rotations = drawing.view_of(motion)
    draw_sheet(
        tmp_path / "new" / "sheet.png", positions, BODY_HANDS, 30.0, columns=2, rows=2, title="A title", size=SMALL,
        rotations=rotations,
    )  # fmt: skip
    sheet = np.asarray(Image.open(tmp_path / "new" / "sheet.png")).astype(int)
    assert sheet.shape == (40 + 240, 240, 3)
    last = next(iter(draw_frames(positions[60:], BODY_HANDS, rotations=rotations[60:], size=SMALL)))
    assert np.abs(sheet[-90:, 120:] - last[-90:]).max() == 0  # below its label the last cell is the last frame
    with pytest.raises(A2GError, match="empty"):
        draw_sheet(tmp_path / "sheet.png", positions, BODY_HANDS, 30.0, columns=0, rows=2)


# --- videos ------------------------------------------------------------


def probe(path) -> str:
    return subprocess.run([ffmpeg_path(), "-hide_banner", "-i", str(path)], capture_output=True, text=True).stderr


def decoded(path) -> list[np.ndarray]:
    width, height = map(int, re.search(r"Video: .*? (\d{2,5})x(\d{2,5})", probe(path)).groups())
    command = [ffmpeg_path(), "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return list(np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3).astype(int))


def heard(path) -> np.ndarray:
    command = [ffmpeg_path(), "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-ar", "16000", "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.float32)


@pytest.fixture
def beep(tmp_path):
    """3 s of silence with a tone from 1.0 s to 1.1 s."""
    at = np.arange(48000) / 16000
    path = tmp_path / "beep.wav"
    soundfile.write(path, 0.5 * np.sin(2 * np.pi * 440 * at) * ((at >= 1.0) & (at < 1.1)), 16000)
    return path


@pytest.mark.parametrize(("start_s", "at_s"), [(0.0, 1.0), (0.5, 0.5), (-0.25, 1.25)])
def test_video_is_whole_and_its_sound_in_time(tmp_path, beep, start_s, at_s):
    positions, rotations = drawing.view_of(arms_down(45))
    path = tmp_path / "videos" / "a.mp4"
    draw_video(path, positions, BODY_HANDS, 30, rotations=rotations, audio=beep, audio_start_s=start_s, size=SMALL)
    said = probe(path)
    assert "h264" in said and "yuv420p" in said and "aac" in said and "120x120" in said and "30 fps" in said
    frames = decoded(path)
    assert len(frames) == 45
    assert np.abs(frames[0] - picture(arms_down())).mean() < 4
    sound = heard(path)
    assert len(sound) / 16000 == pytest.approx(1.5, abs=0.07)
    assert np.flatnonzero(np.abs(sound) > 0.1)[0] / 16000 == pytest.approx(at_s, abs=0.03)
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")  # faststart
    assert list(path.parent.iterdir()) == [path]


def test_sound_shorter_than_the_motion_does_not_shorten_it(tmp_path, beep):
    positions, _ = drawing.view_of(arms_down(60))
    draw_video(tmp_path / "a.mp4", positions, BODY_HANDS, 15, audio=beep, size=SMALL)
    assert len(decoded(tmp_path / "a.mp4")) == 60 and "15 fps" in probe(tmp_path / "a.mp4")


def test_a_video_that_fails_says_why_and_leaves_nothing(tmp_path):
    frame = np.zeros((16, 16, 3), np.uint8)
    noise = tmp_path / "noise.wav"
    noise.write_bytes(b"this is no sound")
    with pytest.raises(A2GError, match="ffmpeg could not write"):
        write_video(tmp_path / "a.mp4", [frame] * 3, 30, audio=noise)
    with pytest.raises(A2GError, match="no sound file"):
        write_video(tmp_path / "a.mp4", [frame], 30, audio=tmp_path / "none.wav")
    with pytest.raises(A2GError, match="no frames"):
        write_video(tmp_path / "a.mp4", [], 30)
    with pytest.raises(A2GError, match="even"):
        write_video(tmp_path / "a.mp4", [frame[:15]], 30)

    def interrupted():
        yield frame
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_video(tmp_path / "a.mp4", interrupted(), 30)
    assert list(tmp_path.iterdir()) == [noise]


# --- key points --------------------------------------------------------


def test_key_points_are_drawn_at_one_scale_and_sides_apart(tmp_path):
    positions, _ = drawing.view_of(arms_down(8))
    points = project_keypoints(positions, BODY_HANDS, 640.0)
    image = next(iter(draw_keypoint_frames(points, size=SMALL))).astype(int)
    blue, orange = (np.argwhere(image[:, :, a] - image[:, :, b] > 80) for a, b in ((2, 0), (0, 2)))
    assert len(blue) > 50 and len(orange) > 50
    assert blue[:, 1].min() > 60 > orange[:, 1].max()  # the left hand is right in the picture
    twice = next(iter(draw_keypoint_frames(2 * points + 300, size=SMALL)))
    assert np.abs(twice - image).max() < 3  # its own shoulders are the measure, its own neck the middle
    same_scale = next(iter(draw_keypoint_frames(0.5 * points, shoulders=218.0, size=SMALL)))
    assert np.abs(same_scale - image).max() > 100
    draw_keypoints_video(tmp_path / "a.mp4", points, 15, size=SMALL)
    assert len(decoded(tmp_path / "a.mp4")) == 8
    with pytest.raises(MotionError, match="49"):
        next(iter(draw_keypoint_frames(points[:, :48])))
