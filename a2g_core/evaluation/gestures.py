"""What hands do: how high, how fast, how differently, where they begin and end, whether they enter the body.

None of these numbers is good or bad by itself: it should lie within people's range (`people`). None hears the speech.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.signal import find_peaks

from ..body.contact import hand_depths_m
from ..body.kinematics import joint_positions
from ..body.motion import Motion, Skeleton
from ..body.rotations import quaternion_to_matrix
from ..body.skeleton import BODY_PARTS
from ..errors import DataError
from .dynamics import derivative

NUMBERS: dict[str, str] = {
    "hand_height_95_cm": "height of the wrists above the pelvis, 95th percentile, cm",
    "both_hands_up": "share of time with both wrists 5 cm above the pelvis or higher",
    "wrist_speed_90_m_s": "90th percentile of the wrists' speed, m/s",
    "wrist_jerk_median_m_s3": "median of the wrists' jerk, m/s³",
    "finger_speed_90_deg_s": "90th percentile over frames of the finger joints' mean turning speed, degrees/s",
    "begins_at_rest": "share of takes whose first frame has both wrists within 3 cm of rest",
    "ends_at_rest": "the same, last frame",
    "in_body_share": "share of frames with a hand more than 1 cm in the trunk or a thigh",
}
"""Description of each number of `measure_hands`."""

DISTINCT_M = 0.12
"""Two strokes that differ by less, root mean square over window and wrists, are the same gesture."""

_UP_CM = 5.0
_REST_M = 0.03
_STILL_M_S = 0.1
_IN_BODY_M = 0.01
_WINDOW_S = 1.2
_STROKE_M_S, _STROKE_RISE_M_S, _STROKES_APART_S = 0.25, 0.15, 0.25
_FINGERS = BODY_PARTS["HANDS"]


def measure_hands(motion: Motion) -> dict[str, float]:
    """All of `NUMBERS` for one take; finger speed is nan for a body without fingers. DataError below four frames."""
    if len(motion) < 4:
        raise DataError("{frames} frames are too short to measure hands", "give longer motion", frames=len(motion))
    p = joint_positions(motion) - motion.translation[:, None]
    wrists = p[:, _wrists(motion.skeleton)]
    height_cm = 100 * (wrists[..., 1] - p[:, [motion.skeleton.index("pelvis")], 1])
    first, last = rest_distances_m(wrists, motion.fps)[[0, -1]]
    return {
        "hand_height_95_cm": float(np.percentile(height_cm, 95)),
        "both_hands_up": float((height_cm.min(axis=1) > _UP_CM).mean()),
        "wrist_speed_90_m_s": float(np.percentile(derivative(wrists, motion.fps, 1), 90)),
        "wrist_jerk_median_m_s3": float(np.median(derivative(wrists, motion.fps, 3))),
        "finger_speed_90_deg_s": finger_speed_deg_s(motion, 90),
        "begins_at_rest": float(first <= _REST_M), "ends_at_rest": float(last <= _REST_M),
        "in_body_share": float((depth_in_body_m(motion) > _IN_BODY_M).mean()),
    }  # fmt: skip


def rest_distances_m(wrists: np.ndarray, fps: float) -> np.ndarray:
    """How far the wrists (T, 2, 3), in metres from the pelvis, are from rest: (T,), of the further wrist.

    Rest is where a take keeps still most with its hands down, no more than 5 cm over the pelvis: for each wrist, the
    place with most still frames within 3 cm. A hand that is never still and down has its rest wherever it is stillest.
    """
    speed = np.linalg.norm(np.gradient(wrists, 1 / fps, axis=0), axis=-1)
    rest = np.stack([_densest(wrists[:, k], speed[:, k]) for k in range(2)])
    return np.linalg.norm(wrists - rest, axis=-1).max(axis=1)


def _densest(place: np.ndarray, speed: np.ndarray) -> np.ndarray:
    slow, low = speed < _STILL_M_S, 100 * place[:, 1] <= _UP_CM
    still = next((place[chosen] for chosen in (slow & low, slow) if chosen.any()), place)
    centres = still[:: max(1, len(still) // 400)]
    near = [(np.linalg.norm(still - centre, axis=-1) < _REST_M).sum() for centre in centres]
    best = centres[int(np.argmax(near))]
    return still[np.linalg.norm(still - best, axis=-1) < _REST_M].mean(axis=0)


def finger_speed_deg_s(motion: Motion, percent: float) -> float:
    """Percentile over frames of the mean turning speed of the finger joints; nan where there are none."""
    fingers = [j for j, name in enumerate(motion.skeleton.names) if name in _FINGERS]
    if not fingers:
        return float("nan")
    q = np.asarray(motion.quaternions[:, fingers], np.float64)
    turned = 2 * np.degrees(np.arccos(np.clip(np.abs((q[1:] * q[:-1]).sum(axis=-1)), 0, 1)))
    return float(np.percentile(turned.mean(axis=1) * motion.fps, percent))


def depth_in_body_m(motion: Motion) -> np.ndarray:
    """How deep the deeper hand is in trunk or thighs, (T,) metres. Without fingers, they are held straight."""
    return hand_depths_m(quaternion_to_matrix(motion.quaternions.astype(np.float64)), motion.skeleton).max(axis=1)


def strokes(wrists: np.ndarray, fps: float) -> np.ndarray:
    """Frames in which a stroke is fastest: peaks of the faster wrist's speed, above 0.25 m/s. wrists: (T, 2, 3)."""
    speed = np.linalg.norm(np.gradient(np.asarray(wrists, np.float64), 1 / fps, axis=0), axis=-1).max(axis=1)
    speed = gaussian_filter1d(speed, fps / 30)
    apart = max(1, round(_STROKES_APART_S * fps))
    return find_peaks(speed, height=_STROKE_M_S, prominence=_STROKE_RISE_M_S, distance=apart)[0]


def distinct_gestures(motions: Sequence[Motion]) -> int:
    """How many different gestures these motions show, together.

    Each stroke is a window of 1.2 s about its fastest moment, of both wrists relative to the chest; one within 12 cm
    (root mean square) of an earlier one is the same gesture. The count grows with time, ever more slowly: compare equal
    lengths. Fooled by flailing, and by a chest that turns.
    """
    seen: list[np.ndarray] = []
    for motion in motions:
        p = joint_positions(motion)
        wrists = p[:, _wrists(motion.skeleton)] - p[:, [motion.skeleton.index("spine3")]]
        reach = round(_WINDOW_S / 2 * motion.fps)
        for k in strokes(p[:, _wrists(motion.skeleton)] - p[:, :1], motion.fps):
            window = wrists[max(0, k - reach) : k + reach + 1]
            if len(window) == 2 * reach + 1 and all(_apart_m(window, old) > DISTINCT_M for old in seen):
                seen.append(window)
    return len(seen)


def _apart_m(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.sqrt(((a - b) ** 2).sum(axis=-1).mean()))


def _wrists(skeleton: Skeleton) -> list[int]:
    return [skeleton.index(f"{side}_wrist") for side in ("left", "right")]
