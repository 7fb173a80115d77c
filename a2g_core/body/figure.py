"""The figure that makes a skeleton visible: an artist's mannequin, as a mesh bound to joints.

Closed shapes around the joints: lofted segments between balls. Nearly all follow one joint each, as in a wooden
mannequin; along the spine and the neck they follow several. The shapes are made here from the rest positions of the
joints, and nothing of a licensed body model is used. Sizes are metres of a 1.72 m person and follow the size of the
body given. Axes: Y up, facing +Z, the character's left is +X.
"""

from __future__ import annotations

import numpy as np

from .loft import BODY, FINE, HAND, JOINT, UP, Builder, Detail, Figure, Profile, Segment, Table, ring
from .resample import eased
from .rest import Places
from .skeleton import PELVIS_HEIGHT_M, SIDES, SMPLX, SOLE_BELOW_FOOT_M

_UPPER_ARM: Profile = (
    (0.00, 0.048, 0.050, 0.050, 0.0),
    (0.16, 0.0465, 0.049, 0.048, 0.0),
    (0.40, 0.041, 0.044, 0.042, 0.002),
    (0.70, 0.035, 0.037, 0.036, 0.001),
    (0.93, 0.031, 0.033, 0.033, 0.0),
)
_FOREARM: Profile = (
    (0.075, 0.031, 0.034, 0.034, 0.0),
    (0.25, 0.034, 0.039, 0.038, 0.0),
    (0.55, 0.029, 0.033, 0.032, 0.0),
    (0.85, 0.0205, 0.025, 0.025, 0.0),
    (0.95, 0.0195, 0.025, 0.025, 0.0),
)
_THIGH: Profile = (
    (0.02, 0.074, 0.082, 0.088, -0.004),
    (0.14, 0.080, 0.087, 0.091, 0.002),
    (0.40, 0.070, 0.079, 0.078, 0.006),
    (0.75, 0.053, 0.058, 0.056, 0.004),
    (0.94, 0.046, 0.050, 0.047, 0.0),
)
_CALF: Profile = (
    (0.06, 0.044, 0.046, 0.046, 0.0),
    (0.16, 0.045, 0.045, 0.050, -0.004),
    (0.34, 0.050, 0.044, 0.060, -0.010),
    (0.60, 0.039, 0.036, 0.046, -0.008),
    (0.86, 0.029, 0.032, 0.033, -0.002),
    (0.95, 0.029, 0.033, 0.034, 0.0),
)
_NECK: Profile = (
    (-0.30, 0.052, 0.050, 0.054, -0.002),
    (0.30, 0.047, 0.045, 0.047, 0.002),
    (1.10, 0.047, 0.046, 0.045, 0.004),
)
_CLAVICLE: Profile = (
    (0.00, 0.040, 0.052, 0.056, 0.006),
    (0.45, 0.046, 0.050, 0.054, 0.003),
    (0.70, 0.046, 0.046, 0.050, 0.0),
)
_PALM: Profile = (  # side: through the hand; front: towards the thumb
    (0.08, 0.0165, 0.022, 0.022, 0.0),
    (0.35, 0.0175, 0.033, 0.031, 0.0),
    (0.75, 0.0150, 0.039, 0.037, -0.004),
    (0.97, 0.0115, 0.039, 0.037, -0.006),
)
_FOOT: Profile = (  # front: upwards; back: down to the sole
    (-0.36, 0.027, 0.020, 0.028, 0.0),
    (-0.10, 0.032, 0.040, 0.030, 0.0),
    (0.15, 0.033, 0.043, 0.030, 0.0),
    (0.50, 0.038, 0.030, 0.030, 0.0),
    (0.96, 0.045, 0.011, 0.030, 0.0),
)
_TOES: Profile = (
    (0.06, 0.045, 0.008, 0.030, 0.0),
    (0.55, 0.043, 0.002, 0.030, 0.0),
    (0.92, 0.032, -0.004, 0.028, 0.0),
)
_SOLE_LINE_M = 0.03  # the feet's middle line lies this far above the sole

