"""Feet on bodies of other proportions; measured by kinematics of this file's own, joint by joint, on the transfer."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from a2g_core.body.kinematics import ground_translation
from a2g_core.body.legs import Skin, legs_of, slide_m
from a2g_core.body.motion import Motion
from a2g_core.body.planting import planted
from a2g_core.body.skeleton import BODY, PELVIS_HEIGHT_M, SIDES
from a2g_core.errors import MotionError

UP = np.array([0.0, 1.0, 0.0])
OURS_AT = {joint: place + PELVIS_HEIGHT_M * UP for joint, place in BODY.rest_places.items()}
N = 240
WAVE = np.sin(np.linspace(0, 2 * np.pi, N, endpoint=False))


def _body(hip=1.0, thigh=1.0, shin=1.0, ankle=1.0, foot=1.0, unit=1.0):
    """Places of the joints of a body on the floor: parts of ours, so many times as long, wide or high."""
    at = {}
    for side in SIDES:
        chain = [OURS_AT[f"{side}_{joint}"] for joint in ("hip", "knee", "ankle", "foot")]
        (a, b, c) = (after - before for before, after in pairwise(chain))
        at[f"{side}_hip"] = chain[0] * [hip, 1, 1]
        at[f"{side}_knee"] = at[f"{side}_hip"] + thigh * a
        at[f"{side}_ankle"] = at[f"{side}_knee"] + shin * b
        at[f"{side}_foot"] = at[f"{side}_ankle"] + [
            foot * c[0],
            OURS_AT[f"{side}_foot"][1] - ankle * 0.075,
            foot * c[2],
        ]
    floor = at["left_ankle"][1] - ankle * 0.075
    return {joint: (place - [0, floor, 0]) * unit for joint, place in at.items()}


BODIES = {
    "wide": _body(hip=1.3),
    "narrow": _body(hip=0.7),
    "long thighs": _body(thigh=1.1, shin=0.9),
    "long shins": _body(thigh=0.9, shin=1.1),
    "high heels": _body(ankle=1.5, foot=1.2),
    "flat": _body(ankle=0.6),
    "small": _body(hip=0.9, thigh=0.45, shin=0.4, ankle=0.7, foot=0.6),
    "in centimetres": _body(hip=1.1, thigh=1.25, shin=1.2, unit=100.0),
}


def _motion(degrees, fps=30.0):
    """A motion on the floor, of Euler angles about X, Y and Z by joint, each a number or (N,)."""
    q = np.zeros((N, len(BODY), 4))
    q[..., 0] = 1
    for joint, angles in degrees.items():
        euler = np.stack(np.broadcast_arrays(*(np.zeros(N) + angle for angle in angles)), axis=1)
        q[:, BODY.index(joint)] = np.roll(Rotation.from_euler("xyz", euler, degrees=True).as_quat(), 1, axis=1)
    matrices = Rotation.from_quat(np.roll(q, -1, axis=-1).reshape(-1, 4)).as_matrix().reshape(N, len(BODY), 3, 3)
    return Motion(q, ground_translation(matrices, BODY), fps, BODY)


def _legs(hip=(0, 0, 0), knee=(0, 0, 0), ankle=(0, 0, 0)):
    return {f"{side}_{joint}": e for side in SIDES for joint, e in (("hip", hip), ("knee", knee), ("ankle", ankle))}


SWAY = _motion(
    {"pelvis": (0, 0, 2 * WAVE)}
    | _legs(hip=(-8 + 2 * WAVE, 0, -2 * WAVE), knee=(16 - 2 * WAVE, 0, 0), ankle=(-8, 0, 0))
)
TURN = _motion({"pelvis": (0, 12 * WAVE, 0)} | _legs(hip=(-8, -12 * WAVE, 0), knee=(16, 0, 0), ankle=(-8, 0, 0)))
SQUAT = _motion(_legs(hip=(-30 - 25 * WAVE, 0, 0), knee=(60 + 50 * WAVE, 0, 0), ankle=(-30 - 25 * WAVE, 0, 0)))
HEELS = _motion(_legs(hip=(-10, 0, 0), knee=(20, 0, 0), ankle=(-10 - 2 * WAVE, 0, 2 * WAVE)))
"""Whose heels go into the floor as the feet tilt, as those of the model's stances do."""
MOTIONS = {"sway": SWAY, "turn": TURN, "squat": SQUAT, "heels": HEELS}


