import math

import numpy as np
import pytest

from a2g_core.body.skeleton import BODY, PELVIS_HEIGHT_M
from a2g_core.errors import DataError
from a2g_core.evaluation.feet import ground_error_cm, skating_share, sliding_speed_cm_s

FPS = 30.0
LEFT, RIGHT = BODY.index("left_foot"), BODY.index("right_foot")


def standing(frames: int = 61) -> np.ndarray:
    """The rest pose, (T, 22, 3)."""
    return np.repeat(BODY.rest_positions[None], frames, axis=0)


def move(positions: np.ndarray, side: str, offset: np.ndarray) -> np.ndarray:
    out = positions.copy()
    for joint in ("ankle", "foot"):
        out[:, BODY.index(f"{side}_{joint}")] += offset
    return out


def path(x=0.0, y=0.0, z=0.0, frames: int = 61) -> np.ndarray:
    return np.arange(frames)[:, None] * np.array([[x, y, z]]) / FPS


def test_standing_still_is_perfect():
    assert sliding_speed_cm_s(standing(), FPS, BODY) == 0
    assert skating_share(standing(), FPS, BODY) == 0
    assert ground_error_cm(standing(), BODY) == pytest.approx(0, abs=1e-9)


def test_a_drift_slides_at_its_own_speed_whatever_its_direction():
    slides = standing() + path(x=0.03, z=0.04)[:, None]
    assert sliding_speed_cm_s(slides, FPS, BODY) == pytest.approx(5)
    assert skating_share(slides, FPS, BODY) == 0  # 1.7 mm a frame
    fast = standing() + path(x=0.24, z=0.32)[:, None]
    assert sliding_speed_cm_s(fast, FPS, BODY) == pytest.approx(40) and skating_share(fast, FPS, BODY) == 1
    just_below, just_above = (standing() + path(x=speed)[:, None] for speed in (0.299, 0.301))
    assert skating_share(just_below, FPS, BODY) == 0 and skating_share(just_above, FPS, BODY) == 1
    assert ground_error_cm(fast, BODY) == pytest.approx(0, abs=1e-9)


def test_a_lifted_foot_may_move_and_the_other_may_not():
    lifted = move(standing(), "left", path(x=0.5) + np.array([0, 0.1, 0]))
    assert sliding_speed_cm_s(lifted, FPS, BODY) == 0 and skating_share(lifted, FPS, BODY) == 0
    dragged = move(standing(), "left", path(x=0.5))
    assert sliding_speed_cm_s(dragged, FPS, BODY) == pytest.approx(25)
    assert skating_share(dragged, FPS, BODY) == 0.5


def test_floating_and_sinking_are_errors_of_the_ground_alone():
    for height in (0.03, -0.03):
        off = standing() + np.array([0, height, 0])
        assert ground_error_cm(off, BODY) == pytest.approx(3)
        assert sliding_speed_cm_s(off, FPS, BODY) == 0
    assert math.isnan(skating_share(standing() + np.array([0, 0.2, 0]), FPS, BODY))


def test_skating_in_loops_on_a_random_walk():
    rng = np.random.default_rng(0)
    positions = standing(200) + 0.02 * rng.standard_normal((200, 22, 3))
    contacts = skates = 0
    for t in range(199):
        for side in ("left", "right"):
            ankle, ball = (positions[:, BODY.index(f"{side}_{n}")] for n in ("ankle", "foot"))
            if ankle[t, 1] + PELVIS_HEIGHT_M <= 0.08 and ball[t, 1] + PELVIS_HEIGHT_M <= 0.05:
                contacts += 1
                steps = [math.hypot(p[t + 1, 0] - p[t, 0], p[t + 1, 2] - p[t, 2]) for p in (ankle, ball)]
                skates += max(steps) > 0.01
    assert 0 < skates < contacts
    assert skating_share(positions, FPS, BODY) == pytest.approx(skates / contacts)


def test_the_frame_rate_does_not_change_what_skates():
    slow, fast = standing() + path(x=0.4)[:, None], standing(121) + path(x=0.2, frames=121)[:, None]
    assert skating_share(slow, FPS, BODY) == skating_share(fast, 2 * FPS, BODY) == 1


def test_one_frame_is_too_short():
    with pytest.raises(DataError, match="too short"):
        ground_error_cm(standing(1), BODY)