# Height above the floor in our own skeleton, half width, front and back from the spine's line.
PELVIS: Table = (
    (0.815, 0.045, 0.050, 0.055),
    (0.850, 0.115, 0.080, 0.088),
    (0.885, 0.150, 0.094, 0.112),
    (0.930, 0.157, 0.098, 0.112),
    (0.975, 0.148, 0.092, 0.096),
    (1.025, 0.134, 0.086, 0.083),
)
_WAIST: Table = (
    (0.990, 0.118, 0.074, 0.070),
    (1.040, 0.125, 0.082, 0.077),
    (1.085, 0.125, 0.084, 0.077),
    (1.130, 0.118, 0.078, 0.071),
)
CHEST: Table = (
    (1.090, 0.124, 0.084, 0.080),
    (1.150, 0.134, 0.096, 0.090),
    (1.220, 0.146, 0.112, 0.102),
    (1.290, 0.154, 0.118, 0.108),
    (1.345, 0.152, 0.108, 0.106),
    (1.395, 0.133, 0.086, 0.092),
    (1.430, 0.098, 0.066, 0.076),
    (1.458, 0.064, 0.054, 0.062),
)
# Height above the head joint, half width, front and back from the head joint.
_HEAD: Table = (
    (-0.054, 0.028, 0.080, -0.036),
    (-0.040, 0.046, 0.092, 0.000),
    (-0.010, 0.060, 0.096, 0.040),
    (0.030, 0.070, 0.096, 0.074),
    (0.070, 0.076, 0.097, 0.094),
    (0.102, 0.0765, 0.096, 0.099),
)
_TRUNK = ("left_hip", "pelvis", "spine1", "spine2", "spine3", "neck", "head")
"""Joints that carry the trunk, by height."""

_SPINE = ("pelvis", "spine1", "spine2", "spine3")

_FINGERS = {"index": 0.0092, "middle": 0.0096, "ring": 0.0090, "pinky": 0.0079, "thumb": 0.0112}
_BALLS = {"elbow": 0.0325, "wrist": 0.0232, "hip": 0.066, "knee": 0.0455, "ankle": 0.033}


def make_figure(places: Places, detail: Detail = FINE) -> Figure:
    """The figure around a body at rest. places: of all SMPL-X joints but jaw and eyes, fingers included."""
    body = Builder(places, _height(places) / _height(SMPLX.rest_places), detail)
    _trunk(body)
    for side in SIDES:
        _arm(body, side)
        _hand(body, side)
        _leg(body, side)
    return body.finish()


def _height(places: Places) -> float:
    """Of the head above the ankles."""
    return float(places["head"][1] - 0.5 * (places["left_ankle"][1] + places["right_ankle"][1]))


def _trunk(body: Builder) -> None:
    """Pelvis, waist and chest around the spine, neck and head."""
    for profile, material, squareness in ((PELVIS, BODY, 2.3), (_WAIST, JOINT, 2.2), (CHEST, BODY, 2.35)):
        rings = _trunk_rings(body, profile, squareness)
        weights = {"pelvis": np.ones(len(rings))} if profile is PELVIS else _spine_weights(body, rings)
        body.surface(rings, weights, material)
    head = body.places["head"]
    body.segment(Segment("neck", head, _NECK, before="spine3", after="head", blend_m=0.03, material=JOINT))
    rings = _head_rings(body)
    body.surface(rings, {"head": np.ones(len(rings))}, BODY)


def _trunk_rings(body: Builder, profile: Table, squareness: float) -> np.ndarray:
    table, keep = body.stations(profile, 12, (0.016, 0.016))
    reference = np.array([SMPLX.rest_places[joint][1] for joint in _TRUNK]) + PELVIS_HEIGHT_M
    here = np.array([body.places[joint] for joint in _TRUNK])
    # Beyond the last joint heights go on at the body's scale; between joints they stretch with them.
    height = np.interp(table[:, 0], reference, here[:, 1]) + body.scale * (
        np.minimum(table[:, 0] - reference[0], 0.0) + np.maximum(table[:, 0] - reference[-1], 0.0)
    )
    depth = np.interp(table[:, 0], reference, here[:, 2])
    c, s = ring(body.detail.count(32), squareness)
    half_width, ahead, behind = (table[:, 1:] * keep[:, None] * body.scale).T
    x = half_width[:, None] * c
    z = depth[:, None] + np.where(s > 0, ahead[:, None], behind[:, None]) * s
    return np.stack((x, np.broadcast_to(height[:, None], x.shape), z), axis=-1)