def _globals(motion):
    """Global rotations of the joints of the legs, by name, each a scipy Rotation of all frames."""
    found = {}
    for joint, parent in zip(BODY.names, BODY.parents, strict=True):
        own = Rotation.from_quat(np.roll(motion.quaternions[:, BODY.index(joint)].astype(np.float64), -1, axis=1))
        found[joint] = own if parent < 0 else found[BODY.names[parent]] * own
    return found


def _transferred(motion, at):
    """Where the joints of a body's legs go, its unit divided by leg ratio: hips, knees, ankles, feet and soles."""
    turned = _globals(motion)
    ratio = (_length(at, "hip", "knee") + _length(at, "knee", "ankle")) / (
        _length(OURS_AT, "hip", "knee") + _length(OURS_AT, "knee", "ankle")
    )
    middle, ours = ((p["left_hip"] + p["right_hip"]) / 2 for p in (at, OURS_AT))
    from_pelvis = ours - OURS_AT["pelvis"]
    moved = motion.translation + turned["pelvis"].apply(from_pelvis) - from_pelvis
    out = {}
    for side in SIDES:
        hip, knee, ankle, foot = (f"{side}_{joint}" for joint in ("hip", "knee", "ankle", "foot"))
        out[hip] = middle / ratio + moved + turned["pelvis"].apply((at[hip] - middle) / ratio)
        out[knee] = out[hip] + turned[hip].apply((at[knee] - at[hip]) / ratio)
        out[ankle] = out[knee] + turned[knee].apply((at[ankle] - at[knee]) / ratio)
        along = (at[foot] - at[ankle]) / ratio * [1, 0, 1]
        down = np.array([0, -at[ankle][1] / ratio, 0])
        out[foot] = out[ankle] + turned[ankle].apply((at[foot] - at[ankle]) / ratio)
        tip = out[foot] + turned[foot].apply(down + 1.55 * along - (at[foot] - at[ankle]) / ratio)
        soles = [out[ankle] + turned[ankle].apply(down + share * along) for share in (-0.35, 1.0)]
        out[f"{side}_sole"] = np.min([*soles, tip], axis=0)[:, 1]
    return out


def _length(at, joint, end):
    return np.linalg.norm(at[f"left_{end}"] - at[f"left_{joint}"])


def _angles(a, b):
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), (a * b).sum(axis=-1)))


def _changes(before, after):
    """Degrees by which thighs and shins point elsewhere: (4, T)."""
    bones = [(f"{side}_{a}", f"{side}_{b}") for side in SIDES for a, b in (("hip", "knee"), ("knee", "ankle"))]
    return np.array([_angles(before[b] - before[a], after[b] - after[a]) for a, b in bones])


def test_the_legs_of_our_own_skeleton_need_nothing():
    legs = legs_of(OURS_AT, floor=0.0)
    assert legs.is_ours and legs.ratio == pytest.approx(1)
    for motion in (SWAY, TURN, SQUAT):
        done = planted(motion, legs)
        assert done.motion.quaternions.tobytes() == motion.quaternions.tobytes()
        np.testing.assert_allclose(done.motion.translation, motion.translation, atol=1e-7)


@pytest.mark.parametrize(("ankle", "above"), [(2.0, 0.0), (1.0, 0.0), (2.0, -0.9)])
def test_without_toes_the_soles_are_where_the_origin_is_unless_that_is_no_floor(ankle, above):
    """above: of the armature's origin above the floor; who stands with its hips there is as high as we are."""
    at = {joint: place + above * UP for joint, place in _body(ankle=ankle).items() if not joint.endswith("foot")}
    soles = legs_of(at, ratio=1.0).soles
    np.testing.assert_allclose(soles[..., 1], -0.075 * (ankle if above == 0.0 else 1.0), atol=1e-9)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("motion", MOTIONS)
