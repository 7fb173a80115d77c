from __future__ import annotations

import numpy as np
import pytest

from a2g_core.body.motion import Motion
from a2g_core.body.skeleton import SMPLX
from a2g_core.gestures.library import library
from a2g_core.gestures.peak import reached_s
from a2g_core.gestures.picture import picture


def _turning(joint: str, angles: np.ndarray) -> Motion:
    quaternions = np.zeros((len(angles), len(SMPLX), 4), np.float32)
    quaternions[..., 0] = 1
    quaternions[:, SMPLX.index(joint), 0] = np.cos(angles / 2)
    quaternions[:, SMPLX.index(joint), 3] = np.sin(angles / 2)
    return Motion(quaternions, np.zeros((len(angles), 3), np.float32), 30.0, SMPLX)


@pytest.mark.parametrize(("joint", "hand"), [("left_shoulder", "left"), ("right_elbow", "both"), ("head", "head")])
def test_the_peak_is_when_it_first_arrives(joint, hand):
    angles = np.concatenate([np.zeros(10), np.linspace(0, 1, 21), np.full(30, 1.0), np.linspace(1, 0, 20)])
    at = reached_s(_turning(joint, angles), hand) * 30
    assert 27 <= at <= 30


def test_pictures_tell_gestures_apart_and_colour_what_moves():
    pictures = {name: picture(library()[name], 64) for name in ("wave", "no", "me", "nod", "stop one hand")}
    for one in pictures.values():
        assert one.shape == (64, 64, 4) and one.dtype == np.float32 and (one[..., 3] == 1).all()
        assert one.min() >= 0 and one.max() <= 1
        assert ((one[..., 0] - one[..., 2]) > 0.4).sum() > 20  # the coloured part
    names = list(pictures)
    assert all(np.abs(pictures[a] - pictures[b]).max() > 0.2 for a in names for b in names if a < b)


def test_the_left_hand_is_seen_on_the_right():
    left, right = (picture(library()["wave"].with_hand(hand), 64) for hand in ("left", "right"))
    coloured = [np.flatnonzero(((p[..., 0] - p[..., 2]) > 0.4).any(0)).mean() for p in (left, right)]
    assert coloured[0] > 36 and coloured[1] < 28