def _spine_weights(body: Builder, rings: np.ndarray) -> dict[str, np.ndarray]:
    """Each height follows the joint that is next below; around a joint the change takes a few centimetres."""
    height = rings[:, 0, 1]
    reach = 0.045 * body.scale
    above = [np.ones_like(height)]
    above += [eased((height - body.places[joint][1] + reach) / (2 * reach)) for joint in _SPINE[1:]]
    above.append(np.zeros_like(height))
    return {joint: above[k] - above[k + 1] for k, joint in enumerate(_SPINE)}


def _head_rings(body: Builder) -> np.ndarray:
    """An egg with a flattened face and the ridge of a nose, so that one sees where it looks."""
    table, keep = body.stations(_HEAD, 24, (0.010, 0.079))
    c, s = ring(body.detail.count(40), 2.15)
    height, half_width, ahead, behind = table.T
    x = half_width[:, None] * keep[:, None] * c
    z = np.where(s > 0, ahead[:, None], behind[:, None]) * keep[:, None] * s
    y = np.broadcast_to(height[:, None], x.shape)
    is_front = eased(s / 0.6)[None]
    # Below the brow the face is a plane, set back a little from the forehead.
    brow = eased((0.092 - y) / 0.030) * eased((y + 0.045) / 0.04)
    z = z - is_front * brow * np.maximum(z - 0.085, 0.0) * 0.9
    nose = np.exp(-((x / 0.011) ** 2)) * eased((0.096 - y) / 0.085) * eased((y + 0.006) / 0.016)
    z = z + is_front * 0.019 * nose
    return body.places["head"] + body.scale * np.stack((x, y, z), axis=-1)


def _arm(body: Builder, side: str) -> None:
    places = body.places
    collar, shoulder, elbow, wrist = (f"{side}_{n}" for n in ("collar", "shoulder", "elbow", "wrist"))
    body.segment(Segment(collar, places[shoulder], _CLAVICLE, before="spine3", blend_m=0.03))
    body.segment(Segment(shoulder, places[elbow], _UPPER_ARM, cap=0.95))
    body.segment(Segment(elbow, places[wrist], _FOREARM))
    for joint in (elbow, wrist):
        body.ball(joint, _BALLS[joint.partition("_")[2]])


def _hand(body: Builder, side: str) -> None:
    places = body.places
    to_thumb = places[f"{side}_index1"] - places[f"{side}_pinky1"]
    palm = Segment(f"{side}_wrist", places[f"{side}_middle1"], _PALM, front=to_thumb, squareness=2.6, material=HAND)
    body.segment(palm)
    for finger, radius in _FINGERS.items():
        joints = [f"{side}_{finger}{k}" for k in (1, 2, 3)]
        points = [places[joint] for joint in joints]
        points.append(points[2] + 0.9 * (points[2] - points[1]))
        for k, joint in enumerate(joints):
            r = radius * (1.0 - 0.11 * k)
            end = 0.80 if k == 2 else 0.90
            thin = 0.80 if k == 2 else 0.92
            profile = (
                (0.10, r, r, r, 0.0),
                (0.50, 0.97 * r, 0.97 * r, 0.97 * r, 0.0),
                (end, thin * r, thin * r, thin * r, 0.0),
            )
            body.segment(Segment(joint, points[k + 1], profile, front=to_thumb, around=12, rows=4, material=HAND))
            if body.detail.has_knuckles:
                body.ball(joint, 0.93 * r, around=12)


def _leg(body: Builder, side: str) -> None:
    places = body.places
    hip, knee, ankle, foot = (f"{side}_{n}" for n in ("hip", "knee", "ankle", "foot"))
    body.segment(Segment(hip, places[knee], _THIGH))
    body.segment(Segment(knee, places[ankle], _CALF))
    for joint in (hip, knee, ankle):
        body.ball(joint, _BALLS[joint.partition("_")[2]])
    sole = places[foot][1] - SOLE_BELOW_FOOT_M * body.scale
    heel, tread = places[ankle].copy(), places[foot].copy()
    heel[1] = tread[1] = sole + _SOLE_LINE_M * body.scale
    body.segment(Segment(ankle, tread, _FOOT, start=heel, front=UP, after=foot, squareness=2.5))
    tip = tread + 0.55 * (tread - heel)
    body.segment(Segment(foot, tip, _TOES, start=tread, front=UP, squareness=2.5))