def test_planted_feet_slide_no_more_than_ours_at_their_height_and_not_into_the_floor(motion, body):
    before, at = MOTIONS[motion], BODIES[body]
    done = planted(before, legs_of(at))
    source, naive, now = _transferred(before, OURS_AT), _transferred(before, at), _transferred(done.motion, at)
    for side in SIDES:
        beside = (now[f"{side}_ankle"] - source[f"{side}_ankle"])[:, [0, 2]]
        assert np.linalg.norm(beside - beside.mean(axis=0), axis=1).max() < 0.0008
        wanted = np.maximum(source[f"{side}_sole"], -0.001)
        assert np.abs(now[f"{side}_sole"] - wanted).max() < 0.004
        assert now[f"{side}_sole"].min() > -0.0015
    assert _changes(naive, now).max() < 1.6
    for side in SIDES:
        turned, kept = (_globals(m)[f"{side}_ankle"] for m in (done.motion, before))
        # Of large feet small tilts are less, so that their rims stay at the floor.
        assert np.degrees((turned * kept.inv()).magnitude()).max() < (1.2 if body == "small" else 1e-3)


def test_a_transfer_alone_lets_feet_slide_and_sink():
    """What the fix is for: the same measures without it."""
    for motion, body, slides in (("turn", "wide", 0.005), ("squat", "long thighs", 0.05)):
        at = BODIES[body]
        source, naive = (_transferred(MOTIONS[motion], where) for where in (OURS_AT, at))
        beside = (naive["left_ankle"] - source["left_ankle"])[:, [0, 2]]
        assert np.ptp(beside, axis=0).max() > slides
    assert min(_transferred(HEELS, BODIES["wide"])[f"{side}_sole"].min() for side in SIDES) < -0.002


def test_legs_that_only_differ_in_size_or_hips_keep_their_directions_where_the_pelvis_is_level():
    for body in (_body(thigh=1.2, shin=1.2, hip=1.2, ankle=1.2, foot=1.2), BODIES["wide"], BODIES["flat"]):
        done = planted(SQUAT, legs_of(body))
        assert _changes(_transferred(SQUAT, body), _transferred(done.motion, body)).max() < 0.01


def test_a_span_alone_has_the_bits_of_the_whole():
    legs = legs_of(BODIES["small"])
    whole, part = planted(SWAY, legs).motion, planted(SWAY.slice(60, 101), legs).motion
    assert whole.slice(60, 101).quaternions.tobytes() == part.quaternions.tobytes()
    assert whole.slice(60, 101).translation.tobytes() == part.translation.tobytes()


@pytest.mark.parametrize("bend", [2.0, -2.0, 0.0])
def test_nothing_pops_where_a_knee_passes_through_straight(bend):
    """Also where it is bent backwards: directions change between frames hardly more than before."""
    straight = _legs(hip=(1.5 + 3 * WAVE, 0, 0), knee=(bend - 4.3 - 6 * WAVE, 0, 0), ankle=(3 * WAVE, 0, 0))
    motion = _motion({"pelvis": (0, 0, 3 * WAVE)} | straight | {"left_hip": (1.5 + 3 * WAVE, 0, -3 * WAVE)})
    for at in BODIES.values():
        places = [_transferred(m, at) for m in (motion, planted(motion, legs_of(at)).motion)]
        steps = [_changes({k: v[:-1] for k, v in p.items()}, {k: v[1:] for k, v in p.items()}).max() for p in places]
        assert steps[1] < steps[0] + 1.0


def test_legs_that_cannot_reach_bring_the_pelvis_down_instead():
    """Feet far apart, on a body with narrow hips and straight legs: its knees never straighten at once."""
    out = 25 + 5 * WAVE
    apart = {"left_hip": (0, 0, out), "right_hip": (0, 0, -out), "left_ankle": (0, 0, -out), "right_ankle": (0, 0, out)}
    motion, at = _motion(apart), _body(hip=0.3)
    done = planted(motion, legs_of(at))
    source, now = _transferred(motion, OURS_AT), _transferred(done.motion, at)
    for side in SIDES:
        beside = (now[f"{side}_ankle"] - source[f"{side}_ankle"])[:, [0, 2]]
        assert np.ptp(beside, axis=0).max() < 0.002
        assert np.abs(now[f"{side}_sole"] - source[f"{side}_sole"]).max() < 0.004
        assert np.isfinite(done.motion.quaternions).all()


