"""Poses as lines of JSON are read back to the bit, also where the last line was cut off."""

from __future__ import annotations

import numpy as np
import pytest

from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY
from a2g_core.errors import MotionError
from a2g_core.live.lines import frames, head, read_lines

RNG = np.random.default_rng(1)
MOTION = Motion(
    axis_angle_to_quaternion(RNG.normal(0, 1, (600, len(BODY), 3))), RNG.normal(0, 1, (600, 3)), 29.97, BODY
)


@pytest.fixture
def log(tmp_path):
    def write(*rows: str, end: str = "\n") -> list[Motion]:
        path = tmp_path / "poses.jsonl"
        path.write_text("\n".join(rows) + end, encoding="utf-8")
        return list(read_lines(path))

    return write


def test_every_number_keeps_its_bits(log):
    parts = log(head(MOTION), *frames(MOTION, 0))
    assert len(parts) > 2 and parts[0].skeleton == BODY and parts[0].fps == 29.97
    assert np.concatenate([p.quaternions for p in parts]).tobytes() == MOTION.quaternions.tobytes()
    assert np.concatenate([p.translation for p in parts]).tobytes() == MOTION.translation.tobytes()


def test_a_last_line_that_was_cut_off_is_left_out(log):
    rows = list(frames(MOTION, 0))[:4]
    (part,) = log(head(MOTION), *rows[:3], rows[3][:100], end="")
    assert len(part) == 3


def test_what_holds_no_poses_is_refused(log, tmp_path):
    rows = list(frames(MOTION, 0))[:4]
    with pytest.raises(MotionError, match="lacks frame 2"):
        log(head(MOTION), rows[0], rows[1], rows[3])
    for bad in (["{}"], ["[1"], [head(MOTION), "{}"], [head(MOTION), rows[0].replace("0.", "x.", 1)], ["nan"]):
        with pytest.raises(MotionError, match="holds no poses"):
            log(*bad)
    with pytest.raises(MotionError, match="has no frames"):
        log(head(MOTION))
    with pytest.raises(MotionError, match="there are no lines"):
        list(read_lines(tmp_path / "none.jsonl"))