def test_a_foot_that_turns_round_takes_its_hip_along():
    """Of somebody who turned by half a turn, the wider hips are still beside each other, not crossed."""
    round_ = _motion({"pelvis": (0, 90 + 90 * WAVE, 0)})
    at = BODIES["wide"]
    done = _transferred(planted(round_, legs_of(at)).motion, at)
    apart = np.linalg.norm((done["left_ankle"] - done["right_ankle"])[:, [0, 2]], axis=1)
    at_right_angles = np.abs(90 * WAVE) > 89.5
    np.testing.assert_allclose(apart[at_right_angles], 2 * 0.1 + 2 * 0.09 * 0.3 - 0.02, atol=0.003)


def test_a_body_on_its_toes_does_not_rise_by_centimetres():
    """Where a clip does not bend the toes, they are in the floor as they were; else the body would bob at each step."""
    on_toes = _motion(_legs(ankle=(15 + 15 * WAVE, 0, 0)))
    done = planted(on_toes, legs_of(OURS_AT, floor=0.0))
    assert 0.005 < (done.motion.translation - on_toes.translation)[:, 1].max() < 0.0095


def test_slide_is_how_far_a_foot_moves_while_it_is_on_the_floor():
    done = planted(TURN, legs_of(BODIES["wide"]))
    assert slide_m(done.before) > 0.005
    assert slide_m(done.after) < slide_m(planted(TURN, legs_of(OURS_AT, floor=0.0)).before) + 0.001
    lifted = TURN.translation + 0.05 * UP
    assert slide_m(planted(Motion(TURN.quaternions, lifted, 30.0, BODY), legs_of(BODIES["wide"])).before) == 0


def test_legs_know_their_floor_and_their_toes():
    high = {joint: place + UP for joint, place in OURS_AT.items()}
    assert legs_of(high).height_m == pytest.approx(legs_of(OURS_AT).height_m)  # nobody's soles are a metre below
    assert legs_of(high, floor=0.9).height_m == pytest.approx(legs_of(OURS_AT).height_m + 0.1)
    toeless = {joint: place for joint, place in OURS_AT.items() if not joint.endswith("_foot")}
    assert not legs_of(toeless).toes.any() and legs_of(toeless).height_m == pytest.approx(legs_of(OURS_AT).height_m)
    assert planted(SWAY, legs_of(toeless)).motion.quaternions.tobytes() == SWAY.quaternions.tobytes()
    assert legs_of({joint: place for joint, place in OURS_AT.items() if joint != "left_knee"}) is None
    assert legs_of(dict.fromkeys(OURS_AT, np.zeros(3))) is None


def test_a_boot_stands_on_its_own_edges():
    """Of a skin that is known, the outermost points are kept off the floor, wherever its bones lie."""
    at = BODIES["small"]
    cloud = np.random.default_rng(0).uniform((-0.06, 0, -0.06), (0.06, 0.05, 0.2), (500, 3))
    boots = [at[f"{side}_ankle"] * [1, 0, 1] + cloud for side in SIDES]
    legs = legs_of(at, skins=[Skin(boot, np.zeros(len(boot))) for boot in boots])
    for given in (legs, legs_of(at)):
        done = planted(HEELS, given)
        lows = []
        for side, boot in zip(SIDES, boots, strict=True):
            ankle = _transferred(done.motion, at)[f"{side}_ankle"]
            offsets = (boot - at[f"{side}_ankle"]) / legs.ratio
            turns = _globals(done.motion)[f"{side}_ankle"].as_matrix()
            lows.append((ankle[:, None] + offsets @ turns.swapaxes(1, 2))[..., 1].min())
        # Bones alone do not tell how wide and long it is.
        assert (min(lows) > -0.002) == (given is legs)


def test_a_motion_without_legs_is_refused():
    arms = BODY.subset(("pelvis", "spine1", "spine2"))
    motion = Motion(np.tile([1.0, 0, 0, 0], (2, 3, 1)), np.zeros((2, 3)), 30.0, arms)
    with pytest.raises(MotionError, match="left_hip"):
        planted(motion, legs_of(OURS_AT))
